"""What the user prefers, kept in the settings of this computer: looks, keys, idle time, where the windows are.

Nothing of a patient is ever kept here. Needs Qt alone, because the first window looks as preferred.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal
from PySide6.QtWidgets import QWidget

from exam_app.gui.parts.theme import Colours, Look

TEXT_SIZES: Final = (100, 125, 150, 175, 200)
"""In per cent."""
USUAL_IDLE_MINUTES: Final = 10
MOST_IDLE_MINUTES: Final = 24 * 60
LEAST_PANEL, USUAL_PANEL, MOST_PANEL = 256, 312, 560
"""Widths of the panel at the right in pixels at 100 % text."""
_KEYS = "keys"
SideTab = Literal["how_to_test", "note"]


@dataclass(frozen=True, slots=True)
class SidePanelState:
    """Whether the side panel is wanted where there is room for it, its tab, and its width in pixels at 100 % text."""

    wanted: bool = True
    tab: SideTab = "how_to_test"
    width: int = USUAL_PANEL


class Preferences(QObject):
    """Reads and writes preferences. `changed` follows each one that is set; a stored value that makes no sense counts
    as not set, each by itself."""

    changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def look(self) -> Look:
        """Colours, text size and touch mode."""
        usual = Look()
        colours = self._settings.value("look/colours")
        size = self._number("look/text_size", min(TEXT_SIZES), max(TEXT_SIZES), usual.text_size)
        return Look(
            colours=colours if colours in get_args(Colours) else usual.colours,
            text_size=size if size in TEXT_SIZES else usual.text_size,
            touch=self._flag("look/touch", usual=usual.touch),
        )

    def set_look(self, look: Look) -> None:
        """Keep how everything looks."""
        self._settings.setValue("look/colours", look.colours)
        self._settings.setValue("look/text_size", look.text_size)
        self._settings.setValue("look/touch", look.touch)
        self.changed.emit()

    @property
    def idle_minutes(self) -> int:
        """After so many minutes without a key or the mouse the content is hidden; 0 for never."""
        return self._number("lock/idle_minutes", 0, MOST_IDLE_MINUTES, USUAL_IDLE_MINUTES)

    def set_idle_minutes(self, minutes: int) -> None:
        """Keep the idle time; 0 for never."""
        self._settings.setValue("lock/idle_minutes", minutes)
        self.changed.emit()

    @property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """Commands whose keys were changed, and their keys; none is an empty tuple. Nobody checks them here."""
        self._settings.beginGroup(_KEYS)
        found = {command: str(self._settings.value(command)) for command in self._settings.childKeys()}
        self._settings.endGroup()
        return {command: tuple(text.split("\n")) if text else () for command, text in found.items()}

    def set_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Keep the changed keys, and none but these."""
        self._settings.remove(_KEYS)
        for command, names in keys.items():
            self._settings.setValue(f"{_KEYS}/{command}", "\n".join(names))
        self.changed.emit()

    def place(self, window: QWidget) -> bool:
        """Put a window where the last one was. False where there was none; then it is left as it is."""
        geometry = self._settings.value("window/geometry")
        return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)

    def keep_place(self, window: QWidget) -> None:
        """Keep size and place of a window."""
        self._settings.setValue("window/geometry", window.saveGeometry())

    @property
    def side_panel(self) -> SidePanelState:
        """How the side panel was left."""
        usual = SidePanelState()
        tab = self._settings.value("side_panel/tab")
        return SidePanelState(
            wanted=self._flag("side_panel/wanted", usual=usual.wanted),
            tab=tab if tab in get_args(SideTab) else usual.tab,
            width=self._number("side_panel/width", LEAST_PANEL, MOST_PANEL, usual.width),
        )

    def keep_side_panel(self, state: SidePanelState) -> None:
        """Keep how the side panel is left."""
        self._settings.setValue("side_panel/wanted", state.wanted)
        self._settings.setValue("side_panel/tab", state.tab)
        self._settings.setValue("side_panel/width", state.width)

    def _number(self, name: str, least: int, most: int, usual: int) -> int:
        stored = self._settings.value(name)
        try:
            number = int(str(stored))
        except ValueError:
            return usual
        return number if least <= number <= most else usual

    def _flag(self, name: str, *, usual: bool) -> bool:
        return {"true": True, "false": False}.get(str(self._settings.value(name)).lower(), usual)

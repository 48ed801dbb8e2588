"""When a section's map is there: built when it is first shown, hidden where the window is narrow, fetched by a key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from exam_app.core.drawings.maps import section_uses
from exam_app.core.form.form import Section
from exam_app.core.words import _
from exam_app.gui.maps.entry_sites import EntrySites
from exam_app.gui.maps.map_panel import MapPanel
from exam_app.gui.parts.key_button import KeyButton
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.gui.parts.theme import theme

ROOM_FOR_MAP = 1600
"""From this width of the window on, in pixels at 100 % text, the map is there unless it was sent away."""


def has_maps(section: Section) -> bool:
    """Whether a section has a map."""
    return next(section_uses(section), None) is not None


class MapBeside(QObject):
    """The map of a section, its button, and whether it is shown.

    `pointed` carries the address that the examiner moved to on the map; `left` is back to the table.
    """

    pointed = Signal(str)
    left = Signal()

    def __init__(self, section: Section, bridge: SessionBridge, drawings: Path, keys: Keys, host: QWidget) -> None:
        """`host` is the section's view; the map stands in the row that `place_in` names."""
        super().__init__(host)
        self._section, self._bridge, self._drawings, self._host = section, bridge, drawings, host
        self._row: QHBoxLayout | None = None
        self._typed: Callable[[QKeyEvent], bool] = _unused
        self._sites: EntrySites | None = None
        self._current: Callable[[], str | None] = _nowhere
        self._is_wanted = True
        self._is_over = False
        self._table: QWidget | None = None
        self.panel: MapPanel | None = None
        self._keys = keys
        self.button = KeyButton(_("Show map"), keys.cap("map"), host)
        keys.changed.connect(self._show_key)
        self.button.clicked.connect(self._toggle)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.fit)

    def place_in(
        self,
        row: QHBoxLayout,
        table: QWidget,
        typed: Callable[[QKeyEvent], bool],
        current: Callable[[], str | None],
        sites: EntrySites | None,
    ) -> None:
        """Where the map stands and beside what, who answers by a key, the address that the table is at, open sites."""
        self._row, self._table, self._typed, self._current, self._sites = row, table, typed, current, sites

    # Shown or not --------------------------------------------------------------------------------------------------

    @property
    def is_shown(self) -> bool:
        """Whether the map is in sight in this section."""
        return self.panel is not None and not self.panel.isHidden()

    @property
    def is_over(self) -> bool:
        """Whether the map stands in the place of the table."""
        return self._is_over

    @property
    def has_keys(self) -> bool:
        """Whether the drawing has the focus."""
        return self.panel is not None and self.panel.has_keys

    @property
    def gives_sites(self) -> bool:
        """Whether the map has the focus and is about an entry's sites: then no cell is meant by a command."""
        return self.panel is not None and self.panel.gives_sites and self.panel.holds_focus

    @property
    def _has_room(self) -> bool:
        return self._host.window().width() >= theme().side_px(ROOM_FOR_MAP)

    def fit_soon(self) -> None:
        """Look again at the room there is, once the section itself has been painted."""
        self._soon.start()

    def fit(self) -> None:
        """Beside the table where there is room, unless the map was sent away; else in its place while it is used."""
        if not self._host.isVisible():
            return
        self._is_over = self._is_over and not self._has_room
        self._show(self._is_wanted if self._has_room else self._is_over)

    def _show(self, shown: bool) -> None:
        if shown and self.panel is None:
            self._build()
        if self.panel is not None:
            self.panel.set_wide(self._is_over)
            if self.panel.isHidden() == shown:
                self.panel.setVisible(shown)
                if shown:
                    self.panel.show_address(self._current())
                    self.panel.redraw()
        if self._table is not None:
            self._table.setVisible(not self._is_over)
        self.button.set_label(_("Hide map") if shown else _("Show map"))

    def _build(self) -> None:
        if self._row is None:
            raise RuntimeError("the map has no place yet")
        self.panel = MapPanel(self._section, self._bridge, self._drawings, self._typed, self._sites, self._host)
        self.panel.hide()
        self.panel.pointed.connect(self.pointed)
        self.panel.left.connect(self.leave)
        self._row.addWidget(self.panel)
        QWidget.setTabOrder(self.button, self.panel.view)

    def _show_key(self) -> None:
        self.button.set_key(self._keys.cap("map"))

    def _toggle(self) -> None:
        if not self.is_shown:
            self.enter()
        elif self._has_room:
            self._is_wanted = False
            self.leave()
        else:
            self.leave()

    def enter(self) -> None:
        """Put the focus on the map, fetching it if it is not there; from the map back to the table."""
        if self.panel is not None and self.panel.holds_focus:
            self.leave()
            return
        self._is_wanted = True
        self._is_over = not self._has_room
        self.fit()
        if self.panel is not None:
            self.panel.enter()

    def leave(self) -> None:
        """Back to the table."""
        self.uncover()
        self.left.emit()

    def uncover(self) -> None:
        """Show the table again where the map stands in its place."""
        self._is_over = False
        self.fit()

    # In step with the table ----------------------------------------------------------------------------------------

    def show_address(self, address: str | None) -> None:
        """The table's focus is at an address."""
        if self.is_shown and self.panel is not None:
            self.panel.show_address(address)

    def redraw(self) -> None:
        """The record has changed in this section."""
        if self.is_shown and self.panel is not None:
            self.panel.redraw()


def _unused(_event: QKeyEvent) -> bool:
    return False


def _nowhere() -> str | None:
    return None

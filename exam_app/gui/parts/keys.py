"""The keys in use on the examination screen: which command a key press means, and what stands on its cap."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from exam_app.gui.parts.key_map import DEFAULT_KEYS, KeyMap, cap_of


class Keys(QObject):
    """A map of keys that may be exchanged while windows are open; `changed` tells those who show keys."""

    changed = Signal()

    def __init__(self, keys: KeyMap = DEFAULT_KEYS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys = keys

    @property
    def map(self) -> KeyMap:
        """Commands and their keys."""
        return self._keys

    def use(self, keys: KeyMap) -> None:
        """Other keys from now on."""
        if keys != self._keys:
            self._keys = keys
            self.changed.emit()

    def command_of(self, event: QKeyEvent) -> str | None:
        """The command of a key press, or None."""
        return command_of(event, self._keys)

    def caps(self, command: str) -> tuple[str, ...]:
        """The first key of a command as on its cap; empty where it has none."""
        return tuple(cap_of(name) for name in self._keys.get(command, ())[:1])

    def cap(self, command: str) -> str:
        """The first key of a command as on its cap; "" where it has none."""
        return "".join(self.caps(command))


class CommandShortcut(QShortcut):
    """The keys of a command anywhere in a window that is not the examination; they follow the map."""

    def __init__(self, keys: Keys, command: str, window: QWidget) -> None:
        super().__init__(window)
        self._map, self._command = keys, command
        keys.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setKeys([QKeySequence(name) for name in self._map.map.get(self._command, ())])


def command_of(event: QKeyEvent, keys: KeyMap = DEFAULT_KEYS) -> str | None:
    """The command of a key press, or None."""
    pressed = name_of(event)
    return next((command for command, names in keys.items() if pressed in names), None)


def name_of(event: QKeyEvent) -> str:
    """A key press in the words of a `KeyMap`. A sign is taken as printed, whatever keys made it."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    plain = not modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    if plain and len(text) == 1 and text.isprintable() and not text.isalnum() and not text.isspace():
        return text
    return QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString(
        QKeySequence.SequenceFormat.PortableText
    )

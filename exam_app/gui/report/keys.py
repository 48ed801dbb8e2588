"""The keys of the report, which are not remapped: they are those of every program that shows pages."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from exam_app.gui.parts.hints import with_key
from exam_app.gui.parts.key_map import cap_of

KEYS: Final = {
    "save": ("Ctrl+S",),
    "print": ("Ctrl+P",),
    "copy": ("Ctrl+Shift+C",),
    "larger": ("Ctrl++", "Ctrl+="),
    "smaller": ("Ctrl+-",),
    "paper_size": ("Ctrl+0",),
    "fit_width": ("Ctrl+2",),
}
"""The first key of each is the one that is named."""


def shortcut(name: str, window: QWidget) -> QShortcut:
    """The keys of a command, anywhere in a window."""
    made = QShortcut(window)
    made.setKeys([QKeySequence(key) for key in KEYS[name]])
    return made


def tool_tip(words: str, name: str) -> str:
    """What a button does, with its key."""
    return with_key(words, cap_of(KEYS[name][0]))

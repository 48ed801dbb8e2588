"""Copies to the clipboard, and takes back what was copied when the content is hidden."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

_copied: list[str] = []


def copy(text: str) -> None:
    """Copy a text."""
    QGuiApplication.clipboard().setText(text)
    _copied[:] = [text]


def clear_if_ours() -> None:
    """Empty the clipboard if this application filled it, by a button or by Ctrl+C; what others copied stays."""
    board = QGuiApplication.clipboard()
    # Not every system says who owns the clipboard; then what was copied by a button is known by its words.
    if board.ownsClipboard() or (_copied and board.text() == _copied[0]):
        board.clear()
    _copied.clear()

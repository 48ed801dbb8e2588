"""Where the focus is."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget


def focused() -> QWidget | None:
    """The widget with the focus; None while no window of the application has it."""
    return QApplication.focusWidget()


def holds_focus(widget: QWidget) -> bool:
    """Whether the focus is on a widget or inside it."""
    here = focused()
    return here is not None and (here is widget or widget.isAncestorOf(here))

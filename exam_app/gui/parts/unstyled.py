"""Widgets that the style sheet of the application never looks at."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


class _Unstyled(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: the style never hears of the widget."""
        if event.type() != QEvent.Type.Polish:
            return False
        watched.removeEventFilter(self)
        return True


_unstyled: Final = _Unstyled()


def leave_unstyled(widget: QWidget, *, hovers: bool = False) -> None:
    """Keep the style sheet away from a widget that paints all of itself, or nothing; to be called before it is shown.
    One that `hovers` is painted again when the mouse comes and goes.

    Qt keeps some 11 kB of rules for every widget that a style sheet has looked at, whether any of them is about it, and
    a full examination has two thousand cells, lines and containers.
    """
    widget.setAttribute(Qt.WidgetAttribute.WA_Hover, hovers)
    widget.installEventFilter(_unstyled)


def leave_bar_boxes_unstyled(area: QAbstractScrollArea) -> None:
    """The same for the boxes into which Qt puts the scroll bars of an area, shown or not: they paint nothing."""
    for bar in (area.horizontalScrollBar(), area.verticalScrollBar()):
        box = bar.parentWidget()
        if box is not None:
            leave_unstyled(box)


def container(parent: QWidget | None = None) -> QWidget:
    """A widget that only holds others."""
    made = QWidget(parent)
    leave_unstyled(made)
    return made

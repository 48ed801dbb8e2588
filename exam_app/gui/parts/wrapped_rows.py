"""Rows of lists and tables whose words wrap."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem

_PADDING = 20
"""What the style sheet and the style keep free beside the words; the style forgets it when it measures a row."""


class WrappedCells(QStyledItemDelegate):
    """Gives each cell of a table the height of all its words."""

    around = _PADDING

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Qt's own name."""
        narrower = QStyleOptionViewItem(option)
        width = option.rect.width() - self.around
        narrower.rect = QRect(option.rect.topLeft(), QSize(width, option.rect.height()))
        return super().sizeHint(narrower, index)


class WrappedRows(WrappedCells):
    """The same for each row of a list."""

    def __init__(self, view: QListWidget) -> None:
        """For a list, which from now on wraps and follows its width."""
        super().__init__(view)
        self.around = _PADDING + 2 * view.spacing()
        view.setWordWrap(True)
        view.setResizeMode(QListWidget.ResizeMode.Adjust)
        view.setItemDelegate(self)

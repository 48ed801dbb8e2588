"""Rows of a list whose words wrap."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem

_PADDING = 20
"""What the style sheet and the style keep free beside the words; the style forgets it when it measures a row."""


class WrappedRows(QStyledItemDelegate):
    """Gives each row the height of all its words."""

    def __init__(self, view: QListWidget) -> None:
        """For a list, which from now on wraps and follows its width."""
        super().__init__(view)
        self._view = view
        view.setWordWrap(True)
        view.setResizeMode(QListWidget.ResizeMode.Adjust)
        view.setItemDelegate(self)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Qt's own name."""
        narrower = QStyleOptionViewItem(option)
        width = option.rect.width() - _PADDING - 2 * self._view.spacing()
        narrower.rect = QRect(option.rect.topLeft(), QSize(width, option.rect.height()))
        return super().sizeHint(narrower, index)

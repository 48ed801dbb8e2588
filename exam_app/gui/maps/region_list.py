"""Every region of a map as a list, for small targets and for screen readers. Letters and digits search by name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from exam_app.gui.parts.wrapped_rows import WrappedRows

_REGION = Qt.ItemDataRole.UserRole


class RegionList(QListWidget):
    """Regions in words. `pointed` carries the one moved to; `acted` is Space or a double click; `left` is Enter."""

    pointed = Signal(str)
    acted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.enter_acts = False
        """Whether Enter does what Space does."""
        WrappedRows(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._moved)
        self.itemDoubleClicked.connect(self._act)

    def show_regions(self, rows: Sequence[tuple[str, str]], current: str | None) -> None:
        """Show (region, in words) from top to bottom. Tells nobody."""
        self.blockSignals(True)
        if self.count() != len(rows):
            self.clear()
            self.addItems([""] * len(rows))
        for number, (region, says) in enumerate(rows):
            item = self.item(number)
            item.setText(says)
            item.setData(_REGION, region)
            if region == current:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def show_current(self, region: str | None) -> None:
        """Move to a region. Tells nobody."""
        self.blockSignals(True)
        for number in range(self.count()):
            if self.item(number).data(_REGION) == region:
                self.setCurrentRow(number)
        self.blockSignals(False)

    def _moved(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.pointed.emit(item.data(_REGION))

    def _act(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.acted.emit(item.data(_REGION))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Space acts, Enter goes on with the table; letters and digits search."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if plain and (event.key() == Qt.Key.Key_Space or (enter and self.enter_acts)):
            self._act(self.currentItem())
        elif plain and enter:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

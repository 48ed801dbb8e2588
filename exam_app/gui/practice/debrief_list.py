"""The differences of a debrief as a list whose rows are as high as their words need."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from exam_app.core.words import _
from exam_app.gui.parts.layouts import ENTER_KEYS
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.practice.debrief_words import DIFFERS, verdict
from exam_app.services.practice_debrief import Difference

_AROUND, _ABOVE = 28, 14
"""Pixels across and down that the style takes from a row, and a little more."""


class DifferenceList(QListWidget):
    """`step_asked` is G, 1 forwards and -1 backwards; `entered` is Enter."""

    step_asked = Signal(int)
    entered = Signal()

    def __init__(self, differences: Iterable[Difference], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Differences"))
        self.setAccessibleDescription(_("Enter goes to the cell of the difference."))
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for each in differences:
            item = QListWidgetItem(f"{DIFFERS} {each.name}: {verdict(each.outcome)}")
            item.setToolTip(each.sentence)
            self.addItem(item)
        theme().changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: words wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.ensurePolished()
        # With the scroll bar, also where there is none: the words must not need more room when it comes.
        width = self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width()
        room = QRect(0, 0, max(40, width - _AROUND), 10_000)
        for row in range(self.count()):
            item = self.item(row)
            needed = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
            item.setSizeHint(QSize(0, max(needed.height() + _ABOVE, theme().target(metrics.row - 4))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: G is the next difference and looks for no letter; Enter is the same everywhere."""
        if event.key() == Qt.Key.Key_G:
            self.step_asked.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in ENTER_KEYS:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

"""The room in which the table of a section is scrolled, under the heads of its columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from exam_app.gui.grid.grid_rows import HeaderLine, Line
from exam_app.gui.grid.sticky_head import StickyHead
from exam_app.gui.parts.unstyled import container, leave_bar_boxes_unstyled


class TableScroll(QScrollArea):
    """Scrolls up and down only. Tells when its height changed: the dock under it grows and shrinks with the focused
    item.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """What is scrolled is laid out in `inside`, and then shown with `show_inside`."""
        super().__init__(parent)
        self._head: StickyHead | None = None
        self.inside = container(self)
        leave_bar_boxes_unstyled(self)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_inside(self, heads: list[HeaderLine]) -> None:
        """Everything is laid out; `heads` are those of the columns, from top to bottom."""
        self.setWidget(self.inside)
        self.inside.setAutoFillBackground(False)  # which the scroll area has just set
        self._head = StickyHead(heads, self)

    def keep_in_sight(self, line: QWidget) -> None:
        """Scroll to a line. One above and one below it stay in sight, so that one sees where the next step leads; above
        it the head that stays covers what is under it."""
        before = self.verticalScrollBar().value()
        corner = line.mapTo(self.inside, QPoint(0, 0))
        middle, room = corner.y() + line.height() // 2, round(line.height() * 1.6)
        self.ensureVisible(0, middle, 0, room)
        self.ensureVisible(0, middle - (self._head.height() if self._head is not None else 0), 0, room)
        self._end_at_a_line(before)

    def _end_at_a_line(self, before: int) -> None:
        """Scroll on, the way it went, so that no line is cut by the upper edge or the head that stays there."""
        bar = self.verticalScrollBar()
        edge = bar.value() + (self._head.covers if self._head is not None else 0)
        cut: QWidget | None = self.inside.childAt(self.inside.width() // 2, edge)
        while cut is not None and not isinstance(cut, Line):
            cut = cut.parentWidget()
        hidden = edge - cut.mapTo(self.inside, QPoint(0, 0)).y() if cut is not None else 0
        if cut is not None and hidden > 0:
            bar.setValue(bar.value() - hidden + (cut.height() if bar.value() >= before else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        super().resizeEvent(event)
        if self._head is not None:
            self._head.place()
        self.resized.emit()

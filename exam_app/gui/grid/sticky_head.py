"""The head of the columns that stays in sight while a long grid is scrolled: R and L must never be out of sight."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QScrollArea

from exam_app.gui.grid.grid_rows import HeaderLine


class StickyHead(QObject):
    """Shows a twin of the last head that was scrolled out of a scroll area, at its upper edge."""

    def __init__(self, heads: list[HeaderLine], area: QScrollArea) -> None:
        """`heads` from top to bottom, all inside the area."""
        super().__init__(area)
        self._area = area
        self._pairs = [(head, head.twin(area.viewport())) for head in heads]
        for _head, twin in self._pairs:
            twin.hide()
            # Where the real head is read already, its twin would only repeat it.
            twin.setAccessibleName("")
            twin.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        area.verticalScrollBar().valueChanged.connect(self.place)

    def height(self) -> int:
        """How much of the upper edge the tallest head covers where it stays; 0 where there is none."""
        return max((head.height() for head, _twin in self._pairs), default=0)

    @property
    def covers(self) -> int:
        """How much of the upper edge is covered now."""
        return max((twin.geometry().bottom() + 1 for _head, twin in self._pairs if not twin.isHidden()), default=0)

    def place(self) -> None:
        """Show the twin that belongs at the upper edge now, as wide as its head; none where the head is in sight. The
        next head pushes it out: no row ever stands under the columns of another table."""
        shown = None
        for head, twin in self._pairs:
            if not head.isVisible():
                continue
            top = head.mapTo(self._area.viewport(), QPoint(0, 0))
            if top.y() < 0:
                shown = twin
                twin.setGeometry(top.x(), 0, head.width(), head.height())
            elif shown is not None:
                shown.move(shown.x(), min(0, top.y() - shown.height()))
                break
        for _head, twin in self._pairs:
            twin.setVisible(twin is shown)
            if twin is shown:
                twin.raise_()

"""A label that ends in an ellipsis where there is no room for all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from exam_app.gui.parts.theme import theme
from exam_app.gui.parts.widgets import RoleLabel

_LEAST = 40


class ElidedLabel(RoleLabel):
    """Words in one line, muted unless they have another role; the tool tip and the screen reader have all of them."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        role: str = "muted",
        asks_for_room: bool = False,
        least_share: float = 0.0,
    ) -> None:
        """`asks_for_room` has the layout give it its whole width where it can; else it takes what is left. Where there
        is room for less than `least_share` of the words none are painted."""
        super().__init__(text, role, parent)
        self._least_share = least_share
        across = QSizePolicy.Policy.Maximum if asks_for_room else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)
        self.setToolTip(text)

    def setText(self, text: str) -> None:
        """Qt's own name: the tool tip follows."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Qt's own name: a few letters."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme().px(_LEAST)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: paint what there is room for."""
        if self.width() < self._least_share * self.fontMetrics().horizontalAdvance(self.text()):
            return
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()

"""Small buttons that show a drawing instead of words; the words are their name and tool tip."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from exam_app.gui.parts.hints import with_key
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import PushButton

_DRAWN = 16
"""The drawing's height and width at 100 %; it is made on a grid of so many units."""


class IconButton(PushButton):
    """A square button. `keys` are named in the tool tip."""

    def __init__(
        self, icon: Literal["clear", "lock", "report", "settings"], name: str, keys: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._icon = icon
        self.setProperty("role", "quiet")
        self.setAccessibleName(name)
        self.show_keys(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_keys(self, keys: str) -> None:
        """Name the keys in use in the tool tip."""
        self.setToolTip(with_key(self.accessibleName(), keys))

    def sizeHint(self) -> QSize:
        """Qt's own name."""
        return QSize(theme().target(metrics.control), theme().target(metrics.control))

    def minimumSizeHint(self) -> QSize:
        """Qt's own name."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own name: ground and focus by the style, the drawing over them."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme().px(_DRAWN)
        painter.translate((self.width() - size) / 2, (self.height() - size) / 2)
        painter.scale(size / _DRAWN, size / _DRAWN)
        colour = theme().palette.color("text")
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if self._icon == "clear":
            painter.drawLine(QPointF(3.5, 3.5), QPointF(12.5, 12.5))
            painter.drawLine(QPointF(12.5, 3.5), QPointF(3.5, 12.5))
        elif self._icon == "lock":
            painter.drawArc(QRectF(4.5, 1.5, 7, 9), 0, 180 * 16)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(3, 7, 10, 7), 1.5, 1.5)
        elif self._icon == "report":
            painter.drawPolygon([QPointF(*corner) for corner in ((3, 1.5), (9.5, 1.5), (13, 5), (13, 14.5), (3, 14.5))])
            for y in (7.0, 9.5, 12.0):
                painter.drawLine(QPointF(5.5, y), QPointF(10.5, y))
        else:
            painter.setBrush(theme().palette.color("card"))
            for y, knob in ((3.0, 10.5), (8.0, 5.0), (13.0, 9.0)):
                painter.drawLine(QPointF(1, y), QPointF(15, y))
                painter.drawEllipse(QPointF(knob, y), 2.0, 2.0)
        painter.end()

"""Keys as printed on their caps, painted; and a key with what it does as one widget: the bar below has fifty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from exam_app.core.words import _
from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.unstyled import leave_unstyled

_PADDING = 5
_FRAME = 3
"""Above and below the letters of a cap together; the lower edge is the thicker one."""
_RADIUS = 4


class KeyHint(QWidget):
    """Key caps and what they do: `[X] not examined`."""

    def __init__(self, keys: Sequence[str], does: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        leave_unstyled(self)
        self._keys = list(keys)
        self.does = does
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_key(self, key: str) -> None:
        """Another key on the first cap; without one there is nothing to say."""
        self._keys[0] = key
        self.setVisible(bool(key))
        self.updateGeometry()
        self.update()

    def spoken(self) -> Spoken:
        """For assistive technology: the keys and what they do."""
        says = _("{keys}: {does}").format(keys=" ".join(self._keys), does=self.does)
        return Spoken(QAccessible.Role.StaticText, says)

    def sizeHint(self) -> QSize:
        """Qt's own name: the caps and the words side by side."""
        caps = [cap_size(key) for key in self._keys]
        width = sum(cap.width() + metrics.gap_small for cap in caps)
        return QSize(width + _small().horizontalAdvance(self.does), caps[0].height())

    def minimumSizeHint(self) -> QSize:
        """Qt's own name: nothing of it is left out."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Qt's own name: a larger text needs more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: paint the caps and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0
        for key in self._keys:
            size = cap_size(key)
            paint_cap(painter, QRect(QPoint(left, (self.height() - size.height()) // 2), size), key)
            left += size.width() + metrics.gap_small
        rest = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.does)
        painter.end()


def _small() -> QFontMetrics:
    return QFontMetrics(theme().font(metrics.font_small))


def cap_size(key: str) -> QSize:
    """The size of a cap."""
    small = _small()
    return QSize(small.horizontalAdvance(key) + 2 * _PADDING, small.height() + _FRAME)


def paint_cap(painter: QPainter, box: QRect, key: str) -> None:
    """Paint a cap in the look of `KeyCap`; pen and font are those of small words afterwards."""
    painter.setFont(theme().font(metrics.font_small))
    palette = theme().palette
    frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(palette.color("line_strong"))
    painter.setBrush(palette.color("line_strong"))
    painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
    painter.setBrush(palette.color("card"))
    painter.drawRoundedRect(frame.adjusted(0, 0, 0, -1), _RADIUS, _RADIUS)
    painter.setPen(palette.color("text_muted"))
    painter.drawText(box.adjusted(0, 0, 0, -1), Qt.AlignmentFlag.AlignCenter, key)

"""A button that shows the key which does the same."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from exam_app.gui.parts.key_hint import cap_size, paint_cap
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import PushButton

_LEFT, _RIGHT = 14, 10


class KeyButton(PushButton):
    """A push button with a label and a key cap at its end."""

    def __init__(self, label: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        """The words on the button; the style paints the button without them."""
        self.key = key
        """The key on its cap; "" where none does the same."""
        self._has_room_for_cap = True
        self.setAccessibleName(label)

    def show_cap(self, *, has_room: bool) -> None:
        """Show the key cap only where there is room for it; the bottom bar and the card of all keys have it too."""
        if has_room != self._has_room_for_cap:
            self._has_room_for_cap = has_room
            self.updateGeometry()
            self.update()

    @property
    def whole_width(self) -> int:
        """The width with the cap, shown or not."""
        return self._width(self.key)

    def set_label(self, label: str) -> None:
        """Change the words."""
        if label != self.label:
            self.label = label
            self.setAccessibleName(label)
            self.updateGeometry()
            self.update()

    def set_key(self, key: str) -> None:
        """Another key does the same now; "" where none does."""
        self.key = key
        self.updateGeometry()
        self.update()

    @property
    def _cap(self) -> str:
        return self.key if self._has_room_for_cap else ""

    def _width(self, cap: str) -> int:
        words = QFontMetrics(theme().font(bold=True)).horizontalAdvance(self.label)
        return _LEFT + words + _RIGHT + (metrics.gap + cap_size(cap).width() if cap else 0)

    def sizeHint(self) -> QSize:
        """Qt's own name: room for words and key cap."""
        return QSize(self._width(self._cap), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Qt's own name: never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own name: the style paints the button, this words and cap."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().font(bold=True))
        painter.setPen(theme().palette.color("text" if self.isEnabled() else "text_off"))
        words = self.rect().adjusted(_LEFT, 0, -_RIGHT, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.label)
        if self._cap:
            size = cap_size(self._cap)
            corner = QPoint(self.width() - _RIGHT - size.width(), (self.height() - size.height()) // 2)
            paint_cap(painter, QRect(corner, size), self._cap)
        painter.end()

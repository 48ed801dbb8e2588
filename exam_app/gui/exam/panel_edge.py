"""The edge of the panel at the right: it is dragged, or moved by the arrows, to make the panel wider or narrower."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from exam_app.core.words import _
from exam_app.gui.parts.accessible import Spoken, tell_value
from exam_app.gui.parts.layouts import COMMAND_MODIFIERS, ENTER_KEYS
from exam_app.gui.parts.theme import TOUCH_TARGET, theme
from exam_app.gui.parts.unstyled import leave_unstyled

_ACROSS = 12
"""Its width in pixels; for a finger it is as wide as any target."""
_GRIP = (3.0, 40.0)
"""Width and height in pixels of what is seen of it."""
_STEP = 24
"""Pixels at 100 % text by which an arrow moves it."""
_ARROWS = {Qt.Key.Key_Left: 1, Qt.Key.Key_Right: -1}


class PanelEdge(QWidget):
    """`width_wanted` carries how wide the panel is to be in pixels; `settled` follows when a drag or a key is over;
    `usual_asked` is a double click or Enter."""

    width_wanted = Signal(int)
    settled = Signal()
    usual_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        leave_unstyled(self, hovers=True)
        self._width = 0
        self._held: tuple[float, int] | None = None
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Width of the panel"))
        how = _(
            "Drag, or press \u2190 or \u2192, to make the panel wider or narrower. Double click or Enter: usual width."
        )
        self.setAccessibleDescription(how)
        self.setToolTip(how)
        theme().changed.connect(self._fit)
        self._fit()

    @property
    def for_a_finger(self) -> int:
        """By how many pixels it is wider in touch mode, where the panel is wider by as much."""
        return TOUCH_TARGET - _ACROSS if theme().touch else 0

    def _fit(self) -> None:
        self.setFixedWidth(_ACROSS + self.for_a_finger)

    def show_width(self, width: int) -> None:
        """The panel is so wide now, in pixels."""
        if width != self._width:
            self._width = width
            tell_value(self, self._said())

    def _said(self) -> str:
        return _("{count} pixels").format(count=self._width)

    def spoken(self) -> Spoken:
        """For assistive technology: what parts two areas, and where it stands."""
        return Spoken(QAccessible.Role.Splitter, self.accessibleName(), self._said())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's own name."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.globalPosition().x(), self._width

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's own name: the edge follows the hand."""
        if self._held is not None:
            place, width = self._held
            self.width_wanted.emit(round(width + place - event.globalPosition().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name."""
        if self._held is not None:
            self._held = None
            self.settled.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name."""
        self.usual_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: the arrows move the edge to their side."""
        key = Qt.Key(event.key())
        if event.modifiers() & COMMAND_MODIFIERS or (key not in _ARROWS and key not in ENTER_KEYS):
            event.ignore()
        elif key in ENTER_KEYS:
            self.usual_asked.emit()
        else:
            self.width_wanted.emit(self._width + _ARROWS[key] * theme().px(_STEP))
            self.settled.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's own name: the frame shows it."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's own name."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: a grip in the middle, and a frame around it while the focus is here."""
        painter, palette = QPainter(self), theme().palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grip = QRectF(0, 0, *_GRIP)
        grip.moveCenter(QRectF(self.rect()).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("accent" if self.underMouse() or self.hasFocus() else "line_strong"))
        painter.drawRoundedRect(grip, 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(palette.focus_pen())
            painter.drawRoundedRect(grip.adjusted(-3.5, -4, 3.5, 4), 3, 3)
        painter.end()

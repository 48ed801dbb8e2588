"""Panels over the window that take the focus and give it back: the reasons, the jump, the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.focus import as_read, step_to, tab_stops, tab_to
from exam_app.gui.parts.theme import theme
from exam_app.gui.parts.widgets import Card


class Overlay(QWidget):
    """Covers its window with a veil and shows a card in it. Escape or a click beside the card closes it.

    `closed` follows after the focus has been given back.
    """

    closed = Signal()

    def __init__(self, window: QWidget, width: int) -> None:
        """`width` of the card in pixels at 100 %."""
        super().__init__(window)
        self._back_to: QWidget | None = None
        self._width = width
        self.card = Card(self)
        self._frame = QScrollArea(self)
        self._frame.setWidgetResizable(True)
        self._frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frame.setWidget(self.card)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the panel; the focus comes back to where it is now."""
        window = self.parentWidget()
        if window is None:
            return
        self._back_to = window.focusWidget()
        self.show()
        self.raise_()
        self._place()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the panel's first control, or on the panel where it has none."""
        first, *_others = [*tab_stops(self.card), self]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Hide the panel and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if self._back_to is not None:
            self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        width = min(theme().px(self._width), self.width() - 32)
        height = min(self.card.heightForWidth(width), self.height() - 32)
        if height <= 0:
            height = min(self.card.sizeHint().height(), self.height() - 32)
        self._frame.setGeometry((self.width() - width) // 2, max(16, (self.height() - height) // 3), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: follow the window's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's own name: a click beside the card closes."""
        if not self._frame.geometry().contains(event.position().toPoint()):
            self.close_panel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Escape closes; no key goes on to the window below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        event.accept()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Qt's own name: Tab goes round within the panel."""
        stops = as_read(tab_stops(self.card), self)
        if stops and step_to(stops, forwards=forwards) != "moved":
            tab_to(stops[0 if forwards else -1], forwards=forwards)
        return True

    def spoken(self) -> Spoken:
        """For assistive technology: a dialog with the words at its head."""
        return Spoken(QAccessible.Role.Dialog, self.accessibleName())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: the veil."""
        painter = QPainter(self)
        palette = theme().palette
        veil = palette.color("ground" if palette.is_dark else "text")
        veil.setAlphaF(0.66 if palette.is_dark else 0.28)
        painter.fillRect(self.rect(), veil)
        painter.end()

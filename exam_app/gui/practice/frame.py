"""The wall on screen: a striped frame around everything of practice, and a banner that says what it is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from exam_app.core.words import _
from exam_app.gui.parts.elided import ElidedLabel
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel, set_role

_WIDTH = 8
_STRIPE = 14
"""Both in pixels. The stripes are of the two most different of the palette's warning colours, so that they are seen
without colour too."""


class Banner(QFrame):
    """ "PRACTICE: no patient", who practises, and the time where it is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "practice")
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.gap_large, metrics.gap_small, metrics.gap_large, metrics.gap_small)
        row.setSpacing(metrics.margin)
        self.says = RoleLabel(_("PRACTICE \u2014 no patient"), "", self)
        self.says.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row.addWidget(self.says)
        self.learner = ElidedLabel("", self, role="")
        row.addWidget(self.learner, 1)
        self.time = RoleLabel("", "", self)
        self.time.hide()
        row.addWidget(self.time)

    def show_learner(self, name: str) -> None:
        """Who practises; nobody yet where it is empty."""
        self.learner.setText(_("Learner: {name}").format(name=name) if name else "")

    def show_time(self, text: str) -> None:
        """The time; empty where nobody asks for it."""
        self.time.setText(text)
        self.time.setVisible(bool(text))


class PracticeFrame(QWidget):
    """Banner and frame around one widget."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "ground")
        self.setAccessibleName(_("Practice, no patient"))
        column = QVBoxLayout(self)
        column.setContentsMargins(_WIDTH, _WIDTH, _WIDTH, _WIDTH)
        column.setSpacing(0)
        self.banner = Banner(self)
        column.addWidget(self.banner)
        column.addWidget(inside, 1)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: the frame in stripes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = theme().palette
        box = self.rect()
        inner = box.adjusted(_WIDTH, _WIDTH, -_WIDTH, -_WIDTH)
        for side in _sides(box, inner):
            painter.setClipRect(side)
            painter.fillRect(side, palette.color("warning_tint"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color("warning"))
            _paint_stripes(painter, side)
        painter.setClipping(False)
        painter.setPen(QPen(palette.color("warning"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.end()


def _sides(box: QRect, inner: QRect) -> tuple[QRect, ...]:
    return (
        QRect(box.left(), box.top(), box.width(), _WIDTH),
        QRect(box.left(), inner.bottom() + 1, box.width(), _WIDTH),
        QRect(box.left(), inner.top(), _WIDTH, inner.height()),
        QRect(inner.right() + 1, inner.top(), _WIDTH, inner.height()),
    )


def _paint_stripes(painter: QPainter, side: QRect) -> None:
    """Slanting stripes, going on from one side to the next."""
    first = (side.left() + side.top()) // (2 * _STRIPE) * 2 * _STRIPE
    last = side.right() + side.bottom() + 2 * _STRIPE
    for start in range(first, last, 2 * _STRIPE):
        top, bottom = side.top(), side.bottom() + 1
        left, right = start - top, start - bottom
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(left, top),
                    QPointF(left + _STRIPE, top),
                    QPointF(right + _STRIPE, bottom),
                    QPointF(right, bottom),
                ]
            )
        )

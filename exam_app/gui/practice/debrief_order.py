"""The structure of an attempt: its steps as they were begun, drawn beside the standard order, and in sentences."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from exam_app.core.words import _
from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.unstyled import leave_unstyled
from exam_app.gui.parts.widgets import Card
from exam_app.gui.practice.debrief_words import line_text
from exam_app.gui.practice.parts import Columns, ReadingPage, column_of, lines_card, words_card, wrapped
from exam_app.services.practice_debrief import StepTold, Told

_NARROWEST = 420
_YOURS, _STANDARD = 0.36, 0.46
"""Of the width, for the names of either order; between them are the lines that join them."""


class OrderDrawing(QWidget):
    """Yours at the left, the standard at the right, the same step joined by a line: whole where it stands in order,
    dashed where it does not. Every step has its number in both, and a sign where it is astray or was not begun."""

    def __init__(self, told: Told, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        leave_unstyled(self)
        self._steps = told.steps
        self._astray = told.astray
        self._begun = sorted((each for each in told.steps if each.begun is not None), key=_begun)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Your order beside the standard order"))

    def spoken(self) -> Spoken:
        """For assistive technology: a picture, with every step in words."""
        return Spoken(QAccessible.Role.Graphic, self.accessibleName(), "; ".join(self.in_words()))

    def in_words(self) -> list[str]:
        """Every step of the standard order, with the place at which it was begun."""
        return [_step_in_words(each, is_astray=each.id in self._astray) for each in self._steps]

    def sizeHint(self) -> QSize:
        """Qt's own name: a line for each step and one for the heads."""
        return QSize(theme().px(_NARROWEST), self._row() * (len(self._steps) + 1) + 2)

    def minimumSizeHint(self) -> QSize:
        """Qt's own name."""
        return QSize(theme().px(_NARROWEST), self.sizeHint().height())

    def _row(self) -> int:
        return theme().line_px(30)

    def _middle(self, number: int) -> float:
        """The height of the n-th step, from 1."""
        return self._row() * (number + 0.5)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: the heads, the steps of both, the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._heads(painter)
        for each in self._steps:
            self._join(painter, each)
            self._name(painter, each)
        for number, each in enumerate(self._begun, start=1):
            box = QRectF(0, self._row() * number, self._left - metrics.gap, self._row())
            off = each.id in self._astray
            self._write(painter, f"{each.title}  {number}", box, Qt.AlignmentFlag.AlignRight, is_off=off)
        painter.end()

    @property
    def _left(self) -> float:
        """Where the lines begin."""
        return self.width() * _YOURS

    @property
    def _right(self) -> float:
        """Where they end."""
        return self.width() * (1 - _STANDARD)

    def _standard_box(self, number: int) -> QRectF:
        left = self._right + metrics.gap
        return QRectF(left, self._row() * number, self.width() - left, self._row())

    def _heads(self, painter: QPainter) -> None:
        painter.setFont(theme().font(metrics.font_heading, bold=True))
        painter.setPen(theme().palette.color("text_muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        yours = QRectF(0, 0, self._left - metrics.gap, self._row())
        painter.drawText(yours, middle | Qt.AlignmentFlag.AlignRight, _("YOURS"))
        painter.drawText(self._standard_box(0), middle | Qt.AlignmentFlag.AlignLeft, _("STANDARD"))

    def _join(self, painter: QPainter, step: StepTold) -> None:
        if step.begun is None:
            return
        astray = step.id in self._astray
        palette = theme().palette
        pen = QPen(palette.color("abnormal_line" if astray else "line_strong"), 2)
        if astray:
            pen.setStyle(Qt.PenStyle.DashLine)
        start, end = QPointF(self._left, self._middle(step.begun)), QPointF(self._right, self._middle(step.standard))
        painter.setPen(pen)
        painter.drawLine(start, end)
        painter.setBrush(pen.color())
        painter.setPen(Qt.PenStyle.NoPen)
        for point in (start, end):
            painter.drawEllipse(point, 3.5, 3.5)

    def _name(self, painter: QPainter, step: StepTold) -> None:
        text = f"{step.standard}  {step.title}"
        if step.begun is None:
            text = _("{step} \u00b7 not begun").format(step=text)
            if step.is_optional:
                text = _("{step} \u00b7 may be left out").format(step=f"{step.standard}  {step.title}")
            painter.setPen(QPen(theme().palette.color("line_strong"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(self._right, self._middle(step.standard)), 4, 4)
        off = step.begun is None and not step.is_optional
        self._write(painter, text, self._standard_box(step.standard), Qt.AlignmentFlag.AlignLeft, is_off=off)

    def _write(self, painter: QPainter, text: str, box: QRectF, side: Qt.AlignmentFlag, *, is_off: bool) -> None:
        font = theme().font(bold=is_off)
        painter.setFont(font)
        painter.setPen(theme().palette.color("abnormal" if is_off else "text"))
        words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, words)


def _begun(step: StepTold) -> int:
    return step.begun or 0


def _step_in_words(step: StepTold, *, is_astray: bool) -> str:
    if step.begun is None:
        if step.is_optional:
            return _("{number}. {step}: not begun, may be left out").format(number=step.standard, step=step.title)
        return _("{number}. {step}: not begun").format(number=step.standard, step=step.title)
    if is_astray:
        words = _("{number}. {step}: you began it as number {begun}, out of order")
    else:
        words = _("{number}. {step}: you began it as number {begun}")
    return words.format(number=step.standard, step=step.title, begun=step.begun)


class OrderTab(ReadingPage):
    """The drawing, what it says in sentences, and the time by section."""

    def __init__(self, told: Told, parent: QWidget | None = None) -> None:
        super().__init__(_("Structure"), parent, focusable=True)
        card = Card()
        card.body.addWidget(wrapped(_("Your order beside the standard order"), "large"))
        whole = _("Line: in order. Dashed line and bold: out of order. Open circle: not begun.")
        card.body.addWidget(wrapped(whole, "muted"))
        self.drawing = OrderDrawing(told)
        card.body.addWidget(self.drawing)
        parts: list[QWidget] = [words_card(_("In words"), told.order)]
        if told.times:
            parts.append(lines_card(_("Time by section"), told.times))
        self.column.addWidget(Columns([column_of([card]), column_of(parts)], (3, 2)))
        self.column.addStretch(1)
        self.setAccessibleDescription(" ".join([*self.drawing.in_words(), *told.order, *map(line_text, told.times)]))

"""One cell of the grid: it paints a finding, and the grades of its scale while it has the focus."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from exam_app.core.form.kinds import Item, Side
from exam_app.core.words import _
from exam_app.gui.parts.accessible import Spoken, tell_selected, tell_value
from exam_app.gui.parts.faces import Face
from exam_app.gui.parts.theme import Palette, metrics, target, theme
from exam_app.gui.parts.unstyled import leave_unstyled

_BOX = 24
_NARROWEST = 44
_SEGMENT = 25
_PADDING = 8
_LEAST_DETAIL = 56
"""What is said beside the box is said from this width in pixels on; less would be a stump."""
_TICK = 14
_MARKED = "*"
"""Beside the value of a finding with a mark, such as pain-limited; the mark itself stands beside it where it fits."""

_GOES_ON = "\u2026"
"""Behind what is typed and is no value yet."""


class CellHandler(Protocol):
    """Who hears from cells: the view that holds them."""

    def take_key(self, cell: Cell, event: QKeyEvent) -> bool:
        """Whether the key was used."""

    def cell_entered(self, cell: Cell) -> None:
        """The cell has the focus now."""

    def tab(self, *, forwards: bool) -> bool:
        """Tab was pressed; whether the focus was moved."""

    def cell_pressed(self, cell: Cell, modifiers: Qt.KeyboardModifier) -> None:
        """The mouse was pressed beside the grades, with these keys held."""

    def cell_dragged(self, cell: Cell, point: QPoint) -> None:
        """The mouse was moved, its button down, out of the cell to this place on the screen."""

    def grade_picked(self, cell: Cell, token: str) -> None:
        """A grade was clicked."""


class Cell(QWidget):
    """The finding of one address. It shows a `Face` and knows nothing of the record.

    It tells its handler and has no signals: PySide keeps 150 bytes for each signal of each widget, those of a button
    included, and Qt as much for a connection, and an examination has 836 cells.
    """

    def __init__(self, address: str, item: Item, side: Side | None, handler: CellHandler, parent: QWidget) -> None:
        """`item` and `side` are those of the address."""
        super().__init__(parent)
        leave_unstyled(self, hovers=True)
        self.address = address
        self.item = item
        self.side = side
        self._handler = handler
        self._face: Face | None = None
        self._strip: tuple[tuple[str, str], ...] = ()
        self._token: str | None = None
        self._selected = False
        self._pending = ""
        self._pressed_token: str | None = None
        # A click gives the focus through the view, which must still know where a selection began.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def face(self) -> Face | None:
        """What the cell shows."""
        return self._face

    def set_face(self, face: Face, *, at_once: bool = False) -> None:
        """Show a finding; `at_once` paints before returning."""
        if face == self._face:
            return
        self._face = face
        self._name()
        tell_value(self, face.value_says)
        self.setToolTip(face.says)
        if at_once and self.isVisible():
            self.repaint()
        else:
            self.update()

    def set_token(self, token: str | None) -> None:
        """The grade to mark in the strip."""
        if token != self._token:
            self._token = token
            self.update()

    def set_strip(self, strip: tuple[tuple[str, str], ...]) -> None:
        """Show these grades (token, as printed) side by side instead of the finding; empty ends that."""
        if strip != self._strip:
            self._strip = strip
            self.update()

    def set_pending(self, text: str) -> None:
        """Show what is being typed and is no value yet, such as `7.`; empty ends that."""
        if text != self._pending:
            self._pending = text
            tell_value(self, self._value_says())
            self.update()

    def set_selected(self, selected: bool) -> None:
        """Show the cell as part of a selection."""
        if selected != self._selected:
            self._selected = selected
            self._name()
            tell_selected(self)
            self.update()

    def _name(self) -> None:
        says = self._face.says if self._face is not None else ""
        self.setAccessibleName(_("{finding}, selected").format(finding=says) if self._selected else says)

    def spoken(self) -> Spoken:
        """For assistive technology: a cell with its finding; pressing goes there. A selection of one is the focus."""
        chosen = self._selected or self.hasFocus()
        return Spoken(QAccessible.Role.Cell, self.accessibleName(), self._value_says(), chosen, self._enter)

    def _value_says(self) -> str:
        if self._pending:
            return _("{typed}, not yet a whole answer").format(typed=self._pending)
        return self._face.value_says if self._face is not None else ""

    def _enter(self) -> None:
        self._handler.cell_pressed(self, Qt.KeyboardModifier.NoModifier)

    @property
    def shows_strip(self) -> bool:
        """Whether the grades stand in the cell: it has the focus and room for them."""
        return bool(self._strip) and self.hasFocus() and self._strip_box().width() <= self.width()

    def sizeHint(self) -> QSize:
        """Qt's own name: the smallest box."""
        height = target(theme().line_px(metrics.row), touch=theme().touch)
        return QSize(theme().px(_NARROWEST), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: the view decides; what it does not use goes on to the window."""
        if not self._handler.take_key(self, event):
            event.ignore()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Qt's own name: Tab leaves the grid instead of walking through every cell."""
        return self._handler.tab(forwards=forwards) or super().focusNextPrevChild(forwards)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's own name: tell the view."""
        super().focusInEvent(event)
        self._handler.cell_entered(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's own name: a click on a grade of the strip picks it; elsewhere it enters the cell."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._pressed_token = self._token_at(event.position())
        if self._pressed_token is None:
            self._handler.cell_pressed(self, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's own name: out of the cell with the button down selects, and picks nothing."""
        if event.buttons() & Qt.MouseButton.LeftButton and not self.rect().contains(event.position().toPoint()):
            self._pressed_token = None
            self._handler.cell_dragged(self, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's own name: a grade is picked where the button was pressed and let go."""
        token, self._pressed_token = self._pressed_token, None
        if token is not None and token == self._token_at(event.position()):
            self._handler.grade_picked(self, token)

    def _token_at(self, point: QPointF) -> str | None:
        if not self.shows_strip:
            return None
        box = self._strip_box()
        if not box.contains(point):
            return None
        return self._strip[min(len(self._strip) - 1, int((point.x() - box.x()) // self.segment_size().width()))][0]

    def segment_size(self) -> QSize:
        """The size of one grade of the strip."""
        return QSize(theme().target(_SEGMENT), theme().target(_BOX))

    def _strip_box(self) -> QRectF:
        height = self.segment_size().height()
        width = self.segment_size().width() * len(self._strip)
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's own name: a new font or style repaints."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: paint the finding."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = theme().palette
        if self.shows_strip:
            self._paint_strip(painter, palette)
        elif self._face is not None:
            self._paint_face(painter, palette, self._face)
        painter.end()

    def _paint_strip(self, painter: QPainter, palette: Palette) -> None:
        box = self._strip_box().adjusted(0.5, 0.5, -0.5, -0.5)
        step = box.width() / len(self._strip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("card"))
        painter.drawRoundedRect(box, 4, 4)
        for index, (token, printed) in enumerate(self._strip):
            segment = QRectF(box.x() + index * step, box.y(), step, box.height())
            marked = token == self._token
            if marked:
                self._paint_marked(painter, palette, segment)
            said = self._face is not None and self._face.state != "asserted"
            painter.setFont(theme().font(metrics.font, bold=marked and said))
            painter.setPen(palette.color(_ink(self._face) if marked else "text"))
            has_mark = marked and self._face is not None and self._face.has_qualifiers
            painter.drawText(segment, Qt.AlignmentFlag.AlignCenter, printed + _MARKED if has_mark else printed)
            if index:
                painter.setPen(palette.color("line"))
                painter.drawLine(segment.topLeft(), segment.bottomLeft())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(palette.focus_pen())
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_marked(self, painter: QPainter, palette: Palette, segment: QRectF) -> None:
        """The recorded grade is told by a frame, wider where it is abnormal, and not by its ground alone."""
        abnormal = self._face is not None and self._face.state == "abnormal"
        width = 2 if abnormal else 1
        inset = palette.focus_width + width / 2
        painter.fillRect(segment, palette.color("abnormal_tint" if abnormal else "normal_tint"))
        painter.setPen(QPen(palette.color("abnormal_line" if abnormal else "normal"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(segment.adjusted(1, inset, -1, -inset))

    def _paint_face(self, painter: QPainter, palette: Palette, face: Face) -> None:
        told = not self._pending
        font = theme().font(metrics.font, bold=told and face.state in ("normal", "abnormal", "reason"))
        text = f"{face.text} {_MARKED}" if face.has_qualifiers else face.text
        if self._pending:
            text = self._pending + _GOES_ON
        room = self.width() - 2 * _PADDING
        tick = theme().px(_TICK) if face.state == "asserted" else 0
        printed = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room - tick)
        width = max(theme().px(_NARROWEST), QFontMetrics(font).horizontalAdvance(printed) + 2 * _PADDING + tick)
        detail_font = theme().font(metrics.font_small)
        detail = self._detail_that_fits(face, width, QFontMetrics(detail_font))
        box = QRectF((self.width() - width) / 2, (self.height() - theme().px(_BOX)) / 2, width, theme().px(_BOX))
        self._paint_box(painter, palette, face, box)
        painter.setFont(font)
        painter.setPen(palette.color(_ink(face) if told else "text"))
        painter.drawText(box.adjusted(0, 0, -tick, 0), Qt.AlignmentFlag.AlignCenter, printed)
        if detail:
            painter.setFont(detail_font)
            painter.setPen(palette.color("text_muted"))
            beside = QRect(int(box.right()) + 6, 0, self.width() - int(box.right()) - 6, self.height())
            painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, detail)
        self._paint_marks(painter, palette, face, box)

    def _detail_that_fits(self, face: Face, width: int, small: QFontMetrics) -> str:
        """The detail beside the box where there is room for it, elided."""
        room = (self.width() - width) // 2 - 8
        if not face.detail or room < min(theme().px(_LEAST_DETAIL), small.horizontalAdvance(face.detail)):
            return ""
        return small.elidedText(face.detail, Qt.TextElideMode.ElideRight, room)

    def _paint_box(self, painter: QPainter, palette: Palette, face: Face, box: QRectF) -> None:
        frame = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.PenStyle.NoPen)
        if face.state == "abnormal":
            painter.setBrush(palette.color("abnormal_tint"))
            painter.setPen(QPen(palette.color("abnormal_line"), 1))
        elif face.state == "reason":
            painter.setBrush(palette.color("reason_tint"))
            painter.setPen(QPen(palette.color("reason_line"), 1))
        elif face.state == "gap":
            painter.setPen(QPen(palette.color("text_off"), 1, Qt.PenStyle.DashLine))
        if self._selected:
            painter.setBrush(palette.color("selection"))
            painter.setPen(QPen(palette.color("focus"), 1))
        if self.hasFocus():
            painter.setPen(palette.focus_pen())
            frame = box.adjusted(1, 1, -1, -1)
        elif self.underMouse() and face.state in ("normal", "asserted", "neither"):
            painter.setPen(QPen(palette.color("line_strong"), 1))
        painter.drawRoundedRect(frame, 4, 4)

    def _paint_marks(self, painter: QPainter, palette: Palette, face: Face, box: QRectF) -> None:
        """At the box, small, growing with the text: a tick for asserted, a dot for more fields, a corner for a note;
        a ring for examined and not yet answered."""
        px = theme().px
        x, y = box.right() - 5.0, box.top() + 5.0
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if face.state == "asserted":
            one = px(100) / 100
            base = QPointF(box.right() - px(_TICK) - 1, box.center().y() + one)
            painter.setPen(QPen(palette.color("normal"), 1.4 * one))
            painter.drawPolyline([base, base + QPointF(2, 2.5) * one, base + QPointF(6, -3.5) * one])
        if face.is_examined:
            one = px(100) / 100
            painter.setPen(QPen(palette.color("text"), 1.6 * one))
            painter.drawEllipse(QPointF(box.left() + 7 * one, box.center().y()), 3 * one, 3 * one)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(_ink(face)))
        if face.has_note:
            corner = px(7)
            painter.drawPolygon(
                [box.topRight(), box.topRight() - QPointF(corner, 0), box.topRight() + QPointF(0, corner)]
            )
            y += corner + 1
        if face.has_more:
            painter.drawEllipse(QPointF(x, y), px(2), px(2))


def _ink(face: Face | None) -> str:
    """The palette's name of the text colour of a state."""
    state = face.state if face is not None else "gap"
    return {
        "gap": "text_muted",
        "normal": "normal",
        "asserted": "normal",
        "abnormal": "abnormal",
        "neither": "text",
        "reason": "reason",
    }[state]

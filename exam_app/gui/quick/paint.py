"""How the rows of quick entry's preview are laid out and painted, fast enough for every key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from exam_app.gui.parts.theme import theme
from exam_app.gui.quick.rows import Row

ROW = int(Qt.ItemDataRole.UserRole)
"""The role under which the model gives a `Row`."""
PADDING = 6
"""From the edge, in pixels at 100 %; so are the sign's room, what is above and below the words, the gap to what stands
beside them, the bar of the marked candidate, and the sign."""
_SIGN_ROOM, _PAD, _GAP, _BAR, _SIGN, _PEN = 20, 5, 16, 3, 9, 2
_BESIDE = 0.45
"""Part of the width that may stand beside the words; what is longer stands below them."""
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TICK = ((0.0, 0.5), (0.35, 0.85), (1.0, 0.1))
_COLOURS = {"entry": "text", "ask": "text", "refused": "error", "candidate": "accent"}
_DEEP = 100_000


@dataclass(frozen=True, slots=True)
class _Laid:
    """Where the words of a row stand and what stands aside, from its top left; and how high it is."""

    words: QRect
    aside: QRect
    height: int


class RowPainter(QStyledItemDelegate):
    """Paints a row: its sign, its words wrapped, and in muted letters what stands beside or below them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._width = 0
        self._laid: dict[Row, _Laid] = {}
        self._read_theme()
        theme().changed.connect(self._read_theme)

    def set_width(self, width: int) -> bool:
        """What every row has across; whether that is new. It leaves out the scroll bar whether one shows or not: a bar
        must not wrap words anew."""
        is_new = width != self._width
        if is_new:
            self._width = width
            self._laid.clear()
        return is_new

    def height(self, row: Row) -> int:
        """Of a row, in pixels."""
        return self._lay_out(row).height

    def forget(self) -> None:
        """Nothing is typed: the rows so far do not come again."""
        self._laid.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Qt's own name."""
        return QSize(self._width, self.height(index.data(ROW)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt's own name."""
        row, view, box = index.data(ROW), option.widget, option.rect
        is_marked = isinstance(view, QListView) and view.currentIndex().row() == index.row()
        laid, colours = self._lay_out(row), self._colours
        painter.save()
        painter.translate(box.topLeft())
        if is_marked:
            painter.fillRect(QRect(QPoint(0, 0), box.size()), colours.color("selection"))
            painter.fillRect(QRect(0, 0, self._bar, box.height()), colours.color("accent"))
        self._paint_sign(painter, row)
        painter.setPen(colours.color("on_selection" if is_marked else _COLOURS[row.sign]))
        self._write(painter, laid.words, row.words, self._letters)
        if row.aside:
            painter.setPen(colours.color("text" if row.replaces else "text_muted"))
            self._write(painter, laid.aside, row.aside, self._strong if row.replaces else self._letters)
        painter.restore()

    def _read_theme(self) -> None:
        here = theme()
        self._colours = here.palette
        self._letters, self._strong = here.font(), here.font(bold=True)
        self._measures = {bold: QFontMetrics(font) for bold, font in ((False, self._letters), (True, self._strong))}
        self._room, self._pad, self._gap = here.px(_SIGN_ROOM), here.px(_PAD), here.px(_GAP)
        self._bar, self._sign, self._pen, self._edge = here.px(_BAR), here.px(_SIGN), here.px(_PEN), here.px(PADDING)
        self._target = here.target(0)
        self._laid.clear()

    def _write(self, painter: QPainter, box: QRect, text: str, font: QFont) -> None:
        painter.setFont(font)
        measures = self._measures[font.bold()]
        if box.height() == measures.height():
            # One line is written at once; Qt breaks lines anew in every box.
            painter.drawText(box.x(), box.y() + measures.ascent(), text)
        else:
            painter.drawText(box, _WRAP, text)

    def _paint_sign(self, painter: QPainter, row: Row) -> None:
        """A tick, a cross or a question mark before the first line of words."""
        side = self._sign
        box = QRectF(self._edge, self._pad + (self._measures[False].height() - side) / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.sign == "entry":
            painter.setPen(QPen(self._colours.color("accent"), self._pen))
            painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(side * x, side * y) for x, y in _TICK]))
        elif row.sign == "refused":
            painter.setPen(QPen(self._colours.color("error"), self._pen))
            painter.drawLine(box.topLeft(), box.bottomRight())
            painter.drawLine(box.bottomLeft(), box.topRight())
        elif row.sign == "ask":
            painter.setFont(self._strong)
            painter.setPen(self._colours.color("warning"))
            painter.drawText(box.adjusted(-side, -side, side, side), Qt.AlignmentFlag.AlignCenter, "?")

    def _lay_out(self, row: Row) -> _Laid:
        laid = self._laid.get(row)
        if laid is None:
            laid = self._laid[row] = self._new_layout(row)
        return laid

    def _new_layout(self, row: Row) -> _Laid:
        left = self._room * (2 if row.sign == "candidate" else 1) + self._edge
        room = self._width - left - self._edge
        beside = self._measures[row.replaces].horizontalAdvance(row.aside) if row.aside else 0
        stands_beside = 0 < beside <= room * _BESIDE
        inner = room - beside - self._gap if stands_beside else room
        words = self._box(row.words, QRect(left, self._pad, inner, _DEEP), bold=False)
        if row.text is not None:
            # A candidate can be pressed: its row is as high as a finger needs.
            words.translate(0, max(0, self._target - words.height() - 2 * self._pad) // 2)
            return _Laid(words, QRect(), max(self._target, words.height() + 2 * self._pad))
        aside = QRect()
        if stands_beside:
            line = self._measures[False].height()
            aside = QRect(self._width - self._edge - beside, self._pad, beside, line)
        elif row.aside:
            aside = self._box(row.aside, QRect(left, words.bottom() + 1, room, _DEEP), bold=row.replaces)
        return _Laid(words, aside, max(words.bottom(), aside.bottom()) + 1 + self._pad)

    def _box(self, text: str, room: QRect, *, bold: bool) -> QRect:
        """The part of a room that a wrapped text needs: all of its width, and as many lines as it takes."""
        measures = self._measures[bold]
        if measures.horizontalAdvance(text) <= room.width():
            return QRect(room.x(), room.y(), room.width(), measures.height())
        return QRect(room.x(), room.y(), room.width(), measures.boundingRect(room, _WRAP, text).height())

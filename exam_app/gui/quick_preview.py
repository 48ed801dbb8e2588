"""The panel under the quick-entry line: what would be recorded, what is asked, and what was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from exam_app.core.words import _
from exam_app.gui.quick_rows import Row
from exam_app.gui.theme import metrics, theme
from exam_app.gui.widgets import RoleLabel, set_role

_ROW = int(Qt.ItemDataRole.UserRole)
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_SIGN, _PAD, _GAP, _BAR = 20, 5, 16, 3
"""In pixels at 100 %: the room of the sign, above and below the words, between words and what stands beside, and the
bar of the marked candidate."""
_BESIDE = 0.45
"""Part of the width that may stand beside the words; what is longer stands below them."""
_TICK = ((0.0, 0.5), (0.35, 0.85), (1.0, 0.1))
_WIDTH, _HIGHEST = 620, 0.7
"""Of the panel: pixels at 100 %, and part of the window's height."""
_PADDING = 6
_COLOURS = {"entry": "text", "ask": "text", "refused": "error", "candidate": "accent"}
_Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractListModel):
    """The rows of one preview."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.says
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        can = Qt.ItemFlag.ItemIsEnabled
        return can | Qt.ItemFlag.ItemIsSelectable if self.rows[index.row()].text is not None else can


class _Painter(QStyledItemDelegate):
    """Paints a row: its sign, its words wrapped, and in muted letters what stands beside or below them.

    `width` is what a row has, with the scroll bar left out whether it shows or not: a bar must not wrap words anew.
    """

    width = 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Qt's own name."""
        row: Row = index.data(_ROW)
        palette, view = theme().palette, option.widget
        is_marked = isinstance(view, QListView) and view.currentIndex().row() == index.row()
        box: QRect = option.rect
        painter.save()
        painter.translate(box.topLeft())
        if is_marked:
            painter.fillRect(QRect(QPoint(0, 0), box.size()), palette.color("selection"))
            painter.fillRect(QRect(0, 0, theme().px(_BAR), box.height()), palette.color("accent"))
        _paint_sign(painter, row)
        words, aside = _parts(row, self.width)
        painter.setFont(theme().font())
        painter.setPen(palette.color("on_selection" if is_marked else _COLOURS[row.sign]))
        painter.drawText(words, _WRAP, row.words)
        if row.aside:
            painter.setFont(theme().font(bold=row.replaces))
            painter.setPen(palette.color("text" if row.replaces else "text_muted"))
            painter.drawText(aside, _WRAP, row.aside)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Qt's own name."""
        return QSize(self.width, _height(index.data(_ROW), self.width))


def _paint_sign(painter: QPainter, row: Row) -> None:
    """A tick, a cross or a question mark before the first line of words."""
    palette, side = theme().palette, theme().px(9)
    line = QFontMetrics(theme().font()).height()
    box = QRectF(theme().px(_PADDING), theme().px(_PAD) + (line - side) / 2, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if row.sign == "entry":
        painter.setPen(QPen(palette.color("accent"), theme().px(2)))
        painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(side * x, side * y) for x, y in _TICK]))
    elif row.sign == "refused":
        painter.setPen(QPen(palette.color("error"), theme().px(2)))
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.bottomLeft(), box.topRight())
    elif row.sign == "ask":
        painter.setFont(theme().font(bold=True))
        painter.setPen(palette.color("warning"))
        painter.drawText(box.adjusted(-side, -side, side, side), Qt.AlignmentFlag.AlignCenter, "?")


def _parts(row: Row, width: int) -> tuple[QRect, QRect]:
    """Where the words and what stands aside are painted, from the row's top left."""
    letters, aside = QFontMetrics(theme().font()), QFontMetrics(theme().font(bold=row.replaces))
    left = theme().px(_SIGN) * (2 if row.sign == "candidate" else 1) + theme().px(_PADDING)
    top, room = theme().px(_PAD), width - left - theme().px(_PADDING)
    beside = aside.horizontalAdvance(row.aside) if row.aside else 0
    if beside and beside <= room * _BESIDE:
        words = letters.boundingRect(QRect(left, top, room - beside - theme().px(_GAP), 100_000), _WRAP, row.words)
        words.setWidth(room - beside - theme().px(_GAP))
        return words, QRect(width - theme().px(_PADDING) - beside, top, beside + 1, letters.height())
    words = letters.boundingRect(QRect(left, top, room, 100_000), _WRAP, row.words)
    words.setWidth(room)
    if not row.aside:
        return words, QRect()
    below = aside.boundingRect(QRect(left, words.bottom() + 1, room, 100_000), _WRAP, row.aside)
    below.setWidth(room)
    return words, below


def _height(row: Row, width: int) -> int:
    words, aside = _parts(row, width)
    return max(words.bottom(), aside.bottom()) + 1 + theme().px(_PAD)


class QuickPanel(QFrame):
    """The panel. It never takes the focus: the line keeps it. `taken` carries the row of a candidate clicked on."""

    taken = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName(_("Preview of quick entry"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, metrics.gap_small, 1, metrics.gap_small)
        column.setSpacing(metrics.gap_small)
        self._model = _Rows(self)
        self.list = QListView(self)
        self.list.setAccessibleName(_("What will be recorded"))
        self.list.setModel(self._model)
        self._painter = _Painter(self.list)
        self.list.setItemDelegate(self._painter)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._clicked)
        column.addWidget(self.list)
        self.footer = RoleLabel("", "small", self, wraps=True)
        self.footer.setContentsMargins(_PADDING, 0, _PADDING, 0)
        column.addWidget(self.footer)
        self.hide()

    @property
    def rows(self) -> Sequence[Row]:
        """The rows in sight."""
        return self._model.rows

    @property
    def marked(self) -> Row | None:
        """The candidate that is marked."""
        index = self.list.currentIndex()
        return self._model.rows[index.row()] if index.isValid() else None

    def show_rows(self, rows: list[Row], footer: str, line: QWidget, part: int) -> None:
        """Show a preview under the line, scrolled to the part that is being typed."""
        if rows != self._model.rows:
            self._model.show_rows(rows)
        self._show_footer(footer, "small")
        self.place(line)
        self.show()
        at = next((number for number, row in enumerate(rows) if row.part == part), 0)
        self.list.scrollTo(self._model.index(at))

    def clear(self) -> None:
        """Nothing is typed."""
        self._model.show_rows([])
        self.hide()

    def refuse(self, footer: str) -> None:
        """Say below the rows that Enter did nothing, with the first row that is not clear in sight."""
        self._show_footer(footer, "error")
        unclear = (number for number, row in enumerate(self._model.rows) if row.sign in ("ask", "refused"))
        self.list.scrollTo(self._model.index(next(unclear, 0)))

    def _show_footer(self, words: str, role: str) -> None:
        self.footer.setText(words)
        set_role(self.footer, role)

    def place(self, line: QWidget) -> None:
        """Under the line, as wide as a sentence needs and as high as its rows, within the window."""
        window = self.parentWidget()
        if window is None:
            return
        below = line.mapTo(window, line.rect().bottomLeft())
        width = min(max(theme().px(_WIDTH), line.width()), window.width() - 2 * metrics.gap)
        left = max(metrics.gap, min(below.x(), window.width() - metrics.gap - width))
        top = below.y() + metrics.gap_small
        frame = 2 * self.list.frameWidth()
        inside = width - 2 - frame - self.list.verticalScrollBar().sizeHint().width()
        if inside != self._painter.width:
            self._painter.width = inside
            self.list.scheduleDelayedItemsLayout()
        rows = sum(_height(row, inside) for row in self._model.rows) + frame
        footer = self.footer.heightForWidth(width - 2)
        most = min(round(window.height() * _HIGHEST), window.height() - top - metrics.gap)
        self.setGeometry(left, top, width, min(rows + footer + 3 * metrics.gap_small + 2, most))
        self.raise_()

    def step(self, by: int) -> bool:
        """Mark the next candidate, or the one before; above the first none is marked. False where there is none."""
        can = [number for number, row in enumerate(self._model.rows) if row.text is not None]
        here = self.list.currentIndex().row()
        at = (can.index(here) if here in can else -1) + by
        if at < 0:
            self.list.setCurrentIndex(QModelIndex())
        elif can:
            index = self._model.index(can[min(at, len(can) - 1)])
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        return bool(can)

    def turn(self, pages: int) -> None:
        """Further down or up in a long preview."""
        bar = self.list.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def _clicked(self, index: QModelIndex) -> None:
        row = self._model.rows[index.row()]
        if row.text is not None:
            self.taken.emit(row)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: a sheet with a clear frame over what it covers."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().palette.color("card"))
        painter.setPen(theme().palette.color("line_strong"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

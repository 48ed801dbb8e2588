"""The rows of a section's grid: header, group heading, item rows with their cells, and the line of what is folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from exam_app.core.form.form import Group
from exam_app.core.form.kinds import SIDES, Item, Side
from exam_app.core.wording.term_words import side_letter
from exam_app.core.words import _
from exam_app.gui.grid.cell import Cell
from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.theme import metrics, target, theme
from exam_app.gui.parts.unstyled import leave_unstyled
from exam_app.gui.parts.widgets import button

_MARGIN = 12
_LABEL_SHARE = 0.40
_LABEL_MOST = 400
_MATRIX_LABEL_SHARE = 0.26
_HEADING = 29
"""The height of the heading of a group at 100 %: that of the button in it and the line below."""
_TOUCH_FRAME = 3
"""What the frame of that button and the line below add in touch mode."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Pairs of R and L with their titles: one untitled pair for a grid, one pair a column for a matrix."""

    titles: tuple[str, ...] = ("",)

    @property
    def count(self) -> int:
        """How many cells stand side by side."""
        return 2 * len(self.titles)

    def label_width(self, width: int) -> int:
        """How much of a row's width its label takes."""
        share = _LABEL_SHARE if len(self.titles) == 1 else _MATRIX_LABEL_SHARE
        return min(theme().px(_LABEL_MOST), round(width * share))

    def place(self, width: int, height: int, first: int, span: int) -> QRect:
        """Where the cell that begins in column `first` and spans `span` of them lies in a row."""
        left = self.label_width(width)
        each = (width - left - _MARGIN) / self.count
        return QRect(round(left + first * each), 0, round(each * span), height)


class Line(QWidget):
    """A line of the grid of a fixed height that grows with the text."""

    def __init__(self, parent: QWidget, height: int = metrics.row) -> None:
        super().__init__(parent)
        leave_unstyled(self)
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt's own name: the height of the line."""
        return QSize(420, theme().line_px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Qt's own name: as high as it is."""
        return self.sizeHint()


class HeaderLine(Line):
    """The head of the columns: what the rows are, R (the patient's right), L; over them the titles of a matrix."""

    def __init__(self, rows_are: str, columns: Columns, parent: QWidget) -> None:
        super().__init__(parent, metrics.row if len(columns.titles) == 1 else 2 * 24)
        self._rows_are = rows_are
        self._columns = columns
        self.setAccessibleName(_("Columns: right is the patient's right, left is the patient's left"))

    def spoken(self) -> Spoken:
        """For assistive technology: the head of the columns; its twin, which has no name, only a line."""
        role = QAccessible.Role.ColumnHeader if self.accessibleName() else QAccessible.Role.Separator
        return Spoken(role, self.accessibleName())

    def twin(self, parent: QWidget) -> HeaderLine:
        """Another line with the same head."""
        return HeaderLine(self._rows_are, self._columns, parent)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: paint the words."""
        painter = QPainter(self)
        palette = theme().palette
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("card_head"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # The lower corners lie under the next line: only the upper ones are round.
        painter.drawRoundedRect(self.rect().adjusted(0, 0, 0, metrics.radius), metrics.radius - 1, metrics.radius - 1)
        painter.setPen(palette.color("text_muted"))
        painter.setFont(theme().font(metrics.font_heading, bold=True))
        titled = len(self._columns.titles) > 1
        upper = self.height() // 2 if titled else 0
        rest = self.height() - upper
        label = QRect(_MARGIN, upper, self._columns.label_width(self.width()) - _MARGIN, rest)
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._rows_are)
        for index, title in enumerate(self._columns.titles):
            if titled:
                place = self._columns.place(self.width(), upper, 2 * index, 2)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, title)
            for number, side in enumerate(SIDES):
                place = self._columns.place(self.width(), rest, 2 * index + number, 1).translated(0, upper)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._side_title(side))
        _hairline(painter, self.width(), self.height())
        painter.end()

    def _side_title(self, side: Side) -> str:
        if side == "R" and len(self._columns.titles) == 1:
            whole = _("R (patient's right)")
            room = self._columns.place(self.width(), self.height(), 0, 1).width()
            fits = QFontMetrics(theme().font(metrics.font_heading, bold=True)).horizontalAdvance(whole) <= room
            return whole if fits else side_letter(side)
        return side_letter(side)


class HeadingLine(Line):
    """The heading of a group, with the button that asserts its rest normal, made when there first is a rest.

    `rest_normal_asked` carries the id of the group.
    """

    rest_normal_asked = Signal(str)

    def __init__(self, group: Group, rest_words: str, parent: QWidget) -> None:
        """`rest_words` are those of the key for the rest, such as "Rest normal"."""
        super().__init__(parent, _HEADING)
        self._group = group
        self._rest_words = rest_words
        self._button: QPushButton | None = None
        self.setAccessibleName(group.title)

    def sizeHint(self) -> QSize:
        """Qt's own name: the button in it is whole, and large enough for a finger in touch mode."""
        height = target(theme().line_px(_HEADING), touch=theme().touch)
        return QSize(super().sizeHint().width(), height + (_TOUCH_FRAME if theme().touch else 0))

    def show_rest(self, count: int, key: str) -> None:
        """How many findings of the group the button would assert, and the key that does the same in the group."""
        if self._button is None:
            if not count:
                return
            self._button = button("", "link", self)
            self._button.clicked.connect(self._pressed)
        self._button.setVisible(count > 0)
        words = _("{words} \u00b7 {count}").format(words=self._rest_words, count=count)
        if words == self._button.text():
            return
        self._button.setText(words)
        self._button.setAccessibleName(_("{group}: {words}").format(group=self._group.title, words=words))
        self._button.setToolTip(_("In this group: {key}").format(key=key) if key else "")
        self._place(self._button)

    def _pressed(self) -> None:
        self.rest_normal_asked.emit(self._group.id)

    def _place(self, made: QPushButton) -> None:
        size = made.sizeHint()
        height = min(size.height(), self.height() - 1)
        left = self.width() - _MARGIN - size.width()
        made.setGeometry(left, (self.height() - height) // 2, size.width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: the button stands at the end."""
        super().resizeEvent(event)
        if self._button is not None:
            self._place(self._button)

    def spoken(self) -> Spoken:
        """For assistive technology: a heading, not in capitals."""
        return Spoken(QAccessible.Role.Heading, self._group.title)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: paint the title on a tinted line."""
        painter = QPainter(self)
        palette = theme().palette
        painter.fillRect(self.rect(), palette.color("ground"))
        painter.setPen(palette.color("text_muted"))
        painter.setFont(theme().font(metrics.font_small, bold=True))
        place = self.rect().adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._group.title.upper())
        _hairline(painter, self.width(), self.height())
        painter.end()


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell in a row: its first column and how many columns it spans."""

    cell: Cell
    first: int
    span: int


class ItemLine(Line):
    """A row of the grid: a label, small words beside it, and its cells."""

    def __init__(self, label: str, detail: str, items: Sequence[Item], columns: Columns, parent: QWidget) -> None:
        """`items` are those whose cells stand in the row: one in a grid, one a column in a matrix."""
        super().__init__(parent)
        self.label = label
        self.items = tuple(items)
        self.slots: list[Slot] = []
        self._detail = detail
        self._columns = columns
        self._is_current = False
        self.setToolTip(f"{label} \u00b7 {detail}" if detail else label)

    def spoken(self) -> Spoken:
        """For assistive technology: a row with its label and what stands beside it."""
        return Spoken(QAccessible.Role.Row, self.toolTip())

    def sizeHint(self) -> QSize:
        """Qt's own name: its cells are to be pressed; the line below them is not."""
        height = target(theme().line_px(metrics.row - 1), touch=theme().touch)
        return QSize(super().sizeHint().width(), height + 1)

    def add(self, cell: Cell, first: int, span: int) -> None:
        """Put a cell into the row."""
        cell.setParent(self)
        self.slots.append(Slot(cell, first, span))

    def cell_in(self, column: int) -> Cell | None:
        """The cell that covers a column."""
        for slot in self.slots:
            if slot.first <= column < slot.first + slot.span:
                return slot.cell
        return None

    def column_of(self, cell: Cell) -> int:
        """The first column of a cell of this row."""
        return next(slot.first for slot in self.slots if slot.cell is cell)

    def set_current(self, current: bool) -> None:
        """Show that the focus is in this row."""
        if current != self._is_current:
            self._is_current = current
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: place the cells."""
        super().resizeEvent(event)
        for slot in self.slots:
            slot.cell.setGeometry(self._columns.place(self.width(), self.height() - 1, slot.first, slot.span))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: paint label, small words and the line below."""
        painter = QPainter(self)
        palette = theme().palette
        if self._is_current:
            painter.fillRect(self.rect(), palette.color("hover"))
        font = theme().font()
        room = self._columns.label_width(self.width()) - _MARGIN - 4
        label = QFontMetrics(font).elidedText(self.label, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(palette.color("text"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(_MARGIN, 0, room, self.height()), middle, label)
        used = QFontMetrics(font).horizontalAdvance(label) + 8
        small = theme().font(metrics.font_small)
        left = room - used
        if self._detail and left > 40:
            painter.setFont(small)
            painter.setPen(palette.color("text_muted"))
            words = QFontMetrics(small).elidedText(self._detail, Qt.TextElideMode.ElideRight, left)
            painter.drawText(QRect(_MARGIN + used, 0, left, self.height()), middle, words)
        _hairline(painter, self.width(), self.height())
        painter.end()


def _hairline(painter: QPainter, width: int, height: int) -> None:
    painter.setPen(theme().palette.color("line"))
    painter.drawLine(0, height - 1, width, height - 1)

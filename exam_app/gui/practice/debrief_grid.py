"""The learner's record beside the key, in the lines and cells of the normal grid: read-only, R left of L in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from exam_app.core.form.form import Form, Group, Section, item_addresses, items_in, split_address
from exam_app.core.form.kinds import Item
from exam_app.core.practice.library import Outcome
from exam_app.core.record.record import Finding
from exam_app.core.wording.term_words import side_letter
from exam_app.core.words import _, ngettext
from exam_app.gui.grid.cell import Cell
from exam_app.gui.grid.grid_moves import Moves
from exam_app.gui.grid.grid_rows import Columns, HeaderLine, HeadingLine, ItemLine
from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.faces import face_of, main_token, row_detail, side_of
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import set_role
from exam_app.gui.practice.debrief_words import ALIKE, DIFFERS, of_side, verdict
from exam_app.gui.practice.parts import wrapped

_VERDICT_SHARE = 0.19
_LABEL_SHARE = 0.29
_STEPS = {Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0)}


@dataclass(frozen=True, slots=True)
class Both:
    """What is compared: the findings of the learner and of the key, and the outcome at each address."""

    form: Form
    got: Mapping[str, Finding]
    key: Mapping[str, Finding]
    examined: frozenset[str]
    outcomes: Mapping[str, Outcome]

    def is_shown(self, address: str) -> bool:
        """Whether there is something to compare: it was examined, recorded, or differs."""
        return address in self.got or address in self.examined or address in self.outcomes


@dataclass(frozen=True, slots=True)
class PairColumns(Columns):
    """Two pairs of R and L, and at the end room for what the comparison says."""

    titles: tuple[str, ...] = ()

    def label_width(self, width: int) -> int:
        """How much of a row's width its label takes."""
        return round(width * _LABEL_SHARE)

    def verdict_width(self, width: int) -> int:
        """How much of a row's width the words at its end take."""
        return round(width * _VERDICT_SHARE)

    def place(self, width: int, height: int, first: int, span: int) -> QRect:
        """Where the cell that begins in column `first` and spans `span` of them lies in a row."""
        left = self.label_width(width)
        each = (width - left - self.verdict_width(width)) / self.count
        return QRect(round(left + first * each), 0, round(each * span), height)


class PairLine(ItemLine):
    """A row with the cells of both, and at its end a sign with words."""

    def __init__(self, item: Item, columns: PairColumns, words: str, *, differs: bool, parent: QWidget) -> None:
        """`words` are what the comparison says; empty where there is nothing to say."""
        detail = row_detail(item)
        super().__init__(item.label, detail, [item], columns, parent)
        self._pairs = columns
        self.words = words
        self._differs = differs
        told = " \u00b7 ".join(part for part in (item.label, words, detail) if part)
        self.setToolTip(told)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own name: the row, then the words at its end."""
        super().paintEvent(event)
        if not self.words:
            return
        painter = QPainter(self)
        font = theme().font(metrics.font_small, bold=self._differs)
        painter.setFont(font)
        painter.setPen(theme().palette.color("abnormal" if self._differs else "normal"))
        room = self._pairs.verdict_width(self.width()) - metrics.gap
        place = QRect(self.width() - room, 0, room, self.height())
        words = QFontMetrics(font).elidedText(self.words, Qt.TextElideMode.ElideRight, room - 4)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()


class PairGrid(QFrame):
    """One section, the learner's record beside the key. `entered` carries the address whose cell got the focus."""

    entered = Signal(str)

    def __init__(self, section: Section, both: Both, parent: QWidget | None = None) -> None:
        """Every line of the section in which there is something to compare."""
        super().__init__(parent)
        set_role(self, "card")
        self.setAccessibleName(_("{section}: your record beside the key").format(section=section.title))
        self._both = both
        self._columns = PairColumns((_("Your record"), _("The key")))
        self._lines: list[PairLine] = []
        self._cells: dict[tuple[str, bool], Cell] = {}
        self._current: Cell | None = None
        self._hidden = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.head = HeaderLine(_("Item"), self._columns, self)
        column.addWidget(self.head)
        for group in section.groups:
            if group.layout != "entries":
                self._add_group(section, group, column)
        if self._hidden or not self._lines:
            column.addWidget(self._rest())

    def spoken(self) -> Spoken:
        """For assistive technology: a table of rows with cells."""
        return Spoken(QAccessible.Role.Table, self.accessibleName())

    def _add_group(self, section: Section, group: Group, column: QVBoxLayout) -> None:
        made = list(self._group_lines(section, group))
        if made and len(section.groups) > 1:
            column.addWidget(HeadingLine(group, "", self))
        for line in made:
            column.addWidget(line)
        self._lines += made

    def _group_lines(self, section: Section, group: Group) -> Iterator[PairLine]:
        for item_id in items_in(section.id, group):
            if not item_id.startswith(f"{section.id}."):
                continue
            item = self._both.form.items[item_id]
            addresses = item_addresses(item_id, item)
            if any(self._both.is_shown(address) for address in addresses):
                yield self._line(item, addresses)
            else:
                self._hidden += 1

    def _line(self, item: Item, addresses: tuple[str, ...] | list[str]) -> PairLine:
        words, differs = self._said(addresses)
        line = PairLine(item, self._columns, words, differs=differs, parent=self)
        span = 2 // len(addresses)
        for is_key in (False, True):
            for number, address in enumerate(addresses):
                cell = self._cell(address, item, is_key=is_key, parent=line)
                line.add(cell, 2 * is_key + number * span, span)
        return line

    def _cell(self, address: str, item: Item, *, is_key: bool, parent: QWidget) -> Cell:
        finding = (self._both.key if is_key else self._both.got).get(address)
        face = face_of(item, side_of(address), finding, self._both.form)
        says = _("The key: {finding}") if is_key else _("Your record: {finding}")
        cell = Cell(address, item, side_of(address), self, parent)
        cell.set_token(main_token(item, finding, self._both.form))
        cell.set_face(replace(face, says=says.format(finding=face.says)))
        outcome = self._both.outcomes.get(address)
        cell.setAccessibleDescription(verdict(outcome) if outcome is not None else "")
        cell.setFocusPolicy(Qt.FocusPolicy.ClickFocus if self._cells else Qt.FocusPolicy.TabFocus)
        self._cells[address, is_key] = cell
        return cell

    def _said(self, addresses: tuple[str, ...] | list[str]) -> tuple[str, bool]:
        """What the comparison says of a line, and whether something differs."""
        outcomes = {address: self._both.outcomes[address] for address in addresses if address in self._both.outcomes}
        if not outcomes:
            return "", False
        differs = any(each != "exact" for each in outcomes.values())
        sign = DIFFERS if differs else ALIKE
        if len(outcomes) == len(addresses) and len(set(outcomes.values())) == 1:
            return f"{sign} {verdict(next(iter(outcomes.values())))}", differs
        said = [of_side(_letter(address), verdict(each)) for address, each in outcomes.items()]
        return f"{sign} {', '.join(said)}", differs

    def _rest(self) -> QWidget:
        text = _("Nothing of this section was examined, and nothing abnormal is in it.")
        if self._lines:
            text = ngettext(
                "{count} further item was not examined and is normal in the case.",
                "{count} further items were not examined and are normal in the case.",
                self._hidden,
            ).format(count=self._hidden)
        label = wrapped(text, "small")
        label.setContentsMargins(12, 6, 12, 6)
        return label

    # The focus -----------------------------------------------------------------------------------------------------

    @property
    def cells(self) -> Mapping[tuple[str, bool], Cell]:
        """Every cell by its address, and whether it is the key's."""
        return self._cells

    @property
    def current(self) -> Cell | None:
        """The cell that had the focus last."""
        return self._current

    @property
    def lines(self) -> list[PairLine]:
        """The lines from top to bottom."""
        return self._lines

    def mark(self, address: str) -> None:
        """Show the line of an address as the one that is spoken of."""
        for line in self._lines:
            line.set_current(any(slot.cell.address == address for slot in line.slots))

    def focus_address(self, address: str) -> bool:
        """Put the focus on what was recorded at an address. False where it has no line."""
        cell = self._cells.get((address, False))
        if cell is None:
            return False
        cell.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_current(self) -> bool:
        """Put the focus on the cell that had it last, or the first. False where there is none."""
        cell = self._current or next(iter(self._cells.values()), None)
        if cell is not None:
            cell.setFocus(Qt.FocusReason.OtherFocusReason)
        return cell is not None

    def cell_entered(self, cell: Cell) -> None:
        """`CellHandler`: a cell has the focus now; it alone is the stop of Tab."""
        for each in self._cells.values():
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus if each is cell else Qt.FocusPolicy.ClickFocus)
        self._current = cell
        self.mark(cell.address)
        self.entered.emit(cell.address)

    def take_key(self, cell: Cell, event: QKeyEvent) -> bool:
        """`CellHandler`: arrows move; nothing answers."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        moves = Moves(self._lines)
        place = moves.place_of(cell)
        across, down = step
        to = moves.horizontal(cell, across) if across else moves.vertical(cell, down, place[1] if place else 0)
        if to is not None:
            to.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def stand_behind(self, widget: QWidget) -> None:
        """Come right behind a widget in the order of Tab."""
        before = widget
        for cell in self._cells.values():
            QWidget.setTabOrder(before, cell)
            before = cell

    def tab(self, *, forwards: bool) -> bool:  # noqa: ARG002 - `CellHandler`
        """`CellHandler`: Tab leaves the grid, of which one cell alone is a stop."""
        return False

    def cell_pressed(self, cell: Cell, modifiers: Qt.KeyboardModifier) -> None:  # noqa: ARG002 - `CellHandler`
        """`CellHandler`."""
        cell.setFocus(Qt.FocusReason.MouseFocusReason)

    def cell_dragged(self, cell: Cell, point: QPoint) -> None:
        """`CellHandler`: nothing is selected."""

    def grade_picked(self, cell: Cell, token: str) -> None:
        """`CellHandler`: nothing is graded."""


def _letter(address: str) -> str:
    side = split_address(address)[1]
    return side_letter(side) if side is not None else ""

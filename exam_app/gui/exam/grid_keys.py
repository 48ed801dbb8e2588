"""The keys and the mouse in the grid of a section: moving, selecting, answering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent

from exam_app.core.form.form import split_address
from exam_app.core.form.kinds import SIDES
from exam_app.core.quick.typed import not_recorded
from exam_app.core.record.values import Value
from exam_app.core.words import ngettext
from exam_app.gui.grid.cell import Cell
from exam_app.gui.grid.grid_moves import Moves
from exam_app.gui.grid.selection import Selection
from exam_app.gui.parts.faces import main_field, main_value
from exam_app.gui.parts.layouts import COMMAND_MODIFIERS, ENTER_KEYS, digit_of, readings
from exam_app.gui.parts.messages import tell_around
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.gui.parts.typing_keys import Typing

if TYPE_CHECKING:
    from exam_app.gui.exam.section_view import SectionView

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


class GridKeys(QObject):
    """What a key press or a click does in the cells of one section. `told` carries what was done to several cells."""

    told = Signal(str)

    def __init__(self, view: SectionView, bridge: SessionBridge) -> None:
        super().__init__(view)
        self._view, self._bridge = view, bridge
        self._typing = Typing()
        self._column = 0
        self.selection = Selection(self)

    @property
    def _moves(self) -> Moves:
        return Moves(self._view.grid.lines())

    @property
    def column(self) -> int:
        """The column that steps up and down stay in."""
        return self._column

    def keep_column(self, cell: Cell) -> None:
        """Later steps up and down stay in the column of this cell; one for both sides leaves the column as it was."""
        line = self._view.grid.line_of(cell.address)
        if line is not None and (cell.item.sides == "paired" or cell.item.cell is not None):
            self._column = line.column_of(cell)

    # The mouse -----------------------------------------------------------------------------------------------------

    def press(self, cell: Cell, modifiers: Qt.KeyboardModifier) -> None:
        """A click enters the cell; with Shift everything between is selected."""
        current = self._view.current_cell
        if modifiers & _SHIFT and current is not None:
            self.selection.extend(current, cell, self._moves)
        else:
            self.selection.clear()
        self._view.focus_cell(cell)

    def drag(self, begins: Cell, point: QPoint) -> None:
        """The mouse is held down over another cell: everything between is selected."""
        grid = self._view.grid
        under = grid.childAt(grid.mapFromGlobal(point))
        if isinstance(under, Cell):
            self.selection.extend(begins, under, self._moves)
            self._view.focus_cell(under)

    def pick(self, cell: Cell, token: str) -> None:
        """A clicked grade is recorded."""
        self._typing.forget()
        value = self._view.grid.graded(cell, token)
        if value is not None:
            self._bridge.answer({cell.address: value}, self._view)

    # Moving and selecting ------------------------------------------------------------------------------------------

    def take(self, cell: Cell, event: QKeyEvent) -> bool:
        """Whether a key press in a cell was used; every other key goes on to the window."""
        moves = digit_of(event) is None
        if moves and event.key() in _ARROWS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return self._arrow(cell, event)
        if event.key() in ENTER_KEYS and not event.modifiers() & COMMAND_MODIFIERS:
            return self._go(self._moves.reading(cell, -1 if event.modifiers() & _SHIFT else 1))
        if moves and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            cells = self._moves.all_cells()
            return self._go_or_select(cell, cells[0 if event.key() == Qt.Key.Key_Home else -1], event)
        if event.key() == Qt.Key.Key_Escape and self.selection.addresses:
            self.selection.clear()
            return True
        return not event.modifiers() & COMMAND_MODIFIERS and self.type(cell, event)

    def _arrow(self, cell: Cell, event: QKeyEvent) -> bool:
        moves = self._moves
        across, down = _ARROWS[Qt.Key(event.key())]
        shift = bool(event.modifiers() & _SHIFT)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            starts = self._view.grid.group_starts()
            if shift:
                edge = moves.edge(cell, across, down, starts, self._column)
                return edge is None or self._go_or_select(cell, edge, event)
            return bool(down) and self._go(moves.group(cell, down, starts, self._column))
        target = moves.vertical(cell, down, self._column) if down else moves.horizontal(cell, across)
        if target is None:
            if down > 0 and not shift:
                self._view.enter_panels()
            return True
        return self._go_or_select(cell, target, event)

    def _go_or_select(self, cell: Cell, target: Cell, event: QKeyEvent) -> bool:
        """With Shift the cells up to the target are selected."""
        if not event.modifiers() & _SHIFT:
            return self._go(target)
        self._view.focus_cell(target)
        self.selection.extend(cell, target, self._moves)
        return True

    def _go(self, target: Cell | None) -> bool:
        self.selection.clear()
        if target is not None:
            self._view.focus_cell(target)
        return True

    def select_group(self, address: str) -> None:
        """Select the cells in sight of the group of an address, in a matrix those of its modality."""
        alike = self._bridge.form.alike(self._view.section.id, address)
        self.selection.select(cell for cell in self._moves.all_cells() if cell.address in alike)

    # Answering -----------------------------------------------------------------------------------------------------

    def type(self, cell: Cell, event: QKeyEvent) -> bool:
        """Whether a key press answered the selection or this cell."""
        after_grade = self._typing.awaits_sign(main_field(cell.item), self._bridge.form)
        meant = readings(event, after_grade=after_grade)
        return any(self._answer(cell, key, both_sides=both) for key, both in meant)

    def _answer(self, cell: Cell, key: str, *, both_sides: bool) -> bool:
        targets = self._view.targets()
        if both_sides:
            targets = tuple(dict.fromkeys(address for target in targets for address in _both(target)))
        found = self._typing.take(key, targets, self._bridge.record, self._bridge.form)
        if found is None:
            return False
        values: dict[str, Value] = {address: value for address, value in found.items() if value is not None}
        if values:
            self._bridge.answer(values, self._view)
        emptied = [address for address, value in found.items() if value is None]
        if emptied:
            self._bridge.clear(emptied)
        cell.set_pending(self._typing.pending.get(cell.address, ""))
        if len(self.selection.addresses) > 1:
            self._tell(len(found), len(targets))
        return True

    def _tell(self, count: int, of: int) -> None:
        if count == of:
            self.told.emit(ngettext("{count} cell set.", "{count} cells set.", count).format(count=count))
            return
        text = ngettext(
            "{count} of {of} cells set: the others do not take this answer.",
            "{count} of {of} cells set: the others do not take this answer.",
            count,
        )
        self.told.emit(text.format(count=count, of=of))

    def forget_typing(self) -> None:
        """A command or a move came between: the next sign or digit begins anew. What was no whole answer yet is not
        recorded; it goes from the cell, and that is said."""
        cell, unfinished = self._view.current_cell, dict(self._typing.pending)
        self._typing.forget()
        if cell is None:
            return
        cell.set_pending("")
        field = main_field(cell.item)
        if field is not None and cell.address in unfinished:
            form = self._bridge.form
            kept = main_value(cell.item, self._bridge.finding(cell.address))
            tell_around(self._view, not_recorded(field, form, unfinished[cell.address], kept))


def _both(address: str) -> tuple[str, ...]:
    item_id, side = split_address(address)
    return tuple(f"{item_id}.{each}" for each in SIDES) if side is not None else (address,)

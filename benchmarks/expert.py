"""One who knows the keys: enters a teaching case in the real window with as few of them as the window allows.

Every key event counts; a key with Shift or Ctrl is one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.cases import SECTIONS
from exam_app.core.editing.visible import is_item_visible
from exam_app.core.form.form import Form, item_addresses, section_of, split_address
from exam_app.core.form.kinds import ChoiceKind, Field, GroupKind, Item
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue, Value
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.jump import found, places_of
from exam_app.gui.exam.section_view import SectionView
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.grid.cell import Cell
from exam_app.gui.grid.grid_moves import Moves
from exam_app.gui.grid.grid_rows import ItemLine

PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier

Key = tuple[Qt.Key, Qt.KeyboardModifier]
_KEYS: tuple[Key, ...] = (
    (Qt.Key.Key_Down, PLAIN),
    (Qt.Key.Key_Up, PLAIN),
    (Qt.Key.Key_Right, PLAIN),
    (Qt.Key.Key_Left, PLAIN),
    (Qt.Key.Key_Down, CTRL),
    (Qt.Key.Key_Up, CTRL),
    (Qt.Key.Key_Home, PLAIN),
    (Qt.Key.Key_End, PLAIN),
)
_SHORTEST_NAME = 3
"""The slash, one letter and Enter."""
_SAID = {"tr": "t", "1.5": "1+", "2.5": "2+"}


@dataclass(frozen=True)
class Step:
    """Values entered at once: the first cell, how many further lines are selected below it, whether for both sides."""

    address: str
    lines: int
    both: bool
    value: Value


class Expert:
    """Types into the window of an empty examination of the full scope. `keystrokes` counts."""

    def __init__(self, window: ExamWindow) -> None:
        self.window = window
        self.form: Form = window.bridge.form
        self.keystrokes = 0
        self._places = places_of(self.form)

    def enter(self, wanted: Mapping[str, Value]) -> None:
        """Every value, and the rest of every section of `SECTIONS` normal."""
        self._press(Qt.Key.Key_3, CTRL)
        for section_id in SECTIONS:
            assert self.window.page == section_id, f"{self.window.page} is in sight and not {section_id}"
            self._section({address: each for address, each in wanted.items() if section_of(address) == section_id})
            self._press(Qt.Key.Key_N)

    def see_no_movement(self) -> None:
        """In the observed movements, where the last N has led: none seen."""
        self._reach("movements.observation")
        self._answer("movements.observation", GroupValue(fields={"seen": ChoiceValue(token="none")}))  # noqa: S106

    @property
    def _view(self) -> SectionView:
        view = self.window.view
        assert view is not None, "no section is in sight"
        return view

    # Keys ----------------------------------------------------------------------------------------------------------

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        self.keystrokes += 1
        QTest.keyClick(focus, key, modifiers)
        QApplication.processEvents()

    def _type(self, text: str, *, both: bool = False) -> None:
        """Characters; with `both` the digit that comes first is pressed with Shift, for both sides."""
        for number, sign in enumerate(text):
            if both and number == 0 and sign.isdigit():
                self._press(Qt.Key(ord(sign)), SHIFT)
                continue
            focus = QApplication.focusWidget()
            assert focus is not None, "nothing has the focus"
            self.keystrokes += 1
            QTest.keyClicks(focus, sign)
            QApplication.processEvents()

    # A section -----------------------------------------------------------------------------------------------------

    def _section(self, wanted: Mapping[str, Value]) -> None:
        if self._hidden_lines(wanted) > 1:
            self._press(Qt.Key.Key_U)
        for step in self._steps(wanted):
            self._reach(step.address)
            for _line in range(step.lines):
                self._press(Qt.Key.Key_Down, SHIFT)
            self._answer(step.address, step.value, both=step.both)

    def _hidden_lines(self, addresses: Iterable[str]) -> int:
        items = {split_address(address)[0] for address in addresses if self._cell_of(address) is None}
        return len(items)

    def _steps(self, wanted: Mapping[str, Value]) -> list[Step]:
        """The values in the order of the form, those of both sides and of neighbouring lines together."""
        left, steps = dict(wanted), []
        for address in self.form.addresses:
            if address not in left:
                continue
            value = left.pop(address)
            other = _other_side(address)
            both = other is not None and left.get(other) == value and self._keys_in_cell(address, value) is not None
            if both and other is not None:
                del left[other]
            lines = list(self._same_below(address, value, left, both=both))
            for line in lines:
                for taken in line:
                    del left[taken]
            steps.append(Step(address, len(lines), both, value))
        return steps

    def _same_below(self, address: str, value: Value, left: Mapping[str, Value], *, both: bool) -> Iterable[list[str]]:
        """The addresses of the lines right below that have the same grade, on both sides where both are graded."""
        cell = self._cell_of(address)
        if cell is None or not isinstance(value, GradeValue):
            return
        moves = Moves(self._view.grid.lines())
        place = moves.place_of(cell)
        assert place is not None
        for step in range(1, len(self._view.grid.lines()) - place[0]):
            below = moves.vertical(cell, step, place[1])
            if below is None:
                return
            other = _other_side(below.address)
            line = [below.address, other] if both and other is not None else [below.address]
            if any(left.get(each) != value for each in line):
                return
            yield line

    # Moving --------------------------------------------------------------------------------------------------------

    def _cell_of(self, address: str) -> Cell | None:
        """The cell of an address where it is shown."""
        line = self._view.grid.line_of(address)
        return self._view.grid.cells.get(address) if line is not None and not line.isHidden() else None

    def _reach(self, address: str) -> None:
        """By the shorter of two ways: keys that move in the grid, or the name of the item."""
        focus = QApplication.focusWidget()
        assert isinstance(focus, Cell), "no cell has the focus"
        keys = self._way(focus, address)
        name = self._name(address) if keys is None or len(keys) > _SHORTEST_NAME else None
        if keys is not None and (name is None or len(keys) <= len(name) + 2):
            for key, modifiers in keys:
                self._press(key, modifiers)
        elif name is not None:
            self._type(f"/{name}")
            self._press(Qt.Key.Key_Return, SHIFT if address.endswith(".L") else PLAIN)
        now = QApplication.focusWidget()
        assert isinstance(now, Cell) and now.address == address, f"no way to {address}"

    def _way(self, start: Cell, address: str) -> list[Key] | None:
        """The fewest keys that lead from cell to cell of the grid in sight."""
        target = self._cell_of(address)
        if target is None:
            return None
        moves, groups = Moves(self._view.grid.lines()), self._view.grid.group_starts()
        begin = (start, self._view.keys.column)
        ways: dict[tuple[Cell, int], list[Key]] = {begin: []}
        queue = deque([begin])
        while queue:
            state = queue.popleft()
            if state[0] is target:
                return ways[state]
            for key in _KEYS:
                further = _after(moves, groups, state, key)
                if further is not None and further not in ways:
                    ways[further] = [*ways[state], key]
                    queue.append(further)
        return None

    def _name(self, address: str) -> str:
        """The fewest letters that bring an item to the top of what is found: the beginning of one of its words."""
        item_id, _side = split_address(address)
        first = item_addresses(item_id, self.form.addresses[address])[0]
        record, form = self.window.bridge.record, self.form
        offered = [
            place
            for place in self._places
            if is_item_visible(form.addresses[place.address], record) or place.address in record.findings
        ]
        words = next(place.searched for place in offered if place.address == first)
        tails = [words, *(words[at + 1 :] for at, sign in enumerate(words) if sign == " ")]
        for count in range(1, len(words)):
            for letters in dict.fromkeys(tail[:count] for tail in tails if len(tail) >= count):
                hits = found(offered, letters, self.window.page)
                if hits and hits[0].address == first:
                    return letters
        return words

    # Answering -----------------------------------------------------------------------------------------------------

    def _keys_in_cell(self, address: str, value: Value) -> str | None:
        """The keys of a value that a cell takes whole, or None."""
        item = self.form.addresses[address]
        if not isinstance(value, GroupValue):
            return _keys_of(item, value)
        assert isinstance(item, GroupKind)
        if item.main is None or set(value.fields) != {item.main}:
            return None
        return _keys_of(item.by_id[item.main], value.fields[item.main])

    def _answer(self, address: str, value: Value, *, both: bool = False) -> None:
        keys = self._keys_in_cell(address, value)
        if keys is not None:
            self._type(keys, both=both)
            return
        item = self.form.addresses[address]
        assert isinstance(value, GroupValue) and isinstance(item, GroupKind)
        left = dict(value.fields)
        if item.main in left:
            self._type(_keys_of(item.by_id[item.main], left.pop(item.main)))
        self._press(Qt.Key.Key_Tab)
        editor = self.window.dock.editor
        assert isinstance(editor, GroupEditor)
        for row in editor.rows:
            if row.name in left:
                self._tab_to(row.editor)
                self._type(_keys_of(row.field, left[row.name]))
        self._press(Qt.Key.Key_Escape)

    def _tab_to(self, target: QWidget) -> None:
        for _stop in range(60):
            focus = QApplication.focusWidget()
            assert focus is not None
            if focus is target or target.isAncestorOf(focus):
                return
            self._press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to '{target.accessibleName()}'")


def _other_side(address: str) -> str | None:
    """The left address of a right one."""
    item_id, side = split_address(address)
    return f"{item_id}.L" if side == "R" else None


def _after(moves: Moves, groups: Sequence[ItemLine], state: tuple[Cell, int], key: Key) -> tuple[Cell, int] | None:
    """Cell and column after a key that moves; None where it leads nowhere."""
    (cell, column), (pressed, modifiers) = state, key
    target: Cell | None
    if pressed in (Qt.Key.Key_Home, Qt.Key.Key_End):
        target = moves.all_cells()[0 if pressed == Qt.Key.Key_Home else -1]
    elif pressed in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        target = moves.horizontal(cell, 1 if pressed == Qt.Key.Key_Right else -1)
    else:
        step = 1 if pressed == Qt.Key.Key_Down else -1
        target = moves.group(cell, step, groups, column) if modifiers else moves.vertical(cell, step, column)
    if target is None:
        return None
    place = moves.place_of(target)
    keeps = target.item.sides == "paired" or target.item.cell is not None
    return target, place[1] if keeps and place is not None else column


def _keys_of(field: Field | Item, value: Value) -> str:
    """The characters that stand for a grade or a choice."""
    if isinstance(value, GradeValue):
        return _SAID.get(value.token, value.token)
    assert isinstance(value, ChoiceValue) and isinstance(field, ChoiceKind)
    return str([option.id for option in field.options].index(value.token) + 1)

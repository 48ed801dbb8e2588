"""A typist: works the examination screen by keys alone, as one who looks at it would, and counts the keystrokes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from exam_app.core.form.form import section_of, split_address
from exam_app.core.form.kinds import ChoiceKind, Field, FlagsKind, GroupKind, Item, ListKind, SideKind
from exam_app.core.quick.typed import number_as_typed
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord, Finding, NotExamined, Unable
from exam_app.core.record.values import (
    CannotValue,
    ChoiceValue,
    DateValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    ListValue,
    NumberValue,
    SideValue,
    TextValue,
    Value,
)
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.reasons import LETTERS
from exam_app.gui.fields.base import FieldEditor
from exam_app.gui.fields.buttons import ButtonRow
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.fields.lists import ListEditor
from exam_app.gui.fields.sites import SitePicker
from exam_app.gui.fields.tap_counter import TimesEditor
from exam_app.gui.grid.cell import Cell
from exam_app.gui.grid.grid_moves import Moves

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
FEW = 9
"""So many steps are gone with the arrows; for more, the item is found by name."""
STATES = ("yes", "no", "unknown")


class Typist:
    """Types into whatever has the focus. `keystrokes` counts key presses; a key with Shift or Ctrl is one."""

    def __init__(self, window: ExamWindow) -> None:
        self.window = window
        self.keystrokes = 0

    # Keys ----------------------------------------------------------------------------------------------------------

    def press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """One key press, to the widget with the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        self.keystrokes += 1
        if isinstance(key, str):
            QTest.keyClicks(focus, key, modifiers)
        else:
            QTest.keyClick(focus, key, modifiers)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Characters one after the other."""
        for character in text:
            self.press(character)

    # Moving --------------------------------------------------------------------------------------------------------

    @property
    def cell(self) -> Cell | None:
        """The cell with the focus."""
        focus = QApplication.focusWidget()
        return focus if isinstance(focus, Cell) else None

    @property
    def address(self) -> str | None:
        """The address of the cell with the focus."""
        return self.cell.address if self.cell is not None else None

    def go_to_section(self, section_id: str) -> None:
        """By its number; the ones after the tenth from there with Alt and the arrow."""
        if self.window.page == section_id:
            return
        index = [section.id for section in self.window.bridge.form.sections].index(section_id)
        self.press(Qt.Key(Qt.Key.Key_0 + (min(index, 9) + 1) % 10), CTRL)
        for _step in range(index - 9):
            self.press(Qt.Key.Key_Right, ALT)
        assert self.window.page == section_id

    def go_to(self, address: str) -> None:
        """To a cell: with the arrows where it is near, by its name otherwise."""
        if self.cell is None:
            self.press(Qt.Key.Key_Escape)
        if self.address == address:
            return
        if not self._near(address):
            self._jump(address)
        while self.address != address:
            before = self.address
            self.press(self._arrow_towards(address))
            assert self.address != before, f"no way from {before} to {address}"

    def _place(self, address: str | None) -> tuple[int, int] | None:
        view = self.window.view
        if view is None or address is None:
            return None
        cell = view.grid.cells.get(address)
        return Moves(view.grid.lines()).place_of(cell) if cell is not None else None

    def _near(self, address: str) -> bool:
        here, there = self._place(self.address), self._place(address)
        if here is None or there is None:
            return False
        return abs(here[0] - there[0]) + abs(here[1] - there[1]) <= FEW

    def _arrow_towards(self, address: str) -> Qt.Key:
        here, there = self._place(self.address), self._place(address)
        assert here is not None and there is not None, f"no way from {self.address} to {address}"
        if here[0] != there[0]:
            return Qt.Key.Key_Down if here[0] < there[0] else Qt.Key.Key_Up
        return Qt.Key.Key_Right if here[1] < there[1] else Qt.Key.Key_Left

    def _jump(self, address: str) -> None:
        """`/` and letters until the item is on top or few steps below."""
        panel = self.window.panels.jump
        item_id, _side = split_address(address)
        self.press("/")
        label = self.window.bridge.form.addresses[address].label
        for character in label:
            offered = [
                split_address(str(panel.hits.item(row).data(Qt.ItemDataRole.UserRole)))[0]
                for row in range(panel.hits.count())
            ]
            if item_id in offered[:2]:
                break
            self.press(character)
        for _step in range(panel.hits.count()):
            if split_address(str(panel.hits.currentItem().data(Qt.ItemDataRole.UserRole)))[0] == item_id:
                break
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)

    # Findings ------------------------------------------------------------------------------------------------------

    def enter_record(self, record: ExamRecord) -> None:
        """Every finding of a record, section by section; what is asserted normal with N at the end of each."""
        form = self.window.bridge.form
        for section in form.sections:
            findings = {
                address: record.findings[address]
                for address in form.addresses
                if address in record.findings and section_of(address) == section.id
            }
            if findings:
                self.go_to_section(section.id)
                self.enter_section(findings)

    def enter_section(self, findings: Mapping[str, Finding]) -> None:
        """The findings of the section in sight."""
        for address, finding in findings.items():
            if not isinstance(finding, AssertedNormal):
                self.enter(address, finding, findings)
        if any(isinstance(finding, AssertedNormal) for finding in findings.values()):
            if self.cell is None:
                self.press(Qt.Key.Key_Escape)
            self.press("n")

    def enter(self, address: str, finding: Finding, beside: Mapping[str, Finding]) -> None:
        """One finding; taken over from the other side where that has the same."""
        item = self.window.bridge.item(address)
        view = self.window.view
        if view is not None and any(panel.address == address for panel in view.panels):
            assert isinstance(finding, Examined) and isinstance(finding.value, ListValue)
            self.enter_entries(address, finding.value)
            return
        self.go_to(address)
        if address.endswith(".L") and beside.get(f"{address[:-2]}.R") == finding and finding.note is None:
            self.press(".")
            return
        if isinstance(finding, (NotExamined, Unable)):
            self.give_reason(finding)
        elif isinstance(finding, Examined):
            self.answer(item, finding.value)
            self.qualify(item, finding.qualifiers)
        if finding.note is not None:
            self.press(Qt.Key.Key_E, CTRL)
            self.type(finding.note)
            self.press(Qt.Key.Key_Return)

    def give_reason(self, finding: NotExamined | Unable) -> None:
        """X, the letter, and the words of another reason."""
        letter = next(letter for letter, each in LETTERS.items() if each == (finding.state, finding.reason))
        self.press("x")
        self.press(letter.lower())
        if finding.text is not None:
            self.type(finding.text)
            self.press(Qt.Key.Key_Return)

    def answer(self, item: Item, value: Value) -> None:
        """A value in the focused cell, and what belongs to it in the fields below."""
        if isinstance(item, ListKind):
            self.press(Qt.Key.Key_Tab)
            editor = self.window.dock.editor
            assert isinstance(editor, ListEditor) and isinstance(value, ListValue)
            self.fill_list(editor, value)
            self.press(Qt.Key.Key_Escape)
            return
        if not isinstance(item, GroupKind):
            if self.type_in_cell(item, value):
                return
            self.press(Qt.Key.Key_Tab)
            assert self.window.dock.editor is not None
            self.type_field(self.window.dock.editor, item, value)
            self.press(Qt.Key.Key_Escape)
            return
        assert isinstance(value, GroupValue)
        left = dict(value.fields)
        if item.main in left and self.type_in_cell(item.by_id[item.main], left[item.main]):
            del left[item.main]
        if left:
            self.press(Qt.Key.Key_Tab)
            editor = self.window.dock.editor
            assert isinstance(editor, GroupEditor)
            self.fill(editor, left)
            self.press(Qt.Key.Key_Escape)

    def qualify(self, item: Item, marks: Sequence[str]) -> None:
        """The marks of a finding, in the row below its fields."""
        ids = [*(option.id for option in item.qualifiers), "uncertain"]
        for mark in marks:
            self.press(Qt.Key.Key_Tab)
            row = self.window.dock.marks
            assert row is not None
            self.tab_to(row)
            self.walk(row, ids.index(mark))
            self.press(Qt.Key.Key_Space)
            self.press(Qt.Key.Key_Escape)

    def type_in_cell(self, field: Field | Item, value: Value) -> bool:
        """The keys of a value in a cell; False where a cell takes none for it."""
        keys = self.keys_of(field, value)
        if keys is None or (isinstance(value, NumberValue) and value.unit is not None):
            return False
        self.type(keys)
        return True

    @staticmethod
    def keys_of(field: Field | Item, value: Value) -> str | None:
        """The characters that stand for a value, in a cell and in a row of buttons."""
        if isinstance(value, GradeValue):
            return {"tr": "t", "1.5": "1+", "2.5": "2+"}.get(value.token, value.token)
        if isinstance(value, ChoiceValue) and isinstance(field, ChoiceKind):
            return str([option.id for option in field.options].index(value.token) + 1)
        if isinstance(value, SideValue) and isinstance(field, SideKind):
            return str(["R", "L", *field.also].index(value.side) + 1)
        if isinstance(value, CannotValue):
            return "c"
        if isinstance(value, NumberValue):
            return number_as_typed(value.model_copy(update={"of": None}))
        return None

    # Fields --------------------------------------------------------------------------------------------------------

    def fill(self, editor: GroupEditor, fields: Mapping[str, Value]) -> None:
        """The fields of a group in the order in which they stand, each reached with Tab."""
        for row in editor.rows:
            if row.name in fields:
                value = fields[row.name]
                self.unfold(editor, row.name)
                if isinstance(value, GroupValue) and isinstance(row.editor, GroupEditor):
                    self.fill(row.editor, value.fields)
                elif isinstance(value, ListValue) and isinstance(row.editor, ListEditor):
                    self.fill_list(row.editor, value)
                else:
                    self.tab_to(row.editor)
                    self.type_field(row.editor, row.field, value)

    def unfold(self, editor: GroupEditor, name: str) -> None:
        """Open the heading under which a field is folded away: Tab to it, Enter."""
        heading = editor.heading_of(name)
        if heading is not None and not heading.isChecked():
            self.tab_to(heading)
            self.press(Qt.Key.Key_Return)

    def fill_list(self, editor: ListEditor, value: ListValue) -> None:
        """The entries of a list inside a form: Add, its fields, Add again; or None."""
        if not value.entries:
            assert editor.none_button is not None, f"no way to say none of '{editor.field.id}'"
            self.tab_to(editor.none_button)
            self.press(Qt.Key.Key_Space)
        for entry in value.entries:
            self.tab_to(editor.add_button)
            self.press(Qt.Key.Key_Space)
            self.fill(editor.entries[-1].editor, entry.fields)

    def tab_to(self, target: QWidget) -> None:
        """Tab until the focus is in a widget; with Shift where it lies above."""
        for _stop in range(250):
            focus: QWidget | None = QApplication.focusWidget()
            assert focus is not None
            if focus is target or target.isAncestorOf(focus):
                return
            above = target.mapToGlobal(QPoint(0, target.height())).y() <= focus.mapToGlobal(QPoint(0, 0)).y()
            self.press(Qt.Key.Key_Backtab if above else Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to '{target.accessibleName()}'")

    def type_field(self, editor: FieldEditor, field: Field | Item, value: Value) -> None:
        """A value into the editor that has the focus."""
        if isinstance(value, FlagsValue) and isinstance(field, FlagsKind):
            self.mark(editor, field, value)
        elif isinstance(editor, SitePicker) and isinstance(value, ListValue):
            for entry in value.entries:
                self.pick_site(editor, entry)
        elif isinstance(editor, TimesEditor) and isinstance(value, ListValue):
            times = (entry.fields["at"] for entry in value.entries)
            self.type(", ".join(number_as_typed(each) for each in times if isinstance(each, NumberValue)) or "none")
        elif isinstance(value, TextValue):
            self.type(value.text)
        elif isinstance(value, DateValue):
            self.type(value.date)
        else:
            keys = self.keys_of(field, value)
            assert keys is not None, f"no keys for '{field.id}'"
            unit = value.unit if isinstance(value, NumberValue) else None
            self.type(f"{keys} {unit}" if unit is not None else keys)

    def mark(self, editor: FieldEditor, field: FlagsKind, value: FlagsValue) -> None:
        """Marks by their digit, the tenth and further ones with the arrows and Space."""
        row = editor.findChild(ButtonRow)
        assert row is not None
        ids = [option.id for option in field.options]
        for mark, state in value.flags.items():
            index, times = ids.index(mark), STATES.index(state) + 1
            if index < 9:
                self.type(str(index + 1) * times)
                continue
            self.walk(row, index)
            for _time in range(times):
                self.press(Qt.Key.Key_Space)

    def walk(self, row: ButtonRow, index: int) -> None:
        """With the arrows to a button of a row."""
        for _step in range(2 * len(row.buttons)):
            if row.focused() == index:
                return
            self.press(Qt.Key.Key_Right if row.focused() < index else Qt.Key.Key_Left)
        raise AssertionError("the arrows do not lead there")

    def pick_site(self, editor: SitePicker, entry: GroupValue) -> None:
        """A site by the letters of its name, its side with the arrows, Space."""
        index = next(number for number, place in enumerate(editor.places) if place.entry == entry)
        option = editor.places[index].option
        for _step in range(len(editor.places)):
            if editor.places[editor.row.focused()].option is option:
                break
            self.press(option.label[0])
        self.walk(editor.row, index)
        self.press(Qt.Key.Key_Space)

    def enter_entries(self, address: str, value: ListValue) -> None:
        """The entries of a list: A adds one, its form is filled, Escape comes back to the list."""
        view = self.window.view
        assert view is not None
        panel = next(panel for panel in view.panels if panel.address == address)
        for _step in range(len(view.grid.lines()) + 2):
            if panel.view.list.hasFocus():
                break
            self.press(Qt.Key.Key_Down if self.cell is not None else Qt.Key.Key_Escape)
        assert panel.view.list.hasFocus()
        if not value.entries:
            self.tab_to(panel.view.none_button)
            self.press(Qt.Key.Key_Space)
        for entry in value.entries:
            self.press("a")
            self.fill(panel.view.editor, entry.fields)
            self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_Escape)

"""The table of keys, row by row, by real key presses in every section where the row applies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from exam_app.core.editing.editing import rest_normal_addresses
from exam_app.core.form.form import Form, split_address
from exam_app.core.record.record import AssertedNormal, Examined, NotExamined
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.section_view import SectionView
from exam_app.gui.grid.cell import Cell
from exam_app.gui.grid.grid_moves import Moves
from exam_app.gui.parts.faces import main_field
from exam_app.gui.parts.hints import all_hints
from exam_app.gui.parts.typing_keys import typed_answer
from tests.gui.typist import ALT, CTRL, SHIFT, Typist


@pytest.fixture
def window(window: ExamWindow) -> ExamWindow:
    window.setUpdatesEnabled(False)  # painting every key takes a third of the time
    return window


def sections(window: ExamWindow) -> Iterator[tuple[str, SectionView]]:
    """Every section in sight in turn, with the record as it was before."""
    before = window.bridge.record
    for section in window.bridge.form.sections:
        window.show_page(section.id)
        QApplication.processEvents()
        view = window.view
        assert view is not None
        yield section.id, view
        while window.bridge.record != before and window.bridge.undo():
            QApplication.processEvents()


def cells(view: SectionView) -> list[Cell]:
    return Moves(view.grid.lines()).all_cells()


def first_key(cell: Cell, form: Form) -> str | None:
    """The first digit that answers a cell."""
    for digit in "123456789":
        answer = typed_answer(cell.item, None, "", digit, form)
        if answer is not None and answer.is_whole and answer.value is not None:
            return digit
    return None


def kinds(view: SectionView, form: Form) -> dict[str, Cell]:
    """The first cell of each kind that a single digit answers."""
    found: dict[str, Cell] = {}
    for cell in cells(view):
        field = main_field(cell.item)
        if field is not None and first_key(cell, form) is not None:
            found.setdefault(field.kind, cell)
    return found


def test_row_digits_then_plus_or_minus(window: ExamWindow, typist: Typist, form: Form) -> None:
    answered = set()
    for section_id, view in sections(window):
        for kind, cell in kinds(view, form).items():
            digit = first_key(cell, form)
            assert digit is not None, f"no digit answers {cell.address}"
            typist.go_to(cell.address)
            typist.press(digit)
            assert isinstance(window.bridge.finding(cell.address), Examined), cell.address
            assert typist.address == cell.address, "no move by itself"
            answered.add((section_id, kind))
    assert {kind for _section, kind in answered} == {"grade", "choice", "side", "number"}
    typist.go_to_section("strength")
    typist.type("4-")
    finding = window.bridge.finding("strength.deltoid.R")
    assert isinstance(finding, Examined) and finding.value.token == "4-"  # type: ignore[union-attr]


def test_row_shift_and_grade(window: ExamWindow, typist: Typist, form: Form) -> None:
    seen = set()
    for _section_id, view in sections(window):
        for kind, cell in kinds(view, form).items():
            digit = first_key(cell, form)
            if cell.side is None or digit is None:
                continue
            item_id, _side = split_address(cell.address)
            typist.go_to(cell.address)
            typist.press(Qt.Key(Qt.Key.Key_0 + int(digit)), SHIFT)
            both = [window.bridge.finding(f"{item_id}.{side}") for side in "RL"]
            assert both[0] is not None and both[0] == both[1], cell.address
            seen.add(kind)
    assert {"grade", "choice", "number"} <= seen


def test_row_arrows_and_enter(window: ExamWindow, typist: Typist) -> None:
    ids = [section.id for section in window.bridge.form.sections]
    for section_id, view in sections(window):
        shown = cells(view)
        if len(shown) > 1:
            typist.go_to(shown[0].address)
            typist.press(Qt.Key.Key_Return)
            assert typist.address == shown[1].address
            typist.press(Qt.Key.Key_Return, SHIFT)
            assert typist.address == shown[0].address
        lines = view.grid.lines()
        if len(lines) > 1:
            typist.press(Qt.Key.Key_Down)
            assert typist.address in [slot.cell.address for slot in lines[1].slots]
            typist.press(Qt.Key.Key_Up)
            assert typist.address == shown[0].address
        starts = view.grid.group_starts()
        if len(starts) > 1:
            typist.press(Qt.Key.Key_Down, CTRL)
            assert typist.address in [slot.cell.address for slot in starts[1].slots]
            typist.press(Qt.Key.Key_Up, CTRL)
        typist.press(Qt.Key.Key_Right, ALT)
        assert window.page == ([*ids, "review"][ids.index(section_id) + 1] if section_id != ids[-1] else window.page)
        typist.press(Qt.Key.Key_Left, ALT)
        assert window.page == section_id
    for number, section_id in enumerate(ids[:10], 1):
        typist.press(Qt.Key(Qt.Key.Key_0 + number % 10), CTRL)
        assert window.page == section_id


def test_row_shift_and_arrows(window: ExamWindow, typist: Typist, form: Form) -> None:
    for _section_id, view in sections(window):
        lines = [line for line in view.grid.lines() if first_key(line.slots[0].cell, form) is not None]
        neighbours = [
            (one, other)
            for one, other in zip(view.grid.lines(), view.grid.lines()[1:], strict=False)
            if one in lines and other in lines
        ]
        if not neighbours:
            continue
        typist.go_to(neighbours[0][0].slots[0].cell.address)
        typist.press(Qt.Key.Key_Down, SHIFT)
        chosen = view.keys.selection.addresses
        assert len(chosen) >= 2
        digit = first_key(view.grid.cells[chosen[0]], form)
        takes = [a for a in chosen if typed_answer(form.addresses[a], None, "", digit or "", form) is not None]
        typist.press(str(digit))
        assert set(window.bridge.record.findings) == set(takes)


def test_row_point(window: ExamWindow, typist: Typist, form: Form) -> None:
    for _section_id, view in sections(window):
        paired = next((cell for cell in cells(view) if cell.side == "R" and first_key(cell, form)), None)
        if paired is None:
            continue
        typist.go_to(paired.address)
        typist.press(str(first_key(paired, form)))
        typist.press(Qt.Key.Key_Right)
        typist.press(".")
        left = window.bridge.finding(f"{paired.address[:-2]}.L")
        assert left is not None and left.entered == "copied", paired.address


def test_row_stroke_and_letters(window: ExamWindow, typist: Typist) -> None:
    for section_id, _view in sections(window):
        typist.press("/")
        assert window.panels.jump.isVisible(), section_id
        typist.type("brachiorad")
        typist.press(Qt.Key.Key_Return)
        assert "brachioradialis" in str(typist.address)


def test_row_n(window: ExamWindow, typist: Typist, form: Form) -> None:
    for section_id, view in sections(window):
        expected = rest_normal_addresses(window.bridge.record, form, section_id)
        if not cells(view):
            continue
        typist.press("n")
        assert set(window.bridge.record.findings) == set(expected)
        assert all(isinstance(each, AssertedNormal) for each in window.bridge.record.findings.values())
        assert window.page != section_id


def test_row_x_then_a_reason_letter(window: ExamWindow, typist: Typist) -> None:
    reason = NotExamined(reason="time", entered="typed")
    for section_id, view in sections(window):
        if not cells(view):
            continue
        here = typist.address
        typist.type("xt")
        assert dict(window.bridge.record.findings) == {here: reason}, section_id
        assert typist.address == here
        rest = view.rest()
        typist.press(Qt.Key.Key_X, SHIFT)
        typist.press("t")
        assert set(window.bridge.record.findings) == {here, *rest}, section_id


def test_row_g_u_f1_and_question_mark(window: ExamWindow, typist: Typist) -> None:
    for section_id, view in sections(window):
        if not cells(view):
            continue
        unfolded = view.is_unfolded
        typist.press("u")
        assert view.is_unfolded != unfolded
        typist.press("u")
        assert view.is_unfolded == unfolded
        here = typist.address
        typist.press(Qt.Key.Key_F1)
        assert window.side_panel.how_to_test.hasFocus(), section_id
        typist.press(Qt.Key.Key_Escape)
        assert typist.address == here
        typist.press("?")
        assert window.panels.all_keys.isVisible()
        typist.press(Qt.Key.Key_Escape)
        assert typist.address == here
        typist.press("g")
        assert typist.address is not None and typist.address not in window.bridge.record.findings
        assert typist.address != here


def test_row_delete_undo_and_redo(window: ExamWindow, typist: Typist, form: Form) -> None:
    for _section_id, view in sections(window):
        cell = next((each for each in cells(view) if first_key(each, form)), None)
        if cell is None:
            continue
        typist.go_to(cell.address)
        before = window.bridge.record
        typist.press(str(first_key(cell, form)))
        given = window.bridge.record
        typist.press(Qt.Key.Key_Delete)
        assert cell.address not in window.bridge.record.findings
        typist.press(Qt.Key.Key_Z, CTRL)
        assert window.bridge.record == given
        typist.press(Qt.Key.Key_Z, CTRL)
        assert window.bridge.record == before
        typist.press(Qt.Key.Key_Z, CTRL | SHIFT)
        assert window.bridge.record == given


def test_the_bar_shows_the_keys_for_where_the_focus_is(window: ExamWindow, typist: Typist, form: Form) -> None:
    for section_id, view in sections(window):
        for cell in kinds(view, form).values():
            typist.go_to(cell.address)
            caps = {cap for hint in window.bottom_bar.hints for cap in hint.keys}
            assert {"X", "G", "/", "?", "Ctrl Z"} <= caps, section_id
            assert ("N" in caps) == any(item.macro for item in view.section.items), section_id
            assert ("M" in caps) == (view.map is not None)
        if cells(view):
            typist.press(Qt.Key.Key_Tab)
            caps = {cap for hint in window.bottom_bar.hints for cap in hint.keys}
            assert "Esc" in caps and "N" not in caps, section_id
            typist.press(Qt.Key.Key_Escape)


def test_the_card_of_all_keys_names_every_row_of_the_table(window: ExamWindow) -> None:
    caps = " ".join(cap for _title, hints in all_hints(window.bottom_bar.keys) for hint in hints for cap in hint.keys)
    for key in ("0–9", "+", "−", "⇧", "digit", "Enter", "↑↓", "Alt ←", "Ctrl 1", "Ctrl 0", ". ", "/", "N", "X", "⇧ X"):
        assert key in caps, key
    for key in ("G", "U", "F1", "?", "Del", "Ctrl Z", "Ctrl ⇧ Z", "Ctrl K", "Ctrl ⇧ N", "⇧ N"):
        assert key in caps, key


def test_tab_leads_from_the_grid_to_the_fields_to_the_panel_and_back_and_is_never_trapped(
    window: ExamWindow, typist: Typist
) -> None:
    for section_id, view in sections(window):
        if not cells(view):
            continue
        here = typist.address
        places = []
        for _stop in range(120):
            typist.press(Qt.Key.Key_Tab)
            focus = QApplication.focusWidget()
            assert focus is not None
            place = "cell" if isinstance(focus, Cell) else "dock" if window.dock.isAncestorOf(focus) else "other"
            place = "panel" if window.side_panel.isAncestorOf(focus) else place
            places.append(place)
            if place == "cell":
                break
        assert places[-1] == "cell", f"{section_id}: Tab does not come back to the grid: {places}"
        assert "panel" in places, section_id
        typist.go_to(str(here))
        for _stop in range(40):
            typist.press(Qt.Key.Key_Backtab, SHIFT)
            if typist.cell is not None:
                break
        assert QApplication.focusWidget() is not None
        typist.press(Qt.Key.Key_Escape)
        assert typist.cell is not None, f"{section_id}: Escape leads back to the grid from anywhere"

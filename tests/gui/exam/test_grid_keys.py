"""The keys of the grid, pressed in the real window over the real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exam_app.core.editing.editing import rest_normal_addresses
from exam_app.core.form.form import Form
from exam_app.core.record.record import AbsentBelow, AssertedNormal, Examined, NotExamined, Unable
from exam_app.core.record.values import CannotValue, ChoiceValue, GradeValue, GroupValue, NumberValue, UnableValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.progress import next_gap
from exam_app.gui.fields.groups import GroupEditor
from exam_app.services.exams import OpenExam
from tests.gui.exam.conftest import Open, cell
from tests.gui.typist import ALT, CTRL, SHIFT, Typist

pytestmark = pytest.mark.usefixtures("sections_when_asked_for")


def grade(window: ExamWindow, address: str) -> str | None:
    """The grade at an address, of the item itself or of its main field."""
    finding = window.bridge.finding(address)
    value = finding.value if isinstance(finding, Examined) else None
    if isinstance(value, GroupValue):
        value = value.fields.get("grade")
    return value.token if isinstance(value, GradeValue) else None


def said(window: ExamWindow, address: str) -> str:
    return cell(window, address).accessibleName()


def test_a_digit_and_a_sign_grade_the_focused_cell_and_the_focus_stays(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.triceps.R")
    typist.type("4-")
    assert grade(window, "strength.triceps.R") == "4-"
    assert typist.address == "strength.triceps.R"
    assert said(window, "strength.triceps.R") == "Elbow extension, right, 4 minus, abnormal"


def test_a_sign_belongs_to_the_grade_just_entered_only(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.triceps.R")
    typist.type("4")
    typist.press(Qt.Key.Key_Right)
    typist.press(Qt.Key.Key_Left)
    typist.type("-")
    assert grade(window, "strength.triceps.R") == "4"


def test_shift_and_a_digit_grade_both_sides_and_the_sign_after_it_too(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.fdi.L")
    typist.press(Qt.Key.Key_4, SHIFT)
    typist.press("-")
    assert (grade(window, "strength.fdi.R"), grade(window, "strength.fdi.L")) == ("4-", "4-")


def test_a_plus_typed_with_shift_stays_on_its_side(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.fdi.L")
    typist.press("4")
    typist.press("+", SHIFT)
    assert (grade(window, "strength.fdi.R"), grade(window, "strength.fdi.L")) == (None, "4+")


def test_digits_in_a_number_accumulate_until_the_cell_is_left(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("sensation")
    typist.go_to("sensation.joint_position_hallux.R")
    typist.type("10")
    assert window.bridge.value("sensation.joint_position_hallux.R") == NumberValue(number=10, of=10)
    typist.press(Qt.Key.Key_Right)
    typist.press(Qt.Key.Key_Left)
    typist.type("7")
    assert window.bridge.value("sensation.joint_position_hallux.R") == NumberValue(number=7, of=10)


def test_a_point_belongs_to_a_number_and_is_no_command_there(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("gait")
    typist.go_to("gait.tug")
    typist.type("7.4")
    value = window.bridge.value("gait.tug")
    assert isinstance(value, GroupValue) and value.fields["seconds"] == NumberValue(number=7.4)


def test_c_says_that_the_patient_tried_and_could_not(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("gait")
    typist.go_to("gait.tandem")
    typist.press("c")
    value = window.bridge.value("gait.tandem")
    assert isinstance(value, GroupValue) and value.fields["missteps"] == CannotValue()


def test_a_key_in_a_group_answers_the_main_field_and_keeps_the_others(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("reflexes")
    typist.go_to("reflexes.brachioradialis.R")
    typist.type("1")
    typist.press(Qt.Key.Key_Tab)
    typist.press("2")  # inverted: yes
    typist.press(Qt.Key.Key_Escape)
    assert typist.address == "reflexes.brachioradialis.R"
    typist.type("3")
    value = window.bridge.value("reflexes.brachioradialis.R")
    assert isinstance(value, GroupValue)
    assert sorted(value.fields) == ["grade", "inverted"]
    assert grade(window, "reflexes.brachioradialis.R") == "3+"


def test_the_point_takes_over_the_other_side(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.deltoid.R")
    typist.type("3")
    typist.press(Qt.Key.Key_Right)
    typist.press(".")
    finding = window.bridge.finding("strength.deltoid.L")
    assert grade(window, "strength.deltoid.L") == "3"
    assert finding is not None and finding.entered == "copied"


def test_one_grade_sets_every_selected_cell_in_one_step(window: ExamWindow, typist: Typist) -> None:
    before = window.bridge.record
    typist.go_to_section("strength")
    typist.go_to("strength.deltoid.R")
    for arrow in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        typist.press(arrow, SHIFT)
    typist.press("4")
    graded = {f"strength.{muscle}.{side}" for muscle in ("deltoid", "biceps", "triceps") for side in "RL"}
    assert set(window.bridge.record.findings) == graded
    typist.press(Qt.Key.Key_Z, CTRL)
    assert window.bridge.record == before


def test_delete_goes_back_to_not_yet_examined_for_the_whole_selection(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.deltoid.R")
    typist.press(Qt.Key.Key_5, SHIFT)
    typist.press(Qt.Key.Key_Right, SHIFT)
    typist.press(Qt.Key.Key_Delete)
    assert not window.bridge.record.findings
    assert said(window, "strength.deltoid.L").endswith("not yet examined, selected")


def test_undo_and_redo_restore_the_record_exactly_step_by_step(window: ExamWindow, typist: Typist) -> None:
    records = [window.bridge.record]
    typist.go_to_section("strength")
    for key in ("4", "-", Qt.Key.Key_Down, "3", Qt.Key.Key_Delete, "2"):
        typist.press(key)
        if window.bridge.record is not records[-1]:
            records.append(window.bridge.record)
    assert len(records) == 6
    for record in reversed(records[:-1]):
        typist.press(Qt.Key.Key_Z, CTRL)
        assert window.bridge.record == record
    for record in records[1:]:
        typist.press(Qt.Key.Key_Z, CTRL | SHIFT)
        assert window.bridge.record == record


def test_rest_normal_asserts_what_its_button_counts_overwrites_nothing_and_goes_on(
    window: ExamWindow, typist: Typist, form: Form
) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.triceps.R")
    typist.type("4-")
    view = window.view
    assert view is not None
    expected = rest_normal_addresses(window.bridge.record, form, "strength")
    assert view.head.rest_normal.label == f"Rest normal · {len(expected)}"
    before = window.bridge.record
    typist.press("n")
    asserted = [a for a, each in window.bridge.record.findings.items() if isinstance(each, AssertedNormal)]
    assert sorted(asserted) == sorted(expected)
    assert grade(window, "strength.triceps.R") == "4-"
    assert window.page == "reflexes"
    assert typist.address not in window.bridge.record.findings
    assert str(len(expected)) in window.undo_bar.text.text()
    window.undo_bar.list_button.click()
    assert "Elbow flexion, right" in window.undo_bar.names.text()
    window.undo_bar.undo_button.click()
    assert window.bridge.record == before
    assert window.undo_bar.isHidden()


def test_x_and_a_letter_give_the_reason_for_the_selection_in_one_step(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.deltoid.R")
    typist.press(Qt.Key.Key_Right, SHIFT)
    typist.type("xp")
    findings = window.bridge.record.findings
    assert findings == {f"strength.deltoid.{side}": Unable(reason="pain", entered="typed") for side in "RL"}
    assert typist.address == "strength.deltoid.L"
    typist.press(Qt.Key.Key_Z, CTRL)
    assert not window.bridge.record.findings


def test_another_reason_asks_for_its_words(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.type("xo")
    typist.press(Qt.Key.Key_Return)
    assert not window.bridge.record.findings, "without words there is no reason"
    typist.type("too weak")
    typist.press(Qt.Key.Key_Return)
    assert list(window.bridge.record.findings.values()) == [Unable(reason="other", text="too weak", entered="typed")]


def test_a_reason_too_long_to_keep_is_refused_whole_and_stays_in_sight(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.type("xo")
    words = window.panels.reasons.words
    words.setText("x" * 501)
    typist.press(Qt.Key.Key_Return)
    assert not window.bridge.record.findings
    assert words.isVisible() and words.text() == "x" * 501
    typist.press(Qt.Key.Key_Backspace)
    typist.press(Qt.Key.Key_Return)
    assert list(window.bridge.record.findings.values()) == [Unable(reason="other", text="x" * 500, entered="typed")]


def test_shift_x_gives_the_rest_of_the_section_a_reason(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.type("5")
    view = window.view
    assert view is not None
    rest = view.rest()
    typist.press(Qt.Key.Key_X, SHIFT)
    typist.press("t")
    findings = window.bridge.record.findings
    assert {findings[address] for address in rest} == {NotExamined(reason="time", entered="typed")}
    assert grade(window, "strength.deltoid.R") == "5"


def test_the_next_gap_is_a_core_gap_of_any_section_before_any_other(
    window: ExamWindow, typist: Typist, form: Form
) -> None:
    typist.go_to_section("strength")
    typist.press("n")
    typist.go_to_section("strength")
    typist.press("g")
    core = next_gap(form, window.bridge.record, "strength.deltoid.R")
    assert typist.address == core == "reflexes.biceps.R"


def test_a_jump_goes_to_the_item_whose_name_begins_as_typed(window: ExamWindow, typist: Typist) -> None:
    assert window.page == "alert"
    typist.press("/")
    typist.type("ankle dorsi")  # which stands in the words of ankle clonus too
    typist.press(Qt.Key.Key_Return)
    assert typist.address == "strength.tibialis_anterior.R"


def test_a_jump_by_name_unfolds_what_is_folded(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("tone")
    typist.press("/")
    typist.type("sternomas")
    typist.press(Qt.Key.Key_Return)
    assert typist.address is not None and typist.address.startswith("strength.sternomastoid")
    assert cell(window, "strength.sternomastoid.R").isVisible()


def test_u_shows_folded_items_and_folds_them_away_but_never_an_answer(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.press("u")
    typist.go_to("strength.neck_flexors")
    typist.press("4")
    typist.press("u")
    assert cell(window, "strength.neck_flexors").isVisible()
    assert not cell(window, "strength.neck_extensors").isVisible()


def test_sections_are_reached_by_number_and_by_alt_and_arrow(window: ExamWindow, typist: Typist) -> None:
    ids = [section.id for section in window.bridge.form.sections]
    assert len(ids) == 13
    for number, section_id in enumerate(ids[:10], 1):
        typist.press(Qt.Key(Qt.Key.Key_0 + number % 10), CTRL)
        assert window.page == section_id
    for section_id in ids[10:]:
        typist.press(Qt.Key.Key_Right, ALT)
        assert window.page == section_id
        assert QApplication.focusWidget() is not None
    for section_id in reversed(ids[:-1]):
        typist.press(Qt.Key.Key_Left, ALT)
        assert window.page == section_id
    typist.press(Qt.Key.Key_7, CTRL)
    assert typist.address == "reflexes.jaw"


def test_control_and_an_arrow_lead_to_the_next_group(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.press(Qt.Key.Key_Right)
    typist.press(Qt.Key.Key_Down, CTRL)
    assert typist.address == "strength.iliopsoas.L"
    typist.press(Qt.Key.Key_Up, CTRL)
    assert typist.address == "strength.deltoid.L"


def test_enter_moves_on_as_one_reads(typist: Typist) -> None:
    typist.go_to_section("strength")
    seen = []
    for _step in range(3):
        typist.press(Qt.Key.Key_Return)
        seen.append(typist.address)
    assert seen == ["strength.deltoid.L", "strength.biceps.R", "strength.biceps.L"]


def test_a_click_on_a_grade_in_the_cell_picks_it(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    clicked = cell(window, "strength.deltoid.R")
    middle = clicked.rect().center()
    QTest.mouseClick(clicked, Qt.MouseButton.LeftButton, pos=QPoint(middle.x() - 90, middle.y()))
    assert grade(window, "strength.deltoid.R") == "0"


def test_in_a_text_field_letters_are_letters(window: ExamWindow, typist: Typist, qtbot: QtBot) -> None:
    typist.go_to_section("strength")
    typist.type("4")
    typist.press(Qt.Key.Key_E, CTRL)
    typist.type("gun x n")
    typist.press(Qt.Key.Key_Return)
    finding = window.bridge.finding("strength.deltoid.R")
    assert finding is not None and finding.note == "gun x n"
    assert len(window.bridge.record.findings) == 1
    assert typist.address == "strength.deltoid.R"


def test_marks_are_reached_with_tab_and_stay_when_the_grade_changes(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.type("4")
    typist.press(Qt.Key.Key_Tab)
    typist.press(Qt.Key.Key_Tab)
    typist.press(Qt.Key.Key_Space)
    typist.press(Qt.Key.Key_Escape)
    typist.type("3")
    finding = window.bridge.finding("strength.deltoid.R")
    assert isinstance(finding, Examined) and finding.qualifiers == ("pain_limited",)


def test_the_keys_of_the_overlay_close_it_and_reach_nothing_below(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.press("?")
    assert window.panels.all_keys.isVisible()
    typist.press("4")
    assert not window.panels.all_keys.isVisible()
    assert not window.bridge.record.findings
    assert typist.address == "strength.deltoid.R"


def test_out_of_scope_items_are_not_asked(open_window: Open, new_exam: Callable[..., OpenExam], form: Form) -> None:
    window = open_window(new_exam("screening"))
    window.show_page("reflexes")
    assert window.progress.of("reflexes").shown == sum(2 for item in form.section_by_id["reflexes"].items if item.core)
    assert "reflexes.jaw" not in window.view.grid.cells if window.view is not None else False


def test_f1_leads_to_how_to_test_and_escape_back_to_the_cell(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.triceps.R")
    typist.press(Qt.Key.Key_F1)
    assert window.side_panel.how_to_test.hasFocus()
    assert "Elbow extension" in window.side_panel.how_to_test.accessibleDescription()
    assert window.side_panel.how_to_test.accessibleDescription().endswith("Not yet clinically reviewed.")
    typist.press(Qt.Key.Key_Escape)
    assert typist.address == "strength.triceps.R"


def test_tab_leads_through_fields_marks_and_note_and_backtab_to_the_cell(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.type("4")
    for _stop in range(3):
        typist.press(Qt.Key.Key_Tab)
    assert window.dock.note.hasFocus()
    for _stop in range(3):
        typist.press(Qt.Key.Key_Backtab, SHIFT)
    assert typist.address == "strength.deltoid.R"


def test_the_second_digit_of_a_long_choice_reaches_the_later_options(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("gait")
    typist.go_to("gait.pattern")
    typist.type("14")
    value = window.bridge.value("gait.pattern")
    options = window.bridge.item("gait.pattern").options  # type: ignore[union-attr]
    assert value is not None and value == ChoiceValue(token=options[13].id)


def test_an_asserted_normal_shows_its_grade_and_says_that_it_was_asserted(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.press("n")
    window.show_page("strength")
    face = cell(window, "strength.triceps.R").face
    assert face is not None
    assert (face.text, face.state) == ("5", "asserted")
    assert said(window, "strength.triceps.R") == "Elbow extension, right, asserted normal"


def test_a_field_of_a_finding_is_marked_unable_by_keys_and_the_rest_of_it_stays(
    window: ExamWindow, typist: Typist
) -> None:
    typist.go_to_section("mental")
    typist.go_to("mental.gcs")
    typist.press(Qt.Key.Key_Tab)
    editor = window.dock.editor
    assert isinstance(editor, GroupEditor)
    typist.type("4")
    typist.tab_to(editor.row("v").editor)
    typist.press("x")
    assert not window.panels.reasons.isHidden()
    typist.press("t")
    assert not window.panels.reasons.isHidden(), (
        "'time' is a reason not to examine, not one of a test that could not be done"
    )
    typist.press("l")
    finding = window.bridge.finding("mental.gcs")
    assert isinstance(finding, Examined)
    given = GradeValue(token="4", scale="gcs_eye/1")
    assert finding.value == GroupValue(fields={"e": given, "v": UnableValue(reason="language")})
    focus = QApplication.focusWidget()
    assert focus is not None and editor.row("v").editor.isAncestorOf(focus)


def test_one_key_gives_the_rest_of_a_modality_a_reason(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("sensation")
    typist.go_to("sensation.pinprick_C6.R")
    typist.press("2")
    typist.press(Qt.Key.Key_X, CTRL | SHIFT)
    typist.press("e")
    findings = dict(window.bridge.record.findings)
    assert findings.pop("sensation.pinprick_C6.R").state == "examined"
    assert findings and all(address.startswith("sensation.pinprick_") for address in findings)
    assert set(findings.values()) == {NotExamined(reason="equipment", entered="typed")}
    typist.press("z", CTRL)
    assert list(window.bridge.record.findings) == ["sensation.pinprick_C6.R"]


def test_an_empty_line_of_a_number_is_marked_unable_by_the_same_key(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.drift_arm.R")
    typist.press("1")
    typist.press(Qt.Key.Key_Tab)
    editor = window.dock.editor
    assert isinstance(editor, GroupEditor)
    typist.tab_to(editor.row("seconds").editor)
    typist.press("x")
    typist.press("p")
    finding = window.bridge.finding("strength.drift_arm.R")
    assert isinstance(finding, Examined) and isinstance(finding.value, GroupValue)
    assert finding.value.fields["seconds"] == UnableValue(reason="pain")
    assert finding.value.fields["grade"] == GradeValue(token="1", scale="drift/1")


def test_an_amputation_is_said_once_for_everything_below(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.quadriceps.L")
    typist.press("x")
    typist.press("b")
    typist.press("p")
    assert not window.panels.reasons.isHidden(), "pain does not take away what lies below"
    typist.press("a")
    record = window.bridge.record
    assert record.encounter.absent_below == {"leg_L": AbsentBelow(level="knee", reason="amputation")}
    assert record.findings["reflexes.ankle.L"] == Unable(reason="amputation", entered="macro")
    assert "reflexes.ankle.R" not in record.findings
    typist.press("z", CTRL)
    assert not window.bridge.record.findings and not window.bridge.record.encounter.absent_below


def test_without_the_key_for_all_below_an_amputation_is_that_of_one_finding(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.quadriceps.L")
    typist.press("x")
    typist.press("a")
    assert list(window.bridge.record.findings) == ["strength.quadriceps.L"]
    assert not window.bridge.record.encounter.absent_below

"""Sternomastoid and trapezius under the cranial nerves: findings of strength that stand in a second section too."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from exam_app.core.editing.editing import Edit
from exam_app.core.files.compiled import form_from_json, form_to_json
from exam_app.core.form.form import Form
from exam_app.core.quick.entry import NotReady, Ready, parse
from exam_app.core.quick.parts import Entry
from exam_app.core.record.mirror import mirrored
from exam_app.core.record.record import Examined, NotExamined
from exam_app.core.record.values import GradeValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.progress import asked_addresses
from exam_app.services.context import Context
from exam_app.services.exams import OpenExam
from tests.gui.exam.conftest import Open, cell
from tests.gui.typist import CTRL, SHIFT, Typist
from tests.specimen import blank

STERNOMASTOID, SHRUG = "strength.sternomastoid", "strength.trapezius_upper"
GUESTS = [f"{item}.{side}" for item in (STERNOMASTOID, SHRUG) for side in ("R", "L")]


def token(window: ExamWindow, address: str) -> str | None:
    """The grade that stands at an address."""
    finding = window.bridge.finding(address)
    return finding.value.token if isinstance(finding, Examined) and isinstance(finding.value, GradeValue) else None


def to_the_eleventh(typist: Typist) -> None:
    """By keys to the first cell under the eleventh nerve."""
    typist.go_to_section("cranial")
    typist.go_to(f"{STERNOMASTOID}.R")
    assert typist.window.page == "cranial"


def test_one_finding_is_answered_in_either_place_and_seen_in_both(window: ExamWindow, typist: Typist) -> None:
    to_the_eleventh(typist)
    typist.type("4-")
    assert window.dock.address == f"{STERNOMASTOID}.R"
    typist.go_to_section("strength")
    typist.go_to(f"{STERNOMASTOID}.R")
    assert window.page == "strength"
    shown = cell(window, f"{STERNOMASTOID}.R").face
    assert shown is not None and (shown.text, shown.state) == ("4\N{MINUS SIGN}", "abnormal")
    typist.type("3")
    typist.go_to_section("cranial")
    shown = cell(window, f"{STERNOMASTOID}.R").face
    assert shown is not None and (shown.text, shown.state) == ("3", "abnormal")
    typist.press(Qt.Key.Key_Z, CTRL)
    assert token(window, f"{STERNOMASTOID}.R") == "4-"
    assert window.page == "cranial"
    assert list(window.bridge.record.findings) == [f"{STERNOMASTOID}.R"], "one finding, at its own address"


def test_sides_marks_selection_and_clearing_work_as_in_any_row(window: ExamWindow, typist: Typist) -> None:
    to_the_eleventh(typist)
    typist.press(Qt.Key.Key_Down)
    assert typist.address == f"{SHRUG}.R"
    typist.press("4", SHIFT)
    assert (token(window, f"{SHRUG}.R"), token(window, f"{SHRUG}.L")) == ("4", "4")
    typist.type("q1")
    typist.press(Qt.Key.Key_Escape)
    finding = window.bridge.finding(f"{SHRUG}.R")
    assert isinstance(finding, Examined) and finding.qualifiers == ("pain_limited",)
    typist.press(Qt.Key.Key_A, CTRL)
    assert window.view is not None
    assert list(window.view.keys.selection.addresses) == GUESTS, (
        "the group in sight, not the neck and trunk of strength"
    )
    typist.press(Qt.Key.Key_Delete)
    assert not window.bridge.record.findings


def test_a_reason_for_the_group_is_given_to_its_rows_and_one_for_the_section_is_not(
    window: ExamWindow, typist: Typist
) -> None:
    typist.go_to_section("cranial")
    typist.press("x", SHIFT)
    typist.press("t")
    assert window.bridge.record.findings
    assert not any(address in window.bridge.record.findings for address in GUESTS)
    typist.press(Qt.Key.Key_Z, CTRL)
    to_the_eleventh(typist)
    typist.press(Qt.Key.Key_X, CTRL | SHIFT)
    typist.press("t")
    reason = NotExamined(reason="time", entered="typed")
    assert dict(window.bridge.record.findings) == dict.fromkeys(GUESTS, reason)


def test_rest_normal_asserts_what_is_at_home_and_no_guest(window: ExamWindow, typist: Typist) -> None:
    to_the_eleventh(typist)
    typist.press(Qt.Key.Key_N, CTRL | SHIFT)
    assert not window.bridge.record.findings, "the group of guests asserts nothing"
    typist.go_to_section("cranial")
    typist.press("n")
    asserted = window.bridge.record.findings
    assert asserted and {address.partition(".")[0] for address in asserted} == {"cranial"}


def test_guests_are_counted_where_they_are_at_home_and_keep_no_section_waiting(
    window: ExamWindow, typist: Typist, form: Form
) -> None:
    before = window.progress.of("cranial")
    assert not {*asked_addresses(form, window.bridge.record, "cranial")} & {*GUESTS}
    to_the_eleventh(typist)
    typist.press("3")
    assert window.progress.of("cranial") == before
    assert window.progress.of("strength").abnormal == 1
    own = asked_addresses(form, window.bridge.record, "cranial")
    window.bridge.give_reason(own, NotExamined(reason="time", entered="typed"))
    typist.go_to_section("strength")
    typist.go_to_section("cranial")
    assert typist.address == own[0], "no gap is left here, though three cells of guests are empty"


def test_they_are_found_once_and_reached_where_one_is(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("cranial")
    typist.press("/")
    typist.type("sternomas")
    hits = window.panels.jump.hits
    assert [hits.item(row).text() for row in range(hits.count())] == ["Sternomastoid \u00b7 Strength"]
    typist.press(Qt.Key.Key_Return, SHIFT)
    assert (window.page, typist.address) == ("cranial", f"{STERNOMASTOID}.L")
    typist.go_to_section("tone")
    typist.press("/")
    typist.type("sternomas")
    typist.press(Qt.Key.Key_Return)
    assert (window.page, typist.address) == ("strength", f"{STERNOMASTOID}.R")


def test_they_stand_in_sight_without_unfolding_and_say_where_they_are_at_home(
    window: ExamWindow, typist: Typist
) -> None:
    typist.go_to_section("cranial")
    assert window.view is not None and not window.view.is_unfolded
    for address in GUESTS:
        shown = cell(window, address)
        assert shown.isVisible()
        interface = QAccessible.queryAccessibleInterface(shown)
        assert interface is not None
        assert interface.text(QAccessible.Text.Description) == "in Strength"
    name = cell(window, f"{SHRUG}.L").accessibleName()
    assert name == "Shoulder shrug, left, not yet examined"
    line = window.view.grid.line_of(f"{SHRUG}.L")
    assert line is not None
    assert line.toolTip() == "Shoulder shrug \u00b7 in Strength \u00b7 trapezius \u00b7 C3\u20134 accessory (XI)"
    own = cell(window, "cranial.palate.R")
    assert own.accessibleDescription() == ""


def test_a_guest_is_shown_in_the_scopes_of_its_item_and_wherever_it_is_answered(
    window: ExamWindow, typist: Typist
) -> None:
    to_the_eleventh(typist)
    typist.press("4")
    window.bridge.set_scope("screening")
    QApplication.processEvents()
    assert cell(window, f"{STERNOMASTOID}.R").isVisible()
    assert not cell(window, f"{SHRUG}.R").isVisible()
    window.bridge.set_scope("neuromuscular")
    QApplication.processEvents()
    assert cell(window, f"{SHRUG}.R").isVisible()


def test_quick_entry_knows_one_item_and_leaves_the_section_in_sight(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("cranial")
    for line, address in (("scm r 4", f"{STERNOMASTOID}.R"), ("shrug l 3", f"{SHRUG}.L")):
        typist.press("k", CTRL)
        typist.type(line)
        typist.press(Qt.Key.Key_Return)
        assert token(window, address) == line[-1]
        assert window.page == "cranial"


def test_a_mirrored_record_shows_the_other_side_in_both_places(window: ExamWindow, typist: Typist) -> None:
    to_the_eleventh(typist)
    typist.press("3")
    turned = mirrored(window.bridge.record).findings
    window.bridge.enter(Edit(findings={f"{STERNOMASTOID}.R": None, **turned}))
    for section in ("cranial", "strength"):
        typist.go_to_section(section)
        typist.go_to(f"{STERNOMASTOID}.L")
        faces = [cell(window, f"{STERNOMASTOID}.{side}").face for side in ("R", "L")]
        assert [face.state for face in faces if face is not None] == ["gap", "abnormal"]


def with_a_guest_among_its_own(form: Form) -> Form:
    """The form with muscles of the arm and the neck shown below the items of the face."""
    data = json.loads(form_to_json(form))
    cranial = next(section for section in data["sections"] if section["id"] == "cranial")
    face = next(group for group in cranial["groups"] if group["id"] == "face")
    face["shows"] = ["strength.deltoid", "strength.biceps", "tone.neck"]
    return form_from_json(json.dumps(data))


def test_of_two_items_quick_entry_takes_the_guest_of_the_section_in_sight(form: Form) -> None:
    line, record = "biceps r 3", blank(form)
    assert isinstance(parse(line, record, form, section="cranial"), NotReady), "the muscle or its jerk"
    ready = parse(line, record, with_a_guest_among_its_own(form), section="cranial")
    assert isinstance(ready, Ready)
    assert [each.addresses for each in ready.parts if isinstance(each, Entry)] == [("strength.biceps.R",)]


def test_a_group_with_guests_is_selected_whole_and_asserts_its_own(
    open_window: Open, new_exam: Callable[[], OpenExam], context: Context, form: Form
) -> None:
    context.__dict__["form"] = with_a_guest_among_its_own(form)
    window = open_window(new_exam())
    typist = Typist(window)
    typist.go_to_section("cranial")
    typist.go_to("strength.deltoid.R")
    assert window.page == "cranial" and window.view is not None
    typist.press(Qt.Key.Key_A, CTRL)
    chosen = window.view.keys.selection.addresses
    assert {"cranial.forehead.L", "strength.deltoid.R", "strength.deltoid.L", "tone.neck"} <= {*chosen}
    assert {address.partition(".")[0] for address in chosen} == {"cranial", "strength", "tone"}
    assert "strength.triceps.R" not in chosen and "cranial.palate.R" not in chosen
    typist.press(Qt.Key.Key_N, CTRL | SHIFT)
    asserted = {*window.bridge.record.findings}
    assert "cranial.forehead.R" in asserted
    assert {address.partition(".")[0] for address in asserted} == {"cranial"}
    assert {form.group_of(address).id for address in asserted} == {"face"}

"""The marks of a finding on one key: qualifiers and what rarely used fields say, for one cell and for a selection."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from exam_app.core.editing.marks import marks_of
from exam_app.core.form.form import Form
from exam_app.core.record.record import AssertedNormal, Examined
from exam_app.core.record.values import ChoiceValue, GroupValue, TextValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.marks_panel import LETTERS
from tests.gui.exam.conftest import cell
from tests.gui.typist import CTRL, SHIFT, Typist
from tests.specimen import blank

pytestmark = pytest.mark.usefixtures("sections_when_asked_for")


def qualifiers(window: ExamWindow, address: str) -> tuple[str, ...]:
    finding = window.bridge.finding(address)
    return finding.qualifiers if isinstance(finding, Examined) else ()


def key_of(window: ExamWindow, label: str) -> str:
    """The key that the panel names for a mark."""
    lines = window.panels.marks.accessibleDescription().split("\n")
    return next(line[0].lower() for line in lines if line[3:].startswith(label))


def test_a_mark_is_given_and_taken_by_its_key_and_the_cell_keeps_the_focus(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.type("4-")
    typist.press("q")
    assert window.panels.marks.isVisible()
    assert window.panels.marks.accessibleName() == "Marks: Shoulder abduction, right"
    assert window.panels.marks.accessibleDescription().startswith("1: pain-limited, no\n2: give-way, no")
    typist.type("12")
    assert qualifiers(window, "strength.deltoid.R") == ("pain_limited", "give_way")
    assert window.panels.marks.accessibleDescription().startswith("1: pain-limited, yes\n2: give-way, yes")
    typist.press("1")
    assert qualifiers(window, "strength.deltoid.R") == ("give_way",)
    typist.press(Qt.Key.Key_Return)
    assert not window.panels.marks.isVisible()
    assert typist.address == "strength.deltoid.R"
    typist.press(Qt.Key.Key_Z, CTRL)
    assert qualifiers(window, "strength.deltoid.R") == ("pain_limited", "give_way"), "each key is a step of its own"


def test_escape_and_the_same_key_go_back_to_the_cell_too(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    for key in (Qt.Key.Key_Escape, "q"):
        typist.press("q")
        assert window.panels.marks.isVisible()
        typist.press(key)
        assert not window.panels.marks.isVisible()
        assert typist.address == "strength.deltoid.R"
    assert not window.bridge.record.findings


def test_a_mark_stands_in_the_cell_as_a_sign_and_as_words_and_in_its_name(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.type("4-")
    typist.type("q1")
    typist.press(Qt.Key.Key_Escape)
    shown = cell(window, "strength.deltoid.R")
    assert shown.face is not None
    assert shown.face.has_qualifiers and shown.face.detail == "pain-limited"
    assert "pain-limited" in shown.accessibleName()


def test_a_selection_gets_the_mark_where_it_is_possible_and_loses_it_together(
    window: ExamWindow, typist: Typist
) -> None:
    typist.go_to_section("strength")
    typist.press(Qt.Key.Key_4, SHIFT)
    typist.press(Qt.Key.Key_Right, SHIFT)
    typist.press(Qt.Key.Key_Down, SHIFT)
    typist.press("q")
    assert window.panels.marks.accessibleName() == "Marks: Elbow flexion, left and 3 more cells"
    typist.press("1")
    both = [qualifiers(window, f"strength.deltoid.{side}") for side in "RL"]
    assert both == [("pain_limited",), ("pain_limited",)]
    assert set(window.bridge.record.findings) == {"strength.deltoid.R", "strength.deltoid.L"}, "a gap has no mark"
    typist.press("1")
    assert [qualifiers(window, f"strength.deltoid.{side}") for side in "RL"] == [(), ()]
    typist.press(Qt.Key.Key_Escape)
    assert window.view is not None and len(window.view.keys.selection.addresses) == 4, "the selection stays"


def test_reinforcement_inversion_and_spread_are_marks_of_a_reflex(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("reflexes")
    typist.go_to("reflexes.brachioradialis.R")
    typist.press("1")
    typist.press("q")
    typist.press(key_of(window, "Inverted"))
    typist.press(key_of(window, "Reinforcement: clasped hands"))
    typist.press(key_of(window, "Spread"))
    typist.type("fingers, thumb")
    typist.press(Qt.Key.Key_Return)
    assert not window.panels.marks.isVisible()
    assert typist.address == "reflexes.brachioradialis.R"
    value = window.bridge.value("reflexes.brachioradialis.R")
    assert isinstance(value, GroupValue)
    assert value.fields["inverted"] == ChoiceValue(token="yes")
    assert value.fields["reinforcement_used"] == ChoiceValue(token="jendrassik")
    assert value.fields["spread"] == TextValue(text="fingers, thumb")
    face = cell(window, "reflexes.brachioradialis.R").face
    assert face is not None and "inverted" in face.detail


def test_words_longer_than_their_field_takes_are_refused_with_their_count_and_stay_in_sight(
    window: ExamWindow, typist: Typist
) -> None:
    typist.go_to_section("reflexes")
    typist.go_to("reflexes.brachioradialis.R")
    typist.press("1")
    before = window.bridge.record
    typist.press("q")
    panel = window.panels.marks
    typist.press(key_of(window, "Spread"))
    panel.words.setText("x" * 121)
    typist.press(Qt.Key.Key_Return)
    assert window.bridge.record is before
    assert panel.words.isVisible() and panel.words.text() == "x" * 121
    said = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert any("121 characters; at most 120 are kept" in text for text in said)
    typist.press(Qt.Key.Key_Backspace)
    typist.press(Qt.Key.Key_Return)
    value = window.bridge.value("reflexes.brachioradialis.R")
    assert isinstance(value, GroupValue) and value.fields["spread"] == TextValue(text="x" * 120)


def test_a_gap_says_that_a_qualifier_needs_a_grade(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.press("q")
    assert window.panels.marks.accessibleDescription().startswith("1: pain-limited, not possible here")
    assert not next(
        made for made in window.panels.marks.findChildren(QPushButton) if made.text() == "pain-limited"
    ).isEnabled()
    typist.press("1")
    assert not window.bridge.record.findings


def test_a_mark_never_takes_an_asserted_normal_away(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("reflexes")
    typist.press("n")
    typist.go_to_section("reflexes")
    typist.go_to("reflexes.brachioradialis.R")
    before = window.bridge.record
    assert isinstance(window.bridge.finding("reflexes.brachioradialis.R"), AssertedNormal)
    typist.press("q")
    for key in "123456":
        typist.press(key)
    assert window.bridge.record == before


def test_a_note_comes_back_to_its_cell_and_says_why_it_cannot_be_given(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.press(Qt.Key.Key_E, CTRL)
    assert typist.address == "strength.deltoid.R"
    assert window.bottom_bar.told.text() == "A note belongs to a finding: grade the cell first."
    typist.press(Qt.Key.Key_4, SHIFT)
    typist.press(Qt.Key.Key_Right, SHIFT)
    typist.press(Qt.Key.Key_E, CTRL)
    assert window.bottom_bar.told.text() == "A note stands on one finding: this one, not the whole selection."
    typist.type("tender")
    typist.press(Qt.Key.Key_Return)
    assert typist.address == "strength.deltoid.L"
    notes = [getattr(window.bridge.finding(f"strength.deltoid.{side}"), "note", None) for side in "RL"]
    assert notes == [None, "tender"]


def test_no_item_has_more_marks_than_there_are_keys(form: Form) -> None:
    record = blank(form)
    most = max(len(marks_of(item, None, record)) for item in form.items.values())
    assert most <= len(LETTERS), most

"""The walk: a finding is elicited before it is graded, and nothing tells what is abnormal."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from exam_app.core.record.record import AssertedNormal, Examined, NotExamined
from exam_app.core.record.values import GradeValue
from exam_app.gui.exam.rail import REVIEW
from exam_app.gui.parts import messages
from exam_app.gui.practice.walk import WalkWindow
from tests.gui.practice.conftest import ALT, CTRL, MYELOPATHY, SHIFT, Desk
from tests.gui.screens import settle

RIGHT, LEFT = "strength.triceps.R", "strength.triceps.L"
WORDS = "You have to press hard before the position yields."


@pytest.fixture
def walk(desk: Desk) -> WalkWindow:
    made = desk.begin(MYELOPATHY)
    made.go_to(RIGHT)
    settle()
    return made


def test_the_card_says_how_old_the_patient_is_and_which_sex(walk: WalkWindow) -> None:
    assert "61 years old, female" in [label.text() for label in walk.findChildren(QLabel)]


def grade_of(walk: WalkWindow, address: str) -> str | None:
    finding = walk.bridge.finding(address)
    if not isinstance(finding, Examined) or not isinstance(finding.value, GradeValue):
        return None
    return finding.value.token


def shows_examined(walk: WalkWindow) -> bool:
    view = walk.view
    assert view is not None
    face = view.grid.cells[RIGHT].face
    return face is not None and face.is_examined


def test_a_grade_is_taken_only_where_the_learner_has_examined(desk: Desk, walk: WalkWindow) -> None:
    desk.press("4")
    assert walk.bridge.finding(RIGHT) is None
    assert walk.bottom_bar.told.text() == "Examine first: P"
    desk.press("p")
    assert walk.elicited.said.text() == WORDS
    assert walk.bottom_bar.told.text() == ""
    desk.press("4")
    assert grade_of(walk, RIGHT) == "4"


def test_what_is_seen_is_said_politely_to_a_screen_reader_and_is_never_the_grade(
    desk: Desk, walk: WalkWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "send_to_screen_reader", lambda event: said.append(event.message()))
    desk.press("p")
    assert WORDS in said
    assert "4" not in walk.elicited.said.text()


def test_shift_examines_both_sides_and_the_group_all_that_is_in_sight(desk: Desk, walk: WalkWindow) -> None:
    desk.press("P", SHIFT)
    assert walk.attempt.attempt.performed == (RIGHT, LEFT)
    assert walk.elicited.said.text() == f"Elbow extension, both sides: {WORDS}"
    desk.press(Qt.Key.Key_P, CTRL | SHIFT)
    lines = walk.elicited.said.text().splitlines()
    assert len(lines) > 5 and not any(";" in line.split(":")[0] for line in lines), "nothing is gathered"
    performed = walk.attempt.attempt.examined
    assert {"strength.deltoid.R", "strength.deltoid.L"} <= performed
    assert not any(address.startswith("strength.iliopsoas") for address in performed)


def test_what_is_told_says_of_what_and_that_nothing_of_it_is_scored(desk: Desk, walk: WalkWindow) -> None:
    desk.press("p")
    assert "not scored" not in walk.elicited.said.text()
    walk.go_to("history.progression")
    settle()
    assert "not scored" not in walk.elicited.said.text(), "nothing was asked yet"
    desk.press("p")
    progression = "Progression: slowly worse from one season to the next"
    assert walk.elicited.said.text() == f"{progression}\nThis section is not scored."
    desk.press(Qt.Key.Key_P, CTRL | SHIFT)
    onset = "Onset: it crept in and I cannot name the day, 2025-11"
    assert f"{onset}\n{progression}" in walk.elicited.said.text()


def test_a_cell_examined_and_not_graded_carries_a_sign_and_says_so(desk: Desk, walk: WalkWindow) -> None:
    view = walk.view
    assert view is not None
    cell = view.grid.cells[RIGHT]
    assert not shows_examined(walk)
    desk.press("p")
    assert shows_examined(walk)
    assert cell.accessibleName() == "Elbow extension, right, examined, not answered yet"
    desk.press("4")
    assert not shows_examined(walk)


def test_rest_normal_covers_what_was_examined_and_nothing_else(desk: Desk, walk: WalkWindow) -> None:
    view = walk.view
    assert view is not None
    assert not view.head.rest_normal.isEnabled()
    desk.press("P", SHIFT)
    assert view.head.rest_normal.label.endswith("2")
    desk.press("n")
    findings = walk.bridge.record.findings
    assert set(findings) == {RIGHT, LEFT}
    assert all(isinstance(finding, AssertedNormal) for finding in findings.values())


def test_the_other_side_is_not_copied_to_where_nobody_has_examined(desk: Desk, walk: WalkWindow) -> None:
    desk.press("p")
    desk.press("4")
    walk.go_to(LEFT)
    desk.press(".")
    assert walk.bridge.finding(LEFT) is None
    assert walk.bottom_bar.told.text() == "Examine first: P"


def test_quick_entry_takes_nothing_that_was_not_examined(desk: Desk, walk: WalkWindow) -> None:
    desk.press(Qt.Key.Key_K, CTRL)
    desk.press("triceps r 4-")
    desk.press(Qt.Key.Key_Return)
    assert walk.bridge.record.findings == {}
    walk.go_to(RIGHT)
    desk.press("p")
    desk.press(Qt.Key.Key_K, CTRL)
    desk.press("triceps r 4-")
    desk.press(Qt.Key.Key_Return)
    assert grade_of(walk, RIGHT) == "4-"


def test_an_item_may_be_left_out_with_a_reason_without_examining(desk: Desk, walk: WalkWindow) -> None:
    desk.press("x")
    desk.press("t")
    finding = walk.bridge.finding(RIGHT)
    assert finding is None or isinstance(finding, NotExamined)
    assert RIGHT not in walk.attempt.attempt.examined


def test_an_answer_of_the_dock_that_was_not_taken_is_not_shown_either(walk: WalkWindow) -> None:
    walk.dock.answered.emit(RIGHT, GradeValue(token="2", scale="mrc/1"))
    settle()
    assert walk.bridge.finding(RIGHT) is None
    assert walk.bottom_bar.told.text() == "Examine first: P"


def test_nothing_counts_what_is_abnormal(desk: Desk, walk: WalkWindow) -> None:
    desk.press("p")
    desk.press("4")
    assert "abnormal" not in walk.bottom_bar.counts.text()
    assert walk.progress.total.abnormal == 0
    assert not any("abnormal" in entry.accessibleName() for entry in walk.rail.entries.values())


def test_a_guided_walk_leads_through_the_standard_order_by_two_keys(desk: Desk) -> None:
    walk = desk.begin(MYELOPATHY, "guided")
    guide, titles = walk.guide, []
    assert guide is not None
    for _step in range(len(walk.attempt.stages)):
        titles.append(guide.where)
        desk.press(Qt.Key.Key_Right, ALT)
    assert walk.page == REVIEW
    assert [title.split(": ")[1] for title in titles] == [stage.step.title for stage in walk.attempt.stages]
    assert not guide.isVisible()
    desk.press(Qt.Key.Key_Left, ALT)
    assert guide.isVisible() and guide.where == titles[-1]


def test_the_examination_walk_gives_no_help(desk: Desk) -> None:
    walk = desk.begin(MYELOPATHY, "examination")
    assert walk.guide is None
    assert not walk.side_panel.how_to_test.isVisible()
    desk.press(Qt.Key.Key_F1)
    assert walk.bottom_bar.told.text() == "There is no help in the examination walk."
    assert not walk.side_panel.how_to_test.isVisible()


def test_time_is_kept_by_section_and_shown_only_when_asked_for(desk: Desk) -> None:
    walk = desk.begin(MYELOPATHY)
    banner = desk.windows[0].frame.banner
    walk.show_page("strength")
    desk.clock.seconds += 90
    walk.show_page("reflexes")
    desk.clock.seconds += 30
    walk.tick()
    assert dict(walk.attempt.attempt.seconds) == {"strength": 90.0, "reflexes": 30.0}
    assert banner.time.text() == ""
    desk.press(Qt.Key.Key_T, CTRL | SHIFT)
    assert banner.time.text() == "02:00"
    desk.press(Qt.Key.Key_T, CTRL | SHIFT)
    assert banner.time.text() == ""


def test_the_end_of_a_time_limit_is_said_and_stops_nobody(desk: Desk) -> None:
    walk = desk.begin(MYELOPATHY, "examination", 10)
    walk.go_to(RIGHT)
    desk.clock.seconds += 599
    walk.tick()
    assert walk.bottom_bar.told.text() == ""
    desk.clock.seconds += 1
    walk.tick()
    assert walk.bottom_bar.told.text().startswith("The time is over.")
    assert desk.windows[0].frame.banner.time.text() == "10:00 of 10 min"
    desk.press("p")
    desk.press("4")
    assert grade_of(walk, RIGHT) == "4"


def test_no_time_passes_while_nothing_is_in_sight(desk: Desk) -> None:
    walk = desk.begin(MYELOPATHY)
    walk.show_page("strength")
    desk.windows[0].hide()
    desk.clock.seconds += 3600
    desk.windows[0].show()
    desk.clock.seconds += 20
    walk.tick()
    assert dict(walk.attempt.attempt.seconds) == {"strength": 20.0}


def test_on_a_volunteer_an_answer_says_that_it_was_examined(desk: Desk) -> None:
    walk = desk.begin(None, "guided")
    walk.go_to(RIGHT)
    desk.press("5")
    assert grade_of(walk, RIGHT) == "5"
    assert walk.attempt.attempt.performed == (RIGHT,)


def test_the_clinical_commands_are_not_there(desk: Desk, walk: WalkWindow) -> None:
    assert not any(walk.commands.knows(command) for command in ("report", "scope", "lock"))
    desk.press(Qt.Key.Key_P, CTRL)
    assert QApplication.activeModalWidget() is None
    desk.press("?")
    said = walk.panels.all_keys.accessibleDescription()
    assert "examine both sides" in said
    assert "save the PDF" not in said and "passphrase" not in said

"""What a section offers and says fits what it holds: keys and buttons that would do nothing are not there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from exam_app.core.record.record import NotExamined
from exam_app.core.record.values import ChoiceValue, GroupValue, ListValue, NumberValue, SideValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.scores_view import ScoresLine
from exam_app.gui.parts.key_hint import KeyHint
from exam_app.gui.parts.limited import LimitedArea
from exam_app.gui.parts.theme import LIGHT, theme
from exam_app.gui.parts.widgets import RoleLabel
from tests.gui.exam.conftest import cell
from tests.gui.screens import settle
from tests.gui.typist import Typist

BOTH = {"both sides", "same as other side"}


def hints(window: ExamWindow) -> list[str]:
    """What the bar below says of the keys of the cell in focus."""
    return [hint.does for hint in window.bottom_bar.hints]


def test_the_keys_for_the_other_side_are_named_where_there_is_one(window: ExamWindow) -> None:
    window.go_to("reflexes.jaw")
    assert not BOTH & set(hints(window))
    window.go_to("reflexes.knee.R")
    assert set(hints(window)) >= BOTH


def test_the_way_to_the_fields_is_named_before_the_keys_that_have_least_room(window: ExamWindow) -> None:
    window.go_to("strength.triceps.R")
    said = hints(window)
    assert said.index("fields") < said.index("find item") < said.index("undo")


def test_where_there_is_little_room_the_key_for_all_keys_is_still_named(window: ExamWindow) -> None:
    theme().show(LIGHT, 2.0)
    window.go_to("strength.triceps.R")
    window.bridge.give_reason(("strength.fdi.R",), NotExamined(reason="time", entered="typed"))
    settle()
    shown = [hint.does for hint in window.bottom_bar.findChildren(KeyHint) if hint.isVisible()]
    assert shown[0] == "grade" and shown[-1] == "all keys" and "undo" not in shown
    counts = window.bottom_bar.counts
    assert counts.width() <= window.width() / 2
    assert "1 not examined" in counts.toolTip()
    theme().show(LIGHT)


@pytest.mark.parametrize(("section", "does"), [("strength", "rest normal"), ("alert", "none of these")])
def test_the_key_for_the_rest_is_called_as_its_button(window: ExamWindow, section: str, does: str) -> None:
    window.show_page(section)
    view = window.view_of(section)
    assert does in hints(window)
    assert view.head.rest_normal.label.lower().startswith(does) and view.head.rest_normal.isVisible()


@pytest.mark.parametrize("section", ["history", "movements", "other", "scales"])
def test_where_nothing_is_asserted_by_one_key_no_button_and_no_hint_offers_it(window: ExamWindow, section: str) -> None:
    window.show_page(section)
    assert {"rest normal", ""}.isdisjoint(hints(window))
    assert not window.view_of(section).head.rest_normal.isVisible()
    assert window.view_of(section).head.rest_reason.isVisible()


def test_none_of_these_reads_as_no_on_the_alert_card(window: ExamWindow, typist: Typist) -> None:
    window.show_page("alert")
    typist.press("n")
    window.show_page("alert")
    face = cell(window, "alert.stridor").face
    assert face is not None and face.text == "no" and face.state == "asserted"
    assert "asserted normal" in face.says


def test_a_list_in_a_cell_says_how_many_entries_it_has_and_what_they_say(window: ExamWindow) -> None:
    window.show_page("other")
    tinel = GroupValue(fields={"site": ChoiceValue(token="fibular_neck"), "side": SideValue(side="L")})
    window.bridge.answer({"other.tinel": ListValue(entries=(tinel,))})
    face = cell(window, "other.tinel").face
    assert face is not None and face.text == "1 entry"
    assert "left" in face.detail


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_words_of_more_lines_than_there_is_room_for_end_between_two_lines(qtbot: QtBot, scale: float) -> None:
    theme().show(LIGHT, scale)
    label = RoleLabel("\n".join(["an AIMS of 3 g"] * 9), "muted", wraps=True)
    area = LimitedArea(label, 4)
    qtbot.addWidget(area)
    area.resize(600, area.sizeHint().height())
    area.show()
    assert area.sizeHint().height() * 9 == label.heightForWidth(600) * 4
    theme().show(LIGHT)


def test_every_score_begins_as_a_sentence_does(window: ExamWindow) -> None:
    window.show_page("gait")
    fields = {"seconds": NumberValue(number=10), "distance_m": NumberValue(number=10)}
    window.bridge.answer({"gait.10mwt": GroupValue(fields=fields)})
    scores = window.view_of("gait").findChild(ScoresLine)
    assert scores is not None
    assert scores.text().startswith("Walking speed: 1 m/s")


def test_the_example_of_n_of_n_is_a_possible_one(window: ExamWindow, typist: Typist) -> None:
    window.go_to("mental.attention")
    typist.press(Qt.Key.Key_Tab)
    said = [label.text() for label in window.dock.findChildren(QLabel) if label.isVisible()]
    assert "n of N, such as 4/5" in said


def test_the_review_lists_what_one_key_asserted_by_section(window: ExamWindow, typist: Typist) -> None:
    window.show_page("tone")
    typist.press("n")
    window.show_page("coordination")
    typist.press("n")
    window.commands.review()
    said = [label.text().replace("\u00a0", " ") for label in window.review.findChildren(QLabel)]
    listed = [
        said[at + 1] for at, text in enumerate(said[:-1]) if text in ("Tone", "Coordination") and "·" in said[at + 1]
    ]
    assert any(text.startswith("Neck · Elbow flexors R L") for text in listed)
    assert any(text.startswith("Finger–nose R L") for text in listed)

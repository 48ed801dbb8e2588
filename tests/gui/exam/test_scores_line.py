"""The scores of a section, live in its page: a total only when complete, and nothing worked out while out of sight."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.gui.exam import scores_view
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.scores_view import ScoresLine
from tests.gui.fields.conftest import in_window
from tests.gui.typist import CTRL, Typist
from tests.specimen import blank


def line(window: ExamWindow, section_id: str) -> ScoresLine:
    (found,) = window.view_of(section_id).findChildren(ScoresLine)
    return found


def test_a_score_is_shown_without_a_total_until_its_last_item_is_entered_and_again_after_undo(
    window: ExamWindow, typist: Typist, qtbot: QtBot
) -> None:
    typist.go_to_section("mental")
    scores = line(window, "mental")
    assert not scores.isVisible()
    typist.go_to("mental.gcs")
    typist.press("\t")
    for digit in ("4", "5"):
        typist.type(digit)
        typist.press("\t")
    assert scores.text() == "GCS: not totalled: E4 V5 M(not recorded)"
    typist.type("6")
    assert scores.isVisible()
    assert scores.text() == "GCS: 15 of 15"
    assert scores.accessibleDescription() == "GCS: 15 of 15"
    typist.press("z", CTRL)
    assert scores.text() == "GCS: not totalled: E4 V5 M(not recorded)"


def test_power_that_was_asserted_counts_in_the_sum_and_a_gap_hides_it(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    scores = line(window, "strength")
    typist.press("n")
    typist.go_to_section("strength")
    assert scores.text().startswith("MRC sum: 60 of 60")
    typist.go_to("strength.deltoid.R")
    typist.press("x")
    typist.press("p")
    assert not scores.isVisible()


def test_a_section_out_of_sight_works_nothing_out(form: Form, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def spy(*_arguments: object) -> dict[str, object]:
        asked.append("asked")
        return {}

    monkeypatch.setattr(scores_view, "score_record", spy)
    page = QWidget()
    scores = ScoresLine(form, "strength", page)
    scores.show_record(blank(form))
    assert asked == []
    window = in_window(qtbot, page)
    assert asked
    window.close()

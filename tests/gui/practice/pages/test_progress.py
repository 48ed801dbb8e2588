"""Progress: what to practise next and why, and the same scores as a plot and as a table."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from exam_app.gui.practice.progress import ProgressPage, ReadTable
from exam_app.services.practice import Learner, Practice
from tests.gui.practice.pages.conftest import Show
from tests.gui.practice.pages.plays import Held, played
from tests.gui.practice.pages.screens import progress_of
from tests.gui.practice.pages.test_debrief import words_of


def opened(show: Show, store: Practice, learner: Learner) -> ProgressPage:
    page = progress_of(store, learner)
    show(page)
    page.enter()
    return page


def rows_of(table: ReadTable) -> list[list[str]]:
    return [
        [item.text() if (item := table.item(row, column)) is not None else "" for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_who_has_not_practised_is_offered_an_easy_case(
    store: Practice, learner: Learner, show: Show, qtbot: QtBot
) -> None:
    page = opened(show, store, learner)
    assert page.plot is None and page.table is None and page.attempts is None
    assert "You have not tried it yet" in words_of(page)
    assert page.next_button is not None and page.next_button.hasFocus()
    with qtbot.waitSignal(page.case_wanted) as wanted:
        page.next_button.click()
    assert store.content.case(str(wanted.args[0])).head.difficulty == "easy"


def test_the_table_has_every_score_of_the_plot_and_says_what_was_not_scored(
    store: Practice, learner: Learner, show: Show
) -> None:
    for case, play in (("C08B", "hurried"), ("C16", "perfect"), ("C08B", "perfect"), ("C06", "empty")):
        played(store, learner, case, play).close()
    page = opened(show, store, learner)
    assert page.table is not None and page.plot is not None
    rows = rows_of(page.table)
    titles = [store.content.case(case).head.title for case in ("C08B", "C16")]
    assert [row[1] for row in rows] == [titles[0], titles[1], titles[0]]
    assert rows[0][2:] == ["100 %"] * 4
    assert rows[1][5] == "not scored"
    series = store.standing(learner)().series
    shares = {f"{round(100 * point.share)} %" for points in series.values() for point in points}
    assert shares == {text for row in rows for text in row[2:]} - {"not scored"}
    assert page.plot.in_words()[0] == f"Findings: from {rows[2][2]} to 100 % over 3 attempts."


def test_the_finished_attempts_are_listed_by_case_with_their_day_the_last_first(
    store: Practice, learner: Learner, show: Show
) -> None:
    for case, play in (("C08B", "hurried"), ("C06", "perfect"), ("C08B", "empty")):
        played(store, learner, case, play).close()
    played(store, learner, "C07", "hurried", is_finished=False).close()
    volunteer = store.begin(learner, None, "guided")
    volunteer.finish()
    volunteer.close()
    page = opened(show, store, learner)
    assert page.attempts is not None
    rows = rows_of(page.attempts)
    slaps, hand = (store.content.case(case).head.title for case in ("C08B", "C06"))
    assert [row[0] for row in rows] == [slaps, slaps, "A volunteer", hand]
    days = [datetime.datetime.fromisoformat(row[1]) for row in rows]
    assert days[1] < days[3] < days[0] < days[2], "as they were handed in"
    assert "Cases tried: 2 of " in words_of(page)


def test_a_failed_case_is_to_be_tried_again_and_the_reason_is_said(
    store: Practice, learner: Learner, show: Show, qtbot: QtBot
) -> None:
    played(store, learner, "C06", "mirrored").close()
    page = opened(show, store, learner)
    assert "Your last attempt did not pass" in words_of(page)
    assert page.next_button is not None
    with qtbot.waitSignal(page.case_wanted) as wanted:
        page.next_button.click()
    assert wanted.args == ["C06"]
    played(store, learner, "C06", "perfect").close()
    assert "did not pass" not in words_of(opened(show, store, learner))


def test_progress_is_shown_at_once_and_the_attempts_come_later(
    store: Practice, learner: Learner, show: Show, qtbot: QtBot
) -> None:
    played(store, learner, "C06", "mirrored").close()
    jobs = Held()
    page = ProgressPage(store, learner, jobs)
    show(page)
    page.enter()
    assert "are being worked out" in words_of(page) and "The hand that does not come back" not in words_of(page)
    assert page.back_button.hasFocus()
    with qtbot.waitSignal(page.told):
        jobs.let_go()
    assert "are being worked out" not in words_of(page) and "The hand that does not come back" in words_of(page)
    assert page.next_button is not None and page.next_button.hasFocus()


def test_a_cell_of_the_table_says_its_column(store: Practice, learner: Learner, show: Show) -> None:
    played(store, learner, "C08B", "perfect").close()
    page = opened(show, store, learner)
    assert page.table is not None
    item = page.table.item(0, 2)
    assert item is not None
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Findings: 100 %"

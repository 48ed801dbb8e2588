"""An old attempt is read again: from the progress to its debrief and back, by keyboard, mouse and button."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from exam_app.gui.practice.debrief import DebriefPage
from exam_app.gui.practice.progress import AttemptsTable, ProgressPage
from exam_app.gui.practice.window import PracticeWindow
from exam_app.services.practice import OpenAttempt, Practice
from tests.gui.practice.conftest import NAME, Desk
from tests.gui.practice.pages.plays import played
from tests.gui.practice.test_practice_window import tab_to
from tests.gui.screens import settle

SLAPS, HAND = "A foot that slaps, without pain", "The hand that does not come back"


def practised(store: Practice) -> OpenAttempt:
    """Two attempts of one learner, the second a dropped foot in a hurry."""
    learner = store.add_learner(NAME)
    played(store, learner, "C06", "mirrored").close()
    attempt = played(store, learner, "C08B", "hurried")
    attempt.close()
    return attempt


def progress_of(window: PracticeWindow, desk: Desk) -> ProgressPage:
    window.home.progress_button.click()
    desk.wait(window)
    page = window.pages.currentWidget()
    assert isinstance(page, ProgressPage)
    return page


def list_of(page: ProgressPage) -> AttemptsTable:
    assert page.attempts is not None
    return page.attempts


def debrief_in(window: PracticeWindow) -> DebriefPage:
    page = window.pages.currentWidget()
    assert isinstance(page, DebriefPage)
    return page


def message() -> str:
    (box,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()]
    text = box.text()
    box.close()
    settle()
    return text


def test_an_old_debrief_is_read_by_keyboard_and_the_way_back_leads_to_where_it_was_opened(desk: Desk) -> None:
    store = desk.store()
    attempt = practised(store)
    store.close()
    window = desk.open()
    page = progress_of(window, desk)
    tab_to(list_of(page))
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    debrief = debrief_in(window)
    assert debrief.accessibleName() == f"Debrief: {HAND}"
    debrief.back_button.click()
    settle()
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Return)
    debrief = debrief_in(window)
    assert debrief.accessibleName() == f"Debrief: {SLAPS}"
    assert window.practice.open(attempt.id).attempt == attempt.attempt, "reading changes nothing"
    tab_to(debrief.back_button)
    assert debrief.back_button.text() == "Back to progress"
    desk.press(Qt.Key.Key_Space)
    assert window.pages.currentWidget() is page and list_of(page).hasFocus()
    page.back_button.click()
    settle()
    assert window.pages.currentWidget() is window.home
    assert window.pages.count() == 1, "no page is left behind"


@pytest.mark.parametrize("way", ["button", "double click"])
def test_an_old_debrief_is_opened_by_button_and_by_double_click(desk: Desk, way: str) -> None:
    store = desk.store()
    practised(store)
    store.close()
    window = desk.open()
    page = progress_of(window, desk)
    table = list_of(page)
    assert page.open_button is not None
    if way == "button":
        table.setCurrentCell(1, 0)
        assert page.open_button.accessibleDescription() == f"{HAND}, handed in 2026-11-22 09:41"
        page.open_button.click()
    else:
        cell = table.item(1, 1)
        assert cell is not None
        where = table.visualItemRect(cell).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    settle()
    assert debrief_in(window).accessibleName() == f"Debrief: {HAND}"


def test_the_case_of_an_old_debrief_is_tried_again(desk: Desk) -> None:
    store = desk.store()
    old = practised(store)
    store.close()
    window = desk.open()
    list_of(progress_of(window, desk)).choose()
    settle()
    debrief_in(window).again_button.click()
    settle()
    assert window.walk is not None and window.walk.attempt.id != old.id
    assert window.walk.attempt.case is not None and window.walk.attempt.case.id == "C08B"
    assert window.pages.count() == 2, "home and the walk, and no page is left behind"
    window.walk.close()
    settle()
    assert window.pages.currentWidget() is window.home


def test_the_sheet_of_a_volunteer_is_read_again(desk: Desk) -> None:
    store = desk.store()
    attempt = store.begin(store.add_learner(NAME), None, "guided")
    attempt.perform(["alert.stridor"])
    attempt.finish()
    attempt.close()
    store.close()
    window = desk.open()
    list_of(progress_of(window, desk)).choose()
    settle()
    sheet = debrief_in(window).sheet
    assert sheet is not None and "\u2611 Stridor: Examined." in sheet.toPlainText()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("case", "The case X99 is no longer there"),
        ("section", "This attempt was made with another version of the form"),
        ("damage", "This attempt is damaged and cannot be opened."),
    ],
)
def test_an_attempt_that_can_no_longer_be_read_is_told_in_a_sentence(desk: Desk, fault: str, words: str) -> None:
    store = desk.store()
    attempt = practised(store)
    head, body = store._store.reader.load(attempt.id)
    data = json.loads(body)
    if fault == "case":
        # A head keeps its case for good, so that this is another attempt.
        head = replace(head, id="id-of-a-case-that-is-gone", case_id="X99")
        data["record"]["case"] = "X99"
    elif fault == "section":
        data["seconds"]["no_longer_asked"] = 30.0
    text = "no attempt" if fault == "damage" else json.dumps(data)
    store._store.writer.submit(lambda writer: writer.put([(head, text)])).result()
    store.close()
    window = desk.open()
    page = progress_of(window, desk)
    table = list_of(page)
    names = [item.text() for row in range(table.rowCount()) if (item := table.item(row, 0)) is not None]
    table.setCurrentCell(names.index("X99, no longer here" if fault == "case" else SLAPS), 0)
    table.choose()
    settle()
    assert message().startswith(words)
    assert window.pages.currentWidget() is page

"""The window of practice: the wall on screen, learners, cases, going on where one stopped, the whole way by keys."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.core.practice.attempt import Attempt
from exam_app.core.practice.case import Case
from exam_app.core.practice.debrief import Debrief, debriefed
from exam_app.core.practice.library import Library
from exam_app.core.record.record import Examined
from exam_app.gui.parts.theme import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Palette, theme
from exam_app.gui.practice.case_list import CaseList
from exam_app.gui.practice.debrief import DebriefPage
from exam_app.gui.practice.learners import NameDialog
from exam_app.gui.practice.localise import LocalisePage
from exam_app.gui.practice.progress import ProgressPage
from exam_app.gui.practice.window import PracticeWindow
from exam_app.gui.shell.app import Shell
from exam_app.services.context import Context
from exam_app.services.practice_content import Content
from tests.gui.practice.conftest import CTRL, MYELOPATHY, NAME, SHIFT, Desk
from tests.gui.practice.pages.plays import played
from tests.gui.screens import settle

# The wall ----------------------------------------------------------------------------------------------------------


def test_title_banner_and_accessible_name_say_practice(desk: Desk) -> None:
    window = desk.open_with_learner()
    assert window.windowTitle() == "Practice \u2013 exam_app"
    assert window.frame.banner.says.text() == "PRACTICE \u2014 no patient"
    assert window.frame.banner.learner.text() == f"Learner: {NAME}"
    assert window.frame.accessibleName() == "Practice, no patient"


@pytest.mark.parametrize("palette", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK], ids=lambda palette: palette.name)
def test_the_frame_is_seen_on_every_side_also_without_colour(desk: Desk, palette: Palette) -> None:
    theme().show(palette)
    window = desk.open_with_learner()
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    wide, high = picture.width(), picture.height()
    sides = {
        "top": [QColor(picture.pixel(x, 5)).lightness() for x in range(20, wide - 20)],
        "bottom": [QColor(picture.pixel(x, high - 5)).lightness() for x in range(20, wide - 20)],
        "left": [QColor(picture.pixel(5, y)).lightness() for y in range(20, high - 20)],
        "right": [QColor(picture.pixel(wide - 5, y)).lightness() for y in range(20, high - 20)],
    }
    for side, greys in sides.items():
        assert max(greys) - min(greys) > 100, side
        changes = sum(abs(one - other) > 60 for one, other in zip(greys, greys[10:], strict=False))
        assert changes > len(greys) / 4, side


def test_practice_is_reached_before_any_passphrase_and_leads_back(
    context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    shell = Shell(context, settings)
    shell.start()
    assert shell.unlock is not None
    shell.unlock.practice_button.click()
    try:
        practice = shell.practice
        assert practice is not None and practice.isVisible()
        assert not shell.unlock.isVisible()
        assert context.is_first_start, "no store of patients was made"
        shell.hide_content()
        assert not shell.lock.is_locked, "there is nothing to hide"
        with qtbot.waitSignal(practice.opened):
            assert practice.opening.isVisible()
        practice.home.leave_button.click()
        qtbot.waitUntil(shell.unlock.isVisible)
    finally:
        shell.close()
        settle()


def test_the_window_is_shown_before_the_cases_have_been_read(
    desk: Desk, content: Content, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()

    def held(_context: Context) -> Content:
        assert let_go.wait(60)
        return content

    monkeypatch.setattr("exam_app.services.practice.practice_content", held)
    window = desk.show()
    assert window.isVisible() and window.frame.banner.says.isVisible()
    assert window.opening.told.text().startswith("The cases are being read")
    assert window.opening.leave_button.hasFocus()
    with qtbot.waitSignal(window.opened):
        let_go.set()
    assert window.home.cases.rowCount() >= 27 and window.home.isVisible()
    assert window.home.learners.add_button.hasFocus()


def test_who_leaves_before_the_cases_have_been_read_leaves_the_store_closed(desk: Desk, qtbot: QtBot) -> None:
    window = desk.show()
    with qtbot.waitSignal(window.closed):
        window.opening.leave_button.click()
    desk.store().close()


def test_where_practice_is_open_elsewhere_the_window_says_so_and_leads_back(desk: Desk, qtbot: QtBot) -> None:
    elsewhere = desk.store()
    window = desk.open()
    assert "Practice is already open in another window" in window.opening.told.text()
    with qtbot.waitSignal(window.closed):
        window.opening.leave_button.click()
    elsewhere.close()


# Learners ----------------------------------------------------------------------------------------------------------


def _dialog(window: PracticeWindow) -> NameDialog:
    dialog = window.home.learners.dialog
    assert isinstance(dialog, NameDialog)
    return dialog


def test_a_learner_is_added_renamed_and_removed_after_a_question(desk: Desk) -> None:
    window = desk.open()
    home = window.home
    assert not home.begin_button.isEnabled()
    home.learners.add_button.click()
    _dialog(window).line.setText("Specimen")
    _dialog(window).submit()
    assert home.learner is not None and home.learner.name == "Specimen"
    assert home.begin_button.isEnabled()
    home.learners.rename_button.click()
    _dialog(window).line.setText("Specimen the Second")
    _dialog(window).submit()
    assert window.frame.banner.learner.text() == "Learner: Specimen the Second"
    home.learners.remove_button.click()
    box = home.learners.dialog
    assert isinstance(box, QMessageBox)
    assert home.begin_button.isEnabled(), "first there is a question"
    box.button(QMessageBox.StandardButton.Yes).click()
    settle()
    assert home.learner is None
    assert window.frame.banner.learner.text() == ""


def test_a_name_that_cannot_be_taken_is_refused_beside_it(desk: Desk) -> None:
    window = desk.open_with_learner()
    for name, why in ((NAME, "There is a learner of this name already."), ("", "This cannot be a learner's name.")):
        window.home.learners.add_button.click()
        dialog = _dialog(window)
        dialog.line.setText(name)
        dialog.submit()
        assert dialog.isVisible() and dialog.error.text().startswith(why)
        dialog.reject()
        settle()


def test_progress_leaves_and_comes_back_as_one_file(desk: Desk, tmp_path: Path) -> None:
    window = desk.open_with_learner()
    file = tmp_path / "progress.json"
    window.home.learners.export_to(str(file))
    _close_message()
    window.home.learners.remove()
    assert window.home.learner is None
    window.home.learners.import_from(str(file))
    assert window.home.learner is not None and window.home.learner.name == NAME
    _close_message()
    file.write_text("no progress", encoding="utf-8")
    window.home.learners.import_from(str(file))
    assert "is damaged or is no file of a learner's progress" in _close_message()


def _close_message() -> str:
    settle()
    (box,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()]
    text = box.text()
    box.close()
    settle()
    return text


# Cases -------------------------------------------------------------------------------------------------------------


def text(cases: CaseList, row: int, column: int) -> str:
    item = cases.item(row, column)
    assert item is not None
    return item.text()


def test_the_list_names_no_diagnosis_and_says_what_was_not_reviewed(desk: Desk) -> None:
    cases = desk.open_with_learner().home.cases
    texts = [text(cases, row, column) for row in range(cases.rowCount()) for column in range(5)]
    assert cases.rowCount() >= 27
    assert not any("dystonia" in each.lower() or "myelopathy" in each.lower() for each in texts)
    assert "not yet clinically reviewed" in texts


def test_the_search_finds_by_topic_and_difficulty(desk: Desk) -> None:
    home = desk.open_with_learner().home
    home.search.setText("easy sensation")
    assert 0 < home.cases.rowCount() < 27
    shown = [(text(home.cases, row, 1), text(home.cases, row, 2)) for row in range(home.cases.rowCount())]
    assert all(difficulty == "easy" and "sensation" in topics for difficulty, topics in shown)
    home.search.setText("nothing of this name")
    assert home.cases.rowCount() == 0
    assert home.card_text.text() == "No case fits the search."
    assert not home.begin_button.isEnabled()


def test_what_to_practise_next_is_said_with_its_reason_and_chosen_by_a_button(desk: Desk) -> None:
    home = desk.open_with_learner().home
    assert home.next_text.text().endswith("It has not been tried yet.")
    home.next_button.click()
    case = home.cases.case
    assert case is not None and case.head.title in home.next_text.text()


def test_attempts_are_debriefed_in_the_background_while_the_cases_are_in_sight(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = desk.store()
    attempt = played(practice, practice.add_learner(NAME), MYELOPATHY, "perfect")
    attempt.close()
    practice.close()
    asked, let_go = threading.Event(), threading.Event()

    def held(case: Case, attempt: Attempt, form: Form, library: Library) -> Debrief:
        asked.set()
        assert let_go.wait(60)
        return debriefed(case, attempt, form, library)

    monkeypatch.setattr("exam_app.services.practice.debriefed", held)
    window = desk.show()
    qtbot.waitUntil(asked.is_set)
    home = window.home
    assert home.cases.rowCount() >= 27 and home.begin_button.isEnabled()
    assert home.next_text.text().startswith("What to practise next is being worked out")
    let_go.set()
    desk.wait(window)
    assert home.next_text.text().endswith("It has not been tried yet.")
    assert "1" in [text(home.cases, row, 3) for row in range(home.cases.rowCount())]


def test_a_time_limit_is_offered_only_for_an_examination_and_off(desk: Desk) -> None:
    home = desk.open_with_learner().home
    assert not home.limit.isVisibleTo(home)
    home.walk.buttons[2].click()
    assert home.limit.isVisibleTo(home)
    assert home.limit.value() is None


# The attempt -------------------------------------------------------------------------------------------------------


def test_an_interrupted_attempt_goes_on_where_it_stopped(desk: Desk) -> None:
    walk = desk.begin(MYELOPATHY)
    walk.go_to("reflexes.triceps.R")
    desk.press("p")
    desk.clock.seconds += 45
    desk.windows[0].close()
    window = desk.open()
    assert window.home.resume_text.text().startswith("Not finished: Buttons and stiff legs, begun 2026-11-22 09:41")
    window.home.resume_button.click()
    settle()
    walk_again = window.walk
    assert walk_again is not None
    assert walk_again.view is not None and walk_again.view.current == "reflexes.triceps.R"
    assert walk_again.attempt.attempt.performed == ("reflexes.triceps.R",)
    assert walk_again.attempt.attempt.seconds["reflexes"] == 45.0
    assert walk_again.elicited.said.text() == walk_again.attempt.words("reflexes.triceps.R")
    assert window.home.learner is not None
    assert len(window.practice.attempts(window.home.learner)) == 1


def test_an_attempt_that_cannot_be_opened_is_told_in_a_sentence(desk: Desk) -> None:
    window = desk.open_with_learner()
    window.resume("no-such-attempt")
    assert _close_message().startswith("This attempt is no longer there.")
    assert window.walk is None and window.pages.currentWidget() is window.home


def test_the_way_home_leaves_the_attempt_unfinished(desk: Desk) -> None:
    walk = desk.begin(MYELOPATHY)
    desk.press(Qt.Key.Key_W, CTRL)
    window = desk.windows[0]
    assert window.walk is None and window.pages.currentWidget() is window.home
    assert window.home.resume_button.isVisible()
    assert not walk.attempt.attempt.is_finished


def test_the_sheet_of_a_volunteer_is_shown_as_a_pdf_to_save_and_print(desk: Desk, qtbot: QtBot) -> None:
    walk = desk.begin(None, "guided")
    desk.press(Qt.Key.Key_P, CTRL)
    sheet = walk.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet.pdf is not None, timeout=60_000)
    assert sheet.save_button.isEnabled() and sheet.print_button.isEnabled()
    sheet.reject()
    settle()
    assert walk.sheet is None


def test_progress_opens_and_leads_back_to_the_case_to_practise_next(desk: Desk) -> None:
    window = desk.open_with_learner()
    window.home.progress_button.click()
    settle()
    page = window.pages.currentWidget()
    assert isinstance(page, ProgressPage)
    page.case_wanted.emit(MYELOPATHY)
    settle()
    assert window.pages.currentWidget() is window.home
    assert window.home.cases.case is not None and window.home.cases.case.id == MYELOPATHY


def tab_to(wanted: QWidget, *, most: int = 60) -> None:
    """Tab until a widget has the focus."""
    for _step in range(most):
        here = QApplication.focusWidget()
        assert here is not None
        if here is wanted or wanted.focusProxy() is here:
            return
        QTest.keyClick(here, Qt.Key.Key_Tab)
        settle()
    raise AssertionError(f"{wanted.accessibleName()} is not reached by Tab")


def test_a_case_is_played_by_keyboard_alone_from_home_to_debrief(desk: Desk) -> None:
    window = desk.open()
    tab_to(window.home.learners.add_button)
    desk.press(Qt.Key.Key_Space)
    desk.press("Specimen")
    desk.press(Qt.Key.Key_Return)
    tab_to(window.home.search)
    desk.press("buttons")
    tab_to(window.home.cases)
    desk.press(Qt.Key.Key_Return)
    walk = window.walk
    assert walk is not None and walk.attempt.case is not None and walk.attempt.case.id == MYELOPATHY
    desk.press("/")
    desk.press("elbow extension")
    desk.press(Qt.Key.Key_Return)
    desk.press("P", SHIFT)
    desk.press("4")
    assert any(isinstance(finding, Examined) for finding in walk.bridge.record.findings.values())
    desk.press(Qt.Key.Key_R, CTRL)
    last = walk.pages.last
    assert isinstance(last, LocalisePage)
    tab_to(last.hand_in_button)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Space)
    assert isinstance(window.pages.currentWidget(), DebriefPage)
    assert walk.attempt.attempt.is_finished

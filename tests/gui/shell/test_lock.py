"""Locked, nothing of a patient is seen, read or found; unlocked, everything is as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.parts import clipboard
from exam_app.gui.shell.app import Shell
from exam_app.gui.shell.new_exam import NewExamDialog
from exam_app.gui.shell.unlock import UnlockDialog
from exam_app.services.context import Context
from tests.gui.screens import PDF_MS
from tests.gui.shell.conftest import PASSPHRASE, focused, specimen, visit

CTRL = Qt.KeyboardModifier.ControlModifier
NAME = "Specimen"


@pytest.fixture
def shell(records: Context, make_shell: Callable[[Context], Shell], qtbot: QtBot) -> Shell:
    made = make_shell(records)
    QTest.keyClicks(focused(), PASSPHRASE)
    with qtbot.waitSignal(made.home_shown):
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    return made


@pytest.fixture
def window(shell: Shell, qtbot: QtBot) -> ExamWindow:
    """An examination with a note that is typed and not yet given."""
    shell._begin(specimen(), visit(), "full")
    assert isinstance(shell.exam, ExamWindow)
    qtbot.waitUntil(shell.exam.isActiveWindow)
    return shell.exam


def lock(shell: Shell, qtbot: QtBot) -> UnlockDialog:
    QTest.keyClick(focused(), Qt.Key.Key_L, CTRL)
    dialog = shell.lock.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def unlock(shell: Shell, qtbot: QtBot, passphrase: str = PASSPHRASE) -> None:
    QTest.keyClicks(focused(), passphrase)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def everything_read() -> str:
    """All that a screen reader finds from the application downwards."""
    application = QApplication.instance()
    assert application is not None
    return "\n".join(_read(QAccessible.queryAccessibleInterface(application)))


def _read(node: QAccessibleInterface | None) -> Iterator[str]:
    if node is None or not node.isValid():
        return
    for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description):
        yield node.text(kind)
    for index in range(node.childCount()):
        yield from _read(node.child(index))


def test_ctrl_l_hides_everything_and_the_passphrase_brings_it_back_with_the_focus(
    shell: Shell, window: ExamWindow, qtbot: QtBot
) -> None:
    window.go_to("strength.triceps.R")
    before, geometry = focused(), window.geometry()
    assert NAME.upper() in everything_read()
    dialog = lock(shell, qtbot)
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [dialog]
    read = everything_read()
    assert NAME not in read and NAME.upper() not in read and "triceps" not in read
    unlock(shell, qtbot)
    qtbot.waitUntil(lambda: not shell.lock.is_locked)
    qtbot.waitUntil(window.isActiveWindow)
    assert window.isVisible() and shell.home is not None and not shell.home.isVisible()
    assert QApplication.focusWidget() is before
    assert window.geometry() == geometry
    QTest.keyClicks(focused(), "4")
    assert "strength.triceps.R" in window.bridge.record.findings


def test_a_wrong_passphrase_escape_and_an_empty_one_keep_it_locked(
    shell: Shell, window: ExamWindow, qtbot: QtBot
) -> None:
    dialog = lock(shell, qtbot)
    unlock(shell, qtbot, "wrong horse battery")
    assert dialog.page.error.isVisible()
    assert "Everything is kept as it was" in dialog.page.error.text()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    dialog.unlock_page.passphrase.clear()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert shell.lock.is_locked and dialog.isVisible() and not window.isVisible()


def test_what_is_typed_is_written_before_everything_is_hidden(
    shell: Shell, window: ExamWindow, qtbot: QtBot, records: Context
) -> None:
    window.go_to("strength.triceps.R")
    QTest.keyClicks(focused(), "4")
    qtbot.waitUntil(window.dock.note.isEnabled)
    window.dock_note()
    QTest.keyClicks(focused(), "by pain")
    lock(shell, qtbot)
    assert window.bridge.saving.pending == 0
    finding = window.bridge.record.findings["strength.triceps.R"]
    assert finding.note == "by pain"


def test_it_locks_also_where_writing_failed_and_says_so_over_the_lock(
    shell: Shell, window: ExamWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = UserError("save_failed")
    monkeypatch.setattr(window, "write_everything", lambda: failed)
    QTest.keyClick(focused(), Qt.Key.Key_L, CTRL)
    assert shell.lock.dialog is not None and not window.isVisible()
    (box,) = shell.lock.dialog.findChildren(QMessageBox)
    assert sentence(failed) in box.text()
    box.close()


def test_a_dialog_with_a_patient_in_it_is_hidden_and_comes_back_with_what_was_typed(shell: Shell, qtbot: QtBot) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_N)
    dialog = shell.dialog
    assert isinstance(dialog, NewExamDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClicks(focused(), NAME)
    line = focused()
    lock(shell, qtbot)
    assert NAME not in everything_read()
    unlock(shell, qtbot)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert QApplication.focusWidget() is line
    assert dialog.typed()["family_name"] == NAME
    assert dialog.isModal()


def test_the_report_is_hidden_with_all_it_says_and_comes_back_in_front(
    shell: Shell, window: ExamWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_P, CTRL)
    report = window.commands.report_dialog
    assert report is not None
    qtbot.waitUntil(lambda: report.pdf is not None, timeout=PDF_MS)
    qtbot.waitUntil(report.isActiveWindow)
    report.preview.pages.go_to_page(2)
    page = report.preview.pages.page
    assert NAME.upper() in everything_read()
    dialog = lock(shell, qtbot)
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [dialog]
    assert NAME.upper() not in everything_read()
    unlock(shell, qtbot)
    qtbot.waitUntil(report.isActiveWindow)
    assert report.isModal() and QApplication.focusWidget() is report.preview.pages
    assert report.preview.pages.page == page
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    qtbot.waitUntil(window.isActiveWindow)


def test_what_was_copied_here_is_taken_from_the_clipboard_and_what_others_copied_stays(
    shell: Shell, window: ExamWindow, qtbot: QtBot
) -> None:
    clipboard.copy("Patient: SPECIMEN")
    lock(shell, qtbot)
    assert QGuiApplication.clipboard().text() == ""
    unlock(shell, qtbot)
    qtbot.waitUntil(window.isActiveWindow)
    clipboard.copy("Patient: SPECIMEN")
    QGuiApplication.clipboard().setText("of another program")
    lock(shell, qtbot)
    assert QGuiApplication.clipboard().text() == "of another program"


def test_it_locks_by_itself_when_nobody_does_anything(shell: Shell, window: ExamWindow, qtbot: QtBot) -> None:
    shell.idle.set_time(50)
    qtbot.waitUntil(lambda: shell.lock.is_locked)
    assert not window.isVisible()


def test_a_key_begins_the_idle_time_anew(shell: Shell, window: ExamWindow) -> None:
    shell.idle.set_time(600_000)
    timer = shell.idle._timer
    timer.stop()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down)
    assert timer.isActive()


def test_the_idle_time_follows_the_preference_and_may_be_never(shell: Shell) -> None:
    assert shell.idle._timer.interval() == 10 * 60_000 and shell.idle._timer.isActive()
    shell.preferences.set_idle_minutes(2)
    assert shell.idle._timer.interval() == 2 * 60_000
    shell.preferences.set_idle_minutes(0)
    assert not shell.idle._timer.isActive()


def test_no_window_names_a_patient_in_its_title(shell: Shell, window: ExamWindow) -> None:
    window.review._ask_for_note()
    titles = [each.windowTitle() for each in QApplication.topLevelWidgets()]
    assert len(titles) > 2
    assert not any(NAME.lower() in title.lower() for title in titles)

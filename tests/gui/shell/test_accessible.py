"""Assistive technology reads the windows before and around an examination."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exam_app.core.errors import UserError
from exam_app.gui.parts.messages import show_error
from exam_app.gui.parts.preferences import Preferences
from exam_app.gui.shell.app import Shell
from exam_app.gui.shell.new_exam import NewExamDialog
from exam_app.gui.shell.settings_dialog import SettingsDialog
from exam_app.gui.shell.unlock import UnlockDialog
from exam_app.services import exams
from exam_app.services.context import Context
from exam_app.services.exams import Exams
from tests.gui.accessible import Role, faults, nodes
from tests.gui.shell.conftest import PASSPHRASE, home_of, specimen, visit
from tests.gui.tab_walk import from_the_first, missed, not_as_read, walk

MakeShell = Callable[[Context], Shell]


def unlock_of(shell: Shell) -> UnlockDialog:
    assert shell.unlock is not None
    return shell.unlock


def test_the_unlock_window_can_be_read_before_and_after_a_wrong_passphrase(
    make_shell: MakeShell, records: Context, qtbot: QtBot
) -> None:
    unlock = unlock_of(make_shell(records))
    assert faults(unlock) == []
    page = unlock.unlock_page
    QTest.keyClicks(page.passphrase, "not the passphrase")
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(page.error.isVisible)
    assert faults(unlock) == []
    assert page.error.text() in {node.name for node in nodes(unlock)}


def test_the_locked_screen_can_be_read_before_and_after_a_wrong_passphrase(
    make_shell: MakeShell, records: Context, qtbot: QtBot
) -> None:
    shell = make_shell(records)
    unlock_of(shell).unlock_page.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(shell.home_shown):
        unlock_of(shell).unlock_page.action.click()
    shell.hide_content()
    locked = shell.lock.dialog
    assert locked is not None
    qtbot.waitUntil(locked.isActiveWindow)
    assert faults(locked) == []
    page = locked.unlock_page
    QTest.keyClicks(page.passphrase, "not the passphrase")
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(page.error.isVisible)
    assert faults(locked) == []
    assert page.error.text() in {node.name for node in nodes(locked)}
    assert "Use the recovery key" not in {node.name for node in nodes(locked)}


def test_the_recovery_page_can_be_read(make_shell: MakeShell, records: Context) -> None:
    unlock = unlock_of(make_shell(records))
    unlock.unlock_page.use_recovery_key.click()
    assert unlock.page is unlock.recover_page
    assert faults(unlock) == []


def test_the_first_start_and_the_recovery_key_can_be_read(
    make_shell: MakeShell, context: Context, qtbot: QtBot
) -> None:
    unlock = unlock_of(make_shell(context))
    assert faults(unlock) == []
    for line in (unlock.first_page.passphrase, unlock.first_page.again):
        QTest.keyClicks(line, PASSPHRASE)
    unlock.first_page.action.click()
    qtbot.waitUntil(lambda: unlock.page is unlock.key_page)
    assert faults(unlock) == []
    assert unlock.key_page.key.text() in {node.value for node in nodes(unlock)}


def test_an_empty_home_can_be_read(light: None, qtbot: QtBot, open_records: Exams) -> None:
    assert faults(home_of(qtbot, open_records)) == []


def test_home_with_examinations_can_be_read_row_by_row(light: None, qtbot: QtBot, open_records: Exams) -> None:
    for name in ("Specimen", "Specimen-Two"):
        open_records.begin(specimen(name), visit(), "screening").close()
    home = home_of(qtbot, open_records)
    assert faults(home) == []
    cells = [node.name for node in nodes(home) if node.role == Role.Cell]
    assert "Specimen, Patient" in cells and "State: Draft" in cells


def test_what_was_left_open_can_be_read(light: None, qtbot: QtBot, context: Context) -> None:
    made, _key = exams.create(context, PASSPHRASE)
    made.begin(specimen(), visit(), "screening")
    made.begin(specimen("Specimen-Two"), visit(), "screening")
    made.close()
    again = exams.unlock(context, PASSPHRASE)
    home = home_of(qtbot, again)
    assert len(home.banners) == 2
    assert faults(home) == []
    home.close()
    again.close()


@pytest.mark.parametrize("name", ["", "Specimen"])
def test_the_new_examination_can_be_read_with_its_faults(
    name: str, light: None, qtbot: QtBot, context: Context, settings: QSettings
) -> None:
    dialog = NewExamDialog(context, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    assert faults(dialog) == []
    born = dialog.inputs["birth_date"]
    QTest.keyClicks(dialog.inputs["family_name"], name)
    QTest.keyClicks(born, "yesterday")
    dialog.submit()
    QApplication.processEvents()
    assert faults(dialog) == []
    assert dialog.errors["birth_date"].text() in {node.name for node in nodes(dialog)}
    assert born.accessibleDescription() == dialog.errors["birth_date"].text()


def test_the_settings_can_be_read_and_walked(light: None, qtbot: QtBot, settings: QSettings) -> None:
    dialog = SettingsDialog(Preferences(settings))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert faults(dialog) == []
    stops = walk()
    assert missed(dialog, [*stops, *walk(backwards=True)]) == []


def test_tab_goes_round_the_unlock_window_as_it_is_read(make_shell: MakeShell, records: Context) -> None:
    unlock = unlock_of(make_shell(records))
    stops = walk()
    assert missed(unlock, stops) == []
    assert stops[-2:] == [unlock.practice_button, unlock.settings_button]  # above all else
    assert not_as_read(from_the_first(stops, stops[-2]), unlock) == []


def test_tab_goes_round_the_new_examination_as_it_is_read(
    light: None, qtbot: QtBot, context: Context, settings: QSettings
) -> None:
    dialog = NewExamDialog(context, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    stops = walk()
    assert missed(dialog, stops) == []
    assert not_as_read(from_the_first(stops, dialog.inputs["family_name"]), dialog) == []


def test_tab_goes_round_home_past_every_control(light: None, qtbot: QtBot, open_records: Exams) -> None:
    open_records.begin(specimen(), visit(), "screening").close()
    home = home_of(qtbot, open_records)
    assert missed(home, walk()) == []


def test_a_message_can_be_read(light: None, qtbot: QtBot) -> None:
    box = show_error(None, UserError("file_missing", file="specimen.json"))
    qtbot.waitUntil(box.isVisible)
    assert faults(box) == []
    assert box.text() in {node.name for node in nodes(box)}
    box.close()

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from exam_app.gui.parts import clipboard
from exam_app.gui.shell.app import Shell
from exam_app.gui.shell.unlock import UnlockDialog
from exam_app.services import exams
from exam_app.services.context import Context
from tests.architecture.house import ROOT
from tests.gui.shell.conftest import PASSPHRASE, focused

MakeShell = Callable[[Context], Shell]


def dialog_of(shell: Shell) -> UnlockDialog:
    assert shell.unlock is not None
    return shell.unlock


def type_passphrase(qtbot: QtBot, dialog: UnlockDialog, passphrase: str) -> None:
    QTest.keyClicks(dialog.unlock_page.passphrase, passphrase)
    QTest.keyClick(dialog.unlock_page.passphrase, Qt.Key.Key_Return)


def test_the_first_window_is_painted_before_anything_heavy_is_loaded(records: Context) -> None:
    program = (
        "import sys\n"
        "from PySide6.QtCore import QSettings\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from exam_app.gui.shell import app\n"
        "from exam_app.services.context import Context\n"
        "application = QApplication([])\n"
        "shell = app.Shell(Context(), QSettings())\n"
        "shell.crashes.install()\n"
        "heavy = ('pydantic', 'yaml', 'reportlab', 'pikepdf', 'PIL', 'sqlcipher3', 'cryptography')\n"
        "def look():\n"
        "    print([name for name in heavy if name in sys.modules], shell.unlock.page is shell.unlock.unlock_page)\n"
        "    application.quit()\n"
        "app.Shell._load_the_rest = lambda self: look()\n"
        "shell.start()\n"
        "application.exec()\n"
        "shell.close()\n"
    )
    environment = os.environ | {"EXAM_APP_DATA": str(records.data_folder)}
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.stdout.strip() == "[] True", result.stderr


def test_importing_the_windows_keeps_no_source_in_memory() -> None:
    program = (
        "import linecache\n"
        "from exam_app.gui.exam import exam_window\n"
        "from exam_app.gui.shell import app\n"
        "print([name for name in linecache.cache if 'exam_app' in name or 'pydantic' in name])\n"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stdout.strip() == "[]", result.stderr


def test_the_right_passphrase_leads_home(make_shell: MakeShell, records: Context, qtbot: QtBot) -> None:
    shell = make_shell(records)
    dialog = dialog_of(shell)
    assert dialog.page is dialog.unlock_page
    with qtbot.waitSignal(shell.home_shown):
        type_passphrase(qtbot, dialog, PASSPHRASE)
    assert shell.home is not None
    assert shell.home.isVisible()
    assert shell.unlock is None


def test_a_wrong_passphrase_is_a_sentence_and_the_field_is_selected(
    make_shell: MakeShell, records: Context, qtbot: QtBot
) -> None:
    dialog = dialog_of(make_shell(records))
    page = dialog.unlock_page
    type_passphrase(qtbot, dialog, "not the passphrase")
    qtbot.waitUntil(page.error.isVisible)
    assert page.error.text().startswith("The passphrase is not right.")
    assert page.passphrase.hasFocus()
    assert page.passphrase.selectedText() != ""
    assert page.action.isEnabled()
    assert dialog.isVisible()


def test_the_window_answers_while_the_key_is_derived(make_shell: MakeShell, records: Context, qtbot: QtBot) -> None:
    shell = make_shell(records)
    dialog = dialog_of(shell)
    may_go_on, ticked = threading.Event(), []
    unlock = dialog._unlock_with

    def slow_unlock(passphrase: str) -> object:
        assert may_go_on.wait(60)
        return unlock(passphrase)

    dialog._unlock_with = slow_unlock

    def tick() -> None:
        ticked.append(dialog.unlock_page.action.isEnabled())
        may_go_on.set()

    QTimer.singleShot(0, tick)
    with qtbot.waitSignal(shell.home_shown):
        type_passphrase(qtbot, dialog, PASSPHRASE)
        assert shell.jobs.busy
        QTest.keyClick(dialog.unlock_page.passphrase, Qt.Key.Key_Return)  # a second Enter starts nothing
    assert ticked == [False]


def test_a_window_closed_while_the_key_is_derived_lets_go_of_the_records(
    make_shell: MakeShell, records: Context, qtbot: QtBot
) -> None:
    shell = make_shell(records)
    dialog = dialog_of(shell)
    type_passphrase(qtbot, dialog, PASSPHRASE)
    dialog.close()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    exams.unlock(records, PASSPHRASE).close()


def test_the_first_start_says_what_is_at_stake_and_shows_the_recovery_key_once(
    make_shell: MakeShell, context: Context, qtbot: QtBot
) -> None:
    shell = make_shell(context)
    dialog = dialog_of(shell)
    page = dialog.first_page
    assert dialog.page is page
    words = " ".join(label.text() for label in page.findChildren(type(page.error)))
    assert "the records are gone" in words
    QTest.keyClicks(page.passphrase, PASSPHRASE)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Tab)
    QTest.keyClicks(focused(), PASSPHRASE)
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.page is dialog.key_page)

    recovery_key = dialog.key_page.key.text()
    assert len(recovery_key.split("-")) == 7
    assert not dialog.key_page.action.isEnabled()
    dialog.close()
    assert dialog.isVisible(), "the key would never be seen again"
    QTest.mouseClick(dialog.key_page.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == recovery_key
    assert dialog.key_page.copy.text() == "Copied for 60 s"
    clipboard.clear_if_ours()
    QTest.keyClick(dialog.key_page.written_down, Qt.Key.Key_Space)
    with qtbot.waitSignal(shell.home_shown):
        QTest.mouseClick(dialog.key_page.action, Qt.MouseButton.LeftButton)
    assert shell.exams is not None
    shell.close()
    exams.unlock_with_recovery_key(context, recovery_key, "another good passphrase").close()


def test_two_different_passphrases_set_nothing_up(make_shell: MakeShell, context: Context, qtbot: QtBot) -> None:
    dialog = dialog_of(make_shell(context))
    page = dialog.first_page
    QTest.keyClicks(page.passphrase, PASSPHRASE)
    QTest.keyClicks(page.again, PASSPHRASE + "r")
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    assert page.error.text() == "The two passphrases differ. Type the second one again."
    assert page.again.hasFocus()
    assert context.is_first_start


def test_a_short_passphrase_is_refused_with_a_sentence(make_shell: MakeShell, context: Context, qtbot: QtBot) -> None:
    dialog = dialog_of(make_shell(context))
    page = dialog.first_page
    for field in (page.passphrase, page.again):
        QTest.keyClicks(field, "short")
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    qtbot.waitUntil(page.error.isVisible)
    assert "8 characters" in page.error.text()
    assert context.is_first_start


def test_the_recovery_key_opens_the_records_under_a_new_passphrase(
    make_shell: MakeShell, context: Context, qtbot: QtBot
) -> None:
    made, recovery_key = exams.create(context, PASSPHRASE)
    made.close()
    shell = make_shell(context)
    dialog = dialog_of(shell)
    QTest.mouseClick(dialog.unlock_page.use_recovery_key, Qt.MouseButton.LeftButton)
    page = dialog.recover_page
    assert page.recovery_key is not None
    assert page.recovery_key.hasFocus()
    QTest.keyClicks(page.recovery_key, "AAAA-BBBB")
    for field in (page.passphrase, page.again):
        QTest.keyClicks(field, "a fresh passphrase")
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    qtbot.waitUntil(page.error.isVisible)
    assert page.error.text().startswith("The recovery key contains a typing error.")
    assert page.recovery_key.hasFocus()

    QTest.keyClicks(page.recovery_key, recovery_key.lower().replace("-", " "))
    with qtbot.waitSignal(shell.home_shown):
        QTest.keyClick(page.again, Qt.Key.Key_Return)
    shell.close()
    exams.unlock(context, "a fresh passphrase").close()


def test_records_open_elsewhere_are_a_sentence(make_shell: MakeShell, records: Context, qtbot: QtBot) -> None:
    elsewhere = exams.unlock(records, PASSPHRASE)
    try:
        dialog = dialog_of(make_shell(records))
        type_passphrase(qtbot, dialog, PASSPHRASE)
        qtbot.waitUntil(dialog.unlock_page.error.isVisible)
        assert dialog.unlock_page.error.text().startswith("The records are already open")
    finally:
        elsewhere.close()

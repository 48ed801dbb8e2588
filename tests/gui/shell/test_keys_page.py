"""The keys page of the settings, worked by keys alone: what is set is in use at once, what cannot be is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.parts.key_map import DEFAULT_KEYS, with_changes
from exam_app.gui.parts.preferences import Preferences
from exam_app.gui.shell.app import Shell
from exam_app.gui.shell.keys_page import KeysPage
from exam_app.gui.shell.settings_dialog import SettingsDialog
from exam_app.services.context import Context
from tests.gui.shell.conftest import focused, specimen, unlocked, visit

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(settings: QSettings, qtbot: QtBot) -> Iterator[KeysPage]:
    """The page in the dialog, with the focus in its list."""
    preferences = Preferences(settings)
    dialog = SettingsDialog(preferences)
    made = KeysPage(preferences)
    dialog.add_page("Keys", made)
    dialog.tabs.setCurrentIndex(1)
    with qtbot.waitActive(dialog):
        dialog.open()
    made.list.setFocus()
    yield made
    dialog.close()
    dialog.deleteLater()


def choose(page: KeysPage, command: str) -> None:
    """With the arrow down to a command."""
    for _step in range(page.list.topLevelItemCount()):
        if page.command == command:
            return
        QTest.keyClick(focused(), Qt.Key.Key_Down)
    raise AssertionError(command)


def stored(settings: QSettings) -> dict[str, tuple[str, ...]]:
    return dict(Preferences(settings).keys)


def test_a_key_is_set_by_pressing_it_and_kept_at_once(page: KeysPage, settings: QSettings) -> None:
    choose(page, "next_gap")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is page.catcher
    assert "Press the new key for “next gap" in page.catcher.accessibleName()
    QTest.keyClick(focused(), Qt.Key.Key_Shift, SHIFT)
    assert focused() is page.catcher, "a modifier alone is no key"
    QTest.keyClick(focused(), Qt.Key.Key_J, CTRL)
    assert focused() is page.list and page.command == "next_gap"
    assert stored(settings) == {"next_gap": ("Ctrl+J",)}


def test_escape_leaves_the_key_as_it_is(page: KeysPage, settings: QSettings) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is page.list
    assert page.keys == DEFAULT_KEYS and not stored(settings)
    assert page.window().isVisible(), "the dialog stays"


def test_a_conflict_is_said_beside_both_rows_and_not_kept_until_it_is_solved(
    page: KeysPage, settings: QSettings
) -> None:
    choose(page, "next_gap")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    QTest.keyClick(focused(), Qt.Key.Key_N)
    assert page.remark("next_gap").startswith("also the key for “assert the rest of the section normal")
    assert page.remark("rest_normal").startswith("also the key for “next gap")
    assert "Not kept" in page.said.text() and not stored(settings)
    choose_again = page.list.model().index(0, 0)
    page.list.setCurrentIndex(choose_again)
    assert page.command == "rest_normal"
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    assert not page.remark("next_gap") and not page.said.text()
    assert stored(settings) == {"rest_normal": (), "next_gap": ("N",)}


@pytest.mark.parametrize(
    ("key", "modifiers", "said"),
    [
        (Qt.Key.Key_4, Qt.KeyboardModifier.NoModifier, "4 answers cells"),
        (Qt.Key.Key_Plus, SHIFT, "+ answers cells"),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, "Down moves in the grid"),
    ],
)
def test_a_key_that_answers_or_moves_is_refused_in_a_sentence_beside_the_row(
    page: KeysPage, settings: QSettings, key: Qt.Key, modifiers: Qt.KeyboardModifier, said: str
) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    QTest.keyClick(focused(), key, modifiers)
    assert page.remark("rest_normal").startswith(said)
    assert page.keys == DEFAULT_KEYS and not stored(settings)


def test_one_or_all_keys_go_back_to_what_was_delivered(page: KeysPage, settings: QSettings) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    choose(page, "next_gap")
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    assert stored(settings) == {"rest_normal": (), "next_gap": ()}
    page.reset_button.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert stored(settings) == {"rest_normal": ()}
    page.reset_all_button.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert not stored(settings) and page.keys == DEFAULT_KEYS


def test_every_row_says_its_command_its_key_and_its_remark(page: KeysPage) -> None:
    said = [
        page.list.model().index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for at in range(page.list.topLevelItemCount())
    ]
    assert "next gap, core items first, G" in said
    assert len(said) == len(DEFAULT_KEYS) - 1, "every command but the one that keeps its key"


def test_a_key_set_in_the_settings_works_in_the_examination_that_is_open(
    records: Context, make_shell: Callable[[Context], Shell], qtbot: QtBot
) -> None:
    shell = unlocked(make_shell(records), qtbot)
    shell._begin(specimen(), visit(), "full")
    window = shell.exam
    assert isinstance(window, ExamWindow)
    qtbot.waitUntil(window.isActiveWindow)
    shell.preferences.set_keys({"rest_normal": ("F5",)})
    QTest.keyClick(focused(), Qt.Key.Key_N)
    assert not window.bridge.record.findings
    QTest.keyClick(focused(), Qt.Key.Key_F5)
    assert window.bridge.record.findings


def test_bad_stored_keys_are_told_once_left_stored_and_those_delivered_are_in_use(
    records: Context, make_shell: Callable[[Context], Shell], settings: QSettings, qtbot: QtBot
) -> None:
    bad = {"rest_normal": ("4",), "make_tea": ("F9",)}
    Preferences(settings).set_keys(bad)
    shell = unlocked(make_shell(records), qtbot)
    box = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible())
    assert all(fault in box.text() for fault in with_changes(bad)[1])
    box.accept()
    shell._begin(specimen(), visit(), "full")
    window = shell.exam
    assert isinstance(window, ExamWindow)
    qtbot.waitUntil(window.isActiveWindow)
    assert window.keys.map == DEFAULT_KEYS
    assert stored(settings) == bad, "nothing is lost"

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.parts.preferences import USUAL_PANEL, Preferences, SidePanelState
from exam_app.gui.parts.theme import DARK, HIGH_LIGHT, LIGHT, Look, theme
from exam_app.gui.shell.app import Shell
from exam_app.gui.shell.settings_dialog import SettingsDialog
from exam_app.services.context import Context
from tests.gui.shell.conftest import focused, specimen, unlocked, visit


def opened(shell: Shell, qtbot: QtBot) -> SettingsDialog:
    QTest.keyClick(focused(), Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = shell.dialog
    assert isinstance(dialog, SettingsDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def press(key: str) -> None:
    QTest.keyClicks(focused(), key)


def examining(shell: Shell, qtbot: QtBot) -> ExamWindow:
    """A new examination in a window that has room for everything."""
    unlocked(shell, qtbot)._begin(specimen(), visit(), "full")
    assert isinstance(shell.exam, ExamWindow)
    shell.exam.resize(1366, 768)
    qtbot.waitUntil(shell.exam.isActiveWindow)
    return shell.exam


def test_text_size_and_colours_can_be_chosen_by_keys_before_unlocking_and_show_at_once(
    records: Context, make_shell: Callable[[Context], Shell], settings: QSettings, qtbot: QtBot
) -> None:
    shell = make_shell(records)
    assert shell.unlock is not None
    before = focused()
    dialog = opened(shell, qtbot)
    press("3")
    assert theme().palette is DARK
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    press("5")
    assert theme().scale == 2.0
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert theme().touch
    assert dialog.tabs.count() == 1
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert Preferences(settings).look == Look("dark", 200, touch=True)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is before)


def test_from_home_and_from_the_examination_the_focus_comes_back_to_where_it_was(
    records: Context, make_shell: Callable[[Context], Shell], qtbot: QtBot
) -> None:
    shell = unlocked(make_shell(records), qtbot)
    assert shell.home is not None
    before = focused()
    opened(shell, qtbot)
    press("4")
    assert theme().palette is HIGH_LIGHT
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is before)
    shell._begin(specimen(), visit(), "full")
    assert shell.exam is not None
    qtbot.waitUntil(shell.exam.isActiveWindow)
    cell = focused()
    opened(shell, qtbot)
    press("2")
    assert theme().palette is LIGHT
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is cell)


def test_the_window_is_where_it_was_at_the_next_start_and_from_window_to_window(
    records: Context, make_shell: Callable[[Context], Shell], settings: QSettings, qtbot: QtBot
) -> None:
    shell = unlocked(make_shell(records), qtbot)
    assert shell.home is not None
    shell.home.setGeometry(40, 50, 1280, 720)
    shell._begin(specimen(), visit(), "full")
    exam = shell.exam
    assert exam is not None and exam.geometry() == shell.home.geometry()
    exam.setGeometry(20, 30, 1300, 730)
    exam.close()
    assert shell.home.geometry() == exam.geometry()
    shell.home.close()
    assert settings.contains("window/geometry")


def test_a_window_is_put_where_the_last_one_was(settings: QSettings, qtbot: QtBot) -> None:
    first, again = QMainWindow(), QMainWindow()
    for window in (first, again):
        qtbot.addWidget(window)
    preferences = Preferences(settings)
    assert not preferences.place(again)
    first.setGeometry(40, 50, 600, 400)
    preferences.keep_place(first)
    assert preferences.place(again)
    assert again.geometry() == first.geometry()


def test_the_side_panel_is_as_it_was_left_at_the_next_start(
    records: Context, make_shell: Callable[[Context], Shell], qtbot: QtBot
) -> None:
    shell = make_shell(records)
    first = examining(shell, qtbot)
    assert first.side_panel.isVisible() and first.side_panel.how_to_test.isVisible()
    first.side_panel.tabs.setCurrentWidget(first.side_panel.note)
    QTest.keyClick(first.side_panel.edge, Qt.Key.Key_Left)
    wide = first.side_panel.width()
    QTest.keyClick(focused(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not first.side_panel.isVisible()
    shell.close()
    again = examining(make_shell(records), qtbot)
    assert not again.side_panel.isVisible()
    cell = focused()
    QTest.keyClick(cell, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert again.side_panel.note.isVisible()
    assert again.side_panel.width() == wide > USUAL_PANEL
    assert focused() is cell


def test_the_review_brings_the_note_into_sight_and_that_is_not_kept(
    records: Context, make_shell: Callable[[Context], Shell], qtbot: QtBot
) -> None:
    shell = make_shell(records)
    window = examining(shell, qtbot)
    window.show_page("review")
    assert window.side_panel.note.isVisible()
    assert shell.preferences.side_panel == SidePanelState()


def test_a_hidden_side_panel_gives_the_focus_back_to_the_grid(
    records: Context, make_shell: Callable[[Context], Shell], qtbot: QtBot
) -> None:
    window = examining(make_shell(records), qtbot)
    cell = focused()
    QTest.keyClick(cell, Qt.Key.Key_F1)
    QTest.keyClick(focused(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert focused() is cell and not window.side_panel.isVisible()


def test_where_large_text_leaves_no_room_the_side_panel_is_shown_while_it_has_the_focus(
    records: Context, make_shell: Callable[[Context], Shell], qtbot: QtBot
) -> None:
    window = examining(make_shell(records), qtbot)
    theme().show(LIGHT, 2.0)
    assert not window.side_panel.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert window.side_panel.isVisible() and window.side_panel.isAncestorOf(focused())
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not window.side_panel.isVisible()


def test_the_settings_name_nobody(
    records: Context, make_shell: Callable[[Context], Shell], settings: QSettings, qtbot: QtBot
) -> None:
    shell = unlocked(make_shell(records), qtbot)
    shell._begin(specimen(), visit(), "full")
    assert shell.exam is not None and shell.home is not None
    shell.preferences.set_look(Look("dark", 125, touch=True))
    shell.exam.close()
    shell.home.close()
    settings.sync()
    kept = Path(settings.fileName()).read_text(encoding="utf-8").lower()
    assert "text_size=125" in kept
    assert "specimen" not in kept and "0041187" not in kept


def test_every_window_fits_a_screen_of_1280_by_720(
    records: Context, make_shell: Callable[[Context], Shell], qtbot: QtBot
) -> None:
    shell = unlocked(make_shell(records), qtbot)
    shell._begin(specimen(), visit(), "full")
    for window in (shell.home, shell.exam):
        assert window is not None
        window.resize(1280, 720)
        assert (window.width(), window.height()) == (1280, 720)
        least = window.minimumSizeHint().expandedTo(window.minimumSize())
        assert least.width() <= 1280 and least.height() <= 720

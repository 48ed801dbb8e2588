"""What keys do with a finding the mouse can do too: the menu of a cell, by its second button or the key for menus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from exam_app.core.record.record import NotExamined
from exam_app.gui.exam.exam_window import ExamWindow
from tests.gui.exam.conftest import cell
from tests.gui.typist import SHIFT, Typist

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""Painted in memory, no menu is brought before other windows and none takes the keyboard."""


def menu_of(window: ExamWindow, address: str, qtbot: QtBot) -> QMenu:
    """Ask for the menu of a cell with the mouse."""
    target = cell(window, address)
    place = target.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, target.mapToGlobal(place))
    QApplication.sendEvent(target, event)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, words: str) -> None:
    """Click a line of the menu."""
    line = next(action for action in menu.actions() if action.text().startswith(words))
    assert line.isEnabled(), words
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(line).center())
    QApplication.processEvents()


def can_be_chosen(menu: QMenu) -> set[str]:
    """The lines that do something now."""
    return {action.text().split("\t")[0] for action in menu.actions() if action.isEnabled() and action.text()}


def test_a_reason_is_given_with_the_mouse_alone(window: ExamWindow, qtbot: QtBot) -> None:
    window.show_page("strength")
    choose(menu_of(window, "strength.triceps.R", qtbot), "Not examined or unable")
    reason = next(made for made in window.panels.reasons.findChildren(QPushButton) if made.text() == "no time")
    QTest.mouseClick(reason, Qt.MouseButton.LeftButton)
    found = window.bridge.finding("strength.triceps.R")
    assert isinstance(found, NotExamined) and found.reason == "time"


def test_a_finding_is_cleared_and_brought_back_with_the_mouse_alone(
    window: ExamWindow, typist: Typist, qtbot: QtBot
) -> None:
    window.go_to("strength.triceps.R")
    typist.type("4")
    choose(menu_of(window, "strength.triceps.R", qtbot), "Back to not yet examined")
    assert window.bridge.finding("strength.triceps.R") is None
    choose(menu_of(window, "strength.triceps.R", qtbot), "Undo")
    assert window.bridge.finding("strength.triceps.R") is not None


def test_the_menu_takes_the_focus_to_its_cell_and_leaves_a_selection_together(
    window: ExamWindow, typist: Typist, qtbot: QtBot
) -> None:
    window.go_to("strength.triceps.R")
    menu_of(window, "strength.fdi.L", qtbot).close()
    assert typist.address == "strength.fdi.L"
    window.go_to("strength.triceps.R")
    typist.press(Qt.Key.Key_Down, SHIFT)
    selected = window.current_addresses()
    assert len(selected) == 2
    menu_of(window, selected[0], qtbot).close()
    assert window.current_addresses() == selected


def test_what_a_cell_does_not_allow_cannot_be_chosen(window: ExamWindow, qtbot: QtBot) -> None:
    window.show_page("reflexes")
    menu = menu_of(window, "reflexes.jaw", qtbot)
    assert can_be_chosen(menu) == {"Not examined or unable\u2026"}
    menu.close()
    menu = menu_of(window, "reflexes.knee.R", qtbot)
    assert can_be_chosen(menu) == {"Not examined or unable\u2026", "Same as the other side"}
    menu.close()


def test_every_line_names_the_key_that_does_the_same(window: ExamWindow, qtbot: QtBot) -> None:
    window.show_page("strength")
    menu = menu_of(window, "strength.triceps.R", qtbot)
    caps = {action.text().split("\t")[0]: action.text().split("\t")[1] for action in menu.actions() if action.text()}
    assert caps["Not examined or unable\u2026"] == "X" and caps["Undo"] == window.keys.cap("undo")
    menu.close()

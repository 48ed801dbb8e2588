"""The panel at the right is made wider and narrower at its edge, by mouse and by keys, and never cuts the section."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.parts.focus import tab_stops
from exam_app.gui.parts.preferences import LEAST_PANEL, MOST_PANEL, USUAL_PANEL, SidePanelState
from exam_app.gui.parts.theme import LIGHT, theme
from tests.gui.clipping import faults_of
from tests.gui.screens import settle

LEFT, RIGHT, ENTER = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
    settle()


def drag(window: ExamWindow, by: int) -> None:
    """The edge is held in its middle, taken so many pixels to the right, and let go."""
    edge = window.side_panel.edge
    here = edge.rect().center()
    start = edge.mapToGlobal(here)
    QTest.mousePress(edge, Qt.MouseButton.LeftButton, pos=here)
    for part in (by // 3, by // 2, by):
        QTest.mouseMove(edge, edge.mapFromGlobal(start + QPoint(part, 0)))
        settle()
    QTest.mouseRelease(edge, Qt.MouseButton.LeftButton, pos=edge.mapFromGlobal(start + QPoint(by, 0)))
    settle()


@pytest.fixture
def kept(window: ExamWindow) -> list[SidePanelState]:
    """What the panel tells to be remembered."""
    told: list[SidePanelState] = []
    window.side_panel.arranged.connect(told.append)
    settle()
    return told


def test_the_edge_follows_the_hand_and_its_place_is_told_once(window: ExamWindow, kept: list[SidePanelState]) -> None:
    drag(window, -60)
    assert window.side_panel.width() == USUAL_PANEL + 60
    assert kept == [SidePanelState(width=USUAL_PANEL + 60)]


def test_the_arrows_move_the_edge_and_enter_gives_the_usual_width(
    window: ExamWindow, kept: list[SidePanelState]
) -> None:
    edge = window.side_panel.edge
    assert edge in tab_stops(window.side_panel)
    edge.setFocus(Qt.FocusReason.TabFocusReason)
    press(LEFT, LEFT)
    assert window.side_panel.width() == USUAL_PANEL + 48
    assert (edge.spoken().role, edge.spoken().value) == (QAccessible.Role.Splitter, f"{USUAL_PANEL + 48} pixels")
    press(RIGHT, RIGHT, RIGHT)
    assert window.side_panel.width() == USUAL_PANEL - 24
    press(ENTER)
    assert window.side_panel.width() == USUAL_PANEL
    assert kept[-1] == SidePanelState()


def test_the_panel_is_never_too_narrow_to_read_nor_so_wide_that_the_section_has_no_room(
    window: ExamWindow, kept: list[SidePanelState]
) -> None:
    drag(window, 400)
    assert window.side_panel.width() == LEAST_PANEL
    drag(window, -900)
    assert USUAL_PANEL < window.side_panel.width() < MOST_PANEL
    assert window.pages.width() >= 590
    window.resize(1920, 1080)
    drag(window, -900)
    assert window.side_panel.width() == MOST_PANEL


def test_in_a_smaller_window_the_panel_gives_way_and_comes_back(window: ExamWindow) -> None:
    window.resize(1920, 1080)
    window.side_panel.arrange(SidePanelState(width=MOST_PANEL))
    settle()
    assert window.side_panel.width() == MOST_PANEL
    window.resize(1366, 768)
    settle()
    assert window.side_panel.width() < MOST_PANEL
    window.resize(1920, 1080)
    settle()
    assert window.side_panel.width() == MOST_PANEL


@pytest.mark.parametrize("width", [LEAST_PANEL, MOST_PANEL])
@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
def test_no_section_is_cut_beside_the_widest_and_the_narrowest_panel(
    window: ExamWindow, qtbot: QtBot, width: int, scale: float
) -> None:
    theme().show(LIGHT, scale)
    window.side_panel.arrange(SidePanelState(width=width))
    for section in window.bridge.form.sections:
        window.show_page(section.id)
        settle()
        assert faults_of(window) == [], section.id
        window.side_panel.show()  # with large text it is there only while it is used
        window.side_panel.enter_how_to_test()
        qtbot.waitUntil(lambda: faults_of(window) == [])
        window.focus_grid()
    window.side_panel.show()
    window.side_panel.enter_second()
    settle()
    assert faults_of(window) == []

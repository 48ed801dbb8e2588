"""What must stay in sight: the focused line, R and L above the columns, and which section still waits for an answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from exam_app.gui.exam_window import ExamWindow
from exam_app.gui.grid_rows import HeaderLine
from exam_app.gui.progress import next_section_with_gap
from tests.gui.typist import Typist


def port_of(window: ExamWindow, section_id: str) -> QWidget:
    """The part of a section that can be scrolled."""
    view = window.view_of(section_id)
    (area,) = (each for each in view.findChildren(QScrollArea) if each.isAncestorOf(view.grid))
    return area.viewport()


def is_in_sight(window: ExamWindow, address: str) -> bool:
    """Whether the whole cell of an address lies inside the part of the section that is shown."""
    view = window.view_of(address.partition(".")[0])
    cell = view.grid.cells[address]
    port = port_of(window, view.section.id)
    top = cell.mapTo(port, QPoint(0, 0)).y()
    return top >= 0 and top + cell.height() <= port.height()


def test_the_focused_line_stays_in_sight_when_the_dock_grows(window: ExamWindow, typist: Typist, qtbot: QtBot) -> None:
    window.resize(1280, 720)
    typist.go_to_section("sensation")
    for address in ("sensation.vibration_hallux.R", "sensation.pattern", "sensation.light_touch_C5.R"):
        window.go_to(address)
        qtbot.waitUntil(partial(is_in_sight, window, address))


def heads_in_sight(window: ExamWindow) -> list[HeaderLine]:
    """The heads of columns that can be seen at the upper edge or below it."""
    port = port_of(window, window.page)
    return [
        head
        for head in port.findChildren(HeaderLine)
        if head.isVisible() and 0 <= head.mapTo(port, QPoint(0, 0)).y() < port.height()
    ]


def test_right_and_left_stand_above_the_columns_wherever_a_section_is_scrolled(
    window: ExamWindow, typist: Typist, qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    typist.go_to_section("sensation")
    for address in ("sensation.light_touch_C5.R", "sensation.pinprick_L5.L", "sensation.joint_position_hallux.R"):
        window.go_to(address)
        qtbot.waitUntil(lambda: bool(heads_in_sight(window)))


def test_a_list_with_nothing_to_enter_is_no_gap(window: ExamWindow, typist: Typist) -> None:
    assert next_section_with_gap(window.bridge.form, window.bridge.record, "gait") == "movements"
    typist.go_to_section("movements")
    window.go_to("movements.observation")
    typist.type("1")
    counts = window.progress.of("movements")
    assert (counts.done, counts.shown) == (1, 1)
    assert next_section_with_gap(window.bridge.form, window.bridge.record, "gait") == "tone"

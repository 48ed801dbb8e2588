"""What must stay in sight: the focused line, R and L above the columns, and which section still waits for an answer."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.progress import next_section_with_gap
from exam_app.gui.grid.grid_rows import HeaderLine
from exam_app.gui.parts.theme import LIGHT, theme
from tests.gui.screens import settle
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


def test_the_focused_line_stays_in_sight_when_there_is_less_room(
    window: ExamWindow, typist: Typist, qtbot: QtBot
) -> None:
    window.resize(1366, 1080)
    typist.go_to_section("strength")
    window.go_to("strength.gastrocnemius_soleus.L")
    qtbot.waitUntil(partial(is_in_sight, window, "strength.gastrocnemius_soleus.L"))
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: window.height() == 720)
    qtbot.waitUntil(partial(is_in_sight, window, "strength.gastrocnemius_soleus.L"))


def has_a_head_above(window: ExamWindow, address: str) -> bool:
    """Whether a head of columns can be seen above the cell of an address."""
    port = port_of(window, window.page)
    cell = window.view_of(window.page).grid.cells[address].mapTo(port, QPoint(0, 0)).y()
    heads = (head for head in port.findChildren(HeaderLine) if head.isVisible())
    return any(0 <= head.mapTo(port, QPoint(0, 0)).y() < cell for head in heads)


def test_right_and_left_stand_above_the_columns_wherever_a_section_is_scrolled(
    window: ExamWindow, typist: Typist, qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    typist.go_to_section("sensation")
    for address in ("sensation.light_touch_C5.R", "sensation.pinprick_L5.L", "sensation.joint_position_hallux.R"):
        window.go_to(address)
        qtbot.waitUntil(partial(has_a_head_above, window, address))
        assert is_in_sight(window, address)


def test_a_list_with_nothing_to_enter_is_no_gap(window: ExamWindow, typist: Typist) -> None:
    assert next_section_with_gap(window.bridge.form, window.bridge.record, "gait") == "movements"
    typist.go_to_section("movements")
    window.go_to("movements.observation")
    typist.type("1")
    counts = window.progress.of("movements")
    assert (counts.done, counts.shown) == (1, 1)
    assert next_section_with_gap(window.bridge.form, window.bridge.record, "gait") == "alert"


def test_the_rows_of_the_rail_are_even_at_the_usual_text_size(window: ExamWindow) -> None:
    assert len({entry.sizeHint().height() for entry in window.rail.entries.values()}) == 1


def test_bars_and_panels_follow_a_change_of_text_size(window: ExamWindow) -> None:
    parts = (window.top_bar, window.bottom_bar)
    before = [part.height() for part in parts]
    theme().show(LIGHT, 2.0)
    assert all(part.minimumHeight() > height for part, height in zip(parts, before, strict=True))
    assert not window.side_panel.isVisible()
    theme().show(LIGHT)
    assert [part.minimumHeight() for part in parts] == before
    assert window.side_panel.isVisible()


def test_f1_brings_how_to_test_into_sight_where_large_text_leaves_no_room_for_it(
    window: ExamWindow, typist: Typist
) -> None:
    theme().show(LIGHT, 2.0)
    typist.press(Qt.Key.Key_F1)
    assert window.side_panel.how_to_test.isVisible()
    typist.press(Qt.Key.Key_Escape)
    assert not window.side_panel.isVisible()
    theme().show(LIGHT)


@pytest.mark.parametrize("size", [(1280, 800), (1366, 768)])
def test_with_the_largest_text_the_dock_leaves_five_rows_of_strength_in_sight(
    size: tuple[int, int], window: ExamWindow, qtbot: QtBot
) -> None:
    theme().show(LIGHT, 2.0)
    window.resize(*size)
    window.go_to("strength.triceps.R")
    cells = window.view_of("strength").grid.cells.values()

    def whole() -> int:
        shown = (each for each in cells if each.side == "R" and each.isVisible())
        return sum(is_in_sight(window, each.address) for each in shown)

    qtbot.waitUntil(lambda: whole() >= 5)
    theme().show(LIGHT)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_at_no_place_of_a_long_table_do_rows_stand_under_the_columns_of_another(
    window: ExamWindow, scale: float
) -> None:
    theme().show(LIGHT, scale)
    window.show_page("sensation")
    view = window.view_of("sensation")
    view.toggle_fold()
    settle()
    area = next(each for each in view.findChildren(QScrollArea) if each.isAncestorOf(view.grid))
    bar, viewport = area.verticalScrollBar(), area.viewport()
    staying = viewport.findChildren(HeaderLine, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert len(view.grid.heads) > 1 and len(staying) == len(view.grid.heads)
    for place in range(0, bar.maximum(), 9):
        bar.setValue(place)
        edge = max((each.geometry().bottom() for each in staying if each.isVisible()), default=-1)
        tops = [each.mapTo(viewport, QPoint(0, 0)).y() for each in view.grid.heads if each.isVisible()]
        assert [top for top in tops if 0 <= top < edge] == [], place
    theme().show(LIGHT)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("section", ["strength", "sensation"])
def test_on_the_way_through_a_section_by_arrows_no_line_is_cut_by_the_head_that_stays(
    window: ExamWindow, typist: Typist, section: str, scale: float
) -> None:
    theme().show(LIGHT, scale)
    window.show_page(section)
    settle()
    port = port_of(window, section)
    view = window.view_of(section)
    bar = next(each for each in view.findChildren(QScrollArea) if each.viewport() is port).verticalScrollBar()
    cut: list[str] = []
    for key in [Qt.Key.Key_Down] * 34 + [Qt.Key.Key_Up] * 34:
        typist.press(key)
        assert typist.address is None or is_in_sight(window, typist.address)
        if bar.value() == bar.maximum():
            continue  # at the end it goes no further
        staying = port.findChildren(HeaderLine, options=Qt.FindChildOption.FindDirectChildrenOnly)
        edge = max((each.geometry().bottom() + 1 for each in staying if each.isVisible()), default=0)
        for line in view.grid.lines():
            top = line.mapTo(port, QPoint(0, 0)).y()
            if top < edge < top + line.height() - 1:
                cut.append(f"{line.accessibleName()} by {edge - top} at {typist.address}")
    assert cut == []
    theme().show(LIGHT)

"""The focus in the examination screen: always visible, in the order one reads, never trapped, given back."""

from __future__ import annotations

from collections.abc import Callable
from operator import ne

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.record.record import AssertedNormal
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.grid.grid_moves import Moves
from exam_app.gui.parts.focus import tab_stops
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.parts.theme import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Palette, theme
from exam_app.gui.parts.widgets import Segment
from tests.gui.maps.conftest import WIDE
from tests.gui.screens.examination import (
    PANELS,
    STATES,
    error,
    press,
    report_screens,
    review,
    section,
    state_screens,
)
from tests.gui.tab_walk import from_the_first, missed, not_as_read, walk

SEEN = 60
"""So many pixels, at least, look different with the focus."""


def focused() -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None
    return here


def height_in_window(widget: QWidget) -> tuple[int, int]:
    place = widget.mapTo(widget.window(), QPoint(0, 0))
    return place.y(), place.x()


def both_ways(window: ExamWindow) -> list[QWidget]:
    """What Tab and Shift+Tab reach from where the focus is, with the field below a cell that the cell itself answers:
    Tab passes it, and Shift+Tab does where the movements had the focus before and the dock was away."""
    editor = window.dock.editor
    main = editor.group.main if isinstance(editor, GroupEditor) else None
    answered = tab_stops(editor.row(main).editor) if isinstance(editor, GroupEditor) and main is not None else []
    return list(dict.fromkeys([*walk(), *walk(backwards=True), *answered]))


# Order ---------------------------------------------------------------------------------------------------------------


def test_tab_goes_round_every_section_past_every_control(window: ExamWindow, qtbot: QtBot) -> None:
    for each in window.bridge.form.sections:
        section(each.id, unfolded=True)(window, qtbot)
        assert missed(window, both_ways(window)) == [], each.id


def test_tab_goes_round_every_other_screen_past_every_control(window: ExamWindow, qtbot: QtBot) -> None:
    window.resize(*WIDE)  # a map stands beside its table
    for name, screen in state_screens(window, qtbot):
        if name not in PANELS:
            assert missed(screen, both_ways(window)) == [], name


def test_tab_goes_round_the_report_in_all_its_states(window: ExamWindow) -> None:
    for name, screen in report_screens(window):
        press(Qt.Key.Key_Tab)  # a problem that is said has the focus first, and is no stop
        assert missed(screen, walk()) == [], name


@pytest.mark.parametrize("name", PANELS)
def test_tab_stays_in_a_panel_and_goes_round_it(name: str, window: ExamWindow, qtbot: QtBot) -> None:
    PANELS[name](window, qtbot)
    over = next(each for each in window.findChildren(Overlay) if each.isVisible())
    stops = walk()
    assert all(stop is over or over.isAncestorOf(stop) for stop in stops)
    assert missed(over, [*stops, over]) == []
    first = min(stops, key=height_in_window)
    assert not_as_read(from_the_first(stops, first), over) == []


def test_the_regions_come_as_they_are_read_and_so_do_the_controls_in_them(window: ExamWindow, qtbot: QtBot) -> None:
    section("sensation", unfolded=True)(window, qtbot)
    stops = from_the_first(walk(), window.top_bar.scope)
    view = window.view
    assert view is not None
    regions = [window.top_bar, window.rail, view, window.dock, window.side_panel]
    at = [[number for number, stop in enumerate(stops) if region.isAncestorOf(stop)] for region in regions]
    assert all(at)
    assert [min(numbers) for numbers in at] == sorted(min(numbers) for numbers in at)
    for region in (window.top_bar, window.rail, view.head, window.dock):
        assert not_as_read(stops, region) == []


def test_the_review_is_walked_as_it_is_read(window: ExamWindow, qtbot: QtBot) -> None:
    review(window, qtbot)
    stops = from_the_first(walk(), window.review.note_button)
    assert not_as_read(stops, window.review) == []


def test_in_a_small_window_tab_fetches_the_panel_at_the_right(window: ExamWindow) -> None:
    theme().show(LIGHT, 2.0)
    window.resize(1280, 720)
    window.show_page("tone")
    QApplication.processEvents()
    assert window.side_panel.isHidden()
    stops = walk()
    assert any(window.side_panel.isAncestorOf(stop) for stop in stops)


# First gap -----------------------------------------------------------------------------------------------------------


def test_every_section_opens_on_its_first_gap(window: ExamWindow, qtbot: QtBot) -> None:
    for each in window.bridge.form.sections:
        section(each.id)(window, qtbot)
        view = window.view
        assert view is not None
        cells = Moves(view.grid.lines()).all_cells()
        if not cells:
            assert view.panels[0].isAncestorOf(focused()), each.id
            continue
        assert focused() is cells[0], each.id
        window.bridge.give_reason((cells[0].address,), AssertedNormal(entered="typed"))  # type: ignore[arg-type]
        window.show_page("review")
        window.show_page(each.id)
        cells = Moves(view.grid.lines()).all_cells()
        gaps = [cell for cell in cells if cell.address not in window.bridge.record.findings]
        assert focused() is (gaps or cells)[0], each.id


# Given back ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PANELS)
def test_a_closed_panel_gives_the_focus_back(name: str, window: ExamWindow, qtbot: QtBot) -> None:
    window.go_to("strength.triceps.R")
    before = focused()
    PANELS[name](window, qtbot)
    assert focused() is not before
    press(Qt.Key.Key_Escape)
    assert focused() is before


def test_a_panel_opened_by_its_button_gives_the_focus_back_to_the_button(window: ExamWindow) -> None:
    window.top_bar.scope.setFocus()
    press(Qt.Key.Key_Space)
    assert window.panels.scopes.isVisible() and focused() is not window.top_bar.scope
    press(Qt.Key.Key_Escape)
    assert focused() is window.top_bar.scope


def test_a_closed_message_gives_the_focus_back(window: ExamWindow, qtbot: QtBot) -> None:
    window.go_to("strength.triceps.R")
    before = focused()
    box = error(window, qtbot)
    qtbot.waitUntil(box.isActiveWindow)
    press(Qt.Key.Key_Escape)
    window.activateWindow()  # as a window manager does
    qtbot.waitUntil(window.isActiveWindow)
    assert focused() is before


def test_a_closed_file_dialog_gives_the_focus_back(window: ExamWindow, qtbot: QtBot) -> None:
    review(window, qtbot)
    window.review.note_button.setFocus()
    press(Qt.Key.Key_Space)
    dialog = window.review.findChild(QFileDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    press(Qt.Key.Key_Escape)
    window.activateWindow()  # as a window manager does
    qtbot.waitUntil(window.isActiveWindow)
    assert focused() is window.review.note_button


@pytest.mark.parametrize(
    "leave",
    [lambda window: window.dock.enter(), lambda window: window.toggle_how_to_test()],
    ids=["the fields", "how to test"],
)
def test_escape_goes_back_to_the_cell(leave: Callable[[ExamWindow], object], window: ExamWindow) -> None:
    window.go_to("tone.elbow_flexors.R")
    before = focused()
    leave(window)
    assert focused() is not before
    press(Qt.Key.Key_Escape)
    assert focused() is before


# Visible -------------------------------------------------------------------------------------------------------------


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def pixels_that_differ(one: QImage, other: QImage) -> int:
    assert one.size() == other.size()
    # The images are held as long as their bytes are read.
    images = [image.convertToFormat(QImage.Format.Format_ARGB32) for image in (one, other)]
    return sum(map(ne, *(memoryview(image.constBits()).cast("I") for image in images)))


@pytest.mark.parametrize("palette", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK], ids=lambda palette: palette.name)
@pytest.mark.parametrize("name", ["tone", "a graded finding", "a movement", "a map as a list", "review", "reasons"])
def test_the_focus_can_be_seen_on_every_kind_of_control(
    name: str, palette: Palette, window: ExamWindow, qtbot: QtBot
) -> None:
    theme().show(palette)
    show = STATES.get(name) or section(name)
    show(window, qtbot)
    kinds = {(type(stop), str(stop.property("role"))): stop for stop in walk()}
    for kind, stop in kinds.items():
        away = window.rail.entries["alert"] if stop is not window.rail.entries["alert"] else window.rail.entries["gait"]
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        with_focus = picture(stop)
        away.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        assert pixels_that_differ(with_focus, picture(stop)) > SEEN, kind


def test_an_arrow_takes_the_tab_stop_along(window: ExamWindow, qtbot: QtBot) -> None:
    review(window, qtbot)
    window.review.override.buttons[0].setFocus()
    press(Qt.Key.Key_Right)
    assert focused() is window.review.override.buttons[1]
    press(Qt.Key.Key_Tab)
    assert focused() is window.review.reason
    press(Qt.Key.Key_Backtab)
    assert isinstance(focused(), Segment) and focused() is window.review.override.buttons[1]

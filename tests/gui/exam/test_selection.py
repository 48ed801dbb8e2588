"""Several cells at once: selected by keys and mouse, set, cleared, given a reason; and what is said of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from exam_app.core.form.form import Form
from exam_app.core.record.record import Examined, NotExamined
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.grid.cell import Cell
from tests.gui.exam.conftest import cell
from tests.gui.typist import CTRL, SHIFT, Typist

pytestmark = pytest.mark.usefixtures("sections_when_asked_for")


def selected(window: ExamWindow) -> tuple[str, ...]:
    assert window.view is not None
    return window.view.keys.selection.addresses


def test_the_number_of_selected_cells_and_what_keys_do_to_them_stand_in_the_bar(
    window: ExamWindow, typist: Typist
) -> None:
    typist.go_to_section("strength")
    typist.press(Qt.Key.Key_Right, SHIFT)
    typist.press(Qt.Key.Key_Down, SHIFT)
    assert len(selected(window)) == 4
    assert window.bottom_bar.told.text() == "4 cells selected"
    does = [hint.does for hint in window.bottom_bar.hints]
    assert does[:3] == ["set all 4 cells", "a reason for all", "clear all"]
    typist.press("4")
    assert window.bottom_bar.told.text() == "4 cells set."
    typist.press(Qt.Key.Key_Delete)
    assert window.bottom_bar.told.text() == "The selected cells are back to not yet examined."
    typist.type("xt")
    assert window.bottom_bar.told.text() == "The reason stands in 4 cells."
    assert set(window.bridge.record.findings.values()) == {NotExamined(reason="time", entered="typed")}
    typist.press(Qt.Key.Key_Escape)
    assert not selected(window)
    assert window.bottom_bar.hints[0].does == "grade"


def test_a_grade_is_set_in_those_that_take_it_and_the_others_are_counted(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    view = window.view
    assert view is not None
    typist.go_to("strength.drift_arm.R")
    drift = [address for address in view.grid.cells if "drift_arm" in address]
    view.keys.selection.select([cell(window, each) for each in (*drift, "strength.deltoid.R")])
    typist.press("5")
    assert list(window.bridge.record.findings) == ["strength.deltoid.R"]
    assert window.bottom_bar.told.text() == "1 of 3 cells set: the others do not take this answer."


def test_control_a_selects_the_group_and_in_a_matrix_the_modality(
    window: ExamWindow, typist: Typist, form: Form
) -> None:
    typist.go_to_section("strength")
    typist.press("a", CTRL)
    assert {form.group_of(address).id for address in selected(window)} == {form.group_of("strength.deltoid.R").id}
    assert "strength.triceps.L" in selected(window)
    typist.go_to_section("sensation")
    assert not selected(window)
    typist.go_to("sensation.pinprick_C6.L")
    typist.press("a", CTRL)
    assert selected(window) and all(address.startswith("sensation.pinprick_") for address in selected(window))


def test_with_control_and_shift_an_arrow_selects_to_the_end_of_the_group_then_of_the_next(
    window: ExamWindow, typist: Typist, form: Form
) -> None:
    typist.go_to_section("strength")
    typist.press(Qt.Key.Key_Down, CTRL | SHIFT)
    first = selected(window)
    assert {address[-1] for address in first} == {"R"}
    assert {form.group_of(address).id for address in first} == {form.group_of("strength.deltoid.R").id}
    typist.press(Qt.Key.Key_Right, CTRL | SHIFT)
    assert len(selected(window)) == 2 * len(first)
    typist.press(Qt.Key.Key_Down, CTRL | SHIFT)
    assert len({form.group_of(address).id for address in selected(window)}) == 2


def test_shift_and_end_select_to_the_last_cell(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    view = window.view
    assert view is not None
    typist.press(Qt.Key.Key_End, SHIFT)
    assert len(selected(window)) == sum(len(line.slots) for line in view.grid.lines())
    typist.press(Qt.Key.Key_Home)
    assert not selected(window)


def test_a_selection_ends_with_the_section(window: ExamWindow, typist: Typist) -> None:
    """Coming back, a digit must not set cells that nobody looks at any more."""
    typist.go_to_section("strength")
    typist.press(Qt.Key.Key_Right, SHIFT)
    typist.go_to_section("tone")
    typist.go_to_section("strength")
    typist.press("4")
    assert list(window.bridge.record.findings) == ["strength.deltoid.R"]


def test_the_point_fills_the_empty_sides_of_a_selection(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.press("3")
    typist.go_to("strength.biceps.L")
    typist.press("4")
    typist.press(Qt.Key.Key_Up, SHIFT)
    typist.press(Qt.Key.Key_Left, SHIFT)
    typist.press(".")
    findings = window.bridge.record.findings
    tokens = {a: each.value.token for a, each in findings.items() if isinstance(each, Examined)}  # type: ignore[union-attr]
    assert tokens == {
        "strength.deltoid.R": "3",
        "strength.deltoid.L": "3",
        "strength.biceps.R": "4",
        "strength.biceps.L": "4",
    }


def test_shift_and_a_click_select_the_cells_between(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    QTest.mouseClick(cell(window, "strength.triceps.L"), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier)
    assert len(selected(window)) == 6
    QTest.mouseClick(cell(window, "strength.biceps.L"), Qt.MouseButton.LeftButton)
    assert not selected(window)


def move_mouse(begins: Cell, ends: Cell) -> None:
    """The mouse with its button down, from one cell to the middle of another."""
    there = ends.mapToGlobal(ends.rect().center())
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(begins.mapFromGlobal(there)),
        QPointF(there),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(begins, event)


def test_dragging_selects_and_picks_no_grade_where_it_began(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    begins, ends = cell(window, "strength.deltoid.R"), cell(window, "strength.biceps.L")
    on_a_grade = QPoint(begins.rect().center().x() - 90, begins.rect().center().y())
    QTest.mousePress(begins, Qt.MouseButton.LeftButton, pos=on_a_grade)
    move_mouse(begins, ends)
    QTest.mouseRelease(begins, Qt.MouseButton.LeftButton, pos=begins.mapFromGlobal(ends.mapToGlobal(QPoint(5, 5))))
    assert len(selected(window)) == 4
    assert not window.bridge.record.findings
    assert typist.address == "strength.biceps.L"
    typist.press("4")
    assert len(window.bridge.record.findings) == 4

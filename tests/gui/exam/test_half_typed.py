"""What is typed and is no whole answer yet: it shows as such, and goes, with a word, when its place is left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from exam_app.core.record.values import GroupValue, NumberValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.fields.numbers import NumberEditor
from tests.gui.exam.conftest import cell
from tests.gui.typist import CTRL, Typist

TEMPERATURE = "alert.temp_C"
NOTHING_RECORDED = "\u201c3\u201d was not recorded. 25 to 45 in steps of 0.1"


def in_cell(window: ExamWindow) -> str:
    """What a screen reader says of the value of the cell."""
    return cell(window, TEMPERATURE).spoken().value


def begin(window: ExamWindow, typist: Typist) -> None:
    """Type the first digit of a temperature."""
    window.go_to(TEMPERATURE)
    typist.type("3")
    assert in_cell(window) == "3, not yet a whole answer"
    assert TEMPERATURE not in window.bridge.record.findings


def by_arrow(_window: ExamWindow, typist: Typist) -> None:
    typist.press(Qt.Key.Key_Down)


def by_tab(_window: ExamWindow, typist: Typist) -> None:
    typist.press(Qt.Key.Key_Tab)


def by_another_section(_window: ExamWindow, typist: Typist) -> None:
    typist.press(Qt.Key.Key_2, CTRL)


def by_mouse_in_the_note(window: ExamWindow, _typist: Typist) -> None:
    assert window.view is not None
    QTest.mouseClick(window.view.note.edit.viewport(), Qt.MouseButton.LeftButton)


def by_mouse_in_the_rail(window: ExamWindow, _typist: Typist) -> None:
    window.rail.chosen.emit("gait")


def by_the_list_of_keys(_window: ExamWindow, typist: Typist) -> None:
    typist.press(Qt.Key.Key_F1)


@pytest.mark.parametrize(
    "leave", [by_arrow, by_tab, by_another_section, by_mouse_in_the_note, by_mouse_in_the_rail, by_the_list_of_keys]
)
def test_a_number_begun_in_a_cell_goes_with_a_word_however_the_cell_is_left(
    window: ExamWindow, typist: Typist, qtbot: QtBot, leave: Callable[[ExamWindow, Typist], None]
) -> None:
    begin(window, typist)
    leave(window, typist)
    qtbot.waitUntil(lambda: window.bottom_bar.told.text() == NOTHING_RECORDED)
    window.show_page("alert")
    assert in_cell(window) == "not yet examined"
    assert TEMPERATURE not in window.bridge.record.findings


def test_a_number_that_was_whole_before_it_was_gone_on_with_stays(
    window: ExamWindow, typist: Typist, qtbot: QtBot
) -> None:
    window.go_to(TEMPERATURE)
    typist.type("36.")
    assert in_cell(window) == "36., not yet a whole answer"
    typist.press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.bottom_bar.told.text() == "\u201c36.\u201d was not recorded; 36 \u00b0C stays")
    assert window.bridge.value(TEMPERATURE) == NumberValue(number=36)


def test_writing_everything_before_the_lock_leaves_nothing_half_typed(
    window: ExamWindow, typist: Typist, qtbot: QtBot
) -> None:
    begin(window, typist)
    window.write_everything()
    assert in_cell(window) == "not yet examined"
    qtbot.waitUntil(lambda: window.bottom_bar.told.text() == NOTHING_RECORDED)


# Fields ----------------------------------------------------------------------------------------------------------


def pressure(window: ExamWindow, typist: Typist) -> QLineEdit:
    """The line of the first blood pressure, with the focus, and something in it that is no pressure."""
    window.go_to("other.blood_pressure")
    typist.press(Qt.Key.Key_Tab)
    editor = window.dock.editor
    assert isinstance(editor, GroupEditor)
    row = next(row for row in editor.rows if row.editor.isAncestorOf(window.focusWidget()))
    assert isinstance(row.editor, NumberEditor)
    typist.type("9999")
    return row.editor.line


def test_enter_stays_at_what_cannot_be_read_and_says_how_to_write_it(window: ExamWindow, typist: Typist) -> None:
    line = pressure(window, typist)
    typist.press(Qt.Key.Key_Return)
    assert line.hasFocus() and line.text() == "9999"
    assert line.property("wrong") is True


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Escape])
def test_a_field_that_was_left_holds_nothing_that_is_not_recorded(
    window: ExamWindow, typist: Typist, qtbot: QtBot, key: Qt.Key
) -> None:
    line = pressure(window, typist)
    typist.press(key)
    assert not line.hasFocus() and line.text() == ""
    qtbot.waitUntil(lambda: window.bottom_bar.told.text().startswith("\u201c9999\u201d was not recorded. "))
    assert "other.blood_pressure" not in window.bridge.record.findings


def test_a_field_goes_back_to_what_is_recorded(window: ExamWindow, typist: Typist, qtbot: QtBot) -> None:
    line = pressure(window, typist)
    line.selectAll()
    typist.type("168/102")
    typist.press(Qt.Key.Key_Return)
    recorded = window.bridge.value("other.blood_pressure")
    assert isinstance(recorded, GroupValue)
    line.setFocus()
    line.selectAll()
    typist.type("168/1")
    typist.press(Qt.Key.Key_Escape)
    assert line.text() == "168/102"
    assert window.bridge.value("other.blood_pressure") == recorded
    qtbot.waitUntil(lambda: "168/102 mmHg stays" in window.bottom_bar.told.text())

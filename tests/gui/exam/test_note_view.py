"""The note leads back to the findings: by the mouse, by the text cursor, by Enter and by a double click."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exam_app.core.record.record import Examined
from exam_app.core.record.values import GradeValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.note_view import NotePage
from exam_app.services.exams import OpenExam
from tests.gui.typist import Typist

RIGHT, LEFT = "strength.deltoid.R", "strength.deltoid.L"
ROW = "- Shoulder abduction: R 4−, L 5"


class Heard:
    """What the side panel told."""

    def __init__(self, window: ExamWindow) -> None:
        self.pointed: list[tuple[str, ...]] = []
        self.wanted: list[str] = []
        window.side_panel.findings_pointed.connect(self.pointed.append)
        window.side_panel.finding_wanted.connect(self.wanted.append)

    def last(self) -> tuple[str, ...]:
        """The findings pointed at now."""
        return self.pointed[-1]


@pytest.fixture
def heard(window: ExamWindow) -> Heard:
    return Heard(window)


@pytest.fixture
def page(window: ExamWindow, typist: Typist, heard: Heard, qtbot: QtBot) -> Iterator[NotePage]:
    """The note in sight, with a weak and a normal shoulder in it."""
    typist.go_to_section("strength")
    typist.type("4-")
    typist.press(Qt.Key.Key_Right)
    typist.type("5")
    window.side_panel.show_second()
    qtbot.waitUntil(lambda: ROW in window.side_panel.note.text.toPlainText())
    yield window.side_panel.note.text
    qtbot.waitUntil(lambda: not window.jobs.busy)


def go_to(page: NotePage, words: str) -> None:
    """The text cursor, by keys, to the beginning of a line that holds these words."""
    page.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _step in range(page.document().characterCount()):
        if words in page.textCursor().block().text():
            return
        QTest.keyClick(page, Qt.Key.Key_Down)
    raise AssertionError("the words do not stand in the note")


def marked(page: NotePage) -> list[str]:
    return [mark.cursor.selectedText() for mark in page.extraSelections()]


def place_of(page: NotePage, words: str) -> QPoint:
    """Where words stand on the screen, in the viewport; the note is scrolled to them."""
    cursor = page.document().find(words)
    assert not cursor.isNull()
    cursor.setPosition((cursor.selectionStart() + cursor.selectionEnd()) // 2)
    page.setTextCursor(cursor)
    page.ensureCursorVisible()
    return page.cursorRect(cursor).center()


def test_the_text_cursor_in_a_sentence_points_at_its_findings(window: ExamWindow, page: NotePage, heard: Heard) -> None:
    go_to(page, ROW)
    assert heard.last() == ()
    QTest.keyClick(page, Qt.Key.Key_Right)
    QTest.keyClick(page, Qt.Key.Key_Right)
    assert heard.last() == (RIGHT, LEFT)
    assert marked(page) == [ROW.removeprefix("- ")]
    assert window.side_panel.note.source.text() == "From: Shoulder abduction, right; Shoulder abduction, left"
    assert window.side_panel.note.source.accessibleName() == window.side_panel.note.source.text()
    QTest.keyClick(page, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert (heard.last(), marked(page)) == ((), [])


def test_a_sentence_is_marked_by_more_than_its_colour(page: NotePage) -> None:
    go_to(page, ROW)
    QTest.keyClick(page, Qt.Key.Key_End)
    QTest.keyClick(page, Qt.Key.Key_Left)
    (mark,) = page.extraSelections()
    assert mark.format.fontUnderline()
    assert mark.format.background().style() != Qt.BrushStyle.NoBrush


def test_enter_asks_for_the_finding_and_nothing_where_there_is_none(page: NotePage, heard: Heard) -> None:
    go_to(page, ROW)
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert heard.wanted == []
    QTest.keyClick(page, Qt.Key.Key_End)
    QTest.keyClick(page, Qt.Key.Key_Left)
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert heard.wanted == [RIGHT]
    QTest.keyClick(page, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert heard.wanted == [RIGHT, RIGHT]


def test_without_the_focus_the_text_cursor_points_no_more(window: ExamWindow, page: NotePage, heard: Heard) -> None:
    go_to(page, ROW)
    QTest.keyClick(page, Qt.Key.Key_End)
    QTest.keyClick(page, Qt.Key.Key_Left)
    assert heard.last() == (RIGHT, LEFT)
    window.focus_grid()
    assert (heard.last(), marked(page)) == ((), [])
    page.setFocus(Qt.FocusReason.TabFocusReason)
    assert heard.last() == (RIGHT, LEFT)


def test_the_mouse_over_a_sentence_points_and_beside_it_does_not(
    window: ExamWindow, page: NotePage, heard: Heard
) -> None:
    place = place_of(page, "Shoulder abduction right 4−")
    assert heard.pointed == []
    QTest.mouseMove(page.viewport(), place)
    QApplication.processEvents()
    assert heard.pointed == [(RIGHT,)]
    assert marked(page) == ["Shoulder abduction right 4−."]
    assert window.side_panel.note.source.text() == "From: Shoulder abduction, right"
    QTest.mouseMove(page.viewport(), QPoint(page.viewport().width() - 2, place.y()))
    QApplication.processEvents()
    assert heard.last() == ()
    assert marked(page) == []


def test_a_double_click_asks_for_the_finding(page: NotePage, heard: Heard) -> None:
    place = place_of(page, "Shoulder abduction: R")
    QTest.mouseDClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.wanted == [RIGHT]


def test_many_findings_are_named_in_part_and_counted(
    window: ExamWindow, page: NotePage, typist: Typist, heard: Heard, qtbot: QtBot
) -> None:
    window.focus_grid()
    typist.press("n")
    qtbot.waitUntil(lambda: "- Asserted normal: " in page.toPlainText())
    go_to(page, "- Asserted normal: ")
    QTest.keyClick(page, Qt.Key.Key_End)
    QTest.keyClick(page, Qt.Key.Key_Left)
    told = heard.last()
    assert len(told) > 3
    words = window.side_panel.note.source.text()
    assert words.startswith("From: ")
    assert words.endswith(f" and {len(told) - 3} more")


def test_a_note_written_anew_keeps_the_place_of_the_cursor(
    window: ExamWindow, page: NotePage, typist: Typist, heard: Heard, qtbot: QtBot
) -> None:
    go_to(page, "ABNORMAL FINDINGS")
    at = page.textCursor().position()
    window.focus_grid()
    typist.type("3")
    qtbot.waitUntil(lambda: "L 3" in page.toPlainText())
    assert page.textCursor().position() == at


def test_signs_of_two_units_before_a_sentence_do_not_shift_the_mark(
    open_window: Callable[[OpenExam], ExamWindow], new_exam: Callable[..., OpenExam], qtbot: QtBot
) -> None:
    exam = new_exam()
    record = exam.record.model_copy(
        update={"encounter": exam.record.encounter.model_copy(update={"reason": "\U0001d53c \U0001d53c head"})}
    )
    panel = open_window(exam).side_panel
    view = panel.note
    finding = Examined(value=GradeValue(token="3", scale="mrc/1"), entered="typed")
    record = record.model_copy(update={"findings": {RIGHT: finding}})
    panel.show_second()
    view.show_record(record)
    qtbot.waitUntil(lambda: "Shoulder abduction right 3." in view.text.toPlainText())
    place = place_of(view.text, "Shoulder abduction right 3")
    QTest.mouseMove(view.text.viewport(), place)
    QApplication.processEvents()
    assert marked(view.text) == ["Shoulder abduction right 3."]

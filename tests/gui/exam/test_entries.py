"""Findings that are lists, in the window over the real store: the list beside the form says what the form holds."""

from __future__ import annotations

from PySide6.QtCore import Qt

from exam_app.gui.exam.exam_window import ExamWindow
from tests.gui.typist import Typist

TAB, BACKTAB, SPACE = Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space


def lines(window: ExamWindow) -> list[str]:
    """The words of the list of the section in sight."""
    assert window.view is not None
    shown = window.view.panels[0].view.list
    return [shown.item(row).text() for row in range(shown.count())]


def test_the_list_of_drugs_follows_every_answer_on_the_way_by_tab(window: ExamWindow, typist: Typist) -> None:
    window.go_to("history.exposures")
    typist.press(TAB)
    typist.press(SPACE)
    assert lines(window) == ["New entry"]
    typist.type("haldol")
    typist.press(TAB)
    assert lines(window) == ["haloperidol"]
    typist.type("nausea")
    typist.press(TAB)
    typist.type("5 mg")
    typist.press(TAB)
    assert lines(window) == ["haloperidol \u00b7 nausea \u00b7 5 mg"]
    typist.press(BACKTAB)
    typist.type("10 mg")
    typist.press(TAB)
    assert lines(window) == ["haloperidol \u00b7 nausea \u00b7 10 mg"]


def test_the_list_of_movements_follows_every_answer_on_the_way_by_tab(window: ExamWindow, typist: Typist) -> None:
    window.go_to("movements.entries")
    typist.press(TAB)
    typist.press(SPACE)
    typist.press("1")
    typist.press(TAB)
    typist.press("n")
    typist.press(SPACE)
    typist.press(TAB)
    typist.press("1")
    assert lines(window) == ["dystonia \u00b7 observed \u00b7 neck (right side)"]
    typist.press(BACKTAB)
    typist.press("h")
    typist.press(SPACE)
    assert lines(window) == ["dystonia \u00b7 observed \u00b7 neck (right side), right hand"]

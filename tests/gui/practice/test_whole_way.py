"""One case played by keyboard alone, from home to the debrief and on to the progress: a learner who finds the dropped
foot, overlooks the eversion, sees weakness that is not there, and says the right place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from exam_app.core.practice.case import Place
from exam_app.gui.grid.cell import Cell
from exam_app.gui.practice.debrief import DebriefPage
from exam_app.gui.practice.localise import LocalisePage
from exam_app.gui.practice.progress import ProgressPage
from exam_app.gui.practice.window import PracticeWindow
from tests.gui.practice.conftest import CTRL, SHIFT, Desk

CASE = "C08B"
SEEN = (
    ("ankle dorsiflexion", "tibialis_anterior", "5", "2"),
    ("hip flexion", "iliopsoas", "5", "4"),
    ("foot inversion", "tibialis_posterior", "5", "5"),
)
"""What is looked for, the muscle, and the grades written at the right and at the left."""


class Keyboard:
    """A learner who has no mouse."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.press = desk.press

    def tab_to(self, wanted: QWidget) -> None:
        for _stop in range(120):
            here = self.focus
            if here is wanted or wanted.isAncestorOf(here):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to '{wanted.accessibleName()}'")

    @property
    def focus(self) -> QWidget:
        here = QApplication.focusWidget()
        assert here is not None, "nothing has the focus"
        return here

    def begin(self, window: PracticeWindow, search: str) -> None:
        """A first learner, a case by its title, a free walk."""
        self.tab_to(window.home.learners.add_button)
        self.press(Qt.Key.Key_Space)
        self.press("Specimen")
        self.press(Qt.Key.Key_Return)
        self.tab_to(window.home.walk)
        self.press("2")
        self.tab_to(window.home.search)
        self.press(search)
        self.tab_to(window.home.cases)
        self.press(Qt.Key.Key_Return)

    def examine(self, name: str, muscle: str, right: str, left: str) -> None:
        """Jump to an item, examine both sides, grade what was felt."""
        self.press("/")
        self.press(name)
        self.press(Qt.Key.Key_Return)
        self.press("P", SHIFT)
        for side, grade in (("R", right), ("L", left)):
            here = self.focus
            assert isinstance(here, Cell) and here.address == f"strength.{muscle}.{side}"
            self.press(grade)
            self.press(Qt.Key.Key_Right)

    def sum_up(self, page: LocalisePage, levels: list[str]) -> None:
        """The place, its side, the line, own marks; no red flag."""
        self.tab_to(page.level)
        for _step in range(levels.index("nerve")):
            self.press(Qt.Key.Key_Right)
        self.press(Qt.Key.Key_Space)
        self.tab_to(page.side)
        self.press("2")
        self.tab_to(page.line)
        self.press("A dropped foot on the left.")
        for row in page.marks.values():
            self.tab_to(row)
            self.press("4")
        self.tab_to(page.hand_in_button)
        self.press(Qt.Key.Key_Space)
        assert "a red flag" in page.question.text()
        assert "where the lesion is" not in page.question.text()
        self.press(Qt.Key.Key_Space)


@pytest.fixture
def keyboard(desk: Desk) -> Keyboard:
    return Keyboard(desk)


def test_a_case_is_played_by_keyboard_alone_from_home_to_debrief_and_progress(desk: Desk, keyboard: Keyboard) -> None:
    window = desk.open()
    keyboard.begin(window, "slaps, without pain")
    walk = window.walk
    assert walk is not None and walk.attempt.case is not None and walk.attempt.case.id == CASE
    for seen in SEEN:
        keyboard.examine(*seen)
    keyboard.press(Qt.Key.Key_R, CTRL)
    page = walk.pages.last
    assert isinstance(page, LocalisePage)
    keyboard.sum_up(page, [level.id for level in walk.attempt.library.levels.levels])
    said = walk.attempt.attempt
    assert said.is_finished and said.localisation == Place(level="nerve", side="L")

    debrief = window.pages.currentWidget()
    assert isinstance(debrief, DebriefPage) and debrief.tabs is not None and debrief.findings is not None
    assert keyboard.focus is debrief.tabs.tabBar()
    keyboard.press(Qt.Key.Key_Right)
    assert debrief.tabs.currentWidget() is debrief.findings
    differences = {}
    for _each in range(debrief.findings.list.count()):
        keyboard.tab_to(debrief.findings.next_button)
        keyboard.press("g")
        row = debrief.findings.list.item(debrief.findings.list.currentRow()).text()
        differences[row.rpartition(": ")[0]] = row.rpartition(": ")[2]
    assert differences["\u2260 Foot eversion left (Strength)"] == "not examined"
    assert differences["\u2260 Hip flexion left (Strength)"] == "not there"
    assert not any("Ankle dorsiflexion left" in name for name in differences)
    keyboard.tab_to(debrief.back_button)
    keyboard.press(Qt.Key.Key_Space)

    assert window.pages.currentWidget() is window.home
    keyboard.tab_to(window.home.progress_button)
    keyboard.press(Qt.Key.Key_Space)
    desk.wait(window)
    progress = window.pages.currentWidget()
    assert isinstance(progress, ProgressPage) and progress.table is not None
    row = [item.text() for column in range(6) if (item := progress.table.item(0, column)) is not None]
    assert row[1] == "A foot that slaps, without pain" and row[4] == "100 %" and row[2] not in ("100 %", "not scored")
    assert keyboard.focus is progress.next_button
    keyboard.press(Qt.Key.Key_Space)
    assert window.home.cases.case is not None and window.home.cases.case.id == CASE


def test_the_case_is_tried_again_by_keyboard(desk: Desk, keyboard: Keyboard) -> None:
    window = desk.open()
    keyboard.begin(window, "slaps, without pain")
    first = window.walk
    assert first is not None
    keyboard.examine(*SEEN[0])
    keyboard.press(Qt.Key.Key_R, CTRL)
    page = first.pages.last
    assert isinstance(page, LocalisePage)
    keyboard.tab_to(page.hand_in_button)
    keyboard.press(Qt.Key.Key_Space)
    keyboard.press(Qt.Key.Key_Space)
    debrief = window.pages.currentWidget()
    assert isinstance(debrief, DebriefPage)
    keyboard.tab_to(debrief.again_button)
    keyboard.press(Qt.Key.Key_Space)
    again = window.walk
    assert again is not None and again.attempt.id != first.attempt.id
    assert again.attempt.case is not None and again.attempt.case.id == CASE
    assert again.attempt.attempt.performed == ()

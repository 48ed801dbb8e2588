"""The window of practice over a real store in a temporary folder, with a clock that a test turns."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exam_app.core.practice.attempt import Walk
from exam_app.gui.parts.theme import LIGHT, theme
from exam_app.gui.practice.walk import WalkWindow
from exam_app.gui.practice.window import PracticeWindow
from exam_app.services.context import Context
from exam_app.services.practice import Practice, open_store
from exam_app.services.practice_content import Content, practice_content
from tests.gui.screens import settle

NOW = datetime.datetime.fromisoformat("2026-11-22T09:41:07+01:00")
NAME = "Specimen Learner"
MYELOPATHY = "C07"
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class TurnedClock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Desk:
    """A learner at the window: opens it, begins cases, presses keys."""

    def __init__(self, context: Context, qtbot: QtBot) -> None:
        self.context, self.clock = context, TurnedClock()
        self._qtbot = qtbot
        self.windows: list[PracticeWindow] = []

    def store(self) -> Practice:
        return open_store(self.context)

    def open(self, *, locks: bool = False) -> PracticeWindow:
        window = self.show(locks=locks)
        self.wait(window)
        return window

    def show(self, *, locks: bool = False) -> PracticeWindow:
        """The window as it is at first, with work going on behind it."""
        window = PracticeWindow(self.context, locks=locks, clock=self.clock)
        self.windows.append(window)
        window.resize(1366, 768)
        with self._qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    def wait(self, window: PracticeWindow) -> None:
        """Until nothing is worked out in the background."""
        settle()
        self._qtbot.waitUntil(lambda: not window.jobs.busy)
        settle()

    def open_with_learner(self) -> PracticeWindow:
        practice = self.store()
        practice.add_learner(NAME)
        practice.close()
        return self.open()

    def begin(self, case_id: str | None, walk: Walk = "free", limit: int | None = None) -> WalkWindow:
        window = self.open_with_learner()
        case = window.practice.content.case(case_id) if case_id is not None else None
        window.begin(case, walk, limit)
        settle()
        assert window.walk is not None
        return window.walk

    @staticmethod
    def press(key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        if isinstance(key, str):
            QTest.keyClicks(focus, key, modifiers)
        else:
            QTest.keyClick(focus, key, modifiers)
        settle()


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return practice_content(Context(data_folder=tmp_path_factory.mktemp("no_own_cases")))


@pytest.fixture
def context(tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch) -> Context:
    numbers = itertools.count(1)
    made = Context(data_folder=tmp_path / "data", now=lambda: NOW, new_id=lambda: f"id-{next(numbers)}")
    made.__dict__["form"] = content.form  # read once for all tests, as the cases are
    monkeypatch.setattr("exam_app.services.practice.practice_content", lambda _context: content)
    return made


@pytest.fixture
def desk(context: Context, qtbot: QtBot) -> Iterator[Desk]:
    theme().show(LIGHT)
    made = Desk(context, qtbot)
    yield made
    for window in made.windows:
        window.close()
        window.deleteLater()
    settle()
    theme().show(LIGHT)

"""Real windows over a real encrypted store in a temporary folder, with keys that are cheap to derive."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.core.record.record import Encounter, Patient
from exam_app.gui.parts.theme import LIGHT, theme
from exam_app.gui.shell.app import Shell
from exam_app.gui.shell.home import HomeWindow
from exam_app.services import exams
from exam_app.services.context import Context
from exam_app.services.exams import Exams
from exam_app.store.keys import Cost

CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)
PASSPHRASE = "correct horse battery"
NOW = datetime.datetime.fromisoformat("2026-11-22T09:20:00+01:00")


class Clock:
    """A clock that moves one minute at each look."""

    def __init__(self) -> None:
        self.minutes = 0

    def __call__(self) -> datetime.datetime:
        self.minutes += 1
        return NOW + datetime.timedelta(minutes=self.minutes)


@pytest.fixture(scope="session")
def form() -> Form:
    return Context().form


@pytest.fixture
def context(tmp_path: Path, form: Form) -> Context:
    folder = tmp_path / "records"
    numbers = itertools.count(1)

    def new_id() -> str:
        return f"record-{next(numbers)}"

    made = Context(data_folder=folder, now=Clock(), new_id=new_id, key_cost=CHEAP)
    made.__dict__["form"] = form  # read once for all tests
    return made


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def light(qapp: object) -> Iterator[None]:
    theme().show(LIGHT)
    yield
    theme().show(LIGHT)


@pytest.fixture
def records(context: Context) -> Context:
    """The data folder set up with PASSPHRASE and closed again."""
    made, _recovery_key = exams.create(context, PASSPHRASE)
    made.close()
    return context


@pytest.fixture
def open_records(context: Context) -> Iterator[Exams]:
    made, _recovery_key = exams.create(context, PASSPHRASE)
    yield made
    made.close()


@pytest.fixture
def make_shell(light: None, qtbot: QtBot, settings: QSettings) -> Iterator[Callable[[Context], Shell]]:
    made: list[Shell] = []

    def make(context: Context) -> Shell:
        shell = Shell(context, settings)
        made.append(shell)
        shell.start()
        assert shell.unlock is not None
        qtbot.waitUntil(shell.unlock.isActiveWindow)
        qtbot.waitUntil(lambda: not shell.jobs.busy)
        return shell

    yield make
    for shell in made:
        shell.close()
        shell.deleteLater()


def specimen(name: str = "Specimen", mrn: str | None = "0041187") -> Patient:
    """A made-up patient."""
    return Patient(family_name=name, given_name="Patient", birth_date=datetime.date(1965, 3, 2), mrn=mrn)


def visit(examiner: str | None = "Dr Specimen") -> Encounter:
    """A visit on the day of the tests."""
    return Encounter(started_at=NOW, examiner=examiner, reason="gait difficulty")


def focused() -> QWidget:
    """The widget that keys go to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def unlocked(shell: Shell, qtbot: QtBot) -> Shell:
    """The shell with its home in sight."""
    QTest.keyClicks(focused(), PASSPHRASE)
    with qtbot.waitSignal(shell.home_shown):
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    return shell


def home_of(qtbot: QtBot, records: Exams) -> HomeWindow:
    """The home window of records, in front."""
    home = HomeWindow(records)
    qtbot.addWidget(home)
    home.show_window()
    qtbot.waitUntil(home.isActiveWindow)
    return home

"""The examination screen over a real encrypted store in a temporary folder."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.core.record.record import Encounter, ExamRecord, Patient
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.grid.cell import Cell
from exam_app.gui.parts.theme import LIGHT, theme
from exam_app.services import exams
from exam_app.services.context import Context
from exam_app.services.exams import Exams, OpenExam
from exam_app.store.keys import Cost
from tests.gui.screens import put_away
from tests.gui.typist import Typist

CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)
PASSPHRASE = "correct horse battery"
NOW = datetime.datetime.fromisoformat("2026-11-22T09:41:07+01:00")
PATIENT = Patient(
    family_name="Specimen",
    given_name="Patient",
    birth_date=datetime.date(1965, 3, 2),
    sex="female",
    mrn="004-1187",
)
ENCOUNTER = Encounter(started_at=datetime.datetime.fromisoformat("2026-11-22T09:20:00+01:00"))

Open = Callable[[OpenExam], ExamWindow]


@pytest.fixture(scope="session")
def form() -> Form:
    return Context().form


@pytest.fixture
def context(tmp_path: Path, form: Form) -> Context:
    numbers = itertools.count(1)

    def new_id() -> str:
        return f"record-{next(numbers)}"

    made = Context(data_folder=tmp_path / "records", now=lambda: NOW, new_id=new_id, key_cost=CHEAP)
    made.__dict__["form"] = form  # read once for all tests
    return made


@pytest.fixture
def records(context: Context) -> Iterator[Exams]:
    made, _recovery_key = exams.create(context, PASSPHRASE)
    yield made
    made.close()


@pytest.fixture
def open_window(qtbot: QtBot, context: Context, records: Exams) -> Iterator[Open]:
    """Opens examinations in windows of 1366 x 768; they are closed when the test ends."""
    theme().show(LIGHT)
    made: list[ExamWindow] = []

    def open_exam(exam: OpenExam) -> ExamWindow:
        window = ExamWindow(exam, context)
        made.append(window)
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield open_exam
    put_away(made)
    theme().show(LIGHT)


@pytest.fixture
def new_exam(records: Exams) -> Callable[..., OpenExam]:
    def begin(scope: str = "full", like: ExamRecord | None = None) -> OpenExam:
        if like is not None:
            return records.begin(like.patient, like.encounter, like.scope)
        return records.begin(PATIENT, ENCOUNTER, scope)

    return begin


@pytest.fixture
def window(open_window: Open, new_exam: Callable[..., OpenExam]) -> ExamWindow:
    """The window of a new examination."""
    return open_window(new_exam())


@pytest.fixture
def sections_when_asked_for(window: ExamWindow) -> None:
    """No section is built before it is gone to: to build all of them takes longer than most tests, and where they are
    built ahead is tested by itself."""
    window.pages.stop_building()


@pytest.fixture
def typist(window: ExamWindow) -> Typist:
    return Typist(window)


def cell(window: ExamWindow, address: str) -> Cell:
    """The cell of an address in the section in sight."""
    assert window.view is not None
    return window.view.grid.cells[address]

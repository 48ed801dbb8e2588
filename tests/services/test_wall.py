"""The wall between practice and patients: in the types, in the stores, at every door through which a record leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from exam_app.core.errors import UserError
from exam_app.core.files.findings_file import form_ref
from exam_app.core.files.loader import load_form
from exam_app.core.files.record_file import record_from_json, record_to_json
from exam_app.core.files.reported import reported
from exam_app.core.form.form import Form
from exam_app.core.practice.attempt import begun
from exam_app.core.practice.attempt_file import attempt_from_json
from exam_app.core.record.record import Encounter, ExamRecord, PracticeRecord
from exam_app.report import build
from exam_app.services import exams, export
from exam_app.services import practice as practice_services
from exam_app.services.context import Context
from exam_app.services.exams import Exams
from exam_app.store.keys import Cost
from exam_app.store.practice import AttemptHead, Learner, open_practice
from tests.specimen import blank
from tests.specimen_case import NOW

ROOT = Path(__file__).resolve().parents[2]
CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)

SNIPPET = """\
from exam_app.core.derived.derived import derived
from exam_app.core.form.form import Form
from exam_app.core.practice.attempt import Attempt, recording
from exam_app.core.record.record import Examination, ExamRecord, PracticeRecord
from exam_app.core.files.record_file import record_to_json
from exam_app.core.files.reported import reported
from exam_app.report import build
from exam_app.services import export
from exam_app.services.context import Context
from exam_app.services.exams import Exams


def leaks(practice: PracticeRecord, any_record: Examination, form: Form, context: Context, store: Exams) -> None:
    build(practice, form, app_version="1")
    build(any_record, form, app_version="1")
    export.note_text(context, practice, form)
    export.note_spans(context, practice, form)
    export.pdf_bytes(context, practice, form)
    reported(practice, form, app_version="1")
    record_to_json(practice)
    derived(practice, form)
    store.adopt(practice)


def leaks_back(patient: ExamRecord, attempt: Attempt) -> None:
    recording(attempt, patient)


def is_fine(patient: ExamRecord, form: Form) -> None:
    build(patient, form, app_version="1")
"""


@pytest.fixture(scope="module")
def form() -> Form:
    """The shipped form."""
    return load_form(ROOT / "forms")


@pytest.fixture
def practice(form: Form) -> PracticeRecord:
    """A record of practice."""
    return PracticeRecord(form=form_ref(form), scope="full", encounter=Encounter(started_at=NOW), case="C01")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Exams]:
    """A store of patients' records."""
    opened, _key = exams.create(Context(data_folder=tmp_path / "store", key_cost=CHEAP), "correct horse battery")
    yield opened
    opened.close()


def test_the_types_refuse_a_practice_record_at_every_door_and_a_patient_in_practice(tmp_path: Path) -> None:
    snippet = tmp_path / "snippet.py"
    snippet.write_text(SNIPPET, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file",
        str(ROOT / "pyproject.toml"),
        "--no-error-summary",
        str(snippet),
    ]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()
    lines = SNIPPET.splitlines()
    leaky = {
        index
        for index, line in enumerate(lines, start=1)
        if line.startswith("    ") and index < 1 + lines.index("def is_fine(patient: ExamRecord, form: Form) -> None:")
    }
    refused = {int(line.split(":")[1]) for line in told if "[arg-type]" in line}
    assert refused == leaky, told
    assert len(told) == len(leaky)


DOORS: dict[str, Callable[[ExamRecord, Form], object]] = {
    "the report": lambda record, form: build(record, form, app_version="1"),
    "the note": lambda record, form: export.note_text(Context(), record, form),
    "the note with its places": lambda record, form: export.note_spans(Context(), record, form),
    "the PDF": lambda record, form: export.pdf_bytes(Context(), record, form),
    "the attached data": lambda record, form: reported(record, form, app_version="1"),
    "the JSON": lambda record, _form: record_to_json(record),
}


@pytest.mark.parametrize("door", DOORS)
def test_no_door_lets_practice_through_that_went_round_the_types(
    door: str, practice: PracticeRecord, form: Form
) -> None:
    DOORS[door](blank(form), form)
    with pytest.raises(TypeError, match="only the record of a patient"):
        DOORS[door](cast("Any", practice), form)


def test_the_store_of_patients_takes_no_practice(practice: PracticeRecord, store: Exams) -> None:
    with pytest.raises(TypeError):
        store.adopt(cast("Any", practice))
    assert store.recent() == ()


def test_the_json_of_each_is_refused_as_the_other(practice: PracticeRecord, form: Form) -> None:
    with pytest.raises(UserError) as refused:
        record_from_json(practice.model_dump_json(), form, "one.json")
    assert refused.value.code == "record_is_practice"
    attempt = json.loads(begun(form, None, "free", NOW).model_dump_json(exclude_none=True))
    attempt["record"] = json.loads(record_to_json(blank(form)))
    with pytest.raises(UserError) as refused:
        attempt_from_json(json.dumps(attempt), form)
    assert refused.value.code == "practice_is_clinical"


def test_practice_in_the_store_of_patients_is_not_opened(practice: PracticeRecord, form: Form, store: Exams) -> None:
    exam = store.adopt(blank(form))
    exam.close()
    body = practice.model_dump_json(exclude_none=True)
    summary = store.recent()[0].summary
    at = NOW.isoformat()
    store._store.writer.submit(
        lambda records: records.create("smuggled", body, summary, at=at, who="-", how="imported")
    ).result()
    with pytest.raises(UserError) as refused:
        store.open("smuggled")
    assert refused.value.code == "record_is_practice"


def test_a_patient_in_the_store_of_practice_is_not_opened(form: Form, tmp_path: Path) -> None:
    opened = practice_services.open_store(Context(data_folder=tmp_path / "data"))
    learner = opened.add_learner("Specimen")
    attempt = json.loads(begun(form, None, "free", NOW).model_dump_json(exclude_none=True))
    attempt["record"] = json.loads(record_to_json(blank(form)))
    head = AttemptHead("smuggled", learner.id, None, NOW.isoformat(), NOW.isoformat(), None)
    opened._store.writer.submit(lambda writer: writer.put([(head, json.dumps(attempt))])).result()
    with pytest.raises(UserError) as refused:
        opened.open("smuggled")
    assert refused.value.code == "practice_is_clinical"
    opened.close()


def test_practice_opens_without_the_records_of_patients_and_leaves_them_locked(tmp_path: Path) -> None:
    opened = open_practice(tmp_path / "data")
    opened.writer.submit(lambda writer: writer.put_learner(Learner("one", "Specimen"))).result()
    head = AttemptHead("a", "one", None, NOW.isoformat(), NOW.isoformat(), None)
    opened.writer.submit(lambda writer: writer.put([(head, "{}")])).result()
    opened.close()
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["practice"]
    created, _key = exams.create(Context(data_folder=tmp_path / "data", key_cost=CHEAP), "correct horse battery")
    again = open_practice(tmp_path / "data")
    assert [learner.name for learner in again.reader.learners()] == ["Specimen"]
    again.close()
    created.close()

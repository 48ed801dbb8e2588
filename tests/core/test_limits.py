"""How long texts may be (clinical decision 1): the longest is kept whole, a longer one refused whole with its count."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from exam_app.core.errors import UserError
from exam_app.core.files.findings_file import read_findings
from exam_app.core.files.record_file import record_from_json, record_to_json
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import TextField
from exam_app.core.record.record import ExamRecord

PATIENT, ENCOUNTER = "family_name: Specimen", "started_at: '2026-11-22T09:00:00+01:00'"
TEXTS = {
    "patient.given_name": ("patient", "given_name: {}", 200),
    "patient.mrn": ("patient", "mrn: {}", 64),
    "encounter.examiner": ("encounter", "examiner: {}", 200),
    "encounter.reason": ("encounter", "reason: {}", 500),
    "strength.deltoid.R.note": ("findings", "strength.deltoid.R: {{grade: 4, note: {}}}", 500),
    "strength.deltoid.R.text": ("findings", "strength.deltoid.R: {{unable: other, text: {}}}", 500),
    "history.goals": ("findings", "history.goals: {}", 500),
    "section_notes.tone": ("section_notes", "tone: {}", 10_000),
    "impression": ("impression", "{}", 10_000),
    "distribution_override.reason": ("distribution_override", "result: focal, reason: {}", 500),
}
"""What holds a text: the key of a findings file, what is written there, and how many characters are kept."""
every_text = pytest.mark.parametrize("name", TEXTS)


def given(form: Form, name: str, length: int) -> ExamRecord:
    """A findings file with a text of so many characters."""
    key, written, _limit = TEXTS[name]
    inside = {"patient": PATIENT, "encounter": ENCOUNTER}
    words = written.format("x" * length)
    inside[key] = f"{inside[key]}, {words}" if key in inside else words
    lines = [f"{each}: {text if each == 'impression' else f'{{{text}}}'}" for each, text in inside.items()]
    return read_findings("\n".join(lines).encode(), "findings.yaml", form)


@every_text
def test_a_text_of_the_greatest_length_is_kept_whole(name: str, form: Form) -> None:
    limit = TEXTS[name][2]
    assert "x" * limit in record_to_json(given(form, name, limit))


@every_text
def test_a_longer_text_is_refused_whole_with_the_count_of_its_characters(name: str, form: Form) -> None:
    limit = TEXTS[name][2]
    with pytest.raises(UserError) as refused:
        given(form, name, limit + 1)
    (fault,) = refused.value.faults
    assert name in fault.what
    assert f"the text has {limit + 1} characters; at most {limit} are kept" in fault.what


def test_a_stored_record_says_which_text_is_too_long(form: Form) -> None:
    record = json.loads(record_to_json(given(form, "encounter.reason", 500)))
    record["encounter"]["reason"] += "x"
    with pytest.raises(UserError) as refused:
        record_from_json(json.dumps(record), form, "record.json")
    assert [str(fault) for fault in refused.value.faults] == [
        "$.encounter.reason: the text has 501 characters; at most 500 are kept"
    ]


def test_no_form_promises_a_longer_text_than_a_record_keeps() -> None:
    assert TextField(kind="text", id="words", label="Words", limit=10_000).limit == 10_000
    for limit in (0, 10_001):
        with pytest.raises(ValidationError):
            TextField(kind="text", id="words", label="Words", limit=limit)

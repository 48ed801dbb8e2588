"""An attempt: what was examined in which order, what was said, and how it is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.practice.attempt import begun, performing, spending, total_seconds
from exam_app.core.practice.attempt_file import (
    Kept,
    Portfolio,
    attempt_from_json,
    attempt_to_json,
    portfolio_from_json,
    portfolio_to_json,
)
from exam_app.core.practice.case import Case
from exam_app.core.practice.library import Library
from exam_app.core.practice.order import next_address, stages
from tests.specimen import blank
from tests.specimen_case import NOW, perfect


def test_what_was_examined_keeps_its_first_place(dropped_foot: Case, form: Form) -> None:
    attempt = performing(begun(form, dropped_foot, "free", NOW), ["gait.pattern", "strength.deltoid.R"])
    again = performing(attempt, ["strength.deltoid.R", "gait.pattern", "strength.deltoid.L"])
    assert again.performed == ("gait.pattern", "strength.deltoid.R", "strength.deltoid.L")
    assert performing(again, ["gait.pattern"]) is again


def test_time_adds_up_by_section(dropped_foot: Case, form: Form) -> None:
    attempt = spending(spending(begun(form, dropped_foot, "free", NOW), "tone", 12.5), "tone", 2.5)
    attempt = spending(attempt, "gait", 5.0)
    assert dict(attempt.seconds) == {"tone": 15.0, "gait": 5.0}
    assert total_seconds(attempt) == 20.0


def test_the_guided_walk_goes_through_the_standard_order(dropped_foot: Case, form: Form, library: Library) -> None:
    attempt = begun(form, dropped_foot, "guided", NOW)
    steps, walked = stages(library.order, form, attempt.record), list[str]()
    while (found := next_address(steps, attempt.performed)) is not None:
        stage, address = found
        assert stage.step.why
        walked.append(stage.step.id)
        attempt = performing(attempt, [address])
    assert list(dict.fromkeys(walked)) == [stage.step.id for stage in steps]
    assert len(attempt.performed) == sum(len(stage.addresses) for stage in steps)


def test_an_attempt_comes_back_as_it_was(dropped_foot: Case, form: Form, library: Library) -> None:
    attempt = perfect(dropped_foot, form, library)
    assert attempt_from_json(attempt_to_json(attempt), form) == attempt


def changed(text: str, **parts: Any) -> str:
    """The JSON with some of its parts exchanged."""
    return json.dumps({**json.loads(text), **parts})


def test_an_attempt_that_is_none_is_refused_with_a_sentence(dropped_foot: Case, form: Form, library: Library) -> None:
    text = attempt_to_json(perfect(dropped_foot, form, library))
    record = json.loads(text)["record"]
    finding = record["findings"]["strength.deltoid.R"]
    refusals = {
        text[:-20]: "attempt_damaged",
        "[]": "attempt_damaged",
        changed(text, walk="crawling"): "attempt_damaged",
        changed(text, format=2): "attempt_newer",
        changed(text, record={**record, "findings": {"strength.toe.R": finding}}): "attempt_of_another_form",
        changed(text, record=json.loads(blank(form).model_dump_json())): "practice_is_clinical",
    }
    for told, code in refusals.items():
        with pytest.raises(UserError) as refused:
            attempt_from_json(told, form)
        assert refused.value.code == code


def test_the_file_of_a_learner_comes_back_and_damage_is_seen(dropped_foot: Case, form: Form, library: Library) -> None:
    kept = Kept(id="one", changed_at=NOW, attempt=perfect(dropped_foot, form, library))
    text = portfolio_to_json(Portfolio(learner_id="abc", learner="Specimen", attempts=(kept,)))
    assert portfolio_from_json(text, "file").attempts == (kept,)
    refusals = {
        text[:-10]: "progress_damaged",
        text.replace("Specimen", "Specimens"): "progress_damaged",
        text.replace('"guided"', '"free"').replace('"free"', '"guided"'): "progress_damaged",
        changed(text, kind="something"): "progress_damaged",
        changed(text, format=2): "progress_newer",
        blank(form).model_dump_json(): "practice_is_clinical",
    }
    for told, code in refusals.items():
        with pytest.raises(UserError) as refused:
            portfolio_from_json(told, "file")
        assert refused.value.code == code

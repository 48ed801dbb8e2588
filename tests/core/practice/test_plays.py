"""Every teaching case played by a script: perfectly, with the sides exchanged, and not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exam_app.core.form.form import Form
from exam_app.core.practice.attempt import recording
from exam_app.core.practice.case import Case
from exam_app.core.practice.case_checks import abnormal
from exam_app.core.practice.case_file import case_files, case_id, load_case
from exam_app.core.practice.debrief import debriefed
from exam_app.core.practice.eliciting import elicited
from exam_app.core.practice.library import Library
from exam_app.core.practice.scores import NotScored, Scored
from tests.specimen_case import blank_attempt, has_side, perfect, reversed_sides

FORMS = Path(__file__).resolve().parents[3] / "forms"
FILES = {case_id(path): path for path in case_files(FORMS)}


@pytest.fixture(scope="session")
def cases(form: Form, library: Library) -> dict[str, Case]:
    """Every teaching case, read once."""
    return {name: load_case(path, form, library) for name, path in FILES.items()}


@pytest.fixture(params=list(FILES))
def case(request: pytest.FixtureRequest, cases: dict[str, Case]) -> Case:
    """Each of the teaching cases."""
    return cases[request.param]


def test_a_perfect_learner_has_everything_that_can_be_scored(case: Case, form: Form, library: Library) -> None:
    found = debriefed(case, perfect(case, form, library), form, library)
    scored = {domain: score for domain, score in found.scores.items() if isinstance(score, Scored)}
    assert {domain: score.share for domain, score in scored.items()} == dict.fromkeys(scored, 1.0)
    assert set(found.scores) - set(scored) <= {"safety"}
    assert not found.explained
    assert not found.is_failed


def test_a_learner_who_exchanges_the_sides_fails_wherever_the_key_has_a_side(
    case: Case, form: Form, library: Library
) -> None:
    found = debriefed(case, reversed_sides(case, form, library), form, library)
    kinds = {failure.kind for failure in found.failures}
    if case.key.is_lateralised:
        assert found.is_failed
        assert "lesion_reversed" in kinds
        if any(has_side(address) for address in abnormal(case, form)):
            assert "finding_reversed" in kinds
    else:
        assert not kinds & {"lesion_reversed", "finding_reversed"}


def test_an_empty_attempt_is_not_scored_because_nothing_was_examined(case: Case, form: Form, library: Library) -> None:
    found = debriefed(case, blank_attempt(case, form), form, library)
    assert set(found.scores.values()) == {NotScored("nothing_examined")}
    assert not found.is_failed


def test_whatever_is_examined_shows_words(case: Case, form: Form, library: Library) -> None:
    for address in case.truth.findings:
        assert elicited(case, address, form, library.phrases).strip()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_taking_a_right_finding_away_never_raises_a_score(
    data: st.DataObject, cases: dict[str, Case], form: Form, library: Library
) -> None:
    case = cases[data.draw(st.sampled_from(list(FILES)))]
    attempt = perfect(case, form, library)
    signs = abnormal(case, form) or list(case.truth.findings)
    gone = data.draw(st.sets(st.sampled_from(signs)))
    kept = {address: each for address, each in attempt.record.findings.items() if address not in gone}
    some = recording(attempt, attempt.record.model_copy(update={"findings": kept}))
    more = data.draw(st.sampled_from(sorted(kept)))
    less = {address: each for address, each in kept.items() if address != more}
    fewer = recording(attempt, attempt.record.model_copy(update={"findings": less}))
    before, after = (debriefed(case, each, form, library).scores for each in (some, fewer))
    for domain, score in before.items():
        other = after[domain]
        if isinstance(score, Scored):
            assert isinstance(other, Scored)
            assert other.points <= score.points

"""What to practise next and why, and how a learner stands over time."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from exam_app.core.form.form import Form
from exam_app.core.practice.attempt import DOMAINS, Domain
from exam_app.core.practice.case import Case
from exam_app.core.practice.library import Library
from exam_app.core.practice.progress import Done, Next, progress
from tests.specimen_case import NOW, specimen_case


@pytest.fixture(scope="module")
def cases(form: Form, library: Library, tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, ...]:
    """Three cases: one hard, one easy of strength, one moderate of sensation."""
    folder = tmp_path_factory.mktemp("cases")
    hard = specimen_case(folder, form, library, ("difficulty: easy", "difficulty: hard"), name="X01")
    easy = specimen_case(folder, form, library, name="X02")
    topics = ("topics: [strength, gait]", "topics: [sensation]")
    other = specimen_case(folder, form, library, ("difficulty: easy", "difficulty: moderate"), topics, name="X03")
    return hard, easy, other


def attempt(case_id: str, day: int, share: float | None, *, failed: bool = False, **scores: float) -> Done:
    """A finished attempt with the same score in every domain."""
    found: dict[Domain, float | None] = dict.fromkeys(DOMAINS, share)
    found.update(scores)  # type: ignore[arg-type]
    return Done(f"{case_id}-{day}", case_id, NOW + datetime.timedelta(days=day), 600.0, found, failed)


def test_scores_stand_in_order_by_domain_and_what_was_not_scored_is_no_point(cases: tuple[Case, ...]) -> None:
    found = progress([attempt("X02", 2, 0.9), attempt("X01", 1, 0.4), attempt("X03", 3, None)], cases)
    assert [point.share for point in found.series["findings"]] == [0.4, 0.9]
    assert found.attempts == {"X01": 1, "X02": 1, "X03": 1}


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        ([], Next("X02", "untried")),
        ([attempt("X02", 1, 1.0)], Next("X03", "untried")),
        ([attempt("X02", 1, 0.9, failed=True)], Next("X02", "failed")),
        ([attempt("X02", 1, 0.9, failed=True), attempt("X02", 2, 0.9)], Next("X03", "untried")),
        ([attempt("X02", 1, 0.9, structure=0.3)], Next("X01", "weak", "structure")),
        ([attempt("X01", 1, 1.0), attempt("X02", 2, 0.8), attempt("X03", 3, 1.0)], Next("X02", "lowest")),
        ([attempt("X01", 1, 1.0), attempt("X02", 2, 1.0), attempt("X03", 3, 1.0)], None),
        ([attempt("gone", 1, 0.9, failed=True)], Next("X02", "untried")),
    ],
)
def test_what_to_practise_next_and_why(attempts: list[Done], expected: Next | None, cases: tuple[Case, ...]) -> None:
    assert progress(attempts, cases).next == expected


def test_nothing_is_proposed_without_cases(tmp_path: Path) -> None:
    assert progress([], ()).next is None

"""What a learner hears after an attempt: pure, from the attempt, its case and the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exam_app.core.derived.distribution import distribution
from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.practice.attempt import DOMAINS, Attempt, Domain
from exam_app.core.practice.case import Case, Place, Teaching
from exam_app.core.practice.case_checks import abnormal
from exam_app.core.practice.comparing import Comparing, Comparison
from exam_app.core.practice.library import Library, Mistake, When
from exam_app.core.practice.order import Course, Stage, course, is_before, stages
from exam_app.core.practice.scores import (
    Failure,
    NotScored,
    Score,
    failures,
    findings_score,
    localisation_score,
    place_points,
    safety_score,
    structure_score,
)
from exam_app.core.record.record import Distribution


@dataclass(frozen=True, slots=True)
class Explained:
    """One wrong comparison with the mistakes and the teaching points about it; its technique card is the item's own."""

    comparison: Comparison
    mistakes: tuple[Mistake, ...]
    teaching: tuple[Teaching, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """Where the learner said the lesion is, and of dystonia which distribution; None was not said. `points` of the
    place: 2 right, 1 the level alone. `expected` is the distribution of the case, None without dystonia."""

    place: Place | None
    points: int
    distribution: Distribution | None
    expected: Distribution | None


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything there is to say. `scores` has every domain; `failures` fail the attempt whatever its scores.
    `beside` are the mistakes that belong to no single finding; `unfounded` the red flags said that the case has not."""

    scores: Mapping[Domain, Score]
    failures: tuple[Failure, ...]
    explained: tuple[Explained, ...]
    right: tuple[Comparison, ...]
    course: Course
    stages: tuple[Stage, ...]
    answered: Answered
    beside: tuple[Mistake, ...]
    unfounded: tuple[str, ...]

    @property
    def is_failed(self) -> bool:
        """Whether something fails the attempt whatever its scores."""
        return bool(self.failures)

    @property
    def anything_examined(self) -> bool:
        """Whether there is anything to compare."""
        return self.scores["findings"] != NotScored("nothing_examined")


def debriefed(case: Case, attempt: Attempt, form: Form, library: Library) -> Debrief:
    """The debrief of an attempt at a case."""
    steps = stages(library.order, form, case.truth)
    walked = course(steps, attempt.performed)
    comparisons = Comparing(case, attempt, form, library.phrases).all()
    expected = expected_distribution(case, form)
    failed = failures(case, attempt, comparisons) if attempt.performed else ()
    made = _made(library.mistakes.mistakes, case, attempt, comparisons, form)
    wrong = [each for each in comparisons if each.is_wrong]
    said = {mistake.id for each in wrong for mistake in _about(made, each)}
    return Debrief(
        scores=_scores(case, attempt, comparisons, walked, failed, expected),
        failures=failed,
        explained=tuple(Explained(each, _about(made, each), _taught(case, each)) for each in wrong),
        right=tuple(each for each in comparisons if each.is_abnormal and each.outcome == "exact"),
        course=walked,
        stages=steps,
        answered=Answered(
            attempt.localisation, place_points(case, attempt.localisation), attempt.distribution, expected
        ),
        beside=tuple(mistake for mistake in made if mistake.id not in said) if attempt.performed else (),
        unfounded=tuple(flag for flag in attempt.red_flags if flag not in {each.id for each in case.key.red_flags}),
    )


def expected_distribution(case: Case, form: Form) -> Distribution | None:
    """The distribution of the dystonia that the case shows, or None where it shows none."""
    result = distribution(case.truth, form).result
    return None if result == "none" else result


def _scores(
    case: Case,
    attempt: Attempt,
    comparisons: tuple[Comparison, ...],
    walked: Course,
    failed: tuple[Failure, ...],
    expected: Distribution | None,
) -> Mapping[Domain, Score]:
    if not attempt.performed:
        return dict.fromkeys(DOMAINS, NotScored("nothing_examined"))
    return {
        "findings": findings_score(comparisons),
        "structure": structure_score(walked),
        "localisation": localisation_score(case, attempt, expected),
        "safety": safety_score(case, failed),
    }


def _names(address: str) -> tuple[str, str, str]:
    """What an address is named by: its section, its item, itself."""
    return section_of(address), split_address(address)[0], address


def _named(addresses: Iterable[str]) -> frozenset[str]:
    """Every name of some addresses."""
    return frozenset(name for address in addresses for name in _names(address))


def _taught(case: Case, one: Comparison) -> tuple[Teaching, ...]:
    return tuple(point for point in case.teaching if any(name in _names(one.address) for name in point.about))


def _about(made: Iterable[Mistake], one: Comparison) -> tuple[Mistake, ...]:
    """The mistakes made at one comparison: those that ask for its outcome at its place."""
    return tuple(mistake for mistake in made if mistake.when is not None and _fits(mistake.when, one))


def _fits(when: When, one: Comparison) -> bool:
    if one.outcome not in when.outcome:
        return False
    return not when.at or any(name in _names(one.address) for name in when.at)


def _made(
    mistakes: Iterable[Mistake], case: Case, attempt: Attempt, comparisons: Iterable[Comparison], form: Form
) -> tuple[Mistake, ...]:
    """The mistakes of the library that the attempt shows."""
    signs, seen, compared = _named(abnormal(case, form)), _named(attempt.performed), tuple(comparisons)
    place = attempt.localisation

    def holds(when: When) -> bool:
        """Every condition that is given."""
        return (
            (not when.outcome or any(_fits(when, one) for one in compared))
            and seen.isdisjoint(when.skipped)
            and (when.before is None or is_before(*when.before, attempt.performed))
            and (not when.levels or (place is not None and place.level in when.levels))
            and (not when.abnormal or not signs.isdisjoint(when.abnormal))
            and signs.isdisjoint(when.normal)
        )

    return tuple(mistake for mistake in mistakes if mistake.when is not None and holds(mistake.when))

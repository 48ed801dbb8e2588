"""The scores of an attempt, exactly as clinical decision 10 defines them: findings, structure, localisation, safety.

What was not examined has no score: there is no number that could be taken for nought.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from exam_app.core.practice.attempt import Attempt
from exam_app.core.practice.case import Case, Place
from exam_app.core.practice.comparing import Comparison
from exam_app.core.practice.library import Outcome
from exam_app.core.practice.order import Course
from exam_app.core.record.record import Distribution

EXACT, ADJACENT, FALSE_POSITIVE = 1.0, 0.5, 0.5
PLACE, LEVEL_ALONE, DISTRIBUTION = 2, 1, 1
"""Points for the right place, for the right level on a wrong side, and for the distribution of dystonia."""
_OTHER = {"R": "L", "L": "R"}
FOUND: frozenset[Outcome] = frozenset({"exact", "adjacent", "different"})
"""Outcomes in which something abnormal was seen where it is."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Points out of a highest number, which is more than 0."""

    points: float
    of: int

    @property
    def share(self) -> float:
        """The points as a share of 1."""
        return self.points / self.of


@dataclass(frozen=True, slots=True)
class NotScored:
    """No score, and why: nothing was examined, or there is nothing to score."""

    why: Literal["nothing_examined", "nothing_to_score"]


Score = Scored | NotScored


def findings_score(comparisons: Iterable[Comparison]) -> Scored:
    """For each abnormal finding of the case one where it is exact and a half where it is next to it, less a half for
    each false positive, not below 0, out of their number. Without any: one, less a half for each false positive."""
    found = tuple(comparisons)
    abnormal = [each for each in found if each.is_abnormal]
    less = FALSE_POSITIVE * sum(each.outcome == "false_positive" for each in found)
    if not abnormal:
        return Scored(max(0.0, EXACT - less), 1)
    worth = {"exact": EXACT, "adjacent": ADJACENT}
    points = sum(worth.get(each.outcome, 0.0) for each in abnormal)
    return Scored(max(0.0, points - less), len(abnormal))


def structure_score(walked: Course) -> Score:
    """The steps of the standard order that were begun in order, out of all that should have been or were begun."""
    return Scored(float(walked.kept), walked.of) if walked.of else NotScored("nothing_to_score")


def place_points(case: Case, answer: Place | None) -> int:
    """Two for a place that the key accepts, one for its level on another side."""
    right = (case.key.localisation, *case.key.accept)
    if answer is None:
        return 0
    if answer in right:
        return PLACE
    return LEVEL_ALONE if any(answer.level == each.level for each in right) else 0


def localisation_score(case: Case, attempt: Attempt, expected: Distribution | None) -> Scored:
    """The place, and where the case has dystonia its distribution. What was not answered has no points."""
    points = place_points(case, attempt.localisation)
    if expected is None:
        return Scored(float(points), PLACE)
    points += DISTRIBUTION if attempt.distribution == expected else 0
    return Scored(float(points), PLACE + DISTRIBUTION)


@dataclass(frozen=True, slots=True)
class Failure:
    """What fails an attempt whatever its scores: a critical finding missed, the side of a finding or of the lesion
    reversed, a red flag of the case not said. `what` is the address or the id, `why` the words of the case."""

    kind: Literal["critical_missed", "finding_reversed", "lesion_reversed", "red_flag_unsaid"]
    what: str
    why: str | None = None


def failures(case: Case, attempt: Attempt, comparisons: Iterable[Comparison]) -> tuple[Failure, ...]:
    """Every reason for which the attempt fails."""
    outcomes: dict[str, set[Outcome]] = {}
    for each in comparisons:
        outcomes.setdefault(each.address, set()).add(each.outcome)
    found = [Failure("finding_reversed", address) for address, each in outcomes.items() if "wrong_side" in each]
    for critical in case.key.critical:
        # Of a list of movements it is enough to have found one.
        if not outcomes.get(critical.finding, set()) & (FOUND | {"wrong_side"}):
            found.append(Failure("critical_missed", critical.finding, critical.why))
    right, answer = case.key.localisation, attempt.localisation
    if answer is not None and answer not in case.key.accept and _OTHER.get(answer.side) == right.side:
        found.append(Failure("lesion_reversed", answer.level))
    found += [
        Failure("red_flag_unsaid", flag.id, flag.why) for flag in case.key.red_flags if flag.id not in attempt.red_flags
    ]
    return tuple(found)


def safety_score(case: Case, found: Iterable[Failure]) -> Score:
    """The critical findings found and the red flags said, out of all; a reversed side counts as one that was not."""
    of = len(case.key.critical) + len(case.key.red_flags)
    if of == 0:
        return NotScored("nothing_to_score")
    lost = {(each.kind, each.what) for each in found}
    kept = sum(
        ("critical_missed", each.finding) not in lost and ("finding_reversed", each.finding) not in lost
        for each in case.key.critical
    ) + sum(("red_flag_unsaid", each.id) not in lost for each in case.key.red_flags)
    return Scored(float(kept), of)

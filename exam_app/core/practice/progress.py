"""A learner's attempts over time: scores of each domain, attempts of each case, and what to practise next and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from exam_app.core.practice.attempt import DOMAINS, Domain
from exam_app.core.practice.case import DIFFICULTIES, Case, Topic
from exam_app.core.practice.debrief import Debrief
from exam_app.core.practice.scores import Scored

SURE = 0.7
"""A share from which a domain counts as done well: a fixed cut, as in one published station."""
RECENT = 3
"""So many of the last attempts say how a domain stands."""

Why = Literal["failed", "weak", "untried", "lowest"]


@dataclass(frozen=True, slots=True)
class Done:
    """One finished attempt: which case, when, and its scores by domain, None where a domain was not scored."""

    attempt_id: str
    case_id: str
    at: datetime.datetime
    seconds: float
    scores: Mapping[Domain, float | None]
    is_failed: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One score on the plot."""

    at: datetime.datetime
    case_id: str
    share: float


@dataclass(frozen=True, slots=True)
class Next:
    """What to practise next, and why: the last attempt failed; a domain is weak; not tried yet; the lowest score."""

    case_id: str
    why: Why
    domain: Domain | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """`series` has every domain, oldest first; `attempts` counts the finished attempts of each case tried."""

    series: Mapping[Domain, tuple[Point, ...]]
    attempts: Mapping[str, int]
    next: Next | None


def done(attempt_id: str, case_id: str, at: datetime.datetime, seconds: float, heard: Debrief) -> Done:
    """A finished attempt with the scores of its debrief."""
    scores = {domain: score.share if isinstance(score, Scored) else None for domain, score in heard.scores.items()}
    return Done(attempt_id, case_id, at, seconds, scores, heard.is_failed)


def progress(attempts: Iterable[Done], cases: Sequence[Case]) -> Progress:
    """How a learner stands. Attempts at cases that are no longer there count in the series, and are not proposed."""
    ordered = sorted(attempts, key=lambda each: (each.at, each.attempt_id))
    series = {
        domain: tuple(
            Point(each.at, each.case_id, share) for each in ordered if (share := each.scores.get(domain)) is not None
        )
        for domain in DOMAINS
    }
    counts: dict[str, int] = {}
    for each in ordered:
        counts[each.case_id] = counts.get(each.case_id, 0) + 1
    return Progress(series, counts, _next(ordered, series, cases))


def _next(ordered: Sequence[Done], series: Mapping[Domain, tuple[Point, ...]], cases: Sequence[Case]) -> Next | None:
    """A case whose last attempt failed, the one failed last first; else one not tried, for a weak domain one like the
    case in which it was weakest; else the case with the lowest findings, if it can still be done better."""
    last = {each.case_id: each for each in ordered}
    known = {case.id: case for case in cases}
    failed = [each for each in ordered if each is last[each.case_id] and each.is_failed and each.case_id in known]
    if failed:
        return Next(failed[-1].case_id, "failed")
    weak = _weakest(series)
    untried = sorted((case for case in cases if case.id not in last), key=_ease)
    if untried and weak is not None:
        like = _topics_of_the_lowest(series[weak], known)
        near = [case for case in untried if like & set(case.head.topics)]
        return Next((near or untried)[0].id, "weak", weak)
    if untried:
        return Next(untried[0].id, "untried")
    scored = [(each.scores.get("findings"), case_id) for case_id, each in last.items() if case_id in known]
    low = sorted((share, case_id) for share, case_id in scored if share is not None and share < 1)
    return Next(low[0][1], "lowest") if low else None


def _ease(case: Case) -> tuple[int, str]:
    return DIFFICULTIES.index(case.head.difficulty), case.id


def _weakest(series: Mapping[Domain, tuple[Point, ...]]) -> Domain | None:
    """The domain with the lowest mean of its last scores, if that is below the cut."""
    means = {
        domain: sum(point.share for point in points[-RECENT:]) / len(points[-RECENT:])
        for domain, points in series.items()
        if points
    }
    low = [(mean, DOMAINS.index(domain), domain) for domain, mean in means.items() if mean < SURE]
    return min(low)[2] if low else None


def _topics_of_the_lowest(points: Sequence[Point], known: Mapping[str, Case]) -> set[Topic]:
    lowest = min((point for point in points if point.case_id in known), key=lambda each: each.share, default=None)
    return set(known[lowest.case_id].head.topics) if lowest is not None else set()

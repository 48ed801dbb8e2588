"""Scores of a record. A score is a number only when it is complete, and the types hold to it.

A score that lacks anything is a `Range` or `Incomplete` and has no total to print; `Total` is made in one place, from a
list of numbers in which none is missing (promise 2 of the design, clinical decision 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from exam_app.core.derived.judgement import judge_finding
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import SIDES, Item, Side
from exam_app.core.form.score import Criterion, Leaf, Plan, Score, total
from exam_app.core.record.record import AssertedNormal, Examination, Examined, Unable
from exam_app.core.record.values import GradeValue, GroupValue, NumberValue, UnableReason, UnableValue, Value


@dataclass(frozen=True, slots=True)
class Known:
    """A number that was recorded, or that an asserted normal stands for."""

    leaf: Leaf
    number: float


@dataclass(frozen=True, slots=True)
class Untestable:
    """A number that could not be found out, and why."""

    leaf: Leaf
    reason: UnableReason
    text: str | None


@dataclass(frozen=True, slots=True)
class Missing:
    """A number that is not recorded; `mark` is the qualifier for which a recorded one does not count."""

    leaf: Leaf
    mark: str | None = None


Reading = Known | Untestable | Missing


@dataclass(frozen=True, slots=True)
class Total:
    """A complete score; `sides` are the totals of R and L where the score is counted by side."""

    number: float
    sides: Mapping[Side, float]


@dataclass(frozen=True, slots=True)
class Range:
    """Everything recorded but what could not be tested: the lowest and the highest total that it leaves open."""

    low: float
    high: float
    untestable: tuple[Untestable, ...]


@dataclass(frozen=True, slots=True)
class Incomplete:
    """No total, and what is missing for one."""

    missing: tuple[Untestable | Missing, ...]


Outcome = Total | Range | Incomplete


@dataclass(frozen=True, slots=True)
class Scored:
    """A score of a record. `met` says of each criterion whether it is met; None where that is still open. `addresses`
    are the findings that it was read from."""

    plan: Plan
    outcome: Outcome
    readings: tuple[Reading, ...]
    met: tuple[tuple[Criterion, bool | None], ...]
    addresses: tuple[str, ...]

    @property
    def score(self) -> Score:
        """The score as the form defines it."""
        return self.plan.score


def score_record(record: Examination, form: Form, plans: Iterable[Plan] | None = None) -> dict[str, Scored]:
    """The scores of a record by id, in the order of the form's files; of these plans only, if given. A score of which
    no number is recorded is absent."""
    found = ((plan.score.id, scored(plan, record, form)) for plan in plans or form.score_plans.values())
    return {score_id: one for score_id, one in found if one is not None}


def scored(plan: Plan, record: Examination, form: Form) -> Scored | None:
    """One score of a record; None where no number of it is recorded, or where the score is not offered."""
    readings = tuple(_read(leaf, record, plan.score) for leaf in plan.leaves)
    if not any(isinstance(reading, Known) for reading in readings):
        return None
    if plan.score.not_with == "confined_weakness" and is_weakness_confined(record, form):
        return None
    outcome = _outcome(plan, readings)
    addresses = dict.fromkeys(leaf.address for leaf in plan.leaves if leaf.address in record.findings)
    return Scored(plan, outcome, readings, _criteria(plan.score, readings), tuple(addresses))


def _outcome(plan: Plan, readings: tuple[Reading, ...]) -> Outcome:
    untestable = tuple(reading for reading in readings if isinstance(reading, Untestable))
    lacking = tuple(reading for reading in readings if not isinstance(reading, Known))
    if not lacking:
        numbers = [reading.number for reading in readings if isinstance(reading, Known)]
        number = total(plan, numbers)
        return (
            Incomplete(tuple(Missing(leaf) for leaf in plan.leaves))
            if number is None
            else Total(number, _by_side(plan, numbers))
        )
    if len(untestable) == len(lacking) and plan.score.untestable == "range":
        low = total(plan, [reading.number if isinstance(reading, Known) else reading.leaf.low for reading in readings])
        high = total(plan, [each.number if isinstance(each, Known) else each.leaf.high for each in readings])
        if low is not None and high is not None:
            return Range(low, high, untestable)
    return Incomplete(lacking)


def _by_side(plan: Plan, numbers: list[float]) -> dict[Side, float]:
    if not plan.score.by_side:
        return {}
    sides: dict[Side, float] = {}
    pairs = list(zip(plan.leaves, numbers, strict=True))
    for side in SIDES:
        # The other side counts nothing; a score by side is a sum of paired terms only.
        one = total(plan, [number if leaf.side == side else 0.0 for leaf, number in pairs])
        if one is not None:
            sides[side] = one
    return sides


def _criteria(score: Score, readings: tuple[Reading, ...]) -> tuple[tuple[Criterion, bool | None], ...]:
    """Whether each criterion is met. What is missing could still meet it, so only a complete score fails one."""
    numbers = [reading.number for reading in readings if isinstance(reading, Known)]
    said: list[tuple[Criterion, bool | None]] = []
    for criterion in score.criteria:
        is_met = any(sum(number >= reach.at_least for number in numbers) >= reach.count for reach in criterion.any_of)
        said.append((criterion, True if is_met else (False if len(numbers) == len(readings) else None)))
    return tuple(said)


# Reading ------------------------------------------------------------------------------------------------------------


def _read(leaf: Leaf, record: Examination, score: Score) -> Reading:
    finding = record.findings.get(leaf.address)
    if isinstance(finding, Unable):
        return Untestable(leaf, finding.reason, finding.text)
    if isinstance(finding, AssertedNormal) and leaf.asserted is not None:
        return Known(leaf, leaf.asserted)
    if not isinstance(finding, Examined):
        return Missing(leaf)
    for mark in finding.qualifiers:
        if mark in score.incomplete_with:
            return Missing(leaf, mark)
    value: Value | None = finding.value
    for name in leaf.fields:
        if isinstance(value, GroupValue):
            value = value.fields.get(name)
    if isinstance(value, UnableValue):
        return Untestable(leaf, value.reason, value.text)
    number = _number(leaf, value)
    return Missing(leaf) if number is None else Known(leaf, number)


def _number(leaf: Leaf, value: Value | None) -> float | None:
    """The number of a grade on the scale that the score means, or a plain number: no range, no pair, no "could not"."""
    if isinstance(value, GradeValue) and value.scale.partition("/")[0] == leaf.scale:
        return leaf.numbers.get(value.token)
    if isinstance(value, NumberValue) and leaf.scale is None and value.to is None and value.over is None:
        return value.number
    return None


# Weakness in one place only -----------------------------------------------------------------------------------------

_ARM = frozenset({"C5", "C6", "C7", "C8", "T1"})
_LEG = frozenset({"L1", "L2", "L3", "L4", "L5", "S1", "S2"})


def is_weakness_confined(record: Examination, form: Form) -> bool:
    """Whether there is weakness, and all of it in one limb, one root or one nerve of one side.

    Weak is a muscle (a graded item with roots) whose recorded grade is abnormal. The limb follows from its roots.
    """
    sides: set[str | None] = set()
    limbs, roots, nerves = [], [], []
    for address, item in form.muscles.items():
        finding = record.findings.get(address)
        if isinstance(finding, Examined) and judge_finding(finding, item, form) == "abnormal":
            sides.add(address[-1] if item.sides == "paired" else None)
            supplied = frozenset(item.roots.all if item.roots is not None else ())
            limbs.append(_limb(item, supplied))
            roots.append(supplied)
            nerves.append(frozenset({item.nerve} if item.nerve is not None else ()))
    if len(sides) != 1 or None in sides:
        return False
    return any(frozenset.intersection(*each) for each in (limbs, roots, nerves))


def _limb(item: Item, roots: frozenset[str]) -> frozenset[str]:
    if item.sides != "paired":
        return frozenset()
    return frozenset({"arm"} if roots & _ARM else {"leg"} if roots & _LEG else ())


# As JSON ------------------------------------------------------------------------------------------------------------


def outcome_json(one: Scored) -> float | dict[str, Any]:
    """A number for a total; otherwise `{"range": [low, high], "untestable": [...]}` or `{"incomplete": [...]}`."""
    outcome = one.outcome
    if isinstance(outcome, Total):
        return plain(outcome.number)
    if isinstance(outcome, Range):
        names = [full_name(reading.leaf) for reading in outcome.untestable]
        return {"range": [plain(outcome.low), plain(outcome.high)], "untestable": names}
    return {"incomplete": [full_name(reading.leaf) for reading in outcome.missing]}


def details_json(one: Scored) -> dict[str, Any]:
    """What belongs beside a score: its highest total or unit, its single numbers, the sides, its criteria."""
    score = one.score
    parts = {full_name(each.leaf): plain(each.number) for each in one.readings if isinstance(each, Known)}
    sides = one.outcome.sides if isinstance(one.outcome, Total) else {}
    return {
        "label": score.label,
        "version": score.version,
        "max": None if score.max is None else plain(score.max),
        "unit": score.unit,
        "parts": parts,
        "sides": {side: plain(number) for side, number in sides.items()},
        "criteria": {criterion.id: met for criterion, met in one.met},
        "sources": list(score.sources),
        "reviewed": score.reviewed is not None,
    }


def full_name(leaf: Leaf) -> str:
    """What a number of a score is called, with the letter of its side: `wrist extension R`."""
    return leaf.name if leaf.side is None else f"{leaf.name} {leaf.side}"


def plain(number: float) -> float:
    """A whole number without its `.0`."""
    return int(number) if number == int(number) else number

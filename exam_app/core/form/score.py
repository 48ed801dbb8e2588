"""Scores as data: which recorded numbers a score is made of, and the plan by which it reads them.

A score names its terms by paths `section.item[:field[.field]]`. A path never names a side: a paired item or field is
read on R and L, so that a mirrored record has the same score. The numbers of a grade are those of its scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Key

from exam_app.core.form.kinds import SIDES, Field, GradeKind, GroupKind, Item, NumberKind, Side
from exam_app.core.form.scale import Scale, Sourced
from exam_app.core.model import FrozenMap, Id, Model, Token, no_entries


class Term(Model):
    """One term of a score: the number at `at`, or the product of the fields in `product` below it; times `weight`.

    Of a paired item or field both sides count: their sum or their mean. `name` is what the term is called where it is
    missing, `names` the same for each side (`{L: 5a, R: 5b}`).
    """

    at: str
    product: tuple[Id, ...] = ()
    sides: Literal["sum", "mean"] = "sum"
    weight: float = 1
    name: str | None = None
    names: FrozenMap[Side, str] = Key(default_factory=no_entries)


class Reach(Model):
    """At least `count` single numbers of `at_least` or more."""

    count: int
    at_least: float


class Criterion(Model):
    """A published criterion on the single numbers, met where any of `any_of` is. `says` are its words; whether it is
    met is printed, and nothing that follows from it."""

    id: Id
    says: str
    any_of: tuple[Reach, ...] = Key(min_length=1)


class Score(Sourced):
    """A score of several recorded numbers.

    `terms` are added; with `combine: difference` or `quotient` there are exactly two. `max` is the highest total.
    `number` names the convention among the `numbers` of each grade. `untestable` says what becomes of the score where a
    term could not be tested: a range from the lowest to the highest number of that term, or no total.
    `asserted_counts`: an asserted normal stands for the one normal token of an ordinal scale, as MRC 5 (clinical
    decision 1); without it an asserted normal stands for no number. `incomplete_with` are qualifiers whose grade does
    not count. `not_with: confined_weakness` does not offer the score
    where every weak muscle lies in one limb, one root or one nerve (clinical decision 9).
    `said`: printed always, only when complete, only when complete and below `max` (of what most people have in full),
    or never (where the item's own words already say it). `reference` is the table that a total is printed against.
    `parts` prints the single numbers where there is no total, `by_side` the totals of both sides, `note` words
    after it.
    """

    id: Id
    version: str
    label: str
    phrase: str
    terms: tuple[Term, ...] = Key(min_length=1)
    combine: Literal["sum", "difference", "quotient"] = "sum"
    number: Id = "value"
    max: float | None = None
    unit: str | None = None
    decimals: int = 2
    reference: Id | None = None
    untestable: Literal["range", "incomplete"] = "incomplete"
    asserted_counts: bool = False
    incomplete_with: tuple[Token, ...] = ()
    not_with: Literal["confined_weakness"] | None = None
    said: Literal["always", "when_complete", "when_reduced", "never"] = "always"
    parts: bool = False
    by_side: bool = False
    note: str | None = None
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """One number that a score needs: the address of its finding and the fields within the value.

    `numbers` are those of the tokens of its grade; `asserted` is the number that an asserted normal stands for, None
    where it stands for none. `low` and `high` are its limits.
    """

    name: str
    side: Side | None
    address: str
    fields: tuple[str, ...]
    scale: Id | None
    numbers: Mapping[str, float]
    asserted: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SideOfTerm:
    """The leaves of a term on one side, which are multiplied with each other."""

    side: Side | None
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A score with its terms looked up in the form: for each term its sides, for each side its leaves."""

    score: Score
    terms: tuple[tuple[Term, tuple[SideOfTerm, ...]], ...]

    @property
    def leaves(self) -> Iterator[Leaf]:
        """Every number that is needed, in the order of the terms, R before L."""
        for _term, sides in self.terms:
            for side in sides:
                yield from side.leaves

    @property
    def section(self) -> str:
        """The id of the section that the score belongs to: that of its first term."""
        return self.score.terms[0].at.partition(".")[0]

    def touches(self, section_id: str) -> bool:
        """Whether a term of the score lies in this section."""
        return any(term.at.partition(".")[0] == section_id for term in self.score.terms)


class ScoreError(Exception):
    """A term that the form cannot fulfil, in words for the author of the form."""


def plan(score: Score, items: Mapping[str, Item], scales: Mapping[str, Scale]) -> Plan:
    """Look a score's terms up in the items of a form. Raises ScoreError for the first term that is not there."""
    return Plan(score, tuple((term, _sides(score, term, items, scales)) for term in score.terms))


def faults(score: Score, items: Mapping[str, Item], scales: Mapping[str, Scale]) -> Iterator[tuple[str, str]]:
    """Every (key path, reason) for which a score cannot be used with these items and scales."""
    for index, term in enumerate(score.terms):
        try:
            _sides(score, term, items, scales)
        except ScoreError as error:
            yield f"terms/{index}", str(error)
            return
    if score.combine != "sum" and len(score.terms) != 2:
        yield "combine", f"a {score.combine} has exactly two terms"
    if score.untestable == "range" and (score.combine != "sum" or any(term.weight < 0 for term in score.terms)):
        yield "untestable", "only a sum without negative weights can be a range"
    made = plan(score, items, scales)
    if score.by_side and any(len(sides) != 2 for _term, sides in made.terms):
        yield "by_side", "every term must be paired"
    if score.combine == "sum" and score.max is not None:
        highest = total(made, [leaf.high for leaf in made.leaves])
        if highest != score.max:
            yield "max", f"the terms add up to {highest:g} at most, not {score.max:g}"


def total(made: Plan, numbers: Sequence[float]) -> float | None:
    """The score of a complete list of numbers, one for each leaf in order; None for a quotient by nothing.

    There is no way to leave a number out: a list of another length is a ValueError.
    """
    if len(numbers) != sum(1 for _leaf in made.leaves):
        raise ValueError("a score needs a number for each of its leaves")
    given = iter(numbers)
    terms = [_of_term(term, [_product(side, given) for side in sides]) for term, sides in made.terms]
    if made.score.combine == "sum":
        return round(sum(terms), made.score.decimals)
    first, second = terms
    if made.score.combine == "difference":
        return round(first - second, made.score.decimals)
    return round(first / second, made.score.decimals) if second else None


def _product(side: SideOfTerm, given: Iterator[float]) -> float:
    result = 1.0
    for _leaf in side.leaves:
        result *= next(given)
    return result


def _of_term(term: Term, sides: list[float]) -> float:
    whole = sum(sides)
    return term.weight * (whole / len(sides) if term.sides == "mean" else whole)


def _sides(score: Score, term: Term, items: Mapping[str, Item], scales: Mapping[str, Scale]) -> tuple[SideOfTerm, ...]:
    item_id, _colon, path = term.at.partition(":")
    item = items.get(item_id)
    if item is None:
        raise ScoreError(f"there is no item '{item_id}'")
    kinds: list[Item | Field] = [item]
    names = path.split(".") if path else []
    for name in names:
        kinds.append(_field(kinds[-1], name, term.at))
    paired = [kind.paired for kind in kinds[1:]]
    if sum(paired) + (item.sides == "paired") > 1:
        raise ScoreError(f"'{term.at}' has sides within sides")
    sides: tuple[Side | None, ...] = SIDES if any(paired) or item.sides == "paired" else (None,)
    found = []
    for side in sides:
        address = f"{item_id}.{side}" if item.sides == "paired" else item_id
        inside = tuple(f"{name}.{side}" if is_paired else name for name, is_paired in zip(names, paired, strict=True))
        ends = [(kinds[-1], inside)]
        if term.product:
            ends = [(_field(kinds[-1], name, term.at), (*inside, name)) for name in term.product]
        leaves = tuple(_leaf(score, term, kinds, end, side, address, fields, scales) for end, fields in ends)
        found.append(SideOfTerm(side, leaves))
    return tuple(found)


def _field(kind: Item | Field, name: str, at: str) -> Field:
    field = kind.by_id.get(name) if isinstance(kind, GroupKind) else None
    if field is None:
        raise ScoreError(f"'{kind.id}' has no field '{name}' ('{at}')")
    return field


def _leaf(
    score: Score,
    term: Term,
    kinds: list[Item | Field],
    end: Item | Field,
    side: Side | None,
    address: str,
    fields: tuple[str, ...],
    scales: Mapping[str, Scale],
) -> Leaf:
    given = term.names.get(side) if side is not None else None
    name = given or term.name or " ".join(_word(kind) for kind in ((kinds[-1], end) if term.product else (end,)))
    shown = None if given else side
    if isinstance(end, NumberKind):
        return Leaf(name, shown, address, fields, None, {}, None, end.min, end.max)
    if not isinstance(end, GradeKind) or end.scale not in scales:
        raise ScoreError(f"'{end.id}' is no grade and no number; a score can only count these")
    scale = scales[end.scale]
    numbers = {grade.token: grade.numbers[score.number] for grade in scale.grades if score.number in grade.numbers}
    if len(numbers) != len(scale.grades):
        raise ScoreError(f"not every grade of the scale '{scale.id}' has the number '{score.number}'")
    normal = end.normal if end.normal is not None else scale.normal
    counts = score.asserted_counts and len(normal) == 1 and not fields
    asserted = numbers[normal[0]] if counts else None
    ends = numbers.values()
    return Leaf(name, shown, address, fields, scale.id, numbers, asserted, min(ends), max(ends))


def _word(kind: Item | Field) -> str:
    return kind.phrase or kind.label[:1].lower() + kind.label[1:]

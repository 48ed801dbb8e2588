"""What typed words say about one item: a value of its kind, or why they do not give exactly one.

The words are shared out among the fields of the item so that each word is used once; what can be shared out in more
than one way is not decided here but handed back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from exam_app.core.checks.form_checks import has_normal
from exam_app.core.checks.record_checks import check_value, scale_ref
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import (
    SIDES,
    ChoiceKind,
    Field,
    FlagsKind,
    GradeKind,
    GroupKind,
    Item,
    ListKind,
    NumberKind,
    SideKind,
    TextKind,
)
from exam_app.core.quick.claims import FIELD_GUESSED, Claim, Claims
from exam_app.core.quick.typed import how_to_write
from exam_app.core.quick.wordings import LOOSE, Wordings
from exam_app.core.record.values import (
    ChoiceValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    ListValue,
    SideValue,
    TextValue,
    Value,
)
from exam_app.core.wording.value_words import value_text
from exam_app.core.words import _


@dataclass(frozen=True, slots=True)
class Read:
    """The words give exactly this. Without a value they assert normal, which carries none. `guessed`: they answer a
    field beside the main one, which is not named; `loose`: with a part of the answer's words, or a slip."""

    value: Value | None
    qualifiers: tuple[str, ...] = ()
    guessed: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """The words give one of these; `words` are those of each value, as they may be shown."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The words give nothing yet."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """These of the words say nothing that the item takes; with `together` each would, but not all of them."""

    words: tuple[str, ...]
    together: bool = False


Reading = Read | Several | Missing | Unfit
Given = frozenset[tuple[str, str]]
"""Fields recorded before, with the answer that decides which others are asked."""


_NORMAL = "normal"
_MOST_STEPS = 4_000
"""Steps of sharing out; a part that needs more says too little to be sure of."""
MOST_NAMED = 12
"""Answers or fields that a sentence names."""
_NOTHING = frozenset({"none", "no", "negative", "denied", "denies", "absent"})


def read_value(item: Item, wordings: Wordings, words: Sequence[str], sides: frozenset[str], given: Given) -> Reading:
    """What the words say about the item. `sides` are the sides named, where they belong to the value and not to the
    address."""
    if not words and not sides:
        return Missing()
    if not sides and set(words) == {_NORMAL}:
        return _normal(item, wordings.form)
    reading = _Sharing(item, wordings, tuple(words), sides, given).reading()
    is_denied = item.macro and item.phrase_normal is not None and not sides
    if isinstance(reading, Unfit) and is_denied and set(map(wordings.lexicon.canonical, words)) <= _NOTHING:
        return Read(None)
    return reading


def _normal(item: Item, form: Form) -> Reading:
    """The word alone asserts normal and carries no value, as in a findings file; where an answer has that name it is
    that answer."""
    if not has_normal(form, item):
        return Missing()
    main = main_of(item)
    if isinstance(main, ChoiceKind) and any(option.id == _NORMAL for option in main.options):
        answer = ChoiceValue(token=_NORMAL)
        return Read(GroupValue(fields={main.id: answer}) if isinstance(item, GroupKind) else answer)
    return Read(None)


def main_of(item: Item) -> Field | Item | None:
    """The question that a bare value answers: the item itself, or the main field of a group or list."""
    if isinstance(item, (GroupKind, ListKind)):
        return item.by_id[item.main] if item.main is not None else None
    return item


def text_value(item: Item, words: str) -> Value | None:
    """The examiner's own words as the value of an item that takes them; None where they cannot be kept."""
    try:
        text = TextValue(text=words)
        entry = GroupValue(fields={item.main: text}) if isinstance(item, (GroupKind, ListKind)) and item.main else None
    except ValidationError:
        return None
    if entry is None:
        return text
    return ListValue(entries=(entry,)) if isinstance(item, ListKind) else entry


def what_it_takes(item: Item, form: Form) -> str:
    """One sentence that says what the item takes."""
    main = main_of(item)
    if isinstance(main, TextKind):
        return _("Write a colon after the name, and then the words")
    if isinstance(main, SideKind):
        return _side_asked(main)
    if isinstance(main, (ChoiceKind, FlagsKind)):
        labels = [option.label for option in main.options]
        if len(labels) > MOST_NAMED:
            return _("One of its answers, such as {answers}").format(answers=", ".join(labels[:MOST_NAMED]))
        return _("One of: {answers}").format(answers=", ".join(labels))
    if main is None or isinstance(main, (GroupKind, ListKind)):
        fields = item.fields if isinstance(item, (GroupKind, ListKind)) else ()
        labels = [field.label for field in fields][:MOST_NAMED]
        return _("Name a field and its value: {fields}").format(fields=", ".join(labels))
    if isinstance(main, NumberKind) and len(main.units) > 1:
        units = ", ".join(main.units)
        return _("{limits}, with its unit: {units}").format(limits=how_to_write(main, form), units=units)
    return how_to_write(main, form)


def _side_asked(side: SideKind) -> str:
    if not side.also:
        return _("A side: right or left")
    if side.also == ("none",):
        return _("A side: right or left; or none")
    return _("A side: right, left or both") if side.also == ("both",) else _("A side: right, left or both; or none")


class _Sharing:
    """Shares the words out among the claims of an item."""

    def __init__(
        self, item: Item, wordings: Wordings, words: tuple[str, ...], sides: frozenset[str], given: Given
    ) -> None:
        self._item, self._form, self._words = item, wordings.form, words
        self._canonical = wordings.lexicon.canonical
        self._sides, self._given = sides, given
        claims = Claims(item, wordings, words, sides)
        self._fields, self._claims = claims.fields, list(claims.all())

    def reading(self) -> Reading:
        """What the words give."""
        if isinstance(self._item, ListKind) and self._denied():
            return Read(ListValue(entries=()))
        by_cost: dict[int, list[tuple[Claim, ...]]] = {}
        for taken in self._solutions():
            by_cost.setdefault(int(_cost(taken)), []).append(taken)
        for cost in sorted(by_cost):
            ways: list[tuple[Value | None, tuple[str, ...]]] = []
            for way in map(self._built, by_cost[cost]):
                if way is not None and way not in ways:
                    ways.append(way)
            if ways:
                return self._one_of(ways, max(map(_cost, by_cost[cost])))
        return self._unfit()

    def _one_of(self, ways: Sequence[tuple[Value | None, tuple[str, ...]]], cost: float) -> Reading:
        if len(ways) > 1 or cost % 1:
            values = [value for value, _marks in ways if value is not None][:MOST_NAMED]
            return Several(tuple(value_text(self._item, value, self._form) for value in values))
        value, marks = ways[0]
        if value is None:
            return self._marks_alone(marks)
        return Read(value, marks, guessed=cost >= FIELD_GUESSED, loose=cost % FIELD_GUESSED >= LOOSE)

    def _marks_alone(self, marks: tuple[str, ...]) -> Reading:
        """Qualifiers without a value: reduced sensation is the grade 1, altered (clinical decision 10)."""
        if isinstance(self._item, GradeKind):
            of_scale = self._form.quick_words.marks.get(self._item.scale, {})
            tokens = {of_scale[mark] for mark in marks if mark in of_scale}
            if len(tokens) == 1:
                return Read(GradeValue(token=tokens.pop(), scale=scale_ref(self._form.scales[self._item.scale])), marks)
        return Missing()

    def _denied(self) -> bool:
        return bool(self._words) and not self._sides and set(map(self._canonical, self._words)) <= _NOTHING

    def _unfit(self) -> Unfit:
        covered = self._covered()
        bad = tuple(word for index, word in enumerate(self._words) if not covered >> index & 1)
        return Unfit(bad or self._words, together=not bad)

    def _covered(self) -> int:
        covered = 0
        for claim in self._claims:
            covered |= claim.mask
        return covered

    def _solutions(self) -> list[tuple[Claim, ...]]:
        """Every way to use each word exactly once, one claim a field, and the sides where they were named; none where
        there are too many to try."""
        everything = (1 << len(self._words)) - 1
        if self._covered() != everything:
            return []
        starts: dict[int, list[Claim]] = {}
        for claim in self._claims:
            if claim.mask:
                starts.setdefault(claim.mask & -claim.mask, []).append(claim)
        found: list[tuple[Claim, ...]] = []
        open_ways: list[tuple[int, tuple[Claim, ...]]] = [(everything, ())]
        for _step in range(_MOST_STEPS):
            if not open_ways:
                return found
            free, taken = open_ways.pop()
            if not free:
                found.extend(self._with_sides(taken))
                continue
            for claim in starts.get(free & -free, ()):
                if claim.mask & ~free == 0 and _free(claim, taken):
                    open_ways.append((free & ~claim.mask, (*taken, claim)))
        return []

    def _with_sides(self, taken: tuple[Claim, ...]) -> list[tuple[Claim, ...]]:
        """The ways in which the sides named belong to what is taken."""
        if not self._sides:
            return [taken]
        ways = [(*taken, claim) for claim in self._claims if not claim.mask and _free(claim, taken)]
        if any(_has_side(claim.value) or self._is_paired(claim) for claim in taken):
            ways.append(taken)
        return ways

    def _is_paired(self, claim: Claim) -> bool:
        return claim.field in self._fields and self._fields[claim.field].paired

    def _built(self, taken: Sequence[Claim]) -> tuple[Value | None, tuple[str, ...]] | None:
        """The value that claims give together, and the qualifiers; None where the form does not allow it."""
        marks = tuple(sorted(claim.flag or "" for claim in taken if claim.value is None))
        fields: dict[str, Value] = {}
        for claim in taken:
            before = fields.get(claim.field)
            if claim.value is None:
                continue
            if isinstance(before, FlagsValue) and isinstance(claim.value, FlagsValue):
                fields[claim.field] = FlagsValue(flags={**before.flags, **claim.value.flags})
            else:
                fields[claim.field] = claim.value
        if not fields:
            return None, marks
        if not isinstance(self._item, (GroupKind, ListKind)):
            value = next(iter(fields.values()))
            return None if self._is_wrong(value) else (value, marks)
        if not self._shown(fields):
            return None
        entry = GroupValue(fields=self._by_side(fields))
        whole: Value = ListValue(entries=(entry,)) if isinstance(self._item, ListKind) else entry
        return None if self._is_wrong(whole) else (whole, marks)

    def _by_side(self, fields: Mapping[str, Value]) -> dict[str, Value]:
        """The fields in their order, those that are asked for each side under the sides named."""
        names = {name: [name] for name in self._fields if name in fields}
        for name in names:
            if self._fields[name].paired:
                names[name] = [f"{name}.{side}" for side in SIDES if side in self._sides] or [name]
        return {each: fields[name] for name, here in names.items() for each in here}

    def _is_wrong(self, value: Value) -> bool:
        return next(check_value(self._item, value, self._form), None) is not None

    def _shown(self, fields: Mapping[str, Value]) -> bool:
        """Whether each field is asked beside the others and those recorded so far."""
        around = dict(self._given)
        around |= {name: each.token for name, each in fields.items() if isinstance(each, (ChoiceValue, GradeValue))}
        conditions = [self._fields[name].when for name in fields]
        return all(when is None or when.field is None or around.get(when.field) in when.one_of for when in conditions)


def _cost(taken: Iterable[Claim]) -> float:
    return sum(claim.cost for claim in taken)


def _free(claim: Claim, taken: Iterable[Claim]) -> bool:
    return all(other.field != claim.field or (claim.flag is not None and other.flag != claim.flag) for other in taken)


def _has_side(value: Value | None) -> bool:
    if isinstance(value, ListValue):
        return any("side" in entry.fields for entry in value.entries)
    return isinstance(value, SideValue) and value.side != "none"

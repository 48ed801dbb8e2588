"""What each field of an item may take from the typed words: the claims that are shared out afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exam_app.core.checks.record_checks import ALWAYS_QUALIFIERS, scale_ref
from exam_app.core.form.kinds import (
    ChoiceKind,
    DateKind,
    Field,
    FlagsKind,
    GradeKind,
    GroupKind,
    Item,
    ListKind,
    NumberField,
    NumberItem,
    NumberKind,
    SideKind,
)
from exam_app.core.quick.typed import value_from_text
from exam_app.core.quick.wordings import ANSWERS, Wordings, grade_of, number_of
from exam_app.core.record.values import (
    CannotValue,
    ChoiceValue,
    DateValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    ListValue,
    SideValue,
    Value,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A field takes the words of `mask` (one bit a word) for this value. A lower cost is a better fit: whole hundreds
    where the field had to be guessed; a fraction where the words are too few to record it. `flag` is the mark of a
    flags field; a qualifier has no value."""

    field: str
    mask: int
    cost: float
    value: Value | None
    flag: str | None = None


_QUALIFIER = "?"
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[-/]\d+(?:\.\d+)?)?$")
_MEASURED = re.compile(r"(\d+(?:\.\d+)?(?:[-/]\d+(?:\.\d+)?)?)([^\W\d].*|[°/].*)$")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?$")
FIELD_GUESSED, NUMBER_GUESSED = 100, 200
"""What it costs to take words for a field that is not named."""
_YES_NO = frozenset({"yes", "no", "unknown"})
_NO_SIDE = frozenset({"none", "no", "midline", "central", "centre", "neither", "middle", "negative", "absent"})


class Claims:
    """The claims of one item on the words of a part. `sides` are the sides named, where they belong to the value."""

    def __init__(self, item: Item, wordings: Wordings, words: Sequence[str], sides: frozenset[str]) -> None:
        """The fields of a group or list, or the item itself."""
        self._item, self._wordings, self._words, self._sides = item, wordings, words, sides
        self._form, self._lexicon = wordings.form, wordings.lexicon
        self.fields: dict[str, Field | Item] = {item.id: item}
        self._main: str | None = item.id
        if isinstance(item, (GroupKind, ListKind)):
            self.fields, self._main = dict(item.by_id), item.main

    def all(self) -> Iterator[Claim]:
        """Every claim, those of the qualifiers too."""
        for field in self.fields.values():
            yield from self._of_field(field)
        for option in self._item.qualifiers:
            for mask, cost in self._wordings.mentions(self._words, (self._lexicon.word_set(option.label),)):
                yield Claim(_QUALIFIER + option.id, mask, cost, None, option.id)
        for index, word in enumerate(self._words):
            if word in ALWAYS_QUALIFIERS:
                yield Claim(_QUALIFIER + word, 1 << index, 0, None, word)

    def _of_field(self, field: Field | Item) -> Iterator[Claim]:
        is_main = field.id == self._main
        names = self._wordings.names(field) if field is not self._item else frozenset()
        if isinstance(field, FlagsKind):
            yield from self._flags(field, is_main)
            return
        if isinstance(field, ChoiceKind) and not is_main and {each.id for each in field.options} <= _YES_NO:
            yield from self._yes_no(field, names)
        for claim in self._values(field, is_main):
            for mask, apart in self._with_name(claim.mask, names):
                named = mask != claim.mask
                guessed = apart if named or is_main else FIELD_GUESSED
                if guessed and isinstance(field, NumberKind) and claim.cost == 0:
                    guessed = NUMBER_GUESSED
                elif guessed and (isinstance(field, ListKind) or (isinstance(field, GradeKind) and field.when)):
                    # The first is meant: of the grades that the main answer calls for the modified Ashworth scale
                    # before that of 1964, of the sites those of the movement before those that it spread to.
                    guessed += list(self.fields).index(field.id)
                yield Claim(field.id, mask, claim.cost + guessed, claim.value)

    def _with_name(self, mask: int, names: frozenset[str]) -> Iterator[tuple[int, int]]:
        """The mask alone, and with the words of the field's name that stand right before it or, less likely meant so,
        right after it. A side has no words of its own: its name may stand anywhere."""
        yield mask, 0
        if not names:
            return
        if not mask:
            for first, last in self._wordings.runs(self._words, names):
                yield (1 << last + 1) - (1 << first), 0
            return
        first, last = (mask & -mask).bit_length() - 1, mask.bit_length() - 1
        before = first
        while before > 0 and self._wordings.names_field(self._words[before - 1], names):
            before -= 1
        if before < first:
            yield mask | ((1 << first) - (1 << before)), 0
        after = last
        while after + 1 < len(self._words) and self._wordings.names_field(self._words[after + 1], names):
            after += 1
        if after > last:
            yield mask | ((1 << after + 1) - (1 << last + 1)), 1

    def _values(self, field: Field | Item, is_main: bool) -> Iterator[Claim]:
        if isinstance(field, GradeKind):
            yield from self._grades(field, is_main)
        elif isinstance(field, ChoiceKind):
            yield from self._choices(field, is_main)
        elif isinstance(field, (NumberItem, NumberField)):
            yield from self._numbers(field)
        elif isinstance(field, SideKind):
            yield from self._side(field)
        elif isinstance(field, DateKind):
            for index, word in enumerate(self._words):
                if _DATE.match(word) and isinstance(found := value_from_text(field, self._form, word), DateValue):
                    yield Claim(field.id, 1 << index, 0, found)
        elif isinstance(field, ListKind) and field is not self._item and field.main == "site":
            yield from self._site(field)

    def _grades(self, field: GradeKind, is_main: bool) -> Iterator[Claim]:
        scale = self._form.scales[field.scale]
        for index, word in enumerate(self._words):
            grade = grade_of(scale, word)
            if grade is None and not is_main and word.startswith(field.id.casefold()):
                grade = grade_of(scale, word[len(field.id) :])
                if grade is not None:
                    yield Claim(
                        field.id, 1 << index, -FIELD_GUESSED, GradeValue(token=grade.token, scale=scale_ref(scale))
                    )
                    continue
            if grade is not None:
                yield Claim(field.id, 1 << index, 0, GradeValue(token=grade.token, scale=scale_ref(scale)))
        for grade in scale.grades:
            for mask, cost in self._wordings.mentions(self._words, self._wordings.grade_words(grade)):
                yield Claim(field.id, mask, cost, GradeValue(token=grade.token, scale=scale_ref(scale)))

    def _choices(self, field: ChoiceKind, is_main: bool) -> Iterator[Claim]:
        for option in field.options:
            if not is_main and option.id in _YES_NO and option.label == option.id:
                continue
            for mask, cost in self._wordings.mentions(self._words, self._wordings.option_words(option, field, is_main)):
                yield Claim(field.id, mask, cost, ChoiceValue(token=option.id))

    def _yes_no(self, field: ChoiceKind, names: frozenset[str]) -> Iterator[Claim]:
        """A field of yes and no: its name says yes, with "no" beside it no."""
        for first, last in self._wordings.runs(self._words, names):
            run = (1 << last + 1) - (1 << first)
            yield Claim(field.id, run, 0, ChoiceValue(token=ANSWERS["yes"]))
            for beside in (first - 1, last + 1):
                answer = ANSWERS.get(self._words[beside]) if 0 <= beside < len(self._words) else None
                if answer in {option.id for option in field.options} and answer is not None:
                    yield Claim(field.id, run | 1 << beside, 0, ChoiceValue(token=answer))

    def _flags(self, field: FlagsKind, is_main: bool) -> Iterator[Claim]:
        for option in field.options:
            for mask, cost in self._wordings.mentions(self._words, self._wordings.option_words(option, field, False)):
                guessed = cost if is_main else cost + FIELD_GUESSED
                yield Claim(field.id, mask, guessed, FlagsValue(flags={option.id: "yes"}), option.id)
                first = (mask & -mask).bit_length() - 1
                if first and ANSWERS.get(self._words[first - 1]) in ("no", "unknown"):
                    answer = ANSWERS[self._words[first - 1]]
                    told = FlagsValue.model_validate({"flags": {option.id: answer}})
                    yield Claim(field.id, mask | 1 << first - 1, guessed, told, option.id)

    def _numbers(self, field: NumberItem | NumberField) -> Iterator[Claim]:
        for index, word in enumerate(self._words):
            if field.cannot and word == "cannot":
                yield Claim(field.id, 1 << index, 0, CannotValue())
            if not word[0].isdigit():
                continue
            glued = _MEASURED.match(word)
            if _NUMBER.match(word):
                yield from self._number(field, word, None, 1 << index)
                if index + 1 < len(self._words):
                    yield from self._number(field, word, self._words[index + 1], 3 << index)
            elif glued:
                yield from self._number(field, glued[1], glued[2], 1 << index)

    def _number(
        self, field: NumberItem | NumberField, number: str, typed_unit: str | None, mask: int
    ) -> Iterator[Claim]:
        if typed_unit is not None:
            unit = next((each for each in field.units if self._wordings.is_unit(typed_unit, each)), None)
            if unit is None:
                return
        elif len(field.units) > 1:
            return
        else:
            unit = None
        found = number_of(field, self._form, f"{number} {unit}" if unit else number)
        if found is not None:
            yield Claim(field.id, mask, 0 if unit is None else 1, found)

    def _side(self, field: SideKind) -> Iterator[Claim]:
        if self._sides:
            side = next(iter(self._sides)) if len(self._sides) == 1 else "both"
            if side != "both" or "both" in field.also:
                yield Claim(field.id, 0, 0, SideValue.model_validate({"side": side}))
        if "none" in field.also:
            for index, word in enumerate(self._words):
                if self._lexicon.canonical(word) in _NO_SIDE:
                    yield Claim(field.id, 1 << index, 0, SideValue(side="none"))

    def _site(self, field: ListKind) -> Iterator[Claim]:
        site = field.by_id["site"]
        if not isinstance(site, ChoiceKind):
            return
        for option in site.options:
            for mask, cost in self._wordings.mentions(self._words, self._wordings.option_words(option, site, False)):
                sides = self._sides if "side" in field.by_id and option.sided != "none" else frozenset()
                entries = []
                for side in (*sorted(sides, reverse=True),) or (None,):
                    fields: dict[str, Value] = {"site": ChoiceValue(token=option.id)}
                    if side is not None:
                        fields["side"] = SideValue.model_validate({"side": side})
                    entries.append(GroupValue(fields=fields))
                yield Claim(field.id, mask, cost, ListValue(entries=tuple(entries)))

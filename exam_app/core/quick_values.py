"""What typed words say about one item: a value of its kind, or why they do not give exactly one.

The words are shared out among the fields of the item so that each word is used once; what can be shared out in more
than one way is not decided here but handed back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from exam_app.core.checking import ALWAYS_QUALIFIERS, check_value, scale_ref
from exam_app.core.form import Form
from exam_app.core.kinds import (
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
from exam_app.core.quick_wordings import ANSWERS, Wordings, grade_of, number_of
from exam_app.core.typed import how_to_write, value_from_text
from exam_app.core.values import (
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
from exam_app.core.wording import value_text
from exam_app.core.words import _


@dataclass(frozen=True, slots=True)
class Read:
    """The words give exactly this. Without a value they assert normal, which carries none. `guessed`: they answer a
    field beside the main one, which is not named."""

    value: Value | None
    qualifiers: tuple[str, ...] = ()
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """The words give one of these; `words` are those of each value, as they may be shown."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The words give nothing yet."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """These of the words say nothing that the item takes."""

    words: tuple[str, ...]


Reading = Read | Several | Missing | Unfit
Given = frozenset[tuple[str, str]]
"""Fields recorded before, with the answer that decides which others are asked."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A field takes the words of `mask` (one bit a word) for this value. A lower cost is a better fit: whole hundreds
    where the field had to be guessed. `flag` is the mark of a flags field; a qualifier has no value."""

    field: str
    mask: int
    cost: int
    value: Value | None
    flag: str | None = None


_QUALIFIER = "?"
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[-/]\d+(?:\.\d+)?)?$")
_MEASURED = re.compile(r"(\d+(?:\.\d+)?(?:[-/]\d+(?:\.\d+)?)?)([^\W\d].*|[°/].*)$")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?$")
_FIELD_GUESSED, _NUMBER_GUESSED = 100, 200
_MOST = 400
_YES_NO = frozenset({"yes", "no", "unknown"})
_NO_SIDE = frozenset({"none", "no", "midline", "central", "centre", "neither", "middle", "negative", "absent"})


def read_value(item: Item, wordings: Wordings, words: Sequence[str], sides: frozenset[str], given: Given) -> Reading:
    """What the words say about the item. `sides` are the sides named, where they belong to the value and not to the
    address."""
    if not words and not sides:
        return Missing()
    reading = _Sharing(item, wordings, tuple(words), sides, given).reading()
    if isinstance(reading, Unfit) and words and all(word == "normal" for word in words) and not sides:
        return _normal(item, wordings.form)
    return reading


def _normal(item: Item, form: Form) -> Reading:
    """What "normal" stands for: the one normal answer of a scale or a choice; else it is asserted without a value, and
    never for a number (clinical decision 1)."""
    if not item.macro:
        return Missing()
    main = main_of(item)
    if isinstance(main, GradeKind):
        normal = main.normal or form.scales[main.scale].normal
        if len(normal) == 1:
            value: Value = GradeValue(token=normal[0], scale=scale_ref(form.scales[main.scale]))
            return Read(GroupValue(fields={main.id: value}) if isinstance(item, GroupKind) else value)
    if isinstance(main, ChoiceKind) and len(main.normal or ()) == 1:
        choice = ChoiceValue(token=(main.normal or ())[0])
        return Read(GroupValue(fields={main.id: choice}) if isinstance(item, GroupKind) else choice)
    return Missing() if isinstance(item, NumberKind) else Read(None)


def main_of(item: Item) -> Field | Item | None:
    """The question that a bare value answers: the item itself, or the main field of a group or list."""
    if isinstance(item, (GroupKind, ListKind)):
        return item.by_id[item.main] if item.main is not None else None
    return item


def what_it_takes(item: Item, form: Form) -> str:
    """One sentence that says what the item takes."""
    main = main_of(item)
    if main is None or isinstance(item, ListKind):
        labels = ", ".join(field.label for field in item.fields) if isinstance(item, (GroupKind, ListKind)) else ""
        return _("Name a field and its value: {fields}").format(fields=labels)
    if isinstance(main, (ChoiceKind, FlagsKind)):
        return _("One of: {answers}").format(answers=", ".join(option.label for option in main.options))
    if isinstance(main, SideKind):
        return _("A side: right, left or what the form allows beside them")
    return how_to_write(main, form)


class _Sharing:
    """The sharing out of the words of one entry among the fields of one item."""

    def __init__(
        self, item: Item, wordings: Wordings, words: tuple[str, ...], sides: frozenset[str], given: Given
    ) -> None:
        self._item, self._wordings, self._words = item, wordings, words
        self._form, self._lexicon = wordings.form, wordings.lexicon
        self._sides, self._given = sides, given
        self._fields: dict[str, Field | Item] = {item.id: item}
        self._main: str | None = item.id
        if isinstance(item, (GroupKind, ListKind)):
            self._fields, self._main = dict(item.by_id), item.main
        self._all = (1 << len(words)) - 1

    def reading(self) -> Reading:
        if isinstance(self._item, ListKind) and self._denied():
            return Read(ListValue(entries=()))
        claims = list(self._claims())
        solutions = self._solutions(claims)
        for cost in sorted({_cost(taken) for taken in solutions}):
            ways: list[tuple[Value | None, tuple[str, ...]]] = []
            for way in (self._built(taken) for taken in solutions if _cost(taken) == cost):
                if way is not None and way not in ways:
                    ways.append(way)
            if ways:
                return self._one_of(ways, cost)
        return self._unfit(claims)

    def _one_of(self, ways: Sequence[tuple[Value | None, tuple[str, ...]]], cost: int) -> Reading:
        if len(ways) > 1:
            values = [value for value, _marks in ways if value is not None]
            return Several(tuple(value_text(self._item, value, self._form) for value in values))
        value, marks = ways[0]
        if value is None:
            return self._marks_alone(marks)
        return Read(value, marks, guessed=cost >= _FIELD_GUESSED)

    def _marks_alone(self, marks: tuple[str, ...]) -> Reading:
        """Qualifiers without a value: reduced sensation is the grade 1, altered (clinical decision 10)."""
        if isinstance(self._item, GradeKind):
            of_scale = self._form.quick_words.marks.get(self._item.scale, {})
            tokens = {of_scale[mark] for mark in marks if mark in of_scale}
            if len(tokens) == 1:
                return Read(GradeValue(token=tokens.pop(), scale=scale_ref(self._form.scales[self._item.scale])), marks)
        return Missing()

    def _denied(self) -> bool:
        words = {self._lexicon.canonical(word) for word in self._words}
        return bool(words) and words <= {"none", "no", "negative", "denied", "denies", "absent"} and not self._sides

    def _unfit(self, claims: Sequence[_Claim]) -> Unfit:
        covered = 0
        for claim in claims:
            covered |= claim.mask
        bad = tuple(word for index, word in enumerate(self._words) if not covered >> index & 1)
        return Unfit(bad or self._words)

    def _claims(self) -> Iterator[_Claim]:
        for field in self._fields.values():
            yield from self._of_field(field)
        for option in self._item.qualifiers:
            for mask, cost in self._wordings.mentions(self._words, (self._lexicon.word_set(option.label),)):
                yield _Claim(_QUALIFIER + option.id, mask, cost, None, option.id)
        for index, word in enumerate(self._words):
            if word in ALWAYS_QUALIFIERS:
                yield _Claim(_QUALIFIER + word, 1 << index, 0, None, word)

    def _of_field(self, field: Field | Item) -> Iterator[_Claim]:
        is_main = field.id == self._main
        names = self._wordings.names(field) if field is not self._item else frozenset()
        if isinstance(field, FlagsKind):
            yield from self._flags(field, is_main)
            return
        if isinstance(field, ChoiceKind) and not is_main and {each.id for each in field.options} <= _YES_NO:
            yield from self._yes_no(field, names)
        for claim in self._values(field, is_main):
            for mask in self._with_name(claim.mask, names):
                named = mask != claim.mask
                guessed = 0 if named or is_main else _FIELD_GUESSED
                if guessed and isinstance(field, NumberKind) and claim.cost == 0:
                    guessed = _NUMBER_GUESSED
                elif guessed and isinstance(field, GradeKind) and field.when is not None:
                    # Of the grades that the main answer calls for the first is meant: the modified Ashworth scale
                    # before that of 1964.
                    guessed += list(self._fields).index(field.id)
                yield _Claim(field.id, mask, claim.cost + guessed, claim.value)

    def _with_name(self, mask: int, names: frozenset[str]) -> Iterator[int]:
        """The mask alone, and with the words of the field's name that stand right before or right after it."""
        yield mask
        if not names or not mask:
            return
        first, last = (mask & -mask).bit_length() - 1, mask.bit_length() - 1
        before = first
        while before > 0 and self._wordings.names_field(self._words[before - 1], names):
            before -= 1
        if before < first:
            yield mask | ((1 << first) - (1 << before))
        after = last
        while after + 1 < len(self._words) and self._wordings.names_field(self._words[after + 1], names):
            after += 1
        if after > last:
            yield mask | ((1 << after + 1) - (1 << last + 1))

    def _values(self, field: Field | Item, is_main: bool) -> Iterator[_Claim]:
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
                    yield _Claim(field.id, 1 << index, 0, found)
        elif isinstance(field, ListKind) and field is not self._item and field.main == "site":
            yield from self._site(field)

    def _grades(self, field: GradeKind, is_main: bool) -> Iterator[_Claim]:
        scale = self._form.scales[field.scale]
        for index, word in enumerate(self._words):
            grade = grade_of(scale, word)
            if grade is None and not is_main and word.startswith(field.id.casefold()):
                grade = grade_of(scale, word[len(field.id) :])
                if grade is not None:
                    yield _Claim(
                        field.id, 1 << index, -_FIELD_GUESSED, GradeValue(token=grade.token, scale=scale_ref(scale))
                    )
                    continue
            if grade is not None:
                yield _Claim(field.id, 1 << index, 0, GradeValue(token=grade.token, scale=scale_ref(scale)))
        for grade in scale.grades:
            for mask, cost in self._wordings.mentions(self._words, self._wordings.grade_words(grade)):
                yield _Claim(field.id, mask, cost, GradeValue(token=grade.token, scale=scale_ref(scale)))

    def _choices(self, field: ChoiceKind, is_main: bool) -> Iterator[_Claim]:
        for option in field.options:
            if not is_main and option.id in _YES_NO and option.label == option.id:
                continue
            for mask, cost in self._wordings.mentions(self._words, self._wordings.option_words(option, field, is_main)):
                yield _Claim(field.id, mask, cost, ChoiceValue(token=option.id))

    def _yes_no(self, field: ChoiceKind, names: frozenset[str]) -> Iterator[_Claim]:
        """A field of yes and no: its name says yes, with "no" beside it no."""
        for first, last in self._wordings.runs(self._words, names):
            run = (1 << last + 1) - (1 << first)
            yield _Claim(field.id, run, 0, ChoiceValue(token=ANSWERS["yes"]))
            for beside in (first - 1, last + 1):
                answer = ANSWERS.get(self._words[beside]) if 0 <= beside < len(self._words) else None
                if answer in {option.id for option in field.options} and answer is not None:
                    yield _Claim(field.id, run | 1 << beside, 0, ChoiceValue(token=answer))

    def _flags(self, field: FlagsKind, is_main: bool) -> Iterator[_Claim]:
        for option in field.options:
            for mask, cost in self._wordings.mentions(self._words, self._wordings.option_words(option, field, False)):
                guessed = cost if is_main else cost + _FIELD_GUESSED
                yield _Claim(field.id, mask, guessed, FlagsValue(flags={option.id: "yes"}), option.id)
                first = (mask & -mask).bit_length() - 1
                if first and ANSWERS.get(self._words[first - 1]) in ("no", "unknown"):
                    answer = ANSWERS[self._words[first - 1]]
                    told = FlagsValue.model_validate({"flags": {option.id: answer}})
                    yield _Claim(field.id, mask | 1 << first - 1, guessed, told, option.id)

    def _numbers(self, field: NumberItem | NumberField) -> Iterator[_Claim]:
        for index, word in enumerate(self._words):
            if field.cannot and word == "cannot":
                yield _Claim(field.id, 1 << index, 0, CannotValue())
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
    ) -> Iterator[_Claim]:
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
            yield _Claim(field.id, mask, 0 if unit is None else 1, found)

    def _side(self, field: SideKind) -> Iterator[_Claim]:
        if self._sides:
            side = next(iter(self._sides)) if len(self._sides) == 1 else "both"
            if side != "both" or "both" in field.also:
                yield _Claim(field.id, 0, 0, SideValue.model_validate({"side": side}))
        if "none" in field.also:
            for index, word in enumerate(self._words):
                if self._lexicon.canonical(word) in _NO_SIDE:
                    yield _Claim(field.id, 1 << index, 0, SideValue(side="none"))

    def _site(self, field: ListKind) -> Iterator[_Claim]:
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
                yield _Claim(field.id, mask, cost, ListValue(entries=tuple(entries)))

    def _solutions(self, claims: Sequence[_Claim]) -> list[tuple[_Claim, ...]]:
        """Every way to use each word exactly once, one claim a field, and the sides where they were named."""
        found: list[tuple[_Claim, ...]] = []
        starts: dict[int, list[_Claim]] = {}
        for claim in claims:
            if claim.mask:
                starts.setdefault((claim.mask & -claim.mask).bit_length() - 1, []).append(claim)
        sided = [claim for claim in claims if not claim.mask]

        def share(free: int, taken: tuple[_Claim, ...]) -> None:
            if len(found) >= _MOST:
                return
            if not free:
                found.extend([(*taken, claim) for claim in sided if _free(claim, taken)] if self._sides else [taken])
                if self._sides and any(_has_side(claim.value) for claim in taken):
                    found.append(taken)
                return
            for claim in starts.get((free & -free).bit_length() - 1, ()):
                if claim.mask & ~free == 0 and _free(claim, taken):
                    share(free & ~claim.mask, (*taken, claim))

        share(self._all, ())
        return found

    def _built(self, taken: Sequence[_Claim]) -> tuple[Value | None, tuple[str, ...]] | None:
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
        whole: Value = GroupValue(fields={name: fields[name] for name in self._item.by_id if name in fields})
        if isinstance(self._item, ListKind):
            whole = ListValue(entries=(whole,))  # type: ignore[arg-type]
        return None if self._is_wrong(whole) else (whole, marks)

    def _is_wrong(self, value: Value) -> bool:
        return next(check_value(self._item, value, self._form), None) is not None

    def _shown(self, fields: Mapping[str, Value]) -> bool:
        """Whether each field is asked beside the others and those recorded so far."""
        around = dict(self._given)
        around |= {name: each.token for name, each in fields.items() if isinstance(each, (ChoiceValue, GradeValue))}
        conditions = [self._fields[name].when for name in fields]
        return all(when is None or when.field is None or around.get(when.field) in when.one_of for when in conditions)


def _cost(taken: Iterable[_Claim]) -> int:
    return sum(claim.cost for claim in taken)


def _free(claim: _Claim, taken: Iterable[_Claim]) -> bool:
    return all(other.field != claim.field or (claim.flag is not None and other.flag != claim.flag) for other in taken)


def _has_side(value: Value | None) -> bool:
    return isinstance(value, ListValue) and any("side" in entry.fields for entry in value.entries)

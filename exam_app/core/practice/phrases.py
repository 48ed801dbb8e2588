"""What is seen, felt or heard when an item of a practice case is examined: `practice/phrases.yaml`, never a grade.

A phrase is looked for under `section.item` or `section.item:field`, then under keys with a star, then for a grade under
its scale. A key that lacks the answer is passed over, so that one may say only what looks different there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from pydantic import Field as Key

from exam_app.core.form.form import split_address
from exam_app.core.form.kinds import Field, GroupKind, Item, ListKind
from exam_app.core.form.scale import Sourced
from exam_app.core.model import FrozenMap, Id, Model, Token
from exam_app.core.record.record import Examined, Finding, NotExamined, Unable
from exam_app.core.record.values import (
    CannotValue,
    ChoiceValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    ListValue,
    NumberValue,
    SideValue,
    TextValue,
    UnableValue,
    Value,
)
from exam_app.core.wording.value_words import number_text

Words = FrozenMap[Token, str]
"""By answer, what is seen."""


class ScalePhrases(Model):
    """What is seen at each grade of a scale. Grades that are `alike` cannot be told apart by these words."""

    grades: Words
    alike: tuple[tuple[Token, ...], ...] = ()


class Phrases(Sourced):
    """Every phrase, by the kind of answer. `cannot` and `reasons` say what is seen where nothing could be examined,
    `lists` what is said where a list has no entries. `told` are a patient's words for answers of the history; items and
    fields in `untold` are the examiner's to conclude."""

    scales: FrozenMap[Id, ScalePhrases]
    items: FrozenMap[str, Words]
    flags: FrozenMap[str, Words]
    sides: FrozenMap[str, Words]
    numbers: FrozenMap[str, str]
    lists: FrozenMap[str, str]
    cannot: FrozenMap[str, str] = Key(min_length=1)
    reasons: Words
    told: FrozenMap[str, Words]
    untold: tuple[str, ...]

    def of_finding(self, item: Item, item_id: str, finding: Finding) -> str:
        """What the learner sees who examines this; empty where there is nothing to see or no phrase."""
        if isinstance(finding, (Unable, NotExamined)):
            return self._reason(finding.reason, finding.text)
        return self.of_value(item, item_id, finding.value) if isinstance(finding, Examined) else ""

    def of_value(self, field: Item | Field, where: str, value: Value) -> str:
        """The phrase for one value; of a group those of its fields, in the order of the form."""
        if isinstance(value, GradeValue):
            scale = field.scale if field.kind == "grade" else ""
            return self.of_answer(where, value.token, scale) or ""
        if isinstance(value, ChoiceValue):
            return self.of_answer(where, value.token) or ""
        if isinstance(value, SideValue):
            return _answer(self.sides, where, value.side) or ""
        if isinstance(value, FlagsValue):
            marked = [flag for flag, answer in value.flags.items() if answer == "yes"]
            return _joined(_answer(self.flags, where, flag) or self.of_answer(where, flag) for flag in marked)
        if isinstance(value, NumberValue):
            phrase = _text(self.numbers, where) or "{value}."
            return phrase.format(value=_number(value), of=value.of)
        if isinstance(value, CannotValue):
            return _text(self.cannot, where.partition(":")[0]) or self.cannot["other"]
        if isinstance(value, UnableValue):
            return self._reason(value.reason, value.text)
        if isinstance(value, GroupValue) and isinstance(field, (GroupKind, ListKind)):
            return self._of_group(field, where, value)
        if isinstance(value, ListValue) and isinstance(field, ListKind):
            if not value.entries:
                return _text(self.lists, where) or ""
            return _joined(self._of_group(field, where, entry) for entry in value.entries)
        return value.text if isinstance(value, TextValue) else ""

    def of_answer(self, where: str, token: str, scale: str = "") -> str | None:
        """The phrase for a grade or an answer, perhaps empty; None where there is none."""
        found = _answer(self.items, where, token)
        if found is None and scale in self.scales:
            return self.scales[scale].grades.get(token)
        return found

    def alike(self, scale: str, one: str, other: str) -> bool:
        """Whether two grades of a scale count as equal, because what is felt does not tell them apart."""
        groups = self.scales[scale].alike if scale in self.scales else ()
        return one == other or any(one in group and other in group for group in groups)

    def _of_group(self, field: GroupKind | ListKind, where: str, value: GroupValue) -> str:
        step = "." if ":" in where else ":"
        by_field = {name: split_address(name)[0] for name in value.fields}
        names = [name for each in field.fields for name in value.fields if by_field[name] == each.id]
        return _joined(
            self.of_value(field.by_id[by_field[name]], f"{where}{step}{by_field[name]}", value.fields[name])
            for name in names
        )

    def _reason(self, reason: str, text: str | None) -> str:
        return self.reasons.get(reason, self.reasons["other"]).format(text=text or "")


def _keys(table: Mapping[str, object], where: str) -> list[str]:
    """The key of this very place first, then those with a star that fit it, in their order."""
    starred = [key for key in table if "*" in key and fnmatchcase(where, key)]
    return [where, *starred] if where in table else starred


def _answer(table: Mapping[str, Mapping[str, str]], where: str, token: str) -> str | None:
    return next((table[key][token] for key in _keys(table, where) if token in table[key]), None)


def _text(table: Mapping[str, str], where: str) -> str | None:
    return next((table[key] for key in _keys(table, where)), None)


def _joined(parts: Iterable[str | None]) -> str:
    return " ".join(part for part in parts if part)


def _number(value: NumberValue) -> str:
    over = f"/{number_text(value.over)}" if value.over is not None else ""
    to = f"–{number_text(value.to)}" if value.to is not None else ""
    unit = f" {value.unit}" if value.unit is not None else ""
    return f"{number_text(value.number)}{over}{to}{unit}"

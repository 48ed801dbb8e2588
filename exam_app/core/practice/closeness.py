"""How close a learner's value comes to that of the case: exact, next to it, or different."""

from __future__ import annotations

from typing import Literal

from exam_app.core.derived.judgement import judge_value
from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import Field, GradeKind, GroupKind, Item, ListKind
from exam_app.core.practice.phrases import Phrases
from exam_app.core.record.values import FlagsValue, GradeValue, GroupValue, ListValue, NumberValue, Value

Closeness = Literal["exact", "adjacent", "different"]
NEARLY = 0.2
"""A number within this share of the key is next to it."""
DESCRIBES = frozenset({"text", "date"})
"""Kinds of values that describe; their words are not compared."""


def closeness(field: Field | Item, key: Value, got: Value, form: Form, phrases: Phrases) -> Closeness:
    """How close `got` comes to `key`."""
    if key.kind in DESCRIBES or key == got:
        return "exact"
    if isinstance(key, GradeValue) and isinstance(got, GradeValue) and isinstance(field, GradeKind):
        return _grades(field.scale, key.token, got.token, form, phrases)
    if isinstance(key, NumberValue) and isinstance(got, NumberValue):
        return _numbers(key, got)
    if isinstance(key, FlagsValue) and isinstance(got, FlagsValue):
        here, there = _marked(key), _marked(got)
        return "exact" if here == there else "adjacent" if here & there else "different"
    if isinstance(key, GroupValue) and isinstance(got, GroupValue) and isinstance(field, (GroupKind, ListKind)):
        return _groups(field, key, got, form, phrases)
    if isinstance(key, ListValue) and isinstance(got, ListValue) and isinstance(field, ListKind):
        return _lists(field, key, got, form, phrases)
    return "different"


def _grades(scale_id: str, key: str, got: str, form: Form, phrases: Phrases) -> Closeness:
    """Grades next to each other on their scale; a block of grades that the words cannot tell apart is one step."""
    if phrases.alike(scale_id, key, got):
        return "exact"
    steps: list[str] = []
    for grade in form.scales[scale_id].grades:
        if not (steps and phrases.alike(scale_id, steps[-1], grade.token)):
            steps.append(grade.token)
    at = {
        grade.token: next(index for index, step in enumerate(steps) if phrases.alike(scale_id, step, grade.token))
        for grade in form.scales[scale_id].grades
    }
    return "adjacent" if abs(at[key] - at[got]) == 1 else "different"


def _numbers(key: NumberValue, got: NumberValue) -> Closeness:
    def share(value: NumberValue) -> float:
        return value.number / value.of if value.of else value.number

    if (share(key), key.over, key.to, key.unit) == (share(got), got.over, got.to, got.unit):
        return "exact"
    near = key.unit == got.unit and abs(share(key) - share(got)) <= NEARLY * abs(share(key))
    return "adjacent" if near else "different"


def _marked(value: FlagsValue) -> frozenset[str]:
    return frozenset(flag for flag, answer in value.flags.items() if answer == "yes")


def _groups(field: GroupKind | ListKind, key: GroupValue, got: GroupValue, form: Form, phrases: Phrases) -> Closeness:
    """By the main field where the case gives it, and by each field that is abnormal in either. What only describes
    makes no difference."""
    main = [field.main] if field.main is not None and field.main in key.fields else []
    names = list(dict.fromkeys([*main, *(name for value in (key, got) for name in _abnormal(field, value, form))]))
    found = {
        name: closeness(field.by_id[split_address(name)[0]], key.fields[name], got.fields[name], form, phrases)
        if name in key.fields and name in got.fields
        else "different"
        for name in names
    }
    if main and found[main[0]] != "exact":
        return found[main[0]]
    if all(each == "exact" for each in found.values()):
        return "exact"
    return "adjacent" if main or any(each != "different" for each in found.values()) else "different"


def _abnormal(field: GroupKind | ListKind, value: GroupValue, form: Form) -> list[str]:
    known = ((name, field.by_id[split_address(name)[0]], each) for name, each in value.fields.items())
    return [name for name, inner, each in known if judge_value(inner, each, form) == "abnormal"]


def _lists(field: ListKind, key: ListValue, got: ListValue, form: Form, phrases: Phrases) -> Closeness:
    """Each entry of the case finds one of the learner's, or not."""
    left = list(got.entries)
    met = 0
    for entry in key.entries:
        same = next((each for each in left if _groups(field, entry, each, form, phrases) == "exact"), None)
        if same is not None:
            left.remove(same)
            met += 1
    if met == len(key.entries) and not left:
        return "exact"
    return "adjacent" if met else "different"

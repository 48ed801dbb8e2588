"""Whether a record fits its form: addresses, sides, values, ranges. What is impossible is a fault with a path; what is
merely odd is not looked at here."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from exam_app.core.checks.form_checks import has_normal
from exam_app.core.editing import limbs
from exam_app.core.errors import offered, quoted
from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import (
    SIDES,
    ChoiceKind,
    DateKind,
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
from exam_app.core.form.scale import Scale
from exam_app.core.record.record import AssertedNormal, Examination, Examined, Finding
from exam_app.core.record.values import (
    CannotValue,
    ChoiceValue,
    DateValue,
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

Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, str]]

ALWAYS_QUALIFIERS = frozenset({"uncertain"})
"""Qualifiers that every examined finding may carry (clinical decision 1)."""


def check_record(record: Examination, form: Form) -> Found:
    """Every (path, reason) in which the record does not fit the form; nothing if it fits."""
    if record.scope not in form.scopes:
        yield ("scope",), f"there is no scope {quoted(record.scope)}; the scopes are {', '.join(form.scopes)}"
    if record.form.id != form.id:
        yield ("form", "id"), f"the record belongs to the form {quoted(record.form.id)}, not to {quoted(form.id)}"
    yield from limbs.faults(record, form)
    for section_id in record.section_notes:
        if section_id not in form.section_by_id:
            yield ("section_notes", section_id), f"there is no section {quoted(section_id)}"
    for address, finding in record.findings.items():
        for path, what in check_finding(address, finding, form):
            yield ("findings", address, *path), what


def check_address(address: str, form: Form) -> str | None:
    """Why an address is no address of the form, or None if it is one."""
    if address in form.addresses:
        return None
    item_id, side = split_address(address)
    stone = form.tombstones.get(item_id)
    if stone is not None:
        became = f"renamed to {stone.renamed_to}" if stone.renamed_to else "removed"
        return f"{quoted(item_id)} was {became} in form version {stone.since}: {stone.reason}"
    if item_id not in form.items:
        return f"there is no item {quoted(item_id)} in this form; {offered(item_id, form.items, 'items')}"
    if side is None:
        return f"{quoted(item_id)} is examined on each side; write {item_id}.R or {item_id}.L"
    return f"{quoted(item_id)} has no side; write it without .{side}"


def check_finding(address: str, finding: Finding, form: Form) -> Found:
    """Every (path within the finding, reason) in which it does not fit its item."""
    wrong = check_address(address, form)
    if wrong is not None:
        yield (), wrong
        return
    item = form.addresses[address]
    if isinstance(finding, AssertedNormal) and not has_normal(form, item):
        yield (), f"'{item.id}' has no normal to assert; record what was found"
    if isinstance(finding, Examined):
        allowed = {option.id for option in item.qualifiers} | ALWAYS_QUALIFIERS
        for index, qualifier in enumerate(finding.qualifiers):
            if qualifier not in allowed:
                yield ("qualifiers", index), f"{quoted(qualifier)} is no qualifier here; use {_listed(sorted(allowed))}"
        if isinstance(finding.value, UnableValue):
            yield ("value",), "an item that could not be tested has the state 'unable', not a value"
            return
        for path, what in check_value(item, finding.value, form):
            yield ("value", *path), what


def check_value(field: Field | Item, value: Value, form: Form) -> Found:
    """Every (path within the value, reason) in which it does not fit its field."""
    if isinstance(value, UnableValue):
        return
    if isinstance(field, GradeKind) and isinstance(value, GradeValue):
        yield from _grade(form.scales[field.scale], value)
    elif isinstance(field, ChoiceKind) and isinstance(value, ChoiceValue):
        ids = [option.id for option in field.options]
        if value.token not in ids:
            yield (
                ("token",),
                f"{quoted(value.token)} is no value of '{field.id}'; {offered(value.token, ids, 'values')}",
            )
    elif isinstance(field, FlagsKind) and isinstance(value, FlagsValue):
        ids = [option.id for option in field.options]
        for flag in value.flags:
            if flag not in ids:
                yield ("flags", flag), f"{quoted(flag)} is no mark of '{field.id}'; {offered(flag, ids, 'marks')}"
    elif isinstance(field, NumberKind) and isinstance(value, NumberValue):
        yield from _number(field, value)
    elif isinstance(field, NumberKind) and isinstance(value, CannotValue):
        if not field.cannot:
            yield (), f"'{field.id}' takes a number; 'cannot' is no answer here"
    elif isinstance(field, SideKind) and isinstance(value, SideValue):
        if value.side not in (*SIDES, *field.also):
            yield ("side",), f"'{value.side}' is no answer of '{field.id}'; use {_listed([*SIDES, *field.also])}"
    elif isinstance(field, TextKind) and isinstance(value, TextValue):
        if len(value.text) > field.limit:
            yield ("text",), f"the text has {len(value.text)} characters; at most {field.limit} are kept"
    elif isinstance(field, DateKind) and isinstance(value, DateValue):
        if "T" in value.date and not field.hour:
            yield ("date",), f"'{field.id}' takes a date without an hour"
    elif isinstance(field, GroupKind) and isinstance(value, GroupValue):
        yield from _group(field, value.fields, form)
    elif isinstance(field, ListKind) and isinstance(value, ListValue):
        for index, entry in enumerate(value.entries):
            for path, what in _group(field, entry.fields, form):
                yield ("entries", index, *path), what
    else:
        yield ("kind",), f"'{field.id}' is a {field.kind}; the value is a {value.kind}"


def _grade(scale: Scale, value: GradeValue) -> Found:
    tokens = [grade.token for grade in scale.grades]
    if value.token not in tokens:
        yield (
            ("token",),
            f"{quoted(value.token)} is no grade of {scale.short}; {offered(value.token, tokens, 'grades')}",
        )
    if value.scale != scale_ref(scale):
        yield ("scale",), f"graded on {quoted(value.scale)}; this form uses {scale_ref(scale)}"


def scale_ref(scale: Scale) -> str:
    """A scale with its version, as a grade keeps it: `mrc/1`."""
    return f"{scale.id}/{scale.version}"


def _number(field: NumberKind, value: NumberValue) -> Found:
    if value.of is not None and value.number > value.of:
        yield ("number",), f"{value.number:g} of {value.of} is not possible"
        return
    for name, number in (("number", value.number), ("over", value.over), ("to", value.to)):
        if number is None:
            continue
        if not field.min <= number <= field.max:
            yield (name,), f"{number:g} is out of range; '{field.id}' runs from {field.min:g} to {field.max:g}"
        elif not math.isclose(number / field.step, round(number / field.step), abs_tol=1e-6):
            yield (name,), f"{number:g} does not fit; '{field.id}' goes in steps of {field.step:g}"
    if (value.of is None) != (field.of is None):
        wanted = f"n of N, such as 7/{field.of}" if field.of is not None else "a number without 'of N'"
        yield ("of",), f"'{field.id}' takes {wanted}"
    if value.over is not None and not field.over:
        yield ("over",), f"'{field.id}' takes one number"
    if value.to is not None and not field.ranged:
        yield ("to",), f"'{field.id}' takes one number, not a range"
    elif value.to is not None and value.to < value.number:
        yield ("to",), "the range ends before it begins"
    if len(field.units) > 1 and value.unit not in field.units:
        yield ("unit",), f"'{field.id}' needs a unit: {_listed(field.units)}"
    elif len(field.units) <= 1 and value.unit is not None:
        always = field.units[0] if field.units else "plain numbers"
        yield ("unit",), f"'{field.id}' is always in {always}; leave the unit out"


def _group(field: GroupKind | ListKind, fields: Mapping[str, Value], form: Form) -> Found:
    for name, value in fields.items():
        field_id, side = split_address(name)
        inner = field.by_id.get(field_id)
        if inner is None:
            known = offered(field_id, field.by_id, "fields")
            yield ("fields", name), f"{quoted(field_id)} is no field of '{field.id}'; {known}"
        elif inner.paired != (side is not None):
            wanted = f"{field_id}.R and {field_id}.L" if inner.paired else field_id
            yield ("fields", name), f"write {wanted}"
        else:
            for path, what in check_value(inner, value, form):
                yield ("fields", name, *path), what
    given = [name for name in field.exclusive if name in fields]
    if len(given) > 1:
        yield ("fields", given[1]), f"only one of {_listed(field.exclusive)} can be given"
    yield from _site(field, fields)


def _site(field: GroupKind | ListKind, fields: Mapping[str, Value]) -> Found:
    """A paired site needs its side, a site without side takes none (clinical decision 8)."""
    site_field, site = field.by_id.get("site"), fields.get("site")
    if not isinstance(site_field, ChoiceKind) or not isinstance(site, ChoiceValue) or "side" not in field.by_id:
        return
    option = next((each for each in site_field.options if each.id == site.token), None)
    if option is None:
        return
    if option.sided == "paired" and "side" not in fields:
        yield ("fields", "site"), f"'{site.token}' needs a side: {site.token}_R or {site.token}_L"
    if option.sided == "none" and "side" in fields:
        yield ("fields", "side"), f"'{site.token}' has no side"


def _listed(ids: Mapping[str, object] | tuple[str, ...] | list[str]) -> str:
    return ", ".join(ids)

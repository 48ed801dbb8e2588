"""Numbers that follow from two others of the same group: the one less the other. Worked out when they are shown, and
never stored.
"""

from __future__ import annotations

from collections.abc import Iterator

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Difference, Field, GroupKind, Item, Kind, NumberKind
from exam_app.core.record.record import Examined, ExamRecord
from exam_app.core.record.values import GroupValue, NumberValue, Value


def differences(group: Kind, value: Value | None) -> Iterator[tuple[Difference, float]]:
    """The differences of a group of which both numbers are there."""
    if not isinstance(group, GroupKind) or not isinstance(value, GroupValue):
        return
    for one in group.differences:
        first, second = (value.fields.get(name) for name in one.of)
        if isinstance(first, NumberValue) and isinstance(second, NumberValue):
            yield one, round(first.number - second.number, 6)


def differences_json(record: ExamRecord, form: Form) -> dict[str, dict[str, float]]:
    """By address the differences in a finding, each by its path within it: `{"tardieu.dynamic_deg": 30}`."""
    found = {
        address: dict(_within(form.addresses[address], finding.value, ""))
        for address, finding in record.findings.items()
        if isinstance(finding, Examined) and address in form.addresses
    }
    return {address: each for address, each in found.items() if each}


def _within(field: Field | Item, value: Value, path: str) -> Iterator[tuple[str, float]]:
    for one, number in differences(field, value):
        yield f"{path}{one.id}", number
    if isinstance(field, GroupKind) and isinstance(value, GroupValue):
        for inner in field.fields:
            if inner.id in value.fields:
                yield from _within(inner, value.fields[inner.id], f"{path}{inner.id}.")


def faults(field: Kind) -> Iterator[str]:
    """What is wrong with the differences of a field."""
    if not isinstance(field, GroupKind):
        return
    for one in field.differences:
        numbers = [field.by_id.get(name) for name in one.of]
        plain = [each for each in numbers if isinstance(each, NumberKind) and _is_plain(each)]
        if len(plain) < len(numbers) or one.of[0] == one.of[1]:
            yield f"the difference '{one.id}' needs two numbers of '{field.id}', neither a range, a pair nor n of N"
        elif plain[0].units != plain[1].units or len(plain[0].units) > 1:
            yield f"the difference '{one.id}' needs two numbers with the same one unit, or none"
        if one.id in field.by_id:
            yield f"the id '{one.id}' is that of a field of '{field.id}'; choose another for the difference"


def _is_plain(field: NumberKind) -> bool:
    return field.of is None and not (field.over or field.ranged or field.paired)

"""What must hold so that a record can keep the answers of a form: its names must fit the record's own types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from exam_app.core.form.form import Form, item_addresses
from exam_app.core.form.kinds import Field, GroupKind, Item, ListKind, NumberKind
from exam_app.core.record.record import Address
from exam_app.core.record.values import FieldId, GradeValue, NumberValue

Found = Iterator[tuple[str, str]]


def keeping_faults(form: Form) -> Found:
    """Every (place, reason); the place is an item id, `item:field` or a file with a path of keys after `#`."""
    addresses, grades = TypeAdapter[str](Address), TypeAdapter(GradeValue)
    for item_id, item in form.items.items():
        if not all(_fits(addresses, address) for address in item_addresses(item_id, item)):
            yield (
                item_id,
                f"'{item_id}' cannot stand in a record; the name of the section's file begins with a small letter and "
                "has small letters, digits and _ only, and both names together are not longer than 100 characters",
            )
        yield from _fields(item_id, item)
    for scale in form.scales.values():
        if not _fits(grades, {"token": "0", "scale": f"{scale.id}/{scale.version}"}):
            words = "its id has letters, digits and _ only, its version digits and points"
            yield f"scales/{scale.id}.yaml#version", f"grades of '{scale.id}' cannot stand in a record; {words}"


def _fields(item_id: str, field: Field | Item) -> Found:
    names, numbers = TypeAdapter[str](FieldId), TypeAdapter(NumberValue)
    place = item_id if field.id == item_id.partition(".")[2] else f"{item_id}:{field.id}"
    if isinstance(field, NumberKind):
        for unit in field.units:
            if not _fits(numbers, {"number": 0.0, "unit": unit}):
                yield place, f"the unit '{unit}' is longer than 16 characters; shorten it"
    if isinstance(field, (GroupKind, ListKind)):
        for each in field.fields:
            if not _fits(names, each.id):
                yield f"{item_id}:{each.id}", f"'{each.id}': the id of a field has letters, digits and _ only"
            yield from _fields(item_id, each)


def _fits(kept: TypeAdapter[Any], value: object) -> bool:
    """Whether a type of the record takes the value."""
    try:
        kept.validate_python(value)
    except ValidationError:
        return False
    return True

"""What must hold of sides (clinical decisions 4 and 8): none is missing or hidden where mirroring cannot see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exam_app.core.form.form import Form, Group
from exam_app.core.form.kinds import ChoiceKind, Field, GroupKind, Item, ListKind, SideKind

Found = Iterator[tuple[str, str]]

_SIDE_IN_ID = re.compile(r"^(.+)_(R|L|right|left)$")
_SIDES_AS_OPTIONS = frozenset({"R", "L", "right", "left"})
_RESERVED = frozenset({"R", "L", "both", "unable", "not_examined"})
"""What a findings file says beside or instead of the fields of a group."""


def side_faults(form: Form) -> Found:
    """Every (place, reason); the place is an item id, or `item:field`."""
    for item_id, item in form.items.items():
        if item.paired:
            yield item_id, "an item on two sides says 'sides: paired'; 'paired: yes' is for fields"
        yield from _named(item_id, item, item.sides == "paired", item_id)
        for field in _fields(item):
            yield from _named(f"{item_id}:{field.id}", field, field.paired or item.sides == "paired", item_id)
            if field.id in _RESERVED:
                yield (
                    f"{item_id}:{field.id}",
                    f"the field id '{field.id}' means something else in a record; take another",
                )
    for section in form.sections:
        for group in section.groups:
            yield from _matrix_faults(section.id, group)


def _fields(field: Field | Item) -> Iterator[Field]:
    """All fields inside, at every depth."""
    if isinstance(field, (GroupKind, ListKind)):
        for each in field.fields:
            yield each
            yield from _fields(each)


def _named(place: str, field: Field | Item, on_two_sides: bool, item_id: str) -> Found:
    found = _SIDE_IN_ID.match(field.id)
    if found is not None and not on_two_sides:
        key = "sides: paired" if place == item_id else "paired: yes"
        yield (
            place,
            f"'{field.id}' carries a side in its id, which mirroring cannot exchange; "
            f"write one '{found[1]}' with '{key}' for both sides",
        )
    if isinstance(field, ChoiceKind):
        sides = [option.id for option in field.options if option.id in _SIDES_AS_OPTIONS]
        if sides:
            yield (
                place,
                f"'{field.id}' offers {', '.join(sides)} as options, which mirroring leaves alone; write 'kind: side'",
            )
        if field.id != "site" and any(option.sided != "none" for option in field.options):
            yield place, f"options with 'sided' belong to a field named 'site' of a list; '{field.id}' is none"
    if isinstance(field, (GroupKind, ListKind)):
        yield from _site_faults(field, item_id)


def _site_faults(field: GroupKind | ListKind, item_id: str) -> Found:
    """A site that lies on two sides needs a field for its side."""
    site, side = field.by_id.get("site"), field.by_id.get("side")
    if not isinstance(site, ChoiceKind) or isinstance(side, SideKind):
        return
    sided = [option.id for option in site.options if option.sided != "none"]
    if sided:
        yield (
            f"{item_id}:site",
            f"the side is missing: {', '.join(sided)} may lie on either side; "
            f"add {{id: side, kind: side, label: Side}} to the fields of '{field.id}'",
        )


def _matrix_faults(section_id: str, group: Group) -> Found:
    """In a matrix every cell has the same sides, and no item is named like a column, which is an address of its own."""
    if group.layout != "matrix":
        return
    paired = [item.id for item in group.items if item.sides == "paired"]
    for item in group.items:
        if paired and item.sides != "paired":
            yield (
                f"{section_id}.{item.id}",
                f"the side is missing: '{item.id}' has none and '{paired[0]}' of the same table has; "
                "write 'sides: paired' in every column, or in none",
            )

"""What must hold of conditions: they look at something that is there, for values it can have, and run in no circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exam_app.core.errors import offered, quoted
from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import (
    SIDES,
    ChoiceKind,
    Condition,
    Field,
    GradeKind,
    GroupKind,
    Item,
    ItemFacts,
    ListKind,
    SideKind,
)

Found = Iterator[tuple[str, str]]


def condition_faults(form: Form) -> Found:
    """Every (place, reason); the place is an item id, or `item:field`."""
    hidden_by: dict[str, set[str]] = {}
    for item_id, item in form.items.items():
        for owner, condition, siblings in _conditions(item, item_id, {}):
            place = item_id if owner == item_id else f"{item_id}:{owner}"
            wrong = list(_faults_of(form, owner, condition, siblings))
            yield from ((place, what) for what in wrong)
            if wrong:
                continue
            if condition.field is not None:
                hidden_by.setdefault(place, set()).add(f"{item_id}:{condition.field}")
            elif condition.item is not None:
                hidden_by.setdefault(item_id, set()).add(condition.item.partition(":")[0])
    for place in sorted(in_a_cycle(hidden_by)):
        yield place, f"the condition of '{place}' depends on itself; remove one condition of the circle"


def _conditions(
    field: Field | Item, owner: str, siblings: Mapping[str, Field]
) -> Iterator[tuple[str, Condition, Mapping[str, Field]]]:
    """Every condition with its owner and the fields beside it."""
    if field.when is not None:
        yield owner, field.when, siblings
    if isinstance(field, ItemFacts):
        yield from ((owner, each, {}) for each in field.unfold_when)
    if isinstance(field, (GroupKind, ListKind)):
        for each in field.fields:
            yield from _conditions(each, each.id, field.by_id)


def _faults_of(form: Form, owner: str, condition: Condition, siblings: Mapping[str, Field]) -> Iterator[str]:
    if (condition.field is None) == (condition.item is None):
        yield "a condition names either 'field' or 'item'"
        return
    if condition.field is not None:
        target: Field | Item | str = siblings.get(condition.field) or (
            f"names '{condition.field}', which is no field beside it"
        )
    else:
        target = _looked_at(form, condition.item or "")
    if isinstance(target, str):
        yield f"the condition of '{owner}' {target}"
    elif target.paired:
        yield (
            f"the condition of '{owner}' looks at '{target.id}', which is asked for R and L, without a side; "
            f"make '{target.id}' an item of its own with 'sides: paired', or remove the condition"
        )
    else:
        yield from _value_faults(form, owner, condition, target)


def _looked_at(form: Form, name: str) -> Field | Item | str:
    """The item or field that `section.item` or `section.item:field` names, or what is wrong with the name."""
    item_id, _, field_id = name.partition(":")
    whole, side = split_address(item_id)
    if side is not None and whole in form.items:
        return f"names one side of an item; write {whole}, which either side fulfils"
    item = form.items.get(item_id)
    if item is None:
        return f"names the item '{item_id}', which does not exist; {offered(item_id, form.items, 'items')}"
    if not isinstance(item, GroupKind):
        return item if not field_id else f"names the field '{field_id}', but '{item_id}' has no fields; write {item_id}"
    if not field_id:
        return f"names a group; name one of its fields, such as {item_id}:{item.main or next(iter(item.by_id))}"
    return item.by_id.get(field_id) or (
        f"names '{field_id}', which is no field of '{item_id}'; {offered(field_id, item.by_id, 'fields')}"
    )


def _value_faults(form: Form, owner: str, condition: Condition, target: Field | Item) -> Iterator[str]:
    """A value that the target cannot have would hide its owner for ever."""
    if isinstance(target, GradeKind):
        scale = form.scales.get(target.scale)
        values = [grade.token for grade in scale.grades] if scale is not None else list(condition.one_of)
    elif isinstance(target, ChoiceKind):
        values = [option.id for option in target.options]
    elif isinstance(target, SideKind):
        values = [*SIDES, *target.also]
    else:
        yield f"the condition of '{owner}' can look at a grade, a choice or a side; '{target.id}' is a {target.kind}"
        return
    for each in condition.one_of:
        if each not in values:
            known = offered(each, values, "values")
            yield f"the condition of '{owner}': {quoted(each)} is no value of '{target.id}'; {known}"


def in_a_cycle(edges: Mapping[str, set[str]]) -> set[str]:
    """The places from which a way along the edges leads back to them."""

    def reaches_itself(start: str) -> bool:
        seen: set[str] = set()
        waiting = list(edges.get(start, ()))
        while waiting:
            place = waiting.pop()
            if place == start:
                return True
            if place not in seen:
                seen.add(place)
                waiting.extend(edges.get(place, ()))
        return False

    return {place for place in edges if reaches_itself(place)}

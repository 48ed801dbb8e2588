"""Which items and fields are asked, given what has been recorded. Hiding never deletes an answer."""

from __future__ import annotations

from collections.abc import Mapping

from exam_app.core.form.form import Form, item_addresses
from exam_app.core.form.kinds import SIDES, Condition, Field, Item
from exam_app.core.record.record import Examination, Examined
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue, SideValue, Value


def is_item_visible(item: Item, record: Examination) -> bool:
    """Whether an item's condition holds, or it has none."""
    return item.when is None or _item_condition_holds(item.when, record)


def is_folded(item: Item, record: Examination) -> bool:
    """Whether an item stays away until it is unfolded: it is a folded one, and no finding calls for it."""
    return item.folded and not any(_item_condition_holds(each, record) for each in item.unfold_when)


def is_field_visible(field: Field, given: Mapping[str, Value], record: Examination | None) -> bool:
    """Whether a field is asked beside the fields already given in its group. A given field is always shown, and so is
    one whose condition looks at another item while there is no record to look into."""
    if field.when is None or field.id in given:
        return True
    if field.when.field is not None:
        return _token(given.get(field.when.field)) in field.when.one_of
    return record is None or _item_condition_holds(field.when, record)


def _item_condition_holds(condition: Condition, record: Examination) -> bool:
    """An item of two sides fulfils a condition if either side does."""
    item_id, _, field_id = (condition.item or "").partition(":")
    for address in (item_id, *(f"{item_id}.{side}" for side in SIDES)):
        finding = record.findings.get(address)
        if not isinstance(finding, Examined):
            continue
        value: Value | None = finding.value
        if field_id:
            value = value.fields.get(field_id) if isinstance(value, GroupValue) else None
        if _token(value) in condition.one_of:
            return True
    return False


def _token(value: Value | None) -> str | None:
    if isinstance(value, (GradeValue, ChoiceValue)):
        return value.token
    return value.side if isinstance(value, SideValue) else None


def items_asked_about(form: Form, section_id: str) -> frozenset[str]:
    """The ids (`section.item`) of the items that the conditions of a section's items, and of its guests, name."""
    items = (*form.section_by_id[section_id].items, *(form.items[guest] for guest in form.guests[section_id]))
    conditions = (each for item in items for each in (item.when, *item.unfold_when) if each is not None)
    return frozenset(each.item.partition(":")[0] for each in conditions if each.item is not None)


def visible_addresses(form: Form, record: Examination, section_id: str, *, folded: bool) -> list[str]:
    """The addresses of a section that are shown: in scope and not hidden, or already answered. With `folded`
    the folded items too, not only those that a finding calls for."""
    in_scope = form.in_scope(record.scope)
    shown: list[str] = []
    for address in form.section_addresses[section_id]:
        item = form.addresses[address]
        item_id = address[:-2] if item.sides == "paired" else address
        offered = item_id in in_scope and (folded or not is_folded(item, record)) and is_item_visible(item, record)
        if offered or address in record.findings:
            shown.append(address)
    return shown


def guest_addresses(form: Form, record: Examination, section_id: str) -> list[str]:
    """The addresses of other sections' items that a section shows too: in scope and not hidden, or already answered.
    They are shown without unfolding; they are asked, counted and asserted in their own section alone."""
    in_scope = form.in_scope(record.scope)
    return [
        address
        for item_id in form.guests[section_id]
        for address in item_addresses(item_id, form.items[item_id])
        if (item_id in in_scope and is_item_visible(form.items[item_id], record)) or address in record.findings
    ]

"""Edits: what the examiner does to a record, as data; `apply` gives the next record and never changes the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from exam_app.core.editing.visible import visible_addresses
from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import SIDES
from exam_app.core.record.record import (
    AnyExamination,
    AssertedNormal,
    DistributionOverride,
    Encounter,
    Examination,
    Examined,
    Finding,
    Patient,
)
from exam_app.core.record.values import GroupValue, ListValue

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of the examiner, undone as one.

    `findings` maps addresses to their new finding, None meaning "back to not yet examined"; `section_notes` likewise.
    `context` replaces whole parts of the record by name: patient, encounter, scope, distribution_override, impression.
    """

    findings: Mapping[str, Finding | None] = field(default_factory=dict)
    section_notes: Mapping[str, str | None] = field(default_factory=dict)
    context: Mapping[str, Patient | Encounter | DistributionOverride | str | None] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.findings or self.section_notes or self.context)


def apply(record: AnyExamination, edit: Edit) -> AnyExamination:
    """The record after the edit. Values in an edit are already validated by their types."""
    if edit.is_empty:
        return record
    update: dict[str, Any] = dict(edit.context)
    if edit.findings:
        update["findings"] = _patched(record.findings, edit.findings)
    if edit.section_notes:
        update["section_notes"] = _patched(record.section_notes, edit.section_notes)
    return record.model_copy(update=update)


def _patched(mapping: Mapping[str, V], changes: Mapping[str, V | None]) -> Mapping[str, V]:
    fresh = dict(mapping)
    for key, value in changes.items():
        if value is None:
            fresh.pop(key, None)
        else:
            fresh[key] = value
    return MappingProxyType(fresh)


def rest_normal_addresses(record: Examination, form: Form, section_id: str, group_id: str | None = None) -> list[str]:
    """What "rest normal" would assert: items of the section (or one group) that take part, in scope, shown, without a
    finding.
    """
    members = None
    if group_id is not None:
        section = form.section_by_id[section_id]
        members = {item.id for group in section.groups if group.id == group_id for item in group.items}
    found: list[str] = []
    for address in visible_addresses(form, record, section_id, folded=False):
        item = form.addresses[address]
        if item.macro and address not in record.findings and (members is None or item.id in members):
            found.append(address)
    return found


def rest_normal(record: Examination, form: Form, section_id: str, group_id: str | None = None) -> Edit:
    """Asserts the rest of a section normal, as one step. It carries no value and overwrites nothing."""
    asserted = AssertedNormal(entered="macro")
    return Edit(findings=dict.fromkeys(rest_normal_addresses(record, form, section_id, group_id), asserted))


def same_as_other_side(record: Examination, address: str) -> Edit:
    """Takes over the other side's finding, without its note. Empty where there is none or the item has no sides."""
    item_id, side = split_address(address)
    if side is None:
        return Edit()
    other = record.findings.get(f"{item_id}.{SIDES[1 - SIDES.index(side)]}")
    if other is None:
        return Edit()
    return Edit(findings={address: other.model_copy(update={"entered": "copied", "note": None})})


def same_as_other_sides(record: Examination, addresses: Iterable[str]) -> Edit:
    """The same for several addresses, as one step. Where both sides of an item are among them, only the side without a
    finding takes the other's: they do not change places."""
    chosen = frozenset(addresses)
    findings: dict[str, Finding | None] = {}
    for address in chosen:
        item_id, side = split_address(address)
        both = side is not None and f"{item_id}.{SIDES[1 - SIDES.index(side)]}" in chosen
        if not (both and address in record.findings):
            findings.update(same_as_other_side(record, address).findings)
    return Edit(findings=findings)


def cleared(addresses: Iterable[str]) -> Edit:
    """Back to "not yet examined" for several addresses, as one step."""
    return Edit(findings=dict.fromkeys(addresses, None))


def entries(record: Examination, address: str) -> tuple[GroupValue, ...]:
    """The entries recorded at a list item; none recorded gives an empty tuple."""
    finding = record.findings.get(address)
    if isinstance(finding, Examined) and isinstance(finding.value, ListValue):
        return finding.value.entries
    return ()

"""How much of the core set was examined: in each section and in total. Only what was examined counts as done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import SIDES, Side
from exam_app.core.record.record import AssertedNormal, Examination, Examined


@dataclass(frozen=True, slots=True)
class CoreFinding:
    """One finding of the core set: an item on one side, or a slot that any one of several items fills."""

    label: str
    side: Side | None
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionCompleteness:
    """Of the core findings of a section: those examined, those with a reason instead, those with nothing."""

    done: tuple[CoreFinding, ...]
    reasoned: tuple[CoreFinding, ...]
    missing: tuple[CoreFinding, ...]

    @property
    def of(self) -> int:
        """Core findings of the section in all."""
        return len(self.done) + len(self.reasoned) + len(self.missing)


@dataclass(frozen=True, slots=True)
class Completeness:
    """The core set of a form against a record, by section id in the order of the form."""

    sections: Mapping[str, SectionCompleteness]

    @property
    def done(self) -> int:
        """Core findings examined."""
        return sum(len(section.done) for section in self.sections.values())

    @property
    def of(self) -> int:
        """Core findings in all."""
        return sum(section.of for section in self.sections.values())


def core_findings(form: Form, section_id: str) -> tuple[CoreFinding, ...]:
    """The core set of one section in the order of the form, R before L (clinical decision 6)."""
    found: dict[tuple[str, Side | None], CoreFinding] = {}
    for item in form.section_by_id[section_id].items:
        if not item.core:
            continue
        item_id = f"{section_id}.{item.id}"
        slot = item.core if isinstance(item.core, str) else item_id
        label = form.core_slots[item.core] if isinstance(item.core, str) else item.label
        sides: tuple[Side | None, ...] = SIDES if item.sides == "paired" else (None,)
        for side in sides:
            earlier = found[slot, side].addresses if (slot, side) in found else ()
            address = f"{item_id}.{side}" if side else item_id
            found[slot, side] = CoreFinding(label, side, (*earlier, address))
    return tuple(found.values())


def completeness(record: Examination, form: Form) -> Completeness:
    """The core set against a record. Items outside the record's scope are counted too: the core set is fixed."""
    return Completeness({section.id: _section(record, form, section.id) for section in form.sections})


def _section(record: Examination, form: Form, section_id: str) -> SectionCompleteness:
    done, reasoned, missing = [], [], []
    for core in core_findings(form, section_id):
        findings = [record.findings[address] for address in core.addresses if address in record.findings]
        if any(isinstance(finding, (Examined, AssertedNormal)) for finding in findings):
            done.append(core)
        elif findings:
            reasoned.append(core)
        else:
            missing.append(core)
    return SectionCompleteness(tuple(done), tuple(reasoned), tuple(missing))

"""How far an examination is: counts by section, kept up to date by each change; and where the next gap is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exam_app.core.derived.completeness import completeness
from exam_app.core.derived.judgement import Judgements
from exam_app.core.editing.visible import items_asked_about, visible_addresses
from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.record.record import Examination, NotExamined, Unable


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings of a section that are asked or answered: how many there are, recorded, abnormal, with a reason."""

    shown: int
    done: int
    abnormal: int
    unable: int
    not_examined: int


class Progress:
    """The counts of every section. `update` looks again at the sections that were touched."""

    def __init__(self, form: Form, record: Examination, *, judges: bool = True) -> None:
        """Without `judges` nothing is counted as abnormal."""
        self._judges = judges
        self._form = form
        self._judgements = Judgements(form)
        self._asked_about = {section.id: items_asked_about(form, section.id) for section in form.sections}
        self._counts = {section.id: self._count(record, section.id) for section in form.sections}

    def update(self, record: Examination, addresses: Iterable[str]) -> set[str]:
        """Count the touched sections again, and those whose conditions look at what was touched; the ids of those whose
        counts changed."""
        items = {split_address(address)[0] for address in addresses}
        looking = {section_id for section_id, asked in self._asked_about.items() if not items.isdisjoint(asked)}
        return self._recounted(record, {section_of(item_id) for item_id in items} | looking)

    def recount(self, record: Examination) -> set[str]:
        """Count every section again; the ids of those whose counts changed."""
        return self._recounted(record, set(self._counts))

    def _recounted(self, record: Examination, section_ids: set[str]) -> set[str]:
        changed = set()
        for section_id in section_ids:
            counts = self._count(record, section_id)
            if counts != self._counts[section_id]:
                self._counts[section_id] = counts
                changed.add(section_id)
        return changed

    def of(self, section_id: str) -> Counts:
        """The counts of one section."""
        return self._counts[section_id]

    @property
    def total(self) -> Counts:
        """The counts of all sections together."""
        every = self._counts.values()
        return Counts(
            sum(counts.shown for counts in every),
            sum(counts.done for counts in every),
            sum(counts.abnormal for counts in every),
            sum(counts.unable for counts in every),
            sum(counts.not_examined for counts in every),
        )

    def _count(self, record: Examination, section_id: str) -> Counts:
        shown = asked_addresses(self._form, record, section_id)
        done = abnormal = unable = not_examined = 0
        for address in shown:
            finding = record.findings.get(address)
            if finding is None:
                continue
            done += 1
            if isinstance(finding, Unable):
                unable += 1
            elif isinstance(finding, NotExamined):
                not_examined += 1
            elif self._judges and self._judgements.of(address, finding) == "abnormal":
                abnormal += 1
        return Counts(len(shown), done, abnormal, unable, not_examined)


def asked_addresses(form: Form, record: Examination, section_id: str) -> list[str]:
    """The addresses of a section that are shown and wait for an answer, or have one. A list waits for none: where
    there is nothing to enter it stays empty."""
    shown = visible_addresses(form, record, section_id, folded=False)
    return [address for address in shown if address in record.findings or form.addresses[address].kind != "list"]


def next_gap(form: Form, record: Examination, after: str | None) -> str | None:
    """The next address with nothing recorded, counted from one address on and around: core findings of all sections
    first, then everything else that is asked. None where there is no gap."""
    core = {
        address
        for section in completeness(record, form).sections.values()
        for missing in section.missing
        for address in missing.addresses
    }
    asked = [
        address
        for section in form.sections
        for address in asked_addresses(form, record, section.id)
        if address not in record.findings
    ]
    return _following(form, [address for address in asked if address in core], after) or _following(form, asked, after)


def _following(form: Form, addresses: list[str], after: str | None) -> str | None:
    if not addresses:
        return None
    order = {address: number for number, address in enumerate(form.addresses)}
    here = order.get(after or "", -1)
    return next((address for address in addresses if order[address] > here), addresses[0])


def next_section_with_gap(form: Form, record: Examination, section_id: str) -> str | None:
    """The section after this one, and around, in which something asked has nothing recorded; None where none has."""
    ids = [section.id for section in form.sections]
    start = ids.index(section_id) + 1
    for candidate in ids[start:] + ids[: start - 1]:
        shown = asked_addresses(form, record, candidate)
        if any(address not in record.findings for address in shown):
            return candidate
    return None

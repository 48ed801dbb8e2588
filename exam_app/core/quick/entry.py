"""Quick entry: a line of text turned into findings, or into a question, or refused; never into a guess.

Pure, and fast enough for every keystroke: what a form's items are called is worked out once (`index_of`). What fits
several items is settled by the current section or asked; a missing side is asked; words that nothing takes are named.
Only a preview that is `Ready` has an edit.
"""

from __future__ import annotations

from dataclasses import dataclass

from exam_app.core.editing import editing
from exam_app.core.editing.editing import Edit
from exam_app.core.form.form import Form
from exam_app.core.quick.commands import command
from exam_app.core.quick.index import index_of
from exam_app.core.quick.parts import Ask, Candidate, Entry, Part, Refused
from exam_app.core.quick.search import Line, finding_part
from exam_app.core.record.record import Examination, Finding
from exam_app.core.record.values import GroupValue
from exam_app.core.words import _

__all__ = ["Ask", "Candidate", "Entry", "NotReady", "Part", "Preview", "Ready", "Refused", "edit_of", "parse"]


@dataclass(frozen=True, slots=True)
class Ready:
    """A line of which every part can be recorded, and at least one is there."""

    entries: tuple[Entry, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts in order."""
        return self.entries


@dataclass(frozen=True, slots=True)
class NotReady:
    """A line with nothing in it, or with a part that asks or was refused. None of it is recorded."""

    parts: tuple[Part, ...]


Preview = Ready | NotReady

MOST_PARTS = 40
"""Parts of one line; more were not typed."""


def parse(text: str, record: Examination, form: Form, *, section: str | None) -> Preview:
    """What a line means: one part between semicolons is one entry. `section` is the id of the section being examined,
    which settles what fits several items. A part sees what the parts before it would record.
    """
    index = index_of(form)
    parts: list[Part] = []
    ahead = record
    pieces = [piece for piece in map(str.strip, text.split(";")) if piece]
    if len(pieces) > MOST_PARTS:
        return NotReady((Refused(pieces[0], (), _("Too many entries in one line; record some of them first")),))
    for piece in pieces:
        line = Line(piece, ahead, index, section)
        part = command(line) or finding_part(line)
        if isinstance(part, Entry):
            part = _once(part, parts) or part
        if isinstance(part, Entry):
            ahead = editing.apply(ahead, part.edit)
        parts.append(part)
    entries = tuple(part for part in parts if isinstance(part, Entry))
    return Ready(entries) if parts and len(entries) == len(parts) else NotReady(tuple(parts))


def edit_of(preview: Ready) -> Edit:
    """All entries of a line as one step."""
    findings: dict[str, Finding | None] = {}
    notes: dict[str, str | None] = {}
    for entry in preview.entries:
        findings.update(entry.edit.findings)
        notes.update(entry.edit.section_notes)
    return Edit(findings=findings, section_notes=notes)


def _once(part: Entry, before: list[Part]) -> Ask | None:
    """The question where a line gives the same place two different findings."""
    for other in before:
        if not isinstance(other, Entry):
            continue
        for address in part.addresses:
            first, second = other.edit.findings.get(address), part.edit.findings[address]
            if first is not None and not _holds(second, first):
                return Ask(part.text, "value", _("Two findings for the same place; leave one of them"))
    return None


def _holds(second: object, first: object) -> bool:
    """Whether a finding keeps all that an earlier one of the same line gave."""
    new, old = getattr(second, "value", None), getattr(first, "value", None)
    if isinstance(new, GroupValue) and isinstance(old, GroupValue):
        return all(new.fields.get(name) == value for name, value in old.fields.items())
    entries, earlier = getattr(new, "entries", None), getattr(old, "entries", None)
    if isinstance(entries, tuple) and isinstance(earlier, tuple):
        return bool(entries[: len(earlier)] == earlier) and bool(earlier)
    return second == first

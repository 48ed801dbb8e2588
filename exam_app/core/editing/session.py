"""One record being edited: its present state, undo and redo as edits, and a change told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from exam_app.core.editing import editing
from exam_app.core.editing.editing import Edit
from exam_app.core.record.record import AnyExamination, Examination

Changed = TypeVar("Changed", bound=Examination, covariant=True)


@dataclass(frozen=True, slots=True)
class Change(Generic[Changed]):
    """What an edit, an undo or a redo did: the record before and after, the addresses touched, and who began it.

    `initiator` is the widget or command that made the edit, so that it need not redraw what it already shows.
    """

    before: Changed
    after: Changed
    addresses: frozenset[str]
    initiator: object = None


class Session(Generic[AnyExamination]):
    """The editing of one record. Undo is a list of the edits that lead back: a snapshot of a full record takes 37 kB. A
    macro is one step."""

    def __init__(self, record: AnyExamination) -> None:
        """Begin with a record and nothing to undo."""
        self._record = record
        self._undo: list[Edit] = []
        self._redo: list[Edit] = []
        self._listeners: list[Callable[[Change[AnyExamination]], None]] = []

    @property
    def record(self) -> AnyExamination:
        """The record as it is now."""
        return self._record

    @property
    def can_undo(self) -> bool:
        """Whether a step can be taken back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether a step taken back can be done again."""
        return bool(self._redo)

    def listen(self, listener: Callable[[Change[AnyExamination]], None]) -> None:
        """Call the listener after every change."""
        self._listeners.append(listener)

    def edit(self, edit: Edit, initiator: object = None) -> bool:
        """Do an edit. False where it changes nothing; then nothing is told and there is nothing to undo."""
        after = editing.apply(self._record, edit)
        if after == self._record:
            return False
        self._undo.append(way_back(after, self._record))
        self._redo.clear()
        self._move_to(after, initiator)
        return True

    def undo(self) -> bool:
        """Take the last step back, exactly. False where there is none."""
        return self._step(self._undo, self._redo)

    def redo(self) -> bool:
        """Do the step last taken back again. False where there is none."""
        return self._step(self._redo, self._undo)

    def _step(self, steps: list[Edit], opposite: list[Edit]) -> bool:
        if not steps:
            return False
        after = editing.apply(self._record, steps.pop())
        opposite.append(way_back(after, self._record))
        self._move_to(after, None)
        return True

    def _move_to(self, after: AnyExamination, initiator: object) -> None:
        before, self._record = self._record, after
        change = Change(before, after, changed_addresses(before, after), initiator)
        for listener in self._listeners:
            listener(change)


def way_back(after: Examination, before: Examination) -> Edit:
    """The edit that makes `before` of `after` again."""
    same = after.section_notes is before.section_notes
    notes = () if same else after.section_notes.keys() | before.section_notes.keys()
    parts = type(after).model_fields.keys() - {"findings", "section_notes"}
    return Edit(
        findings={address: before.findings.get(address) for address in changed_addresses(before, after)},
        section_notes={each: before.section_notes.get(each) for each in notes},
        context={part: getattr(before, part) for part in parts if getattr(before, part) is not getattr(after, part)},
    )


def changed_addresses(before: Examination, after: Examination) -> frozenset[str]:
    """The addresses whose finding differs between two records."""
    old, new = before.findings, after.findings
    if old is new:
        return frozenset()
    return frozenset(address for address in old.keys() | new.keys() if old.get(address) is not new.get(address))

"""The only writer of an attempt: a finding is taken only where the learner has examined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from exam_app.core.editing import editing
from exam_app.core.editing.editing import Edit
from exam_app.core.record.record import Finding, NotExamined
from exam_app.core.words import _
from exam_app.gui.parts.faces import Face, cell_context, side_of
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.services.practice import OpenAttempt


class PracticeBridge(SessionBridge):
    """Between the windows and one attempt. `performed` carries the addresses just examined, `held_back` those for which
    an answer was not taken, because they had not been.

    On a volunteer, whom the learner sees, an answer says that it was examined.
    """

    performed = Signal(tuple)
    held_back = Signal(tuple)

    def __init__(self, attempt: OpenAttempt, parent: QObject | None = None) -> None:
        """Listens to the attempt until `detach`."""
        super().__init__(attempt, parent)
        self.attempt = attempt

    def is_performed(self, address: str) -> bool:
        """Whether an address has been examined."""
        return address in self.attempt.attempt.examined

    def perform(self, addresses: Iterable[str]) -> tuple[str, ...]:
        """Examine addresses; those that had not been examined before."""
        fresh = tuple(each for each in dict.fromkeys(addresses) if not self.is_performed(each))
        if fresh:
            self.attempt.perform(fresh)
            self.performed.emit(fresh)
            self.saving_changed.emit(self.saving)
        return fresh

    def face(self, address: str) -> Face:
        """What the cell of an address shows: also that it was examined and has no answer yet."""
        face = super().face(address)
        if self.finding(address) is not None or not self.is_performed(address):
            return face
        value = _("examined, not answered yet")
        says = _("{finding}, {value}").format(finding=cell_context(self.item(address), side_of(address)), value=value)
        return replace(face, text="", says=says, value_says=value, is_examined=True)

    def rest_normal_addresses(self, section_id: str, group_id: str | None = None) -> list[str]:
        """What "rest normal" asserts: of what was examined only."""
        found = super().rest_normal_addresses(section_id, group_id)
        return [each for each in found if self._may_answer(each)]

    def rest_normal(self, section_id: str, group_id: str | None = None) -> int:
        """Asserts what has been examined and not answered normal."""
        may = self.rest_normal_addresses(section_id, group_id)
        edit = editing.rest_normal(self.record, self.form, section_id, group_id)
        findings = {address: finding for address, finding in edit.findings.items() if address in may}
        return len(findings) if self._edit(replace(edit, findings=findings)) else 0

    def enter(self, edit: Edit) -> str | None:
        """A line of quick entry as one step, or nothing of it where something has not been examined."""
        held = self._held(edit)
        if held:
            self.held_back.emit(held)
            return examine_first(self, held)
        return super().enter(edit)

    def _edit(self, edit: Edit, initiator: object = None) -> bool:
        held = self._held(edit)
        kept = {address: finding for address, finding in edit.findings.items() if address not in held}
        done = super()._edit(replace(edit, findings=kept), initiator)
        if held:
            self.held_back.emit(held)
        if self.attempt.case is None:
            self.perform(address for address, finding in kept.items() if _was_seen(finding))
        return done

    def _held(self, edit: Edit) -> tuple[str, ...]:
        return tuple(
            address
            for address, finding in edit.findings.items()
            if _was_seen(finding) and address not in self.record.findings and not self._may_answer(address)
        )

    def _may_answer(self, address: str) -> bool:
        return self.attempt.case is None or self.is_performed(address)


def _was_seen(finding: Finding | None) -> bool:
    """Whether who records this says that something was seen."""
    return finding is not None and not isinstance(finding, NotExamined)


def examine_first(bridge: PracticeBridge, addresses: tuple[str, ...]) -> str:
    """The sentence for answers that were not taken."""
    finding = cell_context(bridge.item(addresses[0]), side_of(addresses[0]))
    return _("Examine first: {finding}. Nothing was recorded there.").format(finding=finding)

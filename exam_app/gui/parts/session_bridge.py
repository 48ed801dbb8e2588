"""The only writer: widgets emit what the examiner did, the bridge makes an edit of it and tells what changed.

Nothing else in the windows touches the session. The writer's thread reports how far it is; the report is passed on
to the windows' own thread by a queued signal.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from exam_app.core.editing import editing, limbs, marks
from exam_app.core.editing.editing import Edit
from exam_app.core.editing.marks import Mark
from exam_app.core.editing.session import Change, Session
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Item
from exam_app.core.model import NOTE_LIMIT, TEXT_LIMIT, forbidden_character
from exam_app.core.quick.typed import too_long
from exam_app.core.record.record import (
    AbsentBelow,
    DistributionOverride,
    Examination,
    Examined,
    ExamRecord,
    Finding,
    NotExamined,
    Unable,
)
from exam_app.core.record.values import Value
from exam_app.core.words import _
from exam_app.gui.parts.faces import Face, face_of, side_of
from exam_app.services.exams import OpenExam
from exam_app.services.saving import Saving


class Opened(Protocol):
    """An open examination: of a patient, or in practice."""

    on_saving: Callable[[Saving], None] | None

    @property
    def session(self) -> Session[Any]:
        """The editing of its record."""

    @property
    def form(self) -> Form:
        """The form of the record."""

    @property
    def saving(self) -> Saving:
        """How far the writer is."""

    def wait_until_saved(self) -> Saving:
        """Wait until every edit so far is durable."""

    def close(self) -> None:
        """Everything is durable, and nothing more is written."""


class SessionBridge(QObject):
    """Between the windows and one open examination.

    `changed` carries the `Change` of every edit, undo and redo; `saving_changed` a `Saving`, in the windows' thread.
    """

    changed = Signal(object)
    saving_changed = Signal(object)
    _saving_from_writer = Signal(object)

    def __init__(self, opened: Opened, parent: QObject | None = None) -> None:
        """Listens to the examination until `detach`."""
        super().__init__(parent)
        self._opened = opened
        self._reported: BaseException | None = None
        self._saving_from_writer.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        opened.on_saving = self._saving_from_writer.emit
        opened.session.listen(self._tell)

    @property
    def record(self) -> Examination:
        """The record as it is now."""
        record: Examination = self._opened.session.record
        return record

    @property
    def form(self) -> Form:
        """The form of the record."""
        return self._opened.form

    @property
    def saving(self) -> Saving:
        """How far the writer is."""
        return self._opened.saving

    @property
    def can_undo(self) -> bool:
        """Whether a step can be taken back."""
        return self._opened.session.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a step taken back can be done again."""
        return self._opened.session.can_redo

    def item(self, address: str) -> Item:
        """The item of an address."""
        return self.form.addresses[address]

    def finding(self, address: str) -> Finding | None:
        """What is recorded at an address; None for not yet examined."""
        return self.record.findings.get(address)

    def value(self, address: str) -> Value | None:
        """The value recorded at an address, if one was."""
        finding = self.finding(address)
        return finding.value if isinstance(finding, Examined) else None

    def face(self, address: str) -> Face:
        """What the cell of an address shows."""
        return face_of(self.item(address), side_of(address), self.finding(address), self.form)

    def answer(self, values: Mapping[str, Value], initiator: object = None) -> bool:
        """Records values as one step. The note and the qualifiers of an address stay with it."""
        findings = {address: self._examined(address, value) for address, value in values.items()}
        return self._edit(Edit(findings=findings), initiator)

    def _examined(self, address: str, value: Value) -> Examined:
        before = self.finding(address)
        return Examined(
            value=value,
            entered="typed",
            note=before.note if before is not None else None,
            qualifiers=before.qualifiers if isinstance(before, Examined) else (),
        )

    def enter(self, edit: Edit) -> str | None:
        """A line of quick entry as one step. Returns why nothing of it was recorded, or None where it was."""
        return None if self._edit(edit) else _("All of this is recorded already; nothing was changed.")

    def clear(self, addresses: Iterable[str]) -> bool:
        """Back to not yet examined, as one step."""
        recorded = [address for address in addresses if address in self.record.findings]
        return self._edit(editing.cleared(recorded))

    def rest_normal_addresses(self, section_id: str, group_id: str | None = None) -> list[str]:
        """What `rest_normal` would assert."""
        return editing.rest_normal_addresses(self.record, self.form, section_id, group_id)

    def rest_normal(self, section_id: str, group_id: str | None = None) -> int:
        """Asserts the rest of a section, or of one group of it, normal; how many findings that made."""
        edit = editing.rest_normal(self.record, self.form, section_id, group_id)
        return len(edit.findings) if self._edit(edit) else 0

    def give_reason(self, addresses: Iterable[str], reason: NotExamined | Unable) -> bool:
        """The same reason for several addresses, as one step. Their notes stay."""
        findings: dict[str, Finding | None] = {}
        for address in addresses:
            before = self.finding(address)
            note = before.note if before is not None else None
            findings[address] = reason.model_copy(update={"note": note})
        return self._edit(Edit(findings=findings))

    def mark_absent(self, limb_side: str, below: AbsentBelow) -> list[str]:
        """A limb is absent or in plaster below a level; the addresses that this made unable."""
        edit = limbs.absent(self.record, self.form, limb_side, below)
        return list(edit.findings) if self._edit(edit) else []

    def same_as_other_side(self, addresses: Iterable[str]) -> bool:
        """Takes over the other side's finding for each address that has one, as one step."""
        return self._edit(editing.same_as_other_sides(self.record, addresses))

    def set_note(self, address: str, note: str | None) -> str | None:
        """The note of a finding; None removes it. Returns why it cannot be kept, or None."""
        finding = self.finding(address)
        refusal = refused_text(note, NOTE_LIMIT)
        if finding is not None and refusal is None:
            self._edit(Edit(findings={address: finding.model_copy(update={"note": note})}))
        return refusal

    def set_qualifiers(self, address: str, qualifiers: tuple[str, ...]) -> bool:
        """The marks of an examined finding."""
        finding = self.finding(address)
        if not isinstance(finding, Examined):
            return False
        return self._edit(Edit(findings={address: finding.model_copy(update={"qualifiers": qualifiers})}))

    def toggle_mark(self, addresses: Iterable[str], mark: Mark) -> bool:
        """Gives a mark to the findings that can take it, or takes it away where all of them have it; as one step."""
        return self._edit(marks.toggled(self.record, self.form, addresses, mark))

    def set_mark_words(self, addresses: Iterable[str], mark: Mark, text: str) -> bool:
        """The words of a mark, which `refused_text` lets pass, as one step; none takes them away."""
        return self._edit(marks.with_words(self.record, self.form, addresses, mark, text))

    def set_section_note(self, section_id: str, text: str | None) -> str | None:
        """The note of a section; None removes it. Returns why the text cannot be kept, or None when it was."""
        refusal = refused_text(text)
        if refusal is None:
            self._edit(Edit(section_notes={section_id: text}))
        return refusal

    def set_scope(self, scope_id: str) -> bool:
        """Which items the examination is about; findings outside stay."""
        return self._edit(Edit(context={"scope": scope_id}))

    def set_impression(self, text: str | None) -> str | None:
        """The examiner's impression; None removes it. Returns as `set_section_note`."""
        refusal = refused_text(text)
        if refusal is None:
            self._edit(Edit(context={"impression": text}))
        return refusal

    def set_distribution_override(self, override: DistributionOverride | None) -> bool:
        """The examiner's own distribution; None goes back to the rule's."""
        return self._edit(Edit(context={"distribution_override": override}))

    def undo(self) -> bool:
        """Take the last step back."""
        return self._opened.session.undo()

    def redo(self) -> bool:
        """Do the step last taken back again."""
        return self._opened.session.redo()

    def detach(self) -> None:
        """Stop hearing from the writer's thread; to be called before the windows go."""
        self._opened.on_saving = None

    def _edit(self, edit: Edit, initiator: object = None) -> bool:
        return self._opened.session.edit(edit, initiator)

    def _tell(self, change: Change[Examination]) -> None:
        self.changed.emit(change)
        self.saving_changed.emit(self._opened.saving)

    def _pass_on(self, saving: Saving) -> None:
        """In the windows' thread. The report may be older than the present state, so that one is shown instead; a bug
        goes to the crash reporter."""
        self.saving_changed.emit(self._opened.saving)
        if saving.bug is not None and saving.bug is not self._reported:
            self._reported = saving.bug
            sys.excepthook(type(saving.bug), saving.bug, saving.bug.__traceback__)


class ClinicalBridge(SessionBridge):
    """Between the windows and the open examination of a patient."""

    def __init__(self, exam: OpenExam, parent: QObject | None = None) -> None:
        """As `SessionBridge`."""
        super().__init__(exam, parent)
        self._exam = exam

    @property
    def record(self) -> ExamRecord:
        """The patient's record as it is now."""
        return self._exam.session.record

    def keep_export(self, pdf: bytes, *, attached: bool, encrypted: bool) -> None:
        """Keep the SHA-256 of a PDF that is about to be written. UserError `store_not_written`: then it is not to be
        written. A hash without a file does no harm; a file without its hash could not be verified."""
        self._exam.keep_export(pdf, attached=attached, encrypted=encrypted)


def refused_text(text: str | None, limit: int = TEXT_LIMIT) -> str | None:
    """Why a text cannot be kept in a record, as a sentence; None where it can."""
    if text is None:
        return None
    character = forbidden_character(text, lines=True)
    if character is not None:
        return _("The character {code} cannot be stored. Remove it; until then the text is not saved.").format(
            code=character
        )
    return too_long(text, limit) if len(text) > limit else None

"""Examinations in the store: list, begin, open, edit. Every edit goes to the writer at once; the window never waits."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from exam_app.core.derived.completeness import completeness
from exam_app.core.derived.judgement import Judgements
from exam_app.core.editing.session import Change, Session
from exam_app.core.errors import UserError
from exam_app.core.files.compiled import form_from_json, kept_json
from exam_app.core.files.findings_file import form_ref
from exam_app.core.files.record_file import record_from_json, record_to_json
from exam_app.core.form.form import Form
from exam_app.core.record.record import SCHEMA_VERSION, Encounter, ExamRecord, Patient
from exam_app.services.context import Context
from exam_app.services.saving import Saving, WrittenBehind
from exam_app.store import keys, place
from exam_app.store.records import RecordStore
from exam_app.store.rows import Edit as EditRow
from exam_app.store.rows import KeptExport, LeftOpen, RecordHead, Summary
from exam_app.store.store import Store, create_store, open_store

__all__ = [
    "Exams",
    "KeptExport",
    "LeftOpen",
    "OpenExam",
    "RecordHead",
    "Saving",
    "create",
    "unlock",
    "unlock_with_recovery_key",
]

UNKNOWN_EXAMINER = "-"
CONTEXT_PARTS = ("scope", "patient", "encounter", "distribution_override", "impression")


def create(context: Context, passphrase: str) -> tuple[Exams, str]:
    """A new store, opened, and the recovery key to show once. UserError as `store.create_store`."""
    store, recovery_key = create_store(context.data_folder, passphrase, cost=context.key_cost or keys.USUAL_COST)
    return Exams(context, store), recovery_key


def unlock(context: Context, passphrase: str) -> Exams:
    """The store of the data folder. UserError `passphrase_wrong`, and as `store.open_store`."""
    return Exams(context, open_store(context.data_folder, keys.unlock(_key_file(context), passphrase)))


def check_passphrase(context: Context, passphrase: str) -> None:
    """Whether the passphrase is that of the records, which are open already. UserError `still_locked`."""
    try:
        keys.unlock(_key_file(context), passphrase)
    except UserError as error:
        raise UserError("still_locked") if error.code == "passphrase_wrong" else error from None


def unlock_with_recovery_key(context: Context, recovery_key: str, new_passphrase: str) -> Exams:
    """The store opened with the recovery key; from now on the new passphrase opens it too."""
    data_key = keys.unlock_with_recovery_key(_key_file(context), recovery_key)
    store = open_store(context.data_folder, data_key)
    try:
        keys.change_passphrase(_key_file(context), data_key, new_passphrase, context.key_cost or keys.USUAL_COST)
    except UserError:
        store.close()
        raise
    return Exams(context, store)


def _key_file(context: Context) -> Path:
    return context.data_folder / place.KEY_FILE


class Exams:
    """The examinations of one open store."""

    def __init__(self, context: Context, store: Store) -> None:
        """`store` is closed by `close`."""
        self._context = context
        self._store = store

    @property
    def form(self) -> Form:
        """The form for new examinations."""
        return self._context.form

    @property
    def form_fault(self) -> UserError | None:
        """Why the clinic's own form files are not in use, or None."""
        return self._context.form_fault

    def recent(self, search: str = "", limit: int = 200) -> tuple[RecordHead, ...]:
        """Examinations, last changed first; every word of `search` occurs in the name or the MRN."""
        return self._store.records.list_recent(limit, search)

    def exports(self, pdf: bytes) -> tuple[KeptExport, ...]:
        """What is kept of the exports of this very file, the first export first; empty where there was none."""
        return self._store.records.exports(sha256(pdf))

    def left_open(self) -> tuple[LeftOpen, ...]:
        """Examinations that were open when the application last ended without closing them."""
        return self._store.records.left_open()

    def begin(self, patient: Patient, encounter: Encounter, scope: str) -> OpenExam:
        """A new draft, stored before this returns."""
        form = self.form
        record = ExamRecord(form=form_ref(form), scope=scope, patient=patient, encounter=encounter)
        return self.adopt(record, "created")

    def adopt(self, record: ExamRecord, how: str = "imported") -> OpenExam:
        """A record made elsewhere with this form, stored as a new draft and opened."""
        form, record_id, at = self.form, self._context.new_id(), self._stamp()
        body, summary, who = record_to_json(record), summary_of(record, Judgements(form)), examiner_of(record)

        def put(records: RecordStore) -> None:
            records.keep_form(form.hash, kept_json(form))
            records.create(record_id, body, summary, at=at, who=who, how=how)
            records.mark_open(record_id, at)

        self._store.writer.submit(put).result()
        return OpenExam(self._context, self._store, record_id, 1, record, form)

    def open(self, record_id: str) -> OpenExam:
        """A stored examination with the form that it was made with. UserError `record_damaged`, `form_unknown`,
        `record_newer`.
        """
        stored = self._store.records.load(record_id)
        form = self.form_of(stored.summary.form_hash)
        record = record_from_json(stored.body, form, record_id)
        at = self._stamp()
        with suppress(UserError):  # a full disk keeps nobody from reading; the first edit says that it is not saved
            self._store.writer.submit(lambda records: records.mark_open(record_id, at)).result()
        return OpenExam(self._context, self._store, record_id, stored.revision, record, form)

    def form_of(self, form_hash: str) -> Form:
        """The form with this hash: the one in use or one that is kept. UserError `form_unknown`."""
        if self.form.hash == form_hash:
            return self.form
        text = self._store.records.form(form_hash)
        if text is None:
            raise UserError("form_unknown", version=form_hash[:8])
        return _stored_form(text)

    def _stamp(self) -> str:
        return self._context.now().isoformat()

    def close(self) -> None:
        """Waits until everything is written and closes the store."""
        self._store.close()


def sha256(data: bytes) -> str:
    """The SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=4)
def _stored_form(text: str) -> Form:
    return form_from_json(text)


class OpenExam(WrittenBehind):
    """One examination being edited. Every change of the session is handed to the writer in order."""

    def __init__(
        self, context: Context, store: Store, record_id: str, revision: int, record: ExamRecord, form: Form
    ) -> None:
        """Made by `Exams`."""
        super().__init__(context.now)
        self.record_id = record_id
        self.form = form
        self.session = Session(record)
        self.session.listen(self._save)
        self._context = context
        self._store = store
        self._revision = revision
        self._backlog: list[EditRow] = []
        self._judgements = Judgements(form)

    @property
    def record(self) -> ExamRecord:
        """The record as it is now."""
        return self.session.record

    def _save(self, change: Change[ExamRecord]) -> None:
        at = self._context.now()

        def put(records: RecordStore) -> None:
            # Only the writer's thread touches backlog, judgements and revision. After a failed save the rows wait for
            # the next one, which writes the whole record again: nothing is lost while the window is open.
            self._backlog += trail_rows(change)
            self._revision = records.save(
                self.record_id,
                self._revision,
                record_to_json(change.after),
                summary_of(change.after, self._judgements),
                self._backlog,
                at=at.isoformat(),
                who=examiner_of(change.after),
            )
            self._backlog = []

        self._follow(self._store.writer.submit(put))

    def wait_until_saved(self) -> Saving:
        """Wait until every edit so far is durable; for closing and for the command line."""
        self._store.writer.submit(lambda _records: None).result()
        return self.saving

    def keep_export(self, pdf: bytes, *, attached: bool, encrypted: bool) -> None:
        """Keep the SHA-256 of a PDF that is being exported; it is on the disk when this returns. UserError
        `store_not_written`. The records know by it whether a file that comes back is the one that left."""
        export = KeptExport(self.record_id, self._context.now().isoformat(), sha256(pdf), attached, encrypted)
        self._store.writer.submit(lambda records: records.keep_export(export)).result()

    def close(self) -> None:
        """Wait for the writer; the examination no longer counts as open. Where that cannot be written it still does:
        home says that it was not closed."""
        self.on_saving = None
        with suppress(UserError):
            self._store.writer.submit(lambda records: records.mark_closed(self.record_id)).result()


def examiner_of(record: ExamRecord) -> str:
    """Who is named in the trail of edits."""
    return record.encounter.examiner or UNKNOWN_EXAMINER


def summary_of(record: ExamRecord, judgements: Judgements) -> Summary:
    """What the home list shows of a record; `judgements` are those of its form."""
    patient, core = record.patient, completeness(record, judgements.form)
    return Summary(
        state="draft",
        schema_version=SCHEMA_VERSION,
        form_hash=record.form.hash,
        patient_name=", ".join(name for name in (patient.family_name, patient.given_name) if name),
        birth_date=patient.birth_date.isoformat() if patient.birth_date else None,
        mrn=patient.mrn,
        started_at=record.encounter.started_at.isoformat(),
        scope=record.scope,
        abnormal=sum(judgements.of(*finding) == "abnormal" for finding in record.findings.items()),
        done=core.done,
        total=core.of,
    )


def trail_rows(change: Change[ExamRecord]) -> list[EditRow]:
    """One row for each address and each other part of the record that a change touched, in a fixed order."""
    rows = []
    for address in sorted(change.addresses):
        old, new = change.before.findings.get(address), change.after.findings.get(address)
        how = new.entered if new is not None else "cleared"
        rows.append(EditRow(how, address, _json(old), _json(new)))
    for part in (*CONTEXT_PARTS, "section_notes"):
        old_part, new_part = getattr(change.before, part), getattr(change.after, part)
        if old_part != new_part:
            rows.append(EditRow("typed", part, _json(old_part), _json(new_part)))
    return rows


def _json(part: Any) -> str | None:
    """Canonical JSON of a part of a record; None stays None."""
    if part is None:
        return None
    data = part.model_dump(mode="json", exclude_none=True) if hasattr(part, "model_dump") else part
    if not isinstance(data, (str, dict)):
        data = dict(data)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

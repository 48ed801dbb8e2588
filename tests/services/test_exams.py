"""Examinations in a real encrypted store: what is shown as saved is saved, and nothing is lost."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from exam_app.core.editing import editing
from exam_app.core.editing.editing import Edit
from exam_app.core.errors import UserError
from exam_app.core.record.record import AssertedNormal, Encounter, Examined, FormRef, Patient
from exam_app.core.record.values import GradeValue
from exam_app.services import exams
from exam_app.services.context import Context
from exam_app.services.exams import Exams, OpenExam
from exam_app.services.saving import Saving
from exam_app.store.keys import Cost
from exam_app.store.records import RecordStore

PASSPHRASE = "correct horse battery"
STARTED = datetime.datetime(2026, 11, 22, 9, 20, tzinfo=datetime.UTC)
FOUR = Examined(value=GradeValue(token="4", scale="mrc/1"), entered="typed")


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """A context with its own store and keys that are cheap to derive."""
    return Context(data_folder=tmp_path / "store", key_cost=Cost(memory_kib=64, iterations=1, lanes=1))


@pytest.fixture
def store(context: Context) -> Iterator[Exams]:
    """A new store, open."""
    opened, _recovery_key = exams.create(context, PASSPHRASE)
    yield opened
    opened.close()


def begin(store: Exams) -> OpenExam:
    """A new examination of Specimen."""
    return store.begin(Patient(family_name="Specimen"), Encounter(started_at=STARTED), "full")


def grade(exam: OpenExam, address: str = "strength.deltoid.R") -> None:
    """One edit."""
    exam.session.edit(Edit(findings={address: FOUR}))


def test_home_counts_what_is_abnormal_after_each_edit(store: Exams) -> None:
    exam = begin(store)
    counts = []
    for token in ("4", "5", "3"):
        finding = Examined(value=GradeValue(token=token, scale="mrc/1"), entered="typed")
        exam.session.edit(Edit(findings={"strength.deltoid.R": finding}))
        exam.wait_until_saved()
        counts.append(store.recent()[0].summary.abnormal)
    assert counts == [1, 0, 1]


def test_an_edit_is_durable_before_it_is_shown_as_saved(context: Context, store: Exams) -> None:
    exam = begin(store)
    seen: list[tuple[Saving, int]] = []
    told = threading.Event()

    def note(saving: Saving) -> None:
        body = store._store.writer._records.load(exam.record_id).body
        seen.append((saving, body.count('"token":"4"')))
        told.set()

    exam.on_saving = note
    grade(exam)
    assert told.wait(5)
    ((saving, stored),) = seen
    assert (saving.pending, stored) == (0, 1)
    assert saving.saved_at is not None
    exam.close()


def test_everything_is_there_after_closing_and_opening_again(context: Context, store: Exams) -> None:
    exam = begin(store)
    grade(exam)
    exam.session.edit(editing.rest_normal(exam.record, exam.form, "strength"))
    exam.session.edit(Edit(context={"impression": "words"}, section_notes={"gait": "words"}))
    exam.session.undo()
    exam.session.redo()
    exam.wait_until_saved()
    record = exam.record
    exam.close()
    store.close()
    again = exams.unlock(context, PASSPHRASE)
    try:
        opened = again.open(exam.record_id)
        assert opened.record == record
        assert opened.record.findings["strength.deltoid.L"] == AssertedNormal(entered="macro")
        opened.close()
    finally:
        again.close()


def test_the_trail_holds_one_row_for_every_address_that_an_edit_touched(store: Exams) -> None:
    exam = begin(store)
    grade(exam)
    grade(exam, "strength.deltoid.L")
    exam.session.undo()
    exam.wait_until_saved()
    rows = store._store.records.trail(exam.record_id)
    assert [(row.revision, row.how, row.address) for row in rows] == [
        (1, "created", ""),
        (2, "typed", "strength.deltoid.R"),
        (3, "typed", "strength.deltoid.L"),
        (4, "cleared", "strength.deltoid.L"),
    ]
    store._store.records.verify_trail(exam.record_id)
    exam.close()


def test_an_edit_that_could_not_be_saved_is_saved_with_the_next_one(
    store: Exams, monkeypatch: pytest.MonkeyPatch
) -> None:
    exam = begin(store)
    records = store._store.writer._records
    whole = records.save

    def full(*_arguments: object, **_named: object) -> int:
        raise UserError("database_damaged")

    monkeypatch.setattr(records, "save", full)
    grade(exam)
    failed = exam.wait_until_saved().failed
    assert failed is not None
    assert failed.code == "database_damaged"
    monkeypatch.setattr(records, "save", whole)
    grade(exam, "strength.triceps.R")
    assert exam.wait_until_saved().failed is None
    assert {row.address for row in store._store.records.trail(exam.record_id)} == {
        "",
        "strength.deltoid.R",
        "strength.triceps.R",
    }
    assert set(exam.record.findings) == {"strength.deltoid.R", "strength.triceps.R"}
    exam.close()


def test_a_full_disk_keeps_nobody_from_reading_a_record(store: Exams, monkeypatch: pytest.MonkeyPatch) -> None:
    exam = begin(store)
    exam.close()

    def full(*_arguments: object, **_named: object) -> None:
        raise UserError("store_not_written")

    for write in ("mark_open", "mark_closed"):
        monkeypatch.setattr(RecordStore, write, full)
    again = store.open(exam.record_id)
    assert again.record == exam.record
    again.close()


def test_a_bug_while_saving_reaches_the_window_and_is_a_sentence(store: Exams, monkeypatch: pytest.MonkeyPatch) -> None:
    exam = begin(store)

    def broken(*_arguments: object, **_named: object) -> int:
        raise RuntimeError("bug")

    monkeypatch.setattr(store._store.writer._records, "save", broken)
    grade(exam)
    saving = exam.wait_until_saved()
    assert saving.failed is not None
    assert saving.failed.code == "save_failed"
    assert isinstance(saving.bug, RuntimeError)
    exam.close()


def test_the_home_list_shows_state_completeness_and_abnormal_counts(store: Exams) -> None:
    exam = begin(store)
    grade(exam)
    exam.wait_until_saved()
    (head,) = store.recent("spec")
    assert (head.summary.patient_name, head.summary.state) == ("Specimen", "draft")
    assert (head.summary.done, head.summary.total, head.summary.abnormal) == (1, 77, 1)
    assert store.recent("nobody") == ()
    exam.close()


def test_a_draft_that_was_not_closed_is_named_at_the_next_start(context: Context, store: Exams) -> None:
    exam = begin(store)
    grade(exam)
    exam.wait_until_saved()
    store.close()
    again = exams.unlock(context, PASSPHRASE)
    try:
        (left,) = again.left_open()
        assert (left.record.id, left.record.summary.abnormal) == (exam.record_id, 1)
        again.open(exam.record_id).close()
        assert again.left_open() == ()
    finally:
        again.close()


def test_a_record_opens_with_the_form_that_it_was_made_with(
    context: Context, store: Exams, monkeypatch: pytest.MonkeyPatch
) -> None:
    exam = begin(store)
    exam.close()
    old = context.form
    newer = old.model_copy(update={"version": "2", "hash": "f" * 64})
    monkeypatch.setitem(context.__dict__, "form", newer)
    opened = store.open(exam.record_id)
    assert opened.form.hash == old.hash
    opened.close()
    assert begin_and_close(store).version == "2"


def begin_and_close(store: Exams) -> FormRef:
    """The form reference of a new examination."""
    exam = begin(store)
    exam.close()
    return exam.record.form


def test_a_wrong_passphrase_is_refused_and_the_recovery_key_opens(context: Context) -> None:
    opened, recovery_key = exams.create(context, PASSPHRASE)
    opened.close()
    with pytest.raises(UserError) as raised:
        exams.unlock(context, "another passphrase")
    assert raised.value.code == "passphrase_wrong"
    exams.unlock_with_recovery_key(context, recovery_key, "a new passphrase").close()
    exams.unlock(context, "a new passphrase").close()


def test_a_new_passphrase_that_is_too_short_leaves_the_old_one_and_the_store_closed(context: Context) -> None:
    opened, recovery_key = exams.create(context, PASSPHRASE)
    opened.close()
    with pytest.raises(UserError):
        exams.unlock_with_recovery_key(context, recovery_key, "short")
    exams.unlock(context, PASSPHRASE).close()


def test_the_records_know_a_pdf_that_was_exported_from_them_and_no_other(context: Context, store: Exams) -> None:
    exam = begin(store)
    exam.keep_export(b"%PDF-1.7 pages", attached=True, encrypted=False)
    (kept,) = store.exports(b"%PDF-1.7 pages")
    assert (kept.record_id, kept.attached, kept.encrypted) == (exam.record_id, True, False)
    assert datetime.datetime.fromisoformat(kept.at).utcoffset() is not None
    assert store.exports(b"%PDF-1.7 pages.") == ()
    store.close()
    again = exams.unlock(context, PASSPHRASE)
    assert again.exports(b"%PDF-1.7 pages") == (kept,)
    again.close()

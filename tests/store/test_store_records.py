"""Records, their trail of edits, the forms they use, and which were open."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.store import engine
from exam_app.store.records import WHOLE_RECORD, RecordReader, RecordStore
from exam_app.store.rows import Edit, KeptExport, StoredRecord, Summary
from exam_app.store.store import Store
from tests.store.conftest import NOW

T = TypeVar("T")
LATER = "2026-11-22T09:21:00+01:00"
EXAMINER = "Examiner Specimen"
TRICEPS = Edit("typed", "strength.triceps.R", None, '{"grade":"4-"}')


def write(store: Store, job: Callable[[RecordStore], T]) -> T:
    """Runs a job in the writer and waits for it."""
    return store.writer.submit(job).result()


def create(store: Store, record_id: str, summary: Summary, *, at: str = NOW) -> None:
    """Adds an empty record."""
    write(store, lambda records: records.create(record_id, "{}", summary, at=at, who=EXAMINER))


def save(store: Store, record_id: str, revision: int, body: str, summary: Summary, edit: Edit = TRICEPS) -> int:
    """Saves a revision of a record."""
    return write(store, lambda r: r.save(record_id, revision, body, summary, [edit], at=LATER, who=EXAMINER))


def refusal(code: str) -> pytest.RaisesExc[UserError]:
    """Expects a UserError with this code that has a sentence."""
    return pytest.RaisesExc(UserError, check=lambda error: error.code == code and bool(sentence(error)))


def test_a_saved_record_comes_back_as_it_was_given(store: Store, summary: Summary) -> None:
    create(store, "r1", summary)
    body = json.dumps({"note": "naïve 漢字 \u202e \U0001f9e0 \x00 \ud800"})
    abnormal = replace(summary, abnormal=3, birth_date=None, mrn=None)
    assert save(store, "r1", 1, body, abnormal) == 2
    assert store.records.load("r1") == StoredRecord("r1", 2, NOW, LATER, abnormal, body)


def test_a_save_on_another_revision_is_refused_and_writes_nothing(store: Store, summary: Summary) -> None:
    create(store, "r1", summary)
    save(store, "r1", 1, '{"a":1}', summary)
    before = store.records.load("r1"), store.records.trail("r1")
    for revision in (0, 1, 3):
        with refusal("record_changed_elsewhere"):
            save(store, "r1", revision, '{"a":2}', summary)
    assert (store.records.load("r1"), store.records.trail("r1")) == before


def test_a_save_that_fails_half_way_writes_nothing(store: Store, summary: Summary) -> None:
    create(store, "r1", summary)
    before = store.records.load("r1"), store.records.trail("r1")
    broken = Edit("typed", "strength.deltoid.R", None, "{no json")
    with pytest.raises(Exception, match="CHECK"):
        write(store, lambda r: r.save("r1", 1, "{}", summary, [TRICEPS, broken], at=LATER, who=EXAMINER))
    assert (store.records.load("r1"), store.records.trail("r1")) == before
    save(store, "r1", 1, "{}", summary)


def test_a_signed_record_never_becomes_a_draft_again(store: Store, summary: Summary) -> None:
    create(store, "r1", summary)
    signing = Edit("signed", WHOLE_RECORD, None, None)
    save(store, "r1", 1, "{}", replace(summary, state="signed"), signing)
    with refusal("record_signed"):
        save(store, "r1", 2, "{}", summary)
    save(store, "r1", 2, "{}", replace(summary, state="amended"))
    with refusal("record_signed"):
        save(store, "r1", 3, "{}", summary)


def test_wrong_calls_are_bugs_and_not_sentences(store: Store, summary: Summary) -> None:
    with pytest.raises(KeyError):
        store.records.load("r1")
    with pytest.raises(KeyError):
        save(store, "r1", 1, "{}", summary)
    with pytest.raises(ValueError, match="offset"):
        create(store, "r1", summary, at="2026-11-22T09:20:00")
    with pytest.raises(Exception, match="FOREIGN KEY"):
        create(store, "r1", replace(summary, form_hash="unknown"))
    create(store, "r1", summary)
    with pytest.raises(Exception, match="UNIQUE"):
        create(store, "r1", summary)
    with pytest.raises(ValueError, match="without an edit"):
        write(store, lambda r: r.save("r1", 1, "{}", summary, [], at=LATER, who=EXAMINER))


def test_the_reading_side_cannot_write(store: Store, summary: Summary) -> None:
    with pytest.raises(Exception, match="readonly"):
        store.records._connection.execute("DELETE FROM forms")


def found(store: Store, search: str = "", limit: int = 10) -> list[str]:
    """The ids of the records listed."""
    return [head.id for head in store.records.list_recent(limit, search)]


def test_the_last_changed_record_comes_first_across_the_change_of_the_clocks(store: Store, summary: Summary) -> None:
    create(store, "before", summary, at="2026-10-25T02:59:00+02:00")
    create(store, "after", summary, at="2026-10-25T02:01:00+01:00")
    create(store, "oldest", summary, at="2026-10-25T00:30:00Z")
    assert found(store) == ["after", "before", "oldest"]
    assert found(store, limit=2) == ["after", "before"]
    heads = store.records.list_recent(1)
    assert (heads[0].summary, heads[0].revision) == (summary, 1)


@pytest.mark.parametrize(
    "search", ["", "änne", "ÄNNE", "A\u0308nne", "anne spec", "strasse", "0041187", "411 specimen", " "]
)
def test_search_finds_a_name_or_number_in_any_case(store: Store, summary: Summary, search: str) -> None:
    create(store, "r1", replace(summary, patient_name="Specimen-Straße, Änne"))
    assert found(store, search) == ["r1"]


@pytest.mark.parametrize("search", ["bob", "%", "_", "*", "anne bob", "'", "41187 9"])
def test_search_takes_every_sign_as_it_is(store: Store, summary: Summary, search: str) -> None:
    create(store, "r1", summary)
    create(store, "r2", replace(summary, mrn=None))
    assert found(store, search) == []


def test_forms_are_kept_once_and_never_replaced(store: Store) -> None:
    write(store, lambda records: records.keep_form("form-1", '{"id":"exam"}'))
    with pytest.raises(ValueError, match="another form"):
        write(store, lambda records: records.keep_form("form-1", '{"id":"other"}'))
    assert store.records.form("form-1") == '{"id":"exam"}'
    assert store.records.form("form-2") is None
    write(store, lambda records: records._connection.execute("""UPDATE forms SET body = '{"id":"x"}'"""))
    with refusal("database_damaged"):
        store.records.form("form-1")


def test_records_left_open_are_named_with_the_time_until_they_are_closed(store: Store, summary: Summary) -> None:
    for record_id in ("r1", "r2", "r3"):
        create(store, record_id, summary)
    write(store, lambda records: records.mark_open("r2", LATER))
    write(store, lambda records: records.mark_open("r1", NOW))
    write(store, lambda records: records.mark_open("r3", NOW))
    write(store, lambda records: records.mark_closed("r3"))
    left = [(entry.record.id, entry.since) for entry in store.records.left_open()]
    assert left == [("r1", NOW), ("r2", LATER)]
    assert store.records.left_open()[0].record.summary == summary


@pytest.mark.parametrize(
    ("statement", "revision"),
    [
        ("UPDATE edits SET new = '5' WHERE revision = 2", 2),
        ("UPDATE edits SET who = 'Other' WHERE revision = 1", 1),
        ("UPDATE edits SET old = '1', at = at WHERE revision = 4", 4),
        ("DELETE FROM edits WHERE revision = 2", 3),
        ("DELETE FROM edits WHERE revision = 4", 4),
        ("DELETE FROM edits", 4),
        ("UPDATE edits SET revision = 9 WHERE revision = 3", 4),
        ("INSERT INTO edits SELECT record_id, 5, seq, at, who, how, address, hash, hash, old, new FROM edits "
         "WHERE revision = 4", 5),
        ("UPDATE records SET body = '{\"changed\":1}'", 4),
        ("UPDATE records SET patient_name = 'Other'", 4),
        ("UPDATE records SET revision = 3", 3),
    ],
)  # fmt: skip
def test_a_change_past_the_application_breaks_the_trail(
    store: Store, summary: Summary, data_key: bytes, statement: str, revision: int
) -> None:
    create(store, "r1", summary)
    for number in (1, 2, 3):
        save(store, "r1", number, "{}", summary)
    store.records.verify_trail("r1")
    raw = engine.open_for_writing(store.folder / "store.db", data_key)
    raw.execute(statement)
    raw.close()
    with pytest.raises(UserError) as caught:
        store.records.verify_trail("r1")
    assert caught.value.code == "trail_broken"
    assert caught.value.params["revision"] == revision
    if statement.startswith("UPDATE records"):
        with refusal("record_damaged"):
            store.records.load("r1")


VALUES = st.none() | st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
SAVES = st.lists(st.dictionaries(st.sampled_from("abcdef"), VALUES, min_size=1, max_size=4), max_size=8)


def canonical(value: object) -> str | None:
    """The JSON of a value; None, as nothing there, has none."""
    return None if value is None else json.dumps(value, sort_keys=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(saves=SAVES)
def test_the_trail_of_any_sequence_of_saves_holds_and_rebuilds_the_record(
    saves: list[dict[str, object]], summary: Summary
) -> None:
    findings: dict[str, object] = {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        engine.create_database(path, bytes(32))
        connection = engine.open_for_writing(path, bytes(32))
        try:
            records = RecordStore(connection)
            records.keep_form("form-1", "{}")
            records.create("r1", "{}", summary, at=NOW, who=EXAMINER)
            for revision, changes in enumerate(saves, start=1):
                edits = [Edit("typed", a, canonical(findings.get(a)), canonical(new)) for a, new in changes.items()]
                findings = {a: v for a, v in {**findings, **changes}.items() if v is not None}
                body = json.dumps(findings, sort_keys=True)
                records.save("r1", revision, body, summary, edits, at=LATER, who=EXAMINER)
            records.verify_trail("r1")
            assert rebuilt(records) == json.loads(records.load("r1").body) == findings
        finally:
            connection.close()


def rebuilt(records: RecordReader) -> dict[str, object]:
    """The findings that the trail leads to; each row's `old` must be what the rows before it left."""
    findings: dict[str, object] = {}
    for row in records.trail("r1"):
        if row.address == WHOLE_RECORD:
            findings = json.loads(row.new or "{}")
            continue
        assert row.old == canonical(findings.pop(row.address, None))
        if row.new is not None:
            findings[row.address] = json.loads(row.new)
    return findings


def test_an_export_is_found_again_by_its_sha256_and_by_nothing_else(store: Store, summary: Summary) -> None:
    create(store, "r1", summary)
    create(store, "r2", summary)
    kept = [
        KeptExport("r1", NOW, "a" * 64, attached=True, encrypted=False),
        KeptExport("r2", NOW, "b" * 64, attached=False, encrypted=True),
        KeptExport("r1", LATER, "a" * 64, attached=True, encrypted=False),
    ]
    for export in kept:
        store.writer.submit(partial(RecordStore.keep_export, export=export)).result()
    assert store.records.exports("a" * 64) == (kept[0], kept[2])
    assert store.records.exports("b" * 64) == (kept[1],)
    assert store.records.exports("c" * 64) == ()


def test_an_export_of_no_record_or_without_a_whole_hash_is_a_bug(store: Store, summary: Summary) -> None:
    create(store, "r1", summary)
    good = KeptExport("r1", NOW, "a" * 64, attached=True, encrypted=False)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        write(store, lambda r: r.keep_export(replace(good, record_id="r2")))
    with pytest.raises(Exception, match="CHECK"):
        write(store, lambda r: r.keep_export(replace(good, sha256="a")))
    with pytest.raises(ValueError, match="offset"):
        write(store, lambda r: r.keep_export(replace(good, at="2026-11-22T09:20:00")))
    assert store.records.exports("a" * 64) == ()

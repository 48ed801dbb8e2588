"""The database file: encrypted, and refused in words where it is damaged, newer or lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.store import engine, keys
from exam_app.store.records import RecordStore
from exam_app.store.rows import Edit, KeptExport, Summary
from exam_app.store.store import Store, create_store, open_store
from tests.store.conftest import NOW, PASSPHRASE

BODY = '{"impression":"' + "Specimen words. " * 2000 + '"}'


@pytest.fixture
def filled(store: Store, summary: Summary) -> Store:
    """A store with a record of several pages."""
    store.writer.submit(lambda records: records.create("r1", BODY, summary, at=NOW, who="Examiner Specimen")).result()
    return store


def refused(folder: Path, data_key: bytes) -> str:
    """The code with which opening is refused."""
    with pytest.raises(UserError) as caught:
        open_store(folder, data_key)
    assert sentence(caught.value)
    return caught.value.code


def test_no_file_of_an_open_or_closed_store_shows_a_name(filled: Store) -> None:
    def plain() -> list[str]:
        files = [file for file in filled.folder.iterdir() if file.is_file()]
        words = [
            word.encode(code) for word in ("Specimen", "0041187", "CREATE TABLE") for code in ("utf-8", "utf-16-le")
        ]
        words += [PASSPHRASE.encode(), b"SQLite format"]
        return [file.name for file in files if any(word in file.read_bytes() for word in words)]

    assert (filled.folder / "store.db-wal").stat().st_size > len(BODY)
    assert not plain()
    filled.close()
    assert not (filled.folder / "store.db-wal").exists()
    assert (filled.folder / "store.db").stat().st_size > len(BODY)
    assert not plain()


def test_a_changed_passphrase_leaves_the_records_readable(filled: Store, data_key: bytes, cost: keys.Cost) -> None:
    filled.close()
    path = filled.folder / "store.key"
    keys.change_passphrase(path, data_key, "a new passphrase", cost)
    with open_store(filled.folder, keys.unlock(path, "a new passphrase")) as again:
        assert again.records.load("r1").body == BODY


def test_the_recovery_key_opens_the_records(folder: Path, cost: keys.Cost) -> None:
    store, recovery_key = create_store(folder, PASSPHRASE, cost=cost)
    store.close()
    open_store(folder, keys.unlock_with_recovery_key(folder / "store.key", recovery_key)).close()


def test_another_data_key_does_not_open_the_database_and_the_engine_says_nothing_of_its_own(
    filled: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    filled.close()
    assert refused(filled.folder, bytes(32)) == "database_damaged"
    assert capfd.readouterr() == ("", "")


def test_a_byte_changed_in_any_page_is_never_read_as_a_record(filled: Store, data_key: bytes) -> None:
    filled.close()
    path = filled.folder / "store.db"
    whole = path.read_bytes()
    codes = set()
    for page in range(len(whole) // 4096):
        path.write_bytes(whole[: page * 4096 + 99] + bytes([whole[page * 4096 + 99] ^ 1]) + whole[page * 4096 + 100 :])
        try:
            with open_store(filled.folder, data_key) as opened:
                assert opened.records.load("r1").body == BODY
                opened.records.verify_trail("r1")
        except UserError as error:
            codes.add(error.code)
    assert {"database_damaged", "trail_broken"} <= codes <= {"database_damaged", "record_damaged", "trail_broken"}


@pytest.mark.parametrize("length", [0, 1000, 4096])
def test_a_database_cut_short_is_refused_and_never_taken_for_a_new_one(
    filled: Store, data_key: bytes, length: int
) -> None:
    filled.close()
    path = filled.folder / "store.db"
    path.write_bytes(path.read_bytes()[:length])
    assert refused(filled.folder, data_key) == "database_damaged"
    assert path.stat().st_size == length


def test_a_lost_database_is_not_replaced_by_an_empty_one(filled: Store, data_key: bytes) -> None:
    filled.close()
    (filled.folder / "store.db").unlink()
    assert refused(filled.folder, data_key) == "database_missing"
    assert not (filled.folder / "store.db").exists()


def test_a_database_of_a_newer_version_is_refused_unchanged(filled: Store, data_key: bytes) -> None:
    filled.close()
    path = filled.folder / "store.db"
    raw = engine.open_for_writing(path, data_key)
    raw.execute(f"PRAGMA user_version = {len(engine.MIGRATIONS) + 1}")
    raw.close()
    before = path.read_bytes()
    assert refused(filled.folder, data_key) == "store_newer"
    assert path.read_bytes() == before


def test_a_database_of_the_first_version_opens_with_its_records_and_keeps_exports(
    folder: Path, summary: Summary, cost: keys.Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(engine, "MIGRATIONS", engine.MIGRATIONS[:1])
        old, _recovery_key = create_store(folder, PASSPHRASE, cost=cost)
        with old:
            old.writer.submit(lambda records: records.keep_form("form-1", "{}"))
            old.writer.submit(lambda records: records.create("r1", BODY, summary, at=NOW, who="Examiner Specimen"))
    with open_store(folder, keys.unlock(folder / "store.key", PASSPHRASE)) as store:
        assert store.records.load("r1").body == BODY
        export = KeptExport("r1", NOW, "a" * 64, attached=True, encrypted=False)
        store.writer.submit(lambda records: records.keep_export(export)).result()
        assert store.records.exports("a" * 64) == (export,)


def test_a_refused_store_is_not_left_locked(filled: Store, data_key: bytes) -> None:
    filled.close()
    refused(filled.folder, bytes(32))
    open_store(filled.folder, data_key).close()


def test_a_first_start_that_fails_can_be_repeated(folder: Path, cost: keys.Cost) -> None:
    folder.mkdir(mode=0o700)
    (folder / "store.db.new").mkdir()
    with pytest.raises(UserError) as caught:
        create_store(folder, PASSPHRASE, cost=cost)
    assert caught.value.code == "store_folder_unwritable"
    (folder / "store.db.new").rmdir()
    create_store(folder, PASSPHRASE, cost=cost)[0].close()


def test_a_first_start_never_touches_a_store_that_is_there(filled: Store, cost: keys.Cost) -> None:
    filled.close()
    before = {file: file.read_bytes() for file in filled.folder.iterdir()}
    with pytest.raises(UserError) as caught:
        create_store(filled.folder, PASSPHRASE, cost=cost)
    assert caught.value.code == "key_file_exists"
    assert {file: file.read_bytes() for file in filled.folder.iterdir()} == before


def test_a_full_disk_is_a_sentence_and_leaves_what_was_saved(filled: Store, summary: Summary) -> None:
    def fill(records: RecordStore) -> None:
        connection = records._connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    filled.writer.submit(fill).result()
    edit = Edit("typed", "impression", None, BODY)
    failing = filled.writer.submit(
        lambda records: records.save("r1", 1, BODY + " " * 50_000, summary, [edit], at=NOW, who="E")
    )
    error = failing.exception()
    assert isinstance(error, UserError)
    assert error.code == "store_not_written"
    assert filled.records.load("r1").body == BODY
    filled.records.verify_trail("r1")


def test_a_disk_that_became_read_only_is_a_sentence_too(filled: Store, summary: Summary) -> None:
    def forbid(records: RecordStore) -> None:
        records._connection.execute("PRAGMA query_only = ON")

    filled.writer.submit(forbid).result()
    edit = Edit("typed", "impression", None, BODY)
    error = filled.writer.submit(
        lambda records: records.save("r1", 1, BODY, summary, [edit], at=NOW, who="E")
    ).exception()
    assert isinstance(error, UserError)
    assert error.code == "store_not_written"


def test_every_commit_waits_for_the_disk_and_no_temporary_file_is_written(filled: Store) -> None:
    def settings(records: RecordStore) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "temp_store", "fullfsync")
        return [records._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert filled.writer.submit(settings).result() == ["wal", 2, 1, 2, 1]

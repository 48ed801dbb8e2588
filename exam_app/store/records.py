"""Records in the open database: reading on any connection, writing on the writer's.

A save puts the current record and one row an edit down in one transaction, or nothing. Times and ids come from the
caller. A wrong call (unknown id, bad time, broken JSON) is a bug and raises KeyError, ValueError or the engine's error.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from exam_app.core.errors import UserError
from exam_app.store import trail
from exam_app.store.engine import database_errors, transaction
from exam_app.store.rows import Edit, EditRow, KeptExport, LeftOpen, RecordHead, StoredRecord, Summary

if TYPE_CHECKING:
    from sqlite3 import Connection

WHOLE_RECORD: Final = ""
"""The address of the row that a new record starts its trail with: its `new` is the whole first body."""

_SUMMARY = tuple(field.name for field in fields(Summary))
_HEAD_COLUMNS = ", ".join(f"records.{name}" for name in ("id", "revision", "created_at", "changed_at", *_SUMMARY))
_EDIT_COLUMNS = ", ".join(field.name for field in fields(EditRow))
_LAST_HASH = "SELECT hash FROM edits WHERE record_id = records.id ORDER BY revision DESC, seq DESC LIMIT 1"
_HEAD_LENGTH = 4 + len(_SUMMARY)


def fold(text: str) -> str:
    """Text for searching, without case and accents: Straße and STRASSE, Müller and muller are the same."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


class RecordReader:
    """Reads records. One thread at a time; UserError `database_damaged` where a page cannot be read."""

    def __init__(self, connection: Connection) -> None:
        """Reads on this connection."""
        self._connection = connection
        connection.create_function("fold", 1, fold, deterministic=True)

    def load(self, record_id: str) -> StoredRecord:
        """The record as last saved. KeyError if there is none, UserError `record_damaged` if it does not fit its seal.

        The engine reads a damaged page of a long text as zeros without an error, so every record is checked here.
        """
        record, seal, last_hash = self._load_sealed(record_id)
        if seal != trail.seal(record, last_hash):
            raise UserError("record_damaged")
        return record

    def list_recent(self, limit: int, search: str = "") -> tuple[RecordHead, ...]:
        """At most `limit` records, last changed first; every word of `search` occurs in the name or the MRN."""
        words = fold(search).split()
        conditions = " AND ".join(["instr(fold(patient_name || ' ' || coalesce(mrn, '')), ?) > 0"] * len(words))
        rows = self._rows(
            f"SELECT {_HEAD_COLUMNS} FROM records WHERE {conditions or 'TRUE'} "  # noqa: S608
            "ORDER BY unixepoch(changed_at, 'subsec') DESC, rowid DESC LIMIT ?",
            (*words, limit),
        )
        return tuple(_head(row) for row in rows)

    def trail(self, record_id: str) -> tuple[EditRow, ...]:
        """Every edit of a record, first to last. Not checked: `verify_trail` does."""
        rows = self._rows(
            f"SELECT {_EDIT_COLUMNS} FROM edits WHERE record_id = ? ORDER BY revision, seq",  # noqa: S608
            (record_id,),
        )
        return tuple(EditRow(*row) for row in rows)

    def verify_trail(self, record_id: str) -> None:
        """Recomputes the chain and the seal. UserError `trail_broken` with the first revision that does not hold."""
        with database_errors():
            # Both reads must see one state, though the writer may be saving.
            self._connection.execute("BEGIN")
            try:
                record, seal, _last_hash = self._load_sealed(record_id)
                rows = self.trail(record_id)
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
        revision = trail.first_broken(record, seal, rows)
        if revision is not None:
            raise UserError("trail_broken", revision=revision)

    def left_open(self) -> tuple[LeftOpen, ...]:
        """The records that are marked open, the longest open first. At start: those of a run that did not end well."""
        rows = self._rows(
            f"SELECT {_HEAD_COLUMNS}, since FROM open_marks JOIN records ON records.id = record_id "  # noqa: S608
            "ORDER BY unixepoch(since, 'subsec'), record_id"
        )
        return tuple(LeftOpen(_head(row), row[_HEAD_LENGTH]) for row in rows)

    def form(self, form_hash: str) -> str | None:
        """The kept form with this hash as JSON text, or None. UserError `database_damaged` if it is not as kept."""
        rows = self._rows("SELECT body, checksum FROM forms WHERE hash = ?", (form_hash,))
        if not rows:
            return None
        body, checksum = rows[0]
        if checksum != trail.text_checksum(body):
            raise UserError("database_damaged")
        return str(body)

    def exports(self, sha256: str) -> tuple[KeptExport, ...]:
        """What is kept of the exports with this SHA-256, the first export first."""
        rows = self._rows(
            "SELECT record_id, at, sha256, attached, encrypted FROM exports WHERE sha256 = ? ORDER BY rowid", (sha256,)
        )
        return tuple(KeptExport(*row[:3], *map(bool, row[3:])) for row in rows)

    def _load_sealed(self, record_id: str) -> tuple[StoredRecord, str, str]:
        """The record, its seal, and the hash of the last row of its trail."""
        rows = self._rows(
            f"SELECT {_HEAD_COLUMNS}, body, seal, ({_LAST_HASH}) FROM records WHERE id = ?",  # noqa: S608
            (record_id,),
        )
        if not rows:
            raise KeyError("there is no such record")
        head, (body, seal, last_hash) = _head(rows[0]), rows[0][_HEAD_LENGTH:]
        record = StoredRecord(head.id, head.revision, head.created_at, head.changed_at, head.summary, body)
        return record, seal, last_hash

    def _rows(self, statement: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with database_errors():
            return self._connection.execute(statement, parameters).fetchall()


class RecordStore(RecordReader):
    """Reads and writes records, on the writing connection. Nothing is ever deleted.

    Every writing method is committed and on the disk when it returns. UserError `store_not_written` where the disk is
    full or fails: then nothing of it was written.
    """

    def create(self, record_id: str, body: str, summary: Summary, *, at: str, who: str, how: str = "created") -> None:
        """Adds a record as revision 1; its trail begins with the whole body. Its form must have been kept."""
        _refuse_bad_time(at)
        record = StoredRecord(record_id, 1, at, at, summary, body)
        first = Edit(how, WHOLE_RECORD, None, body)
        rows = trail.chain([first], record_id=record_id, revision=1, at=at, who=who, previous_hash="")
        with transaction(self._connection):
            self._put(record, rows)

    def save(
        self,
        record_id: str,
        expected_revision: int,
        body: str,
        summary: Summary,
        edits: Sequence[Edit],
        *,
        at: str,
        who: str,
    ) -> int:
        """Replaces the record and appends its edits (at least one); returns the new revision.

        UserError `record_changed_elsewhere` where the stored revision is another, `record_signed` where a signed
        record would become a draft again.
        """
        _refuse_bad_time(at)
        if not edits:
            raise ValueError("a revision without an edit would leave no trace in the trail")
        with transaction(self._connection):
            stored, last_hash = self._head_and_last_hash(record_id)
            if stored.revision != expected_revision:
                raise UserError("record_changed_elsewhere")
            if stored.summary.state != "draft" and summary.state == "draft":
                raise UserError("record_signed")
            record = StoredRecord(record_id, expected_revision + 1, stored.created_at, at, summary, body)
            rows = trail.chain(
                edits,
                record_id=record_id,
                revision=record.revision,
                at=at,
                who=who,
                previous_hash=last_hash,
            )
            self._put(record, rows)
        return record.revision

    def mark_open(self, record_id: str, since: str) -> None:
        """Notes that a record is open, so that a crash can be told from an end. A second mark replaces the first."""
        _refuse_bad_time(since)
        with transaction(self._connection):
            self._connection.execute("INSERT OR REPLACE INTO open_marks VALUES (?, ?)", (record_id, since))

    def mark_closed(self, record_id: str) -> None:
        """Notes that a record is no longer open."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM open_marks WHERE record_id = ?", (record_id,))

    def keep_export(self, export: KeptExport) -> None:
        """Keeps what is known of an exported PDF, for ever."""
        _refuse_bad_time(export.at)
        with transaction(self._connection):
            self._connection.execute("INSERT INTO exports VALUES (?, ?, ?, ?, ?)", astuple(export))

    def keep_form(self, form_hash: str, body: str) -> None:
        """Keeps a form for ever under its hash; the same form again is no change. ValueError for other content."""
        with transaction(self._connection):
            kept = self.form(form_hash)
            if kept is None:
                self._connection.execute(
                    "INSERT INTO forms VALUES (?, ?, ?)", (form_hash, trail.text_checksum(body), body)
                )
            elif kept != body:
                raise ValueError("another form is kept under this hash")

    def _head_and_last_hash(self, record_id: str) -> tuple[RecordHead, str]:
        rows = self._rows(
            f"SELECT {_HEAD_COLUMNS}, ({_LAST_HASH}) FROM records WHERE id = ?",  # noqa: S608
            (record_id,),
        )
        if not rows:
            raise KeyError("there is no such record")
        return _head(rows[0]), rows[0][_HEAD_LENGTH]

    def _put(self, record: StoredRecord, rows: Sequence[EditRow]) -> None:
        values = {
            "id": record.id,
            "revision": record.revision,
            "created_at": record.created_at,
            "changed_at": record.changed_at,
            **{name: getattr(record.summary, name) for name in _SUMMARY},
            "seal": trail.seal(record, rows[-1].hash),
            "body": record.body,
        }
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        if record.revision == 1:
            statement = f"INSERT INTO records ({names}) VALUES ({places})"  # noqa: S608
        else:
            statement = f"UPDATE records SET ({names}) = ({places}) WHERE id = :id"  # noqa: S608
        self._connection.execute(statement, values)
        self._connection.executemany(
            f"INSERT INTO edits ({_EDIT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            [astuple(row) for row in rows],
        )


def _head(row: Sequence[Any]) -> RecordHead:
    record_id, revision, created_at, changed_at = row[:4]
    return RecordHead(record_id, revision, created_at, changed_at, Summary(*row[4:_HEAD_LENGTH]))


def _refuse_bad_time(text: str) -> None:
    if datetime.fromisoformat(text).utcoffset() is None:
        raise ValueError("a time must carry its offset from UTC")

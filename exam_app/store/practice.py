"""The store of practice: learners and their attempts, in a database of its own without a passphrase.

It lies in a folder of its own and opens without the records of patients; nothing is taken over from one to the other.
Bodies are JSON text, which it does not read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exam_app.core.errors import UserError
from exam_app.store import place
from exam_app.store.writer import Writer

DATABASE_FILE = "practice.db"
VERSION: Final = 1
_STATEMENTS = (
    "CREATE TABLE learners (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE)",
    """
    CREATE TABLE attempts (
        id TEXT NOT NULL PRIMARY KEY,
        learner_id TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
        case_id TEXT,
        started_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        finished_at TEXT,
        body TEXT NOT NULL
    )
    """,
    "CREATE INDEX attempts_by_learner ON attempts (learner_id)",
)
_HEAD = "id, learner_id, case_id, started_at, changed_at, finished_at"


@dataclass(frozen=True, slots=True)
class Learner:
    """Someone who practises: a name, and nothing else."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class AttemptHead:
    """An attempt without its body. Times are ISO 8601 with offset; `finished_at` is None while it goes on."""

    id: str
    learner_id: str
    case_id: str | None
    started_at: str
    changed_at: str
    finished_at: str | None


class PracticeReader:
    """Reads learners and attempts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Made by `open_practice`."""
        self._connection = connection

    def learners(self) -> tuple[Learner, ...]:
        """Every learner, by name."""
        with _errors():
            rows = self._connection.execute("SELECT id, name FROM learners ORDER BY name COLLATE NOCASE, id")
            return tuple(Learner(*row) for row in rows)

    def attempts(self, learner_id: str) -> tuple[AttemptHead, ...]:
        """The attempts of a learner, last changed first."""
        with _errors():
            rows = self._connection.execute(
                f"SELECT {_HEAD} FROM attempts WHERE learner_id = ? ORDER BY julianday(changed_at) DESC, id",  # noqa: S608
                (learner_id,),
            )
            return tuple(AttemptHead(*row) for row in rows)

    def load(self, attempt_id: str) -> tuple[AttemptHead, str]:
        """An attempt with its body. UserError `attempt_unknown`."""
        with _errors():
            query = f"SELECT {_HEAD}, body FROM attempts WHERE id = ?"  # noqa: S608
            row = self._connection.execute(query, (attempt_id,)).fetchone()
        if row is None:
            raise UserError("attempt_unknown")
        return AttemptHead(*row[:-1]), row[-1]


class PracticeWriter(PracticeReader):
    """Writes them too; every call is on the disk when it returns."""

    def put_learner(self, learner: Learner) -> None:
        """A new learner, or an old one under another name. UserError `learner_name_taken`."""
        try:
            with _errors(), self._connection:
                self._connection.execute(
                    "INSERT INTO learners (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                    (learner.id, learner.name),
                )
        except sqlite3.IntegrityError as error:
            raise UserError("learner_name_taken") from error

    def remove_learner(self, learner_id: str) -> None:
        """A learner goes, with every attempt."""
        with _errors(), self._connection:
            self._connection.execute("DELETE FROM learners WHERE id = ?", (learner_id,))

    def put(self, attempts: Sequence[tuple[AttemptHead, str]]) -> None:
        """Attempts as they are now, all or none; each in place of what it was. What has the id of another learner's
        attempt is left out."""
        with _errors(), self._connection:
            self._connection.executemany(
                f"INSERT INTO attempts ({_HEAD}, body) VALUES (?, ?, ?, ?, ?, ?, ?) "  # noqa: S608
                "ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at, finished_at = excluded.finished_at, "
                "body = excluded.body WHERE learner_id = excluded.learner_id",
                [
                    (head.id, head.learner_id, head.case_id, head.started_at, head.changed_at, head.finished_at, body)
                    for head, body in attempts
                ],
            )


class PracticeStore:
    """An open store: `reader` for one thread at a time, `writer` for all others' wishes."""

    def __init__(self, reader: PracticeReader, writer: Writer[PracticeWriter], resources: ExitStack) -> None:
        """Made by `open_practice`."""
        self.reader = reader
        self.writer = writer
        self._resources = resources

    def close(self) -> None:
        """Waits for what is being written, then closes. May be called again."""
        self._resources.close()


def open_practice(data_folder: Path) -> PracticeStore:
    """The store in a data folder, made where there is none. UserError as `place.prepare`, and `practice_in_use`,
    `practice_newer`, `practice_damaged`, `practice_not_written`."""
    with ExitStack() as resources:
        folder = place.prepare(data_folder) / place.PRACTICE
        try:
            folder.mkdir(mode=place.PRIVATE_FOLDER, exist_ok=True)
        except OSError as error:
            raise UserError("store_folder_unwritable", folder=str(folder)) from error
        resources.callback(_locked(folder).release)
        path = folder / DATABASE_FILE
        writing = _connected(path, resources)
        with _errors():
            _bring_up_to_date(writing)
        reader = PracticeReader(_connected(path, resources))
        writer = Writer(PracticeWriter(writing))
        resources.callback(writer.close)
        return PracticeStore(reader, writer, resources.pop_all())


def _locked(folder: Path) -> place.Lock:
    try:
        return place.Lock(folder)
    except UserError as error:
        if error.code != "store_in_use":
            raise
        raise UserError("practice_in_use") from error


def _connected(path: Path, resources: ExitStack) -> sqlite3.Connection:
    with _errors():
        # One thread at a time uses a connection, but not always the thread that opened it.
        connection = sqlite3.connect(path, check_same_thread=False)
        resources.callback(connection.close)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")
    return connection


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise UserError("practice_newer", version=version)
    if version < VERSION:
        # Python's own transaction would end before a CREATE; this one holds all of it.
        connection.execute("BEGIN IMMEDIATE")
        for statement in _STATEMENTS:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.commit()


@contextmanager
def _errors() -> Iterator[None]:
    """A damaged file and a full or failing disk as a UserError; a broken constraint is the caller's."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.OperationalError as error:
        raise UserError("practice_not_written") from error
    except sqlite3.DatabaseError as error:
        raise UserError("practice_damaged", file=DATABASE_FILE) from error

"""The encrypted database file: opening, creating, bringing up to date, and its errors in words.

SQLCipher with the raw 32-byte data key. Opening fails at the first statement, not at the key, so that statement is
made here. The engine is imported where it is used: it must not be loaded before the first window.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exam_app.core.errors import UserError
from exam_app.store import place
from exam_app.store.migrations import v1, v2

if TYPE_CHECKING:
    # sqlcipher3 has no type information; its connection is the standard library's with another engine below.
    from sqlite3 import Connection

MIGRATIONS: Final = (v1.STATEMENTS, v2.STATEMENTS)
"""The statements of every version in order: those at index 0 make version 1."""

# Primary result codes of SQLite (sqlite.org/rescode.html).
_READ_ONLY, _IO_ERROR, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 8, 10, 11, 13, 14, 26
_SENTENCES = {
    _READ_ONLY: "store_not_written",
    _IO_ERROR: "store_not_written",
    _FULL: "store_not_written",
    _CANNOT_OPEN: "store_not_written",
    _CORRUPT: "database_damaged",
    _NOT_A_DATABASE: "database_damaged",
}


@contextmanager
def database_errors() -> Iterator[None]:
    """Turns a full or failing disk and a damaged file into a UserError; any other error of the database is a bug."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except dbapi2.DatabaseError as error:
        code = _SENTENCES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if code is None:
            raise
        raise UserError(code) from error


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Everything in the block, or nothing: committed and on the disk at its end, rolled back on any error."""
    with database_errors():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def create_database(path: Path, data_key: bytes) -> None:
    """Makes an empty database of the newest version, whole before it takes its name. FileExistsError if one exists."""
    new = path.with_name(f"{path.name}.new")
    for rest in new.parent.glob(f"{new.name}*"):
        rest.unlink()
    # Made beforehand for its mode, which the engine hands on to its companion files.
    place.write_private(new, b"")
    connection = _connect(new, data_key)
    try:
        _bring_up_to_date(connection, 0)
    finally:
        connection.close()
    place.publish(new, path)


def open_for_writing(path: Path, data_key: bytes) -> Connection:
    """The one connection that writes; every commit is on the disk when it returns. Migrates an older database.

    UserError `database_missing`, `database_damaged` (or another key's) or `store_newer`; the file is then unchanged.
    """
    connection = _connect_checked(path, data_key)
    try:
        with database_errors():
            _prepare_for_writing(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare_for_writing(connection: Connection) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise UserError("store_newer", version=version)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    # macOS empties the drive's own cache only when asked to; elsewhere this changes nothing.
    connection.execute("PRAGMA fullfsync = ON")
    _bring_up_to_date(connection, version)


def open_for_reading(path: Path, data_key: bytes) -> Connection:
    """A connection that cannot write, to a database that `open_for_writing` has brought up to date."""
    connection = _connect_checked(path, data_key)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect_checked(path: Path, data_key: bytes) -> Connection:
    if not path.exists():
        raise UserError("database_missing", file=path.name)
    # The engine would take an empty file for a new database and show a clinic that lost its records an empty list.
    if path.stat().st_size == 0:
        raise UserError("database_damaged")
    return _connect(path, data_key)


def _connect(path: Path, data_key: bytes) -> Connection:
    from sqlcipher3 import dbapi2

    with database_errors():
        # mode=rw: never create. One thread at a time uses a connection, but not always the thread that opened it.
        connection: Connection = dbapi2.connect(
            f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
        except BaseException:
            connection.close()
            raise
    return connection


def _bring_up_to_date(connection: Connection, version: int) -> None:
    for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
        with transaction(connection):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")

"""An open store: its folder is locked, one thread writes, and records can be read meanwhile."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from exam_app.core.errors import UserError
from exam_app.store import engine, keys, place
from exam_app.store.records import RecordReader, RecordStore
from exam_app.store.writer import Writer


class Store:
    """`records` reads (one thread at a time), `writer` writes; `close` drains the writer and lets go of the folder."""

    def __init__(self, folder: Path, records: RecordReader, writer: Writer[RecordStore], resources: ExitStack) -> None:
        """Made by `open_store` and `create_store`; `resources` closes everything in the right order."""
        self.folder = folder
        self.records = records
        self.writer = writer
        self._resources = resources

    def close(self) -> None:
        """Waits for what is being written, then closes. May be called again."""
        self._resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def open_store(folder: Path, data_key: bytes) -> Store:
    """Opens the store in a folder with the key from `keys.unlock`.

    UserError: `store_on_network`, `store_folder_shared`, `store_folder_unwritable`, `store_in_use`,
    `database_missing`, `database_damaged`, `store_newer`.
    """
    with ExitStack() as resources:
        real = _take(folder, resources)
        return _opened(real, data_key, resources)


def create_store(folder: Path, passphrase: str, *, cost: keys.Cost = keys.USUAL_COST) -> tuple[Store, str]:
    """Makes the keys and an empty database at the first start; returns the open store and the recovery key to show.

    UserError as `open_store` and `keys.create`. Whatever fails, what the folder held before is unchanged.
    """
    with ExitStack() as resources:
        real = _take(folder, resources)
        key_path = real / place.KEY_FILE
        new_keys = keys.create(key_path, passphrase, cost)
        try:
            engine.create_database(real / place.DATABASE_FILE, new_keys.data_key)
        except (OSError, UserError) as error:
            # Nothing was ever stored under these keys; left behind they would bar the next attempt.
            key_path.unlink()
            raise UserError("store_folder_unwritable", folder=str(folder)) from error
        return _opened(real, new_keys.data_key, resources), new_keys.recovery_key


def _take(folder: Path, resources: ExitStack) -> Path:
    real = place.prepare(folder)
    resources.callback(place.Lock(real).release)
    return real


def _opened(folder: Path, data_key: bytes, resources: ExitStack) -> Store:
    """Opens both connections and the writer. They close in reverse: the writer drains before its connection goes."""
    path = folder / place.DATABASE_FILE
    writing = engine.open_for_writing(path, data_key)
    resources.callback(writing.close)
    reading = engine.open_for_reading(path, data_key)
    resources.callback(reading.close)
    writer = Writer(RecordStore(writing))
    resources.callback(writer.close)
    return Store(folder, RecordReader(reading), writer, resources.pop_all())

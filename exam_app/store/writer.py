"""The writer: one thread that owns the only writing connection, so that a window never waits for the disk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")


class Writer(Generic[S]):
    """Runs jobs one after the other, in the order in which they were submitted.

    What a job wrote is committed and on the disk before its future is done. A job that fails fails its own future
    and no other. A future must not be cancelled: its edit would be lost.
    """

    def __init__(self, store: S) -> None:
        """Takes what writes over: from now on only jobs may use it."""
        self._records = store
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-writer")
        self._counting = Lock()
        self._pending = 0

    @property
    def pending(self) -> int:
        """How many submitted jobs are not yet durable; 0 means that everything is saved."""
        return self._pending

    def submit(self, job: Callable[[S], T]) -> Future[T]:
        """Queues a job and returns at once. RuntimeError after `close`."""
        with self._counting:
            future = self._executor.submit(self._run, job)
            self._pending += 1
        return future

    def close(self) -> None:
        """Waits until every submitted job has run, then ends the thread. May be called again."""
        self._executor.shutdown(wait=True)

    def _run(self, job: Callable[[S], T]) -> T:
        try:
            return job(self._records)
        finally:
            with self._counting:
                self._pending -= 1

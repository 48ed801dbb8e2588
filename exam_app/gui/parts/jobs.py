"""Background operations with one door: `Jobs.run`. What it calls runs in a thread; the answers come in the window's."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from exam_app.core.errors import UserError

Receiver = Callable[..., object]


class Job(QObject):
    """One operation. `done` carries its result, `failed` a `UserError`; `ended` follows either, and also a bug."""

    done = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _returned = Signal(object, object)

    def __init__(self, operation: Callable[[], Any], parent: QObject) -> None:
        """Made by `Jobs.run`."""
        super().__init__(parent)
        self._operation = operation
        self.thread_of_job = threading.Thread(target=self._work, name="job")
        # Queued whatever the thread: the answer is given in the thread that this object lives in.
        self._returned.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def _work(self) -> None:
        result, error = None, None
        try:
            result = self._operation()
        except BaseException as caught:  # noqa: BLE001 - told in the window's thread, where bugs are reported
            error = caught
        self._returned.emit(result, error)

    def _tell(self, result: object, error: BaseException | None) -> None:
        self.thread_of_job.join()
        if error is None:
            self.done.emit(result)
        elif isinstance(error, UserError):
            self.failed.emit(error)
        self.ended.emit()
        if error is not None and not isinstance(error, UserError):
            sys.excepthook(type(error), error, error.__traceback__)


class Jobs(QObject):
    """All background operations of the application."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Job] = []

    def run(
        self,
        operation: Callable[[], Any],
        done: Receiver,
        failed: Receiver,
        ended: Receiver | None = None,
    ) -> Job:
        """Start an operation. Receivers are methods of QObjects: those that are gone by then are not called.

        A `UserError` goes to `failed`; any other exception is a bug and goes to `sys.excepthook`.
        """
        job = Job(operation, self)
        job.done.connect(done)
        job.failed.connect(failed)
        if ended is not None:
            job.ended.connect(ended)
        job.ended.connect(self._forget)
        self._running.append(job)
        job.thread_of_job.start()
        return job

    @property
    def busy(self) -> bool:
        """Whether an operation is running or its answer has not been given yet."""
        return bool(self._running)

    def _forget(self) -> None:
        job = self.sender()
        self._running = [one for one in self._running if one is not job]
        if job is not None:
            job.deleteLater()

    def close(self) -> None:
        """Wait for the threads; their answers are dropped."""
        for job in self._running:
            job.thread_of_job.join()

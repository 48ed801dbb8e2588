"""How far the writer is with what is being edited: what a window shows as "saved"."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from exam_app.core.errors import UserError


@dataclass(frozen=True, slots=True)
class Saving:
    """How far the writer is: edits not yet durable, when the last one became durable, and what went wrong.

    `bug` is set where the failure was not an expected one; the window hands it to its crash report.
    """

    pending: int
    saved_at: datetime.datetime | None
    failed: UserError | None = None
    bug: BaseException | None = None


class WrittenBehind:
    """What is edited in a window and written by another thread, in the order of the edits.

    `on_saving` is called with a `Saving` from the writer's thread; a window must pass it on to its own.
    """

    def __init__(self, now: Callable[[], datetime.datetime]) -> None:
        """Nothing has been handed to the writer yet."""
        self.on_saving: Callable[[Saving], None] | None = None
        self._now = now
        self._submitted = 0
        self._written = 0
        self._saved_at: datetime.datetime | None = None
        self._failed: UserError | None = None
        self._bug: BaseException | None = None

    @property
    def saving(self) -> Saving:
        """How far the writer is."""
        return Saving(self._submitted - self._written, self._saved_at, self._failed, self._bug)

    def _follow(self, job: Future[None]) -> None:
        """An edit was handed to the writer."""
        self._submitted += 1
        job.add_done_callback(self._saved)

    def _saved(self, job: Future[None]) -> None:
        """Runs on the writer's thread. A later save holds all that an earlier one lost."""
        error = job.exception()
        self._written += 1
        if error is None:
            self._saved_at, self._failed, self._bug = self._now(), None, None
        elif isinstance(error, UserError):
            self._failed = UserError("edits_not_written") if error.code == "store_not_written" else error
        else:
            self._failed, self._bug = UserError("save_failed"), error
        if self.on_saving is not None:
            self.on_saving(self.saving)

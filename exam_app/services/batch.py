"""Reports of many records: every record is checked first, then each report is written, by all cores.

Each worker is a process that loads the forms once; it reads one record, writes its report whole, and forgets it, so
that memory does not grow with the number of records. Only the names of files go to a worker and only errors come back.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from exam_app.core.clinic import PageSize
from exam_app.core.errors import UserError
from exam_app.core.files.record_file import record_from_json, record_to_json
from exam_app.core.record.record import ExamRecord
from exam_app.services.context import Context
from exam_app.services.export import Style, check_printable, note_text, pdf_bytes
from exam_app.services.files import read_file, write_whole
from exam_app.services.installation import Installation
from exam_app.services.language import choose_language

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

FEWEST_FOR_WORKERS = 8
"""Of fewer records the reports are written sooner than other processes have started."""

Format = Literal["pdf", "text", "json"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made of each record. `attach`, `page` and `password` are of a PDF, `style` and `ascii_only` of a
    text."""

    format: Format
    style: Style = "bullets"
    ascii_only: bool = False
    attach: bool | None = None
    page: PageSize | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A record's file, and the file that its report goes to."""

    record: str
    place: str


Task = Callable[[Context, Wanted, Job], UserError | None]


def report_bytes(context: Context, record: ExamRecord, wanted: Wanted) -> bytes:
    """One report. UserError as `pdf_bytes`."""
    if wanted.format == "pdf":
        password = wanted.password
        return pdf_bytes(context, record, context.form, attach=wanted.attach, password=password, page=wanted.page)
    if wanted.format == "json":
        return (record_to_json(record) + "\n").encode()
    return note_text(context, record, context.form, wanted.style, ascii_only=wanted.ascii_only).encode()


def check(context: Context, wanted: Wanted, job: Job) -> UserError | None:
    """Why no report can be made of a record, or None."""
    try:
        record = _record(context, job)
        if wanted.format == "pdf":
            check_printable(context, record, context.form)
    except UserError as error:
        return error
    return None


def write(context: Context, wanted: Wanted, job: Job) -> UserError | None:
    """Write one report whole; why that could not be, or None."""
    try:
        write_whole(Path(job.place), report_bytes(context, _record(context, job), wanted))
    except UserError as error:
        return error
    return None


def _record(context: Context, job: Job) -> ExamRecord:
    return record_from_json(read_file(job.record), context.form, job.record)


class Batch:
    """The reports of many records, by as many processes as there are cores; a context manager.

    Leaving it early, also by Ctrl+C, lets the workers finish the reports that they have begun: what is written is
    whole.
    """

    def __init__(self, context: Context, jobs: Sequence[Job], wanted: Wanted) -> None:
        """Nothing is started before a step is run."""
        self._context = context
        self._jobs = jobs
        self._wanted = wanted
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        if len(self._jobs) >= FEWEST_FOR_WORKERS:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            start = (self._context.installation, self._context.data_folder, self._context.app_version)
            self._pool = ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _start_worker, start)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def run(self, task: Task) -> Iterator[UserError | None]:
        """`check` or `write` for every job: in their order, why it failed, or None."""
        if self._pool is None:
            return map(partial(task, self._context, self._wanted), self._jobs)
        with _deaf_to_interrupts():
            return self._pool.map(partial(_in_worker, task, self._wanted), self._jobs)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started here never hear Ctrl+C, which a terminal sends to all of them: this one tells them to end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_in_this_worker: Context | None = None


def _start_worker(installation: Installation, data_folder: Path, app_version: str) -> None:
    global _in_this_worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    choose_language(installation.resources)
    _in_this_worker = Context(installation=installation, data_folder=data_folder, app_version=app_version)


def _in_worker(task: Task, wanted: Wanted, job: Job) -> UserError | None:
    if _in_this_worker is None:
        raise RuntimeError("a job came before the worker was started")
    return task(_in_this_worker, wanted, job)

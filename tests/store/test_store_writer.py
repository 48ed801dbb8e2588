"""The writer: order, failures, draining, and what a killed process leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from exam_app.store.records import RecordStore
from exam_app.store.rows import Edit, Summary
from exam_app.store.store import Store, open_store
from tests.store.conftest import NOW

ROOT = Path(__file__).resolve().parents[2]
EXAMINER = "Examiner Specimen"


def test_jobs_run_in_order_in_one_thread_that_is_not_the_callers(store: Store) -> None:
    seen: list[int] = []

    def job(_records: RecordStore, number: int) -> str:
        seen.append(number)
        return threading.current_thread().name

    futures = [store.writer.submit(partial(job, number=number)) for number in range(50)]
    names = {future.result() for future in futures}
    assert seen == list(range(50))
    assert len(names) == 1
    assert threading.current_thread().name not in names


def test_a_failing_job_fails_its_own_future_and_no_other(store: Store, summary: Summary) -> None:
    def fail(_records: RecordStore) -> None:
        raise ZeroDivisionError

    failing = store.writer.submit(fail)
    following = store.writer.submit(lambda r: r.create("r1", "{}", summary, at=NOW, who=EXAMINER))
    assert isinstance(failing.exception(), ZeroDivisionError)
    following.result()
    assert store.records.load("r1").revision == 1
    assert store.writer.pending == 0


def test_pending_counts_what_is_not_yet_durable(store: Store) -> None:
    release = threading.Event()
    jobs = [store.writer.submit(lambda _records: release.wait()) for _ in range(3)]
    assert store.writer.pending == 3
    release.set()
    for job in jobs:
        job.result()
    assert store.writer.pending == 0


def test_a_reader_goes_on_while_the_writer_is_in_a_transaction(store: Store, summary: Summary) -> None:
    inside, release = threading.Event(), threading.Event()

    def hold(records: RecordStore) -> None:
        records.create("r1", "{}", summary, at=NOW, who=EXAMINER)
        records._connection.execute("BEGIN IMMEDIATE")
        records._connection.execute("UPDATE records SET done = 99")
        inside.set()
        release.wait()
        records._connection.execute("ROLLBACK")

    job = store.writer.submit(hold)
    inside.wait()
    try:
        assert store.records.load("r1").summary.done == summary.done
        store.records.verify_trail("r1")
    finally:
        release.set()
    job.result()


def test_closing_drains_the_queue_and_later_jobs_are_refused(store: Store, summary: Summary, data_key: bytes) -> None:
    store.writer.submit(lambda r: r.create("r1", "{}", summary, at=NOW, who=EXAMINER))

    def save(records: RecordStore, revision: int) -> int:
        edit = Edit("typed", "strength.deltoid.R", None, str(revision))
        return records.save("r1", revision, "{}", summary, [edit], at=NOW, who=EXAMINER)

    for revision in range(1, 30):
        store.writer.submit(partial(save, revision=revision))
    store.close()
    store.close()
    with pytest.raises(RuntimeError):
        store.writer.submit(lambda _records: None)
    with open_store(store.folder, data_key) as again:
        assert again.records.load("r1").revision == 30


def killed_after(folder: Path, data_key: bytes, start: int, lines: int) -> int:
    """Starts the write loop, kills it after so many acknowledged saves; the last revision that it acknowledged."""
    command = [sys.executable, "-m", "tests.store.write_loop", str(folder), data_key.hex(), str(start)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as process:
        assert process.stdout is not None
        for _ in range(lines):
            assert process.stdout.readline()
        process.kill()
        rest = process.stdout.read()
    acknowledged = [int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    return acknowledged[-1] if acknowledged else start + lines


def test_a_killed_process_loses_no_acknowledged_save_and_leaves_a_trail_that_holds(
    store: Store, summary: Summary, data_key: bytes
) -> None:
    store.writer.submit(lambda r: r.create("r1", '{"revision":1}', summary, at=NOW, who=EXAMINER)).result()
    store.writer.submit(lambda r: r.mark_open("r1", NOW)).result()
    store.close()
    revision = 1
    for lines in (1, 7, 23, 40, 64):
        acknowledged = killed_after(store.folder, data_key, revision, lines)
        with open_store(store.folder, data_key) as after:
            record = after.records.load("r1")
            after.records.verify_trail("r1")
            assert record.revision >= acknowledged
            assert json.loads(record.body)["revision"] == record.revision
            assert len(after.records.trail("r1")) == 1 + 10 * (record.revision - 1)
            assert [entry.record.id for entry in after.records.left_open()] == ["r1"]
        revision = record.revision

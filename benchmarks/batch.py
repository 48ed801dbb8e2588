"""Reports of many records by all cores: how long one takes, and whether memory grows."""

from __future__ import annotations

import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import CASE, FEWER, REPORTS, Figures, context_in, memory, since

if TYPE_CHECKING:
    from exam_app.services.batch import Job

RECORDS = 1000 // FEWER


def probe(folder: Path, records: int = RECORDS) -> Figures:
    """Milliseconds of one report in a batch, the start of the workers with it, and of one alone in a warm process, made
    before the batch and after it, for a machine's speed drifts; MiB that a worker and this process hold after a quarter
    of the batch and at its end."""
    from exam_app.services.batch import Batch, Wanted, check, write

    context, wanted, jobs = context_in(folder), Wanted("pdf"), _jobs(folder, records)
    write(context, wanted, jobs[0])
    alone = [_milliseconds(partial(write, context, wanted, job)) for job in jobs[:REPORTS]]
    at = time.monotonic()
    sizes: list[tuple[float, float]] = []
    with Batch(context, jobs, wanted) as batch:
        faults = list(batch.run(check))
        for number, fault in enumerate(batch.run(write), start=1):
            faults.append(fault)
            if number in (max(1, len(jobs) // 4), len(jobs)):
                sizes.append((_largest_worker(), memory()))
    whole = since(at)
    assert faults == [None] * 2 * len(jobs)
    alone += [_milliseconds(partial(write, context, wanted, job)) for job in jobs[:REPORTS]]
    (worker_early, parent_early), (worker, parent) = sizes[0], sizes[-1]
    return {
        "batch": whole / len(jobs),
        "batch_alone": statistics.median(alone),
        "worker": worker,
        "worker_early": worker_early,
        "parent": parent,
        "parent_early": parent_early,
    }


def _jobs(folder: Path, count: int) -> list[Job]:
    """So many records of the case, each in a file of its own."""
    from exam_app.core.files.findings_file import read_findings
    from exam_app.core.files.record_file import record_to_json
    from exam_app.services.batch import Job

    text = record_to_json(read_findings(CASE.read_bytes(), CASE.name, context_in(folder).form))
    out = folder / "reports"
    out.mkdir(exist_ok=True)
    jobs = []
    for number in range(count):
        file = out / f"{number:04}.json"
        file.write_text(text, encoding="utf-8")
        jobs.append(Job(str(file), str(file.with_suffix(".pdf"))))
    return jobs


def _milliseconds(work: Callable[[], object]) -> float:
    at = time.monotonic()
    work()
    return since(at)


def _largest_worker() -> float:
    """MiB that the largest worker holds."""
    return max((memory(child.pid) for child in multiprocessing.active_children()), default=memory())


def main() -> int:
    """A run by hand, of any number: `python -m benchmarks.batch 5000` prints its figures."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name, value in probe(Path(folder), int(sys.argv[1])).items():
            print(f"{name:22}{value:10.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

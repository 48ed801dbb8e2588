"""Saves one record over and over and prints every revision once its future is done; killed from outside.

Arguments: the data folder, the data key in hexadecimal, and the revision to start from.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from exam_app.store.records import RecordStore
from exam_app.store.rows import Edit
from exam_app.store.store import open_store

NOW = "2026-11-22T09:20:00+01:00"


def save_next(records: RecordStore, revision: int) -> int:
    """One save of ten edits that says its own revision in the body."""
    edits = [Edit("typed", f"strength.item{number}.R", None, str(revision + 1)) for number in range(10)]
    body = json.dumps({"revision": revision + 1, "note": "x" * 5000})
    return records.save("r1", revision, body, records.load("r1").summary, edits, at=NOW, who="Examiner Specimen")


def main() -> None:
    """Writes until it is killed, always some jobs ahead of the disk."""
    with open_store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])) as store:
        revision = int(sys.argv[3])
        while True:
            jobs = [store.writer.submit(partial(save_next, revision=revision + number)) for number in range(5)]
            for job in jobs:
                revision = job.result()
                sys.stdout.write(f"{revision}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()

"""What was shown as saved is there after the process was killed, and the draft is named at the next start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from exam_app.core.files.record_file import record_from_json
from exam_app.services import exams
from exam_app.services.context import Context
from tests.services.keep_editing import CHEAP, PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("edits", [1, 7, 60])
def test_no_edit_that_was_shown_as_saved_is_lost_when_the_process_is_killed(tmp_path: Path, edits: int) -> None:
    folder = tmp_path / "store"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.keep_editing", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            saved, record_id = int(line.split()[0]), line.split()[1]
            if saved >= edits:
                break
        process.kill()
        process.wait()
    store = exams.unlock(Context(data_folder=folder, key_cost=CHEAP), PASSPHRASE)
    try:
        (left,) = store.left_open()
        assert left.record.id == record_id
        reader = store._store.records
        reader.verify_trail(record_id)
        stored = reader.load(record_id)
        assert stored.revision >= saved + 1
        rows = reader.trail(record_id)[1:]
        last = {row.address: row.new for row in rows}
        record = record_from_json(stored.body, store.form, "record")
        assert len(rows) == stored.revision - 1
        assert set(record.findings) == set(last)
    finally:
        store.close()

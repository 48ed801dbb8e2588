"""A process that begins an examination and edits it until it is killed; prints how many edits are shown as saved."""

from __future__ import annotations

import datetime
import itertools
import sys
from pathlib import Path

from exam_app.core.editing.editing import Edit
from exam_app.core.record.record import Encounter, Examined, Patient
from exam_app.core.record.values import GradeValue
from exam_app.services import exams
from exam_app.services.context import Context
from exam_app.store.keys import Cost

PASSPHRASE = "correct horse battery"
CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)
STARTED = datetime.datetime(2026, 11, 22, 9, 20, tzinfo=datetime.UTC)


def main(folder: Path) -> None:
    """Grade one cell after the other, over and over, and never close."""
    store, _recovery_key = exams.create(Context(data_folder=folder, key_cost=CHEAP), PASSPHRASE)
    exam = store.begin(Patient(family_name="Specimen"), Encounter(started_at=STARTED), "full")
    addresses = [
        address for address, item in exam.form.addresses.items() if item.kind == "grade" and item.scale == "mrc"
    ]
    tokens = itertools.cycle(["4", "3", "2"])
    for number, address in enumerate(itertools.cycle(addresses), start=1):
        grade = Examined(value=GradeValue(token=next(tokens), scale="mrc/1"), entered="typed")
        exam.session.edit(Edit(findings={address: grade}))
        if exam.wait_until_saved().pending == 0:
            sys.stdout.write(f"{number} {exam.record_id}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

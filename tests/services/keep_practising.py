"""A process that begins an attempt and examines until it is killed; prints how much is shown as saved."""

from __future__ import annotations

import sys
from pathlib import Path

from exam_app.core.editing.editing import Edit
from exam_app.core.record.record import Examined
from exam_app.core.record.values import GradeValue
from exam_app.services import practice
from exam_app.services.context import Context


def main(folder: Path) -> None:
    """Examine one movement after the other, grade it, and never close."""
    opened = practice.open_store(Context(data_folder=folder))
    learner = opened.add_learner("Specimen")
    attempt = opened.begin(learner, opened.content.case("C08B"), "free")
    grade = Examined(value=GradeValue(token="4", scale="mrc/1"), entered="typed")
    for number, address in enumerate(attempt.form.muscles, start=1):
        attempt.perform([address])
        attempt.session.edit(Edit(findings={address: grade}))
        if attempt.wait_until_saved().pending == 0:
            sys.stdout.write(f"{number} {attempt.id}\n")
            sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

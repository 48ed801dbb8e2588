"""The four cases of issue 2, entered by keys alone in the real windows, end in the record that their files describe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from exam_app.core.files.findings_file import read_findings
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord, Finding
from exam_app.services.exams import Exams, OpenExam
from tests.gui.exam.conftest import Open
from tests.gui.typist import Typist

CASES = Path(__file__).resolve().parents[3] / "forms" / "cases"
FILES = sorted(CASES.glob("*.yaml"))


def without_how(record: ExamRecord) -> Mapping[str, Finding]:
    """Findings without the way in which they were entered."""
    return {address: each.model_copy(update={"entered": "typed"}) for address, each in record.findings.items()}


@pytest.mark.parametrize("file", FILES, ids=[file.stem.partition("_")[0] for file in FILES])
def test_a_case_typed_by_keys_alone_ends_in_the_record_of_its_file(
    file: Path,
    form: Form,
    records: Exams,
    new_exam: Callable[..., OpenExam],
    open_window: Open,
) -> None:
    described = read_findings(file.read_bytes(), file.name, form)
    exam = new_exam(like=described)
    window = open_window(exam)
    window.setUpdatesEnabled(False)  # painting every key takes a third of the time
    typist = Typist(window)

    typist.enter_record(described)

    assert without_how(window.bridge.record) == without_how(described)
    window.close()
    assert without_how(records.open(exam.record_id).record) == without_how(described)

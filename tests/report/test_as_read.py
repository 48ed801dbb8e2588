"""What is heard of the report of case C07, word for word, as a person read it and found it good.

After a wanted change: UPDATE_GOLDEN=1 pytest tests/report/test_as_read.py, then read it from beginning to end.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.report import Letterhead, build, pdf
from tests.report.as_read import as_read
from tests.report.conftest import RESOURCES, ROOT

KEPT = ROOT / "docs" / "report_as_read.txt"


@pytest.mark.poppler
def test_the_report_is_heard_as_the_visit_went(
    form: Form, case: Callable[[str], ExamRecord], letterhead: Letterhead, tmp_path: Path
) -> None:
    record = case("C07")
    document = build(record, form, app_version="0", drawings=RESOURCES / "drawings")
    heard = as_read(pdf(replace(document, letterhead=letterhead), RESOURCES), tmp_path)
    heard = heard.replace(record.form.hash[:8], "hash")
    if os.environ.get("UPDATE_GOLDEN"):
        KEPT.write_text(heard, encoding="utf-8")
    assert heard == KEPT.read_text(encoding="utf-8")

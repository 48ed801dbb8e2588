"""The shipped form and the cases, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from exam_app.core.files.findings_file import read_findings
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "forms" / "cases").glob("*.yaml"))


@pytest.fixture(scope="session")
def form() -> Form:
    """The shipped form, from its YAML."""
    return load_form(ROOT / "forms")


@pytest.fixture(params=CASES, ids=lambda path: path.stem.split("_")[0])
def case(request: pytest.FixtureRequest, form: Form) -> ExamRecord:
    """Each of the teaching cases as a record."""
    path: Path = request.param
    return read_findings(path.read_bytes(), path.name, form)

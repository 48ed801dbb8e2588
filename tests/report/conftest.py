"""The real form, the teaching cases, and records made from a few lines of a findings file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from exam_app.core.files.findings_file import read_findings
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.report import Letterhead

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "forms" / "cases"
RESOURCES = ROOT / "resources"
HEAD = """\
patient: {family_name: Specimen, given_name: Patient, birth_date: 1960-01-01, sex: female, mrn: 0041187}
encounter: {started_at: 2026-11-22T09:20:00+01:00, examiner: Examiner Specimen, handedness: R}
"""

Make = Callable[[str], ExamRecord]


@pytest.fixture(scope="session")
def form() -> Form:
    return load_form(ROOT / "forms")


@pytest.fixture(scope="session")
def make(form: Form) -> Make:
    """A record from the lines of a findings file; patient and encounter are given unless the lines bring their own."""

    def from_lines(lines: str) -> ExamRecord:
        text = lines if "patient:" in lines else HEAD + lines
        return read_findings(text.encode(), "findings.yaml", form)

    return from_lines


@pytest.fixture(scope="session")
def case(form: Form) -> Callable[[str], ExamRecord]:
    """A teaching case by the beginning of its name."""

    def by_name(name: str) -> ExamRecord:
        (path,) = CASES.glob(f"{name}_*.yaml")
        return read_findings(path.read_bytes(), path.name, form)

    return by_name


def a_logo(kind: str = "PNG", size: tuple[int, int] = (300, 100)) -> bytes:
    """A picture with clear parts, or a photograph without."""
    picture = Image.new("RGBA" if kind == "PNG" else "RGB", size)
    ImageDraw.Draw(picture).ellipse((10, 10, 90, 90), fill="#1d3f66")
    out = BytesIO()
    picture.save(out, kind)
    return out.getvalue()


@pytest.fixture(scope="session")
def letterhead() -> Letterhead:
    """A clinic with address and logo."""
    return Letterhead("Specimen Clinic", ("Department of Neurology", "1 Example Street, Specimen Town"), a_logo())

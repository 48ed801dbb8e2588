"""The shipped library of practice, read once, and a made-up case."""

from __future__ import annotations

from pathlib import Path

import pytest

from exam_app.core.form.form import Form
from exam_app.core.practice.case import Case
from exam_app.core.practice.library import Library
from exam_app.core.practice.library_file import load_library
from tests.specimen_case import specimen_case

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def library(form: Form) -> Library:
    """What the cases share."""
    return load_library(ROOT / "forms", form)


@pytest.fixture(scope="session")
def dropped_foot(form: Form, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The made-up case."""
    return specimen_case(tmp_path_factory.mktemp("cases"), form, library)

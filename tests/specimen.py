"""Specimen, the made-up patient of the tests, before anything is recorded."""

from __future__ import annotations

import datetime

from exam_app.core.files.findings_file import form_ref
from exam_app.core.form.form import Form
from exam_app.core.record.record import Encounter, ExamRecord, Patient


def blank(form: Form, scope: str = "full") -> ExamRecord:
    """A record of Specimen in which nothing is recorded."""
    return ExamRecord(
        form=form_ref(form),
        scope=scope,
        patient=Patient(family_name="Specimen", birth_date=datetime.date(1965, 3, 2)),
        encounter=Encounter(started_at=datetime.datetime(2026, 11, 22, 9, 20, tzinfo=datetime.UTC)),
    )

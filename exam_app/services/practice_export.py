"""What leaves practice: the debrief and the sheet of a volunteer, as text and as PDF, TRAINING on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exam_app.services.clinic import clinic
from exam_app.services.context import Context

if TYPE_CHECKING:
    from exam_app.report import Document
    from exam_app.services.practice import Learner, OpenAttempt


def debrief_text(context: Context, learner: Learner, attempt: OpenAttempt) -> str:
    """The debrief of an attempt as text; of a volunteer the sheet."""
    from exam_app.report import note

    return note(_document(context, learner, attempt), "bullets")


def debrief_pdf(context: Context, learner: Learner, attempt: OpenAttempt) -> bytes:
    """The same as PDF. UserError `glyph_missing`, `clinic_unreadable`."""
    from exam_app.report import PdfOptions, pdf

    options = PdfOptions(clinic(context).page_size)
    return pdf(_document(context, learner, attempt), context.installation.resources, options)


def _document(context: Context, learner: Learner, attempt: OpenAttempt) -> Document:
    from exam_app.report.debrief import Heard, debrief_document
    from exam_app.report.practice_sheet import sheet

    found, case = attempt.debrief(), attempt.case
    if found is None or case is None:
        made = context.app_version
        return sheet(learner.name, attempt.attempt, attempt.stages, attempt.form, app_version=made)
    heard = Heard(learner.name, case, attempt.attempt, found, attempt.form, attempt.library)
    return debrief_document(heard, app_version=context.app_version)

"""Reports from records: the note as text and the PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from exam_app.core.form import Form
from exam_app.core.record import ExamRecord
from exam_app.services.clinic import clinic
from exam_app.services.context import Context

if TYPE_CHECKING:
    from exam_app.report import Document
    from exam_app.report.note import NoteText as NoteText

Style = Literal["bullets", "prose", "handover"]


def _document(context: Context, record: ExamRecord, form: Form) -> Document:
    from exam_app.report import build

    return build(record, form, app_version=context.app_version)


def note_text(
    context: Context, record: ExamRecord, form: Form, style: Style = "bullets", *, ascii_only: bool = False
) -> str:
    """The note. With `ascii_only` plain ASCII at width 80."""
    from exam_app.report import note

    return note(_document(context, record, form), style, ascii=ascii_only)


def note_spans(context: Context, record: ExamRecord, form: Form) -> NoteText:
    """The note in bullets, and the addresses of the findings from which each sentence of it came."""
    from exam_app.report.note import note_spans

    return note_spans(_document(context, record, form), "bullets")


def pdf_bytes(context: Context, record: ExamRecord, form: Form, *, password: str | None = None) -> bytes:
    """The PDF report with the clinic's letterhead and paper. UserError `glyph_missing` where a character cannot be
    printed, `clinic_unreadable`."""
    from exam_app.report import Letterhead, PdfOptions, pdf

    settings = clinic(context)
    letterhead = Letterhead(settings.name, settings.address, settings.logo) if settings.name is not None else None
    document = replace(_document(context, record, form), letterhead=letterhead)
    return pdf(document, context.installation.resources, PdfOptions(settings.page_size, None, password))

"""Reports from records: the note as text and the PDF."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from exam_app.core.clinic import Clinic, PageSize
from exam_app.core.errors import UserError
from exam_app.core.files.record_file import record_to_json
from exam_app.core.files.reported import reported, reported_json
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.services.clinic import clinic as clinic_settings
from exam_app.services.context import Context
from exam_app.services.files import free_file

if TYPE_CHECKING:
    from exam_app.report import Document
    from exam_app.report.note import NoteText as NoteText

Style = Literal["bullets", "prose", "handover"]
MOST_PASSWORD_BYTES = 127


def _document(context: Context, record: ExamRecord, form: Form, drawings: Path | None = None) -> Document:
    from exam_app.report import build

    return build(record, form, app_version=context.app_version, drawings=drawings)


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


def note_html(context: Context, record: ExamRecord, form: Form) -> str:
    """The note with headings and with what is abnormal in bold, as an HTML document."""
    from exam_app.report import note_rich

    return note_rich(_document(context, record, form))


def pdf_bytes(
    context: Context,
    record: ExamRecord,
    form: Form,
    *,
    attach: bool | None = None,
    password: str | None = None,
    page: PageSize | None = None,
) -> bytes:
    """The PDF report with the clinic's letterhead; what it says goes along as data with `attach`. None for `attach` and
    `page` is what the clinic sets.

    UserError `glyph_missing` where a character cannot be printed, `clinic_unreadable`.
    """
    settings = clinic_settings(context)
    with_data = settings.attach_record if attach is None else attach
    paper = settings if page is None else settings.model_copy(update={"page_size": page})
    return pdf_by(context, record, form, paper, attach=with_data, password=password)


def pdf_by(
    context: Context, record: ExamRecord, form: Form, clinic: Clinic, *, attach: bool, password: str | None
) -> bytes:
    """The PDF as this clinic prints it. UserError `glyph_missing`."""
    from exam_app.report import Letterhead, PdfOptions, pdf

    letterhead = Letterhead(clinic.name, clinic.address, clinic.logo) if clinic.name is not None else None
    document = replace(_document(context, record, form, context.installation.drawings), letterhead=letterhead)
    said = reported(record, form, app_version=context.app_version, clinic=clinic) if attach else None
    options = PdfOptions(clinic.page_size, reported_json(said) if said is not None else None, password)
    return pdf(document, context.installation.resources, options)


def check_printable(context: Context, record: ExamRecord, form: Form) -> None:
    """UserError `glyph_missing` where `pdf_bytes` would raise it, at a hundredth of its time: what the forms bring can
    be printed, so only a record with an unusual character is looked at closely."""
    from exam_app.report import check_glyphs, prints

    text, resources = record_to_json(record), context.installation.resources
    # The family name is printed in capitals, which may be other characters.
    if not prints(text + text.upper(), resources):
        check_glyphs(_document(context, record, form), resources)


def usable_password(text: str) -> str:
    """A password for a PDF as it is stored. UserError `password_empty`, `password_too_long`: what stands behind the
    127th byte would not be asked for."""
    password = unicodedata.normalize("NFC", text)
    if not password:
        raise UserError("password_empty")
    if len(password.encode()) > MOST_PASSWORD_BYTES:
        raise UserError("password_too_long", count=MOST_PASSWORD_BYTES)
    return password


def new_file(folder: Path, record: ExamRecord, form: Form, ending: str) -> Path:
    """A file for an export, named without a word about the patient: `neurological-examination_2026-11-22.pdf`; where
    there is one, `neurological-examination_2026-11-22_2.pdf`."""
    plain = unicodedata.normalize("NFKD", form.title).encode("ascii", "ignore").decode().lower()
    title = "-".join(re.findall(r"[a-z0-9]+", plain)) or "examination"
    stem = f"{title}_{record.encounter.started_at.date().isoformat()}"
    return free_file(folder, stem, ending)

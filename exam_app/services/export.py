"""Reports from records: the note as text and the PDF, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from exam_app.core.errors import UserError
from exam_app.core.form import Form
from exam_app.core.record import ExamRecord
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


def pdf_bytes(context: Context, record: ExamRecord, form: Form) -> bytes:
    """The PDF report. UserError `glyph_missing` where a character cannot be printed."""
    from exam_app.report import pdf

    return pdf(_document(context, record, form), context.installation.fonts)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or leave what was there. UserError `file_unwritable`. Only its owner may read it."""
    import os
    import tempfile

    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".export-")
    except OSError:
        raise UserError("file_unwritable", file=str(path)) from None
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise UserError("file_unwritable", file=str(path)) from None

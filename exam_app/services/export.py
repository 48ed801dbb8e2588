"""Reports from records: the note as text and the PDF, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from exam_app.core.errors import UserError
from exam_app.core.form import Form
from exam_app.core.record import ExamRecord
from exam_app.services.context import Context

Style = Literal["bullets", "prose", "handover"]


def note_text(
    context: Context, record: ExamRecord, form: Form, style: Style = "bullets", *, ascii_only: bool = False
) -> str:
    """The note. With `ascii_only` plain ASCII at width 80."""
    from exam_app.report import build, note

    return note(build(record, form, app_version=context.app_version), style, ascii=ascii_only)


def pdf_bytes(context: Context, record: ExamRecord, form: Form) -> bytes:
    """The PDF report. UserError `glyph_missing` where a character cannot be printed."""
    from exam_app.report import build, pdf

    return pdf(build(record, form, app_version=context.app_version), context.installation.fonts)


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

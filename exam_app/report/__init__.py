"""The report: one block document built from the record, written as a text note and as a PDF."""

from __future__ import annotations

from pathlib import Path

from exam_app.report.build import build
from exam_app.report.document import Document, PageSize
from exam_app.report.note import Style, note

__all__ = ["Document", "PageSize", "Style", "build", "note", "pdf"]


def pdf(document: Document, fonts: Path, *, page: PageSize = "A4") -> bytes:
    """The document as a PDF, the same bytes for the same document. `fonts` is the folder of the DejaVu fonts.

    Raises UserError `glyph_missing` where a character cannot be printed. The PDF library is loaded at the first call.
    """
    from exam_app.report.pdf_writer import write

    return write(document, fonts, page)

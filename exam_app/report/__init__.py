"""The report: one block document built from the record, written as a text note and as a PDF."""

from __future__ import annotations

from pathlib import Path

from exam_app.report.build import build
from exam_app.report.document import Document, Letterhead, PdfOptions
from exam_app.report.note import Style, note

__all__ = ["Document", "Letterhead", "PdfOptions", "Style", "build", "note", "pdf"]

_USUAL = PdfOptions()


def pdf(document: Document, resources: Path, options: PdfOptions = _USUAL) -> bytes:
    """The document as a PDF, the same bytes for the same document. `resources` holds fonts, drawings and the profile of
    colours.

    Raises UserError `glyph_missing` where a character cannot be printed. The PDF library is loaded at the first call.
    """
    from exam_app.report.pdf_writer import write

    return write(document, resources, options)

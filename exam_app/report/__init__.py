"""The report: one block document built from the record, written as a text note and as a PDF."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from exam_app.core.clinic import PageSize
from exam_app.report.blank import Blank, blank
from exam_app.report.build import build
from exam_app.report.document import Document, Letterhead, PdfOptions
from exam_app.report.note import Style, note
from exam_app.report.note_rich import note_rich

__all__ = [
    "Blank",
    "Document",
    "Letterhead",
    "PdfOptions",
    "Style",
    "blank",
    "blank_pdf",
    "build",
    "check_glyphs",
    "note",
    "note_rich",
    "pdf",
    "pdf_content",
    "prints",
    "read_pdf",
]

if TYPE_CHECKING:
    from exam_app.report.pdf_reading import PdfRead

_USUAL = PdfOptions()


def pdf(document: Document, resources: Path, options: PdfOptions = _USUAL) -> bytes:
    """The document as a PDF, the same bytes for the same document. `resources` holds fonts, drawings and the profile of
    colours.

    Raises UserError `glyph_missing` where a character cannot be printed. The PDF library is loaded at the first call.
    """
    from exam_app.report.pdf_writer import write

    return write(document, resources, options)


def blank_pdf(form: Blank, resources: Path, page: PageSize, made_at: datetime.datetime) -> bytes:
    """The blank form as a PDF. UserError `glyph_missing`."""
    from exam_app.report.pdf_blank import write_blank

    return write_blank(form, resources, page, made_at)


def prints(text: str, resources: Path) -> bool:
    """Whether the fonts have every character of a text."""
    from exam_app.report import pdf_fonts

    return pdf_fonts.prints(text, pdf_fonts.register(resources / "fonts"))


def read_pdf(pdf: bytes, name: str, password: str | None, most_data: int) -> PdfRead:
    """What stands in the file of a report, as `pdf_reading.read` says."""
    from exam_app.report.pdf_reading import read

    return read(pdf, name, password, most_data)


def pdf_content(pdf: bytes, name: str, password: str | None) -> bytes:
    """The content of a PDF for comparing, as `pdf_reading.content` says."""
    from exam_app.report.pdf_reading import content

    return content(pdf, name, password)


def check_glyphs(document: Document, resources: Path) -> None:
    """Raise UserError `glyph_missing` where `pdf` would, without drawing anything."""
    from exam_app.report import pdf_fonts

    pdf_fonts.check_glyphs(document, pdf_fonts.register(resources / "fonts"))

"""The document as a PDF by reportlab: A4 or Letter, one embedded family of fonts, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate

from exam_app.core.clinic import PageSize
from exam_app.core.words import _
from exam_app.report import pdf_fonts
from exam_app.report.document import Document, Footer, PdfOptions
from exam_app.report.pdf_blocks import head
from exam_app.report.pdf_finish import finish
from exam_app.report.pdf_flow import Column
from exam_app.report.pdf_fonts import BOLD, REGULAR, composed
from exam_app.report.pdf_metadata import Metadata
from exam_app.report.pdf_story import Story, is_long
from exam_app.report.pdf_style import GREY, INK, MARGIN_FOOT, MARGIN_SIDE, MARGIN_TOP, RULE, WATERMARK, Size
from exam_app.report.pdf_tags import Element, Structure, drawn_as, furniture, leave_the_rest

# qpdf packs every stream in the end: what reportlab would pack, or write as text, would only be unpacked again.
rl_config.useA85 = 0

SIZES = {"A4": A4, "Letter": LETTER}


SMALLER: dict[Size, Size] = {"usual": "small", "small": "smallest"}
SPILT = 0.7
"""The part of the last page that is empty where only some lines have spilt over to it."""

Flow = Callable[[Column, float], list[Any]]
"""What stands on the pages, for their column of figures and the width of the text."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pages: how many, the part of the last one that is empty, and what of them is read."""

    data: bytes
    structure: Structure | None
    pages: int
    empty: float


def write(document: Document, resources: Path, options: PdfOptions) -> bytes:
    """The PDF. Raises UserError `glyph_missing` before anything is drawn."""
    pdf_fonts.check_glyphs(document, pdf_fonts.register(resources / "fonts"))
    drawn = draw(document, resources, options.page)
    metadata = Metadata(document.title, composed(document.examiner or ""), document.examined_at)
    return finish(drawn.data, drawn.structure or Structure(), metadata, resources / "colour" / "sRGB.icc", options)


def draw(document: Document, resources: Path, page: PageSize, *, is_read: bool = True) -> Drawn:
    """The pages, in the fonts that are known. A very long document is set as small as it may be. Where some lines spill
    over to a last page the text is set smaller, if that saves the page. Of what is not `is_read` nothing is marked."""
    size: Size = "smallest" if is_long(document) else "usual"
    drawn = fewest = _set(document, resources, page, size, is_read=is_read)
    while fewest.pages == drawn.pages and drawn.pages > 1 and drawn.empty > SPILT and size in SMALLER:
        size = SMALLER[size]
        fewest = _set(document, resources, page, size, is_read=is_read)
    return fewest if fewest.pages < drawn.pages else drawn


def _set(document: Document, resources: Path, page: PageSize, size: Size, *, is_read: bool) -> Drawn:
    def flow(column: Column, width: float) -> list[Any]:
        told = Story(column, resources / "drawings", size, is_long(document))
        return [*head(document, width), *told.flowables(document.blocks)]

    return lay_out(flow, page, document.footer, document.draft, is_read=is_read)


def lay_out(flow: Flow, page: PageSize, footer: Footer, watermark: str | None, *, is_read: bool = True) -> Drawn:
    """What flows over pages, each with its foot and the word behind it."""
    out, structure = BytesIO(), Structure() if is_read else None
    template = SimpleDocTemplate(
        out,
        pagesize=SIZES[page],
        leftMargin=MARGIN_SIDE,
        rightMargin=MARGIN_SIDE,
        topMargin=MARGIN_TOP,
        bottomMargin=MARGIN_FOOT,
        invariant=1,
        pageCompression=structure is None,
        initialFontName=REGULAR,
        allowSplitting=1,
    )
    # A frame has six points of padding on each side.
    width, right = template.width - 12, template.pagesize[0] - template.rightMargin - 6
    column = Column(right, template.pagesize[1] - template.topMargin - 6, template.bottomMargin + 6)
    begin, canvas = _Page(watermark, column), _numbered(footer, structure)
    template.build(flow(column, width), onFirstPage=begin, onLaterPages=begin, canvasmaker=canvas)
    return Drawn(out.getvalue(), structure, template.page, column.empty)


class _Page:
    """Begins a page: the word behind its text, so faint that it does not disturb reading, and the figures that wait."""

    def __init__(self, word: str | None, column: Column) -> None:
        self._word, self._column = word, column

    def __call__(self, canvas: Any, template: Any) -> None:
        if self._word is not None:
            self._watermark(canvas, template, self._word)
        self._column.begin_page(canvas)

    def _watermark(self, canvas: Any, template: Any, word: str) -> None:
        width, height = template.pagesize
        with furniture(canvas, "Watermark"):
            canvas.saveState()
            canvas.setFillColor(HexColor(WATERMARK))
            canvas.setFont(BOLD, 130)
            canvas.translate(width / 2, height / 2)
            canvas.rotate(52)
            canvas.drawCentredString(0, -46, word)
            canvas.restoreState()


def _numbered(footer: Footer, structure: Structure | None) -> type[Any]:
    """A canvas that writes the foot of every page when the number of pages is known."""

    class Numbered(Canvas):  # type: ignore[misc]
        """Keeps each page until the end, and what of it is read."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.structure = structure
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802
            """Keep the page instead of writing it."""
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            """Write every page with its foot."""
            for number, state in enumerate(self._kept, start=1):
                self.__dict__.update(state)
                with furniture(self, "Footer"):
                    _foot(self, footer, number, len(self._kept))
                # Nowhere else does the report say what it is for, so the last page says it to a screen reader as well.
                is_last = number == len(self._kept)
                with drawn_as(self, Element("P")) if is_last else furniture(self, "Footer"):
                    _purpose(self, footer)
                leave_the_rest(self)
                super().showPage()
            super().save()

    return Numbered


def _foot(canvas: Any, footer: Footer, number: int, of: int) -> None:
    width = canvas._pagesize[0]
    left, right, line = MARGIN_SIDE + 6, width - MARGIN_SIDE - 6, MARGIN_FOOT - 12
    canvas.setStrokeColor(HexColor(RULE))
    canvas.setLineWidth(0.5)
    canvas.line(left, line, right, line)
    page = _("Page {number} of {of}").format(number=number, of=of)
    canvas.setFillColor(HexColor(INK))
    canvas.setFont(BOLD, 7)
    canvas.drawRightString(right, line - 10, page)
    room = right - left - stringWidth(page, BOLD, 7) - 12
    canvas.drawString(left, line - 10, _fitted(footer.patient, BOLD, 7, room))
    canvas.setFillColor(HexColor(GREY))
    canvas.setFont(REGULAR, 7)
    canvas.drawString(left, line - 27.5, _fitted(footer.versions, REGULAR, 7, right - left))


def _purpose(canvas: Any, footer: Footer) -> None:
    canvas.setFillColor(HexColor(GREY))
    canvas.setFont(REGULAR, 7)
    canvas.drawString(MARGIN_SIDE + 6, MARGIN_FOOT - 31, footer.purpose)


def _fitted(text: str, font: str, size: float, room: float) -> str:
    """The text, shortened with an ellipsis where it is wider than the room in points."""
    text = composed(text)
    if stringWidth(text, font, size) <= room:
        return text
    while text and stringWidth(text + "\u2026", font, size) > room:
        text = text[:-1]
    return text + "\u2026"

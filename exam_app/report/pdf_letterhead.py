"""The clinic at the head of the first page: name and address, and the logo at the right."""

from __future__ import annotations

from typing import Any

from PIL.Image import Image
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from exam_app.core.words import _
from exam_app.report.document import Letterhead
from exam_app.report.logo import WIDEST, printed_logo, size_on_paper
from exam_app.report.pdf_fonts import REGULAR
from exam_app.report.pdf_style import markup, style
from exam_app.report.pdf_tags import Element, Tagged, drawn_as

GAP = 12.0
"""Points between the words and the logo."""


def letterhead(given: Letterhead, width: float) -> list[Any]:
    """The letterhead over the whole width. UserError `logo_unreadable`."""
    words = [Tagged(markup(given.name), style("clinic"))]
    words += [Tagged(markup(line), style("address")) for line in given.address]
    beside = [Logo(printed_logo(given.logo), given.name)] if given.logo is not None else []
    head = Table([[words, beside]], colWidths=[width - WIDEST - GAP, WIDEST + GAP])
    paddings = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    everywhere = [(name, (0, 0), (-1, -1), 0) for name in paddings]
    places = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (1, 0), (1, 0), "RIGHT")]
    head.setStyle(TableStyle([*everywhere, *places, ("FONTNAME", (0, 0), (-1, -1), REGULAR)]))
    return [head, Spacer(0, 12)]


class Logo(Flowable):  # type: ignore[misc]
    """The logo, read as a figure."""

    def __init__(self, picture: Image, clinic: str) -> None:
        super().__init__()
        self.picture = picture
        self.width, self.height = size_on_paper(picture)
        self.element = Element("Figure", alternative=_("Logo of {clinic}").format(clinic=clinic))

    def draw(self) -> None:
        """Paint it."""
        with drawn_as(self.canv, self.element, (0, 0, self.width, self.height)):
            self.canv.drawImage(ImageReader(self.picture), 0, 0, self.width, self.height)

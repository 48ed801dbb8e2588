"""Measures, colours and paragraph styles of the PDF."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal
from xml.sax.saxutils import escape

from exam_app.report.pdf_fonts import BOLD, OBLIQUE, REGULAR, composed

Size = Literal["usual", "small", "smallest"]
MARGIN_SIDE, MARGIN_TOP, MARGIN_FOOT = 42.0, 34.0, 55.0
"""Margins in points."""
INK, BLUE, GREY, RULE = "#1b2430", "#1d3f66", "#5a6675", "#c9d0d9"
PANEL, BAR, TINT, WARM = "#f2f5f9", "#2b5a8c", "#fbe8dd", "#84300a"
WATERMARK = "#f2f3f5"


def markup(text: str) -> str:
    """Text as paragraph markup: nothing in it is taken for a tag; line breaks are kept."""
    return escape(composed(text)).replace("\n", "<br/>")


def bold(text: str) -> str:
    """Escaped text in bold."""
    return f'<font name="{BOLD}">{markup(text)}</font>'


def warm(text: str) -> str:
    """Escaped text of an abnormal finding: bold as well as coloured, so that it survives grey."""
    return f'<font name="{BOLD}" color="{WARM}">{markup(text)}</font>'


@cache
def style(name: str, size: Size = "usual", *, indent: float = 0.0) -> Any:
    """A paragraph style by name, in one of three sizes of running text, its first line indented by so many points."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    base: dict[str, Any] = {
        "fontName": REGULAR,
        "bulletFontName": REGULAR,
        "textColor": HexColor(INK),
        "splitLongWords": 1,
        "allowWidows": 0,
        "allowOrphans": 0,
        "firstLineIndent": indent,
    }
    own = {key: _colour(key, value) for key, value in STYLES[name].items()}
    sized = SIZES[size] if name in RUNNING else {}
    if name in HEADINGS:
        sized = {"fontSize": SIZES[size]["fontSize"] + OVER_TEXT, "leading": SIZES[size]["leading"] + 1}
    return ParagraphStyle(name, **(base | SIZES["usual"] | own | sized))


def _colour(key: str, value: Any) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(value) if key in ("textColor", "backColor") else value


def heading_lift(heading: Any, body: Any) -> float:
    """Points by which a heading is raised for its baseline to be that of the words beside it, both by their style."""
    from reportlab.pdfbase.pdfmetrics import getAscentDescent

    ascents = [getAscentDescent(each.fontName, each.fontSize)[0] for each in (heading, body)]
    return float(ascents[0] - ascents[1])


SIZES: dict[Size, dict[str, float]] = {
    "usual": {"fontSize": 8.5, "leading": 11.4},
    "small": {"fontSize": 8.0, "leading": 10.4},
    "smallest": {"fontSize": 7.3, "leading": 9.3},
}
RUNNING = ("panel", "body", "note")
"""The styles of running text, which has three sizes; headings are somewhat larger than the text."""
HEADINGS, OVER_TEXT = ("heading", "panel_heading"), 1.1
STYLES: dict[str, dict[str, Any]] = {
    "clinic": {"fontName": BOLD, "fontSize": 10.5, "leading": 14},
    "address": {"fontSize": 7.6, "leading": 10.4, "textColor": GREY},
    "title": {"fontName": BOLD, "fontSize": 16, "leading": 20},
    "scope": {"fontSize": 8.6, "leading": 12, "textColor": GREY},
    "when": {"fontSize": 8.6, "leading": 20, "textColor": GREY, "alignment": 2},
    "draft": {"fontName": BOLD, "fontSize": 8.6, "leading": 12, "textColor": WARM, "alignment": 2},
    "blank_scope": {"fontName": BOLD, "fontSize": 10, "leading": 13},
    "blank_ask": {"fontSize": 7.6, "leading": 10.6},
    "fact_label": {"fontSize": 7, "leading": 9, "textColor": GREY},
    "fact": {"fontSize": 8.6, "leading": 11},
    "fact_strong": {"fontName": BOLD, "fontSize": 8.6, "leading": 11},
    "notice": {"fontName": BOLD, "textColor": WARM, "spaceBefore": 6},
    "panel": {
        "backColor": PANEL,
        "borderPadding": (6, 8, 7, 10),
        "leftIndent": 10,
        "rightIndent": 8,
        "spaceBefore": 13,
        "spaceAfter": 17,
    },
    "panel_heading": {
        "fontName": BOLD,
        "backColor": PANEL,
        "borderPadding": (6, 8, 7, 10),
        "leftIndent": 10,
        "rightIndent": 8,
        "spaceBefore": 13,
        "spaceAfter": 17,
    },
    "heading": {"fontName": BOLD, "textColor": BLUE},
    "body": {"spaceBefore": 3},
    "note": {"leftIndent": 9, "spaceBefore": 2},
    "figure_title": {"fontName": BOLD, "fontSize": 7.6, "leading": 11, "textColor": BLUE},
    "legend": {"fontSize": 7, "leading": 9, "textColor": GREY, "spaceBefore": 2},
    "signed": {"textColor": GREY, "fontSize": 8, "leading": 10},
    "small": {"fontSize": 7, "leading": 9.4, "textColor": GREY, "spaceBefore": 1},
    "row": {"fontSize": 8.2, "leading": 10},
    "head": {"fontName": BOLD, "fontSize": 7.4, "leading": 10, "textColor": GREY},
    "head_side": {"fontName": BOLD, "fontSize": 7.4, "leading": 10, "textColor": GREY, "alignment": 1},
    "cell_normal": {"fontSize": 8.4, "leading": 10, "alignment": 1},
    "cell_neither": {"fontSize": 8.4, "leading": 10, "alignment": 1},
    "cell_abnormal": {"fontName": BOLD, "fontSize": 8.4, "leading": 10, "alignment": 1, "textColor": WARM},
    "cell_asserted": {"fontName": OBLIQUE, "fontSize": 8.4, "leading": 10, "alignment": 1, "textColor": GREY},
    "cell_reason": {"fontSize": 7, "leading": 8.4, "alignment": 1, "textColor": GREY},
    "cell_blank": {"fontSize": 8.4, "leading": 12},
    "cell_missing": {"fontSize": 8.4, "leading": 10, "alignment": 1, "textColor": GREY},
}

"""Blocks of the document → flowables."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import HRFlowable, Table, TableStyle

from exam_app.report.document import (
    Document,
    Fact,
)
from exam_app.report.pdf_fonts import REGULAR
from exam_app.report.pdf_letterhead import letterhead
from exam_app.report.pdf_style import INK, RULE, markup, style
from exam_app.report.pdf_tags import Element, Tagged

FACTS_A_ROW = 4
LONG_FACT = 90
"""Characters from which a fact gets a line of its own."""
ROOM_UNDER_HEADING = 64.0
"""Points that must be left on the page for a heading with what follows it."""
CHARACTERS_OF_A_PAGE = 3600
"""About as many characters of abnormal findings leave room for nothing else on the first page."""
MOST_ROOM = 230.0
"""Points that a heading with a table below it asks for at most."""


def head(document: Document, width: float) -> list[Any]:
    """The clinic, then title, scope, date, and the facts."""
    left = [Tagged(markup(document.title), style("title"), kind="H1"), Tagged(markup(document.scope), style("scope"))]
    right = [Tagged(markup(document.when), style("when"))]
    right.append(Tagged(markup(document.status), style("draft")))
    top = Table([[left, right]], colWidths=[width * 0.68, width * 0.32])
    top.setStyle(TableStyle([*_no_padding(), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    flow = letterhead(document.letterhead, width) if document.letterhead is not None else []
    flow += [top, HRFlowable(width="100%", thickness=1.4, color=HexColor(INK), spaceBefore=5, spaceAfter=5)]
    flow += _facts(document.facts, width)
    flow.append(HRFlowable(width="100%", thickness=0.5, color=HexColor(RULE), spaceBefore=3, spaceAfter=0))
    flow += [Tagged(markup(notice), style("notice")) for notice in document.notices]
    return flow


def _no_padding() -> list[Any]:
    sides = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    return [("FONTNAME", (0, 0), (-1, -1), REGULAR), *((side, (0, 0), (-1, -1), 0) for side in sides)]


def _facts(facts: tuple[Fact, ...], width: float) -> list[Any]:
    """Short facts in four columns, long ones below over the whole width; to a screen reader one list."""
    read = Element("L")
    short = [fact for fact in facts if len(fact.value) <= LONG_FACT]
    cells = [_fact(fact, read) for fact in short]
    cells += [[] for _missing in range(-len(cells) % FACTS_A_ROW)]
    rows = [cells[start : start + FACTS_A_ROW] for start in range(0, len(cells), FACTS_A_ROW)]
    table = Table(rows, colWidths=[width / FACTS_A_ROW] * FACTS_A_ROW)
    beside = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("RIGHTPADDING", (0, 0), (-1, -1), 6)]
    table.setStyle(TableStyle([*_no_padding(), *beside, ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]))
    return [table, *(part for fact in facts if fact not in short for part in _fact(fact, read))]


def _fact(fact: Fact, read: Element) -> list[Any]:
    item = read.add("LI")
    label, value = item.add("Lbl"), item.add("LBody")
    named = style("fact_strong" if fact.strong else "fact")
    return [
        Tagged(markup(fact.label), style("fact_label"), element=label),
        Tagged(markup(fact.value), named, element=value),
    ]

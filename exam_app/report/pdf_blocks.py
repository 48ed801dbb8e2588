"""Blocks of the document → flowables."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, HRFlowable, Table, TableStyle

from exam_app.core.words import _
from exam_app.report.document import (
    AbnormalBlock,
    Block,
    Credits,
    Document,
    Fact,
    Heading,
    Impression,
    Labelled,
    Notes,
    Sentence,
    Sentences,
    SideTable,
)
from exam_app.report.pdf_fonts import REGULAR
from exam_app.report.pdf_letterhead import letterhead
from exam_app.report.pdf_panel import panel, panel_length
from exam_app.report.pdf_style import INK, RULE, bold, coloured, markup, style, warm
from exam_app.report.pdf_tables import legend, side_table
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


def first_page_first(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks in their order; where the abnormal findings would fill the first page, a short impression comes
    before them, because it belongs on that page.
    """
    abnormal, impression, *rest = blocks
    if not isinstance(abnormal, AbnormalBlock) or not isinstance(impression, Impression) or impression.text is None:
        return blocks
    too_long = panel_length(abnormal) > CHARACTERS_OF_A_PAGE and len(impression.text) < CHARACTERS_OF_A_PAGE / 3
    return (impression, abnormal, *rest) if too_long else blocks


def flowables(block: Block, width: float, following: tuple[Block, ...] = ()) -> list[Any]:
    """One block as flowables. A heading looks at what follows it, to move to the next page together with a table."""
    if isinstance(block, AbnormalBlock):
        return panel(block)
    if isinstance(block, Heading):
        return heading(block.text, _room(following))
    if isinstance(block, Impression):
        words = block.text if block.text is not None else block.missing
        return [*heading(block.title), *_paragraphs(words, "impression")]
    if isinstance(block, Labelled):
        return [Tagged(f"{bold(block.label)} {_run(block.sentences)}", style("body"))]
    if isinstance(block, Sentences):
        return [Tagged(_run(block.sentences), style("body"))] if block.sentences else []
    if isinstance(block, SideTable):
        words = legend(block)
        flow = [side_table(block, width), *([Tagged(markup(words), style("legend"))] if words else [])]
        said = (*block.details, *block.reasons)
        return [*flow, *([Tagged(_run(said), style("body"))] if said else [])]
    if isinstance(block, Notes):
        return [
            Tagged(f"{bold(_('{label}:').format(label=one.label))} {markup(one.text)}", style("note"))
            for one in block.notes
        ]
    return _credits(block)


def _paragraphs(text: str, name: str) -> list[Any]:
    return [Tagged(markup(line), style(name)) for line in text.splitlines() if line.strip()]


def _room(following: tuple[Block, ...]) -> float:
    """Points that a heading wants below it: a short table whole, of a long one enough to begin with."""
    rows = [len(block.rows) for block in following if isinstance(block, SideTable)]
    return max([ROOM_UNDER_HEADING, *(min(MOST_ROOM, 100 + 15.0 * count / 2) for count in rows)])


def heading(text: str, room: float = ROOM_UNDER_HEADING) -> list[Any]:
    """A heading with its rule; it moves to the next page rather than stand alone at the foot of one."""
    rule = HRFlowable(width="100%", thickness=0.5, color=HexColor(RULE), spaceBefore=1.5, spaceAfter=1)
    return [CondPageBreak(room), Tagged(markup(text), style("heading"), kind="H2"), rule]


def _run(sentences: tuple[Sentence, ...]) -> str:
    """Sentences one after the other; one with a lead on a line of its own, and what follows it on the next."""
    parts: list[str] = []
    for index, one in enumerate(sentences):
        begins_line = index > 0 and (one.lead or sentences[index - 1].lead)
        parts.append("<br/>" if begins_line else " " if index else "")
        if one.lead and one.text.startswith(one.lead):
            parts.append(warm(one.lead) + markup(one.text[len(one.lead) :]))
        else:
            parts.append(_standing_out(one) if one.emphasis else markup(one.text))
    return "".join(parts)


def _standing_out(sentence: Sentence) -> str:
    """An abnormal sentence in the warm colour; in bold each item with its first value, so that it survives grey."""
    parts: list[str] = []
    done = 0
    for start, end in sentence.strong or ((0, len(sentence.text)),):
        parts += [coloured(sentence.text[done:start]), warm(sentence.text[start:end])]
        done = end
    return "".join([*parts, coloured(sentence.text[done:])])


def _credits(block: Credits) -> list[Any]:
    return [*heading(block.title), *(Tagged(markup(line.text), style("small")) for line in block.lines)]

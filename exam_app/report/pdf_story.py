"""The document's blocks → flowables in order, section by section, with its figures beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth

from exam_app.core.words import _
from exam_app.report.document import (
    AbnormalBlock,
    Block,
    Credits,
    Document,
    Figures,
    Heading,
    Impression,
    Labelled,
    Notes,
    Sentence,
    Sentences,
    SideTable,
    Signature,
    block_sentences,
)
from exam_app.report.pdf_figures import Drawn
from exam_app.report.pdf_flow import COLUMN, Beginning, Beside, Column, Headed, Rest
from exam_app.report.pdf_fonts import BOLD, composed
from exam_app.report.pdf_panel import panel, panel_length
from exam_app.report.pdf_signature import Signing
from exam_app.report.pdf_style import Size, bold, markup, style, warm
from exam_app.report.pdf_tables import Grid
from exam_app.report.pdf_tags import Tagged

CHARACTERS_OF_A_PAGE = 3600
"""About as many characters of abnormal findings leave room for nothing else on the first page."""
LONG_FROM = 16_000
"""Characters from which a document is a long one."""
SHARES: dict[Size, float] = {"usual": 1.0, "small": 0.9, "smallest": 0.8}
"""How high figures are beside text of each size."""
ROOM_UNDER_HEADING, MOST_ROOM = 40.0, 150.0
"""Points that must be left on the page for a heading with what follows it, and the most for a table."""


@dataclass(frozen=True, slots=True)
class Story:
    """How a document is set: the column of its figures, the drawings' folder, the size of its text, and whether it is
    so long that it saves pages before anything else."""

    column: Column
    drawings: Path
    size: Size
    is_long: bool = False

    def flowables(self, blocks: tuple[Block, ...]) -> Iterator[Any]:
        """All blocks in order."""
        blocks = first_page_first(blocks)
        index = 0
        while index < len(blocks):
            block = blocks[index]
            index += 1
            if isinstance(block, Heading):
                last = next((at for at in range(index, len(blocks)) if _begins(blocks[at])), len(blocks))
                yield from self._section(block.text, blocks[index:last])
                index = last
            else:
                yield from self._alone(block)
        yield Rest(self.column)

    def _alone(self, block: Block) -> Iterator[Any]:
        """A block outside the sections."""
        if isinstance(block, AbnormalBlock):
            yield from panel(block, self.size)
        elif isinstance(block, Impression):
            words = block.text if block.text is not None else block.missing
            yield from self._headed(block.title, *(markup(line) for line in words.splitlines() if line.strip()))
        elif isinstance(block, Signature):
            yield self._beside(Signing(block))
        elif isinstance(block, Credits):
            yield from self._headed(block.title, " ".join(markup(line.text) for line in block.lines), name="small")
        else:
            yield from (self._beside(each) for each in self._plain(block))

    def _section(self, title: str, blocks: tuple[Block, ...]) -> Iterator[Any]:
        figures = [
            Drawn(figure, self.drawings, COLUMN, SHARES[self.size])
            for block in blocks
            if isinstance(block, Figures)
            for figure in block.figures
        ]
        told = [block for block in blocks if not isinstance(block, Figures)]
        yield Beginning(_room(told[:2]), self.column, () if self.is_long else figures)
        first = told[0] if told and isinstance(told[0], Sentences) else Sentences(())
        yield from self._headed(title, _run(first.sentences), figures=figures)
        for block in told:
            if block is not first:
                yield from (self._beside(each) for each in self._plain(block))

    def _headed(
        self, title: str, first: str, *more: str, name: str = "body", figures: Sequence[Any] = ()
    ) -> Iterator[Any]:
        """A heading on the line of its first paragraph, and the other paragraphs."""
        heading = Tagged(markup(title), self._style("heading"), kind="H2")
        indent = stringWidth(composed(title), BOLD, heading.style.fontSize) + 9
        body = Tagged(first, self._style(name, indent))
        yield self._beside(Headed(heading, body), figures)
        for words in more:
            yield self._beside(Tagged(words, self._style(name)))

    def _plain(self, block: Block) -> list[Any]:
        if isinstance(block, Labelled):
            return [self._text(f"{bold(block.label)} {_run(block.sentences)}")]
        if isinstance(block, Sentences):
            return [self._text(_run(block.sentences))] if block.sentences else []
        if isinstance(block, SideTable):
            said = (*block.details, *block.reasons)
            return [Grid(block), *([self._text(_run(said))] if said else [])]
        if isinstance(block, Notes):
            labelled = ((bold(_("{label}:").format(label=one.label)), markup(one.text)) for one in block.notes)
            return [Tagged(f"{label} {text}", self._style("note")) for label, text in labelled]
        return []

    def _text(self, words: str) -> Any:
        return Tagged(words, self._style("body"))

    def _beside(self, inner: Any, figures: Sequence[Any] = ()) -> Beside:
        return Beside(inner, self.column, figures)

    def _style(self, name: str, indent: float = 0.0) -> Any:
        return style(name, self.size, indent=indent)


def is_long(document: Document) -> bool:
    """Whether a document is a very long one."""
    told = (sentence.text for block in document.blocks for sentence in _printed(block))
    return sum(map(len, told)) > LONG_FROM


def _printed(block: Block) -> Iterator[Sentence]:
    """The sentences of a block that stand on the page: those that say a table in words do not."""
    if isinstance(block, SideTable):
        yield from (*block.details, *block.reasons)
    else:
        yield from block_sentences(block)


def _begins(block: Block) -> bool:
    """Whether a block ends the section before it."""
    return isinstance(block, (Heading, Credits, Signature, AbnormalBlock, Impression))


def first_page_first(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks in their order; where the abnormal findings would fill the first page, a short impression comes
    before them, because it belongs on that page.
    """
    abnormal, impression, *rest = blocks
    if not isinstance(abnormal, AbnormalBlock) or not isinstance(impression, Impression) or impression.text is None:
        return blocks
    too_long = panel_length(abnormal) > CHARACTERS_OF_A_PAGE and len(impression.text) < CHARACTERS_OF_A_PAGE / 3
    return (impression, abnormal, *rest) if too_long else blocks


def _room(blocks: Sequence[Block]) -> float:
    """Points that a heading wants below it: a short table whole, of a long one enough to begin with."""
    rows = [len(block.rows) for block in blocks if isinstance(block, SideTable)]
    return max([ROOM_UNDER_HEADING, *(min(MOST_ROOM, 70 + 14.0 * count / 2) for count in rows)])


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
    """An abnormal sentence: each item with what is abnormal of its value in the warm colour, and in bold so that it
    survives grey."""
    parts: list[str] = []
    done = 0
    for start, end in sentence.strong or ((0, len(sentence.text)),):
        parts += [markup(sentence.text[done:start]), warm(sentence.text[start:end])]
        done = end
    return "".join([*parts, markup(sentence.text[done:])])

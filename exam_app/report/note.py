"""The document as a text note: bullets, prose, or one handover line; and which findings each part of it came from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from exam_app.core.words import _
from exam_app.report.clauses import is_compound
from exam_app.report.document import (
    AbnormalBlock,
    Block,
    Cell,
    Credits,
    Document,
    Heading,
    Impression,
    Labelled,
    Notes,
    Sentence,
    Sentences,
    SideRow,
    SideTable,
)
from exam_app.report.note_ascii import ascii_text

Style = Literal["bullets", "prose", "handover"]
WIDTH = 80
"""Columns of an ASCII note."""


@dataclass(frozen=True, slots=True)
class Span:
    """The stretch of a note from `start` to before `end` (characters), and the addresses of the findings it tells."""

    start: int
    end: int
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note with the spans of it that tell findings, in order; none overlaps another."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line, and the addresses of the findings it tells, if any."""

    text: str
    addresses: tuple[str, ...] = ()


Line = tuple[Piece, ...]
_SPACE = Piece(" ")


def note(document: Document, style: Style, *, ascii: bool = False) -> str:  # noqa: A002
    """The note in one of three styles. With `ascii` plain ASCII, wrapped at 80 columns; the handover stays one line."""
    return note_spans(document, style, ascii=ascii).text


def note_spans(document: Document, style: Style, *, ascii: bool = False) -> NoteText:  # noqa: A002
    """The note, and which findings each sentence and each row of it came from."""
    text, spans, start = [], [], 0
    for line in _lines(document, style):
        one = _set(line, ascii=ascii, wrap=ascii and style != "handover")
        spans += [Span(start + span.start, start + span.end, span.addresses) for span in one.spans]
        text.append(one.text)
        start += len(one.text) + 1
    return NoteText("".join(f"{each}\n" for each in text), tuple(spans))


def _set(line: Line, *, ascii: bool, wrap: bool) -> NoteText:  # noqa: A002
    """One line with its spans; as several where it is wrapped."""
    texts = [ascii_text(piece.text) if ascii else piece.text for piece in line]
    ends = list(accumulate(len(text) for text in texts))
    spans = [
        Span(end - len(text), end, piece.addresses)
        for piece, text, end in zip(line, texts, ends, strict=True)
        if piece.addresses and text
    ]
    whole = NoteText("".join(texts), tuple(spans))
    return _wrapped(whole) if wrap else whole


def _wrapped(line: NoteText) -> NoteText:
    """The line at 80 columns. Wrapping moves blanks only, so a span keeps its place among the other characters."""
    indent = "  " if line.text.startswith(("- ", "  ")) else ""
    parts = textwrap.wrap(line.text, WIDTH, subsequent_indent=indent, break_on_hyphens=False)
    text = "\n".join(parts)
    places = [index for index, sign in enumerate(text) if not sign.isspace()]
    before = [0, *accumulate(not sign.isspace() for sign in line.text)]
    return NoteText(
        text,
        tuple(
            Span(places[before[span.start]], places[before[span.end] - 1] + 1, span.addresses)
            for span in line.spans
            if before[span.end] > before[span.start]
        ),
    )


def _lines(document: Document, style: Style) -> Iterator[Line]:
    if style == "handover":
        yield _run(document.handover)
        return
    for text in [*_head(document), ""]:
        yield _plain(text)
    for block in document.blocks:
        yield from _bullets(block) if style == "bullets" else _prose(block)
    yield from (_plain(""), _plain(document.footer.purpose))


def _head(document: Document) -> list[str]:
    facts = [_("{label}: {value}").format(label=fact.label, value=fact.value) for fact in document.facts]
    status = _("Status: {status}").format(status=document.status)
    return [document.title.upper(), document.when, document.scope, *facts, status, *document.notices]


def _bullets(block: Block) -> Iterator[Line]:
    """The lines of a block, one for each sentence and each row of a table."""
    if isinstance(block, AbnormalBlock):
        yield from _abnormal(block, "- ")
    elif isinstance(block, Heading):
        yield from _heading(block)
    elif isinstance(block, (Sentences, Labelled)):
        yield from (_bullet(sentence) for sentence in block.sentences)
    elif isinstance(block, SideTable):
        yield from _rows(block)
    else:
        yield from _words(block, "- ")


def _prose(block: Block) -> Iterator[Line]:
    """The lines of a block, one for each paragraph."""
    if isinstance(block, AbnormalBlock):
        yield from _abnormal(block, "")
    elif isinstance(block, Heading):
        yield from _heading(block)
    elif isinstance(block, (Sentences, SideTable)):
        yield _run(block.sentences)
    elif isinstance(block, Labelled):
        yield _labelled(block, "")
    else:
        yield from _words(block, "")


def _abnormal(block: AbnormalBlock, bullet: str) -> Iterator[Line]:
    if block.title is not None:
        yield _plain(block.title.upper())
    yield from (_labelled(labelled, bullet) for labelled in block.abnormal)
    yield from (_labelled(labelled, "") for labelled in block.rest)
    yield _run(block.remarks)


def _rows(table: SideTable) -> Iterator[Line]:
    """Of grades a line for each row in which something was found; rows of which everything was asserted share one line.
    A matrix reads better in its sentences, which draw levels together. What is missing of the core is named at the
    head."""
    if table.columns:
        yield from map(_bullet, table.sentences)
        return
    yield from (_row(row) for row in table.rows if row.is_found)
    yield from map(_bullet, table.asserted)


def _row(row: SideRow) -> Line:
    return (Piece("- "), Piece(row_text(row), row.addresses))


def row_text(row: SideRow) -> str:
    """A row of a table of one column of pairs, in words."""
    (pair,) = row.pairs
    return _("{row}: {sides}").format(row=row.label, sides=_sides(_cell(pair.right), _cell(pair.left)))


def _sides(right: str, left: str) -> str:
    in_parts = is_compound(right) or is_compound(left)
    if right == left:
        return (_("both sides {value}") if in_parts else _("{value} both sides")).format(value=right)
    return (_("R {right}; L {left}") if in_parts else _("R {right}, L {left}")).format(right=right, left=left)


def _cell(cell: Cell) -> str:
    if cell.mark == "asserted":
        return _("{grade} (asserted)").format(grade=cell.text)
    return _("not recorded") if cell.mark == "missing" else cell.words or cell.text


def _words(block: Block, bullet: str) -> Iterator[Line]:
    if isinstance(block, Impression):
        yield from map(_plain, ("", block.title.upper(), *(block.text or block.missing).splitlines()))
    elif isinstance(block, Notes):
        for one in block.notes:
            first, *more = one.text.splitlines()
            yield (Piece(bullet), Piece(_("{label}: {text}").format(label=one.label, text=first), one.addresses))
            yield from (_indented(line, one.addresses) for line in more)
    elif isinstance(block, Credits):
        yield from map(_plain, ("", block.title.upper(), *(line.text for line in block.lines)))


def _plain(text: str) -> Line:
    return (Piece(text),)


def _heading(block: Heading) -> Iterator[Line]:
    yield from (_plain(""), _plain(block.text.upper()))


def _bullet(sentence: Sentence) -> Line:
    return (Piece("- "), Piece(sentence.text, sentence.addresses))


def _indented(text: str, addresses: tuple[str, ...]) -> Line:
    return (Piece("  "), Piece(text.rstrip(), addresses)) if text.strip() else _plain("")


def _labelled(block: Labelled, bullet: str) -> Line:
    label = (Piece(f"{bullet}{block.label}"), _SPACE) if block.label else (Piece(bullet),)
    return (*label, *_run(block.sentences))


def _run(sentences: Iterable[Sentence]) -> Line:
    """Sentences one after the other, with a blank between them."""
    pieces = [part for sentence in sentences for part in (_SPACE, Piece(sentence.text, sentence.addresses))]
    return tuple(pieces[1:])

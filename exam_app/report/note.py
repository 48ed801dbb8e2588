"""The document as a text note: bullets, prose, or one handover line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Literal

from exam_app.core.wording import ascii_text
from exam_app.core.words import _
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
    Pair,
    Sentence,
    Sentences,
    SideTable,
)

Style = Literal["bullets", "prose", "handover"]
WIDTH = 80
"""Columns of an ASCII note."""


def note(document: Document, style: Style, *, ascii: bool = False) -> str:  # noqa: A002
    """The note in one of three styles. With `ascii` plain ASCII, wrapped at 80 columns; the handover stays one line."""
    if style == "handover":
        line = document.handover.text
        return (ascii_text(line) if ascii else line) + "\n"
    lines = [*_head(document), ""]
    for block in document.blocks:
        lines += _bullets(block) if style == "bullets" else _prose(block)
    lines += ["", document.footer.purpose]
    return "\n".join(_wrapped(lines) if ascii else lines) + "\n"


def _head(document: Document) -> list[str]:
    facts = [_("{label}: {value}").format(label=fact.label, value=fact.value) for fact in document.facts]
    status = _("Status: {status}").format(status=document.status)
    return [document.title.upper(), document.when, document.scope, *facts, status, *document.notices]


def _bullets(block: Block) -> Iterator[str]:
    """The lines of a block, one for each finding or clause."""
    if isinstance(block, AbnormalBlock):
        yield from _abnormal(block, "- ")
    elif isinstance(block, Heading):
        yield from ("", block.text.upper())
    elif isinstance(block, (Sentences, Labelled)):
        yield from _sentence_lines(block)
    elif isinstance(block, SideTable):
        yield from _rows(block)
    else:
        yield from _words(block)


def _prose(block: Block) -> Iterator[str]:
    """The lines of a block, one for each paragraph."""
    if isinstance(block, AbnormalBlock):
        yield from _abnormal(block, "")
    elif isinstance(block, Heading):
        yield from ("", block.text.upper())
    elif isinstance(block, (Sentences, SideTable)):
        yield _run(block.sentences)
    elif isinstance(block, Labelled):
        yield f"{block.label} {_run(block.sentences)}".strip()
    else:
        yield from _words(block)


def _abnormal(block: AbnormalBlock, bullet: str) -> Iterator[str]:
    if block.title is not None:
        yield block.title.upper()
    for labelled in block.abnormal:
        yield bullet + f"{labelled.label} {_run(labelled.sentences)}".strip()
    for labelled in block.rest:
        yield f"{labelled.label} {_run(labelled.sentences)}"
    yield _run(block.remarks)


def _sentence_lines(block: Sentences | Labelled) -> Iterator[str]:
    for sentence in block.sentences:
        yield f"- {sentence.text}"


def _rows(table: SideTable) -> Iterator[str]:
    """A line for each row in which something was recorded; what is missing of the core is named at the head."""
    for row in table.rows:
        if not table.columns:
            (pair,) = row.pairs
            if _is_recorded(pair):
                yield _("- {row}: R {right}, L {left}").format(
                    row=row.label, right=_cell(pair.right), left=_cell(pair.left)
                )
            continue
        cells = [
            _("{column} R {right}, L {left}").format(column=column, right=_cell(pair.right), left=_cell(pair.left))
            for column, pair in zip(table.columns, row.pairs, strict=True)
            if _is_recorded(pair)
        ]
        yield _("- {row}: {cells}").format(row=row.label, cells="; ".join(cells))
    yield from (f"- {sentence.text}" for sentence in table.details)


def _is_recorded(pair: Pair) -> bool:
    return pair.right.mark != "missing" or pair.left.mark != "missing"


def _cell(cell: Cell) -> str:
    if cell.mark == "asserted":
        return _("{grade} (asserted)").format(grade=cell.text)
    return _("not recorded") if cell.mark == "missing" else cell.words or cell.text.rstrip("*")


def _words(block: Block) -> Iterator[str]:
    if isinstance(block, Impression):
        yield from ("", block.title.upper(), *(block.text or block.missing).splitlines())
    elif isinstance(block, Notes):
        for one in block.notes:
            first, *more = one.text.splitlines()
            yield _("{label}: {text}").format(label=one.label, text=first)
            yield from (f"  {line}".rstrip() for line in more)
    elif isinstance(block, Credits):
        yield from ("", block.title.upper(), *(line.text for line in block.lines))


def _run(sentences: tuple[Sentence, ...]) -> str:
    return " ".join(sentence.text for sentence in sentences)


def _wrapped(lines: list[str]) -> Iterator[str]:
    for line in lines:
        plain = ascii_text(line)
        indent = "  " if plain.startswith(("- ", "  ")) else ""
        yield from textwrap.wrap(plain, WIDTH, subsequent_indent=indent, break_on_hyphens=False) or [""]

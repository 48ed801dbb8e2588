"""The document as a note with headings and with what is abnormal in bold: HTML, as a record system takes it from the
clipboard.

It has no styles, colours or tables, which many such systems drop or mangle; what a table says stands in one line for
each row, as in the plain note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from exam_app.core.words import _
from exam_app.report.document import (
    AbnormalBlock,
    Block,
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
from exam_app.report.note import row_text


def note_rich(document: Document) -> str:
    """The note as an HTML document. Everything that a person wrote is escaped."""
    parts = [_element("h2", _text(document.title)), *_head(document)]
    for block in document.blocks:
        parts += _block(block)
    parts.append(_element("p", _text(document.footer.purpose)))
    body = "\n".join(parts)
    return f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"></head>\n<body>\n{body}\n</body>\n</html>\n'


def _element(name: str, inner: str) -> str:
    return f"<{name}>{inner}</{name}>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _bold(text: str) -> str:
    return _element("b", _text(text)) if text else ""


def _head(document: Document) -> Iterator[str]:
    yield _element("p", f"{_text(document.when)}<br>{_text(document.scope)}")
    facts = [(fact.label, fact.value) for fact in document.facts]
    lines = [
        f"{_text(_('{label}:').format(label=label))} {_text(value)}"
        for label, value in [*facts, (_("Status"), document.status)]
    ]
    yield _element("p", "<br>".join(lines))
    yield from (_element("p", _bold(notice)) for notice in document.notices)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, AbnormalBlock):
        yield from _abnormal(block)
    elif isinstance(block, Heading):
        yield _element("h3", _text(block.text))
    elif isinstance(block, Labelled):
        yield _element("p", f"{_bold(block.label)} {_run(block.sentences)}")
    elif isinstance(block, Sentences):
        yield from _list(map(_sentence, block.sentences))
    elif isinstance(block, SideTable):
        yield from _list(_table(block))
    elif isinstance(block, Notes):
        yield from _list(f"{_bold(_('{label}:').format(label=one.label))} {_text(one.text)}" for one in block.notes)
    elif isinstance(block, Impression):
        yield _element("h3", _text(block.title))
        yield _element("p", _text(block.text or block.missing))
    elif isinstance(block, Credits):
        yield _element("h3", _text(block.title))
        yield from _list(_text(line.text) for line in block.lines)


def _abnormal(block: AbnormalBlock) -> Iterator[str]:
    if block.title is not None:
        yield _element("h3", _text(block.title))
    yield from _list(
        f"{_bold(labelled.label)} {' '.join(_standing_out(one) for one in labelled.sentences)}"
        for labelled in block.abnormal
    )
    yield from (_element("p", f"{_bold(labelled.label)} {_run(labelled.sentences)}") for labelled in block.rest)
    if block.remarks:
        yield _element("p", _run(block.remarks))


def _table(table: SideTable) -> Iterator[str]:
    """The rows in which something was found, and those that were asserted in one line; a matrix in its sentences."""
    if table.columns:
        yield from map(_sentence, table.sentences)
        return
    yield from (_row(row) for row in table.rows if row.is_found)
    yield from map(_sentence, table.asserted)


def _row(row: SideRow) -> str:
    is_abnormal = any(cell.mark == "abnormal" for cell in row.cells)
    return _bold(row_text(row)) if is_abnormal else _text(row_text(row))


def _list(lines: Iterable[str]) -> Iterator[str]:
    items = "".join(_element("li", line) for line in lines)
    if items:
        yield _element("ul", items)


def _run(sentences: Iterable[Sentence]) -> str:
    return " ".join(map(_sentence, sentences))


def _sentence(sentence: Sentence) -> str:
    if sentence.lead and sentence.text.startswith(sentence.lead):
        return _bold(sentence.lead) + _text(sentence.text[len(sentence.lead) :])
    return _standing_out(sentence) if sentence.emphasis else _text(sentence.text)


def _standing_out(sentence: Sentence) -> str:
    """An abnormal sentence: in bold each item with what is abnormal of its value, or all of it."""
    parts, done = [], 0
    for start, end in sentence.strong or ((0, len(sentence.text)),):
        parts += [_text(sentence.text[done:start]), _bold(sentence.text[start:end])]
        done = end
    return "".join([*parts, _text(sentence.text[done:])])

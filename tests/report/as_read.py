"""A report as it is heard: every element in reading order, in the words that a screen reader gives to it.

The words are poppler's (`pdfinfo -struct-text`), the alternatives and the words for marks are pypdf's; both walk the
same structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from tests.report.structure import Read, read_structure
from tests.report.test_pdf import poppler

ELEMENT = re.compile(r"^ *([A-Z][A-Za-z0-9]*)(:| \(block\)| \(inline\))*$")


def as_read(data: bytes, folder: Path) -> str:
    """The whole report."""
    printed = _printed(poppler("pdfinfo", data, folder, "-struct-text"))
    document = read_structure(PdfReader(BytesIO(data)))
    words = {}
    for element, (kind, text) in zip(document.walk(), printed, strict=True):
        assert element.kind == kind
        words[element.number] = str(element.entries.get("/Alt") or element.entries.get("/E") or text)
    return "\n".join(line for part in document.parts for line in _said(part, words)) + "\n"


def _printed(listing: str) -> list[tuple[str, str]]:
    """Kind and words of each element, in order."""
    found: list[tuple[str, str]] = []
    for line in listing.splitlines():
        element = ELEMENT.match(line)
        if element:
            found.append((element[1], ""))
        elif line.strip().startswith('"'):
            kind, before = found[-1]
            found[-1] = kind, f"{before}{line.strip()[1:-1]}"
    return found


def _said(element: Read, words: dict[int, str]) -> Iterator[str]:
    mine = words[element.number]
    if element.kind in ("H1", "H2"):
        yield from ("", f"Heading {element.kind[1]}: {mine}")
    elif element.kind == "L":
        yield f"List of {len(element.parts)}:"
        for item in element.parts:
            label, value = item.parts
            yield f"  {words[label.number]}: {words[value.number]}"
    elif element.kind == "Table":
        yield f"Table of {len(element.parts)} rows:"
        for row in element.parts:
            yield "  " + " | ".join(words[cell.number] for cell in row.parts)
    elif element.kind == "Figure":
        yield f"Figure: {mine}"
    else:
        yield mine

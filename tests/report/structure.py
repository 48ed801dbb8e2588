"""Reads a finished PDF as PDF/UA and PDF/A want it built, and names every fault. It reads with pypdf: pikepdf wrote.

Not a validator: it knows what our reports are made of, and what each wrong step in making them would leave behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import BooleanObject, ContentStream, IndirectObject

TEXT = (b"Tj", b"TJ", b"'", b'"')
PAINT = (*TEXT, b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"EI")
INSIDE = {
    "Document": {"H1", "H2", "P", "L", "Table", "Figure"},
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR"},
    "TR": {"TH", "TD"},
}
"""What may stand in what; in all else stands only what is drawn."""


@dataclass(eq=False)
class Read:
    """An element as it was read: its kind, its dictionary, what is in it, and its stretches (page, number)."""

    kind: str
    entries: Any
    number: int
    parts: list[Read] = field(default_factory=list)
    stretches: list[tuple[int, int]] = field(default_factory=list)

    def walk(self) -> Iterator[Read]:
        """This element and all inside it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def attribute(self, name: str) -> Any:
        """An attribute, or None."""
        return self.entries["/A"].get(name) if "/A" in self.entries else None


def faults(data: bytes) -> list[str]:
    """Every fault of a report; none where it is as it should be."""
    reader = PdfReader(BytesIO(data))
    if "/StructTreeRoot" not in reader.root_object:
        return ["there is no structure"]
    document = read_structure(reader)
    found = [*_of_file(reader), *_of_attachment(reader), *_of_fonts(reader)]
    found += [*_of_order(document), *_of_headings(document), *_of_figures(document, reader)]
    for table in (each for each in document.walk() if each.kind == "Table"):
        found += _of_table(table)
    return [*found, *_of_parents(reader, document), *_of_content(reader, document)]


def read_structure(reader: PdfReader) -> Read:
    """The document element with all that is in it."""
    pages = {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages) if page.indirect_reference}
    root: Any = reader.root_object
    (top,) = root["/StructTreeRoot"]["/K"]
    return _read(top, pages)


def _read(reference: IndirectObject, pages: dict[int, int]) -> Read:
    entries: Any = reference.get_object()
    read = Read(str(entries["/S"])[1:], entries, reference.idnum)
    for part in entries.get("/K", []):
        here: Any = part.get_object()
        if here.get("/Type") == "/MCR":
            read.stretches.append((pages[here.raw_get("/Pg").idnum], int(here["/MCID"])))
        else:
            read.parts.append(_read(part, pages))
    return read


def _of_file(reader: PdfReader) -> Iterator[str]:
    root: Any = reader.root_object
    if not _is_true(root.get("/MarkInfo", {}).get("/Marked")):
        yield "the file does not say that it is tagged"
    if root.get("/Lang") != "en-GB":
        yield "the file has no language"
    if not _is_true(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")):
        yield "the title is not shown"
    if reader.metadata is None or not reader.metadata.title:
        yield "the file has no title"
    packet = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    if "<pdfuaid:part>1<" not in packet:
        yield "the file does not claim PDF/UA-1"
    if not reader.is_encrypted and not ("<pdfaid:part>3<" in packet and "<pdfaid:conformance>A<" in packet):
        yield "the file does not claim PDF/A-3a"
    intents = root.get("/OutputIntents", [])
    if [each["/S"] for each in intents] != ["/GTS_PDFA1"] or "/DestOutputProfile" not in intents[0]:
        yield "colours are not declared"


def _is_true(value: Any) -> bool:
    """Whether it is there and says yes; pypdf's own no is not false to Python."""
    return isinstance(value, BooleanObject) and value.value


def _of_attachment(reader: PdfReader) -> Iterator[str]:
    root: Any = reader.root_object
    names = root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    associated = [each.idnum for each in root.get("/AF", [])]
    for reference in names[1::2]:
        file = reference.get_object()
        if reference.idnum not in associated:
            yield "an attachment is not associated with the document"
        if "/AFRelationship" not in file:
            yield "an attachment has no relationship"
        if not file["/EF"]["/F"].get("/Subtype") or "/ModDate" not in file["/EF"]["/F"]["/Params"]:
            yield "an attachment has no type or date"
    if len(associated) != len(names) // 2:
        yield "something is associated that is not attached"


def _of_fonts(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            entries = font.get_object()
            if "/ToUnicode" not in entries:
                yield f"the font {entries['/BaseFont']} does not say its characters"
            if "/FontFile2" not in entries.get("/FontDescriptor", {}):
                yield f"the font {entries['/BaseFont']} is not embedded"


def _of_order(document: Read) -> Iterator[str]:
    if document.kind != "Document":
        yield "the structure does not begin with the document"
    for element in document.walk():
        for part in element.parts:
            if part.kind not in INSIDE.get(element.kind, set()):
                yield f"{part.kind} stands in {element.kind}"
            if part.entries.raw_get("/P").idnum != element.number:
                yield f"{part.kind} names another parent"
        if element.kind not in INSIDE and element.kind != "TD" and not element.stretches:
            yield f"{element.kind} is empty"
        if element.kind == "L" and element.attribute("/ListNumbering") != "/None":
            yield "a list does not say that its labels are words"
        if element.stretches != sorted(element.stretches):
            yield f"{element.kind} is not read in the order of the pages"


def _of_headings(document: Read) -> Iterator[str]:
    levels = [int(each.kind[1]) for each in document.walk() if each.kind[0] == "H"]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "the first heading is not the one of level 1"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "a level of headings is left out"


def _of_figures(document: Read, reader: PdfReader) -> Iterator[str]:
    for figure in (each for each in document.walk() if each.kind == "Figure"):
        if not str(figure.entries.get("/Alt", "")).strip():
            yield "a figure has no alternative text"
        box = figure.attribute("/BBox")
        if box is None:
            yield "a figure has no box"
            continue
        page = reader.pages[figure.stretches[0][0]].mediabox
        if not (0 <= box[0] < box[2] <= page.width and 0 <= box[1] < box[3] <= page.height):
            yield "a figure's box is not on its page"


def _of_table(table: Read) -> Iterator[str]:
    """Every row as wide as the others, and over every value a heading of its column and one of its row."""
    headed: dict[int, Read] = {}
    widths = set()
    for row in table.parts:
        column, label = 0, None
        for cell in row.parts:
            span = int(cell.attribute("/ColSpan") or 1)
            scope = cell.attribute("/Scope")
            if cell.kind == "TH" and scope not in ("/Column", "/Row"):
                yield "a heading cell has no scope"
            if scope == "/Column":
                headed |= dict.fromkeys(range(column, column + span), cell)
            elif scope == "/Row":
                label = cell
            elif cell.stretches and (column not in headed or label is None):
                yield "a cell has no heading"
            column += span
        widths.add(column)
    if len(widths) != 1:
        yield "the rows of a table are not of one width"


def _of_parents(reader: PdfReader, document: Read) -> Iterator[str]:
    """The way back, from each stretch of a page to its element."""
    root: Any = reader.root_object
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    back = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    pages: list[Any] = list(reader.pages)
    for page in pages:
        if page.get("/Tabs") != "/S" or page.get("/StructParents") not in back:
            yield "a page does not follow the structure"
            return
    for element in document.walk():
        for index, number in element.stretches:
            parents = back[pages[index]["/StructParents"]].get_object()
            if number >= len(parents) or parents[number].idnum != element.number:
                yield f"a stretch of {element.kind} leads to another element"


def _of_content(reader: PdfReader, document: Read) -> Iterator[str]:
    kinds = {stretch: each.kind for each in document.walk() for stretch in each.stretches}
    if len(kinds) != sum(len(each.stretches) for each in document.walk()):
        yield "a stretch belongs to two elements"
    drawn: set[tuple[int, int]] = set()
    for index, page in enumerate(reader.pages):
        yield from _of_page(page, reader, index, kinds, drawn)
    if set(kinds) - drawn:
        yield "an element names what is not drawn"


def _of_page(
    page: PageObject, reader: PdfReader, index: int, kinds: dict[tuple[int, int], str], drawn: set[tuple[int, int]]
) -> Iterator[str]:
    """What is painted is an element's or an artifact, and words are artifacts only where every page has them."""
    opened: list[tuple[str, dict[str, Any]]] = []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BMC", b"BDC"):
            tag, entries = str(operands[0])[1:], operands[1] if operator == b"BDC" else {}
            opened.append((tag, entries))
            if "/MCID" in entries:
                stretch = (index, int(entries["/MCID"]))
                if kinds.get(stretch) != tag or stretch in drawn:
                    yield f"{tag} is drawn and is not in the structure"
                drawn.add(stretch)
        elif operator == b"EMC" and not opened:
            yield "a mark ends that did not begin"
        elif operator == b"EMC":
            opened.pop()
        elif operator in PAINT and not opened:
            yield "something is painted that is neither content nor artifact"
        elif operator in PAINT and len(opened) > 1:
            yield "marks stand in marks"
        elif operator in TEXT and any(operands[0]) and _is_lost(*opened[-1]):
            yield "words are not read"
    if opened:
        yield "a mark does not end"


def _is_lost(tag: str, entries: dict[str, Any]) -> bool:
    """Whether words under this mark are read by nobody, though they are not those that come again on every page."""
    return tag == "Artifact" and entries.get("/Type") != "/Pagination"

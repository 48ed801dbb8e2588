"""The block document: what a report says, in order, without a word about how it looks.

Every sentence and every cell carries the addresses of the findings that it came from. The patient's right always
stands before the left: a pair of cells has a `right` and a `left`, so a writer cannot exchange them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from exam_app.core.clinic import PageSize
from exam_app.core.drawings.picture import Hatching
from exam_app.core.drawings.picture import Mark as RegionMark

Mark = Literal["normal", "abnormal", "asserted", "neither", "reason", "missing", "blank"]
"""What a cell stands for: `asserted` is normal without a grade, `reason` is unable or not examined, `missing` is not
recorded, `blank` is to be written on paper."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, the addresses of its findings, and whether it is abnormal and so stands out.

    `strong` are the stretches of its text (start and end) that are set in bold where it stands out: each item with
    what is abnormal of its value. A long sentence has a `lead`: the beginning of its text, which alone stands out; it
    starts a line of its own.
    """

    text: str
    addresses: tuple[str, ...] = ()
    emphasis: bool = False
    lead: str = ""
    strong: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the head of the report: a label and its value."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentences:
    """A paragraph."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph that begins with a label: `Not examined:` or the title of a section."""

    label: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class AbnormalBlock:
    """The first block: every abnormal finding by section, then what is unable, not examined and not recorded.

    `title` is None where nothing was examined, so that the word does not stand over an empty list.
    """

    title: str | None
    abnormal: tuple[Labelled, ...]
    rest: tuple[Labelled, ...]
    remarks: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. `words` say in a note what the cell has no room for: "unable (pain)", "4 (give-way)"."""

    text: str
    mark: Mark
    addresses: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """The cells of both sides of the patient."""

    right: Cell
    left: Cell


@dataclass(frozen=True, slots=True)
class SideRow:
    """A row of a table: its label and one pair of cells for each column."""

    label: str
    pairs: tuple[Pair, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells in order, each right before its left."""
        return tuple(cell for pair in self.pairs for cell in (pair.right, pair.left))

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of the findings in the row."""
        return tuple(address for cell in self.cells for address in cell.addresses)

    @property
    def is_found(self) -> bool:
        """Whether something in the row was found, not only asserted."""
        return any(cell.mark not in ("asserted", "missing") for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SideTable:
    """A table of right and left. `columns` name the pairs where there are several. `details` say what a cell cannot
    show, `reasons` why a cell has no value, `asserted` the rows in which all was asserted; `sentences` say the whole
    table in words, for prose.
    """

    head: str
    columns: tuple[str, ...]
    rows: tuple[SideRow, ...]
    details: tuple[Sentence, ...]
    reasons: tuple[Sentence, ...]
    asserted: tuple[Sentence, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """The examiner's own words, with what they belong to. Line breaks are kept."""

    label: str
    text: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes of a section or of its findings."""

    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A line of a figure's legend: what a hatching, or the signs written in the figure, stand for."""

    text: str
    hatching: Hatching | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A layer of a drawing with its marks (region, mark) and its legend. `says` is everything that it shows, in words,
    for who cannot see it."""

    drawing: str
    layer: str
    title: str
    marks: tuple[tuple[str, RegionMark], ...]
    legend: tuple[Key, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a section. They show what its tables and sentences say, so a text leaves them out."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Impression:
    """The examiner's impression in the examiner's own words, or None."""

    title: str
    text: str | None
    missing: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and whether it is signed; `caption` stands under the line for the hand."""

    text: str
    caption: str


@dataclass(frozen=True, slots=True)
class Credits:
    """Scales, reference tables, review and versions; small print at the end."""

    title: str
    lines: tuple[Sentence, ...]


Block = AbnormalBlock | Heading | Sentences | Labelled | SideTable | Notes | Figures | Impression | Signature | Credits


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of every page. `versions` also says how many of the items used are reviewed."""

    patient: str
    purpose: str
    versions: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The clinic's name, the lines of its address, and its logo as the bytes of a PNG or JPEG."""

    name: str
    address: tuple[str, ...] = ()
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `status` says draft or signed, `draft` is the watermark's word or None; `handover`
    are the sentences of the one line for the next colleague. `examined_at` is the date that the file bears.
    """

    title: str
    scope: str
    when: str
    examined_at: datetime.datetime
    examiner: str | None
    status: str
    draft: str | None
    facts: tuple[Fact, ...]
    notices: tuple[str, ...]
    blocks: tuple[Block, ...]
    handover: tuple[Sentence, ...]
    footer: Footer
    letterhead: Letterhead | None = None


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """How a document becomes a PDF: its paper, the record's data to attach, and the password that opens it, if any."""

    page: PageSize = "A4"
    attachment: bytes | None = None
    password: str | None = None


def block_sentences(block: Block) -> Iterator[Sentence]:
    """Every sentence of a block, in order."""
    if isinstance(block, AbnormalBlock):
        for labelled in (*block.abnormal, *block.rest):
            yield from labelled.sentences
        yield from block.remarks
    elif isinstance(block, SideTable):
        yield from (*block.details, *block.reasons, *block.asserted, *block.sentences)
    elif isinstance(block, (Sentences, Labelled)):
        yield from block.sentences
    elif isinstance(block, Credits):
        yield from block.lines

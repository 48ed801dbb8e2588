"""Tables of right and left on paper, long ones in parts side by side; abnormal cells stand out by tint and frame."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Table, TableStyle

from exam_app.core.words import _
from exam_app.report.document import Cell, SideRow, SideTable
from exam_app.report.pdf_fonts import BOLD, REGULAR, composed
from exam_app.report.pdf_style import GREY, RULE, TINT, WARM, markup, style
from exam_app.report.pdf_tags import Element, Tagged

SIDE_WIDTH, REASON_WIDTH, GAP = 27.0, 42.0, 12.0
"""Width of one cell of a side, of one in a table with reasons, and the gap between the parts, in points."""
MOST_PARTS, ROWS_A_PART, MOST_LABEL = 3, 2, 150.0
"""Into how many parts side by side a table is set at most, with how many rows each at least; and the most points for
the names of the rows."""
LEAST_ROWS = 2
"""Rows that a page break leaves above it at least."""


class Grid(Flowable):  # type: ignore[misc]
    """A table of right and left with its legend. It takes the width that it is given, in as many parts side by side as
    have room, and breaks between rows only; what is broken off is set anew where it comes, with its own head, and the
    legend stands below the last rows."""

    def __init__(self, table: SideTable) -> None:
        super().__init__()
        self._table, self._words = table, legend(table)
        self._kept: tuple[int, float] | None = None
        self._width = 0.0
        self._read, self._is_continued = Element("Table"), False
        self._read_before: int | None = None

    def _piece(self, rows: tuple[SideRow, ...], words: str) -> Grid:
        """Some rows of this table, which are read as a part of it."""
        piece = Grid(replace(self._table, rows=rows))
        piece._words, piece._read, piece._is_continued = words, self._read, self._is_continued
        return piece

    def getSpaceBefore(self) -> float:  # noqa: N802
        """Room above the head."""
        return 4.0

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """Its size at this width."""
        if self._width != across:
            self._width = across
            self._rows, self._label = _parts(self._table, across, self._kept)
            if self._read_before is None:
                self._read_before = len(self._read.parts) if self._is_continued else 0
            # What was made for another width is not drawn, and so not read.
            del self._read.parts[self._read_before :]
            head = Element("Table") if self._is_continued else self._read
            self._made = _side_table(self._table, self._rows, self._label, self._read, head)
            self._legend = Tagged(markup(self._words), style("legend")) if self._words else None
        self.width, height = self._made.wrap(across, down)
        self._below = self._legend.wrap(across, down)[1] + 2 if self._legend is not None else 0.0
        self.height = height + self._below
        return self.width, self.height

    def split(self, across: float, down: float) -> list[Any]:
        """Between two rows; never after the last one, which keeps the legend."""
        self.wrap(across, down)
        rows, parts = self._table.rows, len(self._rows)
        fitting = sum(height <= down for height in accumulate(self._made._rowHeights)) - _head_rows(self._table)
        kept = min(fitting, len(self._rows[0]) - 1)
        while kept >= LEAST_ROWS and self._height(rows[: kept * parts]) > down:
            kept -= 1
        if kept < LEAST_ROWS:
            return []
        above, below = self._piece(rows[: kept * parts], ""), self._piece(rows[kept * parts :], self._words)
        above._kept, above._read_before = (len(self._rows), self._label), self._read_before
        below._is_continued = True
        return [above, below]

    def _height(self, rows: tuple[SideRow, ...]) -> float:
        """How high some of its rows stand, in as many parts as all of them."""
        parts = _dealt(rows, len(self._rows))
        made = _side_table(self._table, parts, self._label, Element("Table"), Element("Table"))
        height: float = made.wrap(self._width, 0)[1]
        return height

    def draw(self) -> None:
        """The table above its legend."""
        self._made.drawOn(self.canv, 0, self._below)
        if self._legend is not None:
            self._legend.drawOn(self.canv, 0, 0)


def _side_table(table: SideTable, parts: list[tuple[SideRow, ...]], label: float, read: Element, head: Element) -> Any:
    cells, marks = _cells(table, parts, read, head)
    part = [label, *[_side_width(table)] * (2 * _pairs(table))]
    widths = [*part, *(each for _more in parts[1:] for each in (GAP, *part))]
    made = Table(cells, colWidths=widths, repeatRows=_head_rows(table), hAlign="LEFT")
    made.setStyle(_style(table, marks, [len(rows) for rows in parts]))
    return made


def _side_width(table: SideTable) -> float:
    """The width of a cell: reasons need more, and the name of a column stands over two."""
    usual = REASON_WIDTH if any(cell.mark == "reason" for row in table.rows for cell in row.cells) else SIDE_WIDTH
    return max([usual, *(_set(column, BOLD, 7.4) / 2 for column in table.columns)])


def _set(words: str, font: str, size: float) -> float:
    """The width of words in a cell, with its padding."""
    return float(stringWidth(composed(words), font, size)) + 7


def _pairs(table: SideTable) -> int:
    return max(1, len(table.columns))


def _head_rows(table: SideTable) -> int:
    return 2 if table.columns else 1


def _parts(table: SideTable, width: float, kept: tuple[int, float] | None) -> tuple[list[tuple[SideRow, ...]], float]:
    """The rows in as many parts as have room beside each other, and the room for their names: of one line as a rule, so
    that one long name does not make the whole table longer. What is broken off above has both `kept`."""
    if kept is not None:
        return _dealt(table.rows, kept[0]), kept[1]
    sides = 2 * _pairs(table) * _side_width(table)
    names = sorted(_set(row.label, REGULAR, 8.2) for row in table.rows)
    head = max(_set(word, BOLD, 7.4) for word in table.head.split())
    usual, longest = max(head, names[len(names) * 4 // 5]), names[-1]
    for count in range(MOST_PARTS, 0, -1):
        room = (width - GAP * (count - 1)) / count - sides
        if count == 1 or (room >= usual and room > longest / 2 and len(table.rows) >= ROWS_A_PART * count):
            break
    rows = _dealt(table.rows, count)
    return rows, min(room, max(longest, 60.0), MOST_LABEL) if count == 1 else room


def _dealt(rows: tuple[SideRow, ...], count: int) -> list[tuple[SideRow, ...]]:
    """The rows in so many parts, one after the other."""
    size = -(-len(rows) // count)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _cells(
    table: SideTable, parts: list[tuple[SideRow, ...]], read: Element, head: Element
) -> tuple[list[list[Any]], list[tuple[int, int]]]:
    """The cells row by row, and where the abnormal ones stand as (column, row). To a screen reader all parts are one
    table `read` under the first head, read part after part; a head that is not `read` is printed only."""
    heads = [_heads(table, head, is_read=head is not read)]
    heads += [_heads(table, Element("Table"), is_read=True) for _part in parts[1:]]
    rows = [[read.add("TR") for _row in part] for part in parts]
    lines = [_join([head[line] for head in heads]) for line in range(_head_rows(table))]
    marks: list[tuple[int, int]] = []
    span = 1 + 2 * _pairs(table)
    for index in range(len(parts[0])):
        beside = []
        for number, part in enumerate(parts):
            if index < len(part):
                beside.append(_row(part[index], rows[number][index]))
                marks += _abnormal(part[index], number * (span + 1), len(lines))
            else:
                beside.append([""] * span)
        lines.append(_join(beside))
    return lines, marks


def _heads(table: SideTable, read: Element, *, is_read: bool = False) -> list[list[Any]]:
    rows: list[list[Any]] = []
    if table.columns:
        row = read.add("TR")
        row.add("TD")  # nothing stands over the names of the rows
        names: list[Any] = [""]
        for column in table.columns:
            over = row.add("TH", scope="Column", span=2)
            names += [Tagged(markup(column), style("head_side"), element=over, is_read=is_read), ""]
        rows.append(names)
    row = read.add("TR")
    named = row.add("TH", scope="Column")
    letters = [Tagged(markup(table.head), style("head"), element=named, is_read=is_read)]
    for letter, word in ((_("R"), _("right")), (_("L"), _("left"))) * _pairs(table):
        side = row.add("TH", scope="Column", expansion=word)
        letters.append(Tagged(markup(letter), style("head_side"), element=side, is_read=is_read))
    return [*rows, letters]


def _join(parts: list[list[Any]]) -> list[Any]:
    return [*parts[0], *(cell for part in parts[1:] for cell in ("", *part))]


def _row(row: SideRow, read: Element) -> list[Any]:
    label = Tagged(markup(row.label), style("row"), element=read.add("TH", scope="Row"))
    return [label, *(_cell(cell, read) for cell in row.cells)]


def _cell(cell: Cell, read: Element) -> Any:
    return Tagged(markup(cell.text), style(f"cell_{cell.mark}"), element=read.add("TD", expansion=_said(cell)))


def _said(cell: Cell) -> str | None:
    """What is said of a cell to someone who does not see how it is set; None where that is all in its text."""
    value = cell.words or cell.text
    if cell.mark == "abnormal":
        return _("{value}, abnormal").format(value=value)
    if cell.mark == "asserted":
        return _("{value}, asserted").format(value=value)
    return _("not recorded") if cell.mark == "missing" else cell.words or None


def _abnormal(row: SideRow, offset: int, line: int) -> list[tuple[int, int]]:
    return [(offset + 1 + index, line) for index, cell in enumerate(row.cells) if cell.mark == "abnormal"]


def _style(table: SideTable, marks: list[tuple[int, int]], rows: list[int]) -> Any:
    head, span = _head_rows(table), 1 + 2 * _pairs(table)
    commands: list[Any] = [
        ("FONT", (0, 0), (-1, -1), REGULAR, 7, 8),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.9),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    for number in range(len(rows)):
        first, last = number * (span + 1), number * (span + 1) + span - 1
        for line in range(head - 1, head + rows[number]):
            commands.append(("LINEBELOW", (first, line), (last, line), 0.4, HexColor(RULE)))
        if any(cell.mark == "blank" for row in table.rows for cell in row.cells):
            commands.append(("GRID", (first + 1, head), (last, head + rows[number] - 1), 0.6, HexColor(GREY)))
        for index in range(len(table.columns)):
            commands.append(("SPAN", (first + 1 + 2 * index, 0), (first + 2 + 2 * index, 0)))
    for place in marks:
        commands += [("BACKGROUND", place, place, HexColor(TINT)), ("BOX", place, place, 0.8, HexColor(WARM))]
    return TableStyle(commands)


def legend(table: SideTable) -> str:
    """What the marks of this table mean; only those that occur."""
    cells = [cell for row in table.rows for cell in row.cells]
    marks = {cell.mark for cell in cells}
    said = []
    if "abnormal" in marks:
        said.append(_("Framed: abnormal."))
    if "asserted" in marks:
        said.append(_("Italic: asserted normal, not graded one by one."))
    if "missing" in marks:
        said.append(_("\u2014: not recorded."))
    if any(cell.text.endswith("*") for cell in cells):
        said.append(_("*: more is said below."))
    return " ".join(said)

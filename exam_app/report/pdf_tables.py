"""Tables of right and left on paper, long ones in parts side by side; abnormal cells stand out by tint and frame."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Table, TableStyle

from exam_app.core.words import _
from exam_app.report.document import Cell, SideRow, SideTable
from exam_app.report.pdf_fonts import REGULAR, composed
from exam_app.report.pdf_style import RULE, TINT, WARM, markup, style
from exam_app.report.pdf_tags import Element, Tagged

SIDE_WIDTH, REASON_WIDTH, GAP = 27.0, 42.0, 12.0
"""Width of one cell of a side, of one in a table with reasons, and the gap between the parts, in points."""
MOST_PARTS, ROWS_A_PART, MOST_LABEL = 3, 3, 150.0
"""Into how many parts side by side a table is set at most, with how many rows each at least; and the most points for
the names of the rows."""


class Grid(Flowable):  # type: ignore[misc]
    """A table of right and left with its legend. It takes the width that it is given, in as many parts side by side as
    have room, and breaks between rows only; its head comes again and its legend stands below the last part."""

    def __init__(self, table: SideTable) -> None:
        super().__init__()
        self._table = table
        self._made: tuple[float, Any] = (0.0, None)

    def getSpaceBefore(self) -> float:  # noqa: N802
        """Room above the head."""
        return 4.0

    def _at(self, width: float) -> Any:
        if self._made[0] != width:
            words = legend(self._table)
            below = Tagged(markup(words), style("legend")) if words else None
            self._made = width, WithLegend(_side_table(self._table, width), below)
        return self._made[1]

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """Its size at this width."""
        self.width, self.height = self._at(across).wrap(across, down)
        return self.width, self.height

    def split(self, across: float, down: float) -> list[Any]:
        """Between two rows."""
        parts: list[Any] = self._at(across).split(across, down)
        return parts

    def draw(self) -> None:
        """Draw it at the width at which it was measured last."""
        self._made[1].drawOn(self.canv, 0, 0)


class WithLegend(Flowable):  # type: ignore[misc]
    """A table with its legend, which stays with its last rows."""

    def __init__(self, table: Any, legend: Any | None) -> None:
        super().__init__()
        self._table, self._legend = table, legend

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """Both of them."""
        self.width, self._above = self._table.wrap(across, down)
        self._below = self._legend.wrap(across, down)[1] + 2 if self._legend is not None else 0.0
        self.height = self._above + self._below
        return self.width, self.height

    def split(self, across: float, down: float) -> list[Any]:
        """Between two rows, the last of them with the legend."""
        _width, height = self.wrap(across, down)
        room = down if height - self._below > down else min(down, self._above - 1)
        parts = self._table.split(across, room)
        return [parts[0], WithLegend(parts[1], self._legend)] if len(parts) > 1 else []

    def draw(self) -> None:
        """The table above its legend."""
        self._table.drawOn(self.canv, 0, self._below)
        if self._legend is not None:
            self._legend.drawOn(self.canv, 0, 0)


def _side_table(table: SideTable, width: float) -> Any:
    side = REASON_WIDTH if any(cell.mark == "reason" for row in table.rows for cell in row.cells) else SIDE_WIDTH
    parts, label = _parts(table, width, 2 * side * _pairs(table))
    cells, marks = _cells(table, parts)
    part = [label, *[side] * (2 * _pairs(table))]
    widths = [*part, *(each for _more in parts[1:] for each in (GAP, *part))]
    made = Table(cells, colWidths=widths, repeatRows=_head_rows(table), hAlign="LEFT")
    made.setStyle(_style(table, marks, [len(rows) for rows in parts]))
    return made


def _pairs(table: SideTable) -> int:
    return max(1, len(table.columns))


def _head_rows(table: SideTable) -> int:
    return 2 if table.columns else 1


def _parts(table: SideTable, width: float, sides: float) -> tuple[list[tuple[SideRow, ...]], float]:
    """The rows in as many parts as have room beside each other, and the room for their names: of one line as a rule, so
    that one long name does not make the whole table longer."""
    names = sorted(stringWidth(composed(row.label), REGULAR, 8.2) + 8 for row in table.rows)
    usual, longest = names[len(names) * 4 // 5], names[-1]
    for count in range(MOST_PARTS, 0, -1):
        room = (width - GAP * (count - 1)) / count - sides
        if count == 1 or (room >= usual and room > longest / 2 and len(table.rows) >= ROWS_A_PART * count):
            break
    size = -(-len(table.rows) // count)
    rows = [table.rows[start : start + size] for start in range(0, len(table.rows), size)]
    return rows, min(room, max(longest, 60.0), MOST_LABEL) if count == 1 else room


def _cells(table: SideTable, parts: list[tuple[SideRow, ...]]) -> tuple[list[list[Any]], list[tuple[int, int]]]:
    """The cells row by row, and where the abnormal ones stand as (column, row). To a screen reader all parts are one
    table under the first head, read part after part."""
    read = Element("Table")
    heads = [_heads(table, read), *(_heads(table, Element("Table"), is_read=True) for _part in parts[1:])]
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
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
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

"""Tables of right and left on paper, long ones in two halves; abnormal cells stand out by tint, weight and frame."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Table, TableStyle

from exam_app.core.words import _
from exam_app.report.document import Cell, SideRow, SideTable
from exam_app.report.pdf_fonts import REGULAR
from exam_app.report.pdf_style import RULE, TINT, WARM, markup, style
from exam_app.report.pdf_tags import Element, Tagged

SIDE_WIDTH, GAP = 42.0, 14.0
"""Width of one cell of a side, and the gap between the halves, in points."""
HALVES_FROM = 4
"""Rows from which a table is set in two halves."""


def side_table(table: SideTable, width: float) -> Any:
    """The table as a flowable that breaks between rows only and repeats its head."""

    halves = _halves(table)
    cells, marks = _cells(table, halves)
    side = SIDE_WIDTH if len(table.columns) < 2 or len(halves) == 1 else SIDE_WIDTH * 0.86
    label = _label_width(table, len(halves), width, side)
    half = [label, *[side] * (2 * _pairs(table))]
    widths = half if len(halves) == 1 else [*half, GAP, *half]
    made = Table(cells, colWidths=widths, repeatRows=_head_rows(table), hAlign="LEFT", spaceBefore=4, spaceAfter=1)
    made.setStyle(_style(table, len(halves), marks, [len(rows) for rows in halves]))
    return made


def _pairs(table: SideTable) -> int:
    return max(1, len(table.columns))


def _head_rows(table: SideTable) -> int:
    return 2 if table.columns else 1


def _halves(table: SideTable) -> list[tuple[SideRow, ...]]:
    if len(table.rows) < HALVES_FROM or len(table.columns) > 2:
        return [table.rows]
    middle = (len(table.rows) + 1) // 2
    return [table.rows[:middle], table.rows[middle:]]


def _label_width(table: SideTable, halves: int, width: float, side: float) -> float:
    room = (width - GAP * (halves - 1)) / halves - 2 * side * _pairs(table)
    return min(room, 190.0) if halves == 1 else room


def _cells(table: SideTable, halves: list[tuple[SideRow, ...]]) -> tuple[list[list[Any]], list[tuple[int, int]]]:
    """The cells row by row, and where the abnormal ones stand as (column, row). To a screen reader each half is a table
    with a head of its own, so that every cell has its heading."""
    read = [Element("Table") for _half in halves]
    heads = [_heads(table, each) for each in read]
    lines = [_join([head[line] for head in heads]) for line in range(_head_rows(table))]
    marks: list[tuple[int, int]] = []
    span = 1 + 2 * _pairs(table)
    for index in range(len(halves[0])):
        parts = []
        for number, rows in enumerate(halves):
            row = rows[index] if index < len(rows) else None
            parts.append(_row(row, span, read[number]))
            marks += _abnormal(row, number * (span + 1), len(lines))
        lines.append(_join(parts))
    return lines, marks


def _heads(table: SideTable, read: Element) -> list[list[Any]]:
    rows: list[list[Any]] = []
    if table.columns:
        row = read.add("TR")
        row.add("TD")  # nothing stands over the names of the rows
        names: list[Any] = [""]
        for column in table.columns:
            over = row.add("TH", scope="Column", span=2)
            names += [Tagged(markup(column), style("head_side"), element=over), ""]
        rows.append(names)
    row = read.add("TR")
    letters = [Tagged(markup(table.head), style("head"), element=row.add("TH", scope="Column"))]
    for letter, word in ((_("R"), _("right")), (_("L"), _("left"))) * _pairs(table):
        side = row.add("TH", scope="Column", expansion=word)
        letters.append(Tagged(markup(letter), style("head_side"), element=side))
    return [*rows, letters]


def _join(parts: list[list[Any]]) -> list[Any]:
    return parts[0] if len(parts) == 1 else [*parts[0], "", *parts[1]]


def _row(row: SideRow | None, span: int, read: Element) -> list[Any]:
    if row is None:
        return [""] * span
    line = read.add("TR")
    label = Tagged(markup(row.label), style("row"), element=line.add("TH", scope="Row"))
    return [label, *(_cell(cell, line) for cell in row.cells)]


def _cell(cell: Cell, line: Element) -> Any:
    return Tagged(markup(cell.text), style(f"cell_{cell.mark}"), element=line.add("TD", expansion=cell.words or None))


def _abnormal(row: SideRow | None, offset: int, line: int) -> list[tuple[int, int]]:
    if row is None:
        return []
    return [(offset + 1 + index, line) for index, cell in enumerate(row.cells) if cell.mark == "abnormal"]


def _style(table: SideTable, halves: int, marks: list[tuple[int, int]], rows: list[int]) -> Any:

    head, span = _head_rows(table), 1 + 2 * _pairs(table)
    commands: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    for number in range(halves):
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

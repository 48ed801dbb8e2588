"""The blank form as a PDF, in the layout of the report."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, Table, TableStyle

from exam_app.core.clinic import PageSize
from exam_app.core.words import _
from exam_app.report import pdf_fonts
from exam_app.report.blank import Ask, Blank, BlankSection
from exam_app.report.document import PdfOptions
from exam_app.report.pdf_figures import Drawn
from exam_app.report.pdf_finish import finish
from exam_app.report.pdf_flow import COLUMN, Beside, Column, Headed, Rest
from exam_app.report.pdf_fonts import REGULAR
from exam_app.report.pdf_metadata import Metadata
from exam_app.report.pdf_style import INK, RULE, bold, markup, style
from exam_app.report.pdf_tables import Grid
from exam_app.report.pdf_tags import Element, Tagged
from exam_app.report.pdf_writer import lay_out

COLUMNS = 2
"""Columns of things to fill in."""
WIDE_FROM = 95
"""Characters from which one takes the whole width."""
ROOM, NOTES, IMPRESSION = 60.0, 15.0, 34.0
"""Points that must be left for a heading; room for notes on a section; room for the impression."""


def write_blank(form: Blank, resources: Path, page: PageSize, made_at: datetime.datetime) -> bytes:
    """The PDF. UserError `glyph_missing` where a clinic's own form brings a character that cannot be printed."""
    pdf_fonts.check_glyphs(form, pdf_fonts.register(resources / "fonts"))

    def flow(column: Column, _width: float) -> list[Any]:
        return list(_story(form, column, resources / "drawings"))

    drawn = lay_out(flow, page, form.footer, None)
    metadata = Metadata(f"{form.title}. {form.scope}", "", made_at)
    if drawn.structure is None:
        raise AssertionError("a blank form is read")
    return finish(drawn.data, drawn.structure, metadata, resources / "colour" / "sRGB.icc", PdfOptions(page))


def _story(form: Blank, column: Column, drawings: Path) -> Iterator[Any]:
    yield Tagged(markup(form.title), style("title"), kind="H1")
    yield Tagged(markup(form.scope), style("blank_scope"))
    yield Tagged(markup(form.use), style("scope"))
    yield HRFlowable(width="100%", thickness=1.4, color=HexColor(INK), spaceBefore=5, spaceAfter=5)
    yield Asks(form.head, 3)
    for section in form.sections:
        yield CondPageBreak(ROOM)
        figures = [Drawn(figure, drawings, COLUMN) for figure in section.figures]
        for index, part in enumerate(_section(section, form.notes)):
            yield Beside(part, column, () if index else figures)
    yield Rest(column)
    impression, *rest = form.foot
    yield CondPageBreak(IMPRESSION + ROOM / 2)
    yield _heading(impression.label)
    yield Room(IMPRESSION)
    yield Asks(rest, 3)


def _heading(text: str) -> Any:
    return Headed(Tagged(markup(text), style("heading"), kind="H2"), Tagged("", style("body")))


def _section(section: BlankSection, notes: str) -> Iterator[Any]:
    yield _heading(section.title)
    yield from (Grid(table) for table in section.tables)
    short = [ask for ask in section.asks if len(ask.label) + len(ask.answers) < WIDE_FROM]
    yield Asks(short, COLUMNS)
    yield Asks([ask for ask in section.asks if ask not in short], 1)
    for words in section.anchors:
        yield Tagged(markup(words), style("small"))
    yield Room(NOTES, Tagged(bold(_("{label}:").format(label=notes)), style("blank_ask")))


class Asks(Flowable):  # type: ignore[misc]
    """Things to fill in, in columns, with a fine rule under each; as wide as there is room."""

    def __init__(self, asks: Sequence[Ask], count: int) -> None:
        super().__init__()
        self._asks, self._count = asks, count
        self._made: Any = None

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """Its size at this width; nothing where there is nothing to fill in."""
        self.width = self.height = 0.0
        if self._asks:
            self._made = self._table(across)
            self.width, self.height = self._made.wrap(across, down)
        return self.width, self.height

    def _table(self, width: float) -> Any:
        size = -(-len(self._asks) // self._count)
        read = Element("L")  # the columns are read one after the other, not row by row
        cells = [self._cell(ask, read.add("LI").add("LBody")) for ask in self._asks]
        places = range(0, size * self._count, size)
        rows = [[cells[at + row] if at + row < len(cells) else "" for at in places] for row in range(size)]
        made = Table(rows, colWidths=[width / self._count] * self._count, hAlign="LEFT")
        commands: list[Any] = [
            ("FONT", (0, 0), (-1, -1), REGULAR, 7, 8),
            ("LINEBELOW", (0, 0), (-1, -1), 0.3, HexColor(RULE)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 1.4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
        ]
        made.setStyle(TableStyle(commands))
        return made

    def _cell(self, ask: Ask, element: Element) -> Any:
        return Tagged(f"{bold(ask.label)}  {markup(ask.answers)}", style("blank_ask"), element=element)

    def split(self, across: float, down: float) -> list[Any]:
        """Between two rows."""
        parts: list[Any] = self._table(across).split(across, down)
        return parts

    def draw(self) -> None:
        """Draw it as it was measured."""
        if self._made is not None:
            self._made.drawOn(self.canv, 0, 0)


class Room(Flowable):  # type: ignore[misc]
    """Room to write, with a rule below it, and what is written there at its left."""

    def __init__(self, height: float, label: Tagged | None = None) -> None:
        super().__init__()
        self.height, self._label = height, label

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """The whole width."""
        self.width = across
        if self._label is not None:
            self._label.wrap(across, down)
        return across, self.height

    def draw(self) -> None:
        """The label and the rule."""
        if self._label is not None:
            self._label.drawOn(self.canv, 0, 1)
        self.canv.saveState()
        self.canv.setStrokeColor(HexColor(RULE))
        self.canv.setLineWidth(0.5)
        self.canv.line(0, 0, self.width, 0)
        self.canv.restoreState()

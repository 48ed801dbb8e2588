"""How text flows around figures: they stand in a column at the right, and what comes beside them is set narrower.

A figure begins beside the heading of its section, or below the figure before it. Where the page has no room for it any
more the section begins on the next page; where that would leave too much of this one empty the figure waits alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, Flowable

from exam_app.report.pdf_style import RULE, heading_lift

COLUMN, GUTTER, BETWEEN = 132.0, 18.0, 10.0
"""Width of the column of figures, the gap to the text, and the gap between two figures, in points."""
MOST_LEFT = 0.3
"""The part of a page that may stay empty so that a section stands beside its figure."""
LEAST_BESIDE = 30.0
"""Points that a figure must reach down for something to begin beside it."""


class Column:
    """The column of figures on the page that is being set: how far down it is taken, and which figures wait. At the end
    `empty` is the part of the last page that is empty; a page of figures alone counts as empty."""

    def __init__(self, right: float, top: float, bottom: float) -> None:
        self._right, self._top, self._bottom = right, top, bottom
        self._foot = top
        self.waiting: list[Any] = []
        self.empty = 0.0

    def begin_page(self, canvas: Any) -> None:
        """A new page: the figures that wait stand at its head."""
        self._foot = self._top
        waiting, self.waiting = self.waiting, []
        for figure in waiting:
            self.take(canvas, figure, self._top)

    def end(self, y: float) -> None:
        """The text ends at y."""
        end = min(y, self._foot) if y < self._top else y
        self.empty = (end - self._bottom) / (self._top - self._bottom)

    def foot(self, y: float) -> float | None:
        """How far down the figures reach beside what begins at y; None where there are none."""
        return self._foot if y > self._foot else None

    def has_room(self, figure: Any, y: float) -> bool:
        """Whether a figure can stand beside what begins at y."""
        return not self.waiting and self._height(figure, y) <= self._head(y) - self._bottom

    def begins_next(self, y: float) -> bool:
        """Whether so little of the page is left at y that a section may begin on the next for the sake of a figure."""
        return y - self._bottom < MOST_LEFT * (self._top - self._bottom)

    def _head(self, y: float) -> float:
        return min(y, self._foot - BETWEEN) if self._foot < self._top else y

    def _height(self, figure: Any, y: float) -> float:
        height: float = figure.wrap(COLUMN, self._head(y) - self._bottom)[1]
        return height

    def take(self, canvas: Any, figure: Any, y: float) -> None:
        """Put a figure beside what begins at y, or let it wait for the next page."""
        if not self.has_room(figure, y):
            self.waiting.append(figure)
            return
        self._foot = self._head(y) - self._height(figure, y)
        figure.drawOn(canvas, self._right - COLUMN, self._foot)


class Beside(Flowable):  # type: ignore[misc]
    """What takes the width that the figures leave where it comes. Where it reaches down below them it is split there,
    if it can be, and goes on over the whole width. `figures` are those that begin beside it."""

    def __init__(self, inner: Any, column: Column, figures: Sequence[Any] = (), *, is_part: bool = False) -> None:
        super().__init__()
        self._inner, self._column, self._figures, self._is_part = inner, column, figures, is_part
        self._lead = 0.0

    def getSpaceBefore(self) -> float:  # noqa: N802
        """The space that the flowable inside wants above it."""
        return float(self._inner.getSpaceBefore())

    def getSpaceAfter(self) -> float:  # noqa: N802
        """The space that the flowable inside wants below it."""
        return float(self._inner.getSpaceAfter())

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """Its size at the width that is free here."""
        y = self._frame._y
        foot = self._column.foot(y)
        begins = any(self._column.has_room(figure, y) for figure in self._figures[:1])
        self._lead = y - foot if foot is not None and not begins and y - foot < LEAST_BESIDE else 0.0
        is_narrow = begins or (foot is not None and not self._lead)
        self._within = across - COLUMN - GUTTER if is_narrow else across
        _width, height = self._inner.wrapOn(self.canv, self._within, down - self._lead)
        self.width, self.height = across, height + self._lead
        self._reach = y - foot if foot is not None and is_narrow and not begins else None
        if self._reach is not None and self.height > self._reach + LEAST_BESIDE and not self._is_part and self._parts():
            return across, down + 1  # too high for the page, so that the frame asks for a split
        return self.width, self.height

    def _parts(self) -> list[Any]:
        parts: list[Any] = self._inner.splitOn(self.canv, self._within, self._reach) if self._reach is not None else []
        return parts if len(parts) > 1 else []

    def split(self, across: float, down: float) -> list[Any]:
        """At the foot of the figures beside it, or at the foot of the page."""
        self.wrap(across, down)
        parts = self._parts() if self._reach is not None and self._reach < down else []
        parts = parts or self._inner.splitOn(self.canv, self._within, down - self._lead)
        if not parts:
            return []
        first = Beside(parts[0], self._column, self._figures, is_part=True)
        return [first, *(Beside(part, self._column) for part in parts[1:])]

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Draw it, and the figures that begin beside it."""
        self._inner.drawOn(canvas, x, y)
        for figure in self._figures:
            self._column.take(canvas, figure, y + self.height - self._lead)


class Beginning(CondPageBreak):  # type: ignore[misc]
    """Before a section: it begins on the next page where this one has less than so many points left, or no room for its
    first figure beside it and not much else."""

    def __init__(self, least: float, column: Column, figures: Sequence[Any]) -> None:
        super().__init__(least)
        self._least, self._column, self._figures = least, column, figures

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """Nothing; it breaks the page or does not."""
        y = self._frame._y
        goes_on = self._column.begins_next(y) and any(not self._column.has_room(each, y) for each in self._figures[:1])
        self.height = down + 1 if goes_on else self._least
        size: tuple[float, float] = super().wrap(across, down)
        return size


class Rest(Flowable):  # type: ignore[misc]
    """The end of the text: figures that wait still get a page."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._column = column

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """Nothing, or more than this page has left."""
        return across, down + 1 if self._column.waiting else 0

    def draw(self) -> None:
        """Only to say where the text ends."""
        self._column.end(self._frame._y)


class Headed(Flowable):  # type: ignore[misc]
    """A section's first paragraph, which its heading begins on the same line, under a rule."""

    def __init__(self, heading: Any, body: Any) -> None:
        super().__init__()
        self._heading, self._body = heading, body

    def getSpaceBefore(self) -> float:  # noqa: N802
        """Room above the rule."""
        return 0.7 * float(self._body.style.leading)

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """As high as the paragraph, or as the heading where there is none."""
        _width, heading = self._heading.wrap(across, down)
        _width, body = self._body.wrap(across, down)
        self.width, self.height = across, max(heading, body)
        return self.width, self.height

    def split(self, across: float, down: float) -> list[Any]:
        """The heading stays with the first part."""
        parts = self._body.split(across, down)
        return [Headed(self._heading, parts[0]), *parts[1:]] if len(parts) > 1 else []

    def draw(self) -> None:
        """The rule, the heading, the paragraph."""
        self.canv.saveState()
        self.canv.setStrokeColor(HexColor(RULE))
        self.canv.setLineWidth(0.5)
        self.canv.line(0, self.height + 2.5, self.width, self.height + 2.5)
        self.canv.restoreState()
        lift = heading_lift(self._heading.style, self._body.style)
        self._heading.drawOn(self.canv, 0, self.height - self._heading.height + lift)
        self._body.drawOn(self.canv, 0, self.height - self._body.height)

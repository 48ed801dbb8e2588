"""Figures → flowables: the same commands as on the screen, in ink, with title and legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable, Paragraph

from exam_app.core.drawings.drawing import Box, Drawing, Shape, Step
from exam_app.core.drawings.drawing_file import read_drawing
from exam_app.core.drawings.picture import (
    Direction,
    Fill,
    Hatch,
    Hatching,
    Look,
    Mark,
    Paint,
    Room,
    Stroke,
    Write,
    hatch_lines,
    is_level,
    picture,
)
from exam_app.core.form.kinds import SIDES
from exam_app.core.words import _
from exam_app.report.document import Figure, Key
from exam_app.report.pdf_fonts import BOLD, OBLIQUE, REGULAR, composed
from exam_app.report.pdf_style import GREY, INK, PANEL, RULE, TINT, WARM, markup, style
from exam_app.report.pdf_tags import Element, drawn_as

TALL, LOW = 236.0, 112.0
"""Points that a whole body, and any other drawing, is high at most."""
SMALLEST = 0.85
"""Of these heights the least, where there is little room."""
GAP = 3.2
"""Points between two lines of a hatch."""
MOST_LEVELS = 10
"""Abnormal levels of a side that are named beside the body at most; of more the names would hide it."""
_OFF = Mark("off")
SWATCH = (17.0, 8.0)
"""Width and height of a sample in the legend."""
_FILLS: dict[Look, str] = {
    "abnormal": TINT,
    "chosen": TINT,
    "neither": PANEL,
    "reason": PANEL,
    "outline": GREY,
}
_LINES: dict[Look, str] = {"abnormal": WARM, "chosen": WARM, "reason": GREY, "gap": GREY, "off": RULE, "outline": INK}
_INKS: dict[Look, str] = {"abnormal": WARM, "side": INK, "normal": INK, "neither": INK, "chosen": INK}
_HATCHES: dict[Direction, str] = {"rising": WARM, "falling": "#1d3f9a", "level": "#1d6b3c", "upright": GREY}
_PAPER = "#FFFFFF"
_LEAST, _LEAST_SIDE = 7.0, 10.0
"""Points that words, and the large R and L, are high at least."""


class Drawn(Flowable):  # type: ignore[misc]
    """A figure with its title above and its legend below, so wide in points; its words are its alternative."""

    def __init__(self, figure: Figure, drawings: Path, width: float, share: float = 1.0) -> None:
        """`share` is that of its usual height."""
        super().__init__()
        self.element = Element("Figure", alternative=figure.says)
        self._picture = Picture(read_drawing(drawings, figure.drawing), figure)
        self._title = Paragraph(markup(figure.title), style("figure_title"))
        self._legend = [_Line(key) for key in figure.legend]
        self.width, self._share = width, share

    def wrap(self, _across: float, down: float) -> tuple[float, float]:
        """How much room it takes: a little less than usual where that makes it fit."""
        parts = [self._title, *self._legend]
        self._heights = [part.wrap(self.width, 1000)[1] for part in parts]
        words = sum(self._heights) + 4
        self._picture.fit(self.width, self._share, down - words)
        self.height = words + self._picture.height
        return self.width, self.height

    def draw(self) -> None:
        """Draw it from the top."""
        with drawn_as(self.canv, self.element, (0, 0, self.width, self.height)):
            top = self.height - self._heights[0]
            self._title.drawOn(self.canv, 0, top)
            top -= self._picture.height + 1
            self._picture.draw_on(self.canv, (self.width - self._picture.width) / 2, top)
            top -= 3
            for line, height in zip(self._legend, self._heights[1:], strict=True):
                top -= height
                line.drawOn(self.canv, 0, top)


class _Line(Flowable):  # type: ignore[misc]
    """A line of a legend: a sample of the hatching, and what it means."""

    def __init__(self, key: Key) -> None:
        super().__init__()
        self._hatching = key.hatching
        self._words = Paragraph(markup(key.text), style("legend"))

    def wrap(self, across: float, _down: float) -> tuple[float, float]:
        """How much room it takes."""
        self._indent = SWATCH[0] + 4 if self._hatching is not None else 0.0
        _width, self.height = self._words.wrap(across - self._indent, 1000)
        self.width = across
        return across, self.height + 1

    def draw(self) -> None:
        """Draw the sample at the first line of the words."""
        self._words.drawOn(self.canv, self._indent, 0)
        if self._hatching is None:
            return
        box = Box(0, 0, *SWATCH)
        canvas = self.canv
        canvas.saveState()
        canvas.translate(0, self.height - SWATCH[1] - 0.5)
        _pen(canvas, _HATCHES[self._hatching.direction], 0.7)
        canvas.setFillColor(HexColor(PANEL if self._hatching.direction == "upright" else TINT))
        canvas.rect(0, 0, *SWATCH, stroke=1, fill=1)
        path = canvas.beginPath()
        path.rect(0, 0, *SWATCH)
        canvas.clipPath(path, stroke=0, fill=0)
        # In a drawing y grows downwards.
        canvas.transform(1, 0, 0, -1, 0, SWATCH[1])
        _hatch(canvas, self._hatching, hatch_lines(box, GAP, self._hatching), 1.0)
        canvas.restoreState()


class Picture:
    """A drawing with its marks."""

    def __init__(self, drawing: Drawing, figure: Figure) -> None:
        self._drawing, self._figure = drawing, figure

    def fit(self, width: float, share: float, height: float) -> None:
        """Take no more than this width in points, and this share of the usual height; no more than a height in points
        either, if the picture need not become much smaller for it."""
        usual = share * (TALL if self._drawing.height > 1.8 * self._drawing.width else LOW)
        most = min(usual, height) if height >= SMALLEST * usual else usual
        self.width = min(width, most * self._drawing.width / self._drawing.height)
        self.height = self.width * self._drawing.height / self._drawing.width
        self._beside = (width - self.width) / 2

    def draw_on(self, canvas: Any, x: float, y: float) -> None:
        """Paint it: y grows downwards in a drawing and upwards on paper."""
        self._scale = self.width / self._drawing.width
        self._room = Room()
        canvas.saveState()
        canvas.translate(x, y + self.height)
        canvas.scale(self._scale, -self._scale)
        canvas.setLineJoin(1)
        marks = dict(self._figure.marks)
        for command in picture(self._drawing, self._figure.layer, marks, GAP / self._scale):
            self._paint(canvas, command)
        canvas.restoreState()
        self._name_levels(canvas, x, y)

    def _name_levels(self, canvas: Any, x: float, y: float) -> None:
        """The abnormal levels by name beside the body, each with a line to its place: inside there is no room."""
        marks, levels = dict(self._figure.marks), self._drawing.regions(self._figure.layer)
        for side in SIDES:
            named = [
                shape
                for shape in levels
                if shape.side == side and is_level(shape.name) and marks.get(shape.id, _OFF).state == "abnormal"
            ]
            places = sorted(shape.label_place[0] for shape in named)
            if not 0 < len(places) <= MOST_LEVELS:
                continue
            is_left = places[0][0] < self._drawing.width / 2
            named.sort(key=_down)
            middles = [y + self.height - _down(shape) * self._scale for shape in named]
            for shape, at, middle in zip(named, spread(middles, _LEAST + 1.5), middles, strict=True):
                across = x + shape.label_place[0][0] * self._scale
                edge = x - self._beside if is_left else x + self.width + self._beside
                self._name_level(canvas, shape.name, at, (across, middle), edge, is_left=is_left)

    def _name_level(
        self, canvas: Any, name: str, at: float, place: tuple[float, float], edge: float, *, is_left: bool
    ) -> None:
        width = stringWidth(name, BOLD, _LEAST) + 2
        canvas.saveState()
        _pen(canvas, WARM, 0.4)
        canvas.line(edge + (width if is_left else -width), at, *place)
        canvas.setFillColor(HexColor(WARM))
        canvas.circle(*place, 0.8, stroke=0, fill=1)
        canvas.setFont(BOLD, _LEAST)
        (canvas.drawString if is_left else canvas.drawRightString)(edge, at - 0.36 * _LEAST, name)
        canvas.restoreState()

    def _paint(self, canvas: Any, command: Paint) -> None:
        if isinstance(command, Fill):
            colour = _FILLS.get(command.look)
            if colour is not None:
                canvas.setFillColor(HexColor(colour))
                canvas.drawPath(_path(command.steps), stroke=0, fill=1, fillMode=1)
        elif isinstance(command, Stroke):
            colour = _HATCHES[command.hatching.direction] if command.hatching else _LINES.get(command.look, GREY)
            _pen(canvas, colour, max(command.width, 0.25 / self._scale))
            canvas.setDash([3 * command.width, 3 * command.width] if command.dashed else [])
            canvas.drawPath(_path(command.steps), stroke=1, fill=0)
            canvas.setDash([])
        elif isinstance(command, Hatch):
            canvas.saveState()
            canvas.clipPath(_path(command.steps), stroke=0, fill=0, fillMode=1)
            _hatch(canvas, command.hatching, command.lines, self._scale)
            canvas.restoreState()
        else:
            self._write(canvas, command)

    def _write(self, canvas: Any, command: Write) -> None:
        points, font = command.size * self._scale, BOLD if command.bold else REGULAR
        if command.may_go and points < _LEAST:
            return
        if command.look == "asserted":
            font = OBLIQUE
        text = composed(_(command.text))
        points = max(points, _LEAST_SIDE if command.look == "side" else _LEAST)
        while command.width and points > _LEAST and stringWidth(text, font, points) > command.width * self._scale:
            points -= 0.5
        if not self._has_room(command, stringWidth(text, font, points), points):
            return
        canvas.saveState()
        canvas.translate(command.x, command.y)
        canvas.scale(1 / self._scale, -1 / self._scale)
        if command.on_plate:
            across = stringWidth(text, font, points) / 2 + 0.8
            canvas.setFillColor(HexColor(TINT if command.look == "abnormal" else _PAPER))
            canvas.rect(-across, -0.55 * points, 2 * across, 1.1 * points, stroke=0, fill=1)
        canvas.setFillColor(HexColor(_INKS.get(command.look, GREY)))
        canvas.setFont(font, points)
        if command.align == "centre":
            canvas.drawCentredString(0, -0.36 * points, text)
        else:
            canvas.drawString(0, 0, text)
        canvas.restoreState()

    def _has_room(self, command: Write, across: float, points: float) -> bool:
        """Whether words so wide and high in points may stand; then the room is theirs."""
        width, half = across / self._scale, points / self._scale / 2
        is_centred = command.align == "centre"
        left, middle = command.x - (width / 2 if is_centred else 0), command.y - (0 if is_centred else half)
        box = Box(left, middle - half, left + width, middle + half)
        if command.may_go and not self._room.is_free(box):
            return False
        self._room.take(box)
        return True


def _down(shape: Shape) -> float:
    return shape.label_place[0][1]


def spread(middles: Sequence[float], apart: float) -> list[float]:
    """Places from above to below, at least so far apart, and as near to the middles as they can be."""
    at: list[float] = []
    for middle in middles:
        at.append(min(middle, at[-1] - apart) if at else middle)
    lift = sum(middle - place for middle, place in zip(middles, at, strict=True)) / max(len(at), 1)
    return [place + lift for place in at]


def _pen(canvas: Any, colour: str, width: float) -> None:
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(width)


def _hatch(canvas: Any, hatching: Hatching, lines: Sequence[Any], scale: float) -> None:
    """The lines of a hatching; `scale` are points for a unit."""
    _pen(canvas, _HATCHES[hatching.direction], (0.45 if hatching.close else 0.7) / scale)
    canvas.setDash([1.6 / scale, 1.6 / scale] if hatching.broken else [])
    drawn = (f"{start[0]:.2f} {start[1]:.2f} m {end[0]:.2f} {end[1]:.2f} l" for start, end in lines)
    canvas.drawPath(PDFPathObject([*drawn]), stroke=1, fill=0)
    canvas.setDash([])


_PATHS: dict[int, tuple[tuple[Step, ...], str]] = {}
"""The operators of the paths drawn so far, with the steps that they were made of: drawings are read once and kept."""


def _path(steps: tuple[Step, ...]) -> Any:
    if id(steps) not in _PATHS:
        _PATHS[id(steps)] = steps, " ".join(_operators(steps))
    return PDFPathObject([_PATHS[id(steps)][1]])


def _operators(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        for x, y in step.points:
            yield f"{x:.10g} {y:.10g}"
        yield {"M": "m", "L": "l", "C": "c", "Z": "h"}[step.command]

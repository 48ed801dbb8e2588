"""What to paint for a drawing with findings on it: one list of commands for the screen and for the report.

A `Mark` says how a region stands: in the states of a cell of the grid, never by colour alone. Not yet examined has a
dashed frame, abnormal a hatch and a heavy frame, a reason upright lines, a chosen site a hatch of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from exam_app.core.drawings.drawing import (
    CONTOURS,
    FIGURE,
    KEY_POINTS,
    LABELS,
    OUTLINE,
    Box,
    Drawing,
    Point,
    Shape,
    Step,
    Words,
    split_side,
)

State = Literal["off", "gap", "normal", "asserted", "abnormal", "neither", "reason", "free", "chosen"]
Look = Literal["plain", "region", "outline", "contour", "side", "words", "off", "gap"] | State
Align = Literal["left", "centre"]
Direction = Literal["rising", "falling", "level", "upright"]

CLOSE = 0.55
"""The gap of a close hatching, as a share of the usual one."""
HATCH = 7.0
"""Between two lines of a hatch, in units of a drawing 480 wide."""
USUAL_WIDTH = 480.0
_SIDE_SHARE = 18.0
_ROOM_FOR_WORDS = 5.0
"""The least clear radius for words in a region, in units of a drawing 480 wide."""
_MOST_WORDS = 17.0
_HALF_LETTER = 0.32
"""About half the width of a letter of size 1."""
_ANCHOR_WORDS, _ANCHOR_WIDTHS = 10.0, (30.0, 58.0)
"""The height of words at an anchor, and the least and the most room for them across."""
_LINES: tuple[tuple[str, Look, float], ...] = (
    (OUTLINE, "outline", 1.8),
    (FIGURE, "outline", 3.6),
    (CONTOURS, "contour", 0.9),
)
"""Layers of lines, and how wide they are in a drawing 480 wide."""


@dataclass(frozen=True, slots=True)
class Hatching:
    """The lines of one kind of finding: which way they go, whether close together, whether broken."""

    direction: Direction = "rising"
    close: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """How a region stands, with the grade or word that is written there where it has room; `sign` is written at an
    anchor in its place. `hatchings` tell several kinds of findings apart in one picture; without them a region has the
    usual one of its state."""

    state: State
    text: str = ""
    sign: str = ""
    hatchings: tuple[Hatching, ...] = ()


@dataclass(frozen=True, slots=True)
class Fill:
    """Fill a path in a look."""

    steps: tuple[Step, ...]
    look: Look


@dataclass(frozen=True, slots=True)
class Hatch:
    """Lines inside a path, which is to be clipped to: slanted for what is abnormal or chosen, upright for a reason."""

    steps: tuple[Step, ...]
    look: Look
    lines: tuple[tuple[Point, Point], ...]
    hatching: Hatching = Hatching()


@dataclass(frozen=True, slots=True)
class Stroke:
    """Draw a path. `width` is in units of the drawing; `hatching` is the only one of the region that it frames."""

    steps: tuple[Step, ...]
    look: Look
    width: float
    dashed: bool = False
    hatching: Hatching | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """Write a text of a height in units: from the left end of its baseline, or centred on a point. What `may_go` is
    left out where it would be too small to be read or lie over other words; what has a `width` is made smaller until
    it fits into that, and then shortened; what is `on_plate` has the ground of its look behind it, so that no line
    runs through it."""

    text: str
    x: float
    y: float
    size: float
    look: Look
    align: Align = "centre"
    bold: bool = False
    may_go: bool = False
    width: float = 0.0
    on_plate: bool = False


Paint = Fill | Hatch | Stroke | Write


class Room:
    """The room that words have taken in a picture; no others may lie over them."""

    def __init__(self) -> None:
        self._taken: list[Box] = []

    def is_free(self, box: Box) -> bool:
        """Whether nothing is written in a box yet."""
        return not any(
            box.left < each.right and each.left < box.right and box.top < each.bottom and each.top < box.bottom
            for each in self._taken
        )

    def take(self, box: Box) -> None:
        """Something is written there."""
        self._taken.append(box)


def picture(drawing: Drawing, layer: str, marks: Mapping[str, Mark], gap: float | None = None) -> Iterator[Paint]:
    """The commands in painting order. A region without a mark stands for nothing here, and is left quiet. `gap` is that
    between two lines of a hatch, in units of the drawing."""
    yield from ground(drawing, layer, marks, gap)
    yield from over(drawing, layer, marks)


def ground(drawing: Drawing, layer: str, marks: Mapping[str, Mark], gap: float | None) -> Iterator[Paint]:
    """The regions: the quiet ones first, so that a heavy frame lies over its neighbours."""
    unit = drawing.width / USUAL_WIDTH
    shapes = [shape for shape in drawing.regions(layer) if not shape.is_point]
    for shape in sorted(shapes, key=lambda each: _weight(_mark(marks, each).state)):
        yield from _region(shape, _mark(marks, shape), unit, gap or HATCH * unit)


def _mark(marks: Mapping[str, Mark], shape: Shape) -> Mark:
    return marks.get(shape.id) or Mark("off")


def _weight(state: State) -> int:
    return {"off": 0, "gap": 1, "normal": 2, "asserted": 2, "neither": 3, "reason": 4}.get(state, 5)


def _region(shape: Shape, mark: Mark, unit: float, gap: float) -> Iterator[Paint]:
    state = mark.state
    yield Fill(shape.steps, state)
    if state in ("abnormal", "chosen"):
        for hatching in mark.hatchings or (Hatching(),):
            yield Hatch(shape.steps, state, hatch_lines(shape.box, gap, hatching), hatching)
        only = mark.hatchings[0] if len(mark.hatchings) == 1 else None
        yield Stroke(shape.steps, state, 2.2 * unit, hatching=only)
    elif state == "reason":
        hatching = Hatching("upright")
        yield Hatch(shape.steps, state, hatch_lines(shape.box, gap, hatching), hatching)
        yield Stroke(shape.steps, state, 1.2 * unit)
    else:
        yield Stroke(shape.steps, "off" if state == "off" else "gap", 0.9 * unit, dashed=state == "gap")


def hatch_lines(box: Box, gap: float, hatching: Hatching) -> tuple[tuple[Point, Point], ...]:
    """The lines of a hatching over a box. They begin at whole gaps, so that those of two neighbours meet."""
    gap = CLOSE * gap if hatching.close else gap
    if hatching.direction == "level":
        return tuple(((box.left, y), (box.right, y)) for y in _steps(box.top, box.bottom, gap))
    height = box.bottom - box.top
    lean = {"rising": -height, "falling": height, "upright": 0.0}[hatching.direction]
    # A slanted line is named by where it would meet the upper edge of the drawing.
    shift = {"rising": box.top, "falling": -box.top, "upright": 0.0}[hatching.direction]
    first, last = box.left + shift - max(lean, 0.0), box.right + shift - min(lean, 0.0)
    return tuple(((x - shift, box.top), (x - shift + lean, box.bottom)) for x in _steps(first, last, gap))


def _steps(first: float, last: float, gap: float) -> Iterator[float]:
    """Whole gaps from the one before the first place to the last."""
    place = math.floor(first / gap) * gap
    while place <= last:
        yield place
        place += gap


def over(drawing: Drawing, layer: str, marks: Mapping[str, Mark]) -> Iterator[Paint]:
    """What lies over the regions: outline, lines, key points, grades, names, sides."""
    unit = drawing.width / USUAL_WIDTH
    names = {shape.id for shape in drawing.regions(layer)}
    for group, look, width in _LINES:
        for shape in drawing.by_id[group].shapes if group in drawing.by_id else ():
            yield Stroke(shape.steps, look, width * unit)
    for shape in drawing.by_id[KEY_POINTS].shapes if KEY_POINTS in drawing.by_id else ():
        if shape.id.removeprefix("kp.") in names:
            yield Fill(shape.steps, "outline")
    # Where two words have no room beside each other, what is abnormal is the one that stands.
    for shape in sorted(drawing.regions(layer), key=lambda each: _mark(marks, each).state != "abnormal"):
        yield from region_words(drawing, shape, marks.get(shape.id))
    for words in drawing.by_id[LABELS].words:
        yield (
            side_mark(drawing, words)
            if is_side(words)
            else Write(words.text, words.x, words.y, 16 * unit, "words", "left")
        )


def region_words(drawing: Drawing, shape: Shape, mark: Mark | None) -> Iterator[Write]:
    """A grade at an anchor; in a region its name where that is short, and what is abnormal, where there is room."""
    if mark is None:
        return
    unit = drawing.width / USUAL_WIDTH
    (x, y), room = shape.label_place
    if shape.is_point:
        text, bold = mark.sign or mark.text or "\u2013", mark.state == "abnormal"
        width = _anchor_width(drawing, shape)
        yield Write(text, x, y, _ANCHOR_WORDS, mark.state, bold=bold, width=width, on_plate=True)
        return
    size = min(_MOST_WORDS * unit, 1.4 * room)
    text = _that_fits(drawing, shape, (x, y), [part for part in (_short_name(shape), _shown(mark)) if part], size)
    if text and room >= _ROOM_FOR_WORDS * unit:
        x = _clear_of_key_point(drawing, shape, (x, y), len(text) * size * _HALF_LETTER, size)
        yield Write(text, x, y, size, mark.state, bold=mark.state == "abnormal", may_go=True, on_plate=True)


def _that_fits(drawing: Drawing, shape: Shape, place: Point, parts: Sequence[str], size: float) -> str:
    """The name of a region and its grade; the first of them alone where both would lie over another region."""
    text = " ".join(parts)
    half = (len(text) + 1) * size * _HALF_LETTER
    ends = [(place[0] + end, place[1]) for end in (-half, half)]
    if len(parts) < 2 or all(map(shape.holds, ends)):
        return text
    layer = next(layer for layer in drawing.layers if any(each is shape for each in layer.shapes))
    return parts[0] if any(each.holds(end) for end in ends for each in layer.shapes if each is not shape) else text


def _anchor_width(drawing: Drawing, shape: Shape) -> float:
    """The room for words at an anchor: up to the edge of the drawing and to the words of the next anchor in its row."""
    x, y = shape.box.centre
    places = (each.box.centre for layer in drawing.layers for each in layer.shapes if each.is_point and each != shape)
    beside = [abs(other - x) - _ANCHOR_WORDS / 2 for other, row in places if abs(row - y) < _ANCHOR_WORDS]
    least, most = _ANCHOR_WIDTHS
    return max(least, min(most, 2 * x, 2 * (drawing.width - x), *beside))


def _clear_of_key_point(drawing: Drawing, shape: Shape, place: Point, half: float, size: float) -> float:
    """Where words of this half width stand across: beside the key point that they would cover, if the region goes on
    there."""
    x, y = place
    points = drawing.by_id[KEY_POINTS].shapes if KEY_POINTS in drawing.by_id else ()
    box = next((each.box for each in points if each.id == f"kp.{shape.id}"), None)
    if box is None or not box.top - size / 2 < y < box.bottom + size / 2:
        return x
    gap = half + size / 5
    if not box.left - gap < x < box.right + gap:
        return x
    beside = sorted((box.left - gap, box.right + gap), key=lambda each: abs(each - x))
    ends = ((each, [shape.holds((each + end, y)) for end in (-half, half)]) for each in beside)
    return next((each for each, inside in ends if all(inside)), x)


def _shown(mark: Mark) -> str:
    return mark.text if mark.state == "abnormal" and len(mark.text) <= 4 else ""


def _short_name(shape: Shape) -> str:
    """The name of a level, such as C6 or S4-5; names in words are not written into the drawing."""
    return shape.name if is_level(shape.name) else ""


def is_level(name: str) -> bool:
    """Whether a name is that of a level, such as C6 or S4-5."""
    return len(name) <= 4 and any(letter.isdigit() for letter in name)


def is_side(words: Words) -> bool:
    """Whether a text of a drawing is its R or its L."""
    return split_side(words.id)[0] == "label" and words.text in ("R", "L")


def side_mark(drawing: Drawing, words: Words) -> Write:
    """The large R or L: it must be seen whenever the drawing is."""
    return Write(words.text, words.x, words.y, drawing.width / _SIDE_SHARE, "side", "left", bold=True)

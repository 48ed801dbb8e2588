"""Line drawings of the body: shapes with names, in which a point finds its region.

A drawing is made of layers, a layer of shapes and words, a shape of steps: M (move), L (line), C (cubic curve) and Z
(close), all absolute. Lengths are units of the drawing, y grows downwards. An id that ends in `.R` or `.L` carries the
patient's side, never the viewer's. Files are read by `drawing_file`; what is painted is said by `picture`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from exam_app.core.form.kinds import SIDES, Side

Point = tuple[float, float]
Ring = tuple[Point, ...]
Command = Literal["M", "L", "C", "Z"]

OUTLINE, CONTOURS, LABELS, KEY_POINTS, FIGURE = "outline", "contours", "labels", "key_points", "figure"
BESIDE = frozenset({OUTLINE, CONTOURS, LABELS, KEY_POINTS, FIGURE, "not_a_site"})
"""Layers that hold no regions."""
_PIECES = 6
"""Straight pieces that stand for a curve; the curves of the drawings are short."""
_SCANS = 14
_POINT_SIZE = 4.0


@dataclass(frozen=True, slots=True)
class Step:
    """One command with its points: one for M and L, two controls and the end for C, none for Z."""

    command: Command
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A text: `x`, `y` is the left end of its baseline."""

    id: str
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """Where something lies: its left, top, right and bottom edge."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> Point:
        """The middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point lies inside, or no further outside than the margin."""
        x, y = point
        return self.left - margin <= x <= self.right + margin and self.top - margin <= y <= self.bottom + margin


@dataclass(frozen=True)
class Shape:
    """A path with an id."""

    id: str
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        """The id without its side."""
        return split_side(self.id)[0]

    @property
    def side(self) -> Side | None:
        """The patient's side."""
        return split_side(self.id)[1]

    @cached_property
    def rings(self) -> tuple[Ring, ...]:
        """The path with straight pieces for its curves, a ring for each of its parts."""
        return tuple(_rings(self.steps))

    @cached_property
    def box(self) -> Box:
        """What the path needs of room."""
        xs, ys = zip(*(point for ring in self.rings for point in ring), strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    @property
    def is_point(self) -> bool:
        """Whether the shape only marks a place, such as an anchor for a grade."""
        return self.box.right - self.box.left < _POINT_SIZE and self.box.bottom - self.box.top < _POINT_SIZE

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside, by the nonzero rule."""
        return self.box.holds(point) and sum(_winding(ring, point) for ring in self.rings) != 0

    def distance(self, point: Point) -> float:
        """How far a point lies from the edge."""
        return min(_to_ring(ring, point) for ring in self.rings)

    @cached_property
    def label_place(self) -> tuple[Point, float]:
        """Where words stand best, with the room around them: about the centre of the largest circle inside."""
        if self.is_point:
            return self.box.centre, 0.0
        places = list(_inside(self.rings, self.box)) or [self.box.centre]
        return max(((place, self.distance(place)) for place in places), key=lambda found: found[1])


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes and words that are shown together, in painting order."""

    id: str
    shapes: tuple[Shape, ...] = ()
    words: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A drawing: its size and its layers in painting order."""

    id: str
    width: float
    height: float
    layers: tuple[Layer, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Layer]:
        """Layers by id."""
        return {layer.id: layer for layer in self.layers}

    @property
    def region_layers(self) -> tuple[Layer, ...]:
        """The layers that hold regions."""
        return tuple(layer for layer in self.layers if layer.id not in BESIDE)

    def regions(self, layer: str) -> tuple[Shape, ...]:
        """The regions of a layer in painting order."""
        return self.by_id[layer].shapes

    def region_at(self, layer: str, point: Point, tolerance: float) -> Shape | None:
        """The region under a point: the topmost that holds it, or the nearest no further away than the tolerance."""
        for shape in reversed(self.regions(layer)):
            if not shape.is_point and shape.holds(point):
                return shape
        near = [
            (shape.distance(point), number)
            for number, shape in enumerate(self.regions(layer))
            if shape.box.holds(point, tolerance)
        ]
        found = min(near, default=None)
        return self.regions(layer)[found[1]] if found is not None and found[0] <= tolerance else None


def split_side(shape_id: str) -> tuple[str, Side | None]:
    """`C6.R` → (`C6`, `R`); `trunk` → (`trunk`, None)."""
    name, _, last = shape_id.rpartition(".")
    for side in SIDES:
        if last == side:
            return name, side
    return shape_id, None


def neighbour(places: Mapping[str, Point], here: str, across: int, down: int) -> str | None:
    """The id that one step leads to, to the right (`across` 1), left (-1), down (1) or up (-1); None at the edge.

    What lies straight ahead is preferred to what is nearer but beside the way.
    """
    x, y = places[here]
    best: tuple[float, str] | None = None
    for name, (other_x, other_y) in places.items():
        along = (other_x - x) * across + (other_y - y) * down
        beside = abs((other_x - x) * down) + abs((other_y - y) * across)
        if name == here or along <= 0.05:
            continue
        cost = along + (2.5 * beside if beside <= 2 * along else 8 * beside)
        best = min(best, (cost, name)) if best is not None else (cost, name)
    return best[1] if best is not None else None


# Geometry ------------------------------------------------------------------------------------------------------------


def _rings(steps: Iterable[Step]) -> Iterator[Ring]:
    ring: list[Point] = []
    for step in steps:
        if step.command == "M":
            if len(ring) > 1:
                yield tuple(ring)
            ring = [step.points[0]]
        elif step.command == "L":
            ring.append(step.points[0])
        elif step.command == "C":
            ring.extend(_curve(ring[-1], *step.points))
    yield tuple(ring)


def _curve(start: Point, one: Point, two: Point, end: Point) -> Iterator[Point]:
    for number in range(1, _PIECES + 1):
        t = number / _PIECES
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        yield (
            a * start[0] + b * one[0] + c * two[0] + d * end[0],
            a * start[1] + b * one[1] + c * two[1] + d * end[1],
        )


def _edges(ring: Ring) -> Iterator[tuple[Point, Point]]:
    """Every edge; an open path is closed, as it is when it is filled."""
    return zip(ring, (*ring[1:], ring[0]), strict=True)


def _winding(ring: Ring, point: Point) -> int:
    x, y = point
    turns = 0
    for (x1, y1), (x2, y2) in _edges(ring):
        if (y1 <= y) != (y2 <= y):
            left = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
            if (y2 > y1) == (left > 0) and left != 0:
                turns += 1 if y2 > y1 else -1
    return turns


def _to_ring(ring: Ring, point: Point) -> float:
    x, y = point
    best = math.inf
    for (x1, y1), (x2, y2) in _edges(ring):
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        part = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
        away_x, away_y = x1 + part * dx - x, y1 + part * dy - y
        best = min(best, away_x * away_x + away_y * away_y)
    return math.sqrt(best)


def _inside(rings: Sequence[Ring], box: Box) -> Iterator[Point]:
    """Points inside: on lines across the shape, the middle of each stretch that lies in it."""
    for number in range(1, _SCANS):
        y = box.top + (box.bottom - box.top) * number / _SCANS
        crossed = sorted(
            x1 + (y - y1) * (x2 - x1) / (y2 - y1)
            for ring in rings
            for (x1, y1), (x2, y2) in _edges(ring)
            if (y1 <= y) != (y2 <= y)
        )
        for left, right in zip(crossed[::2], crossed[1::2], strict=False):
            yield (left + right) / 2, y

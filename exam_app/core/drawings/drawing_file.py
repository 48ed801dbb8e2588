"""Drawing files → `Drawing`: a small part of SVG, and nothing outside it.

One `svg` with `viewBox="0 0 W H"`; `g` with an id; `path` with id and d; `text` with id, x and y. Groups do not nest,
except that `outline` may hold `contours`. Paths use M, L, C and Z, absolute, with single spaces and at most one
decimal. `fill`, `stroke` and `stroke-width` may stand on groups for whoever opens the file elsewhere; they are not
read. No document type, entity, instruction, style or transform. Every fault names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.parsers import expat

from exam_app.core.drawings.drawing import (
    BESIDE,
    CONTOURS,
    LABELS,
    OUTLINE,
    Command,
    Drawing,
    Layer,
    Point,
    Shape,
    Step,
    Words,
)
from exam_app.core.errors import Fault, UserError

NAMESPACE = "http://www.w3.org/2000/svg"
LONGEST = 400_000
"""Bytes of a file."""
_PREVIEW = frozenset({"fill", "stroke", "stroke-width"})
_ATTRIBUTES = {
    "svg": (frozenset({"xmlns", "viewBox"}), frozenset[str]()),
    "g": (frozenset({"id"}), _PREVIEW),
    "path": (frozenset({"id", "d"}), frozenset[str]()),
    "text": (frozenset({"id", "x", "y"}), frozenset[str]()),
}
"""What an element must have, and what it may have besides."""
_POINTS: Mapping[str, tuple[Command, int]] = {"M": ("M", 1), "L": ("L", 1), "C": ("C", 3), "Z": ("Z", 0)}
_NUMBER = re.compile(r"^-?\d{1,4}(\.\d)?$")
_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$")
_VIEW_BOX = re.compile(r"^0 0 (\d{1,4}) (\d{1,4})$")


@cache
def read_drawing(folder: Path, drawing_id: str) -> Drawing:
    """The drawing of that id in a folder, read once. Raises UserError `file_missing` or `drawing_refused`."""
    if not is_there(folder, drawing_id):
        raise UserError("file_missing", file=f"{drawing_id}.svg")
    return parse_drawing((folder / f"{drawing_id}.svg").read_bytes(), f"{drawing_id}.svg")


def is_there(folder: Path, drawing_id: str) -> bool:
    """Whether a folder holds a drawing of that id."""
    return (folder / f"{drawing_id}.svg").is_file()


def parse_drawing(data: bytes, file: str) -> Drawing:
    """The drawing in a file's bytes. Raises UserError `drawing_refused` with every fault; `file` names it."""
    reading = _Reading(file)
    faults = [Fault(file, f"the file is longer than {LONGEST:,} bytes")] if len(data) > LONGEST else reading.read(data)
    if faults:
        raise UserError("drawing_refused", file=file, count=len(faults), faults=faults)
    layers = tuple(Layer(name, tuple(shapes), tuple(words)) for name, (shapes, words) in reading.layers.items())
    return Drawing(file.removesuffix(".svg"), reading.width, reading.height, layers)


class _StopError(Exception):
    """Nothing after this can be read."""


class _Reading:
    """One pass over a file; collects faults instead of stopping at the first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.width = self.height = 0.0
        self.layers: dict[str, tuple[list[Shape], list[Words]]] = {}
        self._open: list[str] = []
        self._groups: list[str] = []
        self._ids: set[str] = set()
        self._text: tuple[str, float, float] | None = None
        self._said: list[str] = []

    def read(self, data: bytes) -> list[Fault]:
        """Reads everything; the faults found."""
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._refuse
        self._parser.CommentHandler = self._refuse
        self._parser.StartCdataSectionHandler = self._refuse
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            self.faults.append(Fault(f"{self.file}:{error.lineno}", f"this is no XML: {expat.ErrorString(error.code)}"))
        except _StopError:
            pass
        return self.faults

    def _fault(self, what: str) -> None:
        self.faults.append(Fault(f"{self.file}:{self._parser.CurrentLineNumber}", what))

    def _doctype(self, *_about: object) -> None:
        # Entities are declared in a document type: without one nothing can be expanded or fetched.
        self._fault("a document type is not allowed; begin with <svg")
        raise _StopError

    def _refuse(self, *_about: object) -> None:
        self._fault("only svg, g, path and text are allowed; remove the comment, instruction or CDATA section")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        within = self._open[-1] if self._open else ""
        self._open.append(name)
        if name not in _ATTRIBUTES or not self._may_stand(name, within, attributes):
            self._fault(f"<{name}> may not stand here; only g in svg, path and text in g, contours in outline")
            raise _StopError
        needed, allowed = _ATTRIBUTES[name]
        for each in sorted(needed - attributes.keys()):
            self._fault(f"<{name}> lacks '{each}'")
        for each in sorted(attributes.keys() - needed - allowed):
            self._fault(f"<{name}> may not have '{each}'; remove it")
        if needed <= attributes.keys():
            self._element(name, attributes)

    def _may_stand(self, name: str, within: str, attributes: dict[str, str]) -> bool:
        if name == "g" and within == "g":
            return self._groups == [OUTLINE] and attributes.get("id") == CONTOURS
        return within == {"svg": "", "g": "svg", "path": "g", "text": "g"}[name]

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        if name == "svg":
            found = _VIEW_BOX.match(attributes["viewBox"])
            if attributes["xmlns"] != NAMESPACE or found is None:
                self._fault(f'write xmlns="{NAMESPACE}" viewBox="0 0 W H" with whole numbers')
                raise _StopError
            self.width, self.height = float(found[1]), float(found[2])
            return
        own_id = attributes["id"]
        if not _ID.match(own_id):
            self._fault(f"the id '{own_id}' may hold letters, digits, '_', '-' and '.' only")
        if own_id in self._ids:
            self._fault(f"the id '{own_id}' stands twice; choose another")
        self._ids.add(own_id)
        if name == "g":
            self._groups.append(own_id)
            self.layers[own_id] = ([], [])
        elif name == "path":
            self.layers[self._groups[-1]][0].append(Shape(own_id, self._steps(own_id, attributes["d"])))
        elif self._groups[-1] != LABELS:
            self._fault(f"text stands in the group '{LABELS}' only")
        else:
            place = self._numbers([attributes["x"], attributes["y"]])
            self._text, self._said = (own_id, *(place or (0.0, 0.0))), []

    def _steps(self, own_id: str, d: str) -> tuple[Step, ...]:
        words = d.split(" ")
        steps: list[Step] = []
        while words:
            letter, *words = words
            if letter not in _POINTS or (letter == "M") == (bool(steps) and steps[-1].command != "Z"):
                self._fault(
                    f"'{own_id}': '{letter[:12]}' is not allowed here; M first, then L, C and Z, capital letters"
                )
                return ()
            command, count = _POINTS[letter]
            points = [self._numbers(words[2 * at : 2 * at + 2]) for at in range(count)]
            words = words[2 * count :]
            kept = [point for point in points if point is not None]
            if len(kept) < count:
                self._fault(f"'{own_id}': {letter} needs {count} points, written with at most one decimal")
                return ()
            if kept and not (0 <= kept[-1][0] <= self.width and 0 <= kept[-1][1] <= self.height):
                self._fault(f"'{own_id}': the path leaves the viewBox")
            steps.append(Step(command, tuple(kept)))
        if self._groups[0] not in BESIDE and (not steps or steps[-1].command != "Z"):
            self._fault(f"'{own_id}': a region must be closed; end it with Z")
        return tuple(steps)

    @staticmethod
    def _numbers(words: list[str]) -> Point | None:
        if len(words) == 2 and all(_NUMBER.match(word) for word in words):
            return float(words[0]), float(words[1])
        return None

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._said.append(text)
        elif text.strip():
            self._fault("words stand in <text> only")

    def _end(self, name: str) -> None:
        self._open.pop()
        if name == "g":
            self._groups.pop()
        if name == "text" and self._text is not None:
            own_id, x, y = self._text
            self.layers[self._groups[-1]][1].append(Words(own_id, x, y, "".join(self._said)))
            self._text = None

"""What a screen reader is told: elements in reading order, joined to what is drawn by marked content.

How to use it in a flowable:

* Text: build `Tagged(markup(text), style(name))` instead of a Paragraph; it is a paragraph `P`, or what `kind` says
  (`Tagged(..., kind="H2")`). A paragraph split by a page break stays one element.
* A picture: give the flowable `self.element = Element("Figure", alternative=words)` and draw it inside
  `with drawn_as(self.canv, self.element, (0, 0, self.width, self.height)):`. The box is in the flowable's own
  coordinates at that moment. Words painted inside belong to the figure and are not read one by one.
* Structure around them: `Element("Table")`, then `row = table.add("TR")`, `cell = row.add("TH", scope="Column")`,
  and `Tagged(..., element=cell)`. Only the cells are drawn; who belongs to whom is said here.
* Nothing at all: all that is not drawn as an element is an artifact (rules, grounds, borders) and is never read.

An element enters the document, with everything around it, when it or the first of its parts is drawn: the order of
drawing is the order of reading. On a canvas that keeps no structure nothing is marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from reportlab.platypus import Paragraph
from reportlab.platypus.paragraph import _SplitWord, _SplitWordEnd

Kind = Literal["Document", "Div", "H1", "H2", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure"]
Scope = Literal["Column", "Row"]
Furniture = Literal["Header", "Footer", "Watermark"]

ARTIFACT = "/Artifact BMC"
END = "EMC"


@dataclass(slots=True, eq=False)
class Content:
    """A stretch of a page, by the page's index and the number of the stretch on it."""

    page: int
    number: int


@dataclass(slots=True, eq=False)
class Element:
    """An element of the structure. `alternative` says in words what a figure shows, `expansion` what a short word
    stands for; `scope` and `span` tell which cells a heading cell heads; `box` is a figure's place on its page."""

    kind: Kind
    alternative: str | None = None
    expansion: str | None = None
    scope: Scope | None = None
    span: int = 1
    box: tuple[float, float, float, float] | None = None
    parent: Element | None = None
    parts: list[Element | Content] = field(default_factory=list)

    def add(self, kind: Kind, *, expansion: str | None = None, scope: Scope | None = None, span: int = 1) -> Element:
        """A new element inside this one, after those that it has."""
        part = Element(kind, expansion=expansion, scope=scope, span=span, parent=self)
        self.parts.append(part)
        return part


class Structure:
    """The structure of one document, filled while it is drawn. `pages` names the element of each stretch of a page."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self.pages: list[list[Element]] = []

    def place(self, element: Element, page: int) -> int:
        """The number of a new stretch of the page, which is this element's."""
        self.pages += [[] for _missing in range(page + 1 - len(self.pages))]
        number = len(self.pages[page])
        self.pages[page].append(element)
        element.parts.append(Content(page, number))
        outermost = element
        while outermost.parent is not None:
            outermost = outermost.parent
        if outermost is not self.root:
            outermost.parent = self.root
            self.root.parts.append(outermost)
        return number


@contextmanager
def drawn_as(canvas: Any, element: Element, box: tuple[float, float, float, float] | None = None) -> Iterator[None]:
    """What is drawn inside is the element's; a figure gives its box: left, bottom, right and top where it is drawn."""
    structure: Structure | None = getattr(canvas, "structure", None)
    if structure is None:
        yield
        return
    if box is not None:
        element.box = (*canvas.absolutePosition(*box[:2]), *canvas.absolutePosition(*box[2:]))
    number = structure.place(element, canvas.getPageNumber() - 1)
    with _marked(canvas, f"/{element.kind} <</MCID {number}>> BDC"):
        yield


@contextmanager
def furniture(canvas: Any, kind: Furniture) -> Iterator[None]:
    """What is drawn inside comes again on page after page and is not read: a foot, a watermark, the head of a table."""
    with _marked(canvas, f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC"):
        yield


def leave_the_rest(canvas: Any) -> None:
    """Make an artifact of all of a page that is not drawn as anything; called once, when the page is full."""
    if getattr(canvas, "structure", None) is not None:
        canvas._code.insert(0, ARTIFACT)
        canvas._code.append(END)


@contextmanager
def _marked(canvas: Any, begin: str) -> Iterator[None]:
    """Every page is one artifact from its first to its last command; this makes a gap in it."""
    if getattr(canvas, "structure", None) is None:
        yield
        return
    canvas._code += [END, begin]
    yield
    canvas._code += [END, ARTIFACT]


class Tagged(Paragraph):  # type: ignore[misc]
    """A paragraph that is an element of the structure, also where a page break splits it. One that `is_read` already,
    because the same words stand elsewhere, is only printed."""

    def __init__(
        self,
        text: str | None,
        style: Any = None,
        *,
        kind: Kind = "P",
        element: Element | None = None,
        is_read: bool = False,
        **rest: Any,
    ) -> None:
        super().__init__(text, style, **rest)
        self.element = element if element is not None else Element(kind)
        self._is_read = is_read

    def split(self, width: float, height: float) -> list[Any]:
        """The parts before and after a page break, both of one element."""
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.element = self.element
        return parts

    def draw(self) -> None:
        """Draw it. The head of a table is drawn again on the next page; it is read once."""
        if self._is_read:
            with furniture(self.canv, "Header"):
                super().draw()
            return
        self._is_read = True
        _end_lines(self.blPara, goes_on=hasattr(self, "_splitpara"))
        with drawn_as(self.canv, self.element):
            super().draw()


def _end_lines(lines: Any, *, goes_on: bool) -> None:
    """End each line with a space, so that its last word does not run into the next; the last line where it goes on. A
    word too long for a line goes on without one."""
    for line in lines.lines if goes_on else lines.lines[:-1]:
        if lines.kind == 0:
            words = line[1]
            if not isinstance(words[-1], _SplitWord) or isinstance(words[-1], _SplitWordEnd):
                words.append("")
        elif line.words:
            line.words[-1].text += " "

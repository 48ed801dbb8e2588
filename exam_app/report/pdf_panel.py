"""The panel of abnormal findings: a heading and paragraphs on one tinted ground with a bar at its left, which may run
over pages."""

from __future__ import annotations

from functools import cache
from typing import Any

from reportlab.lib.colors import HexColor

from exam_app.report.document import AbnormalBlock
from exam_app.report.pdf_style import BAR, GREY, Size, bold, markup, style, warm
from exam_app.report.pdf_tags import Kind, Tagged

OVERLAP = 0.6
"""Points by which the ground of a paragraph reaches down below that of the next: no seam is seen and no word is cut."""


def panel(block: AbnormalBlock, size: Size = "usual") -> list[Any]:
    """The panel as flowables."""
    lines = _lines(block)
    last = len(lines) - 1
    return [
        Panel(words, _style(kind, size, is_first=index == 0, is_last=index == last), kind=kind)
        for index, (kind, words) in enumerate(lines)
    ]


def panel_length(block: AbnormalBlock) -> int:
    """About how long the panel is, in characters with their markup."""
    return sum(len(words) for _kind, words in _lines(block))


def _lines(block: AbnormalBlock) -> list[tuple[Kind, str]]:
    lines: list[tuple[Kind, str]] = []
    if block.title is not None:
        lines.append(("H2", markup(block.title)))
    for labelled in block.abnormal:
        words = " ".join(markup(sentence.text) for sentence in labelled.sentences)
        lines.append(("P", f"{warm(labelled.label)} {words}" if labelled.label else words))
    for labelled in block.rest:
        words = " ".join(markup(sentence.text) for sentence in labelled.sentences)
        lines.append(("P", f"{bold(labelled.label)} {words}"))
    remarks = " ".join(markup(sentence.text) for sentence in block.remarks)
    return [*lines, ("P", f'<font size="7.4" color="{GREY}">{remarks}</font>')]


@cache
def _style(kind: Kind, size: Size, *, is_first: bool, is_last: bool) -> Any:
    """The style of a paragraph at this place of the panel; the room around it belongs to the first and the last."""
    usual = style("panel_heading" if kind == "H2" else "panel", size)
    top, right, bottom, left = usual.borderPadding
    made = usual.clone(f"{usual.name} {size} {is_first} {is_last}")
    made.borderPadding = (top if is_first else 0, right, bottom if is_last else OVERLAP, left)
    made.spaceBefore = usual.spaceBefore if is_first else 0
    made.spaceAfter = usual.spaceAfter if is_last else 0
    return made


class Panel(Tagged):
    """A paragraph of the panel. What is split off by a page break is one too."""

    def draw(self) -> None:
        """Draw the paragraph, then the bar over the edge of its ground."""
        super().draw()
        top, _right, bottom, _left = self.style.borderPadding
        self.canv.saveState()
        self.canv.setFillColor(HexColor(BAR))
        self.canv.rect(0, -bottom, 2.4, self.height + top + bottom, stroke=0, fill=1)
        self.canv.restoreState()

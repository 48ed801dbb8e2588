"""Where a report is signed: the examiner, what is signed so far, and a line for the hand."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from exam_app.report.document import Signature
from exam_app.report.pdf_style import GREY, markup, style
from exam_app.report.pdf_tags import Tagged

LINE = 190.0
"""Points that the line for the hand is long."""


class Signing(Flowable):  # type: ignore[misc]
    """One line with room above it."""

    def __init__(self, signature: Signature) -> None:
        super().__init__()
        self._words = Tagged(markup(signature.text), style("signed"))
        self._caption = Tagged(markup(signature.caption), style("legend"))

    def getSpaceBefore(self) -> float:  # noqa: N802
        """Room for the hand."""
        return 14.0

    def wrap(self, across: float, down: float) -> tuple[float, float]:
        """As wide as the text."""
        self.width = across
        _width, words = self._words.wrap(across - LINE - 12, down)
        _width, caption = self._caption.wrap(LINE, down)
        self.height = max(words, caption) + 2
        return self.width, self.height

    def draw(self) -> None:
        """The words at the left, the line with its caption at the right."""
        self._words.drawOn(self.canv, 0, self.height - self._words.height)
        self.canv.saveState()
        self.canv.setStrokeColor(HexColor(GREY))
        self.canv.setLineWidth(0.5)
        self.canv.line(self.width - LINE, self.height, self.width, self.height)
        self.canv.restoreState()
        self._caption.drawOn(self.canv, self.width - LINE, self.height - self._caption.height - 1)

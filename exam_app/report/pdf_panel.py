"""The panel of abnormal findings: a paragraph on a tinted ground with a bar at its left, which may run over pages."""

from __future__ import annotations

from reportlab.lib.colors import HexColor

from exam_app.report.pdf_style import BAR
from exam_app.report.pdf_tags import Tagged


class Panel(Tagged):
    """A paragraph with a bar. What is split off by a page break is a panel too."""

    def draw(self) -> None:
        """Draw the paragraph, then the bar over the edge of its ground."""
        super().draw()
        top, _right, bottom, _left = self.style.borderPadding
        self.canv.saveState()
        self.canv.setFillColor(HexColor(BAR))
        self.canv.rect(0, -bottom, 2.4, self.height + top + bottom, stroke=0, fill=1)
        self.canv.restoreState()

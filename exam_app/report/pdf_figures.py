"""Figures → flowables: the same commands as on the screen, in ink."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, KeepTogether, Paragraph

from exam_app.core.drawing import Box, Drawing, Step
from exam_app.core.drawing_file import read_drawing
from exam_app.core.picture import Fill, Hatch, Look, Paint, Room, Stroke, Write, picture
from exam_app.core.words import _
from exam_app.report.figures import Figure
from exam_app.report.pdf_fonts import BOLD, REGULAR, composed
from exam_app.report.pdf_style import GREY, INK, PANEL, RULE, TINT, WARM, markup, style

HEIGHT = 250.0
"""Points that a figure is high at most."""
_FILLS: dict[Look, str] = {
    "abnormal": TINT,
    "chosen": PANEL,
    "neither": PANEL,
    "reason": PANEL,
    "outline": GREY,
}
_LINES: dict[Look, str] = {"abnormal": WARM, "chosen": INK, "reason": GREY, "gap": GREY, "off": RULE, "outline": INK}
_INKS: dict[Look, str] = {"abnormal": WARM, "side": INK, "normal": INK, "neither": INK, "chosen": INK}
_PAPER = "#FFFFFF"
_LEGIBLE, _LEAST = 4.2, 5.0
"""Points below which words are left out, or are not made smaller."""


def figure_flowables(figure: Figure, drawings: Path, width: float) -> list[Any]:
    """A figure with its title, at most so wide in points; the words of it follow as text for who cannot see it."""
    drawing = read_drawing(drawings, figure.drawing)
    drawn = Drawn(drawing, figure, min(width, HEIGHT * drawing.width / drawing.height))
    title, says = Paragraph(markup(figure.title), style("head")), Paragraph(markup(figure.says), style("legend"))
    return [KeepTogether([title, drawn, says])]


class Drawn(Flowable):  # type: ignore[misc]
    """A drawing with its marks, so wide in points."""

    def __init__(self, drawing: Drawing, figure: Figure, width: float) -> None:
        super().__init__()
        self._drawing, self._figure = drawing, figure
        self.width, self.height = width, width * drawing.height / drawing.width

    def wrap(self, _across: float, _down: float) -> tuple[float, float]:
        """How much room it takes."""
        return self.width, self.height

    def draw(self) -> None:
        """Paint it: y grows downwards in a drawing and upwards on paper."""
        canvas = self.canv
        self._scale = self.width / self._drawing.width
        self._room = Room()
        canvas.saveState()
        canvas.translate(0, self.height)
        canvas.scale(self._scale, -self._scale)
        canvas.setLineJoin(1)
        for command in picture(self._drawing, self._figure.layer, dict(self._figure.marks)):
            self._paint(canvas, command)
        canvas.restoreState()

    def _paint(self, canvas: Any, command: Paint) -> None:
        if isinstance(command, Fill):
            colour = _FILLS.get(command.look)
            if colour is not None:
                canvas.setFillColor(HexColor(colour))
                canvas.drawPath(_path(canvas, command.steps), stroke=0, fill=1, fillMode=1)
        elif isinstance(command, Stroke):
            self._pen(canvas, command.look, command.width)
            canvas.setDash([3 * command.width, 3 * command.width] if command.dashed else [])
            canvas.drawPath(_path(canvas, command.steps), stroke=1, fill=0)
            canvas.setDash([])
        elif isinstance(command, Hatch):
            canvas.saveState()
            canvas.clipPath(_path(canvas, command.steps), stroke=0, fill=0, fillMode=1)
            self._pen(canvas, command.look, 0.7)
            canvas.lines([(*start, *end) for start, end in command.lines])
            canvas.restoreState()
        else:
            self._write(canvas, command)

    def _pen(self, canvas: Any, look: Look, width: float) -> None:
        canvas.setStrokeColor(HexColor(_LINES.get(look, GREY)))
        canvas.setLineWidth(max(width, 0.25 / self._scale))

    def _write(self, canvas: Any, command: Write) -> None:
        points, font = command.size * self._scale, BOLD if command.bold else REGULAR
        if command.may_go and points < _LEGIBLE:
            return
        text = composed(_(command.text))
        points = max(points, _LEAST)
        while command.width and points > _LEAST and stringWidth(text, font, points) > command.width * self._scale:
            points -= 0.5
        if not self._has_room(command, stringWidth(text, font, points), points):
            return
        canvas.saveState()
        canvas.translate(command.x, command.y)
        canvas.scale(1 / self._scale, -1 / self._scale)
        if command.on_plate:
            across = stringWidth(text, font, points) / 2 + 0.8
            canvas.setFillColor(HexColor(_FILLS.get(command.look, _PAPER)))
            canvas.rect(-across, -0.5 * points, 2 * across, points, stroke=0, fill=1)
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


def _path(canvas: Any, steps: tuple[Step, ...]) -> Any:
    path = canvas.beginPath()
    for step in steps:
        if step.command == "M":
            path.moveTo(*step.points[0])
        elif step.command == "L":
            path.lineTo(*step.points[0])
        elif step.command == "C":
            path.curveTo(*(number for point in step.points for number in point))
        else:
            path.close()
    return path

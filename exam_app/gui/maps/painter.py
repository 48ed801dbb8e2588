"""Paints the commands of a drawing with Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from exam_app.core.drawings.drawing import Box, Step
from exam_app.core.drawings.picture import Fill, Hatch, Look, Paint, Room, Stroke, Write
from exam_app.core.words import _
from exam_app.gui.parts.theme import Palette, theme

FILLS: dict[Look, str] = {
    "off": "ground",
    "gap": "card",
    "free": "card",
    "normal": "normal_tint",
    "asserted": "normal_tint",
    "abnormal": "abnormal_tint",
    "neither": "accent_tint",
    "chosen": "accent_tint",
    "reason": "reason_tint",
    "outline": "text_muted",
    "side": "card",
}
"""The palette's name of the ground of each look."""
LINES: dict[Look, str] = {
    "off": "line",
    "gap": "text_off",
    "abnormal": "abnormal_line",
    "chosen": "accent",
    "reason": "line_strong",
    "outline": "text_muted",
    "contour": "text_off",
}
"""The palette's name of the line of each look."""
INKS: dict[Look, str] = {
    "off": "text_muted",
    "gap": "text_muted",
    "free": "text_muted",
    "normal": "normal",
    "asserted": "normal",
    "abnormal": "abnormal",
    "neither": "text",
    "chosen": "accent",
    "reason": "reason",
    "side": "text",
    "words": "text_muted",
}
"""The palette's name of the words of each look."""
_LEAST_PIXELS = 9.0
_LEGIBLE = 7.5
_NAMED = 11.0
"""The least height in pixels at 100 % text of what a drawing itself says: palm, sole."""
_MOST_GROWTH = 1.35
"""Times by which a word at an anchor may be larger than drawn, with large text; more, and they would meet."""
_PLATE = 2
"""Pixels by which the ground of words is larger than they are."""


class DrawingPainter:
    """Paints commands and keeps the paths made of them, since a drawing is painted again and again."""

    def __init__(self) -> None:
        self._paths: dict[int, tuple[tuple[Step, ...], QPainterPath]] = {}

    def path(self, steps: tuple[Step, ...]) -> QPainterPath:
        """The Qt path of a shape. The steps are kept, so that no other ones can come to have their identity."""
        kept = self._paths.get(id(steps))
        if kept is None:
            kept = self._paths[id(steps)] = (steps, path_of(steps))
        return kept[1]

    def paint(self, painter: QPainter, commands: Iterable[Paint], palette: Palette) -> None:
        """Paint in units of the drawing: the painter is scaled already."""
        scale, room = painter.transform().m11(), Room()
        for command in commands:
            if isinstance(command, Fill):
                painter.fillPath(self.path(command.steps), palette.color(FILLS[command.look]))
            elif isinstance(command, Stroke):
                self._stroke(painter, command, palette, scale)
            elif isinstance(command, Hatch):
                self._hatch(painter, command, palette, scale)
            else:
                write(painter, command, palette, scale, room)

    def _stroke(self, painter: QPainter, command: Stroke, palette: Palette, scale: float) -> None:
        pen = QPen(palette.color(LINES[command.look]), max(command.width, 0.8 / scale))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if command.dashed:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([3.0, 3.0])
        painter.strokePath(self.path(command.steps), pen)

    def _hatch(self, painter: QPainter, command: Hatch, palette: Palette, scale: float) -> None:
        painter.save()
        painter.setClipPath(self.path(command.steps), Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(palette.color(LINES[command.look]), max(0.9, 1.0 / scale)))
        painter.drawLines([QLineF(*start, *end) for start, end in command.lines])
        painter.restore()


def path_of(steps: Iterable[Step]) -> QPainterPath:
    """Steps as a Qt path."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for step in steps:
        points = [QPointF(x, y) for x, y in step.points]
        if step.command == "M":
            path.moveTo(points[0])
        elif step.command == "L":
            path.lineTo(points[0])
        elif step.command == "C":
            path.cubicTo(points[0], points[1], points[2])
        else:
            path.closeSubpath()
    return path


@dataclass(frozen=True, slots=True)
class Placed:
    """Words as they are painted, in pixels of the widget: from the left end of their baseline, in a box."""

    text: str
    font: QFont
    place: QPointF
    box: QRectF


def placed(painter: QPainter, command: Write, scale: float) -> Placed | None:
    """Words in a font of whole pixels; None where they would be too small to be read and may go."""
    if command.may_go and command.size * scale < theme().px(_LEGIBLE):
        return None
    # What has to stand may be small in a small picture, which can be enlarged; its list says the same in large text.
    size = command.size * scale
    least = theme().px(_LEAST_PIXELS) if command.may_go else _LEAST_PIXELS
    wanted = min(theme().px(_LEAST_PIXELS), _MOST_GROWTH * size)
    if command.look == "words":
        wanted = theme().side_px(_NAMED)
    font = QFont(theme().font())
    font.setPixelSize(round(max(least, wanted, size)))
    font.setBold(command.bold)
    text = _(command.text)
    if command.width:
        room = command.width * scale
        while font.pixelSize() > least and QFontMetricsF(font).horizontalAdvance(text) > room:
            font.setPixelSize(font.pixelSize() - 1)
        text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
    measures = QFontMetricsF(font)
    place = painter.transform().map(QPointF(command.x, command.y))
    if command.look == "words":  # made larger to be read it stays in the middle of where it was drawn
        place -= QPointF(measures.horizontalAdvance(text) * (1 - size / max(size, font.pixelSize())) / 2, 0)
    if command.align == "centre":
        place += QPointF(-measures.horizontalAdvance(text) / 2, (measures.ascent() - measures.descent()) / 2)
    return Placed(
        text, font, place, measures.tightBoundingRect(text).translated(place).adjusted(-_PLATE, -_PLATE, _PLATE, _PLATE)
    )


def write(painter: QPainter, command: Write, palette: Palette, scale: float, room: Room | None = None) -> None:
    """Write, unless the words may go and have no room among those that stand already."""
    words = placed(painter, command, scale)
    if words is None:
        return
    letters = words.box.adjusted(_PLATE, _PLATE, -_PLATE, -_PLATE)
    box = Box(letters.left(), letters.top(), letters.right(), letters.bottom())
    if room is not None:
        if command.may_go and not room.is_free(box):
            return
        room.take(box)
    painter.save()
    # The letters are set in pixels, so that they are hinted as everywhere else.
    painter.resetTransform()
    if command.on_plate:
        painter.fillRect(words.box, palette.color(FILLS[command.look]))
    painter.setFont(words.font)
    painter.setPen(palette.color(INKS[command.look]))
    painter.drawText(words.place, words.text)
    painter.restore()

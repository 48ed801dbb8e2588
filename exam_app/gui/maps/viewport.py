"""Which part of a drawing is seen in a widget, and how large."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QWidget

from exam_app.core.drawings.drawing import Drawing

ZOOMS = (1.0, 1.5, 2.0, 3.0)
MARGIN = 6
"""Pixels around the drawing."""
_EDGE = 40
"""Pixels at the edge of the widget where what is looked at does not stand."""
_LEAST_SCALE = 0.05


class Viewport:
    """A widget's look onto a drawing: moved and enlarged, and never further than to the edge of the drawing."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._drawing: Drawing | None = None
        self._step = 0
        self._middle = QPointF()

    def show_whole(self, drawing: Drawing) -> None:
        """Look at the whole of a drawing."""
        self._drawing, self._step = drawing, 0
        self._middle = QPointF(drawing.width / 2, drawing.height / 2)

    @property
    def zoom(self) -> float:
        """How many times larger than the room for it."""
        return ZOOMS[self._step]

    @property
    def scale(self) -> float:
        """Pixels of the widget to a unit of the drawing."""
        if self._drawing is None:
            return 1.0
        across = (self._widget.width() - 2 * MARGIN) / self._drawing.width
        down = (self._widget.height() - 2 * MARGIN) / self._drawing.height
        return max(_LEAST_SCALE, min(across, down)) * self.zoom

    def transform(self) -> QTransform:
        """From units of the drawing to pixels of the widget."""
        made = QTransform.fromTranslate(self._widget.width() / 2, self._widget.height() / 2)
        made.scale(self.scale, self.scale)
        return made.translate(-self._middle.x(), -self._middle.y())

    def enlarge(self, step: int) -> bool:
        """A step larger (1) or smaller (-1); whether there was one."""
        wanted = max(0, min(len(ZOOMS) - 1, self._step + step))
        if wanted == self._step or self._drawing is None:
            return False
        self._step = wanted
        self.keep_in_bounds()
        return True

    def look_at(self, place: QPointF) -> None:
        """Have a place of the drawing in the middle, as far as its edges allow."""
        self._middle = place
        self.keep_in_bounds()

    def move(self, pixels: QPointF) -> None:
        """Move the drawing under the widget."""
        self.look_at(self._middle - pixels / self.scale)

    def is_in_sight(self, place: QPointF) -> bool:
        """Whether a place of the drawing is seen, and not only at the edge."""
        inside = QRectF(self._widget.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        return self.zoom == 1.0 or inside.contains(self.transform().map(place))

    def keep_in_bounds(self) -> None:
        """No edge of the drawing leaves the view for nothing."""
        if self._drawing is None:
            return
        x = _bounded(self._middle.x(), self._widget.width() / self.scale, self._drawing.width)
        y = _bounded(self._middle.y(), self._widget.height() / self.scale, self._drawing.height)
        self._middle = QPointF(x, y)


def _bounded(middle: float, seen: float, whole: float) -> float:
    """The middle of what is seen, so that no edge of the whole leaves the view for nothing."""
    if seen >= whole:
        return whole / 2
    return max(seen / 2, min(whole - seen / 2, middle))

"""The drawing itself: it paints how regions stand, finds the one under the mouse, and moves among them by arrows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from exam_app.core.drawings.drawing import LABELS, Drawing, Shape, neighbour
from exam_app.core.drawings.picture import HATCH, USUAL_WIDTH, Mark, Write, is_side, picture, region_words, side_mark
from exam_app.gui.maps.painter import DrawingPainter, placed, write
from exam_app.gui.maps.viewport import MARGIN, Viewport
from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.spoken import signs_in_words
from exam_app.gui.parts.theme import theme

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_REACH = 9.0
"""Pixels at 100 % text by which a small region may be missed."""
_SIDE = 16.0
"""The least height of R and L in pixels at 100 % text."""
_LEAST_FRAME = 14
"""The least width and height of the frame around words, in pixels."""
_LEAST_GAP = 10.0
"""The least room in pixels between two lines of a hatch, so that half of it is seen to be closer."""
_CTRL = Qt.KeyboardModifier.ControlModifier


class MapView(QWidget):
    """A drawing with a region in focus. It shows marks and knows nothing of the record.

    `pointed` carries the region that the examiner moved to; `acted` the one in focus that was clicked again, or whose
    key was Space; `left` is Enter: on with the table. Every other key goes to `keyed`, which says whether it was used.
    """

    pointed = Signal(str)
    acted = Signal(str)
    left = Signal()
    zoomed = Signal()

    def __init__(self, keyed: Callable[[QKeyEvent], bool], parent: QWidget | None = None) -> None:
        """`keyed` hears of the keys that do not move about."""
        super().__init__(parent)
        self._keyed = keyed
        self._drawing: Drawing | None = None
        self._layer = ""
        self._marks: Mapping[str, Mark] = {}
        self._names: Callable[[str], str] = str
        self._region: str | None = None
        self._alike: tuple[str, ...] = ()
        self._viewport = Viewport(self)
        self._painter = DrawingPainter()
        self._still: QPixmap | None = None
        self.enter_acts = False
        """Whether Enter does what Space does, where there is no table to go on with."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(140, 120)
        theme().changed.connect(self._forget)

    def spoken(self) -> Spoken:
        """For assistive technology: a picture whose value is the region in focus with its finding."""
        return Spoken(QAccessible.Role.Graphic, self.accessibleName(), self.accessibleDescription())

    # What is shown -------------------------------------------------------------------------------------------------

    @property
    def region(self) -> str | None:
        """The region in focus."""
        return self._region

    @property
    def marks(self) -> Mapping[str, Mark]:
        """How the regions stand."""
        return self._marks

    def show_drawing(
        self, drawing: Drawing, layer: str, marks: Mapping[str, Mark], names: Callable[[str], str]
    ) -> None:
        """Show a layer of a drawing. `names` says a region with its finding in words."""
        if drawing is not self._drawing or layer != self._layer:
            self._region, self._alike = None, ()
            self._viewport.show_whole(drawing)
        self._drawing, self._layer, self._names = drawing, layer, names
        self._marks = marks
        self._forget()

    def show_marks(self, marks: Mapping[str, Mark]) -> None:
        """Show how the regions stand now."""
        if marks != self._marks:
            self._marks = marks
            self._forget()
            self._say()

    def show_region(self, region: str | None, alike: Sequence[str] = ()) -> None:
        """Put a region into focus; `alike` are all regions of the same finding. Tells nobody."""
        if (region, tuple(alike)) == (self._region, self._alike):
            return
        self._region, self._alike = region, tuple(alike)
        self._keep_in_sight()
        self._say()
        self.update()

    def _say(self) -> None:
        """What a screen reader says is the region in focus with its finding."""
        said = signs_in_words(self._names(self._region)) if self._region is not None else ""
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
            if self.hasFocus():
                announce(self, said)

    def _forget(self) -> None:
        self._still = None
        self.update()

    # Geometry ------------------------------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """How many times larger than the room for it."""
        return self._viewport.zoom

    def set_zoom(self, step: int) -> None:
        """A step larger (1) or smaller (-1), about the region in focus."""
        if not self._viewport.enlarge(step):
            return
        shape = self._shape(self._region)
        if shape is not None:
            self._viewport.look_at(QPointF(*shape.label_place[0]))
        self._forget()
        self.zoomed.emit()

    def transform(self) -> QTransform:
        """From units of the drawing to pixels of the widget."""
        return self._viewport.transform()

    def _keep_in_sight(self) -> None:
        shape = self._shape(self._region)
        if shape is not None and not self._viewport.is_in_sight(QPointF(*shape.label_place[0])):
            self._viewport.look_at(QPointF(*shape.label_place[0]))
            self._forget()

    def _shape(self, region: str | None) -> Shape | None:
        if region is None or self._drawing is None:
            return None
        return next((shape for shape in self._drawing.regions(self._layer) if shape.id == region), None)

    def region_at(self, place: QPointF) -> str | None:
        """The region under a point of the widget, or near it, that may be chosen."""
        if self._drawing is None:
            return None
        point = self.transform().inverted()[0].map(place)
        reach = theme().px(_REACH) / self._viewport.scale
        found = self._drawing.region_at(self._layer, (point.x(), point.y()), reach * (2 if self._has_points() else 1))
        return found.id if found is not None and found.id in self._marks else None

    def _has_points(self) -> bool:
        return self._drawing is not None and any(shape.is_point for shape in self._drawing.regions(self._layer))

    # Mouse and keys ------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's own name: a click points at a region, or acts on the one in focus."""
        found = self.region_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if found is None:
            return
        if found == self._region:
            self.acted.emit(found)
        else:
            self.pointed.emit(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's own name: a hand where something can be chosen."""
        over = self.region_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Qt's own name: the tool tip says the region under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.region_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._names(found) if found is not None else "", self)
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's own name: Ctrl and the wheel enlarge; the wheel alone moves what is enlarged."""
        turned = event.angleDelta()
        if event.modifiers() & _CTRL:
            self.set_zoom(1 if turned.y() > 0 else -1)
        elif self.zoom > 1.0:
            self._viewport.move(QPointF(turned) / 3)
            self._forget()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: arrows move, Space acts, Enter goes on with the table; the others grade the finding."""
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _ARROWS:
            self.step(*_ARROWS[key])
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            regions = self.choosable()
            if regions:
                self.pointed.emit(regions[0 if key == Qt.Key.Key_Home else -1])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.enter_acts:
            self.left.emit()
        elif plain and key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._region is not None:
            self.acted.emit(self._region)
        elif event.modifiers() & _CTRL and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.set_zoom(-1 if key == Qt.Key.Key_Minus else 1)
        elif not self._keyed(event):
            event.ignore()

    def choosable(self) -> list[str]:
        """The regions that stand for something, in the order of the drawing."""
        shapes = self._drawing.regions(self._layer) if self._drawing is not None else ()
        return [shape.id for shape in shapes if shape.id in self._marks]

    def step(self, across: int, down: int) -> None:
        """To the next region in a direction, or to the first one where none is in focus."""
        shapes = {region: self._shape(region) for region in self.choosable()}
        places = {region: shape.label_place[0] for region, shape in shapes.items() if shape is not None}
        if not places:
            return
        if self._region not in places:
            self.pointed.emit(next(iter(places)))
            return
        found = neighbour(places, self._region, across, down)
        if found is not None:
            self.pointed.emit(found)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's own name: the frame shows it."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's own name."""
        super().focusOutEvent(event)
        self.update()

    # Painting ------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Qt's own name."""
        return QSize(280, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        super().resizeEvent(event)
        self._still = None
        self._viewport.keep_in_bounds()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: the drawing as it was painted last, and what changes at every step over it."""
        if self._drawing is None:
            return
        if self._still is None or self._still.devicePixelRatio() != self.devicePixelRatio():
            self._still = self._paint_still(self._drawing)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._still)
        painter.setTransform(self.transform())
        self._paint_region(painter, self._drawing)
        painter.resetTransform()
        self._paint_sides(painter, self._drawing)
        if self.hasFocus():
            painter.setPen(theme().palette.focus_pen())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def _paint_still(self, drawing: Drawing) -> QPixmap:
        ratio = self.devicePixelRatio()
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self.transform())
        gap = max(HATCH * drawing.width / USUAL_WIDTH, _LEAST_GAP / self._viewport.scale)
        commands = (each for each in picture(drawing, self._layer, self._marks, gap) if not _is_side(each))
        self._painter.paint(painter, commands, theme().palette)
        painter.end()
        return made

    def _paint_region(self, painter: QPainter, drawing: Drawing) -> None:
        """The region in focus in a frame of two colours, seen on every ground; those alike in a thinner one. Their
        words stand over the frame, which may be as wide as a narrow region."""
        palette, scale = theme().palette, self._viewport.scale
        for region in (*(each for each in self._alike if each != self._region), self._region):
            shape = self._shape(region)
            if shape is None:
                continue
            here = region == self._region
            if shape.is_point:
                self._frame_words(painter, drawing, shape)
                continue
            path = self._painter.path(shape.steps)
            painter.strokePath(path, _frame(palette.color("card"), (6 if here else 4) / scale))
            painter.strokePath(path, _frame(palette.color("focus"), (3 if here else 2) / scale))
            for words in region_words(drawing, shape, self._marks.get(shape.id)):
                write(painter, replace(words, on_plate=True), palette, scale)

    def _frame_words(self, painter: QPainter, drawing: Drawing, shape: Shape) -> None:
        """A frame around the words at an anchor, however short they are."""
        for words in region_words(drawing, shape, self._marks.get(shape.id)):
            found = placed(painter, words, self._viewport.scale)
            if found is None:
                continue
            wider, higher = (max(0.0, _LEAST_FRAME - each) / 2 for each in (found.box.width(), found.box.height()))
            painter.save()
            painter.resetTransform()
            painter.setPen(QPen(theme().palette.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(found.box.adjusted(-wider - 2, -higher, wider + 2, higher), 3, 3)
            painter.restore()

    def _paint_sides(self, painter: QPainter, drawing: Drawing) -> None:
        """R and L: at their places, or in the corners while the drawing is enlarged."""
        transform, middle = self.transform(), drawing.width / 2
        size = max(theme().px(_SIDE), drawing.width / 18 * self._viewport.scale / self.zoom)
        for words in drawing.by_id[LABELS].words:
            if not is_side(words):
                continue
            place = transform.map(QPointF(words.x, words.y))
            if self.zoom > 1.0:
                place = QPointF(0 if words.x < middle else self.width(), 0)
            else:
                # What is made larger to be read grows away from the drawing.
                growth = max(0.0, size - drawing.width / 18 * self._viewport.scale)
                place += QPointF(-1.4 * growth if words.x < middle else 0.3 * growth, 0)
            x = max(2 * MARGIN, min(self.width() - size - MARGIN, place.x()))
            y = max(size + 2 * MARGIN, min(self.height() - 2 * MARGIN, place.y()))
            mark = side_mark(drawing, words)
            on_card = Write(mark.text, x, y, size, mark.look, mark.align, bold=True, on_plate=True)
            write(painter, on_card, theme().palette, 1.0)


def _is_side(command: object) -> bool:
    return isinstance(command, Write) and command.look == "side"


def _frame(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen

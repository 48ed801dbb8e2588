"""The pages of a PDF under each other, sharp at every zoom; only what is in sight is drawn, and nothing is kept."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from exam_app.core.words import _
from exam_app.gui.parts import accessible
from exam_app.gui.parts.accessible import Spoken, tell_value
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import set_role
from exam_app.gui.report.pdf_pages import PdfPages

ZOOMS = (25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 200, 300, 400)
"""In per cent; 100 is the size on paper."""
_MOST_AT_FIRST = 125
"""On a large screen a page that fits the width would be so large that little of it is in sight."""
_AROUND = metrics.margin
_EDGE = 2
"""In pixels of the screen."""
_POINTS_AN_INCH = 72
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_SCREENS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class PagesView(QAbstractScrollArea):
    """Shows pages. `page_changed` carries the number of the page in sight, from 1; `zoomed` follows another zoom.

    Arrows, Page Up and Page Down scroll, with Ctrl the latter go from page to page; Home and End. Ctrl and the wheel
    zoom.
    """

    page_changed = Signal(int)
    zoomed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """`title` is what the pages are, for assistive technology."""
        super().__init__(parent)
        accessible.install()
        self._title = title
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # Always there: to come and go with the zoom it would change the width that the zoom fits.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        set_role(self, "reading")
        # Without, Qt would paint the whole view at each step of scrolling.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._pages: PdfPages | None = None
        self._fixed_zoom: int | None = None
        self._most = round(_MOST_AT_FIRST * theme().scale)
        self._boxes: list[QRect] = []
        self._page = 1
        self.verticalScrollBar().valueChanged.connect(self._look_where)
        theme().changed.connect(self.viewport().update)

    # Pages ---------------------------------------------------------------------------------------------------------

    def show_pages(self, pages: PdfPages | None) -> None:
        """Show other pages at the same zoom and place; the view does not close them."""
        self._pages = pages
        self._place()
        self._page = min(self._page, max(1, len(self._boxes)))
        self._look_where()
        self._tell()
        self.zoomed.emit()

    @property
    def page(self) -> int:
        """The number of the page in sight, from 1."""
        return self._page

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._boxes)

    def go_to_page(self, number: int) -> None:
        """Bring the upper edge of a page into sight."""
        if self._boxes:
            box = self._boxes[min(max(number, 1), len(self._boxes)) - 1]
            self.verticalScrollBar().setValue(box.top() - _AROUND)

    def _look_where(self) -> None:
        """The page at the upper third is the one that is read; at the end it is the last."""
        bar = self.verticalScrollBar()
        at = bar.value() + self.viewport().height() // 3
        tops = [box.top() - _AROUND for box in self._boxes]
        page = max(1, bisect_right(tops, at))
        if self._boxes and bar.value() == bar.maximum():
            page = len(self._boxes)
        if page != self._page:
            self._page = page
            self._tell()

    def _tell(self) -> None:
        self.page_changed.emit(self._page)
        tell_value(self, self.spoken().value)

    def spoken(self) -> Spoken:
        """For assistive technology: a document, its page, and the words of that page."""
        if self._pages is None:
            return Spoken(QAccessible.Role.Document, self._title, _being_made())
        name = _("{title}, page {page} of {count}").format(title=self._title, page=self._page, count=self.count)
        return Spoken(QAccessible.Role.Document, name, self._pages.text(self._page - 1))

    # Zoom ----------------------------------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """In per cent of the size on paper."""
        if self._fixed_zoom is not None:
            return self._fixed_zoom
        widest = max((size.width() for size in self._pages.sizes), default=1.0) if self._pages is not None else 1.0
        room = self.viewport().width() - 2 * _AROUND
        fitting = 100 * room / (widest * self.logicalDpiX() / _POINTS_AN_INCH)
        return min(max(fitting, ZOOMS[0]), self._most)

    @property
    def fits_width(self) -> bool:
        """Whether the zoom follows the width of the window."""
        return self._fixed_zoom is None

    def set_zoom(self, zoom: int | None) -> None:
        """A zoom in per cent, or None to fit the width. What is at the upper edge stays there."""
        self._fixed_zoom, self._most = zoom, ZOOMS[-1]
        self._place()
        self.zoomed.emit()

    def zoom_in(self) -> None:
        """The next larger zoom."""
        self.set_zoom(next((each for each in ZOOMS if each > self.zoom + 0.5), ZOOMS[-1]))

    def zoom_out(self) -> None:
        """The next smaller zoom."""
        self.set_zoom(next((each for each in reversed(ZOOMS) if each < self.zoom - 0.5), ZOOMS[0]))

    def _pixels_a_point(self) -> float:
        return self.zoom / 100 * self.logicalDpiX() / _POINTS_AN_INCH

    def _place(self) -> None:
        """Lay the pages out under each other and keep the place on the page in sight."""
        bar = self.verticalScrollBar()
        before = self._boxes[self._page - 1] if self._page <= len(self._boxes) else None
        above = bar.value() - before.top() if before is not None else 0
        scale, top = self._pixels_a_point(), _AROUND
        sizes = self._pages.sizes if self._pages is not None else ()
        self._boxes = []
        widest = max((round(size.width() * scale) for size in sizes), default=0)
        room = max(self.viewport().width(), widest + 2 * _AROUND)
        for size in sizes:
            wide, high = round(size.width() * scale), round(size.height() * scale)
            self._boxes.append(QRect((room - wide) // 2, top, wide, high))
            top += high + _AROUND
        self._set_range(room, top)
        if before is not None and self._page <= len(self._boxes):
            now = self._boxes[self._page - 1]
            # The room around a page does not grow with it.
            bar.setValue(now.top() + (above if above < 0 else round(above * now.height() / before.height())))
        self.viewport().update()

    def _set_range(self, wide: int, high: int) -> None:
        across, down, seen = self.horizontalScrollBar(), self.verticalScrollBar(), self.viewport().size()
        across.setRange(0, max(0, wide - seen.width()))
        across.setPageStep(seen.width())
        across.setSingleStep(theme().px(40))
        down.setRange(0, max(0, high - seen.height()))
        down.setPageStep(seen.height() - theme().px(40))
        down.setSingleStep(theme().px(40))

    # Qt's own names ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        super().resizeEvent(event)
        self._place()
        if self.fits_width:
            self.zoomed.emit()

    def scrollContentsBy(self, across: int, down: int) -> None:
        """Qt's own name: what was drawn moves along, so that only what comes into sight is drawn."""
        self.viewport().scroll(across, down)

    def sizeHint(self) -> QSize:
        """Qt's own name."""
        return QSize(theme().px(640), theme().px(480))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: keys that move; all others go on."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        if held == Qt.KeyboardModifier.ControlModifier and key in _SCREENS:
            self.go_to_page(self._page + _SCREENS[key])
        elif held:
            event.ignore()
        elif key in _SCREENS:
            down.setValue(down.value() + _SCREENS[key] * down.pageStep())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            down.setValue(down.minimum() if key == Qt.Key.Key_Home else down.maximum())
        elif key in _STEPS:
            bar = across if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) else down
            bar.setValue(bar.value() + _STEPS[key] * bar.singleStep())
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's own name: with Ctrl the wheel zooms."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y() > 0:
            self.zoom_in()
        elif event.angleDelta().y() < 0:
            self.zoom_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own name: the part of each page that is to be painted, drawn for the pixels of this screen."""
        painter = QPainter(self.viewport())
        palette = theme().palette
        painter.fillRect(event.rect(), palette.color("ground"))
        if self._pages is None:
            painter.setPen(palette.color("text_muted"))
            painter.setFont(theme().font())
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, _being_made())
        offset = QPoint(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        dense = self.devicePixelRatioF()
        for number, box in enumerate(self._boxes):
            here = box.translated(offset)
            if not here.adjusted(-1, -1, 1, 1).intersects(event.rect()):
                continue
            painter.setPen(palette.color("line_strong"))
            painter.drawRect(here.adjusted(-1, -1, 0, 0))
            self._draw(painter, number, here, event.rect(), dense)
        painter.end()

    def _draw(self, painter: QPainter, number: int, here: QRect, wanted: QRect, dense: float) -> None:
        """Draw in the screen's own pixels, each of which is one of the image: nothing is scaled."""
        whole = QRectF(here.x() * dense, here.y() * dense, here.width() * dense, here.height() * dense).toRect()
        seen = QRectF(wanted.x() * dense, wanted.y() * dense, wanted.width() * dense, wanted.height() * dense)
        # PDFium draws the edge of a part a little differently; what is drawn beside the wanted part is not painted.
        part = seen.toAlignedRect().adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE).intersected(whole)
        if part.isEmpty() or self._pages is None:
            return
        scale = whole.width() / self._pages.sizes[number].width()
        image = self._pages.image(number, scale, part.translated(-whole.topLeft()))
        painter.save()
        painter.scale(1 / dense, 1 / dense)
        painter.drawImage(part.topLeft(), image)
        painter.restore()


def _being_made() -> str:
    return _("The pages are being made \u2026")

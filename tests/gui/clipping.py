"""Finds what cannot be read or reached in a window: clipped words, siblings over each other, parts out of reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QTabBar,
    QWidget,
)

from exam_app.gui.exam.rail import RailEntry
from exam_app.gui.grid.cell import Cell
from exam_app.gui.grid.grid_rows import HeaderLine
from exam_app.gui.parts.elided import ElidedLabel
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.parts.theme import theme
from exam_app.gui.quick.line import QuickLine, QuickSlot
from exam_app.gui.quick.preview import QuickPanel

COVERS = (Overlay, QuickLine, QuickPanel, QuickSlot)
"""What others lie over, or what is meant to lie over others."""
SLACK = 1
"""Pixels of rounding that nobody sees."""


def faults_of(window: QWidget) -> list[str]:
    """One line for each thing that cannot be read or reached, over everything that is visible in a window."""
    shown = [each for each in window.findChildren(QWidget) if each.isVisible() and each.window() is window]
    over = next((each for each in shown if isinstance(each, Overlay)), None)
    if over is not None:
        shown = [each for each in shown if over.isAncestorOf(each)]
    faults: list[str] = []
    for each in shown:
        faults += (f"{said(each)}: {fault}" for fault in (*clipped(each), *unreachable(each, window)))
    beside: defaultdict[QWidget | None, list[QWidget]] = defaultdict(list)
    for each in shown:
        beside[each.parentWidget()].append(each)
    for siblings in beside.values():
        faults += overlaps(siblings)
    return sorted(set(faults))


def said(widget: QWidget) -> str:
    """A widget in a line of a fault."""
    text = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} '{text[:50]}' {widget.width()}x{widget.height()}"


def clipped(widget: QWidget) -> Iterator[str]:
    """What of a widget's words is not painted. Words that end in an ellipsis need a tool tip that has all of them."""
    if isinstance(widget, ElidedLabel):
        cut = widget.fontMetrics().horizontalAdvance(widget.text()) > widget.width() + SLACK
        if cut and widget.toolTip() != widget.text():
            yield "ends in an ellipsis and has no tool tip"
        if widget.height() + SLACK < widget.fontMetrics().height():
            yield "is too low"
    elif isinstance(widget, QLabel):
        yield from clipped_label(widget)
    elif isinstance(widget, RailEntry):
        yield from clipped_entry(widget)
    elif isinstance(widget, Cell):
        if widget.face is not None and widget.toolTip() != widget.face.says:
            yield "may end in an ellipsis and has no tool tip"
        if widget.height() + SLACK < widget.fontMetrics().height():
            yield "is too low"
    elif isinstance(widget, QAbstractButton) and (
        widget.text() or type(widget).sizeHint is not QAbstractButton.sizeHint
    ):
        needed = widget.sizeHint()
        if widget.hasHeightForWidth():
            needed = QSize(widget.minimumSizeHint().width(), widget.heightForWidth(widget.width()))
        yield from too_small(widget, needed)
    elif isinstance(widget, QLineEdit):
        yield from too_small(widget, QSize(0, widget.minimumSizeHint().height()))
        words = widget.placeholderText() if not widget.text() else ""
        if (
            widget.fontMetrics().horizontalAdvance(words) > widget.contentsRect().width() - 2
            and words
            and not widget.toolTip()
        ):
            yield "its placeholder is cut"
    elif isinstance(widget, QTabBar):
        yield from clipped_tabs(widget)
    elif isinstance(widget, QHeaderView):
        yield from clipped_header(widget)
    elif isinstance(widget, QListView):
        yield from clipped_rows(widget)
    elif isinstance(widget, HeaderLine) and widget.height() + SLACK < widget.fontMetrics().height():
        yield "is too low"


def clipped_label(label: QLabel) -> Iterator[str]:
    """A label in one line needs its size; one that wraps needs its height, and room for its longest word."""
    if not label.text():
        return
    if not label.wordWrap():
        yield from too_small(label, label.sizeHint())
        return
    label.ensurePolished()
    measures = label.fontMetrics()
    needed = max(measures.horizontalAdvance(word) for word in label.text().split() or [""])
    if needed > label.contentsRect().width() + SLACK:
        yield f"its longest word needs {needed} pixels across"
    if label.height() + SLACK < label.heightForWidth(label.width()):
        yield f"needs {label.heightForWidth(label.width())} pixels down"


def clipped_entry(entry: RailEntry) -> Iterator[str]:
    """The title of an entry wraps beside its ring, badge and numbers."""
    room = entry.title_box()
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
    needed = QFontMetrics(theme().font(bold=True)).boundingRect(QRect(0, 0, room.width(), 4000), flags, entry.title)
    if needed.height() > room.height() + SLACK or needed.width() > room.width() + SLACK:
        yield f"the title needs {needed.width()}x{needed.height()}, has {room.width()}x{room.height()}"


def too_small(widget: QWidget, needed: QSize) -> Iterator[str]:
    """Whether a widget is smaller than its words need."""
    if widget.width() + SLACK < needed.width() or widget.height() + SLACK < needed.height():
        yield f"needs {needed.width()}x{needed.height()}"


def clipped_tabs(bar: QTabBar) -> Iterator[str]:
    """Tabs that are cut, or do not all stand in the bar."""
    for index in range(bar.count()):
        box, needed = bar.tabRect(index), bar.fontMetrics().horizontalAdvance(bar.tabText(index))
        if box.width() < needed or box.right() > bar.width() + SLACK:
            yield f"the tab '{bar.tabText(index)}' is cut"


def clipped_header(header: QHeaderView) -> Iterator[str]:
    """Headings of columns that are cut."""
    model = header.model()
    for section in range(header.count()):
        if not header.isSectionHidden(section) and header.orientation() == Qt.Orientation.Horizontal:
            text = str(model.headerData(section, Qt.Orientation.Horizontal))
            if header.sectionSize(section) + SLACK < header.sectionSizeHint(section):
                yield f"the column '{text}' needs {header.sectionSizeHint(section)}"


def clipped_rows(view: QListView) -> Iterator[str]:
    """Rows of a list in which words are cut: wider than the list without wrapping, or lower than their words."""
    for row in range(view.model().rowCount()):
        index = view.model().index(row, 0)
        box, text = view.visualRect(index), str(index.data())
        measures = view.fontMetrics()
        room = view.viewport().width() - 16
        if view.wordWrap():
            needed = measures.boundingRect(QRect(0, 0, room, 4000), Qt.TextFlag.TextWordWrap, text)
        else:
            needed = measures.boundingRect(text)
        if needed.width() > room + SLACK or needed.height() > box.height() + SLACK:
            yield f"the row '{text[:40]}' needs {needed.width()}x{needed.height()}, has {room}x{box.height()}"
            return


def unreachable(widget: QWidget, window: QWidget) -> Iterator[str]:
    """Whether part of a widget lies where nobody can scroll to."""
    box = QRect(QPoint(0, 0), widget.size())
    parent, child = widget.parentWidget(), widget
    while parent is not None and child is not window:
        box.translate(child.pos())
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and parent is area.viewport():
            if not isinstance(area, QScrollArea):
                return
            if child is area.widget() and child.width() > parent.width() + SLACK and child is widget:
                yield f"scrolls sideways: {child.width()} in {parent.width()}"
            # What can be scrolled to counts as lying inside; of what is too wide, the whole content tells.
            box = QRect(QPoint(0, 0), QSize(parent.width(), 1))
            child, parent = parent, area
            continue
        inside = parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if not inside.contains(box):
            yield f"lies outside {type(parent).__name__} by {beyond(box, inside)}"
            return
        child, parent = parent, parent.parentWidget()


def beyond(box: QRect, inside: QRect) -> str:
    """By how many pixels a box sticks out of another, on its four sides."""
    sides = {
        "left": inside.left() - box.left(),
        "top": inside.top() - box.top(),
        "right": box.right() - inside.right(),
        "bottom": box.bottom() - inside.bottom(),
    }
    return ", ".join(f"{side} {by}" for side, by in sides.items() if by > 0)


def overlaps(siblings: Iterable[QWidget]) -> Iterator[str]:
    """Visible children of one widget that lie over each other; what is meant to cover others says so by its class."""
    children = [each for each in siblings if not isinstance(each, COVERS) and not is_twin(each)]
    for number, one in enumerate(children):
        for other in children[number + 1 :]:
            both = one.geometry().intersected(other.geometry())
            if both.width() > SLACK and both.height() > SLACK:
                yield f"{said(one)} lies over {said(other)} by {both.width()}x{both.height()}"


def is_twin(widget: QWidget) -> bool:
    """Whether a widget is the head of columns that stays at the upper edge while the others scroll under it."""
    return isinstance(widget, HeaderLine) and widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

"""Measures what can be pressed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from exam_app.gui.fields.buttons import RING, SegmentButton, ToggleButton
from exam_app.gui.grid.cell import Cell
from tests.gui.clipping import said


def small_targets(window: QWidget, least: int) -> list[str]:
    """One line for each visible control, or row of a list, that is lower or narrower than so many pixels."""
    faults: set[str] = set()
    for each in window.findChildren(QWidget):
        if not each.isVisible() or each.window() is not window:
            continue
        for name, size in targets_of(each):
            if size.height() < least or size.width() < least:
                faults.add(f"{name}: {size.width()}x{size.height()}")
    return sorted(faults)


def targets_of(widget: QWidget) -> Iterator[tuple[str, QSize]]:
    """What of a widget can be pressed, and how large it is."""
    if isinstance(widget, (SegmentButton, ToggleButton)):
        # The ring around it belongs to the button: it can be pressed there too, but is not seen to be.
        yield said(widget), widget.size() - QSize(2 * RING, 2 * RING)
    elif isinstance(widget, Cell):
        yield said(widget), widget.size()
        if widget.shows_strip:
            yield f"a grade in {said(widget)}", widget.segment_size()
    elif isinstance(widget, (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)):
        yield said(widget), widget.size()
    elif isinstance(widget, QTabBar):
        for index in range(widget.count()):
            yield f"tab {widget.tabText(index)}", widget.tabRect(index).size()
    elif isinstance(widget, QListView):
        rows = [widget.model().index(number, 0) for number in range(widget.model().rowCount())]
        choosable = next((row for row in rows if row.flags() & Qt.ItemFlag.ItemIsSelectable), None)
        if choosable is not None:
            yield f"row of {said(widget)}", widget.visualRect(choosable).size()
    elif isinstance(widget, QTableView) and widget.model().rowCount():
        yield f"row of {said(widget)}", QSize(widget.viewport().width(), widget.rowHeight(0))

"""Walks a window with Tab: in which order, past what, and whether it comes round."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from exam_app.gui.grid.cell import Cell
from tests.gui.accessible import nodes
from tests.gui.screens import settle

MOST_STEPS = 250
SAME_LINE = 12


def walk(*, backwards: bool = False) -> list[QWidget]:
    """Every stop from the one with the focus until Tab comes back to it."""
    stops: list[QWidget] = []
    for _step in range(MOST_STEPS):
        here = QApplication.focusWidget()
        assert here is not None, f"after {stops[-1]} nothing has the focus"
        if stops and here is stops[0]:
            return stops
        assert here not in stops, f"trapped: {here.accessibleName()} again, before the first"
        assert not here.visibleRegion().isEmpty(), f"{here.accessibleName()} has the focus out of sight"
        stops.append(here)
        QTest.keyClick(here, Qt.Key.Key_Backtab if backwards else Qt.Key.Key_Tab)
        settle()
    raise AssertionError(f"Tab does not come round in {MOST_STEPS} steps")


def missed(root: QWidget, stops: Sequence[QWidget]) -> list[str]:
    """Controls that neither Tab nor, in a row or a grid one of whose controls is a stop, the arrows reach."""
    rows = {stop.parentWidget() for stop in stops}
    has_cell = any(isinstance(stop, Cell) for stop in stops)
    return [
        str(node)
        for node in nodes(root)
        if node.is_control
        and node.widget is not None
        and node.widget.isEnabled()
        and node.widget not in stops
        and not (isinstance(node.widget, Cell) and has_cell)
        and not (node.widget.focusPolicy() == Qt.FocusPolicy.ClickFocus and node.widget.parentWidget() in rows)
        and node.widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def not_as_read(stops: Sequence[QWidget], within: QWidget) -> list[str]:
    """Neighbouring stops within a part of which the later one does not stand at the right or below."""
    inside = [stop for stop in stops if within.isAncestorOf(stop)]
    return [
        f"{one.accessibleName()} before {other.accessibleName()}"
        for one, other in pairwise(inside)
        if not _follows(_middle(one, within), _middle(other, within))
    ]


def _middle(widget: QWidget, within: QWidget) -> QPoint:
    return widget.mapTo(within, widget.rect().center())


def _follows(one: QPoint, other: QPoint) -> bool:
    if abs(other.y() - one.y()) < SAME_LINE:
        return other.x() > one.x()
    return other.y() > one.y()


def from_the_first(stops: Sequence[QWidget], first: QWidget) -> list[QWidget]:
    """A round begun at another stop."""
    at = list(stops).index(first)
    return [*stops[at:], *stops[:at]]

"""Where the focus is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

_SAME_LINE = 12
"""Controls whose middles lie this near in pixels stand in one line."""


def focused() -> QWidget | None:
    """The widget with the focus; None while no window of the application has it."""
    return QApplication.focusWidget()


def holds_focus(widget: QWidget) -> bool:
    """Whether the focus is on a widget or inside it."""
    here = focused()
    return here is not None and (here is widget or widget.isAncestorOf(here))


class Inserted(QFrame):
    """A part that stands before what was built earlier: an entry before the button that adds one."""

    def __init__(self, behind: QWidget) -> None:
        """`behind` is the first stop of Tab behind the part."""
        super().__init__()
        self.behind = behind


def tab_stops(widget: QWidget | None) -> list[QWidget]:
    """The widgets within a widget at which Tab stops, in their order."""
    if widget is None:
        return []
    wanted = {each for each in (widget, *widget.findChildren(QWidget)) if _is_stop(each)}
    stops: list[QWidget] = []
    each: QWidget | None = widget
    # The order is that of the whole window, which has thousands of widgets: no further than to the last one wanted.
    while each is not None and len(stops) < len(wanted):
        if each in wanted:
            stops.append(each)
        each = each.nextInFocusChain()
        if each is widget:
            break
    # Inner parts first: where a part stands in another, the outer one takes it along.
    for part in sorted(widget.findChildren(Inserted), key=depth, reverse=True):
        stops = _moved(stops, part)
    return stops


def _is_stop(widget: QWidget) -> bool:
    tabs = (widget.focusPolicy() & Qt.FocusPolicy.TabFocus) == Qt.FocusPolicy.TabFocus
    return tabs and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def depth(widget: QWidget) -> int:
    """How many widgets a widget stands in."""
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + depth(parent)


def _moved(stops: list[QWidget], part: Inserted) -> list[QWidget]:
    """The stops with those of a part right before the stop that stands behind it; Qt's order is that of building."""
    inside = [stop for stop in stops if part.isAncestorOf(stop)]
    others = [stop for stop in stops if stop not in inside]
    at = others.index(part.behind) if part.behind in others else len(others)
    return [*others[:at], *inside, *others[at:]]


def as_read(stops: list[QWidget], within: QWidget) -> list[QWidget]:
    """Controls line by line, and in a line from left to right."""
    lines: list[list[tuple[QPoint, QWidget]]] = []
    placed = [(each.mapTo(within, each.rect().center()), each) for each in stops]
    for point, each in sorted(placed, key=_height):
        if lines and point.y() - lines[-1][0][0].y() < _SAME_LINE:
            lines[-1].append((point, each))
        else:
            lines.append([(point, each)])
    return [each for line in lines for _point, each in sorted(line, key=_across)]


def _height(placed: tuple[QPoint, QWidget]) -> int:
    return placed[0].y()


def _across(placed: tuple[QPoint, QWidget]) -> int:
    return placed[0].x()


def tab_to(stop: QWidget, *, forwards: bool) -> None:
    """Put the focus on a stop of Tab and bring it into sight wherever it scrolls."""
    stop.setFocus(Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason)
    bring_into_sight(stop)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to a widget in every area that it stands in."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def step_to(stops: Sequence[QWidget], *, forwards: bool) -> Literal["moved", "before", "behind", "elsewhere"]:
    """Move the focus to the next or previous of these stops. What was found: the focus moved, it was at either end,
    or it was at none of them. Qt's own order is that in which widgets were built,
    and editors that are shown again were built long before their neighbours."""
    here = focused()
    if here is None or here not in stops:
        return "elsewhere"
    index = list(stops).index(here) + (1 if forwards else -1)
    if index < 0:
        return "before"
    if index == len(stops):
        return "behind"
    tab_to(stops[index], forwards=forwards)
    return "moved"


class CommandsPass(QObject):
    """An event filter for scroll areas, which would take Alt and an arrow for scrolling."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt's own name: keys with Ctrl or Alt go on."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        event.ignore()
        return True

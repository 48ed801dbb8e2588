"""Tab goes round the examination screen: its regions as they are read, each in its own order, and from the beginning.

Qt's own order is that in which widgets were built, and lines, editors and gaps are built when they are needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from exam_app.gui.grid.cell import Cell
from exam_app.gui.parts.focus import as_read, step_to, tab_stops, tab_to

if TYPE_CHECKING:
    from exam_app.gui.exam.examination_window import ExaminationWindow
    from exam_app.gui.exam.section_view import SectionView


def go_round(window: ExaminationWindow, *, forwards: bool) -> bool:
    """The next stop of Tab, or the one before. False where the focus is at none of them."""
    stops = [*_before_the_panel(window), *tab_stops(window.side_panel)]
    step = step_to(stops, forwards=forwards)
    if step in ("before", "behind"):
        # In a small window the panel at the right is there only while it is used.
        was_hidden = window.side_panel.isHidden()
        window.side_panel.show()
        beside = tab_stops(window.side_panel)
        ends = beside if was_hidden else stops
        tab_to(ends[0 if forwards else -1], forwards=forwards)
    return step != "elsewhere"


def _before_the_panel(window: ExaminationWindow) -> Iterator[QWidget]:
    yield from tab_stops(window.top_bar)
    yield from tab_stops(window.rail)
    for part in window.parts_above:
        yield from tab_stops(part)
    if window.view is not None:
        yield from _of_section(window, window.view)
    else:
        yield from as_read(tab_stops(window.pages.last), window)
    for part in window.parts_below:
        yield from tab_stops(part)
    yield from tab_stops(window.undo_bar)


def _of_section(window: ExaminationWindow, view: SectionView) -> Iterator[QWidget]:
    """The cells are one stop; the fields of its finding, though they stand below, come right behind it, and then the
    buttons among the lines."""
    yield from as_read(tab_stops(view.head), view)
    cell = view.cell_for_tab()
    if cell is not None:
        yield cell
    yield from window.dock.stops()
    yield from as_read([stop for stop in tab_stops(view.grid) if not isinstance(stop, Cell)], view)
    for panel in view.panels:
        yield from tab_stops(panel.view)
    yield from tab_stops(view.note.edit)
    if view.map is not None and view.map.panel is not None:
        yield from tab_stops(view.map.panel)

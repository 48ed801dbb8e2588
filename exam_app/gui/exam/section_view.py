"""One section of the examination: its heading, its grid, its movements, its note; and the keys that act in the grid."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from exam_app.core.editing.session import Change
from exam_app.core.editing.visible import items_asked_about, visible_addresses
from exam_app.core.form.form import Section, section_of, split_address
from exam_app.core.record.record import Examination
from exam_app.core.words import _, uncapitalised
from exam_app.gui.entries.entries_panel import EntriesPanel
from exam_app.gui.exam.grid_keys import GridKeys
from exam_app.gui.exam.scores_view import ScoresLine, has_scores
from exam_app.gui.exam.section_head import SectionHead
from exam_app.gui.grid.cell import Cell
from exam_app.gui.grid.grid import Grid
from exam_app.gui.grid.grid_moves import Moves
from exam_app.gui.grid.table_scroll import TableScroll
from exam_app.gui.maps.beside import MapBeside, has_maps
from exam_app.gui.maps.entry_sites import sites_of
from exam_app.gui.parts.faces import main_field
from exam_app.gui.parts.focus import focused
from exam_app.gui.parts.hints import Place
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.layouts import COMMAND_MODIFIERS
from exam_app.gui.parts.limited import LimitedArea
from exam_app.gui.parts.note_edit import NoteEdit
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.unstyled import leave_unstyled
from exam_app.gui.parts.widgets import RoleLabel

_MOST_SCORES = 4
"""In lines; further ones are scrolled to."""
_MOST_AT_ONCE = 4
"""So many touched cells are painted before the key returns; more of them with the next paint."""


class SectionView(QWidget):
    """A section. Widgets emit, the bridge writes; `redraw` shows what a change touched.

    `entered` carries the address whose cell got the focus; `fields_asked` is Tab: on to the fields of that item.
    `menu_asked` carries the place on the screen for the menu of the cell in focus; `rest_normal_asked` and
    `rest_reason_asked` are the two buttons of the heading.
    """

    entered = Signal(str)
    fields_asked = Signal()
    menu_asked = Signal(QPoint)
    rest_normal_asked = Signal()
    rest_reason_asked = Signal()

    def __init__(
        self, section: Section, bridge: SessionBridge, drawings: Path, keys: Keys, parent: QWidget | None = None
    ) -> None:
        """Built once for a window; showing it again costs nothing. `drawings` is the folder of the maps' drawings."""
        super().__init__(parent)
        leave_unstyled(self)
        self.section = section
        self._bridge = bridge
        self._keys = keys
        self._current: Cell | None = None
        self.keys = GridKeys(self, bridge)
        self._unfolded = all(item.folded for item in section.items)
        self._asked_about = items_asked_about(bridge.form, section.id)
        self._revealed: frozenset[str] = frozenset()
        self.setAccessibleName(section.title)
        self.map = MapBeside(section, bridge, drawings, keys, self) if has_maps(section) else None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(metrics.margin - 2, metrics.gap_large, metrics.margin - 2, 0)
        layout.setSpacing(metrics.gap)
        self.head = SectionHead(section, keys, self, self.map.button if self.map is not None else None)
        self.head.rest_reason.clicked.connect(self.rest_reason_asked)
        self.head.rest_normal.clicked.connect(self.rest_normal_asked)
        layout.addWidget(self.head)
        self._scores = ScoresLine(bridge.form, section.id, self) if has_scores(bridge.form, section.id) else None
        if self._scores is not None:
            self._scores.show_record(bridge.record)
            layout.addWidget(LimitedArea(self._scores, _MOST_SCORES, self))
        layout.addLayout(self._body(), 1)
        self.show_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        super().resizeEvent(event)
        if self.map is not None:
            self.map.fit_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's own name: the map comes after the section itself."""
        super().showEvent(event)
        if self.map is not None:
            self.map.fit_soon()

    def _body(self) -> QHBoxLayout:
        """The table with what belongs to it, and the map at its right."""
        row = QHBoxLayout()
        row.setSpacing(metrics.gap_large)
        table = self._table()
        row.addWidget(table, 1)
        if self.map is not None:
            self.map.place_in(row, table, self._type_on_map, self._current_address, sites_of(self.panels))
            self.map.pointed.connect(self.point_at)
            self.map.left.connect(self.focus_current)
        return row

    def _table(self) -> TableScroll:
        self._scroll = TableScroll(self)
        inside = self._scroll.inside
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, metrics.gap_large)
        column.setSpacing(metrics.gap + metrics.gap_small)
        self.grid = Grid(self.section, self._bridge, self._keys, self, inside)
        self.grid.unfold_asked.connect(self.toggle_fold)
        column.addWidget(self.grid)
        nothing = _("The scope asks nothing here. Another scope may.")
        self._nothing_asked = RoleLabel(nothing, "muted", inside, wraps=True)
        column.addWidget(self._nothing_asked)
        self.panels: list[EntriesPanel] = []
        for group in self.section.groups:
            if group.layout == "entries":
                for item in group.items:
                    panel = EntriesPanel(f"{self.section.id}.{item.id}", group.title, self._bridge, inside)
                    panel.left.connect(self.focus_current)
                    self.panels.append(panel)
                    column.addWidget(panel, 1)
        self.note = NoteEdit(_("Note on this section"), inside)
        self.note.show_text(self._bridge.record.section_notes.get(self.section.id))
        self.note.changed.connect(self._write_note)
        column.addWidget(self.note)
        if not self.panels:
            column.addStretch(1)
        self._scroll.show_inside(self.grid.heads)
        self._scroll.resized.connect(self._resized)
        return self._scroll

    def _resized(self) -> None:
        for panel in self.panels:
            panel.fit(self.window().height())
        here = focused()
        if here is not None and not isinstance(here, Cell) and self._scroll.isAncestorOf(here):
            self._scroll.ensureWidgetVisible(here)
        elif self._current is not None:
            self._keep_in_sight(self._current)

    # What is shown -------------------------------------------------------------------------------------------------

    def show_lines(self) -> None:
        """Show which lines are asked or answered, and what "rest normal" would assert."""
        self.grid.show_lines(unfolded=self._unfolded, revealed=self._revealed)
        self._nothing_asked.setVisible(self.asks_nothing)
        rest = self._bridge.rest_normal_addresses(self.section.id)
        self.head.show_rest(len(rest))
        self.grid.show_rest(rest)

    def redraw(self, change: Change[Examination]) -> None:
        """Show what a change touched in this section, and nothing else."""
        mine = [each for each in change.addresses if section_of(each) == self.section.id or self.grid.holds(each)]
        if change.before.section_notes is not change.after.section_notes:
            self.note.show_text(change.after.section_notes.get(self.section.id))
        self.grid.redraw(mine, at_once=len(mine) <= _MOST_AT_ONCE)
        for panel in self.panels:
            panel.redraw(change)
        if self._scores is not None:
            self._scores.show_record(change.after)
        if self.map is not None and mine:
            self.map.redraw()
        # Which lines are shown hangs on this section's answers and on those that its conditions name; it is looked up
        # after the key has been painted.
        if mine or any(split_address(address)[0] in self._asked_about for address in change.addresses):
            QTimer.singleShot(0, self, self.show_lines)

    def commit(self) -> None:
        """Give what is typed and not yet told."""
        self.keys.forget_typing()
        self.note.commit()
        for panel in self.panels:
            panel.commit()

    def toggle_fold(self) -> None:
        """Unfold the further items, or fold them away."""
        self._unfolded = not self._unfolded
        self.keys.selection.clear()
        self.show_lines()
        if Moves(self.grid.lines()).all_cells():
            self.focus_current()
        else:
            self.grid.focus_fold()

    @property
    def asks_nothing(self) -> bool:
        """Whether the scope leaves nothing to answer here, and nothing is answered."""
        if self.panels or self.grid.lines():
            return False
        return not visible_addresses(self._bridge.form, self._bridge.record, self.section.id, folded=True)

    @property
    def is_unfolded(self) -> bool:
        """Whether the further items are shown."""
        return self._unfolded

    def _write_note(self, text: str | None) -> None:
        self.note.show_refusal(self._bridge.set_section_note(self.section.id, text))

    # The focus -----------------------------------------------------------------------------------------------------

    @property
    def current_cell(self) -> Cell | None:
        """The cell that has, or had last, the focus."""
        return self._current

    @property
    def current(self) -> str | None:
        """The address of the cell that has, or had last, the focus."""
        return self._current.address if self._current is not None else None

    def cell_for_tab(self) -> Cell | None:
        """The cell at which Tab stops in the grid: the one that had the focus last, or the first."""
        if self._current is not None and self._current.isVisible():
            return self._current
        return next((cell for cell in Moves(self.grid.lines()).all_cells() if cell.isVisible()), None)

    def targets(self) -> tuple[str, ...]:
        """The addresses that a key acts on: the selection, or the focused cell; none while sites are given."""
        if self.map is not None and self.map.gives_sites:
            return ()
        if self.keys.selection.addresses:
            return self.keys.selection.addresses
        return (self._current.address,) if self._current is not None else ()

    def rest(self) -> list[str]:
        """The addresses of the section that are asked and in sight, and have nothing recorded."""
        record, form = self._bridge.record, self._bridge.form
        shown = visible_addresses(form, record, self.section.id, folded=self._unfolded)
        return [address for address in shown if address not in record.findings]

    def in_sight(self, addresses: Collection[str]) -> tuple[str, ...]:
        """Those of some addresses whose cells are in sight."""
        return tuple(cell.address for cell in Moves(self.grid.lines()).all_cells() if cell.address in addresses)

    def rest_of(self, addresses: Collection[str]) -> tuple[str, ...]:
        """Those of some addresses that are in sight and have nothing recorded, guests too."""
        cells = Moves(self.grid.lines()).all_cells()
        findings = self._bridge.record.findings
        return tuple(cell.address for cell in cells if cell.address in addresses and cell.address not in findings)

    def has_in_sight(self, address: str) -> bool:
        """Whether an item stands in the table now, its own or a guest."""
        line = self.grid.line_of(address)
        return line is not None and not line.isHidden()

    def _is_gap(self, cell: Cell) -> bool:
        """Whether this section waits for an answer; for that of a guest its own section does."""
        return section_of(cell.address) == self.section.id and cell.address not in self._bridge.record.findings

    def focus_first_gap(self) -> None:
        """Put the focus on the first cell with nothing recorded, or the first cell, or the movements; where nothing is
        asked on the heading, from where the keys of the window work."""
        self._uncover()
        self.keys.selection.clear()
        cells = Moves(self.grid.lines()).all_cells()
        gaps = [cell for cell in cells if self._is_gap(cell)]
        for cell in (*gaps, *cells):
            self.focus_cell(cell)
            return
        for panel in self.panels:
            panel.enter()
            return
        self.head.enter()

    def focus_next_gap(self) -> bool:
        """Put the focus on the next cell in sight with nothing recorded, from the focused one on and around. False
        where there is none."""
        cells = Moves(self.grid.lines()).all_cells()
        here = cells.index(self._current) + 1 if self._current in cells else 0
        for cell in (*cells[here:], *cells[:here]):
            if self._is_gap(cell):
                self.keys.selection.clear()
                self.focus_cell(cell)
                return True
        return False

    def focus_address(self, address: str) -> bool:
        """Put the focus on the cell of an address, unfolding or revealing its line. False where there is none."""
        self._uncover()
        for panel in self.panels:
            if panel.address == address:
                panel.enter()
                return True
        if not self.grid.holds(address):
            return False
        line = self.grid.line_of(address)
        if line is None or line.isHidden():
            if self._bridge.form.addresses[address].folded:
                self._unfolded = True
            self._revealed |= {split_address(address)[0]}
            self.show_lines()
        cell = self.grid.cells.get(address)
        if cell is None:
            return False
        self.focus_cell(cell)
        return True

    def point_at(self, address: str) -> None:
        """Make a cell the current one and bring it into sight, while the focus stays where it is: on the map."""
        line = self.grid.line_of(address)
        if line is None or line.isHidden():
            self._revealed |= {split_address(address)[0]}
            self.show_lines()
        cell = self.grid.cells.get(address)
        if cell is not None:
            self.keys.selection.clear()
            self.keys.keep_column(cell)
            self.cell_entered(cell)
            self._keep_in_sight(cell)

    def _current_address(self) -> str | None:
        return self.current

    def _type_on_map(self, event: QKeyEvent) -> bool:
        if self._current is None or event.modifiers() & COMMAND_MODIFIERS:
            return False
        return self.keys.type(self._current, event)

    def focus_current(self) -> None:
        """Put the focus back on the cell that had it last."""
        self._uncover()
        if self._current is not None and self._current.isVisibleTo(self):
            self.focus_cell(self._current)
        else:
            self.focus_first_gap()

    def _uncover(self) -> None:
        if self.map is not None:
            self.map.uncover()

    def focus_cell(self, cell: Cell) -> None:
        """Put the focus on a cell and bring it into sight; the next steps up and down stay on its side."""
        self.keys.keep_column(cell)
        cell.setFocus(Qt.FocusReason.OtherFocusReason)
        self._keep_in_sight(cell)

    def _keep_in_sight(self, cell: Cell) -> None:
        line = self.grid.line_of(cell.address)
        if line is not None:
            self._scroll.keep_in_sight(line)

    def cell_entered(self, cell: Cell) -> None:
        """`CellHandler`: a cell has the focus now."""
        if self.map is not None:
            self.map.show_address(cell.address)
        if cell is self._current:
            self.entered.emit(cell.address)
            return
        self.keys.forget_typing()
        before = self._current
        if before is not None:
            before.set_strip(())
            before.set_pending("")
            line = self.grid.line_of(before.address)
            if line is not None:
                line.set_current(False)
        self._current = cell
        cell.set_strip(self.grid.strip_of(cell))
        line = self.grid.line_of(cell.address)
        if line is not None:
            line.set_current(True)
        self.entered.emit(cell.address)

    def tab(self, *, forwards: bool) -> bool:
        """`CellHandler`: Tab goes on to the fields of the item, Shift+Tab back to the buttons of the heading."""
        if forwards:
            self.fields_asked.emit()
        else:
            self.head.enter()
        return True

    # Keys ----------------------------------------------------------------------------------------------------------

    def take_key(self, cell: Cell, event: QKeyEvent) -> bool:
        """`CellHandler`: moving, selecting and answering; every other key goes on to the window."""
        return self.keys.take(cell, event)

    def cell_pressed(self, cell: Cell, modifiers: Qt.KeyboardModifier) -> None:
        """`CellHandler`."""
        self.keys.press(cell, modifiers)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's own name: the second button of the mouse, a long touch or the key for it asks for the menu of a cell, or
        of the selection that it belongs to."""
        here = self.childAt(event.pos())
        if not isinstance(here, Cell):
            event.ignore()
            return
        if here.address not in self.keys.selection.addresses:
            self.keys.press(here, Qt.KeyboardModifier.NoModifier)
        self.menu_asked.emit(event.globalPos())

    def cell_dragged(self, cell: Cell, point: QPoint) -> None:
        """`CellHandler`."""
        self.keys.drag(cell, point)

    def grade_picked(self, cell: Cell, token: str) -> None:
        """`CellHandler`."""
        self.keys.pick(cell, token)

    def enter_panels(self) -> None:
        """Down from the last line: to the movements, where the section has them."""
        if self.panels:
            self.panels[0].enter()

    def key_place(self) -> Place:
        """What the keys of the focused cell hang on."""
        item = self._current.item if self._current is not None else None
        field = main_field(item) if item is not None else None
        return Place(
            field.kind if field is not None else "",
            has_sides=item is not None and item.sides == "paired",
            has_map=self.map is not None,
            rest=uncapitalised(self.head.rest_words) if self.head.has_rest else "",
        )

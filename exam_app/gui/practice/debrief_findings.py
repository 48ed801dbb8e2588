"""The findings of a debrief: the differences as a list, the record beside the key, what is said of the one in focus."""

from __future__ import annotations

from itertools import chain

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from exam_app.core.form.form import section_of
from exam_app.core.practice.case_checks import EXAMINED_BEYOND
from exam_app.core.words import _
from exam_app.gui.grid.cell import Cell
from exam_app.gui.grid.sticky_head import StickyHead
from exam_app.gui.parts.faces import cell_context, side_of
from exam_app.gui.parts.flow import Flow
from exam_app.gui.parts.key_button import KeyButton
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.unstyled import container, leave_bar_boxes_unstyled
from exam_app.gui.parts.widgets import Card, RoleLabel
from exam_app.gui.practice.debrief_explain import Explanation
from exam_app.gui.practice.debrief_grid import Both, PairGrid
from exam_app.gui.practice.debrief_list import DifferenceList
from exam_app.gui.practice.debrief_movements import MovementPairs
from exam_app.gui.practice.debrief_words import counted, how_many, not_scored
from exam_app.gui.practice.parts import wrapped
from exam_app.services.practice import OpenAttempt
from exam_app.services.practice_debrief import Told

_LIST_WIDTH = 270
_ROOM_FOR_LIST = 1000
"""In pixels at 100 % text."""


class FindingsTab(QWidget):
    """G goes to the next difference and Shift+G to the one before, through all sections; Alt and an arrow to the
    section before or after."""

    shown = Signal(str)

    def __init__(self, attempt: OpenAttempt, told: Told, parent: QWidget | None = None) -> None:
        """Begins with the first difference, when it is shown: a section has hundreds of cells."""
        super().__init__(parent)
        self._form, self._told = attempt.form, told
        case = attempt.case
        self._both = Both(
            self._form,
            attempt.session.record.findings,
            case.truth.findings if case is not None else {},
            attempt.attempt.examined,
            told.outcomes,
        )
        self._grids: dict[str, PairGrid] = {}
        self._heads: list[StickyHead] = []
        self._section = ""
        self._in_sight: Cell | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.margin - 2, metrics.gap_large, metrics.margin - 2, metrics.gap_large)
        row.setSpacing(metrics.gap_large)
        row.addWidget(self._left())
        row.addLayout(self._right(), 1)
        self._connect()
        theme().changed.connect(self._fit)
        self._fit()

    def _begin(self) -> None:
        if self._told.differences:
            self.list.setCurrentRow(0)
        else:
            scored = (section.id for section in self._form.sections if section.id not in EXAMINED_BEYOND)
            self._show_section(next(chain(map(section_of, self._told.outcomes), scored)))
            self.explanation.show_words(_("Nothing differs from the key."))

    # Parts ---------------------------------------------------------------------------------------------------------

    def _left(self) -> QWidget:
        self._beside = container()
        column = QVBoxLayout(self._beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap)
        column.addWidget(RoleLabel(_("Differences"), "large"))
        column.addWidget(wrapped(counted(self._told.differences), "muted"))
        self.list = DifferenceList(self._told.differences)
        column.addWidget(self.list, 1)
        return self._beside

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(metrics.gap)
        self.title = wrapped("", "large")
        self.title.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.previous_button = KeyButton(_("Difference before"), "Shift+G")
        self.next_button = KeyButton(_("Next difference"), "G")
        self.before_button = KeyButton(_("Section before"), "Alt+\u2190")
        self.after_button = KeyButton(_("Section after"), "Alt+\u2192")
        if not self._told.differences:
            self.previous_button.hide()
            self.next_button.hide()
        buttons = [self.previous_button, self.next_button, self.before_button, self.after_button]
        column.addWidget(self.title)
        self._buttons = buttons
        column.addWidget(Flow(buttons))
        self.area = QScrollArea()
        leave_bar_boxes_unstyled(self.area)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = container(self.area)
        self._sections = QVBoxLayout(self._inside)
        self._sections.setContentsMargins(0, 0, 0, 0)
        self.movements = MovementPairs(self._told, self._inside)
        self._sections.addWidget(self.movements)
        self._sections.addStretch(1)
        self.area.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)
        column.addWidget(self.area, 3)
        card = Card(margin=1)
        self.explanation = Explanation(self._form)
        card.body.addWidget(self.explanation)
        column.addWidget(card, 2 if self._told.differences else 0)
        return column

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._row_changed)
        self.list.entered.connect(self._enter_grid)
        self.list.itemDoubleClicked.connect(self._enter_grid)
        self.list.step_asked.connect(self._step)
        for keys, made, slot in (
            ("G", self.next_button, self.next_difference),
            ("Shift+G", self.previous_button, self.previous_difference),
            ("Alt+Right", self.after_button, self.section_after),
            ("Alt+Left", self.before_button, self.section_before),
        ):
            made.clicked.connect(slot)
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: the list only where there is room for it; G goes through it all the same."""
        super().resizeEvent(event)
        self._fit()
        QTimer.singleShot(0, self, self._show_row)

    def _fit(self) -> None:
        self._beside.setFixedWidth(theme().side_px(_LIST_WIDTH))
        has_room = self.width() >= theme().px(_ROOM_FOR_LIST)
        self._beside.setVisible(has_room and bool(self._told.differences))
        for made in self._buttons:
            made.show_cap(has_room=has_room)
        for head in self._heads:
            head.place()

    # What is shown -------------------------------------------------------------------------------------------------

    def _show_section(self, section_id: str) -> PairGrid:
        if section_id not in self._grids:
            made = PairGrid(self._form.section_by_id[section_id], self._both, self._inside)
            made.entered.connect(self._cell_entered)
            self._grids[section_id] = made
            self._sections.insertWidget(0, made)
            made.stand_behind(self.after_button)
            self._heads.append(StickyHead([made.head], self.area))
        if section_id != self._section:
            self._section = section_id
            for name, grid in self._grids.items():
                grid.setVisible(name == section_id)
            self.movements.setVisible(section_id == "movements" and self.movements.has_any)
            self.title.setText(self._titled(section_id))
            self.area.verticalScrollBar().setValue(0)
            self.shown.emit(section_id)
        return self._grids[section_id]

    def _titled(self, section_id: str) -> str:
        title = self._form.section_by_id[section_id].title
        if section_id in EXAMINED_BEYOND:
            return not_scored(title)
        return how_many(title, sum(1 for each in self._told.differences if each.section == section_id))

    def _row_changed(self, row: int) -> None:
        """The difference in focus in the list: its section and what is said of it."""
        if row < 0:
            return
        shown = self._told.differences[row]
        grid = self._show_section(shown.section)
        self.explanation.show_difference(shown)
        grid.mark(shown.address)
        cell = grid.cells.get((shown.address, False))
        if cell is not None:
            self._keep_in_sight(cell)
        elif shown.is_movement:
            self.area.ensureWidgetVisible(self.movements)

    def _keep_in_sight(self, cell: Cell) -> None:
        """The line of a cell, now and when a section that is new has been laid out."""
        self._in_sight = cell
        self._scroll()
        QTimer.singleShot(0, self, self._scroll)

    def _scroll(self) -> None:
        """To the line and those around it: the head that stays covers what is under it."""
        cell = self._in_sight
        if cell is None or not cell.isVisibleTo(self):
            return
        middle = cell.mapTo(self._inside, cell.rect().center()).y()
        self.area.ensureVisible(0, middle, 0, round(1.2 * cell.height()))
        self.area.ensureVisible(0, middle - self._grids[self._section].head.height(), 0, cell.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's own name: the difference in focus is in sight."""
        super().showEvent(event)
        if not self._section:
            self._begin()
        QTimer.singleShot(0, self, self._show_row)

    def _show_row(self) -> None:
        if not self._section:
            return
        here = self._grids[self._section].current
        if here is not None and here.hasFocus():
            self._keep_in_sight(here)
        else:
            self._row_changed(self.list.currentRow())

    def _cell_entered(self, address: str) -> None:
        self._keep_in_sight(self._grids[self._section].cells[address, False])
        number = next((at for at, each in enumerate(self._told.differences) if each.address == address), None)
        if number is not None:
            self.list.setCurrentRow(number)
            self.explanation.show_difference(self._told.differences[number])
            return
        name = cell_context(self._form.addresses[address], side_of(address))
        self.explanation.show_alike(name, is_right=self._told.outcomes.get(address) == "exact")

    # The focus -----------------------------------------------------------------------------------------------------

    def next_difference(self) -> None:
        """The next difference, after the last the first."""
        self._step(1)

    def previous_difference(self) -> None:
        """The difference before, before the first the last."""
        self._step(-1)

    def _step(self, by: int) -> None:
        count = len(self._told.differences)
        if not count:
            return
        row = (self.list.currentRow() + by) % count
        self.list.setCurrentRow(row)
        self._row_changed(row)
        shown = self._told.differences[row]
        if not self._grids[shown.section].focus_address(shown.address):
            self._focus_list()
        announce(self, shown.sentence)

    def section_after(self) -> None:
        """The next section of the form."""
        self._step_section(1)

    def section_before(self) -> None:
        """The section before."""
        self._step_section(-1)

    def _step_section(self, by: int) -> None:
        ids = [section.id for section in self._form.sections]
        section_id = ids[(ids.index(self._section) + by) % len(ids)]
        if not self._show_section(section_id).focus_current():
            self._focus_list()
        announce(self, self.title.text())

    def enter(self) -> None:
        """Put the focus on the list, or on the grid where nothing differs or there is no room for the list."""
        if self._told.differences and self._beside.isVisible():
            self._focus_list()
        else:
            self._grids[self._section].focus_current()

    def _focus_list(self) -> None:
        to = (
            self.list if self._beside.isVisible() else self.next_button if self._told.differences else self.after_button
        )
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter_grid(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            shown = self._told.differences[row]
            self._show_section(shown.section).focus_address(shown.address)

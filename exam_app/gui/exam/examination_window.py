"""The examination screen around one open examination, of a patient or in practice: rail, section, dock, panel, bars."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from exam_app.core.errors import UserError
from exam_app.core.form.form import section_of
from exam_app.core.record.values import Value
from exam_app.core.words import _
from exam_app.gui.exam.announcer import Announcer
from exam_app.gui.exam.bottom_bar import BottomBar
from exam_app.gui.exam.dock import Dock
from exam_app.gui.exam.exam_commands import ExamCommands
from exam_app.gui.exam.exam_panels import Panels
from exam_app.gui.exam.focus_follower import FocusFollower
from exam_app.gui.exam.pages import LastPage, Pages
from exam_app.gui.exam.progress import Progress
from exam_app.gui.exam.rail import REVIEW, LastEntry, Rail
from exam_app.gui.exam.redrawing import Redrawing
from exam_app.gui.exam.section_view import SectionView
from exam_app.gui.exam.side_panel import SidePanel
from exam_app.gui.exam.tab_round import go_round
from exam_app.gui.exam.top_bar import Head, SavingFailure, TopBar
from exam_app.gui.exam.undo_bar import UndoBar
from exam_app.gui.maps.beside import ROOM_FOR_MAP
from exam_app.gui.parts import accessible
from exam_app.gui.parts.faces import main_token
from exam_app.gui.parts.focus import CommandsPass, holds_focus
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.messages import show_error
from exam_app.gui.parts.session_bridge import Opened, SessionBridge
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import Hairline, set_role
from exam_app.gui.quick.entry import QuickEntry
from exam_app.services.context import Context

_LEAST = (1100, 640)
_ROOM_FOR_PANEL = 1000
"""In a window narrower than this, in pixels at 100 % text, the panel at the right is there only while it is used."""
_LEAST_CENTRE, _LEAST_BESIDE_MAP = 600, 1000
"""What a wide panel leaves for a section and for one with its map beside it, in pixels at 100 % text."""
_ROOM_FOR_MAP_AND_DOCK = 560
"""In a window lower than this, in pixels at 100 % text, a map in the place of the table stands alone."""


class ExaminationWindow(QMainWindow):
    """One open examination. Closing the window makes everything durable, closes the examination and emits `closed`.

    `built` is emitted once all sections have been built, `settings_asked` and `lock_asked` when these are wanted. The
    title names no patient. `keys` may change while the window is open.
    """

    in_practice = False
    closed = Signal()
    settings_asked = Signal()
    lock_asked = Signal()
    built = Signal()

    def __init__(
        self,
        opened: Opened,
        context: Context,
        parent: QWidget | None = None,
        keys: Keys | None = None,
    ) -> None:
        super().__init__(parent)
        accessible.install()
        self.setMinimumSize(*_LEAST)
        self._opened: Opened | None = opened
        self.keys = keys or Keys(parent=self)
        self.jobs = Jobs(self)
        self.context = context
        self.bridge = self._make_bridge()
        self.progress = self._make_progress()
        self.commands = self._make_commands()
        self.panels = Panels(self)
        self.announcer = Announcer(self, self.bridge)
        self.parts_above: list[QWidget] = []
        self.parts_below: list[QWidget] = []
        self._was_warned = False
        self._commands_pass = CommandsPass(self)
        self._build()
        self.let_commands_pass(self)
        self._redrawing = Redrawing(self)
        self.bridge.saving_changed.connect(self.top_bar.show_saving)
        self.bridge.saving_changed.connect(self.saving_failure.show_saving)
        self.top_bar.show_saving(self.bridge.saving)
        self.bottom_bar.show_counts(self.progress.total)
        theme().changed.connect(self.fit)
        self._focus_follower = FocusFollower(self)
        self.show_page(self._first_page())
        self.pages.build_ahead()

    # Building ------------------------------------------------------------------------------------------------------

    def _make_bridge(self) -> SessionBridge:
        """The only writer of the record."""
        raise NotImplementedError

    def _make_progress(self) -> Progress:
        """What is counted."""
        return Progress(self.bridge.form, self.bridge.record, judges=not self.in_practice)

    def _make_commands(self) -> ExamCommands:
        """What the keys do."""
        return ExamCommands(self)

    def _head(self) -> Head:
        """Whose examination this is, in the top bar."""
        raise NotImplementedError

    def _last_entry(self) -> LastEntry:
        """What the page behind the sections is called."""
        raise NotImplementedError

    def _make_last_page(self, parent: QWidget) -> LastPage:
        """The page behind the sections."""
        raise NotImplementedError

    def _make_side_panel(self, parent: QWidget) -> SidePanel:
        """The panel at the right."""
        raise NotImplementedError

    def _build(self) -> None:
        ground = QWidget(self)
        set_role(ground, "ground")
        self.setCentralWidget(ground)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top_bar = TopBar(self._head(), self.bridge.record, self.bridge.form, self.keys, ground)
        self.top_bar.home_asked.connect(self.close)
        self.top_bar.settings_asked.connect(self.settings_asked)
        self.top_bar.lock_asked.connect(self.lock_asked)
        column.addWidget(self.top_bar)
        column.addWidget(Hairline(ground))
        self.saving_failure = SavingFailure(ground)
        column.addWidget(self.saving_failure)
        column.addLayout(self._middle(ground), 1)
        column.addWidget(Hairline(ground))
        self.bottom_bar = BottomBar(self.keys, ground, in_practice=self.in_practice)
        column.addWidget(self.bottom_bar)
        self.top_bar.scope_asked.connect(self.commands.scope)
        self.quick = QuickEntry(self.top_bar.quick.line, self, self.bridge, self.keys, self.pages.section)
        self.quick.recorded.connect(self.undo_bar.show_entered)
        self.quick.lost.connect(self.pages.focus_current)
        self.built.connect(self.quick.prepare)
        self._add_parts()

    def _add_parts(self) -> None:
        """Further parts above and below the section."""

    def _middle(self, ground: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        self.rail = Rail(self.bridge.form, self.progress, self.keys, self._last_entry(), ground)
        self.rail.chosen.connect(self.show_page)
        row.addWidget(self.rail)
        row.addWidget(Hairline(ground, vertical=True))
        row.addLayout(self._centre(ground), 1)
        row.addWidget(Hairline(ground, vertical=True))
        self.side_panel = self._make_side_panel(ground)
        self.side_panel.left.connect(self.focus_grid)
        row.addWidget(self.side_panel)
        return row

    def _centre(self, ground: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(metrics.gap)
        self.pages = Pages(self.bridge, self.context, self.keys, self._make_last_page, ground)
        self.pages.section_built.connect(self._listen_to)
        self.pages.built.connect(self.built)
        self.above = QVBoxLayout()
        column.addLayout(self.above)
        column.addWidget(self.pages, 1)
        below = self.below = QVBoxLayout()
        below.setContentsMargins(metrics.margin - 2, 0, metrics.margin - 2, metrics.gap + metrics.gap_small)
        below.setSpacing(metrics.gap)
        self.undo_bar = UndoBar(ground)
        self.undo_bar.undo_asked.connect(self.commands.undo)
        below.addWidget(self.undo_bar)
        self.dock = Dock(self.bridge.form, self.keys, ground)
        self.dock.answered.connect(self._dock_answered)
        self.dock.qualified.connect(self.bridge.set_qualifiers)
        self.dock.noted.connect(self._dock_noted)
        self.dock.left.connect(self.focus_grid)
        self.dock.passed.connect(self._pass_dock)
        below.addWidget(self.dock)
        column.addLayout(below)
        return column

    def _listen_to(self, view: SectionView) -> None:
        view.entered.connect(self._entered)
        view.fields_asked.connect(self._enter_fields)
        view.menu_asked.connect(self.commands.cell_menu)
        view.rest_normal_asked.connect(self.commands.rest_normal)
        view.rest_reason_asked.connect(self.commands.rest_reason)
        view.grid.group_normal_asked.connect(self.commands.assert_rest)
        view.keys.told.connect(self.tell)
        view.keys.selection.changed.connect(self._focus_follower.selected)
        self.let_commands_pass(view)

    def let_commands_pass(self, part: QWidget) -> None:
        """Have keys with Ctrl or Alt go on to the window where a part scrolls."""
        for area in part.findChildren(QScrollArea):
            area.installEventFilter(self._commands_pass)

    def _first_page(self) -> str:
        """The first section that asks anything in the scope."""
        ids = [section.id for section in self.bridge.form.sections]
        return next((each for each in ids if self.progress.of(each).shown), ids[0])

    # Pages and focus -----------------------------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """The section in sight, or `rail.REVIEW`."""
        return self.pages.page

    @property
    def view(self) -> SectionView | None:
        """The view of the section in sight; None on the review."""
        return self.pages.view

    def view_of(self, section_id: str) -> SectionView:
        """The view of a section, built when it is first asked for."""
        return self.pages.view_of(section_id)

    def show_page(self, page: str) -> None:
        """Bring a section into sight with the focus on its first gap, or the review."""
        self._bring(page)
        self.pages.focus_first_gap()
        self.offer_no_other_answer()

    def _bring(self, page: str) -> None:
        if page == self.page:
            return
        self.tell("")
        self.commit()
        self.rail.show_current(page)
        self.pages.bring(page)
        if page == REVIEW:
            self.dock.hide()
            self.side_panel.show_second()
        else:
            self.announcer.section(self.bridge.form.section_by_id[page].title, self.progress.of(page))

    def offer_no_other_answer(self) -> None:
        """Where the section asks nothing the dock would answer the item of another one."""
        if self.view is not None and self.view.asks_nothing:
            self.dock.hide()

    def go_to(self, address: str) -> None:
        """Put the focus on the cell of an address: in the section in sight if it stands there, else in its own."""
        if self.view is None or not self.view.has_in_sight(address):
            self._bring(section_of(address))
        view = self.view
        if view is not None:
            view.keys.selection.clear()
            view.focus_address(address)

    def focus_grid(self) -> None:
        """Put the focus back on the cell that had it last."""
        view = self.view
        if view is not None:
            view.focus_current()

    def dock_note(self) -> None:
        """Put the focus on the note of the focused finding; of a selection too it is that of the focused one."""
        is_one_of_many = self.view is not None and bool(self.view.keys.selection.addresses)
        if not self.dock.enter_note():
            self.tell(_("A note belongs to a finding: grade the cell first."))
        elif is_one_of_many:
            self.tell(_("A note stands on one finding: this one, not the whole selection."))

    def toggle_how_to_test(self) -> None:
        """Put the focus on how to test, or back to the grid."""
        if holds_focus(self.side_panel):
            self.focus_grid()
        else:
            self.side_panel.show()
            self.side_panel.enter_how_to_test()

    def _enter_fields(self) -> None:
        if not self.dock.isVisibleTo(self) or not self.dock.enter():
            go_round(self, forwards=True)

    def _pass_dock(self) -> None:
        go_round(self, forwards=True)

    def _entered(self, address: str) -> None:
        """A cell has the focus: its fields, its help and its keys are shown."""
        self.dock.setVisible(not self._map_needs_room())
        finding = self.bridge.finding(address)
        self.dock.show_address(address, finding, self.bridge.record)
        item = self.bridge.item(address)
        self.side_panel.how_to_test.show_item(item, main_token(item, finding, self.bridge.form))

    def tell(self, text: str) -> None:
        """Say in the bar below, and to a screen reader, what a key did to several findings or why it did nothing."""
        self.bottom_bar.tell(text)

    def tell_soon(self, text: str) -> None:
        """Say it when the focus has come to where it is going, so that it stands there."""
        QTimer.singleShot(0, self, partial(self.tell, text))

    def undo_bar_list(self) -> None:
        """List what one key has just recorded, or fold the list away."""
        self.undo_bar.toggle_list()

    def _map_needs_room(self) -> bool:
        """With large text in a small window the map that stands in the place of the table takes the dock's too."""
        covers = self.view is not None and self.view.map is not None and self.view.map.is_over
        return covers and self.height() < theme().px(_ROOM_FOR_MAP_AND_DOCK)

    def current_addresses(self) -> tuple[str, ...]:
        """The addresses that a command acts on: the selection, the focused cell, or the focused movements."""
        view = self.view
        if view is None:
            return ()
        panel = next((each for each in view.panels if holds_focus(each)), None)
        return (panel.address,) if panel is not None else view.targets()

    # Writing -------------------------------------------------------------------------------------------------------

    def _dock_answered(self, address: str, value: Value | None) -> None:
        if value is None:
            self.bridge.clear((address,))
        else:
            self.bridge.answer({address: value}, self.dock)

    def _dock_noted(self, address: str, text: str | None) -> None:
        self.dock.show_refusal(self.bridge.set_note(address, text))

    def commit(self) -> None:
        """Give everything that is typed and not yet told."""
        self.dock.commit()
        self.pages.commit()

    def show_record(self) -> None:
        """Show what is about the whole record: it has changed and the key has been dealt with."""

    def toggle_side_panel(self) -> None:
        """Show the panel at the right, or hide it."""
        self.side_panel.toggle(self._room_for_panel())

    def _room_for_panel(self) -> int:
        """The width in pixels that the panel at the right may have; 0 where it is there only while it is used."""
        if self.width() < theme().px(_ROOM_FOR_PANEL):
            return 0
        centre = _LEAST_BESIDE_MAP if self.width() >= theme().side_px(ROOM_FOR_MAP) else _LEAST_CENTRE
        return max(1, self.width() - self.rail.minimumWidth() - theme().px(centre))

    def fit(self) -> None:
        """With large text in a small window the section needs the room: F1, or Tab, brings the panel into sight."""
        self.side_panel.find_room(self._room_for_panel())
        if self._map_needs_room():
            self.dock.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        super().resizeEvent(event)
        self.fit()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Qt's own name: Tab, where nothing inside has used it."""
        return go_round(self, forwards=forwards) or super().focusNextPrevChild(forwards)

    # Keys and closing ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: keys that nothing with the focus has used."""
        command = self.keys.command_of(event)
        if command is None or not self.commands.run(command):
            super().keyPressEvent(event)

    def write_everything(self) -> UserError | None:
        """Give all that is typed and wait until it is durable; what went wrong, or None."""
        self.commit()
        return self._opened.wait_until_saved().failed if self._opened is not None else None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's own name: nothing typed is lost, everything is durable before the window goes."""
        if self._opened is not None:
            failed = self.write_everything()
            if failed is not None and not self._was_warned:
                # What is in the window is not on the disk: the second attempt closes.
                self._was_warned = True
                show_error(self, failed)
                event.ignore()
                return
            self.pages.stop_building()
            self.quick.close()
            self.bridge.detach()
            self.jobs.close()
            opened, self._opened = self._opened, None
            opened.close()
            self._focus_follower.stop()
            self.closed.emit()
        super().closeEvent(event)

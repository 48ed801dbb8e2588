"""The walk through a case or around a volunteer: the examination screen, in which a finding must be elicited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from exam_app.core.form.form import split_address
from exam_app.core.form.kinds import SIDES
from exam_app.core.practice.attempt import total_seconds
from exam_app.core.practice.order import Stage
from exam_app.core.words import _
from exam_app.gui.exam.examination_window import ExaminationWindow
from exam_app.gui.exam.rail import REVIEW, LastEntry
from exam_app.gui.exam.section_view import SectionView
from exam_app.gui.exam.side_panel import SidePanel
from exam_app.gui.exam.top_bar import Head
from exam_app.gui.parts.faces import cell_context, side_of
from exam_app.gui.parts.focus import focused
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.practice.localise import LocalisePage
from exam_app.gui.practice.walk_bridge import PracticeBridge, examine_first
from exam_app.gui.practice.walk_panels import CasePanel, ElicitedPanel, GuideBar, elicited_text, who_words
from exam_app.gui.practice.walk_time import Clock, SectionClock, minutes_text
from exam_app.services.context import Context
from exam_app.services.practice import Learner, OpenAttempt

if TYPE_CHECKING:
    from exam_app.gui.practice.sheet_dialog import SheetDialog

_TICK_MS = 1000
_LOW = 560
"""A window lower than this, in pixels at 100 % text, has no room for everything at once."""


class WalkWindow(ExaminationWindow):
    """One attempt. It stands inside the window of practice. `handed_in` comes when the learner has handed in,
    `time_told` carries the time where it is asked for, else nothing."""

    in_practice = True
    handed_in = Signal()
    time_told = Signal(str)
    bridge: PracticeBridge

    def __init__(
        self,
        attempt: OpenAttempt,
        context: Context,
        learner: Learner,
        clock: Clock,
        keys: Keys,
        parent: QWidget | None = None,
        *,
        locks: bool = False,
    ) -> None:
        """`locks` where records are open that a key hides."""
        self.attempt, self._learner = attempt, learner
        self.sheet: SheetDialog | None = None
        self._back_to: QWidget | None = None
        self._step = 0
        self._time = SectionClock(attempt.spend, clock)
        self._shows_time = False
        self._limit_told = False
        self._ticks = QTimer()
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self.tick)
        super().__init__(attempt, context, parent, keys)
        self.setMinimumSize(0, 0)  # the window around has its own
        self.commands.add(
            {
                "perform": self.perform,
                "perform_both": self.perform_both,
                "perform_group": self.perform_group,
                "case_card": self.show_case,
                "show_time": self.toggle_time,
                "next_section": self.next_step,
                "previous_section": self.step_before,
            }
        )
        self.commands.remove("scope")
        self.top_bar.scope.hide()
        if not locks:
            self.commands.remove("lock")
            self.top_bar.lock.hide()
        if attempt.case is None:
            self.commands.add({"report": self.show_sheet})
        self.bridge.performed.connect(self._performed)
        self.bridge.held_back.connect(self._held_back)

    # What differs from the examination of a patient ----------------------------------------------------------------

    def _make_bridge(self) -> PracticeBridge:
        return PracticeBridge(self.attempt, self)

    def _head(self) -> Head:
        case = self.attempt.case
        if case is None:
            return Head(_("A volunteer"), "", _("PRACTICE"))
        return Head(case.head.title, who_words(case), _("PRACTICE"))

    def _last_entry(self) -> LastEntry:
        return LastEntry(_("At the end"), _("Localise and sum up") if self.attempt.case is not None else _("To end"))

    def _make_last_page(self, parent: QWidget) -> LocalisePage:
        page = LocalisePage(self.attempt, parent)
        page.handed_in.connect(self._handed_in)
        page.examination_asked.connect(self.show_page)
        return page

    def _make_side_panel(self, parent: QWidget) -> SidePanel:
        case = CasePanel(self.attempt.case, self.attempt.attempt.walk)
        title = _("The case") if self.attempt.case is not None else _("How it works")
        panel = SidePanel(self.bridge.form, case, title, parent)
        if self.has_no_help:
            panel.leave_out_help()
        return panel

    def _add_parts(self) -> None:
        self.elicited = ElicitedPanel(self.keys, self)
        self.elicited.perform_asked.connect(self.perform)
        self.elicited.both_asked.connect(self.perform_both)
        self.elicited.group_asked.connect(self.perform_group)
        self.below.insertWidget(0, self.elicited)
        self.parts_below.append(self.elicited)
        self.guide: GuideBar | None = None
        if self.attempt.attempt.walk == "guided":
            self.guide = GuideBar(self.keys, self, has_sheet=self.attempt.case is None)
            self.guide.sheet_asked.connect(self.show_sheet)
            self.guide.next_asked.connect(self.next_step)
            self.guide.back_asked.connect(self.step_before)
            self.above.setContentsMargins(metrics.margin - 2, metrics.gap, metrics.margin - 2, 0)
            self.above.addWidget(self.guide)
            self.parts_above.append(self.guide)
        self.let_commands_pass(self.elicited)

    @property
    def has_no_help(self) -> bool:
        """Whether this is an examination."""
        return self.attempt.attempt.walk == "examination"

    def toggle_how_to_test(self) -> None:
        """How to test, but not in an examination."""
        if self.has_no_help:
            self.tell(_("There is no help in the examination walk."))
        else:
            super().toggle_how_to_test()

    def show_case(self) -> None:
        """Put the focus on what is known of the case."""
        self.side_panel.show()
        self.side_panel.enter_second()

    def show_sheet(self) -> None:
        """Show the sheet of a volunteer; the focus comes back to where it is now."""
        from exam_app.gui.practice.sheet_dialog import SheetDialog

        if self.sheet is None:
            self.commit()
            self._back_to = focused()
            self.sheet = SheetDialog(self.context, self._learner, self.attempt, self.jobs, self)
            self.sheet.finished.connect(self._sheet_closed)
            self.sheet.open()

    def _sheet_closed(self) -> None:
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            sheet.deleteLater()
        if self._back_to is not None:
            self.activateWindow()
            self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)

    # Examining -----------------------------------------------------------------------------------------------------

    def perform(self) -> None:
        """Examine what the focus is on, or what is selected."""
        self._perform(self.current_addresses())

    def perform_both(self) -> None:
        """The same on both sides."""
        self._perform(each for address in self.current_addresses() for each in _both(address))

    def perform_group(self) -> None:
        """Examine what is in sight of the group, in a matrix of the modality."""
        view = self.view
        if view is not None and view.current is not None:
            alike = self.bridge.form.alike(view.section.id, view.current)
            self._perform(view.in_sight(alike))

    def _perform(self, addresses: Iterable[str]) -> None:
        wanted = tuple(dict.fromkeys(addresses))
        if wanted:
            self.tell("")
            self.bridge.perform(wanted)
            self._show_elicited(wanted, is_new=True)
            self._arrange()

    def _show_elicited(self, addresses: tuple[str, ...], *, is_new: bool) -> None:
        if self.attempt.case is None:
            performed = [address for address in addresses if self.bridge.is_performed(address)]
            done = [cell_context(self.bridge.item(address), side_of(address)) for address in performed]
            text = _("Examined: {names}.").format(names="; ".join(done)) if done else _("Not examined yet.")
        else:
            text = elicited_text({each: self.attempt.words(each) for each in addresses}, self.bridge.form)
        self.elicited.show_words(text, is_new=is_new)

    def _performed(self, addresses: tuple[str, ...]) -> None:
        """The cells show it, and "rest normal" may cover more."""
        for view in self.pages.views:
            view.grid.redraw(addresses)
            view.show_lines()

    def _held_back(self, addresses: tuple[str, ...]) -> None:
        """An answer was not taken: the window shows what is recorded, and says what to do first."""
        key = self.keys.cap("perform")
        text = examine_first(self.bridge, addresses)
        self.tell(_("Examine first: {key}").format(key=key) if key else text)
        QTimer.singleShot(0, self, self._show_recorded)

    def _show_recorded(self) -> None:
        self.dock.show_again(self.bridge.record)
        view = self.view
        for panel in view.panels if view is not None else []:
            panel.show_again()
        if view is not None:
            view.keys.forget_typing()

    def _entered(self, address: str) -> None:
        super()._entered(address)
        self._show_elicited((address,), is_new=False)
        self._arrange()

    def fit(self) -> None:
        """Also what stands around the section."""
        super().fit()
        self._arrange()

    def _arrange(self) -> None:
        """In a low window, as with large text, the rows need the room: the fields of a finding are there once it has
        been examined, the buttons to examine until then."""
        low = self.height() < theme().px(_LOW)
        self.below.setSpacing(metrics.gap_small if low else metrics.gap)
        if self.guide is not None:
            self.guide.show_compact(compact=low)
        address = self.view.current if self.view is not None else None
        if address is None:
            return
        performed = self.bridge.is_performed(address)
        self.elicited.show_compact(compact=low, performed=performed)
        if low and not performed and self.attempt.case is not None:
            self.dock.hide()
        elif self.dock.address == address and self.page != REVIEW and not self._map_needs_room():
            self.dock.show()

    def _listen_to(self, view: SectionView) -> None:
        super()._listen_to(view)
        for panel in view.panels:
            panel.entered.connect(self._panel_entered)

    def _panel_entered(self, address: str) -> None:
        self._show_elicited((address,), is_new=False)

    # The guided walk -----------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """To where the attempt stopped: the next step of the standard order, or the section that was begun last."""
        if self.attempt.attempt.walk == "guided":
            following = self.attempt.next_step
            stages = self.attempt.stages
            ids = [stage.step.id for stage in stages]
            self._show_step(ids.index(following[0].step.id) if following is not None else len(ids) - 1)
            return
        performed = self.attempt.attempt.performed
        if performed:
            self.go_to(performed[-1])
        else:
            self.pages.focus_first_gap()

    def next_step(self) -> None:
        """The next step, behind the last the end; in the other walks the next section."""
        if self.guide is None:
            self.commands.next_section()
        elif self._step + 1 >= len(self.attempt.stages) or self.page == REVIEW:
            self.show_page(REVIEW)
        else:
            self._show_step(self._step + 1)

    def step_before(self) -> None:
        """The step before; in the other walks the section before."""
        if self.guide is None:
            self.commands.previous_section()
        elif self.page == REVIEW:
            self._show_step(len(self.attempt.stages) - 1)
        else:
            self._show_step(max(0, self._step - 1))

    def _show_step(self, number: int) -> None:
        stages = self.attempt.stages
        self._step = number
        stage = stages[number]
        self._say_step(stage, number, len(stages))
        waiting = [each for each in stage.addresses if not self.bridge.is_performed(each)]
        self.go_to((waiting or list(stage.addresses))[0])

    def _say_step(self, stage: Stage, number: int, count: int) -> None:
        if self.guide is not None:
            title = stage.step.title or self.bridge.form.section_by_id[stage.step.section].title
            self.guide.show_step(number + 1, count, title, stage.step.why)

    def _bring(self, page: str) -> None:
        """Another page: its time begins, and in the guided walk its step is shown."""
        super()._bring(page)
        at_end = page == REVIEW
        self.elicited.setVisible(not at_end)
        if self.guide is not None:
            self.guide.setVisible(not at_end)
            self._follow_step(page)
        self._time.enter(None if at_end else page)

    def _follow_step(self, page: str) -> None:
        """Who goes to another section by the rail is in its step."""
        stages = self.attempt.stages
        if page != REVIEW and stages[self._step].step.section != page:
            found = next((index for index, stage in enumerate(stages) if stage.step.section == page), None)
            if found is not None:
                self._step = found
                self._say_step(stages[found], found, len(stages))

    # Time ----------------------------------------------------------------------------------------------------------

    def toggle_time(self) -> None:
        """Show the time, or hide it."""
        self._shows_time = not self._shows_time
        self._tell_time()
        announce(self, self._time_text() if self._shows_time else _("The time is hidden."))

    def _seconds(self) -> float:
        return total_seconds(self.attempt.attempt) + self._time.running

    def _time_text(self) -> str:
        return minutes_text(self._seconds(), self.attempt.attempt.time_limit)

    def _tell_time(self) -> None:
        self.time_told.emit(self._time_text() if self._shows_time else "")

    def tick(self) -> None:
        """A second has passed: time is kept now and then, shown where it is asked for, and its end is said once."""
        self._time.tick()
        if self._shows_time:
            self._tell_time()
        limit = self.attempt.attempt.time_limit
        if limit is not None and not self._limit_told and self._seconds() >= limit * 60:
            self._limit_told = True
            self._shows_time = True
            self._tell_time()
            self.tell(_("The time is over. Sum up and hand in, or go on."))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's own name: time goes on."""
        super().showEvent(event)
        self._time.enter(None if self.page == REVIEW else self.page)
        self._ticks.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's own name: behind a lock no time passes."""
        super().hideEvent(event)
        self._ticks.stop()
        if not self.attempt.attempt.is_finished:
            self._time.enter(None)

    # The end -------------------------------------------------------------------------------------------------------

    def _handed_in(self) -> None:
        self.handed_in.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's own name: the time so far is kept with everything else."""
        self._ticks.stop()
        if not self.attempt.attempt.is_finished:
            self._time.enter(None)
        self.time_told.emit("")
        super().closeEvent(event)


def _both(address: str) -> tuple[str, ...]:
    item_id, side = split_address(address)
    return tuple(f"{item_id}.{each}" for each in SIDES) if side is not None else (address,)

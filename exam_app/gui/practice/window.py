"""The window of practice: one frame around its pages, from the choice of a case to the debrief.

It is shown before the cases have been read, and says that they come.
"""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from exam_app.core.errors import UserError
from exam_app.core.practice.attempt import Walk
from exam_app.core.practice.case import Case
from exam_app.core.words import _
from exam_app.gui.parts import accessible
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.keys import CommandShortcut, Keys
from exam_app.gui.parts.messages import show_error
from exam_app.gui.parts.theme import theme
from exam_app.gui.practice.frame import PracticeFrame
from exam_app.gui.practice.home import PracticeHome
from exam_app.gui.practice.opening import OpeningPage
from exam_app.gui.practice.walk import WalkWindow
from exam_app.gui.practice.walk_time import Clock
from exam_app.services.context import Context
from exam_app.services.practice import Learner, OpenAttempt, Practice, open_store

_LEAST = (1100, 640)


class PracticeWindow(QMainWindow):
    """All of practice in one window. `practice` and `home` are there from `opened` on; where practice cannot be opened
    the window says why. `closed` follows when everything is written; `settings_asked` and `lock_asked` when these are
    wanted."""

    practice: Practice
    home: PracticeHome
    opened = Signal()
    closed = Signal()
    settings_asked = Signal()
    lock_asked = Signal()

    def __init__(
        self,
        context: Context,
        keys: Keys | None = None,
        *,
        locks: bool = False,
        clock: Clock = time.monotonic,
    ) -> None:
        """Opens practice in the background. `locks` where records are open that a key hides."""
        super().__init__()
        accessible.install()
        self.setWindowTitle(_("Practice \u2013 exam_app"))
        self.setMinimumSize(*_LEAST)
        self.keys = keys or Keys(parent=self)
        self._is_open = True
        self._store: Practice | None = None
        self._context, self._clock, self._locks = context, clock, locks
        self.jobs = Jobs(self)
        self.walk: WalkWindow | None = None
        self._above: list[QWidget] = []
        """The pages opened from home, each from the one before."""
        self.pages = QStackedWidget(self)
        self.frame = PracticeFrame(self.pages, self)
        self.setCentralWidget(self.frame)
        self.opening = OpeningPage(self.pages)
        self.opening.left.connect(self.close)
        self._bring(self.opening)
        self._add_keys(self.opening)
        self.opening.enter()
        self.jobs.run(self._open_store, self._show_practice, self.opening.refuse)

    def _add_keys(self, page: QWidget) -> None:
        """A walk has its own."""
        CommandShortcut(self.keys, "settings", page).activated.connect(self.settings_asked)
        CommandShortcut(self.keys, "home", page).activated.connect(self.close)
        if self._locks:
            CommandShortcut(self.keys, "lock", page).activated.connect(self.lock_asked)

    def _open_store(self) -> Practice:
        """In the thread of a job. Kept here too, so that it is closed where the window goes before it is told."""
        self._store = open_store(self._context)
        return self._store

    def _show_practice(self, practice: Practice) -> None:
        """From now on cases can be chosen."""
        if not self._is_open:
            return
        self.practice = practice
        self.home = PracticeHome(practice, self.jobs, self.pages)
        self.home.begins.connect(self.begin)
        self.home.resumes.connect(self.resume)
        self.home.settings_asked.connect(self.settings_asked)
        self.home.progress_asked.connect(self.show_progress)
        self.home.left.connect(self.close)
        self.home.learner_changed.connect(self._show_learner)
        self._add_keys(self.home)
        self._show_learner(self.home.learner)
        self._bring(self.home)
        self.pages.removeWidget(self.opening)
        self.opening.deleteLater()
        self.home.enter()
        self.opened.emit()

    def _show_learner(self, learner: Learner | None) -> None:
        self.frame.banner.show_learner(learner.name if learner is not None else "")

    def show_window(self) -> None:
        """Show it at a size that fits the screen."""
        available = self.screen().availableGeometry()
        self.resize(min(available.width(), theme().px(1366)), min(available.height(), theme().px(768)))
        self.show()

    # The walk ------------------------------------------------------------------------------------------------------

    def begin(self, case: Case | None, walk: Walk, limit: int | None) -> None:
        """A new attempt of the learner."""
        learner = self.home.learner
        if learner is None:
            return
        try:
            attempt = self.practice.begin(learner, case, walk, time_limit=limit)
        except UserError as error:
            show_error(self, error)
            return
        self._walk(attempt)

    def resume(self, attempt_id: str) -> None:
        """An attempt where it stopped."""
        try:
            attempt = self.practice.open(attempt_id)
        except UserError as error:
            show_error(self, error)
            return
        self._walk(attempt)

    def _walk(self, attempt: OpenAttempt) -> None:
        learner = self.home.learner
        if learner is None:
            return
        walk = self.walk = WalkWindow(
            attempt, self._context, learner, self._clock, self.keys, self.pages, locks=self._locks
        )
        walk.setWindowFlags(Qt.WindowType.Widget)
        walk.closed.connect(self._walk_closed)
        walk.handed_in.connect(self._handed_in)
        walk.settings_asked.connect(self.settings_asked)
        walk.lock_asked.connect(self.lock_asked)
        walk.time_told.connect(self.frame.banner.show_time)
        self._bring(walk)
        walk.go_on()

    def _handed_in(self) -> None:
        """To the debrief, once the page that has handed in has returned."""
        QTimer.singleShot(0, self, self._show_debrief)

    def _walk_closed(self) -> None:
        walk, self.walk = self.walk, None
        if walk is None:
            return
        if walk.attempt.attempt.is_finished:
            self._show_finished(walk.attempt)
        else:
            self.show_home()
        self.pages.removeWidget(walk)
        walk.deleteLater()

    def _show_debrief(self) -> None:
        if self.walk is not None:
            self.walk.close()

    # What follows --------------------------------------------------------------------------------------------------

    def read_again(self, attempt_id: str) -> None:
        """The debrief of an attempt that was handed in before; the way back leads to the progress."""
        try:
            attempt = self.practice.open(attempt_id)
        except UserError as error:
            show_error(self, error)
            return
        self._show_finished(attempt, from_progress=True)

    def _show_finished(self, attempt: OpenAttempt, *, from_progress: bool = False) -> None:
        from exam_app.gui.practice.debrief import DebriefPage

        learner = self.home.learner
        if learner is None:
            return
        page = DebriefPage(self._context, attempt, learner, self.pages, from_progress=from_progress)
        page.back_asked.connect(self._back)
        page.try_again_asked.connect(self._try_again)
        self._bring_above(page)
        page.enter()

    def _try_again(self, case_id: str | None) -> None:
        case = self.practice.content.case_by_id.get(case_id or "")
        walk = self.home.chosen_walk
        self.show_home()
        self.begin(case, walk if case is not None else "guided", None)

    def show_progress(self) -> None:
        """How the learner stands."""
        from exam_app.gui.practice.progress import ProgressPage

        learner = self.home.learner
        if learner is None:
            return
        page = ProgressPage(self.practice, learner, self.jobs, self.pages)
        page.back_asked.connect(self._back)
        page.case_wanted.connect(self._choose_case)
        page.attempt_wanted.connect(self.read_again)
        self._bring_above(page)
        page.enter()

    def _choose_case(self, case_id: str) -> None:
        self.show_home()
        self.home.choose(case_id)

    def _back(self) -> None:
        """To the page below, where the focus is as it was; below the first is home."""
        if len(self._above) < 2:
            self.show_home()
            return
        self.pages.setCurrentWidget(self._above[-2])
        self._drop(self._above.pop())

    def _drop(self, page: QWidget) -> None:
        self.pages.removeWidget(page)
        page.deleteLater()

    def show_home(self) -> None:
        """Back to the choice of a case."""
        self.home.refresh()
        self.pages.setCurrentWidget(self.home)
        while self._above:
            self._drop(self._above.pop())
        self.home.enter()

    def _bring_above(self, page: QWidget) -> None:
        self._above.append(page)
        self._bring(page)

    def _bring(self, page: QWidget) -> None:
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    # The end -------------------------------------------------------------------------------------------------------

    def write_everything(self) -> UserError | None:
        """Give all that is typed and wait until it is durable; what went wrong, or None."""
        return self.walk.write_everything() if self.walk is not None else None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's own name: everything is durable before the window goes."""
        if self.walk is not None and not self.walk.close():
            event.ignore()
            return
        if self._is_open:
            self._is_open = False
            self.jobs.close()
            if self._store is not None:
                self._store.close()
            QTimer.singleShot(0, self.closed.emit)
        super().closeEvent(event)

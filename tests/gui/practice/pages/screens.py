"""Every state of the pages behind an attempt, one after the other, for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from exam_app.gui.parts import clipboard
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.practice.debrief import DebriefPage
from exam_app.gui.practice.localise import LocalisePage
from exam_app.gui.practice.progress import ProgressPage
from exam_app.services.context import Context
from exam_app.services.practice import Learner, Practice
from tests.gui.practice.pages.plays import Held, played
from tests.gui.screens import Shown, settle


def progress_of(store: Practice, learner: Learner) -> ProgressPage:
    """The page of progress, with the attempts worked out."""
    jobs = Jobs()
    page = ProgressPage(store, learner, jobs)
    while jobs.busy:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    return page


class PageScreens:
    """Brings each state into sight; iterating names it and gives its page. `show` shows a page as a window."""

    def __init__(self, context: Context, store: Practice, show: Callable[[QWidget], QWidget]) -> None:
        """`store` has no learner yet."""
        self._context, self._store, self._show = context, store, show
        self._learner = store.add_learner("Specimen-Featherstonehaugh of the Upper Cumberland Valley")

    def __iter__(self) -> Shown:
        """Localise, debrief of several attempts, the sheet of a volunteer, progress."""
        yield from self._localise()
        yield from self._debriefs()
        yield from self._volunteer()
        yield from self._progress()

    def _in_sight(self, page: LocalisePage | DebriefPage | ProgressPage) -> QWidget:
        self._show(page)
        page.enter()
        settle()
        return page

    def _localise(self) -> Shown:
        fresh = LocalisePage(self._store.begin(self._learner, self._store.content.case("C01"), "free"))
        yield "localise", self._in_sight(fresh)
        fresh.hand_in_button.click()
        settle()
        yield "localise, everything missing", fresh
        page = LocalisePage(played(self._store, self._learner, "C15B", "hurried", is_finished=False))
        yield "localise, with movements", self._in_sight(page)
        page.own_words.edit.setPlainText("x" * 3000)
        page.own_words.commit()
        settle()
        yield "localise, words refused", page
        done = LocalisePage(played(self._store, self._learner, "C15B", "hurried"))
        yield "localise, handed in", self._in_sight(done)

    def _debriefs(self) -> Shown:
        for case, play in (("C06", "hurried"), ("C15B", "mirrored"), ("C16", "perfect"), ("C06", "empty")):
            page = DebriefPage(self._context, played(self._store, self._learner, case, play), self._learner)
            self._in_sight(page)
            yield from self._parts(page, f"{case} {play}")
        page.copy()
        clipboard.clear_what_was_copied()
        settle()
        yield "debrief, told", page

    def _parts(self, page: DebriefPage, name: str) -> Shown:
        assert page.tabs is not None
        for index in range(page.tabs.count()):
            page.tabs.setCurrentIndex(index)
            settle()
            yield f"debrief of {name}: {page.tabs.tabText(index)}", page
            if page.findings is not None and page.tabs.currentWidget() is page.findings:
                yield from self._sections(page, name)

    def _sections(self, page: DebriefPage, name: str) -> Shown:
        tab = page.findings
        assert tab is not None
        for _section in self._store.content.form.sections:
            tab.section_after()
            settle()
            yield f"debrief of {name}: {tab.title.text()}", page
        tab.next_difference()
        settle()
        yield f"debrief of {name}: a difference in focus", page

    def _volunteer(self) -> Shown:
        attempt = self._store.begin(self._learner, None, "guided")
        yield "end of a volunteer", self._in_sight(LocalisePage(attempt))
        attempt.finish()
        yield "sheet of a volunteer", self._in_sight(DebriefPage(self._context, attempt, self._learner))

    def _progress(self) -> Shown:
        fresh: Learner = self._store.add_learner("Specimen")
        yield "progress being worked out", self._in_sight(ProgressPage(self._store, fresh, Held()))
        yield "progress of nobody yet", self._in_sight(progress_of(self._store, fresh))
        yield "progress", self._in_sight(progress_of(self._store, self._learner))

"""The first page of practice: who practises, what to go on with, which case, and how to walk through it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from exam_app.core.errors import UserError
from exam_app.core.practice.attempt import Walk
from exam_app.core.practice.case import Case
from exam_app.core.practice.progress import Progress
from exam_app.core.words import _
from exam_app.gui.parts.elided import ElidedLabel
from exam_app.gui.parts.flow import Flow
from exam_app.gui.parts.jobs import Job, Jobs
from exam_app.gui.parts.key_button import KeyButton
from exam_app.gui.parts.messages import announce, error_text, show_error
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import Card, Hairline, RoleLabel, Segmented, button, set_role
from exam_app.gui.practice.attempt_words import case_words, when_words
from exam_app.gui.practice.case_list import CaseList, fits
from exam_app.gui.practice.learners import Learners
from exam_app.gui.practice.walk_panels import who_words
from exam_app.services.practice import AttemptHead, Learner, Practice

_LIMITS = (10, 20, 30, 45)
"""In minutes."""


class PracticeHome(QWidget):
    """Asks for everything an attempt needs. `begins` carries (case or None, walk, minutes or None), `resumes` the id of
    an attempt; `progress_asked`, `settings_asked` and `left` what they are named after; `learner_changed` a Learner or
    None."""

    begins = Signal(object, str, object)
    resumes = Signal(str)
    progress_asked = Signal()
    settings_asked = Signal()
    left = Signal()
    learner_changed = Signal(object)

    def __init__(self, practice: Practice, jobs: Jobs, parent: QWidget | None = None) -> None:
        """`jobs` work out how the learner stands, while the cases can be looked at already."""
        super().__init__(parent)
        self._practice, self._jobs = practice, jobs
        self._working_out: Job | None = None
        self._shown_for: Learner | None = None
        self._attempts: dict[str, int] = {}
        self._unfinished: AttemptHead | None = None
        self._next: str | None = None
        self.learners = Learners(practice, self)
        self.learners.changed.connect(self._learner_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        column.addWidget(Hairline(self))
        inner = QWidget()
        self._middle = QVBoxLayout(inner)
        self._middle.setContentsMargins(metrics.margin, metrics.gap_large, metrics.margin, metrics.gap_large)
        self._middle.setSpacing(metrics.gap)
        self._add_fault()
        self._middle.addWidget(self._go_on_card())
        self._middle.addWidget(self._search_line())
        self.cases = CaseList(self)
        self.cases.chosen.connect(self.begin)
        self.cases.currentCellChanged.connect(self._case_changed)
        self._middle.addWidget(self.cases, 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        column.addWidget(area, 1)
        column.addWidget(Hairline(self))
        column.addWidget(self._bottom())
        theme().changed.connect(self._fit)
        self._fit()
        self.refresh()

    # Building ------------------------------------------------------------------------------------------------------

    def _top(self) -> QFrame:
        bar = QFrame(self)
        set_role(bar, "bar")
        row = QVBoxLayout(bar)
        row.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        self.progress_button = button(_("Progress"), "", bar)
        self.progress_button.clicked.connect(self.progress_asked)
        self.settings_button = button(_("Settings"), "", bar)
        self.settings_button.clicked.connect(self.settings_asked)
        self.leave_button = button(_("Leave practice"), "", bar)
        self.leave_button.clicked.connect(self.left)
        parts: list[QWidget] = [*self.learners.parts, self.progress_button, self.settings_button, self.leave_button]
        row.addWidget(Flow(parts, bar))
        return bar

    def _add_fault(self) -> None:
        fault = self._practice.content.fault
        if fault is not None:
            banner = QFrame(self)
            set_role(banner, "banner")
            inside = QVBoxLayout(banner)
            inside.addWidget(RoleLabel(error_text(fault), "", banner, wraps=True))
            self._middle.addWidget(banner)

    def _go_on_card(self) -> Card:
        card = Card(self, margin=metrics.gap)
        self.resume_text = RoleLabel("", "", card, wraps=True)
        self.resume_button = button(_("Go on with it"), "", card)
        self.resume_button.clicked.connect(self._resume)
        self.next_text = RoleLabel("", "", card, wraps=True)
        self.next_button = button(_("Choose this case"), "", card)
        self.next_button.clicked.connect(self._choose_next)
        for label, made in ((self.resume_text, self.resume_button), (self.next_text, self.next_button)):
            row = QHBoxLayout()
            row.addWidget(label, 1)
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
            card.body.addLayout(row)
        return card

    def _search_line(self) -> QLineEdit:
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Search by title, topic or difficulty"))
        self.search.setAccessibleName(_("Search the cases"))
        self.search.textChanged.connect(self._list)
        QShortcut(QKeySequence("/"), self).activated.connect(self._focus_search)
        return self.search

    def _bottom(self) -> QFrame:
        bar = QFrame(self)
        set_role(bar, "bar")
        column = QVBoxLayout(bar)
        column.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        column.setSpacing(metrics.gap)
        self.card_text = ElidedLabel("", bar, role="")
        column.addWidget(self.card_text)
        walks = [("guided", _("Guided")), ("free", _("Free")), ("examination", _("Examination"))]
        self.walk = Segmented(_("Walk"), walks, bar, optional=False)
        self.walk.set_value("guided")
        self.walk.chosen.connect(self._walk_changed)
        limits = [(str(minutes), _("{count} min").format(count=minutes)) for minutes in _LIMITS]
        self.limit = Segmented(_("Time limit"), limits, bar)
        self.limit_label = RoleLabel(_("Time limit"), "muted", bar)
        self.begin_button = KeyButton(_("Begin the case"), _("Enter"), bar)
        set_role(self.begin_button, "")
        self.begin_button.clicked.connect(self.begin)
        self.volunteer_button = button(_("Checklist for practising on a volunteer"), "", bar)
        self.volunteer_button.clicked.connect(self._begin_volunteer)
        self.walk_label = RoleLabel(_("Walk"), "muted", bar)
        column.addWidget(
            Flow(
                [self.walk_label, self.walk, self.limit_label, self.limit, self.begin_button, self.volunteer_button],
                bar,
            )
        )
        self.walk_text = RoleLabel("", "small", bar, wraps=True)
        column.addWidget(self.walk_text)
        self._walk_changed()
        return bar

    def _fit(self) -> None:
        self.search.setMaximumWidth(theme().px(520))
        self.cases.setMinimumHeight(theme().px(150))
        for label in (self.walk_label, self.limit_label):
            label.setMinimumHeight(self.walk.sizeHint().height())

    # What is shown -------------------------------------------------------------------------------------------------

    @property
    def learner(self) -> Learner | None:
        """Who practises."""
        return self.learners.learner

    def refresh(self) -> None:
        """Read anew what has been practised."""
        self.learners.refresh()
        self._learner_changed()

    def _learner_changed(self) -> None:
        learner = self.learner
        self.learner_changed.emit(learner)
        self._show_unfinished(learner)
        for made in (self.begin_button, self.volunteer_button, self.progress_button):
            made.setEnabled(learner is not None)
        self._list()
        if learner is None or learner != self._shown_for:
            self._show_standing(None)
        self._working_out = None
        if learner is not None:
            self._working_out = self._jobs.run(self._practice.standing(learner), self._worked_out, self.show_error)

    def _worked_out(self, progress: Progress) -> None:
        """What was asked for last; what was asked for before it is passed over."""
        if self.sender() is self._working_out:
            self._show_standing(progress)

    def _show_standing(self, progress: Progress | None) -> None:
        """The counts and what comes next; without them a word that they come."""
        self._shown_for = self.learner
        self._attempts = dict(progress.attempts) if progress is not None else {}
        self._show_next(progress)
        self._list()

    def _show_unfinished(self, learner: Learner | None) -> None:
        found = self._practice.unfinished(learner) if learner is not None else ()
        self._unfinished = found[0] if found else None
        shown = self._unfinished is not None
        self.resume_text.setVisible(shown)
        self.resume_button.setVisible(shown)
        if self._unfinished is not None:
            case = case_words(self._practice.content, self._unfinished.case_id)
            when = when_words(self._unfinished.started_at)
            text = _("Not finished: {case}, begun {when}.").format(case=case, when=when)
            self.resume_text.setText(text)
            self.resume_button.setAccessibleDescription(text)

    def _show_next(self, progress: Progress | None) -> None:
        following = progress.next if progress is not None else None
        case = self._practice.content.case_by_id.get(following.case_id) if following is not None else None
        self._next = case.id if case is not None else None
        self.next_button.setVisible(case is not None)
        if case is None or following is None:
            self.next_text.setText(self._no_next(progress))
            return
        text = _("Practise next: {case}. {why}").format(case=case.head.title, why=_why(following.why))
        self.next_text.setText(text)
        self.next_button.setAccessibleDescription(text)

    def _no_next(self, progress: Progress | None) -> str:
        if self.learner is None:
            return _("First add a learner: what you practise is kept under that name, on this computer only.")
        if progress is None:
            return _("What to practise next is being worked out from your attempts \u2026")
        return _("Nothing is left to practise next: every case went well.")

    def _list(self) -> None:
        cases = [case for case in self._practice.content.cases if fits(case, self.search.text())]
        self.cases.show_cases(cases, self._attempts)
        self._case_changed()

    def _case_changed(self, *_cells: int) -> None:
        case = self.cases.case
        self.begin_button.setEnabled(case is not None and self.learner is not None)
        self.card_text.setText(_card_line(case) if case is not None else _("No case fits the search."))

    def _walk_changed(self) -> None:
        is_examination = self.walk.value() == "examination"
        self.limit.setVisible(is_examination)
        self.limit_label.setVisible(is_examination)
        self.walk_text.setText(
            {
                "guided": _("The standard order, one step at a time, with why, how, and what normal is."),
                "free": _("In your own order, with help where you ask for it."),
                "examination": _("In your own order and without help. A time limit is off unless you choose one."),
            }[self.walk.value() or "guided"]
        )

    # What is asked for ---------------------------------------------------------------------------------------------

    @property
    def chosen_walk(self) -> Walk:
        """How the learner wants to walk."""
        value = self.walk.value()
        return "free" if value == "free" else "examination" if value == "examination" else "guided"

    def begin(self) -> None:
        """Begin the case in focus."""
        case = self.cases.case
        if case is None or self.learner is None:
            if self.learner is None:
                announce(self, self.next_text.text(), urgent=True)
                self.learners.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        limit = self.limit.value() if self.chosen_walk == "examination" else None
        self.begins.emit(case, self.chosen_walk, int(limit) if limit is not None else None)

    def _begin_volunteer(self) -> None:
        self.begins.emit(None, "guided", None)

    def _resume(self) -> None:
        if self._unfinished is not None:
            self.resumes.emit(self._unfinished.id)

    def _choose_next(self) -> None:
        if self._next is not None:
            self.choose(self._next)

    def choose(self, case_id: str) -> None:
        """Put the focus on a case."""
        self.search.clear()
        self.cases.choose(case_id)
        self.cases.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def enter(self) -> None:
        """Put the focus on the list, or on the way to a first name."""
        target = self.cases if self.learner is not None else self.learners.add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Escape in the search goes back to the list."""
        if event.key() == Qt.Key.Key_Escape and self.search.hasFocus():
            self.search.clear()
            self.enter()
        else:
            super().keyPressEvent(event)

    def show_error(self, error: UserError) -> None:
        """Say what could not be done."""
        show_error(self, error)


def _card_line(case: Case) -> str:
    return _("{title}: {who}. {complaint}").format(
        title=case.head.title, who=who_words(case), complaint=case.card.complaint
    )


def _why(why: str) -> str:
    return {
        "failed": _("Something critical was missed in the last attempt."),
        "weak": _("It trains what has been weakest lately."),
        "untried": _("It has not been tried yet."),
        "lowest": _("It had the lowest score so far."),
    }[why]

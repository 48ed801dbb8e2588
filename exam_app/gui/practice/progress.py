"""A learner's progress: what to practise next and why, the scores over time as a plot and as a table, and the finished
attempts to read again."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from operator import itemgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from exam_app.core.errors import UserError
from exam_app.core.practice.attempt import DOMAINS, Domain
from exam_app.core.practice.progress import Next, Progress
from exam_app.core.words import _
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.key_button import KeyButton
from exam_app.gui.parts.layouts import ENTER_KEYS
from exam_app.gui.parts.messages import announce, error_text
from exam_app.gui.parts.reading_table import make_readable
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import Card, button
from exam_app.gui.parts.wrapped_rows import WrappedCells
from exam_app.gui.practice.attempt_words import case_words, when_words
from exam_app.gui.practice.missing import domain_asked
from exam_app.gui.practice.parts import Columns, ReadingPage, column_of, head, wrapped
from exam_app.gui.practice.progress_plot import ProgressPlot
from exam_app.services.practice import AttemptHead, Learner, Practice
from exam_app.services.practice_content import Content

_MOST_ROWS = 9
"""Rows of a table in sight; further ones are scrolled to."""


class ReadTable(QTableWidget):
    """A table to read: arrows move, Tab leaves, words wrap and every row is as high as they need."""

    def __init__(self, name: str, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int]) -> None:
        """`shares` of the width for each column."""
        super().__init__(len(rows), len(heads))
        self._shares = shares
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(heads))
        make_readable(self)
        self.setItemDelegate(WrappedCells(self))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                said = _("{column}: {text}").format(column=heads[column], text=text)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                self.setItem(row, column, item)
        if rows:
            self.setCurrentCell(0, 0)
        theme().changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: words wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        for column, share in enumerate(self._shares):
            self.setColumnWidth(column, width * share // sum(self._shares))
        self.verticalHeader().setMinimumSectionSize(theme().target(metrics.row))
        self.resizeRowsToContents()
        shown = sum(self.rowHeight(row) for row in range(min(self.rowCount(), _MOST_ROWS)))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown + 4)


class AttemptsTable(ReadTable):
    """The finished attempts by case, of each case the last first. `chosen` carries the id of the one in focus, with
    Enter or a double click."""

    chosen = Signal(str)

    def __init__(self, content: Content, finished: Sequence[AttemptHead]) -> None:
        """`finished` has the last first."""
        named = [(case_words(content, head.case_id), when_words(head.finished_at or ""), head.id) for head in finished]
        self._rows = sorted(named, key=itemgetter(0))
        heads = [_("Case"), _("Handed in")]
        super().__init__(_("Finished attempts"), heads, [row[:2] for row in self._rows], (3, 1))
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.selectRow(0)
        self.itemDoubleClicked.connect(self.choose)

    @property
    def in_words(self) -> str:
        """The attempt in focus, as it is called."""
        case, when, _id = self._rows[self.currentRow()]
        return _("{case}, handed in {when}").format(case=case, when=when)

    def choose(self) -> None:
        """Choose the attempt in focus."""
        self.chosen.emit(self._rows[self.currentRow()][2])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Enter chooses on every platform."""
        if event.key() in ENTER_KEYS:
            self.choose()
        else:
            super().keyPressEvent(event)


class ProgressPage(QWidget):
    """`back_asked` leads to the start of practice, `case_wanted` carries the id of the case to practise next,
    `attempt_wanted` that of a finished attempt to read again, `told` comes when the attempts have been worked out and
    are shown."""

    back_asked = Signal()
    case_wanted = Signal(str)
    attempt_wanted = Signal(str)
    told = Signal()

    def __init__(self, practice: Practice, learner: Learner, jobs: Jobs, parent: QWidget | None = None) -> None:
        """As it stands now; `jobs` work it out."""
        super().__init__(parent)
        self._practice, self._learner = practice, learner
        self.setAccessibleName(_("Progress"))
        self.plot: ProgressPlot | None = None
        self.table: ReadTable | None = None
        self.attempts: AttemptsTable | None = None
        self.open_button: KeyButton | None = None
        self._next = ""
        self.next_button: QPushButton | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._page = ReadingPage(_("Progress"), self)
        column.addWidget(self._page)
        self.back_button = button(_("Back to practice"))
        self.back_button.clicked.connect(self.back_asked)
        self._page.column.addWidget(head(_("Progress: {name}").format(name=learner.name), [self.back_button]))
        self.waiting = wrapped(_("Your attempts are being worked out \u2026"), "muted")
        self._page.column.addWidget(self.waiting)
        self._page.column.addStretch(1)
        jobs.run(practice.standing(learner), self._show, self._refused)

    def _show(self, found: Progress) -> None:
        self.waiting.hide()
        parts: list[QWidget] = [self._next_card(found.next)]
        if any(found.series.values()):
            plot, table = self._plot_card(found), self._table_card(found)
            parts.append(Columns([column_of([plot]), column_of([table])], (2, 3)))
        finished = self._practice.finished(self._learner)
        if finished:
            parts.append(self._attempts_card(found, finished))
        for at, part in enumerate(parts, start=1):
            self._page.column.insertWidget(at, part)
            part.show()  # the focus goes to one of them now
        if self.back_button.hasFocus():
            self.enter()
        self.told.emit()

    def _refused(self, error: UserError) -> None:
        self.waiting.setText(error_text(error))
        announce(self, self.waiting.text(), urgent=True)

    def _next_card(self, proposed: Next | None) -> Card:
        card = Card()
        card.body.addWidget(wrapped(_("What to practise next"), "large"))
        if proposed is None:
            done = _("Every case was tried and every finding found. Try one again after some weeks.")
            card.body.addWidget(wrapped(done))
            return card
        case = self._practice.content.case(proposed.case_id)
        card.body.addWidget(wrapped(case.head.title, "strong"))
        card.body.addWidget(wrapped(_why(proposed)))
        self._next = case.id
        self.next_button = button(_("Practise this case"), "primary")
        self.next_button.setAccessibleDescription(case.head.title)
        self.next_button.clicked.connect(self._want_next)
        card.body.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _want_next(self) -> None:
        self.case_wanted.emit(self._next)

    def _plot_card(self, found: Progress) -> Card:
        card = Card()
        card.body.addWidget(wrapped(_("Scores over time"), "large"))
        self.plot = ProgressPlot(found.series)
        card.body.addWidget(self.plot)
        return card

    def _table_card(self, found: Progress) -> Card:
        """Every score of the plot, the last attempt first."""
        card = Card()
        card.body.addWidget(wrapped(_("The same in numbers"), "large"))
        heads = [_("Day"), _("Case"), *(domain_asked(domain)[0] for domain in DOMAINS)]
        rows = [(day, case_words(self._practice.content, case_id), *shares) for day, case_id, *shares in _rows(found)]
        self.table = ReadTable(_("Scores of each attempt"), heads, rows, (15, 26, 14, 15, 18, 12))
        card.body.addWidget(self.table)
        return card

    def _attempts_card(self, found: Progress, finished: Sequence[AttemptHead]) -> Card:
        card = Card()
        card.body.addWidget(wrapped(_("Finished attempts"), "large"))
        known = self._practice.content.case_by_id
        tried = sum(1 for case_id in found.attempts if case_id in known)
        words = _("Cases tried: {count} of {of}").format(count=tried, of=len(known))
        card.body.addWidget(wrapped(words, "muted"))
        self.attempts = AttemptsTable(self._practice.content, finished)
        self.attempts.chosen.connect(self.attempt_wanted)
        self.attempts.currentCellChanged.connect(self._attempt_changed)
        card.body.addWidget(self.attempts)
        self.open_button = KeyButton(_("Open this attempt"), _("Enter"))
        self.open_button.clicked.connect(self.attempts.choose)
        self._attempt_changed()
        card.body.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _attempt_changed(self) -> None:
        if self.attempts is not None and self.open_button is not None:
            self.open_button.setAccessibleDescription(self.attempts.in_words)

    def enter(self) -> None:
        """Put the focus on what to practise next, and until that is known on the way back."""
        (self.next_button or self.back_button).setFocus(Qt.FocusReason.OtherFocusReason)


def _rows(found: Progress) -> list[tuple[str, ...]]:
    """A row for each attempt that has a score, the last first."""
    scores: dict[tuple[datetime.datetime, str], dict[Domain, float]] = {}
    for domain, points in found.series.items():
        for point in points:
            scores.setdefault((point.at, point.case_id), {})[domain] = point.share
    return [
        (at.date().isoformat(), case_id, *(_share(shares.get(each)) for each in DOMAINS))
        for (at, case_id), shares in sorted(scores.items(), key=_moment, reverse=True)
    ]


def _moment(entry: tuple[tuple[datetime.datetime, str], object]) -> datetime.datetime:
    return entry[0][0]


def _share(share: float | None) -> str:
    return _("not scored") if share is None else _("{percent} %").format(percent=round(100 * share))


def _why(proposed: Next) -> str:
    if proposed.why == "weak" and proposed.domain is not None:
        words = _("Your last scores are lowest in {domain}. This case is like the one in which they were lowest.")
        return words.format(domain=domain_asked(proposed.domain)[0])
    return {
        "failed": _(
            "Your last attempt did not pass: a critical finding was missed, right and left were exchanged, or a red "
            "flag was not said."
        ),
        "weak": _("Your last scores were low. You have not tried this case."),
        "untried": _("You have not tried it yet; of those it is the easiest."),
        "lowest": _("Of all cases your score for findings was lowest here."),
    }[proposed.why]

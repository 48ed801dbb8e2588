"""The first page of a debrief: the learner's own assessment beside the scores, what fails the attempt, the answers."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from exam_app.core.words import _
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import Card, Hairline
from exam_app.gui.practice.debrief_words import (
    DIFFERS,
    findings_words,
    flag_text,
    found_text,
    line_text,
    own_mark,
    point_text,
    source_text,
)
from exam_app.gui.practice.parts import (
    Columns,
    ReadingPage,
    cited,
    column_of,
    line_rows,
    lines_card,
    words_card,
    wrapped,
)
from exam_app.services.practice_debrief import Told


class ScoresTab(ReadingPage):
    """A row for each domain: how sure you were, and the score as it is."""

    def __init__(self, told: Told, *, is_reviewed: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Scores"), parent, focusable=True)
        if not is_reviewed:
            self.column.addWidget(wrapped(_("No clinician has reviewed this case."), "muted"))
        self.column.addWidget(self._scores_card(told))
        if told.failures:
            title = _("What keeps this attempt from passing, whatever its scores")
            self.column.addWidget(lines_card(title, told.failures, sign=DIFFERS))
        left: list[QWidget] = [lines_card(_("Where is the lesion?"), told.places)]
        if told.distributions:
            left.append(lines_card(_("Distribution of dystonia"), told.distributions))
        left.append(lines_card(_("In one line"), told.lines))
        right: list[QWidget] = []
        if told.critical and told.anything_examined:
            found = [found_text(each) for each in told.critical]
            right.append(words_card(_("Must not be missed in this case"), found))
        right.append(words_card(_("Red flags of the case"), _flag_words(told)))
        self.column.addWidget(Columns([column_of(left), column_of(right)], (1, 1)))
        if told.anything_examined:
            self.column.addWidget(_findings_card(told))
        self.column.addStretch(1)
        self.setAccessibleDescription(" ".join(_all_words(told)))

    def _scores_card(self, told: Told) -> Card:
        card = Card()
        card.body.addWidget(wrapped(_("How you saw it, and how it was"), "large"))
        rows = QGridLayout()
        rows.setHorizontalSpacing(metrics.margin)
        rows.setVerticalSpacing(metrics.gap)
        for column, share in enumerate((2, 2, 5)):
            rows.setColumnStretch(column, share)
        for column, title in enumerate((_("Domain"), _("How sure you were"), _("Score"))):
            rows.addWidget(wrapped(title, "heading"), 0, column)
        rows.addWidget(Hairline(), 1, 0, 1, 3)
        for at, each in enumerate(told.scores, start=2):
            rows.addWidget(wrapped(each.title, "strong"), at, 0)
            own = wrapped(own_mark(each.own))
            rows.addWidget(own, at, 1)
            rows.addWidget(wrapped(each.score, "strong"), at, 2)
        card.body.addLayout(rows)
        if told.own_words:
            card.body.addWidget(wrapped(_("You wrote: {words}").format(words=told.own_words)))
        return card


class TeachingTab(ReadingPage):
    """What the case teaches, with sources, and what often goes wrong."""

    def __init__(self, told: Told, parent: QWidget | None = None) -> None:
        super().__init__(_("Teaching points"), parent, focusable=True)
        points = [point_text(each) for each in told.teaching]
        self.column.addWidget(_teaching_card(told))
        if told.beside:
            self.column.addWidget(words_card(_("What often goes wrong here"), told.beside, sign="\u2022"))
        self.column.addStretch(1)
        self.setAccessibleDescription(" ".join([*points, *told.beside]))


def _teaching_card(told: Told) -> Card:
    card = words_card(_("What this case teaches"), [])
    for each in told.teaching:
        card.body.addWidget(cited(each.text, source_text(each), sign="\u2022"))
    if any(each.source is None for each in told.teaching):
        card.body.addWidget(wrapped(told.from_memory, "muted"))
    return card


def _findings_card(told: Told) -> Card:
    """How many differ and how many were found; below, what was found."""
    card = words_card(_("Findings"), findings_words(told))
    card.body.addLayout(line_rows(told.found))
    return card


def _all_words(told: Told) -> list[str]:
    rows = [f"{each.title}: {own_mark(each.own)}; {each.score}." for each in told.scores]
    critical = [found_text(each) for each in told.critical]
    answers = (*told.places, *told.distributions, *told.lines)
    return [
        *rows,
        *map(line_text, (*told.failures, *answers)),
        *critical,
        *_flag_words(told),
        *findings_words(told),
        *map(line_text, told.found),
    ]


def _flag_words(told: Told) -> list[str]:
    unfounded = [_("You said, and the case does not show it: {flag}").format(flag=each) for each in told.unfounded]
    return [*([flag_text(each) for each in told.flags] or [_("None.")]), *unfounded]

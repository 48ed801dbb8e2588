"""Localise and sum up: where the lesion is, red flags, one line; then the learner's own assessment; then handing in.

Nothing here says what is right, and nothing is chosen beforehand: every level and every red flag is listed in every
case.
"""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from exam_app.core.derived.distribution import ENTRIES
from exam_app.core.form.kinds import ListKind
from exam_app.core.model import NOTE_LIMIT
from exam_app.core.practice.attempt import DOMAINS, Assessment
from exam_app.core.practice.case import Place, PlaceSide
from exam_app.core.record.record import Distribution, Examined
from exam_app.core.record.values import ListValue
from exam_app.core.wording.term_words import distribution_text
from exam_app.core.wording.value_words import entry_text
from exam_app.core.words import _
from exam_app.gui.fields.buttons import in_lines
from exam_app.gui.parts.focus import focused
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.note_edit import NoteEdit
from exam_app.gui.parts.session_bridge import refused_text
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.unstyled import container
from exam_app.gui.parts.widgets import Card, CheckBox, Hairline, RoleLabel, SectionHeading, Segmented, button
from exam_app.gui.practice.missing import asked_in_one_line, domain_asked, missing
from exam_app.gui.practice.parts import Columns, ReadingPage, check_box, column_of, wrapped
from exam_app.services.practice import OpenAttempt

_FLAG_LINE, _LEVEL_LINE = 64, 60
"""Characters in a line of a red flag, and of a level at 100 % text."""


class LocalisePage(QWidget):
    """The last page of an attempt. `handed_in` comes when it was handed in; `examination_asked` carries the id of the
    section to go back to."""

    handed_in = Signal()
    examination_asked = Signal(str)

    def __init__(self, attempt: OpenAttempt, parent: QWidget | None = None) -> None:
        """Shows what was said of the attempt so far. One that was handed in can be read and not changed."""
        super().__init__(parent)
        self._attempt = attempt
        self._has_case = attempt.case is not None
        self.setAccessibleName(_("Localise and sum up"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._page = ReadingPage(_("Localise and sum up"), self)
        column.addWidget(self._page, 1)
        self.bar = self._bar()
        column.addWidget(self.bar)
        self._page.column.addWidget(RoleLabel(_("Localise and sum up") if self._has_case else _("To end"), "title"))
        self.done = wrapped(_("This was handed in. It can be read, and no longer changed."), "strong")
        self._page.column.addWidget(self.done)
        self._asked = column_of([*([self._answers()] if self._has_case else []), self._own_card()])
        self._page.column.addWidget(self._asked)
        self._page.column.addStretch(1)
        self.refresh()

    # Parts ---------------------------------------------------------------------------------------------------------

    def _answers(self) -> Columns:
        left = column_of([self._where_card(), self._movements_card(), self._line_card()])
        return Columns([left, column_of([self._flags_card()])], (1, 1))

    def _where_card(self) -> Card:
        card = Card()
        card.body.addWidget(wrapped(_("Where is the lesion?"), "large"))
        levels = self._attempt.library.levels.levels
        self.level = Segmented(_("Level"), [(each.id, each.label) for each in levels])
        self.level.chosen.connect(self._place_changed)
        theme().changed.connect(self._fit_levels)
        self._fit_levels()
        card.body.addWidget(self.level)
        self.side_part = container()
        part = QVBoxLayout(self.side_part)
        part.setContentsMargins(0, 0, 0, 0)
        part.addWidget(SectionHeading(_("Side of the lesion")))
        sides = [("R", _("Right")), ("L", _("Left")), ("both", _("Both sides")), ("none", _("No side"))]
        self.side = Segmented(_("Side of the lesion"), sides)
        self.side.chosen.connect(self._place_changed)
        part.addWidget(self.side)
        card.body.addWidget(self.side_part)
        return card

    def _fit_levels(self) -> None:
        """Large text needs the longer names in two lines."""
        for made, level in zip(self.level.buttons, self._attempt.library.levels.levels, strict=True):
            made.setText("\n".join(in_lines(level.label, round(_LEVEL_LINE / theme().scale))))

    def _movements_card(self) -> Card:
        """Shown where the learner has recorded movements: what kind, and how dystonia is distributed."""
        self.movements = Card()
        self.movements.body.addWidget(wrapped(_("The movements that you recorded"), "large"))
        self._entries = wrapped("")
        self.movements.body.addWidget(self._entries)
        self.change_button = button(_("Change them in the examination"), "link")
        self.change_button.clicked.connect(self._change_movements)
        self.movements.body.addWidget(self.change_button)
        self.movements.body.addWidget(SectionHeading(_("Distribution of dystonia")))
        options = [(result, distribution_text(result)) for result in get_args(Distribution)]
        self.distribution = Segmented(_("Distribution of dystonia"), options)
        self.distribution.chosen.connect(self._distribution_changed)
        self.movements.body.addWidget(self.distribution)
        return self.movements

    def _line_card(self) -> Card:
        card = Card()
        self.line = NoteEdit(asked_in_one_line(), card, lines=2)
        self.line.changed.connect(self._line_changed)
        card.body.addWidget(self.line)
        return card

    def _flags_card(self) -> Card:
        card = Card()
        card.body.addWidget(wrapped(_("Red flags"), "large"))
        card.body.addWidget(wrapped(_("Tick what you would say out loud now. There may be none."), "muted"))
        card.body.setSpacing(2)
        self.flags: dict[str, CheckBox] = {}
        for flag in self._attempt.library.red_flags.red_flags:
            made = check_box(flag.label, in_lines(flag.label, _FLAG_LINE))
            made.toggled.connect(self._flags_changed)
            self.flags[flag.id] = made
            card.body.addWidget(made)
        return card

    def _own_card(self) -> Card:
        card = Card()
        card.body.addWidget(wrapped(_("How do you see it yourself?"), "large"))
        card.body.addWidget(wrapped(_("Before you hear anything: 1 is not sure at all, 5 is quite sure."), "muted"))
        self.marks: dict[str, Segmented] = {}
        for domain in DOMAINS if self._has_case else ("findings", "structure"):
            title, asked = domain_asked(domain)
            card.body.addWidget(SectionHeading(title))
            row = Segmented(title, [(str(mark), str(mark)) for mark in range(1, 6)])
            row.setAccessibleDescription(asked)
            row.chosen.connect(self._assessment_changed)
            self.marks[domain] = row
            says = wrapped(asked)
            says.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            card.body.addWidget(Columns([row, says], (0, 1), room=560))
        self.own_words = NoteEdit(_("In your own words: what went well, what did not?"), card, lines=2)
        self.own_words.changed.connect(self._assessment_changed)
        card.body.addWidget(self.own_words)
        return card

    def _bar(self) -> QFrame:
        """Handing in, which asks once."""
        bar = QFrame()
        bar.setProperty("role", "strip")
        whole = QVBoxLayout(bar)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Hairline())
        column = QVBoxLayout()
        column.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        whole.addLayout(column)
        self.question = wrapped("", "strong")
        column.addWidget(self.question)
        row = QHBoxLayout()
        row.addStretch(1)
        self.hand_in_button = button(_("Hand in\u2026"), "primary")
        self.not_yet_button = button(_("Not yet"))
        self.really_button = button(_("Hand in now"), "primary")
        for each, slot in (
            (self.not_yet_button, self._not_yet),
            (self.really_button, self._hand_in),
            (self.hand_in_button, self._ask),
        ):
            each.clicked.connect(slot)
            row.addWidget(each)
        column.addLayout(row)
        self._show_question("")
        return bar

    # What is shown -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the attempt as it is now: after the examination went on, and at first."""
        attempt = self._attempt.attempt
        if self._has_case:
            place = attempt.localisation
            self.level.set_value(place.level if place is not None else None)
            self.side.set_value(place.side if place is not None and place.side != "unsaid" else None)
            self.distribution.set_value(attempt.distribution)
            self.line.show_text(attempt.summary)
            for flag_id, made in self.flags.items():
                made.blockSignals(True)
                made.setChecked(flag_id in attempt.red_flags)
                made.blockSignals(False)
            self._show_side()
            self._show_movements()
            self.change_button.setHidden(attempt.is_finished)
        own = attempt.assessment or Assessment()
        for domain, row in self.marks.items():
            mark = next((each for name, each in own.marks.items() if name == domain), None)
            row.set_value(str(mark) if mark is not None else None)
        self.own_words.show_text(own.words)
        self.done.setVisible(attempt.is_finished)
        self._asked.setEnabled(not attempt.is_finished)
        self._page.setFocusPolicy(Qt.FocusPolicy.StrongFocus if attempt.is_finished else Qt.FocusPolicy.NoFocus)
        self.bar.setVisible(not attempt.is_finished)

    def _show_side(self) -> None:
        level = self.level.value()
        self.side_part.setVisible(level is not None and self._has_side(level))

    def _has_side(self, level: str) -> bool:
        known = self._attempt.library.level_by_id.get(level)
        return known is not None and known.sided

    def _show_movements(self) -> None:
        told = self._movements_told()
        self.movements.setVisible(bool(told))
        self._entries.setText("\n".join(f"\u2022 {each}" for each in told))

    def _movements_told(self) -> list[str]:
        form = self._attempt.form
        item, finding = form.addresses.get(ENTRIES), self._attempt.session.record.findings.get(ENTRIES)
        if not isinstance(item, ListKind) or not isinstance(finding, Examined):
            return []
        entries = finding.value.entries if isinstance(finding.value, ListValue) else ()
        return [entry_text(item, entry, form) for entry in entries]

    # What is said --------------------------------------------------------------------------------------------------

    def _place_changed(self) -> None:
        level = self.level.value()
        has_side = level is not None and self._has_side(level)
        if not has_side:
            self.side.set_value(None)
        self._show_side()
        unanswered: PlaceSide = "unsaid" if has_side else "none"
        side = next((each for each in get_args(PlaceSide) if each == self.side.value()), unanswered)
        self._attempt.localise(Place(level=level, side=side) if level is not None else None)

    def _distribution_changed(self, result: Distribution | None) -> None:
        self._attempt.distribute(result)

    def _line_changed(self, text: str | None) -> None:
        refusal = refused_text(text)
        self.line.show_refusal(refusal)
        if refusal is None:
            self._attempt.sum_up(text)

    def _flags_changed(self) -> None:
        self._attempt.flag(flag_id for flag_id, made in self.flags.items() if made.isChecked())

    def _assessment_changed(self) -> None:
        words = self.own_words.edit.toPlainText().strip() or None
        refusal = refused_text(words, NOTE_LIMIT)
        self.own_words.show_refusal(refusal)
        before = self._attempt.attempt.assessment
        marks = {
            domain: int(value)
            for domain in DOMAINS
            if domain in self.marks and (value := self.marks[domain].value()) is not None
        }
        kept = before.words if refusal is not None and before is not None else None
        self._attempt.assess(Assessment(marks=marks, words=words if refusal is None else kept))

    def _change_movements(self) -> None:
        self.examination_asked.emit("movements")

    # Handing in ----------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        """Give what is typed and not yet told."""
        if self._has_case:
            self.line.commit()
        self.own_words.commit()

    def _ask(self) -> None:
        self.commit()
        unsaid = missing(self._attempt.attempt, has_movements=bool(self._movements_told())) if self._has_case else []
        ends = _("After this nothing can be changed, and you hear what was missed.")
        if not self._has_case:
            ends = _("After this nothing can be changed.")
        if unsaid:
            ends = _("Not said yet: {parts}. {ends}").format(parts="; ".join(unsaid), ends=ends)
        self._show_question(ends)
        self.really_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, ends)

    def _show_question(self, words: str) -> None:
        asks = bool(words)
        self.question.setText(words)
        for part in (self.question, self.not_yet_button, self.really_button):
            part.setVisible(asks)
        self.hand_in_button.setVisible(not asks)

    def _not_yet(self) -> None:
        self._show_question("")
        self.hand_in_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hand_in(self) -> None:
        """Once: a second press that was on its way finds it handed in."""
        if self._attempt.attempt.is_finished:
            return
        self.commit()
        self._attempt.finish()
        self.refresh()
        self._show_question("")
        self.handed_in.emit()

    def enter(self) -> None:
        """Put the focus on the first question."""
        first: QWidget = self.level if self._has_case else next(iter(self.marks.values()))
        if self._attempt.attempt.is_finished:
            first = self._page
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._from_the_top)

    def _from_the_top(self) -> None:
        """From its title, as far as the focus stays in sight."""
        self._page.verticalScrollBar().setValue(0)
        here = focused()
        if here is not None and self._page.inside.isAncestorOf(here):
            self._page.ensureWidgetVisible(here)

    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons at the foot, for whoever shows their keys."""
        return self.hand_in_button, self.not_yet_button, self.really_button

"""The movements of a debrief: each that the learner or the case has, the learner's words beside the key's."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from exam_app.core.words import _
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import Card
from exam_app.gui.practice.debrief_words import ALIKE, DIFFERS, verdict
from exam_app.gui.practice.parts import wrapped
from exam_app.services.practice_debrief import Told


class MovementPairs(Card):
    """A row for each movement: a sign with words, yours, the key's."""

    def __init__(self, told: Told, parent: QWidget | None = None) -> None:
        """`has_any` says whether there is a row."""
        super().__init__(parent)
        self.body.addWidget(wrapped(_("Movements"), "large"))
        rows = QGridLayout()
        rows.setHorizontalSpacing(metrics.gap_large)
        rows.setVerticalSpacing(metrics.gap)
        for column, share in enumerate((2, 5, 5)):
            rows.setColumnStretch(column, share)
        self.body.addLayout(rows)
        for column, title in enumerate(("", _("Your record"), _("The key"))):
            rows.addWidget(wrapped(title, "heading"), 0, column)
        shown = [(DIFFERS, each) for each in told.differences if each.is_movement]
        shown += [(ALIKE, each) for each in told.right_movements]
        for at, (sign, each) in enumerate(shown, start=1):
            rows.addWidget(wrapped(f"{sign} {verdict(each.outcome)}", "strong"), at, 0)
            rows.addWidget(wrapped(each.got or _("not recorded")), at, 1)
            rows.addWidget(wrapped(each.key or _("not in the case")), at, 2)
        self.has_any = bool(shown)

"""The scores of a section in a small line, live while their items are entered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from exam_app.core.derived.scoring import score_record
from exam_app.core.form.form import Form
from exam_app.core.record.record import Examination
from exam_app.core.wording.score_words import criterion_texts, is_live, score_text
from exam_app.core.words import _, capitalised
from exam_app.gui.parts.widgets import RoleLabel


def has_scores(form: Form, section_id: str) -> bool:
    """Whether a term of any score lies in a section."""
    return any(plan.touches(section_id) for plan in form.score_plans.values())


class ScoresLine(RoleLabel):
    """The scores of which a term lies in one section; hidden where there is nothing to say.

    A record is worked out only while the widget around is in sight: until then `show_record` costs nothing.
    """

    def __init__(self, form: Form, section_id: str, around: QWidget) -> None:
        """`around` is the section's page. Nothing is shown before `show_record`."""
        super().__init__("", "muted", around, wraps=True)
        self._form = form
        self._plans = tuple(plan for plan in form.score_plans.values() if plan.touches(section_id))
        self._record: Examination | None = None
        self._around = around
        self.setAccessibleName(_("Scores"))
        self.setVisible(False)
        around.installEventFilter(self)

    def show_record(self, record: Examination) -> None:
        """Take a record, and show its scores as soon as the section is in sight."""
        self._record = record
        if self._around.isVisible():
            self._work_out(record)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: the section comes into sight."""
        if watched is self._around and event.type() == QEvent.Type.Show and self._record is not None:
            self._work_out(self._record)
        return super().eventFilter(watched, event)

    def _work_out(self, record: Examination) -> None:
        found = score_record(record, self._form, self._plans).values()
        said = [text for one in found if is_live(one) for text in (capitalised(score_text(one)), *criterion_texts(one))]
        text = "\n".join(said)
        if text != self.text():
            self.setText(text)
            self.setAccessibleDescription(text)
            self.setVisible(bool(text))

"""The panel at the right of a patient's examination: how to test the focused item, and the note so far."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from exam_app.core.form.form import Form
from exam_app.core.words import _
from exam_app.gui.exam.note_view import NoteView
from exam_app.gui.exam.side_panel import SidePanel
from exam_app.gui.parts.jobs import Jobs
from exam_app.services.context import Context


class NotePanel(SidePanel):
    """`findings_pointed` carries the addresses behind the sentence of the note that is pointed at, empty without one;
    `finding_wanted` the address to go to."""

    findings_pointed = Signal(tuple)
    finding_wanted = Signal(str)

    def __init__(self, context: Context, form: Form, jobs: Jobs, parent: QWidget | None = None) -> None:
        self.note = NoteView(context, form, jobs)
        super().__init__(form, self.note, _("Note"), parent)
        self.note.findings_pointed.connect(self.findings_pointed)
        self.note.finding_wanted.connect(self.finding_wanted)

"""The sheet of a volunteer as it is now: see, save, print. TRAINING on every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from exam_app.core.words import _
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.widgets import RoleLabel
from exam_app.gui.report.pdf_dialog import PdfDialog
from exam_app.services.context import Context
from exam_app.services.practice import Learner, OpenAttempt
from exam_app.services.practice_export import debrief_pdf

_AROUND = QSize(48, 40)
"""So much of the window below stays in sight."""


class SheetDialog(PdfDialog):
    """The checklist with what has been examined so far."""

    def __init__(self, context: Context, learner: Learner, attempt: OpenAttempt, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(_("The sheet"), jobs, parent)
        self._context, self._learner, self._attempt = context, learner, attempt
        words = _("The standard order with how to test, what normal is, and what you recorded so far. It is no report.")
        self.beside.addWidget(RoleLabel(words, "muted", wraps=True))
        self.beside.addStretch(1)
        self.resize(parent.window().size() - _AROUND)
        self.make()

    def maker(self) -> Callable[[], bytes]:
        """The sheet as it is now."""
        return partial(debrief_pdf, self._context, self._learner, self._attempt)

    def new_file(self, folder: Path) -> Path:
        """Named after what it is."""
        return folder / "practice_sheet.pdf"

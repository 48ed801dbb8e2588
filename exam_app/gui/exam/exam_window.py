"""The examination of a patient: the examination screen with its note, its review and its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from exam_app.core.words import _
from exam_app.gui.exam.exam_commands import ExamCommands
from exam_app.gui.exam.examination_window import ExaminationWindow
from exam_app.gui.exam.note_panel import NotePanel
from exam_app.gui.exam.rail import LastEntry
from exam_app.gui.exam.review_page import ReviewPage
from exam_app.gui.exam.top_bar import Head, head_of
from exam_app.gui.parts.focus import focused
from exam_app.gui.parts.keys import CommandShortcut, Keys
from exam_app.gui.parts.session_bridge import ClinicalBridge
from exam_app.services.context import Context
from exam_app.services.exams import OpenExam

if TYPE_CHECKING:
    from exam_app.gui.report.dialog import ReportDialog


class ClinicalCommands(ExamCommands):
    """The commands, and the report."""

    def __init__(self, window: ExamWindow) -> None:
        super().__init__(window)
        self._exam_window = window
        self._back_to: QWidget | None = None
        self.report_dialog: ReportDialog | None = None
        self.add({"report": self.report})

    def report(self) -> None:
        """Show the report; the focus comes back to where it is now."""
        from exam_app.gui.report.dialog import ReportDialog

        window = self._exam_window
        if self.report_dialog is not None:
            return
        window.commit()
        self._back_to = focused()
        dialog = ReportDialog(window.context, window.bridge, window.jobs, window)
        dialog.finished.connect(self._report_closed)
        CommandShortcut(window.keys, "lock", dialog).activated.connect(window.lock_asked)
        self.report_dialog = dialog
        dialog.open()

    def _report_closed(self) -> None:
        dialog, self.report_dialog = self.report_dialog, None
        if dialog is not None:
            dialog.deleteLater()
        if self._back_to is not None:
            self._window.activateWindow()
            self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)
            self._back_to = None


class ExamWindow(ExaminationWindow):
    """One open examination of a patient. The title names no patient."""

    bridge: ClinicalBridge
    commands: ClinicalCommands
    side_panel: NotePanel

    def __init__(
        self,
        exam: OpenExam,
        context: Context,
        parent: QWidget | None = None,
        keys: Keys | None = None,
    ) -> None:
        self._exam = exam
        super().__init__(exam, context, parent, keys)
        self.setWindowTitle(_("Examination \u2013 exam_app"))

    def _make_bridge(self) -> ClinicalBridge:
        return ClinicalBridge(self._exam, self)

    def _make_commands(self) -> ClinicalCommands:
        return ClinicalCommands(self)

    def _head(self) -> Head:
        return head_of(self._exam.record)

    def _last_entry(self) -> LastEntry:
        return LastEntry(_("Close the visit"), _("Review and report"))

    def _make_last_page(self, parent: QWidget) -> ReviewPage:
        self.review = ReviewPage(self.bridge, self.context, parent)
        self.review.go_to.connect(self.go_to)
        self.review.report_asked.connect(self.commands.report)
        return self.review

    def _make_side_panel(self, parent: QWidget) -> NotePanel:
        panel = NotePanel(self.context, self.bridge.form, self.jobs, parent)
        panel.note.show_record(self.bridge.record)
        return panel

    def show_record(self) -> None:
        """The note beside the table."""
        self.side_panel.note.show_record(self.bridge.record)

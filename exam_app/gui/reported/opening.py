"""From a report's file to its window; where the file has a password, a dialog asks for it in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.core.words import _
from exam_app.gui.parts.field_card import FieldCard
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.messages import APPLICATION_TITLE
from exam_app.gui.parts.theme import metrics
from exam_app.gui.reported.reported_window import ReportedWindow
from exam_app.services.context import Context
from exam_app.services.files import read_file
from exam_app.services.reports import Report, read_report

if TYPE_CHECKING:
    from exam_app.services.exams import Exams


class PasswordDialog(QDialog):
    """Asks for the password of a report until it opens. `opened` carries the report."""

    opened = Signal(object)

    def __init__(self, pdf: bytes, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf, self._name = pdf, name
        self.setWindowTitle(APPLICATION_TITLE)
        explains = _("The report opens with the password that was chosen when it was exported. It is kept nowhere.")
        self.page = FieldCard(_("Password of the report"), explains, _("Open"))
        self.password = self.page.add_field(_("Password"))
        self.page.finish()
        self.page.submitted.connect(self._try)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.margin)
        column.addWidget(self.page)

    def _try(self) -> None:
        try:
            report = read_report(self._pdf, self._name, self.password.text())
        except UserError as error:
            self.page.show_fault(sentence(error), self.password)
            self.adjustSize()  # the sentence needs room
            return
        self.page.clear()
        self.accept()
        self.opened.emit(report)


class ReportOpening(QObject):
    """Opens one file. `ready` carries its window, not yet shown; `refused` a UserError; `given_up` follows a password
    that nobody typed."""

    ready = Signal(object)
    refused = Signal(object)
    given_up = Signal()

    def __init__(self, context: Context, jobs: Jobs, exams: Exams | None = None) -> None:
        super().__init__()
        self._context, self._jobs, self._exams = context, jobs, exams
        self.dialog: PasswordDialog | None = None

    def open(self, file: str, over: QWidget | None = None) -> None:
        """Read the file; a password is asked for over a window."""
        try:
            pdf = read_file(file)
            self._show(read_report(pdf, file))
        except UserError as error:
            if error.code != "report_locked":
                self.refused.emit(error)
                return
            self.dialog = PasswordDialog(pdf, file, over)
            self.dialog.opened.connect(self._show)
            self.dialog.rejected.connect(self.given_up)
            # It is kept by its name here: without one Python would take it away in the middle of its own closing.
            self.dialog.finished.connect(self.dialog.deleteLater)
            self.dialog.open()

    def _show(self, report: Report) -> None:
        try:
            window = ReportedWindow(self._context, report, self._jobs, self._exams)
        except UserError as error:
            self.refused.emit(error)
            return
        self.ready.emit(window)

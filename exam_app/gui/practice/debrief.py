"""The debrief of an attempt that was handed in, as pages; of a volunteer the sheet. Nothing in it can be changed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QTabBar, QTabWidget, QVBoxLayout, QWidget

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.core.words import _
from exam_app.gui.parts import clipboard
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import button, set_role
from exam_app.gui.practice.debrief_findings import FindingsTab
from exam_app.gui.practice.debrief_order import OrderTab
from exam_app.gui.practice.debrief_scores import ScoresTab, TeachingTab
from exam_app.gui.practice.parts import head, wrapped
from exam_app.services.context import Context
from exam_app.services.practice import Learner, OpenAttempt
from exam_app.services.practice_debrief import Told, debrief_file, told
from exam_app.services.practice_export import debrief_pdf, debrief_text


class DebriefPage(QWidget):
    """`back_asked` leads to where it was opened, `try_again_asked` carries the id of the case, None of a volunteer.
    `wrote` carries the file of a PDF."""

    back_asked = Signal()
    try_again_asked = Signal(object)
    wrote = Signal(str)

    def __init__(
        self,
        context: Context,
        attempt: OpenAttempt,
        learner: Learner,
        parent: QWidget | None = None,
        *,
        from_progress: bool = False,
    ) -> None:
        """`attempt` was handed in: just now, or long ago where it was opened `from_progress`."""
        super().__init__(parent)
        self._context, self._attempt, self._learner = context, attempt, learner
        self.jobs = Jobs(self)
        case = attempt.case
        title = _("Debrief: {case}").format(case=case.head.title) if case is not None else _("Practice on a volunteer")
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(title, _("Back to progress") if from_progress else _("Back to practice")))
        self.findings: FindingsTab | None = None
        self.tabs: QTabWidget | None = None
        self.sheet: QPlainTextEdit | None = None
        heard = told(learner, attempt)
        reviewed = case is not None and case.head.reviewed is not None
        column.addWidget(self._pages(heard, is_reviewed=reviewed) if heard is not None else self._sheet(), 1)

    def _head(self, title: str, back: str) -> QWidget:
        self.copy_button = button(_("Copy as text"))
        self.save_button = button(_("Save PDF\u2026"))
        self.again_button = button(_("Try again"))
        self.back_button = button(back, "primary")
        for made, slot in (
            (self.copy_button, self.copy),
            (self.save_button, self._ask_for_file),
            (self.again_button, self._ask_again),
            (self.back_button, self.back_asked),
        ):
            made.clicked.connect(slot)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(metrics.margin - 2, metrics.gap_large, metrics.margin - 2, metrics.gap_small)
        buttons = [self.copy_button, self.save_button, self.again_button, self.back_button]
        column.addWidget(head(title, buttons))
        self.told_label = wrapped("", "muted")
        self.told_label.hide()
        column.addWidget(self.told_label)
        return top

    def _pages(self, heard: Told, *, is_reviewed: bool) -> QTabWidget:
        self.tabs = QTabWidget(self)
        # Python forgets a bar that Qt made when a widget goes that stood before it in the order of Tab.
        self.tabs.setTabBar(QTabBar(self.tabs))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setStyleSheet(f"QTabWidget::tab-bar {{ left: {metrics.margin - 12}px; }}")
        self.tabs.tabBar().setAccessibleName(_("Parts of the debrief"))
        self.tabs.addTab(ScoresTab(heard, is_reviewed=is_reviewed), _("Scores"))
        if heard.anything_examined:
            self.findings = FindingsTab(self._attempt, heard)
            self.tabs.addTab(self.findings, _("Findings"))
            self.tabs.addTab(OrderTab(heard), _("Structure"))
        self.tabs.addTab(TeachingTab(heard), _("Teaching points"))
        return self.tabs

    def _sheet(self) -> QPlainTextEdit:
        self.sheet = QPlainTextEdit(self)
        self.sheet.setReadOnly(True)
        self.sheet.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.sheet.setTabChangesFocus(True)
        self.sheet.setAccessibleName(_("The sheet"))
        self.sheet.setPlainText(debrief_text(self._context, self._learner, self._attempt))
        return self.sheet

    def enter(self) -> None:
        """Put the focus on the parts, or on the sheet."""
        first = self.tabs.tabBar() if self.tabs is not None else self.sheet
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_again(self) -> None:
        case = self._attempt.case
        self.try_again_asked.emit(case.id if case is not None else None)

    # What leaves ---------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the debrief as text."""
        clipboard.copy(debrief_text(self._context, self._learner, self._attempt))
        self._tell(clipboard.copied_text())

    def _ask_for_file(self) -> None:
        """Ask for a file; the name offered says the case and the day and not the learner."""
        file = debrief_file(Path.home(), self._attempt)
        dialog = QFileDialog(self, _("Save PDF"), str(file), _("PDF (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, file: str) -> None:
        """Write the PDF to a file."""
        write = partial(_write, Path(file), self._context, self._learner, self._attempt)
        self._tell(_("The PDF is being written."))
        self.jobs.run(write, self._written, self._failed)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's own name: what is being written is written before the page can go."""
        super().hideEvent(event)
        self.jobs.close()

    def _written(self, path: Path) -> None:
        self._tell(_("Written: {file}").format(file=path))
        self.wrote.emit(str(path))

    def _failed(self, error: UserError) -> None:
        self._tell(sentence(error), failed=True)

    def _tell(self, text: str, *, failed: bool = False) -> None:
        set_role(self.told_label, "error" if failed else "muted")
        self.told_label.setText(text)
        self.told_label.show()
        announce(self, text, urgent=failed)


def _write(path: Path, context: Context, learner: Learner, attempt: OpenAttempt) -> Path:
    from exam_app.services.files import write_whole

    write_whole(path, debrief_pdf(context, learner, attempt))
    return path

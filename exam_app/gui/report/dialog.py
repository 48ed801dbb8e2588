"""The report of an examination: the very PDF, what can be chosen for it, and save, print and copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from exam_app.core.clinic import PageSize
from exam_app.core.errors import UserError
from exam_app.core.form import Form
from exam_app.core.messages import sentence
from exam_app.core.record import ExamRecord
from exam_app.core.words import _
from exam_app.gui import clipboard
from exam_app.gui.jobs import Jobs
from exam_app.gui.messages import APPLICATION_TITLE, announce
from exam_app.gui.report.keys import shortcut, tool_tip
from exam_app.gui.report.options import ReportOptions
from exam_app.gui.report.pdf_pages import PdfPages
from exam_app.gui.report.preview import Preview
from exam_app.gui.session_bridge import SessionBridge
from exam_app.gui.theme import metrics, theme
from exam_app.gui.widgets import Hairline, RoleLabel, SectionHeading, button, set_role
from exam_app.services.context import Context

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from exam_app.gui.report.printing import Printing

_BESIDE = 296
_SCROLL_BAR = 14
_AROUND = QSize(48, 40)
"""So much of the window below stays in sight."""


class ReportDialog(QDialog):
    """The report of one record as it is now. `wrote` carries the name of a PDF that was written.

    The PDF in sight is the one that is saved: it is made once in a job for each choice of paper and data, and stays in
    memory. Only a password makes another, of the same pages.
    """

    wrote = Signal(str)

    def __init__(self, context: Context, bridge: SessionBridge, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(APPLICATION_TITLE)
        self.setAccessibleName(_("Report"))
        self._context, self._bridge, self._jobs = context, bridge, jobs
        self._record, self._form = bridge.record, bridge.form
        self.pdf: bytes | None = None
        self._is_making = self._is_outdated = False
        self.printing: Printing | None = None
        self.preview = Preview(_("Report"), self)
        self.options = ReportOptions(self)
        self.options.changed.connect(self._make)
        self._build()
        theme().changed.connect(self._fit)
        self._fit()
        self.resize(parent.window().size() - _AROUND)
        self.preview.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_clinic()
        self._make()

    # Building ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.preview, 1)
        row.addWidget(Hairline(self, vertical=True))
        row.addWidget(self._side())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(Hairline(self))
        column.addWidget(self._foot())

    def _side(self) -> QScrollArea:
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(metrics.margin, metrics.gap_large, metrics.margin, metrics.gap_large)
        column.setSpacing(metrics.gap_small)
        column.addWidget(self.options)
        column.addSpacing(metrics.gap_large)
        column.addWidget(SectionHeading(_("Copy the note")))
        self.copy_formatted = self._button(_("Formatted"), self._copy_formatted, "copy")
        self.copy_plain = self._button(_("Plain text"), self._copy_plain)
        self.copy_ascii = self._button(_("ASCII, 80 columns"), self._copy_ascii)
        for each in (self.copy_formatted, self.copy_plain, self.copy_ascii):
            each.setAccessibleName(_("Copy the note: {style}").format(style=each.text()))
            column.addWidget(each)
        column.addStretch(1)
        self._beside = QScrollArea(self)
        set_role(self._beside, "rail")
        self._beside.setWidgetResizable(True)
        self._beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._beside.setWidget(self._inner)
        return self._beside

    def _foot(self) -> QFrame:
        foot = QFrame(self)
        set_role(foot, "strip")
        row = QHBoxLayout(foot)
        row.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        row.setSpacing(metrics.gap)
        self.told = RoleLabel("", "muted", wraps=True)
        row.addWidget(self.told, 1)
        self.close_button = self._button(_("Close"), self.reject)
        self.print_button = self._button(_("Print\u2026"), self._ask_for_printer, "print")
        self.save_button = self._button(_("Save PDF\u2026"), self._ask_for_file, "save")
        set_role(self.save_button, "primary")
        for each in (self.close_button, self.print_button, self.save_button):
            row.addWidget(each)
        return foot

    def _button(self, words: str, does: Callable[[], object], key: str = "") -> QPushButton:
        made = button(words, "", self)
        made.setAutoDefault(False)
        made.clicked.connect(does)
        if key:
            made.setToolTip(tool_tip(words, key))
            shortcut(key, self).activated.connect(made.click)
        return made

    def _fit(self) -> None:
        # Check boxes do not wrap: with large text they say how wide the side must be.
        needed = self._inner.minimumSizeHint().width() + _SCROLL_BAR
        self._beside.setFixedWidth(max(theme().side_px(_BESIDE), needed))

    # The PDF -------------------------------------------------------------------------------------------------------

    def _show_clinic(self) -> None:
        from exam_app.services.clinic import clinic

        try:
            self.options.show_clinic(clinic(self._context))
        except UserError as error:
            self._failed(error)

    def _make(self) -> None:
        """Make the PDF for what is chosen; while one is made, the next waits."""
        self._may_give(pdf=None)
        self._is_outdated = self._is_making
        if not self._is_making:
            self._is_making = True
            self._jobs.run(self._maker(password=None), self._show, self._failed, self._ended)

    def _maker(self, password: str | None) -> Callable[[], bytes]:
        """What makes the PDF that is chosen now; to be called in a job."""
        page, attach = self.options.page, self.options.attach.isChecked()
        return partial(_made, self._context, self._record, self._form, page=page, attach=attach, password=password)

    def _show(self, pdf: bytes) -> None:
        if self._is_outdated:
            return
        self.preview.show_pdf(PdfPages(pdf))
        self._may_give(pdf=pdf)

    def _failed(self, error: UserError) -> None:
        self.preview.show_problem(sentence(error))

    def _ended(self) -> None:
        self._is_making = False
        if self._is_outdated:
            self._make()

    def _may_give(self, *, pdf: bytes | None) -> None:
        """Save and print only what is in sight."""
        self.pdf = pdf
        for each in (self.save_button, self.print_button):
            each.setEnabled(pdf is not None)

    # Save ----------------------------------------------------------------------------------------------------------

    def _ask_for_file(self) -> None:
        """Ask for a file; the name offered says the day and not the patient."""
        from exam_app.services.export import new_file

        if not self.options.accepts_password():
            return
        file = new_file(Path.home(), self._record, self._form, ".pdf")
        dialog = QFileDialog(self, _("Save PDF"), str(file), _("PDF (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, file: str) -> None:
        """Write the PDF in sight, or one of the same pages with the password that was chosen."""
        if self.pdf is None:
            return
        password = self.options.chosen_password
        made = partial(_as_it_is, self.pdf) if password is None else self._maker(password)
        keep = partial(
            self._bridge.keep_export, attached=self.options.attach.isChecked(), encrypted=password is not None
        )
        self._jobs.run(partial(_write, Path(file), made, keep), self._written, self._refused)

    def _written(self, path: Path) -> None:
        self._tell(_("Written: {file}").format(file=path))
        self.wrote.emit(str(path))

    def _refused(self, error: UserError) -> None:
        self._tell_refusal(sentence(error))

    # Print and copy ------------------------------------------------------------------------------------------------

    def _ask_for_printer(self) -> None:
        if self.pdf is not None:
            self._printer().ask(self.pdf)

    def print_on(self, printer: QPrinter) -> None:
        """Print the PDF in sight on a printer."""
        if self.pdf is not None:
            self._printer().print_on(self.pdf, printer)

    def _printer(self) -> Printing:
        from exam_app.gui.report.printing import Printing

        if self.printing is None:
            self.printing = Printing(self)
            self.printing.told.connect(self._tell)
            self.printing.refused.connect(self._tell_refusal)
        return self.printing

    def _copy_formatted(self) -> None:
        self._copy(ascii_only=False, is_formatted=True)

    def _copy_plain(self) -> None:
        self._copy(ascii_only=False, is_formatted=False)

    def _copy_ascii(self) -> None:
        self._copy(ascii_only=True, is_formatted=False)

    def _copy(self, *, ascii_only: bool, is_formatted: bool) -> None:
        note = partial(_note, self._context, self._record, self._form, ascii_only=ascii_only, is_formatted=is_formatted)
        self._jobs.run(note, self._copied, self._refused)

    def _copied(self, note: tuple[str, str | None]) -> None:
        clipboard.copy(*note)
        self._tell(clipboard.copied_text())

    # Telling and closing -------------------------------------------------------------------------------------------

    def _tell(self, text: str) -> None:
        set_role(self.told, "muted")
        self.told.setText(text)
        announce(self, text)

    def _tell_refusal(self, text: str) -> None:
        set_role(self.told, "error")
        self.told.setText(text)
        announce(self, text, urgent=True)

    def done(self, result: int) -> None:
        """Qt's own name: what is being printed is printed first."""
        if self.printing is not None:
            self.printing.finish()
        self.preview.close_pdf()
        super().done(result)


def _made(
    context: Context, record: ExamRecord, form: Form, *, page: PageSize, attach: bool, password: str | None
) -> bytes:
    from exam_app.services.export import pdf_bytes

    return pdf_bytes(context, record, form, page=page, attach=attach, password=password)


def _as_it_is(pdf: bytes) -> bytes:
    return pdf


def _write(path: Path, made: Callable[[], bytes], keep: Callable[[bytes], None]) -> Path:
    """Have the records know the PDF, then write it."""
    from exam_app.services.files import write_whole

    pdf = made()
    keep(pdf)
    write_whole(path, pdf)
    return path


def _note(
    context: Context, record: ExamRecord, form: Form, *, ascii_only: bool, is_formatted: bool
) -> tuple[str, str | None]:
    """The note as plain text, and as HTML where it is to be formatted."""
    from exam_app.services import export

    text = export.note_text(context, record, form, ascii_only=ascii_only)
    return text, export.note_html(context, record, form) if is_formatted else None

"""A PDF shown before it leaves: made in a job for what is chosen beside it, saved, printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.core.words import _
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.messages import APPLICATION_TITLE, announce
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import Hairline, RoleLabel, button, set_role
from exam_app.gui.report.keys import shortcut, tool_tip
from exam_app.gui.report.pdf_pages import PdfPages
from exam_app.gui.report.preview import Preview

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from exam_app.gui.report.printing import Printing

_BESIDE = 296
_SCROLL_BAR = 14


class PdfDialog(QDialog):
    """Shows a PDF; `wrote` carries the name of the file when it was saved.

    The PDF in sight is the one that is saved: it is made once in a job for each choice, and stays in memory. A dialog
    of a kind says what makes it and what it is called, and puts what can be chosen into the column `beside`; then it
    calls `make`, and again when something else is chosen.
    """

    wrote = Signal(str)

    def __init__(self, title: str, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(APPLICATION_TITLE)
        self.setAccessibleName(title)
        self.jobs = jobs
        self.pdf: bytes | None = None
        self._is_making = self._is_outdated = False
        self.printing: Printing | None = None
        self.preview = Preview(title, self)
        self._inner = QWidget()
        self.beside = QVBoxLayout(self._inner)
        self.beside.setContentsMargins(metrics.margin, metrics.gap_large, metrics.margin, metrics.gap_large)
        self.beside.setSpacing(metrics.gap_small)
        self._build()
        theme().changed.connect(self._fit)
        self.preview.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    # What a dialog of a kind says ----------------------------------------------------------------------------------

    def maker(self) -> Callable[[], bytes]:
        """What makes the PDF that is chosen now; it is called in a job."""
        raise NotImplementedError

    def new_file(self, folder: Path) -> Path:
        """The file that is offered; its name never names a patient."""
        raise NotImplementedError

    def may_save(self) -> bool:
        """Whether all is given that saving needs; if not, what is missing has been said."""
        return True

    def writer(self, path: Path, pdf: bytes) -> Callable[[], Path]:
        """What writes the PDF in sight and returns its path; it is called in a job."""
        return partial(_write, path, pdf)

    # Building ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._area = QScrollArea(self)
        set_role(self._area, "rail")
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inner)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.preview, 1)
        row.addWidget(Hairline(self, vertical=True))
        row.addWidget(self._area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(Hairline(self))
        column.addWidget(self._foot())

    def _foot(self) -> QFrame:
        foot = QFrame(self)
        set_role(foot, "strip")
        row = QHBoxLayout(foot)
        row.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        row.setSpacing(metrics.gap)
        self.told = RoleLabel("", "muted", wraps=True)
        row.addWidget(self.told, 1)
        self.close_button = self.button(_("Close"), self.reject)
        self.print_button = self.button(_("Print\u2026"), self._ask_for_printer, "print")
        self.save_button = self.button(_("Save PDF\u2026"), self._ask_for_file, "save")
        set_role(self.save_button, "primary")
        for each in (self.close_button, self.print_button, self.save_button):
            row.addWidget(each)
        return foot

    def button(self, words: str, does: Callable[[], object], key: str = "") -> QPushButton:
        """A button; `key` names its keys."""
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
        self._area.setFixedWidth(max(theme().side_px(_BESIDE), needed))

    # The PDF -------------------------------------------------------------------------------------------------------

    def make(self) -> None:
        """Make the PDF for what is chosen; while one is made, the next waits."""
        self._fit()
        self._may_give(pdf=None)
        self._is_outdated = self._is_making
        if not self._is_making:
            self._is_making = True
            self.jobs.run(self.maker(), self._show, self._failed, self._ended)

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
            self.make()

    def _may_give(self, *, pdf: bytes | None) -> None:
        """Save and print only what is in sight."""
        self.pdf = pdf
        for each in (self.save_button, self.print_button):
            each.setEnabled(pdf is not None)

    # Save and print ------------------------------------------------------------------------------------------------

    def _ask_for_file(self) -> None:
        if not self.may_save():
            return
        dialog = QFileDialog(self, _("Save PDF"), str(self.new_file(Path.home())), _("PDF (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, file: str) -> None:
        """Write the PDF in sight."""
        if self.pdf is not None:
            self.jobs.run(self.writer(Path(file), self.pdf), self._written, self.refused)

    def _written(self, path: Path) -> None:
        self.tell(_("Written: {file}").format(file=path))
        self.wrote.emit(str(path))

    def refused(self, error: UserError) -> None:
        """Say what could not be done."""
        self.tell_refusal(sentence(error))

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
            self.printing.told.connect(self.tell)
            self.printing.refused.connect(self.tell_refusal)
        return self.printing

    # Telling and closing -------------------------------------------------------------------------------------------

    def tell(self, text: str) -> None:
        """Say what was done, below and to a screen reader."""
        set_role(self.told, "muted")
        self.told.setText(text)
        announce(self, text)

    def tell_refusal(self, text: str) -> None:
        """Say what was not done."""
        set_role(self.told, "error")
        self.told.setText(text)
        announce(self, text, urgent=True)

    def done(self, result: int) -> None:
        """Qt's own name: what is being printed is printed first."""
        if self.printing is not None:
            self.printing.finish()
        self.preview.close_pdf()
        super().done(result)


def _write(path: Path, pdf: bytes) -> Path:
    from exam_app.services.files import write_whole

    write_whole(path, pdf)
    return path

"""The report of an examination before it leaves: paper, the record's data, a password, and copies of the note."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from exam_app.core.clinic import PageSize
from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.core.words import _
from exam_app.gui.parts import clipboard
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.session_bridge import ClinicalBridge
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import SectionHeading, Segmented
from exam_app.gui.report.options import ReportOptions
from exam_app.gui.report.pdf_dialog import PdfDialog
from exam_app.services.context import Context

if TYPE_CHECKING:
    from exam_app.services.export import Style

_AROUND = QSize(48, 40)
"""So much of the window below stays in sight."""


class ReportDialog(PdfDialog):
    """The report of one record as it is now. A password makes another PDF of the same pages when it is saved."""

    def __init__(self, context: Context, bridge: ClinicalBridge, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(_("Report"), jobs, parent)
        self._context, self._bridge = context, bridge
        self._record, self._form = bridge.record, bridge.form
        self.options = ReportOptions(self)
        self.options.changed.connect(self.make)
        self.beside.addWidget(self.options)
        self.beside.addSpacing(metrics.gap_large)
        self._add_copies()
        self.beside.addStretch(1)
        self.resize(parent.window().size() - _AROUND)
        self._show_clinic()
        self.make()

    def _add_copies(self) -> None:
        self.beside.addWidget(SectionHeading(_("Copy the note")))
        self.style_of_note = Segmented(
            _("Style of the note"),
            (("bullets", _("Bullets")), ("prose", _("Prose")), ("handover", _("One line"))),
            optional=False,
        )
        self.style_of_note.set_value("bullets")
        self.style_of_note.chosen.connect(self._style_chosen)
        self.beside.addWidget(self.style_of_note)
        self.copy_formatted = self.button(_("Formatted"), self._copy_formatted, "copy")
        self.copy_plain = self.button(_("Plain text"), self._copy_plain)
        self.copy_ascii = self.button(_("ASCII, 80 columns"), self._copy_ascii)
        for each in (self.copy_formatted, self.copy_plain, self.copy_ascii):
            each.setAccessibleName(_("Copy the note: {style}").format(style=each.text()))
            self.beside.addWidget(each)

    def _show_clinic(self) -> None:
        from exam_app.services.clinic import clinic

        with suppress(UserError):  # making the PDF says it
            self.options.show_clinic(clinic(self._context))

    # The PDF -------------------------------------------------------------------------------------------------------

    def maker(self) -> Callable[[], bytes]:
        """The report, without a password."""
        return self._maker(password=None)

    def _maker(self, password: str | None) -> Callable[[], bytes]:
        page, attach = self.options.page, self.options.attach.isChecked()
        return partial(_made, self._context, self._record, self._form, page=page, attach=attach, password=password)

    def new_file(self, folder: Path) -> Path:
        """Named for the day, and not for the patient."""
        from exam_app.services.export import new_file

        return new_file(folder, self._record, self._form, ".pdf")

    def may_save(self) -> bool:
        """Whether there is a password, if one is wanted."""
        return self.options.accepts_password()

    def writer(self, path: Path, pdf: bytes) -> Callable[[], Path]:
        """Writes the PDF in sight, or one of the same pages with the password; the records know it then."""
        password = self.options.chosen_password
        made = partial(_as_it_is, pdf) if password is None else self._maker(password)
        attached = self.options.attach.isChecked()
        keep = partial(self._bridge.keep_export, attached=attached, encrypted=password is not None)
        return partial(_write, path, made, keep)

    # The note ------------------------------------------------------------------------------------------------------

    def _style_chosen(self) -> None:
        """Only bullets have a formatted form."""
        self.copy_formatted.setEnabled(self.style_of_note.value() == "bullets")

    def _copy_formatted(self) -> None:
        self._copy(ascii_only=False, is_formatted=True)

    def _copy_plain(self) -> None:
        self._copy(ascii_only=False, is_formatted=False)

    def _copy_ascii(self) -> None:
        self._copy(ascii_only=True, is_formatted=False)

    def _copy(self, *, ascii_only: bool, is_formatted: bool) -> None:
        from exam_app.services.export import Style

        style = next(each for each in get_args(Style) if each == self.style_of_note.value())
        note = partial(_note, self._context, self._record, self._form, style, ascii_only=ascii_only)
        self.jobs.run(partial(note, is_formatted=is_formatted), self._copied, self.refused)

    def _copied(self, note: tuple[str, str | None]) -> None:
        clipboard.copy(*note)
        self.tell(clipboard.copied_text())


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
    context: Context, record: ExamRecord, form: Form, style: Style, *, ascii_only: bool, is_formatted: bool
) -> tuple[str, str | None]:
    """The note as plain text, and as HTML where it is to be formatted."""
    from exam_app.services import export

    text = export.note_text(context, record, form, style, ascii_only=ascii_only)
    return text, export.note_html(context, record, form) if is_formatted else None

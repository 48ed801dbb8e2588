"""The page of settings for a clinic's reports: letterhead, paper, and whether the record's data goes along."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QObject, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from exam_app.core.clinic import MOST_LOGO, Clinic
from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.core.words import _
from exam_app.gui.parts.flow import Flow
from exam_app.gui.parts.focus import bring_into_sight
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import CheckBox, RoleLabel, button
from exam_app.gui.report.options import page_of, paper_choice
from exam_app.gui.shell.settings_dialog import add_part, page_column
from exam_app.services.clinic import clinic, keep_clinic
from exam_app.services.context import Context

_LINES = 4
"""Lines of the address in sight."""
_LOGO = (220, 64)
"""Room for the logo in pixels at 100 % text."""


class ClinicPage(QWidget):
    """Every change is kept at once, as far as it can be; what cannot is said, and then nothing is changed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._clinic = Clinic()
        self.said = RoleLabel("", "error", wraps=True)
        self.said.hide()
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the clinic"))
        self.name.editingFinished.connect(self._keep)
        self.address = QPlainTextEdit()
        self.address.setAccessibleName(_("Address"))
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(self.address.fontMetrics().lineSpacing() * _LINES + theme().px(22))
        self.address.installEventFilter(self)
        self.logo = RoleLabel(_("No logo."), "muted")
        self.choose_logo = button(_("Choose a logo\u2026"))
        self.choose_logo.clicked.connect(self._ask_for_logo)
        self.remove_logo = button(_("Remove the logo"))
        self.remove_logo.clicked.connect(self._remove_logo)
        self.paper = paper_choice()
        self.paper.chosen.connect(self._keep)
        self.attach = CheckBox(_("Attach the record's data to a PDF"))
        self._build()
        self._read()
        self.attach.toggled.connect(self._keep)

    def _build(self) -> None:
        column = page_column(self)
        column.addWidget(self.said)
        add_part(column, _("Name of the clinic"), self.name, _("Without a name a report has no letterhead."))
        add_part(column, _("Address"), self.address)
        logo = QWidget()
        row = QHBoxLayout(logo)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.gap_large)
        row.addWidget(self.logo)
        row.addWidget(Flow([self.choose_logo, self.remove_logo]), 1)
        add_part(column, _("Logo"), logo, _("A PNG or JPEG file of at most 1 MB."))
        add_part(column, _("Paper"), self.paper)
        explains = _(
            "What the pages say, once more as data that a machine can read. It can be chosen anew for each report."
        )
        add_part(column, _("Data"), self.attach, explains)
        column.addStretch(1)

    def _read(self) -> None:
        try:
            self._clinic = clinic(self._context)
        except UserError as error:
            self._say(sentence(error))
        self.name.setText(self._clinic.name or "")
        self.address.setPlainText("\n".join(self._clinic.address))
        self.paper.set_value(self._clinic.page_size)
        self.attach.setChecked(self._clinic.attach_record)
        self._show_logo()

    # Keeping -------------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        """Keep what is on the page."""
        from pydantic import ValidationError

        lines = [line.strip() for line in self.address.toPlainText().splitlines() if line.strip()]
        try:
            wanted = Clinic(
                name=self.name.text().strip() or None,
                address=tuple(lines),
                logo=self._clinic.logo,
                page_size=page_of(self.paper),
                attach_record=self.attach.isChecked(),
            )
        except ValidationError as error:
            self._say(_fault(str(error.errors(include_url=False, include_input=False)[0]["loc"][0])))
            return
        self._keep_as(wanted)

    def _keep_as(self, wanted: Clinic) -> None:
        if wanted == self._clinic:
            return
        try:
            keep_clinic(self._context, wanted)
        except UserError as error:
            self._say(sentence(error))
            return
        self._clinic = wanted
        self.said.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: leaving the address keeps it."""
        if watched is self.address and event.type() == QEvent.Type.FocusOut:
            self._keep()
        return super().eventFilter(watched, event)

    # Logo ----------------------------------------------------------------------------------------------------------

    def _ask_for_logo(self) -> None:
        dialog = QFileDialog(self, _("Choose a logo"), str(Path.home()), _("Pictures (*.png *.jpg *.jpeg)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_logo)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_logo(self, file: str) -> None:
        """Take a file as the logo, or say why not."""
        try:
            with Path(file).open("rb") as opened:
                data = opened.read(MOST_LOGO + 1)
        except OSError:
            self._say(_("The file could not be read. The logo is as it was. Check that you may open it."))
            return
        if len(data) > MOST_LOGO:
            self._say(_("This file is larger than 1 MB. The logo is as it was. Make the picture smaller."))
        elif _picture(data).isNull():
            self._say(_("This file is no PNG or JPEG picture. The logo is as it was. Choose another file."))
        else:
            self._use_logo(data)

    def _remove_logo(self) -> None:
        self._use_logo(None)
        self.choose_logo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _use_logo(self, data: bytes | None) -> None:
        self._keep_as(self._clinic.model_copy(update={"logo": data}))
        self._show_logo()

    def _show_logo(self) -> None:
        picture = _picture(self._clinic.logo) if self._clinic.logo is not None else QImage()
        self.remove_logo.setEnabled(self._clinic.logo is not None)
        if picture.isNull():
            self.logo.setText(_("No logo."))
            self.logo.setAccessibleName("")
            return
        wide, high = (theme().px(length) for length in _LOGO)
        dense = self.devicePixelRatioF()
        drawn = picture.scaled(
            round(wide * dense),
            round(high * dense),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        drawn.setDevicePixelRatio(dense)
        self.logo.setPixmap(QPixmap.fromImage(drawn))
        self.logo.setAccessibleName(_("The logo"))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()
        bring_into_sight(self.said)
        announce(self, text, urgent=True)


def _fault(field: str) -> str:
    if field == "address":
        return _("The address can have at most 6 lines of 120 characters. It is kept as it was.")
    return _("The name is too long, or has a character that cannot be kept. It is kept as it was.")


def _picture(data: bytes) -> QImage:
    """The picture in a PNG or JPEG file; a null one where it is none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    return reader.read() if reader.format().data() in (b"png", b"jpeg") else QImage()

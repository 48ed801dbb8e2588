"""Who practises: choose, add, rename, remove; one's progress as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QMessageBox, QVBoxLayout, QWidget

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.core.words import _, ngettext
from exam_app.gui.parts.focus import focused
from exam_app.gui.parts.messages import APPLICATION_TITLE, announce, show_error, show_notice
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel, button, set_look, within_screen
from exam_app.services.practice import Learner, Practice


class NameDialog(QDialog):
    """Asks for a name. What is wrong with it is said beside it, and the dialog stays."""

    def __init__(self, title: str, name: str, keep: Callable[[str], None], parent: QWidget) -> None:
        """`keep` is called with the name and raises UserError where it cannot be taken."""
        super().__init__(parent)
        self.setWindowTitle(APPLICATION_TITLE)
        self.setProperty("role", "sheet")
        self._keep = keep
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.margin)
        column.addWidget(RoleLabel(title, "large", wraps=True))
        column.addWidget(RoleLabel(_("Only this name is kept with what you practise."), "muted", wraps=True))
        self.line = QLineEdit(name)
        self.line.setAccessibleName(_("Name"))
        column.addWidget(self.line)
        self.error = RoleLabel("", "error", wraps=True)
        self.error.hide()
        column.addWidget(self.error)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel_button = button(_("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.keep_button = button(_("Keep"), "primary")
        self.keep_button.setDefault(True)
        self.keep_button.clicked.connect(self.submit)
        row.addWidget(self.cancel_button)
        row.addWidget(self.keep_button)
        column.addLayout(row)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(within_screen(self, 440, 230))
        self.line.setFocus()

    def submit(self) -> None:
        """Keep the name, or say why not."""
        try:
            self._keep(self.line.text().strip())
        except UserError as error:
            text = sentence(error)
            self.error.setText(text)
            self.error.show()
            set_look(self.line, "wrong", True)
            announce(self, text, urgent=True)
            self.line.setFocus()
            return
        self.accept()


class Choice(QComboBox):
    """A choice with an arrow in the colour of its words: the style's own stands in a box that the style sheet cuts."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own name: the style paints all but the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme().palette.color("text_muted" if self.isEnabled() else "text_off")
        half = theme().px(4)
        middle = QPointF(self.width() - theme().px(14), self.height() / 2)
        painter.setPen(QPen(colour, max(1.5, half / 3)))
        corners = (QPointF(-half, -half / 2), QPointF(0, half / 2), QPointF(half, -half / 2))
        painter.drawPolyline(QPolygonF([middle + corner for corner in corners]))
        painter.end()


class Learners(QObject):
    """The choice of a learner and what can be done with one; `parts` stand side by side. `changed` when another one
    practises."""

    changed = Signal()

    def __init__(self, practice: Practice, window: QWidget) -> None:
        super().__init__(window)
        self._practice, self._window = practice, window
        self._learners: tuple[Learner, ...] = ()
        self.dialog: QDialog | None = None
        self._back_to: QWidget | None = None
        self.choice = Choice(window)
        self.choice.setAccessibleName(_("Learner"))
        self.choice.currentIndexChanged.connect(self._chosen)
        self.add_button = button(_("New learner\u2026"), "", window)
        self.rename_button = button(_("Rename\u2026"), "", window)
        self.remove_button = button(_("Remove\u2026"), "", window)
        self.export_button = button(_("Export progress\u2026"), "", window)
        self.import_button = button(_("Import progress\u2026"), "", window)
        for made, does in (
            (self.add_button, self.ask_for_new),
            (self.rename_button, self.ask_for_other_name),
            (self.remove_button, self.ask_to_remove),
            (self.export_button, self.ask_for_target),
            (self.import_button, self.ask_for_file),
        ):
            made.clicked.connect(does)
        self.label = RoleLabel(_("Learner"), "muted", window)
        self.label.setBuddy(self.choice)
        theme().changed.connect(self._fit)
        self._fit()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """Everything in the order on screen."""
        buttons = (self.add_button, self.rename_button, self.remove_button, self.import_button, self.export_button)
        return (self.label, self.choice, *buttons)

    def _fit(self) -> None:
        self.choice.setMinimumWidth(theme().px(180))
        self.choice.setMaximumWidth(theme().px(260))
        for part in (self.label, self.choice):
            part.setMinimumHeight(self.add_button.sizeHint().height())

    @property
    def learner(self) -> Learner | None:
        """Who practises now."""
        index = self.choice.currentIndex()
        return self._learners[index] if 0 <= index < len(self._learners) else None

    def refresh(self, chosen: Learner | None = None) -> None:
        """Read who practises here; `chosen` or the one of now stays chosen."""
        here = chosen or self.learner
        self._learners = self._practice.learners()
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItems([each.name for each in self._learners])
        ids = [each.id for each in self._learners]
        if ids:
            self.choice.setCurrentIndex(ids.index(here.id) if here is not None and here.id in ids else 0)
        self.choice.blockSignals(False)
        for made in (self.choice, self.rename_button, self.remove_button, self.export_button):
            made.setEnabled(bool(ids))

    def _chosen(self) -> None:
        self.changed.emit()

    def _show(self, learner: Learner | None) -> None:
        self.refresh(learner)
        self.changed.emit()

    # Names ---------------------------------------------------------------------------------------------------------

    def ask_for_new(self) -> None:
        """Ask for the name of a new learner."""
        self._ask_for_name(_("Who practises?"), "", self._add)

    def _add(self, name: str) -> None:
        self._show(self._practice.add_learner(name))

    def ask_for_other_name(self) -> None:
        """Ask for another name of the learner."""
        if self.learner is not None:
            self._ask_for_name(_("Another name"), self.learner.name, self._rename)

    def _rename(self, name: str) -> None:
        if self.learner is not None:
            self._show(self._practice.rename_learner(self.learner, name))

    def _ask_for_name(self, title: str, name: str, keep: Callable[[str], None]) -> None:
        self._open(NameDialog(title, name, keep, self._window))

    def ask_to_remove(self) -> None:
        """Ask whether a learner goes, with everything."""
        learner = self.learner
        if learner is None:
            return
        count = len(self._practice.attempts(learner))
        text = ngettext(
            "Remove {name} and {count} attempt? This cannot be undone.",
            "Remove {name} and {count} attempts? This cannot be undone.",
            count,
        ).format(name=learner.name, count=count)
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel
        box = QMessageBox(QMessageBox.Icon.Question, APPLICATION_TITLE, "", buttons, self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.button(QMessageBox.StandardButton.Yes).setText(_("Remove"))
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.accepted.connect(self.remove)
        self._open(box)

    def remove(self) -> None:
        """The learner goes, with every attempt."""
        if self.learner is not None:
            self._practice.remove_learner(self.learner)
            self._show(None)

    def _open(self, dialog: QDialog) -> None:
        """Open a dialog; the focus comes back to where it is now, or to where one begins."""
        self._back_to = focused()
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        QDialog.open(dialog)  # that of a message box takes a receiver

    def _closed(self) -> None:
        self.dialog = None
        self._window.activateWindow()
        back_to = self._back_to
        target = back_to if back_to is not None and back_to.isEnabled() else self.add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # Files ---------------------------------------------------------------------------------------------------------

    def ask_for_target(self) -> None:
        """Ask where the learner's progress is written to."""
        dialog = QFileDialog(self._window, _("Export progress"), "progress.json", _("Progress (*.json)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.fileSelected.connect(self.export_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_to(self, file: str) -> None:
        """Write the learner's progress."""
        if self.learner is None:
            return
        try:
            self._practice.export_progress(self.learner, Path(file))
        except UserError as error:
            show_error(self._window, error)
            return
        show_notice(self._window, _("Written: {file}").format(file=file))

    def ask_for_file(self) -> None:
        """Ask for a file of progress."""
        dialog = QFileDialog(self._window, _("Import progress"), "", _("Progress (*.json)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.import_from)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def import_from(self, file: str) -> None:
        """Take over a file of progress."""
        try:
            taken = self._practice.import_progress(Path(file))
        except UserError as error:
            show_error(self._window, error)
            return
        self._show(taken.learner)
        text = ngettext(
            "{count} attempt of {name} was taken over.", "{count} attempts of {name} were taken over.", taken.attempts
        )
        show_notice(self._window, text.format(count=taken.attempts, name=taken.learner.name))

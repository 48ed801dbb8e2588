"""What can be chosen for a report: its paper, the record's data, a password."""

from __future__ import annotations

from typing import Final, get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from exam_app.core.clinic import Clinic, PageSize
from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.core.words import _, ngettext
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import CheckBox, RoleLabel, SectionHeading, Segmented, set_look

SHORTEST_PASSWORD: Final = 8


def paper_choice() -> Segmented:
    """A choice of the paper."""
    made = Segmented(_("Paper"), (("A4", _("A4")), ("Letter", _("Letter"))), optional=False)
    made.set_value("A4")
    return made


def page_of(choice: Segmented) -> PageSize:
    """The paper that is chosen."""
    return next(size for size in get_args(PageSize) if size == choice.value())


class ReportOptions(QWidget):
    """The choices, as the clinic has them at first. `changed` follows one that makes another PDF."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(metrics.gap_small)
        self.paper = paper_choice()
        self.paper.chosen.connect(self.changed)
        self._column.addWidget(SectionHeading(_("Paper")))
        self._column.addWidget(self.paper)
        self._column.addSpacing(metrics.gap_large)
        self.attach = self._box(
            _("Attach the record's data"),
            _("A machine can read it: what the pages say, once more as data within the PDF, and nothing else."),
        )
        self.attach.toggled.connect(self.changed)
        self._column.addSpacing(metrics.gap)
        self.protect = self._box(
            _("Protect with a password"),
            _("A protected PDF is not fit for archives (it is not PDF/A). A lost password cannot be recovered."),
        )
        self._asked = QWidget()
        self._lines = QVBoxLayout(self._asked)
        self._lines.setContentsMargins(0, metrics.gap_small, 0, 0)
        self._lines.setSpacing(metrics.gap_small)
        self.password, self.again = self._line(_("Password")), self._line(_("The same password again"))
        self._refusal = RoleLabel("", "error", wraps=True)
        self._refusal.hide()
        self._lines.addWidget(self._refusal)
        self._column.addWidget(self._asked)
        self._asked.hide()
        self.protect.toggled.connect(self._ask_for_password)

    def _box(self, words: str, explains: str) -> CheckBox:
        box = CheckBox(words)
        box.setAccessibleDescription(explains)
        self._column.addWidget(box)
        self._column.addWidget(RoleLabel(explains, "small", wraps=True))
        return box

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleName(name)
        line.textChanged.connect(self._typed)
        label = RoleLabel(name)
        label.setBuddy(line)
        self._lines.addWidget(label)
        self._lines.addWidget(line)
        return line

    def show_clinic(self, clinic: Clinic) -> None:
        """Choose what the clinic usually has, without telling anyone."""
        self.paper.set_value(clinic.page_size)
        self.attach.blockSignals(True)
        self.attach.setChecked(clinic.attach_record)
        self.attach.blockSignals(False)

    @property
    def page(self) -> PageSize:
        """The paper."""
        return page_of(self.paper)

    @property
    def chosen_password(self) -> str | None:
        """The password that protects the PDF, if one is to; only after `accepts_password`."""
        from exam_app.services.export import usable_password

        return usable_password(self.password.text()) if self.protect.isChecked() else None

    def accepts_password(self) -> bool:
        """Whether there is a password where one is wanted; if not, what is missing is said at its line."""
        wrong, says = self._fault()
        for line in (self.password, self.again):
            set_look(line, "wrong", line is wrong)
        self._refusal.setText(says)
        self._refusal.setVisible(bool(says))
        if wrong is not None:
            wrong.setFocus()
            announce(self, says, urgent=True)
        return wrong is None

    def _fault(self) -> tuple[QLineEdit | None, str]:
        from exam_app.services.export import usable_password

        if not self.protect.isChecked():
            return None, ""
        if len(self.password.text()) < SHORTEST_PASSWORD:
            text = ngettext("Use at least {count} character.", "Use at least {count} characters.", SHORTEST_PASSWORD)
            return self.password, text.format(count=SHORTEST_PASSWORD)
        if self.password.text() != self.again.text():
            return self.again, _("The two passwords differ. Type the same one twice.")
        try:
            usable_password(self.password.text())
        except UserError as error:
            return self.password, sentence(error)
        return None, ""

    def _ask_for_password(self, is_asked: bool) -> None:
        self.password.clear()
        self.again.clear()
        self._asked.setVisible(is_asked)
        if is_asked:
            self.password.setFocus()

    def _typed(self) -> None:
        """What is being put right is no longer called wrong."""
        self._refusal.hide()
        for line in (self.password, self.again):
            set_look(line, "wrong", False)

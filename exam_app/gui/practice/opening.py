"""What the window of practice shows until the cases have been read, or where they cannot be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from exam_app.core.errors import UserError
from exam_app.core.words import _
from exam_app.gui.parts.messages import announce, error_text
from exam_app.gui.parts.widgets import button, set_role
from exam_app.gui.practice.parts import ReadingPage, wrapped


class OpeningPage(QWidget):
    """A word that practice comes, or why it does not. `left` when somebody does not wait."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Practice"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        page = ReadingPage(_("Practice"), self)
        column.addWidget(page)
        self.told = wrapped(_("The cases are being read \u2026"))
        page.column.addWidget(self.told)
        self.leave_button = button(_("Leave practice"))
        self.leave_button.clicked.connect(self.left)
        page.column.addWidget(self.leave_button, 0, Qt.AlignmentFlag.AlignLeft)
        page.column.addStretch(1)

    def enter(self) -> None:
        """Put the focus on the way out."""
        self.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: UserError) -> None:
        """Say why practice cannot be opened."""
        text = error_text(error)
        set_role(self.told, "error")
        self.told.setText(text)
        announce(self, text, urgent=True)

"""A card that asks: a few fields, what is wrong with them, and one button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import Card, RoleLabel, button, set_look, within_screen

CARD_WIDTH = 460


class FieldCard(Card):
    """A card with a title, a few sentences, fields, an error sentence and one main button."""

    submitted = Signal()

    def __init__(self, title: str, explains: str, action: str) -> None:
        super().__init__(margin=metrics.margin)
        # On a small screen the card gives way to the edges of its window.
        self.setFixedWidth(within_screen(self, CARD_WIDTH, 0, beside=2 * metrics.margin).width())
        self.body.setSpacing(metrics.gap)
        self.body.addWidget(RoleLabel(title, "title", wraps=True))
        if explains:
            self.body.addWidget(RoleLabel(explains, "muted", wraps=True))
            self.body.addSpacing(metrics.gap)
        self.error = RoleLabel("", "error", wraps=True)
        self.error.setVisible(False)
        self.action = button(action, "primary")
        self.action.clicked.connect(self.submitted)
        self.fields: list[QLineEdit] = []

    def add_field(self, label: str, *, secret: bool = True) -> QLineEdit:
        """A labelled line; Enter in it submits the card."""
        name = RoleLabel(label, "strong")
        line = QLineEdit()
        line.setAccessibleName(label)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.returnPressed.connect(self.submitted)
        name.setBuddy(line)
        self.body.addWidget(name)
        self.body.addWidget(line)
        self.fields.append(line)
        return line

    def finish(self, *links: QWidget) -> None:
        """Put the error sentence and the buttons at the end."""
        self.body.addWidget(self.error)
        self.body.addSpacing(metrics.gap)
        row = QHBoxLayout()
        for link in links:
            row.addWidget(link)
        row.addStretch()
        row.addWidget(self.action)
        self.body.addLayout(row)

    def show_fault(self, text: str, line: QLineEdit | None) -> None:
        """Say what is wrong; the field at fault is framed, selected and has the focus."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        for each in self.fields:
            set_look(each, "wrong", each is line and bool(text))
        if text:
            announce(self, text, urgent=True)
        if line is not None:
            line.setFocus()
            line.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        for line in self.fields:
            line.clear()
        self.show_fault("", None)

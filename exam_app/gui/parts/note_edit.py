"""Free text of several lines, given whenever typing pauses, so that no more than a moment of it can be lost."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.unstyled import leave_bar_boxes_unstyled, leave_unstyled
from exam_app.gui.parts.widgets import RoleLabel, set_look

PAUSE_MS = 400
"""A pause in typing after which the text is given."""


class NoteEdit(QWidget):
    """A labelled text of at most 10,000 characters. `changed` carries the text, or None when it was emptied."""

    changed = Signal(object)

    def __init__(self, label: str, parent: QWidget | None = None, *, lines: int = 2) -> None:
        super().__init__(parent)
        leave_unstyled(self)
        self._given: str | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.commit)
        self._label = RoleLabel(label, "heading", self)
        self._refusal = RoleLabel("", "error", self, wraps=True)
        self._refusal.hide()
        self.edit = QPlainTextEdit(self)
        leave_bar_boxes_unstyled(self.edit)
        self.edit.setAccessibleName(label)
        self.edit.setTabChangesFocus(True)
        self.edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * lines + theme().px(22))
        self.edit.textChanged.connect(self._timer.start)
        self.edit.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap_small)
        for widget in (self._label, self.edit, self._refusal):
            column.addWidget(widget)
        self.setFocusProxy(self.edit)

    def show_text(self, text: str | None) -> None:
        """Show a text without telling anyone; what is being typed stays unless the text really is another one."""
        if text == self._given:
            return
        self._given = text
        if (self.edit.toPlainText().strip() or None) == text:
            return
        self.edit.blockSignals(True)
        self.edit.setPlainText(text or "")
        self.edit.blockSignals(False)

    def show_refusal(self, why: str | None) -> None:
        """Say why the text cannot be kept as it stands; None when it was kept."""
        self._refusal.setText(why or "")
        self._refusal.setVisible(why is not None)
        set_look(self.edit, "wrong", why is not None)
        if why is not None:
            announce(self.edit, why, urgent=True)

    @property
    def refusal(self) -> str:
        """Why the text is not kept; empty while it is."""
        return self._refusal.text()

    def commit(self) -> None:
        """Give the text now."""
        self._timer.stop()
        text = self.edit.toPlainText().strip() or None
        if text != self._given:
            self._given = text
            self.changed.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: leaving the text gives it."""
        if watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self.commit()
        return super().eventFilter(watched, event)

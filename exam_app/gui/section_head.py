"""The heading of a section: its title, and the buttons for its rest and its map."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from exam_app.core.form import Section
from exam_app.core.words import _
from exam_app.gui.elided import ElidedLabel
from exam_app.gui.key_button import KeyButton
from exam_app.gui.keys import Keys
from exam_app.gui.theme import metrics
from exam_app.gui.widgets import RoleLabel


class SectionHead(QWidget):
    """Title and buttons side by side, or the buttons below where there is no room for both."""

    def __init__(self, section: Section, keys: Keys, parent: QWidget, more: QPushButton | None = None) -> None:
        """`more` is a further button, which stands first."""
        super().__init__(parent)
        self._rest_words = section.rest_key or _("Rest normal")
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(metrics.gap)
        words, row = QHBoxLayout(), QHBoxLayout()
        self._title = RoleLabel(section.title, "title")
        words.addWidget(self._title)
        words.addWidget(ElidedLabel(section.subtitle or _("patient's right on the left")), 1)
        self._keys = keys
        self.rest_reason = KeyButton(_("Rest not examined\u2026"), keys.cap("rest_reason"))
        self.rest_normal = KeyButton(self._rest_words, keys.cap("rest_normal"))
        keys.changed.connect(self._show_keys)
        self._buttons = [*([more] if more is not None else []), self.rest_reason, self.rest_normal]
        for each in self._buttons:
            row.addWidget(each)
        self._box.addLayout(words, 1)
        self._box.addLayout(row)
        self._box.setAlignment(row, Qt.AlignmentFlag.AlignLeft)

    def _show_keys(self) -> None:
        self.rest_reason.set_key(self._keys.cap("rest_reason"))
        self.rest_normal.set_key(self._keys.cap("rest_normal"))

    def show_rest(self, count: int) -> None:
        """How many findings "rest normal" would assert."""
        self.rest_normal.set_label(_("{words} \u00b7 {count}").format(words=self._rest_words, count=count))
        self.rest_normal.setEnabled(count > 0)

    def enter(self) -> None:
        """Put the focus on the last button that can be pressed."""
        last = self.rest_normal if self.rest_normal.isEnabled() else self.rest_reason
        last.setFocus(Qt.FocusReason.BacktabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        super().resizeEvent(event)
        needed = sum(each.sizeHint().width() + metrics.gap for each in (self._title, *self._buttons))
        is_narrow = self.width() < needed
        across = QBoxLayout.Direction.LeftToRight
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else across)

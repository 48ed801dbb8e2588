"""The heading of a page: its title, and its buttons; for a section those for its rest and its map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from exam_app.core.form.form import Section
from exam_app.core.words import _
from exam_app.gui.parts.elided import ElidedLabel
from exam_app.gui.parts.flow import Flow
from exam_app.gui.parts.key_button import KeyButton
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.unstyled import leave_unstyled
from exam_app.gui.parts.widgets import RoleLabel

_LEAST_WORDS = 0.8
"""The share of the words beside a title that is worth reading; less would be a stump."""


class TitleRow(QWidget):
    """Title and buttons side by side, or the buttons below where there is no room for both."""

    def __init__(self, title: str, words: str, buttons: Sequence[QPushButton], parent: QWidget | None = None) -> None:
        """`words` stand beside the title where there is room for them."""
        super().__init__(parent)
        leave_unstyled(self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(metrics.gap)
        beside = QHBoxLayout()
        self._title = RoleLabel(title, "title")
        beside.addWidget(self._title)
        beside.addWidget(ElidedLabel(words, least_share=_LEAST_WORDS), 1)
        self._buttons = buttons
        self._box.addLayout(beside, 1)
        self._box.addWidget(Flow(buttons, self))
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Place the buttons; call it when one of them has other words."""
        with_caps = [each for each in self._buttons if isinstance(each, KeyButton)]
        others = sum(each.sizeHint().width() + metrics.gap for each in self._buttons if each not in with_caps)
        has_room = sum(each.whole_width + metrics.gap for each in with_caps) + others <= self.width()
        for each in with_caps:
            each.show_cap(has_room=has_room)
        needed = sum(each.sizeHint().width() + metrics.gap for each in (self._title, *self._buttons))
        across = self.width() >= needed
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)


class SectionHead(TitleRow):
    """The heading of a section, with the buttons for its rest."""

    def __init__(self, section: Section, keys: Keys, parent: QWidget, more: QPushButton | None = None) -> None:
        """`more` is a further button, which stands first."""
        self.rest_words = section.rest_key or _("Rest normal")
        self.has_rest = any(item.macro for item in section.items)
        self.rest_reason = KeyButton(_("Rest not examined\u2026"), keys.cap("rest_reason"))
        self.rest_normal = KeyButton(self.rest_words, keys.cap("rest_normal"))
        buttons = [*([more] if more is not None else []), self.rest_reason]
        if self.has_rest:
            buttons.append(self.rest_normal)
        super().__init__(section.title, section.subtitle or _("patient's right on the left"), buttons, parent)
        if not self.has_rest:
            self.rest_normal.setParent(self)
            self.rest_normal.hide()
        self._keys = keys
        keys.changed.connect(self._show_keys)

    def _show_keys(self) -> None:
        self.rest_reason.set_key(self._keys.cap("rest_reason"))
        self.rest_normal.set_key(self._keys.cap("rest_normal"))

    def show_rest(self, count: int) -> None:
        """How many findings "rest normal" would assert."""
        self.rest_normal.set_label(_("{words} \u00b7 {count}").format(words=self.rest_words, count=count))
        self.rest_normal.setEnabled(count > 0)
        self.fit()

    def enter(self) -> None:
        """Put the focus on the last button that can be pressed."""
        last = self.rest_normal if self.rest_normal.isEnabled() else self.rest_reason
        last.setFocus(Qt.FocusReason.BacktabFocusReason)

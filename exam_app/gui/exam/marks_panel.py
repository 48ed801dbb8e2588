"""`Q`: the marks of a finding in a small panel at its cell, each with a key; the cell keeps its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from exam_app.core.editing.marks import Mark
from exam_app.core.words import _
from exam_app.gui.parts.layouts import ENTER_KEYS, digit_of
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.parts.session_bridge import refused_text
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import KeyCap, RoleLabel, button

LETTERS = "123456789abcdefghijklmnoprstuvwxyz"
"""The keys of the marks in their order; Q closes the panel that it opened."""
_MOST_IN_A_COLUMN = 10
_TICK = "\u2713"


@dataclass(frozen=True, slots=True)
class MarkState:
    """A mark, how many of the cells carry it, how many could, and its words where it is a text."""

    mark: Mark
    carried: int
    able: int
    words: str = ""

    @property
    def says(self) -> str:
        """The state in words."""
        if not self.able:
            return _("not possible here")
        if self.words:
            return self.words
        if 0 < self.carried < self.able:
            return _("{count} of {of}").format(count=self.carried, of=self.able)
        return _("yes") if self.carried else _("no")


class MarksPanel(Overlay):
    """Lists marks and toggles them by key or click. `toggled` carries the mark; `worded` a mark and its words."""

    toggled = Signal(object)
    worded = Signal(object, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, 440)
        self._states: Sequence[MarkState] = ()
        self._anchor: QWidget | None = None
        self._writing: Mark | None = None
        self._title = RoleLabel("", "strong", wraps=True)
        self._why = RoleLabel(_("Grade the cell first: a mark belongs to what was found."), "small", wraps=True)
        self._rows: QWidget | None = None
        self.words = QLineEdit(self.card)
        self.words.returnPressed.connect(self._words_given)
        self.card.body.addWidget(self._title)
        self.card.body.addWidget(self._why)
        self._refusal = RoleLabel("", "error", wraps=True)
        self.card.body.addWidget(self.words)
        self.card.body.addWidget(self._refusal)
        self.card.body.addWidget(RoleLabel(_("Enter or Esc goes back to the cell."), "small"))

    def ask(self, title: str, anchor: QWidget, states: Sequence[MarkState]) -> None:
        """Show the marks of what the title names, at a cell."""
        self._title.setText(title)
        self._anchor = anchor
        self._writing = None
        self.words.hide()
        self._refusal.hide()
        self.setAccessibleName(_("Marks: {finding}").format(finding=title))
        self._show(states)
        self.open()

    def show_states(self, states: Sequence[MarkState]) -> None:
        """Show what the marks are now, and say what changed."""
        before = {state.mark: state.says for state in self._states}
        self._show(states)
        self._place()
        for state in states:
            if state.says != before.get(state.mark, state.says):
                announce(self, _("{mark}: {state}").format(mark=state.mark.label, state=state.says))

    def _show(self, states: Sequence[MarkState]) -> None:
        self._states = states[: len(LETTERS)]
        self._why.setVisible(not any(state.able for state in states if state.mark.field is None))
        if self._rows is not None:
            self.card.body.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget(self.card)
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(metrics.gap)
        grid.setVerticalSpacing(0)
        high = max(_MOST_IN_A_COLUMN, (len(self._states) + 1) // 2)
        for number, state in enumerate(self._states):
            at, across = number % high, 3 * (number // high)
            grid.addWidget(KeyCap(LETTERS[number].upper()), at, across)
            sign = _TICK if state.carried and state.carried == state.able else ""
            grid.addWidget(RoleLabel(sign or (state.says if state.carried else ""), "strong"), at, across + 1)
            grid.addWidget(self._button(state), at, across + 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(grid.columnCount(), 1)
        self.card.body.insertWidget(1, self._rows)
        self._rows.show()
        self.card.body.activate()
        lines = [f"{LETTERS[at].upper()}: {state.mark.label}, {state.says}" for at, state in enumerate(self._states)]
        self.setAccessibleDescription("\n".join(lines))

    def _button(self, state: MarkState) -> QPushButton:
        words = f"{state.mark.label}: {state.words}" if state.words else state.mark.label
        made = button(words, "quiet", self.card)
        made.setProperty("mark", state.mark)
        made.setEnabled(state.able > 0)
        made.setAccessibleName(_("{mark}: {state}").format(mark=state.mark.label, state=state.says))
        made.clicked.connect(self._clicked)
        return made

    def _clicked(self) -> None:
        made = self.sender()
        if isinstance(made, QPushButton):
            self._take(made.property("mark"))

    def _take(self, mark: Mark) -> None:
        if not mark.is_words:
            self.toggled.emit(mark)
            return
        self._writing = mark
        self.words.setText(next(state.words for state in self._states if state.mark == mark))
        self.words.setPlaceholderText(_("{mark}, then Enter").format(mark=mark.label))
        self.words.setAccessibleName(mark.label)
        self.words.show()
        self._place()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words_given(self) -> None:
        if self._writing is None:
            return
        text = self.words.text().strip()
        refusal = refused_text(text, self._writing.limit)
        if refusal is None:
            self.worded.emit(self._writing, text)
            self.close_panel()
            return
        self._refusal.setText(refusal)
        self._refusal.show()
        self._place()
        announce(self, refusal, urgent=True)

    def _place(self) -> None:
        """Below the cell, or above it where there is no room below."""
        super()._place()
        window, anchor = self.parentWidget(), self._anchor
        if window is None or anchor is None:
            return
        top = anchor.mapTo(window, QPoint(0, 0))
        gap, width, height = theme().px(4), self.card.width(), self.card.height()
        left = max(16, min(top.x() + (anchor.width() - width) // 2, self.width() - width - 16))
        below, above = top.y() + anchor.height() + gap, top.y() - gap - height
        fits = below + height <= self.height() - 8
        self.card.move(left, below if fits else above if above >= 8 else max(8, self.height() - height - 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own name: no veil, the cell stays in sight."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: a key toggles its mark; Enter, Escape and Q go back."""
        key = digit_of(event) or event.text().lower()
        if self.words.hasFocus() or not key:
            super().keyPressEvent(event)
        elif event.key() in ENTER_KEYS or key == "q":
            self.close_panel()
            event.accept()
        elif key in LETTERS and LETTERS.index(key) < len(self._states):
            state = self._states[LETTERS.index(key)]
            if state.able:
                self._take(state.mark)
            event.accept()
        else:
            super().keyPressEvent(event)

"""The editor of flags: marks that go from not asked to yes, no and unknown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from exam_app.core.derived.judgement import judge_value
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, FlagsKind, Item
from exam_app.core.record.values import FlagsValue, Value, YesNo
from exam_app.core.words import _
from exam_app.gui.fields.base import FieldEditor, plain_text, takes_back
from exam_app.gui.fields.buttons import ButtonRow, Face, ToggleButton, Tone

_NEXT: dict[YesNo | None, YesNo | None] = {None: "yes", "yes": "no", "no": "unknown", "unknown": None}
_NUMBERED = 9


def state_word(state: YesNo | None) -> str:
    """The state of a mark in a word."""
    return {None: _("not asked"), "yes": _("yes"), "no": _("no"), "unknown": _("unknown")}[state]


def _signed(state: YesNo | None) -> str:
    """The word with its sign."""
    return {
        None: _("\u2014 not asked"),
        "yes": _("\u2713 yes"),
        "no": _("\u2715 no"),
        "unknown": _("? unknown"),
    }[state]


class FlagsEditor(FieldEditor):
    """Marks as buttons with their state below the name. A digit or Space takes a mark to its next state, Delete back to
    not asked. Only the first nine have a digit: two digits in a row mean two marks."""

    def __init__(self, field: Field | Item, form: Form, parent: QWidget | None = None) -> None:
        """`field` is flags."""
        super().__init__(field, form, parent)
        self.options = field.options if isinstance(field, FlagsKind) else ()
        self._context = field.label
        self.row = ButtonRow([ToggleButton(self._face(index, None)) for index in range(len(self.options))], self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.row)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.row.pressed.connect(self._toggle)
        self.setFocusProxy(self.row)
        self._show(None)

    def _face(self, index: int, state: YesNo | None) -> Face:
        key = str(index + 1) if index < _NUMBERED else ""
        return Face(self.options[index].label, key, _signed(state))

    def take_key(self, event: QKeyEvent) -> bool:
        """A digit toggles the n-th mark; Delete takes the focused one back, and all where none has the focus."""
        if takes_back(event):
            here = self.row.focused()
            if here >= 0:
                self._set(here, None)
            else:
                self._answer(None)
            return True
        key = plain_text(event)
        if len(key) != 1 or key not in "123456789" or int(key) > len(self.options):
            return False
        if self.row.focused() >= 0:
            self.row.go_to(int(key) - 1)
        self._toggle(int(key) - 1)
        return True

    def _states(self) -> dict[str, YesNo]:
        return dict(self._value.flags) if isinstance(self._value, FlagsValue) else {}

    def _toggle(self, index: int) -> None:
        self._set(index, _NEXT[self._states().get(self.options[index].id)])

    def _set(self, index: int, state: YesNo | None) -> None:
        states = self._states()
        states.pop(self.options[index].id, None)
        if state is not None:
            states[self.options[index].id] = state
        in_order = {option.id: states[option.id] for option in self.options if option.id in states}
        self._answer(FlagsValue(flags=in_order) if in_order else None)

    def _show(self, value: Value | None) -> None:
        states = dict(value.flags) if isinstance(value, FlagsValue) else {}
        for index, (option, button) in enumerate(zip(self.options, self.row.buttons, strict=True)):
            state = states.get(option.id)
            if isinstance(button, ToggleButton):
                button.show_state(self._face(index, state), self._tone(option.id, state), checked=state == "yes")
            button.setAccessibleName(
                _("{field}: {mark}, {state}").format(field=self._context, mark=option.label, state=state_word(state))
            )

    def _tone(self, option_id: str, state: YesNo | None) -> Tone:
        if state is None:
            return "empty"
        if state != "yes":
            return "quiet"
        judged = judge_value(self.field, FlagsValue(flags={option_id: "yes"}), self.form)
        return "accent" if judged == "neither" else judged

    def _name_parts(self, words: str) -> None:
        self._context = words
        self.row.setAccessibleName(words)
        for option, button in zip(self.options, self.row.buttons, strict=True):
            button.setAccessibleDescription(option.definition or "")
            button.setToolTip(option.definition or "")
        self._show(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Space is left to the buttons."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

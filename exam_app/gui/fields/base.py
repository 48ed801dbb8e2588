"""What every editor of a field has: a value shown, a value answered, keys taken, a name for screen readers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, Item
from exam_app.core.record.record import Examination
from exam_app.core.record.values import Value
from exam_app.gui.parts.layouts import COMMAND_MODIFIERS, digit_of, sign_of
from exam_app.gui.parts.unstyled import leave_unstyled


class FieldEditor(QWidget):
    """Shows one value of one field and tells what the examiner answers; it holds no truth of its own.

    `answered` carries a core value, or None where the answer was taken back. Showing a value never emits.
    """

    answered = Signal(object)

    def __init__(self, field: Field | Item, form: Form, parent: QWidget | None = None) -> None:
        """A field or an item of the form; nothing is shown yet."""
        super().__init__(parent)
        leave_unstyled(self)
        self.field = field
        self.form = form
        self._value: Value | None = None

    def value(self) -> Value | None:
        """What is shown, or was answered last."""
        return self._value

    def show_value(self, value: Value | None) -> None:
        """Show a value, or that there is none, without telling anyone."""
        self._value = value
        self._show(value)

    def take_key(self, event: QKeyEvent) -> bool:  # noqa: ARG002 - the kinds that take keys look at it
        """Use a key that was pressed here or in the grid; True where it meant something to this field."""
        return False

    def set_context(self, words: str) -> None:
        """Name the editor for a screen reader ("Elbow extension, right") and forget what was typed for another cell."""
        if words == self.accessibleName():
            return
        self.setAccessibleName(words)
        self.setAccessibleDescription(self.field.help or "")
        self._name_parts(words)

    def show_record(self, record: Examination | None) -> None:
        """Tell the record that conditions on other items look at; only groups and lists need it."""

    def commit(self) -> None:
        """Give the answer that is typed and not yet told; call it before the editor is shown another value."""

    def _answer(self, value: Value | None) -> None:
        """Show a value and tell it, unless it is the one already there."""
        if value == self._value:
            self._show(value)
            return
        self._value = value
        self._show(value)
        self.answered.emit(value)

    def _show(self, value: Value | None) -> None:
        raise NotImplementedError

    def _name_parts(self, words: str) -> None:
        """Name the controls inside."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: keys that the parts did not use."""
        if not self.take_key(event):
            super().keyPressEvent(event)


_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def takes_back(event: QKeyEvent) -> bool:
    """Whether a key takes an answer back."""
    return event.key() in _CLEARS and not event.modifiers() & COMMAND_MODIFIERS


EditorMaker = Callable[[Field | Item, Form, QWidget | None], FieldEditor]
"""Makes the editor of a field inside a group or a list."""


def plain_text(event: QKeyEvent) -> str:
    """The character of a key press without Ctrl, Alt or Meta, else the empty text. A digit also where a French keyboard
    prints something else."""
    if event.modifiers() & COMMAND_MODIFIERS:
        return ""
    unshifted = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    return (digit_of(event) if unshifted else None) or sign_of(event) or event.text()

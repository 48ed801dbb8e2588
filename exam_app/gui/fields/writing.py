"""Editors of text and dates. What is typed is told a moment after the last key, on Enter and on leaving.

While the line has the focus, what cannot be read yet stands in it with a sentence on how to write it. A line that has
been left holds nothing that is not recorded.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import DateKind, Field, Item, TextKind
from exam_app.core.quick.typed import how_to_write, not_recorded, value_from_text
from exam_app.core.record.values import DateValue, TextValue, Value
from exam_app.gui.fields.base import FieldEditor, plain_text
from exam_app.gui.fields.buttons import RING
from exam_app.gui.parts.focus import holds_focus
from exam_app.gui.parts.layouts import ENTER_KEYS
from exam_app.gui.parts.messages import tell_around
from exam_app.gui.parts.theme import theme
from exam_app.gui.parts.widgets import RoleLabel, set_look, set_role

PAUSE = 600
"""Milliseconds after the last key until what is typed is told, so that a crash costs no more than that."""
_LONG = 200
_FOR_A_WHILE = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""Why the focus goes where it comes back from."""


class TypedEditor(FieldEditor):
    """An editor in which text is typed: when it is told, and the sentence where it cannot be read."""

    def __init__(self, field: Field | Item, form: Form, parent: QWidget | None = None) -> None:
        """Subclasses make the line and add `hint` to their layout."""
        super().__init__(field, form, parent)
        self._pending = False
        self._has_fault = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.give)
        self.hint = RoleLabel("", "small", wraps=True)

    def written(self) -> str:
        """The text as it stands in the line."""
        raise NotImplementedError

    def read(self) -> Value | str:
        """The value that the text gives, or the sentence that says how to write it."""
        return value_from_text(self.field, self.form, self.written())

    def on_typed(self) -> None:
        """Something was typed; it is told after the pause."""
        self._pending = True
        if self._has_fault:
            self._say("")
        self._pause.start()

    def give(self) -> str:
        """Tell what is typed; what cannot be read stays in the line, with the sentence that says how to write it, which
        is returned; else the empty text."""
        self._pause.stop()
        if not self._pending:
            return ""
        found = self.read() if self.written().strip() else None
        if isinstance(found, str):
            self._say(found)
            self._look_wrong(True)
            return found
        self._pending = False
        self._say("")
        self._answer(found)
        return ""

    def commit(self) -> None:
        """Tell what is typed, as the line is left. What cannot be read goes from it, and that is said; but words are
        never thrown away while they can be seen."""
        fault = self.give()
        if fault and not isinstance(self.field, TextKind):
            self._drop(fault)

    def _drop(self, fault: str | None = None) -> None:
        """Show what is recorded in place of what was typed."""
        said = not_recorded(self.field, self.form, self.written().strip(), self._value, fault)
        self._pending = False
        self._pause.stop()
        self._show(self._value)
        self._say(said)
        tell_around(self, said)

    @staticmethod
    def enter_pressed(event: QEvent) -> bool:
        """Whether an event is a press of Enter."""
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER_KEYS

    def left(self, event: QFocusEvent) -> None:
        """A part lost the focus: to another part or another window it comes back from, or for good."""
        if event.reason() in _FOR_A_WHILE or holds_focus(self):
            self.give()
        else:
            self.commit()

    def show_value(self, value: Value | None) -> None:
        """Show a value; what is being typed over the same value stays."""
        if not (self._pending and value == self._value):
            super().show_value(value)

    def set_context(self, words: str) -> None:
        """Name the editor; under another name what was typed and not told is gone, so `commit` first."""
        if words != self.accessibleName():
            if self._pending:
                self._drop()
            if self._has_fault:
                self._say("")
        super().set_context(words)

    def _say(self, fault: str) -> None:
        usual = how_to_write(self.field, self.form) if not isinstance(self.field, TextKind) else ""
        self.hint.setText(fault or usual)
        self.hint.setVisible(bool(fault or usual))
        set_role(self.hint, "error" if fault else "small")
        self._has_fault = bool(fault)
        self._look_wrong(False)

    def _look_wrong(self, wrong: bool) -> None:
        """Frame the line where its text cannot be read."""

    def _matches(self, value: Value | None) -> bool:
        """Whether the line already says this value; then it is left alone, and the cursor with it."""
        if value is None:
            return not self.written().strip()
        return self.read() == value

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's own name: nothing typed is lost when the window moves on."""
        self.commit()
        super().hideEvent(event)


class LineEditor(TypedEditor):
    """A line, or a few lines for a long text, with how to write it beneath."""

    def __init__(self, field: Field | Item, form: Form, parent: QWidget | None = None) -> None:
        """`field` is a text or a date."""
        super().__init__(field, form, parent)
        long = isinstance(field, TextKind) and field.limit > _LONG
        self.line: QLineEdit | QPlainTextEdit = QPlainTextEdit() if long else QLineEdit()
        if isinstance(self.line, QPlainTextEdit):
            self.line.setTabChangesFocus(True)
            self._fit_height()
            self.line.textChanged.connect(self._on_changed)
        else:
            self.line.textEdited.connect(self.on_typed)
        self.line.installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(RING, RING, RING, 0)
        box.setSpacing(2)
        box.addWidget(self.line)
        box.addWidget(self.hint)
        self._showing = False
        self._say("")
        self.setFocusProxy(self.line)
        theme().changed.connect(self._fit_height)

    def written(self) -> str:
        """The text as it stands in the line."""
        return self.line.toPlainText() if isinstance(self.line, QPlainTextEdit) else self.line.text()

    def take_key(self, event: QKeyEvent) -> bool:
        """A digit begins a date; words are typed in the line itself."""
        key = plain_text(event)
        if not isinstance(self.field, DateKind) or self.line.hasFocus() or len(key) != 1 or key not in "0123456789-":
            return False
        self._write(key if not self._pending else self.written() + key)
        self.on_typed()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: leaving the line tells what is in it, Enter too, which goes no further from a fault."""
        if watched is self.line and isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.left(event)
        return isinstance(self.line, QLineEdit) and self.enter_pressed(event) and bool(self.give())

    def _on_changed(self) -> None:
        if not self._showing:
            self.on_typed()

    def _write(self, text: str) -> None:
        self._showing = True
        if isinstance(self.line, QPlainTextEdit):
            self.line.setPlainText(text)
        else:
            self.line.setText(text)
        self._showing = False

    def _show(self, value: Value | None) -> None:
        if self._matches(value):
            return
        self._pending = False
        self._pause.stop()
        self._say("")
        if isinstance(value, TextValue):
            self._write(value.text)
        else:
            self._write(value.date if isinstance(value, DateValue) else "")

    def _look_wrong(self, wrong: bool) -> None:
        set_look(self.line, "wrong", wrong)

    def _name_parts(self, words: str) -> None:
        self.line.setAccessibleName(words)
        self.line.setAccessibleDescription(how_to_write(self.field, self.form))

    def _fit_height(self) -> None:
        if isinstance(self.line, QPlainTextEdit):
            self.line.setFixedHeight(theme().px(72))

"""The editor of a list: its entries, each a group of fields, one below the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, Item, ListKind
from exam_app.core.record.record import Examination
from exam_app.core.record.values import GroupValue, ListValue, Value
from exam_app.core.words import _
from exam_app.gui.fields.base import EditorMaker, FieldEditor
from exam_app.gui.fields.buttons import Face, SegmentButton
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.parts.focus import Inserted
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import button


class EntryRow(Inserted):
    """One entry of a list: its fields and the button that removes it."""

    def __init__(self, editor: GroupEditor, add_button: QWidget) -> None:
        super().__init__(add_button)
        self.editor = editor
        self.setProperty("role", "card")
        self.remove_button = button(_("Remove"), "quiet")
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, metrics.gap)
        row.addWidget(editor, 1)
        row.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)


class ListEditor(FieldEditor):
    """Entries one below the other, with a button that adds one. A new entry counts when its first field is answered.

    Where the form has words for it, "none" is an answer: an empty list. Removing the last entry is not that answer.
    """

    def __init__(self, field: Field | Item, form: Form, make: EditorMaker, parent: QWidget | None = None) -> None:
        """`field` is a list."""
        super().__init__(field, form, parent)
        if not isinstance(field, ListKind):
            raise TypeError(f"'{field.id}' is no list")
        self.list_kind = field
        self._make = make
        self._record: Examination | None = None
        self.entries: list[EntryRow] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(metrics.gap_small)
        self.add_button: QPushButton = button(_("Add"))
        self.none_button = SegmentButton(Face(_("None"))) if field.none_phrase is not None else None
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        if self.none_button is not None:
            below.addWidget(self.none_button)
            self.none_button.clicked.connect(self._on_none)
        below.addStretch(1)
        self._box.addLayout(below)
        self.add_button.clicked.connect(self.add_entry)
        self.setFocusProxy(self.add_button)

    def add_entry(self) -> None:
        """Begin a new entry and go to it; it is recorded with its first answer."""
        if len(self.entries) == len(self._values()):
            self._make_entry()
        self.entries[-1].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_entry(self) -> None:
        entry = EntryRow(GroupEditor(self.list_kind, self.form, self._make), self.add_button)
        entry.editor.show_record(self._record)
        entry.editor.answered.connect(self._on_answered)
        entry.remove_button.clicked.connect(self._on_remove)
        self.entries.append(entry)
        self._box.insertWidget(len(self.entries) - 1, entry)
        entry.show()
        self._name_parts(self.accessibleName())

    def _values(self) -> tuple[GroupValue, ...]:
        return self._value.entries if isinstance(self._value, ListValue) else ()

    def _on_answered(self, value: Value | None) -> None:
        at = next(index for index, entry in enumerate(self.entries) if entry.editor is self.sender())
        values = list(self._values())
        if isinstance(value, GroupValue):
            values[at : at + 1] = [value]
        else:
            del values[at]
        self._answer(ListValue(entries=tuple(values)) if values else None)

    def _on_remove(self) -> None:
        at = next(index for index, entry in enumerate(self.entries) if entry.remove_button is self.sender())
        values = list(self._values())
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if at >= len(values):
            self._drop(at)
            return
        del values[at]
        self._drop(at)
        self._answer(ListValue(entries=tuple(values)) if values else None)

    def _on_none(self) -> None:
        none = ListValue(entries=())
        self._answer(None if self._value == none else none)

    def _drop(self, at: int) -> None:
        entry = self.entries.pop(at)
        self._box.removeWidget(entry)
        entry.hide()
        entry.deleteLater()

    def _show(self, value: Value | None) -> None:
        values = value.entries if isinstance(value, ListValue) else ()
        while len(self.entries) > len(values) + (1 if self._last_is_empty() else 0):
            self._drop(len(self.entries) - 1)
        while len(self.entries) < len(values):
            self._make_entry()
        for entry, each in zip(self.entries, values, strict=False):
            entry.editor.show_value(each)
        if self.none_button is not None:
            self.none_button.setChecked(value == ListValue(entries=()))

    def show_value(self, value: Value | None) -> None:
        """Show the entries; a new one that is still empty stays while the others are the same."""
        if value != self._value:
            self._drop_empty()
            super().show_value(value)

    def set_context(self, words: str) -> None:
        """Name the editor; under another name a new entry that is still empty is gone."""
        if words != self.accessibleName():
            self._drop_empty()
        super().set_context(words)

    def _last_is_empty(self) -> bool:
        return bool(self.entries) and self.entries[-1].editor.value() is None

    def _drop_empty(self) -> None:
        if self._last_is_empty():
            self._drop(len(self.entries) - 1)

    def show_record(self, record: Examination | None) -> None:
        """The record that conditions look at."""
        self._record = record
        for entry in self.entries:
            entry.editor.show_record(record)

    def commit(self) -> None:
        """Tell what is typed in any entry."""
        for entry in list(self.entries):
            entry.editor.commit()

    def take_key(self, event: QKeyEvent) -> bool:
        """The entry with the focus takes the key."""
        here: QWidget | None = self.window().focusWidget()
        inside = (entry for entry in self.entries if here is not None and entry.isAncestorOf(here))
        return any(entry.editor.take_key(event) for entry in inside)

    def _name_parts(self, words: str) -> None:
        self.add_button.setAccessibleName(_("Add: {field}").format(field=words))
        if self.none_button is not None:
            self.none_button.setAccessibleName(_("{field}: none").format(field=words))
            self.none_button.setToolTip(self.list_kind.none_phrase or "")
        for number, entry in enumerate(self.entries, 1):
            name = _("{field}, entry {number}").format(field=words, number=number)
            entry.editor.set_context(name)
            entry.remove_button.setAccessibleName(_("Remove: {entry}").format(entry=name))

"""The layout `entries`: what was entered as a list at the left, the chosen entry as a form at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QScrollArea, QVBoxLayout, QWidget

from exam_app.core.derived.distribution import ENTRIES
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, ListItem, ListKind
from exam_app.core.record.record import Examination, Examined, Finding
from exam_app.core.record.values import GroupValue, ListValue, Value
from exam_app.core.wording.finding_words import finding_text
from exam_app.core.wording.value_words import entry_text, value_text
from exam_app.core.words import _
from exam_app.gui.entries.contrast_view import ContrastView
from exam_app.gui.fields import maker
from exam_app.gui.fields.base import takes_back
from exam_app.gui.fields.buttons import ButtonRow, Face, SegmentButton
from exam_app.gui.fields.choosing import SegmentedEditor
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.parts.flow import Flow
from exam_app.gui.parts.focus import Inserted, bring_into_sight, focused
from exam_app.gui.parts.key_hint import KeyHint
from exam_app.gui.parts.layouts import ENTER_KEYS
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import Card, RoleLabel, button
from exam_app.gui.parts.wrapped_rows import WrappedRows

_IN_LINE = 3
_NONE = ListValue(entries=())
_WIDTH = 196


def line_of(item: ListKind, entry: GroupValue, form: Form) -> str:
    """An entry in one line: what its first fields say, lists last, as "dystonia · observed · neck, left hand"."""
    said: list[str] = []
    for field in sorted(item.fields[:_IN_LINE], key=_is_list):
        value = entry.fields.get(field.id)
        if isinstance(field, ListKind) and isinstance(value, ListValue):
            said.append(", ".join(entry_text(field, each, form) for each in value.entries))
        elif value is not None:
            said.append(value_text(field, value, form))
    return " · ".join(text for text in said if text) or entry_text(item, entry, form)


def _is_list(field: Field) -> bool:
    return isinstance(field, ListKind)


class EntriesView(QWidget):
    """List and form of a list item. `answered` carries the address and the whole list, or None where nothing is left.

    In the list: Insert or A adds, Delete removes, Enter goes into the form; Escape comes back. A new entry becomes part
    of the record with its first answer.
    """

    answered = Signal(str, object)

    def __init__(self, address: str, item: ListItem, form: Form, parent: QWidget | None = None) -> None:
        """The item at an address; nothing is shown yet."""
        super().__init__(parent)
        self.address, self.item, self._form = address, item, form
        self._value: ListValue | None = None
        self._is_adding = False
        self._shown = -1
        self._record: Examination | None = None
        self._editor: GroupEditor | None = None
        self.setAccessibleName(item.label)
        self.list = QListWidget()
        self.add_button = button(_("Add (A)"))
        self.remove_button = button(_("Remove"), "quiet")
        self.none_button = SegmentButton(Face(_("None")))
        self.state = RoleLabel("", "muted", wraps=True)
        keys = (KeyHint(("A",), _("adds an entry"), self), KeyHint((_("Enter"),), _("opens the chosen one"), self))
        self.blank = QWidget(self)
        column = QVBoxLayout(self.blank)
        column.addWidget(RoleLabel(_("Nothing is chosen."), "strong", wraps=True))
        for key in keys:
            column.addWidget(key, 0, Qt.AlignmentFlag.AlignLeft)
        if item.none_phrase is not None:
            nothing = _("The button \u201cNone\u201d records that there is nothing to enter.")
            column.addWidget(RoleLabel(nothing, "muted", wraps=True))
        self._arrange()
        self._connect()
        self.setFocusProxy(self.list)
        theme().changed.connect(self._fit)
        self._fit()
        self._show_entries(0)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.gap_large)
        self.list_card = Card(margin=metrics.gap)
        self.list_card.body.addWidget(self.list, 1)
        self.list_card.body.addWidget(self.state)
        self.list_card.body.addWidget(Flow((self.add_button, self.remove_button), self.list_card))
        self.list_card.body.addWidget(self.none_button)
        row.addWidget(self.list_card)
        form_card = self._form_card = Card(self, margin=metrics.gap)
        row.addWidget(form_card, 1)
        self.scroll_area = QScrollArea(form_card)
        form_card.body.addWidget(self.scroll_area, 1)
        self.definition = RoleLabel("", "muted", form_card, wraps=True)
        self.definition.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.definition.setContentsMargins(metrics.gap, 0, 0, 0)
        form_card.body.addWidget(self.definition)
        self.definition.hide()
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setAccessibleName(_("{item}: the chosen entry").format(item=self.item.label))
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = self._inside = QWidget(self.scroll_area)
        self.scroll_area.setWidget(page)
        box = self._page = QVBoxLayout(page)
        box.addWidget(self.blank)
        self.contrast = ContrastView(self._form, page) if self.address == ENTRIES else None
        if self.contrast is not None:
            box.addWidget(self.contrast)
            self.contrast.installEventFilter(self)
        box.addStretch(1)
        label = self.item.label
        self.list.setAccessibleName(_("{item}: entries").format(item=label))
        self.list.setAccessibleDescription(_("Insert or A adds an entry, Delete removes it, Enter opens it."))
        WrappedRows(self.list)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(metrics.gap_small)
        self.add_button.setAccessibleName(_("Add: {item}").format(item=label))
        self.remove_button.setAccessibleName(_("Remove the chosen entry: {item}").format(item=label))
        self.none_button.setAccessibleName(self.item.none_phrase or _("{item}: none").format(item=label))
        self.none_button.setToolTip(self.item.none_phrase or "")
        self.none_button.setVisible(self.item.none_phrase is not None)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemActivated.connect(self.enter_form)
        self.list.installEventFilter(self)
        self.add_button.clicked.connect(self.add_entry)
        self.remove_button.clicked.connect(self.remove_entry)
        self.none_button.clicked.connect(self._on_none)

    @property
    def editor(self) -> GroupEditor:
        """The form of an entry, made when it is first asked for: most lists stay empty, and it may have 70 fields."""
        if self._editor is None:
            # Tab goes through it before the table of what is typical, which was built earlier.
            part = Inserted(self.contrast.heading if self.contrast is not None else self)
            made = self._editor = GroupEditor(self.item, self._form, maker(), part)
            inside = QVBoxLayout(part)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(made)
            self._page.insertWidget(1, part)
            part.show()
            made.setVisible(self._shown >= 0)
            made.show_record(self._record)
            made.answered.connect(self._on_answered)
            for row in made.findChildren(ButtonRow):
                row.reached.connect(self._keep_in_sight)
        return self._editor

    @property
    def entries(self) -> tuple[GroupValue, ...]:
        """The entries shown, without a new one that is still empty."""
        return self._value.entries if self._value is not None else ()

    def show_finding(self, finding: Finding | None) -> None:
        """Show what is recorded; the chosen entry stays chosen where it is still there."""
        value = finding.value if isinstance(finding, Examined) and isinstance(finding.value, ListValue) else None
        other = finding is not None and value is None
        self.state.setText(finding_text(self.item, finding, self._form) if finding is not None and other else "")
        if value == self._value:
            self._show_state()
            return
        self._value = value
        self._is_adding = False
        self._show_entries(max(0, self.list.currentRow()))

    def show_record(self, record: Examination | None) -> None:
        """The record that conditions of fields look at."""
        self._record = record
        if self._editor is not None:
            self._editor.show_record(record)
        if self.contrast is not None:
            self.contrast.show_record(record)

    def commit(self) -> None:
        """Tell what is typed in the form and not yet told."""
        if self._editor is not None:
            self._editor.commit()

    def add_entry(self) -> None:
        """Begin a new entry and go to its first field."""
        self.commit()
        self._is_adding = True
        self._show_entries(len(self.entries))
        self.enter_form()

    def remove_entry(self) -> None:
        """Remove the chosen entry; it is an edit, and so can be undone."""
        at = self.list.currentRow()
        if at < 0:
            return
        if at < len(self.entries):
            self._tell(self.entries[:at] + self.entries[at + 1 :], at)
        else:
            self._is_adding = False
            self._show_entries(at - 1)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter_form(self) -> None:
        """Go from the list into the form of the chosen entry."""
        if self.list.currentRow() >= 0:
            self.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, entries: tuple[GroupValue, ...], row: int) -> None:
        self._value = ListValue(entries=entries) if entries else None
        self._show_entries(row)
        self.answered.emit(self.address, self._value)

    def _on_answered(self, value: Value | None) -> None:
        # The list may already be at another entry while what was typed in this one is told.
        at = max(0, self._shown)
        entries = self.entries
        if isinstance(value, GroupValue):
            self._is_adding = False
            self._tell((*entries[:at], value, *entries[at + 1 :]), at)
        elif at < len(entries):
            # The entry lost its last answer: it stays on screen as a new one, at the end.
            self._is_adding = True
            left = entries[:at] + entries[at + 1 :]
            self._tell(left, len(left))

    def _on_none(self) -> None:
        self._is_adding = False
        self._value = None if self._value == _NONE else _NONE
        self._show_entries(0)
        self.answered.emit(self.address, self._value)

    def _on_row(self, row: int) -> None:
        self.commit()
        self._is_adding = self._is_adding and row == len(self.entries)
        self._show_entries(row)

    def _show_entries(self, row: int) -> None:
        lines = [line_of(self.item, entry, self._form) for entry in self.entries]
        if self._is_adding:
            lines.append(_("New entry"))
        self.list.blockSignals(True)
        if len(lines) != self.list.count():
            self.list.clear()
            self.list.addItems(lines)
        for number, line in enumerate(lines):
            self.list.item(number).setText(line)
            self.list.item(number).setToolTip(line)
        self.list.setCurrentRow(min(row, len(lines) - 1))
        self.list.blockSignals(False)
        self._show_chosen(self.list.currentRow())
        self._show_state()

    def _show_chosen(self, row: int) -> None:
        self._shown = row
        self.blank.setVisible(row < 0)
        if self._editor is not None or row >= 0:
            self.editor.setVisible(row >= 0)
        self.remove_button.setEnabled(row >= 0)
        if row >= 0:
            self.editor.set_context(_("{item}, entry {number}").format(item=self.item.label, number=row + 1))
            self.editor.show_value(self.entries[row] if row < len(self.entries) else None)
        if self.contrast is not None:
            self.contrast.show_entry(self.entries[row] if 0 <= row < len(self.entries) else None)

    def _show_state(self) -> None:
        self.none_button.setChecked(self._value == _NONE)
        self.none_button.setEnabled(not self.entries)
        self.state.setVisible(bool(self.state.text()))

    def _keep_in_sight(self, index: int) -> None:
        """Arrows and letters move the focus past what Qt scrolls by itself, which is Tab."""
        row = self.sender()
        # Once the form is laid out, and the focus is no longer between two buttons.
        QTimer.singleShot(0, self, self._define_answer)
        if index < 0 or not isinstance(row, ButtonRow):
            return
        field = row.parentWidget()
        if field is not None:
            # The whole field first, with the definition below its buttons; then at least the button itself.
            self.scroll_area.ensureWidgetVisible(field, 0, theme().px(8))
        self.scroll_area.ensureWidgetVisible(row.buttons[index], 0, theme().px(24))

    def _define_answer(self) -> None:
        """The definition of the answer in focus, below the form where its own place is too far below its button."""
        button = focused()
        row = button.parentWidget() if button is not None and self._inside.isAncestorOf(button) else None
        field = row.parentWidget() if isinstance(row, ButtonRow) else None
        said = ""
        if isinstance(field, SegmentedEditor) and field.explanation is not None:
            height = field.heightForWidth(self.scroll_area.viewport().width())
            said = field.explanation.text() if height > self.scroll_area.height() else ""
        # The room once taken stays, so that no button moves under the mouse.
        needed = max(self.definition.minimumHeight(), self.definition.heightForWidth(self.scroll_area.width()))
        self.definition.setText(said)
        self.definition.setMinimumHeight(needed if said else 0)
        if said and button is not None and self.definition.isHidden():
            self.definition.show()
            self._form_card.body.activate()
            self.scroll_area.ensureWidgetVisible(button, 0, theme().px(24))
            bring_into_sight(self.definition)
        self.definition.setVisible(bool(said))

    def _show_contrast(self) -> None:
        """Bring the table of what is typical into sight once it has been opened and laid out."""
        if self.contrast is not None and self.contrast.heading.isChecked() and self.contrast.heading.hasFocus():
            self.scroll_area.verticalScrollBar().setValue(self.contrast.mapTo(self._inside, QPoint(0, 0)).y())

    def _fit(self) -> None:
        self.list_card.setFixedWidth(theme().side_px(_WIDTH))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: the keys of the list; another height of the table of what is typical."""
        if watched is self.contrast and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._show_contrast)
            return False
        if watched is not self.list or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Insert, Qt.Key.Key_A):
            self.add_entry()
        elif plain and takes_back(event):
            self.remove_entry()
        elif plain and event.key() in ENTER_KEYS:
            self.enter_form()
        elif plain and event.text().isprintable() and event.text():
            # The list would search by letter; these keys belong to the whole screen.
            event.ignore()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Escape in the form goes back to the list."""
        if event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self.commit()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

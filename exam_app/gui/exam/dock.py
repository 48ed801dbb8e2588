"""The dock under the grid: the fields of the focused item with the anchors of its scale, its marks, its note."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from exam_app.core.editing.marks import UNCERTAIN
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import GradeKind, Item, ItemFacts, Kind, Option
from exam_app.core.record.record import Examination, Examined, Finding
from exam_app.core.record.values import Value
from exam_app.core.words import _
from exam_app.gui.fields import editor_for
from exam_app.gui.fields.base import FieldEditor
from exam_app.gui.fields.buttons import ButtonRow, ToggleButton
from exam_app.gui.fields.buttons import Face as ButtonFace
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.fields.stopwatch import Stopwatch
from exam_app.gui.fields.writing import TypedEditor
from exam_app.gui.parts.elided import ElidedLabel
from exam_app.gui.parts.faces import cell_context, main_field, side_of
from exam_app.gui.parts.focus import step_to, tab_stops
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.messages import announce, tell_around
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.unstyled import container
from exam_app.gui.parts.widgets import RoleLabel, set_look, set_role

_EDITORS_KEPT = 8
"""So many editors wait for an item that asks what they ask; a walk through a whole examination needs 200."""
_MOST_HEIGHT_SHARE = 0.44
_GIVES_WAY = 110
"""With large text the rows of the section need the room, so the dock is lower by so much for each 100 % of text."""
_LEAST_BODY = 31
"""A line of buttons."""
_LEAST_GROUP = 51
"""A label with its line of buttons below; a line with how to write in it."""
_LEAST_NOTE = 112
_NOT_ASKED = frozenset(ItemFacts.model_fields) | frozenset(Kind.model_fields) - {"help"}


class _Body(QScrollArea):
    """Scrolls the editor where it is higher than the dock may be; otherwise as high as the editor."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.least = _LEAST_BODY
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt's own name: the height of the editor at this width, up to a share of the window."""
        most = round(self.window().height() * _MOST_HEIGHT_SHARE) + _GIVES_WAY - theme().px(90 + _GIVES_WAY)
        return QSize(200, min(self._wanted(), max(most, theme().px(self.least))))

    def minimumSizeHint(self) -> QSize:
        """Qt's own name."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        self._show_bar()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: an editor that was made narrow, with its labels above, asks for less once it has its width."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._show_bar()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _wanted(self) -> int:
        inside = self.widget()
        if inside is None:
            return 0
        return inside.heightForWidth(self.width()) if inside.hasHeightForWidth() else inside.sizeHint().height()

    def _show_bar(self) -> None:
        """Left to Qt, a bar that wraps the editor into the lines for which it is needed comes and goes without end."""
        needed = self._wanted() > self.height()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if needed else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)


class Dock(QFrame):
    """What belongs to the focused item and does not fit into a cell.

    `answered` carries (address, value or None); `qualified` (address, marks); `noted` (address, text or None);
    `left` is Enter or Escape: back to the cell. `passed` is Tab behind the last field.
    """

    answered = Signal(str, object)
    qualified = Signal(str, object)
    noted = Signal(str, object)
    left = Signal()
    passed = Signal()

    def __init__(self, form: Form, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._form = form
        self._keys = keys
        self._address: str | None = None
        self._item: Item | None = None
        self._finding: Finding | None = None
        self._editors: dict[str, FieldEditor] = {}
        self._editor: FieldEditor | None = None
        self._marks: dict[str, ButtonRow] = {}
        self._row: ButtonRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(metrics.gap_small)
        column.addLayout(self._title_row())
        self._body = _Body(self)
        self._holder = container(self._body)
        self._inside = QVBoxLayout(self._holder)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._editor_box = QVBoxLayout()
        self._inside.addLayout(self._editor_box)
        self._mark_box = QVBoxLayout()
        self._inside.addLayout(self._mark_box)
        self._body.setWidget(self._holder)
        self._holder.setAutoFillBackground(False)  # which the scroll area has just set
        column.addWidget(self._body)
        self._refusal = RoleLabel("", "error", self, wraps=True)
        self._refusal.hide()
        column.addWidget(self._refusal)
        column.addStretch(1)

    def _title_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(metrics.gap)
        self._title = ElidedLabel("", self, role="strong", asks_for_room=True)
        self._hint = ElidedLabel("", self, role="small")
        row.addWidget(self._title)
        row.addWidget(self._hint, 3)
        self._mark_beside = QHBoxLayout()
        row.addLayout(self._mark_beside)
        self.note = QLineEdit(self)
        self._show_keys()
        self._keys.changed.connect(self._show_keys)
        self.note.setAccessibleName(_("Note on this finding"))
        self.note.editingFinished.connect(self._note_finished)
        row.addWidget(self.note, 4)
        theme().changed.connect(self._fit_note)
        self._fit_note()
        return row

    def _show_keys(self) -> None:
        key = self._keys.cap("note")
        words = _("Note ({key})") if key else _("Note")
        self.note.setPlaceholderText(words.format(key=key))

    def _fit_note(self) -> None:
        """The name of the finding gives way to the note, of which the words in the empty line are the least."""
        self.note.setMinimumWidth(theme().px(_LEAST_NOTE))

    # What is shown -------------------------------------------------------------------------------------------------

    @property
    def address(self) -> str | None:
        """The address whose fields are shown."""
        return self._address

    @property
    def editor(self) -> FieldEditor | None:
        """The editor shown."""
        return self._editor

    @property
    def marks(self) -> ButtonRow | None:
        """The marks shown."""
        return self._row

    def show_address(self, address: str, finding: Finding | None, record: Examination) -> None:
        """Show the fields of another address; what was typed for the one before is given first."""
        if address == self._address:
            self.show_finding(finding, record)
            return
        self.commit()
        if not self._refusal.isHidden():
            tell_around(self, _("The note on {finding} was not saved.").format(finding=self._title.text()))
            self.show_refusal(None)
        item = self._form.addresses[address]
        # The item is the same on both sides: only the name and the value change.
        changed = item is not self._item
        self._address, self._item = address, item
        context = cell_context(item, side_of(address))
        self._title.setText(context)
        self._hint.setText(self._hint_of(item))
        if changed:
            self._show_editor(item)
            self._show_marks(item)
        if self._editor is not None:
            self._editor.set_context(context)
        self.note.setAccessibleName(_("Note: {finding}").format(finding=context))
        self._finding = None
        self._show_values(finding, record, anew=True)

    def show_finding(self, finding: Finding | None, record: Examination) -> None:
        """Show what the record now holds at the address shown."""
        if finding is not self._finding:
            self._show_values(finding, record, anew=False)

    def show_again(self, record: Examination) -> None:
        """Show what is recorded after an answer was not taken."""
        self._show_values(self._finding, record, anew=False)

    def _show_values(self, finding: Finding | None, record: Examination, *, anew: bool) -> None:
        self._finding = finding
        value = finding.value if isinstance(finding, Examined) else None
        if self._editor is not None:
            self._editor.show_record(record)
            self._editor.show_value(value)
        note = finding.note if finding is not None else None
        if anew or (not self.note.hasFocus() and self.note.text() != (note or "")):
            self.note.setText(note or "")
        self.note.setEnabled(finding is not None)
        self._check_marks(finding)
        self._fit()

    def _fit(self) -> None:
        self._inside.invalidate()
        self._body.updateGeometry()

    def _hint_of(self, item: Item) -> str:
        field = main_field(item)
        if isinstance(field, GradeKind):
            return self._form.scales[field.scale].label
        return item.help or ""

    def _show_editor(self, item: Item) -> None:
        if self._editor is not None:
            self._editor.hide()
        asked = what_is_asked(item)
        editor = self._editors.pop(asked, None)
        if editor is None:
            editor = editor_for(item, self._form, self._holder)
            editor.answered.connect(self._on_answered)
            self._editor_box.addWidget(editor)
        self._editors[asked] = editor  # at the end: it is the one used last
        editor.show()
        self._editor = editor
        self._body.least = _LEAST_GROUP if isinstance(editor, (GroupEditor, TypedEditor)) else _LEAST_BODY
        self._let_go()

    def _let_go(self) -> None:
        """Keep the editors used last, and any whose watch is running."""
        for asked, editor in tuple(self._editors.items()):
            if len(self._editors) <= _EDITORS_KEPT:
                return
            if editor is not self._editor and not any(watch.is_running for watch in editor.findChildren(Stopwatch)):
                del self._editors[asked]
                self._editor_box.removeWidget(editor)
                editor.deleteLater()

    def _show_marks(self, item: Item) -> None:
        if self._row is not None:
            self._row.hide()
        options = (*item.qualifiers, Option(id=UNCERTAIN, label=_("uncertain")))
        key = "|".join(option.id for option in options)
        row = self._marks.get(key)
        if row is None:
            buttons = [ToggleButton(ButtonFace(option.label), self) for option in options]
            for button, option in zip(buttons, options, strict=True):
                button.setAccessibleName(_("Mark: {mark}").format(mark=option.label))
                button.setProperty("mark", option.id)
            row = ButtonRow(buttons, self)
            row.setAccessibleName(_("Marks of this finding"))
            row.pressed.connect(self._mark_pressed)
            self._marks[key] = row
            # One mark alone stands beside the note, so that it takes no line of its own.
            if len(options) > 1:
                self._mark_box.addWidget(row)
            else:
                row.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
                self._mark_beside.addWidget(row, 0, Qt.AlignmentFlag.AlignVCenter)
        row.show()
        self._row = row

    def _check_marks(self, finding: Finding | None) -> None:
        given = finding.qualifiers if isinstance(finding, Examined) else ()
        for button in self._row.buttons if self._row is not None else []:
            marked = button.property("mark") in given
            if isinstance(button, ToggleButton):
                button.show_state(button.face, "accent" if marked else "plain", checked=marked)
            button.setEnabled(isinstance(finding, Examined))

    # What is given -------------------------------------------------------------------------------------------------

    def _on_answered(self, value: Value | None) -> None:
        if self._address is not None:
            self.answered.emit(self._address, value)
            self._fit()

    def _mark_pressed(self, index: int) -> None:
        if self._address is None or self._row is None or not isinstance(self._finding, Examined):
            return
        mark = self._row.buttons[index].property("mark")
        given = list(self._finding.qualifiers)
        if mark in given:
            given.remove(mark)
        else:
            given.append(mark)
        self.qualified.emit(self._address, tuple(given))

    def _note_finished(self) -> None:
        if self._address is None or self._finding is None:
            return
        text = self.note.text().strip() or None
        if text != self._finding.note:
            self.noted.emit(self._address, text)

    def show_refusal(self, why: str | None) -> None:
        """Say why a note cannot be kept; None when it was kept."""
        self._refusal.setText(why or "")
        self._refusal.setVisible(why is not None)
        set_look(self.note, "wrong", why is not None)
        if why is not None:
            announce(self.note, why, urgent=True)

    def commit(self) -> None:
        """Give what is typed and not yet told."""
        if self._editor is not None:
            self._editor.commit()
        if self.note.isEnabled():
            self._note_finished()

    # The focus -----------------------------------------------------------------------------------------------------

    def enter(self) -> bool:
        """Put the focus on the first field that the cell's own keys do not answer. False where there is none."""
        stops = tab_stops(self._editor)
        main = self._main_editor()
        others = [stop for stop in stops if main is None or not main.isAncestorOf(stop)]
        for stop in (*others, *stops):
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _main_editor(self) -> FieldEditor | None:
        """The editor of the main field of a group."""
        if isinstance(self._editor, GroupEditor) and self._editor.group.main is not None:
            return self._editor.row(self._editor.group.main).editor
        return None

    def enter_note(self) -> bool:
        """Put the focus on the note. False where nothing is recorded that it could stand on."""
        if self.note.isEnabled():
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return self.note.isEnabled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Escape and Enter go back to the cell."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def stops(self) -> list[QWidget]:
        """Where Tab stops: at the fields, the marks and the note, whenever they were built."""
        return [*tab_stops(self._editor), *tab_stops(self._row), *tab_stops(self.note)] if self.isVisible() else []

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Qt's own name: Tab goes through the fields, the marks and the note, and on."""
        step = step_to(self.stops(), forwards=forwards)
        if step == "before":
            self.left.emit()
        elif step == "behind":
            self.passed.emit()
        return step != "elsewhere" or super().focusNextPrevChild(forwards)


def what_is_asked(item: Item) -> str:
    """What an item asks, without what it is about: items that ask the same, such as joints, share an editor."""
    return item.model_dump_json(exclude=set(_NOT_ASKED))

"""Editors of a group of fields and of a list of such groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from exam_app.core.form import Form
from exam_app.core.kinds import SIDES, ChoiceKind, Field, Fold, GroupKind, Item, ItemFacts, ListKind
from exam_app.core.record import ExamRecord
from exam_app.core.values import GroupValue, ListValue, UnableValue, Value
from exam_app.core.visible import is_field_visible
from exam_app.core.wording import side_letter, unable_text
from exam_app.core.words import _
from exam_app.gui.fields.base import EditorMaker, FieldEditor
from exam_app.gui.fields.buttons import RING, Face, SegmentButton
from exam_app.gui.fields.drug_search import DrugSearch
from exam_app.gui.fields.folds import FoldHeading
from exam_app.gui.fields.sites import is_site_list
from exam_app.gui.focus import Inserted
from exam_app.gui.theme import metrics, theme
from exam_app.gui.widgets import RoleLabel, button

_MANY = 12
_NARROW = 480
_UNBOUNDED = 16_777_215


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the group on screen: `name` is its key in the value, with the side of a paired field."""

    name: str
    field: Field
    label: RoleLabel
    cell: QWidget
    unable: RoleLabel
    editor: FieldEditor

    @property
    def is_wide(self) -> bool:
        """Whether the label always stands above: a group inside, sites, and a choice of many."""
        if isinstance(self.field, ChoiceKind) and len(self.field.options) > _MANY:
            return True
        return _has_heading(self.field) or is_site_list(self.field)


def _has_heading(field: Field) -> bool:
    """Whether a field is a group that needs its own lines; one of a single field is shown as that field."""
    return isinstance(field, GroupKind) and len(field.fields) > 1


def _names(field: Field) -> tuple[str, ...]:
    """The keys of a field in the value of its group: one, or one a side."""
    return tuple(f"{field.id}.{side}" for side in SIDES) if field.paired else (field.id,)


class GroupEditor(FieldEditor):
    """The fields of a group one below the other, label left, editor right; a group inside has its label as a heading.

    A field with a condition is shown only while it is asked. Every answer emits the whole value, None when it is empty.
    """

    LINES_ABOVE = 0
    """Lines of the grid that a subclass keeps for itself, above the fields."""

    def __init__(
        self,
        field: Field | Item,
        form: Form,
        make: EditorMaker,
        parent: QWidget | None = None,
        folds: Sequence[Fold] | None = None,
    ) -> None:
        """`field` is a group, or a list whose one entry is edited here; `make` makes the editors of its fields.

        `folds` stands in place of the folds of the form.
        """
        super().__init__(field, form, parent)
        if not isinstance(field, (GroupKind, ListKind)):
            raise TypeError(f"'{field.id}' has no fields")
        self.group = field
        self._make = make
        self._record: ExamRecord | None = None
        self._names: dict[FieldEditor, str] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(metrics.gap_large)
        self._grid.setVerticalSpacing(metrics.gap_small)
        self._grid.setColumnStretch(1, 1)
        self._order = [name for inner in field.fields for name in _names(inner)]
        self.rows: list[Row] = []
        self.headings: list[FoldHeading] = []
        self._is_anew = True
        folds = field.folds if folds is None else folds
        folded = {each for fold in folds for each in fold.fields}
        self._add_rows([inner for inner in field.fields if inner.id not in folded])
        for fold in folds:
            inside = [inner for inner in field.fields if inner.id in fold.fields]
            if inside:
                self.headings.append(
                    FoldHeading(fold.title, frozenset(n for each in inside for n in _names(each)), self)
                )
                self.headings[-1].toggled.connect(self._on_fold)
                self._add_rows(inside)
        self.setFocusProxy(self.rows[0].editor)
        self._is_stacked: bool | None = None
        theme().changed.connect(self._fit)
        self._fit()
        self._show(None)

    def _add_rows(self, fields: Sequence[Field]) -> None:
        for inner in fields:
            self.rows.extend(self._row(name, inner) for name in _names(inner))

    def _row(self, name: str, inner: Field) -> Row:
        strong = _has_heading(inner)
        label = RoleLabel(self._label_of(name, inner), "strong" if strong else "", self, wraps=True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        if inner.help:
            label.setToolTip(inner.help)
        # Each widget is made inside its final parent: the style sheet is worked out anew for all that moves.
        cell = QWidget(self)
        unable = RoleLabel("", "badge", cell)
        editor = self._make(inner, self.form, cell)
        self._names[editor] = name
        editor.answered.connect(self._on_answered)
        box = QVBoxLayout(cell)
        box.setContentsMargins(metrics.gap_large if strong else 0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(unable, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(editor)
        label.setBuddy(editor)
        return Row(name, inner, label, cell, unable, editor)

    @staticmethod
    def _label_of(name: str, inner: Field) -> str:
        side = next((side for side in SIDES if name == f"{inner.id}.{side}"), None)
        if side is None:
            return inner.label
        return _("{field} {side}").format(field=inner.label, side=side_letter(side))

    def _first(self) -> Row:
        """The row of the main field, or else the first."""
        return next((row for row in self.rows if row.field.id == self.group.main), self.rows[0])

    def row(self, name: str) -> Row:
        """The row of a field by its key in the value."""
        return next(row for row in self.rows if row.name == name)

    def mark_unable(self, name: str, why: UnableValue) -> None:
        """Say that a field could not be tested, by its key in the value; the others stay."""
        self._give(name, why)

    def take_key(self, event: QKeyEvent) -> bool:
        """The field with the focus takes the key; the main field where none has it."""
        here = next((row for row in self.rows if row.editor.isAncestorOf(self._focus_widget())), None)
        if here is not None:
            return here.editor.take_key(event)
        return not self.isAncestorOf(self._focus_widget()) and self._first().editor.take_key(event)

    def _focus_widget(self) -> QWidget:
        focused: QWidget | None = self.window().focusWidget()
        return focused if focused is not None else self.window()

    def _given(self) -> dict[str, Value]:
        return dict(self._value.fields) if isinstance(self._value, GroupValue) else {}

    def _on_answered(self, value: Value | None) -> None:
        editor = self.sender()
        if isinstance(editor, FieldEditor):
            self._give(self._names[editor], value)

    def _give(self, name: str, value: Value | None) -> None:
        given = self._given()
        given.pop(name, None)
        if value is not None:
            if name in self.group.exclusive:
                for other in self.group.exclusive:
                    given.pop(other, None)
            given[name] = value
        in_order = {key: given[key] for key in sorted(given, key=self._order.index)}
        self._answer(GroupValue(fields=in_order) if in_order else None)

    def _show(self, value: Value | None) -> None:
        given: Mapping[str, Value] = value.fields if isinstance(value, GroupValue) else {}
        for row in self.rows:
            inner = given.get(row.name)
            if row.editor.value() != inner:
                row.editor.show_value(inner)
            unable = isinstance(inner, UnableValue)
            row.unable.setText(unable_text(inner.reason, inner.text) if isinstance(inner, UnableValue) else "")
            row.unable.setVisible(unable)
            if isinstance(row.editor, DrugSearch) and "start" in self.group.by_id:
                row.editor.show_entry(given)
        for heading in self.headings:
            heading.show_given(given, anew=self._is_anew)
        self._is_anew = False
        self._show_asked(given)

    def _show_asked(self, given: Mapping[str, Value]) -> None:
        for row in self.rows:
            heading = self.heading_of(row.name)
            asked = row.name in given or is_field_visible(row.field, given, self._record)
            asked = asked and (heading is None or heading.isChecked())
            row.label.setVisible(asked and not (len(self.rows) == 1 and isinstance(self.field, GroupKind)))
            row.cell.setVisible(asked)

    def heading_of(self, name: str) -> FoldHeading | None:
        """The heading that folds a field away, by its key in the value; None where it always stands."""
        return next((heading for heading in self.headings if name in heading.names), None)

    def _on_fold(self) -> None:
        self._show_asked(self._given())

    def show_record(self, record: ExamRecord | None) -> None:
        """The record that conditions on other items look at; without one such fields are shown."""
        self._record = record
        for row in self.rows:
            row.editor.show_record(record)
        self._show_asked(self._given())

    def commit(self) -> None:
        """Tell what is typed in any field."""
        for row in self.rows:
            row.editor.commit()

    def _name_parts(self, words: str) -> None:
        for row in self.rows:
            label = self._label_of(row.name, row.field)
            row.editor.set_context(_("{context}, {field}").format(context=words, field=label))
        # Another cell or entry has another value: its folds are opened by what that holds.
        self._is_anew = True

    def _fit(self) -> None:
        """Labels beside the editors where there is room, above them where there is not."""
        stacked = self.width() < theme().px(_NARROW) or len(self.rows) == 1
        line = self.LINES_ABOVE
        last: FoldHeading | None = None
        for row in self.rows:
            heading = self.heading_of(row.name)
            if heading is not last and heading is not None:
                self._grid.addWidget(heading, line, 0, 1, 2)
                line += 1
            last = heading
            above = stacked or row.is_wide
            row.label.setContentsMargins(RING, 0 if above else theme().px(7), 0, 0)
            if not above:
                row.label.setFixedWidth(theme().px(130))
            else:
                row.label.setMinimumWidth(0)
                row.label.setMaximumWidth(_UNBOUNDED)
            if stacked is not self._is_stacked:
                across = 2 if above else 1
                self._grid.addWidget(row.label, line, 0, 1, across)
                self._grid.addWidget(row.cell, line + across - 1, 2 - across, 1, across)
            line += 2
        self._is_stacked = stacked

    def minimumSizeHint(self) -> QSize:
        """Qt's own name: as narrow as the widest field, so that it can be made narrow; then the labels go above."""
        labels = [row.label for row in self.rows]
        parts = (each for each in self.children() if isinstance(each, QWidget) and not each.isHidden())
        widths = (each.minimumSizeHint().width() for each in parts if each not in labels)
        return QSize(max(widths, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        super().resizeEvent(event)
        self._fit()


def field_around(widget: QWidget | None) -> tuple[GroupEditor, Row] | None:
    """The innermost group with the field that a widget belongs to; None outside groups, and for the main field of an
    item, which stands for the whole of it."""
    inside = widget
    while inside is not None:
        parent = inside.parentWidget()
        if isinstance(inside, GroupEditor):
            here = next((row for row in inside.rows if widget is not None and row.cell.isAncestorOf(widget)), None)
            if here is not None:
                is_item = isinstance(inside.field, ItemFacts)
                return None if is_item and here.field.id == inside.group.main else (inside, here)
        inside = parent
    return None


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
        self._record: ExamRecord | None = None
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

    def show_record(self, record: ExamRecord | None) -> None:
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

"""The editor of a group of fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from exam_app.core.editing.visible import is_field_visible
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import SIDES, ChoiceKind, Field, Fold, GroupKind, Item, ItemFacts, ListKind
from exam_app.core.record.record import Examination
from exam_app.core.record.values import GroupValue, UnableValue, Value
from exam_app.core.wording.finding_words import unable_text
from exam_app.core.wording.term_words import side_letter
from exam_app.core.wording.value_words import difference_texts
from exam_app.core.words import _
from exam_app.gui.fields.base import EditorMaker, FieldEditor
from exam_app.gui.fields.buttons import RING
from exam_app.gui.fields.drug_search import DrugSearch
from exam_app.gui.fields.folds import FoldHeading
from exam_app.gui.fields.sites import is_site_list
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.unstyled import container
from exam_app.gui.parts.widgets import RoleLabel

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
        self._record: Examination | None = None
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
        self._follows = RoleLabel("", "muted", self, wraps=True)
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
        cell = container(self)
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
        self._show_differences(value)
        self._show_asked(given)

    def _show_differences(self, value: Value | None) -> None:
        """What follows from two numbers of the group stands below them, as long as both are there."""
        said = (
            _("{field}: {value}").format(field=one.label, value=text)
            for one, text in difference_texts(self.group, value)
        )
        text = "\n".join(said)
        self._follows.setText(text)
        self._follows.setVisible(bool(text))

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

    def show_record(self, record: Examination | None) -> None:
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
            row.label.setContentsMargins(RING, 0 if above else RING + theme().px(5.5), 0, 0)
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
        if stacked is not self._is_stacked:
            self._grid.addWidget(self._follows, line, 0, 1, 2)
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

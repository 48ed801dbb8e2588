"""Editors of fields: one for each of the nine kinds, chosen by `editor_for`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from exam_app.core.derived.tapping import is_counter
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import (
    ChoiceKind,
    Field,
    FlagsKind,
    GradeKind,
    GroupKind,
    Item,
    ListKind,
    NumberKind,
    SideKind,
    TextKind,
)
from exam_app.gui.fields.base import EditorMaker, FieldEditor
from exam_app.gui.fields.choosing import SegmentedEditor
from exam_app.gui.fields.drug_search import DrugSearch
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.fields.lists import ListEditor
from exam_app.gui.fields.marks import FlagsEditor
from exam_app.gui.fields.numbers import NumberEditor
from exam_app.gui.fields.sites import SitePicker, is_site_list
from exam_app.gui.fields.stopwatch import Clock
from exam_app.gui.fields.tap_counter import TapCounter
from exam_app.gui.fields.writing import LineEditor

__all__ = ["FieldEditor", "editor_for", "maker"]


def editor_for(
    field: Field | Item, form: Form, parent: QWidget | None = None, *, clock: Clock | None = None
) -> FieldEditor:
    """The editor of a field or an item. `clock` (milliseconds) replaces the stopwatch's own."""
    made = maker(clock)(field, form, parent)
    made.set_context(field.label)
    return made


def maker(clock: Clock | None = None) -> EditorMaker:
    """What makes the editors inside a group or a list; whoever holds them names them."""

    def make(field: Field | Item, form: Form, parent: QWidget | None) -> FieldEditor:
        return _editor(field, form, parent, make, clock)

    return make


def _editor(
    field: Field | Item, form: Form, parent: QWidget | None, make: EditorMaker, clock: Clock | None
) -> FieldEditor:
    if isinstance(field, (GradeKind, ChoiceKind, SideKind)):
        return SegmentedEditor(field, form, parent)
    if isinstance(field, FlagsKind):
        return FlagsEditor(field, form, parent)
    if isinstance(field, NumberKind):
        return NumberEditor(field, form, parent, clock)
    if is_counter(field):
        return TapCounter(field, form, make, parent, clock)
    if isinstance(field, GroupKind):
        return GroupEditor(field, form, make, parent)
    if isinstance(field, ListKind):
        return SitePicker(field, form, parent) if is_site_list(field) else ListEditor(field, form, make, parent)
    if isinstance(field, TextKind) and field.suggest == "drugs":
        return DrugSearch(field, form, parent)
    return LineEditor(field, form, parent)

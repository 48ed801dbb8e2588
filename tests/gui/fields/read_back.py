"""What an editor shows, read from its controls and not from what it was told."""

from __future__ import annotations

from exam_app.core.record.values import CannotValue, FlagsValue, GroupValue, ListValue, Value
from exam_app.gui.fields.base import FieldEditor
from exam_app.gui.fields.buttons import ToggleButton
from exam_app.gui.fields.choosing import SegmentedEditor
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.fields.lists import ListEditor
from exam_app.gui.fields.marks import FlagsEditor, state_word
from exam_app.gui.fields.numbers import NumberEditor
from exam_app.gui.fields.sites import SitePicker
from exam_app.gui.fields.writing import TypedEditor


def read_back(editor: FieldEditor) -> Value | None:
    """The value that stands in the controls, or None where they are empty."""
    if isinstance(editor, SegmentedEditor):
        pairs = zip(editor.answers, editor.buttons, strict=True)
        chosen = [answer.value for answer, button in pairs if button.isChecked()]
        assert len(chosen) <= 1
        return chosen[0] if chosen else None
    if isinstance(editor, FlagsEditor):
        return _flags(editor)
    if isinstance(editor, TypedEditor):
        return _typed(editor)
    if isinstance(editor, SitePicker):
        chosen_sites = [
            place.entry for place, button in zip(editor.places, editor.row.buttons, strict=True) if button.isChecked()
        ]
        return ListValue(entries=tuple(chosen_sites)) if chosen_sites else None
    if isinstance(editor, GroupEditor):
        return _group(editor)
    assert isinstance(editor, ListEditor)
    entries = tuple(_group(entry.editor) for entry in editor.entries)
    if not entries:
        is_none = editor.none_button is not None and editor.none_button.isChecked()
        return ListValue(entries=()) if is_none else None
    return ListValue(entries=tuple(entry for entry in entries if entry is not None))


def _typed(editor: TypedEditor) -> Value | None:
    if isinstance(editor, NumberEditor) and editor.cannot is not None and editor.cannot.isChecked():
        return CannotValue()
    if not editor.written():
        return None
    value = editor.read()
    assert not isinstance(value, str), value
    return value


def _flags(editor: FlagsEditor) -> Value | None:
    states = {}
    for option, button in zip(editor.options, editor.row.buttons, strict=True):
        assert isinstance(button, ToggleButton)
        words = {button.face.below.split(" ", 1)[1], button.accessibleName().rsplit(", ", 1)[1]}
        assert len(words) == 1
        states[option.id] = words.pop()
    answers = {mark: word for mark, word in states.items() if word != state_word(None)}
    return FlagsValue.model_validate({"flags": answers}) if answers else None


def _group(editor: GroupEditor) -> GroupValue | None:
    fields: dict[str, Value] = {}
    for row in editor.rows:
        value = row.editor.value() if row.unable.text() else read_back(row.editor)
        if value is not None:
            assert not row.cell.isHidden()
            fields[row.name] = value
    return GroupValue(fields=fields) if fields else None

"""Every value that the form allows can be shown, is read back the same, and showing tells nobody."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import Field, Item, ListKind
from exam_app.core.record.values import ChoiceValue, GroupValue, ListValue, SideValue, Value
from exam_app.gui.fields import FieldEditor, editor_for
from exam_app.gui.fields.sites import is_site_list
from tests import strategies
from tests.gui.fields.read_back import read_back

SLOW = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def test_any_valid_value_of_any_item_is_shown_as_it_is(qtbot: QtBot, form: Form) -> None:
    editors: dict[str, FieldEditor] = {}
    told: list[Value | None] = []
    items = [*form.items, *["movements.entries"] * 40]

    def editor_of(item_id: str) -> FieldEditor:
        if item_id not in editors:
            editors[item_id] = editor_for(form.items[item_id], form)
            editors[item_id].answered.connect(told.append)
            qtbot.addWidget(editors[item_id])
        return editors[item_id]

    @SLOW
    @given(st.sampled_from(items), st.data())
    def check(item_id: str, data: st.DataObject) -> None:
        item, editor = form.items[item_id], editor_of(item_id)
        value = data.draw(strategies.value(form, item))
        editor.show_value(value)
        assert editor.value() == value
        assert as_shown(item, value) == as_shown(item, read_back(editor))
        editor.show_value(None)
        assert read_back(editor) is None
        assert told == []

    check()


def as_shown(field: Field | Item, value: Value | None) -> object:
    """A value as far as the screen can tell it apart: picked sites have no order, an empty list inside shows nothing
    where the form has no words for it."""
    if isinstance(value, ListValue) and is_site_list(field):
        return {entry.model_dump_json() for entry in value.entries if is_offered(field, entry)} or None
    if isinstance(value, ListValue) and field.kind == "list":
        if not value.entries and field.none_phrase is None:
            return None
        return [shown for shown in (_fields(field.by_id, entry) for entry in value.entries) if shown]
    if isinstance(value, GroupValue) and field.kind == "group":
        return _fields(field.by_id, value)
    return value


def is_offered(field: Field | Item, entry: GroupValue) -> bool:
    """Whether a site has a button of its own; any other entry is said in words beside them."""
    site, side = entry.fields.get("site"), entry.fields.get("side")
    if not isinstance(field, ListKind) or not isinstance(site, ChoiceValue):
        return False
    return side is None or isinstance(side, SideValue)


def _fields(by_id: Mapping[str, Field], value: GroupValue) -> dict[str, object]:
    shown = {name: as_shown(by_id[split_address(name)[0]], each) for name, each in value.fields.items()}
    return {name: each for name, each in shown.items() if each is not None and each != []}

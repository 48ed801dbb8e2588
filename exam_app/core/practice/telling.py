"""What a patient tells of the history: facts, and a patient's words where an answer is in those of an examiner."""

from __future__ import annotations

from collections.abc import Iterable

from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import Item
from exam_app.core.practice.phrases import Phrases
from exam_app.core.record.record import Examined, Finding
from exam_app.core.record.values import ChoiceValue, GroupValue, ListValue, TextValue, Value
from exam_app.core.wording import finding_words
from exam_app.core.words import _


def told(item: Item, item_id: str, finding: Finding | None, form: Form, phrases: Phrases) -> str:
    """The answer of a patient who is asked; what only the examiner can conclude is not told, whatever the case says."""
    if item_id in phrases.untold:
        return _("yours to conclude; no patient tells it")
    if isinstance(finding, Examined):
        value = _as_told(finding.value, item_id, phrases)
        finding = finding.model_copy(update={"value": value}) if value is not None else None
    return finding_words.finding_text(item, finding, form) if finding is not None else _("nothing is told of it")


def _as_told(value: Value, where: str, phrases: Phrases) -> Value | None:
    """A value without the fields that are not told, each answer in a patient's words; None where nothing is left."""
    words = phrases.told.get(where, {})
    if isinstance(value, ChoiceValue) and value.token in words:
        return TextValue(text=words[value.token])
    if isinstance(value, GroupValue):
        return _group_as_told(value, where, phrases)
    if isinstance(value, ListValue) and not value.entries and "none" in words:
        return TextValue(text=words["none"])
    if isinstance(value, ListValue) and value.entries:
        entries = tuple(_present(_group_as_told(entry, where, phrases) for entry in value.entries))
        return ListValue(entries=entries) if entries else None
    return value


def _group_as_told(value: GroupValue, where: str, phrases: Phrases) -> GroupValue | None:
    step = "." if ":" in where else ":"
    places = {name: f"{where}{step}{split_address(name)[0]}" for name in value.fields}
    kept = {
        name: each
        for name, place in places.items()
        if place not in phrases.untold and (each := _as_told(value.fields[name], place, phrases)) is not None
    }
    return GroupValue(fields=kept) if kept else None


def _present(values: Iterable[GroupValue | None]) -> Iterable[GroupValue]:
    return (value for value in values if value is not None)

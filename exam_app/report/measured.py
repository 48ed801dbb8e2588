"""Numbers that were measured: beside their reference figures, and those that nothing tells normal from abnormal."""

from __future__ import annotations

from collections.abc import Iterable

from exam_app.core.form.form import section_of
from exam_app.core.form.kinds import Field, GroupKind, Item, NumberKind
from exam_app.core.form.scale import Band, ReferenceTable
from exam_app.core.record.record import Examined, age_in_years
from exam_app.core.record.values import GroupValue, NumberValue, Value
from exam_app.core.wording import value_words
from exam_app.core.words import _
from exam_app.report import phrases
from exam_app.report.document import Sentence
from exam_app.report.view import Found, View


def is_unjudged(view: View, one: Found) -> bool:
    """Whether a number was measured in a section that counts what is normal, and nothing says of it whether it is. An
    unreviewed limit judges nothing (clinical decision 7), so a figure far beyond it is among these."""
    section = view.form.section_by_id[section_of(one.address)]
    if one.judgement != "neither" or section.rest_normal_many is None or not isinstance(one.finding, Examined):
        return False
    known = reference(view, one)
    return bool(_numbers(one.place.item, one.finding.value)) and (known is None or not _is_within(view, *known))


def _is_within(view: View, table: ReferenceTable, number: float) -> bool:
    """Whether the number lies on the side of the limit where most people's does."""
    band = _band(view, table)
    return band is not None and _exceeds(number, table, band) != (table.notable == "above")


def _band(view: View, table: ReferenceTable) -> Band | None:
    age = age_in_years(view.record)
    return table.band(age, view.record.patient.sex) if age is not None else None


def _exceeds(number: float, table: ReferenceTable, band: Band) -> bool:
    return number > band.figures[table.compare]


def reference(view: View, one: Found) -> tuple[ReferenceTable, float] | None:
    """The table of reference figures for the number that was measured, if the form has one."""
    if not isinstance(one.finding, Examined):
        return None
    for field, value in _numbers(one.place.item, one.finding.value):
        if field.reference is not None:
            return view.form.tables[field.reference], value.number
    return None


def _numbers(item: Item, value: Value) -> list[tuple[NumberKind, NumberValue]]:
    given: list[tuple[Field | Item | None, Value]] = [(item, value)]
    if isinstance(item, GroupKind) and isinstance(value, GroupValue):
        given = [(item.by_id.get(name), each) for name, each in value.fields.items()]
    return [(field, each) for field, each in given if isinstance(field, NumberKind) and isinstance(each, NumberValue)]


def measured_sentences(view: View, found: Iterable[Found]) -> list[Sentence]:
    """Each measured number beside its reference figures; both sides in one sentence where the comparison is the same.
    It is not judged by an unreviewed table (clinical decision 7)."""
    together: dict[tuple[str, str], list[Found]] = {}
    for one in found:
        known = reference(view, one)
        if known is not None:
            together.setdefault((one.place.item_id, comparison(view, *known)), []).append(one)
    return [_sentence(view, tuple(same), compared) for (_item, compared), same in together.items()]


def _sentence(view: View, same: tuple[Found, ...], compared: str) -> Sentence:
    parts = view.clauses(same, view.text)
    words = "; ".join(part.text for part in parts)
    text = _("{finding}; {comparison}.").format(finding=words, comparison=compared)
    addresses = tuple(address for part in parts for address in part.addresses)
    return Sentence(phrases.full_stop(text), addresses, any(one.judgement == "abnormal" for one in same))


def comparison(view: View, table: ReferenceTable, number: float) -> str:
    """A number against the band of the patient's age, or that there is no band."""
    age, band = age_in_years(view.record), _band(view, table)
    if age is None:
        return _("no comparison without the age ({table})").format(table=table.label)
    if band is None:
        return _("no reference for {age} y ({table})").format(age=age, table=table.label)
    template = table.above if _exceeds(number, table, band) else table.within
    figures = {name: f"{figure:.{_decimals(table)}f}" for name, figure in band.figures.items()}
    text = template.format(age_from=band.age_from, age_to=band.age_to, **figures)
    return text if table.reviewed is not None else _("{comparison}, not clinically reviewed").format(comparison=text)


def _decimals(table: ReferenceTable) -> int:
    """The decimals of a table's figures, the same for all: 7.1–9.0."""
    return max(
        len(value_words.number_text(figure).partition(".")[2])
        for band in table.bands
        for figure in band.figures.values()
    )

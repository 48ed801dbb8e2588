"""Hypothesis strategies: any valid value of any field, any finding of any item, any record of a form."""

from __future__ import annotations

import datetime
from typing import get_args

from hypothesis import strategies as st

from exam_app.core.checking import check_finding, scale_ref
from exam_app.core.findings_file import form_ref
from exam_app.core.form import (
    ChoiceKind,
    DateKind,
    Field,
    FlagsKind,
    Form,
    GradeKind,
    GroupKind,
    Item,
    ListKind,
    NumberKind,
    SideKind,
)
from exam_app.core.form_checks import has_normal
from exam_app.core.record import (
    AssertedNormal,
    Encounter,
    Examined,
    ExamRecord,
    Finding,
    NotExamined,
    NotExaminedReason,
    Patient,
    Unable,
)
from exam_app.core.values import (
    CannotValue,
    ChoiceValue,
    DateValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    ListValue,
    NumberValue,
    SideValue,
    TextValue,
    UnableReason,
    Value,
)

WORDS = st.text(st.sampled_from("abc xyz <&> %{}\\"), min_size=1, max_size=12).map(str.strip).filter(bool)
"""Free text without words that the report itself uses; markup and braces are in it on purpose."""


def values(field: Field | Item, form: Form) -> st.SearchStrategy[Value]:
    """Any valid value of a field, or of an item as a field."""
    if isinstance(field, GradeKind):
        scale = form.scales[field.scale]
        tokens = [grade.token for grade in scale.grades]
        return st.sampled_from(tokens).map(lambda token: GradeValue(token=token, scale=scale_ref(scale)))
    if isinstance(field, ChoiceKind):
        return st.sampled_from([option.id for option in field.options]).map(lambda token: ChoiceValue(token=token))
    if isinstance(field, FlagsKind):
        marks = st.dictionaries(
            st.sampled_from([option.id for option in field.options]),
            st.sampled_from(["yes", "no", "unknown"]),
            min_size=1,
        )
        return marks.map(lambda flags: FlagsValue.model_validate({"flags": flags}))
    if isinstance(field, NumberKind):
        return numbers(field)
    if isinstance(field, SideKind):
        return st.sampled_from(["R", "L", *field.also]).map(lambda side: SideValue.model_validate({"side": side}))
    if isinstance(field, DateKind):
        return st.sampled_from(["2019", "2021-08", "2021-08-03"]).map(lambda date: DateValue(date=date))
    if isinstance(field, GroupKind):
        return groups(field, form)
    if isinstance(field, ListKind):
        return st.lists(groups(field, form), max_size=2).map(lambda entries: ListValue(entries=tuple(entries)))
    return WORDS.map(lambda text: TextValue(text=text))


def numbers(field: NumberKind) -> st.SearchStrategy[Value]:
    """Any valid number of a field, "cannot" among them where the field allows it."""
    low, high = round(field.min / field.step), round(min(field.max, 200) / field.step)
    unit = st.sampled_from(field.units) if len(field.units) > 1 else st.none()

    def number(steps: int, chosen: str | None) -> Value:
        value = NumberValue(number=steps * field.step, unit=chosen)
        if field.of is not None:
            return value.model_copy(update={"of": max(field.of, steps)})
        return value

    found: st.SearchStrategy[Value] = st.builds(number, st.integers(low, high), unit)
    return found | st.just(CannotValue()) if field.cannot else found


@st.composite
def groups(draw: st.DrawFn, field: GroupKind | ListKind, form: Form) -> GroupValue:
    """Any valid selection of a group's fields. A site gets a side exactly where it takes one."""
    chosen = draw(st.lists(st.sampled_from(list(field.fields)), min_size=1, max_size=4, unique_by=lambda each: each.id))
    excluded = (
        set(field.exclusive[1:]) if any(each.id == field.exclusive[0] for each in chosen if field.exclusive) else set()
    )
    given: dict[str, Value] = {}
    for each in chosen:
        if each.id in excluded or (each.id in field.exclusive and any(name in given for name in field.exclusive)):
            continue
        names = (f"{each.id}.R", f"{each.id}.L") if each.paired else (each.id,)
        for name in names:
            given[name] = draw(values(each, form))
    site = field.by_id.get("site")
    if isinstance(site, ChoiceKind) and "side" in field.by_id:
        option = draw(st.sampled_from(list(site.options)))
        given["site"] = ChoiceValue(token=option.id)
        given.pop("side", None)
        if option.sided == "paired" or (option.sided == "axial" and draw(st.booleans())):
            given["side"] = SideValue.model_validate({"side": draw(st.sampled_from(["R", "L"]))})
    return GroupValue(fields=given)


@st.composite
def findings(draw: st.DrawFn, item: Item, form: Form) -> Finding:
    """Any valid finding of an item: a value, asserted normal, or a reason."""
    shapes = ["value", "value", "value", "not_examined", "unable"] + (["normal"] if has_normal(form, item) else [])
    shape = draw(st.sampled_from(shapes))
    note = draw(st.none() | WORDS)
    if shape == "normal":
        return AssertedNormal(entered="macro", note=note)
    if shape == "not_examined":
        reason = draw(st.sampled_from(get_args(NotExaminedReason)))
        text = draw(WORDS) if reason == "other" else None
        return NotExamined(entered="typed", reason=reason, text=text, note=note)
    if shape == "unable":
        reason = draw(st.sampled_from(get_args(UnableReason)))
        return Unable(entered="typed", reason=reason, text=draw(WORDS) if reason == "other" else None, note=note)
    marks = [option.id for option in item.qualifiers]
    qualifiers = tuple(draw(st.lists(st.sampled_from(marks), max_size=2, unique=True))) if marks else ()
    return Examined(entered="typed", value=draw(values(item, form)), qualifiers=qualifiers, note=note)


def blank(form: Form, scope: str = "full") -> ExamRecord:
    """A record of Specimen in which nothing is recorded."""
    return ExamRecord(
        form=form_ref(form),
        scope=scope,
        patient=Patient(family_name="Specimen", birth_date=datetime.date(1965, 3, 2)),
        encounter=Encounter(started_at=datetime.datetime(2026, 11, 22, 9, 20, tzinfo=datetime.UTC)),
    )


@st.composite
def records(draw: st.DrawFn, form: Form, most: int = 25) -> ExamRecord:
    """Any record with up to `most` findings anywhere in the form."""
    addresses = draw(st.lists(st.sampled_from(list(form.addresses)), max_size=most, unique=True))
    found = {address: draw(findings(form.addresses[address], form)) for address in addresses}
    for address, finding in found.items():
        assert not list(check_finding(address, finding, form))
    handedness = draw(st.sampled_from([None, "R", "L", "mixed"]))
    record = blank(form)
    encounter = record.encounter.model_copy(update={"handedness": handedness})
    impression = draw(st.none() | WORDS)
    return ExamRecord.model_validate(
        {**{name: getattr(record, name) for name in ExamRecord.model_fields}, "findings": found, "encounter": encounter}
        | {"impression": impression}
    )

"""A record with a finding at every address of a form: the largest examination, entries of lists apart."""

from __future__ import annotations

from exam_app.core.checks.record_checks import scale_ref
from exam_app.core.files.findings_file import form_ref
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ChoiceKind, Field, FlagsKind, GradeKind, GroupKind, Item, ListKind, NumberKind
from exam_app.core.record.record import Encounter, Examined, ExamRecord, Patient
from exam_app.core.record.values import (
    ChoiceValue,
    DateValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    ListValue,
    NumberValue,
    SideValue,
    TextValue,
    Value,
)


def full_record(form: Form, *, family_name: str = "Specimen") -> ExamRecord:
    """Every address examined; the answers go round so that normal and abnormal ones stand side by side."""
    findings = {
        address: Examined(value=answer(form, item, turn), entered="typed")
        for turn, (address, item) in enumerate(form.addresses.items())
    }
    started = {"started_at": "2026-11-22T09:20:00+01:00", "examiner": "Examiner Specimen", "handedness": "R"}
    return ExamRecord(
        form=form_ref(form),
        scope="full",
        patient=Patient.model_validate({"family_name": family_name, "birth_date": "1960-01-01"}, strict=False),
        encounter=Encounter.model_validate(started, strict=False),
        findings=findings,
    )


def answer(form: Form, field: Field | Item, turn: int) -> Value:
    """An answer for a field; another one at another turn."""
    if isinstance(field, GradeKind):
        scale = form.scales[field.scale]
        return GradeValue(token=scale.grades[turn % len(scale.grades)].token, scale=scale_ref(scale))
    if isinstance(field, ChoiceKind):
        return ChoiceValue(token=field.options[turn % len(field.options)].id)
    if isinstance(field, FlagsKind):
        return FlagsValue(flags={field.options[turn % len(field.options)].id: "yes"})
    if isinstance(field, NumberKind):
        number = round(min(field.max, field.min + field.step * (turn % 5)), 6)
        return NumberValue(number=number, of=field.of, unit=field.units[0] if len(field.units) > 1 else None)
    if isinstance(field, GroupKind):
        return GroupValue(fields=_fields(form, field, turn))
    if isinstance(field, ListKind):
        return ListValue(entries=(GroupValue(fields=_fields(form, field, turn)),))
    if field.kind == "side":
        return SideValue(side="R" if turn % 2 else "L")
    return DateValue(date="2021-08") if field.kind == "date" else TextValue(text="in the examiner's words")


def _fields(form: Form, group: GroupKind | ListKind, turn: int) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for field in group.fields:
        if field.id in group.exclusive[1:]:
            continue
        for side, name in enumerate([f"{field.id}.R", f"{field.id}.L"] if field.paired else [field.id]):
            fields[name] = answer(form, field, turn + side)
    site_field, site = group.by_id.get("site"), fields.get("site")
    if isinstance(site_field, ChoiceKind) and isinstance(site, ChoiceValue) and "side" in fields:
        sided = next(option.sided for option in site_field.options if option.id == site.token)
        if sided == "none":
            del fields["side"]
    return fields

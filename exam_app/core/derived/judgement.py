"""Normal, abnormal or neither: what a finding is, by the form's normal sets alone.

Only what was examined can be judged. An item without a normal set (a device, a handedness) is neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from exam_app.core.form.form import Form, split_address
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
)
from exam_app.core.record.record import AssertedNormal, Examination, Examined, Finding
from exam_app.core.record.values import (
    CannotValue,
    ChoiceValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    ListValue,
    NumberValue,
    SideValue,
    Value,
)

Judgement = Literal["normal", "abnormal", "neither"]


def judge_finding(finding: Finding, item: Item, form: Form) -> Judgement:
    """The judgement of one finding. A finding with a reason instead of a value is neither."""
    if isinstance(finding, AssertedNormal):
        return "normal"
    if isinstance(finding, Examined):
        return judge_value(item, finding.value, form)
    return "neither"


def judge_value(field: Field | Item, value: Value, form: Form) -> Judgement:
    """The judgement of one value of a field."""
    if isinstance(value, GradeValue) and isinstance(field, GradeKind):
        return _among(value.token, field.normal if field.normal is not None else form.scales[field.scale].normal)
    if isinstance(value, ChoiceValue) and isinstance(field, ChoiceKind):
        return "neither" if value.token in field.neutral else _among(value.token, field.normal)
    if isinstance(value, SideValue) and isinstance(field, SideKind):
        return _among(value.side, field.normal)
    if isinstance(value, FlagsValue) and isinstance(field, FlagsKind):
        return _flags(field, value)
    if isinstance(value, CannotValue):
        return "abnormal"
    if isinstance(value, NumberValue) and isinstance(field, NumberKind):
        return _number(field, value)
    if isinstance(value, GroupValue) and isinstance(field, GroupKind):
        return _group(field, value, form)
    if isinstance(value, ListValue) and isinstance(field, ListKind):
        return _worst(_group(field, entry, form) for entry in value.entries)
    return "neither"


def _among(token: str, normal: Iterable[str] | None) -> Judgement:
    if normal is None:
        return "neither"
    return "normal" if token in normal else "abnormal"


def _flags(field: FlagsKind, value: FlagsValue) -> Judgement:
    if field.normal is None:
        return "neither"
    marked = [flag for flag, answer in value.flags.items() if answer == "yes"]
    if any(flag not in field.normal for flag in marked):
        return "abnormal"
    return "normal" if marked else "neither"


def _number(field: NumberKind, value: NumberValue) -> Judgement:
    number = value.number
    if field.of is not None and value.of is not None:
        number = value.number * field.of / value.of
    if field.abnormal is not None and field.abnormal.holds(number):
        return "abnormal"
    if field.normal is not None and field.normal.holds(number):
        return "normal"
    return "neither"


def _group(field: GroupKind | ListKind, value: GroupValue, form: Form) -> Judgement:
    inner = ((field.by_id.get(split_address(name)[0]), each) for name, each in value.fields.items())
    return _worst(judge_value(known, each, form) for known, each in inner if known is not None)


def _worst(judgements: Iterable[Judgement]) -> Judgement:
    found = set(judgements)
    if "abnormal" in found:
        return "abnormal"
    return "normal" if "normal" in found else "neither"


def abnormal_addresses(record: Examination, form: Form) -> list[str]:
    """The addresses of all abnormal findings, in the order of the form."""
    return [
        address
        for address, item in form.addresses.items()
        if address in record.findings and judge_finding(record.findings[address], item, form) == "abnormal"
    ]


class Judgements:
    """Judges each finding once: after an edit all but a few findings are the same objects as before."""

    def __init__(self, form: Form) -> None:
        """`form` is that of the records."""
        self.form = form
        self._known: dict[str, tuple[Finding, Judgement]] = {}

    def of(self, address: str, finding: Finding) -> Judgement:
        """The judgement of the finding at an address."""
        known = self._known.get(address)
        if known is None or known[0] is not finding:
            known = self._known[address] = finding, judge_finding(finding, self.form.addresses[address], self.form)
        return known[1]

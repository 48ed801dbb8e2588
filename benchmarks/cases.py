"""What of a teaching case counts: the graded and chosen values of its examination sections that are not normal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from exam_app.core.derived.judgement import judge_value
from exam_app.core.files.findings_file import read_findings
from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.form.kinds import Field, GroupKind, Item
from exam_app.core.record.record import Examined, ExamRecord
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue, Value

FOLDER = Path(__file__).resolve().parent.parent / "forms" / "cases"
SECTIONS = ("mental", "cranial", "tone", "strength", "reflexes", "sensation", "coordination", "gait")
"""The sections of the examination that are gone through with the patient; movements are entries of their own."""

Leaf = tuple[Field | Item, Value]


def case_names() -> list[str]:
    """The names of all teaching cases: C01, C02, …"""
    return [path.name.partition("_")[0] for path in sorted(FOLDER.glob("*.yaml"))]


def read_case(name: str, form: Form) -> ExamRecord:
    """The record that a case describes."""
    (path,) = FOLDER.glob(f"{name}_*.yaml")
    return read_findings(path.read_bytes(), path.name, form)


def to_type(record: ExamRecord, form: Form) -> dict[str, Value]:
    """The graded and chosen values to be entered, by address: every value that is not normal, and the normal ones that
    no key asserts. Of a group the main field and every other graded or chosen field that is not normal: the manoeuvre,
    the aid and the like only describe.
    """
    wanted: dict[str, Value] = {}
    for address, finding in record.findings.items():
        item = form.addresses[address]
        if section_of(address) not in SECTIONS or not isinstance(finding, Examined):
            continue
        value = _counted(item, finding.value, form)
        if value is not None and not (item.macro and not abnormal_leaves(item, value, form)):
            wanted[address] = value
    return wanted


def _counted(item: Item, value: Value, form: Form) -> Value | None:
    if isinstance(value, (GradeValue, ChoiceValue)):
        return value
    if not isinstance(value, GroupValue) or not isinstance(item, GroupKind):
        return None
    if item.main is not None and not isinstance(value.fields.get(item.main), (GradeValue, ChoiceValue)):
        return None
    fields = {
        name: each
        for name, each in value.fields.items()
        if isinstance(each, (GradeValue, ChoiceValue))
        and (name == item.main or judge_value(item.by_id[split_address(name)[0]], each, form) == "abnormal")
    }
    return GroupValue(fields=fields) if fields else None


def leaves(item: Item, value: Value) -> Iterator[Leaf]:
    """The single values of a value, each with its field."""
    if isinstance(value, GroupValue) and isinstance(item, GroupKind):
        yield from ((item.by_id[split_address(name)[0]], each) for name, each in value.fields.items())
    else:
        yield item, value


def abnormal_leaves(item: Item, value: Value, form: Form) -> int:
    """How many single values differ from normal."""
    return sum(judge_value(field, each, form) == "abnormal" for field, each in leaves(item, value))


def abnormal_count(values: Mapping[str, Value], form: Form) -> int:
    """n: the leaf values that differ from normal, each side once."""
    return sum(abnormal_leaves(form.addresses[address], value, form) for address, value in values.items())


def most_keystrokes(n: int) -> int:
    """How many keystrokes a case may take."""
    return 3 * n + 20

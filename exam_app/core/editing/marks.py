"""Marks of a finding: qualifiers such as pain-limited, and what rarely used fields say with yes or in few words.

A mark is toggled on one finding or on many, as one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from exam_app.core.editing.editing import Edit
from exam_app.core.editing.visible import is_field_visible
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ChoiceKind, Field, FlagsKind, GroupKind, Item, TextKind
from exam_app.core.record.record import Examination, Examined, Finding
from exam_app.core.record.values import ChoiceValue, FlagsValue, GroupValue, TextValue, Value
from exam_app.core.words import _

UNCERTAIN = "uncertain"
"""The qualifier that every finding may carry (clinical decision 1)."""
_MOST_WORDS = 6
"""A choice of more answers is no mark; it is made among the fields."""
_YES_NO = frozenset({"yes", "no", "unknown"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: the id of a qualifier or of an answer, its field where it is an answer, and how it reads.

    `limit` is how many characters a text of one's own may have; 0 for what is no text.
    """

    id: str
    label: str
    field: str | None = None
    limit: int = 0

    @property
    def is_words(self) -> bool:
        """Whether it is a text of one's own."""
        return self.limit > 0


def marks_of(item: Item, finding: Finding | None, record: Examination) -> list[Mark]:
    """The marks that a finding of an item may carry, as far as they are asked."""
    marks = [Mark(option.id, option.label) for option in item.qualifiers]
    marks.append(Mark(UNCERTAIN, _("uncertain")))
    if isinstance(item, GroupKind):
        given = _fields(finding)
        for field in item.fields:
            is_mark = field.id != item.main and field.id not in item.exclusive and not field.paired
            if is_mark and is_field_visible(field, given, record):
                marks.extend(_answers(field))
    return marks


def _answers(field: Field) -> Iterator[Mark]:
    if isinstance(field, ChoiceKind) and {option.id for option in field.options} <= _YES_NO:
        yield Mark("yes", field.label, field.id)
    elif isinstance(field, FlagsKind) or (isinstance(field, ChoiceKind) and len(field.options) <= _MOST_WORDS):
        usual = (*(field.normal or ()), "none")
        for option in field.options:
            if option.id not in usual:
                label = _("{field}: {answer}").format(field=field.label, answer=option.label)
                yield Mark(option.id, label, field.id)
    elif isinstance(field, TextKind):
        yield Mark("", field.label, field.id, limit=field.limit)


def carries(finding: Finding | None, mark: Mark) -> bool:
    """Whether a finding has a mark."""
    if not isinstance(finding, Examined):
        return False
    if mark.field is None:
        return mark.id in finding.qualifiers
    value = _fields(finding).get(mark.field)
    if isinstance(value, FlagsValue):
        return value.flags.get(mark.id) == "yes"
    return isinstance(value, ChoiceValue) and value.token == mark.id


def words_of(finding: Finding | None, mark: Mark) -> str:
    """The words of a mark that is a text; empty without."""
    text = _fields(finding).get(mark.field or "")
    return text.text if isinstance(text, TextValue) else ""


def may_carry(form: Form, record: Examination, address: str, mark: Mark) -> bool:
    """Whether the finding of an address can take a mark: a qualifier belongs to what was examined with a value, an
    answer to a field also to what is not yet examined."""
    finding = record.findings.get(address)
    if not isinstance(finding, Examined) and (mark.field is None or finding is not None):
        return False
    return mark in marks_of(form.addresses[address], finding, record)


def toggled(record: Examination, form: Form, addresses: Iterable[str], mark: Mark) -> Edit:
    """Gives a mark to those of the findings that can take it; takes it away where all of them have it already."""
    able = [address for address in addresses if may_carry(form, record, address, mark)]
    given = not all(carries(record.findings.get(address), mark) for address in able)
    answer: Value = ChoiceValue(token=mark.id)
    findings: dict[str, Finding | None] = {}
    for address in able:
        finding = record.findings.get(address)
        if carries(finding, mark) == given:
            continue
        if mark.field is None:
            findings[address] = _qualified(finding, mark.id, given=given)
        elif isinstance(_field(form.addresses[address], mark.field), FlagsKind):
            findings[address] = _with_field(finding, mark.field, _flags(finding, mark, given=given))
        else:
            findings[address] = _with_field(finding, mark.field, answer if given else None)
    return Edit(findings=findings)


def with_words(record: Examination, form: Form, addresses: Iterable[str], mark: Mark, text: str) -> Edit:
    """Gives the findings that can take it the words of a mark; none takes them away."""
    value = TextValue(text=text) if text else None
    able = [address for address in addresses if may_carry(form, record, address, mark)]
    return Edit(
        findings={address: _with_field(record.findings.get(address), mark.field or "", value) for address in able}
    )


def _field(item: Item, name: str) -> Field | None:
    return item.by_id.get(name) if isinstance(item, GroupKind) else None


def _qualified(finding: Finding | None, mark: str, *, given: bool) -> Finding | None:
    if not isinstance(finding, Examined):
        return finding
    others = tuple(each for each in finding.qualifiers if each != mark)
    return finding.model_copy(update={"qualifiers": (*others, mark) if given else others})


def _flags(finding: Finding | None, mark: Mark, *, given: bool) -> Value | None:
    value = _fields(finding).get(mark.field or "")
    flags = dict(value.flags) if isinstance(value, FlagsValue) else {}
    flags.pop(mark.id, None)
    if given:
        flags[mark.id] = "yes"
    return FlagsValue(flags=flags) if flags else None


def _fields(finding: Finding | None) -> Mapping[str, Value]:
    value = finding.value if isinstance(finding, Examined) else None
    return value.fields if isinstance(value, GroupValue) else {}


def _with_field(finding: Finding | None, name: str, value: Value | None) -> Finding | None:
    """A group finding with one field given or taken back; without any field it is not yet examined."""
    fields = dict(_fields(finding))
    fields.pop(name, None)
    if value is not None:
        fields[name] = value
    if not fields:
        return None
    if isinstance(finding, Examined):
        return finding.model_copy(update={"value": GroupValue(fields=fields), "entered": "typed"})
    return Examined(value=GroupValue(fields=fields), entered="typed")

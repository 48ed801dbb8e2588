"""Codes of a record: of what was asked (LOINC), and of what was found where the answer alone implies the term (HPO).

Only an examined value gives a code: never an asserted normal, a reason instead of a value, or silence. An answer with a
qualifier (uncertain, pain-limited, give-way) gives no code of what was found, because it says less than the bare value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exam_app.core.errors import offered, quoted
from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import ChoiceKind, Field, FlagsKind, GradeKind, GroupKind, Item, ListKind, Side
from exam_app.core.record.record import Examination, Examined
from exam_app.core.record.values import (
    ChoiceValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    ListValue,
    SideValue,
    UnableValue,
    Value,
)

Code = tuple[str, str, str]
"""Address, system and code."""
AnswerCodes = Mapping[str, Mapping[str, str]]
"""By answer, the code of each system."""


def codes_json(record: Examination, form: Form) -> list[dict[str, str]]:
    """Every code of a record in the order of the form: `address` (`section.item[.side][:field[.field]]`, entries of a
    list counted from 0), `system`, `code`, `label`.
    """
    return [
        {"address": address, "system": system, "code": code, "label": form.codes[system].codes[code]}
        for address, system, code in dict.fromkeys(_codes(record, form))
        if _is_exported(form, system)
    ]


def notices(record: Examination, form: Form) -> list[str]:
    """The notice of every code list that the codes of a record come from; they belong to every export of codes."""
    systems = {system for _address, system, _code in _codes(record, form) if _is_exported(form, system)}
    return [form.codes[system].notice for system in sorted(systems)]


def _is_exported(form: Form, system: str) -> bool:
    """Whether the form has the list and gives it out; the form of an older record may have none."""
    return system in form.codes and form.codes[system].exported


def _codes(record: Examination, form: Form) -> Iterator[Code]:
    for address, item in form.addresses.items():
        finding = record.findings.get(address)
        if isinstance(finding, Examined):
            yield from _of_value(address, "", item, finding.value, not finding.qualifiers, None)


def _of_value(
    place: str, path: str, field: Field | Item, value: Value, bare: bool, answers: AnswerCodes | None
) -> Iterator[Code]:
    """The codes of a value; `answers` stand in place of the field's own, where its group brings them."""
    if isinstance(value, UnableValue):
        return
    address = f"{place}:{path}" if path else place
    yield from _of_question(address, field)
    if bare:
        known = answers if answers is not None else getattr(field, "answer_codes", {})
        for token in _tokens(value):
            yield from ((address, system, code) for system, code in known.get(token, {}).items())
    if isinstance(field, GroupKind) and isinstance(value, GroupValue):
        yield from _of_fields(place, path, field, value, bare)
    elif isinstance(field, ListKind) and isinstance(value, ListValue):
        for index, entry in enumerate(value.entries):
            yield from _of_fields(place, f"{path}.{index}" if path else str(index), field, entry, bare)


def _of_fields(place: str, path: str, field: GroupKind | ListKind, value: GroupValue, bare: bool) -> Iterator[Code]:
    """The codes of the fields of a group or of one entry of a list."""
    for name, each in value.fields.items():
        inner = field.by_id.get(split_address(name)[0])
        if inner is None:
            continue
        only = inner.codes_when
        holds = only is None or bool({*only.one_of} & {*_tokens(value.fields.get(only.field or ""))})
        answers = field.answer_codes.get(inner.id) if isinstance(field, GroupKind) else None
        yield from _of_value(place, f"{path}.{name}" if path else name, inner, each, bare and holds, answers)


def _of_question(address: str, field: Field | Item) -> Iterator[Code]:
    """The codes of the question; one for a side (`loinc_L`) only on that side."""
    side = split_address(address)[1]
    for key, code in field.codes.items():
        system, wanted = system_and_side(key)
        if wanted in (None, side):
            yield address, system, code


def _tokens(value: Value | None) -> tuple[str, ...]:
    """What a value answers: its token, or the marks answered yes."""
    if isinstance(value, (GradeValue, ChoiceValue)):
        return (value.token,)
    if isinstance(value, SideValue):
        return (value.side,)
    if isinstance(value, FlagsValue):
        return tuple(flag for flag, answer in value.flags.items() if answer == "yes")
    return ()


def system_and_side(key: str) -> tuple[str, Side | None]:
    """`loinc` → (`loinc`, None); `loinc_L` → (`loinc`, `L`)."""
    system, _, side = key.rpartition("_")
    if system and (side == "R" or side == "L"):
        return system, "R" if side == "R" else "L"
    return key, None


def code_faults(form: Form) -> Iterator[tuple[str, str]]:
    """Every (place, reason); the place is an item id, or `item:field`."""
    for item_id, item in form.items.items():
        for place, field in _with_places(item_id, item):
            on_sides = field.paired or item.sides == "paired"
            for key, code in field.codes.items():
                system, side = system_and_side(key)
                yield from ((place, what) for what in _list_faults(form, system, code, answers=False))
                if side is not None and not on_sides:
                    yield place, f"'{key}' is the code of one side, but '{field.id}' has none; write '{system}'"
            for token, codes in _all_answers(form, field):
                if token is not None:
                    yield place, token
                for system, code in codes.items():
                    yield from ((place, what) for what in _list_faults(form, system, code, answers=True))


def _with_places(item_id: str, item: Item) -> Iterator[tuple[str, Field | Item]]:
    """An item and the fields inside it at every depth, with their places."""
    yield item_id, item
    waiting: list[Field | Item] = [item]
    while waiting:
        field = waiting.pop()
        if isinstance(field, (GroupKind, ListKind)):
            for each in field.fields:
                yield f"{item_id}:{each.id}", each
                waiting.append(each)


def _all_answers(form: Form, field: Field | Item) -> Iterator[tuple[str | None, Mapping[str, str]]]:
    """The codes of every answer of a field, and why an answer is none of it."""
    if isinstance(field, GroupKind):
        for field_id, answers in field.answer_codes.items():
            inner = field.by_id.get(field_id)
            if inner is None:
                yield f"'answer_codes' names '{field_id}', which is no field of '{field.id}'", {}
                continue
            yield from ((_no_answer(form, inner, token), codes) for token, codes in answers.items())
    elif isinstance(field, (GradeKind, ChoiceKind, FlagsKind)):
        yield from ((_no_answer(form, field, token), codes) for token, codes in field.answer_codes.items())


def _no_answer(form: Form, field: Field | Item, token: str) -> str | None:
    values: list[str] = []
    if isinstance(field, GradeKind) and field.scale in form.scales:
        values = [grade.token for grade in form.scales[field.scale].grades]
    elif isinstance(field, (ChoiceKind, FlagsKind)):
        values = [option.id for option in field.options]
    if token in values:
        return None
    return f"'answer_codes' of '{field.id}': {quoted(token)} is none of its values; {offered(token, values, 'values')}"


def _list_faults(form: Form, system: str, code: str, *, answers: bool) -> Iterator[str]:
    known = form.codes.get(system)
    if known is None:
        yield f"there is no code list '{system}'; {offered(system, form.codes, 'code lists')}"
    elif code not in known.codes:
        yield f"the code {quoted(code)} is not listed in codes/{system}.yaml; add it there with its label, or remove it"
    elif known.answers != answers:
        right = "answer_codes, beside the answer that implies it" if known.answers else "codes, beside the question"
        yield f"a code of '{system}' stands in {right}"

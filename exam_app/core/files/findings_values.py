"""A node of a findings file → a value of the kind that the form's field asks for. Faults carry the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pydantic import ValidationError

from exam_app.core.checks.record_checks import scale_ref
from exam_app.core.errors import offered, quoted
from exam_app.core.files.refusals import refusals
from exam_app.core.files.yaml_text import Items, Node, Scalar, Table
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import (
    ChoiceKind,
    DateKind,
    Field,
    FlagsKind,
    GradeKind,
    GroupKind,
    Item,
    ListKind,
    NumberKind,
    SideKind,
    TextKind,
)
from exam_app.core.record.values import (
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
    UnableValue,
    Value,
)

Report = Callable[[int, str], None]
"""Takes the line and the reason of a fault."""

_NUMBER = re.compile(r"^(-?\d+(?:\.\d+)?)(?:(/|-)(\d+(?:\.\d+)?))?(?:\s*([^\d\s/.-].*))?$")


class Reader:
    """Reads values of one findings file against one form."""

    def __init__(self, form: Form, report: Report) -> None:
        """`report` is called for every fault."""
        self._form = form
        self._report = report

    def value(self, field: Field | Item, node: Node) -> Value | None:
        """The value that a node gives for a field, or None after a fault was reported."""
        if isinstance(node, Table) and "unable" in node.nodes and not isinstance(field, FlagsKind):
            return self._unable(node)
        try:
            return self._of_kind(field, node)
        except ValidationError as error:
            for _path, what in refusals(error):
                self._report(node.line, f"'{field.id}': {what}")
            return None

    def _of_kind(self, field: Field | Item, node: Node) -> Value | None:
        if isinstance(field, FlagsKind):
            return self._flags(field, node)
        if isinstance(field, GroupKind):
            return self._group(field, node)
        if isinstance(field, ListKind):
            return self._list(field, node)
        if not isinstance(node, Scalar):
            self._report(node.line, f"'{field.id}' takes a single value")
            return None
        if isinstance(field, GradeKind):
            scale = self._form.scales[field.scale]
            grade = scale.grade(node.text.replace("\u2212", "-"))
            if grade is None:
                grades = ", ".join(each.token for each in scale.grades)
                self._report(node.line, f"{quoted(node.text)} is no grade of {scale.short}; the grades are {grades}")
                return None
            return GradeValue(token=grade.token, scale=scale_ref(scale))
        if isinstance(field, ChoiceKind):
            ids = [option.id for option in field.options]
            if node.text not in ids:
                known = offered(node.text, ids, "values")
                self._report(node.line, f"{quoted(node.text)} is no value of '{field.id}'; {known}")
                return None
            return ChoiceValue(token=node.text)
        if isinstance(field, NumberKind):
            return self._number(field, node)
        if isinstance(field, SideKind):
            if node.text not in ("R", "L", *field.also):
                self._report(node.line, f"{quoted(node.text)} is no side; use {', '.join(('R', 'L', *field.also))}")
                return None
            return SideValue.model_validate({"side": node.text})
        if isinstance(field, TextKind):
            return TextValue(text=node.text)
        if isinstance(field, DateKind):
            return DateValue(date=node.text)
        return None

    def _number(self, field: NumberKind, node: Scalar) -> Value | None:
        if node.text == "cannot":
            return CannotValue()
        found = _NUMBER.match(node.text)
        if found is None or len(node.text) > 40:
            self._report(node.line, f"{quoted(node.text)} is no number for '{field.id}'")
            return None
        first, sign, second, unit = found.groups()
        value = NumberValue(number=float(first), unit=unit.strip() if unit else None)
        if sign == "/" and field.over:
            return value.model_copy(update={"over": float(second)})
        if sign == "/":
            if not float(second).is_integer() or float(second) < 1:
                self._report(node.line, f"{quoted(node.text)}: write n of N with whole numbers, such as 7/10")
                return None
            return value.model_copy(update={"of": int(float(second))})
        if sign == "-":
            return value.model_copy(update={"to": float(second)})
        return value

    def _flags(self, field: FlagsKind, node: Node) -> Value | None:
        if isinstance(node, Scalar):
            node = Items(node.line, [node])
        if isinstance(node, Items):
            flags = {each.text: "yes" for each in node.nodes if isinstance(each, Scalar)}
            if len(flags) != len(node.nodes):
                self._report(node.line, f"'{field.id}' takes a list of different marks")
                return None
        else:
            flags = {}
            for key, answer in node.nodes.items():
                if not isinstance(answer, Scalar) or answer.text not in ("yes", "no", "unknown"):
                    self._report(node.key_lines[key], f"'{field.id}': {quoted(key)} takes yes, no or unknown")
                    return None
                flags[key] = answer.text
        ids = [option.id for option in field.options]
        for flag in flags:
            if flag not in ids:
                self._report(node.line, f"{quoted(flag)} is no mark of '{field.id}'; {offered(flag, ids, 'marks')}")
                return None
        if not flags:
            self._empty(field.id, node)
            return None
        return FlagsValue.model_validate({"flags": flags})

    def _empty(self, field_id: str, node: Node) -> None:
        self._report(node.line, f"'{field_id}' is empty; leave it out or give a value")

    def _group(self, field: GroupKind | ListKind, node: Node) -> GroupValue | None:
        if isinstance(node, Items) and field.main is None and len(node.nodes) == len(field.fields):
            node = _in_order(field, node)
        if not isinstance(node, Table):
            if field.main is None:
                self._report(node.line, f"'{field.id}' needs its fields: {', '.join(field.by_id)}")
                return None
            value = self.value(field.by_id[field.main], node)
            return GroupValue(fields={field.main: value}) if value is not None else None
        fields: dict[str, Value] = {}
        whole = True
        for key, each in node.nodes.items():
            inner, side = _field_and_side(field, key)
            if inner is None:
                self._report(
                    node.key_lines[key],
                    f"{quoted(key)} is no field of '{field.id}'; {offered(key, field.by_id, 'fields')}",
                )
                whole = False
                continue
            sides = [(f"{inner.id}.{side}", each)] if side else self._sides_of_field(inner, key, each)
            for name, inner_node in sides:
                value = self.value(inner, inner_node)
                if value is None:
                    whole = False
                else:
                    fields[name] = value
        if not fields and whole:
            self._empty(field.id, node)
            return None
        return GroupValue(fields=fields) if fields else None

    def _sides_of_field(self, inner: Field, key: str, node: Node) -> list[tuple[str, Node]]:
        if not inner.paired:
            return [(key, node)]
        if isinstance(node, Table) and node.nodes.keys() <= {"R", "L"}:
            return [(f"{key}.{side}", each) for side, each in node.nodes.items()]
        return [(f"{key}.R", node), (f"{key}.L", node)]

    def _list(self, field: ListKind, node: Node) -> Value | None:
        if isinstance(node, Scalar) and node.text == "none":
            return ListValue(entries=())
        nodes = node.nodes if isinstance(node, Items) else [node]
        entries = [self._entry(field, each) for each in nodes]
        return ListValue(entries=tuple(entry for entry in entries if entry is not None))

    def _entry(self, field: ListKind, node: Node) -> GroupValue | None:
        site = field.by_id.get("site")
        if isinstance(site, ChoiceKind) and "side" in field.by_id:
            named = node.nodes.get("site") if isinstance(node, Table) else None
            short = _short_site(site, named if named is not None else node)
            if short is not None:
                token, side = short
                fields: dict[str, Value] = {"site": ChoiceValue(token=token)}
                if side is not None:
                    fields["side"] = SideValue.model_validate({"side": side})
                return GroupValue(fields={**fields, **self._beside_a_site(field, node, named)})
        return self._group(field, node)

    def _beside_a_site(self, field: ListKind, node: Node, named: Node | None) -> Mapping[str, Value]:
        """The other fields of an entry whose site is written short: `{site: hand_R, at: 20 s}`."""
        if named is None or not isinstance(node, Table) or len(node.nodes) == 1:
            return {}
        rest = Table(node.line, {key: each for key, each in node.nodes.items() if key != "site"}, node.key_lines)
        group = self._group(field, rest)
        return group.fields if group is not None else {}

    def _unable(self, node: Table) -> Value | None:
        data: dict[str, str] = {}
        for key, each in node.nodes.items():
            if key not in ("unable", "text") or not isinstance(each, Scalar):
                self._report(node.key_lines[key], f"{quoted(key)} does not belong beside 'unable'")
                return None
            data["reason" if key == "unable" else "text"] = each.text
        try:
            return UnableValue.model_validate(data)
        except ValidationError:
            self._report(node.line, f"{quoted(data.get('reason', ''))} is no reason for 'unable'")
            return None


_SIDE_ENDINGS = {"_R": "R", "_L": "L", "a": "L", "b": "R"}
"""How a paired field is written with its side: `arm_R`; and `5a`, as the NIHSS numbers the left arm."""


def _field_and_side(field: GroupKind | ListKind, key: str) -> tuple[Field | None, str | None]:
    """The field that a key names, and its side where the key of a paired field carries one."""
    if key in field.by_id:
        return field.by_id[key], None
    for ending, side in _SIDE_ENDINGS.items():
        named = field.by_id.get(key.removesuffix(ending)) if key.endswith(ending) else None
        if named is not None and named.paired:
            return named, side
    return None, None


def _in_order(field: GroupKind | ListKind, node: Items) -> Table:
    """A list as long as the group has fields gives them in their order: AIMS items 1 to 7."""
    ids = [each.id for each in field.fields]
    return Table(node.line, dict(zip(ids, node.nodes, strict=True)), dict.fromkeys(ids, node.line))


def _short_site(site: ChoiceKind, node: Node) -> tuple[str, str | None] | None:
    """`hand_R`, `neck` or `{neck: R}` as (site, side); None where the node is written some other way."""
    options = {option.id for option in site.options}
    if isinstance(node, Scalar):
        if node.text in options:
            return node.text, None
        part, _, side = node.text.rpartition("_")
        return (part, side) if part in options and side in ("R", "L") else None
    if isinstance(node, Table) and len(node.nodes) == 1:
        ((key, each),) = node.nodes.items()
        if key in options and isinstance(each, Scalar) and each.text in ("R", "L"):
            return key, each.text
    return None

"""The items of a form as rows, for lists and scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exam_app.core.form.form import Form
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


def item_rows(form: Form) -> list[dict[str, Any]]:
    """One row an item: address, section, label, kind, sides, allowed values and which are normal, core or not,
    anatomy, codes.
    """
    return [_row(form, item_id, item) for item_id, item in form.items.items()]


def _row(form: Form, item_id: str, item: Item) -> dict[str, Any]:
    return {
        "address": item_id,
        "section": item_id.partition(".")[0],
        "label": item.label,
        "kind": item.kind,
        "sides": ["R", "L"] if item.sides == "paired" else [],
        **_values(form, item),
        "core": bool(item.core),
        "folded": item.folded,
        "macro": item.macro,
        "roots": {"all": list(item.roots.all), "dominant": list(item.roots.dominant)} if item.roots else None,
        "nerve": item.nerve,
        "codes": dict(item.codes),
        "answer_codes": _plain(getattr(item, "answer_codes", {})),
        "sources": list(item.sources),
        "reviewed": item.reviewed.model_dump() if item.reviewed else None,
        "to_confirm": item.to_confirm,
    }


def _plain(codes: Mapping[str, Any]) -> dict[str, Any]:
    """Frozen mappings in one another as dictionaries."""
    return {key: _plain(each) if isinstance(each, Mapping) else each for key, each in codes.items()}


def _inner_codes(field: Field) -> dict[str, Any]:
    """`codes` and `answer_codes` of a field, where it has any."""
    found = {"codes": _plain(field.codes), "answer_codes": _plain(getattr(field, "answer_codes", {}))}
    return {key: codes for key, codes in found.items() if codes}


def _values(form: Form, field: Field | Item) -> dict[str, Any]:
    """`values` and `normal` of a field; a group or list gives `fields` instead."""
    if isinstance(field, GradeKind):
        scale = form.scales[field.scale]
        normal = field.normal if field.normal is not None else scale.normal
        return {"values": [grade.token for grade in scale.grades], "normal": list(normal), "scale": scale.id}
    if isinstance(field, (ChoiceKind, FlagsKind)):
        options = [option.id for option in field.options]
        return {"values": options, "normal": None if field.normal is None else list(field.normal)}
    if isinstance(field, NumberKind):
        limits = field.normal.model_dump(exclude_none=True) if field.normal else None
        span = {"min": field.min, "max": field.max, "step": field.step, "units": list(field.units), "of": field.of}
        return {"values": span | {"cannot": field.cannot}, "normal": limits}
    if isinstance(field, SideKind):
        return {"values": ["R", "L", *field.also], "normal": None if field.normal is None else list(field.normal)}
    if isinstance(field, (GroupKind, ListKind)):
        inner = [
            {"id": each.id, "label": each.label, "kind": each.kind, **_values(form, each), **_inner_codes(each)}
            for each in field.fields
        ]
        return {"main": field.main, "fields": inner}
    return {"values": None, "normal": None}


def item_table(rows: list[dict[str, Any]]) -> str:
    """The rows as a text table: address, sides, kind, core, label, values."""
    lines = [_line("address", "sides", "kind", "core", "label", "values")]
    for row in rows:
        values = row.get("values")
        shown = (
            " ".join(values) if isinstance(values, list) else ", ".join(each["id"] for each in row.get("fields", ()))
        )
        if isinstance(values, dict):
            shown = f"{values['min']:g} to {values['max']:g} {'/'.join(values['units'])}".rstrip()
        sides = "".join(row["sides"]) or "-"
        lines.append(_line(row["address"], sides, row["kind"], "core" if row["core"] else "", row["label"], shown))
    return "\n".join(lines)


def _line(address: str, sides: str, kind: str, core: str, label: str, values: str) -> str:
    return f"{address:40} {sides:5} {kind:7} {core:5} {label:40} {values}".rstrip()

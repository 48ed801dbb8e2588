"""The same record with right and left exchanged: addresses, fields, side values, handedness; not free text."""

from __future__ import annotations

from collections.abc import Mapping

from exam_app.core.record.record import AnyExamination, DistributionOverride, Encounter, Examined, Finding
from exam_app.core.record.values import GroupValue, ListValue, SideValue, Value

_OTHER = {"R": "L", "L": "R"}


def mirrored(record: AnyExamination) -> AnyExamination:
    """The mirrored record. Mirroring twice gives the record back."""
    findings = {other_side(address): mirrored_finding(finding) for address, finding in record.findings.items()}
    return type(record).model_validate(
        {
            **{name: getattr(record, name) for name in type(record).model_fields},
            "findings": findings,
            "encounter": _encounter(record.encounter),
            "distribution_override": _override(record.distribution_override),
        }
    )


def other_side(name: str) -> str:
    """`strength.deltoid.R` → `strength.deltoid.L`; a name without side stays."""
    return f"{name[:-1]}{_OTHER[name[-1]]}" if name.endswith((".R", ".L")) else name


def mirrored_finding(finding: Finding) -> Finding:
    """A finding as it would be on the other side."""
    if isinstance(finding, Examined):
        return finding.model_copy(update={"value": mirrored_value(finding.value)})
    return finding


def mirrored_value(value: Value) -> Value:
    """A value as it would be on the other side."""
    if isinstance(value, SideValue):
        return SideValue.model_validate({"side": _OTHER.get(value.side, value.side)})
    if isinstance(value, GroupValue):
        return GroupValue(fields=_fields(value.fields))
    if isinstance(value, ListValue):
        return ListValue(entries=tuple(GroupValue(fields=_fields(entry.fields)) for entry in value.entries))
    return value


def _fields(fields: Mapping[str, Value]) -> dict[str, Value]:
    return {other_side(name): mirrored_value(value) for name, value in fields.items()}


def _encounter(encounter: Encounter) -> Encounter:
    absent = {f"{limb[:-1]}{_OTHER[limb[-1]]}": below for limb, below in encounter.absent_below.items()}
    hand = _OTHER.get(encounter.handedness or "", encounter.handedness)
    return encounter.model_copy(update={"absent_below": absent, "handedness": hand})


def _override(override: DistributionOverride | None) -> DistributionOverride | None:
    if override is not None and override.result.startswith("hemidystonia_"):
        return override.model_copy(update={"result": f"hemidystonia_{_OTHER[override.result[-1]]}"})
    return override

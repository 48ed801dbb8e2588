"""The distribution of dystonia from the recorded movements: app rule DYS-DIST v1 (clinical decision 8).

The 2013 consensus names the categories but defines no graph of neighbouring regions; this one is the app's own, and is
shown as "app rule". A clinician may override it with a reason; both are printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from exam_app.core.editing.editing import entries
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ChoiceKind, ListKind, Option
from exam_app.core.record.record import Distribution, DistributionOverride, Examination, Examined
from exam_app.core.record.values import ChoiceValue, GroupValue, ListValue, SideValue

RULE = "DYS-DIST v1"
ENTRIES = "movements.entries"
OBSERVATION = "movements.observation"

Laterality = Literal["R", "L"] | None

CRANIOCERVICAL = frozenset({"upper_face", "lower_face", "larynx", "neck"})
ARMS = frozenset({"arm_R", "arm_L"})
LEGS = frozenset({"leg_R", "leg_L"})
_ADJACENT = frozenset(
    frozenset(pair)
    for pair in (
        *((one, other) for one in CRANIOCERVICAL for other in CRANIOCERVICAL if one < other),
        ("neck", "trunk"),
        ("neck", "arm_R"),
        ("neck", "arm_L"),
        ("trunk", "arm_R"),
        ("trunk", "arm_L"),
        ("arm_R", "arm_L"),
        ("trunk", "leg_R"),
        ("trunk", "leg_L"),
        ("leg_R", "leg_L"),
    )
)


@dataclass(frozen=True, slots=True)
class DistributionResult:
    """`result` is the observed one; None means that movements were not observed at all, which is not "none".

    `with_reported` counts reported movements too; `note` names the boundary case, if the sites are one.
    """

    result: Distribution | None
    observed: Distribution | None
    with_reported: Distribution | None
    sites: tuple[str, ...]
    note: str | None
    override: DistributionOverride | None

    @property
    def is_said(self) -> bool:
        """Whether a report says what the rule gives: where movements were watched, or dystonia was reported."""
        return self.observed is not None or self.with_reported not in (None, "none")


def distribution(record: Examination, form: Form) -> DistributionResult:
    """The distribution of all dystonic entries together: observed ones, and with reported ones."""
    override = record.distribution_override
    if ENTRIES not in record.findings and OBSERVATION not in record.findings:
        return DistributionResult(None, None, None, (), None, override)
    seen = dystonic_sites(record, form, observed_only=True)
    told = dystonic_sites(record, form, observed_only=False)
    watched = isinstance(record.findings.get(OBSERVATION), Examined) or bool(_seen_entries(record))
    observed = classify(seen) if watched else None
    reported = classify(told)
    return DistributionResult(
        result=observed,
        observed=observed,
        with_reported=reported,
        sites=tuple(sorted(seen)),
        note=boundary_note(seen),
        override=override,
    )


def _seen_entries(record: Examination) -> list[GroupValue]:
    return [entry for entry in entries(record, ENTRIES) if _token(entry, "source") == "observed"]


def dystonic_sites(record: Examination, form: Form, *, observed_only: bool) -> dict[str, Laterality]:
    """Region → the side it lies to: of every entry whose phenomenology is dystonic. An axial region keeps its side
    only if all entries agree; sites without a region (eyes, whole body) count for nothing."""
    item = form.items.get(ENTRIES)
    if not isinstance(item, ListKind):
        return {}
    dystonic = {option.id for option in _options(item, "phenomenology") if option.dystonic}
    sites_field = item.by_id.get("sites")
    options = (
        {option.id: option for option in _options(sites_field, "site")} if isinstance(sites_field, ListKind) else {}
    )
    sides: dict[str, set[Laterality]] = {}
    for entry in _seen_entries(record) if observed_only else entries(record, ENTRIES):
        sites = entry.fields.get("sites")
        if _token(entry, "phenomenology") not in dystonic or not isinstance(sites, ListValue):
            continue
        for site in sites.entries:
            option = options.get(_token(site, "site") or "")
            if option is None or option.region is None:
                continue
            side = _side(site)
            limb = option.sided == "paired" and option.region in ("arm", "leg")
            region = f"{option.region}_{side}" if limb else option.region
            # A shoulder belongs to the neck and a single eyelid to the face: their side says on which side they lie.
            sides.setdefault(region, set()).add(None if limb else side)
    return {region: next(iter(found)) if len(found) == 1 else None for region, found in sides.items()}


def _options(kind: object, field_id: str) -> Iterable[Option]:
    field = kind.by_id.get(field_id) if isinstance(kind, ListKind) else None
    return field.options if isinstance(field, ChoiceKind) else ()


def _token(group: GroupValue, field_id: str) -> str | None:
    value = group.fields.get(field_id)
    return value.token if isinstance(value, ChoiceValue) else None


def _side(group: GroupValue) -> Laterality:
    value = group.fields.get("side")
    if isinstance(value, SideValue) and value.side in ("R", "L"):
        return value.side
    return None


def classify(sites: Mapping[str, Laterality]) -> Distribution:
    """The rule itself, on regions and the side to which axial ones lie (clinical/02 §2.4)."""
    regions = frozenset(sites)
    if not regions:
        return "none"
    if len(regions) == 1:
        return "focal"
    if _is_hemidystonia(sites, "R"):
        return "hemidystonia_R"
    if _is_hemidystonia(sites, "L"):
        return "hemidystonia_L"
    if "trunk" in regions and len(regions) >= 3:
        return "generalized_with_leg" if regions & LEGS else "generalized_without_leg"
    return "segmental" if _is_connected(regions) else "multifocal"


def _is_hemidystonia(sites: Mapping[str, Laterality], side: Literal["R", "L"]) -> bool:
    other = "L" if side == "R" else "R"
    limbs = {f"arm_{side}", f"leg_{side}"}
    if not limbs <= sites.keys() or {f"arm_{other}", f"leg_{other}"} & sites.keys():
        return False
    return all(sites[region] == side for region in sites.keys() - limbs)


def _is_connected(regions: frozenset[str]) -> bool:
    start = min(regions)
    reached, waiting = {start}, [start]
    while waiting:
        region = waiting.pop()
        for neighbour in regions - reached:
            if frozenset((region, neighbour)) in _ADJACENT:
                reached.add(neighbour)
                waiting.append(neighbour)
    return reached == regions


def boundary_note(sites: Mapping[str, Laterality]) -> str | None:
    """The id of the boundary case that exactly these regions are, or None (clinical decision 8). Words: `wording`."""
    regions = frozenset(sites)
    cranial, arms, legs = regions & CRANIOCERVICAL, regions & ARMS, regions & LEGS
    trunk = "trunk" in regions
    if regions == {"trunk", *LEGS}:
        return "trunk_and_both_legs"
    if trunk and cranial == {"neck"} and len(arms) == 1 and not legs:
        return "trunk_neck_and_one_arm"
    if trunk and arms == ARMS and not legs and cranial <= {"neck"}:
        return "trunk_and_both_arms"
    if trunk and len(cranial) >= 2 and not arms and not legs:
        return "trunk_and_craniocervical"
    if not trunk and arms == ARMS and legs == LEGS:
        return "four_limbs_without_trunk"
    if len(arms) == 1 and cranial and not legs and not trunk:
        side = next(iter(arms))[-1]
        if all(sites[region] == side for region in cranial):
            return "arm_and_craniocervical_one_side"
    return None

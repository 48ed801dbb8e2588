"""Limbs that are absent or in plaster below a level: said once, and unable for every item below it (decision 5)."""

from __future__ import annotations

from collections.abc import Iterator

from exam_app.core.editing.editing import Edit
from exam_app.core.form.form import Form, split_address
from exam_app.core.record.record import AbsentBelow, Examination, Unable, limb_key
from exam_app.core.words import _


def limb_of(level: str, form: Form) -> str | None:
    """The limb that a level belongs to: `elbow` → `arm`."""
    return next((limb for limb, levels in form.limbs.items() if level in levels), None)


def addresses_below(form: Form, limb_side: str, level: str) -> list[str]:
    """The addresses of the items that need what lies below a level of `arm_R`, in the order of the form."""
    limb, _, side = limb_side.rpartition("_")
    levels = form.limbs[limb]
    below = levels[levels.index(level) :]
    return [
        address
        for address, item in form.addresses.items()
        if item.beyond in below and split_address(address)[1] == side
    ]


def absence_at(form: Form, address: str) -> tuple[str, str] | None:
    """The limb with its side and the level above which an item needs the limb; None for an item that needs none."""
    item, (_item_id, side) = form.addresses[address], split_address(address)
    limb = limb_of(item.beyond, form) if item.beyond is not None else None
    return (limb_key(limb, side), item.beyond) if limb is not None and side is not None and item.beyond else None


def below_text(limb_side: str, level: str) -> str:
    """What lies below a level of a limb, in words."""
    words = (
        _("Everything below the right {level}") if limb_side.endswith("_R") else _("Everything below the left {level}")
    )
    return words.format(level=level)


def absent(record: Examination, form: Form, limb_side: str, below: AbsentBelow) -> Edit:
    """Says that a limb is absent below a level, and why every item below it, in scope and without a finding, is unable.

    The findings are recorded one by one, as if each had been given; what was recorded before stays.
    """
    in_scope = form.in_scope(record.scope)
    unable = Unable(reason=below.reason, entered="macro")
    findings = {
        address: unable
        for address in addresses_below(form, limb_side, below.level)
        if address not in record.findings and split_address(address)[0] in in_scope
    }
    limbs = {**record.encounter.absent_below, limb_side: below}
    return Edit(findings=findings, context={"encounter": record.encounter.model_copy(update={"absent_below": limbs})})


def faults(record: Examination, form: Form) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every (path, reason) in which what is absent does not fit the form."""
    for limb_side, below in record.encounter.absent_below.items():
        path = ("encounter", "absent_below", limb_side)
        levels = form.limbs.get(limb_side.rpartition("_")[0])
        if levels is None:
            limbs = ", ".join(f"{limb}_R, {limb}_L" for limb in form.limbs)
            yield path, f"there is no such limb; the limbs are {limbs}"
        elif below.level not in levels:
            yield (*path, "level"), f"there is no such level of this limb; the levels are {', '.join(levels)}"

"""The fixed terms of a record in words: reasons, sides, distributions of dystonia."""

from __future__ import annotations

from exam_app.core.form.kinds import Side
from exam_app.core.words import _


def reason_text(reason: str) -> str:
    """A reason for "not examined" or "unable" in words."""
    return {
        "time": _("no time"),
        "not_indicated": _("not indicated"),
        "deferred": _("deferred"),
        "refused": _("refused"),
        "equipment": _("no equipment"),
        "pain": _("pain"),
        "cast_or_dressing": _("cast or dressing"),
        "amputation": _("amputation"),
        "consciousness": _("reduced consciousness"),
        "cannot_cooperate": _("cannot cooperate"),
        "language": _("language"),
        "unsafe": _("unsafe"),
        "age": _("age"),
        "involuntary_movement": _("involuntary movement"),
        "other": _("other reason"),
    }[reason]


def told_reason(reason: str, text: str | None) -> str:
    """A reason in words: the examiner's own where it is another than those of the list."""
    return text if reason == "other" and text else reason_text(reason)


def side_letter(side: Side) -> str:
    """R or L as printed at the head of a column."""
    return {"R": _("R"), "L": _("L")}[side]


def side_word(side: str) -> str:
    """A side in a sentence."""
    return {"R": _("right"), "L": _("left"), "both": _("both sides"), "none": _("neither side")}[side]


def distribution_text(result: str | None) -> str:
    """A distribution of dystonia in words; None is "not observed"."""
    if result is None:
        return _("not observed")
    return {
        "none": _("none"),
        "focal": _("focal"),
        "segmental": _("segmental"),
        "multifocal": _("multifocal"),
        "hemidystonia_R": _("hemidystonia, right side"),
        "hemidystonia_L": _("hemidystonia, left side"),
        "generalized_with_leg": _("generalized, with leg involvement"),
        "generalized_without_leg": _("generalized, without leg involvement"),
    }[result]


def boundary_text(note: str) -> str:
    """The note on a boundary case of the distribution rule (clinical/02 §2.4)."""
    return {
        "trunk_and_both_legs": _(
            "Trunk and both legs: generalized by this rule; segmental (crural) in the older grouping."
        ),
        "trunk_neck_and_one_arm": _(
            "Trunk, neck and one arm: generalized without leg by this rule; segmental in the older grouping."
        ),
        "trunk_and_both_arms": _(
            "Trunk and both arms: generalized without leg by this rule; segmental (brachial) in the older grouping."
        ),
        "trunk_and_craniocervical": _(
            "Trunk with craniocervical sites only: generalized without leg by this rule; "
            "segmental (axial) in the older grouping."
        ),
        "four_limbs_without_trunk": _(
            "Four limbs without the trunk: multifocal by this rule; generalized in the older grouping."
        ),
        "arm_and_craniocervical_one_side": _(
            "Arm and craniocervical sites on one side without the leg: not hemidystonia by this rule; "
            "some would call it so."
        ),
    }[note]

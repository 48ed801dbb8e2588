"""A learner's entries of movements against those of the case: each entry of either is paired with one of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exam_app.core.practice.library import Outcome
from exam_app.core.record.mirror import mirrored_value
from exam_app.core.record.values import ChoiceValue, GroupValue, ListValue, SideValue

Sites = frozenset[tuple[str, str]]
_RANKS: tuple[Outcome, ...] = ("exact", "wrong_side", "adjacent", "different")
"""The better pair is made first."""


@dataclass(frozen=True, slots=True)
class Paired:
    """An entry of the case, of the learner, or both, and how they compare."""

    outcome: Outcome
    key: GroupValue | None
    got: GroupValue | None


def paired(key: Sequence[GroupValue], got: Sequence[GroupValue], *, lateralised: bool) -> tuple[Paired, ...]:
    """Every entry once. An entry is exact by its phenomenology and all its sites, next to it where sites are missing or
    too many, different where the sites are right and the phenomenology is not. A wrong side only where the case has
    one."""
    ranked = [
        (_RANKS.index(outcome), index, at)
        for index, one in enumerate(key)
        for at, other in enumerate(got)
        if (outcome := _compared(one, other, lateralised=lateralised)) is not None
    ]
    of_key: dict[int, tuple[Outcome, int]] = {}
    taken: set[int] = set()
    for rank, index, at in sorted(ranked):
        if index not in of_key and at not in taken:
            of_key[index] = _RANKS[rank], at
            taken.add(at)
    found = [
        Paired(of_key[index][0], one, got[of_key[index][1]]) if index in of_key else Paired("missed", one, None)
        for index, one in enumerate(key)
    ]
    return (*found, *(Paired("false_positive", None, one) for at, one in enumerate(got) if at not in taken))


def _compared(key: GroupValue, got: GroupValue, *, lateralised: bool) -> Outcome | None:
    """How two entries compare; None where they have nothing in common."""
    same = phenomenology(key) == phenomenology(got)
    here, there = sites(key), sites(got)
    if here == there:
        return "exact" if same else "different"
    if not same:
        return None
    mirror = mirrored_value(got)
    if lateralised and isinstance(mirror, GroupValue) and sites(mirror) == here:
        return "wrong_side"
    return "adjacent" if here & there else None


def phenomenology(entry: GroupValue) -> str | None:
    """What kind of movement an entry says it is."""
    value = entry.fields.get("phenomenology")
    return value.token if isinstance(value, ChoiceValue) else None


def sites(entry: GroupValue) -> Sites:
    """Where an entry says that the movement is, each site with its side."""
    value = entry.fields.get("sites")
    return frozenset(_site(each) for each in value.entries) if isinstance(value, ListValue) else frozenset()


def _site(entry: GroupValue) -> tuple[str, str]:
    site, side = entry.fields.get("site"), entry.fields.get("side")
    named = site.token if isinstance(site, ChoiceValue) else ""
    return named, side.side if isinstance(side, SideValue) else ""

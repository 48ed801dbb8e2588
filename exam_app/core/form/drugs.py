"""Lists of drugs that block dopamine or provoke movements: searched by generic and brand name, names only.

Generic names are stored and printed; brand names are search synonyms and differ between countries. Nothing here says
that a drug caused anything (clinical/05 §5.2, decision 10).
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field as Key
from pydantic import StringConstraints

from exam_app.core.form.scale import Sourced
from exam_app.core.model import Id, Model
from exam_app.core.words import _

GenericName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9 \-]{0,63}$")]
"""A generic name in small letters: the only name of a drug that is printed."""
Length = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,2} (d|weeks|months|years)$")]
"""A length of time: `7 d`, `3 months`."""

_SHORTEST_INSIDE = 3
"""So many letters are looked for inside names too, fewer only at their beginning."""
_SHORTEST_GUESS = 4
_ALIKE = 0.8
"""From so many letters on, names as much alike as this (0 to 1) are offered for a misspelled one."""
_MOST_HITS = 6


class Drug(Model):
    """One drug by its generic name. `spellings` are other generic names and combinations of it, `brands` search
    synonyms. `family`: a family of drugs ("stimulants") that may be given without a name. `also` is a second group.
    """

    id: GenericName
    spellings: tuple[GenericName, ...] = ()
    brands: tuple[str, ...] = ()
    detail: str | None = None
    also: Id | None = None
    family: bool = False
    serotonergic: bool = False
    dopaminergic: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that finds the drug, the generic one first."""
        return (self.id, *self.spellings, *self.brands)


class DrugGroup(Model):
    """Drugs under one heading. `exposure_flag`: they count for "exposed to a dopamine blocker"."""

    id: Id
    label: str
    exposure_flag: bool
    drugs: tuple[Drug, ...] = Key(min_length=1)


class Window(Sourced):
    """A stretch of time in which a movement and a drug may belong together, in words `name` and `criterion`.

    `counts`: the time from a start or raise, or from a stop or drop, to the onset of the movement; or the length of the
    exposure itself. `min` and `max` belong to the window. `age_from`: only from so many completed years at the
    examination. `blockers_only`: only for groups with an exposure flag.
    """

    id: Id
    name: str
    criterion: str
    counts: Literal["start_or_raise", "stop_or_drop", "exposure"]
    min: Length | None = None
    max: Length | None = None
    age_from: int | None = None
    blockers_only: bool = False


class DrugList(Sourced):
    """One list of drugs in groups, and the windows that are worked out for them. `note` is printed wherever a name
    from the list is; `exposure_months`: a dopamine blocker taken so recently counts, however short it was taken."""

    id: Id
    version: str
    title: str
    note: str
    exposure_months: Annotated[int, Key(ge=1, le=600)]
    windows: tuple[Window, ...] = ()
    groups: tuple[DrugGroup, ...] = Key(min_length=1)


@dataclass(frozen=True, slots=True)
class Known:
    """A drug of a list: with its groups, its own first."""

    drug: Drug
    groups: tuple[DrugGroup, ...]
    source: DrugList

    @property
    def is_blocker(self) -> bool:
        """Whether one of its groups counts for "exposed to a dopamine blocker"."""
        return any(group.exposure_flag for group in self.groups)


@dataclass(frozen=True, slots=True)
class Hit:
    """A drug that a search found, with the brand that was looked for, or else its first one."""

    known: Known
    brand: str | None


def known_drugs(lists: Mapping[str, DrugList]) -> Iterator[Known]:
    """Every drug of every list, in their order."""
    for source in lists.values():
        groups = {group.id: group for group in source.groups}
        for group in source.groups:
            for drug in group.drugs:
                second = (groups[drug.also],) if drug.also in groups else ()
                yield Known(drug, (group, *second), source)


def find(lists: Mapping[str, DrugList], name: str) -> Known | None:
    """The drug of exactly this generic or brand name, upper and lower case alike; None where no list has it."""
    wanted = " ".join(name.casefold().split())
    return next((known for known in known_drugs(lists) if wanted in map(str.casefold, known.drug.names)), None)


def search(lists: Mapping[str, DrugList], text: str) -> tuple[Hit, ...]:
    """At most six drugs for what was typed: first those whose generic name begins so, then a brand, then those
    with it inside a name, or with the name at its beginning, then small misspellings; within each by generic name."""
    wanted = " ".join(text.casefold().split())
    if not wanted:
        return ()
    ranked = [(rank, known, name) for known in known_drugs(lists) for rank, name in [_best(known.drug, wanted)]]
    found = sorted((one for one in ranked if one[0] is not None), key=lambda one: (one[0], one[1].drug.id))
    return tuple(Hit(known, _brand(known.drug, name)) for _rank, known, name in found[:_MOST_HITS])


def _best(drug: Drug, wanted: str) -> tuple[float | None, str]:
    """The rank of the name that fits best, and the name; no rank where none fits."""
    ranked = [(rank, name) for name in drug.names if (rank := _rank(name, wanted, name in drug.brands)) is not None]
    return min(ranked, key=lambda one: one[0]) if ranked else (None, "")


def _rank(name: str, wanted: str, is_brand: bool) -> float | None:
    low = name.casefold()
    if low == wanted:
        return 0
    if low.startswith(wanted):
        return 2 if is_brand else 1
    if len(wanted) >= _SHORTEST_INSIDE and wanted in low:
        return 4 if is_brand else 3
    if wanted.startswith(f"{low} "):
        return 5
    if len(wanted) < _SHORTEST_GUESS:
        return None
    # What is still being typed is compared with as much of the name.
    alike = max(difflib.SequenceMatcher(None, wanted, part).ratio() for part in (low, low[: len(wanted)]))
    return 7 - alike if alike >= _ALIKE else None


def _brand(drug: Drug, name: str) -> str | None:
    if name in drug.brands:
        return name
    return drug.brands[0] if drug.brands else None


def hit_text(hit: Hit) -> str:
    """A hit in one line: `haloperidol (Haldol) · first-generation antipsychotics and benzamides`."""
    drug = hit.known.drug
    values = {"drug": drug.id, "brand": hit.brand, "group": group_text(hit.known)}
    if hit.brand is None:
        return _("{drug} · {group}").format(**values)
    return _("{drug} ({brand}) · {group}").format(**values)


def group_text(known: Known) -> str:
    """The groups of a drug, with the remark on its place in them: `atypical antipsychotics (low)`."""
    labels = ", ".join(group.label for group in known.groups)
    if known.drug.detail is None:
        return labels
    return _("{groups} ({remark})").format(groups=labels, remark=known.drug.detail)


def faults(lists: Mapping[str, DrugList], sources: Collection[str]) -> Iterator[tuple[str, str]]:
    """Every (place, reason) in which lists of drugs cannot be used; the place is a file with a path of keys after `#`.

    `sources` are the ids and marks that may stand under `sources`.
    """
    first: dict[str, tuple[str, str]] = {}
    for source in lists.values():
        file = f"drugs/{source.id}.yaml"
        yield from _source_faults(f"{file}#sources", source, sources)
        yield from _window_faults(file, source, sources)
        for index, group in enumerate(source.groups):
            if group.id in [other.id for other in source.groups[:index]]:
                yield f"{file}#groups/{index}/id", f"the group '{group.id}' stands here again; choose another id"
            for number, drug in enumerate(group.drugs):
                place = f"{file}#groups/{index}/drugs/{number}"
                yield from _drug_faults(place, source, group, drug)
                yield from _name_faults(place, drug, first)


def _drug_faults(place: str, source: DrugList, group: DrugGroup, drug: Drug) -> Iterator[tuple[str, str]]:
    ids = [other.id for other in source.groups if other.id != group.id]
    if drug.also is not None and drug.also not in ids:
        yield f"{place}/also", f"'{drug.also}' is no other group; the other groups are {', '.join(ids)}"


def _name_faults(place: str, drug: Drug, first: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Every name leads to one drug; `first` are the names so far, each with its drug and the place of that drug."""
    for name in drug.names:
        low = name.casefold()
        if low not in first:
            first[low] = (drug.id, place)
            continue
        other, at = first[low]
        if at == place:
            yield place, f"the name '{name}' stands twice at '{drug.id}'; remove one"
        elif name == drug.id == other:
            yield place, f"the drug '{name}' stands here again; write it once, and its second group under 'also'"
        else:
            yield place, f"the name '{name}' leads to '{other}' and to '{drug.id}'; leave it at one of them"


def _window_faults(file: str, source: DrugList, sources: Collection[str]) -> Iterator[tuple[str, str]]:
    for index, window in enumerate(source.windows):
        place = f"{file}#windows/{index}"
        if window.id in [other.id for other in source.windows[:index]]:
            yield place, f"the window '{window.id}' stands here again; choose another id"
        if window.counts == "exposure" and (window.min is None or window.max is not None):
            yield place, f"the window '{window.id}' counts the exposure; give 'min' and no 'max'"
        yield from _source_faults(place, window, sources)


def _source_faults(place: str, sourced: Sourced, sources: Collection[str]) -> Iterator[tuple[str, str]]:
    for each in sourced.sources:
        if each not in sources:
            yield (
                place,
                f"the source '{each}' is not in the bibliography; add it (your own in sources.yaml), or use M, D or V",
            )

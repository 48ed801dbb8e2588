"""A figure in words: its legend, and the alternative for who cannot see it, which says every mark by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from exam_app.core.drawings.maps import RegionMap, Stand, region_phrase
from exam_app.core.drawings.picture import Hatching, Mark, State
from exam_app.core.form.form import split_address
from exam_app.core.form.kinds import SIDES, Side
from exam_app.core.wording.term_words import side_word
from exam_app.core.words import _, capitalised
from exam_app.report.document import Key


@dataclass(frozen=True, slots=True)
class Placed:
    """The mark of a region and what it stands for: a finding, or a site by the region's id. `words` are its value;
    `is_close` says that nothing is left of what was tested; `keys` are the signs that the legend explains."""

    a_map: RegionMap
    stands_for: Stand | str
    mark: Mark
    words: str = ""
    is_close: bool = False
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        """What is shown, the same for every region that shows it."""
        if isinstance(self.stands_for, str):
            return self.stands_for
        field = self.stands_for.field.id if self.stands_for.field is not None else ""
        return f"{self.stands_for.address}:{field}"

    @property
    def name(self) -> tuple[str, Side | None]:
        """What the region stands for as it is said in a sentence, and its side."""
        if isinstance(self.stands_for, Stand):
            return region_phrase(self.a_map, self.stands_for), split_address(self.stands_for.address)[1]
        site = self.a_map.site(self.stands_for)
        return (site[0].phrase or site[0].label, site[1]) if site is not None else (self.stands_for, None)


@dataclass(frozen=True, slots=True)
class Layer:
    """One kind of finding in a figure: its words, its marks by region, and its hatching, if it is not written.
    `around` are the sites that have no region of their own and colour the one around them, `undrawn` those that colour
    none."""

    label: str
    places: Mapping[str, Placed]
    hatching: Hatching | None = None
    around: tuple[str, ...] = ()
    undrawn: tuple[str, ...] = ()


def hatched_legend(layers: Sequence[Layer], marks: Mapping[str, Mark]) -> tuple[Key, ...]:
    """What each hatching and each frame means; only those that occur."""
    keys = [Key(layer.label or _("abnormal"), layer.hatching) for layer in layers]
    if around := _listed_once(layer.around for layer in layers):
        keys.append(Key(_("drawn with what is around: {sites}").format(sites=around)))
    if undrawn := _listed_once(layer.undrawn for layer in layers):
        keys.append(Key(_("not drawn: {sites}").format(sites=undrawn)))
    if any(one.is_close and one.mark.state == "abnormal" for layer in layers for one in layer.places.values()):
        keys.append(Key(_("close lines: absent")))
    states = {mark.state for mark in marks.values()}
    if "reason" in states:
        keys.append(Key(_("not examined or unable"), Hatching("upright")))
    if "gap" in states:
        keys.append(Key(_("broken outline: not recorded")))
    return tuple(keys)


def written_legend(layer: Layer) -> tuple[Key, ...]:
    """What the signs mean, in the order in which they come first."""
    keys = dict.fromkeys(key for one in layer.places.values() for key in one.keys)
    return (Key("; ".join(_("{sign}: {meaning}").format(sign=sign, meaning=meaning) for sign, meaning in keys)),)


def says(title: str, layers: Sequence[Layer]) -> str:
    """Everything that a figure shows, in words: what is abnormal by kind, then what has a reason, what is normal, and
    that the rest was not recorded."""
    parts = [_("{title}.").format(title=title)]
    for layer in layers:
        found = _listed(one for one in layer.places.values() if one.mark.state in ("abnormal", "chosen"))
        if found and layer.label:
            parts.append(_("{kind}: {regions}.").format(kind=capitalised(layer.label), regions=found))
        elif found:
            parts.append(_("Abnormal: {regions}.").format(regions=found))
    if around := _listed_once(layer.around for layer in layers):
        parts.append(_("Drawn with what is around: {sites}.").format(sites=around))
    if undrawn := _listed_once(layer.undrawn for layer in layers):
        parts.append(_("Not drawn: {sites}.").format(sites=undrawn))
    rest = _rest(layers)
    for states, words in _sentences():
        listed = _listed(one for one in rest if one.mark.state in states)
        if listed:
            parts.append(words.format(regions=listed))
    if any(one.mark.state == "gap" for one in rest):
        parts.append(_("Not recorded: all others drawn."))
    return " ".join(parts)


def _listed_once(names: Iterable[Iterable[str]]) -> str:
    return ", ".join(dict.fromkeys(name for some in names for name in some))


def _sentences() -> tuple[tuple[tuple[State, ...], str], ...]:
    return (
        (("reason",), _("Not examined or unable: {regions}.")),
        (("neither",), _("Neither normal nor abnormal: {regions}.")),
        (("normal",), _("Normal: {regions}.")),
        (("asserted",), _("Asserted normal: {regions}.")),
    )


def _rest(layers: Sequence[Layer]) -> list[Placed]:
    """The regions in which no kind is abnormal, each by what it is drawn as."""
    order = ("gap", "normal", "asserted", "neither", "reason", "abnormal", "chosen")
    shown: dict[str, Placed] = {}
    for layer in layers:
        for region, one in layer.places.items():
            before = shown.get(region)
            if one.mark.state in order and (
                before is None or order.index(before.mark.state) < order.index(one.mark.state)
            ):
                shown[region] = one
    return list(shown.values())


def _listed(places: Iterable[Placed]) -> str:
    """Regions by name, together where their sides and their values are alike; each once."""
    sides: dict[tuple[str, str], set[Side | None]] = {}
    for one in places:
        name, side = one.name
        sides.setdefault((name, one.words), set()).add(side)
    names: dict[tuple[tuple[Side, ...], str], list[str]] = {}
    for (name, value), found in sides.items():
        names.setdefault((tuple(side for side in SIDES if side in found), value), []).append(name)
    return "; ".join(_regions(", ".join(alike), given, value) for (given, value), alike in names.items())


def _regions(names: str, sides: tuple[Side, ...], value: str) -> str:
    if sides:
        names = _("{regions} {side}").format(regions=names, side=side_word("both" if len(sides) > 1 else sides[0]))
    return _("{regions} ({value})").format(regions=names, value=value) if value else names

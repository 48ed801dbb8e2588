"""Figures of the report: which drawings show something that was found, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from exam_app.core.drawings.drawing_file import is_there, read_drawing
from exam_app.core.drawings.maps import RegionMap, is_absent, section_uses
from exam_app.core.drawings.picture import Direction, Hatching, Mark, State
from exam_app.core.editing.editing import entries
from exam_app.core.form.form import Section
from exam_app.core.form.kinds import ChoiceKind, ListKind
from exam_app.core.record.values import ChoiceValue, GroupValue, ListValue
from exam_app.core.wording.value_words import option_of, option_text, site_text
from exam_app.core.words import _
from exam_app.report.document import Figure, Key
from exam_app.report.figure_signs import signed
from exam_app.report.figure_words import Layer, Placed, hatched_legend, says, written_legend
from exam_app.report.movements import is_observed
from exam_app.report.view import View

_DIRECTIONS: tuple[Direction, ...] = ("rising", "falling", "level")
"""The hatchings that tell kinds of findings apart; upright lines stand for what was not examined."""
_WEIGHTS: tuple[State, ...] = ("off", "free", "gap", "normal", "asserted", "neither", "reason", "chosen", "abnormal")
"""Of several marks of a region the last in this order is shown."""
TO_SHOW = ("abnormal", "chosen")
_MOVEMENTS = tuple(
    (source, is_dystonic) for source in ("observed", "reported", "unknown") for is_dystonic in (True, False)
)
"""The kinds of movements that are drawn apart: how they are known, and whether they are dystonic."""


def figures(view: View, section: Section, drawings: Path) -> tuple[Figure, ...]:
    """The figures of a section: those that show an abnormal finding, or a site, that no figure before them shows
    already. `drawings` is the folder of the drawings; one that is not there is not shown."""
    made: list[Figure] = []
    shown: set[str] = set()
    for _section, group, use in section_uses(section):
        if not is_there(drawings, use.drawing):
            continue
        a_map = RegionMap(section, group, use, read_drawing(drawings, use.drawing))
        for layers in _pictures(view, a_map):
            places = {one.place for layer in layers for one in layer.places.values() if one.mark.state in TO_SHOW}
            if places - shown:
                shown |= places
                made.append(_figure(a_map, layers))
    return tuple(made)


def _figure(a_map: RegionMap, layers: Sequence[Layer]) -> Figure:
    is_written = any(shape.is_point for shape in a_map.shapes)
    marks = {shape.id: _together(layers, shape.id) for shape in a_map.shapes}
    given = tuple((region, mark) for region, mark in marks.items() if mark is not None)
    legend: tuple[Key, ...] = written_legend(layers[0]) if is_written else hatched_legend(layers, dict(given))
    return Figure(a_map.use.drawing, a_map.use.layer, a_map.use.title, given, legend, says(a_map.use.title, layers))


def _together(layers: Iterable[Layer], region: str) -> Mark | None:
    """The one mark of a region for all kinds of findings, with a hatching for each that is abnormal there."""
    here = [(layer, layer.places[region]) for layer in layers if region in layer.places]
    if not here:
        return None
    mark = max((one.mark for _layer, one in here), key=lambda each: _WEIGHTS.index(each.state))
    hatchings = (
        replace(layer.hatching, close=one.is_close or layer.hatching.close)
        for layer, one in here
        if layer.hatching is not None and one.mark.state in TO_SHOW
    )
    return replace(mark, hatchings=tuple(hatchings), text=mark.text if here[0][0].hatching is None else "")


def _pictures(view: View, a_map: RegionMap) -> Iterator[list[Layer]]:
    """The layers of each figure of a drawing: three at most, so that their hatchings can be told apart."""
    if a_map.sites is not None:
        yield _site_layers(view, a_map, a_map.sites)
    elif any(shape.is_point for shape in a_map.shapes):
        yield [_written(view, a_map)]
    else:
        layers = [layer for each in _matrices(a_map) for layer in _layers(view, each)]
        for start in range(0, len(layers), len(_DIRECTIONS)):
            some = zip(_DIRECTIONS, layers[start : start + len(_DIRECTIONS)], strict=False)
            yield [replace(layer, hatching=Hatching(direction)) for direction, layer in some]


def _matrices(a_map: RegionMap) -> Iterator[RegionMap]:
    """The map itself; beside a matrix also the matrices of its section that ask for the same rows and have no map of
    their own, so that one drawing shows every modality."""
    yield a_map
    for group in a_map.section.groups if a_map.group.layout == "matrix" else ():
        if group.layout == "matrix" and not group.maps:
            yield replace(a_map, group=group)


def _layers(view: View, a_map: RegionMap) -> Iterator[Layer]:
    """A layer for each column in which something is abnormal."""
    labels = {column.id: column.label for column in a_map.group.columns}
    for column in a_map.columns:
        places = {}
        for shape in a_map.shapes:
            stand = a_map.stand(shape.id, column)
            if stand is not None:
                mark = a_map.mark(shape.id, column, view.record.findings, view.form) or Mark("gap")
                is_close = is_absent(stand, view.record.findings.get(stand.address), view.form)
                words = mark.text if mark.state == "abnormal" else ""
                places[shape.id] = Placed(a_map, stand, mark, words, is_close)
        if any(one.mark.state in TO_SHOW for one in places.values()):
            yield Layer(labels.get(column, ""), places, Hatching())


def _written(view: View, a_map: RegionMap) -> Layer:
    """The layer of a figure in which signs stand at anchors. What is folded and not recorded is not missed there."""
    places = {}
    for shape in a_map.shapes:
        stand = a_map.stand(shape.id, a_map.columns[0])
        if stand is not None and (stand.address in view.record.findings or not stand.item.folded):
            mark, sign = signed(stand, view.record.findings.get(stand.address), view.form)
            places[shape.id] = Placed(a_map, stand, mark, sign.words, keys=sign.keys)
    return Layer("", places)


# Sites of movements --------------------------------------------------------------------------------------------------


def _site_layers(view: View, a_map: RegionMap, sites: ListKind) -> list[Layer]:
    """What was observed apart from what was reported, and dystonic movements apart from the others."""
    found: dict[tuple[str, bool], tuple[dict[str, None], list[GroupValue]]] = {}
    for item in (item for item in a_map.group.items if isinstance(item, ListKind)):
        for entry in entries(view.record, f"{a_map.section.id}.{item.id}"):
            is_dystonic, name = _phenomenology(item, entry)
            names, places = found.setdefault((_source(entry), is_dystonic), ({}, []))
            names[name] = None
            given = entry.fields.get(sites.id)
            places += given.entries if isinstance(given, ListValue) else ()
    return [_site_layer(a_map, sites, kind, *found[kind]) for kind in _MOVEMENTS if kind in found]


def _site_layer(
    a_map: RegionMap, sites: ListKind, kind: tuple[str, bool], names: Iterable[str], places: Sequence[GroupValue]
) -> Layer:
    marks = a_map.site_marks(ListValue(entries=tuple(places)))
    lost = a_map.without_region(ListValue(entries=tuple(places)))
    around = [site for site in lost if _is_drawn(a_map, site)]
    return Layer(
        _said(kind[0]).format(movements=", ".join(names)),
        {region: Placed(a_map, region, mark) for region, mark in marks.items()},
        _hatching(*kind),
        tuple(site_text(sites, site) for site in around),
        tuple(site_text(sites, site) for site in lost if site not in around),
    )


def _is_drawn(a_map: RegionMap, site: GroupValue) -> bool:
    """Whether a site colours any region."""
    return any(mark.state == "chosen" for mark in a_map.site_marks(ListValue(entries=(site,))).values())


def _phenomenology(item: ListKind, entry: GroupValue) -> tuple[bool, str]:
    """Whether a movement is dystonic, and what it is called."""
    value, field = entry.fields.get("phenomenology"), item.by_id.get("phenomenology")
    if not isinstance(value, ChoiceValue) or not isinstance(field, ChoiceKind):
        return False, _("movement, kind not recorded")
    option = option_of(field, value.token)
    return option is not None and option.dystonic, option_text(field, value.token)


def _source(entry: GroupValue) -> str:
    if is_observed(entry):
        return "observed"
    return "reported" if isinstance(entry.fields.get("source"), ChoiceValue) else "unknown"


def _said(source: str) -> str:
    return {
        "observed": _("Observed: {movements}"),
        "reported": _("Not observed, reported: {movements}"),
        "unknown": _("Source not recorded: {movements}"),
    }[source]


def _hatching(source: str, is_dystonic: bool) -> Hatching:
    direction: Direction = "rising" if is_dystonic else "falling"
    return Hatching(direction, close=source == "unknown", broken=source != "observed")

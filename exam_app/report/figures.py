"""Figures of the report: which drawings show something that was found, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from exam_app.core.drawing_file import read_drawing
from exam_app.core.form import Section
from exam_app.core.maps import RegionMap, region_name, section_uses, site_name
from exam_app.core.picture import Mark
from exam_app.core.record import Examined
from exam_app.core.values import GroupValue, ListValue, Value
from exam_app.core.words import _
from exam_app.report.view import View

_TO_SHOW = ("abnormal", "reason", "chosen")


@dataclass(frozen=True, slots=True)
class Figure:
    """A layer of a drawing with its marks (region, mark). `says` is everything that it shows, in words."""

    drawing: str
    layer: str
    title: str
    marks: tuple[tuple[str, Mark], ...]
    says: str


def figures(view: View, section: Section, drawings: Path) -> tuple[Figure, ...]:
    """The figures of a section: one for each drawing and each column of a matrix that shows an abnormal finding, or one
    with a reason, that no figure before it shows already. `drawings` is the folder of the drawings."""
    made: list[Figure] = []
    shown: set[str] = set()
    for _section, group, use in section_uses(section):
        a_map = RegionMap(section, group, use, read_drawing(drawings, use.drawing))
        for column in a_map.columns:
            marks = _marks(view, a_map, column)
            fresh = set(_places(a_map, column, marks)) - shown
            if fresh:
                shown |= fresh
                title = _title(a_map, column)
                says = _says(a_map, column, marks, title)
                made.append(Figure(use.drawing, use.layer, title, tuple(marks.items()), says))
    return tuple(made)


def _marks(view: View, a_map: RegionMap, column: str) -> Mapping[str, Mark]:
    if a_map.sites is not None:
        return a_map.site_marks(_all_sites(view, a_map))
    return a_map.marks(column, view.record.findings, view.form)


def _all_sites(view: View, a_map: RegionMap) -> Value | None:
    """The sites of all entries together, seen and reported."""
    entries: list[GroupValue] = []
    for item in a_map.group.items:
        finding = view.record.findings.get(f"{a_map.section.id}.{item.id}")
        value = finding.value if isinstance(finding, Examined) else None
        for entry in value.entries if isinstance(value, ListValue) and a_map.sites is not None else ():
            given = entry.fields.get(a_map.sites.id) if a_map.sites is not None else None
            entries.extend(given.entries if isinstance(given, ListValue) else ())
    return ListValue(entries=tuple(entries)) if entries else None


def _places(a_map: RegionMap, column: str, marks: Mapping[str, Mark]) -> Iterator[str]:
    """What there is to show, by the finding, or by the site."""
    for region, mark in marks.items():
        stand, site = a_map.stand(region, column), a_map.site(region)
        if mark.state in _TO_SHOW and (stand is not None or site is not None):
            field = stand.field.id if stand is not None and stand.field is not None else ""
            yield f"{stand.address}:{field}" if stand is not None else region


def _title(a_map: RegionMap, column: str) -> str:
    label = next((each.label for each in a_map.group.columns if each.id == column), "")
    if not label:
        return a_map.use.title
    return _("{title}, {test}").format(title=a_map.use.title, test=label[:1].lower() + label[1:])


def _says(a_map: RegionMap, column: str, marks: Mapping[str, Mark], title: str) -> str:
    names = {region: _name(a_map, column, region, mark) for region, mark in marks.items()}
    parts = [_("{title}.").format(title=title)]
    for state, words in (
        ("abnormal", _("Abnormal: {regions}.")),
        ("reason", _("Not examined or unable: {regions}.")),
        ("chosen", _("Marked: {regions}.")),
    ):
        listed = _each_once(names[region] for region, mark in marks.items() if mark.state == state)
        if listed:
            parts.append(words.format(regions=", ".join(listed)))
    return " ".join(parts)


def _name(a_map: RegionMap, column: str, region: str, mark: Mark) -> str:
    site, stand = a_map.site(region), a_map.stand(region, column)
    if site is not None:
        return site_name(*site)
    name = region_name(a_map, stand) if stand is not None else region
    return _("{region} ({value})").format(region=name, value=mark.text) if mark.text else name


def _each_once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))

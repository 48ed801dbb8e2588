"""Maps: which finding a region of a drawing stands for, and how the regions stand on a record.

A map is a second view of the findings of a group; it holds nothing of its own. In a matrix a region stands for a row,
and the column in use says for which item of it. Beside a list of entries it stands for a site of the entry in use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from exam_app.core.derived.judgement import judge_finding, judge_value
from exam_app.core.drawings.drawing import Drawing, Shape, split_side
from exam_app.core.drawings.drawing_file import is_there, read_drawing
from exam_app.core.drawings.picture import Hatching, Mark
from exam_app.core.errors import Fault, UserError
from exam_app.core.form.form import Form, Group, MapUse, Section, split_address
from exam_app.core.form.kinds import ChoiceKind, Field, GradeKind, GroupKind, Item, ListKind, Option, Side
from exam_app.core.form.scale import Grade
from exam_app.core.record.record import AssertedNormal, Examined, Finding, NotExamined, Unable
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue, ListValue, SideValue, UnableValue, Value
from exam_app.core.wording.finding_words import asserted_token, cell_text
from exam_app.core.wording.term_words import side_word
from exam_app.core.wording.value_words import name_of, phrase_of, value_text
from exam_app.core.words import _, capitalised

NOTHING = "-"
"""What a region stands for that the form does not ask about: it is drawn, and not to be chosen."""
_NO_COLUMN = ""
_ABSENT = "absent"
CLOSE = Hatching(close=True)
"""The lines of what is absent, on the screen and in the report; those of what is only reduced stand wider apart."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What a region stands for in a column: an address, and the field of its group if it is one field alone."""

    address: str
    item: Item
    field: Field | None = None


@dataclass(frozen=True)
class RegionMap:
    """One use of a drawing by a group of a section."""

    section: Section
    group: Group
    use: MapUse
    drawing: Drawing

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The regions as they are drawn."""
        return self.drawing.regions(self.use.layer)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a matrix, of which one is shown at a time; one without a name for everything else."""
        return tuple(column.id for column in self.group.columns) or (_NO_COLUMN,)

    @cached_property
    def _stands(self) -> Mapping[tuple[str, str], Stand]:
        """By region and column."""
        found: dict[tuple[str, str], Stand] = {}
        for shape in self.shapes:
            target = self.target(shape.name)
            for column in self.columns:
                stand = self._stand(target, shape.side, column)
                if stand is not None:
                    found[shape.id, column] = stand
        return found

    def target(self, region_name: str) -> str:
        """What a region, named without its side, stands for: as the form says it, or its own name."""
        return self.use.regions.get(region_name, region_name)

    def _stand(self, target: str, side: Side | None, column: str) -> Stand | None:
        name, _, field_id = target.partition(":")
        item = self._item(name, column)
        if item is None:
            return None
        field = item.by_id.get(field_id) if isinstance(item, GroupKind) else None
        if field_id and field is None:
            return None
        address = f"{self.section.id}.{item.id}"
        if item.sides == "paired":
            if side is None:
                return None
            address = f"{address}.{side}"
        return Stand(address, item, field)

    def _item(self, name: str, column: str) -> Item | None:
        if self.group.layout == "entries":
            return None
        return self._cells.get((name, column)) if self.group.layout == "matrix" else self._items.get(name)

    @cached_property
    def _cells(self) -> Mapping[tuple[str, str], Item]:
        """By row and column."""
        return {(item.cell.row, item.cell.column): item for item in self.group.items if item.cell is not None}

    @cached_property
    def _items(self) -> Mapping[str, Item]:
        """By id. The figure of the reflexes holds those of several groups: an item of the section will do."""
        return {item.id: item for item in (*self.section.items, *self.group.items)}

    def stand(self, region: str, column: str) -> Stand | None:
        """What a region stands for; None where it cannot be chosen."""
        return self._stands.get((region, column))

    @cached_property
    def places(self) -> Mapping[str, tuple[str, tuple[str, ...]]]:
        """The addresses on the map, each with its column and its regions."""
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        for (region, column), stand in self._stands.items():
            before = found.get(stand.address, (column, ()))[1]
            found[stand.address] = column, (*before, region)
        return found

    def mark(self, region: str, column: str, findings: Mapping[str, Finding], form: Form) -> Mark | None:
        """How a region stands on a record."""
        stand = self.stand(region, column)
        if stand is None:
            return None
        finding = findings.get(stand.address)
        mark = field_mark(stand, finding, form) if stand.field is not None else item_mark(stand.item, finding, form)
        return replace(mark, hatchings=(CLOSE,)) if is_absent(stand, finding, form) else mark

    def marks(self, column: str, findings: Mapping[str, Finding], form: Form) -> dict[str, Mark]:
        """How every region stands that stands for something."""
        found = {shape.id: self.mark(shape.id, column, findings, form) for shape in self.shapes}
        return {region: mark for region, mark in found.items() if mark is not None}

    # Sites of an entry ---------------------------------------------------------------------------------------------

    @cached_property
    def sites(self) -> ListKind | None:
        """The list of sites in an entry of the group, where the group is laid out as entries."""
        for item in self.group.items:
            if self.group.layout == "entries" and isinstance(item, ListKind):
                return next((field for field in item.fields if isinstance(field, ListKind) and is_sites(field)), None)
        return None

    def site(self, region: str) -> tuple[Option, Side | None] | None:
        """The site that a region stands for, with its side."""
        name, side = split_side(region)
        choice = self.sites.by_id["site"] if self.sites is not None else None
        if not isinstance(choice, ChoiceKind):
            return None
        option = next((option for option in choice.options if option.id == self.target(name)), None)
        if option is None or (option.sided == "paired") != (side is not None):
            return None
        return option, side

    def site_marks(self, value: Value | None) -> dict[str, Mark]:
        """Which regions are chosen by the sites of an entry: themselves, as a part of the whole limb that was chosen,
        or as the whole of a part that is too small to be drawn."""
        chosen = [given for given in map(_site_given, _entries(value)) if given is not None]
        options, drawn = self._site_options, self._drawn_sites
        marks: dict[str, Mark] = {}
        for shape in self.shapes:
            found = self.site(shape.id)
            if found is not None:
                covered = any(_covers(options.get(name), side, *found, drawn) for name, side in chosen)
                marks[shape.id] = Mark("chosen" if covered else "free")
        return marks

    def without_region(self, value: Value | None) -> tuple[GroupValue, ...]:
        """The sites of an entry that have no region of their own: they colour the one around them, or none."""
        return tuple(entry for entry in _entries(value) if (given := _site_given(entry)) and self._is_lost(given[0]))

    def _is_lost(self, site: str) -> bool:
        option = self._site_options.get(site)
        return option is not None and site not in self._drawn_sites and site != option.region

    @cached_property
    def _site_options(self) -> Mapping[str, Option]:
        choice = self.sites.by_id["site"] if self.sites is not None else None
        return {option.id: option for option in choice.options} if isinstance(choice, ChoiceKind) else {}

    @cached_property
    def _drawn_sites(self) -> frozenset[str]:
        return frozenset(found[0].id for shape in self.shapes if (found := self.site(shape.id)) is not None)


def is_sites(field: ListKind) -> bool:
    """Whether a list holds nothing but a site and its side."""
    return field.by_id.keys() == {"site", "side"} and isinstance(field.by_id["site"], ChoiceKind)


def _entries(value: Value | None) -> tuple[GroupValue, ...]:
    return value.entries if isinstance(value, ListValue) else ()


def _site_given(entry: GroupValue) -> tuple[str, Side | None] | None:
    site, side = entry.fields.get("site"), entry.fields.get("side")
    if not isinstance(site, ChoiceValue):
        return None
    letter = side.side if isinstance(side, SideValue) else None
    return site.token, letter if letter in ("R", "L") else None


def _covers(
    given: Option | None, given_side: Side | None, drawn: Option, side: Side | None, all_drawn: frozenset[str]
) -> bool:
    """Whether a site that was given colours a drawn one."""
    if given is None or (side is not None and given_side != side):
        return False
    if given.id == drawn.id:
        return True
    if given.region is None or given.region != drawn.region:
        return False
    return given.id == given.region or (drawn.id == drawn.region and given.id not in all_drawn)


# Marks ---------------------------------------------------------------------------------------------------------------


def item_mark(item: Item, finding: Finding | None, form: Form) -> Mark:
    """The mark of a whole finding: the state and the words of its cell."""
    if finding is None:
        return Mark("gap")
    return Mark(_state(item, finding, form), cell_text(item, finding, form))


def _state(item: Item, finding: Finding, form: Form) -> Literal["normal", "asserted", "abnormal", "neither", "reason"]:
    if isinstance(finding, AssertedNormal):
        return "asserted"
    if isinstance(finding, (NotExamined, Unable)):
        return "reason"
    return judge_finding(finding, item, form)


def field_mark(stand: Stand, finding: Finding | None, form: Form) -> Mark:
    """The mark of one field of a finding."""
    if isinstance(finding, AssertedNormal):
        return Mark("asserted", asserted_token(stand.item, form))
    if isinstance(finding, (NotExamined, Unable)):
        return Mark("reason", cell_text(stand.item, finding, form))
    value = field_value(stand, finding)
    if value is None or stand.field is None:
        return Mark("gap")
    if isinstance(value, UnableValue):
        return Mark("reason", value_text(stand.field, value, form))
    return Mark(judge_value(stand.field, value, form), value_text(stand.field, value, form))


def field_value(stand: Stand, finding: Finding | None) -> Value | None:
    """The value of the field that a region stands for."""
    if stand.field is None or not isinstance(finding, Examined) or not isinstance(finding.value, GroupValue):
        return None
    return finding.value.fields.get(stand.field.id)


def is_absent(stand: Stand, finding: Finding | None, form: Form) -> bool:
    """Whether nothing is left of what was tested: the lowest grade of a scale, or the answer "absent"."""
    value: Value | None = finding.value if isinstance(finding, Examined) else None
    kind = stand.field or stand.item
    if stand.field is not None:
        value = field_value(stand, finding)
    if isinstance(value, GradeValue) and isinstance(kind, GradeKind):
        return value.token == min(form.scales[kind.scale].grades, key=_rank).token
    return value == ChoiceValue(token=_ABSENT)


def _rank(grade: Grade) -> float:
    return grade.rank


# Names ---------------------------------------------------------------------------------------------------------------


def region_name(made: RegionMap, stand: Stand) -> str:
    """What a region stands for in words: "C6 right", "Jaw", "Upper nasal right"."""
    item = stand.item
    name = stand.field.label if stand.field is not None else item.label
    if item.cell is not None:
        name = next(row.label for row in made.group.rows if row.id == item.cell.row)
    return _with_side(name, split_address(stand.address)[1])


def region_phrase(made: RegionMap, stand: Stand) -> str:
    """The same inside a sentence, without its side: "C6", "jaw jerk", "upper nasal"."""
    item = stand.item
    if item.cell is not None:
        row = next(row for row in made.group.rows if row.id == item.cell.row)
        return row.phrase or row.label
    return name_of(stand.field) if stand.field is not None else phrase_of(item)


def site_name(option: Option, side: Side | None) -> str:
    """A site in words: "Hand right", "Trunk"."""
    return _with_side(option.label, side)


def _with_side(name: str, side: Side | None) -> str:
    name = capitalised(name)
    return _("{region} {side}").format(region=name, side=side_word(side)) if side is not None else name


# Checks --------------------------------------------------------------------------------------------------------------


def used_drawings(form: Form) -> list[str]:
    """The ids of the drawings that a form uses."""
    return sorted({use.drawing for _section, _group, use in uses(form)})


def uses(form: Form) -> Iterator[tuple[Section, Group, MapUse]]:
    """Every use of a drawing in a form."""
    for section in form.sections:
        yield from section_uses(section)


def section_uses(section: Section) -> Iterator[tuple[Section, Group, MapUse]]:
    """Every use of a drawing in a section."""
    for group in section.groups:
        for use in group.maps:
            yield section, group, use


def check_maps(form: Form, folder: Path) -> None:
    """Raise UserError `form_refused` where a map of the form cannot be shown with the drawings in a folder."""
    known = {drawing: read_drawing(folder, drawing) for drawing in used_drawings(form) if is_there(folder, drawing)}
    faults = [Fault(f"{section_id}.yaml", what) for section_id, what in map_faults(form, known)]
    if faults:
        raise UserError("form_refused", faults=faults, count=len(faults))


def map_faults(form: Form, drawings: Mapping[str, Drawing]) -> Iterator[tuple[str, str]]:
    """Every (section id, reason) why a map of a form cannot be shown: a drawing, a layer or a region is not there, or a
    region stands for nothing and the form does not say `-`."""
    for section, group, use in uses(form):
        where = f"the map '{use.title}' of the group '{group.id}'"
        drawing = drawings.get(use.drawing)
        if drawing is None:
            yield section.id, f"{where} names the drawing '{use.drawing}', which does not exist"
        elif use.layer not in {layer.id for layer in drawing.region_layers}:
            known = ", ".join(layer.id for layer in drawing.region_layers)
            yield section.id, f"{where} names the layer '{use.layer}'; the layers of '{use.drawing}' are {known}"
        else:
            yield from ((section.id, f"{where}: {what}") for what in _region_faults(section, group, use, drawing))


def _region_faults(section: Section, group: Group, use: MapUse, drawing: Drawing) -> Iterator[str]:
    made = RegionMap(section, group, use, drawing)
    names = {shape.name for shape in made.shapes}
    for name in use.regions:
        if name not in names:
            yield f"'{use.drawing}' has no region '{name}' in the layer '{use.layer}'"
    for shape in made.shapes:
        target = made.target(shape.name)
        stands = made.site(shape.id) is not None or any(made.stand(shape.id, column) for column in made.columns)
        if target == NOTHING and stands:
            yield f"the region '{shape.id}' stands for nothing and for something"
        elif target != NOTHING and not stands:
            yield f"the region '{shape.id}' stands for '{target}', not asked on that side; name another, or '-'"

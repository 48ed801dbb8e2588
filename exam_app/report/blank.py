"""A scope of the form as a document to fill in by hand: empty cells, boxes to tick, drawings to draw on.

Nothing in it speaks of a patient or says that anything was examined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from exam_app.core.drawings.drawing_file import is_there, read_drawing
from exam_app.core.drawings.maps import RegionMap, section_uses
from exam_app.core.form.form import Form, Group, Section, item_addresses
from exam_app.core.form.kinds import (
    ChoiceKind,
    DateKind,
    Field,
    FlagsKind,
    GradeKind,
    GroupKind,
    Item,
    ListKind,
    NumberKind,
    SideKind,
)
from exam_app.core.form.scale import Scale
from exam_app.core.wording import term_words, value_words
from exam_app.core.words import _, capitalised
from exam_app.report import phrases
from exam_app.report.clauses import grade_scale
from exam_app.report.document import Cell, Figure, Footer, Pair, SideRow, SideTable

BOX, SHORT, LONG = "\u2610", "_______", "______________________"
MOST_BOXES = 9
"""Answers of a choice that have boxes of their own; of more, one is written."""
ENTRIES, MOST_OF_AN_ENTRY = 3, 4
"""Entries of a list for which there is room, and of how many of its fields."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to fill in: its name, its boxes and lines, and the addresses of the findings that it is for."""

    label: str
    answers: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlankSection:
    """A section: its tables of right and left, the other things to fill in, its drawings, and the anchors of the scales
    that it brings."""

    title: str
    tables: tuple[SideTable, ...]
    asks: tuple[Ask, ...]
    figures: tuple[Figure, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """The whole form: the lines at its head, its sections, and the line at its foot where the examiner signs."""

    title: str
    scope: str
    use: str
    head: tuple[Ask, ...]
    sections: tuple[BlankSection, ...]
    notes: str
    foot: tuple[Ask, ...]
    footer: Footer


def blank(form: Form, scope_id: str, *, app_version: str, drawings: Path) -> Blank:
    """The items of a scope, in the order of the form. KeyError for an unknown scope."""
    inside = form.in_scope(scope_id)
    scales: set[str] = set()
    sections = [_section(form, section, inside, scales, drawings) for section in form.sections]
    versions = _("exam_app {app} \u00b7 form {form} {version} ({hash})").format(
        app=app_version, form=form.id, version=form.version, hash=form.hash[:8]
    )
    return Blank(
        title=form.title,
        scope=_("Blank form. Scope: {scope}").format(scope=form.scopes[scope_id].title),
        use=_(
            "To fill in by hand. R and L are the patient\u2019s right and left. What is left empty was not examined."
        ),
        head=_head(),
        sections=tuple(section for section in sections if section is not None),
        notes=_("Notes"),
        foot=(Ask(_("Impression"), ""), Ask(_("Examiner"), LONG), Ask(_("Signature"), LONG), Ask(_("Date"), SHORT)),
        footer=Footer(_("Blank form: nothing is recorded on it"), phrases.intended_use(), versions),
    )


def _head() -> tuple[Ask, ...]:
    ticked = [_("ON"), _("OFF")]
    return (
        Ask(_("Patient"), LONG),
        Ask(_("Born"), SHORT),
        Ask(_("Sex"), SHORT),
        Ask(_("MRN"), SHORT),
        Ask(_("Examiner"), LONG),
        Ask(_("Date and time"), LONG),
        Ask(_("Handedness"), _boxes([_("right"), _("left")])),
        Ask(_("Medication state"), _boxes(ticked)),
        Ask(_("Reason"), LONG),
    )


def _section(
    form: Form, section: Section, inside: frozenset[str], scales: set[str], drawings: Path
) -> BlankSection | None:
    items = [item for item in section.items if f"{section.id}.{item.id}" in inside]
    if not items:
        return None
    tables = tuple(_tables(form, section, items))
    tabled = {address for table in tables for row in table.rows for address in row.addresses}
    asks = tuple(ask for item in items for ask in _asks(form, section, item) if tabled.isdisjoint(ask.addresses))
    new = [form.scales[each] for each in dict.fromkeys(_scales(items)) if each not in scales]
    scales |= {scale.id for scale in new}
    figures = tuple(_figures(section, {item.id for item in items}, drawings))
    return BlankSection(section.report_title or section.title, tables, asks, figures, tuple(map(_anchors, new)))


def _tables(form: Form, section: Section, items: list[Item]) -> Iterator[SideTable]:
    """Tables with empty cells: matrices, and items that are graded on both sides, by their scale."""
    by_scale: dict[str, list[Item]] = {}
    for item in items:
        scale = grade_scale(item)
        if item.cell is None and scale is not None and item.sides == "paired":
            by_scale.setdefault(scale, []).append(item)
    for scale, graded in by_scale.items():
        rows = [SideRow(capitalised(value_words.phrase_of(item)), (_pair(section, item),)) for item in graded]
        yield _table(form.scales[scale].label, (), rows)
    for group in section.groups:
        if group.layout == "matrix":
            here = [item for item in items if item in group.items and item.sides == "paired"]
            if here:
                yield _matrix(section, group, here)


def _matrix(section: Section, group: Group, items: list[Item]) -> SideTable:
    asked = {(item.cell.row, item.cell.column): item for item in items if item.cell is not None}
    columns = [column for column in group.columns if any(column.id == named for _row, named in asked)]
    rows = [
        SideRow(capitalised(row.label), tuple(_pair(section, asked.get((row.id, column.id))) for column in columns))
        for row in group.rows
        if any(row.id == named for named, _column in asked)
    ]
    return _table(group.title, tuple(column.label for column in columns), rows)


def _table(head: str, columns: tuple[str, ...], rows: Iterable[SideRow]) -> SideTable:
    return SideTable(head, columns, tuple(rows), details=(), reasons=(), asserted=(), sentences=())


def _pair(section: Section, item: Item | None) -> Pair:
    """The cells of an item; a matrix may have places that no item asks for."""
    if item is None:
        return Pair(Cell("", "neither"), Cell("", "neither"))
    right, left = item_addresses(f"{section.id}.{item.id}", item)
    return Pair(Cell("", "blank", (right,)), Cell("", "blank", (left,)))


# Answers -------------------------------------------------------------------------------------------------------------


def _asks(form: Form, section: Section, item: Item) -> Iterator[Ask]:
    """An item, and a line for each entry of a list."""
    addresses = item_addresses(f"{section.id}.{item.id}", item)
    if isinstance(item, ListKind):
        for number in range(1, ENTRIES + 1):
            label = _("{item}, {number}").format(item=item.label, number=number)
            yield Ask(label, _fields(form, item, sides=False), addresses)
    else:
        yield Ask(item.label, _answers(form, item, sides=item.sides == "paired"), addresses)


def _answers(form: Form, kind: Field | Item, *, sides: bool) -> str:
    if isinstance(kind, GradeKind):
        return _boxes([value_words.grade_text(grade.token) for grade in form.scales[kind.scale].grades], sides=sides)
    if isinstance(kind, ChoiceKind):
        return _boxes([option.label for option in kind.options], sides=sides)
    if isinstance(kind, FlagsKind):
        return _boxes([option.label for option in kind.options], sides=sides, several=True)
    if isinstance(kind, SideKind):
        return _boxes([term_words.side_word(each) for each in ("R", "L", *kind.also)])
    if isinstance(kind, (GroupKind, ListKind)):
        return _fields(form, kind, sides=sides)
    room = SHORT if isinstance(kind, (NumberKind, DateKind)) else LONG
    unit = _unit(kind)
    if sides:
        return _("R {right} {unit}   L {left} {unit}").format(right=room, left=room, unit=unit).strip()
    return f"{room} {unit}".strip()


def _unit(kind: Field | Item) -> str:
    if not isinstance(kind, NumberKind):
        return ""
    return f"/ {kind.of}" if kind.of is not None else " / ".join(kind.units)


def _fields(form: Form, group: GroupKind | ListKind, *, sides: bool) -> str:
    """What of a group is asked on paper, the main field first and without its name; of an entry all by name."""
    if isinstance(group, ListKind):
        named = [field for field in group.fields if field.id not in _folded(group)][:MOST_OF_AN_ENTRY]
        return "   ".join(_("{field}: {answers}").format(field=field.label, answers=SHORT * 2) for field in named)
    parts = []
    for field in sorted(_asked(group), key=lambda one: one.id != group.main):
        answers = _answers(form, field, sides=sides or field.paired)
        is_named = field.id != group.main
        parts.append(_("{field}: {answers}").format(field=field.label, answers=answers) if is_named else answers)
    return "   ".join(parts)


def _folded(group: GroupKind | ListKind) -> set[str]:
    return {each for fold in group.folds for each in fold.fields}


def _asked(group: GroupKind) -> list[Field]:
    """Where a group has a main field: that one, those in its place, and the first grade beside it; the rest is written
    as a note. Otherwise every field that is not folded away."""
    if group.main is None:
        return [field for field in group.fields if field.id not in _folded(group)]
    grade = next((field.id for field in group.fields if isinstance(field, GradeKind)), None)
    kept = {group.main, grade, *group.exclusive}
    return [field for field in group.fields if field.id in kept or field.brief]


def _boxes(words: list[str], *, sides: bool = False, several: bool = False) -> str:
    """A box for each answer; of what has two sides two, each with its letter, so that none is taken for the other."""
    if len(words) > MOST_BOXES and not several:
        return _("R {right}   L {left}").format(right=LONG, left=LONG) if sides else LONG
    box = _("R{box}\u00a0L{box}").format(box=BOX) if sides else BOX
    return "   ".join(f"{box}\u00a0{word}" for word in words)


# Scales and drawings -------------------------------------------------------------------------------------------------


def _scales(items: Iterable[Item | Field]) -> Iterator[str]:
    for item in items:
        if isinstance(item, GradeKind):
            yield item.scale
        elif isinstance(item, GroupKind):
            yield from _scales(_asked(item))


def _anchors(scale: Scale) -> str:
    grades = "; ".join(f"{value_words.grade_text(grade.token)} {grade.anchor}" for grade in scale.grades)
    return _("{scale}: {grades}.").format(scale=scale.label, grades=grades)


def _figures(section: Section, items: set[str], drawings: Path) -> Iterator[Figure]:
    """The drawings of a section that hold a place of its items, or a site, that no drawing before them holds."""
    shown: set[str] = set()
    for _section, group, use in section_uses(section):
        if not is_there(drawings, use.drawing):
            continue
        a_map = RegionMap(section, group, use, read_drawing(drawings, use.drawing))
        stands = [a_map.stand(shape.id, column) for shape in a_map.shapes for column in a_map.columns]
        places = {f"{stand.address}:{stand.field}" for stand in stands if stand is not None and stand.item.id in items}
        if a_map.sites is not None and any(item.id in items for item in group.items):
            places = {shape.id for shape in a_map.shapes if a_map.site(shape.id) is not None}
        if places - shown:
            shown |= places
            says = _("{title}: an empty drawing to draw on.").format(title=use.title)
            yield Figure(use.drawing, use.layer, use.title, (), (), says)

"""Tables of right and left: graded items whose scale the title of the section names, and matrices."""

from __future__ import annotations

from collections.abc import Iterable

from exam_app.core.form.form import Group, Section, item_addresses
from exam_app.core.form.kinds import GroupKind, Item, ListKind
from exam_app.core.record.record import AssertedNormal, Examined, NotExamined, Unable
from exam_app.core.record.values import GroupValue
from exam_app.core.wording import finding_words, value_words
from exam_app.core.words import capitalised
from exam_app.report import phrases
from exam_app.report.clauses import grade_scale
from exam_app.report.document import Cell, Pair, Sentence, SideRow, SideTable
from exam_app.report.view import Found, View


def tables(view: View, section: Section, found: tuple[Found, ...]) -> tuple[SideTable, ...]:
    """The tables of a section. None where nothing in it was graded: what was asserted is said in a sentence."""
    made: list[SideTable] = []
    by_scale: dict[str, list[Item]] = {}
    for group in section.groups:
        if group.layout == "matrix":
            made.extend(
                _matrix(view, section, group, found) if all(item.sides == "paired" for item in group.items) else ()
            )
            continue
        for item in group.items:
            scale = grade_scale(item)
            if scale is not None and item.sides == "paired" and view.title_names(f"{section.id}.{item.id}", scale):
                by_scale.setdefault(scale, []).append(item)
    for items in by_scale.values():
        made.extend(_grid(view, section, items, found))
    return tuple(made)


def tabled(table: SideTable) -> set[str]:
    """The addresses that stand in a table."""
    return {address for row in table.rows for address in row.addresses}


def _graded(found: Iterable[Found]) -> bool:
    return any(not isinstance(one.finding, AssertedNormal) for one in found)


def _grid(view: View, section: Section, items: list[Item], found: tuple[Found, ...]) -> list[SideTable]:
    by_address = {one.address: one for one in found}
    ids = {f"{section.id}.{item.id}" for item in items}
    inside = [one for one in found if one.place.item_id in ids]
    if not _graded(inside):
        return []
    rows = []
    for item in items:
        right, left = item_addresses(f"{section.id}.{item.id}", item)
        expected = bool(item.core) and f"{section.id}.{item.id}" in view.in_scope
        if expected or right in by_address or left in by_address:
            rows.append(
                SideRow(capitalised(value_words.phrase_of(item)), (_pair(view, item, by_address, right, left),))
            )
    scale = view.form.scales[grade_scale(items[0]) or ""]
    return [_table(view, scale.label, (), rows, inside)]


def _pair(view: View, item: Item, by_address: dict[str, Found], right: str, left: str) -> Pair:
    return Pair(_cell(view, item, by_address.get(right)), _cell(view, item, by_address.get(left)))


def _matrix(view: View, section: Section, group: Group, found: tuple[Found, ...]) -> list[SideTable]:
    inside = tuple(one for one in found if one.place.group is group)
    if not _graded(inside):
        return []
    by_address = {one.address: one for one in inside}
    by_cell = {(item.cell.row, item.cell.column): item for item in group.items if item.cell is not None}
    used = {one.place.item.cell.column for one in inside if one.place.item.cell is not None}
    columns = [column for column in group.columns if column.id in used]
    rows = []
    for row in group.rows:
        items = [by_cell[row.id, column.id] for column in columns]
        addresses = [item_addresses(f"{section.id}.{item.id}", item) for item in items]
        if any(address in by_address for pair in addresses for address in pair):
            pairs = tuple(
                _pair(view, item, by_address, *_two(sides)) for item, sides in zip(items, addresses, strict=True)
            )
            rows.append(SideRow(capitalised(row.label), pairs))
    return [_table(view, group.title, tuple(column.label for column in columns), rows, inside)]


def _table(
    view: View, head: str, columns: tuple[str, ...], rows: Iterable[SideRow], inside: Iterable[Found]
) -> SideTable:
    rows, inside = tuple(rows), tuple(inside)
    quiet = {address for row in rows if not row.is_found for address in row.addresses}
    return SideTable(
        head,
        columns,
        rows,
        details=_details(view, inside),
        reasons=_reasons(view, inside),
        asserted=tuple(phrases.asserted(view, tuple(one for one in inside if one.address in quiet))),
        sentences=phrases.sentences(view, inside),
    )


def _details(view: View, inside: Iterable[Found]) -> tuple[Sentence, ...]:
    """What the cells cannot show: further fields and qualifiers."""
    return phrases.sentences(
        view,
        tuple(one for one in inside if isinstance(one.finding, Examined) and has_more(one.place.item, one.finding)),
    )


def _reasons(view: View, inside: Iterable[Found]) -> tuple[Sentence, ...]:
    return phrases.sentences(view, tuple(one for one in inside if isinstance(one.finding, (NotExamined, Unable))))


def _two(addresses: tuple[str, ...]) -> tuple[str, str]:
    return addresses[0], addresses[-1]


def _cell(view: View, item: Item, one: Found | None) -> Cell:
    if one is None:
        return Cell("\u2014", "missing")
    finding, here = one.finding, (one.address,)
    if isinstance(finding, AssertedNormal):
        return Cell(finding_words.asserted_token(item, view.form), "asserted", here)
    if isinstance(finding, (NotExamined, Unable)):
        return Cell(phrases.reason_cell(finding), "reason", here, phrases.reason_words(finding))
    text = finding_words.cell_text(item, finding, view.form)
    if has_more(item, finding):
        return Cell(f"{text}*", one.judgement, here, view.text(one))
    return Cell(text, one.judgement, here)


def has_more(item: Item, finding: Examined) -> bool:
    """Whether a cell cannot show all of its finding, so that a sentence under the table says the rest."""
    if finding.qualifiers:
        return True
    value = finding.value
    return (
        isinstance(value, GroupValue) and isinstance(item, (GroupKind, ListKind)) and set(value.fields) != {item.main}
    )

"""Findings drawn together: `hip flexion and knee flexion 4 both sides; elbow extension right 4−, left 4+`.

Figures follow the name without a sign; words follow a colon: `plantar response, right: extensor`. A semicolon only ever
stands between clauses, so where a side needs several words its clause begins with the name again.

Findings are drawn together where both the words and the pattern of sides are the same. The order follows the form and
right comes before left, so that a mirrored record gives the same clauses with the sides exchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exam_app.core.form.form import Group
from exam_app.core.form.kinds import GradeKind, GroupKind, Item, Side
from exam_app.core.words import _


@dataclass(frozen=True, slots=True)
class Place:
    """An item with its id (`section.item`) and the group in which it stands."""

    item_id: str
    item: Item
    group: Group
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """One finding in words."""

    place: Place
    side: Side | None
    address: str
    text: str
    strong: tuple[tuple[int, int], ...] = ()
    """Where in the text the parts stand that are abnormal by themselves; none for all of it."""

    @property
    def denies(self) -> bool:
        """Whether the name is that of an item asserted normal with a "no" of its own: "no nystagmus"."""
        return self.place.name == self.place.item.phrase_normal and self.place.name.startswith(_("no "))


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, and the findings that it tells. `strong` says where in it the name and the values stand
    that are to stand out where the finding is abnormal."""

    text: str
    addresses: tuple[str, ...]
    strong: tuple[tuple[int, int], ...]


def clauses(said: Iterable[Said], *, by_group: bool) -> tuple[Clause, ...]:
    """Clauses for these findings, in the order in which their items come first. With `by_group` only items of one group
    share a clause, so that the arms stay apart from the legs.
    """
    by_item: dict[str, list[Said]] = {}
    for one in said:
        by_item.setdefault(one.place.item_id, []).append(one)
    merged: dict[tuple[object, ...], list[list[Said]]] = {}
    for same_item in by_item.values():
        merged.setdefault(_key(same_item, by_group=by_group), []).append(same_item)
    return tuple(clause for items in merged.values() for clause in _clauses(items))


def _key(same_item: Sequence[Said], *, by_group: bool) -> tuple[object, ...]:
    """What must be the same for two items to share a clause: the pattern of sides and the words of each side; for cells
    of a matrix its group; for figures their scale. Names with a "no" of their own stand apart: "no nystagmus and
    saccades" would deny both."""
    place = same_item[0].place
    group = (place.group.said_with or place.group.id) if by_group or place.item.cell is not None else ""
    scale = grade_scale(place.item) if any(one.text[:1].isdigit() for one in same_item) else None
    return (group, same_item[0].denies, scale, *((one.side, one.text) for one in same_item))


def grade_scale(item: Item) -> str | None:
    """The scale on which an item is graded, itself or by its main field."""
    if isinstance(item, GradeKind):
        return item.scale
    if isinstance(item, GroupKind) and item.main is not None:
        main = item.by_id[item.main]
        return main.scale if isinstance(main, GradeKind) else None
    return None


def _clauses(items: Sequence[Sequence[Said]]) -> list[Clause]:
    """One clause; one for each side where the sides differ and are said in several words."""
    names = name_list([same_item[0].place for same_item in items])
    pattern = items[0]
    if len(pattern) == 2 and pattern[0].text != pattern[1].text and any(is_compound(one.text) for one in pattern):
        return [_clause(names, pattern[side : side + 1], [same[side] for same in items]) for side in range(2)]
    return [_clause(names, pattern, [one for same_item in items for one in same_item])]


def _clause(names: str, pattern: Sequence[Said], told: Sequence[Said]) -> Clause:
    text = " ".join(_worded(names, pattern).split())
    strong: tuple[tuple[int, int], ...] = ((0, len(text)),)
    value = pattern[0]
    if value.strong and text.endswith(value.text):
        name = len(text) - len(value.text)
        strong = _together([(0, name), *((name + start, name + end) for start, end in value.strong)])
    return Clause(text, tuple(one.address for one in told), strong)


def _together(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, those that touch as one."""
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and made[-1][1] == start:
            start = made.pop()[0]
        made.append((start, end))
    return tuple(made)


def _worded(names: str, pattern: Sequence[Said]) -> str:
    text = pattern[0].text
    if len(pattern) == 2 and pattern[1].text != text:
        return _each(names, text, pattern[1].text)
    side = "both" if len(pattern) == 2 else pattern[0].side
    if pattern[0].denies:
        return _denied(names, side, text)
    if text == "" or text.startswith("("):
        return _side_first(names, side, text)
    if is_compound(text) or not is_figure(text):
        return _with_colon(names, side, text)
    return {
        None: _("{names} {value}"),
        "both": _("{names} {value} both sides"),
        "R": _("{names} right {value}"),
        "L": _("{names} left {value}"),
    }[side].format(names=names, value=text)


def is_compound(text: str) -> bool:
    """Whether a value has parts, so that a colon must show where it begins."""
    return any(sign in text for sign in (",", ":", ";"))


def is_figure(text: str) -> bool:
    """Whether a value is a grade or a count, or a reason in brackets, which needs no colon."""
    return text[:1].isdigit() or text.startswith("(")


def _each(names: str, right: str, left: str) -> str:
    if is_figure(right) and is_figure(left):
        return _("{names} right {right}, left {left}").format(names=names, right=right, left=left)
    return _("{names}: right {right}, left {left}").format(names=names, right=right, left=left)


def _denied(names: str, side: str | None, text: str) -> str:
    return {
        None: _("{names} {value}"),
        "both": _("{names} on either side {value}"),
        "R": _("{names} on the right {value}"),
        "L": _("{names} on the left {value}"),
    }[side].format(names=names, value=text)


def _side_first(names: str, side: str | None, text: str) -> str:
    return {
        None: _("{names} {value}"),
        "both": _("{names} both sides {value}"),
        "R": _("{names} right {value}"),
        "L": _("{names} left {value}"),
    }[side].format(names=names, value=text)


def _with_colon(names: str, side: str | None, text: str) -> str:
    return {
        None: _("{names}: {value}"),
        "both": _("{names}, both sides: {value}"),
        "R": _("{names}, right: {value}"),
        "L": _("{names}, left: {value}"),
    }[side].format(names=names, value=text)


def joined(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{most} and {last}").format(most=", ".join(parts[:-1]), last=parts[-1])


def name_list(places: Sequence[Place]) -> str:
    """The names of several items; cells of a matrix by column and rows: `light touch and pinprick at C6–C8`."""
    single = _shared([place.name for place in places if place.item.cell is None])
    by_rows: dict[str, list[str]] = {}
    for column, inside in _by_column(places).items():
        by_rows.setdefault(_rows(inside), []).append(column)
    cells = [_("{columns} at {rows}").format(columns=joined(columns), rows=rows) for rows, columns in by_rows.items()]
    return joined([*single, *cells])


def _shared(names: Sequence[str]) -> list[str]:
    """Names that all begin alike up to their article in one, `bulk of the arm, thigh and calf`, and names that all end
    alike: `biceps, finger flexor and ankle jerk`."""
    if len(names) < 2:
        return list(names)
    parts = [name.rpartition(_(" the ")) for name in names]
    if parts[0][1] and all(part[:2] == parts[0][:2] for part in parts):
        return ["".join(parts[0][:2]) + joined([place for _begin, _article, place in parts])]
    words = [name.split(" ") for name in names]
    alike = _same_end(words)
    if alike == 0 or any(each[0] == _("no") for each in words):
        return list(names)
    return [" ".join([joined([" ".join(each[:-alike]) for each in words]), *words[0][-alike:]])]


def _same_end(names: Sequence[Sequence[str]]) -> int:
    """How many words all the names have in common at their end, with at least one before them in each."""
    shortest = min(len(each) for each in names)
    return next((n for n in range(shortest - 1, 0, -1) if len({tuple(each[-n:]) for each in names}) == 1), 0)


def _by_column(places: Sequence[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places:
        if place.item.cell is not None:
            label = next(column.label for column in place.group.columns if column.id == place.item.cell.column)
            found.setdefault(label[:1].lower() + label[1:], []).append(place)
    return found


def _rows(places: Sequence[Place]) -> str:
    """Row labels; three or more neighbouring levels with roots become a range."""
    order = {row.id: index for index, row in enumerate(places[0].group.rows)}
    labels = [row.phrase or row.label for row in places[0].group.rows]
    runs: list[list[int]] = []
    for place in places:
        index = order[place.item.cell.row if place.item.cell else ""]
        in_levels = place.item.roots is not None
        if runs and in_levels and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    parts: list[str] = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{labels[run[0]]}\u2013{labels[run[-1]]}")
        else:
            parts.extend(labels[index] for index in run)
    return joined(parts)

"""The examination as frozen definitions: what the form files say, nothing about any patient.

A `Form` holds sections, a section groups, a group items. An item is of one of nine kinds (`kinds`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field as Key

from exam_app.core.form.code_list import CodeList
from exam_app.core.form.contrast import Contrast
from exam_app.core.form.drugs import DrugList
from exam_app.core.form.kinds import SIDES, Item, Side
from exam_app.core.form.quick_words import QuickWords
from exam_app.core.form.scale import ReferenceTable, Scale
from exam_app.core.form.score import Plan, Score, plan
from exam_app.core.model import FrozenMap, Id, Model, Token, no_entries


class Heading(Model):
    """The heading of a row or column of a matrix. `detail` says where the point lies; `phrase` are the words of a row
    in a sentence: "the ankle"."""

    id: Token
    label: str
    phrase: str | None = None
    detail: str | None = None


class MapUse(Model):
    """One layer of a drawing as a second view of the items of a group.

    `regions` says what a region (its id in the drawing, without its side) stands for: an item of the group, a field of
    one (`item:field`), or a row of a matrix. A region that is not named stands for what has its id.
    """

    drawing: Id
    layer: Id
    title: str
    regions: FrozenMap[Token, str] = Key(default_factory=no_entries)


class Group(Model):
    """Items shown together. `layout`: `grid` (a row an item, R and L as columns), `matrix` (rows × columns), `form`
    (fields one below the other), `entries` (a list with a form). `maps` are drawings of the same items. Findings of a
    group that is `said_with` another are drawn together with that one's in a sentence: more muscles of the leg.

    `shows` names guests, items of other sections (`section.item`) that stand in this group too: the same address, the
    same finding. Everything that is counted, asserted or said about a guest is so in its own section."""

    id: Id
    title: str
    layout: Literal["grid", "matrix", "form", "entries"] = "grid"
    items: tuple[Item, ...] = ()
    rows: tuple[Heading, ...] = ()
    columns: tuple[Heading, ...] = ()
    maps: tuple[MapUse, ...] = ()
    said_with: Id | None = None
    shows: tuple[str, ...] = ()


class Section(Model):
    """One section of the examination. `rest_normal` is the sentence for its other tested items, all normal, with
    `{count}`; `report_title` the heading in the report. `rest_key` names the key that asserts the rest, and `rest_said`
    is the sentence on what was asserted, with `{items}`, where "normal" is not the word: "None of these"."""

    id: Id
    title: str
    subtitle: str | None = None
    report_title: str | None = None
    rest_normal_one: str | None = None
    rest_normal_many: str | None = None
    rest_key: str | None = None
    rest_said: str | None = None
    groups: tuple[Group, ...]

    @property
    def items(self) -> Iterator[Item]:
        """Every item in order."""
        for group in self.groups:
            yield from group.items


class Scope(Model):
    """Which items an examination is about: all of the other scopes it `includes`, whole sections, and single items.
    Where all three are empty it is about every item. With `core_only` it is the core set and nothing else."""

    id: Id
    title: str
    includes: tuple[Id, ...] = ()
    items: tuple[str, ...] = ()
    sections: tuple[Id, ...] = ()
    core_only: bool = False


class Tombstone(Model):
    """What became of a former item id: renamed to another, or removed, and since which form version."""

    since: str
    renamed_to: str | None = None
    reason: str


class Form(Model):
    """A whole form. `hash` is the SHA-256 of its content as compiled and names it for ever; `files_hash` that of the
    YAML files it was read from. `limbs` are the levels of each limb, from the trunk outwards. Addresses are
    `section.item[.R|.L]`."""

    id: Id
    version: str
    title: str
    sections: tuple[Section, ...]
    scales: FrozenMap[str, Scale]
    tables: FrozenMap[str, ReferenceTable]
    scopes: FrozenMap[str, Scope]
    drugs: FrozenMap[str, DrugList] = Key(default_factory=no_entries)
    scores: FrozenMap[str, Score] = Key(default_factory=no_entries)
    contrasts: FrozenMap[str, Contrast] = Key(default_factory=no_entries)
    codes: FrozenMap[str, CodeList] = Key(default_factory=no_entries)
    quick_words: QuickWords = Key(default_factory=QuickWords)
    limbs: FrozenMap[Id, tuple[Id, ...]] = Key(default_factory=no_entries)
    core_slots: FrozenMap[str, str]
    bibliography: FrozenMap[str, str]
    tombstones: FrozenMap[str, Tombstone]
    files_hash: str = ""
    hash: str = ""

    def __repr__(self) -> str:
        """Which form it is; all of it would be more than a megabyte."""
        return f"Form({self.id} {self.version}, {self.hash[:8]})"

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Items by `section.item`, in the order of the form."""
        return {f"{section.id}.{item.id}": item for section in self.sections for item in section.items}

    @cached_property
    def addresses(self) -> Mapping[str, Item]:
        """Items by the address of their findings, R before L, in the order of the form."""
        return {address: item for item_id, item in self.items.items() for address in item_addresses(item_id, item)}

    @cached_property
    def section_by_id(self) -> Mapping[str, Section]:
        """Sections by id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def section_addresses(self) -> Mapping[str, tuple[str, ...]]:
        """The addresses of each section, in the order of the form."""
        found: dict[str, list[str]] = {section.id: [] for section in self.sections}
        for address in self.addresses:
            found[section_of(address)].append(address)
        return {section_id: tuple(addresses) for section_id, addresses in found.items()}

    @cached_property
    def guests(self) -> Mapping[str, tuple[str, ...]]:
        """The item ids of other sections that each section shows."""
        return {
            section.id: tuple(each for group in section.groups for each in group.shows) for section in self.sections
        }

    def group_in(self, section_id: str, address: str) -> Group:
        """The group of a section in which an address stands, at home or as a guest."""
        item_id = split_address(address)[0]
        groups = self.section_by_id[section_id].groups
        return next((group for group in groups if item_id in group.shows), self.group_of(address))

    def alike(self, section_id: str, address: str) -> frozenset[str]:
        """The addresses that stand in the same group of a section, and in a matrix in the same column, on both
        sides."""
        group, cell = self.group_in(section_id, address), self.addresses[address].cell
        together = [(item_id, self.items[item_id]) for item_id in items_in(section_id, group)]
        if group.layout == "matrix" and cell is not None:
            together = [(item_id, item) for item_id, item in together if item.cell and item.cell.column == cell.column]
        return frozenset(each for item_id, item in together for each in item_addresses(item_id, item))

    def group_of(self, address: str) -> Group:
        """The group of an address."""
        return self._group_by_item[split_address(address)[0]]

    @cached_property
    def _group_by_item(self) -> Mapping[str, Group]:
        return {
            f"{section.id}.{item.id}": group
            for section in self.sections
            for group in section.groups
            for item in group.items
        }

    @cached_property
    def score_plans(self) -> Mapping[str, Plan]:
        """The scores by id, with their terms looked up in the items."""
        return {score.id: plan(score, self.items, self.scales) for score in self.scores.values()}

    @cached_property
    def muscles(self) -> Mapping[str, Item]:
        """The graded items with roots by address: what is weak or not."""
        return {
            address: item
            for address, item in self.addresses.items()
            if item.kind == "grade" and item.roots is not None and item.cell is None
        }

    def in_scope(self, scope_id: str) -> frozenset[str]:
        """The item ids (`section.item`) that belong to a scope. KeyError for an unknown scope."""
        return self._scope_items[scope_id]

    @cached_property
    def _scope_items(self) -> Mapping[str, frozenset[str]]:
        return {scope_id: self._items_of(scope) for scope_id, scope in self.scopes.items()}

    def _items_of(self, scope: Scope) -> frozenset[str]:
        if scope.core_only:
            return frozenset(item_id for item_id, item in self.items.items() if item.core)
        if not scope.items and not scope.sections and not scope.includes:
            return frozenset(self.items)
        own = frozenset(
            item_id for item_id in self.items if item_id in scope.items or item_id.partition(".")[0] in scope.sections
        )
        return own.union(*(self._items_of(self.scopes[each]) for each in scope.includes))


def items_in(section_id: str, group: Group) -> tuple[str, ...]:
    """The ids of the items that stand in a group of a section: its own, then its guests."""
    return (*(f"{section_id}.{item.id}" for item in group.items), *group.shows)


def item_addresses(item_id: str, item: Item) -> tuple[str, ...]:
    """The addresses of an item's findings: two for a paired item, R first; one otherwise."""
    if item.sides == "paired":
        return tuple(f"{item_id}.{side}" for side in SIDES)
    return (item_id,)


def split_address(address: str) -> tuple[str, Side | None]:
    """`strength.deltoid.R` → (`strength.deltoid`, `R`); without a side the second is None."""
    for side in SIDES:
        if address.endswith(f".{side}"):
            return address[:-2], side
    return address, None


def section_of(address: str) -> str:
    """The section id of an address."""
    return address.partition(".")[0]

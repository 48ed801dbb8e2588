"""A table of features against phenomena, as data: which feature of a movement is common in what (clinical content
§2.2). How a record is read against it: `contrasting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field as Key
from pydantic import model_validator

from exam_app.core.form.kinds import ChoiceKind, Field, FlagsKind, GroupKind, Item, ListKind
from exam_app.core.form.scale import Sourced
from exam_app.core.model import FrozenMap, Id, Model, Token

Mark = Literal["++", "+", "±", "–"]
"""Characteristic, common, possible (says nothing), unusual."""


class Home(Model):
    """Where a feature is recorded. `at` is a path of fields within an entry (a mark of flags is its last step), or with
    `item` the path `section.item[:field]` of an item of the whole record.

    `yes` and `no` are the answers that mean so; flags and plain yes/no choices need neither. `given`: anything recorded
    there means yes.
    """

    at: str | None = None
    item: str | None = None
    yes: tuple[Token, ...] = ("yes",)
    no: tuple[Token, ...] = ("no",)
    given: bool = False

    @model_validator(mode="after")
    def _one_place(self) -> Home:
        if (self.at is None) == (self.item is None):
            raise ValueError("give either 'at' or 'item'")
        return self


class Cell(Sourced):
    """What a feature says of one candidate. `absence: typical` where its absence, when recorded, counts as typical."""

    mark: Mark
    absence: Literal["typical"] | None = None
    note: str | None = None


class Feature(Model):
    """One row: a feature, its name when present and when recorded as absent, its homes, and a cell a candidate.

    Its presence is typical where it is common (+) or characteristic (++), and against where it is unusual (–). Its
    recorded absence is against where it is characteristic; with `needed` also where it is common.
    """

    id: Id
    label: str
    label_no: str
    homes: tuple[Home, ...] = Key(min_length=1)
    needed: bool = False
    cells: FrozenMap[Id, Cell]


class Candidate(Model):
    """One column: a phenomenon that movements are told apart from."""

    id: Id
    label: str


class Contrast(Sourced):
    """The whole table. Nothing in it is a score: `±` says nothing, and no order is made but that of the file."""

    id: Id
    version: str
    title: str
    candidates: tuple[Candidate, ...] = Key(min_length=2)
    features: tuple[Feature, ...] = Key(min_length=1)


def faults(table: Contrast, items: Mapping[str, Item], entries: str) -> Iterator[tuple[str, str]]:
    """Every (key path, reason) for which a table cannot be read: a cell that is missing or too many, a home that is
    not there. `entries` is the id of the list item of the movements."""
    columns = {candidate.id for candidate in table.candidates}
    for index, feature in enumerate(table.features):
        path = f"features/{index}"
        for column in sorted(columns ^ feature.cells.keys()):
            what = "has no cell" if column in columns else "is no candidate"
            yield f"{path}/cells", f"'{column}' {what} in '{feature.id}'"
        for home in feature.homes:
            known = _kind_at(items.get(entries), home.at) if home.at is not None else _item_at(items, home.item or "")
            if not known:
                yield f"{path}/homes", f"there is no '{home.at or home.item}' to read '{feature.id}' from"


def _item_at(items: Mapping[str, Item], path: str) -> bool:
    item_id, _colon, field = path.partition(":")
    item = items.get(item_id)
    return item is not None and (not field or _kind_at(item, field))


def _kind_at(kind: Item | Field | None, path: str) -> bool:
    for name in path.split("."):
        if isinstance(kind, FlagsKind) and any(option.id == name for option in kind.options):
            return True
        kind = kind.by_id.get(name) if isinstance(kind, (GroupKind, ListKind)) else None
    return isinstance(kind, (ChoiceKind, GroupKind, ListKind))

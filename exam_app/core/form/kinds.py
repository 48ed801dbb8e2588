"""The nine kinds of items (clinical decision 7): what an item asks for and how its answer is judged.

grade, choice, flags, number, side, text, date, group, list. A field inside a group or a list has a kind; an item has a
kind and the facts of an item. How an item is laid out (grid, matrix, form, entries; stopwatch) is apart from its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field as Key

from exam_app.core.form.scale import Limits, Sourced
from exam_app.core.model import TEXT_LIMIT, FrozenMap, Id, Model, Token, no_entries

Side = Literal["R", "L"]
SIDES: tuple[Side, Side] = ("R", "L")


class Condition(Model):
    """Shows a field or an item only where another one has one of these values. Exactly one of `field` (in the same
    group) and `item` (anywhere) is given; `item` may name a field as `section.item:field`."""

    field: Id | None = None
    item: str | None = None
    one_of: tuple[Token, ...] = Key(min_length=1)


class Option(Model):
    """One answer of a choice, or one flag. `definition` and `confused_with` are shown at the choice. `phrase_no` is how
    a flag answered no reads where "not" before its phrase would not do: "no overflow".

    `region` and `sided` belong to sites: the region for the distribution of dystonia, and whether the site is
    paired, axial (may lie to one side) or has no side. `dystonic` belongs to phenomenology (clinical decision 8).
    """

    id: Token
    label: str
    phrase: str | None = None
    phrase_no: str | None = None
    definition: str | None = None
    confused_with: str | None = None
    region: Id | None = None
    sided: Literal["paired", "axial", "none"] = "none"
    dystonic: bool = False


class Kind(Model):
    """What every item and every field has: id, label, the words in a sentence, and when it is shown.

    A field that `continues` follows the field just before it without a comma: "12.4 s over 6 m". A `brief` one belongs
    in the shortest report beside the main field: the level of a sensory loss.

    `codes` name the question, by code system; a key that ends in `_R` or `_L` is for that side alone. Answers of the
    field give codes only where `codes_when` holds, a condition on a field beside it.
    """

    id: Id
    label: str
    phrase: str | None = None
    detail: str | None = None
    help: str | None = None
    when: Condition | None = None
    paired: bool = False
    continues: bool = False
    brief: bool = False
    codes: FrozenMap[str, str] = Key(default_factory=no_entries)
    codes_when: Condition | None = None


class GradeKind(Kind):
    """A grade of an ordinal scale. `normal` overrides the scale's normal set. `answer_codes` are the codes of what was
    found, for answers that alone imply the term: answer, then code system."""

    kind: Literal["grade"]
    scale: Id
    normal: tuple[Token, ...] | None = None
    answer_codes: FrozenMap[Token, FrozenMap[Id, str]] = Key(default_factory=no_entries)


class ChoiceKind(Kind):
    """One of several answers. Without `normal` the answer is neither normal nor abnormal; so are those in `neutral`."""

    kind: Literal["choice"]
    options: tuple[Option, ...] = Key(min_length=2)
    normal: tuple[Token, ...] | None = None
    neutral: tuple[Token, ...] = ()
    answer_codes: FrozenMap[Token, FrozenMap[Id, str]] = Key(default_factory=no_entries)


class FlagsKind(Kind):
    """Several marks, each yes, no or unknown. With `normal`, any other mark answered yes is abnormal."""

    kind: Literal["flags"]
    options: tuple[Option, ...] = Key(min_length=1)
    normal: tuple[Token, ...] | None = None
    answer_codes: FrozenMap[Token, FrozenMap[Id, str]] = Key(default_factory=no_entries)


class NumberKind(Kind):
    """A number with unit, range and step. `of` asks for n of N; `over` for a pair such as 168/102; `ranged` allows
    60-90; `cannot` allows "tried and could not", which is abnormal. Outside both `normal` and `abnormal` the number
    is neither.

    With more than one unit the unit is part of the answer. `spoken` is how the number reads in a sentence, with
    `{number}`; `spoken_one` how exactly one does. `normal` and `abnormal` of n of N are meant for N = `of`.
    """

    kind: Literal["number"]
    units: tuple[str, ...] = ()
    min: float = 0
    max: float
    step: float = 1
    of: int | None = None
    over: bool = False
    ranged: bool = False
    cannot: bool = False
    normal: Limits | None = None
    abnormal: Limits | None = None
    reference: Id | None = None
    layout: Literal["stopwatch"] | None = None
    spoken: str | None = None
    spoken_one: str | None = None


class SideKind(Kind):
    """A value that names a side of the patient, so that mirroring exchanges it. `also` are further answers."""

    kind: Literal["side"]
    also: tuple[Literal["none", "both"], ...] = ()
    normal: tuple[Literal["R", "L", "none", "both"], ...] | None = None


class TextKind(Kind):
    """Free text of at most `limit` characters, as typed; mirroring leaves it alone. `suggest` is the library whose
    names are offered while it is typed; any other words stay possible."""

    kind: Literal["text"]
    limit: Annotated[int, Key(ge=1, le=TEXT_LIMIT)] = 500
    suggest: Literal["drugs"] | None = None


class DateKind(Kind):
    """A date that may be partial (year, or year and month); with `hour` it may carry a time of day."""

    kind: Literal["date"]
    hour: bool = False


class Fold(Model):
    """Rarely used fields of a group, under a heading that folds them away."""

    title: str
    fields: tuple[Id, ...]


class Difference(Model):
    """A number that follows from two of a group's: the first of `of` less the second. `spoken` is how it reads, with
    `{number}`."""

    id: Id
    label: str
    spoken: str
    of: tuple[Id, Id]


class GroupKind(Kind):
    """Named fields. `main` is the field that a bare value means; of the fields in `exclusive` at most one is given.
    The fields of `folds` stand below the others.
    `answer_codes` stand in place of those of a field, by its id. With the layout `tap_counter` events are counted by
    tapping; it needs the fields of `tapping.FIELDS`. `differences` follow from two of its numbers."""

    kind: Literal["group"]
    fields: tuple[Field, ...] = Key(min_length=1)
    main: Id | None = None
    exclusive: tuple[Id, ...] = ()
    folds: tuple[Fold, ...] = ()
    layout: Literal["tap_counter"] | None = None
    differences: tuple[Difference, ...] = ()
    answer_codes: FrozenMap[Id, FrozenMap[Token, FrozenMap[Id, str]]] = Key(default_factory=no_entries)

    @cached_property
    def by_id(self) -> Mapping[str, Field]:
        """Fields by id."""
        return {field.id: field for field in self.fields}


class ListKind(Kind):
    """A repeatable group of fields. No entries at all is an answer: `none`, in the words of `none_phrase`."""

    kind: Literal["list"]
    fields: tuple[Field, ...] = Key(min_length=1)
    main: Id | None = None
    none_phrase: str | None = None
    exclusive: tuple[Id, ...] = ()
    folds: tuple[Fold, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Field]:
        """Fields by id."""
        return {field.id: field for field in self.fields}


class Roots(Model):
    """The roots of a muscle, a reflex or an area: all of them, and the dominant ones."""

    all: tuple[Token, ...]
    dominant: tuple[Token, ...] = ()


class Cell(Model):
    """Where an item stands in a matrix: its row and its column."""

    row: Token
    column: Id


class ItemFacts(Sourced):
    """What an item has beyond its kind.

    `sides`: examined on R and L, or without side. `core`: belongs to the core set, or to the slot of that name, which
    any one of its items fills. `folded`: hidden until unfolded. `macro`: takes part in "rest normal"; never when
    folded. `unmeasured`: what the report adds where the normal was asserted without the number. `phrase_normal`: the
    item named where it was asserted normal, if its own name is that of a sign: "no ptosis".
    `qualifiers`: marks that may be added to the finding. `unfold_when`: conditions on other items; where one of them
    holds, a folded item is asked without unfolding. `beyond`: the level of a limb that must be there and more: an item
    beyond the elbow needs the forearm.
    """

    sides: Literal["none", "paired"] = "none"
    core: Annotated[bool | Id, Key(union_mode="left_to_right")] = False
    folded: bool = False
    unfold_when: tuple[Condition, ...] = ()
    beyond: Id | None = None
    macro: bool = False
    unmeasured: str | None = None
    phrase_normal: str | None = None
    qualifiers: tuple[Option, ...] = ()
    roots: Roots | None = None
    nerve: str | None = None
    trunk: str | None = None
    how_to_test: str | None = None
    normal_finding: str | None = None
    pitfall: str | None = None
    cell: Cell | None = None


class GradeField(GradeKind):
    """A grade inside a group or list."""


class ChoiceField(ChoiceKind):
    """A choice inside a group or list."""


class FlagsField(FlagsKind):
    """Flags inside a group or list."""


class NumberField(NumberKind):
    """A number inside a group or list."""


class SideField(SideKind):
    """A side inside a group or list."""


class TextField(TextKind):
    """Text inside a group or list."""


class DateField(DateKind):
    """A date inside a group or list."""


class GroupField(GroupKind):
    """A group inside a group or list."""


class ListField(ListKind):
    """A list inside a group or list."""


Field = Annotated[
    GradeField | ChoiceField | FlagsField | NumberField | SideField | TextField | DateField | GroupField | ListField,
    Key(discriminator="kind"),
]


class GradeItem(GradeKind, ItemFacts):
    """An item that is graded."""


class ChoiceItem(ChoiceKind, ItemFacts):
    """An item answered by one choice."""


class FlagsItem(FlagsKind, ItemFacts):
    """An item answered by marks."""


class NumberItem(NumberKind, ItemFacts):
    """An item that is counted, timed or measured."""


class SideItem(SideKind, ItemFacts):
    """An item whose answer is a side."""


class TextItem(TextKind, ItemFacts):
    """An item answered in words."""


class DateItem(DateKind, ItemFacts):
    """An item whose answer is a date."""


class GroupItem(GroupKind, ItemFacts):
    """An item with several named fields."""


class ListItem(ListKind, ItemFacts):
    """An item with any number of entries."""


Item = Annotated[
    GradeItem | ChoiceItem | FlagsItem | NumberItem | SideItem | TextItem | DateItem | GroupItem | ListItem,
    Key(discriminator="kind"),
]

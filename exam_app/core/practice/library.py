"""What all cases share, as data: the normal default, levels, red flags, phrases, mistakes and the standard order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from exam_app.core.form.scale import Sourced
from exam_app.core.model import FrozenMap, Id, Model
from exam_app.core.practice.phrases import Phrases
from exam_app.core.record.record import Address, Finding

Outcome = Literal[
    "exact",
    "adjacent",
    "different",
    "missed",
    "not_examined",
    "wrong_side",
    "false_positive",
    "unseen",
    "normal",
]
"""How one finding of a learner compares with the case. `unseen`: recorded without being examined."""


class Level(Sourced):
    """A level of the nervous system, as an answer. `sided`: a side makes sense. `signs` says on which side of the
    lesion its signs lie, so that a key can be checked against its findings. `is_level` is no for an answer that names
    no level: functional signs, a normal examination."""

    id: Id
    label: str
    sided: bool = False
    signs: Literal["same", "opposite", "either"] = "either"
    is_level: bool = True


class Levels(Sourced):
    """Every answer to the question where the lesion is."""

    levels: tuple[Level, ...]


class RedFlag(Sourced):
    """What must be said out loud where a case shows it."""

    id: Id
    label: str


class RedFlags(Sourced):
    """Every red flag that a learner can name."""

    red_flags: tuple[RedFlag, ...]


class When(Model):
    """When a mistake was made; everything that is given holds. `outcome` at one of the items or sections `at` (at any
    without); none of the items `skipped` was examined; `before`: the first section was begun before the second;
    `levels`: the learner's answer; `abnormal`: the case has an abnormal finding at one of these; `normal`: at none."""

    outcome: tuple[Outcome, ...] = ()
    at: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    before: tuple[Id, Id] | None = None
    levels: tuple[Id, ...] = ()
    abnormal: tuple[str, ...] = ()
    normal: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.outcome or self.skipped or self.before or self.levels):
            raise PydanticCustomError("when", "say when: outcome, skipped, before or levels")
        return self


class Mistake(Sourced):
    """A typical mistake of a learner and, where it can be told from an attempt, when it was made."""

    id: Id
    text: str
    when: When | None = None
    about: tuple[str, ...] = ()


class Mistakes(Sourced):
    """The library of mistakes."""

    mistakes: tuple[Mistake, ...]


class Step(Model):
    """One step of the standard order: a section, or some items of it, and why it comes here. An `optional` one is not
    missed by who leaves it out."""

    id: Id
    section: Id
    title: str | None = None
    why: str
    items: tuple[str, ...] = ()
    optional: bool = False


class Order(Sourced):
    """The standard order of the examination."""

    steps: tuple[Step, ...]


class Library(Model):
    """All of it. `normal` is what every address shows where a case says nothing else."""

    normal: FrozenMap[Address, Finding]
    levels: Levels
    red_flags: RedFlags
    phrases: Phrases
    mistakes: Mistakes
    order: Order

    @cached_property
    def level_by_id(self) -> Mapping[str, Level]:
        """Levels by id."""
        return {level.id: level for level in self.levels.levels}

    @cached_property
    def flag_by_id(self) -> Mapping[str, RedFlag]:
        """Red flags by id."""
        return {flag.id: flag for flag in self.red_flags.red_flags}

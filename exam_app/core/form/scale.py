"""Scales with their anchors, reference tables, and where content comes from."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from exam_app.core.model import FrozenMap, Id, Model, Name, Token, no_entries


class Grade(Model):
    """One grade of an ordinal scale. `rank` orders the grades; `anchor` is its definition in own words.

    `key` is the keystroke where the token itself is none; `aliases` are other spellings accepted on input;
    `numbers` are named numeric conventions for statistics (`decimal: 3.67`).
    """

    token: Token
    anchor: str
    rank: int
    short: str | None = None
    key: str | None = None
    aliases: tuple[str, ...] = ()
    numbers: FrozenMap[str, float] = Key(default_factory=no_entries)


def _day(text: str) -> str:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("day", "there is no such day") from None
    return text


class Review(Model):
    """Who reviewed a piece of content clinically, and on which day (ISO date)."""

    by: Name
    on: Annotated[str, Key(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_day)]


class Sourced(Model):
    """What has a source. `sources` are ids of the form's bibliography and provenance marks: M (memory, a clinician
    must still confirm), D (design decision), V (verified against a code table)."""

    sources: tuple[str, ...] = ()
    reviewed: Review | None = None

    @property
    def to_confirm(self) -> bool:
        """Whether a clinician must still confirm this content: marked M and not reviewed."""
        return "M" in self.sources and self.reviewed is None


class Scale(Sourced):
    """An ordinal scale with every anchor, in the order in which it is shown. `normal` are its normal tokens.

    `in_words`: its grades are said by their short words ("pronates"), because nobody knows its numbers by heart.
    """

    id: Id
    version: str
    label: str
    short: str
    grades: tuple[Grade, ...] = Key(min_length=2)
    normal: tuple[Token, ...]
    licence: str
    credit: str | None = None
    note: str | None = None
    in_words: bool = False

    def grade(self, token: str) -> Grade | None:
        """The grade with this token or alias, or None."""
        for grade in self.grades:
            if grade.token == token or token in grade.aliases:
                return grade
        return None


class Band(Model):
    """One row of a reference table: ages in completed years, both ends included, with the figures of that band."""

    age_from: int
    age_to: int
    sex: Literal["female", "male"] | None = None
    figures: FrozenMap[str, float]


class ReferenceTable(Sourced):
    """Reference figures by age and sex for one number. `above` and `within` say the comparison, filled from the
    band: the number is larger than the figure `compare`, or not. `notable` is the one of them that few people have.

    An unreviewed table is printed as such and never makes a value abnormal (clinical decision 7).
    """

    id: Id
    version: str
    label: str
    unit: str
    compare: Id
    above: str
    within: str
    notable: Literal["above", "within"] = "above"
    bands: tuple[Band, ...] = Key(min_length=1)

    def band(self, age: int, sex: str | None) -> Band | None:
        """The band for this age in completed years and sex, or None where the table has none."""
        for band in self.bands:
            if band.age_from <= age <= band.age_to and band.sex in (None, sex):
                return band
        return None


class Limits(Model):
    """A range of numbers, both ends included; an absent end is open."""

    min: float | None = None
    max: float | None = None

    def holds(self, number: float) -> bool:
        """Whether the number lies within."""
        return (self.min is None or number >= self.min) and (self.max is None or number <= self.max)

"""A teaching case: what the learner is told, what there is to find, and what is right to say of it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from exam_app.core.form.scale import Review
from exam_app.core.model import FrozenMap, Id, LongText, Model, Name, Note, no_entries
from exam_app.core.record.record import Address, Distribution, PracticeRecord, Sex

Difficulty = Literal["easy", "moderate", "hard"]
DIFFICULTIES: tuple[Difficulty, ...] = ("easy", "moderate", "hard")
Topic = Literal[
    "movement",
    "tone",
    "strength",
    "reflexes",
    "sensation",
    "gait",
    "cranial",
    "mental",
    "coordination",
    "functional",
    "emergency",
]
PlaceSide = Literal["R", "L", "both", "none", "unsaid"]
"""`none` is an answer, and the only one for a level that has no side; `unsaid` is a learner's level without its side
yet, and never stands in a key."""


class Place(Model):
    """Where the lesion is: a level of `forms/practice/levels.yaml` and its side."""

    level: Id
    side: PlaceSide = "none"


class CaseHead(Model):
    """What a learner sees in the list: never the diagnosis. Without `reviewed` no clinician has reviewed the case."""

    title: Name
    difficulty: Difficulty
    author: Name
    topics: tuple[Topic, ...] = Key(min_length=1)
    reviewed: Review | None = None


class Card(Model):
    """What the learner is told before the examination."""

    age: int = Key(ge=0, le=120)
    complaint: LongText
    history: LongText


class Critical(Model):
    """A finding that must not be missed, and why."""

    finding: Address
    why: Note


class FlagShown(Model):
    """A red flag that the case shows, and why it is one."""

    id: Id
    why: Note


class CaseKey(Model):
    """What is right to say. `accept` are other answers that count as right; `summary` is compared by the learner's own
    eye and never scored by its words."""

    localisation: Place
    accept: tuple[Place, ...] = ()
    summary: Note
    critical: tuple[Critical, ...] = ()
    red_flags: tuple[FlagShown, ...] = ()

    @property
    def is_lateralised(self) -> bool:
        """Whether the answer has one side; only then a side can be the wrong one (clinical decision 10)."""
        return self.localisation.side in ("R", "L")


class Teaching(Model):
    """A teaching point; `about` are the addresses, items or sections that it is about."""

    text: LongText
    source: str | None = None
    about: tuple[str, ...] = ()


class Case(Model):
    """A whole case. `sex` is that of the made-up patient. `truth` is what every address shows: the findings of the case
    over the normal default. `beside` are addresses that must look different too, because normal would contradict the
    picture, and that nobody has to find. `shown` are the case's own words for what is seen at an address or an item."""

    id: Id
    head: CaseHead
    sex: Sex | None = None
    card: Card
    key: CaseKey
    teaching: tuple[Teaching, ...]
    distribution: Distribution | None = None
    truth: PracticeRecord
    beside: frozenset[Address] = frozenset()
    shown: FrozenMap[Address, LongText] = Key(default_factory=no_entries)

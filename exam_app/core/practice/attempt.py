"""One attempt of a learner: how it was walked, what was examined in which order, what was found and said.

Every edit is a pure function that gives the next attempt. Durations come from whoever has a clock.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import AwareDatetime, Strict
from pydantic import Field as Key

from exam_app.core.files.findings_file import form_ref
from exam_app.core.form.form import Form
from exam_app.core.model import FrozenMap, Id, LongText, Model, Note, no_entries
from exam_app.core.practice.case import Case, Place
from exam_app.core.record.record import Address, Distribution, Encounter, PracticeRecord

FORMAT = 1
"""The version of an attempt as it is stored and exported."""

Walk = Literal["guided", "free", "examination"]
Domain = Literal["findings", "structure", "localisation", "safety"]
DOMAINS: tuple[Domain, ...] = ("findings", "structure", "localisation", "safety")
Moment = Annotated[AwareDatetime, Strict(False)]
Mark = Annotated[int, Key(ge=1, le=5)]
"""How sure a learner is of a domain: 1 not at all, 5 quite."""


class Assessment(Model):
    """What learners say of themselves before they hear what was missed."""

    marks: FrozenMap[Domain, Mark] = Key(default_factory=no_entries)
    words: Note | None = None


class Attempt(Model):
    """`case` stands in the record; without one a volunteer is examined and nothing is scored. `performed` are the
    addresses in the order in which they were first examined, `seconds` the time spent in each section. `distribution`
    is the learner's own of dystonia. `time_limit` in minutes, where one was wished for."""

    format: Literal[1] = 1
    walk: Walk
    record: PracticeRecord
    time_limit: Annotated[int, Key(ge=1, le=240)] | None = None
    performed: tuple[Address, ...] = ()
    seconds: FrozenMap[Id, float] = Key(default_factory=no_entries)
    localisation: Place | None = None
    distribution: Distribution | None = None
    summary: LongText | None = None
    red_flags: tuple[Id, ...] = ()
    assessment: Assessment | None = None
    finished_at: Moment | None = None

    @property
    def is_finished(self) -> bool:
        """Whether the learner has handed it in."""
        return self.finished_at is not None

    @property
    def examined(self) -> frozenset[str]:
        """The addresses that were examined."""
        return frozenset(self.performed)


def begun(form: Form, case: Case | None, walk: Walk, at: datetime.datetime, time_limit: int | None = None) -> Attempt:
    """An attempt in which nothing has been examined yet. Without a case a volunteer is examined, of every item."""
    record = PracticeRecord(
        form=form_ref(form),
        scope=case.truth.scope if case is not None else "full",
        encounter=Encounter(started_at=at),
        case=case.id if case is not None else None,
    )
    return Attempt(walk=walk, record=record, time_limit=time_limit)


def performing(attempt: Attempt, addresses: Iterable[str]) -> Attempt:
    """The addresses have been examined now; what was examined before keeps its place in the order."""
    before = attempt.examined
    fresh = [address for address in dict.fromkeys(addresses) if address not in before]
    return attempt.model_copy(update={"performed": (*attempt.performed, *fresh)}) if fresh else attempt


def recording(attempt: Attempt, record: PracticeRecord) -> Attempt:
    """The record has been edited."""
    return attempt.model_copy(update={"record": record})


def spending(attempt: Attempt, section_id: str, seconds: float) -> Attempt:
    """More time has been spent in a section."""
    spent: Mapping[str, float] = {**attempt.seconds, section_id: attempt.seconds.get(section_id, 0.0) + seconds}
    return Attempt.model_validate(attempt.model_copy(update={"seconds": spent}).__dict__)


def localising(attempt: Attempt, place: Place | None) -> Attempt:
    """Where the learner says that the lesion is; None takes the answer back."""
    return attempt.model_copy(update={"localisation": place})


def distributing(attempt: Attempt, distribution: Distribution | None) -> Attempt:
    """The learner's own distribution of dystonia."""
    return attempt.model_copy(update={"distribution": distribution})


def summing_up(attempt: Attempt, summary: str | None) -> Attempt:
    """The learner's own line on the case."""
    return attempt.model_copy(update={"summary": summary})


def flagging(attempt: Attempt, red_flags: Iterable[str]) -> Attempt:
    """The red flags that the learner names."""
    return attempt.model_copy(update={"red_flags": tuple(dict.fromkeys(red_flags))})


def assessing(attempt: Attempt, assessment: Assessment) -> Attempt:
    """How learners see their own attempt."""
    return attempt.model_copy(update={"assessment": assessment})


def finishing(attempt: Attempt, at: datetime.datetime) -> Attempt:
    """Handed in: from now on it is compared, not changed."""
    return attempt.model_copy(update={"finished_at": at})


def total_seconds(attempt: Attempt) -> float:
    """The time of the whole attempt."""
    return sum(attempt.seconds.values())

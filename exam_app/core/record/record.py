"""The record of one examination: whose, when, what was found, and how each finding was entered.

Findings are a mapping from item address (`strength.deltoid.R`) to a finding. An absent address means "not yet
examined";
that is the only meaning of absence, and absence has no other form.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BeforeValidator, Strict, StringConstraints, model_validator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from exam_app.core.model import FrozenMap, Id, LongText, Model, Mrn, Name, Note, NoteLine, Token, no_entries
from exam_app.core.record.values import UnableReason, Value

SCHEMA_VERSION = 1

Address = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[A-Za-z0-9][A-Za-z0-9_\-]*(\.[RL])?$", max_length=120)
]
"""`section.item`, or `section.item.R` and `section.item.L`."""

Entered = Literal["typed", "macro", "copied", "carried", "quick", "imported", "confirmed"]
"""How a finding came into the record (clinical decision 1)."""

NotExaminedReason = Literal["time", "not_indicated", "deferred", "refused", "equipment", "other"]
"""Why an item was not examined (clinical decision 1)."""


class _Examined(Model):
    entered: Entered
    note: Note | None = None


class Examined(_Examined):
    """Examined, with a value; `qualifiers` are marks such as pain_limited or uncertain."""

    state: Literal["examined"] = "examined"
    value: Value
    qualifiers: tuple[Token, ...] = ()


class AssertedNormal(_Examined):
    """Examined and asserted normal, without a value: never a number, a time or a count (clinical decision 1)."""

    state: Literal["asserted_normal"] = "asserted_normal"


class _Reasoned(Model):
    entered: Entered
    text: Note | None = None
    note: Note | None = None

    @model_validator(mode="after")
    def _other_needs_words(self) -> Self:
        if getattr(self, "reason", None) == "other" and self.text is None:
            raise PydanticCustomError("reason", "the reason 'other' needs its text")
        return self


class NotExamined(_Reasoned):
    """Not examined, and why."""

    state: Literal["not_examined"] = "not_examined"
    reason: NotExaminedReason


class Unable(_Reasoned):
    """Could not be tested, and why."""

    state: Literal["unable"] = "unable"
    reason: UnableReason


Finding = Annotated[Examined | AssertedNormal | NotExamined | Unable, Key(discriminator="state")]


_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_MOMENT = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$")


def _iso_day(value: object) -> object:
    """Only 2026-11-22: pydantic would also read a bare number as seconds since 1970."""
    if not isinstance(value, datetime.date) and not (isinstance(value, str) and _DAY.match(value)):
        raise PydanticCustomError("date", "not a date; write it as 1965-03-02")
    return value


def _iso_moment(value: object) -> object:
    if not isinstance(value, datetime.datetime) and not (isinstance(value, str) and _MOMENT.match(value)):
        raise PydanticCustomError("moment", "not a time with an offset; write it as 2026-11-22T09:20:00+01:00")
    return value


Sex = Literal["female", "male", "other", "unknown"]


class Patient(Model):
    """Who is examined. Only the family name is required."""

    family_name: Name
    given_name: Name | None = None
    birth_date: Annotated[datetime.date, Strict(False), BeforeValidator(_iso_day)] | None = None
    sex: Sex | None = None
    mrn: Mrn | None = None


class AbsentBelow(Model):
    """The level of a limb (a level of the form) below which it is absent or in plaster, and which of the two."""

    level: Id
    reason: Literal["amputation", "cast_or_dressing"]


LimbSide = Annotated[str, StringConstraints(pattern=r"^[a-z]+_[RL]$", max_length=40)]
"""A limb of the form with its side: `arm_R`."""


def limb_key(limb: str, side: str) -> str:
    """A limb with its side as a key: `arm`, `R` → `arm_R`."""
    return f"{limb}_{side}"


class Visit(Model):
    """When, why and under which conditions, as a report says it. `started_at` carries its offset from UTC."""

    started_at: Annotated[datetime.datetime, Strict(False), BeforeValidator(_iso_moment)]
    reason: NoteLine | None = None
    examiner: Name | None = None
    handedness: Literal["R", "L", "mixed", "unknown"] | None = None
    medication_state: Literal["ON", "OFF", "not_applicable", "unknown"] | None = None
    minutes_since_dose: Annotated[int, Key(ge=0, le=100_000)] | None = None

    @model_validator(mode="after")
    def _has_an_offset(self) -> Self:
        if self.started_at.tzinfo is None:
            raise PydanticCustomError("offset", "started_at needs an offset, such as 2026-11-22T09:20:00+01:00")
        if not 1900 <= self.started_at.year <= 2200:
            raise PydanticCustomError("date", "started_at must lie between 1900 and 2200")
        return self


class Encounter(Visit):
    """A visit as it is recorded. `absent_below` says once which limbs end at which level; what that makes of each item
    stands among the findings."""

    absent_below: FrozenMap[LimbSide, AbsentBelow] = Key(default_factory=no_entries)


class FormRef(Model):
    """The form that a record was made with; `hash` names its exact content."""

    id: Id
    version: Token
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


Distribution = Literal[
    "none",
    "focal",
    "segmental",
    "multifocal",
    "hemidystonia_R",
    "hemidystonia_L",
    "generalized_with_leg",
    "generalized_without_leg",
]
"""The distribution of dystonia (clinical/02 §2.4)."""


class DistributionOverride(Model):
    """The examiner's own distribution in place of the rule's, and why."""

    result: Distribution
    reason: Note


class Examination(Model):
    """What any examination holds, of a patient or of practice. Schema version 1.

    Its two kinds are siblings: what stores, prints or exports takes one of them and never this base, so that practice
    cannot pass for a patient.
    """

    schema_version: Literal[1] = 1
    form: FormRef
    scope: Id
    encounter: Encounter
    findings: FrozenMap[Address, Finding] = Key(default_factory=no_entries)
    section_notes: FrozenMap[Id, LongText] = Key(default_factory=no_entries)
    distribution_override: DistributionOverride | None = None
    impression: LongText | None = None

    @property
    def birth_date(self) -> datetime.date | None:
        """When the examined person was born, where that is recorded."""
        return None


AnyExamination = TypeVar("AnyExamination", bound=Examination)
"""One kind of examination, the same before and after an edit."""


class PracticeRecord(Examination):
    """What a learner found: in a teaching case, or on a volunteer where `case` is None. Nobody's data."""

    kind: Literal["practice"] = "practice"
    case: Id | None = None


class ExamRecord(Examination):
    """The examination of a patient."""

    patient: Patient

    @property
    def birth_date(self) -> datetime.date | None:
        """The patient's."""
        return self.patient.birth_date

    @model_validator(mode="after")
    def _born_before(self) -> Self:
        born = self.patient.birth_date
        if born is not None:
            visit = self.encounter.started_at.date()
            if born > visit:
                raise PydanticCustomError("birth_date", "the birth date lies after the examination")
            if visit.year - born.year > 130:
                raise PydanticCustomError(
                    "birth_date", "the birth date lies more than 130 years before the examination"
                )
        return self


def refuse_practice(record: ExamRecord) -> None:
    """The wall at run time, at the doors through which records of patients leave; types hold it everywhere else.
    TypeError: only code that goes round the types comes here."""
    if not isinstance(record, ExamRecord):
        raise TypeError("only the record of a patient is stored, printed or exported")


def age_in_years(record: Examination) -> int | None:
    """The age in completed years on the day of the examination, or None without a birth date."""
    born = record.birth_date
    if born is None:
        return None
    visit = record.encounter.started_at.date()
    return visit.year - born.year - ((visit.month, visit.day) < (born.month, born.day))

"""What an examined item can hold: one value type for each of the nine kinds, and two for what could not be given.

Every value says its kind in the record, so that a record can be mirrored, compared and checked without its form.
A side is a value of its own type and never text (clinical decision 4).
"""

from __future__ import annotations

import calendar
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from exam_app.core.model import FrozenMap, LongText, Model, Note, Token

YesNo = Literal["yes", "no", "unknown"]
FieldId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_]{0,63}(\.[RL])?$")]
"""The id of a field; a paired field carries its side at the end."""

UnableReason = Literal[
    "pain",
    "cast_or_dressing",
    "amputation",
    "consciousness",
    "cannot_cooperate",
    "language",
    "unsafe",
    "age",
    "involuntary_movement",
    "other",
]
"""Why an item could not be tested (clinical decisions 1 and 5)."""


class GradeValue(Model):
    """A grade as its printed token, with the scale and the scale's version that it was graded on."""

    kind: Literal["grade"] = "grade"
    token: Token
    scale: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+/[A-Za-z0-9.]+$")]


class ChoiceValue(Model):
    """One of the answers that the form offers."""

    kind: Literal["choice"] = "choice"
    token: Token


class FlagsValue(Model):
    """Marks answered yes, no or unknown. A mark that is absent was not asked."""

    kind: Literal["flags"] = "flags"
    flags: FrozenMap[Token, YesNo] = Key(min_length=1)


class NumberValue(Model):
    """A number, with `of` for n of N, `over` for a pair (168/102), `to` for a range (60-90), and its unit where one
    was chosen.
    """

    kind: Literal["number"] = "number"
    number: Annotated[float, Key(allow_inf_nan=False)]
    of: Annotated[int, Key(ge=1)] | None = None
    over: Annotated[float, Key(allow_inf_nan=False)] | None = None
    to: Annotated[float, Key(allow_inf_nan=False)] | None = None
    unit: Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]{1,16}$")] | None = None


class CannotValue(Model):
    """Tried, and could not. A finding, and abnormal; not the same as unable to test."""

    kind: Literal["cannot"] = "cannot"


class SideValue(Model):
    """A side of the patient, both, or none."""

    kind: Literal["side"] = "side"
    side: Literal["R", "L", "both", "none"]


class TextValue(Model):
    """The examiner's words, as typed."""

    kind: Literal["text"] = "text"
    text: LongText


_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?$")


def _possible_date(text: str) -> str:
    found = _DATE.match(text)
    if found is not None:
        year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
        days = calendar.monthrange(year or 1, month)[1] if year and month and 1 <= month <= 12 else 0
        in_month = month is None or (1 <= month <= 12 and (day is None or 1 <= day <= days))
        in_day = hour is None or (0 <= hour <= 23 and minute is not None and 0 <= minute <= 59)
        if year and 1850 <= year <= 2200 and in_month and in_day:
            return text
    raise PydanticCustomError("date", "not a date; write 2026, 2026-11 or 2026-11-22")


class DateValue(Model):
    """A date, possibly partial: `2019`, `2021-08`, `2021-08-03`, `2026-11-22T09:20`."""

    kind: Literal["date"] = "date"
    date: Annotated[str, AfterValidator(_possible_date)]


class UnableValue(Model):
    """A field that could not be tested, and why; text where the reason is `other`."""

    kind: Literal["unable"] = "unable"
    reason: UnableReason
    text: Note | None = None


class GroupValue(Model):
    """The fields that were given; a field that is absent was not recorded."""

    kind: Literal["group"] = "group"
    fields: FrozenMap[FieldId, Value] = Key(min_length=1)


class ListValue(Model):
    """The entries in order. No entries means "none": asked and denied."""

    kind: Literal["list"] = "list"
    entries: tuple[GroupValue, ...]


Value = Annotated[
    GradeValue
    | ChoiceValue
    | FlagsValue
    | NumberValue
    | CannotValue
    | SideValue
    | TextValue
    | DateValue
    | UnableValue
    | GroupValue
    | ListValue,
    Key(discriminator="kind"),
]

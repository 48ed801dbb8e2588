"""The exposure check: what the dates of the drugs in the history allow to be said, and what they do not.

Every answer is one of three: it holds, it does not hold, or it is not known. A partial date is a stretch of days
("2025-09" is any day of that month), and what was not asked is not known; nothing is guessed. A drug that is in no list
is kept as typed, and nothing is said about its group. Definitions: clinical/05 §5.2. Nothing here names a cause.
"""

from __future__ import annotations

import calendar
import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from exam_app.core.form.drugs import DrugList, Known, Window, find
from exam_app.core.form.form import Form
from exam_app.core.record.record import Examination, Examined, age_in_years
from exam_app.core.record.values import ChoiceValue, DateValue, GroupValue, ListValue, NumberValue, TextValue, Value

EXPOSURES = "history.exposures"
ONSET = "history.onset"

State = Literal["holds", "does_not_hold", "unknown"]
Missing = Literal["drug", "start", "stop", "onset", "age", "dose_change", "restart", "exposures"]
"""What would have to be recorded, or recorded to the day, for an answer."""

CHANGE_MONTHS = 3
"""The form asks for changes of dose within so many months before the examination."""


@dataclass(frozen=True, slots=True)
class Days:
    """A day that is known no better than from `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date

    @property
    def is_exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    def until(self, day: datetime.date) -> Days:
        """The part up to a day, where there is one: a month that has only begun has no later days yet."""
        return Days(self.first, min(self.last, day)) if self.first <= day else self


@dataclass(frozen=True, slots=True)
class Moment:
    """A start, stop or change. `is_told`: it happened; otherwise it may have. `asks` is what would settle it."""

    days: Days
    asks: Missing
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """One of three answers and what is missing for one of the other two."""

    state: State
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What an exposure is held against: the day of the examination, the onset of the movement, the age in years."""

    examined_on: datetime.date
    onset: str | None = None
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Exposure:
    """One entry of the history. `recorded` is the drug as it was typed, `known` the drug of a list.

    `recent`: taken within the months before the examination that its list names. `windows` are those of the list that
    are meant for its group, in their order. `after_onset`: the start lies after the recorded onset of the movement.
    """

    recorded: str | None
    known: Known | None
    start: str | None
    stop: str | None
    recent: Answer
    windows: tuple[tuple[Window, Answer], ...]
    after_onset: Answer

    @property
    def flag(self) -> Answer:
        """Whether it counts for "exposed to a dopamine blocker": recently, or for as long as a tardive window asks."""
        if self.known is None:
            return Answer("unknown", ("drug",))
        if not self.known.is_blocker:
            return Answer("does_not_hold")
        long = (answer for window, answer in self.windows if window.counts == "exposure")
        return either([self.recent, *long])


@dataclass(frozen=True, slots=True)
class Check:
    """Every exposure of a record. `flag`: exposed to a dopamine blocker, as `Exposure.flag`, by any of them."""

    exposures: tuple[Exposure, ...]
    flag: Answer


def check(record: Examination, form: Form) -> Check:
    """The exposures of a record, held against its examination."""
    finding = record.findings.get(EXPOSURES)
    if not isinstance(finding, Examined) or not isinstance(finding.value, ListValue):
        return Check((), Answer("unknown", ("exposures",)))
    setting = setting_of(record)
    found = tuple(exposure(entry.fields, form.drugs, setting) for entry in finding.value.entries)
    return Check(found, either(each.flag for each in found))


def setting_of(record: Examination) -> Setting:
    """What the exposures of a record are held against."""
    finding = record.findings.get(ONSET)
    fields = finding.value.fields if isinstance(finding, Examined) and isinstance(finding.value, GroupValue) else {}
    return Setting(record.encounter.started_at.date(), _date(fields, "date"), age_in_years(record))


def exposure(entry: Mapping[str, Value], lists: Mapping[str, DrugList], setting: Setting) -> Exposure:
    """One entry of the history by its fields."""
    drug = entry.get("drug")
    recorded = drug.text if isinstance(drug, TextValue) else None
    known = find(lists, recorded) if recorded is not None else None
    told = _Told(entry, setting)
    windows: tuple[tuple[Window, Answer], ...] = ()
    recent = Answer("unknown", ("drug",))
    if known is not None:
        meant = (window for window in known.source.windows if known.is_blocker or not window.blockers_only)
        windows = tuple((window, told.window(window)) for window in meant)
        recent = told.within(known.source.exposure_months)
    return Exposure(recorded, known, told.start_text, told.stop_text, recent, windows, told.after_onset())


def either(answers: Iterable[Answer]) -> Answer:
    """Holds where one of them does; does not hold where none does, also where there are none."""
    given = list(answers)
    states = {answer.state for answer in given}
    if "holds" in states:
        return Answer("holds")
    if "unknown" not in states:
        return Answer("does_not_hold")
    return Answer("unknown", tuple(dict.fromkeys(each for answer in given for each in answer.missing)))


class _Told:
    """What one entry tells about when the drug was taken, and the answers that follow."""

    def __init__(self, entry: Mapping[str, Value], setting: Setting) -> None:
        self._entry, self._setting = entry, setting
        self.start_text, self.stop_text = _date(entry, "start"), _date(entry, "stop")
        self._today = setting.examined_on
        self._start = self._days(self.start_text)
        self._ends = self._end()
        self._onset_text = setting.onset
        self._latency = _length_in_days(entry.get("latency"))
        self._again = self._days(_date(entry, "restarted"))
        self._has_gap = self._again is not None or _token(entry, "stopped_and_restarted") in ("yes", "unknown")

    def _days(self, text: str | None) -> Days | None:
        return days_of(text).until(self._today) if text is not None else None

    def _end(self) -> Days:
        """The last day on which the drug was taken, by the day of the examination."""
        stop = self._days(self.stop_text)
        if stop is not None:
            return Days(min(stop.first, self._today), min(stop.last, self._today))
        if _token(self._entry, "still_taken") == "yes":
            return Days(self._today, self._today)
        last_dose = self._days(_date(self._entry, "last_dose"))
        taken = [days.first for days in (self._start, last_dose) if days is not None]
        return Days(min(max(taken, default=datetime.date.min), self._today), self._today)

    @property
    def _stop_is_open(self) -> bool:
        return self.stop_text is None and _token(self._entry, "still_taken") != "yes"

    # Windows -------------------------------------------------------------------------------------------------------

    def window(self, window: Window) -> Answer:
        """Whether the movement, or the length of the exposure, lies within a window."""
        if window.counts == "exposure":
            return self._long_enough(window)
        if window.counts == "start_or_raise":
            return either([self._from_start(window), *self._from_moments(window, self._further_starts())])
        return either(self._from_moments(window, self._stops()))

    def _long_enough(self, window: Window) -> Answer:
        """The length of the exposure up to the examination, whatever the onset."""
        age, least = self._setting.age, window.age_from
        if window.min is None or (least is not None and age is not None and age < least):
            return Answer("does_not_hold")
        start = self._start or Days(datetime.date.min, self._ends.last)
        missing: list[Missing] = []
        if moved(start.first, window.min) > self._ends.last:
            return Answer("does_not_hold")
        if self._again is not None and moved(self._again.last, window.min) <= self._ends.first:
            start = self._again
        elif self._has_gap:
            missing.append("restart")
        if moved(start.last, window.min) > self._ends.first:
            missing += self._what_is_open(start)
        if least is not None and age is None:
            missing.append("age")
        return Answer("unknown", tuple(missing)) if missing else Answer("holds")

    def _what_is_open(self, start: Days) -> list[Missing]:
        """Which end of the exposure is not known to the day."""
        found: list[Missing] = []
        if self._start is None or not start.is_exact:
            found.append("start")
        if not self._ends.is_exact:
            found.append("stop")
        return found

    def _from_start(self, window: Window) -> Answer:
        """The window from the first start; a latency that was told needs no dates."""
        if self._latency is not None:
            day = self._today
            onset = Days(*(day + datetime.timedelta(days=days) for days in self._latency))
            return _held(window, Moment(Days(day, day), "start"), onset, ("onset",))
        start = Moment(self._start, "start") if self._start is not None else self._at_any_time("start")
        return self._from(window, start)

    def _at_any_time(self, asks: Missing) -> Moment:
        return Moment(Days(datetime.date.min, self._today), asks, is_told=False)

    def _from_moments(self, window: Window, moments: Iterable[Moment]) -> list[Answer]:
        return [self._from(window, moment) for moment in moments]

    def _from(self, window: Window, moment: Moment) -> Answer:
        onset, missing = self._onset()
        return _held(window, moment, onset, missing)

    def _onset(self) -> tuple[Days, tuple[Missing, ...]]:
        """The onset of the movement: by the latency from the start where both were told, else by the history."""
        if self._latency is not None and self._start is not None:
            low, high = (datetime.timedelta(days=days) for days in self._latency)
            return Days(self._start.first + low, self._start.last + high), ("start",)
        onset = self._days(self._onset_text)
        if onset is None or self._latency is not None:
            return Days(datetime.date.min, self._today), ("onset",)
        return onset, () if onset.is_exact else ("onset",)

    def _further_starts(self) -> Iterable[Moment]:
        if self._again is not None:
            yield Moment(self._again, "restart")
        elif self._has_gap:
            yield self._in_between()
        yield from self._changes("raised")

    def _stops(self) -> Iterable[Moment]:
        stop = self._days(self.stop_text)
        if stop is not None:
            yield Moment(stop, "stop")
        elif self._stop_is_open:
            yield Moment(self._ends, "stop", is_told=False)
        if self._has_gap:
            yield self._in_between()
        yield from self._changes("lowered")

    def _in_between(self) -> Moment:
        """A restart at some time while the drug was taken."""
        first = self._start.first if self._start is not None else datetime.date.min
        return Moment(Days(min(first, self._ends.last), self._ends.last), "restart", is_told=False)

    def _changes(self, direction: str) -> Iterable[Moment]:
        """A change of dose in this direction: the one that was told, or any that may have been."""
        if _token(self._entry, "changed_within_3_months") == "no":
            return
        change = self._entry.get("change")
        fields = change.fields if isinstance(change, GroupValue) else {}
        told = _token(fields, "what")
        if told not in (None, direction):
            return
        day = self._days(_date(fields, "date"))
        if day is not None:
            yield Moment(day, "dose_change", is_told=told is not None)
            return
        since = moved(self._today, f"{CHANGE_MONTHS} months", back=True)
        first = max(since, self._start.first if self._start is not None else since)
        if first <= self._ends.last:
            yield Moment(Days(first, self._ends.last), "dose_change", is_told=False)

    # Other answers -------------------------------------------------------------------------------------------------

    def within(self, months: int) -> Answer:
        """Whether the drug was taken within so many months before the examination."""
        since = moved(self._today, f"{months} months", back=True)
        if self._ends.last < since or (self._start is not None and self._start.first > self._today):
            return Answer("does_not_hold")
        return Answer("holds") if self._ends.first >= since else Answer("unknown", ("stop",))

    def after_onset(self) -> Answer:
        """Whether the drug was first taken after the recorded onset of the movement."""
        onset = self._days(self._onset_text)
        if onset is None or self._start is None:
            return Answer("unknown", ("onset",) if onset is None else ("start",))
        if onset.last < self._start.first:
            return Answer("holds")
        return Answer("does_not_hold") if onset.first >= self._start.last else Answer("unknown", ("start", "onset"))


def _held(window: Window, moment: Moment, onset: Days, missing: tuple[Missing, ...]) -> Answer:
    """Whether the onset lies in the window from a moment: on all days that both may be, on none, or on some."""
    days = moment.days
    low, high = window.min or "", window.max or ""
    if onset.last < moved(days.first, low) or (high and onset.first > moved(days.last, high)):
        return Answer("does_not_hold")
    always = onset.first >= moved(days.last, low) and (not high or onset.last <= moved(days.first, high))
    if always and moment.is_told:
        return Answer("holds")
    if not moment.is_told and moment.asks in ("dose_change", "restart"):
        # Whether there was one at all comes before its day.
        return Answer("unknown", (moment.asks,))
    asked = (moment.asks,) if not moment.is_told or not days.is_exact else ()
    return Answer("unknown", tuple(dict.fromkeys((*asked, *missing))))


# Dates -----------------------------------------------------------------------------------------------------------


def days_of(text: str) -> Days:
    """The days that a date may mean: `2019`, `2021-08`, `2021-08-03`, `2021-08-03T09:20`."""
    parts = [int(part) for part in text.partition("T")[0].split("-")]
    year, month, day = (*parts, None, None)[:3]
    if year is None:
        raise ValueError("a date has a year")
    if day is not None and month is not None:
        return Days(datetime.date(year, month, day), datetime.date(year, month, day))
    last = month or 12
    end = datetime.date(year, last, calendar.monthrange(year, last)[1])
    return Days(datetime.date(year, month or 1, 1), end)


def moved(day: datetime.date, length: str, *, back: bool = False) -> datetime.date:
    """The day so much later, or earlier with `back`: `7 d`, `3 months`; the last day of a shorter month. Without a
    length the same day."""
    if not length:
        return day
    count, unit = length.split()
    way = -int(count) if back else int(count)
    if unit in ("d", "weeks"):
        return day + datetime.timedelta(days=way * (7 if unit == "weeks" else 1))
    months = day.year * 12 + day.month - 1 + way * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_DAYS: Mapping[str | None, tuple[float, float]] = {
    "h": (1 / 24, 1 / 24),
    "d": (1, 1),
    "weeks": (7, 7),
    "months": (28, 31),
    "years": (365, 366),
}
"""The fewest and the most days of a unit."""
_MOST_DAYS = 80_000
"""Longer than any life: a longer time is told by mistake, and no date lies so far."""


def _length_in_days(value: Value | None) -> tuple[int, int] | None:
    """The fewest and the most whole days of a length of time with its unit."""
    if not isinstance(value, NumberValue) or value.unit not in _DAYS:
        return None
    low, high = _DAYS[value.unit]
    most = value.to if value.to is not None else value.number
    return min(math.floor(value.number * low), _MOST_DAYS), min(math.ceil(most * high), _MOST_DAYS)


def _date(fields: Mapping[str, Value], name: str) -> str | None:
    value = fields.get(name)
    return value.date if isinstance(value, DateValue) else None


def _token(fields: Mapping[str, Value], name: str) -> str | None:
    value = fields.get(name)
    return value.token if isinstance(value, ChoiceValue) else None

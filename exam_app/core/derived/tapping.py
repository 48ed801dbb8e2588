"""Counting events by tapping: the counter itself, and the rate and intervals that follow from what it recorded.

Duration and times are data; rate and intervals are worked out from them and never typed. Times are seconds from the
start, to a tenth: a hand is no more exact. The clock is passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from exam_app.core.form.kinds import Field, GroupKind, Item, ListKind
from exam_app.core.record.values import GroupValue, ListValue, NumberValue, UnableValue, Value
from exam_app.core.words import _, ngettext

SECONDS, EVENTS, COUNT, AT = "seconds", "events", "count", "at"
"""The fields of a group with the layout `tap_counter`: how long, the times of the events, and their number alone."""
DECIMALS = 1

Clock = Callable[[], int]
"""Milliseconds since some moment; never runs backwards."""


class Counter:
    """Events tapped while it runs. A new start begins again at 0."""

    def __init__(self, clock: Clock) -> None:
        """Stopped, without events."""
        self._clock = clock
        self._started: int | None = None
        self._elapsed = 0
        self._taps: list[int] = []

    @property
    def is_running(self) -> bool:
        """Whether it was started and not yet stopped."""
        return self._started is not None

    @property
    def elapsed(self) -> float:
        """Seconds since the start, or between start and stop."""
        return (self._elapsed if self._started is None else self._clock() - self._started) / 1000

    @property
    def taps(self) -> int:
        """How many events there are."""
        return len(self._taps)

    def start(self) -> None:
        """Begin at 0."""
        self._started, self._elapsed, self._taps = self._clock(), 0, []

    def tap(self) -> None:
        """An event, now; nothing where it does not run."""
        if self._started is not None:
            self._taps.append(self._clock() - self._started)

    def take_back(self) -> None:
        """The last tap was none."""
        if self._started is not None and self._taps:
            self._taps.pop()

    def stop(self) -> GroupValue:
        """Stop, and give duration and times as the value of the group."""
        if self._started is not None:
            self._elapsed, self._started = self._clock() - self._started, None
        at = tuple(GroupValue(fields={AT: _seconds(tap)}) for tap in self._taps)
        return GroupValue(fields={SECONDS: _seconds(self._elapsed), EVENTS: ListValue(entries=at)})


def _seconds(milliseconds: int) -> NumberValue:
    return NumberValue(number=round(milliseconds / 1000, DECIMALS))


@dataclass(frozen=True, slots=True)
class Tapped:
    """What was recorded, and what follows: events a minute, and the intervals between events in seconds. An absent
    number cannot be worked out."""

    count: int
    seconds: float | None
    per_minute: float | None
    shortest: float | None
    median: float | None
    longest: float | None


def tapped(value: Value | None) -> Tapped | None:
    """What follows from the value of a counter's group; None where the number of events is not recorded."""
    fields = value.fields if isinstance(value, GroupValue) else {}
    times = _times(fields.get(EVENTS))
    count = len(times) if times is not None else _number(fields.get(COUNT))
    if count is None:
        return None
    seconds = _number(fields.get(SECONDS))
    between = [round(later - earlier, DECIMALS) for earlier, later in pairwise(times or [])]
    return Tapped(
        count=int(count),
        seconds=seconds,
        per_minute=round(count * 60 / seconds, DECIMALS) if seconds else None,
        shortest=min(between, default=None),
        median=round(median(between), DECIMALS) if between else None,
        longest=max(between, default=None),
    )


def _times(value: Value | None) -> list[float] | None:
    """The times in their order; None where they are not all recorded."""
    if not isinstance(value, ListValue):
        return None
    times = [_number(entry.fields.get(AT)) for entry in value.entries]
    known = [time for time in times if time is not None]
    return sorted(known) if len(known) == len(times) else None


def _number(value: Value | None) -> float | None:
    return value.number if isinstance(value, NumberValue) else None


def tapped_text(value: Value | None) -> str | None:
    """A count in words: `12 events in 60 s (12 a minute; intervals 2.1 to 9.0 s, median 4.8 s)`. None where the number
    of events is not recorded, or a field could not be."""
    found = tapped(value)
    fields = value.fields.values() if isinstance(value, GroupValue) else ()
    if found is None or any(isinstance(field, UnableValue) for field in fields):
        return None
    events = ngettext("{count} event", "{count} events", found.count).format(count=found.count)
    if found.count == 0:
        events = _("no events")
    text = events
    if found.seconds is not None:
        text = _("{events} in {seconds} s").format(events=events, seconds=_plain(found.seconds))
    follows = "; ".join(_follows(found))
    return _("{counted} ({follows})").format(counted=text, follows=follows) if follows else text


def _follows(found: Tapped) -> Iterator[str]:
    if found.per_minute is not None and found.count > 0:
        yield _("{rate} a minute").format(rate=_plain(found.per_minute))
    if found.shortest is None or found.longest is None or found.median is None:
        return
    if found.count == 2:
        yield _("interval {interval} s").format(interval=_exact(found.median))
    else:
        yield _("intervals {shortest} to {longest} s, median {median} s").format(
            shortest=_exact(found.shortest), longest=_exact(found.longest), median=_exact(found.median)
        )


def _plain(number: float) -> str:
    return f"{number:.{DECIMALS}f}".removesuffix(".0")


def _exact(number: float) -> str:
    return f"{number:.{DECIMALS}f}"


def is_counter(field: Field | Item) -> bool:
    """Whether a field is counted by tapping."""
    return isinstance(field, GroupKind) and field.layout == "tap_counter"


def faults(field: Field | Item) -> Iterator[str]:
    """Why a field with the layout `tap_counter` cannot be one."""
    if not isinstance(field, GroupKind) or not is_counter(field):
        return
    kinds = {SECONDS: "number", EVENTS: "list", COUNT: "number"}
    for name, kind in kinds.items():
        inner = field.by_id.get(name)
        if inner is None or inner.kind != kind:
            yield f"'{field.id}' is a tap_counter; give it the {kind} '{name}'"
    events = field.by_id.get(EVENTS)
    if isinstance(events, ListKind) and (events.main != AT or events.by_id.get(AT) is None):
        yield f"'{field.id}' is a tap_counter; its list '{EVENTS}' has the number '{AT}' as its main field"
    if not {EVENTS, COUNT} <= set(field.exclusive):
        yield f"'{field.id}' is a tap_counter; write 'exclusive: [{EVENTS}, {COUNT}]'"

"""Counting by tapping: what is recorded, what follows from it, and how it is said for none, one and many."""

from __future__ import annotations

import pytest

from exam_app.core.derived.tapping import Counter, faults, tapped, tapped_text
from exam_app.core.files.findings_file import read_findings
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import GroupField, ListField, ListKind, NumberField
from exam_app.core.record.record import ExamRecord
from exam_app.core.record.values import GroupValue, ListValue, NumberValue, UnableValue, Value
from exam_app.core.wording.value_words import value_text

MINUTE = "{seconds: 60, events: [3.1, 8.0, 10.1, 19.1]}"


class Hand:
    """A clock that is moved by hand, in milliseconds."""

    def __init__(self) -> None:
        self.now = 5_000

    def __call__(self) -> int:
        return self.now


def numbers(*at: float) -> ListValue:
    return ListValue(entries=tuple(GroupValue(fields={"at": NumberValue(number=one)}) for one in at))


def counted(seconds: float | None, events: Value | None = None, count: float | None = None) -> GroupValue:
    fields: dict[str, Value] = {}
    if seconds is not None:
        fields["seconds"] = NumberValue(number=seconds)
    if events is not None:
        fields["events"] = events
    if count is not None:
        fields["count"] = NumberValue(number=count)
    return GroupValue(fields=fields)


def recorded(form: Form, timed: str) -> ExamRecord:
    text = (
        "scope: full\npatient: {family_name: Specimen}\nencounter: {started_at: '2026-11-22T09:20:00+01:00'}\n"
        f"movements:\n  - {{phenomenology: chorea, source: observed}}\n"
        f"  - {{phenomenology: myoclonus, source: observed, timed: {timed}}}\n"
    )
    return read_findings(text.encode(), "one.yaml", form)


def timed_field(form: Form) -> GroupField:
    item = form.items["movements.entries"]
    assert isinstance(item, ListKind)
    field = item.by_id["timed"]
    assert isinstance(field, GroupField)
    return field


def test_a_counter_records_duration_and_times_from_the_start() -> None:
    clock = Hand()
    counter = Counter(clock)
    counter.tap()
    assert (counter.is_running, counter.taps) == (False, 0)
    counter.start()
    for now in (6_249, 9_000, 9_100):
        clock.now = now
        counter.tap()
    counter.take_back()
    clock.now = 15_012
    assert (counter.is_running, counter.taps, counter.elapsed) == (True, 2, 10.012)
    assert counter.stop() == counted(10.0, numbers(1.2, 4.0))
    clock.now = 99_000
    assert (counter.is_running, counter.elapsed) == (False, 10.012)


def test_a_second_start_begins_at_nothing() -> None:
    clock = Hand()
    counter = Counter(clock)
    counter.start()
    counter.tap()
    counter.stop()
    clock.now = 20_000
    counter.start()
    assert (counter.taps, counter.elapsed) == (0, 0)
    counter.take_back()
    clock.now = 21_000
    assert counter.stop() == counted(1, numbers())


def test_rate_and_intervals_follow_from_the_times_in_any_order() -> None:
    found = tapped(counted(60, numbers(8.0, 3.1, 19.1, 10.1)))
    assert found is not None
    assert (found.count, found.seconds, found.per_minute) == (4, 60, 4)
    assert (found.shortest, found.median, found.longest) == (2.1, 4.9, 9.0)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            counted(60, numbers(3.1, 8.0, 10.1, 19.1)),
            "4 events in 60 s (4 a minute; intervals 2.1 to 9.0 s, median 4.9 s)",
        ),
        (counted(60, count=12), "12 events in 60 s (12 a minute)"),
        (counted(90, numbers(4, 8.5)), "2 events in 90 s (1.3 a minute; interval 4.5 s)"),
        (counted(60, numbers(4)), "1 event in 60 s (1 a minute)"),
        (counted(30, count=1), "1 event in 30 s (2 a minute)"),
        (counted(60, numbers()), "no events in 60 s"),
        (counted(60, count=0), "no events in 60 s"),
        (counted(None, numbers(1, 3, 4)), "3 events (intervals 1.0 to 2.0 s, median 1.5 s)"),
        (counted(None, count=3), "3 events"),
        (counted(0, count=3), "3 events in 0 s"),
        (counted(60), None),
        (GroupValue(fields={"seconds": UnableValue(reason="pain"), "count": NumberValue(number=3)}), None),
    ],
)
def test_a_count_is_said_for_none_one_and_many(value: GroupValue, said: str | None) -> None:
    assert tapped_text(value) == said


def test_the_form_has_a_counter_without_fault(form: Form) -> None:
    assert list(faults(timed_field(form))) == []


def test_a_counter_without_its_fields_is_refused() -> None:
    number = NumberField(kind="number", id="at", label="At", max=9)
    events = ListField(kind="list", id="events", label="Events", fields=(number,))
    bare = GroupField(kind="group", id="timed", label="Timed", layout="tap_counter", fields=(events,))
    assert list(faults(bare)) == [
        "'timed' is a tap_counter; give it the number 'seconds'",
        "'timed' is a tap_counter; give it the number 'count'",
        "'timed' is a tap_counter; its list 'events' has the number 'at' as its main field",
        "'timed' is a tap_counter; write 'exclusive: [events, count]'",
    ]
    assert list(faults(bare.model_copy(update={"layout": None}))) == []


def test_a_findings_file_gives_times_or_a_count_alone(form: Form) -> None:
    field = timed_field(form)
    for timed, said in (
        (MINUTE, "4 events in 60 s (4 a"),
        ("{seconds: 30, count: 7}", "7 events in 30 s (14 a minute)"),
    ):
        finding = recorded(form, timed).findings["movements.entries"]
        assert finding.state == "examined" and isinstance(finding.value, ListValue)
        assert value_text(field, finding.value.entries[1].fields["timed"], form).startswith(said)

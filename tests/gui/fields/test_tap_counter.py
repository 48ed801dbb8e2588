"""The tap counter: started, tapped, taken back and stopped by keyboard; nothing counted is lost; all can be typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, ListItem
from exam_app.core.record.values import GroupValue, ListValue, NumberValue, Value
from exam_app.gui.entries.entries_view import EntriesView
from exam_app.gui.fields.tap_counter import TapCounter, TimesEditor
from exam_app.gui.parts.theme import DARK, LIGHT, theme
from tests.gui.fields.conftest import Show, Shown, in_window
from tests.gui.fields.read_back import read_back

SPACE, ENTER, BACKSPACE, ESCAPE, TAB = (
    Qt.Key.Key_Space,
    Qt.Key.Key_Return,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
)


class Hand:
    """A clock that is moved by hand, in milliseconds."""

    def __init__(self) -> None:
        self.now = 70_000

    def __call__(self) -> int:
        return self.now


def timed_field(form: Form) -> Field:
    item = form.items["movements.entries"]
    assert isinstance(item, ListItem)
    return item.by_id["timed"]


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def shown(form: Form, show: Show, clock: Hand) -> Shown:
    return show(timed_field(form), clock=clock)


def counter_of(shown: Shown) -> TapCounter:
    assert isinstance(shown.editor, TapCounter)
    return shown.editor


def counted(seconds: float, *at: float) -> GroupValue:
    times = tuple(GroupValue(fields={"at": NumberValue(number=one)}) for one in at)
    return GroupValue(fields={"seconds": NumberValue(number=seconds), "events": ListValue(entries=times)})


def test_space_starts_and_counts_and_enter_stops_and_records(shown: Shown, clock: Hand) -> None:
    counter = counter_of(shown)
    shown.type(SPACE)
    for now in (73_120, 78_000, 80_050):
        clock.now = now
        shown.type(SPACE)
    assert shown.told == []
    clock.now = 100_000
    shown.type(ENTER)
    assert shown.told == [counted(30, 3.1, 8.0, 10.1)]
    assert counter.result.text() == "3 events in 30 s (6 a minute; intervals 2.1 to 4.9 s, median 3.5 s)"
    assert read_back(counter) == shown.last


def test_a_press_counts_when_the_button_goes_down(shown: Shown, clock: Hand) -> None:
    counter = counter_of(shown)
    middle = QPoint(10, 10)
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(counter.tap_button, left, plain, middle)
    clock.now += 2_000
    QTest.mousePress(counter.tap_button, left, plain, middle)
    clock.now += 5_000
    QTest.mouseRelease(counter.tap_button, left, plain, middle)
    QTest.mouseClick(counter.stop_button, left, plain, middle)
    assert shown.last == counted(7, 2.0)


def test_a_key_that_is_held_down_counts_once(shown: Shown) -> None:
    counter = counter_of(shown)
    shown.type(SPACE, SPACE)
    held = QKeyEvent(QEvent.Type.KeyPress, SPACE, Qt.KeyboardModifier.NoModifier, " ", True)
    QApplication.sendEvent(counter.tap_button, held)
    assert counter.state.text() == "● Counting: 1 event"


def test_backspace_takes_the_last_tap_back(shown: Shown, clock: Hand) -> None:
    shown.type(SPACE)
    for _tap in range(2):
        clock.now += 1_000
        shown.type(SPACE)
    shown.type(BACKSPACE)
    assert counter_of(shown).state.text() == "● Counting: 1 event"
    clock.now += 8_000
    shown.type(ENTER)
    assert shown.last == counted(10, 1.0)
    shown.type(BACKSPACE)
    assert len(shown.told) == 1


def test_nothing_tapped_is_recorded_as_no_events(shown: Shown, clock: Hand) -> None:
    shown.type(SPACE)
    clock.now += 60_000
    shown.type(ENTER)
    assert shown.last == counted(60)
    assert counter_of(shown).result.text() == "no events in 60 s"


def test_the_running_state_is_said_in_words_and_by_what_can_be_pressed(shown: Shown, clock: Hand) -> None:
    counter = counter_of(shown)
    before = (counter.tap_button.text(), counter.stop_button.isEnabled(), counter.state.isVisible())
    shown.type(SPACE)
    clock.now += 65_200
    shown.type(SPACE)
    assert before == ("Start counting", False, False)
    assert (counter.tap_button.text(), counter.stop_button.isEnabled()) == ("Tap for each event", True)
    assert counter.state.isVisible() and counter.face.text() == "1:05.2"
    assert "1 event." in counter.tap_button.accessibleDescription()
    shown.type(ENTER)
    assert counter.tap_button.text() == "Start counting" and not counter.state.isVisible()
    assert counter.tap_button.hasFocus()


def test_leaving_the_section_stops_and_records(shown: Shown, clock: Hand) -> None:
    counter = counter_of(shown)
    shown.type(SPACE)
    clock.now += 4_000
    shown.type(SPACE)
    clock.now += 6_000
    counter.hide()
    assert shown.told == [counted(10, 4.0)]
    assert not counter.is_running


def test_a_commit_stops_and_records_once(shown: Shown, clock: Hand) -> None:
    shown.type(SPACE)
    clock.now += 10_000
    counter_of(shown).commit()
    counter_of(shown).commit()
    assert shown.told == [counted(10)]


def test_a_second_count_takes_the_place_of_the_first_when_it_stops(shown: Shown, clock: Hand) -> None:
    shown.type(SPACE)
    clock.now += 10_000
    shown.type(ENTER, SPACE)
    assert len(shown.told) == 1
    clock.now += 5_000
    shown.type(SPACE, ENTER)
    assert shown.told == [counted(10), counted(5, 5.0)]


def open_by_hand(shown: Shown) -> TapCounter:
    counter = counter_of(shown)
    (heading,) = counter.headings
    heading.setFocus()
    if not heading.isChecked():
        shown.type(ENTER)
    return counter


def test_a_count_can_be_typed_and_what_follows_is_said(shown: Shown) -> None:
    counter = open_by_hand(shown)
    counter.row("seconds").editor.setFocus()
    shown.type("6", "0", TAB, TAB, "1", "2", ENTER)
    assert shown.last == GroupValue(fields={"seconds": NumberValue(number=60), "count": NumberValue(number=12)})
    assert counter.result.text() == "12 events in 60 s (12 a minute)"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("3.1, 8 10.05", None), ("3.1, 8  10.1", (3.1, 8, 10.1)), ("none", ()), ("soon", None), ("4", (4,))],
)
def test_times_can_be_typed_in_one_line(shown: Shown, typed: str, wanted: tuple[float, ...] | None) -> None:
    counter = open_by_hand(shown)
    times = counter.row("events").editor
    assert isinstance(times, TimesEditor)
    times.setFocus()
    QTest.keyClicks(times.line, typed)
    shown.type(ENTER)
    if wanted is None:
        assert shown.told == []
        assert times.hint.text() == "Seconds from the start, such as 3.1, 8.0, 12.4; or none"
        assert times.written() == typed
        return
    last = shown.last
    assert isinstance(last, GroupValue)
    assert last.fields["events"] == counted(1, *wanted).fields["events"]


def test_a_typed_count_takes_the_place_of_the_times(shown: Shown) -> None:
    counter = counter_of(shown)
    counter.show_value(counted(30, 1.0, 2.0))
    counter.row("count").editor.setFocus()
    shown.type("5", ENTER)
    assert shown.last == GroupValue(fields={"seconds": NumberValue(number=30), "count": NumberValue(number=5)})


@pytest.fixture
def entries(form: Form, qtbot: QtBot) -> Iterator[EntriesView]:
    item = form.items["movements.entries"]
    assert isinstance(item, ListItem)
    view = EntriesView("movements.entries", item, form)
    window = in_window(qtbot, view)
    yield view
    window.close()


def test_escape_to_the_list_of_movements_stops_and_records(entries: EntriesView) -> None:
    told: list[Value | None] = []
    entries.answered.connect(lambda _address, value: told.append(value))
    entries.add_entry()
    counter = entries.editor.row("timed").editor
    assert isinstance(counter, TapCounter)
    counter.setFocus()
    QTest.keyClick(counter.tap_button, SPACE)
    QTest.keyClick(counter.tap_button, SPACE)
    QTest.keyClick(counter.tap_button, ESCAPE)
    assert entries.list.hasFocus()
    (value,) = told
    assert isinstance(value, ListValue)
    recorded = value.entries[0].fields["timed"]
    assert isinstance(recorded, GroupValue)
    assert set(recorded.fields) == {"seconds", "events"}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("width", [420, 1100])
def test_no_word_of_the_counter_is_clipped_at_twice_the_text_size(
    form: Form, show: Show, palette: object, width: int
) -> None:
    theme().show(DARK if palette is DARK else LIGHT, 2.0)
    shown = show(timed_field(form), width=width)
    counter = counter_of(shown)
    shown.type(SPACE, SPACE)
    QApplication.processEvents()
    for part in (counter.tap_button, counter.stop_button, counter.undo_button):
        assert part.width() >= QFontMetrics(part.font()).horizontalAdvance(part.text()), part.text()
    assert counter.tap_button.height() >= theme().px(56)
    shown.type(ENTER)

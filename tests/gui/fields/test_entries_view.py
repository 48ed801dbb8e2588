"""Movement entries by the keyboard: add, describe, go back, remove; what is told and what is shown."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ListItem
from exam_app.core.record.record import Examined, Unable
from exam_app.core.record.values import ChoiceValue, GroupValue, ListValue, TextValue, Value
from exam_app.gui.entries.entries_view import EntriesView
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.fields.tap_counter import TapCounter
from exam_app.gui.parts.focus import tab_stops
from exam_app.gui.parts.theme import theme
from tests.full_record import full_record
from tests.gui.fields.conftest import in_window
from tests.gui.fields.test_keys import site
from tests.gui.screens import settle

INSERT, DELETE, ENTER, ESCAPE = Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Escape
TAB, UP, DOWN, SPACE = Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space


def movement(token: str) -> GroupValue:
    return GroupValue(fields={"phenomenology": ChoiceValue(token=token)})


def entered(*entries: GroupValue) -> Examined:
    return Examined(entered="typed", value=ListValue(entries=entries))


class Entries:
    """The view in a window, with what it told."""

    def __init__(self, view: EntriesView, window: QWidget) -> None:
        self.view, self.window = view, window
        self.told: list[tuple[str, object]] = []
        view.answered.connect(self._on_answered)

    def _on_answered(self, address: str, value: object) -> None:
        self.told.append((address, value))

    @property
    def last(self) -> object:
        return self.told[-1][1]

    @property
    def lines(self) -> list[str]:
        return [self.view.list.item(row).text() for row in range(self.view.list.count())]

    def type(self, *keys: str | Qt.Key) -> None:
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)


@pytest.fixture
def shown(qtbot: QtBot, form: Form) -> Entries:
    item = form.items["movements.entries"]
    assert isinstance(item, ListItem)
    view = EntriesView("movements.entries", item, form)
    window = in_window(qtbot, view, 1000)
    view.setFocus()
    return Entries(view, window)


@pytest.mark.parametrize("key", ["a", INSERT])
def test_an_entry_is_added_and_recorded_with_its_first_answer(shown: Entries, key: str | Qt.Key) -> None:
    shown.type(key)
    assert shown.told == []
    assert shown.lines == ["New entry"]
    shown.type("1")
    assert shown.told == [("movements.entries", ListValue(entries=(movement("dystonia"),)))]
    assert shown.lines == ["dystonia"]


def test_the_form_of_an_entry_is_not_made_before_there_is_one(shown: Entries) -> None:
    assert shown.view.findChildren(GroupEditor) == []
    shown.type("a")
    assert shown.view.editor.isVisible()


def test_an_entry_is_described_without_the_mouse(shown: Entries) -> None:
    shown.type("a", "1", TAB, "n", Qt.Key.Key_Right, Qt.Key.Key_Right, SPACE, TAB, "1")
    assert isinstance(shown.last, ListValue)
    fields = shown.last.entries[0].fields
    assert fields["sites"] == ListValue(entries=(site("neck", "L"),))
    assert fields["source"] == ChoiceValue(token="observed")
    assert shown.lines == ["dystonia · observed · neck (left side)"]


def test_a_two_digit_movement_is_chosen_while_the_record_answers(shown: Entries) -> None:
    shown.view.answered.connect(lambda _address, value: shown.view.show_finding(Examined(entered="typed", value=value)))
    shown.type("a", "1", "2")
    assert shown.lines == ["chorea"]


def test_escape_goes_back_to_the_list_and_the_arrows_choose(shown: Entries) -> None:
    shown.view.show_finding(entered(movement("dystonia"), movement("chorea")))
    shown.type(DOWN, ENTER)
    assert shown.view.editor.value() == movement("chorea")
    assert not shown.view.list.hasFocus()
    shown.type(ESCAPE)
    assert shown.view.list.hasFocus()
    shown.type(UP)
    assert shown.view.editor.value() == movement("dystonia")
    assert shown.told == []


def test_delete_in_the_list_removes_the_chosen_entry_and_the_last_leaves_nothing(shown: Entries) -> None:
    shown.view.show_finding(entered(movement("dystonia"), movement("chorea")))
    shown.type(DELETE)
    assert shown.last == ListValue(entries=(movement("chorea"),))
    shown.type(DELETE)
    assert shown.last is None
    assert shown.lines == []


def test_a_new_entry_that_was_never_answered_is_no_part_of_the_record(shown: Entries) -> None:
    shown.view.show_finding(entered(movement("dystonia")))
    shown.type("a", ESCAPE, UP)
    assert shown.told == []
    assert shown.lines == ["dystonia"]


def test_what_is_typed_belongs_to_the_entry_it_was_typed_in(shown: Entries) -> None:
    shown.view.show_finding(entered(movement("dystonia"), movement("chorea")))
    line = shown.view.editor.row("improves_with").editor.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "rest")
    shown.view.list.setCurrentRow(1)
    rested = GroupValue(fields={**movement("dystonia").fields, "improves_with": TextValue(text="rest")})
    assert shown.last == ListValue(entries=(rested, movement("chorea")))
    assert shown.view.editor.value() == movement("chorea")
    assert line.text() == ""


def test_none_is_an_answer_of_its_own_and_can_be_taken_back(shown: Entries) -> None:
    QTest.mouseClick(shown.view.none_button, Qt.MouseButton.LeftButton)
    assert shown.last == ListValue(entries=())
    assert shown.view.none_button.isChecked()
    QTest.mouseClick(shown.view.none_button, Qt.MouseButton.LeftButton)
    assert shown.last is None


def test_none_cannot_wipe_out_entries(shown: Entries) -> None:
    shown.view.show_finding(entered(movement("dystonia")))
    QTest.mouseClick(shown.view.none_button, Qt.MouseButton.LeftButton)
    assert shown.told == []


def test_a_reason_in_place_of_entries_is_said(shown: Entries) -> None:
    shown.view.show_finding(Unable(entered="typed", reason="consciousness"))
    assert shown.view.state.text() == "unable: reduced consciousness"
    assert shown.told == []


def test_letters_that_mean_nothing_to_the_list_go_on_to_the_screen(qtbot: QtBot, shown: Entries) -> None:
    shown.view.show_finding(entered(movement("dystonia"), movement("chorea")))
    seen: list[str] = []
    shown.window.keyPressEvent = lambda event: seen.append(event.text())  # type: ignore[method-assign]
    shown.type("c")
    assert seen == ["c"]
    assert shown.view.list.currentRow() == 0


def test_the_focused_field_is_scrolled_into_sight(qtbot: QtBot, shown: Entries) -> None:
    shown.view.show_finding(entered(movement("dystonia")))
    field = shown.view.editor.row("features").editor
    qtbot.waitUntil(lambda: field.visibleRegion().isEmpty())
    field.setFocus()
    visible = field.visibleRegion().boundingRect()
    assert visible.height() == field.height()


def test_a_rarely_used_field_is_folded_away_until_its_heading_is_opened_by_enter(shown: Entries) -> None:
    shown.type("a", "1")
    editor = shown.view.editor
    heading, field = editor.heading_of("pain"), editor.row("pain").editor
    assert heading is not None
    assert not field.isVisible()
    for _stop in range(200):
        if heading.hasFocus():
            break
        shown.type(TAB)
    shown.type(ENTER)
    assert field.isVisible()
    shown.type(SPACE)
    assert not field.isVisible()


def test_a_fold_is_open_where_an_entry_holds_something_in_it_and_closed_where_not(shown: Entries) -> None:
    spoken = GroupValue(fields={**movement("dystonia").fields, "description": TextValue(text="brief")})
    shown.view.show_finding(entered(spoken, movement("chorea")))
    field = shown.view.editor.row("description").editor
    assert field.isVisible()
    shown.type(DOWN)
    assert not field.isVisible()
    shown.type(UP)
    assert field.isVisible()


def test_an_undone_edit_is_shown_with_the_same_entry_chosen(shown: Entries) -> None:
    two = entered(movement("dystonia"), movement("chorea"))
    shown.view.show_finding(two)
    shown.type(DOWN, ENTER, "3")
    assert shown.lines == ["dystonia", "blepharospasm"]
    shown.view.show_finding(two)
    assert shown.lines == ["dystonia", "chorea"]
    assert shown.view.editor.value() == movement("chorea")
    shown.view.show_finding(None)
    assert shown.lines == []


# In sight ------------------------------------------------------------------------------------------------------------


def lies_in(inner: QWidget, outer: QWidget) -> bool:
    return outer.rect().contains(inner.rect().translated(inner.mapTo(outer, QPoint(0, 0))))


def test_the_definition_of_the_answer_in_focus_stands_at_the_choice_and_leaves_with_the_focus(shown: Entries) -> None:
    view = shown.view
    shown.window.resize(700, 420)
    settle()
    shown.type("a")
    settle()
    assert "Confused with: tics" in view.definition.text() and lies_in(view.definition, shown.window)
    shown.type("3", "9")
    settle()
    assert "act out a dream" in view.definition.text()
    button = QApplication.focusWidget()
    assert button is not None and lies_in(button, view.scroll_area.viewport())
    shown.type(TAB)
    settle()
    assert view.definition.isHidden()


def test_an_opened_table_of_what_is_typical_is_scrolled_to(shown: Entries, form: Form) -> None:
    view = shown.view
    view.show_record(full_record(form))
    shown.window.resize(700, 420)
    shown.type("a", "1")
    assert view.contrast is not None
    view.contrast.heading.setFocus(Qt.FocusReason.TabFocusReason)
    shown.type(ENTER)
    settle()
    table, seen = view.contrast, view.scroll_area.viewport()
    assert table.height() > table.heading.height() + 100
    assert lies_in(table, seen) or table.mapTo(seen, QPoint(0, 0)).y() == 0


def test_tab_goes_through_an_entry_from_top_to_bottom(shown: Entries) -> None:
    shown.type("a", "1")
    settle()
    view = shown.view
    inside = view.scroll_area.widget()
    assert inside is not None
    stops = [each for each in tab_stops(view) if inside.isAncestorOf(each)]
    tops = [each.mapTo(inside, QPoint(0, 0)).y() for each in stops]
    assert all(above <= below + 12 for above, below in pairwise(tops))
    assert view.contrast is not None and stops[-1] is view.contrast.heading


def test_a_long_entry_is_shown_whole_in_the_list_and_first_whether_it_was_seen(shown: Entries) -> None:
    sites = ListValue(entries=(site("head", "R"), site("neck", "R"), site("forearm", "R"), site("hand", "L")))
    source = ChoiceValue(token="observed")
    said: dict[str, Value] = {**movement("dystonia").fields, "sites": sites, "source": source}
    shown.view.show_finding(entered(GroupValue(fields=said)))
    settle()
    entries = shown.view.list
    assert entries.item(0).text().startswith("dystonia \u00b7 observed \u00b7 ")
    row = entries.visualItemRect(entries.item(0))
    beside = 2 * 8 + 2 * 2
    words = QRect(0, 0, row.width() - beside, 1000)
    needed = entries.fontMetrics().boundingRect(words, Qt.TextFlag.TextWordWrap, entries.item(0).text())
    assert row.height() >= needed.height()


def test_the_button_that_is_tapped_has_one_frame(shown: Entries) -> None:
    shown.type("a", "1")
    counter = shown.view.findChild(TapCounter)
    assert counter is not None
    while QApplication.focusWidget() is not counter.tap_button:
        shown.type(TAB)
        QApplication.processEvents()
    settle()
    image = counter.tap_button.grab().toImage()
    ground = {image.pixelColor(x, image.height() // 2).name() for x in range(6, image.width() // 4)}
    assert ground == {theme().palette.color("card").name()}

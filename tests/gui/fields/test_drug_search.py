"""The drug line: suggestions by keyboard, the generic name kept, free text possible, and what follows said below."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from exam_app.core.files.findings_file import read_findings
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ListItem
from exam_app.core.record.values import GroupValue, ListValue, TextValue, Value
from exam_app.gui.entries.entries_view import EntriesView
from exam_app.gui.fields.drug_search import DrugSearch
from exam_app.gui.parts.theme import DARK, LIGHT, theme
from tests.gui.fields.conftest import Show, Shown, in_window

DOWN, UP, ENTER, ESCAPE, TAB = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
)
HISTORY = (
    "scope: full\npatient: {family_name: Specimen, birth_date: 1960-01-01}\n"
    "encounter: {started_at: '2026-11-22T09:20:00+01:00'}\n"
    "history:\n  onset: {date: 2026-10-15}\n"
    "  exposures: [{drug: metoclopramide, start: 2025-08, stop: 2026-11-01}]\n"
)


@pytest.fixture
def drug(form: Form, show: Show) -> Shown:
    """The drug line of a new entry, alone in a window."""
    item = form.items["history.exposures"]
    assert isinstance(item, ListItem)
    return show(item.by_id["drug"])


def search_of(shown: Shown) -> DrugSearch:
    assert isinstance(shown.editor, DrugSearch)
    return shown.editor


def lines(editor: DrugSearch) -> list[str]:
    return [editor.hits.item(row).text() for row in range(editor.hits.count())]


def text(value: Value | None) -> str:
    assert isinstance(value, TextValue)
    return value.text


def test_letters_bring_suggestions_and_arrows_and_enter_take_one(drug: Shown) -> None:
    editor = search_of(drug)
    drug.type("p", "e", "r")
    assert lines(editor)[:2] == [
        "pericyazine (Neuleptil) · first-generation antipsychotics and benzamides",
        "perphenazine (Trilafon) · first-generation antipsychotics and benzamides",
    ]
    drug.type(DOWN, DOWN, ENTER)
    assert text(drug.last) == editor.written() == "perphenazine"
    assert editor.hits.isHidden() and editor.line.hasFocus()
    assert editor.follows.text() == "perphenazine: first-generation antipsychotics and benzamides."


def test_the_arrows_go_round_over_what_was_typed(drug: Shown) -> None:
    editor = search_of(drug)
    drug.type("q", "u", "e", DOWN)
    assert (editor.hits.count(), editor.hits.currentRow()) == (1, 0)
    drug.type(DOWN)
    assert editor.hits.currentRow() == -1
    drug.type(UP)
    assert editor.hits.currentRow() == 0
    drug.type(UP, ENTER)
    assert text(drug.last) == "que"


def test_a_brand_is_kept_by_its_generic_name_and_the_line_says_so_on_leaving(drug: Shown) -> None:
    editor = search_of(drug)
    drug.type("H", "a", "l", "d", "o", "l")
    editor.commit()
    assert (text(drug.last), editor.written()) == ("haloperidol", "Haldol")
    drug.type(TAB)
    editor.line.clearFocus()
    assert (text(drug.last), editor.written()) == ("haloperidol", "haloperidol")
    assert drug.told == [TextValue(text="haloperidol")]


def test_enter_keeps_a_brand_without_choosing(drug: Shown) -> None:
    drug.type("o", "r", "a", "p", ENTER)
    assert text(drug.last) == search_of(drug).written() == "pimozide"


def test_any_other_name_is_kept_as_typed_and_is_said_to_be_in_no_list(drug: Shown) -> None:
    editor = search_of(drug)
    for letter in "aspirin":
        drug.type(letter)
    assert lines(editor) == []
    drug.type(ENTER)
    assert text(drug.last) == editor.written() == "aspirin"
    assert editor.follows.text().startswith("Not in the list.")


def test_a_brand_that_stands_in_a_record_is_shown_and_left_as_it_is(drug: Shown) -> None:
    editor = search_of(drug)
    editor.show_value(TextValue(text="Haldol"))
    editor.line.clearFocus()
    assert (editor.written(), drug.told) == ("Haldol", [])
    assert editor.follows.text().startswith("haloperidol: first-generation")


def test_escape_closes_the_suggestions_first_and_keeps_what_is_typed(drug: Shown) -> None:
    editor = search_of(drug)
    drug.type("h", "a", "l", ESCAPE)
    assert editor.hits.isHidden()
    assert editor.written() == "hal"


def test_a_click_takes_a_suggestion_and_the_line_keeps_the_focus(drug: Shown) -> None:
    editor = search_of(drug)
    drug.type("q", "u", "e")
    place = editor.hits.visualItemRect(editor.hits.item(0)).center()
    QTest.mouseClick(editor.hits.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert text(drug.last) == "quetiapine"
    assert editor.line.hasFocus()


def test_another_entry_has_no_suggestions_of_the_one_before(drug: Shown) -> None:
    editor = search_of(drug)
    drug.type("h", "a", "l")
    editor.commit()
    editor.set_context("Drugs and exposures, entry 2, Drug")
    assert editor.hits.isHidden()


def test_a_screen_reader_hears_how_many_there_are_and_which_is_marked(drug: Shown) -> None:
    editor = search_of(drug)
    drug.type("z", "y", "p")
    assert editor.line.accessibleDescription() == "1 suggestion; arrow down chooses it."
    drug.type(DOWN)
    assert editor.line.accessibleDescription() == "olanzapine (Zyprexa) · atypical antipsychotics, 1 of 1"
    interface = QAccessible.queryAccessibleInterface(editor.hits)
    assert interface is not None
    assert interface.role() == QAccessible.Role.List
    assert interface.text(QAccessible.Text.Name) == "Drug: suggestions"
    row = interface.child(0)
    assert row is not None
    assert row.text(QAccessible.Text.Name).startswith("olanzapine (Zyprexa)")


@pytest.fixture
def entries(form: Form, qtbot: QtBot) -> Iterator[EntriesView]:
    """The entries of a made-up history with one drug, in a window."""
    item = form.items["history.exposures"]
    assert isinstance(item, ListItem)
    view = EntriesView("history.exposures", item, form)
    window = in_window(qtbot, view)
    record = read_findings(HISTORY.encode(), "one.yaml", form)
    view.show_record(record)
    view.show_finding(record.findings["history.exposures"])
    yield view
    window.close()


def test_the_line_says_what_follows_from_the_entry_and_again_when_it_changes(entries: EntriesView) -> None:
    view = entries
    editor = view.editor.row("drug").editor
    assert isinstance(editor, DrugSearch)
    said = editor.follows.text()
    assert said.startswith(
        "metoclopramide: drugs for sickness and stomach. Within the tardive window: taken for 3 months or more;"
    )
    assert said.endswith(
        "Taken within the 12 months before the examination. Not established as the cause. Not yet clinically reviewed."
    )
    view.enter_form()
    stop = view.editor.row("stop").editor
    stop.setFocus()
    line = stop.focusProxy()
    assert line is not None
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(line, "2025-09")
    stop.commit()
    assert "Within the tardive" not in editor.follows.text()
    assert "Not taken within the 12 months" in editor.follows.text()


def test_a_whole_exposure_is_entered_by_keyboard(entries: EntriesView) -> None:
    view = entries
    told: list[Value | None] = []
    view.answered.connect(lambda _address, value: told.append(value))
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_A)
    drug = view.editor.row("drug").editor
    assert isinstance(drug, DrugSearch) and drug.line.hasFocus()
    QTest.keyClicks(drug.line, "risp")
    QTest.keyClick(drug.line, DOWN)
    QTest.keyClick(drug.line, ENTER)
    last = told[-1]
    assert isinstance(last, ListValue)
    assert last.entries[1] == GroupValue(fields={"drug": TextValue(text="risperidone")})


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_suggestion_is_in_sight_at_any_text_size(entries: EntriesView, palette: object, scale: float) -> None:
    view = entries
    theme().show(DARK if palette is DARK else LIGHT, scale)
    view.add_entry()
    drug = view.editor.row("drug").editor
    assert isinstance(drug, DrugSearch)
    QTest.keyClicks(drug.line, "per")
    last = drug.hits.visualItemRect(drug.hits.item(drug.hits.count() - 1))
    assert drug.hits.viewport().rect().contains(last)
    area = view.findChild(QScrollArea)
    assert area is not None and area.viewport().width() >= drug.hits.width()

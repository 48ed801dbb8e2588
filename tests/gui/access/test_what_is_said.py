"""What a screen reader says: a cell with its finding, and what happens away from the focus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.record.record import AssertedNormal, Examined, Finding, NotExamined, Unable
from exam_app.core.record.values import GradeValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.rail import REVIEW
from exam_app.gui.parts.spoken import signs_in_words, value_says
from exam_app.services.saving import Saving
from tests.gui.accessible import Role, Text, has
from tests.gui.typist import ALT, CTRL, SHIFT, Typist

TRICEPS = "strength.triceps.R"


def mrc(token: str) -> GradeValue:
    return GradeValue(token=token, scale="mrc/1")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, bool]]]:
    """What is announced: the words, and whether at once."""
    said: list[tuple[str, bool]] = []

    def listen(event: QAccessibleAnnouncementEvent) -> None:
        said.append((event.message(), event.politeness() == QAccessible.AnnouncementPoliteness.Assertive))

    monkeypatch.setattr("exam_app.gui.parts.messages.send_to_screen_reader", listen)
    yield said


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the events that cells send."""
    names: list[str] = []
    monkeypatch.setattr("exam_app.gui.parts.accessible.is_listening", lambda: True)
    monkeypatch.setattr("exam_app.gui.parts.accessible.send", lambda event: names.append(event.type().name))
    return names


def interface_of(window: ExamWindow, address: str) -> QAccessibleInterface:
    assert window.view is not None
    interface = QAccessible.queryAccessibleInterface(window.view.grid.cells[address])
    assert interface is not None
    return interface


# A cell --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "says"),
    [
        (None, "not yet examined"),
        (Examined(value=mrc("4-"), entered="typed"), "4 minus, abnormal"),
        (Examined(value=mrc("5"), entered="typed"), "5, normal"),
        (Examined(value=mrc("3"), entered="typed", qualifiers=("pain_limited",)), "3, abnormal, pain-limited"),
        (Examined(value=mrc("3"), entered="typed", qualifiers=("uncertain",)), "3, abnormal, uncertain"),
        (Examined(value=mrc("4+"), entered="typed", note="specimen"), "4 plus, abnormal, with a note"),
        (AssertedNormal(entered="macro"), "asserted normal"),
        (Unable(reason="pain", entered="typed"), "unable, pain"),
        (NotExamined(reason="time", entered="typed"), "not examined, no time"),
        (NotExamined(reason="other", text="called away", entered="typed"), "not examined, called away"),
    ],
)
def test_a_finding_is_said_in_words(form: Form, finding: Finding | None, says: str) -> None:
    assert value_says(form.addresses[TRICEPS], finding, form) == says


def test_asserted_normal_says_what_was_not_measured(form: Form) -> None:
    item = form.items["gait.tandem"]
    assert value_says(item, AssertedNormal(entered="macro"), form) == "asserted normal, count not recorded"


def test_signs_are_words_behind_a_grade_only() -> None:
    assert signs_in_words("spasticity, MAS 1+, 4−/5") == "spasticity, MAS 1 plus, 4 minus/5"
    assert signs_in_words("3–4 cm, −2, 1+1") == "3–4 cm, −2, 1+1"


def test_a_cell_is_a_cell_of_a_row_of_a_table_and_says_its_finding(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to(TRICEPS)
    typist.type("4-")
    cell = interface_of(window, TRICEPS)
    assert (cell.role(), cell.text(Text.Name)) == (Role.Cell, "Elbow extension, right, 4 minus, abnormal")
    assert cell.text(Text.Value) == "4 minus, abnormal"
    row = cell.parent()
    assert row is not None
    assert (row.role(), row.text(Text.Name).split(" · ")[0]) == (Role.Row, "Elbow extension")
    block = row.parent()
    assert block is not None
    table = block.parent()
    assert table is not None
    assert (table.role(), table.text(Text.Name)) == (Role.Table, "Strength: findings")


def test_a_selection_is_said_and_the_focused_cell_alone_is_one(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to(TRICEPS)
    assert has(interface_of(window, TRICEPS), "selected")
    assert not has(interface_of(window, "strength.triceps.L"), "selected")
    typist.press(Qt.Key.Key_Right, SHIFT)
    for address in (TRICEPS, "strength.triceps.L"):
        assert has(interface_of(window, address), "selected")
        assert interface_of(window, address).text(Text.Name).endswith("not yet examined, selected")


def test_a_screen_reader_can_go_to_a_cell_and_grade_it_below(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    actions = interface_of(window, TRICEPS).actionInterface()
    assert actions is not None
    actions.doAction("Press")
    assert typist.address == TRICEPS


def test_a_change_of_a_cell_is_told_as_a_change_of_its_value(
    window: ExamWindow, typist: Typist, told: list[str], form: Form
) -> None:
    for section in form.sections:  # cells that are still to be built have a value too when they are
        window.view_of(section.id)
    typist.go_to_section("strength")
    typist.go_to(TRICEPS)
    told.clear()
    typist.type("4")
    assert told == ["ValueChanged"]
    typist.press(Qt.Key.Key_Right, SHIFT)
    assert told == ["ValueChanged", "StateChanged", "StateChanged"]


def test_a_rail_entry_is_a_tab_and_the_page_in_sight_is_selected(window: ExamWindow) -> None:
    window.show_page("tone")
    selected = {}
    for page, entry in window.rail.entries.items():
        interface = QAccessible.queryAccessibleInterface(entry)
        assert interface is not None
        assert interface.role() == Role.PageTab
        selected[page] = has(interface, "selected")
    assert [page for page, chosen in selected.items() if chosen] == ["tone"]


# What is announced ---------------------------------------------------------------------------------------------------


def test_saved_is_said_once_when_typing_has_settled(
    window: ExamWindow, typist: Typist, heard: list[tuple[str, bool]], qtbot: QtBot
) -> None:
    typist.go_to_section("strength")
    typist.go_to(TRICEPS)
    heard.clear()
    typist.type("4-5432")
    assert ("Saved", False) not in heard
    qtbot.waitUntil(lambda: ("Saved", False) in heard)
    qtbot.waitUntil(lambda: window.bridge.saving.pending == 0)
    assert heard.count(("Saved", False)) == 1


def test_that_saving_failed_is_said_at_once_and_once(window: ExamWindow, heard: list[tuple[str, bool]]) -> None:
    failed = Saving(1, None, UserError("file_missing", file="specimen"))
    for _ in range(2):
        window.bridge.saving_changed.emit(failed)
    assert [urgent for text, urgent in heard if "specimen" in text] == [True]


def test_undo_says_what_is_there_now(window: ExamWindow, typist: Typist, heard: list[tuple[str, bool]]) -> None:
    typist.go_to_section("strength")
    typist.go_to(TRICEPS)
    typist.press("4")
    typist.press(Qt.Key.Key_Z, CTRL)
    assert heard[-1] == ("Undone: Elbow extension, right, not yet examined", False)
    typist.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert heard[-1] == ("Done again: Elbow extension, right, 4, abnormal", False)


def test_undoing_a_macro_says_how_many(window: ExamWindow, typist: Typist, heard: list[tuple[str, bool]]) -> None:
    typist.go_to_section("coordination")
    typist.press("N")
    count = len(window.bridge.record.findings)
    assert (f"Coordination: {count} findings asserted normal.", False) in heard
    typist.press(Qt.Key.Key_Z, CTRL)
    assert heard[-1] == (f"Undone: {count} findings", False)


def test_another_section_is_said_with_its_gaps(
    window: ExamWindow, typist: Typist, heard: list[tuple[str, bool]]
) -> None:
    typist.go_to_section("tone")
    heard.clear()
    typist.press(Qt.Key.Key_Right, ALT)
    shown = window.progress.of("strength").shown
    assert heard == [(f"Strength: {shown} gaps", False)]


def test_the_note_in_sight_says_its_new_sentence(
    window: ExamWindow, typist: Typist, heard: list[tuple[str, bool]], qtbot: QtBot
) -> None:
    typist.go_to_section("strength")
    typist.go_to(TRICEPS)
    window.side_panel.show_second()
    qtbot.waitUntil(lambda: bool(window.side_panel.note.text.toPlainText()))
    typist.type("4-")
    qtbot.waitUntil(lambda: any(text.startswith("In the note: ") for text, _urgent in heard))
    said = [text for text, _urgent in heard if text.startswith("In the note: ")]
    assert len(said) == 1 and "lbow extension" in said[0] and "4−" in said[0]


def test_an_export_that_failed_is_said_at_once(window: ExamWindow, heard: list[tuple[str, bool]]) -> None:
    window.show_page(REVIEW)
    heard.clear()
    window.review.export_note("/no/such/folder/specimen.txt")
    QApplication.processEvents()
    assert [urgent for _text, urgent in heard] == [True]

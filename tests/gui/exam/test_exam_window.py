"""The examination window as a whole: saving, reopening, titles, conditions, notes, review."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.errors import UserError
from exam_app.core.files.compiled import form_from_json, form_to_json
from exam_app.core.form.form import Form
from exam_app.core.record.record import DistributionOverride, Examined
from exam_app.core.record.values import ChoiceValue, GroupValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.rail import REVIEW
from exam_app.gui.fields.groups import GroupEditor
from exam_app.gui.grid.cell import Cell
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.gui.parts.theme import LIGHT, theme
from exam_app.services.exams import Exams, OpenExam
from exam_app.services.saving import Saving
from exam_app.store.records import RecordStore
from tests.gui.exam.conftest import Open
from tests.gui.typist import CTRL, SHIFT, Typist


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The disk, which the writer waits for until the event is set."""
    ready = threading.Event()
    save = RecordStore.save

    def slow(*arguments: object, **named: object) -> object:
        ready.wait(10)
        return save(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(RecordStore, "save", slow)
    yield ready
    ready.set()


def test_an_edit_is_shown_as_saved_only_when_it_is_durable(
    window: ExamWindow, typist: Typist, disk: threading.Event, qtbot: QtBot
) -> None:
    typist.go_to_section("strength")
    typist.type("4-")
    assert window.top_bar.saved.text() == "Saving 2 edits…"
    disk.set()
    qtbot.waitUntil(lambda: window.top_bar.saved.text() == "Saved 09:41:07")


def test_an_edit_that_could_not_be_saved_is_said_until_everything_is_saved(
    window: ExamWindow, typist: Typist, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise UserError("store_not_written")

    monkeypatch.setattr(RecordStore, "save", full)
    typist.go_to_section("strength")
    typist.type("4")
    qtbot.waitUntil(window.saving_failure.isVisible)
    assert window.top_bar.saved.text() == "Not saved"
    said = window.saving_failure.text
    assert "They are kept while this window is open" in said.text()
    assert said.height() >= said.heightForWidth(said.width())
    monkeypatch.undo()
    typist.type("5")
    qtbot.waitUntil(lambda: window.top_bar.saved.text() == "Saved 09:41:07")
    assert not window.saving_failure.isVisible()


def test_where_nothing_can_be_written_the_first_wish_to_close_warns_and_the_second_closes(
    window: ExamWindow, typist: Typist, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise UserError("store_not_written")

    for write in ("save", "mark_closed"):
        monkeypatch.setattr(RecordStore, write, full)
    typist.go_to_section("strength")
    typist.type("4")
    assert not window.close()
    (message,) = window.findChildren(QMessageBox)
    assert "They are kept while this window is open" in message.text()
    message.close()
    with qtbot.waitSignal(window.closed):
        assert window.close()


def test_a_bug_in_saving_is_reported_once_and_not_hidden_behind_the_sentence(
    window: ExamWindow, typist: Typist, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError

    reported: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: reported.append(kind))
    monkeypatch.setattr(RecordStore, "save", broken)
    typist.go_to_section("strength")
    typist.type("4")
    qtbot.waitUntil(lambda: reported == [ZeroDivisionError])
    assert "could not be saved" in window.saving_failure.text.text()


def test_reopening_shows_everything(
    open_window: Open, new_exam: Callable[..., OpenExam], records: Exams, form: Form
) -> None:
    exam = new_exam()
    window = open_window(exam)
    typist = Typist(window)
    typist.go_to_section("strength")
    typist.type("4-")
    typist.press(Qt.Key.Key_E, CTRL)
    typist.type("after the visit")
    typist.press(Qt.Key.Key_Return)
    view = window.view
    assert view is not None
    view.note.setFocus()
    typist.type("weak grip")
    before = window.bridge.record
    window.close()
    again = open_window(records.open(exam.record_id))
    assert again.bridge.record.findings == before.findings
    assert again.bridge.record.section_notes == {"strength": "weak grip"}
    again.show_page("strength")
    view = again.view
    assert view is not None
    face = view.grid.cells["strength.deltoid.R"].face
    assert face is not None
    assert (face.text, face.state, face.has_note) == ("4−", "abnormal", True)
    assert view.note.edit.toPlainText() == "weak grip"


def test_no_window_title_names_the_patient(window: ExamWindow, typist: Typist) -> None:
    for key in ("x", Qt.Key.Key_Escape, "/", Qt.Key.Key_Escape, "?", Qt.Key.Key_Escape):
        typist.press(key)
    titles = [each.windowTitle() for each in QApplication.topLevelWidgets()]
    assert window.windowTitle() == "Examination – exam_app"
    assert not [title for title in titles if "specimen" in title.casefold() or "004-1187" in title]


def conditional(form: Form) -> Form:
    """The form with the walking aid asked only where the gait is hemiparetic."""
    data = json.loads(form_to_json(form))
    for section in data["sections"]:
        for group in section["groups"]:
            for item in group.get("items", []):
                if (section["id"], item["id"]) == ("gait", "device"):
                    item["when"] = {"item": "gait.pattern", "one_of": ["hemiparetic"]}
    return form_from_json(json.dumps(data))


def test_an_item_that_is_no_longer_asked_disappears_but_keeps_its_answer(
    open_window: Open, new_exam: Callable[..., OpenExam], context: object, form: Form
) -> None:
    context.__dict__["form"] = conditional(form)
    window = open_window(new_exam())
    typist = Typist(window)
    typist.go_to_section("gait")
    view = window.view
    assert view is not None
    assert "gait.device" not in view.grid.cells, "not asked before the gait is hemiparetic"
    typist.go_to("gait.pattern")
    typist.press("2")
    typist.go_to("gait.device")
    typist.go_to("gait.pattern")
    typist.press("1")
    assert not view.grid.cells["gait.device"].isVisible()
    typist.press(Qt.Key.Key_Down)
    typist.go_to("gait.pattern")
    typist.press("2")
    typist.go_to("gait.device")
    typist.press("2")
    typist.go_to("gait.pattern")
    typist.press("1")
    assert view.grid.cells["gait.device"].isVisible(), "an answer stays in sight"
    assert window.bridge.value("gait.device") == ChoiceValue(token="stick")


def test_every_control_in_sight_has_a_name_and_a_place_in_the_tab_order(window: ExamWindow, typist: Typist) -> None:
    for page in (*[section.id for section in window.bridge.form.sections], REVIEW):
        window.show_page(page)
        QApplication.processEvents()
        for control in window.findChildren(QWidget):
            if not isinstance(control, (Cell, QAbstractButton)) or not control.isVisible():
                continue
            assert control.accessibleName() or (isinstance(control, QPushButton) and control.text()), control
            assert control.focusPolicy() != Qt.FocusPolicy.NoFocus, control


def test_the_rail_counts_what_is_recorded_and_what_is_abnormal(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.type("4-")
    typist.press(Qt.Key.Key_Right)
    typist.type("5")
    shown = window.progress.of("strength").shown
    assert window.rail.entries["strength"].accessibleName() == f"Strength: 2 of {shown} recorded, 1 abnormal"
    assert window.bottom_bar.counts.text().endswith("in scope · 1 abnormal")


def test_the_note_follows_the_record_when_it_is_in_sight(window: ExamWindow, typist: Typist, qtbot: QtBot) -> None:
    typist.go_to_section("strength")
    window.side_panel.show_second()
    typist.type("4-")
    qtbot.waitUntil(lambda: "4−" in window.side_panel.note.text.toPlainText())
    qtbot.waitUntil(lambda: not window.jobs.busy)


def test_the_review_names_gaps_and_leads_to_them(window: ExamWindow, typist: Typist, qtbot: QtBot) -> None:
    typist.press(Qt.Key.Key_R, CTRL)
    gap = next(button for button in window.review.findChildren(QPushButton) if button.text() == "Pronator drift R L")
    gap.click()
    assert (window.page, typist.address) == ("strength", "strength.drift_arm.R")
    qtbot.waitUntil(lambda: not window.jobs.busy)


def test_a_distribution_of_ones_own_counts_only_with_its_reason(
    window: ExamWindow, typist: Typist, qtbot: QtBot
) -> None:
    window.show_page(REVIEW)
    window.review.override.setFocus()
    typist.press("2")
    assert window.bridge.record.distribution_override is None
    window.review.reason.setFocus()
    typist.type("seen on video")
    typist.press(Qt.Key.Key_Return)
    expected = DistributionOverride(result="focal", reason="seen on video")
    assert window.bridge.record.distribution_override == expected
    window.review.reason.setText("x" * 501)
    typist.press(Qt.Key.Key_Return)
    assert window.bridge.record.distribution_override == expected, "a longer reason is refused whole"
    assert window.review.reason.text() == "x" * 501
    window.review.impression.setFocus()
    typist.type("Cervical dystonia.")
    window.show_page("tone")
    assert window.bridge.record.impression == "Cervical dystonia."
    qtbot.waitUntil(lambda: not window.jobs.busy)


def test_the_note_is_exported_from_the_review(window: ExamWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.show_page(REVIEW)
    window.review.export_note(str(tmp_path / "note.txt"))
    assert "SPECIMEN" in (tmp_path / "note.txt").read_text()
    qtbot.waitUntil(lambda: not window.jobs.busy)


def test_a_text_that_cannot_be_kept_is_refused_with_a_sentence_and_not_saved(window: ExamWindow) -> None:
    window.show_page("strength")
    view = window.view
    assert view is not None
    view.note.edit.setPlainText("left\u202eright")
    view.commit()
    assert "U+202E" in view.note.refusal
    assert not window.bridge.record.section_notes


def test_a_note_that_is_too_long_is_refused_whole_with_its_count_and_said_to_be_lost_where_it_is_left(
    window: ExamWindow, typist: Typist, qtbot: QtBot
) -> None:
    typist.go_to_section("strength")
    typist.type("4")
    note = window.dock.note
    note.setFocus()
    note.setText("x" * 501)
    typist.press(Qt.Key.Key_Return)
    finding = window.bridge.finding("strength.deltoid.R")
    assert finding is not None and finding.note is None
    assert note.text() == "x" * 501
    said = [label.text() for label in window.dock.findChildren(QLabel) if label.isVisible()]
    assert any("501 characters; at most 500 are kept" in text for text in said)
    typist.press(Qt.Key.Key_Escape)
    typist.press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.bottom_bar.told.text() == "The note on Shoulder abduction, right was not saved.")
    assert not any("501 characters" in label.text() for label in window.dock.findChildren(QLabel) if label.isVisible())
    assert window.bridge.finding("strength.deltoid.R") == finding


def test_the_bridge_keeps_note_and_marks_when_the_value_changes(window: ExamWindow) -> None:
    bridge: SessionBridge = window.bridge
    address = "tone.neck"
    bridge.answer({address: GroupValue(fields={"quality": ChoiceValue(token="dystonic")})})
    bridge.set_note(address, "worse on the left")
    bridge.set_qualifiers(address, ("uncertain",))
    bridge.answer({address: GroupValue(fields={"quality": ChoiceValue(token="normal")})})
    finding = bridge.finding(address)
    assert isinstance(finding, Examined)
    assert (finding.note, finding.qualifiers) == ("worse on the left", ("uncertain",))


def test_a_report_of_the_writer_arrives_in_the_windows_own_thread(window: ExamWindow, qtbot: QtBot) -> None:
    heard: list[tuple[threading.Thread, Saving]] = []
    window.bridge.saving_changed.connect(lambda saving: heard.append((threading.current_thread(), saving)))
    window.bridge.answer({"gait.device": ChoiceValue(token="stick")})
    qtbot.waitUntil(lambda: bool(heard) and heard[-1][1].pending == 0)
    assert {thread for thread, _saving in heard} == {threading.main_thread()}


def test_the_fields_under_the_grid_take_no_more_room_than_they_need(window: ExamWindow) -> None:
    for page in ("alert", "cranial"):
        window.show_page(page)
        for _turn in range(10):
            QApplication.processEvents()
    editor = window.dock.editor
    assert isinstance(editor, GroupEditor)
    assert editor.height() <= editor.heightForWidth(editor.width())
    first, second = (row.cell.y() for row in editor.rows[:2])
    assert second - first <= editor.rows[0].cell.sizeHint().height() + 8


def test_at_no_width_the_bar_of_the_dock_comes_and_goes_without_end(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    theme().show(LIGHT, 2.0)
    for width in range(1350, 1400, 2):
        window.resize(width, 768)
        QApplication.processEvents()
    body = window.dock.findChild(QScrollArea)
    assert isinstance(body, QScrollArea)
    bar = body.verticalScrollBar()
    assert bar.isVisible() == (bar.maximum() > 0)


def test_at_twice_the_text_the_rail_wraps_its_titles_and_scrolls_to_the_section_in_sight(
    open_window: Open, new_exam: Callable[..., OpenExam], form: Form
) -> None:
    exam = new_exam()
    theme().show(LIGHT, 2.0)
    window = open_window(exam)
    assert window.width() == 1366
    for section in form.sections:
        window.show_page(section.id)
        QApplication.processEvents()
        entry = window.rail.entries[section.id]
        seen = entry.visibleRegion().boundingRect()
        assert seen.size() == entry.size(), section.id
        assert entry.height() >= entry.sizeHint().height()
        assert entry.width() <= window.rail.area.viewport().width()


def test_an_examination_opens_on_the_first_section_that_its_scope_asks_about(
    open_window: Open, new_exam: Callable[..., OpenExam], typist: Typist
) -> None:
    assert typist.window.page == "alert"
    window = open_window(new_exam("screening"))
    assert window.page == "mental"
    assert window.view is not None
    assert window.view.current == "mental.loc"


def test_a_section_of_which_the_scope_asks_nothing_says_so_and_answers_no_other(
    open_window: Open, new_exam: Callable[..., OpenExam]
) -> None:
    window = open_window(new_exam("screening"))
    assert window.dock.isVisibleTo(window)
    typist = Typist(window)
    typist.press(Qt.Key.Key_1, CTRL)
    assert window.page == "alert"
    assert window.view is not None
    assert "The scope asks nothing here. Another scope may." in [
        label.text() for label in window.view.findChildren(QLabel) if label.isVisible()
    ]
    assert not window.dock.isVisibleTo(window)
    typist.press("g")
    assert window.view.current == "mental.loc"
    assert window.dock.isVisibleTo(window)


def test_the_scope_is_changed_by_keys_and_nothing_recorded_is_lost(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.go_to("strength.rhomboids.R")
    typist.press("4")
    shown = window.progress.total.shown
    typist.press(Qt.Key.Key_S, CTRL | SHIFT)
    said = window.panels.scopes.choices["screening"].accessibleName()
    assert said.endswith("1 finding lies outside")
    words = [label.text() for label in window.panels.scopes.findChildren(QLabel)]
    assert "Coma and intensive care are not in this version." in words
    number = list(window.bridge.form.scopes).index("screening") + 1
    typist.press(str(number))
    record = window.bridge.record
    assert record.scope == "screening"
    assert "strength.rhomboids.R" in record.findings
    assert typist.address == "strength.rhomboids.R", "what is recorded stays in sight"
    assert window.top_bar.scope.text() == "Scope: screening"
    assert window.progress.total.shown < shown
    view = window.view
    assert view is not None and "strength.deltoid.R" in view.grid.cells
    typist.press("z", CTRL)
    assert window.bridge.record.scope == "full"
    assert window.progress.total.shown == shown


def test_the_help_stays_with_the_list_whose_entry_is_typed(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("history")
    assert window.view is not None
    (panel,) = window.view.panels
    panel.enter()
    typist.press("A")
    typist.type("reglan")
    typist.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert window.bridge.value("history.exposures") is not None
    help_shown = window.side_panel.how_to_test.accessibleDescription()
    assert "Every drug for stomach" in help_shown


def test_while_nothing_is_done_every_section_is_built(window: ExamWindow, qtbot: QtBot) -> None:
    sections = {section.id for section in window.bridge.form.sections}
    qtbot.waitUntil(lambda: {view.section.id for view in window.pages.views} == sections)
    assert window.page == window.bridge.form.sections[0].id

"""Quick entry in the window, by real keys: the line, its preview, what Enter records and what it never does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from exam_app.core.record.record import Examined
from exam_app.core.record.values import GradeValue
from exam_app.gui.exam import undo_bar
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.rail import REVIEW
from exam_app.gui.parts.hints import quick_hints
from exam_app.gui.parts.key_map import DEFAULT_KEYS
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.theme import DARK, LIGHT, TOUCH_TARGET, theme
from exam_app.gui.parts.widgets import KeyCap
from exam_app.gui.quick import entry as quick_entry
from exam_app.gui.quick.preview import QuickPanel
from exam_app.services.context import Context
from exam_app.services.exams import OpenExam
from tests.gui.exam.conftest import Open
from tests.gui.typist import CTRL, SHIFT, Typist

ENTER, ESCAPE, TAB, UP, DOWN = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)
TRICEPS_R, TRICEPS_L = "strength.triceps.R", "strength.triceps.L"


@pytest.fixture(autouse=True)
def strength(window: ExamWindow, typist: Typist) -> None:
    """Every test begins in the grid of strength."""
    typist.go_to_section("strength")


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is given to say."""
    said: list[str] = []
    for module in (quick_entry, undo_bar):
        monkeypatch.setattr(module, "announce", lambda _widget, text: said.append(text))
    return said


def enter(typist: Typist, text: str) -> None:
    """Ctrl+K and a line, without Enter."""
    typist.press("k", CTRL)
    typist.type(text)


def line_of(window: ExamWindow) -> str:
    return window.quick.line.text()


def words_of(window: ExamWindow) -> list[str]:
    return [row.words for row in window.quick.panel.rows]


def grade(window: ExamWindow, address: str) -> str | None:
    value = window.bridge.value(address)
    return value.token if isinstance(value, GradeValue) else None


# Recording -----------------------------------------------------------------------------------------------------------


def test_a_line_is_previewed_with_its_section_and_recorded_by_enter(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps r 4-")
    (row,) = window.quick.panel.rows
    assert (row.words, row.aside) == ("Strength › elbow extension (triceps), right: 4−", "not yet examined")
    assert window.quick.panel.footer.text() == "Enter records this."
    assert not window.bridge.record.findings, "nothing is recorded before Enter"
    typist.press(ENTER)
    finding = window.bridge.finding(TRICEPS_R)
    assert isinstance(finding, Examined)
    assert (grade(window, TRICEPS_R), finding.entered) == ("4-", "quick")
    view = window.view
    assert view is not None
    face = view.grid.cells[TRICEPS_R].face
    assert face is not None
    assert face.text == "4−"
    assert window.undo_bar.text.text() == "Recorded: Strength › elbow extension (triceps), right: 4−."


def test_after_an_entry_the_line_is_free_for_the_next(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps r 4-")
    typist.press(ENTER)
    assert window.quick.line.hasFocus()
    assert line_of(window) == ""
    assert window.quick.panel.isHidden()
    typist.type("triceps l 5")
    typist.press(ENTER)
    assert (grade(window, TRICEPS_R), grade(window, TRICEPS_L)) == ("4-", "5")


def test_the_preview_says_what_would_give_way(window: ExamWindow, typist: Typist) -> None:
    typist.go_to(TRICEPS_R)
    typist.type("4+")
    enter(typist, "triceps r 3")
    (row,) = window.quick.panel.rows
    assert (row.aside, row.replaces) == ("now 4+", True)
    typist.press("a", CTRL)
    typist.type("triceps b 3")
    (row,) = window.quick.panel.rows
    assert (row.aside, row.replaces) == ("now right: 4+", True)


def test_several_parts_are_one_step_for_undo(window: ExamWindow, typist: Typist) -> None:
    before = window.bridge.record
    enter(typist, "triceps r 4-; knee jerk b 3+; deltoid l 5")
    assert [row.sign for row in window.quick.panel.rows] == ["entry"] * 3
    assert window.quick.panel.footer.text() == "Enter records these 3 as one step."
    typist.press(ENTER)
    assert set(window.bridge.record.findings) == {
        TRICEPS_R,
        "reflexes.knee.R",
        "reflexes.knee.L",
        "strength.deltoid.L",
    }
    assert window.undo_bar.text.text() == "Recorded as one step: 3 entries."
    typist.press("z", CTRL)
    assert window.bridge.record == before, "undo passes the empty line"
    typist.press("z", CTRL | SHIFT)
    assert grade(window, TRICEPS_R) == "4-"


def test_undo_in_a_line_with_words_takes_back_typing_only(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps r 4-")
    typist.press(ENTER)
    typist.type("delt")
    typist.press("z", CTRL)
    assert line_of(window) == ""
    assert grade(window, TRICEPS_R) == "4-"


def test_the_undo_bar_takes_an_entry_back(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps r 4-")
    typist.press(ENTER)
    window.undo_bar.undo_button.click()
    assert not window.bridge.record.findings


def test_what_is_recorded_already_is_said_and_makes_no_step(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps r 4-")
    typist.press(ENTER)
    typist.type("triceps r 4-")
    typist.press(ENTER)
    assert window.quick.panel.footer.text() == "All of this is recorded already; nothing was changed."
    assert line_of(window) == "triceps r 4-"
    window.bridge.undo()
    assert not window.bridge.record.findings


# What is asked, what is refused --------------------------------------------------------------------------------------


def test_a_missing_side_is_asked_and_never_assumed(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps 4-")
    assert words_of(window)[1:] == ["right", "left", "both"]
    assert window.quick.panel.marked is None, "no side is offered before the others"
    typist.press(ENTER)
    typist.press(ENTER)
    assert not window.bridge.record.findings
    assert (line_of(window), window.quick.panel.footer.text()) == ("triceps 4-", "Nothing was recorded.")
    assert window.quick.line.hasFocus()


@pytest.mark.parametrize("take", [ENTER, TAB])
def test_a_candidate_is_chosen_with_the_arrows_and_written_into_the_line(
    window: ExamWindow, typist: Typist, take: Qt.Key
) -> None:
    enter(typist, "triceps 4-")
    for key in (DOWN, DOWN, DOWN, DOWN, UP):
        typist.press(key)
    marked = window.quick.panel.marked
    assert marked is not None
    assert marked.words == "left"
    typist.press(take)
    assert window.quick.line.hasFocus()
    assert not window.bridge.record.findings, "taken is not recorded"
    assert words_of(window) == ["Strength › elbow extension (triceps), left: 4−"]
    typist.press(ENTER)
    assert set(window.bridge.record.findings) == {TRICEPS_L}


def test_a_candidate_takes_the_place_of_its_part_and_leaves_the_others(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "deltoid r 5; triceps 4-;; knee jerk 3+")
    typist.press(TAB)
    typist.press(TAB)
    assert [row.sign for row in window.quick.panel.rows][:3] == ["entry", "entry", "ask"]
    typist.press(TAB)
    typist.press(DOWN)
    typist.press(TAB)
    typist.press(ENTER)
    assert set(window.bridge.record.findings) == {"strength.deltoid.R", TRICEPS_R, "reflexes.knee.L"}


def test_a_candidate_is_taken_by_a_click(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps 4-")
    view = window.quick.panel.list
    place = view.visualRect(view.model().index(3, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.quick.line.hasFocus()
    assert words_of(window) == ["Strength › elbow extension (triceps), both: 4−"]


def test_one_part_that_is_not_clear_keeps_all_others_back(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps r 4-; deltoid r 9")
    signs = [row.sign for row in window.quick.panel.rows]
    assert signs == ["entry", "refused"]
    typist.press(ENTER)
    assert not window.bridge.record.findings
    assert line_of(window) == "triceps r 4-; deltoid r 9"


def test_words_that_nothing_takes_are_named(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "deltoid r qqqq 4")
    (row,) = window.quick.panel.rows
    assert row.sign == "refused"
    assert "qqqq" in row.words
    typist.press(ENTER)
    assert not window.bridge.record.findings


def test_the_section_in_sight_settles_what_fits_several_items(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "biceps r 3")
    assert words_of(window) == ["Strength › elbow flexion (biceps), right: 3"]
    typist.press(ESCAPE)
    typist.go_to_section("reflexes")
    enter(typist, "biceps r 3")
    assert words_of(window) == ["Reflexes › biceps jerk, right: 3+"]


# Focus and keys ------------------------------------------------------------------------------------------------------


def test_escape_goes_back_to_the_cell_with_nothing_recorded(window: ExamWindow, typist: Typist) -> None:
    typist.go_to(TRICEPS_L)
    enter(typist, "triceps r 4-")
    typist.press(ESCAPE)
    assert typist.address == TRICEPS_L
    assert not window.bridge.record.findings
    assert window.quick.panel.isHidden()
    assert line_of(window) == "", "what was not recorded does not stand there as if it were"


def test_from_a_text_field_and_back_what_was_typed_there_stays(window: ExamWindow, typist: Typist) -> None:
    view = window.view
    assert view is not None
    view.note.edit.setFocus()
    typist.type("weak grip")
    enter(typist, "triceps r 4-")
    assert words_of(window) == ["Strength › elbow extension (triceps), right: 4−"]
    typist.press(ENTER)
    typist.press(ESCAPE)
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    typist.type("!")
    view.commit()
    assert window.bridge.record.section_notes == {"strength": "weak grip!"}


def test_the_key_works_where_a_text_field_would_take_it(
    open_window: Open, new_exam: Callable[..., OpenExam], context: Context, qtbot: QtBot
) -> None:
    window = ExamWindow(new_exam(), context, keys=Keys(dict(DEFAULT_KEYS) | {"quick_entry": ("Ctrl+V",)}))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.show_page("strength")
    view = window.view
    assert view is not None
    view.note.edit.setFocus()
    Typist(window).press("v", CTRL)
    assert window.quick.line.hasFocus()
    window.close()
    window.deleteLater()


def test_the_key_closes_a_panel_over_the_window(window: ExamWindow, typist: Typist) -> None:
    before = typist.address
    typist.press("/")
    enter(typist, "triceps r 4-")
    assert window.panels.jump.isHidden()
    assert line_of(window) == "triceps r 4-"
    typist.press(ESCAPE)
    assert typist.address == before


def test_from_the_review_and_back(window: ExamWindow, typist: Typist, qtbot: QtBot) -> None:
    typist.press("r", CTRL)
    assert window.page == REVIEW
    before = QApplication.focusWidget()
    assert isinstance(before, QPushButton)
    enter(typist, "triceps r 4-")
    typist.press(ENTER)
    assert grade(window, TRICEPS_R) == "4-"
    typist.press(ESCAPE)
    assert QApplication.focusWidget() is before
    qtbot.waitUntil(lambda: not window.jobs.busy)


def test_where_the_focus_was_before_is_gone_it_goes_to_the_grid(window: ExamWindow, typist: Typist) -> None:
    typist.go_to(TRICEPS_R)
    typist.press("4")
    enter(typist, "")
    window.quick._back_to = None
    typist.press(ESCAPE)
    assert typist.address == TRICEPS_R


def test_tab_is_never_trapped_in_the_line(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps r 4-")
    typist.press(TAB)
    assert QApplication.focusWidget() is window.top_bar.lock
    assert line_of(window) == ""
    typist.press(Qt.Key.Key_Backtab, SHIFT)
    assert window.quick.line.hasFocus()
    typist.press(Qt.Key.Key_Backtab, SHIFT)
    assert QApplication.focusWidget() is window.top_bar.scope


def test_the_keys_of_the_line_stand_in_the_bottom_bar(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "")
    assert window.bottom_bar.hints == tuple(quick_hints())
    typist.press(ESCAPE)
    assert window.bottom_bar.hints != tuple(quick_hints())


# Earlier lines -------------------------------------------------------------------------------------------------------


def test_the_arrows_recall_earlier_lines_and_what_was_being_typed(window: ExamWindow, typist: Typist) -> None:
    for text in ("triceps r 4-", "deltoid l 5"):
        enter(typist, text)
        typist.press(ENTER)
    typist.type("bic")
    seen = []
    for key in (UP, UP, UP, DOWN, DOWN, DOWN):
        typist.press(key)
        seen.append(line_of(window))
    assert seen == ["deltoid l 5", "triceps r 4-", "triceps r 4-", "deltoid l 5", "bic", "bic"]


def test_a_line_that_was_left_comes_back_with_the_up_key(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps r 4-; del")
    typist.press(ESCAPE)
    enter(typist, "")
    typist.press(UP)
    assert line_of(window) == "triceps r 4-; del"
    assert not window.bridge.record.findings


def test_nothing_typed_outlives_the_window(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps r 4-")
    typist.press(ENTER)
    typist.type("deltoid")
    window.close()
    assert line_of(window) == ""
    assert window.quick._recall.older("") is None


# Seen and heard ------------------------------------------------------------------------------------------------------


def test_line_and_rows_have_names_and_roles(window: ExamWindow, typist: Typist) -> None:
    enter(typist, "triceps r 4-; knee jerk 3+; deltoid r 9")
    line = QAccessible.queryAccessibleInterface(window.quick.line)
    assert line.text(QAccessible.Text.Name) == "Quick entry"
    assert line.role() == QAccessible.Role.EditableText
    rows = QAccessible.queryAccessibleInterface(window.quick.panel.list)
    assert rows.role() == QAccessible.Role.List
    assert rows.text(QAccessible.Text.Name) == "What will be recorded"
    named = [rows.child(number) for number in range(rows.childCount())]
    assert {each.role() for each in named} == {QAccessible.Role.ListItem}
    names = [each.text(QAccessible.Text.Name) for each in named]
    expected = "Will be recorded: Strength › elbow extension (triceps), right: 4 minus; not yet examined"
    assert names[:3] == [expected, "Question about knee jerk 3 plus: Which side?", "right"]
    assert names[-1].startswith("Not recorded, deltoid r 9: ")


def test_the_preview_is_announced_when_typing_pauses(
    window: ExamWindow, typist: Typist, announced: list[str], qtbot: QtBot
) -> None:
    enter(typist, "triceps r 4-")
    assert announced == [], "not at every key"
    qtbot.waitUntil(lambda: bool(announced))
    assert announced == [
        "Will be recorded: Strength › elbow extension (triceps), right: 4 minus; not yet examined. Enter records this."
    ]


def test_candidates_refusals_and_records_are_announced_at_once(
    window: ExamWindow, typist: Typist, announced: list[str]
) -> None:
    enter(typist, "triceps 4-")
    typist.press(ENTER)
    typist.press(DOWN)
    typist.press(TAB)
    typist.press(ENTER)
    assert announced == [
        "Nothing was recorded. Which side?",
        "right",
        "Recorded: Strength › elbow extension (triceps), right: 4−.",
    ]


MANY = "; ".join(
    f"{muscle} b 4"
    for muscle in ("deltoid", "biceps", "triceps", "hip flexion", "knee extension", "ankle dorsiflexion", "big toe")
)
LONG = "note " + "what was seen at the bedside, in many words " * 12


@pytest.mark.parametrize("text", ["triceps 4-", "deltoid r qqqq", f"{MANY}; {MANY}", LONG])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped_at_any_size_of_text(window: ExamWindow, typist: Typist, scale: float, text: str) -> None:
    theme().show(DARK if scale > 1 else LIGHT, scale)
    window.resize(1280, 800)
    QApplication.processEvents()
    enter(typist, "")
    window.quick.line.setText(text)
    QApplication.processEvents()
    panel = window.quick.panel
    assert window.rect().contains(panel.geometry())
    assert panel.geometry().top() >= window.quick.line.mapTo(window, window.quick.line.rect().bottomLeft()).y()
    assert window.top_bar.rect().contains(window.quick.line.geometry())
    assert window.quick.line.width() >= theme().px(160)
    assert not window.quick.line.geometry().intersects(window.top_bar._name.geometry())
    assert panel.footer.height() >= panel.footer.heightForWidth(panel.footer.width())
    assert_rows_fit(panel)


def assert_rows_fit(panel: QuickPanel) -> None:
    """Every row has the height that its wrapped words need, and the last can be scrolled into sight."""
    view: QListView = panel.list
    letters, model = QFontMetrics(theme().font()), view.model()
    for number, row in enumerate(panel.rows):
        index = model.index(number, 0)
        view.scrollTo(index)
        rect = view.visualRect(index)
        assert rect.width() <= view.viewport().width()
        words = letters.boundingRect(rect.adjusted(60, 0, 0, 9999), Qt.TextFlag.TextWordWrap, row.words)
        assert rect.height() >= letters.height() * (words.height() // letters.height())
    assert view.viewport().rect().contains(view.visualRect(model.index(len(panel.rows) - 1, 0)).bottomLeft())


def test_in_touch_mode_candidates_are_as_high_as_a_finger_needs(window: ExamWindow, typist: Typist) -> None:
    theme().show(LIGHT, touch=True)
    enter(typist, "triceps 4-")
    view = window.quick.panel.list
    heights = [view.visualRect(view.model().index(number, 0)).height() for number in range(4)]
    assert heights[0] < TOUCH_TARGET
    assert heights[1:] == [TOUCH_TARGET] * 3
    assert_rows_fit(window.quick.panel)
    theme().show(LIGHT)


def test_a_long_preview_is_scrolled_with_the_page_keys(window: ExamWindow, typist: Typist) -> None:
    theme().show(LIGHT, 2.0)
    enter(typist, "")
    window.quick.line.setText(f"{MANY}; {MANY}")
    QApplication.processEvents()
    bar = window.quick.panel.list.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0, "the part being typed is in sight"
    typist.press(Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()


def test_the_line_shows_its_key_while_it_is_empty(window: ExamWindow, typist: Typist) -> None:
    (cap,) = window.quick.line.findChildren(KeyCap)
    assert (cap.text(), cap.isVisible()) == ("Ctrl K", True)
    assert cap.geometry().right() < window.quick.line.cursorRect().center().x()
    enter(typist, "t")
    assert not cap.isVisible()

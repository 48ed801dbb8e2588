"""The debrief: own assessment beside the scores, the record beside the key, every difference by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from exam_app.gui.grid.cell import Cell
from exam_app.gui.parts import clipboard
from exam_app.gui.practice.debrief import DebriefPage
from exam_app.gui.practice.debrief_findings import FindingsTab
from exam_app.gui.practice.debrief_order import OrderTab
from exam_app.services.context import Context
from exam_app.services.practice import Learner, OpenAttempt, Practice
from exam_app.services.practice_debrief import told
from exam_app.services.practice_export import debrief_text
from tests.gui.practice.pages.conftest import Show
from tests.gui.practice.pages.plays import played
from tests.gui.screens import PDF_MS, settle

CASES = ("C01", "C06", "C08B", "C15B", "C16")


def opened(show: Show, context: Context, attempt: OpenAttempt, learner: Learner) -> DebriefPage:
    page = DebriefPage(context, attempt, learner)
    show(page)
    page.enter()
    return page


def findings_of(page: DebriefPage) -> FindingsTab:
    assert page.tabs is not None and page.findings is not None
    page.tabs.setCurrentWidget(page.findings)
    settle()
    return page.findings


def words_of(part: QWidget | None) -> str:
    assert part is not None
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part))


def press(key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    if isinstance(key, str):
        QTest.keyClicks(focus, key, modifiers)
    else:
        QTest.keyClick(focus, key, modifiers)
    settle()


@pytest.mark.parametrize("case", CASES)
def test_a_perfect_attempt_is_told_its_scores_and_no_difference(
    case: str, store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    page = opened(show, context, played(store, learner, case, "perfect"), learner)
    assert page.tabs is not None
    scores = words_of(page.tabs.widget(0))
    assert "(100 %)" in scores
    assert "keeps this attempt from passing" not in scores
    tab = findings_of(page)
    assert tab.list.count() == 0
    assert not tab.list.isVisible() and not tab.next_button.isVisible()
    assert any(line.words for line in tab._grids[tab._section].lines) or tab.movements.isVisible() or case == "C16"
    assert not tab.title.text().endswith("not scored")
    assert "Nothing differs" in words_of(tab.explanation)


@pytest.mark.parametrize("case", ["C06", "C08B", "C15B"])
def test_a_mirrored_attempt_is_told_that_it_fails_and_where_the_side_is_wrong(
    case: str, store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    page = opened(show, context, played(store, learner, case, "mirrored"), learner)
    assert page.tabs is not None
    scores = words_of(page.tabs.widget(0))
    assert "keeps this attempt from passing" in scores
    assert "wrong side" in scores
    tab = findings_of(page)
    rows = [tab.list.item(row).text() for row in range(tab.list.count())]
    assert any(row.endswith("wrong side") for row in rows)
    words = [line.words for section in tab._form.sections for line in tab._show_section(section.id).lines]
    assert case == "C15B" or any(each.startswith("\u2260") and "wrong side" in each for each in words)


@pytest.mark.parametrize("case", CASES)
def test_an_empty_attempt_has_no_score_and_nothing_is_compared(
    case: str, store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    page = opened(show, context, played(store, learner, case, "empty"), learner)
    assert page.tabs is not None
    scores = words_of(page.tabs.widget(0))
    assert scores.count("not scored: nothing was examined") == 4
    assert "%" not in scores
    assert page.findings is None


def test_the_own_assessment_stands_before_and_beside_the_scores(
    store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    page = opened(show, context, played(store, learner, "C08B", "hurried"), learner)
    assert page.tabs is not None
    scores = words_of(page.tabs.widget(0))
    assert "\u25cf\u25cf\u25cf\u25cf\u25cb  4 of 5" in scores
    assert "you gave no mark" in scores
    assert "You wrote: I forgot something." in scores
    assert scores.index("4 of 5") < scores.index("keeps this attempt from passing") < scores.index("The key")


def test_teaching_points_show_what_their_sources_are_beside_the_difference_too(
    store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    page = opened(show, context, played(store, learner, "C08A", "mirrored"), learner)
    tab = findings_of(page)
    citation = "Source: L5 radiculopathy against common peroneal palsy, teaching page"
    assert page.tabs is not None
    taught = words_of(page.tabs.widget(page.tabs.count() - 1))
    assert citation in taught and "S35c" not in taught
    told = []
    for _difference in range(tab.list.count()):
        tab.next_difference()
        settle()
        told.append(words_of(tab.explanation.words))
    assert any(citation in each for each in told)
    assert not any("S35" in each for each in told)


def test_a_section_that_is_told_says_that_it_is_not_scored(
    store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    tab = findings_of(opened(show, context, played(store, learner, "C08B", "hurried"), learner))
    titles = []
    for _section in tab._form.sections:
        tab.section_after()
        titles.append(tab.title.text())
    assert "History and context: not scored" in titles and "Alert card: not scored" in titles
    assert not any(title.startswith("Strength: not") for title in titles)


def test_g_goes_through_every_difference_of_all_sections_and_explains_it(
    store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    attempt = played(store, learner, "C06", "hurried")
    heard = told(learner, attempt)
    assert heard is not None
    tab = findings_of(opened(show, context, attempt, learner))
    tab.enter()
    assert tab.list.hasFocus()
    sections = set()
    for each in (*heard.differences[1:], heard.differences[0]):
        press("g")
        assert tab.list.currentRow() == heard.differences.index(each)
        assert each.sentence in words_of(tab.explanation)
        focus = QApplication.focusWidget()
        if not each.is_movement:
            assert isinstance(focus, Cell)
            assert focus.address == each.address
            assert not focus.visibleRegion().isEmpty()
        sections.add(each.section)
    assert len(sections) > 2
    press("G", Qt.KeyboardModifier.ShiftModifier)
    assert tab.list.currentRow() == len(heard.differences) - 1


def test_record_and_key_stand_side_by_side_with_a_sign_and_words(
    store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    attempt = played(store, learner, "C08B", "hurried")
    assert attempt.case is not None
    tab = findings_of(opened(show, context, attempt, learner))
    grid = tab._show_section("strength")
    missed = next(each for each in tab._told.differences if each.outcome == "missed" and each.section == "strength")
    yours, key = grid.cells[missed.address, False], grid.cells[missed.address, True]
    assert yours.accessibleName().startswith("Your record: ")
    assert key.accessibleName().startswith("The key: ")
    assert yours.face is not None and key.face is not None
    assert key.face.state == "abnormal" and yours.face.state != "abnormal"
    assert yours.x() < key.x()
    line = next(line for line in grid.lines if any(slot.cell is yours for slot in line.slots))
    assert line.words.startswith("\u2260") and "missed" in line.words
    assert "missed" in line.toolTip()


def test_arrows_move_and_nothing_typed_changes_the_record(
    store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    attempt = played(store, learner, "C08B", "hurried")
    tab = findings_of(opened(show, context, attempt, learner))
    grid = tab._show_section("strength")
    before, kept = attempt.session.record, attempt.attempt
    assert grid.focus_current()
    first = QApplication.focusWidget()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        press(key)
    here = QApplication.focusWidget()
    assert isinstance(here, Cell) and here is not first
    assert here.accessibleName().startswith("The key: ")
    for typed in ("4", "-", ".", "n", "x"):
        press(typed)
    press(Qt.Key.Key_Delete)
    assert attempt.session.record is before
    assert attempt.attempt is kept


def test_alt_and_an_arrow_go_to_the_next_section(
    store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    tab = findings_of(opened(show, context, played(store, learner, "C08B", "hurried"), learner))
    tab._show_section("strength").focus_current()
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert tab.title.text().startswith("Reflexes")
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert tab.title.text().startswith("Strength")


def test_the_technique_is_told_only_where_something_is_wrong(
    store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    attempt = played(store, learner, "C08B", "hurried")
    tab = findings_of(opened(show, context, attempt, learner))
    grid = tab._show_section("strength")
    wrong = {each.address for each in tab._told.differences}
    seen = set()
    for address, is_key in grid.cells:
        if not is_key:
            grid.focus_address(address)
            settle()
            assert tab.explanation.technique.isVisible() == (address in wrong), address
            seen.add(address in wrong)
    assert seen == {True, False}


def test_movements_stand_beside_those_of_the_key(
    store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    tab = findings_of(opened(show, context, played(store, learner, "C15B", "mirrored"), learner))
    tab._show_section("movements")
    settle()
    assert tab.movements.isVisible()
    words = words_of(tab.movements)
    assert "\u2260 wrong side" in words
    assert "right hand" in words and "left hand" in words


def test_the_order_is_drawn_and_said(store: Practice, learner: Learner, context: Context, show: Show) -> None:
    page = opened(show, context, played(store, learner, "C08B", "hurried"), learner)
    assert page.tabs is not None
    tab = page.tabs.widget(2)
    assert isinstance(tab, OrderTab)
    words = "\n".join(tab.drawing.in_words())
    assert "7. Strength: you began it as number 1, out of order" in words
    assert "9. Sensation: not begun" in words
    assert "8. Reflexes: you began it as number 7" in words
    assert "out of order" not in next(each for each in tab.drawing.in_words() if "Reflexes" in each)


def test_the_pdf_is_saved_under_a_name_that_names_no_learner(
    store: Practice, learner: Learner, context: Context, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(show, context, played(store, learner, "C08B", "hurried"), learner)
    page.save_button.click()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(each).name for each in dialog.selectedFiles()] == ["practice_C08B_2026-11-28.pdf"]
    dialog.close()
    file = tmp_path / "debrief.pdf"
    with qtbot.waitSignal(page.wrote, timeout=PDF_MS):
        page.save(str(file))
    assert file.read_bytes().startswith(b"%PDF")
    assert str(file) in page.told_label.text()


def test_a_pdf_that_cannot_be_written_is_told_in_a_sentence(
    store: Practice, learner: Learner, context: Context, show: Show, qtbot: QtBot
) -> None:
    page = opened(show, context, played(store, learner, "C08B", "empty"), learner)
    page.save("/no/such/folder/debrief.pdf")
    qtbot.waitUntil(lambda: not page.jobs.busy, timeout=PDF_MS)
    assert "/no/such/folder/debrief.pdf" in page.told_label.text()
    assert page.told_label.property("role") == "error"


def test_the_debrief_is_copied_as_text(store: Practice, learner: Learner, context: Context, show: Show) -> None:
    attempt = played(store, learner, "C08B", "hurried")
    page = opened(show, context, attempt, learner)
    page.copy_button.click()
    assert QGuiApplication.clipboard().text() == debrief_text(context, learner, attempt)
    assert "Copied" in page.told_label.text()
    clipboard.clear_what_was_copied()


def test_a_volunteer_gets_a_sheet_and_no_debrief(
    store: Practice, learner: Learner, context: Context, show: Show, qtbot: QtBot
) -> None:
    attempt = store.begin(learner, None, "guided")
    step = attempt.next_step
    assert step is not None
    attempt.perform([step[1]])
    attempt.finish()
    page = opened(show, context, attempt, learner)
    assert page.tabs is None and page.sheet is not None
    assert page.sheet.hasFocus()
    assert "How to test" in page.sheet.toPlainText()
    with qtbot.waitSignal(page.try_again_asked) as asked:
        page.again_button.click()
    assert asked.args == [None]


def test_the_buttons_lead_back_and_to_the_same_case(
    store: Practice, learner: Learner, context: Context, show: Show, qtbot: QtBot
) -> None:
    page = opened(show, context, played(store, learner, "C08B", "hurried"), learner)
    with qtbot.waitSignal(page.try_again_asked) as asked:
        page.again_button.click()
    assert asked.args == ["C08B"]
    with qtbot.waitSignal(page.back_asked):
        page.back_button.click()


def test_what_must_not_be_missed_and_what_must_be_said_is_told_kept_or_not(
    store: Practice, learner: Learner, context: Context, show: Show
) -> None:
    case = store.content.case("C18")
    kept, lost = (
        opened(show, context, played(store, learner, "C18", play), learner) for play in ("perfect", "hurried")
    )
    assert kept.tabs is not None and lost.tabs is not None
    good, bad = words_of(kept.tabs.widget(0)), words_of(lost.tabs.widget(0))
    assert good.count("\u2713 Found. ") == len(case.key.critical)
    assert good.count("\u2713 Said. ") == len(case.key.red_flags)
    assert "\u2260" not in good.replace("\u2260 Different: no difference", "")
    assert "\u2260 Not said. " in bad and "\u2260 Not found. " in bad
    assert "You said, and the case does not show it: The patient may fall" in bad
    for flag in case.key.red_flags:
        assert flag.why in bad

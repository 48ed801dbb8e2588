"""Localise and sum up: everything is offered in every case, kept at once, and handed in after one question."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.practice.attempt import DOMAINS, Assessment, Domain
from exam_app.core.practice.case import Place, PlaceSide
from exam_app.gui.parts.theme import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Palette, theme
from exam_app.gui.practice.localise import LocalisePage
from exam_app.gui.practice.missing import missing
from exam_app.services.practice import Learner, OpenAttempt, Practice
from tests.gui.practice.pages.conftest import Show
from tests.gui.practice.pages.plays import played


def begun(store: Practice, learner: Learner, case: str = "C08B") -> OpenAttempt:
    return store.begin(learner, store.content.case(case), "free")


def opened(show: Show, attempt: OpenAttempt) -> LocalisePage:
    page = LocalisePage(attempt)
    show(page)
    page.enter()
    return page


def press(key: Qt.Key | str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    if isinstance(key, str):
        QTest.keyClicks(focus, key)
    else:
        QTest.keyClick(focus, key)


def tab_to(target: QWidget) -> None:
    for _stop in range(80):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is target or target.isAncestorOf(focus):
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to '{target.accessibleName()}'")


def test_every_case_offers_the_same_and_nothing_is_chosen(store: Practice, learner: Learner, show: Show) -> None:
    offered = []
    for case in ("C08B", "C18", "C16"):
        page = opened(show, begun(store, learner, case))
        assert page.level.value() is None
        assert not page.side_part.isVisible()
        assert not any(made.isChecked() for made in page.flags.values())
        assert not page.movements.isVisible()
        offered.append(([made.text() for made in page.level.buttons], list(page.flags)))
    assert offered[0] == offered[1] == offered[2]
    assert len(offered[0][1]) == len(store.content.library.red_flags.red_flags)


def test_a_side_is_asked_only_where_it_makes_sense(store: Practice, learner: Learner, show: Show) -> None:
    attempt = begun(store, learner)
    page = opened(show, attempt)
    levels = [level.id for level in store.content.library.levels.levels]
    page.level.buttons[levels.index("nerve")].click()
    assert page.side_part.isVisible()
    page.side.buttons[1].click()
    assert attempt.attempt.localisation == Place(level="nerve", side="L")
    page.level.buttons[levels.index("muscle")].click()
    assert not page.side_part.isVisible()
    assert attempt.attempt.localisation == Place(level="muscle", side="none")


@pytest.mark.parametrize("answer", ["R", "L", "both", "none", None])
def test_the_side_is_shown_as_it_was_said_when_the_attempt_is_opened_again(
    store: Practice, learner: Learner, show: Show, answer: PlaceSide | None
) -> None:
    attempt = begun(store, learner)
    page = opened(show, attempt)
    levels = [level.id for level in store.content.library.levels.levels]
    page.level.buttons[levels.index("basal_ganglia")].click()
    if answer is not None:
        page.side.buttons[["R", "L", "both", "none"].index(answer)].click()
    attempt.wait_until_saved()
    attempt.close()
    again = store.open(attempt.id)
    assert opened(show, again).side.value() == answer
    assert again.attempt.localisation == Place(level="basal_ganglia", side=answer or "unsaid")
    assert ("its side" in missing(again.attempt, has_movements=False)) == (answer is None)


def test_the_whole_page_is_filled_and_handed_in_by_keyboard(
    store: Practice, learner: Learner, show: Show, qtbot: QtBot
) -> None:
    attempt = begun(store, learner)
    page = opened(show, attempt)
    levels = [level.id for level in store.content.library.levels.levels]
    for _step in range(levels.index("nerve")):
        press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    tab_to(page.side)
    press("2")
    tab_to(page.line)
    press("A dropped foot on the left.")
    tab_to(page.flags["falls"])
    press(Qt.Key.Key_Space)
    for domain, mark in (("findings", "4"), ("structure", "3"), ("localisation", "5"), ("safety", "2")):
        tab_to(page.marks[domain])
        press(mark)
    tab_to(page.own_words)
    press("I forgot sensation.")
    tab_to(page.hand_in_button)
    press(Qt.Key.Key_Space)
    assert not attempt.attempt.is_finished
    with qtbot.waitSignal(page.handed_in):
        press(Qt.Key.Key_Space)
    attempt.wait_until_saved()
    said = store.open(attempt.id).attempt
    assert said.is_finished
    assert (said.localisation, said.summary) == (Place(level="nerve", side="L"), "A dropped foot on the left.")
    assert said.red_flags == ("falls",)
    marks: dict[Domain, int] = {"findings": 4, "structure": 3, "localisation": 5, "safety": 2}
    assert said.assessment == Assessment(marks=marks, words="I forgot sensation.")


def test_what_is_missing_is_named_and_nothing_of_the_key_is(store: Practice, learner: Learner, show: Show) -> None:
    attempt = begun(store, learner, "C18")
    page = opened(show, attempt)
    page.hand_in_button.click()
    asked = page.question.text()
    for words in ("where the lesion is", "the one line", "a red flag, if there is one", "nothing was examined"):
        assert words in asked
    key = store.content.case("C18").key
    shown = "\n".join(label.text() for label in page.findChildren(type(page.question)))
    assert key.summary not in shown
    assert not any(flag.why in shown for flag in key.red_flags)
    page.not_yet_button.click()
    assert not page.question.isVisible()
    assert page.hand_in_button.hasFocus()
    assert not attempt.attempt.is_finished


def test_a_full_answer_is_asked_only_whether_it_is_meant(store: Practice, learner: Learner, show: Show) -> None:
    attempt = played(store, learner, "C18", "perfect", is_finished=False)
    marks = dict.fromkeys(DOMAINS, 3)
    attempt.assess(Assessment(marks=marks))
    page = opened(show, attempt)
    page.hand_in_button.click()
    assert "Not said" not in page.question.text()
    assert "nothing can be changed" in page.question.text()


def test_recorded_movements_and_the_distribution_are_asked_where_there_are_some(
    store: Practice, learner: Learner, show: Show, qtbot: QtBot
) -> None:
    attempt = played(store, learner, "C01", "perfect", is_finished=False)
    attempt.distribute(None)
    page = opened(show, attempt)
    assert page.movements.isVisible()
    page.hand_in_button.click()
    assert "the distribution of dystonia" in page.question.text()
    page.not_yet_button.click()
    page.distribution.buttons[1].click()
    assert attempt.attempt.distribution == "focal"
    with qtbot.waitSignal(page.examination_asked) as asked:
        page.change_button.click()
    assert asked.args == ["movements"]


def test_what_was_said_is_there_when_an_attempt_is_opened_again(store: Practice, learner: Learner, show: Show) -> None:
    attempt = played(store, learner, "C06", "hurried", is_finished=False)
    attempt.close()
    page = opened(show, store.open(attempt.id))
    place = attempt.attempt.localisation
    assert place is not None
    assert (page.level.value(), page.side.value()) == (place.level, place.side)
    assert page.flags["falls"].isChecked()
    assert page.line.edit.toPlainText() == "What I think."
    assert page.marks["findings"].value() == "4"


def test_an_attempt_that_was_handed_in_is_not_changed(store: Practice, learner: Learner, show: Show) -> None:
    attempt = played(store, learner, "C06", "hurried")
    page = opened(show, attempt)
    before = attempt.attempt
    page.level.buttons[0].click()
    page.flags["airway"].click()
    page.hand_in_button.click()
    assert attempt.attempt is before


@pytest.mark.parametrize("palette", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK], ids=lambda palette: palette.name)
def test_what_was_handed_in_looks_read_only_also_without_colour(
    store: Practice, learner: Learner, show: Show, palette: Palette
) -> None:
    theme().show(palette)
    going_on = opened(show, played(store, learner, "C15B", "hurried", is_finished=False))
    done = opened(show, played(store, learner, "C15B", "hurried"))
    assert done.done.isVisible() and not going_on.done.isVisible()
    assert going_on.hand_in_button.isVisible() and not done.hand_in_button.isVisible()
    assert not done.change_button.isVisible()
    for flag in ("falls", "airway"):
        boxes = (grey(page.flags[flag], across=24) for page in (going_on, done))
        assert differing(*boxes) > 15
    for domain in range(2):  # a mark that was given, and none
        marks = (grey(list(page.marks.values())[2 * domain].buttons[3], down=2) for page in (going_on, done))
        assert differing(*marks) > 15
    frames = (grey(page.own_words.edit, down=2) for page in (going_on, done))
    assert differing(*frames) > 15


def differing(one: list[int], other: list[int]) -> int:
    """How many points differ in more than their colour."""
    return sum(abs(before - after) > 25 for before, after in zip(one, other, strict=True))


def grey(part: QWidget, *, across: int = 10_000, down: int = 10_000) -> list[int]:
    """The points of a widget without their colour, as far as there are no words: `across` or `down` from its corner."""
    picture = part.grab().toImage()
    width, height = min(across, picture.width()), min(down, picture.height())
    return [QColor(picture.pixel(x, y)).lightness() for y in range(height) for x in range(width)]


def test_a_volunteer_is_not_localised(store: Practice, learner: Learner, show: Show, qtbot: QtBot) -> None:
    attempt = store.begin(learner, None, "guided")
    page = opened(show, attempt)
    assert not hasattr(page, "level")
    page.hand_in_button.click()
    assert "Not said" not in page.question.text()
    with qtbot.waitSignal(page.handed_in):
        page.really_button.click()


@pytest.mark.parametrize("text", ["x" * 3000, "a\u202eb"])
def test_words_that_cannot_be_kept_are_refused_in_a_sentence(
    store: Practice, learner: Learner, show: Show, text: str
) -> None:
    attempt = begun(store, learner)
    page = opened(show, attempt)
    page.own_words.edit.setPlainText(text)
    page.own_words.commit()
    assert page.own_words.refusal
    assert attempt.attempt.assessment is not None
    assert attempt.attempt.assessment.words is None

"""Another map of keys: what it may hold, what is refused, and that the windows say and do what it says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from exam_app.core.form.form import Form
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.parts.hints import Place, all_hints, field_hints, grid_hints, selection_hints
from exam_app.gui.parts.key_button import KeyButton
from exam_app.gui.parts.key_map import (
    DEFAULT_KEYS,
    PRACTICE,
    KeyMap,
    changes_of,
    command_words,
    faults_of,
    refusal_of,
    with_changes,
)
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.theme import LIGHT, theme
from tests.gui.typist import Typist

KINDS = ("grade", "choice", "side", "flags", "number", "")


def with_keys(**changes: tuple[str, ...]) -> KeyMap:
    return dict(DEFAULT_KEYS) | changes


def test_the_delivered_keys_have_no_fault_and_every_command_has_its_words_and_does_something(
    window: ExamWindow,
) -> None:
    assert list(faults_of(DEFAULT_KEYS)) == []
    assert list(command_words()) == list(DEFAULT_KEYS)
    assert {command for command in DEFAULT_KEYS if not window.commands.knows(command)} == set(PRACTICE)


def test_the_letters_that_answer_cells_of_the_form_are_kept_for_them(form: Form) -> None:
    letters = {grade.key for scale in form.scales.values() for grade in scale.grades if grade.key is not None}
    for key in (*letters, "c", "r", "l", *"0123456789", "+", "-"):
        assert refusal_of("rest_normal", key.upper()) == f"{key.upper()} answers cells, so it cannot be a command."


@pytest.mark.parametrize(
    ("keys", "command", "sentence"),
    [
        ({"make_tea": ("F9",)}, "make_tea", "There is no command “make_tea”, so it can have no key."),
        (
            with_keys(undo=("N",)),
            "undo",
            "N is already the key for “assert the rest of the section normal, then on to the next gap”.",
        ),
        (with_keys(undo=("4",)), "undo", "4 answers cells, so it cannot be a command."),
        (with_keys(undo=("Shift+4",)), "undo", "Shift+4 answers cells, so it cannot be a command."),
        (with_keys(undo=("%",)), "undo", "% answers cells, so it cannot be a command."),
        (with_keys(undo=("-",)), "undo", "- answers cells, so it cannot be a command."),
        (with_keys(undo=("Down",)), "undo", "Down moves in the grid, so it cannot be a command."),
        (with_keys(undo=("Ctrl+Shift+Down",)), "undo", "Ctrl+Shift+Down moves in the grid, so it cannot be a command."),
        (with_keys(undo=("Hyper+Z",)), "undo", "“Hyper+Z” is no key."),
        (with_keys(undo=("",)), "undo", "“” is no key."),
        (with_keys(back=("F9",)), "back", "“back to the grid” keeps its key: it must never be lost."),
    ],
)
def test_what_a_map_may_not_hold_is_named_in_a_sentence(keys: KeyMap, command: str, sentence: str) -> None:
    assert [(fault.command, fault.says) for fault in faults_of(keys)] == [(command, sentence)]


def test_every_fault_of_a_map_is_named_not_only_the_first() -> None:
    assert len(list(faults_of(with_keys(undo=("4", "N"), jump=("X",))))) == 3


def test_a_map_comes_back_from_its_changes_as_it_was() -> None:
    other = with_keys(rest_normal=("F5", "Ctrl++"), jump=())
    assert changes_of(other) == {"rest_normal": ("F5", "Ctrl++"), "jump": ()}
    assert with_changes(changes_of(other)) == (other, [])
    assert not changes_of(DEFAULT_KEYS)


def test_changes_with_a_fault_leave_the_delivered_keys_and_say_so() -> None:
    keys, faults = with_changes({"undo": ("N",), "rest_normal": ("N",), "jump": ("4",)})
    assert keys == DEFAULT_KEYS
    assert faults == ["N is already the key for “undo”.", "4 answers cells, so it cannot be a command."]


def test_a_delivered_key_gives_way_to_the_change_that_took_it() -> None:
    """As when a later version delivers a key that somebody has given to another command."""
    keys, faults = with_changes({"undo": ("U",)})
    assert not faults
    assert (keys["unfold"], keys["undo"]) == ((), ("U",))


def test_a_remapped_key_works_and_every_place_shows_it(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("strength")
    keys = window.bottom_bar.keys
    keys.use(
        with_keys(rest_normal=("F5",), unfold=("J",), reason=("W",), note=("F6",), all_keys=("F2",), section_1=("F7",))
    )
    shown = {cap: hint.does for hint in window.bottom_bar.hints for cap in hint.keys}
    assert shown["F5"] == "rest normal" and shown["W"] == "not examined" and "N" not in shown
    view = window.view
    assert view is not None
    caps = [label.text() for label in view.findChildren(QLabel) if label.property("role") == "keycap"]
    caps += [made.key for made in view.findChildren(KeyButton)]
    assert "F5" in caps and "J" in caps and "U" not in caps and "N" not in caps
    assert window.dock.note.placeholderText() == "Note (F6)"
    assert window.rail.entries["alert"].toolTip() == "Alert card (F7)"
    assert window.rail.entries["review"].toolTip() == "Review and report (Ctrl R)"
    typist.press(Qt.Key.Key_F2)
    assert "F5: assert the rest of the section normal" in window.panels.all_keys.accessibleDescription()
    typist.press(Qt.Key.Key_Escape)
    typist.press("n")
    assert window.page == "strength" and not window.bridge.record.findings, "N is no command any more"
    typist.press(Qt.Key.Key_F5)
    assert window.page == "reflexes" and window.bridge.record.findings


def test_a_command_without_a_key_is_left_out_of_what_is_shown() -> None:
    keys = Keys(with_keys(rest_normal=(), jump=(), undo=()))
    for hints in (
        *(grid_hints(keys, Place(kind, rest="rest normal")) for kind in KINDS),
        *(selection_hints(keys, kind, 2) for kind in KINDS),
        field_hints(keys),
        *(hints for _title, hints in all_hints(keys)),
    ):
        assert all(hint.keys and all(hint.keys) for hint in hints)
        assert not [hint for hint in hints if hint.does in ("rest normal", "find item", "undo")]


def test_every_command_with_a_key_stands_on_the_card_of_all_keys() -> None:
    keys = Keys()
    caps = {cap for _title, hints in all_hints(keys) for hint in hints for cap in " … ".join(hint.keys).split(" … ")}
    missing = [command for command in DEFAULT_KEYS if keys.cap(command) not in caps and "section_" not in command]
    assert missing == []


def test_at_twice_the_text_the_card_of_all_keys_scrolls_and_clips_nothing(window: ExamWindow, typist: Typist) -> None:
    theme().show(LIGHT, 2.0)
    typist.press("?")
    QApplication.processEvents()
    shown = [label for label in window.panels.all_keys.findChildren(QLabel) if label.isVisible()]
    assert shown and all(label.height() >= label.heightForWidth(label.width()) for label in shown if label.wordWrap())
    last = next(label for label in shown if label.text() == "unfold further items, or fold them away")
    assert last.visibleRegion().isEmpty(), "the window is too low for all of it"
    for _time in range(6):
        typist.press(Qt.Key.Key_Down)
    assert not last.visibleRegion().isEmpty()
    typist.press("g")
    assert not window.panels.all_keys.isVisible()

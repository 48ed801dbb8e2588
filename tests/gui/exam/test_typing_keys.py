"""Which key an event stands for, on the keyboards that clinicians have."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Item
from exam_app.core.record.values import FlagsValue, SideValue
from exam_app.gui.exam.reasons import LETTERS
from exam_app.gui.parts.key_map import DEFAULT_KEYS
from exam_app.gui.parts.keys import command_of, name_of
from exam_app.gui.parts.layouts import digit_of
from exam_app.gui.parts.typing_keys import typed_answer

SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
NONE = Qt.KeyboardModifier.NoModifier


def event(key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, code: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, code, 0, 0, text)


def test_a_digit_of_the_top_row_and_of_the_keypad() -> None:
    assert digit_of(event(Qt.Key.Key_4, NONE, "4")) == "4"
    assert digit_of(event(Qt.Key.Key_4, KEYPAD, "4")) == "4"


def test_shift_and_a_digit_of_an_american_keyboard() -> None:
    assert digit_of(event(Qt.Key.Key_Dollar, SHIFT, "$")) == "4"
    assert digit_of(event(Qt.Key.Key_ParenRight, SHIFT, ")")) == "0"


@pytest.mark.skipif(sys.platform != "linux", reason="scan codes differ")
def test_shift_and_a_digit_of_any_keyboard_by_the_place_of_the_key() -> None:
    assert digit_of(event(Qt.Key.Key_Percent, SHIFT, "%", 14)) == "5"
    assert digit_of(event(Qt.Key.Key_section, SHIFT, "§", 12)) == "3"
    assert digit_of(event(Qt.Key.Key_Equal, SHIFT, "=", 19)) == "0"


def test_letters_and_signs_are_no_digits() -> None:
    assert digit_of(event(Qt.Key.Key_Plus, SHIFT, "+")) is None
    assert digit_of(event(Qt.Key.Key_N, NONE, "n")) is None


def test_a_sign_is_taken_as_printed_whatever_keys_made_it() -> None:
    assert name_of(event(Qt.Key.Key_Slash, SHIFT, "/")) == "/"
    assert command_of(event(Qt.Key.Key_Question, SHIFT, "?")) == "all_keys"
    assert command_of(event(Qt.Key.Key_X, SHIFT, "X")) == "rest_reason"
    assert command_of(event(Qt.Key.Key_X, NONE, "x")) == "reason"


def test_keys_can_be_remapped() -> None:
    keys = dict(DEFAULT_KEYS) | {"rest_normal": ("M",)}
    assert command_of(event(Qt.Key.Key_M, NONE, "m"), keys) == "rest_normal"
    assert command_of(event(Qt.Key.Key_N, NONE, "n"), keys) is None


def test_no_two_commands_have_the_same_key() -> None:
    names = [name for names in DEFAULT_KEYS.values() for name in names]
    assert len(names) == len(set(names))


def test_every_reason_has_a_letter_of_its_own_state() -> None:
    assert len(LETTERS) == len(set(LETTERS.values()))


def item_of_kind(form: Form, kind: str) -> Item:
    return next(item for item in form.items.values() if item.kind == kind)


def test_a_side_is_answered_by_its_letter(form: Form) -> None:
    answer = typed_answer(item_of_kind(form, "side"), None, "", "l", form)
    assert answer is not None and answer.value == SideValue(side="L")


def test_a_digit_takes_a_mark_through_yes_no_unknown_and_back(form: Form) -> None:
    item = item_of_kind(form, "flags")
    mark = item.options[0].id  # type: ignore[union-attr]
    value, seen = None, []
    for _time in range(4):
        answer = typed_answer(item, value, "", "1", form)
        assert answer is not None
        value = answer.value
        seen.append(value.flags[mark] if isinstance(value, FlagsValue) else None)
    assert seen == ["yes", "no", "unknown", None]


def test_no_key_answers_a_number_out_of_range(form: Form) -> None:
    item = form.items["sensation.joint_position_hallux"]
    assert typed_answer(item, None, "1", "2", form) is not None, "a number that goes too far begins anew"
    first = typed_answer(item, None, "1", "2", form)
    assert first is not None and first.typed == "2"

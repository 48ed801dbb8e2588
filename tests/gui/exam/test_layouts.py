"""Digits and signs of the keyboards that clinicians have: real key events with scan codes in the real window."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from exam_app.core.record.record import Examined
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue, NumberValue
from exam_app.gui.exam.exam_window import ExamWindow
from tests.gui.typist import Typist

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the scan codes are those of Linux"),
    pytest.mark.usefixtures("sections_when_asked_for"),
]

SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
NONE = Qt.KeyboardModifier.NoModifier
ROW = 10
"""The scan code of the key 1."""


@dataclass(frozen=True)
class Press:
    """A key press: Qt's key, what it prints, its scan code, its modifiers."""

    key: int
    text: str
    code: int
    modifiers: Qt.KeyboardModifier = NONE

    def send(self) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        press = QKeyEvent(QEvent.Type.KeyPress, self.key, self.modifiers, self.code, 0, 0, self.text)
        QApplication.sendEvent(focus, press)
        QApplication.processEvents()


def printed(text: str, code: int, modifiers: Qt.KeyboardModifier = NONE) -> Press:
    """A key whose Qt name is what it prints, as Qt has it for every sign and letter of these layouts."""
    return Press(ord(text.upper()), text, code, modifiers)


def row(plain: str, shifted: str) -> dict[str, Press]:
    """The keys 1 to 0 of a layout: `4` without Shift, `S4` with it."""
    keys = {}
    for place, (low, high) in enumerate(zip(plain, shifted, strict=True)):
        digit = str((place + 1) % 10)
        keys[digit] = printed(low, ROW + place)
        keys[f"S{digit}"] = printed(high, ROW + place, SHIFT)
    return keys


LAYOUTS = {
    "US": row("1234567890", "!@#$%^&*()") | {"+": printed("+", 21, SHIFT), "-": printed("-", 20)},
    "German": row("1234567890", '!"§$%&/()=') | {"+": printed("+", 35), "-": printed("-", 61)},
    "French": row("&é\"'(-è_çà", "1234567890") | {"+": printed("+", 21, SHIFT), "-": printed("-", 15)},
    "Swiss": row("1234567890", '+"*ç%&/()=') | {"+": printed("+", 10, SHIFT), "-": printed("-", 61)},
    "Spanish": row("1234567890", '!"·$%&/()=') | {"+": printed("+", 35), "-": printed("-", 61)},
    "Belgian": row("&é\"'(§è!çà", "1234567890") | {"+": printed("+", 61, SHIFT), "-": printed("-", 21)},
    "Czech": row("+ěščřžýáíé", "1234567890") | {"+": printed("+", 10), "-": printed("-", 61)},
}
COMMANDS = {
    "US": {"/": printed("/", 61), "?": printed("?", 61, SHIFT), ".": printed(".", 60)},
    "German": {"/": printed("/", 16, SHIFT), "?": printed("?", 20, SHIFT), ".": printed(".", 60)},
    "French": {"/": printed("/", 60, SHIFT), "?": printed("?", 58, SHIFT), ".": printed(".", 59, SHIFT)},
    "Swiss": {"/": printed("/", 16, SHIFT), "?": printed("?", 20, SHIFT), ".": printed(".", 60)},
    "Spanish": {"/": printed("/", 16, SHIFT), "?": printed("?", 20, SHIFT), ".": printed(".", 60)},
}
KEYPAD_PLACES = dict(zip("7894561230", (79, 80, 81, 83, 84, 85, 87, 88, 89, 90), strict=True))
KEYPAD_ARROWS = {
    "7": Qt.Key.Key_Home,
    "8": Qt.Key.Key_Up,
    "9": Qt.Key.Key_PageUp,
    "4": Qt.Key.Key_Left,
    "5": Qt.Key.Key_Clear,
    "6": Qt.Key.Key_Right,
    "1": Qt.Key.Key_End,
    "2": Qt.Key.Key_Down,
    "3": Qt.Key.Key_PageDown,
    "0": Qt.Key.Key_Insert,
}


def grades(window: ExamWindow, item: str) -> tuple[str | None, str | None]:
    found = []
    for side in "RL":
        finding = window.bridge.finding(f"{item}.{side}")
        value = finding.value if isinstance(finding, Examined) else None
        found.append(value.token if isinstance(value, GradeValue) else None)
    return found[0], found[1]


@pytest.fixture
def triceps(window: ExamWindow, typist: Typist) -> ExamWindow:
    typist.go_to_section("strength")
    typist.go_to("strength.triceps.R")
    return window


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_digit_of_the_top_row_grades_the_cell(triceps: ExamWindow, layout: str) -> None:
    for digit in "01235":
        LAYOUTS[layout][digit].send()
        assert grades(triceps, "strength.triceps") == (digit, None)
        triceps.bridge.clear(["strength.triceps.R"])
        assert triceps.view is not None
        triceps.view.keys.forget_typing()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_shift_and_a_digit_of_the_top_row_grade_both_sides(triceps: ExamWindow, layout: str) -> None:
    for digit in "53210":
        LAYOUTS[layout][f"S{digit}"].send()
        assert grades(triceps, "strength.triceps") == (digit, digit)
        triceps.bridge.clear(["strength.triceps.R", "strength.triceps.L"])
        assert triceps.view is not None
        triceps.view.keys.forget_typing()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_plus_and_a_minus_behind_a_grade_are_what_is_printed(triceps: ExamWindow, layout: str) -> None:
    keys = LAYOUTS[layout]
    keys["4"].send()
    keys["+"].send()
    assert grades(triceps, "strength.triceps") == ("4+", None)
    keys["-"].send()
    assert grades(triceps, "strength.triceps") == ("4-", None)


@pytest.mark.parametrize("layout", ["Swiss", "French", "Czech"])
def test_a_sign_behind_a_grade_that_has_none_grades_nothing(triceps: ExamWindow, layout: str) -> None:
    """On these keyboards the sign shares its key with a digit."""
    LAYOUTS[layout]["3"].send()
    LAYOUTS[layout]["+" if layout != "French" else "-"].send()
    assert grades(triceps, "strength.triceps") == ("3", None)


@pytest.mark.parametrize("layout", COMMANDS)
def test_the_signs_of_commands_are_taken_as_printed(triceps: ExamWindow, layout: str) -> None:
    keys = LAYOUTS[layout] | COMMANDS[layout]
    keys["/"].send()
    assert triceps.panels.jump.isVisible()
    triceps.panels.jump.close_panel()
    keys["?"].send()
    assert triceps.panels.all_keys.isVisible()
    triceps.panels.all_keys.close_panel()
    keys["3"].send()
    Press(Qt.Key.Key_Right, "", 114).send()
    keys["."].send()
    assert grades(triceps, "strength.triceps") == ("3", "3")


@pytest.mark.parametrize("layout", ["German", "Swiss", "Spanish"])
def test_the_jump_on_the_key_7_records_nothing_where_seven_would_be_an_answer(
    window: ExamWindow, typist: Typist, layout: str
) -> None:
    typist.go_to_section("sensation")
    typist.go_to("sensation.joint_position_hallux.R")
    COMMANDS[layout]["/"].send()
    assert window.panels.jump.isVisible()
    assert not window.bridge.record.findings


@pytest.mark.parametrize("layout", ["US", "German", "Swiss", "French"])
def test_a_blood_pressure_is_typed_with_the_stroke_of_the_keyboard(
    window: ExamWindow, typist: Typist, layout: str
) -> None:
    keys = LAYOUTS[layout] | COMMANDS[layout]
    typist.go_to_section("other")
    address = next(
        address
        for address, item in window.bridge.form.addresses.items()
        if address.startswith("other.") and getattr(typed_field(item), "over", False)
    )
    typist.go_to(address)
    for key in "168/102":
        keys[key].send()
    value = window.bridge.value(address)
    if isinstance(value, GroupValue):
        value = next(iter(value.fields.values()))
    assert isinstance(value, NumberValue)
    assert (value.number, value.over) == (168, 102)


def typed_field(item: object) -> object:
    main = getattr(item, "main", None)
    return item.by_id[main] if main is not None else item  # type: ignore[attr-defined]


def test_the_key_6_of_a_french_keyboard_is_a_six_where_no_sign_is_meant(window: ExamWindow, typist: Typist) -> None:
    keys = LAYOUTS["French"]
    typist.go_to_section("gait")
    typist.go_to("gait.pattern")
    keys["6"].send()
    options = window.bridge.item("gait.pattern").options  # type: ignore[union-attr]
    assert window.bridge.value("gait.pattern") == ChoiceValue(token=options[5].id)
    typist.go_to("gait.tug")
    keys["1"].send()
    keys["6"].send()
    value = window.bridge.value("gait.tug")
    assert isinstance(value, GroupValue) and value.fields["seconds"] == NumberValue(number=16)


def test_the_key_right_of_0_of_a_french_keyboard_is_a_minus(triceps: ExamWindow) -> None:
    LAYOUTS["French"]["4"].send()
    printed(")", 20).send()
    assert grades(triceps, "strength.triceps") == ("4-", None)


def test_what_altgr_prints_on_the_digit_row_is_no_digit(triceps: ExamWindow) -> None:
    for sign, place in (("{", 16), ("@", 11), ("#", 12), ("~", 11), ("|", 15)):
        printed(sign, place).send()
    assert not triceps.bridge.record.findings


@pytest.mark.parametrize("text", ["4", ""])
def test_a_keypad_gives_digits_and_signs_whether_or_not_it_brings_their_text(triceps: ExamWindow, text: str) -> None:
    Press(Qt.Key.Key_4, text, KEYPAD_PLACES["4"], KEYPAD).send()
    assert grades(triceps, "strength.triceps") == ("4", None)
    Press(Qt.Key.Key_Minus, "-" if text else "", 82, KEYPAD).send()
    assert grades(triceps, "strength.triceps") == ("4-", None)
    Press(Qt.Key.Key_Plus, "+" if text else "", 86, KEYPAD).send()
    assert grades(triceps, "strength.triceps") == ("4+", None)
    Press(Qt.Key.Key_Enter, "\r", 104, KEYPAD).send()
    assert triceps.view is not None and triceps.view.current == "strength.triceps.L"


def test_a_keypad_without_numlock_gives_digits_and_with_shift_both_sides(triceps: ExamWindow) -> None:
    for digit in "01235":
        Press(KEYPAD_ARROWS[digit], "", KEYPAD_PLACES[digit], KEYPAD).send()
        assert grades(triceps, "strength.triceps") == (digit, None)
    for digit in "01235":
        Press(KEYPAD_ARROWS[digit], "", KEYPAD_PLACES[digit], KEYPAD | SHIFT).send()
        assert grades(triceps, "strength.triceps") == (digit, digit)
    assert triceps.view is not None and triceps.view.current == "strength.triceps.R"


def test_shift_and_a_digit_of_the_keypad_choose_on_both_sides(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("reflexes")
    typist.go_to("reflexes.plantar.R")
    Press(KEYPAD_ARROWS["2"], "", KEYPAD_PLACES["2"], KEYPAD | SHIFT).send()
    findings = [window.bridge.finding(f"reflexes.plantar.{side}") for side in "RL"]
    assert findings[0] is not None and findings[0] == findings[1]


def test_the_arrows_beside_the_keypad_move(triceps: ExamWindow) -> None:
    Press(Qt.Key.Key_Right, "", 114).send()
    assert triceps.view is not None and triceps.view.current == "strength.triceps.L"
    assert not triceps.bridge.record.findings


def test_the_fields_under_the_grid_take_the_digits_of_a_french_keyboard(window: ExamWindow, typist: Typist) -> None:
    typist.go_to_section("reflexes")
    typist.go_to("reflexes.brachioradialis.R")
    typist.press("1")
    typist.press(Qt.Key.Key_Tab)
    LAYOUTS["French"]["2"].send()
    value = window.bridge.value("reflexes.brachioradialis.R")
    assert isinstance(value, GroupValue) and value.fields["inverted"] == ChoiceValue(token="yes")

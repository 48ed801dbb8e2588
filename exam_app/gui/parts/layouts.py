"""Which digit or sign a key press stands for, on the keyboards that clinicians have.

A digit is taken from the key's place where the key prints something else: with Shift on most layouts, without it on
French ones. A sign is taken as printed.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

COMMAND_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
"""With one of these a key is a command and no answer."""
ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier

_US_SHIFTED = dict(zip(")!@#$%^&*(", "0123456789", strict=True))
_FIRST_DIGIT_CODE = {"linux": 10, "win32": 2}
"""The scan code of the key 1 of the top row: evdev as X11 and Wayland count, and Windows."""
_MAC_CODES = {18: "1", 19: "2", 20: "3", 21: "4", 23: "5", 22: "6", 26: "7", 28: "8", 25: "9", 29: "0"}
_KEYPAD_CODES = {
    "linux": dict(zip((90, 87, 88, 89, 83, 84, 85, 79, 80, 81), "0123456789", strict=True)),
    "win32": dict(zip((82, 79, 80, 81, 75, 76, 77, 71, 72, 73), "0123456789", strict=True)),
}
"""The scan codes of the keypad. Windows gives the arrows beside it other codes; on a Mac a keypad gives digits only."""
_UNSHIFTED_ROWS = ("&é\"'(-è_çà", "&é\"'(§è!çà", "+ěščřžýáíé", "+ľščťžýáíé")
"""What the keys 1 to 0 print without Shift in France, Belgium, Czechia and Slovakia. AltGr prints other signs there."""
_SIGN_KEYS = {Qt.Key.Key_Plus: "+", Qt.Key.Key_Minus: "-"}
_SIGNS = {"\u2212": "-", "\u2013": "-"}


def digit_of(event: QKeyEvent) -> str | None:
    """The digit of a key of the top row or the keypad: with Shift too, on layouts where Shift gives the digits, and of
    a keypad whose NumLock is off or which Shift turns into arrows."""
    if event.modifiers() & COMMAND_MODIFIERS:
        return None
    key, text = event.key(), event.text()
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return chr(key)
    if len(text) == 1 and text.isdecimal():
        return str(int(text))
    if event.modifiers() & _KEYPAD:
        return None if text else _KEYPAD_CODES.get(sys.platform, {}).get(event.nativeScanCode())
    placed = _digit_of_place(event)
    if placed is not None and (event.modifiers() & _SHIFT or _prints_unshifted(placed, text)):
        return placed
    return _US_SHIFTED.get(text) if event.modifiers() & _SHIFT and not event.nativeScanCode() else None


def _digit_of_place(event: QKeyEvent) -> str | None:
    """The digit of a key of the top row by its place alone."""
    if sys.platform == "darwin":
        return _MAC_CODES.get(event.nativeVirtualKey())
    place = event.nativeScanCode() - _FIRST_DIGIT_CODE.get(sys.platform, 10)
    return str((place + 1) % 10) if event.nativeScanCode() and 0 <= place <= 9 else None


def _prints_unshifted(digit: str, text: str) -> bool:
    return any(row[(int(digit) - 1) % 10] == text for row in _UNSHIFTED_ROWS)


def sign_of(event: QKeyEvent) -> str:
    """What a key prints, as a cell takes it; empty for none. On a French keyboard, whose minus lies on the key 6, the
    key to the right of 0 is a minus too."""
    if event.modifiers() & COMMAND_MODIFIERS:
        return ""
    text = event.text() or _SIGN_KEYS.get(Qt.Key(event.key()), "")
    if text == ")" and not event.modifiers() & _SHIFT and _is_right_of_0(event):
        return "-"
    text = _SIGNS.get(text, text)
    return text if len(text) == 1 and text.isprintable() else ""


def _is_right_of_0(event: QKeyEvent) -> bool:
    if sys.platform == "darwin":
        return event.nativeVirtualKey() == 27
    return event.nativeScanCode() == _FIRST_DIGIT_CODE.get(sys.platform, 10) + 10


def readings(event: QKeyEvent, *, after_grade: bool) -> list[tuple[str, bool]]:
    """What a key press may mean in a cell, the likelier first: a key, and whether it is for both sides.

    Where Shift and a digit print a sign, or a French key prints one without it, the place alone does not tell which is
    meant. Behind a grade that may take a sign it is the sign (`after_grade`), and never the digit in its stead: nothing
    may be graded that was not meant. With Shift, a sign of numbers or commands (`/` on most European keyboards) stays
    what it prints.
    """
    digit, printed = digit_of(event), sign_of(event)
    shifted = bool(event.modifiers() & _SHIFT)
    if digit is None or (after_grade and printed in ("+", "-")):
        return [(printed, False)] if printed else []
    if printed in ("", digit):
        return [(digit, shifted)]
    if shifted and printed in ("/", ".", ","):
        return [(printed, False)]
    return [(digit, shifted), (printed, False)]

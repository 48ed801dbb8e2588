"""The keys of the examination screen: which does what, and what is shown of them. Others may be passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from exam_app.core.words import _

DEFAULT_KEYS: Mapping[str, tuple[str, ...]] = {
    "rest_normal": ("N",),
    "reason": ("X",),
    "rest_reason": ("Shift+X",),
    "group_reason": ("Ctrl+Shift+X",),
    "next_gap": ("G",),
    "unfold": ("U",),
    "map": ("M",),
    "same_as_other_side": (".",),
    "jump": ("/", "Ctrl+F"),
    "quick_entry": ("Ctrl+K",),
    "scope": ("Ctrl+Shift+S",),
    "note": ("Ctrl+E",),
    "how_to_test": ("F1",),
    "all_keys": ("?", "Shift+F1"),
    "clear": ("Del", "Backspace"),
    "undo": ("Ctrl+Z",),
    "redo": ("Ctrl+Shift+Z", "Ctrl+Y"),
    "previous_section": ("Alt+Left",),
    "next_section": ("Alt+Right",),
    "review": ("Ctrl+R",),
    "home": ("Ctrl+W",),
    "settings": ("Ctrl+,",),
    "back": ("Esc",),
} | {f"section_{number}": (f"Ctrl+{number % 10}",) for number in range(1, 11)}
"""Commands and their keys, in the portable words of QKeySequence; a single sign stands for what is printed on it."""


def command_of(event: QKeyEvent, keys: Mapping[str, tuple[str, ...]] = DEFAULT_KEYS) -> str | None:
    """The command of a key press, or None."""
    pressed = name_of(event)
    return next((command for command, names in keys.items() if pressed in names), None)


def name_of(event: QKeyEvent) -> str:
    """A key press in the words of `DEFAULT_KEYS`. A sign is taken as printed, whatever keys made it."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    plain = not modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    if plain and len(text) == 1 and text.isprintable() and not text.isalnum() and not text.isspace():
        return text
    return QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString(
        QKeySequence.SequenceFormat.PortableText
    )


@dataclass(frozen=True, slots=True)
class Hint:
    """Key caps and what they do."""

    keys: tuple[str, ...]
    does: str


def grid_hints(kind: str, *, has_map: bool = False) -> list[Hint]:
    """What the keys do in a cell whose keys answer a field of this kind, for the bottom bar."""
    answers = {
        "grade": [Hint((_("0\u20135"), "\u2212", "+"), _("grade"))],
        "choice": [Hint((_("1\u20139"),), _("choose"))],
        "side": [Hint(("R", "L"), _("side"))],
        "flags": [Hint((_("1\u20139"),), _("mark"))],
        "number": [Hint((_("0\u20139"),), _("number"))],
    }.get(kind, [])
    both = [Hint(("\u21e7",), _("both sides")), Hint((".",), _("same as other side"))]
    return [
        *answers,
        *(both if kind in ("grade", "choice", "number", "flags") else []),
        Hint((_("Tab"),), _("fields")),
        Hint(("X",), _("not examined")),
        *([Hint(("M",), _("map"))] if has_map else []),
        Hint(("/",), _("find item")),
        Hint(("G",), _("next gap")),
        Hint(("N",), _("rest normal")),
        Hint(("?",), _("all keys")),
        Hint((_("Ctrl Z"),), _("undo")),
    ]


def field_hints() -> list[Hint]:
    """What the keys do outside the grid."""
    return [
        Hint((_("Esc"),), _("back to the grid")),
        Hint((_("Tab"),), _("next field")),
        Hint((_("Space"),), _("choose")),
        Hint(("X",), _("unable to test")),
        Hint((_("Alt"), "\u2190\u2192"), _("section before, after")),
        Hint((_("Ctrl R"),), _("review")),
        Hint((_("Ctrl Z"),), _("undo")),
    ]


def quick_hints() -> list[Hint]:
    """What the keys do in the quick-entry line."""
    return [
        Hint((_("Enter"),), _("record")),
        Hint((";",), _("next finding")),
        Hint(("\u2193",), _("choose")),
        Hint((_("Tab"),), _("take what is chosen")),
        Hint(("\u2191",), _("earlier entries")),
        Hint((_("Esc"),), _("back, nothing recorded")),
    ]


def all_hints() -> list[tuple[str, list[Hint]]]:
    """Every key, by heading, for the overlay."""
    return [
        (
            _("Answer the focused cell"),
            [
                Hint((_("0\u20139"),), _("its grade; the n-th choice; a number")),
                Hint(("+", "\u2212"), _("after a grade: 4 then \u2212 gives 4\u2212")),
                Hint(("\u21e7", _("digit")), _("both sides")),
                Hint((".",), _("same as the other side")),
                Hint(("C",), _("tried and could not, where a number allows it")),
                Hint(("X",), _("not examined or unable, then a letter for the reason")),
                Hint((_("Del"),), _("back to not yet examined")),
                Hint((_("Tab"),), _("to the fields, marks and note of the item")),
                Hint((_("Ctrl E"),), _("to the note of the finding")),
            ],
        ),
        (
            _("The rest of the section"),
            [
                Hint(("N",), _("assert the rest normal, then on to the next gap")),
                Hint(("\u21e7", "X"), _("the rest not examined or unable")),
                Hint((_("Ctrl"), "\u21e7", "X"), _("the rest of this group, or of this modality")),
                Hint(("U",), _("unfold further items, or fold them away")),
            ],
        ),
        (
            _("Move"),
            [
                Hint(("\u2190", "\u2191", "\u2192", "\u2193"), _("to the next cell")),
                Hint((_("Enter"),), _("to the next cell as one reads; with \u21e7 back")),
                Hint((_("Ctrl"), "\u2191\u2193"), _("next group")),
                Hint(("\u21e7", _("arrows")), _("select several; one grade sets all")),
                Hint(("G",), _("next gap, core items first")),
                Hint(("M",), _("to the map, where there is one, and back")),
                Hint(("/",), _("find an item by name")),
                Hint((_("Alt"), "\u2190\u2192"), _("section before, after")),
                Hint((_("Ctrl"), _("1\u20269 0")), _("section by number")),
                Hint((_("Ctrl R"),), _("review and report")),
            ],
        ),
        (
            _("Everywhere"),
            [
                Hint((_("Ctrl K"),), _("quick entry: findings as words")),
                Hint((_("Ctrl Z"),), _("undo; with \u21e7 redo")),
                Hint(("F1",), _("how to test; Esc goes back")),
                Hint((_("Esc"),), _("back to the grid")),
                Hint((_("Ctrl"), "\u21e7", "S"), _("scope of the examination")),
                Hint((_("Ctrl ,"),), _("settings")),
                Hint((_("Ctrl W"),), _("close and go home")),
                Hint(("?",), _("all keys")),
            ],
        ),
    ]

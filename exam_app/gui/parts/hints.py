"""What is said of the keys: in the bottom bar for where the focus is, and all of them on one card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exam_app.core.words import _, ngettext
from exam_app.gui.parts.key_map import PRACTICE, command_words
from exam_app.gui.parts.keys import Keys


@dataclass(frozen=True, slots=True)
class Hint:
    """Key caps and what they do. One that `stays` is left out after all others where there is little room."""

    keys: tuple[str, ...]
    does: str
    stays: bool = False


def with_key(words: str, key: str) -> str:
    """What a button does with its key, for a tool tip; the words alone where no key does it."""
    return _("{does} ({key})").format(does=words, key=key) if key else words


def _answers(kind: str) -> list[Hint]:
    return {
        "grade": [Hint((_("0\u20135"), "\u2212", "+"), _("grade"))],
        "choice": [Hint((_("1\u20139"),), _("choose"))],
        "side": [Hint(("R", "L"), _("side"))],
        "flags": [Hint((_("1\u20139"),), _("mark"))],
        "number": [Hint((_("0\u20139"),), _("number"))],
    }.get(kind, [])


def _with_keys(hints: list[Hint]) -> list[Hint]:
    """Without those whose command has no key."""
    return [hint for hint in hints if hint.keys]


@dataclass(frozen=True, slots=True)
class Place:
    """What the keys of a cell hang on: the kind of field they answer, whether it has another side, whether the section
    has a map, and what is said of its rest by one key; empty where that key asserts nothing."""

    kind: str
    has_sides: bool = True
    has_map: bool = False
    rest: str = ""


def grid_hints(keys: Keys, place: Place, *, in_practice: bool = False) -> list[Hint]:
    """What the keys do in a cell."""
    examine = [Hint(keys.caps("perform"), _("examine")), Hint(keys.caps("perform_both"), _("both sides"))]
    both = [Hint(("\u21e7",), _("both sides")), Hint(keys.caps("same_as_other_side"), _("same as other side"))]
    return _with_keys(
        [
            *(examine if in_practice else []),
            *_answers(place.kind),
            *(both if place.has_sides and place.kind in ("grade", "choice", "number", "flags") else []),
            Hint(keys.caps("reason"), _("not examined")),
            *([Hint(keys.caps("rest_normal"), place.rest)] if place.rest else []),
            Hint(keys.caps("next_gap"), _("next gap")),
            Hint((_("Tab"),), _("fields")),
            Hint(keys.caps("marks"), _("marks")),
            *([Hint(keys.caps("map"), _("map"))] if place.has_map else []),
            Hint(keys.caps("jump"), _("find item")),
            Hint(keys.caps("all_keys"), _("all keys"), stays=True),
            Hint(keys.caps("undo"), _("undo")),
        ]
    )


def selection_hints(keys: Keys, kind: str, count: int) -> list[Hint]:
    """What the keys do while several cells are selected."""
    many = ngettext("sets {count} cell", "set all {count} cells", count).format(count=count)
    return _with_keys(
        [
            *(Hint(hint.keys, many) for hint in _answers(kind)),
            Hint(keys.caps("reason"), _("a reason for all")),
            Hint(keys.caps("clear"), _("clear all")),
            Hint(keys.caps("same_as_other_side"), _("same as other side")),
            Hint(keys.caps("marks"), _("marks")),
            Hint(keys.caps("undo"), _("undo")),
            Hint((_("Esc"),), _("one cell again")),
        ]
    )


def field_hints(keys: Keys) -> list[Hint]:
    """What the keys do outside the grid."""
    return _with_keys(
        [
            Hint(keys.caps("back"), _("back to the grid")),
            Hint((_("Tab"),), _("next field")),
            Hint((_("Space"),), _("choose")),
            Hint(keys.caps("reason"), _("unable to test")),
            Hint((*keys.caps("previous_section"), *keys.caps("next_section")), _("section before, after")),
            Hint(keys.caps("review"), _("review")),
            Hint(keys.caps("undo"), _("undo")),
        ]
    )


def quick_hints() -> list[Hint]:
    """What the keys do in the quick-entry line."""
    return [
        Hint((_("Enter"),), _("record")),
        Hint((_("Esc"),), _("back, nothing recorded")),
        Hint((";",), _("next finding")),
        Hint(("\u2193",), _("choose")),
        Hint((_("Tab"),), _("take what is chosen")),
        Hint(("\u2191",), _("earlier entries")),
    ]


_ANSWER = ("same_as_other_side", "reason", "clear", "marks", "note", "quick_entry")
_REST = ("rest_normal", "list_rest", "group_normal", "rest_reason", "group_reason", "list_done", "unfold")
_MOVE = ("next_gap", "jump", "map", "previous_section", "next_section")


def _any(_command: str) -> bool:
    return True


def all_hints(keys: Keys, knows: Callable[[str], bool] = _any) -> list[tuple[str, list[Hint]]]:
    """Every key, by heading, for the overlay; only those of commands that a window `knows`."""
    words = command_words()
    sections = [cap for number in (1, 10) for cap in keys.caps(f"section_{number}")]

    def of(commands: tuple[str, ...]) -> list[Hint]:
        return _with_keys([Hint(keys.caps(command), words[command]) for command in commands if knows(command)])

    answer = [
        Hint((_("0\u20139"),), _("its grade; the n-th choice; a number")),
        Hint(("+", "\u2212"), _("after a grade: 4 then \u2212 gives 4\u2212")),
        Hint(("\u21e7", _("digit")), _("both sides")),
        Hint(("C",), _("tried and could not, where a number allows it")),
        *of(_ANSWER),
        Hint((_("Tab"),), _("to the fields, marks and note of the item")),
    ]
    move = [
        Hint(("\u2190", "\u2191", "\u2192", "\u2193"), _("to the next cell")),
        Hint((_("Enter"),), _("to the next cell as one reads; with \u21e7 back")),
        Hint((_("Ctrl"), "\u2191\u2193"), _("next group")),
        *of(_MOVE),
        *_with_keys([Hint((" \u2026 ".join(sections),) if sections else (), _("section by number"))]),
    ]
    select = [
        Hint(("\u21e7", _("arrows")), _("select several; one grade sets all")),
        Hint((_("Ctrl"), "\u21e7", _("arrows")), _("to the end of the group, or of the row")),
        *of(("select_group",)),
    ]
    shown = {*_ANSWER, *_REST, *_MOVE, *PRACTICE, "select_group"}
    others = tuple(command for command in words if command not in shown and not command.startswith("section_"))
    parts = [
        (_("In practice"), of(PRACTICE)),
        (_("Answer the focused cell"), answer),
        (_("The rest of the section"), of(_REST)),
        (_("Move"), move),
        (_("Several cells"), select),
        (_("Everywhere"), of(others)),
        (_("In the report"), report_hints() if knows("report") else []),
    ]
    return [part for part in parts if part[1]]


def report_hints() -> list[Hint]:
    """What the keys do in the report; they cannot be changed."""
    ctrl = _("Ctrl")
    return [
        Hint((ctrl, "S"), _("save the PDF")),
        Hint((ctrl, "P"), _("print")),
        Hint((ctrl, "\u21e7", "C"), _("copy the note, formatted")),
        Hint((ctrl, "+", "\u2212"), _("larger, smaller")),
        Hint((ctrl, "0"), _("size on paper")),
        Hint((ctrl, "2"), _("fit the width")),
        Hint((ctrl, _("PgUp"), _("PgDn")), _("page before, after")),
    ]

"""Which key does what on the examination screen, as data: the keys as delivered, and what another map may hold.

Keys are written in the portable words of Qt (`Ctrl+Shift+X`, `Del`); a single sign stands for what is printed on it.
Nothing here needs Qt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exam_app.core.words import _

KeyMap = Mapping[str, tuple[str, ...]]
"""Commands and their keys."""

DEFAULT_KEYS: KeyMap = {
    "rest_normal": ("N",),
    "list_rest": ("Shift+N",),
    "group_normal": ("Ctrl+Shift+N",),
    "reason": ("X",),
    "rest_reason": ("Shift+X",),
    "group_reason": ("Ctrl+Shift+X",),
    "list_done": ("Ctrl+Shift+L",),
    "next_gap": ("G",),
    "unfold": ("U",),
    "map": ("M",),
    "same_as_other_side": (".",),
    "marks": ("Q",),
    "note": ("Ctrl+E",),
    "select_group": ("Ctrl+A",),
    "jump": ("/", "Ctrl+F"),
    "quick_entry": ("Ctrl+K",),
    "scope": ("Ctrl+Shift+S",),
    "how_to_test": ("F1",),
    "side_panel": ("Ctrl+B",),
    "all_keys": ("?", "Shift+F1"),
    "clear": ("Del", "Backspace"),
    "undo": ("Ctrl+Z",),
    "redo": ("Ctrl+Shift+Z", "Ctrl+Y"),
    "previous_section": ("Alt+Left",),
    "next_section": ("Alt+Right",),
    "review": ("Ctrl+R",),
    "report": ("Ctrl+P",),
    "home": ("Ctrl+W",),
    "settings": ("Ctrl+,",),
    "lock": ("Ctrl+L",),
    "back": ("Esc",),
    "perform": ("P",),
    "perform_both": ("Shift+P",),
    "perform_group": ("Ctrl+Shift+P",),
    "case_card": ("F2",),
    "show_time": ("Ctrl+Shift+T",),
} | {f"section_{number}": (f"Ctrl+{number % 10}",) for number in range(1, 11)}

PRACTICE = ("perform", "perform_both", "perform_group", "case_card", "show_time")
"""Commands of practice alone."""

FIXED = frozenset({"back"})
"""Commands that keep their keys, so that there is always a way back to the grid."""

_ANSWERS = frozenset("0123456789+-,") | frozenset("CRLT") | frozenset('!"@#§$%^&*()=')
"""Keys that answer a cell. The signs are what Shift and a digit print: both sides."""
_MOVES = frozenset({"Up", "Down", "Left", "Right", "Home", "End", "Return", "Enter", "Tab", "Backtab", "Space", "Esc"})
_NAMED = frozenset({"Del", "Backspace", "Ins", "PgUp", "PgDown", "Menu", "Help", "Pause", "Print"})
_MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one key of a map, as a sentence; `command` is empty where it is about the whole map."""

    command: str
    says: str


def command_words() -> dict[str, str]:
    """What each command does, in the order of the map."""
    words = {
        "rest_normal": _("assert the rest of the section normal, then on to the next gap"),
        "list_rest": _("list what that would assert, before it does"),
        "group_normal": _("assert the rest of this group normal"),
        "reason": _("not examined or unable, then a letter for the reason"),
        "rest_reason": _("the rest of the section not examined or unable"),
        "group_reason": _("the rest of this group, or of this modality, not examined or unable"),
        "list_done": _("list what one key has just recorded"),
        "next_gap": _("next gap, core items first"),
        "unfold": _("unfold further items, or fold them away"),
        "map": _("to the map, where there is one, and back"),
        "same_as_other_side": _("same as the other side"),
        "marks": _("marks of the finding: pain-limited, with reinforcement \u2026"),
        "note": _("note on the finding"),
        "select_group": _("select the group, or the modality"),
        "jump": _("find an item by name"),
        "quick_entry": _("quick entry: triceps r 4-"),
        "scope": _("scope of the examination"),
        "how_to_test": _("how to test; Esc goes back"),
        "side_panel": _("show the panel at the right, or hide it"),
        "all_keys": _("all keys"),
        "clear": _("back to not yet examined"),
        "undo": _("undo"),
        "redo": _("redo"),
        "previous_section": _("section before"),
        "next_section": _("section after"),
        "review": _("review, and what is missing"),
        "report": _("the report: see, save, print, copy"),
        "home": _("close and go home"),
        "settings": _("settings"),
        "lock": _("hide everything until the passphrase is typed"),
        "back": _("back to the grid"),
        "perform": _("practice: examine this item, or what is selected"),
        "perform_both": _("practice: examine both sides"),
        "perform_group": _("practice: examine the whole group"),
        "case_card": _("practice: what is known of the case"),
        "show_time": _("practice: show the time, or hide it"),
    }
    for number in range(1, 11):
        words[f"section_{number}"] = _("section {number}").format(number=number)
    return words


def faults_of(keys: KeyMap) -> Iterator[Fault]:
    """Every key of a map that may not be, each in a sentence that names it."""
    words = command_words()
    first: dict[str, str] = {}
    for command, names in keys.items():
        if command not in words:
            says = _("There is no command “{command}”, so it can have no key.").format(command=command)
            yield Fault(command, says)
            continue
        for name in names:
            refusal = refusal_of(command, name)
            if refusal is not None:
                yield Fault(command, refusal)
            elif name in first:
                says = _("{key} is already the key for “{other}”.").format(key=name, other=words[first[name]])
                yield Fault(command, says)
            else:
                first[name] = command


def refusal_of(command: str, name: str) -> str | None:
    """Why a command cannot have a key, whatever the other commands have; None where it can."""
    if command in FIXED:
        if name in DEFAULT_KEYS[command]:
            return None
        return _("“{command}” keeps its key: it must never be lost.").format(command=command_words()[command])
    modifiers, key = _parts(name)
    if not _is_key(key) or any(each not in _MODIFIERS for each in modifiers):
        return _("“{key}” is no key.").format(key=name)
    plain = not set(modifiers) - {"Shift"}
    if plain and key in _ANSWERS:
        return _("{key} answers cells, so it cannot be a command.").format(key=name)
    if key in _MOVES and (plain or "Alt" not in modifiers):
        return _("{key} moves in the grid, so it cannot be a command.").format(key=name)
    return None


def _parts(name: str) -> tuple[list[str], str]:
    """`Ctrl+Shift+X` → its modifiers and its key; the key may be `+` itself."""
    if name.endswith("+"):
        return [each for each in name[:-1].split("+") if each], "+"
    *modifiers, key = name.split("+")
    return modifiers, key


def _is_key(key: str) -> bool:
    if len(key) == 1:
        return key.isprintable() and not key.isspace() and key == key.upper()
    return key in _NAMED or key in _MOVES or (key[0:1] == "F" and key[1:].isdecimal())


def with_changes(changes: KeyMap) -> tuple[KeyMap, list[str]]:
    """The keys as delivered with changes of one's own, and no faults; or the keys as delivered, and what is wrong with
    the changes.

    A command that is not changed keeps its delivered keys, but for those that the changes give to another.
    """
    faults = [fault.says for fault in faults_of(changes)]
    if faults:
        return DEFAULT_KEYS, faults
    taken = {name for names in changes.values() for name in names}
    return {
        command: changes.get(command, tuple(name for name in names if name not in taken))
        for command, names in DEFAULT_KEYS.items()
    }, []


def changes_of(keys: KeyMap) -> KeyMap:
    """The commands whose keys are not those delivered."""
    return {command: names for command, names in keys.items() if names != DEFAULT_KEYS[command]}


_CAPS = {"Shift": "\u21e7", "Left": "\u2190", "Up": "\u2191", "Right": "\u2192", "Down": "\u2193"}


def cap_of(name: str) -> str:
    """A key as it stands on a key cap: `Ctrl+Shift+X` → `Ctrl ⇧ X`."""
    if len(name) == 1:
        return name
    words = {"Ctrl": _("Ctrl"), "Alt": _("Alt"), "Del": _("Del"), "Esc": _("Esc"), "Backspace": _("Backspace")}
    return " ".join(_CAPS.get(part) or words.get(part, part) for part in name.split("+"))

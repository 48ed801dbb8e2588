"""What is wrong with one value of a form file, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from exam_app.core.errors import quoted

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LIKE: Mapping[str, str] = {
    "reviewed": "{by: Name, on: 2026-11-01}",
    "when": "{item: gait.device, one_of: [stick]}",
}
"""How a key is written that holds keys of its own."""


def reasons(errors: Iterable[ErrorDetails]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every (path, reason). What only follows from a fault further inside is left out: a list is too short because its
    entries were refused."""
    found = list(errors)
    for one in found:
        path = one["loc"]
        if not any(other["loc"][: len(path)] == path and other["loc"] != path for other in found):
            yield path, _reason(one, str(path[-1]) if path else "")


def _reason(one: ErrorDetails, key: str) -> str:
    if one["type"] in _REASONS:
        return _REASONS[one["type"]](key, one)
    message = one["msg"]
    return f"'{key}': {message[:1].lower()}{message[1:]}" if key else message


def _context(one: ErrorDetails) -> Mapping[str, Any]:
    return one.get("ctx", {})


def _pattern(key: str, one: ErrorDetails) -> str:
    shown, pattern = quoted(str(one["input"])), str(_context(one).get("pattern"))
    if pattern.startswith("^[A-Za-z0-9]"):
        words = "letters (a to z), digits and _, no spaces; words for people are the label"
        return f"'{key}': {shown} cannot be an id, which has {words}"
    if "{4}" in pattern:
        return f"'{key}': {shown} is no day; write it as 2026-11-01"
    return f"'{key}': {shown} is not written as it must be here; see docs/form_language.md"


def _too_short(key: str, one: ErrorDetails) -> str:
    least = _context(one).get("min_length")
    if isinstance(one["input"], str):
        return f"'{key}' is empty; write something or remove it"
    return f"'{key}' needs at least {least}"


def _table(key: str, _one: ErrorDetails) -> str:
    return f"'{key}' needs keys of its own in braces; write {key}: {_LIKE.get(key, '{id: …, label: …}')}"


_REASONS: Mapping[str, Callable[[str, ErrorDetails], str]] = {
    "missing": lambda key, _: f"'{key}' is missing",
    "extra_forbidden": lambda key, _: f"the key '{key}' is not known here; see docs/form_language.md",
    "union_tag_invalid": lambda _key, _: (
        "the kind must be one of grade, choice, flags, number, side, text, date, group, list"
    ),
    "union_tag_not_found": lambda _key, _: "'kind' is missing",
    "bool_parsing": lambda key, _: f"'{key}' must be yes or no",
    "int_parsing": lambda key, _: f"'{key}' must be a whole number",
    "float_parsing": lambda key, _: f"'{key}' must be a number",
    "tuple_type": lambda key, one: f"'{key}' must be a list; write {key}: [{one['input']}]",
    "literal_error": lambda key, one: f"'{key}' must be {_context(one).get('expected')}",
    "string_type": lambda key, _: f"'{key}' must be words; write them in quotes",
    "string_pattern_mismatch": _pattern,
    "string_too_short": _too_short,
    "too_short": _too_short,
    "model_type": _table,
    "model_attributes_type": _table,
    "dict_type": _table,
    "mapping_type": _table,
}

"""The base of every frozen, strict model, and the text types that records and forms are made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

_given: dict[frozenset[str], set[str]] = {}


class Model(BaseModel):
    """A frozen model that refuses unknown keys and does not convert types.

    Its validator is built when it is first used: building those of every kind of item at import took longer than
    reading a form.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    def model_post_init(self, context: object, /) -> None:  # noqa: ARG002 - pydantic's signature
        """Pydantic's own name: what was given for a model is the same few names for thousands of them, and nothing
        changes a frozen one; a set each takes as much memory as the rest of a form."""
        given = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _given.setdefault(frozenset(given), given))


K = TypeVar("K")
V = TypeVar("V")


def _frozen(mapping: Mapping[K, V]) -> Mapping[K, V]:
    return MappingProxyType(dict(mapping))


_NO_ENTRIES: Mapping[Any, Any] = MappingProxyType({})


def no_entries() -> Mapping[Any, Any]:
    """The empty mapping that cannot be changed, as a default: pydantic does not validate defaults."""
    return _NO_ENTRIES


def _thawed(mapping: Mapping[K, V]) -> dict[K, Any]:
    """The mapping for a serializer, which knows no frozen ones inside it."""
    return {key: _thawed(value) if isinstance(value, MappingProxyType) else value for key, value in mapping.items()}


FrozenMap = Annotated[Mapping[K, V], AfterValidator(_frozen), PlainSerializer(_thawed)]
"""A mapping that cannot be changed after validation."""

# Format characters that change how neighbouring text is read or hide in it. A name must look like what it is.
_INVISIBLE = frozenset(chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x2060, 0xFEFF, 0x00AD))


def forbidden_character(text: str, *, lines: bool) -> str | None:
    """The first character that may not stand in stored text, as `U+XXXX`, or None.

    Control characters (line breaks excepted where `lines`), lone surrogates, non-characters and invisible
    formatting are refused: they cannot be read, printed or trusted.
    """
    for character in text:
        if lines and character in "\n":
            continue
        category = unicodedata.category(character)
        if category in ("Cc", "Cs", "Cn", "Zl", "Zp") or character in _INVISIBLE:
            return f"U+{ord(character):04X}"
    return None


def _one_line(text: str) -> str:
    found = forbidden_character(text, lines=False)
    if found is not None:
        raise PydanticCustomError("character", "the character {code} cannot be stored; remove it", {"code": found})
    return text


def _lines(text: str) -> str:
    found = forbidden_character(text, lines=True)
    if found is not None:
        raise PydanticCustomError("character", "the character {code} cannot be stored; remove it", {"code": found})
    return text


NOTE_LIMIT = 500
"""Characters in the note of one finding (clinical decision 1)."""
TEXT_LIMIT = 10_000
"""Characters in a section's note and in the impression (clinical decision 1)."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_one_line)]
"""One line of 1 to 200 characters."""
Mrn = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64), AfterValidator(_one_line)]
"""A patient's number in the clinic: one line of 1 to 64 characters."""
NoteLine = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NOTE_LIMIT), AfterValidator(_one_line)
]
"""A note of 1 to 500 characters on one line."""
Note = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NOTE_LIMIT), AfterValidator(_lines)
]
"""A note of 1 to 500 characters; line breaks allowed."""
LongText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT), AfterValidator(_lines)
]
"""Free text of 1 to 10,000 characters; line breaks allowed."""
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_\-]{0,63}$")]
"""An id: letters, digits, underscores and hyphens (`light_touch_S4-5`)."""
Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_+.\-]{0,63}$")]
"""A value's token as printed and stored: `4-`, `1+`, `extensor`, `S4-5`."""

"""What a model refused, in words for who wrote it. A value is never quoted: it may name the patient."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def refusals(error: ValidationError) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Every (path, reason). What is too long is refused with the count of its characters (clinical decision 1)."""
    for one in error.errors(include_url=False):
        yield one["loc"], _in_words(one)


def _in_words(one: ErrorDetails) -> str:
    if one["type"] == "extra_forbidden":
        return "this key is not known here"
    if one["type"] == "string_too_long":
        count = len(one["input"].strip())
        return f"the text has {count} characters; at most {one['ctx']['max_length']} are kept"
    return one["msg"][:1].lower() + one["msg"][1:]

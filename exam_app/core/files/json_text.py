"""Reading JSON that was written elsewhere: strictly, and with every fault and its path."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from exam_app.core.errors import Fault
from exam_app.core.files.refusals import refusals

_DEEPEST = 60
_BRACKET = re.compile(r"[\[{\]}]")
_ESCAPED = re.compile(rb"\\u[dD][89a-fA-F]")
_IN_TEXT = re.compile("\\\\u[dD][89a-fA-F]|[\ud800-\udfff]")


def json_object(text: str | bytes, *, other: str) -> tuple[dict[str, Any], list[Fault]]:
    """The JSON object in a text, empty where there are faults. `other` is said of JSON that is no object.

    A key that stands twice, NaN, a number too long to read and nesting too deep to follow are faults.
    """
    faults: list[Fault] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                faults.append(Fault("$", "a key stands twice in the same object"))
            found[key] = value
        return found

    def no_constant(constant: str) -> None:
        faults.append(Fault("$", f"{constant} is no number"))

    data: Any = None
    try:
        decoded = text.decode("utf-8") if isinstance(text, bytes) else text
        if _depth(decoded) > _DEEPEST:
            faults.append(Fault("$", "the JSON is nested too deeply"))
        else:
            data = json.loads(decoded, object_pairs_hook=unique, parse_constant=no_constant)
    except UnicodeDecodeError as error:
        faults.append(Fault("$", f"this is not UTF-8 text (byte {error.start})"))
    except json.JSONDecodeError as error:
        faults.append(Fault(f"line {error.lineno}, column {error.colno}", f"this is not whole JSON: {error.msg}"))
    except ValueError:
        faults.append(Fault("$", "a number is too long"))
    if not faults and not isinstance(data, dict):
        faults.append(Fault("$", other))
    return ({} if faults else data), faults


def without_surrogates(data: Any, text: str | bytes, faults: list[Fault]) -> Any:
    """The JSON that was read from a text, with half characters (lone surrogates) replaced; each is a fault, and no text
    that can be stored."""
    # To walk a large record takes longer than to look for what could be one: whole characters beyond U+FFFF match too.
    suspected = _ESCAPED.search(text) if isinstance(text, bytes) else _IN_TEXT.search(text)
    return data if suspected is None else _replaced(data, faults, ())


def _replaced(data: Any, faults: list[Fault], path: tuple[str | int, ...]) -> Any:
    if isinstance(data, str) and not data.isascii() and any("\ud800" <= each <= "\udfff" for each in data):
        faults.append(Fault(json_path(path), "half a character (a lone surrogate) cannot be stored; remove it"))
        return "?"
    if isinstance(data, list):
        return [_replaced(each, faults, (*path, index)) for index, each in enumerate(data)]
    if isinstance(data, dict):
        return {_replaced(key, faults, path): _replaced(each, faults, (*path, key)) for key, each in data.items()}
    return data


def _depth(text: str) -> int:
    """How deeply brackets nest; brackets inside strings only make it larger."""
    deepest = depth = 0
    for bracket in _BRACKET.findall(text):
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def newer_version(data: dict[str, Any], known: int) -> int | None:
    """The schema version that the JSON claims, where it is newer than the one that is known."""
    version = data.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool) or version <= known:
        return None
    return version


# Pydantic puts the tag of a union into the path; no key of a record has these names at that place.
_TAGS = frozenset(
    {"examined", "asserted_normal", "not_examined", "unable"} | {"grade", "choice", "cannot", "group", "list"}
)


def validation_faults(error: ValidationError, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """What a model refused, each with its path."""
    for at, what in refusals(error):
        steps = tuple(step for step in at if step not in _TAGS)
        yield Fault(json_path((*path, *steps)), what)


def json_path(steps: tuple[str | int, ...]) -> str:
    """`$.findings["strength.deltoid.R"].value.token`."""
    path = "$"
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step.isidentifier():
            path += f".{step}"
        else:
            path += f"[{json.dumps(step)}]"
    return path

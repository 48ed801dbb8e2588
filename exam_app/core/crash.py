"""What a crash file says: which types of exception went through which lines of code, and nothing that was in them.

Messages, arguments and local variables may hold a patient's data, so none is read.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import PurePath

PACKAGE = "exam_app"
LIBRARIES = "site-packages"


def crash_text(error: BaseException, *, at: str, version: str, system: str) -> str:
    """The content of a crash file for an exception with its causes, the first cause last.

    `at` is the time as text, `version` the application's, `system` the operating system's name.
    """
    lines = [f"exam_app {version}", at, system, ""]
    for number, one in enumerate(_chain(error)):
        kind = type(one)
        lines.append(f"{'' if number == 0 else 'because of '}{kind.__module__}.{kind.__qualname__}")
        lines.extend(
            f"  {_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
            for frame, line in traceback.walk_tb(one.__traceback__)
        )
    return "\n".join(lines) + "\n"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, what it came from, and the members of groups; each once, even where they form a circle."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, BaseExceptionGroup):
            waiting.extend(one.exceptions)
        waiting.append(one.__cause__ or one.__context__)


def _short(file: str) -> str:
    """A source file without the folders above the package, which may name the user."""
    parts = PurePath(file).parts
    for anchor in (LIBRARIES, PACKAGE):
        if anchor in parts:
            start = len(parts) - 1 - parts[::-1].index(anchor)
            return "/".join(parts[start + (anchor == LIBRARIES) :])
    return parts[-1] if parts else ""

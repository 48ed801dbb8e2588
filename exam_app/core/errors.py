"""What may go wrong and is expected: one family of errors, turned into sentences at the edge.

A `UserError` is not a bug: it carries a code and its parameters, never a traceback for the user and never
a patient's data. Whatever else is raised is a bug and belongs to the crash report.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in an input: where (`file:line` or a JSON path), and a sentence that says what and what to do."""

    where: str
    what: str

    def __str__(self) -> str:
        """Where and what, on one line."""
        return f"{self.where}: {self.what}" if self.where else self.what


class UserError(Exception):
    """An expected failure: `code` names a sentence in `messages.SENTENCES`, `params` fill it, `faults` list all faults.

    Parameters hold file names, counts and versions, never names, findings or other data of a patient.
    """

    def __init__(self, code: str, /, *, faults: Iterable[Fault] = (), **params: str | int) -> None:
        """Keep the code, its parameters and the faults; the sentence is made by `messages.sentence`."""
        super().__init__(code)
        self.code = code
        self.params = params
        self.faults = tuple(faults)


def quoted(text: str) -> str:
    """The text in quotes for a message: at most 60 characters, nothing invisible."""
    shown = text if len(text) <= 60 else text[:57] + "..."
    return ascii(shown) if not shown.isprintable() else f"'{shown}'"


def offered(text: str, known: Iterable[str], what: str) -> str:
    """What was possible instead of `text`: every id of a short list, the nearest ones of a long one."""
    ids = list(known)
    if len(ids) <= 12:
        return f"the {what} are {', '.join(ids)}"
    near = difflib.get_close_matches(text, ids, n=3, cutoff=0.5) or ids[:3]
    return f"there are {len(ids)} {what}, such as {', '.join(near)}"

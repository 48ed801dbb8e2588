"""What of a form a clinician has reviewed, and what not yet. Content is reviewed where `reviewed` names who and when.

Unreviewed content is used, marked in the window and counted in the report; it never makes a value abnormal by
reference figures (clinical decision 7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exam_app.core.files.loader import LIBRARIES
from exam_app.core.form.form import Form
from exam_app.core.form.scale import Sourced

ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Part:
    """The items of one section (`kind` items, `name` the section's id) or one library (`kind` and `name` alike).

    `entries` are all that can be reviewed, by address or id.
    """

    kind: str
    name: str
    entries: Mapping[str, Sourced]

    @property
    def marked(self) -> int:
        """How many carry the mark M: a clinician must still confirm them, unless reviewed since."""
        return sum("M" in entry.sources for entry in self.entries.values())

    @property
    def reviewed(self) -> int:
        """How many are reviewed."""
        return sum(entry.reviewed is not None for entry in self.entries.values())

    @property
    def unreviewed(self) -> dict[str, Sourced]:
        """What is not yet reviewed, in the order of the form."""
        return {each: entry for each, entry in self.entries.items() if entry.reviewed is None}


def parts(form: Form) -> Iterator[Part]:
    """The sections in their order, then every library that can be reviewed."""
    for section in form.sections:
        yield Part(ITEMS, section.id, {f"{section.id}.{item.id}": item for item in section.items})
    for place, model in LIBRARIES.items():
        if issubclass(model, Sourced):
            yield Part(place, place, getattr(form, place))


def as_json(form: Form) -> list[dict[str, object]]:
    """The parts as JSON values, each with its counts and what is not yet reviewed."""
    return [
        {
            "kind": part.kind,
            "name": part.name,
            "total": len(part.entries),
            "marked": part.marked,
            "reviewed": part.reviewed,
            "unreviewed": [{"id": each, "sources": list(entry.sources)} for each, entry in part.unreviewed.items()],
        }
        for part in parts(form)
    ]

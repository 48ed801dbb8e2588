"""What the recorded features of one movement are typical of and speak against.

Nothing is ranked, counted, totalled or named as a diagnosis (clinical content §2.2): every candidate of a table stands
in the order of its file, with the names of the features. "Unknown", what was not asked, and ± count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from exam_app.core.derived.distribution import ENTRIES
from exam_app.core.editing.editing import entries
from exam_app.core.form.contrast import Candidate, Contrast, Feature, Home
from exam_app.core.form.form import Form
from exam_app.core.record.record import Examination, Examined
from exam_app.core.record.values import ChoiceValue, FlagsValue, GroupValue, ListValue, SideValue, Value


@dataclass(frozen=True, slots=True)
class Told:
    """One candidate of a table with the names of the recorded features that are typical of it and against it."""

    candidate: Candidate
    typical: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contrasted:
    """A table read for one entry: every candidate, in the order of the file."""

    table: Contrast
    told: tuple[Told, ...]

    @property
    def says_anything(self) -> bool:
        """Whether any recorded feature is typical of or against any candidate."""
        return any(each.typical or each.against for each in self.told)


def contrast(table: Contrast, entry: GroupValue, record: Examination) -> Contrasted:
    """The table for one entry of the movements."""
    present = [(feature, is_present(feature, entry, record)) for feature in table.features]
    known = [(feature, answer) for feature, answer in present if answer is not None]
    return Contrasted(table, tuple(_told(candidate, known) for candidate in table.candidates))


def _told(candidate: Candidate, known: Iterable[tuple[Feature, bool]]) -> Told:
    typical: list[str] = []
    against: list[str] = []
    for feature, is_there in known:
        cell = feature.cells[candidate.id]
        if is_there and cell.mark in ("+", "++"):
            typical.append(feature.label)
        elif is_there and cell.mark == "–":
            against.append(feature.label)
        elif not is_there and cell.absence == "typical":
            typical.append(feature.label_no)
        elif not is_there and (cell.mark == "++" or (feature.needed and cell.mark == "+")):
            against.append(feature.label_no)
    return Told(candidate, tuple(typical), tuple(against))


def is_present(feature: Feature, entry: GroupValue, record: Examination) -> bool | None:
    """Whether a feature was recorded as present; None where it is unknown or was not asked. A "yes" anywhere counts
    before a "no" elsewhere."""
    answers = [answer for home in feature.homes for answer in [_answer(home, entry, record)] if answer is not None]
    return any(answers) if answers else None


def _answer(home: Home, entry: GroupValue, record: Examination) -> bool | None:
    tokens = list(_in_entry(home, entry) if home.at is not None else _in_record(home, record))
    if home.given:
        return True if tokens else None
    if any(token in home.no for token in tokens):
        return False
    return True if tokens and all(token in home.yes for token in tokens) else None


def _in_entry(home: Home, entry: GroupValue) -> Iterator[str]:
    yield from _tokens(entry, (home.at or "").split("."))


def _in_record(home: Home, record: Examination) -> Iterator[str]:
    address, _colon, path = (home.item or "").partition(":")
    finding = record.findings.get(address)
    if isinstance(finding, Examined):
        yield from _tokens(finding.value, path.split(".") if path else [])


def _tokens(value: Value | None, path: list[str]) -> Iterator[str]:
    """The answers at a path: of a flag its yes, no or unknown; of a list those of every entry."""
    if isinstance(value, FlagsValue):
        yield from (answer for flag, answer in value.flags.items() if [flag] == path)
    elif isinstance(value, ListValue):
        for entry in value.entries:
            yield from (token for each in entry.fields.values() for token in _tokens(each, []))
    elif isinstance(value, GroupValue):
        if path:
            yield from _tokens(value.fields.get(path[0]), path[1:])
        else:
            yield from (token for each in value.fields.values() for token in _tokens(each, []))
    elif isinstance(value, ChoiceValue):
        yield value.token
    elif isinstance(value, SideValue):
        yield value.side
    elif value is not None and value.kind in ("number", "text", "date", "grade"):
        yield value.kind


def contrasts_json(record: Examination, form: Form) -> list[dict[str, Any]]:
    """Each table for each movement of which it says anything, as JSON values; `entry` counts from 0."""
    return [
        {
            "entry": number,
            "phenomenology": next(_tokens(entry.fields.get("phenomenology"), []), None),
            "table": table.id,
            "version": table.version,
            "reviewed": table.reviewed is not None,
            "candidates": [
                {"id": each.candidate.id, "typical": list(each.typical), "against": list(each.against)}
                for each in found.told
            ],
        }
        for number, entry in enumerate(entries(record, ENTRIES))
        for table in form.contrasts.values()
        for found in [contrast(table, entry, record)]
        if found.says_anything
    ]

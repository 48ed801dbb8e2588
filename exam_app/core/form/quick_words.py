"""The words of quick entry that stand in `forms/quick_words.yaml`: what examiners write for short, other names of items
and answers. What the form itself says is understood without standing there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import get_args

from pydantic import Field as Key

from exam_app.core.errors import offered
from exam_app.core.form.kinds import ChoiceKind, Field, FlagsKind, GroupKind, Item, ListKind, NumberKind
from exam_app.core.form.scale import Scale
from exam_app.core.model import FrozenMap, Model, no_entries
from exam_app.core.record.record import NotExaminedReason
from exam_app.core.record.values import UnableReason

Words = tuple[str, ...]


class QuickWords(Model):
    """Further words, by what they stand for.

    `abbreviations`: a word as written, and the words that it stands for. `same`: a word, and its relatives that are one
    word with it. `sections`, `names`: further words of a section, further names of an item, by id. `beside`: further
    words wherever a name or the column of an item holds that word. `where`: words that say where and not what, and
    settle nothing by themselves. `answers`: other words of an answer, by its id. `marks`: the grade that a mark alone
    gives, by scale. `units`, `reasons`: what may be written for a unit or a reason.
    """

    abbreviations: FrozenMap[str, str] = Key(default_factory=no_entries)
    same: FrozenMap[str, Words] = Key(default_factory=no_entries)
    sections: FrozenMap[str, Words] = Key(default_factory=no_entries)
    names: FrozenMap[str, Words] = Key(default_factory=no_entries)
    beside: FrozenMap[str, Words] = Key(default_factory=no_entries)
    where: Words = ()
    answers: FrozenMap[str, Words] = Key(default_factory=no_entries)
    marks: FrozenMap[str, FrozenMap[str, str]] = Key(default_factory=no_entries)
    units: FrozenMap[str, Words] = Key(default_factory=no_entries)
    reasons: FrozenMap[str, Words] = Key(default_factory=no_entries)


def merged(shipped: QuickWords, own: QuickWords) -> tuple[QuickWords, list[tuple[str, str]]]:
    """A clinic's words beside the shipped ones, and the (table, word) that the shipped ones have already."""
    update: dict[str, object] = {"where": tuple(dict.fromkeys((*shipped.where, *own.where)))}
    taken: list[tuple[str, str]] = []
    for key in QuickWords.model_fields:
        there, here = getattr(shipped, key), getattr(own, key)
        if isinstance(there, Mapping):
            taken.extend((key, word) for word in here if word in there)
            update[key] = MappingProxyType({**here, **there})
    return shipped.model_copy(update=update), taken


def faults(
    words: QuickWords, items: Mapping[str, Item], section_ids: Mapping[str, object], scales: Mapping[str, Scale]
) -> Iterator[tuple[str, str]]:
    """Every (path of keys, reason): words for what the form does not have, and words that mean two things."""
    fields = list(fields_of(items.values()))
    answers = {
        option.id: None for field in fields if isinstance(field, (ChoiceKind, FlagsKind)) for option in field.options
    }
    units = dict.fromkeys(units_of(items.values()))
    reasons = dict.fromkeys((*get_args(NotExaminedReason), *get_args(UnableReason)))
    known: tuple[tuple[str, Mapping[str, object], Mapping[str, object], str], ...] = (
        ("names", words.names, items, "items"),
        ("sections", words.sections, section_ids, "sections"),
        ("answers", words.answers, answers, "answers"),
        ("units", words.units, units, "units"),
        ("reasons", words.reasons, reasons, "reasons"),
        ("marks", words.marks, scales, "scales"),
    )
    for key, said, there, what in known:
        for each in said:
            if each not in there:
                yield f"{key}/{each}", f"the form has no '{each}' here; {offered(each, there, what)}"
    yield from _mark_faults(words, scales)
    yield from _double_faults(words)


def _mark_faults(words: QuickWords, scales: Mapping[str, Scale]) -> Iterator[tuple[str, str]]:
    for scale_id, marks in words.marks.items():
        for mark, token in marks.items():
            if scale_id in scales and scales[scale_id].grade(token) is None:
                yield f"marks/{scale_id}/{mark}", f"'{token}' is no grade of the scale '{scale_id}'"


def _double_faults(words: QuickWords) -> Iterator[tuple[str, str]]:
    """A word that is an abbreviation and a relative, or the relative of two words."""
    seen: dict[str, str] = {}
    for word, relatives in words.same.items():
        for index, each in enumerate(relatives):
            path = f"same/{word}/{index}"
            if each in seen:
                yield path, f"'{each}' stands for '{seen[each]}' already; a word means one thing"
            if each in words.abbreviations:
                yield path, f"'{each}' is an abbreviation already; a word means one thing"
            seen.setdefault(each, word)


def units_of(items: Iterable[Item]) -> Iterator[str]:
    """Every unit of the numbers of these items."""
    for field in fields_of(items):
        if isinstance(field, NumberKind):
            yield from field.units


def fields_of(fields: Iterable[Item | Field]) -> Iterator[Item | Field]:
    """These items or fields, and all fields within them."""
    for field in fields:
        yield field
        if isinstance(field, (GroupKind, ListKind)):
            yield from fields_of(field.fields)

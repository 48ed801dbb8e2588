"""What the items of a form are called, and which items the words of a line may name. Worked out once for a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from exam_app.core.form.form import Form, Section, section_of
from exam_app.core.form.kinds import (
    ChoiceKind,
    Field,
    FlagsKind,
    GradeKind,
    GroupKind,
    Item,
    ListKind,
    NumberKind,
    SideKind,
)
from exam_app.core.form.quick_words import fields_of, units_of
from exam_app.core.quick.values import Given, Reading, read_value
from exam_app.core.quick.wordings import WEAK, Wordings
from exam_app.core.quick.words import Lexicon, Lookup, plain

Shape = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An item as quick entry knows it: the sets of words that name it wholly, the words of these names, and every word
    that may stand beside them. `deciding` are the fields whose answers decide which others are asked; `sided_within`
    says that the answer itself may hold a side."""

    order: int
    item_id: str
    section_id: str
    item: Item
    names: tuple[frozenset[str], ...]
    own: frozenset[str]
    words: frozenset[str]
    deciding: frozenset[str]
    sided_within: bool
    shape: int


@dataclass(frozen=True, slots=True)
class Fit:
    """An item that some of the words may name: the places of those words and of the others, and how well the worst word
    fits. `spare` are the places of words that may name it and that its name does not need.

    `complete`: one of its names is there; `whole`: and that name says what is examined and not only where; `vague`:
    less than half of any name is there, or only where before a side. `own` is False where only the section was named,
    or the small print.
    """

    place: Place
    names: tuple[int, ...]
    rest: tuple[int, ...]
    spare: tuple[int, ...]
    complete: bool
    whole: bool
    vague: bool
    worst: int
    own: bool


class Index:
    """The names of one form's items, and its answers, kept for every keystroke."""

    def __init__(self, form: Form) -> None:
        """Works out the names; what they fit is worked out when it is typed."""
        self.form = form
        self.lexicon = Lexicon(form.quick_words, units_of(form.items.values()))
        self.wordings = Wordings(form, self.lexicon)
        self._where = frozenset(form.quick_words.where)
        shapes: dict[Shape, int] = {}
        self.places = tuple(_places(form, self.lexicon, shapes))
        self.by_id = {plain(place.item_id): place for place in self.places}
        self.lexicon.learn(_spelt(form))
        self._lookup = Lookup(self.lexicon, {word for place in self.places for word in place.words})
        self._postings: dict[str, list[Place]] = {}
        for place in self.places:
            for word in place.words:
                self._postings.setdefault(word, []).append(place)
        self._section_words: dict[str, set[str]] = {}
        for section in form.sections:
            for word in self._words_of(section):
                self._section_words.setdefault(word, set()).add(section.id)
        self._sections = Lookup(self.lexicon, self._section_words)
        self._in_section: dict[str, list[Place]] = {}
        for place in self.places:
            self._in_section.setdefault(place.section_id, []).append(place)
        self._readings: dict[tuple[int, tuple[str, ...], frozenset[str], Given], Reading] = {}

    def sections_named(self, word: str) -> frozenset[str]:
        """The ids of the sections that a word names, by their whole word or at least three letters of it."""
        found = self._sections.match(word) if len(word) > 2 or word in self._section_words else {}
        return frozenset(section for each in found for section in self._section_words[each])

    def _words_of(self, section: Section) -> frozenset[str]:
        more = self.form.quick_words.sections.get(section.id, ())
        return self.lexicon.word_set(" ".join((section.id, section.title, *more)))

    def in_section(self, section_id: str) -> Sequence[Place]:
        """The items of a section in order."""
        return self._in_section.get(section_id, ())

    def is_known(self, word: str) -> bool:
        """Whether a word names any item or section."""
        return bool(self._lookup.match(word)) or bool(self.sections_named(word))

    def fits(self, words: Sequence[str]) -> list[Fit]:
        """Every item that at least one of the words may name, in the order of the form; where none does, those of the
        sections that the words name."""
        hits = self._hits(words)
        sections = [self.sections_named(word) for word in words]
        found = [self._fit(self.places[order], len(words), hits[order], sections) for order in sorted(hits)]
        if not any(fit.own for fit in found):
            ids = frozenset[str]().union(*sections)
            places = [place for section_id in sorted(ids) for place in self.in_section(section_id)]
            found = [self._fit(place, len(words), hits.get(place.order, {}), sections) for place in places]
        return found

    def fits_of(self, words: Sequence[str]) -> tuple[tuple[str, ...], list[Fit]]:
        """The words beside the id of an item, if one is written, and the items that they may name: then only that."""
        pinned = next((word for word in words if word in self.by_id), None)
        others = tuple(word for word in words if word != pinned)
        return others, [self._fit_at(self.by_id[pinned], others)] if pinned is not None else self.fits(others)

    def _fit_at(self, place: Place, words: Sequence[str]) -> Fit:
        fit = self._fit(
            place, len(words), self._hits(words).get(place.order, {}), [self.sections_named(word) for word in words]
        )
        return replace(fit, complete=True, whole=True, vague=False, own=True)

    def _hits(self, words: Sequence[str]) -> dict[int, dict[int, dict[str, int]]]:
        """For each item, by its order, the words of it that each word may be."""
        hits: dict[int, dict[int, dict[str, int]]] = {}
        for index, word in enumerate(words):
            for target, how in self._lookup.match(word).items():
                for place in self._postings[target]:
                    hits.setdefault(place.order, {}).setdefault(index, {})[target] = how
        return hits

    def _fit(
        self, place: Place, count: int, hits: Mapping[int, Mapping[str, int]], sections: Sequence[frozenset[str]]
    ) -> Fit:
        used: dict[str, int] = {}
        names: list[int] = []
        rest: list[int] = []
        by_section: list[int] = []
        worst = 0
        for index in range(count):
            free = min(
                ((how, target) for target, how in hits.get(index, {}).items() if target not in used), default=None
            )
            if free is not None:
                used[free[1]] = index
                worst = max(worst, free[0])
                names.append(index)
            elif place.section_id in sections[index]:
                by_section.append(index)
                names.append(index)
            else:
                rest.append(index)
        # A reflex is marked by the word as well as by its section's name.
        marked = bool(by_section) or any(place.section_id in sections[index] for index in names)
        complete = [name for name in place.names if name <= used.keys()]
        whole = any(marked or not name <= self._where for name in complete)
        named = [word for word, index in used.items() if word in place.own and not sections[index]]
        own = bool(complete) or any(map(_is_name, named))
        needed = {used[word] for word in max(complete, key=len, default=frozenset())}
        spare = tuple(index for index in (*used.values(), *by_section) if complete and index not in needed)
        only_where = place.item.kind == "side" and used.keys() <= self._where
        vague = not complete and (only_where or all(len(used) * 2 < len(name) for name in place.names))
        return Fit(place, tuple(names), tuple(rest), spare, bool(complete), whole, vague, worst, own)

    def read(self, place: Place, words: tuple[str, ...], sides: frozenset[str], given: Given) -> Reading:
        """What words say about an item; kept, because many items take the same answers."""
        key = (place.shape, words, sides, given)
        found = self._readings.get(key)
        if found is None:
            if len(self._readings) > 20_000:
                self._readings.clear()
            found = self._readings[key] = read_value(place.item, self.wordings, words, sides, given)
        return found


def _is_name(word: str) -> bool:
    """Whether a word may name an item by itself, which no figure does: 4, but 5xsts does."""
    return word not in WEAK and (not word[0].isdigit() or (len(word) > 3 and not word[-1].isdigit()))


_indexes: list[Index] = []
_KEPT = 3


def index_of(form: Form) -> Index:
    """The index of a form, built when it is first asked for; those of the last few forms are kept."""
    for index in _indexes:
        if index.form is form:
            return index
    _indexes.insert(0, Index(form))
    del _indexes[_KEPT:]
    return _indexes[0]


def _spelt(form: Form) -> Iterator[str]:
    """The names and answers of a form: a word of theirs is spelt as it is meant."""
    for field in fields_of(form.items.values()):
        yield field.label
        if isinstance(field, (ChoiceKind, FlagsKind)):
            yield from (option.label for option in field.options)


def _places(form: Form, lexicon: Lexicon, shapes: dict[Shape, int]) -> Iterator[Place]:
    muscles = {id(item) for item in form.muscles.values()}
    beside = form.quick_words.beside
    for order, (item_id, item) in enumerate(form.items.items()):
        texts = _names(item, id(item) in muscles, form.quick_words.names.get(item_id, ()))
        names = tuple(dict.fromkeys(words for text in texts if (words := lexicon.word_set(text))))
        own = frozenset[str]().union(*names)
        for key, more in beside.items():
            if key in own or (item.cell is not None and item.cell.column == key):
                own |= lexicon.word_set(" ".join(more))
        words = own | lexicon.word_set(item.detail or "")
        shape = shapes.setdefault(_shape(item), order)
        yield Place(
            order, item_id, section_of(item_id), item, names, own, words, _deciding(item), _is_sided(item), shape
        )


def _is_sided(item: Item) -> bool:
    if isinstance(item, ListKind) and "side" in item.by_id:
        return True
    fields = item.fields if isinstance(item, (GroupKind, ListKind)) else ()
    return any(field.paired or (isinstance(field, ListKind) and "side" in field.by_id) for field in fields)


def _deciding(item: Item) -> frozenset[str]:
    fields = item.fields if isinstance(item, GroupKind) else ()
    return frozenset(field.when.field for field in fields if field.when is not None and field.when.field is not None)


def _names(item: Item, is_muscle: bool, more: Sequence[str]) -> Iterator[str]:
    """The names of an item: label, phrase, id; for a muscle each name in the small print; and those of quick entry."""
    yield item.label
    yield item.phrase or ""
    if item.cell is None:
        yield item.id.replace("_", " ")
    if is_muscle and item.detail is not None:
        yield from item.detail.split(",")
    yield from more


def _shape(item: Item) -> Shape:
    """What decides how words are read for an item, as a key: items of the same shape take the same words."""
    marks = tuple(option.id for option in item.qualifiers)
    return (item.macro, marks, item.label if item.kind in ("choice", "flags") else "", *_kind_shape(item))


def _kind_shape(field: Field | Item) -> Shape:
    if isinstance(field, GradeKind):
        return field.kind, field.scale, field.normal
    if isinstance(field, (ChoiceKind, FlagsKind)):
        return field.kind, field.normal, tuple((option.id, option.label, option.phrase) for option in field.options)
    if isinstance(field, NumberKind):
        limits = (field.min, field.max, field.step, field.of)
        return field.kind, field.units, limits, field.over, field.ranged, field.cannot
    if isinstance(field, SideKind):
        return field.kind, field.also
    if isinstance(field, (GroupKind, ListKind)):
        fields = tuple((each.id, each.label, each.phrase, str(each.when), _kind_shape(each)) for each in field.fields)
        return field.kind, field.main, field.exclusive, fields
    return (field.kind,)

"""Which item one part of a line means, and the entry, the question or the refusal that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exam_app.core.form import Form
from exam_app.core.kinds import SIDES
from exam_app.core.quick_index import Fit, Index, Place
from exam_app.core.quick_parts import (
    Ask,
    Candidate,
    Part,
    Refused,
    addresses_of,
    answer_candidates,
    entry,
    finding_of,
    place_words,
    side_candidates,
    why_not_asked,
)
from exam_app.core.quick_values import Missing, Read, Reading, Several, Unfit, what_it_takes
from exam_app.core.quick_words import SIDE_WORDS
from exam_app.core.record import Examined, ExamRecord, Finding
from exam_app.core.values import ChoiceValue, GradeValue, GroupValue
from exam_app.core.wording import side_word
from exam_app.core.words import _

MOST_WORDS = 24
"""Words of one part; more are no findings, and would take long to share out."""
MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a line: its text, the record as the parts before would leave it, the form's names, and the section
    being examined."""

    text: str
    record: ExamRecord
    index: Index
    section: str | None

    @property
    def form(self) -> Form:
        """The form of the names."""
        return self.index.form


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of a part without those that name a side. `clash` says that the sides named do not go together."""

    words: tuple[str, ...]
    sides: frozenset[str]
    clash: bool


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One item that the words may mean, with what the others of them say about it."""

    fit: Fit
    reading: Reading

    @property
    def place(self) -> Place:
        """The item."""
        return self.fit.place


def heard(typed: Sequence[str]) -> Heard:
    """The words and the sides. Two sides stand together ("r l", "right and left") or are named by one word."""
    words: list[str] = []
    at: list[int] = []
    named: list[frozenset[str]] = []
    for index, word in enumerate(typed):
        side = SIDE_WORDS.get(word)
        if side is None:
            words.append(word)
        else:
            at.append(index)
            named.append(side)
    apart = len(set(named)) > 1 and (any(len(side) > 1 for side in named) or at[-1] - at[0] != len(at) - 1)
    return Heard(tuple(words), frozenset().union(*named), apart)


def finding_part(line: Line) -> Part:
    """What one part of a line records, or what it lacks."""
    said = heard(line.index.lexicon.typed(line.text))
    refused = _unreadable(line, said)
    if refused is not None:
        return refused
    words, fits = line.index.fits_of(said.words)
    ways = [_way(line, fit, words, said.sides) for fit in fits if fit.own]
    if not ways:
        return _nothing_named(line, words, fits)
    reads = best([way for way in ways if isinstance(way.reading, Read)], line.section)
    if len(reads) > 1:
        return which(line, reads)
    if reads and isinstance(read := reads[0].reading, Read):
        return _part_of(line, reads[0].place, read, said)
    return _nothing_read(line, ways, words, said)


def _unreadable(line: Line, said: Heard) -> Part | None:
    if len(said.words) > MOST_WORDS:
        return Refused(line.text, (), _("Too long for one entry; part it with semicolons, or write note before it"))
    if said.clash:
        sentence = _("Two sides with different values; write one entry for each side")
        return Ask(line.text, "side", sentence)
    if not said.words:
        return Ask(line.text, "item", _("Name what was examined"))
    return None


def _way(line: Line, fit: Fit, words: Sequence[str], sides: frozenset[str]) -> Way:
    place = fit.place
    rest = tuple(words[index] for index in fit.rest)
    in_value = frozenset[str]() if place.item.sides == "paired" else sides
    return Way(fit, line.index.read(place, rest, in_value, _given(line, place, sides)))


def _given(line: Line, place: Place, sides: frozenset[str]) -> frozenset[tuple[str, str]]:
    """The answers recorded before on every side meant that decide which fields are asked."""
    if not place.deciding:
        return frozenset()
    found: frozenset[tuple[str, str]] | None = None
    for address in addresses_of(place.item_id, place.item, sides or frozenset(SIDES)):
        here = _deciding(line.record.findings.get(address), place)
        found = here if found is None else found & here
    return found or frozenset()


def _deciding(finding: Finding | None, place: Place) -> frozenset[tuple[str, str]]:
    if not isinstance(finding, Examined) or not isinstance(finding.value, GroupValue):
        return frozenset()
    fields = finding.value.fields
    return frozenset(
        (name, value.token)
        for name in place.deciding
        if isinstance(value := fields.get(name), (ChoiceValue, GradeValue))
    )


def best(ways: Sequence[Way], section: str | None) -> list[Way]:
    """Of several items those that are named as a whole, then those of the current section, then those whose first
    question is answered."""
    left = list(ways)
    for is_better in (
        lambda way: way.fit.whole,
        lambda way: way.place.section_id == section,
        lambda way: way.fit.complete and way.place.section_id == section,
        lambda way: isinstance(way.reading, Read) and not way.reading.guessed,
    ):
        if len(left) > 1:
            left = [way for way in left if is_better(way)] or left
    return left


def _part_of(line: Line, place: Place, read: Read, said: Heard) -> Part:
    """The entry of the one item that is meant."""
    why = why_not_asked(place.item_id, line.record, line.form)
    if why is not None:
        return Refused(line.text, (), why)
    if place.item.sides == "paired" and not said.sides:
        return Ask(line.text, "side", _("Which side?"), side_candidates(line.text))
    findings: dict[str, Finding] = {}
    for address in addresses_of(place.item_id, place.item, said.sides):
        finding = finding_of(read, address, line.record, line.form)
        if finding is None:
            sentence = _("This does not go together with what is recorded; write the whole finding")
            return Refused(line.text, (), sentence)
        findings[address] = finding
    return entry(line.text, findings, line.record, line.form)


def which(line: Line, ways: Sequence[Way]) -> Ask:
    """The question which of several items is meant."""
    return Ask(line.text, "item", _("This fits more than one item; which one?"), candidates(line, ways))


def candidates(line: Line, ways: Iterable[Way]) -> tuple[Candidate, ...]:
    """The items to choose from: the current section first, then in the order of the form."""
    asked = [way for way in ways if why_not_asked(way.place.item_id, line.record, line.form) is None]
    asked.sort(key=lambda way: (way.place.section_id != line.section, not way.fit.complete, way.place.order))
    return tuple(
        Candidate(place_words(way.place.item_id, way.place.item, line.form), f"{way.place.item_id} {line.text}")
        for way in asked[:MOST_CANDIDATES]
    )


def _nothing_named(line: Line, words: Sequence[str], fits: Sequence[Fit]) -> Part:
    """Nothing but a section was named, or nothing at all."""
    if fits and not any(fit.own for fit in fits):
        ways = [_way(line, fit, words, frozenset()) for fit in fits if fit.names]
        ways = [way for way in ways if isinstance(way.reading, (Read, Missing))]
        if ways:
            return Ask(line.text, "item", _("Which item of the section?"), candidates(line, ways))
    unknown = tuple(word for word in words if not line.index.is_known(word))
    return Refused(line.text, unknown or tuple(words), _("No item of the form is named here"))


def _nothing_read(line: Line, ways: Sequence[Way], words: Sequence[str], said: Heard) -> Part:
    """No item takes all of the words: what is missing, or what stands in the way."""
    several = best([way for way in ways if isinstance(way.reading, Several)], line.section)
    missing = best([way for way in ways if isinstance(way.reading, Missing)], line.section)
    for open_ways in (several, missing):
        if len(open_ways) > 1:
            return which(line, open_ways)
        if open_ways:
            return _value_asked(line, open_ways[0])
    return _refused(line, _nearest(ways, line.section), words, said)


def _value_asked(line: Line, way: Way) -> Part:
    place, reading = way.place, way.reading
    why = why_not_asked(place.item_id, line.record, line.form)
    if why is not None:
        return Refused(line.text, (), why)
    if isinstance(reading, Several):
        sentence = _("This fits more than one answer of {item}").format(item=place.item.label)
        return Ask(line.text, "value", sentence, tuple(Candidate(each) for each in reading.words))
    where = place_words(place.item_id, place.item, line.form)
    sentence = _("{item}: {takes}").format(item=where, takes=what_it_takes(place.item, line.form))
    return Ask(line.text, "value", sentence, answer_candidates(line.text, place.item, line.form))


def _nearest(ways: Sequence[Way], section: str | None) -> list[Way]:
    """The items most likely meant by words that none of them takes."""

    def rank(way: Way) -> tuple[bool, int, int, bool, int]:
        return (
            not way.fit.whole,
            len(_bad_words(way)),
            -len(way.fit.names),
            way.place.section_id != section,
            way.fit.worst,
        )

    best = min(map(rank, ways))
    return [way for way in ways if rank(way) == best]


def _refused(line: Line, nearest: Sequence[Way], words: Sequence[str], said: Heard) -> Refused:
    way = nearest[0]
    place = way.place
    bad = _bad_words(way)
    if said.sides and place.item.sides == "none":
        rest = tuple(words[index] for index in way.fit.rest)
        if isinstance(line.index.read(place, rest, frozenset(), frozenset()), (Read, Missing)):
            sides = tuple(side_word(side) for side in sorted(said.sides, reverse=True))
            sentence = _("{item} takes no such side").format(item=place.item.label)
            return Refused(line.text, sides, sentence)
    named = tuple(word for word in bad if all(word in _bad_words(each) for each in nearest)) or bad
    where = place_words(place.item_id, place.item, line.form)
    sentence = _("Not understood for {item}: {words}. {takes}")
    return Refused(
        line.text,
        named,
        sentence.format(item=where, words=", ".join(named), takes=what_it_takes(place.item, line.form)),
    )


def _bad_words(way: Way) -> tuple[str, ...]:
    return way.reading.words if isinstance(way.reading, Unfit) else ()

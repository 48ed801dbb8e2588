"""Which item one part of a line means, and the entry, the question or the refusal that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from exam_app.core.checks.record_checks import check_value
from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import SIDES, TextKind
from exam_app.core.quick.index import Fit, Index, Place
from exam_app.core.quick.parts import (
    Ask,
    Candidate,
    Entry,
    Part,
    Refused,
    addresses_of,
    answer_candidates,
    entry,
    finding_of,
    place_words,
    side_candidates,
    sides_word,
    why_not_asked,
)
from exam_app.core.quick.values import Missing, Read, Reading, Several, Unfit, main_of, text_value, what_it_takes
from exam_app.core.quick.words import SIDE_WORDS
from exam_app.core.record.record import Examination, Examined, Finding
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue
from exam_app.core.wording.value_words import value_text
from exam_app.core.words import _

MOST_CHARACTERS, MOST_WORDS = 600, 24
"""Of one part; more are no finding."""
MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a line: its text, the record as the parts before would leave it, the form's names, and the section
    being examined."""

    text: str
    record: Examination
    index: Index
    section: str | None

    @property
    def form(self) -> Form:
        """The form of the names."""
        return self.index.form

    def is_here(self, place: Place) -> bool:
        """Whether an item stands in the section being examined, at home or as a guest."""
        return place.section_id == self.section or place.item_id in self.form.guests.get(self.section or "", ())


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of a part without those that name a side. `clash` says that the sides named do not go together."""

    words: tuple[str, ...]
    sides: frozenset[str]
    clash: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One item that the words may mean, and what the others of them say about it. `lacks_side`: they say it only with a
    side within the answer, which is not named."""

    fit: Fit
    reading: Reading
    lacks_side: bool = False

    @property
    def place(self) -> Place:
        """The item."""
        return self.fit.place


def heard(typed: Sequence[str]) -> Heard:
    """The words and the sides. Two sides stand together ("r l", "right and left") or are named by one word."""
    at = [index for index, word in enumerate(typed) if word in SIDE_WORDS]
    named = [SIDE_WORDS[typed[index]] for index in at]
    apart = len(set(named)) > 1 and (any(len(side) > 1 for side in named) or at[-1] - at[0] != len(at) - 1)
    return Heard(tuple(word for word in typed if word not in SIDE_WORDS), frozenset().union(*named), apart)


def finding_part(line: Line) -> Part:
    """What one part of a line records, or what it lacks."""
    typed = line.index.lexicon.typed(line.text)
    said = heard(typed)
    return _of_two_sides(line, typed) if said.clash else _part(line, said)


def _part(line: Line, said: Heard) -> Part:
    words, fits = line.index.fits_of(said.words)
    if not said.words:
        return Ask(line.text, "item", _("Name what was examined"))
    ways = [_way(line, fit, words, said.sides) for fit in without_dominated(fits)]
    if not ways:
        return _nothing_named(line, words, fits)
    reads = best([way for way in ways if isinstance(way.reading, Read)], line)
    if len(reads) > 1 or any(map(_is_hint, reads)):
        return which(line, reads)
    if reads and isinstance(read := reads[0].reading, Read):
        return _of_item(line, reads[0], read, said)
    return _nothing_read(line, ways, words, said)


def _is_hint(way: Way) -> bool:
    """Whether the words only hint at the item: too little of its name, or of both its name and its answer."""
    loose = isinstance(way.reading, Read) and way.reading.loose
    return way.fit.vague or (loose and not way.fit.complete)


def _of_two_sides(line: Line, typed: Sequence[str]) -> Part:
    """`knee r 3+ l 2+`: what stands behind each side belongs to it."""
    asked = Ask(line.text, "side", _("Sides with different values: write the item, a side and its value, and so again"))
    at = [index for index, word in enumerate(typed) if word in SIDE_WORDS]
    first, second = (typed[each] for each in at[:2])
    name, one, other = typed[: at[0]], typed[at[0] + 1 : at[1]], typed[at[1] + 1 :]
    sides = SIDE_WORDS[first], SIDE_WORDS[second]
    if len(at) != 2 or not (name and one and other) or any(len(side) > 1 for side in sides):
        return asked
    halves = [_part(line, Heard((*name, *words), side)) for words, side in zip((one, other), sides, strict=True)]
    for index, half in enumerate(halves):
        if isinstance(half, Entry):
            pinned = split_address(half.addresses[0])[0].casefold()
            words = (other, one)[index]
            halves[1 - index] = _part(line, Heard((pinned, *name, *words), sides[1 - index]))
            break
    findings: dict[str, Finding] = {}
    for half in halves:
        if not isinstance(half, Entry):
            return half
        findings |= {address: each for address, each in half.edit.findings.items() if each is not None}
    return entry(line.text, findings, line.record, line.form) if len(findings) == len(halves) else asked


def too_long(line: Line) -> Refused | None:
    """The refusal of a part that says more than an entry can; it would take long to share out."""
    if len(line.text) <= MOST_CHARACTERS and len(line.index.lexicon.typed(line.text)) <= MOST_WORDS:
        return None
    return Refused(line.text, (), _("Too long for one entry; part it with semicolons, or write note before it"))


def own_words(line: Line) -> Part | None:
    """`occupation: pianist`: words that are kept as they are, after the whole name of an item that takes them."""
    name, colon, own = line.text.partition(":")
    if not colon or len(name) > MOST_CHARACTERS:
        return None
    said = heard(line.index.lexicon.typed(name))
    if not said.words or said.sides:
        return None
    _words, fits = line.index.fits_of(said.words)
    whole = [fit for fit in fits if fit.whole and not fit.rest and isinstance(main_of(fit.place.item), TextKind)]
    if len(whole) != 1:
        return None
    item = whole[0].place.item
    value = text_value(item, own.strip())
    if value is None or next(check_value(item, value, line.form), None) is not None:
        sentence = _("Write after the colon what {item} is; the words are kept as they are").format(item=item.label)
        return Ask(line.text, "value", sentence)
    return _of_item(line, Way(whole[0], Read(value)), Read(value), said)


def _way(line: Line, fit: Fit, words: Sequence[str], sides: frozenset[str]) -> Way:
    """What the words that do not name the item say about it; where they say nothing, with the words that its name does
    not need."""
    way = _read(line, fit, fit.rest, words, sides)
    if fit.spare and not isinstance(way.reading, Read):
        again = _read(line, fit, sorted((*fit.rest, *fit.spare)), words, sides)
        if isinstance(again.reading, (Read, Several)):
            return again
    return way


def _read(line: Line, fit: Fit, at: Iterable[int], words: Sequence[str], sides: frozenset[str]) -> Way:
    place, rest = fit.place, tuple(words[index] for index in at)
    given = _given(line, place, sides)
    if place.item.sides == "paired":
        return Way(fit, line.index.read(place, rest, frozenset(), given))
    reading = line.index.read(place, rest, sides, given)
    if place.sided_within and not sides and isinstance(reading, Unfit):
        with_side = line.index.read(place, rest, frozenset("R"), given)
        if isinstance(with_side, (Read, Several)):
            return Way(fit, with_side, lacks_side=True)
    return Way(fit, reading)


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


def without_dominated(fits: Iterable[Fit]) -> list[Fit]:
    """The items that words of their own name, without those of which only a part is named by words that name another
    as a whole: "movement tremor" is not the involuntary movement while walking."""
    own = [fit for fit in fits if fit.own]
    whole = [frozenset(fit.names) for fit in own if fit.whole]
    return [fit for fit in own if fit.whole or not any(names >= frozenset(fit.names) for names in whole)]


def best(ways: Sequence[Way], line: Line) -> list[Way]:
    """Of several items those that are named as a whole, then those of the current section, then those whose first
    question is answered."""
    left = list(ways)
    merits: tuple[Callable[[Way], bool], ...] = (
        lambda way: way.fit.whole,
        lambda way: line.is_here(way.place),
        lambda way: way.fit.complete and line.is_here(way.place),
        lambda way: isinstance(way.reading, Read) and not way.reading.guessed,
    )
    for is_better in merits:
        if len(left) > 1:
            left = [way for way in left if is_better(way)] or left
    return left


def _of_item(line: Line, way: Way, read: Read, said: Heard) -> Part:
    """The entry of the one item that is meant."""
    place = way.place
    not_asked = not_asked_now(line, place)
    if not_asked is not None:
        return not_asked
    if way.lacks_side or (place.item.sides == "paired" and not said.sides):
        return which_side(line)
    findings: dict[str, Finding] = {}
    for address in addresses_of(place.item_id, place.item, said.sides):
        finding = finding_of(read, address, line.record, line.form)
        if finding is None:
            sentence = _("This does not go together with what is recorded; write the whole finding")
            return Refused(line.text, (), sentence)
        findings[address] = finding
    return entry(line.text, findings, line.record, line.form)


def not_asked_now(line: Line, place: Place) -> Refused | None:
    """The refusal of an item that is not asked in this examination; None where it is."""
    why = why_not_asked(place.item_id, line.record, line.form)
    return Refused(line.text, (), why) if why is not None else None


def which_side(line: Line) -> Ask:
    """The question which side is meant."""
    return Ask(line.text, "side", _("Which side?"), side_candidates(line.text))


def which(line: Line, ways: Sequence[Way]) -> Part:
    """The question which of several items is meant; why not, where none of them is asked in this examination."""
    found = candidates(line, ways)
    not_asked = not_asked_now(line, ways[0].place)
    if not found and not_asked is not None:
        return not_asked
    sentence = _("This fits more than one item; which one?") if len(ways) > 1 else _("Is this item meant?")
    return Ask(line.text, "item", sentence, found)


def candidates(line: Line, ways: Iterable[Way]) -> tuple[Candidate, ...]:
    """The items to choose from: the current section first, then in the order of the form."""
    asked = [way for way in ways if not_asked_now(line, way.place) is None]
    asked.sort(key=lambda way: (not line.is_here(way.place), not way.fit.complete, way.place.order))
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
    named = line.index.lexicon.as_typed(line.text, unknown or words)
    return Refused(line.text, named, _("No item of the form is named here"))


def _nothing_read(line: Line, ways: Sequence[Way], words: Sequence[str], said: Heard) -> Part:
    """No item takes all of the words: what is missing, or what stands in the way."""
    several = best([way for way in ways if isinstance(way.reading, Several)], line)
    missing = best([way for way in ways if isinstance(way.reading, Missing)], line)
    for open_ways in (several, missing):
        if len(open_ways) > 1 or any(map(_is_hint, open_ways)):
            return which(line, open_ways)
        if open_ways:
            return _value_asked(line, open_ways[0])
    return _refused(line, _nearest(ways, line), words, said)


def _value_asked(line: Line, way: Way) -> Part:
    place, reading = way.place, way.reading
    not_asked = not_asked_now(line, place)
    if not_asked is not None:
        return not_asked
    if isinstance(reading, Several):
        sentence = _("This fits more than one answer of {item}").format(item=place.item.label)
        return Ask(line.text, "value", sentence, _answers(line, place, reading))
    where = place_words(place.item_id, place.item, line.form)
    sentence = _("{item}: {takes}").format(item=where, takes=what_it_takes(place.item, line.form))
    return Ask(line.text, "value", sentence, answer_candidates(line.text, place.item, line.form))


def _answers(line: Line, place: Place, several: Several) -> tuple[Candidate, ...]:
    """The answers to choose from; as a text where the words of the answer alone give it."""
    sides = " ".join(word for word in line.index.lexicon.typed(line.text) if word in SIDE_WORDS)
    found = []
    for answer in several.words[:MOST_CANDIDATES]:
        text = " ".join(filter(None, (place.item_id, sides, answer)))
        words, fits = line.index.fits_of(heard(line.index.lexicon.typed(text)).words)
        read = _way(line, fits[0], words, frozenset()).reading
        value = read.value if isinstance(read, Read) else None
        is_it = value is not None and value_text(place.item, value, line.form) == answer
        found.append(Candidate(answer, text if is_it else None))
    return tuple(found)


def _nearest(ways: Sequence[Way], line: Line) -> list[Way]:
    """The items most likely meant by words that none of them takes."""

    def rank(way: Way) -> tuple[bool, int, int, bool, int]:
        together = isinstance(way.reading, Unfit) and way.reading.together
        return (
            not way.fit.whole,
            0 if together else len(_bad_words(way)),
            -len(way.fit.names),
            not line.is_here(way.place),
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
            return no_such_side(line, place, said)
    common = tuple(word for word in bad if all(word in _bad_words(each) for each in nearest))
    named = line.index.lexicon.as_typed(line.text, common or bad)
    sentence = _("Not understood for {item}: {words}. {takes}")
    if isinstance(way.reading, Unfit) and way.reading.together:
        sentence = _("These do not go together for {item}: {words}. {takes}")
        if len(named) == 1:
            sentence = _("No answer of {item} by itself: {words}. {takes}")
    where = place_words(place.item_id, place.item, line.form)
    return Refused(
        line.text,
        named,
        sentence.format(item=where, words=", ".join(named), takes=what_it_takes(place.item, line.form)),
    )


def no_such_side(line: Line, place: Place, said: Heard) -> Refused:
    """The refusal of a side that an item does not have."""
    sentence = _("{item} takes no such side").format(item=place.item.label)
    return Refused(line.text, (sides_word(said.sides),), sentence)


def _bad_words(way: Way) -> tuple[str, ...]:
    return way.reading.words if isinstance(way.reading, Unfit) else ()

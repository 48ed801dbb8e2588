"""The parts of a line with a word of their own: the rest of a section, a note, and why something was not examined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from exam_app.core.editing import editing
from exam_app.core.editing.editing import Edit
from exam_app.core.model import NOTE_LIMIT, TEXT_LIMIT, forbidden_character
from exam_app.core.quick.index import Index
from exam_app.core.quick.parts import (
    Ask,
    Candidate,
    Part,
    Refused,
    addresses_of,
    entry,
    names_with_sides,
    section_entry,
)
from exam_app.core.quick.search import (
    Heard,
    Line,
    Way,
    best,
    heard,
    no_such_side,
    not_asked_now,
    own_words,
    too_long,
    which,
    which_side,
    without_dominated,
)
from exam_app.core.quick.values import Read
from exam_app.core.record.record import AssertedNormal, Finding, NotExamined, NotExaminedReason, Unable
from exam_app.core.record.values import UnableReason
from exam_app.core.wording.term_words import reason_text
from exam_app.core.words import _

State = type[NotExamined] | type[Unable]

_NOTE = re.compile(r"note(?:s)?\b[\s:]*", re.IGNORECASE)
_NOT_EXAMINED = re.compile(r"\b(?:nt|not (?:tested|examined|done))\b", re.IGNORECASE)
_UNABLE = re.compile(r"\b(?:unable(?: to test)?|untestable)\b", re.IGNORECASE)


def command(line: Line) -> Part | None:
    """What a part with such a word records or lacks; None for any other part."""
    note = _NOTE.match(line.text)
    if note is not None:
        return _note(line, line.text[note.end() :].strip())
    part = own_words(line) or too_long(line)
    if part is not None:
        return part
    for pattern, state in ((_NOT_EXAMINED, NotExamined), (_UNABLE, Unable)):
        found = pattern.search(line.text)
        if found is not None:
            return _missing(line, line.text[: found.start()], line.text[found.end() :], state)
    return _rest_normal(line)


def _note(line: Line, words: str) -> Part:
    """The words as a note of the current section, below what stands there."""
    section_id = line.section
    if section_id is None or section_id not in line.form.section_by_id:
        return Refused(line.text, (), _("A note belongs to a section; open the section first"))
    if not words:
        return Ask(line.text, "value", _("Write the words of the note"))
    before = line.record.section_notes.get(section_id)
    whole = f"{before}\n{words}" if before else words
    bad = forbidden_character(words, lines=False)
    if bad is not None:
        return Refused(line.text, (), _("The note holds a character that cannot be kept; remove it"))
    if len(whole) > TEXT_LIMIT:
        return Refused(line.text, (), _("The note is too long; at most {count} characters").format(count=TEXT_LIMIT))
    said = _("note: {words}").format(words=words)
    return section_entry(line.text, Edit(section_notes={section_id: whole}), section_id, said, line.record, line.form)


def _rest_normal(line: Line) -> Part | None:
    """`normal strength`: what the key N would assert; `alert none` where that is its word. None where the words name
    more than a section."""
    words = line.index.lexicon.typed(line.text)
    others = tuple(word for word in words if word not in ("normal", "none"))
    if len(words) - len(others) != 1:
        return None
    if words == ("normal",):
        return Ask(line.text, "section", _("Which section is normal?"), _section_candidates(line))
    sections = _sections_named(line, others)
    if len(sections) != 1 or (words[0] != "normal" and any(fit.whole for fit in line.index.fits(others))):
        return None
    section = line.form.section_by_id[next(iter(sections))]
    if "none" in words and section.rest_said is None:
        return None
    addresses = editing.rest_normal_addresses(line.record, line.form, section.id)
    if not addresses:
        sentence = _("Nothing is left in {section} that this would assert")
        return Refused(line.text, (), sentence.format(section=section.title))
    items = names_with_sides(addresses, line.form)
    said = _("{count} asserted normal: {items}").format(count=len(addresses), items=items)
    if section.rest_said is not None:
        said = section.rest_said.replace("{items}", items)
    edit = Edit(findings=dict.fromkeys(addresses, AssertedNormal(entered="quick")))
    return section_entry(line.text, edit, section.id, said, line.record, line.form)


def _sections_named(line: Line, words: Sequence[str]) -> frozenset[str]:
    """The sections that every one of the words names."""
    found = [line.index.sections_named(word) for word in words]
    return frozenset.intersection(*found) if found else frozenset()


def _section_candidates(line: Line) -> tuple[Candidate, ...]:
    """The sections in which there is something to assert, the current one first."""
    left = [
        section for section in line.form.sections if editing.rest_normal_addresses(line.record, line.form, section.id)
    ]
    left.sort(key=lambda section: section.id != line.section)
    return tuple(Candidate(section.title, f"{line.text} {section.id}") for section in left)


@dataclass(frozen=True, slots=True)
class _Why:
    """The words of a reason, those of the examiner after a colon, and whether it was not examined or unable."""

    words: tuple[str, ...]
    own: str | None
    state: State
    index: Index

    @property
    def allowed(self) -> tuple[str, ...]:
        """The reasons of this state, `other` apart."""
        reasons: tuple[str, ...] = get_args(NotExaminedReason if self.state is NotExamined else UnableReason)
        return tuple(reason for reason in reasons if reason != "other")

    def reasons(self, words: Sequence[str]) -> list[str]:
        """The reasons that all of the words may say, best fit first and alone."""
        found: dict[str, float] = {}
        everything = (1 << len(words)) - 1
        for reason in self.allowed:
            wordings = self.index.wordings.reason_words(reason)
            for mask, cost in self.index.wordings.mentions(words, wordings):
                if mask == everything:
                    found[reason] = min(cost, found.get(reason, cost))
        return [reason for reason, cost in found.items() if cost == min(found.values())]


def _missing(line: Line, before: str, after: str, state: State) -> Part:
    """`triceps r unable pain`: the item stands before the word or, where nothing does, before the reason."""
    after, colon, own = after.partition(":")
    typed = line.index.lexicon.typed
    first, then = heard(typed(before)), heard(typed(after))
    said = Heard((*first.words, *then.words), first.sides | then.sides, first.clash or then.clash)
    named, fits = line.index.fits_of(first.words or then.words)
    why = _Why(then.words, own.strip() if colon else None, state, line.index)
    ways: dict[Way, tuple[str, ...]] = {}
    if not named or (not first.words and why.reasons(named)):
        return Ask(line.text, "item", _("Name what was not examined"))
    for fit in without_dominated(fits):
        rest = tuple(named[index] for index in fit.rest)
        if not rest or (not first.words and why.reasons(rest)):
            ways[Way(fit, Read(None))] = then.words if first.words else rest
    meant = best(list(ways), line)
    if not meant:
        words = line.index.lexicon.as_typed(line.text, named)
        return Refused(line.text, words, _("No item of the form is named here"))
    if len(meant) > 1 or meant[0].fit.vague:
        return which(line, meant)
    return _of_an_item(line, meant[0], said, replace(why, words=ways[meant[0]]))


def _of_an_item(line: Line, way: Way, said: Heard, why: _Why) -> Part:
    place = way.place
    not_asked = not_asked_now(line, place)
    if not_asked is not None:
        return not_asked
    if said.clash or (place.item.sides == "paired" and not said.sides):
        return which_side(line)
    if place.item.sides == "none" and said.sides:
        return no_such_side(line, place, said)
    return _with_reason(line, addresses_of(place.item_id, place.item, said.sides), why)


def _with_reason(line: Line, addresses: Sequence[str], why: _Why) -> Part:
    reasons = ["other"] if why.own is not None else why.reasons(why.words)
    if why.own == "" or not (why.words or why.own):
        return Ask(
            line.text, "reason", _("Why? Name a reason, or write a colon and then your own words"), _why(line, why)
        )
    if len(reasons) != 1 or (why.own is not None and why.words):
        sentence = _("This is no reason for it. Name another, or write a colon and then your own words")
        return Ask(line.text, "reason", sentence, _why(line, why))
    if why.own is not None and (len(why.own) > NOTE_LIMIT or forbidden_character(why.own, lines=False) is not None):
        return Refused(line.text, (), _("The reason is too long, or holds a character that cannot be kept"))
    findings: dict[str, Finding] = {}
    for address in addresses:
        before = line.record.findings.get(address)
        note = before.note if before is not None else None
        told = {"reason": reasons[0], "text": why.own, "entered": "quick", "note": note}
        findings[address] = why.state.model_validate(told)
    return entry(line.text, findings, line.record, line.form)


def _why(line: Line, why: _Why) -> tuple[Candidate, ...]:
    """The reasons to choose from; as a text only where none was written."""
    return tuple(
        Candidate(
            reason_text(reason), None if why.words or why.own else f"{line.text.rstrip(': ')} {reason_text(reason)}"
        )
        for reason in why.allowed
    )

"""Scores in words: the same in the window, the note and the report. A score without a total never reads like one."""

from __future__ import annotations

from collections.abc import Iterable

from exam_app.core.derived.scoring import Incomplete, Known, Missing, Range, Reading, Scored, Total, Untestable
from exam_app.core.wording import term_words, value_words
from exam_app.core.words import _, ngettext

MOST_NAMES = 6
"""So many missing numbers are named one by one; of more the rest is counted."""


def is_said(one: Scored) -> bool:
    """Whether the score is printed, as its definition says."""
    if one.score.said in ("always", "never"):
        return one.score.said == "always"
    is_reduced = isinstance(one.outcome, Total) and one.outcome.number != one.score.max
    return is_reduced if one.score.said == "when_reduced" else isinstance(one.outcome, Total)


def is_live(one: Scored) -> bool:
    """Whether the score is shown while its items are entered: without a total only where it is always printed."""
    return one.score.said == "always" or (one.score.said != "never" and isinstance(one.outcome, Total))


def score_text(one: Scored) -> str:
    """The score in one clause without a full stop: `SARA: 15.5 of 40; not the official form`."""
    text = _outcome_text(one)
    if one.score.note is None or isinstance(one.outcome, Incomplete):
        return text
    return _("{score}; {note}").format(score=text, note=one.score.note)


def criterion_texts(one: Scored) -> list[str]:
    """Each criterion with whether it is met; one that is still open is not said."""
    said = {True: _("{criterion}: met."), False: _("{criterion}: not met.")}
    return [said[met].format(criterion=criterion.says) for criterion, met in one.met if met is not None]


def _outcome_text(one: Scored) -> str:
    outcome = one.outcome
    if isinstance(outcome, Total):
        return _total_text(one, outcome)
    if isinstance(outcome, Range):
        return _("{score}: {low}\u2013{high}{limit}; {items} untestable").format(
            score=one.score.phrase,
            low=value_words.number_text(outcome.low),
            high=value_words.number_text(outcome.high),
            limit=_limit(one),
            items=_names(outcome.untestable),
        )
    if one.score.parts:
        parts = " ".join(_part(reading) for reading in one.readings)
        return _("{score}: not totalled: {parts}").format(score=one.score.phrase, parts=parts)
    return _("{score}: not totalled; missing: {items}").format(score=one.score.phrase, items=_names(outcome.missing))


def _total_text(one: Scored, outcome: Total) -> str:
    text = _("{score}: {total}{limit}").format(
        score=one.score.phrase, total=value_words.number_text(outcome.number), limit=_limit(one)
    )
    if outcome.sides:
        right, left = (value_words.number_text(outcome.sides[side]) for side in ("R", "L"))
        return _("{score} (right {right}, left {left})").format(score=text, right=right, left=left)
    return text


def _limit(one: Scored) -> str:
    if one.score.unit is not None:
        return _(" {unit}").format(unit=one.score.unit)
    return _(" of {max}").format(max=value_words.number_text(one.score.max)) if one.score.max is not None else ""


def _part(reading: Reading) -> str:
    """`E4`, or the letter with why there is no number."""
    name = _name(reading)
    if isinstance(reading, Known):
        return f"{name}{value_words.number_text(reading.number)}"
    if isinstance(reading, Untestable):
        return _("{name}(untestable: {reason})").format(name=name, reason=_reason(reading))
    return _("{name}(not recorded)").format(name=name)


def _names(readings: Iterable[Untestable | Missing]) -> str:
    """The names, each once with the letters of its sides, so that a mirrored record names as many."""
    letters: dict[tuple[str, str], list[str]] = {}
    for reading in readings:
        sides = letters.setdefault((reading.leaf.name, _mark(reading)), [])
        if reading.leaf.side is not None:
            sides.append(term_words.side_letter(reading.leaf.side))
    names = [" ".join((name, *sides)) + mark for (name, mark), sides in letters.items()]
    shown, more = names[:MOST_NAMES], len(names) - MOST_NAMES
    if more <= 0:
        return ", ".join(shown)
    return ngettext("{items} and {count} more", "{items} and {count} more", more).format(
        items=", ".join(shown), count=more
    )


def _mark(reading: Untestable | Missing) -> str:
    if isinstance(reading, Missing) and reading.mark is not None:
        return _(" ({mark})").format(mark=reading.mark.replace("_", "-"))
    return ""


def _name(reading: Reading) -> str:
    leaf = reading.leaf
    return leaf.name if leaf.side is None else f"{leaf.name} {term_words.side_letter(leaf.side)}"


def _reason(reading: Untestable) -> str:
    if reading.reason == "other" and reading.text:
        return " ".join(reading.text.split())
    return term_words.reason_text(reading.reason)

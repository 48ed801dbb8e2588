"""The sentences of a debrief, each whole."""

from __future__ import annotations

import datetime

from exam_app.core.form.form import Form
from exam_app.core.practice.attempt import Domain, Walk
from exam_app.core.practice.case import PlaceSide
from exam_app.core.practice.library import Outcome
from exam_app.core.practice.scores import NotScored, Score
from exam_app.core.words import _, ngettext
from exam_app.report.phrases import ended


def day(at: datetime.datetime) -> str:
    """The day of an attempt."""
    return at.date().isoformat()


def walk(how: Walk) -> str:
    """How the attempt was walked."""
    return {"guided": _("guided"), "free": _("free"), "examination": _("examination")}[how]


def minutes(seconds: float) -> str:
    """A time in whole minutes; below one minute in seconds."""
    if seconds < 60:
        return _("{count} s").format(count=round(seconds))
    count = round(seconds / 60)
    return ngettext("{count} minute", "{count} minutes", count).format(count=count)


def domain(name: Domain) -> str:
    """A domain by its name."""
    return {
        "findings": _("Findings"),
        "structure": _("Structure"),
        "localisation": _("Localisation"),
        "safety": _("Safety"),
    }[name]


def score_line(found: Score, mark: int | None) -> str:
    """How sure the learner was of a domain, and its score or why there is none."""
    if mark is None:
        return _("{score}. How sure you were: you gave no mark.").format(score=score_alone(found))
    return _("{score}. How sure you were: {mark} of 5.").format(score=score_alone(found), mark=mark)


def score_alone(found: Score) -> str:
    """A score beside its domain, or why there is none."""
    if isinstance(found, NotScored):
        return {
            "nothing_examined": _("not scored: nothing was examined"),
            "nothing_to_score": _("not scored: there is nothing to score in this case"),
        }[found.why]
    return _("{points} of {of} ({percent} %)").format(
        points=f"{found.points:g}", of=found.of, percent=round(100 * found.share)
    )


def outcome(found: Outcome, key: str | None, got: str | None) -> str:
    """What the case has against what was recorded."""
    if found == "missed" and got is None:
        return _("Missed. The key: {key}. You: nothing recorded.").format(key=key)
    return {
        "exact": _("Right: {key}."),
        "adjacent": _("Close. The key: {key}. You: {got}."),
        "different": _("Graded otherwise. The key: {key}. You: {got}."),
        "missed": _("Missed. The key: {key}. You: {got}."),
        "not_examined": _("Not examined. The key: {key}."),
        "wrong_side": _("Wrong side. The key: {key}. You: the same on the other side."),
        "false_positive": _("Not there. The key: nothing abnormal. You: {got}."),
        "unseen": _("Recorded without being examined."),
        "normal": _("Normal."),
    }[found].format(key=key, got=got)


def cited(source: str | None, form: Form) -> str | None:
    """Where a teaching point is from, in the words of the list of sources; None where nothing was read for it."""
    if source == "D":
        return _("decided by the author of the case")
    return form.bibliography.get(source or "")


def sourced(text: str, citation: str | None) -> str:
    """A teaching point with where it is from."""
    return text if citation is None else _("{text} Source: {source}").format(text=text, source=ended(citation))


def from_memory() -> str:
    """Said once where points have no source."""
    return _("Where no source is named, the point was written from memory and has not been checked against one.")


def place(level: str, side: PlaceSide) -> str:
    """A level with its side."""
    return {
        "R": _("{level}, right"),
        "L": _("{level}, left"),
        "both": _("{level}, both sides"),
        "none": "{level}",
        "unsaid": _("{level}, side not said"),
    }[side].format(level=level)

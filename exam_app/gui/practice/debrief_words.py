"""Short words and signs of a debrief; never a colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from exam_app.core.practice.library import Outcome
from exam_app.core.words import _, ngettext
from exam_app.services.practice_debrief import Checked, Difference, Line, Point, Told

DIFFERS, ALIKE = "\u2260", "\u2713"
"""Before what differs from the key, and before what was found as it is."""


def verdict(outcome: Outcome) -> str:
    """An outcome in a word or two, beside the cells that it is about."""
    return {
        "exact": _("found"),
        "adjacent": _("close"),
        "different": _("graded otherwise"),
        "missed": _("missed"),
        "not_examined": _("not examined"),
        "wrong_side": _("wrong side"),
        "false_positive": _("not there"),
        "unseen": _("not looked at"),
        "normal": _("alike"),
    }[outcome]


def of_side(side: str, words: str) -> str:
    """Words about one side of a line of both."""
    return _("{side}: {words}").format(side=side, words=words)


def found_text(each: Checked) -> str:
    """A critical finding, with its sign and whether it was found."""
    if each.is_kept:
        return _("{sign} Found. {what}").format(sign=ALIKE, what=each.text)
    return _("{sign} Not found. {what}").format(sign=DIFFERS, what=each.text)


def flag_text(each: Checked) -> str:
    """A red flag of the case, with its sign and whether it was said."""
    if each.is_kept:
        return _("{sign} Said. {what}").format(sign=ALIKE, what=each.text)
    return _("{sign} Not said. {what}").format(sign=DIFFERS, what=each.text)


def how_many(title: str, count: int) -> str:
    """A section with the number of its differences."""
    if not count:
        return _("{section}: no difference").format(section=title)
    return ngettext("{section}: {count} difference", "{section}: {count} differences", count).format(
        section=title, count=count
    )


def not_scored(title: str) -> str:
    """A section that is told or added up: there is nothing to find in it."""
    return _("{section}: not scored").format(section=title)


def counted(differences: Iterable[Difference]) -> str:
    """How many differences of each kind there are."""
    counts: dict[Outcome, int] = {}
    for each in differences:
        counts[each.outcome] = counts.get(each.outcome, 0) + 1
    return ", ".join(f"{count} {verdict(outcome)}" for outcome, count in counts.items()) or _("no difference")


def line_text(line: Line) -> str:
    """A line as it is said."""
    return _("{label}: {text}").format(label=line.label, text=line.text)


def findings_words(told: Told) -> list[str]:
    """How many findings differ from the key, and how many were found."""
    if not told.differences and not told.found:
        return [_("Nothing abnormal was there, and nothing was recorded as abnormal.")]
    differ = _("{sign} Nothing differs from the key.").format(sign=ALIKE)
    if told.differences:
        differ = _("{sign} Different from the key: {counts}.").format(sign=DIFFERS, counts=counted(told.differences))
    found = ngettext(
        "{sign} {count} finding of the case found.", "{sign} {count} findings of the case found.", told.found_count
    )
    return [differ, *([found.format(sign=ALIKE, count=told.found_count)] if told.found_count else [])]


def own_mark(mark: int | None) -> str:
    """How sure the learner was: five signs, and the number in words."""
    if mark is None:
        return _("you gave no mark")
    return _("{signs}  {mark} of 5").format(signs="\u25cf" * mark + "\u25cb" * (5 - mark), mark=mark)


def point_text(point: Point) -> str:
    """A teaching point with where it is from."""
    return f"{point.text} {source_text(point)}".strip()


def source_text(point: Point) -> str:
    """Where a teaching point is from; empty where it was written from memory."""
    return _("Source: {source}").format(source=point.source) if point.source is not None else ""

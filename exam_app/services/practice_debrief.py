"""A debrief in sentences for a window: what the PDF says too, in the parts that a window shows one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from exam_app.core.form.form import Form, section_of
from exam_app.core.practice.attempt import DOMAINS, Domain
from exam_app.core.practice.case import Teaching
from exam_app.core.practice.debrief import Explained
from exam_app.core.practice.library import Outcome
from exam_app.services.files import free_file

if TYPE_CHECKING:
    from exam_app.report.debrief import Heard
    from exam_app.report.document import Note
    from exam_app.services.practice import Learner, OpenAttempt


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A domain: how sure the learner was, 1 to 5 or None, and the score in words."""

    domain: Domain
    title: str
    own: int | None
    score: str


@dataclass(frozen=True, slots=True)
class Point:
    """A teaching point and where it is from, in words; None where it was written from memory."""

    text: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding, or one movement of the list, beside the key. `key` and `got` are what the case has and what was
    recorded, in a few words, None where there is nothing."""

    address: str
    section: str
    outcome: Outcome
    name: str
    sentence: str
    key: str | None
    got: str | None
    mistakes: tuple[str, ...]
    teaching: tuple[Point, ...]
    is_movement: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Words, and what they are about before them."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What had to be found or said, with the reason of the case, and whether it was."""

    text: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step of the standard order: its place there from 1, and the place at which the learner began it, or None."""

    id: str
    title: str
    standard: int
    begun: int | None
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a window shows of a debrief. `differences` stand in the order of the form, those that were
    recorded without being examined last; `outcomes` are by address, where there is something to say; `beside` are
    mistakes that belong to no single finding; `astray` the steps that stand out of order; `from_memory` is said where
    teaching points have no source.
    """

    scores: tuple[ScoreRow, ...]
    own_words: str | None
    failures: tuple[Line, ...]
    differences: tuple[Difference, ...]
    outcomes: Mapping[str, Outcome]
    anything_examined: bool
    found: tuple[Line, ...]
    found_count: int
    right_movements: tuple[Difference, ...]
    beside: tuple[str, ...]
    places: tuple[Line, ...]
    distributions: tuple[Line, ...]
    lines: tuple[Line, ...]
    critical: tuple[Checked, ...]
    flags: tuple[Checked, ...]
    unfounded: tuple[str, ...]
    teaching: tuple[Point, ...]
    from_memory: str
    steps: tuple[StepTold, ...]
    astray: frozenset[str]
    order: tuple[str, ...]
    times: tuple[Line, ...]


def told(learner: Learner, attempt: OpenAttempt) -> Told | None:
    """The debrief of an attempt that was handed in; None of a volunteer."""
    from exam_app.report import debrief as sentences
    from exam_app.report import debrief_words as words

    found, case = attempt.debrief(), attempt.case
    if found is None or case is None:
        return None
    heard = sentences.Heard(learner.name, case, attempt.attempt, found, attempt.form, attempt.library)
    own = attempt.attempt.assessment
    marks = own.marks if own is not None else {}
    wrong = [each.comparison for each in found.explained]
    return Told(
        scores=tuple(
            ScoreRow(each, words.domain(each), marks.get(each), words.score_alone(found.scores[each]))
            for each in DOMAINS
        ),
        own_words=own.words if own is not None else None,
        failures=_lines(sentences.failing(heard)),
        differences=tuple(sorted((_difference(each, heard) for each in found.explained), key=_was_not_examined)),
        outcomes={each.address: each.outcome for each in (*found.right, *wrong)},
        anything_examined=found.anything_examined,
        found=_lines(sentences.found(heard)),
        found_count=len(found.right),
        right_movements=tuple(_difference(Explained(each, (), ()), heard) for each in found.right if each.entry),
        beside=tuple(mistake.text for mistake in found.beside),
        places=_lines(sentences.places(heard)),
        distributions=_lines(sentences.distributions(heard)),
        lines=_lines(sentences.lines(heard)),
        critical=tuple(Checked(text, is_found) for text, is_found in sentences.critical(heard)),
        flags=tuple(Checked(text, is_said) for text, is_said in sentences.flags(heard)),
        unfounded=tuple(sentences.unfounded(heard)),
        teaching=_points(case.teaching, heard.form),
        from_memory=words.from_memory(),
        steps=tuple(_steps(heard)),
        astray=frozenset(found.course.astray),
        order=tuple(sentences.order_sentences(heard)),
        times=_lines(sentences.times(heard)),
    )


def _was_not_examined(shown: Difference) -> bool:
    return shown.outcome == "unseen"


def _difference(one: Explained, heard: Heard) -> Difference:
    from exam_app.report import debrief as sentences
    from exam_app.report import debrief_words as words

    comparison = one.comparison
    key, got = sentences.said(comparison, heard.form)
    return Difference(
        address=comparison.address,
        section=section_of(comparison.address),
        outcome=comparison.outcome,
        name=sentences.movement_name(comparison, heard.form) or sentences.item_name(comparison.address, heard.form),
        sentence=words.outcome(comparison.outcome, key, got),
        key=key,
        got=got,
        mistakes=tuple(mistake.text for mistake in one.mistakes),
        teaching=_points(one.teaching, heard.form),
        is_movement=comparison.entry is not None,
    )


def _points(taught: Iterable[Teaching], form: Form) -> tuple[Point, ...]:
    from exam_app.report import debrief_words as words

    return tuple(Point(each.text, words.cited(each.source, form)) for each in taught)


def _lines(notes: Iterable[Note]) -> tuple[Line, ...]:
    return tuple(Line(each.label, each.text) for each in notes)


def _steps(heard: Heard) -> Iterator[StepTold]:
    from exam_app.report.debrief import step_titles

    begun, titles = heard.debrief.course.begun, step_titles(heard)
    for number, stage in enumerate(heard.debrief.stages, start=1):
        step = stage.step
        at = begun.index(step.id) + 1 if step.id in begun else None
        yield StepTold(step.id, titles[step.id], number, at, step.optional)


def debrief_file(folder: Path, attempt: OpenAttempt) -> Path:
    """A file for the PDF, named by the day and the case and by nobody: `practice_C08B_2026-11-28.pdf`; where there is
    one, `practice_C08B_2026-11-28_2.pdf`."""
    record = attempt.attempt.record
    stem = f"practice_{record.case or 'volunteer'}_{record.encounter.started_at.date().isoformat()}"
    return free_file(folder, stem, ".pdf")

"""Attempts played by a script into the real store: perfect, with the sides exchanged, in a hurry, empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from exam_app.core.editing.editing import Edit
from exam_app.core.form.form import Form
from exam_app.core.practice.attempt import Attempt
from exam_app.core.practice.case import Case
from exam_app.core.practice.library import Library
from exam_app.gui.parts.jobs import Job, Jobs, Receiver
from exam_app.services.practice import Learner, OpenAttempt, Practice
from tests.specimen_case import blank_attempt, hurried, perfect, reversed_sides


class Held(Jobs):
    """Does what it was asked for when it is let go."""

    def run(self, operation: Callable[[], Any], done: Receiver, failed: Receiver, ended: Receiver | None = None) -> Job:
        """Keeps it."""
        self._asked = (operation, done, failed, ended)
        return Job(operation, self)

    def let_go(self) -> None:
        """Does it."""
        super().run(*self._asked)


def _blank(case: Case, form: Form, _library: Library) -> Attempt:
    return blank_attempt(case, form)


PLAYS: Mapping[str, Callable[[Case, Form, Library], Attempt]] = {
    "perfect": perfect,
    "mirrored": reversed_sides,
    "hurried": hurried,
    "empty": _blank,
}


def played(store: Practice, learner: Learner, case_id: str, play: str, *, is_finished: bool = True) -> OpenAttempt:
    """An attempt as a script plays it, handed in unless told otherwise."""
    case = store.content.case(case_id)
    wanted = PLAYS[play](case, store.content.form, store.content.library)
    attempt = store.begin(learner, case, wanted.walk)
    attempt.perform(wanted.performed)
    attempt.session.edit(Edit(findings=dict(wanted.record.findings)))
    for section_id, seconds in wanted.seconds.items():
        attempt.spend(section_id, seconds)
    attempt.localise(wanted.localisation)
    attempt.distribute(wanted.distribution)
    attempt.sum_up(wanted.summary)
    attempt.flag(wanted.red_flags)
    if wanted.assessment is not None:
        attempt.assess(wanted.assessment)
    if is_finished:
        attempt.finish()
    return attempt

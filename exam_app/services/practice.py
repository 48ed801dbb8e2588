"""Practice: learners, their attempts, the debrief and their progress. No passphrase and no patient.

Every change of an attempt goes to the writer at once, so that an attempt that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from exam_app.core.editing.session import Change, Session
from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.model import Name
from exam_app.core.practice import attempt as attempts
from exam_app.core.practice.attempt import Assessment, Attempt, Walk
from exam_app.core.practice.attempt_file import (
    Kept,
    Portfolio,
    attempt_from_json,
    attempt_to_json,
    portfolio_from_json,
    portfolio_to_json,
)
from exam_app.core.practice.case import Case, Place
from exam_app.core.practice.debrief import Debrief, debriefed
from exam_app.core.practice.eliciting import elicited
from exam_app.core.practice.library import Library
from exam_app.core.practice.order import Stage, next_address, stages
from exam_app.core.practice.progress import Done, Progress, done, progress
from exam_app.core.record.record import Distribution, PracticeRecord
from exam_app.services.context import Context
from exam_app.services.files import write_whole
from exam_app.services.practice_content import Content, practice_content
from exam_app.services.saving import Saving, WrittenBehind
from exam_app.store.practice import AttemptHead, Learner, PracticeStore, PracticeWriter, open_practice

__all__ = ["AttemptHead", "Imported", "Learner", "OpenAttempt", "Practice", "open_store"]


_NAME: TypeAdapter[str] = TypeAdapter(Name)


def open_store(context: Context) -> Practice:
    """Practice on this computer. UserError as `store.practice.open_practice` and `practice_content`."""
    content = practice_content(context)
    return Practice(context, content, open_practice(context.data_folder))


@dataclass(frozen=True, slots=True)
class Imported:
    """Whose progress was imported, and how many attempts were new or newer."""

    learner: Learner
    attempts: int


class Practice:
    """Learners and attempts of one open store; `content` are the cases and what they share."""

    def __init__(self, context: Context, content: Content, store: PracticeStore) -> None:
        """`store` is closed by `close`."""
        self.content = content
        self._context = context
        self._store = store
        self._done: dict[tuple[str, str], Done | None] = {}

    def learners(self) -> tuple[Learner, ...]:
        """Everyone who practises here, by name."""
        return self._store.reader.learners()

    def add_learner(self, name: str) -> Learner:
        """A new learner. UserError `learner_name_taken`, `learner_name_unusable`."""
        learner = Learner(self._context.new_id(), _usable(name))
        self._write(lambda store: store.put_learner(learner))
        return learner

    def rename_learner(self, learner: Learner, name: str) -> Learner:
        """The same learner under another name. UserError as `add_learner`."""
        renamed = Learner(learner.id, _usable(name))
        self._write(lambda store: store.put_learner(renamed))
        return renamed

    def remove_learner(self, learner: Learner) -> None:
        """The learner goes, with every attempt."""
        self._write(lambda store: store.remove_learner(learner.id))

    def attempts(self, learner: Learner) -> tuple[AttemptHead, ...]:
        """The attempts of a learner, last changed first."""
        return self._store.reader.attempts(learner.id)

    def unfinished(self, learner: Learner) -> tuple[AttemptHead, ...]:
        """Those that were interrupted."""
        return tuple(head for head in self.attempts(learner) if head.finished_at is None)

    def finished(self, learner: Learner) -> tuple[AttemptHead, ...]:
        """Those that were handed in."""
        return tuple(head for head in self.attempts(learner) if head.finished_at is not None)

    def begin(self, learner: Learner, case: Case | None, walk: Walk, *, time_limit: int | None = None) -> OpenAttempt:
        """A new attempt, stored before this returns. Without a case a volunteer is examined."""
        at = self._context.now()
        attempt = attempts.begun(self.content.form, case, walk, at, time_limit)
        stamp = at.isoformat()
        head = AttemptHead(self._context.new_id(), learner.id, case.id if case else None, stamp, stamp, None)
        self._write(lambda store: store.put([(head, attempt_to_json(attempt))]))
        return OpenAttempt(self._context, self.content, self._store, head, attempt, case)

    def open(self, attempt_id: str) -> OpenAttempt:
        """An attempt where it stopped, or a finished one to be looked at. UserError `attempt_unknown`,
        `attempt_damaged`, `attempt_newer`, `attempt_of_another_form`, `case_unknown`."""
        head, body = self._store.reader.load(attempt_id)
        attempt = attempt_from_json(body, self.content.form)
        case = self.content.case(head.case_id) if head.case_id is not None else None
        return OpenAttempt(self._context, self.content, self._store, head, attempt, case)

    def standing(self, learner: Learner) -> Callable[[], Progress]:
        """How a learner stands, to be worked out in any thread: what the store has is read here. An attempt that cannot
        be read, or whose case is gone, is passed over.

        A finished attempt is debriefed once while the store is open: neither it nor its case changes in that time.
        """
        finished = self.finished(learner)
        bodies = {head.id: self._store.reader.load(head.id)[1] for head in finished if _version(head) not in self._done}

        def work_out() -> Progress:
            for head in finished:
                if head.id in bodies:
                    self._done[_version(head)] = _heard(head, bodies[head.id], self.content)
            found = (self._done[_version(head)] for head in finished)
            return progress((each for each in found if each is not None), self.content.cases)

        return work_out

    def export_progress(self, learner: Learner, path: Path) -> None:
        """All attempts of a learner as one file. UserError `file_unwritable`, and as `open` for one that is damaged."""
        kept = []
        for head in self.attempts(learner):
            attempt = attempt_from_json(self._store.reader.load(head.id)[1], self.content.form)
            kept.append(Kept(id=head.id, changed_at=_moment(head.changed_at), attempt=attempt))
        portfolio = Portfolio(learner_id=learner.id, learner=learner.name, attempts=tuple(kept))
        write_whole(path, (portfolio_to_json(portfolio) + "\n").encode())

    def import_progress(self, path: Path) -> Imported:
        """Takes a learner's file over: attempts that are not here, or newer than here. UserError `file_missing`,
        `file_unreadable`, `progress_damaged`, `progress_newer`, `practice_is_clinical`, `learner_name_taken`; then
        nothing was taken over."""
        portfolio = portfolio_from_json(_text(path), path.name)
        known = next((each for each in self.learners() if each.id == portfolio.learner_id), None)
        whose = known or Learner(portfolio.learner_id, portfolio.learner)
        here = {head.id: _moment(head.changed_at) for head in self.attempts(whose)}
        fresh = [
            (_head(each, whose), attempt_to_json(each.attempt))
            for each in portfolio.attempts
            if each.id not in here or each.changed_at > here[each.id]
        ]

        def put(store: PracticeWriter) -> None:
            if known is None:
                store.put_learner(whose)
            store.put(fresh)

        self._write(put)
        return Imported(whose, len(fresh))

    def _write(self, job: Callable[[PracticeWriter], None]) -> None:
        self._store.writer.submit(job).result()

    def close(self) -> None:
        """Waits until everything is written and closes the store."""
        self._store.close()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError("file_missing", file=path.name) from None
    except (OSError, UnicodeDecodeError):
        raise UserError("progress_damaged", file=path.name) from None


def _head(kept: Kept, learner: Learner) -> AttemptHead:
    finished = kept.attempt.finished_at
    started = kept.attempt.record.encounter.started_at.isoformat()
    ended = finished.isoformat() if finished is not None else None
    return AttemptHead(kept.id, learner.id, kept.attempt.record.case, started, kept.changed_at.isoformat(), ended)


def _version(head: AttemptHead) -> tuple[str, str]:
    return head.id, head.changed_at


def _heard(head: AttemptHead, body: str, content: Content) -> Done | None:
    """A finished attempt with the scores of its debrief."""
    case = content.case_by_id.get(head.case_id or "")
    if head.finished_at is None or case is None:
        return None
    try:
        attempt = attempt_from_json(body, content.form)
    except UserError:
        return None
    heard = debriefed(case, attempt, content.form, content.library)
    return done(head.id, case.id, _moment(head.finished_at), attempts.total_seconds(attempt), heard)


def _moment(stamp: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(stamp)


def _usable(name: str) -> str:
    """A learner's name as it is kept: one line. UserError `learner_name_unusable`."""
    try:
        return _NAME.validate_python(name)
    except ValidationError:
        raise UserError("learner_name_unusable") from None


class OpenAttempt(WrittenBehind):
    """One attempt being made or looked at. The session edits its record; the rest is said by the methods here."""

    def __init__(
        self,
        context: Context,
        content: Content,
        store: PracticeStore,
        head: AttemptHead,
        attempt: Attempt,
        case: Case | None,
    ) -> None:
        """Made by `Practice`."""
        super().__init__(context.now)
        self.id = head.id
        self.case = case
        self.session: Session[PracticeRecord] = Session(attempt.record)
        self.session.listen(self._recorded)
        self._context, self._content, self._store = context, content, store
        self._head = head
        self._attempt = attempt

    @property
    def form(self) -> Form:
        """The form that is practised with."""
        return self._content.form

    @property
    def library(self) -> Library:
        """What the cases share: levels and red flags to choose from, the standard order."""
        return self._content.library

    @property
    def attempt(self) -> Attempt:
        """The attempt as it is now."""
        return self._attempt

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The steps of the standard order with what is asked in each."""
        return stages(self._content.library.order, self.form, self._attempt.record)

    @property
    def next_step(self) -> tuple[Stage, str] | None:
        """The first step of the standard order with something not examined yet, and its address; None at the end."""
        return next_address(self.stages, self._attempt.performed)

    def perform(self, addresses: Iterable[str]) -> dict[str, str]:
        """Examines addresses: what is seen or felt at each. Nothing is shown of a volunteer, whom the learner sees."""
        wanted = tuple(addresses)
        self._become(attempts.performing(self._attempt, wanted))
        return {address: words for address in wanted if (words := self.words(address)) is not None}

    def words(self, address: str) -> str | None:
        """What was seen or felt at an address that has been examined; None where it has not, or without a case."""
        if self.case is None or address not in self._attempt.examined:
            return None
        return elicited(self.case, address, self.form, self._content.library.phrases)

    def spend(self, section_id: str, seconds: float) -> None:
        """Time passed in a section."""
        self._become(attempts.spending(self._attempt, section_id, seconds))

    def localise(self, place: Place | None) -> None:
        """Where the learner says that the lesion is."""
        self._become(attempts.localising(self._attempt, place))

    def distribute(self, distribution: Distribution | None) -> None:
        """The learner's own distribution of dystonia."""
        self._become(attempts.distributing(self._attempt, distribution))

    def sum_up(self, summary: str | None) -> None:
        """The learner's own line."""
        self._become(attempts.summing_up(self._attempt, summary))

    def flag(self, red_flags: Iterable[str]) -> None:
        """The red flags that the learner names."""
        self._become(attempts.flagging(self._attempt, red_flags))

    def assess(self, assessment: Assessment) -> None:
        """How the learner sees the attempt, before hearing what was missed."""
        self._become(attempts.assessing(self._attempt, assessment))

    def finish(self) -> None:
        """Handed in. It can be looked at from now on, not changed."""
        self._become(attempts.finishing(self._attempt, self._context.now()))

    def debrief(self) -> Debrief | None:
        """What is to be heard, or None without a case."""
        return debriefed(self.case, self._attempt, self.form, self._content.library) if self.case is not None else None

    def _recorded(self, change: Change[PracticeRecord]) -> None:
        self._become(attempts.recording(self._attempt, change.after))

    def _become(self, attempt: Attempt) -> None:
        """The attempt changes and is written; one that was handed in does not. ValueError: the windows ask first."""
        if attempt is self._attempt:
            return
        if self._attempt.is_finished:
            raise ValueError("a finished attempt does not change")
        self._attempt = attempt
        finished = attempt.finished_at.isoformat() if attempt.finished_at is not None else None
        old = self._head
        changed = self._context.now().isoformat()
        head = AttemptHead(old.id, old.learner_id, old.case_id, old.started_at, changed, finished)
        job = self._store.writer.submit(lambda store: store.put([(head, attempt_to_json(attempt))]))
        self._follow(job)

    def wait_until_saved(self) -> Saving:
        """Wait until every change so far is durable."""
        self._store.writer.submit(lambda _store: None).result()
        return self.saving

    def close(self) -> None:
        """Everything is durable."""
        self.on_saving = None
        self.wait_until_saved()

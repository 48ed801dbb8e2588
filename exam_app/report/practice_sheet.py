"""The sheet of a guided examination of a volunteer: every step with its reason, how to do it, what normal is, and what
was recorded. TRAINING on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exam_app.core.form.form import Form
from exam_app.core.practice.attempt import Attempt, total_seconds
from exam_app.core.practice.order import Stage
from exam_app.core.wording import finding_words
from exam_app.core.words import _
from exam_app.report import debrief_words as words
from exam_app.report.blank import BOX
from exam_app.report.debrief import footer
from exam_app.report.debrief_lists import name_of
from exam_app.report.document import Block, Document, Fact, Heading, Note, Notes, Sentence, Sentences

TICKED = "\u2611"


def sheet(learner: str, attempt: Attempt, steps: Iterable[Stage], form: Form, *, app_version: str) -> Document:
    """The whole sheet. Each address has a box: ticked where it was examined, else empty, to be ticked by hand."""
    blocks = [block for stage in steps for block in _step(stage, attempt, form)]
    return Document(
        title=_("Practice on a volunteer"),
        scope=_("The standard order, step by step"),
        when=words.day(attempt.record.encounter.started_at),
        examined_at=attempt.record.encounter.started_at,
        examiner=None,
        status=_("TRAINING, no patient"),
        draft=_("TRAINING"),
        facts=(
            Fact(_("Learner"), learner, strong=True),
            Fact(_("Walk"), words.walk(attempt.walk)),
            Fact(_("Time"), words.minutes(total_seconds(attempt))),
        ),
        notices=(),
        blocks=tuple(blocks),
        handover=(),
        footer=footer(form, app_version),
    )


def _step(stage: Stage, attempt: Attempt, form: Form) -> Iterator[Block]:
    step = stage.step
    yield Heading(1, step.title or form.section_by_id[step.section].title)
    yield Sentences((Sentence(step.why),))
    yield Notes(tuple(_note(address, attempt, form) for address in stage.addresses))


def _note(address: str, attempt: Attempt, form: Form) -> Note:
    item, finding = form.addresses[address], attempt.record.findings.get(address)
    is_examined = address in attempt.examined
    lines = [_("Examined.") if is_examined else _("Not examined.")]
    if finding is not None:
        lines = [_("Recorded: {finding}.").format(finding=finding_words.finding_text(item, finding, form))]
    if item.how_to_test:
        lines.append(_("How to test: {words}").format(words=item.how_to_test))
    if item.normal_finding:
        lines.append(_("Normal: {words}").format(words=item.normal_finding))
    label = _("{box} {name}").format(box=TICKED if is_examined else BOX, name=name_of((address,), form))
    return Note(label, "\n".join(lines), (address,))

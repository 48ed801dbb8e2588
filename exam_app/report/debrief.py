"""A debrief of practice as a document: TRAINING on every page, and no patient.

First the learner's own assessment, then the scores and what fails the attempt, then what was wrong with its
explanation, and last what the case teaches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.form.kinds import ListKind
from exam_app.core.practice.attempt import DOMAINS, Attempt, total_seconds
from exam_app.core.practice.case import Case, Place
from exam_app.core.practice.comparing import Comparison
from exam_app.core.practice.debrief import Debrief, Explained
from exam_app.core.practice.library import Library, Mistake
from exam_app.core.practice.scores import Failure
from exam_app.core.record.record import Distribution, Finding
from exam_app.core.record.values import GroupValue
from exam_app.core.wording import finding_words, term_words, value_words
from exam_app.core.words import _, ngettext
from exam_app.report import debrief_words as words
from exam_app.report.document import Block, Document, Fact, Footer, Heading, Note, Notes, Sentence, Sentences
from exam_app.report.phrases import named_with_side
from exam_app.report.view import one_line


@dataclass(frozen=True, slots=True)
class Heard:
    """All that a debrief is made of."""

    learner: str
    case: Case
    attempt: Attempt
    debrief: Debrief
    form: Form
    library: Library


def debrief_document(heard: Heard, *, app_version: str) -> Document:
    """The whole debrief."""
    attempt, case = heard.attempt, heard.case
    blocks: list[Block] = [*_own(heard), *_scores(heard)]
    if heard.debrief.anything_examined:
        blocks += [*_wrong(heard), *_structure(heard)]
    blocks += [*_answers(heard), *_teaching(heard)]
    return Document(
        title=_("Debrief of practice"),
        scope=case.head.title,
        when=words.day(attempt.record.encounter.started_at),
        examined_at=attempt.record.encounter.started_at,
        examiner=None,
        status=_("TRAINING, no patient"),
        draft=_("TRAINING"),
        facts=(
            Fact(_("Learner"), heard.learner, strong=True),
            Fact(_("Case"), case.id),
            Fact(_("Walk"), words.walk(attempt.walk)),
            Fact(_("Time"), words.minutes(total_seconds(attempt))),
        ),
        notices=() if case.head.reviewed is not None else (_("No clinician has reviewed this case."),),
        blocks=tuple(blocks),
        handover=(),
        footer=footer(heard.form, app_version),
    )


def footer(form: Form, app_version: str) -> Footer:
    """The foot of every page of practice."""
    return Footer(
        _("TRAINING"),
        _("Made in practice. It is no record of a patient and not for clinical use."),
        _("exam_app {app} \u00b7 form {form} {version}").format(app=app_version, form=form.id, version=form.version),
    )


def _paragraph(title: str, sentences: Iterable[str]) -> Iterator[Block]:
    """A heading with its sentences; nothing where there is none."""
    told = tuple(Sentence(each) for each in sentences)
    if told:
        yield Heading(1, title)
        yield Sentences(told)


def _own(heard: Heard) -> Iterator[Block]:
    own = heard.attempt.assessment
    if own is None:
        return
    told = [words.own_mark(domain, own.marks[domain]) for domain in DOMAINS if domain in own.marks]
    yield from _paragraph(_("Your own assessment"), [*told, *([own.words] if own.words else [])])


def _scores(heard: Heard) -> Iterator[Block]:
    yield from _paragraph(_("Scores"), [words.score(each, heard.debrief.scores[each]) for each in DOMAINS])
    failed = [failure_text(each, heard) for each in heard.debrief.failures]
    yield from _paragraph(_("What fails this attempt, whatever its scores"), failed)


def failure_text(failure: Failure, heard: Heard) -> str:
    """What fails an attempt, in a sentence with the reason of the case."""
    if failure.kind == "critical_missed":
        name = item_name(failure.what, heard.form)
        return _("Missed and critical: {item}. {why}").format(item=name, why=failure.why or "")
    if failure.kind == "finding_reversed":
        return _("The side was reversed: {item}.").format(item=item_name(failure.what, heard.form))
    if failure.kind == "lesion_reversed":
        return _("The lesion was placed on the wrong side.")
    label = heard.library.flag_by_id[failure.what].label
    return _("Not said: {flag}. {why}").format(flag=label, why=failure.why or "")


def _wrong(heard: Heard) -> Iterator[Block]:
    """What was wrong, each with its technique; what explains several findings is told once."""
    told: set[str] = set()
    notes = [_note(each, heard, told) for each in heard.debrief.explained if _by_itself(each.comparison)]
    if notes:
        count = ngettext(
            "One finding, with how it is tested.", "{count} findings, each with how it is tested.", len(notes)
        )
        yield from _paragraph(_("What was missed or graded otherwise"), [count.format(count=len(notes))])
        yield Notes(tuple(notes))
    yield from _paragraph(_("Not examined"), [_not_examined(each, heard) for each in _with(heard, "not_examined")])
    yield from _paragraph(_("Recorded without being examined"), _unseen(heard))
    right = [right_text(each, heard) for each in heard.debrief.right]
    yield from _paragraph(_("Found"), right)
    if not notes and not right and not heard.debrief.explained:
        yield from _paragraph(_("Found"), [_("Nothing abnormal was there, and nothing was recorded as abnormal.")])
    rest = [mistake for mistake in _all_mistakes(heard.debrief) if mistake.text not in told]
    yield from _paragraph(_("What often goes wrong here"), [mistake.text for mistake in rest])


def _by_itself(one: Comparison) -> bool:
    return one.outcome not in ("not_examined", "unseen")


def _with(heard: Heard, outcome: str) -> list[Comparison]:
    return [each.comparison for each in heard.debrief.explained if each.comparison.outcome == outcome]


def _all_mistakes(debrief: Debrief) -> Iterator[Mistake]:
    found: dict[str, Mistake] = {}
    for each in debrief.explained:
        found |= {mistake.id: mistake for mistake in each.mistakes}
    yield from found.values()
    yield from debrief.beside


def _note(one: Explained, heard: Heard, told: set[str]) -> Note:
    comparison = one.comparison
    item = heard.form.addresses[comparison.address]
    lines = [words.outcome(comparison.outcome, *said(comparison, heard.form))]
    for text in (*(mistake.text for mistake in one.mistakes), *(point.text for point in one.teaching)):
        if text not in told:
            told.add(text)
            lines.append(text)
    if item.how_to_test:
        lines.append(_("How to test: {words}").format(words=item.how_to_test))
    return Note(item_name(comparison.address, heard.form), "\n".join(lines), (comparison.address,))


def said(one: Comparison, form: Form) -> tuple[str | None, str | None]:
    """What the case has and what the learner recorded, each in a few words; None where there is nothing."""
    item = form.addresses[one.address]
    if one.entry is not None and isinstance(item, ListKind):
        return _entry(item, one.entry.key, form), _entry(item, one.entry.got, form)
    return _finding(one.address, one.key, form), _finding(one.address, one.got, form)


def _entry(item: ListKind, entry: GroupValue | None, form: Form) -> str | None:
    return value_words.entry_text(item, entry, form) if entry is not None else None


def _finding(address: str, finding: Finding | None, form: Form) -> str | None:
    return finding_words.finding_text(form.addresses[address], finding, form) if finding is not None else None


def right_text(one: Comparison, heard: Heard) -> str:
    """What was found as it is."""
    key, _got = said(one, heard.form)
    return _("{item}: {finding}.").format(item=item_name(one.address, heard.form), finding=key or "")


def _not_examined(one: Comparison, heard: Heard) -> str:
    key, _got = said(one, heard.form)
    name = item_name(one.address, heard.form)
    return _("{item}: the case has {finding}.").format(item=name, finding=key or "")


def _unseen(heard: Heard) -> Iterator[str]:
    """By section: one key may assert many of them."""
    counts: dict[str, int] = {}
    for one in _with(heard, "unseen"):
        counts[section_of(one.address)] = counts.get(section_of(one.address), 0) + 1
    for section_id, count in counts.items():
        title = heard.form.section_by_id[section_id].title
        yield ngettext("{section}: one finding.", "{section}: {count} findings.", count).format(
            section=title, count=count
        )


def item_name(address: str, form: Form) -> str:
    """An item with its side and its section, as it begins a line: "Neck (Tone)"."""
    _item_id, side = split_address(address)
    return _("{item} ({section})").format(
        item=named_with_side(form.addresses[address].label, side), section=form.section_by_id[section_of(address)].title
    )


def _structure(heard: Heard) -> Iterator[Block]:
    yield from _paragraph(_("Structure"), order_sentences(heard))
    yield from _paragraph(_("Time by section"), times(heard))


def order_sentences(heard: Heard) -> list[str]:
    """How the attempt went through the standard order."""
    titles, walked = step_titles(heard), heard.debrief.course
    told = [_("Begun in this order: {steps}.").format(steps=", ".join(titles[each] for each in walked.begun))]
    told += [
        _("{first} was begun before {second}, which comes first.").format(first=titles[first], second=titles[second])
        for first, second in walked.out_of_order
    ]
    if walked.skipped:
        told.append(_("Not begun: {steps}.").format(steps=", ".join(titles[each] for each in walked.skipped)))
    return told


def times(heard: Heard) -> list[str]:
    """The time spent in each section."""
    return [
        _("{section}: {time}.").format(section=heard.form.section_by_id[each].title, time=words.minutes(seconds))
        for each, seconds in heard.attempt.seconds.items()
    ]


def step_titles(heard: Heard) -> Mapping[str, str]:
    """The steps of the standard order by id."""
    sections = heard.form.section_by_id
    return {each.step.id: each.step.title or sections[each.step.section].title for each in heard.debrief.stages}


def _answers(heard: Heard) -> Iterator[Block]:
    """Where, which distribution, the line of each, and the red flags."""
    yield from _paragraph(_("Where"), places(heard))
    yield from _paragraph(_("In one line"), lines(heard))
    yield from _paragraph(_("Red flags of the case"), flags(heard))


def places(heard: Heard) -> list[str]:
    """Where the learner said that the lesion is and where it is; of dystonia the distribution likewise."""
    key, answered = heard.case.key, heard.debrief.answered
    told = [
        _("Your answer: {place}.").format(place=_place(answered.place, heard)),
        _("The key: {place}.").format(place=_place(key.localisation, heard)),
    ]
    told += [_("Also right: {place}.").format(place=_place(each, heard)) for each in key.accept]
    if answered.expected is not None:
        told += [
            _("Distribution of dystonia, your answer: {answer}.").format(answer=_distribution(answered.distribution)),
            _("Distribution of dystonia, the key: {answer}.").format(answer=_distribution(answered.expected)),
        ]
    return told


def _distribution(found: Distribution | None) -> str:
    return term_words.distribution_text(found) if found is not None else _("not said")


def lines(heard: Heard) -> list[str]:
    """The line of the learner and that of the key, to be compared by eye."""
    return [_own_line(heard), _("The key: {words}").format(words=heard.case.key.summary)]


def flags(heard: Heard) -> list[str]:
    """The red flags of the case, and those said that it does not show."""
    labels = heard.library.flag_by_id
    shown = [why_text(labels[each.id].label, each.why) for each in heard.case.key.red_flags]
    return [*(shown or [_("None.")]), *unfounded(heard)]


def why_text(what: str, why: str) -> str:
    """What matters in the case, and why."""
    return _("{flag}: {why}").format(flag=what, why=why)


def unfounded(heard: Heard) -> list[str]:
    """The red flags said that the case does not show."""
    labels = heard.library.flag_by_id
    return [
        _("You said, and the case does not show it: {flag}.").format(flag=labels[each].label)
        for each in heard.debrief.unfounded
        if each in labels
    ]


def _own_line(heard: Heard) -> str:
    own = heard.attempt.summary
    return _("You: {words}").format(words=one_line(own)) if own else _("You wrote nothing.")


def _place(place: Place | None, heard: Heard) -> str:
    if place is None:
        return _("not said")
    level = heard.library.level_by_id.get(place.level)
    return words.place(level.label if level is not None else place.level, place.side)


def _teaching(heard: Heard) -> Iterator[Block]:
    points = [(each.text, words.cited(each.source, heard.form)) for each in heard.case.teaching]
    told = [words.sourced(text, citation) for text, citation in points]
    if any(citation is None for _text, citation in points):
        told.append(words.from_memory())
    yield from _paragraph(_("What this case teaches"), told)

"""A debrief of practice as a document: TRAINING on every page, and no patient.

First the learner's own assessment beside the scores, and what keeps the attempt from passing; then the answers beside
those of the key; then what was wrong with its explanation; and last what the case teaches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from exam_app.core.form.form import Form, section_of
from exam_app.core.form.kinds import ListKind
from exam_app.core.practice.attempt import DOMAINS, Assessment, Attempt, Domain, total_seconds
from exam_app.core.practice.case import Case, Place
from exam_app.core.practice.comparing import Comparison
from exam_app.core.practice.debrief import Debrief, Explained
from exam_app.core.practice.library import Library, Mistake
from exam_app.core.practice.scores import Failure
from exam_app.core.record.record import Distribution, Finding
from exam_app.core.record.values import GroupValue
from exam_app.core.wording import finding_words, term_words, value_words
from exam_app.core.words import _, capitalised, ngettext
from exam_app.report import debrief_words as words
from exam_app.report.debrief_lists import by_section, drawn_together, name_in_section
from exam_app.report.document import Block, Document, Fact, Footer, Heading, Note, Notes, Sentence, Sentences
from exam_app.report.phrases import ended
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
    blocks: list[Block] = [*_scores(heard), *_answers(heard)]
    if heard.debrief.anything_examined:
        blocks += [*_wrong(heard), *_structure(heard)]
    blocks += _teaching(heard)
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
    """A heading with its sentences, each on a line of its own; nothing where there is none."""
    for at, each in enumerate(sentences):
        if at == 0:
            yield Heading(1, title)
        yield Sentences((Sentence(each),))


def _labelled(title: str, notes: Iterable[Note]) -> Iterator[Block]:
    """The same of lines that begin with what they are about."""
    told = tuple(notes)
    if told:
        yield Heading(1, title)
        yield Notes(told)


def _scores(heard: Heard) -> Iterator[Block]:
    """Of each domain how sure the learner was and how it was, then the learner's own words."""
    own = heard.attempt.assessment or Assessment()
    yield from _labelled(_("How you saw it, and how it was"), [_score_line(each, own, heard) for each in DOMAINS])
    if own.words:
        yield Sentences((Sentence(_("You wrote: {words}").format(words=one_line(own.words))),))
    yield from _labelled(_("What keeps this attempt from passing, whatever its scores"), failing(heard))


def _score_line(domain: Domain, own: Assessment, heard: Heard) -> Note:
    return Note(words.domain(domain), words.score_line(heard.debrief.scores[domain], own.marks.get(domain)))


def failing(heard: Heard) -> list[Note]:
    """What fails the attempt, a line for each kind; the reasons of the case stand with what must not be missed."""
    told: dict[str, list[str]] = {}
    for each in heard.debrief.failures:
        label, what = _failure(each, heard)
        told.setdefault(label, []).append(what)
    return [Note(label, ended("; ".join(parts))) for label, parts in told.items()]


def _failure(failure: Failure, heard: Heard) -> tuple[str, str]:
    """The kind of a failure, and what it is about."""
    if failure.kind == "critical_missed":
        return _("Critical, and missed"), item_name(failure.what, heard.form)
    if failure.kind == "finding_reversed":
        return _("Right and left exchanged"), item_name(failure.what, heard.form)
    if failure.kind == "lesion_reversed":
        place = _place(heard.case.key.localisation, heard)
        return _("Lesion on the wrong side"), _("The key: {place}").format(place=place)
    return _("Red flag not said"), heard.library.flag_by_id[failure.what].label


def _wrong(heard: Heard) -> Iterator[Block]:
    """What was wrong, each with its technique; what explains several findings is told once."""
    told: set[str] = set()
    wrong = [each for each in heard.debrief.explained if _by_itself(each.comparison)]
    if wrong:
        count = ngettext(
            "One finding, with how it is tested.", "{count} findings, with how they are tested.", len(wrong)
        )
        yield from _paragraph(_("What was missed or graded otherwise"), [count.format(count=len(wrong))])
        yield Notes(tuple(_notes(wrong, heard, told)))
    unexamined = by_section([_keyed(each, heard) for each in _with(heard, "not_examined")], heard.form)
    yield from _labelled(_("Not examined, and abnormal in the case"), unexamined)
    yield from _labelled(_("Recorded without being examined"), _unseen(heard))
    yield from _labelled(_("Found"), found(heard))
    if not heard.debrief.right and not heard.debrief.explained:
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


def _notes(wrong: Iterable[Explained], heard: Heard, told: set[str]) -> Iterator[Note]:
    """Both sides of an item in one note where they went the same way; whatever explains several stands once."""
    explained = iter(wrong)
    went = [
        (each.comparison.address, words.outcome(each.comparison.outcome, *said(each.comparison, heard.form)))
        for each in wrong
    ]
    for alike in drawn_together(went):
        ones = list(islice(explained, len(alike.addresses)))
        why = dict.fromkeys(text for each in ones for text in _why(each, heard.form))
        fresh = [text for text in why if text not in told]
        told.update(fresh)
        name = movement_name(ones[0].comparison, heard.form) or name_in_section(alike.addresses, heard.form)
        yield Note(name, "\n".join((alike.text, *fresh)), alike.addresses)


def _why(one: Explained, form: Form) -> Iterator[str]:
    yield from (mistake.text for mistake in one.mistakes)
    yield from (point.text for point in one.teaching)
    item = form.addresses[one.comparison.address]
    if item.how_to_test:
        yield _("How to test: {words}").format(words=item.how_to_test)


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


def found(heard: Heard) -> list[Note]:
    """What was found as it is, a line for each section."""
    return by_section([_keyed(each, heard) for each in heard.debrief.right], heard.form)


def _keyed(one: Comparison, heard: Heard) -> tuple[str, str]:
    """An address with what the case has there."""
    key, _got = said(one, heard.form)
    return one.address, key or ""


def _unseen(heard: Heard) -> Iterator[Note]:
    """By section: one key may assert many of them."""
    counts: dict[str, int] = {}
    for one in _with(heard, "unseen"):
        counts[section_of(one.address)] = counts.get(section_of(one.address), 0) + 1
    for section_id, count in counts.items():
        title = heard.form.section_by_id[section_id].title
        yield Note(title, ngettext("one finding.", "{count} findings.", count).format(count=count))


def movement_name(one: Comparison, form: Form) -> str | None:
    """A movement of the list by what it is and where: "Dystonia, left hand (Observed movements)"; else None."""
    item = form.addresses[one.address]
    entry = (one.entry.key or one.entry.got) if one.entry is not None else None
    if entry is None or not isinstance(item, ListKind):
        return None
    fields = [name for name in (item.main, "sites") if name is not None and name in entry.fields]
    what = ", ".join(value_words.value_text(item.by_id[name], entry.fields[name], form) for name in fields)
    section = form.section_by_id[section_of(one.address)].title
    return _("{item} ({section})").format(item=capitalised(what), section=section)


def item_name(address: str, form: Form) -> str:
    """An item with its side and its section, as it begins a line: "Neck (Tone)"."""
    return name_in_section((address,), form)


def _structure(heard: Heard) -> Iterator[Block]:
    yield from _paragraph(_("Structure"), order_sentences(heard))
    yield from _labelled(_("Time by section"), times(heard))


def order_sentences(heard: Heard) -> list[str]:
    """How the attempt went through the standard order."""
    titles, walked = step_titles(heard), heard.debrief.course
    told = [_("Begun in this order: {steps}.").format(steps=", ".join(titles[each] for each in walked.begun))]
    told += [
        _("You began \u201c{first}\u201d before \u201c{second}\u201d; the standard order has it after.").format(
            first=titles[first], second=titles[second]
        )
        for first, second in walked.out_of_order
    ]
    if walked.skipped:
        told.append(_("Not begun: {steps}.").format(steps=", ".join(titles[each] for each in walked.skipped)))
    return told


def times(heard: Heard) -> list[Note]:
    """The time spent in each section."""
    titles = heard.form.section_by_id
    return [Note(titles[each].title, words.minutes(seconds)) for each, seconds in heard.attempt.seconds.items()]


def step_titles(heard: Heard) -> Mapping[str, str]:
    """The steps of the standard order by id."""
    sections = heard.form.section_by_id
    return {each.step.id: each.step.title or sections[each.step.section].title for each in heard.debrief.stages}


def _answers(heard: Heard) -> Iterator[Block]:
    """Where, which distribution, the line of each, what must not be missed, and the red flags."""
    yield from _labelled(_("Where is the lesion?"), places(heard))
    yield from _labelled(_("Distribution of dystonia"), distributions(heard))
    yield from _labelled(_("In one line"), lines(heard))
    if heard.debrief.anything_examined:
        told = [Note(_("Found") if is_found else _("Not found"), text) for text, is_found in critical(heard)]
        yield from _labelled(_("Must not be missed in this case"), told)
    shown = [Note(_("Said") if is_said else _("Not said"), text) for text, is_said in flags(heard)]
    yield from _labelled(_("Red flags of the case"), shown)
    if not shown:
        yield from _paragraph(_("Red flags of the case"), [_("None.")])
    yield Notes(tuple(Note(_("Said, and not in the case"), text) for text in unfounded(heard)))


def places(heard: Heard) -> list[Note]:
    """Where the learner said that the lesion is, and where it is."""
    key = heard.case.key
    told = [Note(_("You"), _place(heard.debrief.answered.place, heard))]
    told.append(Note(_("The key"), _place(key.localisation, heard)))
    return [*told, *(Note(_("Also accepted"), _place(each, heard)) for each in key.accept)]


def distributions(heard: Heard) -> list[Note]:
    """The distribution of dystonia likewise; nothing where the case shows none."""
    answered = heard.debrief.answered
    if answered.expected is None:
        return []
    told = (answered.distribution, answered.expected)
    return [Note(who, _distribution(each)) for who, each in zip((_("You"), _("The key")), told, strict=True)]


def _distribution(found: Distribution | None) -> str:
    return term_words.distribution_text(found) if found is not None else _("not said")


def lines(heard: Heard) -> list[Note]:
    """The line of the learner and that of the key, to be compared by eye."""
    own = heard.attempt.summary
    you = Note(_("You"), one_line(own) if own else _("not said"))
    return [you, Note(_("The key"), heard.case.key.summary)]


def critical(heard: Heard) -> list[tuple[str, bool]]:
    """Each critical finding with the reason of the case, and whether it was found."""
    lost = {each.what for each in heard.debrief.failures if each.kind in ("critical_missed", "finding_reversed")}
    return [
        (why_text(item_name(each.finding, heard.form), each.why), each.finding not in lost)
        for each in heard.case.key.critical
    ]


def flags(heard: Heard) -> list[tuple[str, bool]]:
    """Each red flag of the case with its reason, and whether it was said."""
    labels, said_flags = heard.library.flag_by_id, heard.attempt.red_flags
    return [(why_text(labels[each.id].label, each.why), each.id in said_flags) for each in heard.case.key.red_flags]


def why_text(what: str, why: str) -> str:
    """What matters in the case, and why."""
    return _("{flag}: {why}").format(flag=what, why=why)


def unfounded(heard: Heard) -> list[str]:
    """The red flags said that the case does not show."""
    labels = heard.library.flag_by_id
    return [labels[each].label for each in heard.debrief.unfounded if each in labels]


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

"""Record and form → the block document. The same record, form and release give the same document.

The drawings of its figures are files of the release, each read once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from exam_app.core.derived.completeness import Completeness, completeness
from exam_app.core.derived.distribution import ENTRIES, OBSERVATION
from exam_app.core.form.form import Form, Section, split_address
from exam_app.core.record.record import Examined, ExamRecord, NotExamined, Unable, refuse_practice
from exam_app.core.record.values import GroupValue, UnableValue
from exam_app.core.wording import term_words, value_words
from exam_app.core.words import _
from exam_app.report import facts, movements, phrases
from exam_app.report.clauses import Clause
from exam_app.report.document import AbnormalBlock, Block, Document, Impression, Labelled, Sentence
from exam_app.report.measured import is_unjudged
from exam_app.report.scores import total_sentences
from exam_app.report.sections import also_recorded, section_blocks, title
from exam_app.report.view import Found, View, one_line


def build(record: ExamRecord, form: Form, *, app_version: str, drawings: Path | None = None) -> Document:
    """The report of a record that is valid against the form, with figures where the folder of the `drawings` is given;
    ValueError where a finding has no place in the form."""
    refuse_practice(record)
    view = View(record, form)
    core = completeness(record, form)
    block = abnormal_block(view, core)
    blocks: list[Block] = [block, Impression(_("Impression (examiner)"), record.impression, phrases.not_recorded())]
    for section in form.sections:
        blocks.extend(section_blocks(view, section, core.sections[section.id], drawings))
    blocks.extend(also_recorded(view))
    blocks += [facts.signature(record), facts.credits_block(view, app_version)]
    return Document(
        title=form.title,
        scope=facts.scope_sentence(view),
        when=facts.when(record),
        examined_at=record.encounter.started_at,
        examiner=record.encounter.examiner,
        status=_("DRAFT, not signed"),
        draft=_("DRAFT"),
        facts=facts.head_facts(view),
        notices=facts.notices(record),
        blocks=tuple(blocks),
        handover=handover(view, block),
        footer=facts.footer(view, app_version),
    )


def abnormal_block(view: View, core: Completeness) -> AbnormalBlock:
    """Every abnormal finding; the scores and the numbers beside them; then what was unable, not examined and not
    recorded, each by name."""
    abnormal = tuple(block for section in view.form.sections for block in _abnormal(view, section))
    rest = [*_scores(view), *_measured(view), *_with_reasons(view), *_missing(view, core)]
    remarks = (
        Sentence(phrases.core_total(view.form.version, core.done, core.of)),
        Sentence(phrases.beyond_core()),
    )
    if not view.anything_examined:
        return AbnormalBlock(None, (Labelled("", (Sentence(_("Nothing was examined.")),)),), tuple(rest), remarks)
    if not abnormal:
        abnormal = (Labelled("", (Sentence(_("None among the findings recorded.")),)),)
    return AbnormalBlock(_("Abnormal findings"), abnormal, tuple(rest), remarks)


def _abnormal(view: View, section: Section) -> list[Labelled]:
    """The abnormal findings of a section by their main values, first those on the scale that its title names; the rest
    of them stands in the section itself."""
    found = tuple(one for one in view.by_section[section.id] if one.judgement == "abnormal")
    here = {one.address for one in found}
    plain = [one for one in found if one.address not in (OBSERVATION, ENTRIES)]
    plain.sort(key=lambda one: not view.is_titled(one))
    said: list[Sentence] = []
    if plain:
        said.append(phrases.clause_sentence(view.clauses(tuple(plain), view.main_text), emphasis=True))
    said += movements.headlines(view, here)
    return [Labelled(_("{title} \u2013").format(title=title(section)), tuple(said))] if said else []


def _scores(view: View) -> list[Labelled]:
    """The totals of which an abnormal finding is a part."""
    abnormal = {one.address for one in view.found if one.judgement == "abnormal"}
    said = [one for one in total_sentences(view) if not abnormal.isdisjoint(one.addresses)]
    return [Labelled(_("Scores:"), tuple(said))] if said else []


def _measured(view: View) -> list[Labelled]:
    """Numbers that nothing reviewed tells normal from abnormal: a reader must not miss them among the rest."""
    parts = view.clauses(tuple(one for one in view.found if is_unjudged(view, one)), view.text)
    if not parts:
        return []
    return [Labelled(_("Measured, not judged:"), (phrases.clause_sentence(parts, begins=False),))]


def _with_reasons(view: View) -> list[Labelled]:
    blocks: list[Labelled] = []
    unable = view.clauses(
        tuple(one for one in view.found if isinstance(one.finding, Unable)), view.text, by_group=False
    )
    parts = [*unable, *_unable_fields(view.found)]
    if parts:
        blocks.append(Labelled(_("Unable:"), (phrases.clause_sentence(parts, begins=False),)))
    parts = list(
        view.clauses(
            tuple(one for one in view.found if isinstance(one.finding, NotExamined)), view.text, by_group=False
        )
    )
    if parts:
        blocks.append(Labelled(_("Not examined:"), (phrases.clause_sentence(parts, begins=False),)))
    return blocks


def _unable_fields(found: Iterable[Found]) -> list[Clause]:
    """Fields of a group that could not be tested though the rest of it was."""
    parts: list[Clause] = []
    for one in found:
        value = one.finding.value if isinstance(one.finding, Examined) else None
        if not isinstance(value, GroupValue) or one.place.item.kind != "group":
            continue
        for name, each in value.fields.items():
            field = one.place.item.by_id.get(split_address(name)[0])
            if isinstance(each, UnableValue) and field is not None:
                item = phrases.named_with_side(one.place.name, one.side)
                named = phrases.named_with_side(value_words.name_of(field), split_address(name)[1])
                why = one_line(term_words.told_reason(each.reason, each.text))
                text = _("{item}, {field} ({reason})").format(item=item, field=named, reason=why)
                parts.append(Clause(text, (one.address,), ((0, len(text)),)))
    return parts


def _missing(view: View, core: Completeness) -> list[Labelled]:
    """Core findings in scope without a finding, by section (clinical decision 3)."""
    said: list[Sentence] = []
    for section in view.form.sections:
        missing = [
            one
            for one in core.sections[section.id].missing
            if any(split_address(address)[0] in view.in_scope for address in one.addresses)
        ]
        if missing:
            names = phrases.core_names(missing, view.form)
            missed = tuple(address for one in missing for address in one.addresses)
            said.append(Sentence(_("{title} \u2013 {items}.").format(title=title(section), items=names), missed))
    return [Labelled(_("Not recorded:"), tuple(said))] if said else []


def handover(view: View, block: AbnormalBlock) -> tuple[Sentence, ...]:
    """One line for the next colleague: who, every abnormal finding by its main value, what could not be or was not
    examined."""
    who = _("{patient} ({facts}).").format(
        patient=facts.patient_name(view.record), facts=facts.born_age_sex(view.record)
    )
    said = [Sentence(who)]
    if block.title is not None:
        said.append(Sentence(_("{title}:").format(title=block.title)))
    for labelled in (*block.abnormal, *block.rest):
        said += [Sentence(labelled.label), *labelled.sentences]
    said += movements.handover_sentences(view)
    if view.record.impression is not None:
        said.append(Sentence(_("Impression: {words}").format(words=phrases.ended(view.record.impression))))
    return tuple(replace(one, text=one_line(one.text)) for one in said if one.text)

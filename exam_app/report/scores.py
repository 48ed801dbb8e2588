"""Scores in the report: one sentence each with the findings that it was read from, in the section of its items."""

from __future__ import annotations

from exam_app.core.derived.scoring import Incomplete, Scored, Total, score_record
from exam_app.core.form.form import Section, split_address
from exam_app.core.wording import score_words
from exam_app.core.words import _
from exam_app.report.document import Sentence
from exam_app.report.measured import comparison
from exam_app.report.phrases import full_stop
from exam_app.report.view import View


def total_sentences(view: View) -> list[Sentence]:
    """Every score that has a number, be it a total or a range, for the head of the report."""
    scored = score_record(view.record, view.form).values()
    return [
        Sentence(full_stop(score_words.score_text(one)), one.addresses)
        for one in scored
        if score_words.is_said(one) and not isinstance(one.outcome, Incomplete)
    ]


def score_sentences(view: View, section: Section, *, outside: bool = False) -> list[Sentence]:
    """The scores of a section, each with its criteria; those outside the scope with `outside`, else those within."""
    plans = [plan for plan in view.form.score_plans.values() if plan.section == section.id]
    said: list[Sentence] = []
    for one in score_record(view.record, view.form, plans).values() if plans else ():
        in_scope = any(split_address(address)[0] in view.in_scope for address in one.addresses)
        if in_scope == outside or not score_words.is_said(one):
            continue
        said.append(Sentence(full_stop(_text(view, one)), one.addresses))
        said += [Sentence(text, one.addresses) for text in score_words.criterion_texts(one)]
    return said


def _text(view: View, one: Scored) -> str:
    """The score, and its comparison where the form has reference figures for a total."""
    text, table_id = score_words.score_text(one), one.score.reference
    if table_id is None or not isinstance(one.outcome, Total):
        return text
    compared = comparison(view, view.form.tables[table_id], one.outcome.number)
    return _("{finding}; {comparison}").format(finding=text, comparison=compared)

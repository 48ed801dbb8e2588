"""A finding as a screen reader says it: signs in words, the judgement, the marks, whether there is a note."""

from __future__ import annotations

import re

from exam_app.core.derived.judgement import Judgement, judge_finding
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Item
from exam_app.core.record.record import AssertedNormal, Examined, Finding, NotExamined
from exam_app.core.wording.finding_words import finding_text
from exam_app.core.wording.term_words import reason_text
from exam_app.core.words import _


def signs_in_words(text: str) -> str:
    """`4−` → `4 minus`, `1+` → `1 plus`: a screen reader leaves the signs out. `3–4` and `-2` stay."""
    text = re.sub(r"(?<=\d)\u2212(?!\d)", _(" minus"), text)
    return re.sub(r"(?<=\d)\+(?!\d)", _(" plus"), text)


def value_says(item: Item, finding: Finding | None, form: Form) -> str:
    """What was found: "4 minus, abnormal, pain-limited", "unable, pain", "asserted normal", "not yet examined"."""
    if finding is None:
        return _("not yet examined")
    parts = _value_parts(item, finding, form)
    if isinstance(finding, Examined):
        parts += mark_words(item, finding)
    if finding.note is not None:
        parts.append(_("with a note"))
    return ", ".join(parts)


def _value_parts(item: Item, finding: Finding, form: Form) -> list[str]:
    if isinstance(finding, AssertedNormal):
        unmeasured = [item.unmeasured] if item.unmeasured is not None else []
        return [_("asserted normal"), *unmeasured]
    if isinstance(finding, Examined):
        value = signs_in_words(finding_text(item, finding, form))
        judged = _judged(judge_finding(finding, item, form))
        return [value, judged] if judged and judged != value else [value]
    state = _("not examined") if isinstance(finding, NotExamined) else _("unable")
    return [state, finding.text if finding.reason == "other" and finding.text else reason_text(finding.reason)]


def _judged(judgement: Judgement) -> str:
    return {"abnormal": _("abnormal"), "normal": _("normal"), "neither": ""}[judgement]


def mark_words(item: Item, finding: Examined) -> list[str]:
    """The qualifiers of a finding in words."""
    named = {option.id: option.label for option in item.qualifiers} | {"uncertain": _("uncertain")}
    return [named.get(mark, mark.replace("_", " ")) for mark in finding.qualifiers]

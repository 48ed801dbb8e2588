"""What a learner is told who examines an address of a case: what is seen, felt or told, never the grade."""

from __future__ import annotations

from collections.abc import Iterator

from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.form.kinds import Field, GradeKind, GroupKind, Item, ListKind
from exam_app.core.practice.case import Case
from exam_app.core.practice.phrases import Phrases
from exam_app.core.practice.telling import told
from exam_app.core.record.record import AssertedNormal, Examined, Finding
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue, ListValue, Value
from exam_app.core.words import _

TOLD = frozenset({"history"})
"""Sections that the patient tells."""


def elicited(case: Case, address: str, form: Form, phrases: Phrases) -> str:
    """What is seen, felt or heard. An address that neither the case nor the default knows shows nothing special."""
    finding = case.truth.findings.get(address)
    own = case.shown.get(address) or case.shown.get(split_address(address)[0])
    if own is not None:
        return own
    item, item_id = form.addresses[address], split_address(address)[0]
    if section_of(address) in TOLD:
        return told(item, item_id, finding, form, phrases)
    if finding is None or isinstance(finding, AssertedNormal):
        return item.normal_finding or _("Nothing stands out.")
    return phrases.of_finding(item, item_id, finding) or _("Nothing stands out.")


def without_words(address: str, finding: Finding, form: Form, phrases: Phrases) -> Iterator[str]:
    """The answers of a finding for which there are no words, each as it would be looked for."""
    if isinstance(finding, Examined) and section_of(address) not in TOLD:
        yield from _wordless(form.addresses[address], finding.value, split_address(address)[0], phrases)


def _wordless(field: Field | Item, value: Value, where: str, phrases: Phrases) -> Iterator[str]:
    if isinstance(value, GradeValue):
        scale = field.scale if isinstance(field, GradeKind) else ""
        if phrases.of_answer(where, value.token, scale) is None:
            yield f"the grade {value.token} of {where}"
    elif isinstance(value, ChoiceValue):
        if phrases.of_answer(where, value.token) is None:
            yield f"the answer {value.token} of {where}"
    elif isinstance(value, GroupValue) and isinstance(field, (GroupKind, ListKind)):
        for name, each in value.fields.items():
            inner = split_address(name)[0]
            step = "." if ":" in where else ":"
            yield from _wordless(field.by_id[inner], each, f"{where}{step}{inner}", phrases)
    elif isinstance(value, ListValue):
        for entry in value.entries:
            yield from _wordless(field, entry, where, phrases)

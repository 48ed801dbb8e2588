"""What follows from a record: distribution and completeness. Never stored as input; computed again from the record."""

from __future__ import annotations

from typing import Any

from exam_app.core.completeness import CoreFinding, completeness
from exam_app.core.distribution import RULE, distribution
from exam_app.core.form import Form
from exam_app.core.record import ExamRecord


def derived(record: ExamRecord, form: Form) -> dict[str, Any]:
    """Everything that follows, as JSON values: `distribution`, `completeness`, `scores`, `prompts`.

    `scores` and `prompts` are empty as long as the form brings no scores and no rules.
    """
    found = distribution(record, form)
    core = completeness(record, form)
    return {
        "distribution": {
            "result": found.result,
            "observed": found.observed,
            "with_reported": found.with_reported,
            "rule": RULE,
            "note": found.note,
            "override": found.override.model_dump(mode="json") if found.override else None,
        },
        "completeness": {
            "done": core.done,
            "of": core.of,
            "sections": {
                section_id: {
                    "done": len(section.done),
                    "of": section.of,
                    "with_reason": [_named(one) for one in section.reasoned],
                    "missing": [_named(one) for one in section.missing],
                }
                for section_id, section in core.sections.items()
            },
        },
        "scores": {},
        "prompts": [],
    }


def _named(core: CoreFinding) -> str:
    return " | ".join(core.addresses)

"""What follows from a record. Never stored as input; computed again from the record."""

from __future__ import annotations

from typing import Any

from exam_app.core.derived.axes import axes_json
from exam_app.core.derived.codes import codes_json, notices
from exam_app.core.derived.completeness import CoreFinding, completeness
from exam_app.core.derived.contrasting import contrasts_json
from exam_app.core.derived.differences import differences_json
from exam_app.core.derived.distribution import RULE, distribution
from exam_app.core.derived.scoring import details_json, outcome_json, score_record
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord


def derived(record: ExamRecord, form: Form) -> dict[str, Any]:
    """Everything that follows, as JSON values: `distribution`, `completeness`, `scores`, `prompts`; beside them
    `score_details`, `differences`, `contrast`, `axes`, and `codes` with the notices that belong to them,
    `code_notices`.

    `scores` is by id: a number where the score is complete, else `{"range": [low, high], "untestable": [...]}` or
    `{"incomplete": [...]}`; a score of which nothing is recorded is absent. `prompts` is empty as long as the form
    brings no rules.
    """
    found = distribution(record, form)
    core = completeness(record, form)
    scores = score_record(record, form)
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
        "scores": {score_id: outcome_json(one) for score_id, one in scores.items()},
        "prompts": [],
        "score_details": {score_id: details_json(one) for score_id, one in scores.items()},
        "differences": differences_json(record, form),
        "contrast": contrasts_json(record, form),
        "axes": axes_json(record, form),
        "codes": codes_json(record, form),
        "code_notices": notices(record, form),
    }


def _named(core: CoreFinding) -> str:
    return " | ".join(core.addresses)

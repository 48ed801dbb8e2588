"""Quick entry: a line of text becomes findings, a question or a refusal."""

from __future__ import annotations

import pytest

from exam_app.core.form import Form
from exam_app.core.quick_entry import Ready, parse
from exam_app.core.record import ExamRecord
from tests.specimen import blank


def said(text: str, record: ExamRecord, form: Form, section: str | None = None) -> list[str]:
    """What a line would record, in the words of the preview."""
    preview = parse(text, record, form, section=section)
    assert isinstance(preview, Ready), preview
    return [entry.words for entry in preview.entries]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("triceps r 4-", ["Strength › elbow extension (triceps), right: 4−"]),
        ("plantar r up", ["Reflexes › plantar response, right: extensor"]),
        ("tone ankle l spastic 1+", ["Tone › ankle plantarflexors, left: spasticity, MAS 1+"]),
        (
            "tandem 5; romberg pos",
            ["Gait and station › tandem: 5 missteps in 10", "Gait and station › Romberg: positive"],
        ),
        ("knee b 3+", ["Reflexes › knee jerk, both: 3+"]),
    ],
)
def test_that_the_preview_says_what_will_be_recorded(text: str, words: list[str], form: Form) -> None:
    assert said(text, blank(form), form) == words

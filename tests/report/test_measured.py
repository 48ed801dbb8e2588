"""Numbers that nothing reviewed tells normal from abnormal stand at the head of the report and in the handover, so that
nobody misses them; those that are plainly normal do not.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.core.derived.judgement import judge_finding
from exam_app.core.form.form import Form, section_of
from exam_app.core.form.kinds import NumberKind
from exam_app.core.record.record import Examined, ExamRecord
from exam_app.report import build
from exam_app.report.document import AbnormalBlock, Sentence
from tests.report.conftest import Make
from tests.report.test_promises import some
from tests.strategies import records

LABEL = "Measured, not judged:"


def measured(record: ExamRecord, form: Form) -> Sentence | None:
    """The sentence on what was measured, the same in the block and in the handover."""
    document = build(record, form, app_version="0")
    block = document.blocks[0]
    assert isinstance(block, AbnormalBlock)
    found = [sentence for part in block.rest if part.label == LABEL for sentence in part.sentences]
    labels = [index for index, one in enumerate(document.handover) if one.text == LABEL]
    assert [document.handover[index + 1] for index in labels] == found
    return found[0] if found else None


@pytest.mark.parametrize(
    ("name", "said", "addresses"),
    [
        (
            "C07",
            "vibration at the hallux 2/8 both sides; joint position at the hallux 7/10 both sides.",
            ["vibration_hallux.R", "vibration_hallux.L", "joint_position_hallux.R", "joint_position_hallux.L"],
        ),
        ("C12", "five times sit to stand 28 s.", ["5xsts"]),
        ("C08A", "straight-leg raise, left: pain at 40°.", ["straight_leg_raise.L"]),
        ("C05", "Timed Up and Go 13.6 s, no aid; turning 6 steps for 180°.", ["tug", "turning"]),
    ],
)
def test_a_number_beyond_an_unreviewed_limit_is_measured_and_not_judged(
    name: str, said: str, addresses: list[str], form: Form, case: Callable[[str], ExamRecord]
) -> None:
    sentence = measured(case(name), form)
    assert sentence is not None
    assert sentence.text.replace("Timed Up and Go: ", "Timed Up and Go ") == said
    assert [address.partition(".")[2] for address in sentence.addresses] == addresses


@pytest.mark.parametrize(
    "finding",
    [
        "sensation.joint_position_hallux: 10/10",
        "gait.tandem: {missteps: 5}",
        "gait.tug: {seconds: 8, aid: none}",
        "history.height_cm: 170",
        "alert.temp_C: 36.8",
        "gait.tug: {unable: unsafe}",
        "sensation.vibration_hallux: normal",
    ],
)
def test_what_is_plainly_normal_or_abnormal_or_no_measurement_is_not_among_them(
    finding: str, form: Form, make: Make
) -> None:
    assert measured(make(f"findings: {{{finding}}}"), form) is None


@some
@given(data=st.data())
def test_no_unjudged_number_of_any_record_is_missing(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form))
    sentence = measured(record, form)
    told = set(sentence.addresses) if sentence is not None else set()
    for address, item in form.addresses.items():
        finding = record.findings.get(address)
        is_number = isinstance(item, NumberKind) and item.reference is None and isinstance(finding, Examined)
        if finding is not None and is_number and judge_finding(finding, item, form) == "neither":
            counts = form.section_by_id[section_of(address)].rest_normal_many is not None
            assert (address in told) == counts

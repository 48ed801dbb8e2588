"""The promises that the core holds: absence is not normal, a side is data, zero is a finding, totals are honest."""

from __future__ import annotations

import pydantic
import pytest
from hypothesis import given

from exam_app.core.checks.form_checks import has_normal
from exam_app.core.derived.completeness import completeness, core_findings
from exam_app.core.derived.derived import derived
from exam_app.core.derived.judgement import abnormal_addresses, judge_finding
from exam_app.core.editing.editing import Edit, apply
from exam_app.core.form.form import Form, item_addresses
from exam_app.core.record.mirror import mirrored, other_side
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord, NotExamined, Unable
from exam_app.core.record.values import (
    CannotValue,
    ChoiceValue,
    GradeValue,
    GroupValue,
    NumberValue,
    SideValue,
    TextValue,
)
from exam_app.core.wording.finding_words import cell_text, finding_text
from tests.specimen import blank
from tests.strategies import records


def test_a_blank_record_has_nothing_done_and_nothing_normal(form: Form) -> None:
    core = completeness(blank(form), form)
    assert (core.done, core.of) == (0, 77)
    assert all(len(section.missing) == section.of for section in core.sections.values())
    assert abnormal_addresses(blank(form), form) == []
    assert derived(blank(form), form)["distribution"]["result"] is None


def test_an_unexamined_cell_shows_a_dash(form: Form) -> None:
    assert {cell_text(item, None, form) for item in form.items.values()} == {"—"}


def test_the_core_set_counts_as_decided(form: Form) -> None:
    counts = {section_id: len(core_findings(form, section_id)) for section_id in form.section_by_id}
    assert {section_id: count for section_id, count in counts.items() if count} == {
        **{"mental": 2, "cranial": 10, "tone": 11, "strength": 26, "reflexes": 12, "sensation": 8},
        **{"coordination": 4, "gait": 3, "movements": 1},
    }


def test_removing_any_one_core_finding_makes_the_core_incomplete(form: Form, case: ExamRecord) -> None:
    whole = completeness(case, form)
    for section_id, section in whole.sections.items():
        for core in section.done:
            cleared = apply(case, Edit(findings=dict.fromkeys(core.addresses, None)))
            less = completeness(cleared, form)
            assert less.done == whole.done - 1
            assert core in less.sections[section_id].missing


def test_a_reason_is_not_an_examination(form: Form) -> None:
    record = apply(blank(form), Edit(findings={"gait.tandem": Unable(reason="unsafe", entered="typed")}))
    gait = completeness(record, form).sections["gait"]
    assert (len(gait.done), [core.label for core in gait.reasoned]) == (0, ["Tandem walk"])


def test_a_finding_with_a_reason_is_never_normal_or_abnormal(form: Form) -> None:
    for item in form.items.values():
        for finding in (Unable(reason="pain", entered="typed"), NotExamined(reason="time", entered="typed")):
            assert judge_finding(finding, item, form) == "neither"


def test_normal_can_only_be_asserted_where_the_form_has_a_normal(form: Form) -> None:
    device = form.items["gait.device"]
    assert not has_normal(form, device)


def test_mirroring_twice_gives_the_record_back_and_once_exchanges_every_side(form: Form) -> None:
    @given(records(form))
    def holds(record: ExamRecord) -> None:
        once = mirrored(record)
        assert mirrored(once) == record
        assert {other_side(address) for address in record.findings} == set(once.findings)
        assert len(abnormal_addresses(once, form)) == len(abnormal_addresses(record, form))
        assert completeness(once, form).done == completeness(record, form).done

    holds()


def test_mirroring_exchanges_values_that_are_sides_and_leaves_free_text(form: Form) -> None:
    group = GroupValue(
        fields={
            "to": SideValue(side="R"),
            "also.R": SideValue(side="both"),
            "words": TextValue(text="right"),
        }
    )
    record = apply(blank(form), Edit(findings={"tone.neck": Examined(value=group, entered="typed", note="right")}))
    finding = mirrored(record).findings["tone.neck"]
    assert finding == Examined(
        value=GroupValue(
            fields={
                "to": SideValue(side="L"),
                "also.L": SideValue(side="both"),
                "words": TextValue(text="right"),
            }
        ),
        entered="typed",
        note="right",
    )


@pytest.mark.parametrize(("handedness", "other"), [("R", "L"), ("L", "R"), ("mixed", "mixed"), (None, None)])
def test_mirroring_exchanges_the_dominant_hand(form: Form, handedness: str | None, other: str | None) -> None:
    record = blank(form)
    encounter = record.encounter.model_copy(update={"handedness": handedness})
    assert mirrored(record.model_copy(update={"encounter": encounter})).encounter.handedness == other


def test_a_side_is_no_text_and_text_is_no_side() -> None:
    with pytest.raises(pydantic.ValidationError):
        SideValue.model_validate({"side": "right"})
    with pytest.raises(pydantic.ValidationError):
        SideValue.model_validate({"kind": "text", "text": "R"})


def test_asserted_normal_carries_no_value() -> None:
    with pytest.raises(pydantic.ValidationError):
        AssertedNormal.model_validate({"entered": "macro", "value": NumberValue(number=0)})


def test_what_was_recorded_cannot_be_changed(form: Form) -> None:
    record = blank(form)
    with pytest.raises(pydantic.ValidationError):
        record.scope = "screening"  # type: ignore[misc]
    with pytest.raises(TypeError):
        record.findings["strength.deltoid.R"] = AssertedNormal(entered="typed")  # type: ignore[index]


@pytest.mark.parametrize(
    ("address", "finding", "judgement"),
    [
        ("strength.deltoid.R", GradeValue(token="0", scale="mrc/1"), "abnormal"),
        ("strength.deltoid.R", GradeValue(token="5", scale="mrc/1"), "normal"),
        ("gait.device", ChoiceValue(token="stick"), "neither"),
        ("strength.hoover.R", ChoiceValue(token="non_diagnostic"), "neither"),
        ("reflexes.clonus_ankle.R", GroupValue(fields={"beats": NumberValue(number=0)}), "normal"),
        ("gait.tandem", GroupValue(fields={"missteps": CannotValue()}), "abnormal"),
        ("sensation.joint_position_hallux.R", NumberValue(number=10, of=10), "normal"),
        ("sensation.joint_position_hallux.R", NumberValue(number=7, of=10), "neither"),
        ("sensation.vibration_hallux.R", GroupValue(fields={"eighths": NumberValue(number=4.5)}), "neither"),
        ("gait.tug", GroupValue(fields={"seconds": NumberValue(number=60)}), "neither"),
    ],
)
def test_only_the_normal_sets_of_the_form_decide(form: Form, address: str, finding: object, judgement: str) -> None:
    examined = Examined.model_validate({"value": finding, "entered": "typed"})
    assert judge_finding(examined, form.addresses[address], form) == judgement


def test_every_finding_can_be_said_in_words(form: Form) -> None:
    @given(records(form))
    def holds(record: ExamRecord) -> None:
        for address, finding in record.findings.items():
            item = form.addresses[address]
            assert finding_text(item, finding, form)
            assert cell_text(item, finding, form)

    holds()


def test_every_item_has_its_addresses_once(form: Form) -> None:
    addresses = [address for item_id, item in form.items.items() for address in item_addresses(item_id, item)]
    assert len(addresses) == len(set(addresses)) == len(form.addresses)

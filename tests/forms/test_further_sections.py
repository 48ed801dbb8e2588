"""The sections beyond the first six, held against the clinical decisions, and the teaching cases as whole files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from exam_app.cli.main import run
from exam_app.core.derived.completeness import completeness, core_findings
from exam_app.core.derived.judgement import abnormal_addresses
from exam_app.core.files.findings_file import read_findings
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ChoiceKind, Field, FlagsKind, GradeKind, GroupKind, Item, ListKind
from exam_app.core.record.mirror import mirrored
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord
from exam_app.core.record.values import GroupValue, ListValue, SideValue, Value

FORMS = Path(__file__).resolve().parents[2] / "forms"
CASES = sorted((FORMS / "cases").glob("C*.yaml"))
NAMES = [case.stem for case in CASES]
FURTHER = ("alert", "history", "mental", "cranial", "coordination", "other", "scales")
ORDER = [
    *("alert", "history", "mental", "cranial", "tone", "strength", "reflexes", "sensation", "coordination"),
    *("gait", "movements", "other", "scales"),
]
CORE = {
    **{"mental": 2, "cranial": 10, "tone": 11, "strength": 26, "reflexes": 12, "sensation": 8},
    **{"coordination": 4, "gait": 3, "movements": 1},
}
IDS = {
    "mental": "loc gcs orientation attention fluency naming repetition comprehension reading writing registration "
    "recall neglect praxis letter_fluency mood hallucinations cognitive_total",
    "cranial": "smell acuity fields pupil fundus ductions ptosis v1 v2 v3 forehead eye_closure lower_face hearing "
    "rinne head_impulse palate gag corneal rapd weber uvula jaw_deviation tongue_deviation diplopia "
    "nystagmus pursuit saccades jaw_power facial_expression taste voice swallow tongue_bulk "
    "tongue_fasciculation tongue_speed horner eye_movements bulbar",
    "coordination": "finger_nose finger_chase heel_shin alternating finger_taps foot_taps rebound sitting speech "
    "handwriting spiral",
    "other": "neck_stiffness kernig lhermitte spurling straight_leg_raise femoral_stretch tinel phalen "
    "blood_pressure heart_rate vital_capacity spine_tenderness anal_tone post_void_residual glucose "
    "spasms_prevent_lying_or_sleep",
    "alert": "sphincter stridor breathing_difficulty swallow_failure saddle_numbness severe_back_pain "
    "sudden_severe_headache head_injury anticoagulant autonomic_instability sweating agitation "
    "event_ongoing self_harm_thoughts temp_C ck_u_l",
    "history": "onset progression temporal awareness_during sleep pain spread family_history brain_injury conditions "
    "habits axis_2 cause_established copper_workup exposures falls",
    "scales": "nihss sara bfmdrs aims hoehn_yahr",
}
NEVER_BY_ONE_KEY = (
    *(f"cranial.{name}" for name in ("fundus", "smell", "taste", "acuity", "corneal", "gag", "swallow")),
    *(f"mental.{name}" for name in ("gcs", "cognitive_total", "naming", "comprehension", "recall", "attention")),
    "other.blood_pressure",
)
TOTALS_ONLY = (
    *("barthel", "twstrs", "udrs", "gds", "mds_updrs_iii", "mds_updrs_total", "updrs", "uhdrs", "umrs", "tetras"),
    *("ftmtrs", "bars", "ygtss", "puts", "dhi"),
)
FREE_TEXT_SITES = {"history.pain", "history.brain_injury"}
HANDS_LEFT_OUT = "C09_length_dependent_polyneuropathy"


@cache
def form() -> Form:
    return load_form(FORMS)


@cache
def recorded(case: Path) -> ExamRecord:
    return read_findings(case.read_bytes(), case.name, form())


def expected(case: Path) -> dict[str, Any]:
    expect: dict[str, Any] = yaml.safe_load(case.read_text(encoding="utf-8"))["expect"]
    return expect


def kinds(kind: Item | Field) -> Iterator[Item | Field]:
    yield kind
    if isinstance(kind, (GroupKind, ListKind)):
        for field in kind.fields:
            yield from kinds(field)


def further() -> dict[str, Item]:
    return {item_id: item for item_id, item in form().items.items() if item_id.partition(".")[0] in FURTHER}


def group_at(record: ExamRecord, address: str) -> Mapping[str, Value]:
    finding = record.findings[address]
    assert isinstance(finding, Examined) and isinstance(finding.value, GroupValue)
    return finding.value.fields


def says(text: str, words: object) -> bool:
    return re.search(rf"(?<!\w){re.escape(str(words))}(?!\w)", text, re.IGNORECASE) is not None


def test_the_sections_stand_in_the_order_of_a_visit() -> None:
    assert [section.id for section in form().sections] == ORDER


def test_the_core_set_has_exactly_77_findings() -> None:
    found = {section.id: len(core_findings(form(), section.id)) for section in form().sections}
    assert {section: count for section, count in found.items() if count} == CORE
    assert sum(found.values()) == 77


def test_the_tongue_is_one_core_finding_that_any_of_four_items_fills() -> None:
    (tongue,) = [core for core in core_findings(form(), "cranial") if len(core.addresses) > 1]
    assert (tongue.side, len(tongue.addresses)) == (None, 4)


def test_the_form_has_at_least_420_addresses() -> None:
    assert len(form().addresses) >= 420


@pytest.mark.parametrize("section_id", IDS)
def test_a_section_has_every_id_that_was_settled(section_id: str) -> None:
    assert set(IDS[section_id].split()) <= {item.id for item in form().section_by_id[section_id].items}


def test_one_key_never_asserts_what_has_to_be_measured_or_asked() -> None:
    asserted = {item_id for item_id, item in form().items.items() if item.macro}
    assert set(NEVER_BY_ONE_KEY) <= set(form().items)
    assert asserted & set(NEVER_BY_ONE_KEY) == set()
    assert {item_id for item_id in asserted if item_id.startswith(("history.", "scales.", "other."))} == set()


def test_history_is_neither_normal_nor_abnormal() -> None:
    found = [
        (item_id, field.id)
        for item_id, item in form().items.items()
        if item_id.startswith("history.")
        for field in kinds(item)
        if getattr(field, "normal", None) is not None
    ]
    assert found == []


def test_none_of_these_answers_every_question_of_the_alert_card_and_no_measurement() -> None:
    asked = {item_id for item_id, item in form().items.items() if item_id.startswith("alert.") and item.when is None}
    by_one_key = {item_id for item_id in asked if form().items[item_id].macro}
    assert asked - by_one_key == {"alert.temp_C", "alert.ck_u_l"}
    (case,) = [case for case in CASES if case.stem.startswith("C16_")]
    asserted = {address for address, each in recorded(case).findings.items() if isinstance(each, AssertedNormal)}
    assert by_one_key <= asserted


def test_a_question_of_the_alert_card_is_abnormal_when_yes_and_neither_when_unknown() -> None:
    for item_id, item in form().items.items():
        if item_id.startswith("alert.") and isinstance(item, ChoiceKind) and item.normal is not None:
            assert item.normal == ("no",) and item.neutral == ("unknown",), item_id


@pytest.mark.parametrize("name", TOTALS_ONLY)
def test_a_scale_under_a_licence_takes_a_total_with_its_maximum_and_shows_no_items(name: str) -> None:
    item = form().items[f"scales.{name}"]
    assert isinstance(item, GroupKind) and item.main == "total"
    assert {"total", "of_max", "version", "date", "rater", "source"} <= set(item.by_id)
    assert not [field for field in kinds(item) if isinstance(field, (GradeKind, ChoiceKind))]


def test_the_glasgow_coma_scale_has_three_components_and_no_total() -> None:
    item = form().items["mental.gcs"]
    assert isinstance(item, GroupKind)
    assert tuple(item.by_id) == ("e", "v", "m")


@pytest.mark.parametrize(
    ("item_id", "field_id", "highest"),
    [
        ("scales.sara", "gait", 8),
        ("scales.sara", "stance", 6),
        ("scales.sara", "sitting", 4),
        ("scales.sara", "speech", 6),
        ("scales.sara", "heel_shin", 4),
        ("scales.nihss", "1a", 3),
        ("scales.nihss", "1b", 2),
        ("scales.nihss", "5", 4),
        ("scales.nihss", "9", 3),
        ("scales.nihss", "11", 2),
        ("scales.bfmdrs_disability", "walking", 6),
    ],
)
def test_an_item_of_a_scale_runs_from_0_to_its_maximum(item_id: str, field_id: str, highest: int) -> None:
    item = form().items[item_id]
    assert isinstance(item, GroupKind)
    field = item.by_id[field_id]
    assert isinstance(field, GradeKind)
    tokens = [grade.token for grade in form().scales[field.scale].grades]
    assert tokens == [str(number) for number in range(highest + 1)]


@pytest.mark.parametrize(("item_id", "sum_of_maxima"), [("scales.nihss", 42), ("scales.bfmdrs_disability", 30)])
def test_the_maxima_of_a_scale_add_up(item_id: str, sum_of_maxima: int) -> None:
    item = form().items[item_id]
    assert isinstance(item, GroupKind)
    grades = [(field, form().scales[field.scale]) for field in item.fields if isinstance(field, GradeKind)]
    assert sum((2 if field.paired else 1) * (len(scale.grades) - 1) for field, scale in grades) == sum_of_maxima


def test_limbs_of_a_scale_are_sides_and_change_places_in_the_mirror() -> None:
    (case,) = [case for case in CASES if case.stem.startswith("C06")]
    before, after = group_at(recorded(case), "scales.nihss"), group_at(mirrored(recorded(case)), "scales.nihss")
    assert before["5.R"] != before["5.L"]
    assert (after["5.R"], after["5.L"]) == (before["5.L"], before["5.R"])


def test_where_it_began_is_a_site_with_a_side_and_changes_places_in_the_mirror() -> None:
    (case,) = [case for case in CASES if case.stem.startswith("C05")]
    first = group_at(mirrored(recorded(case)), "history.onset")["first_site"]
    assert isinstance(first, ListValue)
    assert first.entries[0].fields["side"] == SideValue(side="L")


def test_no_option_names_a_right_or_a_left() -> None:
    for item_id, item in further().items():
        for field in kinds(item):
            if isinstance(field, (ChoiceKind, FlagsKind)):
                sided = {option.id for option in field.options} & {"R", "L", "right", "left", "RL"}
                assert sided == set(), (item_id, field.id)


def test_a_site_that_has_a_side_stands_beside_a_side() -> None:
    for item_id, item in further().items():
        for each in kinds(item):
            if isinstance(each, (GroupKind, ListKind)) and "site" in each.by_id and item_id not in FREE_TEXT_SITES:
                assert "side" in each.by_id, (item_id, each.id)


@pytest.mark.parametrize(
    "scope",
    ["full", "motor", "neuropathy", "stroke_follow_up", "spinal_cord", "neuromuscular", "functional"],
)
def test_every_scope_holds_the_core_set(scope: str) -> None:
    assert form().in_scope("screening") <= form().in_scope(scope)


@pytest.mark.parametrize(
    ("scope", "items"),
    [
        ("motor", {"tone.leg_roll", "coordination.finger_taps", "coordination.foot_taps", "movements.entries"}),
        (
            "neuropathy",
            {
                *("strength.apb", "sensation.light_touch_toes", "sensation.pinprick_superficial_peroneal"),
                "sensation.monofilament",
            },
        ),
        ("stroke_follow_up", {"scales.nihss", "mental.fluency", "sensation.extinction", "cranial.swallow"}),
        ("spinal_cord", {"sensation.pinprick_T7", "other.anal_tone", "reflexes.abdominal_upper", "other.lhermitte"}),
        ("neuromuscular", {"strength.fatigability_eyelid", "cranial.ptosis", "other.vital_capacity"}),
        ("functional", {"strength.hoover", "gait.distraction", "movements.entries"}),
    ],
)
def test_a_scope_adds_what_it_is_about(scope: str, items: set[str]) -> None:
    assert items <= form().in_scope(scope)
    assert "alert.sphincter" in form().in_scope(scope)


def test_there_are_27_teaching_cases() -> None:
    assert len(CASES) == 27


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_whole_case_can_be_recorded(case: Path) -> None:
    missing = [
        core.label for section in completeness(recorded(case), form()).sections.values() for core in section.missing
    ]
    assert len(missing) == (4 if case.stem == HANDS_LEFT_OUT else 0)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_case_meets_what_it_expects_through_the_command_line(
    case: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wanted, record, text = expected(case), tmp_path / "record.json", tmp_path / "note.txt"
    assert run(["record", str(case), "-o", str(record)]) == 0
    assert run(["export", str(record), "--format", "text", "--ascii", "-o", str(text)]) == 0
    capfd.readouterr()
    assert run(["derive", str(record)]) == 0
    derived = json.loads(capfd.readouterr().out)
    distribution = wanted["distribution"]
    assert derived["distribution"]["result"] == distribution["result"]
    assert derived["distribution"]["with_reported"] == distribution.get("with_reported", distribution["result"])
    assert {score: derived["scores"].get(score) for score in wanted["scores"]} == wanted["scores"]
    said = " ".join(text.read_text(encoding="ascii").split())
    assert [words for words in wanted["note"]["must_contain"] if not says(said, words)] == []
    assert [words for words in wanted["note"]["must_not_contain"] if says(said, words)] == []


def test_the_expectations_of_the_cases_hold_for_every_score_that_they_name() -> None:
    named = {score for case in CASES for score in expected(case)["scores"]}
    assert named == {"aims", "bfmdrs_movement", "gcs", "hoehn_yahr", "mrc_sum", "nihss", "sara"}
    assert named <= set(form().scores)


@pytest.mark.parametrize("name", ["C16_normal", "C16b_brisk_but_symmetric"])
def test_a_normal_case_is_abnormal_in_nothing_but_its_reflexes(name: str) -> None:
    (case,) = [case for case in CASES if case.stem == name]
    found = {address.partition(".")[0] for address in abnormal_addresses(recorded(case), form())}
    assert found <= ({"reflexes"} if name.startswith("C16b") else set())

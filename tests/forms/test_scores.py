"""The shipped scores against their published sums and the worked examples of the clinical content."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from exam_app.core.derived.scoring import Scored, Total, outcome_json, score_record
from exam_app.core.files.findings_file import read_findings
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.wording.score_words import criterion_texts, is_said, score_text
from exam_app.report.build import build
from exam_app.report.document import Sentence, block_sentences
from exam_app.report.note import note

ENVELOPE = "patient: {family_name: Specimen}\nencounter: {started_at: 2026-11-22T09:00:00+01:00}\n"
NIHSS_16 = "1a: 0, 1b: 1, 1c: 0, 2: 1, 3: 2, 4: 2, 5a: 0, 5b: 3, 6a: 0, 6b: 2, 7: 0, 8: 1, 9: 2, 10: 1, 11: 1"
SUM_MUSCLES = ("deltoid", "biceps", "ecr_longus", "iliopsoas", "quadriceps", "tibialis_anterior")


@cache
def form() -> Form:
    return load_form(Path(__file__).resolve().parents[2] / "forms")


def scores(text: str) -> Mapping[str, Scored]:
    return score_record(read_findings((ENVELOPE + text).encode(), "findings.yaml", form()), form())


def shown(text: str) -> dict[str, Any]:
    return {score_id: outcome_json(one) for score_id, one in scores(text).items()}


def muscles(grade: str, **other: str) -> str:
    given = {f"strength.{name}": grade for name in SUM_MUSCLES} | {
        f"strength.{name.replace('__', '.')}": grade for name, grade in other.items()
    }
    return "findings: {" + ", ".join(f"{address}: {grade}" for address, grade in given.items()) + "}"


def sentences(text: str) -> list[Sentence]:
    """What the sections say, without the head of the report."""
    record = read_findings((ENVELOPE + text).encode(), "findings.yaml", form())
    _head, *sections = build(record, form(), app_version="1").blocks
    return [each for block in sections for each in block_sentences(block)]


@pytest.mark.parametrize(
    ("score_id", "highest"),
    [
        ("nihss", 42),
        ("sara", 40),
        ("bfmdrs_movement", 120),
        ("bfmdrs_disability", 30),
        ("aims", 28),
        ("bads", 32),
        ("gcs", 15),
        ("mrc_sum", 60),
        ("light_touch_sum", 112),
        ("pinprick_sum", 112),
    ],
)
def test_a_score_runs_to_its_published_maximum(score_id: str, highest: int) -> None:
    # That the terms add up to `max` is checked whenever the form is read.
    assert form().scores[score_id].max == highest


def test_the_worked_example_of_the_nihss_is_16() -> None:
    assert shown(f"scales: {{nihss: {{{NIHSS_16}}}}}")["nihss"] == 16


def test_an_untestable_item_of_the_nihss_leaves_a_range_that_names_it() -> None:
    text = "scales: {nihss: {" + NIHSS_16.replace("5a: 0", "5a: {unable: amputation}") + "}}"
    assert shown(text)["nihss"] == {"range": [16, 20], "untestable": ["5a"]}
    assert score_text(scores(text)["nihss"]) == "NIHSS: 16–20 of 42; 5a untestable"


def test_the_range_of_the_decision_is_9_to_13() -> None:
    nine = NIHSS_16.replace("3: 2, 4: 2, 5a: 0, 5b: 3", "3: 0, 4: 0, 5a: {unable: pain}, 5b: 0")
    assert shown(f"scales: {{nihss: {{{nine}}}}}")["nihss"] == {"range": [9, 13], "untestable": ["5a"]}


def test_an_nihss_item_that_is_not_recorded_is_missing_and_not_untestable() -> None:
    text = "scales: {nihss: {" + NIHSS_16.replace("5a: 0", "5a: {unable: pain}").replace(", 11: 1", "") + "}}"
    assert shown(text)["nihss"] == {"incomplete": ["5a", "11"]}


def test_the_worked_example_of_the_sara_is_16_with_means_of_both_sides() -> None:
    sara = (
        "gait: 3, stance: 2, sitting: 1, speech: 2, finger_chase: {R: 2, L: 1}, nose_finger: {R: 2, L: 2}, "
        "alternating: {R: 2, L: 1}, heel_shin: {R: 3, L: 3}"
    )
    assert shown(f"scales: {{sara: {{{sara}}}}}")["sara"] == 16
    half = sara.replace("alternating: {R: 2, L: 1}", "alternating: {R: 2, L: 2}")
    assert shown(f"scales: {{sara: {{{half}}}}}")["sara"] == 16.5
    one_side = sara.replace("heel_shin: {R: 3, L: 3}", "heel_shin: {R: 3}")
    assert shown(f"scales: {{sara: {{{one_side}}}}}")["sara"] == {"incomplete": ["heel–shin L"]}


def bfmdrs(**regions: tuple[int, int]) -> str:
    named = ("eyes", "mouth", "speech_swallowing", "neck", "arm_R", "arm_L", "trunk", "leg_R", "leg_L")
    given = {name: regions.get(name, (0, 0)) for name in named}
    inside = ", ".join(f"{name}: {{provoking: {p}, severity: {s}}}" for name, (p, s) in given.items())
    return f"scales: {{bfmdrs: {{{inside}}}}}"


def test_the_worked_example_of_the_bfmdrs_is_29() -> None:
    assert shown(bfmdrs(eyes=(2, 1), neck=(4, 3), arm_R=(3, 2), trunk=(2, 2), leg_R=(4, 3)))["bfmdrs_movement"] == 29


@pytest.mark.parametrize(
    ("region", "highest"),
    [("eyes", 8), ("mouth", 8), ("speech_swallowing", 16), ("neck", 8), ("arm_L", 16), ("trunk", 16), ("leg_R", 16)],
)
def test_only_eyes_mouth_and_neck_weigh_half(region: str, highest: int) -> None:
    assert shown(bfmdrs(**{region: (4, 4)}))["bfmdrs_movement"] == highest


def test_the_bfmdrs_says_that_it_is_not_the_official_form() -> None:
    assert score_text(scores(bfmdrs(neck=(4, 3)))["bfmdrs_movement"]) == (
        "BFMDRS movement: 6 of 120; not the official form"
    )


def test_the_worked_example_of_the_aims_is_10_with_its_criterion_met() -> None:
    text = "scales: {aims: {items: [1, 2, 2, 3, 1, 0, 1], severity: 4, awareness: 4}}"
    assert shown(text)["aims"] == 10
    (said,) = criterion_texts(scores(text)["aims"])
    assert said.endswith("exposure not judged): met.")
    assert "tardive" not in said and "diagnos" not in said


def test_the_aims_counts_items_1_to_7_only() -> None:
    text = "scales: {aims: {items: [0, 0, 0, 0, 0, 0, 0], severity: 4, incapacitation: 4, teeth_problem: yes}}"
    assert shown(text)["aims"] == 0
    assert criterion_texts(scores(text)["aims"])[0].endswith(": not met.")


def test_the_mrc_sum_of_twelve_fours_is_48_and_with_one_muscle_at_0_it_is_44() -> None:
    assert shown(muscles("4"))["mrc_sum"] == 48
    assert shown(muscles("{R: 4, L: 4}").replace("biceps: {R: 4,", "biceps: {R: 0,"))["mrc_sum"] == 44


@pytest.mark.parametrize("grade", ["4-", "4", "4+"])
def test_the_mrc_sum_counts_whole_grades(grade: str) -> None:
    assert shown(muscles(grade))["mrc_sum"] == 48


def test_asserted_normal_power_counts_5_in_the_mrc_sum() -> None:
    assert shown("findings: {strength.deltoid: 4}\nrest_normal: [strength]")["mrc_sum"] == 58


def test_the_mrc_sum_is_incomplete_with_a_pain_limited_grade_and_names_it() -> None:
    text = muscles("4", biceps="{R: {grade: 4, qualifiers: [pain_limited]}, L: 4}")
    assert shown(text)["mrc_sum"] == {"incomplete": ["elbow flexion R"]}
    assert score_text(scores(text)["mrc_sum"]).endswith("missing: elbow flexion R (pain-limited)")


@pytest.mark.parametrize(
    "weak",
    [
        "strength.tibialis_anterior: {R: 2, L: 5}, strength.ehl: {R: 3, L: 5}, strength.iliopsoas: {R: 4, L: 5}",
        "strength.deltoid: {R: 4, L: 5}, strength.biceps: {R: 4, L: 5}",
        "strength.trapezius_upper: {R: 4, L: 5}, strength.rhomboids: {R: 4, L: 5}",
        "strength.sternomastoid: {R: 5, L: 3}, strength.trapezius_upper: {R: 5, L: 4}",
    ],
    ids=["a leg", "a root", "a root of neck and arm", "a nerve of the neck"],
)
def test_the_mrc_sum_is_not_offered_when_weakness_is_confined_to_a_limb_a_root_or_a_nerve(weak: str) -> None:
    assert "mrc_sum" not in shown(f"findings: {{{weak}}}\nrest_normal: [strength]")


@pytest.mark.parametrize(
    "weak",
    [
        "strength.iliopsoas: 4",
        "strength.deltoid: {R: 4, L: 5}, strength.iliopsoas: {R: 4, L: 5}",
        "strength.neck_flexors: 4, strength.deltoid: {R: 4, L: 5}",
    ],
    ids=["both legs", "arm and leg of one side", "neck and arm"],
)
def test_the_mrc_sum_is_offered_where_weakness_is_not_confined(weak: str) -> None:
    assert "mrc_sum" in shown(f"findings: {{{weak}}}\nrest_normal: [strength]")


def test_the_gcs_with_an_untestable_component_is_never_totalled() -> None:
    text = "findings: {mental.gcs: {e: 4, v: {unable: language}, m: 6}}"
    assert shown(text) == {"gcs": {"incomplete": ["V"]}}
    assert score_text(scores(text)["gcs"]) == "GCS: not totalled: E4 V(untestable: language) M6"
    said = note(
        build(read_findings((ENVELOPE + text).encode(), "findings.yaml", form()), form(), app_version="1"), "bullets"
    )
    assert "GCS: not totalled: E4 V(untestable: language) M6." in said
    assert " of 15" not in said


def test_the_gcs_asserted_normal_has_no_total() -> None:
    assert "gcs" not in shown("findings: {mental.gcs: normal}")


def test_a_stage_of_hoehn_and_yahr_is_derived_and_not_said_twice() -> None:
    text = "scales: {hoehn_yahr: 2.5}"
    assert shown(text) == {"hoehn_yahr": 2.5}
    assert not is_said(scores(text)["hoehn_yahr"])


def test_the_sensory_sums_have_56_a_side_and_fall_by_one_for_an_altered_point() -> None:
    text = (
        "findings: {sensation.light_touch: {C2-L4: 2, L5: {R: 1, L: 2}, S1-S4-5: 2}, sensation.pinprick: {C2-S4-5: 2}}"
    )
    found = scores(text)
    light, pin = found["light_touch_sum"].outcome, found["pinprick_sum"].outcome
    assert isinstance(light, Total) and isinstance(pin, Total)
    assert (light.number, light.sides) == (111, {"R": 55, "L": 56})
    assert (pin.number, pin.sides) == (112, {"R": 56, "L": 56})
    assert score_text(found["light_touch_sum"]) == "light touch sum: 111 of 112 (right 55, left 56)"


def test_the_walking_speed_is_metres_by_seconds() -> None:
    text = "findings: {gait.10mwt: {seconds: 7.04, distance_m: 10}}"
    assert shown(text)["walking_speed"] == 1.42
    assert score_text(scores(text)["walking_speed"]) == "walking speed: 1.42 m/s"
    assert shown("findings: {gait.10mwt: {seconds: 7.04}}")["walking_speed"] == {"incomplete": ["distance"]}


def test_the_sentence_of_a_score_carries_the_findings_that_it_was_read_from() -> None:
    (said,) = [each for each in sentences(muscles("4")) if "MRC sum" in each.text]
    assert said.text == "MRC sum: 48 of 60; 4−, 4 and 4+ each count 4."
    assert set(said.addresses) == {f"strength.{name}.{side}" for name in SUM_MUSCLES for side in "RL"}


def test_full_power_needs_no_sum_in_the_note() -> None:
    assert not [each for each in sentences(muscles("5")) if "MRC sum" in each.text]


def test_a_score_outside_the_scope_stands_with_what_is_also_recorded() -> None:
    said = [each.text for each in sentences(f"scope: screening\nscales: {{nihss: {{{NIHSS_16}}}}}")]
    assert said.count("NIHSS: 16 of 42.") == 1


def test_a_score_within_the_scope_is_not_said_again_beside_what_lies_outside_it() -> None:
    text = "scope: screening\n" + muscles("4", apb="4")
    assert len([each for each in sentences(text) if "MRC sum" in each.text]) == 1

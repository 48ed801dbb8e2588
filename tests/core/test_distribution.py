"""The distribution rule: the agreed vectors, boundary notes, and what counts as observed."""

from __future__ import annotations

import re

import pytest

from exam_app.core.derived.distribution import DistributionResult, Laterality, boundary_note, classify, distribution
from exam_app.core.files.findings_file import read_findings
from exam_app.core.form.form import Form
from exam_app.core.wording.term_words import boundary_text, distribution_text

VECTORS = """
{} → none                                  {neck} → focal        {arm_R} → focal
{upper_face,lower_face} → segmental        {upper_face,neck} → segmental
{larynx,neck} → segmental                  {arm_R,arm_L} → segmental
{neck,arm_R} → segmental                   {neck,trunk} → segmental
{trunk,leg_L} → segmental                  {leg_R,leg_L} → segmental
{upper_face,arm_R} → multifocal            {neck,leg_R} → multifocal
{arm_R,leg_L} → multifocal                 {arm_R,arm_L,leg_R,leg_L} → multifocal
{arm_R,leg_R} → hemidystonia_R             {arm_R,leg_R,lower_face(lat=R)} → hemidystonia_R
{arm_R,leg_R,lower_face(lat=None)} → multifocal
{arm_L,leg_L,trunk(lat=L)} → hemidystonia_L
{arm_L,leg_L,trunk(lat=None)} → generalized_with_leg
{trunk,leg_R,leg_L} → generalized_with_leg {neck,trunk,arm_R} → generalized_without_leg
{trunk,arm_R,arm_L} → generalized_without_leg
{neck,trunk,arm_R,arm_L,leg_R,leg_L} → generalized_with_leg
{upper_face,lower_face,neck,trunk} → generalized_without_leg
{lower_face,trunk} → multifocal            {lower_face(lat=R),arm_R} → multifocal
"""
"""Agreed with a reference implementation (clinical content §2.4)."""


def sites(text: str) -> dict[str, Laterality]:
    """`neck,lower_face(lat=R)` → {neck: None, lower_face: R}."""
    found = re.findall(r"(\w+)(?:\(lat=(\w+)\))?", text)
    sides: dict[str, Laterality] = {"R": "R", "L": "L"}
    return {region: sides.get(side) for region, side in found}


@pytest.mark.parametrize(("given", "result"), re.findall(r"\{(.*?)\} → (\w+)", VECTORS))
def test_the_rule_gives_the_agreed_distribution(given: str, result: str) -> None:
    assert classify(sites(given)) == result
    assert distribution_text(result)


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ("trunk,leg_R,leg_L", "trunk_and_both_legs"),
        ("trunk,neck,arm_L", "trunk_neck_and_one_arm"),
        ("trunk,arm_R,arm_L", "trunk_and_both_arms"),
        ("trunk,arm_R,arm_L,neck", "trunk_and_both_arms"),
        ("trunk,neck,larynx", "trunk_and_craniocervical"),
        ("arm_R,arm_L,leg_R,leg_L", "four_limbs_without_trunk"),
        ("arm_R,lower_face(lat=R)", "arm_and_craniocervical_one_side"),
        ("arm_R,lower_face", None),
        ("arm_R,lower_face(lat=L)", None),
        ("trunk,arm_R,arm_L,upper_face", None),
        ("trunk,neck", None),
        ("trunk,leg_R", None),
        ("neck", None),
    ],
)
def test_a_boundary_note_fires_for_exactly_the_listed_cases(given: str, note: str | None) -> None:
    assert boundary_note(sites(given)) == note
    assert note is None or boundary_text(note)


ENVELOPE = "patient: {family_name: Specimen}\nencounter: {started_at: 2026-11-22T09:00:00+01:00}\n"


def record(form: Form, text: str) -> DistributionResult:
    """The distribution of a findings file with the usual envelope."""
    return distribution(read_findings((ENVELOPE + text).encode(), "findings.yaml", form), form)


def test_movements_that_were_not_observed_have_no_distribution(form: Form) -> None:
    found = record(form, "findings: {strength.deltoid: 5}")
    assert (found.result, found.with_reported) == (None, None)


def test_movements_observed_and_none_seen_give_none(form: Form) -> None:
    assert record(form, "movement_observation: {seen: none, minutes: 5}").result == "none"


def test_an_observation_that_was_not_made_is_not_none(form: Form) -> None:
    assert record(form, "movement_observation: {not_examined: time}").result is None


def test_reported_dystonia_is_never_mixed_with_observed(form: Form) -> None:
    found = record(
        form,
        "movement_observation: {seen: none, minutes: 5}\n"
        "movements: [{phenomenology: dystonia, sites: [foot_R], source: patient}]",
    )
    assert (found.observed, found.with_reported) == ("none", "focal")


def test_only_reported_movements_leave_the_observed_distribution_open(form: Form) -> None:
    found = record(form, "movements: [{phenomenology: dystonia, sites: [foot_R], source: home_video}]")
    assert (found.observed, found.with_reported) == (None, "focal")


def test_the_shoulder_belongs_to_the_neck(form: Form) -> None:
    found = record(form, "movements: [{phenomenology: dystonia, sites: [neck, shoulder_L], source: observed}]")
    assert found.result == "focal"


def test_chorea_adds_no_site_of_dystonia(form: Form) -> None:
    found = record(
        form,
        "movements:\n"
        "- {phenomenology: dystonia, sites: [neck], source: observed}\n"
        "- {phenomenology: chorea, sites: [hand_R, hand_L], source: observed}",
    )
    assert found.result == "focal"


def test_an_axial_site_keeps_its_side_only_if_all_entries_agree(form: Form) -> None:
    one = "- {phenomenology: dystonia, sites: [arm_R, leg_R, {lower_face: R}], source: observed}"
    other = "- {phenomenology: dystonia, sites: [lower_face], source: observed}"
    assert record(form, f"movements:\n{one}").result == "hemidystonia_R"
    assert record(form, f"movements:\n{one}\n{other}").result == "multifocal"


def test_eyes_and_whole_body_have_no_region(form: Form) -> None:
    found = record(form, "movements: [{phenomenology: dystonia, sites: [eyes, whole_body], source: observed}]")
    assert found.result == "none"


def test_an_override_stands_beside_the_rule_and_does_not_replace_it(form: Form) -> None:
    found = record(
        form,
        "movements: [{phenomenology: dystonia, sites: [neck], source: observed}]\n"
        "distribution_override: {result: segmental, reason: shoulder counted with the arm}",
    )
    assert found.override is not None
    assert (found.result, found.override.result) == ("focal", "segmental")

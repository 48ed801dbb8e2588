"""What the forms say, held against the clinical decisions: core set, one-key assertions, marks, roots, scales."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from exam_app.core.derived.completeness import core_findings
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ChoiceKind, Field, FlagsKind, GroupKind, Item, ListKind, Option

FORMS = Path(__file__).resolve().parents[2] / "forms"
CORE = {"tone": 11, "strength": 26, "reflexes": 12, "sensation": 8, "gait": 3, "movements": 1}
QUICK = ("C5", "C6", "C7", "C8", "T1", "T4", "T10", "L2", "L3", "L4", "L5", "S1")
REAL_ROOTS = frozenset(
    f"{letter}{number}" for letter, last in (("C", 8), ("T", 12), ("L", 5), ("S", 5)) for number in range(1, last + 1)
)
MUSCLES = 44
MARKED_TO_CONFIRM = (
    "tone.neck",
    "strength.deltoid",
    "strength.drift_arm",
    "strength.bulk_thenar",
    "strength.hoover",
    "strength.fatigability_eyelid",
    "reflexes.jaw",
    "reflexes.knee",
    "reflexes.plantar",
    "reflexes.clonus_ankle",
    "reflexes.glabellar",
    "sensation.light_touch_C6",
    "sensation.pinprick_T7",
    "sensation.pinprick_sural",
    "sensation.vibration_hallux",
    "sensation.joint_position_hallux",
    "sensation.monofilament",
    "sensation.pattern",
    "gait.romberg",
    "gait.pull_test",
    "gait.10mwt",
    "gait.5xsts",
    "gait.turning",
    "movements.entries",
)
TIMED = ("tug", "10mwt", "5xsts", "single_leg", "turning", "pull_test")
FUNCTIONAL = ("hoover", "hip_abductor", "give_way", "co_contraction", "finger_abductor")
PRIMITIVE = ("glabellar", "snout", "suck", "rooting", "palmomental", "grasp")


@cache
def form() -> Form:
    return load_form(FORMS)


def kinds(kind: Item | Field) -> Iterator[Item | Field]:
    yield kind
    if isinstance(kind, (GroupKind, ListKind)):
        for field in kind.fields:
            yield from kinds(field)


def options(kind: Item | Field) -> Iterator[Option]:
    for each in kinds(kind):
        if isinstance(each, (ChoiceKind, FlagsKind)):
            yield from each.options


def muscles() -> dict[str, Item]:
    return {
        item_id: item
        for item_id, item in form().items.items()
        if item_id.startswith("strength.") and item.kind == "grade"
    }


def test_the_core_set_of_the_six_sections_has_exactly_61_findings() -> None:
    found = Counter({section_id: len(core_findings(form(), section_id)) for section_id in CORE})
    assert dict(found) == CORE
    assert sum(found.values()) == 61


def test_a_slot_of_the_core_set_is_filled_by_touch_or_pinprick_on_each_side() -> None:
    slots = [core for core in core_findings(form(), "sensation") if len(core.addresses) > 1]
    assert [(core.side, len(core.addresses)) for core in slots] == [("R", 4), ("L", 4), ("R", 4), ("L", 4)]


def test_the_screening_scope_is_the_core_set() -> None:
    assert form().in_scope("screening") == {item_id for item_id, item in form().items.items() if item.core}


def test_every_item_says_how_to_test_and_has_a_source() -> None:
    assert [item_id for item_id, item in form().items.items() if not item.how_to_test] == []
    assert [item_id for item_id, item in form().items.items() if not item.sources] == []


def test_nothing_is_reviewed_before_a_clinician_has_reviewed_it() -> None:
    assert [item_id for item_id, item in form().items.items() if item.reviewed] == []
    assert [scale.id for scale in form().scales.values() if scale.reviewed] == []


@pytest.mark.parametrize("item_id", MARKED_TO_CONFIRM)
def test_content_from_memory_carries_its_mark(item_id: str) -> None:
    assert form().items[item_id].to_confirm


def test_no_value_list_offers_not_testable_or_not_seen() -> None:
    forbidden = {"nt", "un", "not_testable", "not_seen", "not_done", "untestable", "uncertain"}
    found = {(item_id, option.id) for item_id, item in form().items.items() for option in options(item)}
    # What others did or left out is history, not the state of a finding of this examination.
    assert {pair for pair in found if pair[1].lower() in forbidden} == {("history.copper_workup", "not_done")}


def test_every_scale_has_anchors_a_version_a_licence_and_sources() -> None:
    assert {"mrc", "modified_ashworth", "tendon", "sensory", "drift", "drift_leg"} <= set(form().scales)
    for scale in form().scales.values():
        assert scale.version and scale.licence and scale.sources, scale.id
        assert all(grade.anchor for grade in scale.grades), scale.id
        assert [grade.rank for grade in scale.grades] == sorted(grade.rank for grade in scale.grades), scale.id


def test_the_mrc_scale_carries_the_credit_that_its_licence_asks_for() -> None:
    assert form().scales["mrc"].credit == "MRC scale used with the permission of the Medical Research Council"


def test_ashworth_1_plus_is_a_catch_then_resistance_through_less_than_half_of_the_range() -> None:
    grade = form().scales["modified_ashworth"].grade("1+")
    assert grade is not None
    assert grade.anchor.startswith("catch, then slight resistance")
    assert "less than half of the whole range" in grade.anchor


def test_a_tendon_grade_is_accepted_without_its_plus_and_0_stays_0() -> None:
    tendon = form().scales["tendon"]
    found = [tendon.grade(text) for text in ("0", "tr", "1", "2", "3", "4")]
    assert [grade.token for grade in found if grade] == ["0", "tr", "1+", "2+", "3+", "4+"]


def test_sensation_1_is_altered_and_not_reduced() -> None:
    grade = form().scales["sensory"].grade("1")
    assert grade is not None
    assert grade.short == "altered"


def test_one_key_never_asserts_what_is_folded_or_counted_or_timed() -> None:
    asserted = {item_id for item_id, item in form().items.items() if item.macro}
    assert not [item_id for item_id in asserted if form().items[item_id].folded]
    never = {
        *(f"gait.{name}" for name in TIMED),
        *(f"strength.{name}" for name in FUNCTIONAL),
        *(f"reflexes.{name}" for name in PRIMITIVE),
        *(f"sensation.{column}_{row}" for column in ("light_touch", "pinprick") for row in ("S2", "S3", "S4-5")),
        "sensation.joint_position_hallux",
        "sensation.joint_position_index",
        "sensation.monofilament",
        "sensation.two_point",
        "reflexes.clonus_ankle",
        "movements.observation",
        "movements.entries",
    }
    assert never <= set(form().items)
    assert asserted & never == set()


def test_one_key_asserts_touch_and_pinprick_only_on_the_quick_dermatomes() -> None:
    rows = {item.cell.row for item in form().items.values() if item.cell and item.macro}
    assert rows == set(QUICK)


def test_a_number_asserted_normal_says_that_it_was_not_recorded() -> None:
    for item_id, item in form().items.items():
        if not item.macro:
            continue
        assert item.kind != "number", item_id
        answers = {item.main, *item.exclusive} if isinstance(item, GroupKind) else set()
        if any(field.kind == "number" and field.id in answers for field in kinds(item)):
            assert item.unmeasured, item_id


def test_the_rows_run_from_c2_to_s4_5_and_sites_and_territories_come_after() -> None:
    rows = [item.cell.row for item in form().items.values() if item.cell and item.cell.column == "light_touch"]
    ends = (("C", 2, 8), ("T", 1, 12), ("L", 1, 5), ("S", 1, 3))
    levels = [f"{letter}{number}" for letter, first, last in ends for number in range(first, last + 1)]
    assert rows[:28] == [*levels, "S4-5"]
    assert {"toes", "ankle", "mid_shin", "superficial_peroneal", "deep_peroneal"} <= set(rows[28:])


def test_every_root_is_a_real_root_and_dominant_roots_are_among_all() -> None:
    for item_id, item in form().items.items():
        if item.roots is not None:
            assert set(item.roots.all) <= REAL_ROOTS, item_id
            assert set(item.roots.dominant) <= set(item.roots.all), item_id


def test_every_muscle_has_roots_a_nerve_and_a_trunk() -> None:
    assert len(muscles()) == MUSCLES
    assert sum(item.sides == "paired" for item in muscles().values()) == 41
    for item_id, item in muscles().items():
        assert item.roots and item.nerve and item.trunk, item_id


@pytest.mark.parametrize(
    ("muscle", "trunk"),
    [
        ("extensor_digitorum", "radial"),
        ("fpl", "median"),
        ("tibialis_anterior", "common peroneal"),
        ("peronei", "common peroneal"),
        ("hamstrings", "sciatic"),
        ("tibialis_posterior", "tibial"),
    ],
)
def test_branches_belong_to_their_trunk(muscle: str, trunk: str) -> None:
    assert form().items[f"strength.{muscle}"].trunk == trunk


def test_biceps_has_two_dominant_roots() -> None:
    for item_id in ("strength.biceps", "reflexes.biceps"):
        roots = form().items[item_id].roots
        assert roots is not None and roots.dominant == ("C5", "C6"), item_id


def test_inversion_is_tested_with_the_ankle_at_neutral_first() -> None:
    how = form().items["strength.tibialis_posterior"].how_to_test or ""
    assert how.index("neutral") < how.index("plantarflexed")


def test_phenomenology_names_what_is_seen_with_a_definition_each() -> None:
    entries = form().items["movements.entries"]
    assert isinstance(entries, ListKind)
    seen = entries.by_id["phenomenology"]
    assert isinstance(seen, ChoiceKind)
    assert all(option.definition for option in seen.options)
    dystonic = {option.id for option in seen.options if option.dystonic}
    assert dystonic == {"dystonia", "dystonic_tremor", "blepharospasm", "oromandibular_dystonia", "laryngeal_dystonia"}
    ids = {option.id for option in seen.options}
    assert "unclassified" in ids
    assert not [each for each in ids if each.startswith(("dyskinesia", "dystonia_tardive"))]


def test_every_site_leads_to_its_region_and_the_larynx_has_no_side() -> None:
    entries = form().items["movements.entries"]
    assert isinstance(entries, ListKind)
    sites = entries.by_id["sites"]
    assert isinstance(sites, ListKind)
    site = {option.id: (option.region, option.sided) for option in options(sites)}
    assert site["shoulder"] == ("neck", "paired")
    assert site["hand"] == ("arm", "paired")
    assert site["tongue"] == ("lower_face", "axial")
    assert site["larynx"] == ("larynx", "none")
    assert site["eyes"] == (None, "none")
    assert site["whole_body"] == (None, "none")


def test_the_walking_table_has_no_band_below_60_years() -> None:
    table = form().tables["tug_bohannon_2006"]
    assert table.band(59, None) is None
    band = table.band(70, "male")
    assert band is not None and band.figures == {"mean": 9.2, "lower": 8.2, "upper": 10.2}


def test_what_names_a_side_is_of_the_kind_side() -> None:
    for item_id, item in form().items.items():
        sided = {option.id for option in options(item) if option.id in ("R", "L") or option.id.endswith(("_R", "_L"))}
        assert sided == set(), item_id

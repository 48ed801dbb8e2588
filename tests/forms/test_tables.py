"""The tables of the clinical specification, held against the forms line by line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ChoiceKind, FlagsKind, ListKind

ROOT = Path(__file__).resolve().parents[2]
MUSCLES = """
neck_flexors C1-C6 - cervical
neck_extensors C1-T1 - posterior
trapezius_upper C3-C4 - accessory
sternomastoid C2-C3 - accessory
rhomboids C4-C5 C5 dorsal
serratus_anterior C5-C7 C6 long
supraspinatus C5-C6 C5 suprascapular
infraspinatus C5-C6 C5 suprascapular
deltoid C5-C6 C5 axillary
pectoralis_major_clav C5-C6 C5 lateral
pectoralis_major_stern C6-C8 C7 lateral
latissimus_dorsi C6-C8 C7 thoracodorsal
biceps C5-C6 C5-C6 musculocutaneous C5
brachioradialis C5-C6 C6 radial
triceps C6-C8 C7 radial C7
supinator C6-C7 C6 radial
pronator_teres C6-C7 C6 median
ecr_longus C5-C6 C6 radial C6
ecu C7-C8 C7 radial
extensor_digitorum C7-C8 C7 radial
epl C7-C8 C7 radial
fcr C6-C7 C7 median
fcu C7-T1 C8 ulnar
fds C7-T1 C8 median
fdp_2_3 C7-C8 C8 median C8
fdp_4_5 C7-C8 C8 ulnar
fpl C7-C8 C8 median
apb C8-T1 T1 median
fdi C8-T1 T1 ulnar
adm C8-T1 T1 ulnar T1
iliopsoas L1-L3 L1-L2 lumbar L2
adductors L2-L4 L2-L3 obturator
quadriceps L2-L4 L3-L4 femoral L3
gluteus_medius L4-S1 L5 superior
gluteus_maximus L5-S2 S1 inferior
hamstrings L5-S2 S1 sciatic
tibialis_anterior L4-L5 L4 deep L4
tibialis_posterior L4-L5 L5 tibial
ehl L5-S1 L5 deep L5
edl_edb L5-S1 L5 deep
peronei L5-S1 L5 superficial
gastrocnemius_soleus S1-S2 S1 tibial S1
fhl_fdl L5-S2 S1 tibial
abdominals T6-L1 - intercostal
"""
"""Muscle, roots, dominant roots, the first word of the nerve, and the level whose key muscle it is."""
REFLEXES = """
pectoral C5-T1 -
biceps C5-C6 C5-C6
brachioradialis C5-C6 C6
triceps C6-C8 C7
finger_flexor C8-T1 C8
knee L2-L4 L3-L4
adductor L2-L4 L3
medial_hamstring L5-S1 L5
ankle L5-S2 S1
plantar L5-S2 S1
abdominal_upper T8-T10 -
abdominal_lower T10-T12 -
cremasteric L1-L2 -
anal_wink S2-S4 -
bulbocavernosus S2-S4 -
"""
KEY_POINTS = """
C2 occipital protuberance
C3 supraclavicular fossa
C4 acromioclavicular
C5 radial side of the antecubital fossa
C6 thumb
C7 middle finger
C8 little finger
T1 ulnar side of the antecubital fossa
T2 axilla
T3 3rd intercostal space
T4 4th intercostal space
T5 halfway T4–T6
T6 level of the xiphisternum
T7 one quarter
T8 halfway from xiphisternum to umbilicus
T9 three quarters
T10 level of the umbilicus
T11 halfway from umbilicus to inguinal ligament
T12 midpoint of the inguinal ligament
L1 halfway between the T12 and L2 points
L2 antero-medial thigh
L3 medial femoral condyle
L4 medial malleolus
L5 3rd metatarsophalangeal joint
S1 lateral heel
S2 popliteal fossa
S3 ischial tuberosity
S4-5 perianal
"""
PHENOMENA = (
    "dystonia dystonic_tremor blepharospasm oromandibular_dystonia laryngeal_dystonia tremor_rest tremor_postural "
    "tremor_kinetic tremor_intention tremor_task tremor_orthostatic chorea athetosis pseudoathetosis ballism myoclonus "
    "asterixis clonic_jerks tic_motor tic_phonic stereotypy akathisia hemifacial_spasm bradykinesia fasciculation "
    "myokymia myotonia cramp spasm stiff_person_spasm oculogyric_deviation opsoclonus palatal_tremor mirror_movement "
    "alien_limb exaggerated_startle restless_legs plms rbd functional other_paroxysmal unclassified"
)
FEATURES = (
    "sustained intermittent patterned twisting overflow mirror task_specific suppressible distractible entrains "
    "rhythmic continuous stereotyped march post_event_deficit painful"
)
STATES = (
    "rest_seated rest_lying posture action writing speaking walking running mental_task contralateral_movement sleep"
)
CONTEXTS = "none levodopa_peak levodopa_diphasic levodopa_off after_dopamine_blocker task startle sleep"
GRADIENT = "toes midfoot ankle mid_shin knee thigh fingers hand wrist forearm"
TERRITORIES = (
    "median ulnar radial axillary musculocutaneous intercostobrachial lateral_femoral_cutaneous femoral saphenous "
    "obturator superficial_peroneal deep_peroneal sural plantar"
)
ADDED = {
    "motor": ("alert history tone movements", "coordination.finger_taps coordination.foot_taps"),
    "neuropathy": ("alert history strength", "sensation.monofilament"),
}
"""What clinical decision 6 adds to the core set: sections and items. The sites of neuropathy are added in the test."""
LEVELS = [
    f"{letter}{number}" for letter, last in (("C", 8), ("T", 12), ("L", 5), ("S", 5)) for number in range(1, last + 1)
]


@cache
def form() -> Form:
    """The shipped form."""
    return load_form(ROOT / "forms")


def lines(table: str) -> list[list[str]]:
    """The words of each line of a table."""
    return [line.split() for line in table.strip().splitlines()]


def roots(written: str) -> tuple[str, ...]:
    """`C5-C7` as three roots; `-` as none."""
    if written == "-":
        return ()
    first, _dash, last = written.partition("-")
    return tuple(LEVELS[LEVELS.index(first) : LEVELS.index(last or first) + 1])


@pytest.mark.parametrize("line", lines(MUSCLES), ids=lambda line: line[0])
def test_a_muscle_has_the_roots_the_nerve_and_the_level_of_the_table(line: list[str]) -> None:
    name, every, dominant, nerve, *key = line
    item = form().items[f"strength.{name}"]
    assert item.roots is not None
    assert (item.roots.all, item.roots.dominant) == (roots(every), roots(dominant))
    assert (item.nerve or "").split()[0].strip(",") == nerve
    assert item.codes.get("isncsci_key_muscle") == (key[0] if key else None)


def test_there_are_44_muscles_and_no_other_graded_power() -> None:
    graded = {
        item_id for item_id, item in form().items.items() if item_id.startswith("strength.") and item.kind == "grade"
    }
    assert graded == {f"strength.{line[0]}" for line in lines(MUSCLES)}
    assert len(graded) == 44


@pytest.mark.parametrize("line", lines(REFLEXES), ids=lambda line: line[0])
def test_a_reflex_has_the_arc_of_the_table(line: list[str]) -> None:
    name, every, dominant = line
    item = form().items[f"reflexes.{name}"]
    assert item.roots is not None
    assert (item.roots.all, item.roots.dominant) == (roots(every), roots(dominant))


@pytest.mark.parametrize("modality", ["light_touch", "pinprick", "temperature"])
def test_each_of_the_28_key_points_lies_where_the_table_has_it(modality: str) -> None:
    points = [line.partition(" ")[::2] for line in KEY_POINTS.strip().splitlines()]
    assert len(points) == 28
    for level, place in points:
        item = form().items[f"sensation.{modality}_{level}"]
        assert place in (item.detail or ""), level
        assert item.sides == "paired", level


def test_touch_and_pinprick_have_every_gradient_site_and_every_territory() -> None:
    for modality in ("light_touch", "pinprick"):
        for row in (*GRADIENT.split(), *TERRITORIES.split()):
            assert f"sensation.{modality}_{row}" in form().items, row


def choice(field_id: str) -> tuple[str, ...]:
    """The ids that a field of an observed movement offers."""
    entries = form().items["movements.entries"]
    assert isinstance(entries, ListKind)
    field = entries.by_id[field_id]
    assert isinstance(field, (ChoiceKind, FlagsKind))
    return tuple(option.id for option in field.options)


def test_the_phenomena_are_those_of_the_vocabulary_each_with_what_it_is_confused_with() -> None:
    assert set(choice("phenomenology")) == set(PHENOMENA.split())
    entries = form().items["movements.entries"]
    assert isinstance(entries, ListKind)
    seen = entries.by_id["phenomenology"]
    assert isinstance(seen, ChoiceKind)
    assert [option.id for option in seen.options if not option.confused_with] == ["unclassified"]


def test_features_states_and_contexts_of_a_movement_are_those_that_were_settled() -> None:
    assert set(FEATURES.split()) <= set(choice("features"))
    assert set(choice("states")) == set(STATES.split())
    assert set(choice("context")) == set(CONTEXTS.split())


@pytest.mark.parametrize("scope_id", ADDED)
def test_a_scope_is_the_core_set_and_what_the_decision_adds(scope_id: str) -> None:
    sections, single = ADDED[scope_id]
    items = {item_id for item_id in form().items if item_id.partition(".")[0] in sections.split()}
    items |= set(single.split()) | form().in_scope("screening")
    if scope_id == "neuropathy":
        sites = (*GRADIENT.split(), *TERRITORIES.split())
        items |= {f"sensation.{modality}_{row}" for modality in ("light_touch", "pinprick") for row in sites}
    assert form().in_scope(scope_id) == items


def test_full_is_every_item_and_every_other_scope_asks_the_alert_card_or_is_the_core_set() -> None:
    assert form().in_scope("full") == set(form().items)
    alert = {item_id for item_id in form().items if item_id.startswith("alert.")}
    for scope_id in form().scopes:
        assert scope_id == "screening" or alert <= form().in_scope(scope_id), scope_id

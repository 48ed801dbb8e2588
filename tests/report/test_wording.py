"""How the report reads: nothing in it can be taken for something else."""

from __future__ import annotations

import pytest

from exam_app.core.form.form import Form
from exam_app.core.record.record import Examined, ExamRecord
from exam_app.core.record.values import CannotValue
from exam_app.core.wording.finding_words import cell_text
from exam_app.report import Style, build, note
from exam_app.report.document import SideTable, block_sentences
from tests.report.conftest import Make

HEAD = "movements:\n  - {phenomenology: dystonia, source: observed, "


def text_of(record: ExamRecord, form: Form, style: Style = "prose") -> str:
    return " ".join(note(build(record, form, app_version="0"), style).split())


@pytest.mark.parametrize(
    ("sites", "said"),
    [
        ("[{neck: R}, foot_L]", "Observed: dystonia of the neck (right side) and left foot."),
        ("[whole_body]", "Observed: dystonia of the whole body."),
        ("[eyelids, larynx, hand_R]", "Observed: dystonia of the eyelids, larynx and right hand."),
    ],
)
def test_a_site_has_its_article_and_the_side_of_the_body_never_a_direction(
    sites: str, said: str, form: Form, make: Make
) -> None:
    text = text_of(make(f"{HEAD}sites: {sites}}}"), form)
    assert said in text
    assert "to the right" not in text


def test_marks_say_what_is_there_before_what_is_not_and_what_is_unknown(form: Form, make: Make) -> None:
    marks = "{overflow: no, sustained: yes, entrains: unknown, rhythmic: no, patterned: yes}"
    text = text_of(make(f"{HEAD}sites: [neck], features: {marks}, states: {{writing: no}}}}"), form)
    assert "; sustained, patterned; no overflow; not rhythmic; entrains unknown." in text
    assert "; not when writing; " in text
    text = text_of(
        make("findings: {tone.wrist.R: {quality: spasticity, features: {velocity_dependent: no, ratchety: yes}}}"), form
    )
    assert "Wrist, right: spasticity, ratchety, not velocity-dependent." in text


def test_a_semicolon_never_stands_between_the_sides_of_one_item(form: Form, make: Make) -> None:
    text = text_of(
        make(
            "findings:\n"
            "  tone.elbow_flexors: {R: {quality: spasticity, mas: 1}, L: {quality: spasticity, mas: 3}}\n"
            "  tone.wrist: {R: hypotonia, L: dystonic}\n"
            "  tone.neck: {quality: mixed}\n"
        ),
        form,
    )
    assert "Neck: mixed; elbow flexors, right: spasticity, MAS 1; elbow flexors, left: spasticity, MAS 3; " in text
    assert "; wrist: right hypotonia, left dystonic." in text


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        ("strength.bulk_neck.L: hypertrophy", "Bulk of the neck, left: hypertrophy."),
        ("tone.leg_lift.R: spasticity", "Leg on a sudden lift, right: spasticity."),
        ("reflexes.plantar: extensor", "Plantar response, both sides: extensor."),
        ("gait.device: stick", "Aid: stick."),
        ("strength.triceps: 3", "Elbow extension 3 both sides."),
        ("gait.tandem: {missteps: 5}", "Tandem 5 missteps in 10."),
    ],
)
def test_words_follow_a_colon_and_figures_follow_the_name(finding: str, said: str, form: Form, make: Make) -> None:
    assert said in text_of(make(f"findings: {{{finding}}}"), form)


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        ("gait.tandem: cannot", "Tandem: cannot (tried)."),
        ("gait.heel_walk: cannot", "Heel walk, both sides: cannot (tried)."),
        ("gait.tug: {seconds: cannot}", "Timed Up and Go: cannot (tried)."),
        ("gait.10mwt: {seconds: cannot, distance_m: 6}", "10-metre walk: cannot (tried) over 6 m."),
    ],
)
def test_what_was_tried_and_could_not_be_done_says_both(finding: str, said: str, form: Form, make: Make) -> None:
    assert said in text_of(make(f"findings: {{{finding}}}"), form)


def test_a_degree_keeps_its_noun_unless_it_stands_beside_it(form: Form, make: Make) -> None:
    def wrist(words: str) -> str:
        return text_of(make(f"findings: {{tone.wrist.R: {{{words}}}}}"), form)

    assert "Wrist, right: mixed, MAS 2, rigidity marked." in wrist("quality: mixed, mas: 2, rigidity: marked")
    assert "right: rigidity (lead-pipe), marked." in wrist("quality: rigidity_leadpipe, rigidity: marked")
    assert "right: hypotonia, moderate." in wrist("quality: hypotonia, hypotonia: moderate")


def test_a_field_that_could_not_be_tested_keeps_its_name(form: Form, make: Make) -> None:
    text = text_of(
        make("findings: {tone.wrist.R: {quality: spasticity, catch_angle_deg: {unable: pain}}}"),
        form,
    )
    assert "spasticity, angle of the catch unable (pain)." in text


def test_the_count_of_the_rest_says_which_findings_it_counts(form: Form, make: Make) -> None:
    text = text_of(
        make(
            "findings: {reflexes.triceps: 3+, reflexes.plantar: flexor, reflexes.jaw: present}\nrest_normal: [reflexes]"
        ),
        form,
    )
    assert "The 4 other limb tendon reflexes tested are normal." in text
    one = text_of(make("findings: {reflexes.triceps: 3+, reflexes.knee: 2+, reflexes.hoffmann: negative}"), form)
    assert "The one other limb tendon reflex tested is normal." in one


def test_what_belongs_together_has_no_comma_and_what_is_listed_has_commas(form: Form, make: Make) -> None:
    text = text_of(make("findings: {gait.10mwt: {seconds: 12.4, distance_m: 6}}"), form)
    assert "10-metre walk 12.4 s over 6 m." in text
    episode = "episode: {count: 3, awareness: [kept, kept, altered]}, null_point: {turn: {to: R, degrees: 20}}"
    text = text_of(make(f"{HEAD}sites: [trunk], {episode}}}"), form)
    assert "episode: 3 episodes, awareness in turn kept, kept, altered." in text
    assert "null point: turn to the right by 20°;" in text


def test_two_brackets_never_follow_each_other(form: Form, make: Make) -> None:
    lines = "findings: {sensation.light_touch_C6.R: {grade: 1, qualifiers: [allodynia, reduced]}}"
    text = text_of(make(lines), form)
    assert "Light touch at C6, right: altered (1), allodynia, reduced." in text
    assert ") (" not in text


def test_sensation_names_the_place_with_its_article_and_levels_without(form: Form, make: Make) -> None:
    text = text_of(make("findings: {sensation.light_touch: {C6.R: 1, ankle.R: 1, median.R: 1}}"), form)
    assert "Light touch at C6, the ankle and the median territory, right: altered (1)." in text


def test_a_note_on_a_place_is_headed_by_the_words_of_the_prose(form: Form, make: Make) -> None:
    text = text_of(make("findings: {sensation.light_touch_ankle.R: {grade: 1, note: since the cast}}"), form)
    assert "Note on light touch at the ankle, right: since the cast" in text


def test_names_that_begin_alike_are_drawn_together(form: Form, make: Make) -> None:
    text = text_of(make("findings: {strength.fascic_arm.R: frequent, strength.fascic_calf.R: frequent}"), form)
    assert "Fasciculation of the arm and calf, right: frequent." in text
    jerks = "findings: {reflexes.knee: 3+, reflexes.ankle: 3+, reflexes.plantar: extensor}"
    assert "Knee and ankle jerk 3+ both sides; plantar response, both sides: extensor." in text_of(make(jerks), form)
    mixed = "findings: {strength.hoover.R: positive, strength.froment.R: positive}"
    assert "Hoover and Froment sign, right: positive." in text_of(make(mixed), form)


def test_what_is_denied_keeps_its_own_no_and_its_side(form: Form, make: Make) -> None:
    text = text_of(make("findings: {strength.drift_arm: normal, reflexes.hoffmann.L: normal}"), form)
    assert "Asserted normal: no pronator drift on either side." in text
    assert "Asserted normal: no Hoffmann sign on the left." in text


def test_a_figure_is_never_drawn_together_with_that_of_another_scale(form: Form, make: Make) -> None:
    text = text_of(make("findings: {scales.mrs: 1, scales.hoehn_yahr: 1}"), form)
    assert "Modified Rankin Scale 1; Hoehn and Yahr 1." in text


def test_the_arms_are_said_apart_from_the_legs(form: Form, make: Make) -> None:
    text = text_of(make("findings: {strength.triceps: 4, strength.quadriceps: 4, strength.biceps: 4}"), form)
    assert "Elbow flexion and elbow extension 4 both sides; knee extension 4 both sides." in text


def test_what_could_not_be_done_for_one_reason_is_said_at_once(form: Form, make: Make) -> None:
    lines = "findings: {gait.romberg: {unable: unsafe}, gait.tug: {unable: unsafe}, gait.pattern: {unable: unsafe}}"
    assert "Unable: gait, Romberg and Timed Up and Go (unsafe)." in text_of(make(lines), form)


@pytest.mark.parametrize(
    ("sites", "said"),
    [
        ("[foot_R, {site: {unable: pain}}]", "Observed: dystonia, sites: right foot and unable (pain)."),
        ("[{site: hand, side: {unable: pain}}]", "Observed: dystonia, sites: hand, side unable (pain)."),
    ],
)
def test_a_site_that_could_not_be_told_has_no_article(sites: str, said: str, form: Form, make: Make) -> None:
    assert said in text_of(make(f"{HEAD}sites: {sites}}}"), form)


def test_a_cell_has_room_for_the_word_alone(form: Form) -> None:
    finding = Examined(value=CannotValue(), entered="typed")
    assert cell_text(form.items["gait.single_leg"], finding, form) == "cannot"


def test_bullets_say_only_what_was_recorded_in_the_words_of_the_prose(form: Form, make: Make) -> None:
    text = note(
        build(
            make(
                "findings:\n"
                "  strength.rhomboids: {R: 4, L: {unable: pain}}\n"
                "  strength.triceps.R: 3\n"
                "  strength.quadriceps: 4+\n"
                "  sensation.light_touch_C6: {R: 1, L: 2}\n"
                "  sensation.light_touch_T4.R: {not_examined: other, text: in a hurry}\n"
                "  sensation.pinprick_C6.R: 1\n"
            ),
            form,
            app_version="0",
        ),
        "bullets",
    )
    lines = text.splitlines()
    assert "- Knee extension: 4+ both sides" in lines
    assert "- Rhomboids (elbow back): R 4, L unable (pain)" in lines
    assert "- Elbow extension: R 3, L not recorded" in lines
    assert "- Light touch and pinprick at C6, right: altered (1)." in lines
    assert "- Light touch at C6, left: normal (2)." in lines
    assert "- Not examined: light touch at T4 right (in a hurry)." in lines
    assert not any("R not recorded, L not recorded" in line for line in lines)
    assert not any(line.startswith("- Elbow flexion:") for line in lines)


def test_the_table_on_paper_still_gives_the_words_of_a_reason(form: Form, make: Make) -> None:
    document = build(
        make("findings: {strength.triceps: {R: 3, L: {unable: other, text: wears a splint}}}"), form, app_version="0"
    )
    (table,) = (block for block in document.blocks if isinstance(block, SideTable))
    assert [one.text for one in table.reasons] == ["Unable: elbow extension left (wears a splint)."]
    assert table.reasons[0] in list(block_sentences(table))


HANDOVER = """\
movement_observation: {seen: yes, minutes: 10, states: [rest_seated]}
movements:
  - phenomenology: dystonia
    sites: [neck]
    source: observed
    features: {sustained: yes}
    head_posture: {turn: {to: R, degrees: 30}}
findings:
  tone.wrist.R: {quality: spasticity, mas: 2, catch_angle_deg: 40, features: {velocity_dependent: yes}}
  reflexes.brachioradialis.L: {grade: 2+, inverted: yes, reinforcement_used: none}
  sensation.pattern: {kind: sensory_level, level: T8, quality: reduced}
  strength.bulk_calf.R: {degree: mild, girth_cm: 30, landmark: 10 cm below the knee}
"""


def test_the_handover_gives_main_values_levels_and_what_is_abnormal_and_no_more(form: Form, make: Make) -> None:
    line = text_of(make(HANDOVER), form, "handover")
    assert "Tone \u2013 Wrist, right: spasticity, MAS 2. " in line
    assert "Bulk of the calf, right: mild wasting. " in line
    assert "Brachioradialis jerk, left: 2+, inverted. " in line
    assert "Sensory pattern: sensory level, normal down to T8. " in line
    assert "Observed movements \u2013 Observed: dystonia of the neck. " in line
    for detail in ("velocity", "40°", "30", "girth", "reinforcement", "sustained", "10 min"):
        assert detail not in line


def test_an_abnormal_sentence_stands_out_by_its_items_and_what_is_abnormal_of_them(form: Form, make: Make) -> None:
    record = make(
        "findings:\n"
        "  tone.neck: {quality: mixed, mas: 2, features: {velocity_dependent: yes}}\n"
        "  strength.iliopsoas.L: {grade: 3, qualifiers: [give_way, effort_variable]}\n"
        "  coordination.finger_taps.R: {speed: normal, decrement: mild, arrests: none}\n"
    )
    document = build(record, form, app_version="0")
    sentences = [one for block in document.blocks[1:] for one in block_sentences(block) if one.emphasis]
    assert list(dict.fromkeys(one.text[start:end] for one in sentences for start, end in one.strong)) == [
        "Neck: mixed",
        "MAS 2",
        "Hip flexion, left: 3 (give-way, effort varies)",
        "Finger taps, right: ",
        "mild decrement",
    ]


def test_groups_of_several_parts_inside_a_group_are_told_apart(form: Form, make: Make) -> None:
    lines = "scales: {bfmdrs: {arm_R: {provoking: 3, severity: 2}, arm_L: {provoking: 2, severity: 1}}}"
    assert "arm right: provoking 3, severity 2; arm left: provoking 2, severity 1." in text_of(make(lines), form)


def test_nothing_is_said_twice_in_one_finding(form: Form, make: Make) -> None:
    tone = "quality: rigidity_leadpipe, rigidity: only_with_activation, features: {only_with_activation: yes}"
    text = text_of(make(f"findings: {{tone.wrist.R: {{{tone}}}}}"), form)
    assert "Wrist, right: rigidity (lead-pipe), only with activation." in text


def test_further_muscles_and_reflexes_are_said_with_the_others_of_their_kind(form: Form, make: Make) -> None:
    text = text_of(make("findings: {strength.ehl.L: 2, strength.peronei.L: 2, strength.apb.L: 2}"), form)
    assert "; thumb abduction left 2." in text
    assert "big-toe extension and foot eversion left 2" in text.lower()
    jerks = "findings: {reflexes.knee: 3+, reflexes.finger_flexor: 3+, reflexes.medial_hamstring: 3+}"
    assert "Knee, finger flexor and medial hamstring jerk 3+ both sides." in text_of(make(jerks), form)


def test_a_row_of_grades_says_what_its_cell_has_no_room_for(form: Form, make: Make) -> None:
    lines = (
        "findings:\n  reflexes.brachioradialis: {both: {grade: 1+, inverted: yes}}\n"
        "  strength.triceps.L: {grade: 3, qualifiers: [give_way]}\n"
    )
    said = note(build(make(lines), form, app_version="0"), "bullets").splitlines()
    assert "- Brachioradialis jerk: both sides 1+, inverted" in said
    assert "- Elbow extension: R not recorded, L 3 (give-way)" in said


def test_the_totals_of_what_is_abnormal_stand_at_the_head(form: Form, make: Make) -> None:
    items = "{gait: 3, stance: 3, sitting: 1, speech: 2, finger_chase: {R: 1, L: 1}, nose_finger: {R: 2, L: 2}"
    sara = f"scales: {{sara: {items}, alternating: {{R: 2, L: 1}}, heel_shin: {{R: 2, L: 2}}}}}}\n"
    line = text_of(make(f"findings: {{mental.gcs: {{e: 4, v: 5, m: 6}}}}\n{sara}"), form, "handover")
    assert "Scores: SARA: 15.5 of 40; not the official form. " in line
    assert "GCS" not in line


def test_movements_of_one_source_share_a_sentence_at_the_head_and_never_with_another_source(
    form: Form, make: Make
) -> None:
    lines = (
        "movement_observation: {seen: yes, minutes: 5, states: [rest_seated]}\nmovements:\n"
        "  - {phenomenology: chorea, sites: [tongue], source: patient}\n"
        "  - {phenomenology: dystonia, sites: [foot_R], source: observed}\n"
        "  - {phenomenology: tic_motor, sites: [eyelids], source: observed}\n"
    )
    line = text_of(make(lines), form, "handover")
    assert (
        "Observed: dystonia of the right foot; motor tic of the eyelids. "
        "Not observed, reported by the patient: chorea of the tongue."
    ) in line
    assert "Abnormal movement was seen" not in line
    told = lines[: lines.index("  - {phenomenology: dystonia")]
    assert "Abnormal movement was seen. Not observed, reported by the patient: chorea" in text_of(
        make(told), form, "handover"
    )

"""What the report says of particular findings: reasons, scopes, movements, reference figures, notes, credits."""

from __future__ import annotations

import pytest

from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.report import build, note
from tests.report.conftest import Make

HOSTILE = "<b>מימין</b> שמאל & \U0001f9e0 {name} %s"


def text_of(record: ExamRecord, form: Form) -> str:
    """The bullets without line breaks."""
    return " ".join(note(build(record, form, app_version="0"), "bullets").split())


def test_every_reason_is_named_with_its_item_and_its_side(form: Form, make: Make) -> None:
    text = text_of(
        make(
            "findings:\n"
            "  strength.fdi.R: {unable: cast_or_dressing}\n"
            "  gait.heel_walk: {unable: unsafe}\n"
            "  gait.toe_walk: {unable: unsafe}\n"
            "  gait.romberg: {not_examined: time}\n"
            "  tone.neck: {unable: other, text: wears a collar}\n"
        ),
        form,
    )
    assert (
        "Unable: neck (wears a collar); finger abduction right (cast or dressing); "
        "heel and toe walk both sides (unsafe)."
    ) in text
    assert "Not examined: Romberg (no time)." in text
    assert "Nothing was examined." in text


def test_core_items_without_a_finding_are_named_by_section_with_their_sides(form: Form, make: Make) -> None:
    text = text_of(make("findings: {strength.ecr_longus.R: 5}\nrest_normal: [tone, reflexes]"), form)
    missing = text[text.index("Not recorded:") : text.index("Core set of this app")]
    assert "wrist extension L," in missing
    assert "shoulder abduction R L," in missing
    assert "Tone" not in missing
    assert "Items beyond the core set were examined only where a finding is given." in text


def test_a_field_that_could_not_be_tested_is_named_among_the_unable(form: Form, make: Make) -> None:
    text = text_of(make("findings: {tone.wrist.L: {quality: spasticity, mas: {unable: pain}}}"), form)
    assert "Unable: wrist left, MAS (pain)." in text


def test_items_outside_the_scope_are_not_called_missing_and_their_findings_print_apart(form: Form, make: Make) -> None:
    text = text_of(make("scope: screening\nfindings: {strength.triceps.R: 3, gait.tug: {seconds: 9}}"), form)
    assert "Scope: screening. Items outside this scope were not part of the examination." in text
    apart = text[text.index("ALSO RECORDED, OUTSIDE THE SCOPE") :]
    assert "Timed Up and Go" in apart
    assert "Timed Up and Go" not in text[: text.index("ALSO RECORDED")]


def test_an_answer_whose_condition_no_longer_holds_still_prints(form: Form, make: Make) -> None:
    text = text_of(make("findings: {tone.wrist.R: {quality: normal, mas: 2}}"), form)
    assert "wrist, right: normal, MAS 2" in text.lower().replace("mas", "MAS")


def test_a_guest_is_said_once_at_home_and_the_section_that_shows_it_says_where(form: Form, make: Make) -> None:
    text = text_of(make("findings: {strength.trapezius_upper.L: 3, cranial.palate: normal}"), form)
    strength, cranial = text.index("STRENGTH (MRC)"), text.index("CRANIAL NERVES")
    assert "Accessory nerve (XI): see Strength (MRC)." in text[cranial:strength]
    assert "shoulder shrug" not in text[cranial:strength].lower()
    assert text[strength:].lower().count("shoulder shrug") == 1
    assert "see Strength" not in text_of(make("findings: {cranial.palate: normal}"), form)
    alone = text_of(make("findings: {strength.sternomastoid.R: {not_examined: time}}"), form)
    assert "CRANIAL NERVES - Not recorded. - Accessory nerve (XI): see Strength (MRC)." in alone
    outside = text_of(make("scope: screening\nfindings: {strength.trapezius_upper.L: 3}"), form)
    assert "see Strength" not in outside, "it stands among what was also recorded"


def test_normal_asserted_without_its_number_says_so(form: Form, make: Make) -> None:
    text = text_of(make("findings: {gait.tandem: normal}"), form)
    assert "Asserted normal: tandem (count not recorded)." in text
    assert "Asserted normal: 1 of 1 findings" in text
    assert "0 missteps" not in text


def test_a_section_with_an_abnormal_finding_counts_its_normal_places(form: Form, make: Make) -> None:
    text = text_of(make("findings: {tone.neck: {quality: dystonic}}\nrest_normal: [tone]"), form)
    assert "All 11 core findings examined. - Neck: dystonic. - Normal in the 5 other places tested." in text
    one = text_of(make("findings: {tone.neck: {quality: dystonic}, tone.wrist.R: normal}"), form)
    assert "2 of 11 core findings examined. - Neck: dystonic. - Normal in the one other place tested." in one


@pytest.mark.parametrize(
    ("birth_date", "seconds", "said"),
    [
        (
            "1960-01-01",
            "13.6",
            "13.6 s; slower than average for 60–69 y (mean 8.1 s, 95 % CI of the mean 7.1–9.0; Bohannon",
        ),
        ("1960-01-01", "9", "9 s; not slower than average for 60–69 y"),
        ("1996-08-18", "13.6", "13.6 s; no reference for 30 y"),
        (None, "13.6", "13.6 s; no comparison without the age"),
    ],
)
def test_a_timed_test_stands_beside_the_figures_of_its_age(
    birth_date: str | None, seconds: str, said: str, form: Form, make: Make
) -> None:
    born = f", birth_date: {birth_date}" if birth_date else ""
    record = make(
        f"patient: {{family_name: Specimen{born}}}\n"
        "encounter: {started_at: 2026-11-22T09:20:00+01:00}\n"
        f"findings: {{gait.tug: {{seconds: {seconds}}}}}"
    )
    text = text_of(record, form)
    assert f"Timed Up and Go {said}" in text
    assert "Reference table Timed Up and Go, Bohannon 2006, version 1, not clinically reviewed." in text
    if birth_date == "1960-01-01":
        assert "Bohannon 2006), not clinically reviewed." in text
    judged = text[: text.index("IMPRESSION")]
    assert ("Measured, not judged: Timed Up and Go" in judged) == (not said.startswith("9 s"))


@pytest.mark.parametrize(
    ("findings", "said", "first"),
    [
        (
            "sensation.vibration_hallux: {R: {eighths: 3}, L: {eighths: 3}}",
            "Vibration at the hallux 3/8 both sides; below the published lower limit of 3.5/8 for 61–85 y, not clinic",
            "vibration at the hallux 3/8 both sides.",
        ),
        (
            "sensation.vibration_hallux: {R: {eighths: 3}, L: {eighths: 5}}",
            "Vibration at the hallux right 3/8; below the published lower limit of 3.5/8 for 61–85 y, not clinically "
            "reviewed. - Vibration at the hallux left 5/8; not below the published lower limit of 3.5/8 for 61–85 y",
            "vibration at the hallux right 3/8.",
        ),
        (
            "gait.10mwt: {seconds: 12, distance_m: 10}",
            "Walking speed: 0.83 m/s; not faster than the mean at the usual pace for 60–69 y (1.24 m/s; Bohannon and",
            "10-metre walk 12 s over 10 m.",
        ),
    ],
    ids=["the same on both sides", "different", "a score"],
)
def test_a_number_is_compared_once_where_both_sides_compare_alike(
    findings: str, said: str, first: str, form: Form, make: Make
) -> None:
    record = make(
        "patient: {family_name: Specimen, birth_date: 1960-03-02, sex: female}\n"
        "encounter: {started_at: 2026-11-22T09:20:00+01:00}\n"
        f"findings: {{{findings}}}"
    )
    text = text_of(record, form)
    assert said in text
    assert f"Measured, not judged: {first}" in text
    assert text.count("Reference table") == 1


def test_below_twelve_years_a_notice_stands_at_the_head(form: Form, make: Make) -> None:
    lines = "patient: {{family_name: Specimen, birth_date: {}}}\nencounter: {{started_at: 2026-11-22T09:20:00+01:00}}"
    notice = "The patient is younger than 12 years."
    assert notice in text_of(make(lines.format("2014-11-23")), form)
    assert notice not in text_of(make(lines.format("2014-11-22")), form)


MOVEMENTS = """\
movement_observation: {seen: none, minutes: 6, states: [rest_seated, posture, action]}
movements:
  - {phenomenology: chorea, sites: [whole_body], source: patient, context: levodopa_peak}
  - phenomenology: dystonia
    sites: [hand_R, {neck: L}]
    source: observed
    states: [writing]
    sensory_trick: {what: touch to the wrist, side: R, effect: partial}
    episode: {duration: 60-90 s, count: 3, within: 48 h, awareness: [kept, kept, altered]}
"""


def test_seen_and_told_movements_are_never_mixed(form: Form, make: Make) -> None:
    text = text_of(make(MOVEMENTS), form)
    section = text[text.index("OBSERVED MOVEMENTS") :]
    watched = "No abnormal movement was seen during 6 min of observation seated at rest, in posture and with action."
    seen = section.index("Observed: dystonia of the right hand and neck (left side)")
    told = section.index("Not observed, reported by the patient: chorea of the whole body")
    assert section.index(watched) < seen < told
    for detail in ("touch to the wrist on the right, partial effect", "60-90 s", "at the peak of the levodopa effect"):
        assert detail in section
    assert "touch to the wrist" in section[seen:told]


def test_the_distribution_names_its_rule_its_sites_and_the_examiners_own(form: Form, make: Make) -> None:
    override = "distribution_override: {result: focal, reason: hand only}\n"
    told = "  - {phenomenology: dystonia, sites: [foot_L], source: caregiver}\n"
    text = text_of(make(MOVEMENTS + told + override), form)
    assert "Distribution of dystonia by app rule DYS-DIST v1: segmental; sites: neck (left side) and right arm." in text
    assert "With reported movements: multifocal; sites: neck (left side), right arm and left leg." in text
    assert "Distribution given by the examiner: focal. Reason: hand only." in text


def test_a_mark_on_the_movements_as_a_whole_is_said(form: Form, make: Make) -> None:
    record = make(MOVEMENTS)
    marked = record.findings["movements.entries"].model_copy(update={"qualifiers": ("uncertain",)})
    record = record.model_copy(update={"findings": {**record.findings, "movements.entries": marked}})
    assert "Movements: uncertain." in text_of(record, form)


def test_an_empty_list_says_that_there_was_none(form: Form, make: Make) -> None:
    assert "No movement was reported or recorded." in text_of(make("movements: none"), form)


def test_notes_keep_their_words_and_say_what_they_belong_to(form: Form, make: Make) -> None:
    lines = 'findings: {strength.triceps.R: {grade: 3, qualifiers: [pain_limited], note: "after\\n\\nthe fall"}}\n'
    whole = note(build(make(lines + "section_notes: {strength: tired}"), form, app_version="0"), "bullets")
    assert "- Note on elbow extension, right: after\n\n  the fall\n" in whole
    assert "- Note: tired\n" in whole
    assert "- Elbow extension: R 3 (pain-limited), L not recorded\n" in whole


def test_hostile_words_keep_to_their_lines(form: Form, make: Make) -> None:
    record = make("findings:\n").model_copy(update={"impression": f"{HOSTILE}\n{HOSTILE}"})
    document = build(record, form, app_version="0")
    assert note(document, "bullets").count(HOSTILE + "\n") == 2
    assert note(document, "handover").count("\n") == 1
    assert HOSTILE in note(document, "handover")
    assert note(document, "prose", ascii=True).isascii()


def test_only_the_scales_that_were_used_are_credited(form: Form, make: Make) -> None:
    text = text_of(make("findings: {strength.triceps.R: 3}"), form)
    assert "MRC scale used with the permission of the Medical Research Council." in text
    assert "Ashworth" not in text
    assert "0 of 1 item used is clinically reviewed." in text
    assert "A tool for recording and teaching. It does not diagnose and is not a medical device. From 12 years." in text

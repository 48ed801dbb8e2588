"""Findings files: what a person may write, and how everything else is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.core.errors import UserError
from exam_app.core.files.findings_file import read_findings
from exam_app.core.form.form import Form
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord, NotExamined, Unable
from exam_app.core.wording.finding_words import finding_text

ENVELOPE = "patient: {family_name: Specimen}\nencounter: {started_at: 2026-11-22T09:00:00+01:00}\n"


def read(form: Form, text: str) -> ExamRecord:
    """A findings file with the usual envelope before the text."""
    return read_findings((ENVELOPE + text).encode(), "findings.yaml", form)


def faults(form: Form, text: str | bytes) -> list[str]:
    """The faults of a whole file."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(UserError) as raised:
        read_findings(data, "findings.yaml", form)
    assert raised.value.code == "findings_refused"
    return [str(fault) for fault in raised.value.faults]


def text_at(form: Form, record: ExamRecord, address: str) -> str:
    """The finding at an address in words."""
    return finding_text(form.addresses[address], record.findings[address], form)


def test_a_scalar_stands_for_both_sides(form: Form) -> None:
    record = read(form, "findings: {strength.deltoid: 5}")
    assert set(record.findings) == {"strength.deltoid.R", "strength.deltoid.L"}


def test_five_is_the_same_however_it_is_quoted(form: Form) -> None:
    plain, single, double = (read(form, f"findings: {{strength.deltoid: {five}}}") for five in ("5", "'5'", '"5"'))
    assert plain == single == double


def test_zero_is_a_finding(form: Form) -> None:
    record = read(form, "findings: {strength.deltoid.R: 0, reflexes.clonus_ankle.R: {beats: 0}}")
    assert text_at(form, record, "strength.deltoid.R") == "0"
    assert text_at(form, record, "reflexes.clonus_ankle.R").startswith("0")


def test_sides_qualifiers_and_notes_are_kept(form: Form) -> None:
    record = read(
        form,
        'findings: {strength.triceps: {R: {grade: 4-, qualifiers: [pain_limited], note: "after the fall"}, L: 4+}}',
    )
    right = record.findings["strength.triceps.R"]
    assert isinstance(right, Examined)
    assert (right.qualifiers, right.note) == (("pain_limited",), "after the fall")
    assert text_at(form, record, "strength.triceps.L") == "4+"


def test_the_reason_decides_the_state(form: Form) -> None:
    record = read(
        form,
        "findings: {strength.fdi.R: {unable: cast_or_dressing}, strength.fdi.L: {unable: time}, "
        "strength.deltoid.R: {not_examined: pain}, strength.deltoid.L: {not_examined: other, text: asked to stop}}",
    )
    states = [type(record.findings[f"strength.{each}"]) for each in ("fdi.R", "fdi.L", "deltoid.R", "deltoid.L")]
    assert states == [Unable, NotExamined, Unable, NotExamined]


def test_the_reason_other_needs_its_text(form: Form) -> None:
    found = faults(form, ENVELOPE + "findings:\n  strength.fdi.R: {unable: other}\n")
    assert found == ["findings.yaml:4: 'strength.fdi.R': the reason 'other' needs its text"]


def test_rows_and_ranges_run_along_the_levels(form: Form) -> None:
    record = read(form, "findings: {sensation.light_touch: {C6-C8: 1, L5.R: 0, C5-T1.L: 2}}".replace("C5-T1.L", "T1.L"))
    touch = {address: text_at(form, record, address) for address in record.findings}
    assert touch == {
        **{f"sensation.light_touch_{level}.{side}": "1" for level in ("C6", "C7", "C8") for side in "RL"},
        "sensation.light_touch_L5.R": "0",
        "sensation.light_touch_T1.L": "2",
    }


def test_the_last_level_may_carry_a_hyphen(form: Form) -> None:
    record = read(form, "findings: {sensation.pinprick: {S3-S4-5.R: 1}}")
    assert set(record.findings) == {"sensation.pinprick_S3.R", "sensation.pinprick_S4-5.R"}


def test_n_of_n_and_cannot_are_answers(form: Form) -> None:
    record = read(form, "findings: {sensation.joint_position_hallux: 7/10, gait.tandem: cannot, gait.romberg: cannot}")
    assert text_at(form, record, "sensation.joint_position_hallux.L") == "7/10"
    assert text_at(form, record, "gait.tandem") == "cannot (tried)"


def test_normal_without_a_count_is_asserted_and_carries_no_number(form: Form) -> None:
    record = read(form, "findings: {gait.tandem: normal}")
    assert record.findings["gait.tandem"] == AssertedNormal(entered="imported")
    assert text_at(form, record, "gait.tandem") == "normal (count not recorded)"


@pytest.mark.parametrize("order", ["before", "after"])
def test_explicit_findings_beat_rest_normal_whatever_the_order(form: Form, order: str) -> None:
    parts = ["rest_normal: [strength]\n", "findings: {strength.triceps.R: 4-}\n"]
    record = read(form, "".join(parts if order == "before" else reversed(parts)))
    assert text_at(form, record, "strength.triceps.R") == "4−"
    assert record.findings["strength.triceps.L"] == AssertedNormal(entered="macro")


def test_sections_normal_says_the_same_as_rest_normal(form: Form) -> None:
    assert read(form, "rest_normal: [gait]") == read(form, "sections_normal: [gait]")


def test_rest_normal_asserts_no_number_time_or_count(form: Form) -> None:
    record = read(form, f"rest_normal: [{', '.join(form.section_by_id)}]")
    never = ("gait.tug", "gait.pull_test", "sensation.joint_position_hallux.R", "reflexes.clonus_ankle.R")
    assert not set(never) & set(record.findings)
    assert not [address for address in record.findings if form.addresses[address].folded]


def test_the_record_number_keeps_its_zeros(form: Form) -> None:
    text = "patient: {family_name: Specimen, mrn: 0041187}\nencounter: {started_at: 2026-11-22T09:00:00+01:00}\n"
    assert read_findings(text.encode(), "f", form).patient.mrn == "0041187"


def test_on_and_no_stay_what_they_are(form: Form) -> None:
    text = "patient: {family_name: No}\nencounter: {started_at: 2026-11-22T09:00:00Z, medication_state: ON}\n"
    record = read_findings(text.encode(), "f", form)
    assert (record.patient.family_name, record.encounter.medication_state) == ("No", "ON")


def test_every_fault_is_named_at_once_with_its_line(form: Form) -> None:
    text = """\
scope: everything
patient: {family_name: Specimen, birth_date: 1965-02-30, shoe: 4}
encounter: {started_at: yesterday}
findings:
  strength.deltoid: 9
  strength.deltoidus: 5
  strength.triceps: {R: 4, X: 5}
  tone.neck.R: normal
  sensation.light_touch: {C6-C99: 1}
  gait.tandem: {missteps: -3}
  gait.tug: {seconds: soon}
  gait.device: {unable: nonsense}
  gait.romberg: {result: positive, foo: bar}
  strength.biceps.R: 5
  strength.biceps: {R: 4}
rest_normal: [nowhere]
bogus: 1
movements:
  - {phenomenology: wobble, sites: [hand], source: observed}
  - {phenomenology: dystonia, sites: [{larynx: R}], source: observed}
"""
    lines = [int(fault.split(":")[1]) for fault in faults(form, text)]
    assert lines == [1, 2, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 19, 19, 20]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("strength.deltoid: 5\n  strength.deltoid: 4", "stands here again"),
        ("strength.deltoid: &a 5", "anchors"),
        ("strength.deltoid: *a", "alias"),
        ("strength.deltoid: !!int 5", "tags"),
        ("strength.deltoid: [5", "not valid YAML"),
        ("? [strength.deltoid]\n  : 5", "a key must be text"),
    ],
)
def test_yaml_that_could_mean_two_things_is_refused(form: Form, text: str, reason: str) -> None:
    assert any(reason in fault for fault in faults(form, f"{ENVELOPE}findings:\n  {text}\n"))


@pytest.mark.parametrize(
    "name",
    ["a\\u0007b", "a\\u202eb", "a\\u200bb", "a\\nb", "a\\uFFFEb", "x" * 201, "", " "],
    ids=["control", "right to left override", "invisible", "line break", "no character", "too long", "empty", "blank"],
)
def test_a_name_that_cannot_be_read_or_printed_is_refused(form: Form, name: str) -> None:
    text = f'patient: {{family_name: "{name}"}}\nencounter: {{started_at: 2026-11-22T09:00:00+01:00}}\n'
    assert len(faults(form, text)) == 1


@pytest.mark.parametrize("name", ["<b>&amp;</b>", "Ünïcode Ελληνικά", "עברית", "🙂", "Robert'); DROP TABLE"])
def test_any_readable_text_is_kept_as_typed(form: Form, name: str) -> None:
    text = f'patient: {{family_name: "{name}"}}\nencounter: {{started_at: 2026-11-22T09:00:00+01:00}}\n'
    assert read_findings(text.encode(), "f", form).patient.family_name == name


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe",
        b"patient: \xed\xa0\x80",
        b'patient: "\\ud800"',
        b"\x00",
        b"",
        b"- 1",
        b"--- 1\n--- 2\n",
        b"[" * 5000,
    ],
    ids=["no utf-8", "surrogate", "escaped surrogate", "nul", "empty", "list", "two documents", "deep"],
)
def test_what_is_no_findings_file_is_a_sentence(form: Form, data: bytes) -> None:
    assert faults(form, data)


@pytest.mark.parametrize(
    ("birth", "started", "part"),
    [
        ("2027-01-01", "2026-11-22T09:00:00+01:00", "lies after the examination"),
        ("1850-01-01", "2026-11-22T09:00:00+01:00", "130 years"),
        ("1965-13-01", "2026-11-22T09:00:00+01:00", "birth_date"),
        ("0041187", "2026-11-22T09:00:00+01:00", "birth_date"),
        ("1965-03-02", "2026-11-22T09:00:00", "offset"),
        ("1965-03-02", "2026-11-22T25:00:00+01:00", "started_at"),
    ],
)
def test_impossible_dates_are_refused(form: Form, birth: str, started: str, part: str) -> None:
    text = f"patient: {{family_name: Specimen, birth_date: {birth}}}\nencounter: {{started_at: {started}}}\n"
    (fault,) = faults(form, text)
    assert part in fault


def test_a_fault_never_repeats_the_patient(form: Form) -> None:
    text = "patient: {family_name: Specimen, mrn: [Specimen]}\nencounter: {started_at: Specimen}\n"
    assert not [fault for fault in faults(form, text) if "Specimen" in fault]


def test_a_note_that_is_too_long_is_refused_whole(form: Form) -> None:
    (fault,) = faults(form, f"{ENVELOPE}findings:\n  strength.deltoid.R: {{grade: 4, note: {'x' * 501}}}\n")
    assert "500" in fault


def test_a_teaching_case_is_read_without_its_card(form: Form) -> None:
    assert read(form, "case: {title: x}\ncard: {age: 48}\nkey: {}\nteaching: words\nexpect: {}\n").findings == {}


@given(st.binary(max_size=200))
def test_no_bytes_make_more_than_a_refusal(form: Form, data: bytes) -> None:
    with pytest.raises(UserError):
        read_findings(data, "findings.yaml", form)


CASE_TEXTS = [path.read_bytes() for path in sorted((Path(__file__).parents[2] / "forms" / "cases").glob("*.yaml"))]


@given(st.sampled_from(CASE_TEXTS), st.data())
def test_a_damaged_case_is_read_or_refused_but_never_breaks(form: Form, text: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    cut = data.draw(st.integers(0, 40))
    damaged = text[:start] + data.draw(st.binary(max_size=6)) + text[start + cut :]
    try:
        read_findings(damaged, "case.yaml", form)
    except UserError as error:
        assert error.faults

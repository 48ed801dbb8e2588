"""The axes of dystonia: only what is recorded, and "not recorded" for the rest."""

from __future__ import annotations

import pytest
from hypothesis import given

from exam_app.core.derived.axes import Axes, age_at_onset, axes, axes_json
from exam_app.core.derived.derived import derived
from exam_app.core.derived.distribution import ENTRIES
from exam_app.core.files.findings_file import read_findings
from exam_app.core.form.form import Form
from exam_app.core.record.mirror import mirrored
from exam_app.core.record.record import ExamRecord
from exam_app.report.axes import axes_sentences
from exam_app.report.view import View
from tests.strategies import records

DYSTONIA = "movements: [{phenomenology: dystonia, sites: [neck], source: observed}]\n"


def record_of(form: Form, text: str, born: str = "2000-06-15") -> ExamRecord:
    """A record of a patient born on that day, examined on 22 November 2026."""
    head = f"patient: {{family_name: Specimen, birth_date: {born}}}\n" if born else "patient: {family_name: Specimen}\n"
    envelope = f"{head}encounter: {{started_at: 2026-11-22T09:00:00+01:00}}\n"
    return read_findings((envelope + text).encode(), "findings.yaml", form)


def of(form: Form, text: str) -> Axes:
    """The axes of a record, which must have some."""
    found = axes(record_of(form, text), form)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("onset", "youngest", "oldest", "band"),
    [
        ("2002", 1, 2, "infancy"),
        ("2003", 2, 3, None),
        ("2003-06", 2, 3, None),
        ("2003-06-14", 2, 2, "infancy"),
        ("2003-06-15", 3, 3, "childhood"),
        ("2012", 11, 12, "childhood"),
        ("2013-06-14", 12, 12, "childhood"),
        ("2013-06-15", 13, 13, "adolescence"),
        ("2021-06-14", 20, 20, "adolescence"),
        ("2021-06-15", 21, 21, "early_adulthood"),
        ("2026", 25, 26, "early_adulthood"),
        ("2000", 0, 0, "infancy"),
    ],
)
def test_the_band_of_the_age_at_onset_is_said_only_where_the_dates_settle_it(
    form: Form, onset: str, youngest: int, oldest: int, band: str | None
) -> None:
    found = age_at_onset(record_of(form, f"{DYSTONIA}history: {{onset: {{date: {onset}}}}}"))
    assert found is not None
    assert (found.youngest, found.oldest, found.band) == (youngest, oldest, band)


def test_an_onset_in_the_year_of_the_visit_lies_before_the_visit(form: Form) -> None:
    found = age_at_onset(record_of(form, "history: {onset: {date: 2026}}", born="2005-12-10"))
    assert found is not None and (found.youngest, found.oldest, found.band) == (20, 20, "adolescence")


@pytest.mark.parametrize(("onset", "band"), [("1940-06-14", "early_adulthood"), ("1941-06-15", "late_adulthood")])
def test_late_adulthood_begins_at_41(form: Form, onset: str, band: str) -> None:
    found = age_at_onset(record_of(form, f"history: {{onset: {{date: {onset}}}}}", born="1900-06-15"))
    assert found is not None and found.band == band


def test_without_a_birth_date_or_an_onset_or_before_birth_there_is_no_age(form: Form) -> None:
    assert age_at_onset(record_of(form, "history: {onset: {date: 2019}}", born="")) is None
    assert age_at_onset(record_of(form, "history: {onset: {mode: insidious}}")) is None
    assert age_at_onset(record_of(form, "history: {onset: {date: 1999}}")) is None


def test_without_dystonia_there_are_no_axes(form: Form) -> None:
    record = record_of(form, "movements: [{phenomenology: chorea, sites: [neck], source: observed}]")
    assert axes(record, form) is None
    assert derived(record, form)["axes"] is None


def test_what_is_not_recorded_is_null_and_says_so(form: Form) -> None:
    record = record_of(form, DYSTONIA)
    found = axes_json(record, form)
    assert found is not None
    assert found["axis_1"] == {
        "age_at_onset": None,
        "distribution": "focal",
        "seen": True,
        "course": None,
        "variability": None,
        "isolated": True,
        "isolated_as_judged": False,
        "other_movements": [],
        "further_signs": [],
    }
    assert found["axis_2"] == {"pathology": None, "cause": None}
    assert "M" in found["sources"] and found["reviewed"] is False
    (said,) = axes_sentences(View(record, form))
    assert said.text == (
        "Dystonia, axis I (as recorded): onset age not recorded; distribution focal; course not recorded; "
        "variability not recorded; isolated (no other movement recorded, tremor apart); "
        "no abnormal finding recorded in other sections (not yet clinically reviewed)."
    )
    assert said.addresses == (ENTRIES,)


def test_tremor_keeps_dystonia_isolated_and_chorea_combines_it(form: Form) -> None:
    one = "{phenomenology: dystonia, sites: [neck], source: observed}"
    tremor = "{phenomenology: tremor_postural, sites: [hand_R], source: observed}"
    chorea = "{phenomenology: chorea, sites: [hand_R], source: observed}"
    assert of(form, f"movements: [{one}, {tremor}]").isolated is True
    both = of(form, f"movements: [{one}, {tremor}, {chorea}]")
    assert (both.isolated, both.others) == (False, ("chorea",))


def test_the_examiners_own_word_on_isolated_or_combined_stands_before_what_follows(form: Form) -> None:
    record = record_of(form, f"{DYSTONIA}findings: {{movements.associated: combined}}")
    found = axes(record, form)
    assert found is not None and (found.isolated, found.is_judged) == (False, True)
    assert "combined in the examiner’s judgement" in axes_sentences(View(record, form))[0].text


def test_dystonia_that_was_only_told_is_not_called_isolated_or_seen(form: Form) -> None:
    found = of(form, "movements: [{phenomenology: dystonia, sites: [foot_R], source: patient}]")
    assert (found.isolated, found.is_seen, found.distribution) == (None, False, "focal")


def test_the_examiners_own_distribution_stands_before_the_rules(form: Form) -> None:
    found = of(form, f"{DYSTONIA}distribution_override: {{result: segmental, reason: own}}")
    assert found.distribution == "segmental"


def test_other_abnormal_findings_are_named_by_section_and_the_alert_card_is_none(form: Form) -> None:
    more = "alert: {stridor: yes}\nfindings: {reflexes.plantar: extensor, strength.deltoid: 4}"
    found = of(form, DYSTONIA + more)
    assert found.further_signs == ("strength", "reflexes")
    assert "alert.stridor" not in found.addresses


def test_the_second_axis_is_said_where_it_is_recorded_and_nothing_is_worked_out(form: Form) -> None:
    record = record_of(form, f"{DYSTONIA}history: {{axis_2: {{pathology: neither}}}}")
    first, second = (sentence.text for sentence in axes_sentences(View(record, form)))
    assert first.startswith("Dystonia, axis I (as recorded)")
    assert second == ("Dystonia, axis II (as recorded): neither degeneration nor a static lesion; cause not recorded.")


def test_the_axes_of_a_mirrored_record_differ_in_the_side_alone(form: Form) -> None:
    @given(records(form, always=(ENTRIES,)))
    def holds(record: ExamRecord) -> None:
        here, there = axes(record, form), axes(mirrored(record), form)
        if here is None or there is None:
            assert here == there
            return
        assert (here.age, here.isolated, here.others) == (there.age, there.isolated, there.others)
        assert here.further_signs == there.further_signs

    holds()

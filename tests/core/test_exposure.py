"""The exposure check: windows from whole and partial dates, three answers, and never a guess."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.core.derived.exposure import Answer, Days, Exposure, Setting, check, days_of, either, exposure, moved
from exam_app.core.files.findings_file import read_findings
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ListKind
from exam_app.core.record.record import ExamRecord
from exam_app.core.record.values import ChoiceValue, DateValue, GroupValue, NumberValue, TextValue, Value
from exam_app.core.wording import exposure_words
from exam_app.report.build import build
from exam_app.report.exposure import exposure_sentences
from exam_app.report.note import note
from exam_app.report.view import View

TODAY = datetime.date(2026, 11, 22)
CASES = Path(__file__).resolve().parents[2] / "forms" / "cases"
DATES = ("start", "stop", "last_dose", "restarted")
CHOICES = ("still_taken", "changed_within_3_months", "stopped_and_restarted")
NO_CHANGE = {"changed_within_3_months": "no", "stopped_and_restarted": "no"}


def entry(drug: str = "haloperidol", **given: str) -> dict[str, Value]:
    fields: dict[str, Value] = {"drug": TextValue(text=drug)}
    for name, text in given.items():
        if name in DATES:
            fields[name] = DateValue(date=text)
        elif name in CHOICES:
            fields[name] = ChoiceValue(token=text)
        elif name == "latency":
            number, unit = text.split()
            fields[name] = NumberValue(number=float(number), unit=unit)
        else:
            day = {"date": DateValue(date=text)} if text else {}
            fields["change"] = GroupValue(fields={"what": ChoiceValue(token=name), **day})
    return fields


def looked_at(form: Form, fields: Mapping[str, Value], onset: str | None = None, age: int | None = 50) -> Exposure:
    return exposure(fields, form.drugs, Setting(TODAY, onset, age))


def answers(found: Exposure) -> dict[str, Answer]:
    return {window.id: answer for window, answer in found.windows}


def state(form: Form, window: str, fields: Mapping[str, Value], onset: str | None = None, age: int | None = 50) -> str:
    return answers(looked_at(form, fields, onset, age))[window].state


@pytest.mark.parametrize(
    ("start", "onset", "wanted"),
    [
        ("2026-11-01", "2026-11-08", "holds"),
        ("2026-11-01", "2026-11-09", "does_not_hold"),
        ("2026-11-01", "2026-11-01", "holds"),
        ("2026-11-01", "2026-10-31", "does_not_hold"),
        ("2026-11-01", "2026-11", "unknown"),
        ("2026-11", "2026-11-20", "unknown"),
        ("2026-11", "2026-10", "does_not_hold"),
        ("2026-05", "2026-11", "does_not_hold"),
        ("2026-11-20", "2026-11", "unknown"),
    ],
)
def test_the_acute_window_is_seven_days_from_the_start(form: Form, start: str, onset: str, wanted: str) -> None:
    assert state(form, "acute", entry(start=start, **NO_CHANGE), onset) == wanted


def test_a_latency_that_was_told_needs_no_dates(form: Form) -> None:
    assert state(form, "acute", entry(latency="2 d", **NO_CHANGE)) == "holds"
    assert state(form, "acute", entry(latency="30 h", **NO_CHANGE)) == "holds"
    assert state(form, "acute", entry(latency="2 weeks", **NO_CHANGE)) == "does_not_hold"
    assert state(form, "parkinsonism", entry(latency="2 weeks", **NO_CHANGE)) == "holds"
    assert answers(looked_at(form, entry(latency="1 months", **NO_CHANGE)))["parkinsonism"].state == "unknown"


def test_a_raise_counts_like_a_start(form: Form) -> None:
    told = {"start": "2020-01-01", "changed_within_3_months": "yes", "stopped_and_restarted": "no"}
    assert state(form, "acute", entry(**told, raised="2026-11-10"), "2026-11-12") == "holds"
    assert state(form, "acute", entry(**told, lowered="2026-11-10"), "2026-11-12") == "does_not_hold"
    assert state(form, "withdrawal", entry(**told, lowered="2026-11-10"), "2026-11-12") == "holds"


@pytest.mark.parametrize("changed", ["yes", "unknown", None])
def test_a_change_that_was_not_denied_may_have_been_at_any_time_of_the_three_months(
    form: Form, changed: str | None
) -> None:
    told = {"start": "2020-01-01", "stopped_and_restarted": "no"}
    fields = entry(**told, **({"changed_within_3_months": changed} if changed else {}))
    recent = answers(looked_at(form, fields, "2026-11-12"))["acute"]
    assert (recent.state, recent.missing) == ("unknown", ("dose_change",))
    assert state(form, "acute", fields, "2026-07-01") == "does_not_hold"


@pytest.mark.parametrize(
    ("stop", "onset", "wanted"),
    [
        ("2026-06-01", "2026-06-10", "holds"),
        ("2026-06-01", "2026-09-02", "does_not_hold"),
        ("2026-06-01", "2026-05-30", "does_not_hold"),
        ("2026-06", "2026-06", "unknown"),
        ("2026-06", "2026-07", "holds"),
        (None, "2026-07", "unknown"),
    ],
)
def test_the_withdrawal_window_follows_a_stop(form: Form, stop: str | None, onset: str, wanted: str) -> None:
    fields = entry(start="2024-01-01", **NO_CHANGE, **({"stop": stop} if stop else {}))
    assert state(form, "withdrawal", fields, onset) == wanted


def test_nobody_who_still_takes_a_drug_at_the_same_dose_is_in_withdrawal(form: Form) -> None:
    assert state(form, "withdrawal", entry(start="2024", still_taken="yes", **NO_CHANGE)) == "does_not_hold"


@pytest.mark.parametrize(
    ("start", "stop", "wanted"),
    [
        ("2025-01-01", "2025-04-01", "holds"),
        ("2025-01-01", "2025-03-31", "does_not_hold"),
        ("2025-01", "2025-04", "unknown"),
        ("2025-01", "2025-05", "holds"),
        ("2025-01", "2025-02", "does_not_hold"),
        ("2025", None, "unknown"),
        (None, "2025-05", "unknown"),
    ],
)
def test_the_tardive_window_is_three_months_of_exposure(
    form: Form, start: str | None, stop: str | None, wanted: str
) -> None:
    dates = {name: text for name, text in (("start", start), ("stop", stop)) if text}
    assert state(form, "tardive", entry(**dates)) == wanted


def test_what_is_still_taken_is_counted_up_to_the_examination(form: Form) -> None:
    assert state(form, "tardive", entry(start="2026-08-22", still_taken="yes")) == "holds"
    assert state(form, "tardive", entry(start="2026-08-23", still_taken="yes")) == "does_not_hold"
    assert state(form, "tardive", entry(start="2026-01", last_dose="2026-08-01T08:00")) == "holds"


@pytest.mark.parametrize(("age", "wanted"), [(59, "does_not_hold"), (60, "holds"), (None, "unknown")])
def test_from_sixty_years_one_month_is_enough(form: Form, age: int | None, wanted: str) -> None:
    fields = entry(start="2026-01-01", stop="2026-02-01")
    assert state(form, "tardive_from_60", fields, age=age) == wanted
    assert state(form, "tardive", fields, age=age) == "does_not_hold"
    short = entry(start="2026-01-01", stop="2026-01-20")
    assert state(form, "tardive_from_60", short, age=None) == "does_not_hold"


def test_a_gap_that_was_told_makes_the_length_unknown_unless_the_second_time_was_long_enough(form: Form) -> None:
    told = {"start": "2025-01", "stop": "2026-06-30", "stopped_and_restarted": "yes"}
    assert answers(looked_at(form, entry(**told)))["tardive"] == Answer("unknown", ("restart",))
    assert state(form, "tardive", entry(**told, restarted="2026-03-01")) == "holds"
    assert state(form, "tardive", entry(**told, restarted="2026-06-01")) == "unknown"


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        ({"start": "2024", "stop": "2025-11-22"}, "holds"),
        ({"start": "2024", "stop": "2025-11-21"}, "does_not_hold"),
        ({"start": "2024", "stop": "2025-11"}, "unknown"),
        ({"start": "2024"}, "unknown"),
        ({"start": "2026-02"}, "holds"),
        ({"start": "2024", "still_taken": "yes"}, "holds"),
        ({}, "unknown"),
    ],
)
def test_recent_is_within_twelve_months_before_the_examination(form: Form, dates: dict[str, str], wanted: str) -> None:
    assert looked_at(form, entry(**dates)).recent.state == wanted


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        (entry("metoclopramide", start="2026-10-01", stop="2026-10-03"), "holds"),
        (entry("metoclopramide", start="2015-01-01", stop="2015-08-01"), "holds"),
        (entry("metoclopramide", start="2015-01-01", stop="2015-01-03"), "does_not_hold"),
        (entry("metoclopramide"), "unknown"),
        (entry("lithium", start="2015", still_taken="yes"), "does_not_hold"),
        (entry("tetrabenazine", start="2015", still_taken="yes"), "does_not_hold"),
        (entry("aspirin", start="2015", still_taken="yes"), "unknown"),
    ],
)
def test_the_flag_is_a_blocker_of_the_last_twelve_months_or_long_enough(
    form: Form, fields: dict[str, Value], wanted: str
) -> None:
    assert looked_at(form, fields).flag.state == wanted


def test_windows_of_blockers_are_not_worked_out_for_other_drugs(form: Form) -> None:
    assert "tardive" not in answers(looked_at(form, entry("lithium")))
    assert looked_at(form, entry("aspirin")).windows == ()


def test_a_brand_in_a_record_is_said_with_its_generic_name(form: Form) -> None:
    assert exposure_words.named(looked_at(form, entry("Haldol"))) == "haloperidol (recorded as Haldol)"


def test_an_unknown_answer_always_says_what_is_missing() -> None:
    assert either([Answer("unknown", ("start",)), Answer("does_not_hold")]) == Answer("unknown", ("start",))
    assert either([Answer("unknown", ("start",)), Answer("holds")]) == Answer("holds")
    assert either([]) == Answer("does_not_hold")


def test_a_month_later_is_the_last_day_of_a_shorter_month() -> None:
    assert moved(datetime.date(2026, 1, 31), "1 months") == datetime.date(2026, 2, 28)
    assert moved(datetime.date(2024, 2, 29), "1 years") == datetime.date(2025, 2, 28)
    assert moved(datetime.date(2026, 3, 1), "2 weeks", back=True) == datetime.date(2026, 2, 15)
    assert days_of("2024-02") == Days(datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))


def partial(day: datetime.date, parts: int) -> str:
    return day.isoformat()[: (4, 7, 10)[parts]]


days = st.dates(datetime.date(2023, 1, 1), TODAY)
parts = st.integers(0, 2)


@given(days, days, days, st.tuples(parts, parts, parts), st.integers(20, 80))
def test_less_exact_dates_never_turn_an_answer_round(
    form: Form, one: datetime.date, other: datetime.date, onset: datetime.date, exact: tuple[int, int, int], age: int
) -> None:
    start, stop = sorted((one, other))
    whole = looked_at(form, entry(start=str(start), stop=str(stop), **NO_CHANGE), str(onset), age)
    dates = {"start": partial(start, exact[0]), "stop": partial(stop, exact[1])}
    vague = looked_at(form, entry(**dates, **NO_CHANGE), partial(onset, exact[2]), age)
    for sure, less in zip(
        (*answers(whole).values(), whole.recent), (*answers(vague).values(), vague.recent), strict=True
    ):
        assert sure.state != "unknown"
        assert less.state in (sure.state, "unknown")
        assert (less.state == "unknown") == bool(less.missing)


# Records and the report -------------------------------------------------------------------------------------------


def recorded(form: Form, history: str) -> ExamRecord:
    text = (
        "scope: full\npatient: {family_name: Specimen, birth_date: 1975-01-01}\n"
        f"encounter: {{started_at: '2026-11-22T09:20:00+01:00'}}\nhistory:\n  {history}\n"
    )
    return read_findings(text.encode(), "one.yaml", form)


def sentences(form: Form, history: str) -> list[str]:
    return [sentence.text for sentence in exposure_sentences(View(recorded(form, history), form))]


def test_the_fields_that_the_check_reads_are_in_the_form(form: Form) -> None:
    item = form.items["history.exposures"]
    assert isinstance(item, ListKind)
    read = {"drug", "start", "stop", "last_dose", "still_taken", "latency", "changed_within_3_months", "change"}
    assert read | {"stopped_and_restarted", "restarted", "indication", "dose", "route"} <= set(item.by_id)
    latency = item.by_id["latency"]
    assert latency.kind == "number" and set(latency.units) == {"h", "d", "weeks", "months", "years"}


def test_a_report_names_drugs_and_windows_and_no_cause(form: Form) -> None:
    drugs = "exposures: [{drug: metoclopramide, start: 2025-08, stop: 2026-11-01}]"
    said = sentences(form, f"onset: {{date: 2026-10}}\n  {drugs}")
    assert said == [
        "Exposure to dopamine-receptor-blocking drugs: metoclopramide, 2025-08 to 2026-11-01 "
        "(taken for 3 months or more).",
        "Not established as the cause.",
        "List of drugs, version 1: groups and windows are not yet clinically reviewed.",
    ]


def test_a_report_says_which_day_is_missing(form: Form) -> None:
    first, *_rest = sentences(form, "exposures: [{drug: haloperidol, start: 2026-11, stop: 2026-11-21}]")
    assert first.endswith(
        "(not known without the day of the start and the day of the onset: "
        "onset 7 days or less after a start or raise, "
        "onset 3 months or less after a stop or a drop in dose)."
    )


def test_nothing_is_said_about_the_group_of_a_drug_that_is_in_no_list(form: Form) -> None:
    assert sentences(form, "exposures: [{drug: aspirin, start: 2020}]") == ["Not established as the cause."]
    assert sentences(form, "exposures: none") == []
    assert check(recorded(form, "exposures: none"), form).flag.state == "does_not_hold"
    assert check(recorded(form, "goals: to walk"), form).flag.missing == ("exposures",)


def test_other_drugs_stand_under_their_own_group(form: Form) -> None:
    said = sentences(form, "exposures: [{drug: Nitoman, start: 2024, stop: 2025}, {drug: lithium}]")
    assert said[:2] == [
        "Drugs that deplete dopamine: tetrabenazine (recorded as Nitoman), 2024 to 2025.",
        "Other drugs reported with movements: lithium, dates not recorded.",
    ]


def test_every_sentence_carries_the_address_of_the_drugs(form: Form) -> None:
    view = View(recorded(form, "exposures: [{drug: haloperidol}]"), form)
    assert {sentence.addresses for sentence in exposure_sentences(view)} == {("history.exposures",)}


@pytest.mark.parametrize(
    ("name", "flag"), [("C03_tardive_dyskinesia", "holds"), ("C04_levodopa_dyskinesia", "does_not_hold")]
)
def test_the_cases_with_drugs_say_what_their_histories_allow(form: Form, name: str, flag: str) -> None:
    path = CASES / f"{name}.yaml"
    record = read_findings(path.read_bytes(), path.name, form)
    assert check(record, form).flag.state == flag
    text = note(build(record, form, app_version="1"), "prose")
    assert ("(taken for 3 months or more" in text) == (flag == "holds")

"""What keys and typed text give, without any window."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import DateField, NumberField, Option, TextField
from exam_app.core.quick.typed import (
    choice_after_key,
    grade_after_key,
    how_to_write,
    measured_text,
    number_as_typed,
    value_from_text,
)
from exam_app.core.record.values import CannotValue, DateValue, NumberValue, TextValue

FORMS = Path(__file__).resolve().parents[2] / "forms"
MANY = tuple(Option(id=f"o{n}", label=str(n)) for n in range(1, 43))
FEW = MANY[:9]


@pytest.fixture(scope="module")
def form() -> Form:
    return load_form(FORMS)


def typed_in(form: Form, scale: str, keys: str) -> str | None:
    token, typed = None, ""
    for key in keys:
        given = grade_after_key(form.scales[scale], token, typed, key)
        if given is not None:
            token, typed = given, typed + key
    return token


@pytest.mark.parametrize(
    ("scale", "keys", "token"),
    [
        ("mrc", "4", "4"),
        ("mrc", "4-", "4-"),
        ("mrc", "4\u2212", "4-"),
        ("mrc", "4+", "4+"),
        ("mrc", "4-+", "4+"),
        ("mrc", "4-+-", "4-"),
        ("mrc", "34-", "4-"),
        ("mrc", "43", "3"),
        ("mrc", "5-", "5"),
        ("mrc", "-", None),
        ("mrc", "9", None),
        ("tendon", "3", "3+"),
        ("tendon", "3+", "3+"),
        ("tendon", "0", "0"),
        ("tendon", "t", "tr"),
        ("tendon", "T", "tr"),
        ("modified_ashworth", "1", "1"),
        ("modified_ashworth", "1+", "1+"),
        ("modified_ashworth", "1+1", "1"),
        ("sensory", "2", "2"),
    ],
)
def test_keys_give_a_grade(form: Form, scale: str, keys: str, token: str | None) -> None:
    assert typed_in(form, scale, keys) == token


def test_a_sign_changes_only_the_grade_just_typed(form: Form) -> None:
    assert grade_after_key(form.scales["mrc"], "4", "", "-") is None
    assert grade_after_key(form.scales["mrc"], "2", "4", "-") is None


def test_a_digit_chooses_at_once_where_no_longer_number_exists() -> None:
    assert choice_after_key(FEW, "", "3") == ("o3", "")
    assert choice_after_key(FEW, "", "0") == (None, "")
    assert choice_after_key(FEW, "", "x") == (None, "")


def test_digits_accumulate_while_a_longer_number_exists() -> None:
    assert choice_after_key(MANY, "", "1") == ("o1", "1")
    assert choice_after_key(MANY, "1", "4") == ("o14", "")
    assert choice_after_key(MANY, "4", "2") == ("o42", "")
    assert choice_after_key(MANY, "4", "9") == ("o9", "")
    assert choice_after_key(MANY, "", "7") == ("o7", "")
    assert choice_after_key(MANY, "1", "0") == ("o10", "")


@given(st.integers(1, 42))
def test_every_option_can_be_reached_by_its_number(number: int) -> None:
    token, pending = None, ""
    for key in str(number):
        token, pending = choice_after_key(MANY, pending, key)
    assert token == f"o{number}"


def test_a_number_is_read_as_its_field_asks(form: Form) -> None:
    seconds = NumberField(id="s", label="Time", kind="number", units=("s",), max=120, step=0.1, cannot=True)
    assert value_from_text(seconds, form, "13.6") == NumberValue(number=13.6)
    assert value_from_text(seconds, form, " 13.6 s ") == NumberValue(number=13.6)
    assert value_from_text(seconds, form, "cannot") == CannotValue()
    assert value_from_text(seconds, form, "121") == how_to_write(seconds, form)
    assert value_from_text(seconds, form, "two") == how_to_write(seconds, form)
    assert value_from_text(seconds, form, "") == how_to_write(seconds, form)


def test_n_of_n_pairs_ranges_and_units_are_read(form: Form) -> None:
    eighths = NumberField(id="n", label="Right answers", kind="number", max=10, of=10)
    pressure = NumberField(id="bp", label="Blood pressure", kind="number", units=("mmHg",), max=300, over=True)
    rhythm = NumberField(id="hz", label="Rhythm", kind="number", units=("s", "min"), max=90, ranged=True)
    assert value_from_text(eighths, form, "7") == NumberValue(number=7, of=10)
    assert value_from_text(eighths, form, "7/8") == NumberValue(number=7, of=8)
    assert isinstance(value_from_text(eighths, form, "9/8"), str)
    assert value_from_text(pressure, form, "168/102") == NumberValue(number=168, over=102)
    assert value_from_text(rhythm, form, "60\u201390", "s") == NumberValue(number=60, to=90, unit="s")
    assert value_from_text(rhythm, form, "60-90 min", "s") == NumberValue(number=60, to=90, unit="min")
    assert isinstance(value_from_text(rhythm, form, "60"), str)


def test_dates_may_be_partial_and_texts_have_a_limit(form: Form) -> None:
    day = DateField(id="d", label="Last", kind="date")
    assert value_from_text(day, form, "2021-08") == DateValue(date="2021-08")
    assert isinstance(value_from_text(day, form, "2021-02-30"), str)
    assert isinstance(value_from_text(day, form, "2021-08-03T09:20"), str)
    words = TextField(id="t", label="In words", kind="text", limit=5)
    assert value_from_text(words, form, "cough") == TextValue(text="cough")
    assert value_from_text(words, form, "coughs") == (
        "The text has 6 characters; at most 5 are kept. Until it is shorter it is not saved."
    )
    assert value_from_text(words, form, "a\u202eb") == "The text holds a character that cannot be kept; remove it"


def test_a_measured_time_is_rounded_to_the_steps_of_its_field() -> None:
    tenths = NumberField(id="s", label="Time", kind="number", units=("s",), max=120, step=0.1)
    assert measured_text(tenths, 13.64) == "13.6"
    assert measured_text(tenths.model_copy(update={"step": 1}), 13.64) == "14"
    assert measured_text(tenths.model_copy(update={"step": 0.5}), 13.3) == "13.5"


@given(
    st.builds(
        NumberValue,
        number=st.integers(0, 9999).map(lambda n: n / 100),
        of=st.none(),
        to=st.one_of(st.none(), st.integers(100, 200).map(float)),
        unit=st.sampled_from(["s", "min", "°"]),
    )
)
def test_a_number_written_for_editing_reads_back_the_same(value: NumberValue) -> None:
    field = NumberField(
        id="n", label="N", kind="number", units=("s", "min", "°"), min=0, max=200, step=0.01, ranged=True
    )
    assert value_from_text(field, FORM, number_as_typed(value), value.unit) == value
    assert value_from_text(field, FORM, f"{number_as_typed(value)} {value.unit}") == value


FORM = load_form(FORMS)

"""Unreviewed figures are printed and never make a value abnormal (clinical decisions 7 and 9)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from exam_app.core.derived.judgement import judge_value
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, GroupKind, Item, ListKind, NumberItem, NumberKind
from exam_app.core.form.scale import Band, ReferenceTable, Review
from exam_app.core.record.values import CannotValue, GroupValue, NumberValue, Value

ROOT = Path(__file__).resolve().parents[2]
JUDGED = {
    "alert.temp_C": "38 °C and more is the fever of clinical decision 9",
    "cranial.ptosis:mm": "a droop is there or not",
    "gait.tandem:missteps": "up to one misstep is level 0 of the SARA (S19b)",
    "gait.pull_test:steps_to_recover": "recovers within 2 steps (clinical decision 9)",
    "mental.naming": "all or not all named",
    "mental.comprehension": "all or not all done",
    "reflexes.clonus_ankle:beats": "beats are there or not",
    "reflexes.clonus_patella:beats": "beats are there or not",
    "reflexes.clonus_wrist:beats": "beats are there or not",
    "sensation.monofilament": "felt at every site or not",
    "sensation.stereognosis": "all or not all named",
}
"""The numbers that can be abnormal by themselves, and what of the finding itself says so: no reference figure."""


@cache
def form() -> Form:
    """The shipped form."""
    return load_form(ROOT / "forms")


def numbers(place: str, field: Field | Item) -> Iterator[tuple[str, NumberKind]]:
    """Every number of an item, by `item[:field]`."""
    if isinstance(field, NumberKind):
        yield place, field
    if isinstance(field, (GroupKind, ListKind)):
        for each in field.fields:
            yield from numbers(f"{place.partition(':')[0]}:{each.id}", each)


def test_a_number_is_abnormal_only_by_what_the_finding_itself_means() -> None:
    judged = {
        place
        for item_id, item in form().items.items()
        for place, number in numbers(item_id, item)
        if number.abnormal is not None
    }
    assert judged == set(JUDGED)


@pytest.mark.parametrize(
    ("item_id", "field_id", "number"),
    [
        ("gait.5xsts", "seconds", 300),
        ("gait.single_leg", None, 0),
        ("gait.turning", None, 50),
        ("gait.tug", "seconds", 300),
        ("gait.10mwt", "seconds", 300),
        ("sensation.two_point", None, 50),
        ("sensation.vibration_hallux", "eighths", 0),
        ("sensation.joint_position_hallux", None, 0),
        ("other.vital_capacity", "ml_kg", 5),
    ],
)
def test_a_figure_beyond_every_published_limit_is_not_judged(item_id: str, field_id: str | None, number: float) -> None:
    item = form().items[item_id]
    of = item.of if isinstance(item, NumberItem) else None
    value: Value = NumberValue(number=number, of=of)
    if field_id is not None:
        value = GroupValue(fields={field_id: value})
    assert judge_value(item, value, form()) == "neither"


def test_one_who_tried_and_could_not_is_abnormal_without_any_figure() -> None:
    assert judge_value(form().items["gait.single_leg"], CannotValue(), form()) == "abnormal"


def test_every_reference_table_is_printed_beside_a_number_or_a_score() -> None:
    used = {number.reference for item_id, item in form().items.items() for _place, number in numbers(item_id, item)} | {
        score.reference for score in form().scores.values()
    }
    assert used - {None} == set(form().tables)


@pytest.mark.parametrize("review", [None, Review(by="Specimen", on="2026-11-01")])
def test_a_reference_table_never_makes_a_value_abnormal(review: Review | None) -> None:
    table = ReferenceTable(
        id="own",
        version="1",
        label="Own",
        unit="s",
        compare="upper",
        above="above",
        within="within",
        bands=(Band(age_from=0, age_to=120, figures={"upper": 1.0}),),
        reviewed=review,
    )
    with_table = form().model_copy(update={"tables": {"own": table}})
    number = NumberItem(id="x", label="X", kind="number", max=100, reference="own")
    assert judge_value(number, NumberValue(number=99), with_table) == "neither"

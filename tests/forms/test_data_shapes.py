"""docs/data_shapes.md holds: what it names exists, and its examples can be recorded. docs/form_language.md is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exam_app.core.files.findings_file import read_findings
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form, Group, Heading, MapUse, Scope, Section
from exam_app.core.form.kinds import (
    ChoiceKind,
    DateKind,
    FlagsKind,
    GradeKind,
    GroupKind,
    ItemFacts,
    ListKind,
    NumberKind,
    Option,
    SideKind,
    TextKind,
)
from exam_app.core.form.scale import Grade, ReferenceTable, Scale
from exam_app.core.form.score import Score
from exam_app.core.model import Model

ROOT = Path(__file__).resolve().parents[2]
ENVELOPE = "patient: {family_name: Specimen}\nencounter: {started_at: 2026-11-22T09:20:00+01:00}\n"


def rows() -> list[tuple[str, str]]:
    """Every row that names an item and gives an example: the first name, and the first example."""
    found = []
    for line in (ROOT / "docs" / "data_shapes.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) != 4:
            continue
        names, examples = (re.findall(r"`([^`]+)`", cell) for cell in cells[2:])
        if names and examples and re.fullmatch(r"[a-z]+\.\w+", names[0]):
            found.append((names[0], examples[0]))
    return found


@pytest.fixture(scope="module")
def form() -> Form:
    """The shipped form."""
    return load_form(ROOT / "forms")


def test_most_rows_can_be_tried() -> None:
    assert len(rows()) > 60


@pytest.mark.parametrize(("item", "example"), rows())
def test_an_example_of_the_data_shapes_can_be_recorded(item: str, example: str, form: Form) -> None:
    finding = example if example.startswith(f"{item}:") or ": {" in example.partition("{")[0] else f"{item}: {example}"
    record = read_findings(f"{ENVELOPE}findings:\n  {finding}\n".encode(), "data_shapes.md", form)
    assert {address for address in record.findings if address.startswith(item)}


MODELS = (
    *(GradeKind, ChoiceKind, FlagsKind, NumberKind, SideKind, TextKind, DateKind, GroupKind, ListKind, ItemFacts),
    *(Option, Section, Group, MapUse, Heading, Scope, Scale, Grade, ReferenceTable, Score),
)
MADE_BY_THE_PROGRAM = {"cell"}


@pytest.mark.parametrize("model", MODELS)
def test_every_key_of_the_form_language_is_described(model: type[Model]) -> None:
    text = (ROOT / "docs" / "form_language.md").read_text(encoding="utf-8")
    keys = set(model.model_fields) - MADE_BY_THE_PROGRAM
    assert {key for key in keys if not re.search(rf"\b{key}:|`{key}[`:]", text)} == set()

"""The words of quick entry in `quick_words.yaml`: checked with the form, kept with it, and a clinic may add to them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from exam_app.core.errors import UserError
from exam_app.core.files.compiled import form_from_json, form_to_json
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.quick.entry import Ready, parse
from tests.specimen import blank

FORMS = Path(__file__).resolve().parents[2] / "forms"


def faults(words: str, folder: Path) -> list[str]:
    """The faults of the shipped form with these words at the end of its own."""
    shutil.copytree(FORMS, folder / "forms")
    path = folder / "forms" / "quick_words.yaml"
    path.write_text(words)
    with pytest.raises(UserError) as raised:
        load_form(folder / "forms")
    return [str(fault) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("names:\n  gait.tugg: [up and go]\n", "the form has no 'gait.tugg' here; there are"),
        ("sections:\n  walking: [gait]\n", "the form has no 'walking' here"),
        ("answers:\n  sideways: [up]\n", "the form has no 'sideways' here"),
        ("units:\n  furlong: [f]\n", "the form has no 'furlong' here"),
        ("reasons:\n  tired: [sleepy]\n", "the form has no 'tired' here"),
        ("marks:\n  sensory: {reduced: '7'}\n", "'7' is no grade of the scale 'sensory'"),
        ("same:\n  walk: [pace]\n  step: [pace]\n", "'pace' stands for 'walk' already"),
        ("abbreviations: {pace: gait}\nsame:\n  walk: [pace]\n", "'pace' is an abbreviation already"),
        ("nicknames:\n  x: [y]\n", "the key 'nicknames' is not known here"),
    ],
)
def test_that_a_fault_of_the_words_is_named_with_its_line(words: str, reason: str, tmp_path: Path) -> None:
    (fault,) = faults(words, tmp_path)
    line = len(words.splitlines()) if "nicknames" not in words else 1
    assert fault.startswith(f"quick_words.yaml:{line}: ")
    assert reason in fault


def test_that_the_compiled_form_keeps_the_words(form: Form) -> None:
    assert form.quick_words.abbreviations["kj"] == "knee reflex"
    assert form_from_json(form_to_json(form)).quick_words == form.quick_words


def test_that_a_form_without_such_a_file_is_understood_by_its_labels(tmp_path: Path) -> None:
    shutil.copytree(FORMS, tmp_path / "forms")
    (tmp_path / "forms" / "quick_words.yaml").unlink()
    form = load_form(tmp_path / "forms")
    preview = parse("elbow extension r 4-", blank(form), form, section=None)
    assert isinstance(preview, Ready)
    assert preview.entries[0].addresses == ("strength.triceps.R",)


def test_that_a_clinic_names_its_own_items_and_adds_words_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "gait.yaml").write_text(
        "id: gait\ngroups:\n  - id: own\n    title: Own\n    items:\n"
        "      - {id: own_stairs, kind: choice, label: Stairs, options: [alone, held]}\n"
    )
    (tmp_path / "quick_words.yaml").write_text(
        "abbreviations: {steplift: steppage}\nnames:\n  gait.own_stairs: [treppe]\nanswers:\n  held: [rail]\n"
    )
    form = load_form(FORMS, tmp_path)
    preview = parse("treppe rail", blank(form), form, section=None)
    assert isinstance(preview, Ready)
    assert preview.entries[0].words == "Gait and station › stairs: held"
    assert form.quick_words.abbreviations["kj"] == "knee reflex"


def test_that_a_clinic_does_not_change_what_a_shipped_word_means(tmp_path: Path) -> None:
    (tmp_path / "quick_words.yaml").write_text("abbreviations:\n  kj: ankle reflex\nnames:\n  gait.none: [x]\n")
    with pytest.raises(UserError) as raised:
        load_form(FORMS, tmp_path)
    (fault,) = map(str, raised.value.faults)
    assert fault.startswith(f"{tmp_path}/quick_words.yaml:2: 'kj' stands in the shipped words already")


def test_that_a_clinics_word_for_an_item_that_is_not_there_is_named_in_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "quick_words.yaml").write_text("names:\n  gait.own_stair: [treppe]\n")
    with pytest.raises(UserError) as raised:
        load_form(FORMS, tmp_path)
    (fault,) = map(str, raised.value.faults)
    assert fault.startswith(f"{tmp_path}/quick_words.yaml:2: the form has no 'gait.own_stair' here")

"""The debrief as a document: golden texts of five cases, and a PDF that says TRAINING on every page."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.practice.attempt import Attempt, begun, performing, recording
from exam_app.core.practice.case import Case
from exam_app.core.practice.case_file import case_files, case_id, load_case
from exam_app.core.practice.debrief import debriefed
from exam_app.core.practice.library import Library
from exam_app.core.practice.library_file import load_library
from exam_app.core.practice.order import stages
from exam_app.report import Document, note, pdf
from exam_app.report.debrief import Heard, debrief_document
from exam_app.report.practice_sheet import sheet
from tests.report.judges import broken_rules
from tests.report.structure import faults
from tests.specimen_case import NOW, blank_attempt, hurried, perfect

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "debrief"
CASES = ("C01", "C06", "C08B", "C10", "C16")


@pytest.fixture(scope="module")
def form() -> Form:
    """The shipped form."""
    return load_form(ROOT / "forms")


@pytest.fixture(scope="module")
def library(form: Form) -> Library:
    """What the cases share."""
    return load_library(ROOT / "forms", form)


def case_named(name: str, form: Form, library: Library) -> Case:
    """A shipped case."""
    (path,) = (path for path in case_files(ROOT / "forms") if case_id(path) == name)
    return load_case(path, form, library)


def document(case: Case, attempt: Attempt, form: Form, library: Library) -> Document:
    """The debrief of an attempt."""
    heard = Heard("Specimen", case, attempt, debriefed(case, attempt, form, library), form, library)
    return debrief_document(heard, app_version="1.0")


@pytest.mark.parametrize("name", CASES)
def test_the_debrief_of_a_hurried_learner_reads_as_it_did(name: str, form: Form, library: Library) -> None:
    case = case_named(name, form, library)
    text = note(document(case, hurried(case, form, library), form, library), "bullets")
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_a_perfect_learner_is_told_what_was_found_and_nothing_else(form: Form, library: Library) -> None:
    case = case_named("C08B", form, library)
    text = note(document(case, perfect(case, form, library), form, library), "bullets")
    assert "FOUND" in text.upper()
    assert "(100 %)" in text
    for word in ("Missed", "Close.", "Graded otherwise.", "Wrong side", "from passing", "What often goes wrong"):
        assert word not in text


def test_an_empty_attempt_says_that_nothing_was_examined_and_no_number(form: Form, library: Library) -> None:
    case = case_named("C08B", form, library)
    text = note(document(case, blank_attempt(case, form), form, library), "bullets")
    assert text.count("not scored: nothing was examined") == 4
    assert "%" not in text


def test_both_sides_are_told_in_one_where_they_are_alike_and_apart_where_not(form: Form, library: Library) -> None:
    case = case_named("C07", form, library)
    text = note(document(case, perfect(case, form, library), form, library), "bullets")
    assert "Knee both sides: 3+; Ankle both sides: 4+" in text
    assert "Ankle clonus right: 6 beats; Ankle clonus left: 4 beats" in text
    careless = perfect(case, form, library)
    knees = [address for address in careless.performed if address.startswith("reflexes.knee")]
    left_out = {address: each for address, each in careless.record.findings.items() if address not in knees}
    careless = recording(careless, careless.record.model_copy(update={"findings": left_out}))
    text = note(document(case, careless, form, library), "bullets")
    assert "One finding" not in text and "2 findings, with how they are tested." in text
    assert "- Knee both sides (Reflexes): Missed. The key: 3+. You: nothing recorded." in text


def test_how_an_item_is_tested_stands_once_and_the_answers_before_the_long_lists(form: Form, library: Library) -> None:
    case = case_named("C07", form, library)
    text = note(document(case, hurried(case, form, library), form, library), "bullets")
    told = [line for line in text.splitlines() if line.strip().startswith("How to test: ")]
    assert len(told) > 5 and len(told) == len(set(told))
    titles = ["WHERE IS THE LESION?", "RED FLAGS OF THE CASE", "WHAT WAS MISSED", "FOUND", "WHAT THIS CASE TEACHES"]
    assert sorted(titles, key=text.index) == titles


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("C08B", "Source: L5 radiculopathy against common peroneal palsy, teaching page."),
        ("C16", "Source: decided by the author of the case."),
        ("C10", "Where no source is named, the point was written from memory"),
    ],
)
def test_a_teaching_point_says_where_it_is_from_in_words(name: str, words: str, form: Form, library: Library) -> None:
    case = case_named(name, form, library)
    _before, _title, taught = note(document(case, perfect(case, form, library), form, library), "bullets").partition(
        "WHAT THIS CASE TEACHES"
    )
    assert words in taught
    assert taught.count("Source: ") == sum(point.source != "M" for point in case.teaching)


def pages(data: bytes) -> list[str]:
    """The text of each page."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


@pytest.mark.poppler
@pytest.mark.parametrize("name", ["C06", "C16"])
def test_every_page_of_the_debrief_says_training(name: str, form: Form, library: Library) -> None:
    case = case_named(name, form, library)
    found = document(case, hurried(case, form, library), form, library)
    told = pages(pdf(found, ROOT / "resources"))
    for page in told:
        assert "TRAINING" in page
        assert "no record of a patient" in page
    assert found.draft == "TRAINING"
    assert "DRAFT" not in "".join(told)


def test_a_screen_reader_is_told_the_debrief_and_the_sheet_as_a_report(form: Form, library: Library) -> None:
    case = case_named("C06", form, library)
    debrief = document(case, hurried(case, form, library), form, library)
    attempt = begun(form, None, "guided", NOW)
    steps = sheet("Specimen", attempt, stages(library.order, form, attempt.record), form, app_version="1.0")
    for told in (debrief, steps):
        data = pdf(told, ROOT / "resources")
        assert faults(data) == []
        assert broken_rules(data, "3a") | broken_rules(data, "ua1") == set()


@pytest.mark.poppler
def test_the_sheet_of_a_volunteer_names_every_step_and_what_was_done(form: Form, library: Library) -> None:
    attempt = begun(form, None, "guided", NOW)
    steps = stages(library.order, form, attempt.record)
    attempt = performing(attempt, [steps[3].addresses[0]])
    found = sheet("Specimen", attempt, steps, form, app_version="1.0")
    text = note(found, "bullets")
    for stage in steps:
        assert stage.step.why in text
    assert text.count("Examined.") == 1
    assert "Stridor: " in text and "Knee right: " in text, "the step above says where it belongs"
    lines = text.splitlines()
    done, left = [[line for line in lines if line.startswith(f"- {box} ")] for box in "\u2611\u2610"]
    assert len(done) == 1 and done[0].endswith(": Examined.")
    assert len(left) == sum(len(stage.addresses) for stage in steps) - 1
    assert all(line.endswith(": Not examined.") for line in left)
    told = pages(pdf(found, ROOT / "resources"))
    assert len(told) > 3
    assert all("TRAINING" in page and "no record of a patient" in page for page in told)

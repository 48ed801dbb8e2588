"""Figures: what they show, the same in words, and the same commands on paper as on the screen."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.platypus import SimpleDocTemplate

from exam_app.core.form import Form
from exam_app.core.record import ExamRecord
from exam_app.report import pdf_fonts
from exam_app.report.figures import Figure, figures
from exam_app.report.pdf_figures import figure_flowables
from exam_app.report.view import View
from tests.report.conftest import RESOURCES, ROOT, Make

DRAWINGS = ROOT / "resources" / "drawings"


def of(form: Form, record: ExamRecord, section: str) -> tuple[Figure, ...]:
    return figures(View(record, form), form.section_by_id[section], DRAWINGS)


def printed(made: tuple[Figure, ...], path: Path) -> Path:
    pdf_fonts.register(RESOURCES / "fonts")
    out = BytesIO()
    story = [flowable for figure in made for flowable in figure_flowables(figure, DRAWINGS, 400)]
    SimpleDocTemplate(out, invariant=1, initialFontName="ExamSans").build(story)
    path.write_bytes(out.getvalue())
    return path


def test_a_record_without_abnormal_findings_has_no_figures(form: Form, make: Make) -> None:
    record = make("findings: {sensation.light_touch_C6: 2, sensation.pinprick_C6: 2}")
    assert of(form, record, "sensation") == ()


def test_a_figure_shows_one_modality_and_says_its_regions_with_their_sides(form: Form, make: Make) -> None:
    record = make(
        "findings: {sensation.light_touch_C6.R: 1, sensation.light_touch_C7.R: 0, sensation.pinprick_C6: 2, "
        "sensation.pinprick_S2.L: 1}"
    )
    front, back = of(form, record, "sensation")
    assert (front.drawing, front.layer) == ("dermatomes_front", "dermatomes")
    assert front.says == "Dermatomes: front, light touch. Abnormal: C6 right (1), C7 right (0)."
    marks = dict(front.marks)
    assert marks["C6.R"].state == "abnormal" and marks["C6.L"].state == "gap"
    assert (back.drawing, back.says) == ("dermatomes_back", "Dermatomes: back, pinprick. Abnormal: S2 left (1).")


def test_the_three_parts_of_the_sole_are_named_once(form: Form, make: Make) -> None:
    shown = of(form, make("findings: {sensation.light_touch_plantar.R: 0}"), "sensation")
    assert [figure.says.count("plantar) territory right (0)") for figure in shown] == [1]


def test_reflexes_stand_at_their_anchors(form: Form, make: Make) -> None:
    (figure,) = of(
        form, make("findings: {reflexes.biceps.L: 1+, reflexes.knee: 3+, reflexes.plantar.R: extensor}"), "reflexes"
    )
    marks = dict(figure.marks)
    assert (marks["biceps.L"].text, marks["biceps.R"].state) == ("1+", "gap")
    assert "Plantar right (extensor)" in figure.says


def test_the_sites_of_all_movements_stand_on_one_body(form: Form, case: object) -> None:
    assert callable(case)
    front, *_rest = of(form, case("C02"), "movements")
    chosen = {region for region, mark in front.marks if mark.state == "chosen"}
    assert {"foot.R", "foot.L", "leg_proximal.L", "trunk", "hand.R", "hand.L"} <= chosen
    assert "Foot right" in front.says and "Marked:" in front.says


@pytest.mark.poppler
def test_a_figure_is_painted_with_its_sides_and_its_grades(form: Form, make: Make, tmp_path: Path) -> None:
    record = make("findings: {sensation.light_touch_L2.R: 1, reflexes.biceps.L: 1+}")
    made = (*of(form, record, "sensation"), *of(form, record, "reflexes"))
    path = printed(made, tmp_path / "figures.pdf")
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    words = text.split()
    assert words.count("R") == 2 and words.count("L") == 2
    assert "1+" in words and "L2" in words


@pytest.mark.poppler
def test_an_abnormal_region_is_hatched_on_paper_on_the_patients_side(form: Form, make: Make, tmp_path: Path) -> None:
    (figure,) = of(form, make("findings: {sensation.light_touch_L2.R: 0}"), "sensation")
    path = printed((figure,), tmp_path / "figure.pdf")
    subprocess.run(["pdftoppm", "-r", "72", "-gray", str(path), str(tmp_path / "page")], check=True)
    (image,) = tmp_path.glob("page*.pgm")
    width, height, grey = _grey(image.read_bytes())
    rows = [grey[row * width : (row + 1) * width] for row in range(height)]
    # The drawing is centred on the page; the patient's right is at the viewer's left.
    middle = width // 2
    dark_left = sum(pixel < 245 for row in rows[150:350] for pixel in row[:middle])
    dark_right = sum(pixel < 245 for row in rows[150:350] for pixel in row[middle:])
    assert dark_left > 1.3 * dark_right


def _grey(image: bytes) -> tuple[int, int, bytes]:
    """Width, height and pixels of a PGM."""
    magic, size, _most, pixels = image.split(b"\n", 3)
    assert magic == b"P5"
    width, height = map(int, size.split())
    return width, height, pixels

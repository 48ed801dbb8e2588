"""Figures: what they show, the same in words, and the same commands on paper as on the screen."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.platypus import SimpleDocTemplate

from exam_app.core.drawings.drawing_file import read_drawing
from exam_app.core.drawings.maps import RegionMap, region_phrase, section_uses
from exam_app.core.drawings.picture import Hatching, Mark
from exam_app.core.form.form import Form
from exam_app.core.record.mirror import mirrored, other_side
from exam_app.core.record.record import ExamRecord
from exam_app.report import pdf_fonts
from exam_app.report.document import Figure
from exam_app.report.figures import figures
from exam_app.report.pdf_figures import Drawn
from exam_app.report.view import View
from tests.report.conftest import RESOURCES, ROOT, Make
from tests.strategies import records

DRAWINGS = ROOT / "resources" / "drawings"


def of(form: Form, record: ExamRecord, section: str) -> tuple[Figure, ...]:
    return figures(View(record, form), form.section_by_id[section], DRAWINGS)


def printed(made: tuple[Figure, ...], path: Path) -> Path:
    pdf_fonts.register(RESOURCES / "fonts")
    out = BytesIO()
    story = [Drawn(figure, DRAWINGS, 132) for figure in made]
    for figure in story:
        figure.hAlign = "CENTER"
    SimpleDocTemplate(out, invariant=1, initialFontName="ExamSans").build(story)
    path.write_bytes(out.getvalue())
    return path


def test_a_record_without_abnormal_findings_has_no_figures(form: Form, make: Make) -> None:
    record = make("findings: {sensation.light_touch_C6: 2, sensation.pinprick_C6: 2}")
    assert of(form, record, "sensation") == ()


def test_a_map_shows_every_modality_by_a_hatching_of_its_own_and_says_the_regions(form: Form, make: Make) -> None:
    record = make(
        "findings: {sensation.light_touch_C6: 1, sensation.light_touch_C7.R: 0, sensation.pinprick_C6.R: 0, "
        "sensation.temperature_C6.L: 1, sensation.pinprick_C5: 2, sensation.pinprick_T4.L: {unable: pain}}"
    )
    (front,) = of(form, record, "sensation")
    assert (front.drawing, front.layer) == ("dermatomes_front", "dermatomes")
    assert front.says == (
        "Dermatomes: front. Light touch: C6 both sides (1); C7 right (0). Pinprick: C6 right (0). "
        "Temperature: C6 left (1). Not examined or unable: T4 left. Normal: C5 both sides. "
        "Not recorded: all others drawn."
    )
    marks = dict(front.marks)
    touch, pin = Hatching("rising"), Hatching("falling", close=True)
    assert marks["C6.R"] == Mark("abnormal", hatchings=(touch, pin))
    assert marks["C6.L"].hatchings == (touch, Hatching("level"))
    assert marks["C7.R"].hatchings == (Hatching("rising", close=True),)
    assert [marks[region].state for region in ("C7.L", "C5.R", "T4.L")] == ["gap", "normal", "reason"]
    assert [key.text for key in front.legend] == [
        "Light touch",
        "Pinprick",
        "Temperature",
        "close lines: absent",
        "not examined or unable",
        "broken outline: not recorded",
    ]


def test_what_only_the_back_shows_brings_the_back(form: Form, make: Make) -> None:
    (front, back) = of(form, make("findings: {sensation.pinprick_C6.R: 1, sensation.pinprick_S4-5.L: 1}"), "sensation")
    assert (front.drawing, back.drawing) == ("dermatomes_front", "dermatomes_back")


def test_a_reason_alone_brings_no_figure(form: Form, make: Make) -> None:
    assert of(form, make("findings: {reflexes.knee: {unable: pain}, reflexes.ankle: 2+}"), "reflexes") == ()


def test_the_three_parts_of_the_sole_are_named_once(form: Form, make: Make) -> None:
    shown = of(form, make("findings: {sensation.light_touch_plantar.R: 0}"), "sensation")
    assert [figure.says.count("plantar) territory right (0)") for figure in shown] == [1]


def test_the_reflex_figure_writes_signs_at_its_anchors_and_explains_them(form: Form, make: Make) -> None:
    record = make(
        "findings: {reflexes.biceps.L: 1+, reflexes.knee: 3+, reflexes.plantar: {R: extensor, L: mute}, "
        "reflexes.brachioradialis.R: {grade: 1+, inverted: yes}, reflexes.hoffmann: {R: positive, L: negative}, "
        "reflexes.clonus_ankle: {R: {beats: 6, sustained: yes}, L: {beats: 0}}, reflexes.jaw: brisk, "
        "reflexes.abdominal_upper: absent, reflexes.triceps.R: {unable: pain}, reflexes.ankle.R: normal}"
    )
    (figure,) = of(form, record, "reflexes")
    written = {region: mark.text for region, mark in figure.marks}
    expected = {
        "biceps.L": "1+",
        "biceps.R": "\u2013",
        "knee.R": "3+",
        "plantar.R": "\u2191",
        "plantar.L": "mute",
        "brachioradialis.R": "1+i",
        "hoffmann.R": "H+",
        "hoffmann.L": "H\u2212",
        "clonus_ankle.R": "cl 6 s",
        "clonus_ankle.L": "cl 0",
        "jaw": "brisk",
        "abdominal_upper.L": "0",
        "triceps.R": "un",
        "ankle.R": "2+",
    }
    assert {region: written[region] for region in expected} == expected
    assert "adductor.R" not in written  # folded, and not recorded
    says = figure.says
    assert "plantar response right (extensor)" in says and "plantar response left (mute)" in says
    assert "brachioradialis jerk right (1+, inverted)" in says and "ankle clonus right (6 beats, sustained)" in says
    assert "Asserted normal: ankle jerk right (2+)." in says and "Not examined or unable: triceps jerk right." in says
    (key,) = figure.legend
    for meaning in (
        "\u2191: extensor",
        "i: inverted",
        "H: Hoffmann sign",
        "s: sustained",
        "un: unable",
        "italic: asserted",
    ):
        assert meaning in key.text


def test_the_sites_of_all_movements_stand_on_one_body(form: Form, case: object) -> None:
    assert callable(case)
    (front,) = of(form, case("C02"), "movements")
    chosen = {region for region, mark in front.marks if mark.state == "chosen"}
    assert {"foot.R", "foot.L", "leg_proximal.L", "trunk", "hand.R", "hand.L"} <= chosen
    assert "Observed: dystonia: trunk; upper arm, forearm, hand, foot both sides" in front.says


def test_dystonia_and_other_movements_and_what_was_only_reported_are_told_apart(form: Form, make: Make) -> None:
    (front,) = of(
        form,
        make(
            "movements:\n"
            "  - {phenomenology: dystonia, sites: [hand_R], source: observed}\n"
            "  - {phenomenology: chorea, sites: [trunk], source: observed}\n"
            "  - {phenomenology: dystonia, sites: [foot_L], source: patient}\n"
            "  - {phenomenology: tic_motor, sites: [hand_R]}\n"
        ),
        "movements",
    )
    assert {key.text: key.hatching for key in front.legend} == {
        "Observed: dystonia": Hatching("rising"),
        "Not observed, reported: dystonia": Hatching("rising", broken=True),
        "Observed: chorea": Hatching("falling"),
        "Source not recorded: motor tic": Hatching("falling", close=True, broken=True),
    }
    marks = dict(front.marks)
    assert marks["hand.R"].hatchings == (Hatching("rising"), Hatching("falling", close=True, broken=True))
    assert "Not observed, reported: dystonia: foot left." in front.says


def test_a_site_without_a_region_of_its_own_is_named_in_the_legend_and_in_the_words(form: Form, make: Make) -> None:
    record = make("movements: [{phenomenology: dystonia, sites: [neck, shoulder_L, hand_R], source: observed}]")
    (front,) = of(form, record, "movements")
    assert [key.text for key in front.legend] == ["Observed: dystonia", "drawn with what is around: left shoulder"]
    assert "Drawn with what is around: left shoulder." in front.says
    everywhere = make("movements: [{phenomenology: chorea, sites: [whole_body, hand_R], source: observed}]")
    (front,) = of(form, everywhere, "movements")
    assert [key.text for key in front.legend] == ["Observed: chorea", "not drawn: whole body"]
    assert "Not drawn: whole body." in front.says
    whole_limb = make("movements: [{phenomenology: dystonia, sites: [leg_R], source: observed}]")
    (front,) = of(form, whole_limb, "movements")
    assert [key.text for key in front.legend] == ["Observed: dystonia"]


@pytest.mark.poppler
def test_a_figure_is_painted_with_its_sides_and_its_grades(form: Form, make: Make, tmp_path: Path) -> None:
    record = make("findings: {sensation.light_touch_L2.R: 1, reflexes.biceps.L: 1+}")
    made = (*of(form, record, "sensation"), *of(form, record, "reflexes"))
    path = printed(made, tmp_path / "figures.pdf")
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    words = text.split()
    assert words.count("R") == 2 and words.count("L") == 2
    assert "1+" in words


@pytest.mark.poppler
def test_abnormal_levels_are_named_beside_the_body_on_the_side_where_they_lie(
    form: Form, make: Make, tmp_path: Path
) -> None:
    made = of(form, make("findings: {sensation.light_touch_C6.R: 0, sensation.light_touch_C8.R: 1}"), "sensation")
    listed = subprocess.run(
        ["pdftotext", "-bbox", str(printed(made, tmp_path / "figure.pdf")), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    at = {word: (float(x), float(y)) for x, y, word in re.findall(r'xMin="(.*?)" yMin="(.*?)".*?>(.*?)</word>', listed)}
    assert at["C6"][0] < at["R"][0] < at["L"][0]
    assert at["C8"][1] - at["C6"][1] > 7
    assert "C7" not in at


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


some = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
SAID_SIDES = {"R": "right", "L": "left"}
ARM = ("C5", "C6", "C7", "C8", "T1", "T4")
ENDS = {"both sides": ("right", "left"), "right": ("right",), "left": ("left",), "": ("",)}


@some
@given(data=st.data())
def test_a_figure_and_its_words_show_the_same_abnormal_places(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form, most=60, always=("movements.entries",)))
    view = View(record, form)
    for section in form.sections:
        uses = {(use.drawing, use.layer): (group, use) for _section, group, use in section_uses(section)}
        for figure in figures(view, section, DRAWINGS):
            group, use = uses[figure.drawing, figure.layer]
            a_map = RegionMap(section, group, use, read_drawing(DRAWINGS, use.drawing))
            drawn = {place(a_map, region) for region, mark in figure.marks if mark.state in ("abnormal", "chosen")}
            assert drawn == said(figure.says), figure.says


def place(a_map: RegionMap, region: str) -> tuple[str, str]:
    """A region as it is said: its words and its side."""
    site = a_map.site(region)
    if site is not None:
        return site[0].phrase or site[0].label, SAID_SIDES.get(site[1] or "", "")
    stand = next(stand for column in a_map.columns if (stand := a_map.stand(region, column)) is not None)
    return region_phrase(a_map, stand), SAID_SIDES.get(stand.address[-1] if "." in stand.address[-2:] else "", "")


def said(says: str) -> set[tuple[str, str]]:
    """Every place that is said to be abnormal, or a site."""
    rest = (
        "Drawn with what is around:",
        "Not drawn:",
        "Not examined or unable:",
        "Neither normal nor abnormal:",
        "Normal:",
        "Asserted normal:",
        "Not recorded:",
    )
    found: set[tuple[str, str]] = set()
    for sentence in says.rstrip(".").split(". ")[1:]:
        if sentence.startswith(rest):
            break
        for part in sentence.rpartition(": ")[2].split("; "):
            names = without_value(part)
            for word, sides in (
                ("both sides", ("right", "left")),
                ("right", ("right",)),
                ("left", ("left",)),
                ("", ("",)),
            ):
                if names.endswith(word):
                    bare = names.removesuffix(word).rstrip()
                    found |= {(name, side) for name in bare.split(", ") for side in sides}
                    break
    return found


def without_value(part: str) -> str:
    """What stands before the brackets at the end, which may hold brackets themselves: "jerk (slow (hung-up))"."""
    while part.endswith(")"):
        inner = part.rpartition("(")
        if inner[0].count("(") == inner[0].count(")"):
            return inner[0].rstrip()
        part = inner[0].rstrip() + ")"
    return part


@some
@given(data=st.data())
def test_a_mirrored_record_has_mirrored_figures(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form, most=60, always=("movements.entries",)))
    for section in form.sections:
        shown, mirrors = of(form, record, section.id), of(form, mirrored(record), section.id)
        assert len(shown) == len(mirrors)
        for figure, mirror in zip(shown, mirrors, strict=True):
            assert {other_side(region): mark for region, mark in figure.marks} == dict(mirror.marks)
            assert sorted(key.text for key in figure.legend if key.hatching) == sorted(
                key.text for key in mirror.legend if key.hatching
            )


@pytest.mark.poppler
def test_the_figures_of_a_mirrored_record_are_mirrored_on_paper(form: Form, make: Make, tmp_path: Path) -> None:
    record = make(f"findings: {{{', '.join(f'sensation.light_touch_{level}.R: 0' for level in ARM)}}}")
    grey = []
    for number, each in enumerate((record, mirrored(record))):
        (figure,) = of(form, each, "sensation")
        path = printed((figure,), tmp_path / f"{number}.pdf")
        subprocess.run(["pdftoppm", "-r", "40", "-gray", str(path), str(tmp_path / f"page{number}")], check=True)
        (image,) = tmp_path.glob(f"page{number}*.pgm")
        width, _height, pixels = _grey(image.read_bytes())
        grey.append([pixels[start : start + width] for start in range(0, len(pixels), width)])
    # The drawing is centred on the page, so the page of the one is that of the other seen in a mirror.
    dark = [[sum(255 - pixel for pixel in half) for half in halves(rows)] for rows in grey]
    assert dark[0][0] == pytest.approx(dark[1][1], rel=0.1)
    assert dark[0][1] == pytest.approx(dark[1][0], rel=0.1)
    assert dark[0][0] > 1.3 * dark[0][1]


def halves(rows: list[bytes]) -> tuple[bytes, bytes]:
    """The body without the letters and the legend: the left and the right half of it."""
    body = rows[len(rows) // 8 : len(rows) * 3 // 8]
    middle = len(rows[0]) // 2
    return b"".join(row[:middle] for row in body), b"".join(row[middle:] for row in body)

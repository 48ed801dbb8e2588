"""The blank form: every item of a scope with room for its answer, and nothing that looks like a report."""

from __future__ import annotations

import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from exam_app.core.clinic import PageSize
from exam_app.core.form.form import Form, split_address
from exam_app.report import Blank, blank, blank_pdf
from tests.report.conftest import RESOURCES
from tests.report.judges import broken_rules
from tests.report.structure import faults, read_structure
from tests.report.test_pdf import poppler

DAY = datetime.datetime(2026, 11, 22, 9, 20, tzinfo=datetime.UTC)
SCOPES = ("screening", "full", "motor", "neuropathy", "functional", "neuromuscular", "spinal_cord", "stroke_follow_up")


def blank_of(form: Form, scope: str) -> Blank:
    return blank(form, scope, app_version="0", drawings=RESOURCES / "drawings")


def printed(form: Form, scope: str, page: PageSize = "A4") -> bytes:
    return blank_pdf(blank_of(form, scope), RESOURCES, page, DAY)


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages)


@pytest.mark.parametrize("scope", SCOPES)
def test_every_item_of_a_scope_has_room_on_both_its_sides_and_no_other_item_has(scope: str, form: Form) -> None:
    sections = blank_of(form, scope).sections
    cells = [cell for section in sections for table in section.tables for row in table.rows for cell in row.cells]
    asks = [ask for section in sections for ask in section.asks]
    asked = [address for cell in cells for address in cell.addresses]
    asked += [address for ask in {ask.addresses: ask for ask in asks}.values() for address in ask.addresses]
    wanted = [address for address in form.addresses if split_address(address)[0] in form.in_scope(scope)]
    assert sorted(asked) == sorted(wanted)


def test_the_cells_of_right_and_left_are_empty(form: Form) -> None:
    cells = [
        cell
        for section in blank_of(form, "full").sections
        for table in section.tables
        for row in table.rows
        for cell in row.cells
    ]
    assert len(cells) > 300
    assert {(cell.text, cell.mark) for cell in cells} == {("", "blank")}


def test_a_choice_has_a_box_for_each_answer_and_with_two_sides_two_boxes_with_their_letters(form: Form) -> None:
    asks = {ask.label: ask.answers for section in blank_of(form, "full").sections for ask in section.asks}
    assert asks["Facial expression"].startswith("\u2610\u00a0normal   \u2610\u00a0mild")
    assert asks["Hoffmann"] == "R\u2610\u00a0L\u2610\u00a0negative   R\u2610\u00a0L\u2610\u00a0positive"
    assert asks["Heel rises" if "Heel rises" in asks else "Single-leg heel rises"].startswith("R ___")


def test_the_anchors_of_each_scale_stand_once(form: Form) -> None:
    text = text_of(printed(form, "full"))
    assert text.count("Modified Ashworth scale: 0 tone not raised;") == 1
    used = [scale for scale in form.scales.values() if f"{scale.label}: " in text]
    assert {"mrc", "tendon", "sensory", "modified_ashworth"} <= {scale.id for scale in used}


@pytest.mark.parametrize(("page", "screening"), [("A4", 2), ("Letter", 3)])
def test_it_takes_few_pages(page: PageSize, screening: int, form: Form) -> None:
    assert len(PdfReader(BytesIO(printed(form, "screening", page))).pages) <= screening
    assert len(PdfReader(BytesIO(printed(form, "full", page))).pages) <= 13


def test_it_cannot_be_taken_for_a_report(form: Form) -> None:
    data = printed(form, "full")
    text = text_of(data)
    pages = PdfReader(BytesIO(data)).pages
    assert "Blank form. Scope: full" in text
    for page in pages:
        assert "Blank form: nothing is recorded on it" in page.extract_text()
    for word in ("Abnormal findings", "DRAFT", "Not recorded", "Asserted", "Specimen"):
        assert word not in text


def test_its_drawings_are_empty_and_the_same_as_in_the_report(form: Form) -> None:
    figures = [figure for section in blank_of(form, "full").sections for figure in section.figures]
    assert all(figure.marks == () for figure in figures)
    assert [figure.drawing for figure in figures[:4]] == ["visual_fields", "face", "face", "reflex_figure"]
    assert "body_front" in {figure.drawing for figure in figures}
    assert not [
        figure
        for section in blank_of(form, "motor").sections
        for figure in section.figures
        if "nerves" in figure.drawing
    ]


@pytest.mark.parametrize("scope", ["screening", "full"])
def test_it_can_be_read_by_a_screen_reader_and_kept(scope: str, form: Form) -> None:
    data = printed(form, scope)
    assert faults(data) == []
    assert broken_rules(data, "3a") | broken_rules(data, "ua1") == set()
    assert read_structure(PdfReader(BytesIO(data))).kind == "Document"


@pytest.mark.poppler
def test_what_is_to_be_filled_in_is_read_in_the_order_of_the_form(form: Form, tmp_path: Path) -> None:
    heard = poppler("pdfinfo", printed(form, "screening"), tmp_path, "-struct-text")
    at = 0
    for section in blank_of(form, "screening").sections:
        at = heard.index(f'"{section.title}"', at)
        for ask in section.asks:
            if len(ask.label) + len(ask.answers) < 95:
                at = heard.index(f'"{ask.label} ', at)

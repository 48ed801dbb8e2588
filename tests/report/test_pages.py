"""Whole reports with their figures: how many pages they take, that nothing is lost on them and nothing collides."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from exam_app.core.clinic import PageSize
from exam_app.core.errors import UserError
from exam_app.core.form.form import Form, item_addresses
from exam_app.core.record.record import AssertedNormal, ExamRecord, FormRef
from exam_app.report import Document, PdfOptions, build, note, note_rich, pdf
from exam_app.report.document import Figure, Figures, Heading, SideTable, block_sentences
from tests.full_record import full_record
from tests.report.conftest import CASES, RESOURCES, Make
from tests.report.structure import read_structure
from tests.specimen import blank

Case = Callable[[str], ExamRecord]
NAMES = sorted(path.name.partition("_")[0] for path in CASES.glob("C*.yaml"))
PAGES = pytest.mark.parametrize("page", ["A4", "Letter"])
LEAST_POINTS = 7.0
LEVELS = ("C2", "C5", "C8", "T2", "T5", "T8", "T9", "T10", "T11", "L1", "L4", "S1", "S3")


def document_of(record: ExamRecord, form: Form) -> Document:
    return build(record, form, app_version="0", drawings=RESOURCES / "drawings")


def printed(record: ExamRecord, form: Form, page: PageSize = "A4") -> bytes:
    return pdf(document_of(record, form), RESOURCES, PdfOptions(page))


def figures_of(document: Document) -> list[Figure]:
    return [figure for block in document.blocks if isinstance(block, Figures) for figure in block.figures]


def pages_of(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]


def all_normal(form: Form) -> ExamRecord:
    """The scope screening with everything asserted normal that may be."""
    items = {item_id: item for item_id, item in form.items.items() if item_id in form.in_scope("screening")}
    findings = {
        address: AssertedNormal(entered="macro")
        for item_id, item in items.items()
        if item.macro
        for address in item_addresses(item_id, item)
    }
    return blank(form, "screening").model_copy(update={"findings": findings})


# How many pages ------------------------------------------------------------------------------------------------------


@PAGES
def test_a_normal_examination_takes_one_page(page: PageSize, form: Form, case: Case) -> None:
    assert len(pages_of(printed(case("C16"), form, page))) == 1
    assert len(pages_of(printed(all_normal(form), form, page))) == 1


@PAGES
def test_case_7_takes_three_pages_at_most_with_its_figures(page: PageSize, form: Form, case: Case) -> None:
    document = document_of(case("C07"), form)
    assert [figure.drawing for figure in figures_of(document)] == ["reflex_figure", "dermatomes_front"]
    assert len(pages_of(pdf(document, RESOURCES, PdfOptions(page)))) <= 3


@PAGES
def test_every_item_answered_takes_eight_pages_at_most(page: PageSize, form: Form) -> None:
    document = document_of(full_record(form), form)
    assert len(figures_of(document)) >= 8
    assert len(pages_of(pdf(document, RESOURCES, PdfOptions(page)))) <= 8


# What stands on them -------------------------------------------------------------------------------------------------


@pytest.mark.poppler
@pytest.mark.parametrize("name", NAMES)
def test_two_readers_find_every_sentence_every_cell_and_every_figure(
    name: str, form: Form, case: Case, tmp_path: Path
) -> None:
    document = document_of(case(name), form)
    data = pdf(replace(document, draft=None), RESOURCES)
    (tmp_path / "report.pdf").write_bytes(data)
    order = ["pdftotext", "-raw", str(tmp_path / "report.pdf"), "-"]
    other = subprocess.run(order, check=True, capture_output=True, text=True).stdout
    for text in ("".join(pages_of(data)), other):
        bare = "".join(text.split())
        for words in told(document):
            assert stands(words, bare), words
    read = [each.entries["/Alt"] for each in read_structure(PdfReader(BytesIO(data))).walk() if each.kind == "Figure"]
    assert read == [figure.says for figure in figures_of(document)]


def told(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, SideTable):
            yield from (f"{row.label} {' '.join(cell.text for cell in row.cells)}" for row in block.rows)
            yield from (sentence.text for sentence in (*block.details, *block.reasons))
        else:
            yield from (sentence.text for sentence in block_sentences(block))
    for figure in figures_of(document):
        yield figure.title
        yield from (key.text for key in figure.legend)
        if figure.layer == "anchors":
            yield from (mark.text for _region, mark in figure.marks)


def stands(words: str, bare: str) -> bool:
    """Whether words stand in a text, whole or in two pieces: a page may end between them, or a figure stand there."""
    parts = words.split()
    whole = "".join(parts)
    if whole in bare:
        return True
    return any(
        "".join(parts[:at]) in bare and "".join(parts[at:]) in bare for at in range(1, len(parts)) if len(whole) > 20
    )


@PAGES
def test_no_row_is_lost_where_a_table_goes_on_over_a_page_or_below_a_figure(page: PageSize, form: Form) -> None:
    document = document_of(full_record(form), form)
    rows = [row for block in document.blocks if isinstance(block, SideTable) for row in block.rows]
    read = read_structure(PdfReader(BytesIO(pdf(document, RESOURCES, PdfOptions(page))))).walk()
    heads = [cell for each in read if each.kind == "TR" for cell in each.parts if cell.attribute("/Scope") == "/Row"]
    assert len(heads) == len(rows)


@PAGES
def test_the_rows_of_a_table_that_goes_on_over_a_page_keep_their_order(page: PageSize, form: Form) -> None:
    pages = pages_of(printed(full_record(form), form, page))
    places = [
        next(n for n, text in enumerate(pages) if re.search(rf"\b{level} [012] [012] [012] [012]\b", text))
        for level in LEVELS
    ]
    assert places == sorted(places)
    assert places[0] < places[-1]


@pytest.mark.poppler
@pytest.mark.parametrize("lines", [0, 9, 17, 26])
@pytest.mark.parametrize("name", ["C07", "C06", "C11"])
def test_nothing_stands_in_a_figure_but_its_own_words(
    name: str, lines: int, form: Form, case: Case, tmp_path: Path
) -> None:
    record = case(name).model_copy(update={"impression": "\n".join(["line"] * lines) or None})
    check_clear(pdf(document_of(record, form), RESOURCES), document_of(record, form), tmp_path)


@pytest.mark.poppler
def test_nothing_collides_in_the_fullest_report(form: Form, tmp_path: Path) -> None:
    document = document_of(full_record(form), form)
    check_clear(pdf(document, RESOURCES), document, tmp_path)


def check_clear(data: bytes, document: Document, folder: Path) -> None:
    """Every word within the box of a figure is one of the figure's."""
    boxes = boxes_of(data)
    assert len(boxes) == len(figures_of(document))
    own = {
        word
        for figure in figures_of(document)
        for text in (
            figure.title,
            *(key.text for key in figure.legend),
            *(word for region, mark in figure.marks for word in (mark.text, region.partition(".")[0])),
        )
        for word in text.split()
    } | {"R", "L", "as", "the", "patient", "sees", "left", "right", "eye"}
    (folder / "report.pdf").write_bytes(data)
    order = ["pdftotext", "-bbox", str(folder / "report.pdf"), "-"]
    listed = subprocess.run(order, check=True, capture_output=True, text=True).stdout
    for number, page in enumerate(listed.split("<page ")[1:]):
        height = float(re.findall(r'height="([\d.]+)"', page)[0])
        for x1, y1, x2, y2, word in re.findall(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<', page):
            x, y = (float(x1) + float(x2)) / 2, height - (float(y1) + float(y2)) / 2
            inside = any(at == number and box[0] < x < box[2] and box[1] < y < box[3] for at, box in boxes)
            assert not inside or word in own or word in "DRAFT", word


def boxes_of(data: bytes) -> list[tuple[int, list[float]]]:
    """The page and the box of each figure."""
    read = read_structure(PdfReader(BytesIO(data))).walk()
    return [
        (each.stretches[0][0], [float(number) for number in each.attribute("/BBox")])
        for each in read
        if each.kind == "Figure"
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_first_figure_of_a_section_stands_on_the_page_on_which_the_section_begins(
    name: str, form: Form, case: Case
) -> None:
    document = replace(document_of(case(name), form), draft=None)
    pages = pages_of(pdf(document, RESOURCES))
    title = ""
    for block in document.blocks:
        title = block.text if isinstance(block, Heading) else title
        if isinstance(block, Figures):
            page = next(page for page in pages if block.figures[0].title in page)
            assert title in page, (title, block.figures[0].title)


@PAGES
def test_figures_stay_on_the_page_and_apart(page: PageSize, form: Form) -> None:
    data = printed(full_record(form), form, page)
    boxes = boxes_of(data)
    width, height = (float(side) for side in PdfReader(BytesIO(data)).pages[0].mediabox[2:])
    for at, (left, bottom, right, top) in boxes:
        assert 0 < left < right < width - 30 and 40 < bottom < top < height - 30
        for other, box in boxes:
            assert other != at or box[1] >= top or box[3] <= bottom or box == [left, bottom, right, top]


@pytest.mark.parametrize("name", ["C07", "C16", "full"])
def test_no_print_is_smaller_than_seven_points(name: str, form: Form, case: Case) -> None:
    record = full_record(form) if name == "full" else case(name)
    sizes: set[float] = set()

    def visit(text: str, cm: Any, tm: Any, _font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(size * abs(cm[3] * tm[3] or cm[1] * tm[1]), 1))

    for page in PdfReader(BytesIO(printed(record, form))).pages:
        page.extract_text(visitor_text=visit)
    assert min(sizes - {0.0}) >= LEAST_POINTS


# The truth -----------------------------------------------------------------------------------------------------------


@PAGES
def test_what_a_reader_must_know_stands_on_the_report(page: PageSize, form: Form, case: Case) -> None:
    record = case("C07")
    encounter = record.encounter.model_copy(update={"examiner": "Examiner Specimen"})
    findings = {address: finding for address, finding in record.findings.items() if "wrist" not in address}
    record = record.model_copy(update={"encounter": encounter, "impression": "Cord, C5.", "findings": findings})
    first, *_more = pages = pages_of(printed(record, form, page))
    whole = " ".join(pages)
    asserted = sum(isinstance(finding, AssertedNormal) for finding in record.findings.values())
    for words in ("DRAFT, not signed", "Scope: full", "Examiner Specimen", "Impression (examiner) Cord, C5."):
        assert words in first
    assert f"{asserted} of {len(record.findings)} findings" in first
    assert "Not recorded: Tone – wrist R L." in first
    assert "Examiner: Examiner Specimen. Not signed." in whole and "Signature and date" in whole
    assert "by app rule DYS-DIST v1" in whole
    assert "MRC scale used with the permission of the Medical Research Council." in whole
    for each in pages:
        assert f"exam_app 0 · form {form.id} {form.version} ({form.hash[:8]})" in each
        assert "items used are clinically reviewed" in each and "is not a medical device" in each


def test_a_record_made_with_an_older_form_says_with_which_it_was_recorded_and_with_which_it_is_printed(
    form: Form, case: Case
) -> None:
    record = case("C07")
    older = record.model_copy(update={"form": FormRef(id="neuro", version="0", hash="0" * 64)})
    both = f"recorded with form neuro 0 (00000000), printed with {form.id} {form.version} ({form.hash[:8]})"
    end = "Words, limits and scores are those of the form it is printed with, not of the one it was recorded with."
    pages = pages_of(printed(older, form))
    assert all(both in each for each in pages)
    assert end in pages[-1]
    document = build(older, form, app_version="0")
    for text in (note(document, "bullets"), note(document, "prose"), note_rich(document)):
        assert both in text and end in text
    assert "printed with" not in note(build(record, form, app_version="0"), "bullets")


@pytest.mark.parametrize("name", ["C07", "C16", "C08B"])
def test_every_finding_asserted_by_the_macro_is_listed_as_asserted(name: str, form: Form, case: Case) -> None:
    record = case(name)
    listed: set[str] = set()
    for block in document_of(record, form).blocks:
        if isinstance(block, SideTable):
            listed |= {
                address
                for row in block.rows
                for cell in row.cells
                if cell.mark == "asserted"
                for address in cell.addresses
            }
        for sentence in block_sentences(block):
            if sentence.text.startswith(("Asserted normal:", "None of these:")):
                listed |= set(sentence.addresses)
    asserted = {address for address, finding in record.findings.items() if isinstance(finding, AssertedNormal)}
    assert asserted and asserted <= listed


# What is written by hand ---------------------------------------------------------------------------------------------


def test_hostile_notes_flow_beside_a_figure(form: Form, make: Make) -> None:
    long, tags = "W" * 400, "<b>&amp;</para> {x} %s"
    record = make("findings: {reflexes.knee: 3+, reflexes.plantar: extensor}")
    record = record.model_copy(update={"section_notes": {"reflexes": f"{long}\n{tags}\n" + "word " * 900}})
    text = "".join("".join(pages_of(printed(record, form))).split())
    assert long in text and "".join(tags.split()) in text
    assert text.count("word") == 900


def test_an_override_of_the_direction_of_writing_is_refused(form: Form, make: Make) -> None:
    record = make("findings: {reflexes.knee: 3+}").model_copy(update={"section_notes": {"reflexes": "R\u202eL"}})
    with pytest.raises(UserError) as refused:
        printed(record, form)
    assert refused.value.code == "glyph_missing"

"""The PDF, read back by two readers of others: what stands in it, on which page, in which fonts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from exam_app.core import messages
from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord, FormRef
from exam_app.report import Document, PdfOptions, build, pdf
from exam_app.report.document import AbnormalBlock, SideTable, block_sentences
from tests.full_record import full_record
from tests.report.conftest import RESOURCES, ROOT
from tests.strategies import records

Make = Callable[[str], ExamRecord]
FORBIDDEN = ("normal", "unremarkable", "intact", "negative", "symmetric")
LONG = "0123456789 " * 900


def document_of(record: ExamRecord, form: Form) -> Document:
    return build(record, form, app_version="0")


def pages_of(data: bytes) -> list[str]:
    return [flat(page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


def flat(text: str) -> str:
    return " ".join(text.split())


def poppler(tool: str, data: bytes, folder: Path, *options: str) -> str:
    file = folder / "report.pdf"
    file.write_bytes(data)
    order = [tool, *options, str(file), *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(order, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", ["C01", "C06", "C07", "C16"])
def test_a_teaching_case_fits_three_pages_and_shows_what_is_abnormal_on_the_first(
    name: str, form: Form, case: Callable[[str], ExamRecord]
) -> None:
    document = document_of(case(name), form)
    pages = pages_of(pdf(document, RESOURCES))
    assert len(pages) <= 3
    block = document.blocks[0]
    assert isinstance(block, AbnormalBlock)
    for sentence in block_sentences(block):
        assert flat(sentence.text) in pages[0]
    assert "Impression (examiner)" in pages[0]


@pytest.mark.poppler
def test_another_reader_finds_every_sentence_too(form: Form, case: Callable[[str], ExamRecord], tmp_path: Path) -> None:
    document = document_of(case("C06"), form)
    # Without the watermark: to leave it out, this reader leaves out the words at the head of a page as well.
    text = poppler("pdftotext", pdf(replace(document, draft=None), RESOURCES), tmp_path, "-layout")
    # A paragraph may go on over the three lines of the foot of a page.
    bodies = [[line for line in page.splitlines() if line.strip()][:-3] for page in text.split("\f")]
    bare = "".join("".join(line for body in bodies for line in body).split())
    for block in document.blocks:
        if not isinstance(block, SideTable):
            for sentence in block_sentences(block):
                assert sentence.text.replace(" ", "") in bare, sentence.text


@pytest.mark.poppler
def test_right_stands_left_of_left_in_every_row(form: Form, make: Make, tmp_path: Path) -> None:
    record = make("findings: {strength.triceps: {R: 4-, L: 3}, strength.deltoid: {R: 2, L: 4+}}")
    text = poppler("pdftotext", pdf(document_of(record, form), RESOURCES), tmp_path, "-layout", "-nodiag")
    rows = [row.split() for row in text.splitlines()]
    assert any(row[:4] == ["Elbow", "extension", "4−", "3"] for row in rows)
    assert any(row[:4] == ["Shoulder", "abduction", "2", "4+"] for row in rows)


def test_the_words_of_a_reason_stand_in_the_first_block_and_under_the_table(form: Form, make: Make) -> None:
    record = make("findings: {strength.triceps: {R: 3, L: {unable: other, text: wears a splint}}}")
    text = " ".join(pages_of(pdf(document_of(record, form), RESOURCES)))
    assert text.count("Unable: elbow extension left (wears a splint).") == 2


def test_an_abnormal_sentence_is_bold_only_where_an_item_has_its_first_value(form: Form, make: Make) -> None:
    record = make("findings: {tone.wrist.R: {quality: spasticity, mas: 2, features: {ratchety: yes}}}")
    runs: list[tuple[str, str]] = []

    def visit(text: str, _cm: object, _tm: object, font: dict[str, object] | None, _size: float) -> None:
        runs.append((flat(text), str(font["/BaseFont"]) if font else ""))

    PdfReader(BytesIO(pdf(document_of(record, form), RESOURCES))).pages[0].extract_text(visitor_text=visit)
    bold = " ".join(text for text, font in runs if "Bold" in font)
    assert "Wrist, right: spasticity" in bold
    assert "ratchety" not in bold


def test_every_page_carries_the_patient_and_its_number(form: Form) -> None:
    pages = pages_of(pdf(document_of(full_record(form), form), RESOURCES))
    assert 2 < len(pages) < 12
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "SPECIMEN · b. 1960-01-01" in page
        assert "It does not diagnose and is not a medical device." in page
        assert "items used are clinically reviewed · exam_app 0 · form neuro" in page
        assert "DRAFT" in page


def test_a_short_impression_stays_on_the_first_page_whatever_was_found(form: Form) -> None:
    record = full_record(form).model_copy(update={"impression": "Cervical cord level."})
    pages = pages_of(pdf(document_of(record, form), RESOURCES))
    assert "Cervical cord level." in pages[0]


@pytest.mark.poppler
def test_all_fonts_are_embedded_and_no_other_font_is_named(form: Form, tmp_path: Path) -> None:
    data = pdf(document_of(full_record(form), form), RESOURCES)
    fonts = poppler("pdffonts", data, tmp_path).splitlines()[2:]
    assert fonts
    for font in fonts:
        assert "DejaVuSans" in font
        assert "yes yes yes" in font
    assert b"Helvetica" not in data


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_record_in_which_nothing_was_examined_claims_nothing_on_paper(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form, findings=False))
    text = " ".join(pages_of(pdf(document_of(record, form), RESOURCES))).lower()
    for word in FORBIDDEN:
        assert word not in text


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_record_prints(data: st.DataObject, form: Form) -> None:
    document = document_of(data.draw(records(form)), form)
    text = "".join(pages_of(pdf(document, RESOURCES))).replace(" ", "")
    for fact in document.facts:
        assert fact.value.replace(" ", "") in text


def test_the_same_record_gives_the_same_bytes_in_every_process(form: Form, case: Callable[[str], ExamRecord]) -> None:
    script = (
        "import hashlib, sys; from pathlib import Path\n"
        "from exam_app.core.files.findings_file import read_findings\n"
        "from exam_app.core.files.loader import load_form\n"
        "from exam_app.report import build, pdf\n"
        "form = load_form(Path('forms')); file = next(Path('forms/cases').glob('C07_*'))\n"
        "record = read_findings(file.read_bytes(), file.name, form)\n"
        "document = build(record, form, app_version='0', drawings=Path('resources/drawings'))\n"
        "data = pdf(document, Path('resources'))\n"
        "sys.stdout.write(hashlib.sha256(data).hexdigest())\n"
    )
    sums = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, cwd=ROOT, env=env)
        sums.add(done.stdout)
    assert len(sums) == 1
    document = document_of(case("C07"), form)
    assert pdf(document, RESOURCES) == pdf(document, RESOURCES)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("ש", "U+05E9"),  # written from the right
        ("ي", "U+064A"),  # written from the right, and shaped
        ("न", "U+0928"),  # no shape in the fonts
        ("漢", "U+6F22"),
        ("🧠", "U+1F9E0"),
        ("q\u0323", "U+0323"),  # a mark that has no composed form
    ],
)
def test_a_character_that_cannot_be_printed_is_refused_by_name(
    character: str, name: str, form: Form, make: Make
) -> None:
    record = make("findings: {strength.triceps.R: {grade: 3, note: " + f'"seen {character}"' + "}}")
    with pytest.raises(UserError) as refused:
        pdf(document_of(record, form), RESOURCES)
    assert refused.value.code == "glyph_missing"
    assert name in messages.sentence(refused.value)
    assert "seen" not in messages.sentence(refused.value)


def test_accents_typed_apart_from_their_letters_are_printed_with_them(form: Form, make: Make) -> None:
    record = make('findings: {strength.triceps.R: {grade: 3, note: "Mu\u0308ller, Łukasz, Ω ≥ 4 – ½"}}')
    text = " ".join(pages_of(pdf(document_of(record, form), RESOURCES)))
    assert "Müller, Łukasz, Ω ≥ 4 – ½" in text


HOSTILE = '<b>bold</b> & <font color="red">red</font> &lt; <para> <br/> </para> {name} %s'


def test_markup_in_words_is_printed_as_words(form: Form) -> None:
    record = full_record(form)
    patient = record.patient.model_copy(update={"family_name": HOSTILE[:80], "given_name": HOSTILE, "mrn": "<i>1&2"})
    encounter = record.encounter.model_copy(update={"reason": HOSTILE, "examiner": HOSTILE})
    record = record.model_copy(
        update={
            "patient": patient,
            "encounter": encounter,
            "impression": f"{HOSTILE}\n{HOSTILE}",
            "section_notes": {"tone": HOSTILE},
            "findings": {},
        }
    )
    bare = "".join(pages_of(pdf(document_of(record, form), RESOURCES))).replace(" ", "")
    assert bare.count(HOSTILE.replace(" ", "")) == 7


def test_a_very_long_name_does_not_leave_the_page(form: Form) -> None:
    record = full_record(form, family_name="W" * 200)
    data = pdf(document_of(record.model_copy(update={"findings": {}}), form), RESOURCES)
    foot = next(line for line in PdfReader(BytesIO(data)).pages[0].extract_text().splitlines() if line.endswith("…"))
    assert len(foot) < 120


def test_long_names_of_versions_do_not_leave_the_page_and_stand_whole_at_the_end(form: Form) -> None:
    made = FormRef(id="neuro", version="9" * 64, hash="0" * 64)
    record = full_record(form).model_copy(update={"findings": {}, "form": made})
    data = pdf(document_of(record, form), RESOURCES)
    foot = next(line for line in PdfReader(BytesIO(data)).pages[0].extract_text().splitlines() if line.endswith("…"))
    assert foot.startswith("exam_app") and len(foot) < 140
    assert "9" * 64 in "".join(pages_of(data)).replace(" ", "")


def test_long_notes_run_over_pages_and_keep_their_lines(form: Form) -> None:
    record = full_record(form).model_copy(
        update={
            "findings": {},
            "impression": LONG.strip(),
            "section_notes": {"tone": "first line\nsecond line\n" + LONG},
        }
    )
    data = pdf(document_of(record, form), RESOURCES)
    pages = pages_of(data)
    lines = [line.strip() for page in PdfReader(BytesIO(data)).pages for line in page.extract_text().splitlines()]
    assert lines.index("Note: first line") + 1 == lines.index("second line")
    assert 3 < len(pages) < 12
    assert "Impression (examiner)" in pages[0]
    assert "".join(pages).count("0123456789") == 1800


@pytest.mark.parametrize(("page", "width"), [("A4", 595), ("Letter", 612)])
def test_the_page_has_the_size_that_was_asked_for(page: str, width: int, form: Form, make: Make) -> None:
    data = pdf(document_of(make("findings:\n"), form), RESOURCES, PdfOptions("A4" if page == "A4" else "Letter"))
    assert int(PdfReader(BytesIO(data)).pages[0].mediabox.width) == width


def test_no_heading_stands_alone_at_the_foot_of_a_page(form: Form, case: Callable[[str], ExamRecord]) -> None:
    headings = [section.report_title or section.title for section in form.sections]
    feet: set[str] = set()
    for lines in range(0, 40, 2):
        note = "\n".join(["word"] * (lines + 1))
        document = document_of(case("C07").model_copy(update={"impression": note}), form)
        for page in PdfReader(BytesIO(pdf(document, RESOURCES))).pages:
            shown = [line for line in page.extract_text().splitlines() if line.strip()]
            feet.add(next(line for line, after in pairwise(shown) if after.startswith("Page ")))
    assert len(feet) > 5
    assert not feet & set(headings)


def test_the_report_does_not_load_the_pdf_libraries_until_they_are_needed() -> None:
    script = "import sys, exam_app.report; sys.exit(not {'reportlab', 'pikepdf', 'PIL'}.isdisjoint(sys.modules))"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT, env=env).returncode == 0

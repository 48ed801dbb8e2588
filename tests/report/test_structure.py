"""What a screen reader is told of the report, in every teaching case; and that each wrong step would be seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from pypdf import PdfReader

from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.report import Document, Letterhead, PdfOptions, build, pdf
from exam_app.report.document import Cell, SideTable
from tests.full_record import full_record
from tests.report.as_read import as_read
from tests.report.conftest import CASES, RESOURCES, Make
from tests.report.structure import Read, faults, read_structure

NAMES = sorted(path.name.partition("_")[0] for path in CASES.glob("*.yaml"))
ATTACHED = PdfOptions(attachment=b"{}")


def document_of(record: ExamRecord, form: Form) -> Document:
    return build(record, form, app_version="0", drawings=RESOURCES / "drawings")


def structure_of(data: bytes) -> Read:
    return read_structure(PdfReader(BytesIO(data)))


def of_kind(structure: Read, kind: str) -> list[Read]:
    return [each for each in structure.walk() if each.kind == kind]


@pytest.mark.parametrize("name", NAMES)
def test_every_case_is_built_as_a_screen_reader_wants_it(
    name: str, form: Form, case: Callable[[str], ExamRecord]
) -> None:
    assert faults(pdf(document_of(case(name), form), RESOURCES, ATTACHED)) == []


def test_so_are_the_fullest_record_and_the_emptiest(form: Form, make: Make) -> None:
    assert faults(pdf(document_of(full_record(form), form), RESOURCES)) == []
    assert faults(pdf(document_of(make("findings:\n"), form), RESOURCES, PdfOptions("Letter"))) == []


@pytest.mark.poppler
def test_a_paragraph_over_two_pages_is_read_as_one(form: Form, make: Make, tmp_path: Path) -> None:
    record = make("findings:\n").model_copy(update={"impression": "word " * 2000})
    data = pdf(document_of(record, form), RESOURCES)
    pages = [[page for page, _number in each.stretches] for each in of_kind(structure_of(data), "P")]
    assert [0, 1] in pages or [0, 1, 2] in pages
    words = as_read(data, tmp_path)
    assert words.count("word") == 2000
    assert "wordword" not in words


def test_the_head_of_a_long_table_is_printed_on_each_page_and_read_once(form: Form) -> None:
    data = pdf(document_of(full_record(form), form), RESOURCES)
    heads = [row for table in of_kind(structure_of(data), "Table") for row in table.parts[:1]]
    assert all(len(cell.stretches) <= 1 for row in heads for cell in row.parts)
    assert b"/Header" in b"".join(page.get_contents().get_data() for page in PdfReader(BytesIO(data)).pages)  # type: ignore[union-attr]


def test_a_table_in_parts_is_read_as_one_in_the_order_of_its_rows(
    form: Form, case: Callable[[str], ExamRecord]
) -> None:
    document = document_of(case("C07"), form)
    tables = [block for block in document.blocks if isinstance(block, SideTable)]
    read = of_kind(structure_of(pdf(document, RESOURCES)), "Table")
    assert len(read) == len(tables)
    for table, printed in zip(tables, read, strict=True):
        heads = 2 if table.columns else 1
        assert [len(row.parts) for row in printed.parts[heads:]] == [1 + len(row.cells) for row in table.rows]
        expected = [[_said(cell) for cell in row.cells] for row in table.rows]
        assert [[cell.entries.get("/E") for cell in row.parts[1:]] for row in printed.parts[heads:]] == expected


def _said(cell: Cell) -> str | None:
    words = cell.words or cell.text
    marks = {"abnormal": f"{words}, abnormal", "asserted": f"{words}, asserted", "missing": "not recorded"}
    return marks.get(cell.mark, cell.words or None)


def test_a_side_is_read_as_a_word(form: Form, case: Callable[[str], ExamRecord]) -> None:
    table = of_kind(structure_of(pdf(document_of(case("C07"), form), RESOURCES)), "Table")[0]
    assert [cell.entries.get("/E") for cell in table.parts[0].parts] == [None, "right", "left"]


def test_words_do_not_run_into_each_other_where_a_line_ends(form: Form, make: Make) -> None:
    words = [f"word{number}" for number in range(300)]
    record = make("findings:\n").model_copy(update={"impression": " ".join(words)})
    page = PdfReader(BytesIO(pdf(document_of(record, form), RESOURCES))).pages[0]
    assert " ".join(words) in " ".join(page.extract_text().replace("\n", "").split())


def test_a_word_too_long_for_its_line_stays_one_word(form: Form, make: Make) -> None:
    record = make("findings:\n").model_copy(update={"impression": "0123456789" * 30})
    page = PdfReader(BytesIO(pdf(document_of(record, form), RESOURCES))).pages[0]
    assert "0123456789" * 30 in page.extract_text().replace("\n", "")


Mutant = Callable[[pikepdf.Pdf], None]


def elements(opened: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == kind]


def without(kind: str, *keys: str) -> Mutant:
    """Take something from every element of a kind; of a path the last key is taken."""

    def mutate(opened: pikepdf.Pdf) -> None:
        for element in elements(opened, kind):
            inner = element
            for key in keys[:-1]:
                inner = inner[key]
            del inner[keys[-1]]

    return mutate


def without_root(*keys: str) -> Mutant:
    def mutate(opened: pikepdf.Pdf) -> None:
        for key in keys:
            del opened.Root[key]

    return mutate


def saying_no(*keys: str) -> Mutant:
    def mutate(opened: pikepdf.Pdf) -> None:
        opened.Root[keys[0]][keys[1]] = False

    return mutate


def begins_with_a_deep_heading(opened: pikepdf.Pdf) -> None:
    elements(opened, "/H1")[0].S = Name.H2


def has_a_heading_too_deep(opened: pikepdf.Pdf) -> None:
    elements(opened, "/H2")[0].S = Name.H3


def fonts_without(key: str) -> Mutant:
    def mutate(opened: pikepdf.Pdf) -> None:
        for page in opened.pages:
            for font in page.Resources.Font.values():
                inner = font if key == "/ToUnicode" else font.FontDescriptor
                if key in inner:
                    del inner[key]

    return mutate


def attachment_without_relationship(opened: pikepdf.Pdf) -> None:
    del opened.Root.AF[0]["/AFRelationship"]


def attachment_without_type(opened: pikepdf.Pdf) -> None:
    del opened.Root.AF[0].EF.F["/Subtype"]


def replaced(old: bytes, new: bytes) -> Mutant:
    """Something else, by a pattern, in what is drawn on the first page."""

    def mutate(opened: pikepdf.Pdf) -> None:
        contents = opened.pages[0].Contents
        drawn = contents.read_bytes()
        assert re.search(old, drawn)
        contents.write(re.sub(old, new, drawn, count=1))

    return mutate


def metadata_without(old: bytes) -> Mutant:
    def mutate(opened: pikepdf.Pdf) -> None:
        packet = opened.Root.Metadata.read_bytes()
        assert old in packet
        opened.Root.Metadata.write(packet.replace(old, b""))

    return mutate


def cells_in_no_row(opened: pikepdf.Pdf) -> None:
    table = elements(opened, "/Table")[0]
    table.K = pikepdf.Array([cell for row in list(table.K) for cell in list(row.K)])


def a_row_is_narrower(opened: pikepdf.Pdf) -> None:
    row = elements(opened, "/TR")[2]
    row.K = pikepdf.Array(list(row.K)[:-1])


def parents_are_exchanged(opened: pikepdf.Pdf) -> None:
    numbers = opened.Root.StructTreeRoot.ParentTree.Nums[1]
    first, second = numbers[0], numbers[1]
    numbers[0], numbers[1] = second, first


def an_element_is_dropped(opened: pikepdf.Pdf) -> None:
    document = elements(opened, "/Document")[0]
    document.K = pikepdf.Array([each for each in list(document.K) if each.S != "/P"])


def pages_out_of_order(opened: pikepdf.Pdf) -> None:
    del opened.pages[0].obj["/Tabs"]


MUTANTS: dict[str, tuple[Mutant, str]] = {
    "figure without alternative": (without("/Figure", "/Alt"), "a figure has no alternative text"),
    "figure without box": (without("/Figure", "/A"), "a figure has no box"),
    "first heading of level 2": (begins_with_a_deep_heading, "the first heading is not the one of level 1"),
    "heading of level 3 after level 1": (has_a_heading_too_deep, "a level of headings is left out"),
    "no language": (without_root("/Lang"), "the file has no language"),
    "not marked": (without_root("/MarkInfo"), "the file does not say that it is tagged"),
    "title not shown": (without_root("/ViewerPreferences"), "the title is not shown"),
    "says that it is not marked": (saying_no("/MarkInfo", "/Marked"), "the file does not say that it is tagged"),
    "says not to show the title": (saying_no("/ViewerPreferences", "/DisplayDocTitle"), "the title is not shown"),
    "no metadata": (without_root("/Metadata"), "the file does not claim PDF/UA-1"),
    "no claim of PDF/A": (metadata_without(b"<pdfaid:part>3</pdfaid:part>"), "the file does not claim PDF/A-3a"),
    "no output intent": (without_root("/OutputIntents"), "colours are not declared"),
    "no structure": (without_root("/StructTreeRoot"), "there is no structure"),
    "heading cell without scope": (without("/TH", "/A", "/Scope"), "a heading cell has no scope"),
    "list without its kind of labels": (without("/L", "/A"), "a list does not say that its labels are words"),
    "cells in no row": (cells_in_no_row, "TH stands in Table"),
    "row too narrow": (a_row_is_narrower, "the rows of a table are not of one width"),
    "no characters of a font": (fonts_without("/ToUnicode"), "does not say its characters"),
    "font not embedded": (fonts_without("/FontFile2"), "is not embedded"),
    "attachment not associated": (without_root("/AF"), "an attachment is not associated with the document"),
    "attachment without relationship": (attachment_without_relationship, "an attachment has no relationship"),
    "attachment without type": (attachment_without_type, "an attachment has no type or date"),
    "parents exchanged": (parents_are_exchanged, "leads to another element"),
    "element dropped": (an_element_is_dropped, "is drawn and is not in the structure"),
    "page not in order": (pages_out_of_order, "a page does not follow the structure"),
    "words as artifact": (replaced(rb"/H1 <</MCID \d+>> BDC", b"/Artifact BMC"), "words are not read"),
    "neither content nor artifact": (
        replaced(rb"(Subtype /Watermark>> BDC)", rb"\1 EMC"),
        "neither content nor artifact",
    ),
    "another kind than it says": (replaced(b"/H1 <<", b"/P <<"), "P is drawn and is not in the structure"),
}


@pytest.fixture(scope="module")
def whole(form: Form, case: Callable[[str], ExamRecord], letterhead: Letterhead) -> bytes:
    """A report with everything that a mutant spoils."""
    document = replace(document_of(case("C07"), form), letterhead=letterhead)
    return pdf(document, RESOURCES, ATTACHED)


@pytest.mark.parametrize("name", MUTANTS)
def test_each_wrong_step_is_seen(name: str, whole: bytes) -> None:
    mutate, fault = MUTANTS[name]
    out = BytesIO()
    with pikepdf.open(BytesIO(whole)) as opened:
        mutate(opened)
        opened.save(out, fix_metadata_version=False)
    assert fault in " / ".join(faults(out.getvalue()))


def test_the_report_that_the_wrong_steps_spoil_has_no_fault(whole: bytes) -> None:
    assert faults(whole) == []

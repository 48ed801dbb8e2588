"""The clinic on the first page, and whose names can be printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from exam_app.core import messages
from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.report import Document, Letterhead, PdfOptions, build, pdf
from exam_app.report.logo import HIGHEST, WIDEST, printed_logo, size_on_paper
from tests.report.conftest import RESOURCES, Make, a_logo
from tests.report.structure import faults, read_structure
from tests.report.test_pdf import flat, poppler


@pytest.fixture
def blank(form: Form, make: Make) -> Document:
    return build(make("findings:\n"), form, app_version="0")


def refusal(document: Document) -> str:
    with pytest.raises(UserError) as refused:
        pdf(document, RESOURCES)
    return messages.sentence(refused.value)


@pytest.mark.parametrize("page", ["A4", "Letter"])
def test_the_clinic_stands_at_the_head_of_the_first_page_alone(
    page: str, form: Form, case: Callable[[str], ExamRecord], letterhead: Letterhead
) -> None:
    document = replace(build(case("C07"), form, app_version="0"), letterhead=letterhead)
    first, *others = PdfReader(BytesIO(pdf(document, RESOURCES, PdfOptions("A4" if page == "A4" else "Letter")))).pages
    lines = first.extract_text().splitlines()
    assert lines.index("Specimen Clinic") < lines.index("1 Example Street, Specimen Town")
    assert lines.index("1 Example Street, Specimen Town") < lines.index("Neurological examination")
    assert len(first.images) == 1
    assert not any("Specimen Clinic" in other.extract_text() or other.images for other in others)


def test_the_logo_is_read_as_the_clinics(blank: Document, letterhead: Letterhead) -> None:
    data = pdf(replace(blank, letterhead=letterhead), RESOURCES)
    kinds = [(each.kind, each.entries.get("/Alt")) for each in read_structure(PdfReader(BytesIO(data))).parts[:5]]
    assert kinds == [("P", None)] * 3 + [("Figure", "Logo of Specimen Clinic"), ("H1", None)]


def test_a_clinic_may_have_no_address_and_no_logo(blank: Document) -> None:
    data = pdf(replace(blank, letterhead=Letterhead("Specimen Clinic")), RESOURCES)
    assert faults(data) == []
    assert "Specimen Clinic" in PdfReader(BytesIO(data)).pages[0].extract_text()


def test_what_is_clear_in_a_logo_is_white_on_paper() -> None:
    assert printed_logo(a_logo()).getpixel((290, 50)) == (255, 255, 255)
    assert printed_logo(a_logo()).getpixel((50, 50)) == (0x1D, 0x3F, 0x66)


@pytest.mark.parametrize("size", [(3000, 40), (40, 3000), (20, 20)])
def test_a_logo_keeps_its_shape_and_stays_in_its_room(size: tuple[int, int]) -> None:
    picture = printed_logo(a_logo("JPEG", size))
    width, height = size_on_paper(picture)
    assert width <= WIDEST + 1e-6
    assert height <= HIGHEST + 1e-6
    assert picture.width <= 4 * WIDEST
    assert width / height == pytest.approx(size[0] / size[1], rel=0.15)


def _animated() -> bytes:
    out = BytesIO()
    Image.new("P", (9, 9)).save(out, "GIF")
    return out.getvalue()


@pytest.mark.parametrize(
    "logo",
    [b"", b"no picture", a_logo()[:200], a_logo("JPEG")[:400], a_logo().replace(b"IDAT", b"IDOT"), _animated()],
    ids=["empty", "text", "half a PNG", "half a JPEG", "damaged", "another format"],
)
def test_a_logo_that_is_no_whole_picture_is_refused(logo: bytes, blank: Document) -> None:
    said = refusal(replace(blank, letterhead=Letterhead("Specimen Clinic", logo=logo)))
    assert said.startswith("The logo of the clinic cannot be read as a PNG or JPEG picture. Nothing was written.")


def test_a_logo_with_more_dots_than_memory_likes_is_refused(blank: Document) -> None:
    out = BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    said = refusal(replace(blank, letterhead=Letterhead("Specimen Clinic", logo=out.getvalue())))
    assert said.startswith("The logo of the clinic cannot be read")


NAMES = {
    "Latin": "Müller-Łukasiewicz Ærøskøbing Çağrı",
    "Greek": "Παπαδόπουλος Ἀριστοτέλης",
    "Cyrillic": "Щербаков Ёлкин Їжак",
    "Vietnamese": "Nguyễn Thị Đặng Ước",
}


@pytest.mark.poppler
@pytest.mark.parametrize("form_of_unicode", ["NFC", "NFD"])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_printed_and_read_back_by_two_readers(
    name: str, form_of_unicode: str, form: Form, make: Make, tmp_path: Path
) -> None:
    record = make("findings:\n")
    typed = unicodedata.normalize("NFD" if form_of_unicode == "NFD" else "NFC", name)
    patient = record.patient.model_copy(update={"family_name": "Specimen", "given_name": typed})
    encounter = record.encounter.model_copy(update={"examiner": typed})
    document = build(record.model_copy(update={"patient": patient, "encounter": encounter}), form, app_version="0")
    data = pdf(replace(document, letterhead=Letterhead(typed, (typed,))), RESOURCES)
    assert flat(PdfReader(BytesIO(data)).pages[0].extract_text()).count(name) >= 5
    assert flat(poppler("pdftotext", data, tmp_path)).count(name) >= 5
    assert f"Author:          {name}\n" in poppler("pdfinfo", data, tmp_path)


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("中", "U+4E2D (CJK UNIFIED IDEOGRAPH-4E2D)"),
        ("\u0905", "U+0905 (DEVANAGARI LETTER A)"),
        ("\u202e", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("\uf8ff", "U+F8FF"),
    ],
)
def test_a_character_that_cannot_be_printed_is_named_with_its_place(
    character: str, named: str, blank: Document, form: Form, make: Make
) -> None:
    record = make("findings:\n")
    patient = record.patient.model_copy(update={"given_name": f"A{character}"})
    said = refusal(build(record.model_copy(update={"patient": patient}), form, app_version="0"))
    assert f"at “Patient” stands the character {named}, for which" in said
    said = refusal(replace(blank, letterhead=Letterhead("Specimen Clinic", (f"Street {character}",))))
    assert f"at “Letterhead” stands the character {named}, for which" in said
    said = refusal(build(record.model_copy(update={"impression": character}), form, app_version="0"))
    assert f"at “Impression (examiner)” stands the character {named}, for which" in said

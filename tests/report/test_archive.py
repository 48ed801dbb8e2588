"""The file that is kept: PDF/A-3a as others judge it, its attachment, its metadata, its password."""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.report import Document, Letterhead, PdfOptions, build, pdf
from tests.full_record import full_record
from tests.report.conftest import CASES, RESOURCES, ROOT, Make
from tests.report.judges import broken_rules, part_one_twin, preflight, qpdf_check, unpacked
from tests.report.structure import faults
from tests.report.test_pdf import poppler

ATTACHED = PdfOptions(attachment=b'{"findings": {}}')
LOCKED = PdfOptions(attachment=b"{}", password="a pass word")
ONLY_FOR_PART_THREE = {"1.4.7", "1.2.9", "7.11.2"}
"""What a validator of part 1 finds in part 3: the attachment, twice, and the number of the part."""

Case = Callable[[str], ExamRecord]


def document_of(record: ExamRecord, form: Form) -> Document:
    return build(record, form, app_version="0", drawings=RESOURCES / "drawings")


@pytest.fixture(scope="module")
def c07(form: Form, case: Case) -> Document:
    return document_of(case("C07"), form)


def spoiled(data: bytes, mutate: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as opened:
        mutate(opened)
        opened.save(out, fix_metadata_version=False)
    return unpacked(out.getvalue())


def another_author(opened: pikepdf.Pdf) -> None:
    opened.trailer.Info.Author = pikepdf.String("Somebody Else")


def no_colours(opened: pikepdf.Pdf) -> None:
    del opened.Root.OutputIntents


def no_title(opened: pikepdf.Pdf) -> None:
    del opened.Root.ViewerPreferences


def no_language(opened: pikepdf.Pdf) -> None:
    del opened.Root.Lang


def no_alternatives(opened: pikepdf.Pdf) -> None:
    for each in opened.objects:
        if isinstance(each, pikepdf.Dictionary) and "/Alt" in each:
            del each.Alt


def no_structure(opened: pikepdf.Pdf) -> None:
    del opened.Root.StructTreeRoot


@pytest.fixture(scope="module")
def reports(form: Form, case: Case, make: Make, c07: Document, letterhead: Letterhead) -> dict[str, bytes]:
    """Every case, and the reports that are not like a case."""
    names = sorted(path.name.partition("_")[0] for path in CASES.glob("*.yaml"))
    made = {name: pdf(document_of(case(name), form), RESOURCES, ATTACHED) for name in names}
    made["full"] = pdf(document_of(full_record(form), form), RESOURCES)
    made["blank"] = pdf(document_of(make("findings:\n"), form), RESOURCES)
    made["letterhead"] = pdf(replace(c07, letterhead=letterhead), RESOURCES, PdfOptions("Letter"))
    return made


@pytest.mark.validator
def test_a_validator_of_others_finds_the_part_one_twin_of_every_report_valid(
    reports: dict[str, bytes], tmp_path: Path
) -> None:
    files = {f"{name}.pdf": part_one_twin(data) for name, data in reports.items()}
    assert preflight(files, tmp_path) == {name: [] for name in files}


def test_a_validator_of_others_finds_no_rule_of_part_three_and_of_accessibility_broken(
    reports: dict[str, bytes],
) -> None:
    broken = {name: broken_rules(data, "3a") | broken_rules(data, "ua1") for name, data in reports.items()}
    assert broken == {name: set() for name in reports}


@pytest.mark.parametrize("mutate", [no_colours, no_title, no_language, no_alternatives, no_structure])
def test_that_validator_sees_what_is_missing(mutate: Callable[[pikepdf.Pdf], None], reports: dict[str, bytes]) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(reports["C07"])) as opened:
        mutate(opened)
        opened.save(out, fix_metadata_version=False)
    assert broken_rules(out.getvalue(), "3a") | broken_rules(out.getvalue(), "ua1")


@pytest.mark.validator
def test_what_part_three_adds_is_all_that_part_one_minds(form: Form, tmp_path: Path) -> None:
    document = document_of(full_record(form), form)
    whole = pdf(document, RESOURCES, ATTACHED)
    twin = part_one_twin(whole)
    files = {
        "attached.pdf": unpacked(whole),
        "bare.pdf": unpacked(pdf(document, RESOURCES)),
        "author.pdf": spoiled(twin, another_author),
        "colours.pdf": spoiled(twin, no_colours),
    }
    verdicts = preflight(files, tmp_path)
    assert set(verdicts["attached.pdf"]) == ONLY_FOR_PART_THREE
    assert verdicts["bare.pdf"] == ["7.11.2"]
    assert verdicts["author.pdf"]
    assert verdicts["colours.pdf"]


@pytest.mark.validator
@pytest.mark.parametrize("options", [PdfOptions(), ATTACHED, LOCKED], ids=["plain", "attached", "locked"])
def test_qpdf_finds_no_fault(options: PdfOptions, c07: Document, tmp_path: Path) -> None:
    said = qpdf_check(pdf(c07, RESOURCES, options), tmp_path, options.password or "")
    assert "No syntax or stream encoding errors found" in said


def test_the_attachment_is_the_data_given_and_says_what_it_is(c07: Document) -> None:
    reader = PdfReader(BytesIO(pdf(c07, RESOURCES, ATTACHED)))
    (attached,) = reader.attachment_list
    assert attached.name == "examination.json"
    assert attached.content == ATTACHED.attachment
    assert attached.subtype == "/application/json"
    assert attached.associated_file_relationship == "/Data"


def test_without_data_nothing_is_attached(c07: Document) -> None:
    root = PdfReader(BytesIO(pdf(c07, RESOURCES))).root_object
    assert "/AF" not in root
    assert "/Names" not in root


def test_the_file_says_of_itself_what_the_report_says(form: Form, make: Make) -> None:
    document = document_of(make("findings:\n"), form)
    reader = PdfReader(BytesIO(pdf(document, RESOURCES)))
    info, xmp = reader.metadata, reader.xmp_metadata
    assert info is not None
    assert xmp is not None
    assert info.title == document.title
    assert xmp.dc_title == {"x-default": document.title}
    assert [info.author] == ["Examiner Specimen"] == xmp.dc_creator
    begun = datetime.datetime.fromisoformat("2026-11-22T09:20:00+01:00")
    assert info.creation_date == info.modification_date == begun
    assert xmp.xmp_create_date == xmp.xmp_modify_date == begun.astimezone(datetime.UTC).replace(tzinfo=None)
    assert info.creator == xmp.xmp_creator_tool == "exam_app"
    assert info.producer == xmp.pdf_producer


def test_nothing_of_the_patient_stands_in_what_the_file_says_of_itself(form: Form, make: Make) -> None:
    reader = PdfReader(BytesIO(pdf(document_of(make("findings:\n"), form), RESOURCES)))
    assert reader.metadata is not None
    said = str(dict(reader.metadata)) + reader.root_object["/Metadata"].get_data().decode()  # type: ignore[attr-defined]
    for word in ("Patient", "0041187", "1960"):
        assert word not in said


@pytest.mark.parametrize("examiner", [None, "Ελένη <Specimen> & Ögren"])
def test_an_examiner_may_be_missing_or_have_any_name(examiner: str | None, c07: Document) -> None:
    data = pdf(replace(c07, examiner=examiner), RESOURCES)
    reader = PdfReader(BytesIO(data))
    assert reader.metadata is not None
    assert reader.xmp_metadata is not None
    assert reader.metadata.author == examiner
    assert reader.xmp_metadata.dc_creator == ([examiner] if examiner is not None else [])
    assert faults(data) == []


def test_a_password_is_needed_and_what_needs_one_claims_no_archive(c07: Document) -> None:
    data = pdf(c07, RESOURCES, LOCKED)
    for wrong in ("", "a pass"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(BytesIO(data), password=wrong)
    with pikepdf.open(BytesIO(data), password="a pass word") as opened:
        assert (opened.encryption.R, opened.encryption.bits) == (6, 256)
        assert opened.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
        assert opened.allow.accessibility
        packet = opened.Root.Metadata.read_bytes()
        assert b"pdfaid" not in packet
        assert b"<pdfuaid:part>1<" in packet
        out = BytesIO()
        opened.save(out, encryption=False)
    assert faults(out.getvalue()) == ["the file does not claim PDF/A-3a"]
    assert b"SPECIMEN" not in data


@pytest.mark.poppler
@pytest.mark.parametrize("password", ["a pass word", "Schlüssel für Łódź"])
def test_a_locked_report_opens_in_other_readers_with_its_password(password: str, c07: Document, tmp_path: Path) -> None:
    data = pdf(c07, RESOURCES, replace(LOCKED, password=password))
    reader = PdfReader(BytesIO(data), password=password)
    assert "Abnormal findings" in reader.pages[0].extract_text()
    (attached,) = reader.attachment_list
    assert attached.content == b"{}"
    assert "Abnormal findings" in poppler("pdftotext", data, tmp_path, "-upw", password)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_report_has_the_same_bytes_in_every_process(
    seed: str, c07: Document, letterhead: Letterhead, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.png"
    assert letterhead.logo is not None
    logo.write_bytes(letterhead.logo)
    script = (
        "import hashlib, sys; from dataclasses import replace; from pathlib import Path\n"
        "from exam_app.core.files.findings_file import read_findings\n"
        "from exam_app.core.files.loader import load_form\n"
        "from exam_app.report import Letterhead, PdfOptions, build, pdf\n"
        "form = load_form(Path('forms')); file = next(Path('forms/cases').glob('C07_*'))\n"
        "record = read_findings(file.read_bytes(), file.name, form)\n"
        "document = build(record, form, app_version='0', drawings=Path('resources/drawings'))\n"
        "document = replace(document, letterhead=Letterhead('Clinic', logo=Path(sys.argv[1]).read_bytes()))\n"
        "data = pdf(document, Path('resources'), PdfOptions(attachment=b'{}'))\n"
        "sys.stdout.write(hashlib.sha256(data).hexdigest())\n"
    )
    env = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": str(ROOT),
        "TZ": "Asia/Kathmandu" if seed == "1" else "UTC",
    }
    order = [sys.executable, "-c", script, str(logo)]
    done = subprocess.run(order, check=True, capture_output=True, cwd=ROOT, env=env, text=True)
    document = replace(c07, letterhead=Letterhead("Clinic", logo=letterhead.logo))
    data = pdf(document, RESOURCES, PdfOptions(attachment=b"{}"))
    assert done.stdout == hashlib.sha256(data).hexdigest()

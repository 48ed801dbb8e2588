"""Reports that come back: what is read from a file, and what can and cannot be said about it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from exam_app.core.clinic import Clinic
from exam_app.core.errors import UserError
from exam_app.core.files.findings_file import read_findings
from exam_app.core.files.reported import MOST_BYTES
from exam_app.core.messages import sentence
from exam_app.core.record.record import ExamRecord, FormRef
from exam_app.report import pdf_reading
from exam_app.services import exams
from exam_app.services.clinic import keep_clinic
from exam_app.services.context import Context
from exam_app.services.exams import Exams
from exam_app.services.export import new_file, pdf_bytes
from exam_app.services.reports import Agreement, read_report, record_in, sentences, shown, verify
from exam_app.store.keys import Cost

PASSPHRASE = "correct horse battery"
NAME = "report.pdf"
FINDINGS = b"""\
patient: {family_name: Specimen, given_name: Patient, mrn: 0041187}
encounter: {started_at: 2026-11-22T09:20:00+01:00, examiner: Examiner Specimen}
findings: {strength.triceps: {R: 4-, L: 5}, reflexes.plantar: {R: extensor, L: flexor}}
impression: Words of the examiner.
"""


@pytest.fixture(scope="module")
def form_of_the_application() -> object:
    return Context().form


@pytest.fixture
def context(tmp_path: Path, form_of_the_application: object) -> Context:
    made = Context(data_folder=tmp_path / "records", key_cost=Cost(memory_kib=64, iterations=1, lanes=1))
    made.__dict__["form"] = form_of_the_application
    return made


@pytest.fixture
def record(context: Context) -> ExamRecord:
    return read_findings(FINDINGS, "findings.yaml", context.form)


@pytest.fixture
def pdf(context: Context, record: ExamRecord) -> bytes:
    return pdf_bytes(context, record, context.form)


@pytest.fixture
def records(context: Context) -> Iterator[Exams]:
    opened, _recovery_key = exams.create(context, PASSPHRASE)
    yield opened
    opened.close()


def changed(pdf: bytes, change: Callable[[Pdf], None]) -> bytes:
    """The file with a change by another program."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as file:
        change(file)
        file.save(out)
    return out.getvalue()


def with_words(file: Pdf) -> None:
    """Writes over the first page."""
    page = file.pages[0]
    page.contents_add(Stream(file, b"BT ET"))


def with_data(data: bytes) -> Callable[[Pdf], None]:
    """Attaches other data under our name."""

    def change(file: Pdf) -> None:
        named = Dictionary(Type=Name.Filespec, F=String("examination.json"), UF=String("examination.json"))
        named.EF = Dictionary(F=Stream(file, data))
        names = Array([String("examination.json"), file.make_indirect(named)])
        file.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))

    return change


def attached(pdf: bytes) -> bytes:
    """The bytes of the attachment, by another reader than ours."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return file.attachments["examination.json"].get_file().read_bytes()


def agreement_of(context: Context, pdf: bytes, password: str | None = None) -> Agreement | None:
    return verify(context, pdf, NAME, password=password).agreement


def code_of(pdf: bytes, password: str | None = None) -> str:
    """The code with which reading is refused."""
    with pytest.raises(UserError) as caught:
        read_report(pdf, NAME, password)
    assert NAME in sentence(caught.value)
    return caught.value.code


def test_the_record_in_a_report_makes_the_same_report(context: Context, record: ExamRecord, pdf: bytes) -> None:
    again, form = record_in(context, read_report(pdf, NAME))
    assert form is context.form
    assert again.patient == record.patient
    assert again.findings.keys() == record.findings.keys()
    assert pdf_bytes(context, again, form) == pdf


def test_an_exported_report_holds_its_figures(pdf: bytes) -> None:
    with Pdf.open(BytesIO(pdf)) as file:
        figures = [each for each in file.objects if isinstance(each, Dictionary) and each.get("/S") == Name.Figure]
    assert ["plantar response" in str(figure.Alt) for figure in figures] == [True]


def test_a_report_with_a_password_opens_with_it_alone(context: Context, record: ExamRecord) -> None:
    locked = pdf_bytes(context, record, context.form, password="a p\u00e4ssword")
    assert (
        read_report(locked, NAME, "a p\u00e4ssword").said
        == read_report(pdf_bytes(context, record, context.form), NAME).said
    )
    assert code_of(locked) == "report_locked"
    assert code_of(locked, "another") == "report_password_wrong"
    assert agreement_of(context, locked, "a p\u00e4ssword") == "agree"
    assert agreement_of(context, locked) == "locked"


def test_what_is_no_report_is_refused_with_a_sentence(context: Context, record: ExamRecord, pdf: bytes) -> None:
    foreign = BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(foreign)
    assert code_of(foreign.getvalue()) == "report_foreign"
    assert code_of(b"no PDF") == "report_unreadable"
    assert code_of(pdf[:-400]) == "report_unreadable"
    assert code_of(changed(pdf, with_data(b'{"a": 1}'))) == "report_data_foreign"
    assert code_of(changed(pdf, with_data(b"{"))) == "report_data_damaged"
    assert code_of(changed(pdf, with_data(b" " * (MOST_BYTES + 1)))) == "report_data_huge"
    plain = pdf_bytes(context, record, context.form, attach=False)
    assert read_report(plain, NAME).said is None
    with pytest.raises(UserError) as caught:
        record_in(context, read_report(plain, NAME))
    assert caught.value.code == "report_without_data"


def test_a_file_with_any_part_overwritten_is_read_or_refused_and_never_ends_in_a_bug(pdf: bytes) -> None:
    codes = set()
    for start in range(0, len(pdf), max(1, len(pdf) // 60)):
        broken = pdf[:start] + b"\x00<<(9 0 R" + pdf[start + 9 :]
        try:
            read_report(broken, NAME)
        except UserError as error:
            codes.add(error.code)
    assert "report_unreadable" in codes


def test_pages_and_data_are_compared(context: Context, pdf: bytes) -> None:
    assert agreement_of(context, pdf) == "agree"
    assert agreement_of(context, changed(pdf, with_words)) == "differ"
    other = json.loads(attached(pdf))
    other["findings"]["strength.triceps.R"]["value"]["token"] = "3"
    assert agreement_of(context, changed(pdf, with_data(json.dumps(other).encode()))) == "differ"
    other["findings"]["strength.triceps.R"]["value"]["token"] = "9"
    assert agreement_of(context, changed(pdf, with_data(json.dumps(other).encode()))) == "differ"
    other = json.loads(attached(pdf))
    other["derived"]["core_done"] = 77
    assert agreement_of(context, changed(pdf, with_data(json.dumps(other).encode()))) == "differ"


def test_a_small_file_that_would_fill_the_memory_is_refused(
    context: Context, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_reading, "MOST_UNPACKED", 8_000_000)

    def with_zeros(file: Pdf) -> None:
        zeros = Stream(file, zlib.compress(bytes(pdf_reading.MOST_UNPACKED), 9))
        zeros.Filter = Name.FlateDecode
        file.Root.Zeros = file.make_indirect(zeros)

    bomb = changed(pdf, with_zeros)
    assert len(bomb) < 1_000_000
    assert verify(context, pdf, NAME).agreement == "agree"
    with pytest.raises(UserError) as caught:
        verify(context, bomb, NAME)
    assert caught.value.code == "report_unreadable"


def test_what_cannot_be_compared_is_said_so(context: Context, record: ExamRecord, pdf: bytes) -> None:
    data = json.loads(attached(pdf))

    def of(**parts: object) -> Agreement | None:
        return agreement_of(context, changed(pdf, with_data(json.dumps(data | parts).encode())))

    assert of(app_version="9.9") == "other_release"
    assert of(form=data["form"] | {"hash": "0" * 64}) == "other_form"
    assert of(issuer={"name": "Another Clinic", "logo_sha256": "0" * 64}) == "other_logo"
    assert agreement_of(context, pdf_bytes(context, record, context.form, attach=False)) == "no_data"
    told = sentences(
        context, verify(context, changed(pdf, with_data(json.dumps(data | {"app_version": "9.9"}).encode())), NAME)
    )
    assert any("release 9.9" in one for one in told)


def test_the_data_of_a_record_made_with_an_older_form_name_both_forms_and_agree_with_the_pages(
    context: Context, record: ExamRecord
) -> None:
    older = record.model_copy(update={"form": FormRef(id="neuro", version="0", hash="0" * 64)})
    pdf = pdf_bytes(context, older, context.form)
    said = json.loads(attached(pdf))
    assert (said["form"]["version"], said["printed_with"]) == ("0", record.form.model_dump())
    assert agreement_of(context, pdf) == "agree"
    assert shown(context, read_report(pdf, NAME)).missing_form is None
    of_own_form = pdf_bytes(context, record, context.form)
    assert "printed_with" not in json.loads(attached(of_own_form))


def test_a_report_whose_form_is_not_here_agrees_where_the_form_in_use_makes_the_same_pages(
    context: Context, record: ExamRecord
) -> None:
    elsewhere = context.form.model_copy(update={"version": "0", "hash": "0" * 64})
    theirs = record.model_copy(update={"form": FormRef(id="neuro", version="0", hash="0" * 64)})
    pdf = pdf_bytes(context, theirs, elsewhere)
    assert agreement_of(context, pdf) == "agree"
    assert shown(context, read_report(pdf, NAME)).missing_form == "0"
    renamed = elsewhere.model_copy(update={"title": "Another examination"})
    assert agreement_of(context, pdf_bytes(context, theirs, renamed)) == "other_form"


def test_a_report_of_another_clinic_on_other_paper_is_compared_too(context: Context, record: ExamRecord) -> None:
    context.data_folder.mkdir()
    keep_clinic(context, Clinic(name="Another Clinic", address=("1 Sample Street",), page_size="Letter"))
    theirs = pdf_bytes(context, record, context.form)
    keep_clinic(context, Clinic())
    assert agreement_of(context, theirs) == "agree"


def test_the_records_know_the_very_file_and_say_so(context: Context, records: Exams, record: ExamRecord) -> None:
    exam = records.adopt(record)
    pdf = pdf_bytes(context, record, context.form)
    exam.keep_export(pdf, attached=True, encrypted=False)
    known = verify(context, pdf, NAME, exams=records)
    assert known.holds
    assert "not a byte of it was changed" in sentences(context, known)[0]
    repacked = changed(pdf, lambda _file: None)
    other = verify(context, repacked, NAME, exams=records)
    assert (other.holds, other.agreement) == (False, "agree")
    assert "know no export" in sentences(context, other)[0]
    exam.close()


def test_without_the_records_it_is_said_that_a_change_cannot_be_seen(context: Context, pdf: bytes) -> None:
    found = verify(context, pdf, NAME)
    assert found.holds
    assert sentences(context, found) == [
        "Whether this file was changed after its export cannot be said: no records were opened to ask.",
        "The pages say what the data say: the same pages follow from them.",
        "That pages and data agree does not show who made the file.",
    ]


def test_a_new_file_is_named_by_the_day_and_never_by_the_patient(
    context: Context, record: ExamRecord, tmp_path: Path
) -> None:
    names = []
    for _turn in range(3):
        file = new_file(tmp_path, record, context.form, ".pdf")
        names.append(file.name)
        file.touch()
    assert names == [f"neurological-examination_2026-11-22{number}.pdf" for number in ("", "_2", "_3")]
    other = context.form.model_copy(update={"title": "\u795e\u7d4c"})
    assert new_file(tmp_path, record, other, ".txt").name == "examination_2026-11-22.txt"

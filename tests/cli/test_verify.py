"""`verify`: 0 where a report is the one that was exported, and plain words on what cannot be said."""

from __future__ import annotations

import getpass
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exam_app.cli.main import run
from exam_app.core.files.findings_file import read_findings
from exam_app.services import exams
from exam_app.services.context import Context
from exam_app.services.exams import Exams
from exam_app.services.export import pdf_bytes
from exam_app.store.keys import Cost

PASSPHRASE = "correct horse battery"
FINDINGS = b"""\
patient: {family_name: Specimen}
encounter: {started_at: 2026-11-22T09:20:00+01:00}
findings: {strength.triceps: {R: 4-, L: 5}}
"""


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Exams]:
    """Open records in the data folder that the commands use."""
    monkeypatch.setenv("EXAM_APP_DATA", str(tmp_path / "records"))
    opened, _recovery_key = exams.create(Context(key_cost=Cost(64, 1, 1)), PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def exported(records: Exams, tmp_path: Path) -> Path:
    """A report exported from these records, which are closed again; the same with one more byte lies beside it."""
    context = Context()
    exam = records.adopt(read_findings(FINDINGS, "findings.yaml", context.form))
    pdf = pdf_bytes(context, exam.record, exam.form)
    exam.keep_export(pdf, attached=True, encrypted=False)
    exam.close()
    records.close()
    (tmp_path / "report.pdf").write_bytes(pdf)
    (tmp_path / "changed.pdf").write_bytes(pdf + b"\n")
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
    return tmp_path / "report.pdf"


def said(capfd: pytest.CaptureFixture[str]) -> str:
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return out + err


def test_a_report_is_told_from_a_changed_one_by_the_records(
    exported: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with_records = ["--passphrase-file", str(tmp_path / "passphrase")]
    assert run(["verify", str(exported), *with_records]) == 0
    assert "not a byte of it was changed" in said(capfd)
    assert run(["verify", str(tmp_path / "changed.pdf"), *with_records]) == 1
    assert "know no export of this very file" in said(capfd)


def test_without_the_passphrase_what_can_be_checked_is_checked(
    exported: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(exported)]) == 0
    words = said(capfd)
    assert "cannot be said: no records were opened to ask" in words
    assert "The pages say what the data say" in words


def test_the_terminal_asks_for_the_passphrase(
    exported: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    answers = [PASSPHRASE, "", "a wrong passphrase"]
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: answers.pop(0))
    assert run(["verify", str(exported)]) == 0
    assert "not a byte of it was changed" in said(capfd)
    assert run(["verify", str(exported)]) == 0
    assert "no records were opened" in said(capfd)
    assert run(["verify", str(exported)]) == 1
    assert "The passphrase is not right" in said(capfd)


def test_a_wrong_passphrase_in_a_file_is_not_passed_over(
    exported: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "passphrase").write_text("a wrong passphrase\n")
    assert run(["verify", str(exported), "--passphrase-file", str(tmp_path / "passphrase")]) == 1
    assert "The passphrase is not right" in said(capfd)


def test_a_passphrase_for_records_that_are_not_there_is_a_sentence_with_their_folder(
    exported: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAM_APP_DATA", str(tmp_path / "elsewhere"))
    assert run(["verify", str(exported), "--passphrase-file", str(tmp_path / "passphrase")]) == 1
    assert f"There are no records in the folder {tmp_path / 'elsewhere'}." in said(capfd)


def test_records_that_are_open_in_a_window_are_left_alone(
    exported: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    opened = exams.unlock(Context(), PASSPHRASE)
    assert run(["verify", str(exported), "--passphrase-file", str(tmp_path / "passphrase")]) == 1
    assert "already open in another window" in said(capfd)
    opened.close()


def test_a_file_that_is_no_report_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert run(["verify", str(tmp_path / "letter.pdf")]) == 1
    assert "letter.pdf is damaged or not a PDF" in said(capfd)
    assert run(["verify", str(tmp_path / "absent.pdf")]) == 1
    assert "absent.pdf was not found" in said(capfd)

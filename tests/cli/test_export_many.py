"""`export` of many records: the same bytes as one by one, all cores, every fault named, nothing half-written."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from exam_app.cli.main import run
from exam_app.core.errors import UserError
from exam_app.services.batch import FEWEST_FOR_WORKERS, Batch, Job, Wanted, check, write
from exam_app.services.context import Context

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120.0


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of a short record."""
    folder = tmp_path_factory.mktemp("record")
    (folder / "findings.yaml").write_text(
        "patient: {family_name: Specimen, mrn: NUMBER}\n"
        "encounter: {started_at: 2026-11-22T09:20:00+01:00}\n"
        "findings: {strength.triceps: {R: 4-, L: 5}, reflexes.plantar: {R: extensor, L: flexor}}\n"
    )
    assert run(["record", str(folder / "findings.yaml"), "-o", str(folder / "record.json")]) == 0
    return (folder / "record.json").read_text()


def records_in(folder: Path, record: str, count: int) -> list[str]:
    """So many records, each with its own number, by their files."""
    folder.mkdir(exist_ok=True)
    names = []
    for number in range(count):
        file = folder / f"r{number:03}.json"
        file.write_text(record.replace("NUMBER", f"{number:07}"))
        names.append(str(file))
    return names


def test_many_reports_are_the_same_bytes_as_one_by_one(record: str, tmp_path: Path) -> None:
    names = records_in(tmp_path / "in", record, FEWEST_FOR_WORKERS + 1)
    assert run(["export", *names, "--format", "pdf", "-o", str(tmp_path / "out")]) == 0
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert written == [f"{Path(name).stem}.pdf" for name in names]
    for name in (names[0], names[-1]):
        assert run(["export", name, "--format", "pdf", "-o", str(tmp_path / "one.pdf")]) == 0
        assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "out" / f"{Path(name).stem}.pdf").read_bytes()


@pytest.mark.parametrize("count", [3, FEWEST_FOR_WORKERS + 1])
def test_bad_records_are_refused_whole_and_each_is_named_in_order(
    count: int, record: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    names = records_in(tmp_path / "in", record, count)
    Path(names[0]).write_text("{")
    Path(names[1]).write_text(record.replace("NUMBER", "\u6f22"))
    Path(names[2]).unlink()
    assert run(["export", *names, "--format", "pdf", "-o", str(tmp_path / "out")]) == 1
    said = capfd.readouterr().err
    order = [said.index(words) for words in ("r000.json is not valid", "U+6F22", "r002.json was not found")]
    assert order == sorted(order)
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()


def test_a_record_that_goes_while_reports_are_written_is_named_and_the_others_are_written(
    record: str, tmp_path: Path
) -> None:
    names = records_in(tmp_path / "in", record, FEWEST_FOR_WORKERS)
    jobs = [Job(name, str(tmp_path / f"{Path(name).stem}.txt")) for name in names]
    with Batch(Context(), jobs, Wanted("text")) as batch:
        assert set(batch.run(check)) == {None}
        Path(names[3]).unlink()
        errors = list(batch.run(write))
    assert [index for index, error in enumerate(errors) if error is not None] == [3]
    assert errors[3] is not None
    assert (errors[3].code, errors[3].params) == ("file_missing", {"file": names[3]})
    assert len(list(tmp_path.glob("*.txt"))) == len(names) - 1


def interrupted(context: Context, wanted: Wanted, job: Job) -> UserError | None:
    """A task during which the worker's process is sent an interrupt."""
    signal.raise_signal(signal.SIGINT)
    return write(context, wanted, job)


def test_a_worker_does_not_hear_the_interrupt_and_finishes_its_report(record: str, tmp_path: Path) -> None:
    names = records_in(tmp_path / "in", record, FEWEST_FOR_WORKERS)
    jobs = [Job(name, str(tmp_path / f"{Path(name).stem}.txt")) for name in names]
    with Batch(Context(), jobs, Wanted("text")) as batch:
        assert set(batch.run(interrupted)) == {None}
    assert len(list(tmp_path.glob("*.txt"))) == len(names)


def _hear_interrupts() -> None:
    """As in a terminal; what is started in the background of a shell would be deaf to them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no interrupt to a group of processes")
def test_an_interrupt_leaves_whole_reports_only_and_ends_with_a_sentence(record: str, tmp_path: Path) -> None:
    names, out = records_in(tmp_path / "in", record, 60), tmp_path / "out"
    command = [sys.executable, "-m", "exam_app", "export", *names, "--format", "pdf", "-o", str(out)]
    process = subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=_hear_interrupts
    )
    assert process.stderr is not None
    said = b""
    while not re.search(rb"writing:[^\r]* [1-9]\d*/60", said):
        more = os.read(process.stderr.fileno(), 4096)
        assert more, said
        said += more
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the command
    said += process.communicate(timeout=SECONDS)[1]
    assert process.returncode == 130
    assert b"Interrupted. Every report that was written is whole." in said
    assert b"Traceback" not in said
    written = list(out.iterdir())
    assert 0 < len(written) < len(names)
    assert {path.suffix for path in written} == {".pdf"}
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in written)


def test_standard_input_is_not_one_of_many(record: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    names = records_in(tmp_path / "in", record, 1)
    assert run(["export", *names, "-", "--format", "text", "-o", str(tmp_path / "out")]) == 1
    assert "only on its own" in capfd.readouterr().err


def test_paper_data_and_password_are_as_asked_for(record: str, tmp_path: Path) -> None:
    import pikepdf

    (name,) = records_in(tmp_path / "in", record, 1)
    password = tmp_path / "password.txt"
    password.write_text("a p\u00e4ssword\nnot this line\n")

    def exported(*options: str) -> Path:
        out = tmp_path / "report.pdf"
        assert run(["export", name, "--format", "pdf", "-o", str(out), *options]) == 0
        return out

    with pikepdf.open(exported()) as pdf:
        assert list(pdf.attachments) == ["examination.json"]
        assert float(pdf.pages[0].mediabox[3]) > 800
    with pikepdf.open(exported("--no-data", "--page", "Letter")) as pdf:
        assert list(pdf.attachments) == []
        assert float(pdf.pages[0].mediabox[3]) == 792
    locked = exported("--password-file", str(password))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(locked)
    with pikepdf.open(locked, password="a p\u00e4ssword") as pdf:
        assert pdf.encryption.R == 6


@pytest.mark.parametrize("kind", ["text", "json"])
def test_what_no_password_can_lock_is_not_written_without_it(
    kind: str, record: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (name,) = records_in(tmp_path / "in", record, 1)
    password = tmp_path / "password.txt"
    password.write_text("a password\n")
    out = tmp_path / "out"
    assert run(["export", name, "--format", kind, "-o", str(out), "--password-file", str(password)]) == 2
    assert "Only a PDF can have a password." in capfd.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(("line", "said"), [("", "empty"), ("x" * 128, "too long"), (None, "not found")])
def test_a_password_that_would_not_protect_is_refused_and_nothing_written(
    line: str | None, said: str, record: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (name,) = records_in(tmp_path / "in", record, 1)
    password = tmp_path / "password.txt"
    if line is not None:
        password.write_text(f"{line}\n")
    out = tmp_path / "report.pdf"
    command = ["export", name, "--format", "pdf", "-o", str(out), "--password-file", str(password)]
    assert run(command) == 1
    assert said in capfd.readouterr().err
    assert not out.exists()

"""The command line as a script sees it: results on standard output, messages on standard error, exit 0, 1 or 2."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from exam_app.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "forms" / "cases").glob("*.yaml"))
CORE_EXAMINED = {"C06": 74, "C09": 73, "C10": 72}
"""Core findings examined where not all 77 are: unsafe, too weak to judge, or left out."""


def record_of(case: str, folder: Path) -> Path:
    """The record of a case, made by the command."""
    (findings,) = (path for path in CASES if path.stem.startswith(f"{case}_"))
    out = folder / f"{case}.json"
    assert run(["record", str(findings), "-o", str(out)]) == 0
    return out


def output(capfd: pytest.CaptureFixture[str]) -> Any:
    """What the last command printed, as JSON."""
    return json.loads(capfd.readouterr().out)


@pytest.mark.parametrize("case", [path.stem.partition("_")[0] for path in CASES])
def test_a_case_goes_all_the_way(case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    record = record_of(case, tmp_path)
    assert run(["validate", str(record)]) == 0
    assert run(["export", str(record), "--format", "pdf", "-o", str(tmp_path / "report.pdf")]) == 0
    assert run(["export", str(record), "--format", "text", "-o", str(tmp_path / "note.txt")]) == 0
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert "SPECIMEN" in (tmp_path / "note.txt").read_text().upper()
    capfd.readouterr()
    assert run(["derive", str(record)]) == 0
    derived = output(capfd)
    (path,) = (path for path in CASES if path.stem.startswith(f"{case}_"))
    expected = yaml.safe_load(path.read_text(encoding="utf-8"))["expect"]["distribution"]
    assert derived["distribution"]["result"] == expected["result"]
    assert derived["completeness"]["of"] == 77
    assert derived["completeness"]["done"] == CORE_EXAMINED.get(case, 77)


def test_a_wrong_findings_file_writes_nothing_and_names_every_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(
        "patient: {family_name: Specimen}\nencounter: {started_at: never}\nfindings:\n  strength.deltoid: 9\n  a.b: 1\n"
    )
    out = tmp_path / "record.json"
    out.write_text("what was there")
    assert run(["record", str(wrong), "-o", str(out)]) == 1
    assert out.read_text() == "what was there"
    said = capfd.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert [line.split(":")[1] for line in lines[:-1]] == ["2", "4", "5"]
    assert lines[-1].endswith("Faults found: 3. Nothing was written. Mend what is named, and try again.")


def test_a_record_may_come_from_standard_input(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = record_of("C01", tmp_path).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert run(["derive", "-"]) == 0
    assert output(capfd)["distribution"]["result"] == "focal"


def test_many_records_a_line_each_give_a_result_a_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [record_of(case, tmp_path).read_bytes() for case in ("C01", "C16")]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines[0] + b"{broken\n" + lines[1])))
    assert run(["derive", "--jsonl"]) == 1
    said = capfd.readouterr()
    assert [json.loads(line)["distribution"]["result"] for line in said.out.splitlines()] == ["focal", "none"]
    assert "line 2" in said.err


def test_the_mirrored_record_mirrored_is_the_record(tmp_path: Path) -> None:
    record = record_of("C06", tmp_path)
    once, twice = tmp_path / "once.json", tmp_path / "twice.json"
    assert run(["mirror", str(record), "-o", str(once)]) == 0
    assert run(["mirror", str(once), "-o", str(twice)]) == 0
    assert twice.read_bytes() == record.read_bytes() != once.read_bytes()


def test_many_records_are_exported_to_a_folder_or_none_is(tmp_path: Path) -> None:
    records = [record_of("C01", tmp_path), record_of("C16", tmp_path)]
    out = tmp_path / "out"
    out.mkdir()
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    names = [str(path) for path in records]
    assert run(["export", *names, str(broken), "--format", "text", "-o", str(out)]) == 1
    assert list(out.iterdir()) == []
    assert run(["export", *names, "--format", "text", "-o", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["C01.txt", "C16.txt"]


def test_the_report_of_a_record_made_with_an_older_form_says_so(tmp_path: Path) -> None:
    record = record_of("C16", tmp_path)
    older = json.loads(record.read_text())
    older["form"] |= {"version": "0", "hash": "0" * 64}
    record.write_text(json.dumps(older))
    out = tmp_path / "report.txt"
    assert run(["export", str(record), "--format", "text", "-o", str(out)]) == 0
    assert "recorded with form neuro 0 (00000000), printed with neuro 1" in out.read_text()


def test_a_record_named_twice_or_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    record = str(record_of("C01", tmp_path))
    assert run(["export", record, record, "--format", "json", "-o", str(tmp_path)]) == 1
    file = tmp_path / "file"
    file.write_text("what was there")
    assert run(["export", record, str(record_of("C16", tmp_path)), "--format", "json", "-o", str(file)]) == 1
    assert file.read_text() == "what was there"


def test_the_folder_for_many_reports_is_made(tmp_path: Path) -> None:
    records = [str(record_of(case, tmp_path)) for case in ("C01", "C16")]
    assert run(["export", *records, "--format", "json", "-o", str(tmp_path / "new" / "folder")]) == 0
    assert len(list((tmp_path / "new" / "folder").iterdir())) == 2


@pytest.mark.skipif(os.name == "nt", reason="file modes are those of POSIX")
def test_what_is_written_is_for_its_owner_alone(tmp_path: Path) -> None:
    record = record_of("C01", tmp_path)
    assert stat.S_IMODE(record.stat().st_mode) == 0o600


def test_a_missing_file_and_a_folder_are_sentences(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(tmp_path / "none.json"), str(tmp_path)]) == 1
    said = capfd.readouterr().err
    assert "was not found" in said
    assert "could not be read" in said
    assert "Traceback" not in said


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    record = record_of("C01", tmp_path)
    assert run(["mirror", str(record), "-o", str(tmp_path / "no" / "out.json")]) == 1
    assert "could not be written" in capfd.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipe among the files")
def test_a_device_or_a_pipe_is_not_replaced_by_a_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert run(["mirror", str(record_of("C01", tmp_path)), "-o", str(pipe)]) == 1
    assert "could not be written" in capfd.readouterr().err
    assert pipe.is_fifo()


def test_one_record_goes_into_a_folder_where_a_folder_is_named(tmp_path: Path) -> None:
    record = str(record_of("C01", tmp_path))
    assert run(["export", record, "--format", "text", "-o", f"{tmp_path / 'new'}/"]) == 0
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["C01.txt"]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.write_text("what was there")
    assert run(["demo", "--out", str(file / "below")]) == 1
    assert "could not be made" in capfd.readouterr().err
    assert not list(tmp_path.rglob("crash-*"))


def test_standard_input_is_named_in_a_message(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{")))
    assert run(["validate", "-"]) == 1
    assert "The record standard input is not valid." in capfd.readouterr().err


def test_items_lists_every_address_with_its_values(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["items", "--json"]) == 0
    items = {row["address"]: row for row in output(capfd)}
    triceps = items["strength.triceps"]
    assert (triceps["sides"], triceps["values"][-1], triceps["normal"]) == (["R", "L"], "5", ["5"])
    assert (triceps["core"], triceps["roots"]["dominant"], triceps["nerve"]) == (True, ["C7"], "radial")
    assert {"address", "section", "label", "kind", "sides", "core", "roots", "nerve", "codes"} <= triceps.keys()
    assert run(["items"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == len(items) + 1


def test_the_schema_is_a_json_schema(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert output(capfd)["title"] == "ExamRecord"


def test_the_shipped_forms_have_no_fault(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "check"]) == 0
    assert "no fault" in capfd.readouterr().out


def test_a_wrong_form_is_refused_with_file_and_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "form.yaml").write_text("id: x\nversion: '1'\ntitle: X\nsections: [tone]\n")
    (tmp_path / "tone.yaml").write_text("id: tone\ntitle: Tone\ngroups:\n- {id: g, title: G, colour: red}\n")
    assert run(["forms", "check", str(tmp_path)]) == 1
    assert "tone.yaml:4: the key 'colour' is not known here" in capfd.readouterr().err


@pytest.mark.parametrize("arguments", [["fly"], ["record"], ["export", "a", "--format", "fax", "-o", "b"], ["forms"]])
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    assert ended.value.code == 2


def test_derive_needs_one_record_or_lines(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["derive"]) == 2
    assert run(["derive", "--jsonl", "x.json"]) == 2
    assert capfd.readouterr().err


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_any_script_survives_any_terminal(tmp_path: Path, locale: str) -> None:
    findings = tmp_path / "f.yaml"
    findings.write_text(
        "patient: {family_name: Ünïcode Ελλ}\nencounter: {started_at: 2026-11-22T09:00:00Z}\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "exam_app", "record", str(findings), "-o", "-"],
        env=os.environ | {"LC_ALL": locale, "PYTHONUTF8": "0"},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["patient"]["family_name"] == "Ünïcode Ελλ"


def test_the_same_findings_give_the_same_bytes(tmp_path: Path) -> None:
    first = record_of("C07", tmp_path).read_bytes()
    (tmp_path / "again").mkdir()
    assert record_of("C07", tmp_path / "again").read_bytes() == first


def test_a_bug_is_one_sentence_and_a_report_without_values(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("Specimen")

    record = record_of("C01", tmp_path)
    monkeypatch.setenv("EXAM_APP_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("exam_app.core.derived.derived.distribution", broken)
    assert run(["derive", str(record)]) == 1
    said = capfd.readouterr().err
    assert "Traceback" not in said
    assert "Specimen" not in said
    (report,) = (tmp_path / "data").iterdir()
    assert str(report) in said
    assert "RuntimeError" in report.read_text()
    assert "Specimen" not in report.read_text()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_the_windows_are_refused_with_a_sentence() -> None:
    bare = {name: value for name, value in os.environ.items() if "DISPLAY" not in name and name != "QT_QPA_PLATFORM"}
    done = subprocess.run([sys.executable, "-m", "exam_app"], env=bare, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"There is no display")
    assert done.stdout == b""


def test_a_blank_form_is_written_and_an_unknown_scope_is_refused_with_those_that_are_known(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "blank.pdf"
    assert run(["blank", "--scope", "screening", "--page", "Letter", "-o", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF-")
    capfd.readouterr()
    assert run(["blank", "--scope", "everything", "-o", str(tmp_path / "other.pdf")]) == 1
    assert "There is no scope everything." in (said := capfd.readouterr().err) and "screening" in said
    assert not (tmp_path / "other.pdf").exists()

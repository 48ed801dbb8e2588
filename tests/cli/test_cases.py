"""`exam-app cases check` and `cases list`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exam_app.cli.main import run
from exam_app.services.context import DATA_FOLDER_VARIABLE
from tests.specimen_case import DROPPED_FOOT

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = len(list((ROOT / "forms" / "cases").glob("*.yaml")))


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a teacher's own cases."""
    monkeypatch.setenv(DATA_FOLDER_VARIABLE, str(tmp_path / "data"))
    folder = tmp_path / "data" / "practice" / "cases"
    folder.mkdir(parents=True)
    return folder


def test_the_shipped_cases_have_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cases", "check"]) == 0
    assert capsys.readouterr().out.startswith(f"{SHIPPED} cases, no fault; not yet reviewed: ")


def test_every_fault_of_a_teachers_case_is_named_with_file_and_line(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = own / "X01_mine.yaml"
    file.write_text(DROPPED_FOOT.replace("id: falls", "id: fall"), encoding="utf-8")
    line = DROPPED_FOOT[: DROPPED_FOOT.index("id: falls")].count("\n") + 1
    for arguments in ([], [str(file)], [str(own)]):
        assert run(["cases", "check", *arguments]) == 1
        told = capsys.readouterr().err.splitlines()
        assert told[0].startswith(f"X01_mine.yaml:{line}: there is no red flag 'fall'")
        assert told[-1].startswith("The teaching cases are not offered. Faults found: 1. Nothing else was changed.")


def test_a_path_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cases", "check", "nowhere.yaml"]) == 1
    assert "nowhere.yaml was not found" in capsys.readouterr().err


def test_the_list_names_a_case_by_its_title_and_never_by_its_diagnosis(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cases", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == SHIPPED
    assert "dystonia" not in "\n".join(lines).lower()


def test_the_list_as_json_holds_the_head_of_each_case(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "X01_mine.yaml").write_text(DROPPED_FOOT, encoding="utf-8")
    assert run(["cases", "list", "--json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert len(rows) == SHIPPED + 1
    assert rows["X01"] == {
        "id": "X01",
        "title": "A foot that slaps",
        "difficulty": "easy",
        "author": "exam_app",
        "topics": ["strength", "gait"],
        "reviewed": None,
    }

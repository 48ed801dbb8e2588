"""What a user gets: the wheel, installed with its locked libraries into an empty environment, outside the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# One installation serves every test here; it downloads and unpacks about 100 MB.
pytestmark = pytest.mark.timeout(900)


def run(command: list[str | Path], cwd: Path, **environment: str) -> str:
    """Runs a command in a bare environment and returns its standard output; a failure shows what it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    result = subprocess.run(command, cwd=cwd, env={**kept, **environment}, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy that holds only what belongs to the repository."""
    copy = tmp_path_factory.mktemp("copy")
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], ROOT)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    out = tmp_path_factory.mktemp("wheel")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    run([*pip, "--wheel-dir", out, "."], copy)
    (built,) = out.glob("exam_app-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `exam-app` program in an environment that holds the wheel and its locked libraries, nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip: list[str | Path] = [programs / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run([*pip, "--require-hashes", "-r", ROOT / "requirements" / "runtime.txt"], folder)
    run([*pip, "--no-deps", wheel], folder)
    run([programs / "python", "-m", "pip", "--disable-pip-version-check", "check"], folder)
    return programs / "exam-app"


def test_the_wheel_carries_forms_resources_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "exam_app/_data/forms.json",
        "exam_app/_data/forms/form.yaml",
        "exam_app/_data/resources/fonts/DejaVuSans.ttf",
        "exam_app/_data/resources/fonts/LICENSE-DejaVu.txt",
    ):
        assert wanted in names
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in names if ".dist-info/" in name}
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "scripts/"))]


def test_the_installed_program_lists_the_items_of_the_form(installed: Path, tmp_path: Path) -> None:
    items = json.loads(run([installed, "items", "--json"], tmp_path))
    sections = {item["section"] for item in items}
    assert {"tone", "strength", "reflexes", "sensation", "gait", "movements"} <= sections


def test_the_installed_program_finds_its_own_forms_sound(installed: Path, tmp_path: Path) -> None:
    run([installed, "forms", "check"], tmp_path)


def test_the_installed_program_walks_the_demo(installed: Path, tmp_path: Path) -> None:
    run([installed, "demo", "--out", tmp_path / "demo"], tmp_path, QT_QPA_PLATFORM="offscreen")
    left = {file.suffix for file in (tmp_path / "demo").rglob("*") if file.stat().st_size > 0}
    assert {".json", ".pdf", ".txt", ".png"} <= left

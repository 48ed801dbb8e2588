from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from exam_app.core.files.record_file import record_from_json
from exam_app.core.form.form import Form
from tests.architecture.house import ROOT


def test_the_demo_leaves_everything_and_removes_its_records(tmp_path: Path, form: Form) -> None:
    out = tmp_path / "demo"
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from pathlib import Path; from exam_app.gui.demo import run_demo; run_demo(Path({str(out)!r}))",
        ],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF-")
    note = (out / "note.txt").read_text(encoding="utf-8")
    assert "spasticity, MAS 1+, velocity-dependent" in note
    assert "spastic paraparetic" in note
    assert "dystonia of the right hand" in note
    record = record_from_json((out / "record.json").read_bytes(), form, "record.json")
    assert {address.partition(".")[0] for address in record.findings} == {
        section.id for section in form.sections if section.id not in ("history", "other", "scales")
    }
    shots = sorted(path.name for path in out.glob("*.png"))
    assert [name[:2] for name in shots] == [f"{number:02}" for number in range(1, len(shots) + 1)]
    assert len(shots) >= 14

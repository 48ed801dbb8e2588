"""What the README promises."""

from __future__ import annotations

import re

from exam_app.core.files.findings_file import read_findings
from exam_app.core.files.loader import load_form
from tests.architecture.house import ROOT


def test_the_findings_file_in_the_readme_is_taken_over_as_it_stands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", readme, flags=re.DOTALL)
    record = read_findings(example.encode(), "README.md", load_form(ROOT / "forms"))
    assert {"strength.deltoid.R", "strength.deltoid.L", "reflexes.plantar.L", "strength.fdi.R"} <= set(record.findings)


def test_every_target_of_the_makefile_is_in_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: help (.*)$", makefile, flags=re.MULTILINE)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [target for target in targets.split() if f"`make {target}`" not in readme] == []

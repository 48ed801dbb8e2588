"""What goes along with the findings of a case: it is shown, nobody has to find it, and it stands nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.practice.case import Case
from exam_app.core.practice.case_checks import abnormal
from exam_app.core.practice.eliciting import elicited
from exam_app.core.practice.library import Library
from tests.specimen_case import specimen_case

RUNNING = "beside:\n  gait.run: cannot\ncard:"


def with_beside(folder: Path, form: Form, library: Library, *changes: tuple[str, str]) -> Case:
    return specimen_case(folder, form, library, ("card:", RUNNING), *changes)


def test_it_is_shown_and_nobody_has_to_find_it(tmp_path: Path, form: Form, library: Library) -> None:
    case = with_beside(tmp_path, form, library)
    assert "one foot stays on the floor" in elicited(case, "gait.run", form, library.phrases)
    assert "gait.run" not in abnormal(case, form)


def test_without_it_the_item_is_normal(dropped_foot: Case, form: Form, library: Library) -> None:
    assert "light" in elicited(dropped_foot, "gait.run", form, library.phrases)


@pytest.mark.parametrize("line", ["strength.ehl.L: 4", "strength.deltoid: 4"], ids=["a finding", "asserted normal"])
def test_what_is_recorded_cannot_stand_there_too(line: str, tmp_path: Path, form: Form, library: Library) -> None:
    with pytest.raises(UserError) as refused:
        with_beside(tmp_path, form, library, ("  gait.run: cannot", f"  {line}"))
    assert "remove it here" in refused.value.faults[0].what


def test_a_critical_finding_cannot_stand_there(tmp_path: Path, form: Form, library: Library) -> None:
    with pytest.raises(UserError) as refused:
        with_beside(tmp_path, form, library, ("finding: strength.tibialis_anterior.L", "finding: gait.run"))
    assert any("nobody has to find it" in fault.what for fault in refused.value.faults)


def test_an_unknown_item_there_is_refused(tmp_path: Path, form: Form, library: Library) -> None:
    with pytest.raises(UserError) as refused:
        with_beside(tmp_path, form, library, ("gait.run: cannot", "gait.runs: cannot"))
    assert any("gait.runs" in fault.what for fault in refused.value.faults)

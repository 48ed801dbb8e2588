"""Numbers that follow from two of a group's: R2 − R1 of a Tardieu item, shown and said while both are there."""

from __future__ import annotations

import pytest

from exam_app.core.derived.derived import derived
from exam_app.core.derived.differences import faults
from exam_app.core.files.findings_file import read_findings
from exam_app.core.files.record_file import record_to_json
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Difference, GroupItem, NumberField
from exam_app.core.record.record import ExamRecord
from exam_app.report import build, note

HEAD = """\
patient: {family_name: Specimen}
encounter: {started_at: 2026-11-22T09:20:00+01:00}
findings:
"""


def record_of(form: Form, tardieu: str) -> ExamRecord:
    """A record of spasticity at the right elbow with these Tardieu findings."""
    lines = f"  tone.elbow_flexors.R: {{quality: spasticity, mas: 1+, tardieu: {{{tardieu}}}}}\n"
    return read_findings(f"{HEAD}{lines}".encode(), "findings.yaml", form)


def note_of(form: Form, record: ExamRecord) -> str:
    """The bullets without line breaks."""
    return " ".join(note(build(record, form, app_version="0"), "bullets").split())


def test_the_dynamic_part_is_worked_out_and_said_in_degrees(form: Form) -> None:
    record = record_of(form, "x: 2, velocity: v3, r1_deg: 60, r2_deg: 90")
    assert derived(record, form)["differences"] == {"tone.elbow_flexors.R": {"tardieu.dynamic_deg": 30}}
    assert "Tardieu: X 2 at V3, R1 60°, R2 90°, R2 − R1 30°" in note_of(form, record)
    assert "dynamic" not in record_to_json(record), "it is never stored"


@pytest.mark.parametrize("angles", ["r1_deg: 60", "r2_deg: 90", "r1_deg: {unable: pain}, r2_deg: 90"])
def test_there_is_none_while_an_angle_is_missing(form: Form, angles: str) -> None:
    record = record_of(form, f"x: 2, {angles}")
    assert derived(record, form)["differences"] == {}
    assert "R2 − R1" not in note_of(form, record)


def test_angles_in_the_wrong_order_are_not_hidden(form: Form) -> None:
    assert "R2 − R1 −10°" in note_of(form, record_of(form, "r1_deg: 100, r2_deg: 90"))


@pytest.mark.parametrize(
    ("of", "what"),
    [
        (("a", "lost"), "needs two numbers of 'group', neither a range, a pair nor n of N"),
        (("a", "a"), "needs two numbers of 'group'"),
        (("a", "ranged"), "neither a range"),
        (("a", "metres"), "needs two numbers with the same one unit"),
        (("a", "b"), None),
    ],
)
def test_a_difference_of_what_cannot_be_subtracted_is_refused(of: tuple[str, str], what: str | None) -> None:
    fields = (
        *(NumberField(id=name, kind="number", label=name, max=9, units=("s",)) for name in ("a", "b")),
        NumberField(id="metres", kind="number", label="metres", max=9, units=("m",)),
        NumberField(id="ranged", kind="number", label="ranged", max=9, units=("s",), ranged=True),
    )
    difference = Difference(id="d", label="Difference", spoken="{number} s less", of=of)
    group = GroupItem(id="group", kind="group", label="Group", fields=fields, differences=(difference,))
    found = list(faults(group))
    assert len(found) == (what is not None)
    assert all(what is not None and what in each for each in found)

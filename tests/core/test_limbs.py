"""A limb that is absent or in plaster below a level is said once and is unable for every item below it."""

from __future__ import annotations

import pytest

from exam_app.core.checks.record_checks import check_record
from exam_app.core.editing import editing, limbs
from exam_app.core.editing.editing import Edit
from exam_app.core.editing.session import Session
from exam_app.core.errors import UserError
from exam_app.core.files.findings_file import read_findings
from exam_app.core.form.form import Form
from exam_app.core.record.mirror import mirrored
from exam_app.core.record.record import AbsentBelow, Examined, Unable
from exam_app.core.record.values import GradeValue
from tests.specimen import blank

BELOW_KNEE = AbsentBelow(level="knee", reason="amputation")
UNABLE = Unable(reason="amputation", entered="macro")

FILE = """
scope: full
patient: {family_name: Specimen}
encounter: {started_at: 2026-11-22T09:20:00+01:00, absent_below: {leg_L: {level: knee, reason: amputation}}}
findings:
  strength.quadriceps: 5
  strength.tibialis_anterior.R: 5
rest_normal: [strength]
"""


def test_every_item_below_the_level_on_that_side_is_unable_and_nothing_above_it(form: Form) -> None:
    after = editing.apply(blank(form), limbs.absent(blank(form), form, "leg_L", BELOW_KNEE))
    assert after.encounter.absent_below == {"leg_L": BELOW_KNEE}
    assert set(after.findings.values()) == {UNABLE}
    for below in ("strength.quadriceps", "strength.ehl", "reflexes.ankle", "sensation.pinprick_L5", "tone.ankle_pf"):
        assert f"{below}.L" in after.findings
        assert f"{below}.R" not in after.findings
    for above in ("strength.iliopsoas.L", "sensation.pinprick_L2.L", "strength.deltoid.L"):
        assert above not in after.findings


def test_what_was_recorded_before_stays_and_one_step_takes_it_all_back(form: Form) -> None:
    grade = Examined(value=GradeValue(token="3", scale="mrc/1"), entered="typed")
    record = editing.apply(blank(form), Edit(findings={"strength.quadriceps.L": grade}))
    session = Session(record)
    session.edit(limbs.absent(record, form, "leg_L", BELOW_KNEE))
    assert session.record.findings["strength.quadriceps.L"] == grade
    assert not list(check_record(session.record, form))
    session.undo()
    assert session.record == record


def test_items_outside_the_scope_are_left_alone(form: Form) -> None:
    record = blank(form).model_copy(update={"scope": "screening"})
    found = limbs.absent(record, form, "leg_L", BELOW_KNEE).findings
    assert "reflexes.ankle.L" in found
    assert "strength.ehl.L" not in found or form.items["strength.ehl"].core


def test_the_other_leg_is_absent_in_the_mirrored_record(form: Form) -> None:
    after = editing.apply(blank(form), limbs.absent(blank(form), form, "leg_L", BELOW_KNEE))
    other = mirrored(after)
    assert other.encounter.absent_below == {"leg_R": BELOW_KNEE}
    assert mirrored(other) == after


def test_a_findings_file_says_it_once_and_rest_normal_asserts_nothing_below(form: Form) -> None:
    record = read_findings(FILE.encode(), "file.yaml", form)
    assert record.findings["strength.gastrocnemius_soleus.L"] == UNABLE
    assert record.findings["strength.gastrocnemius_soleus.R"].state == "asserted_normal"
    assert record.findings["strength.quadriceps.L"].state == "examined"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("leg_L: {level: elbow, reason: amputation}", "the levels are hip, knee, ankle, forefoot"),
        ("tail_L: {level: knee, reason: amputation}", "the limbs are arm_R, arm_L, leg_R, leg_L"),
        ("leg_L: {level: knee, reason: pain}", "amputation"),
    ],
)
def test_a_limb_or_level_that_does_not_exist_is_refused_with_its_line(form: Form, written: str, said: str) -> None:
    text = FILE.replace("leg_L: {level: knee, reason: amputation}", written)
    with pytest.raises(UserError) as refused:
        read_findings(text.encode(), "file.yaml", form)
    (fault,) = refused.value.faults
    assert fault.where == "file.yaml:4"
    assert said in fault.what

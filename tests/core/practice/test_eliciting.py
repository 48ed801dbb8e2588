"""What is shown at an address that is examined."""

from __future__ import annotations

from pathlib import Path

from exam_app.core.form.form import Form, section_of
from exam_app.core.practice.case import Case
from exam_app.core.practice.eliciting import elicited
from exam_app.core.practice.library import Library
from tests.specimen_case import specimen_case

FOOT = "strength.tibialis_anterior.L"


def test_a_finding_is_shown_in_words_and_not_by_its_grade(dropped_foot: Case, form: Form, library: Library) -> None:
    words = elicited(dropped_foot, FOOT, form, library.phrases)
    assert words == library.phrases.of_answer("strength.tibialis_anterior", "2", "mrc")
    assert "2" not in words
    assert words != elicited(dropped_foot, "strength.tibialis_anterior.R", form, library.phrases)


def test_the_case_s_own_words_come_first_for_one_side_and_for_an_item(
    tmp_path: Path, form: Form, library: Library
) -> None:
    own = ("card:", f"shown: {{{FOOT}: The foot hangs., strength.ehl: The toe rests.}}\ncard:")
    case = specimen_case(tmp_path, form, library, own)
    assert elicited(case, FOOT, form, library.phrases) == "The foot hangs."
    assert elicited(case, "strength.tibialis_anterior.R", form, library.phrases) != "The foot hangs."
    assert elicited(case, "strength.ehl.R", form, library.phrases) == "The toe rests."


def test_the_history_is_told(dropped_foot: Case, form: Form, library: Library) -> None:
    assert elicited(dropped_foot, "history.pain", form, library.phrases) == "none"
    assert elicited(dropped_foot, "history.triggers", form, library.phrases) == "nothing is told of it"


def test_the_history_is_told_in_a_patient_s_words_and_without_what_the_examiner_concludes(
    tmp_path: Path, form: Form, library: Library
) -> None:
    history = """\
  onset: {date: 2026-11-02, mode: subacute, first_site: foot_L}
  pain: [{site: left leg to the big toe, score: 7, radicular: {root: L5, side: L}}, {site: low back, kind: myalgia}]
  brain_injury: [{kind: infection, site: left putamen, source: scar on CT}]
  exposures: none
  axis_2: {pathology: static_lesion}
  cause_established: yes
"""
    case = specimen_case(tmp_path, form, library, ("  pain: none\n", history))
    told = {name: elicited(case, f"history.{name}", form, library.phrases) for name in ("onset", "pain", "exposures")}
    assert told == {
        "onset": "it came over some days or a few weeks, 2026-11-02, first in the left foot",
        "pain": "left leg to the big toe, 7/10; low back, aching as after hard work",
        "exposures": "no drug for stomach, sickness, sleep, nerves or dizziness, now or before",
    }
    assert elicited(case, "history.brain_injury", form, library.phrases) == "meningitis or encephalitis"
    concluded = [elicited(case, f"history.{name}", form, library.phrases) for name in ("axis_2", "cause_established")]
    assert concluded == ["yours to conclude; no patient tells it"] * 2


def test_nothing_is_told_of_an_answer_that_is_all_the_examiner_s(tmp_path: Path, form: Form, library: Library) -> None:
    pain = "pain: [{radicular: {root: L5, side: L}}]"
    case = specimen_case(tmp_path, form, library, ("pain: none", pain))
    assert elicited(case, "history.pain", form, library.phrases) == "nothing is told of it"


def test_what_nobody_thought_of_shows_what_is_normal(dropped_foot: Case, form: Form, library: Library) -> None:
    known = dropped_foot.truth.findings
    address = next(each for each in form.addresses if each not in known and section_of(each) != "history")
    item = form.addresses[address]
    words = elicited(dropped_foot, address, form, library.phrases)
    assert words == (item.normal_finding or "Nothing stands out.")

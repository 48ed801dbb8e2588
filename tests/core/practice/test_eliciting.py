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


def test_what_nobody_thought_of_shows_what_is_normal(dropped_foot: Case, form: Form, library: Library) -> None:
    known = dropped_foot.truth.findings
    address = next(each for each in form.addresses if each not in known and section_of(each) != "history")
    item = form.addresses[address]
    words = elicited(dropped_foot, address, form, library.phrases)
    assert words == (item.normal_finding or "Nothing stands out.")

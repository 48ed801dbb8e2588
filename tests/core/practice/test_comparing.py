"""How a learner's finding compares with that of the case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from exam_app.core.form.form import Form
from exam_app.core.practice.case import Case
from exam_app.core.practice.comparing import Comparing
from exam_app.core.practice.library import Library
from exam_app.core.record.record import Examined, Finding
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue, ListValue, NumberValue, SideValue, Value
from tests.specimen_case import asserted, everything, findings_of, played, specimen_case

FOOT = "strength.tibialis_anterior.L"


def graded(token: str, scale: str = "mrc/1") -> Finding:
    """A grade as a learner types it."""
    return Examined(value=GradeValue(token=token, scale=scale), entered="typed")


def outcomes(
    case: Case, form: Form, library: Library, changes: dict[str, Finding | None], *, skipped: tuple[str, ...] = ()
) -> dict[str, str]:
    """The outcomes of a perfect learner who did some things otherwise."""
    findings: dict[str, Finding] = findings_of(case)
    for address, finding in changes.items():
        findings.pop(address, None)
        if finding is not None:
            findings[address] = finding
    performed = tuple(each for each in everything(case, form, library) if each not in skipped)
    attempt = played(case, form, performed=performed, findings=findings)
    return {each.address: each.outcome for each in Comparing(case, attempt, form, library.phrases).all()}


@pytest.mark.parametrize(
    ("token", "outcome"), [("2", "exact"), ("3", "adjacent"), ("1", "adjacent"), ("4", "different"), ("5", "missed")]
)
def test_a_grade_is_exact_or_next_to_it_or_different_or_missed(
    token: str, outcome: str, dropped_foot: Case, form: Form, library: Library
) -> None:
    assert outcomes(dropped_foot, form, library, {FOOT: graded(token)})[FOOT] == outcome


def test_grades_that_the_words_cannot_tell_apart_are_equal(tmp_path: Path, form: Form, library: Library) -> None:
    case = specimen_case(tmp_path, form, library, ("strength.ehl.L: 3", "strength.ehl.L: 4-"))
    found = {token: outcomes(case, form, library, {"strength.ehl.L": graded(token)}) for token in ("4", "4+", "3", "2")}
    assert [found[token]["strength.ehl.L"] for token in found] == ["exact", "exact", "adjacent", "different"]


def test_what_was_examined_and_not_graded_is_missed(dropped_foot: Case, form: Form, library: Library) -> None:
    assert outcomes(dropped_foot, form, library, {FOOT: None})[FOOT] == "missed"


def test_what_was_not_examined_is_said_so(dropped_foot: Case, form: Form, library: Library) -> None:
    assert outcomes(dropped_foot, form, library, {FOOT: None}, skipped=(FOOT,))[FOOT] == "not_examined"


@pytest.mark.parametrize("finding", [graded("2"), asserted(FOOT)[1]])
def test_what_was_recorded_without_being_examined_earns_nothing(
    finding: Finding, dropped_foot: Case, form: Form, library: Library
) -> None:
    assert outcomes(dropped_foot, form, library, {FOOT: finding}, skipped=(FOOT,))[FOOT] == "unseen"


def test_the_other_side_is_the_wrong_side_and_counts_once(dropped_foot: Case, form: Form, library: Library) -> None:
    found = outcomes(dropped_foot, form, library, {FOOT: graded("5"), "strength.tibialis_anterior.R": graded("2")})
    assert found[FOOT] == "wrong_side"
    assert found["strength.tibialis_anterior.R"] == "normal"


def test_a_side_is_wrong_only_where_the_key_has_one(tmp_path: Path, form: Form, library: Library) -> None:
    case = specimen_case(
        tmp_path,
        form,
        library,
        ("{level: nerve, side: L}", "{level: polyneuropathy}"),
        ("accept: [{level: root, side: L}]", "accept: []"),
    )
    found = outcomes(case, form, library, {FOOT: graded("5"), "strength.tibialis_anterior.R": graded("2")})
    assert (found[FOOT], found["strength.tibialis_anterior.R"]) == ("missed", "false_positive")


def test_grades_that_changed_sides_are_on_the_wrong_side(tmp_path: Path, form: Form, library: Library) -> None:
    right = "strength.tibialis_anterior.R"
    case = specimen_case(tmp_path, form, library, ("  strength.ehl.L: 3", f"  {right}: 4\n  strength.ehl.L: 3"))
    found = outcomes(case, form, library, {FOOT: graded("4"), right: graded("2")})
    assert (found[FOOT], found[right]) == ("wrong_side", "wrong_side")


def test_what_is_abnormal_only_for_the_learner_is_a_false_positive(
    dropped_foot: Case, form: Form, library: Library
) -> None:
    found = outcomes(dropped_foot, form, library, {"strength.deltoid.R": graded("3")})
    assert found["strength.deltoid.R"] == "false_positive"
    assert found["strength.deltoid.L"] == "normal"


def test_what_goes_along_with_the_findings_need_not_be_found(tmp_path: Path, form: Form, library: Library) -> None:
    case = specimen_case(tmp_path, form, library, ("card:", "beside: {strength.edl_edb.L: 2}\ncard:"))
    found = outcomes(case, form, library, {"strength.edl_edb.L": None})
    assert found["strength.edl_edb.L"] == "normal"
    assert outcomes(case, form, library, {})["strength.edl_edb.L"] == "normal"


def value(item: str, **fields: Value) -> Finding:
    """A group of fields."""
    return Examined(value=GroupValue(fields=fields), entered="typed")


@pytest.mark.parametrize(
    ("beats", "outcome"), [(6.0, "exact"), (5.0, "adjacent"), (7.0, "adjacent"), (12.0, "different"), (0.0, "missed")]
)
def test_a_count_is_exact_or_near_or_not(
    beats: float, outcome: str, tmp_path: Path, form: Form, library: Library
) -> None:
    case = specimen_case(tmp_path, form, library, ("  reflexes.knee: 2+", "  reflexes.clonus_ankle.L: {beats: 6}"))
    got = value("clonus", beats=NumberValue(number=beats))
    limits: dict[str, Any] = outcomes(case, form, library, {"reflexes.clonus_ankle.L": got})
    assert limits["reflexes.clonus_ankle.L"] == outcome


MOVEMENTS = (
    "movement_observation: {seen: none, minutes: 5}",
    """movement_observation: {seen: yes, minutes: 5}
movements:
  - {phenomenology: dystonia, sites: [foot_L, neck], source: observed}
  - {phenomenology: myoclonus, sites: [hand_R], source: observed}
shown: {movements.entries: "The foot turns in, the head turns."}""",
)


def entry(phenomenology: str, *sites: tuple[str, str | None]) -> GroupValue:
    """One movement as a learner enters it."""
    places = []
    for site, side in sites:
        fields: dict[str, Value] = {"site": ChoiceValue(token=site)}
        if side is not None:
            fields["side"] = SideValue.model_validate({"side": side})
        places.append(GroupValue(fields=fields))
    return GroupValue(
        fields={
            "phenomenology": ChoiceValue(token=phenomenology),
            "sites": ListValue(entries=tuple(places)),
            "source": ChoiceValue(token="observed"),
        }
    )


DYSTONIA, MYOCLONUS = entry("dystonia", ("foot", "L"), ("neck", None)), entry("myoclonus", ("hand", "R"))


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((MYOCLONUS, DYSTONIA), ["exact", "exact"]),
        ((DYSTONIA,), ["exact", "missed"]),
        ((entry("dystonia", ("neck", None)), MYOCLONUS), ["adjacent", "exact"]),
        ((entry("dystonia", ("foot", "R"), ("neck", None)), MYOCLONUS), ["wrong_side", "exact"]),
        ((entry("chorea", ("foot", "L"), ("neck", None)), MYOCLONUS), ["different", "exact"]),
        ((DYSTONIA, MYOCLONUS, entry("tic_motor", ("head", None))), ["exact", "exact", "false_positive"]),
    ],
)
def test_each_movement_is_paired_with_one_of_the_case(
    entries: tuple[GroupValue, ...], expected: list[str], tmp_path: Path, form: Form, library: Library
) -> None:
    case = specimen_case(tmp_path, form, library, MOVEMENTS, ("{result: none}", "{result: multifocal}"))
    findings = {
        **findings_of(case),
        "movements.entries": Examined(value=ListValue(entries=entries), entered="typed"),
    }
    attempt = played(case, form, performed=everything(case, form, library), findings=findings)
    compared = Comparing(case, attempt, form, library.phrases).all()
    assert [each.outcome for each in compared if each.address == "movements.entries"] == expected

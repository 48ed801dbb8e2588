"""What a learner hears: scores as clinical decision 10 defines them, what fails an attempt, order, and mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from exam_app.core.form.form import Form
from exam_app.core.practice.case import Case, Place
from exam_app.core.practice.debrief import Debrief, debriefed
from exam_app.core.practice.library import Library, Mistake, Mistakes, When
from exam_app.core.practice.order import course, stages
from exam_app.core.practice.scores import NotScored, Scored
from exam_app.core.record.record import Finding
from tests.core.practice.test_comparing import FOOT, graded
from tests.specimen_case import blank_attempt, everything, findings_of, perfect, played, specimen_case

ABNORMAL = 5
"""So many findings of the made-up case are abnormal."""

MANY = [
    f"strength.{each}.{side}"
    for each in ("deltoid", "biceps", "triceps", "iliopsoas", "quadriceps", "hamstrings")
    for side in "RL"
]
"""More false positives than there is to find."""


def heard(
    case: Case,
    form: Form,
    library: Library,
    changes: dict[str, Finding] | None = None,
    *,
    place: Place | None = None,
    flags: tuple[str, ...] = ("falls",),
    performed: tuple[str, ...] | None = None,
) -> Debrief:
    """The debrief of a perfect learner who did some things otherwise."""
    attempt = played(
        case,
        form,
        performed=performed if performed is not None else everything(case, form, library),
        findings={**findings_of(case), **(changes or {})},
        place=place or case.key.localisation,
        flags=flags,
    )
    return debriefed(case, attempt, form, library)


@pytest.mark.parametrize(
    ("changes", "points"),
    [
        ({}, 5.0),
        ({FOOT: "3"}, 4.5),
        ({FOOT: "4"}, 4.0),
        ({FOOT: "5"}, 4.0),
        ({"strength.deltoid.R": "3"}, 4.5),
        ({FOOT: "3", "strength.deltoid.R": "3", "strength.deltoid.L": "3"}, 3.5),
        (dict.fromkeys(MANY, "1"), 0.0),
    ],
)
def test_findings_score_one_a_half_nothing_and_less_a_half_but_never_below_nothing(
    changes: dict[str, str], points: float, dropped_foot: Case, form: Form, library: Library
) -> None:
    found = heard(dropped_foot, form, library, {address: graded(token) for address, token in changes.items()})
    assert found.scores["findings"] == Scored(points, ABNORMAL)


@pytest.mark.parametrize(("wrong", "points"), [(0, 1.0), (1, 0.5), (2, 0.0), (3, 0.0)])
def test_a_case_without_a_finding_scores_one_less_a_half_for_each_false_positive(
    wrong: int, points: float, tmp_path: Path, form: Form, library: Library
) -> None:
    case = normal_case(tmp_path, form, library)
    addresses = ["strength.deltoid.R", "strength.deltoid.L", "strength.biceps.R"][:wrong]
    found = heard(case, form, library, {address: graded("3") for address in addresses}, flags=())
    assert found.scores["findings"] == Scored(points, 1)
    assert found.scores["safety"] == NotScored("nothing_to_score")


def normal_case(folder: Path, form: Form, library: Library) -> Case:
    """The made-up case with nothing to find."""
    return specimen_case(
        folder,
        form,
        library,
        ("  strength.tibialis_anterior.L: 2\n  strength.ehl.L: 3\n  strength.peronei.L: 2\n", ""),
        ("  sensation.light_touch: {superficial_peroneal.L: 1}\n", ""),
        ("  gait.pattern: steppage\n", ""),
        ("{level: nerve, side: L}", "{level: none}"),
        ("accept: [{level: root, side: L}]", "accept: []"),
        ("    - {finding: strength.tibialis_anterior.L, why: A dropped foot must not be missed.}\n", ""),
        ("  critical:\n", "  critical: []\n"),
        ("    - {id: falls, why: The foot catches.}\n", ""),
        ("  red_flags:\n", "  red_flags: []\n"),
        name="X02",
    )


def test_nothing_examined_is_not_scored_and_has_no_number(dropped_foot: Case, form: Form, library: Library) -> None:
    found = debriefed(dropped_foot, blank_attempt(dropped_foot, form), form, library)
    assert set(found.scores.values()) == {NotScored("nothing_examined")}
    assert not hasattr(found.scores["findings"], "points")
    assert not found.anything_examined
    assert not found.is_failed


@pytest.mark.parametrize(
    ("place", "points", "reversed_side"),
    [
        (Place(level="nerve", side="L"), 2, False),
        (Place(level="root", side="L"), 2, False),
        (Place(level="nerve", side="R"), 1, True),
        (Place(level="cortex", side="R"), 0, True),
        (Place(level="nerve", side="unsaid"), 1, False),
        (Place(level="muscle"), 0, False),
    ],
)
def test_the_place_scores_two_its_level_one_and_the_other_side_fails(
    place: Place, points: int, reversed_side: bool, dropped_foot: Case, form: Form, library: Library
) -> None:
    found = heard(dropped_foot, form, library, place=place)
    assert found.scores["localisation"] == Scored(float(points), 2)
    assert [each.kind for each in found.failures] == (["lesion_reversed"] if reversed_side else [])


def test_dystonia_is_localised_by_its_distribution_too(tmp_path: Path, form: Form, library: Library) -> None:
    movements = (
        "movement_observation: {seen: none, minutes: 5}",
        "movement_observation: {seen: yes, minutes: 5}\n"
        "movements: [{phenomenology: dystonia, sites: [foot_L], source: observed}]\n"
        "shown: {movements.entries: The foot turns in.}",
    )
    case = specimen_case(tmp_path, form, library, movements, ("{result: none}", "{result: focal}"))
    attempt = perfect(case, form, library)
    assert debriefed(case, attempt, form, library).scores["localisation"] == Scored(3.0, 3)
    other = attempt.model_copy(update={"distribution": "segmental"})
    assert debriefed(case, other, form, library).scores["localisation"] == Scored(2.0, 3)


def test_what_fails_an_attempt(dropped_foot: Case, form: Form, library: Library) -> None:
    assert not heard(dropped_foot, form, library).is_failed
    missed = heard(dropped_foot, form, library, {FOOT: graded("5")})
    assert [(each.kind, each.what) for each in missed.failures] == [("critical_missed", FOOT)]
    unsaid = heard(dropped_foot, form, library, flags=("airway",))
    assert [(each.kind, each.what) for each in unsaid.failures] == [("red_flag_unsaid", "falls")]
    assert unsaid.unfounded == ("airway",)
    turned = heard(dropped_foot, form, library, {FOOT: graded("5"), "strength.tibialis_anterior.R": graded("2")})
    assert [(each.kind, each.what) for each in turned.failures] == [("finding_reversed", FOOT)]
    assert [found.scores["safety"] for found in (missed, unsaid, turned)] == [Scored(1.0, 2)] * 3


def test_the_order_is_kept_or_its_strays_are_named(dropped_foot: Case, form: Form, library: Library) -> None:
    steps = stages(library.order, form, dropped_foot.truth)
    first = {stage.step.id: stage.addresses[0] for stage in steps}
    walked = course(steps, [first[each] for each in ("mental", "reflexes", "cranial", "tone", "strength", "gait")])
    assert walked.begun == ("mental", "reflexes", "cranial", "tone", "strength", "gait")
    assert walked.out_of_order == (("reflexes", "cranial"),)
    assert walked.kept == 5
    assert "sensation" in walked.skipped
    late = course(steps, [first[each] for each in ("cranial", "tone", "strength", "mental")])
    assert late.out_of_order == (("cranial", "mental"),)


def test_structure_counts_the_steps_in_order_out_of_all(dropped_foot: Case, form: Form, library: Library) -> None:
    steps = stages(library.order, form, dropped_foot.truth)
    assert heard(dropped_foot, form, library).scores["structure"] == Scored(float(len(steps)), len(steps))
    backwards = tuple(stage.addresses[0] for stage in reversed(steps))
    assert heard(dropped_foot, form, library, performed=backwards).scores["structure"] == Scored(1.0, len(steps))
    asked = tuple(stage.addresses[0] for stage in steps if not stage.step.optional)
    assert len(asked) < len(steps)
    assert heard(dropped_foot, form, library, performed=asked).scores["structure"] == Scored(
        float(len(asked)), len(asked)
    )


@pytest.mark.parametrize(
    ("when", "made"),
    [
        (When(outcome=("missed",), at=(FOOT,)), True),
        (When(outcome=("missed",), at=("strength.tibialis_anterior",)), True),
        (When(outcome=("missed",), at=("strength",), abnormal=("reflexes",)), False),
        (When(outcome=("missed",), at=("strength",), abnormal=("strength.ehl",), normal=("reflexes",)), True),
        (When(outcome=("missed",), at=("reflexes",)), False),
        (When(outcome=("false_positive",)), False),
        (When(skipped=("strength.drift_arm", "gait.tandem")), True),
        (When(skipped=("strength.drift_arm", "strength.tibialis_anterior")), False),
        (When(before=("strength", "cranial")), True),
        (When(before=("cranial", "strength")), False),
        (When(before=("gait", "cranial")), False),
        (When(levels=("nerve",)), True),
        (When(levels=("root",)), False),
    ],
)
def test_a_mistake_was_made_where_all_that_it_asks_for_holds(
    when: When, made: bool, dropped_foot: Case, form: Form, library: Library
) -> None:
    only = library.model_copy(update={"mistakes": Mistakes(mistakes=(Mistake(id="one", text="So.", when=when),))})
    found = heard(dropped_foot, form, only, {FOOT: graded("5")}, performed=(FOOT, "cranial.fundus.R"))
    told = {mistake.id for each in found.explained for mistake in each.mistakes}
    told |= {mistake.id for mistake in found.beside}
    assert told == ({"one"} if made else set())


def test_what_is_wrong_is_explained_with_what_the_case_teaches_about_it(
    dropped_foot: Case, form: Form, library: Library
) -> None:
    found = heard(dropped_foot, form, library, {"strength.peronei.L": graded("5"), FOOT: graded("3")})
    taught = {each.comparison.address: [point.text for point in each.teaching] for each in found.explained}
    assert taught == {FOOT: [], "strength.peronei.L": ["Inversion tells the root from the nerve."]}
    assert len(found.right) == ABNORMAL - 2

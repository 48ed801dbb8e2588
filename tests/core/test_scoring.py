"""A score is a number only when it is complete; the language of scores and its faults."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.core.derived.scoring import Incomplete, Known, Missing, Range, Total, outcome_json, score_record, scored
from exam_app.core.editing.editing import Edit, apply
from exam_app.core.files.findings_file import read_findings
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form, split_address
from exam_app.core.form.score import Leaf, Plan, Score, Term, faults, total
from exam_app.core.form.score import plan as plan_of
from exam_app.core.record.mirror import mirrored
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord
from exam_app.core.record.values import GradeValue, GroupValue, NumberValue, UnableValue, Value
from tests.specimen import blank
from tests.strategies import records

ENVELOPE = "patient: {family_name: Specimen}\nencounter: {started_at: 2026-11-22T09:00:00+01:00}\n"
SCORES = [path.stem for path in sorted((Path(__file__).resolve().parents[2] / "forms" / "scores").glob("*.yaml"))]
Made = Callable[[str], ExamRecord]


@pytest.fixture
def made(form: Form) -> Made:
    """A record from the findings of a findings file."""
    return lambda text: read_findings((ENVELOPE + text).encode(), "findings.yaml", form)


def values_of(form: Form, leaf: Leaf) -> st.SearchStrategy[Value]:
    """Every value that gives this number."""
    if leaf.scale is None:
        return st.integers(1, int(min(leaf.high, 20))).map(lambda number: NumberValue(number=number))
    scale = form.scales[leaf.scale]
    tokens = st.sampled_from(sorted(leaf.numbers))
    return tokens.map(lambda token: GradeValue(token=token, scale=f"{scale.id}/{scale.version}"))


def record_of(form: Form, values: list[tuple[Leaf, Value]]) -> ExamRecord:
    """A record in which exactly these numbers are recorded."""
    trees: dict[str, Any] = {}
    for leaf, value in values:
        if not leaf.fields:
            trees[leaf.address] = value
            continue
        inside = trees.setdefault(leaf.address, {})
        for name in leaf.fields[:-1]:
            inside = inside.setdefault(name, {})
        inside[leaf.fields[-1]] = value
    findings = {address: Examined(value=_grouped(tree), entered="typed") for address, tree in trees.items()}
    return apply(blank(form), Edit(findings=findings))


def _grouped(tree: Any) -> Value:
    if isinstance(tree, dict):
        return GroupValue(fields={name: _grouped(each) for name, each in tree.items()})
    value: Value = tree
    return value


def offered(form: Form, score_id: str) -> Plan:
    """The plan of a score, without the condition on weakness that hides it."""
    plan = form.score_plans[score_id]
    return Plan(plan.score.model_copy(update={"not_with": None}), plan.terms)


@pytest.mark.parametrize("score_id", SCORES)
def test_a_complete_score_is_a_number_and_without_any_one_item_it_is_none(form: Form, score_id: str) -> None:
    plan = offered(form, score_id)
    leaves = list(plan.leaves)

    @given(st.tuples(*(values_of(form, leaf) for leaf in leaves)), st.integers(0, len(leaves) - 1))
    def holds(values: tuple[Value, ...], left_out: int) -> None:
        pairs = list(zip(leaves, values, strict=True))
        whole = scored(plan, record_of(form, pairs), form)
        assert whole is not None and isinstance(whole.outcome, Total)
        less = scored(plan, record_of(form, pairs[:left_out] + pairs[left_out + 1 :]), form)
        if less is None:
            assert len(leaves) == 1
            return
        assert isinstance(less.outcome, Incomplete)
        assert [missing.leaf for missing in less.outcome.missing] == [leaves[left_out]]
        assert not isinstance(outcome_json(less), float | int)

    holds()


@pytest.mark.parametrize("score_id", SCORES)
def test_an_item_that_cannot_be_tested_leaves_no_total(form: Form, score_id: str) -> None:
    plan = offered(form, score_id)
    leaves = [leaf for leaf in plan.leaves if leaf.fields]

    @given(st.tuples(*(values_of(form, leaf) for leaf in plan.leaves)), st.integers(0, max(len(leaves) - 1, 0)))
    def holds(values: tuple[Value, ...], at: int) -> None:
        pairs = list(zip(plan.leaves, values, strict=True))
        whole = scored(plan, record_of(form, pairs), form)
        assert whole is not None and isinstance(whole.outcome, Total)
        untested = [(leaf, UnableValue(reason="pain") if leaf == leaves[at] else value) for leaf, value in pairs]
        less = scored(plan, record_of(form, untested), form)
        assert less is not None and not isinstance(less.outcome, Total)
        if isinstance(less.outcome, Range):
            assert less.outcome.low <= whole.outcome.number <= less.outcome.high

    if leaves and len(list(plan.leaves)) > 1:
        holds()


def test_a_score_of_any_record_is_a_total_exactly_where_every_number_is_known(form: Form) -> None:
    @given(records(form))
    def holds(record: ExamRecord) -> None:
        for one in score_record(record, form).values():
            complete = all(isinstance(reading, Known) for reading in one.readings)
            assert not isinstance(one.outcome, Total) or complete
            assert isinstance(outcome_json(one), float | int) == isinstance(one.outcome, Total)
            assert set(one.addresses) <= set(record.findings)

    holds()


@pytest.mark.parametrize("score_id", SCORES)
def test_a_mirrored_record_has_the_same_total_whatever_the_order_of_its_findings(form: Form, score_id: str) -> None:
    plan = offered(form, score_id)

    @given(st.tuples(*(values_of(form, leaf) for leaf in plan.leaves)), st.randoms(use_true_random=False))
    def holds(values: tuple[Value, ...], order: random.Random) -> None:
        record = record_of(form, list(zip(plan.leaves, values, strict=True)))
        findings = list(record.findings.items())
        order.shuffle(findings)
        shuffled = record.model_copy(update={"findings": dict(findings)})
        here, there, other = (scored(plan, each, form) for each in (record, mirrored(record), shuffled))
        assert here is not None and there is not None and other is not None
        assert isinstance(here.outcome, Total) and isinstance(there.outcome, Total)
        assert here.outcome.number == there.outcome.number
        assert (here.outcome.sides.get("R"), here.outcome.sides.get("L")) == (
            there.outcome.sides.get("L"),
            there.outcome.sides.get("R"),
        )
        assert other.outcome == here.outcome

    holds()


def test_a_score_needs_a_number_for_each_of_its_leaves(form: Form) -> None:
    plan = form.score_plans["gcs"]
    assert total(plan, [4, 5, 6]) == 15
    for numbers in ([], [4, 5], [4, 5, 6, 0]):
        with pytest.raises(ValueError, match="each of its leaves"):
            total(plan, numbers)


def test_nothing_recorded_is_no_score(form: Form) -> None:
    assert score_record(blank(form), form) == {}


def test_a_number_that_is_a_range_or_a_failed_try_is_no_number(form: Form, made: Made) -> None:
    record = made("findings: {gait.10mwt: {seconds: cannot, distance_m: 10}}")
    assert outcome_json(score_record(record, form)["walking_speed"]) == {"incomplete": ["time"]}


def test_a_range_of_numbers_is_no_number(form: Form, made: Made) -> None:
    own = plan_of(of(Term(at="history.recurrence:interval")), form.items, form.scales)
    one = scored(own, made("history: {recurrence: {interval: 60 s}}"), form)
    assert one is not None and outcome_json(one) == 60
    assert scored(own, made("history: {recurrence: {interval: 60-90 s}}"), form) is None


def test_a_quotient_by_nothing_is_no_number(form: Form, made: Made) -> None:
    record = made("findings: {gait.10mwt: {seconds: 0, distance_m: 10}}")
    assert isinstance(score_record(record, form)["walking_speed"].outcome, Incomplete)


def test_a_grade_of_another_scale_is_no_number(form: Form) -> None:
    leaf = next(leaf for leaf in form.score_plans["hoehn_yahr"].leaves)
    record = record_of(form, [(leaf, GradeValue(token="2", scale="mrs/1"))])
    assert "hoehn_yahr" not in score_record(record, form)


def test_an_asserted_normal_stands_for_a_number_only_where_the_score_says_so(form: Form) -> None:
    everything = {address: AssertedNormal(entered="macro") for address in form.addresses}
    found = score_record(apply(blank(form), Edit(findings=everything)), form)
    assert {score_id: outcome_json(one) for score_id, one in found.items()} == {
        "mrc_sum": 60,
        "light_touch_sum": 112,
        "pinprick_sum": 112,
    }


def test_a_criterion_is_open_until_it_is_met_or_the_score_is_complete(form: Form, made: Made) -> None:
    def met(items: str) -> bool | None:
        one = score_record(made(f"scales: {{aims: {{items: {items}}}}}"), form)["aims"]
        return {criterion.id: is_met for criterion, is_met in one.met}["schooler_kane"]

    assert met("{face: 1, lips: 1}") is None
    assert met("{face: 3}") is True
    assert met("{face: 2, lips: 2}") is True
    assert met("[1, 1, 2, 1, 0, 1, 0]") is False


# The language -------------------------------------------------------------------------------------------------------


def of(*terms: Term, **more: Any) -> Score:
    """A score of these terms."""
    return Score(id="own", version="1", label="Own", phrase="own", terms=terms, **more)


@pytest.mark.parametrize(
    ("score", "path", "words"),
    [
        (of(Term(at="scales.nothing")), "terms/0", "no item 'scales.nothing'"),
        (of(Term(at="scales.sara:walk")), "terms/0", "no field 'walk'"),
        (of(Term(at="scales.sara:gait"), Term(at="gait.pattern")), "terms/1", "no grade and no number"),
        (of(Term(at="scales.sara:gait"), number="decimal"), "terms/0", "has the number 'decimal'"),
        (of(Term(at="scales.sara:gait"), max=4), "max", "add up to 8 at most, not 4"),
        (of(Term(at="scales.sara:gait"), combine="quotient"), "combine", "exactly two terms"),
        (of(Term(at="scales.sara:gait"), by_side=True), "by_side", "must be paired"),
        (of(Term(at="scales.sara:gait", weight=-1), untestable="range"), "untestable", "can be a range"),
    ],
)
def test_a_score_that_the_form_cannot_fulfil_is_a_fault(form: Form, score: Score, path: str, words: str) -> None:
    found = list(faults(score, form.items, form.scales))
    assert [where for where, _what in found] == [path]
    assert words in found[0][1]


def test_a_new_score_is_a_file_and_nothing_else(form: Form, tmp_path: Path, made: Made) -> None:
    root = Path(__file__).resolve().parents[2] / "forms"
    own = tmp_path / "forms"
    for path in root.rglob("*.yaml"):
        target = own / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    (own / "scores" / "drift.yaml").write_text(
        'id: drift\nversion: "1"\nlabel: Drift\nphrase: drift\ncombine: difference\n'
        'terms:\n  - {at: "strength.drift_arm:seconds", sides: mean}\n  - {at: "gait.tug:seconds"}\n'
    )
    wider = load_form(own)
    record = made("findings: {strength.drift_arm: {R: {seconds: 8}, L: {seconds: 6}}, gait.tug: {seconds: 2}}")
    assert outcome_json(score_record(record, wider)["drift"]) == 5


def test_a_score_names_no_side_so_that_both_count(form: Form) -> None:
    for plan in form.score_plans.values():
        assert {split_address(term.at)[1] for term, _sides in plan.terms} == {None}
        sides = [leaf.address[-1] + "".join(leaf.fields) for leaf in plan.leaves if leaf.side]
        assert len(sides) % 2 == 0


def test_what_is_missing_is_named_with_its_side_and_its_mark(form: Form, made: Made) -> None:
    record = made("findings: {strength.deltoid: {R: {grade: 4, qualifiers: [pain_limited]}, L: 4}}")
    one = scored(offered(form, "mrc_sum"), record, form)
    outcome = one.outcome if one is not None else None
    assert isinstance(outcome, Incomplete)
    first = outcome.missing[0]
    assert isinstance(first, Missing)
    assert (first.leaf.name, first.leaf.side, first.mark) == ("shoulder abduction", "R", "pain_limited")

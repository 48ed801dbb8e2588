"""Editing: pure edits, exact undo, and what one key may assert."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exam_app.core.editing import editing
from exam_app.core.editing.editing import Edit
from exam_app.core.editing.session import Change, Session
from exam_app.core.editing.visible import visible_addresses
from exam_app.core.form.form import Form
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord, Finding, NotExamined
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue
from tests.specimen import blank
from tests.strategies import finding, records


def graded(token: str) -> Examined:
    """An MRC grade."""
    return Examined(value=GradeValue(token=token, scale="mrc/1"), entered="typed")


def test_undo_after_any_edits_restores_the_record_exactly_and_redo_does_them_again(form: Form) -> None:
    @st.composite
    def edits(draw: st.DrawFn) -> Edit:
        addresses = draw(st.lists(st.sampled_from(list(form.addresses)), max_size=4, unique=True))
        found: dict[str, Finding | None] = {
            address: draw(st.none() | finding(form, form.addresses[address])) for address in addresses
        }
        notes = draw(st.dictionaries(st.sampled_from(["gait", "tone"]), st.none() | st.just("words"), max_size=1))
        context: dict[str, str | None] = draw(st.sampled_from([{}, {"impression": "words"}, {"impression": None}]))
        return Edit(findings=found, section_notes=notes, context=context)

    @given(records(form, most=8), st.lists(edits(), max_size=6))
    def holds(record: ExamRecord, steps: list[Edit]) -> None:
        session = Session(record)
        states = [record]
        for step in steps:
            if session.edit(step):
                states.append(session.record)
        for state in reversed(states[:-1]):
            assert session.undo()
            assert session.record == state
        assert not session.undo()
        for state in states[1:]:
            assert session.redo()
            assert session.record == state
        assert not session.redo()

    holds()


def test_an_edit_leaves_the_record_before_it_unchanged(form: Form) -> None:
    record = blank(form)
    after = editing.apply(record, Edit(findings={"strength.deltoid.R": graded("4")}))
    assert (len(record.findings), len(after.findings)) == (0, 1)


def test_an_edit_that_changes_nothing_is_no_step(form: Form) -> None:
    session = Session(blank(form))
    session.edit(Edit(findings={"strength.deltoid.R": graded("4")}))
    assert not session.edit(Edit(findings={"strength.deltoid.R": graded("4")}))
    session.undo()
    assert not session.can_undo


def test_a_new_edit_forgets_what_was_undone(form: Form) -> None:
    session = Session(blank(form))
    session.edit(Edit(findings={"strength.deltoid.R": graded("4")}))
    session.undo()
    session.edit(Edit(findings={"strength.deltoid.R": graded("3")}))
    assert not session.redo()


def test_a_change_names_exactly_the_touched_addresses_and_who_began_it(form: Form) -> None:
    session, told = Session(blank(form)), list[Change[ExamRecord]]()
    session.listen(told.append)
    session.edit(
        Edit(findings={"strength.deltoid.R": graded("4"), "strength.triceps.R": graded("5")}), initiator="cell"
    )
    session.edit(Edit(findings={"strength.deltoid.R": None}))
    assert [(set(change.addresses), change.initiator) for change in told] == [
        ({"strength.deltoid.R", "strength.triceps.R"}, "cell"),
        ({"strength.deltoid.R"}, None),
    ]


def test_rest_normal_never_overwrites_and_carries_no_value(form: Form) -> None:
    @given(records(form), st.sampled_from(list(form.section_by_id)))
    def holds(record: ExamRecord, section_id: str) -> None:
        offered = editing.rest_normal_addresses(record, form, section_id)
        after = editing.apply(record, editing.rest_normal(record, form, section_id))
        assert {address: after.findings[address] for address in record.findings} == dict(record.findings)
        fresh = after.findings.keys() - record.findings.keys()
        assert fresh == set(offered)
        assert all(after.findings[address] == AssertedNormal(entered="macro") for address in fresh)
        assert all(form.addresses[address].macro and not form.addresses[address].folded for address in fresh)
        assert all(address.startswith(f"{section_id}.") for address in fresh)

    holds()


def test_rest_normal_of_a_group_stays_in_the_group(form: Form) -> None:
    section = form.section_by_id["strength"]
    first = section.groups[0]
    offered = editing.rest_normal_addresses(blank(form), form, "strength", first.id)
    assert offered
    assert {form.addresses[address].id for address in offered} <= {item.id for item in first.items}


def test_the_rest_of_a_group_is_what_takes_part_is_asked_not_folded_and_without_a_finding_and_all_of_it(
    form: Form,
) -> None:
    groups = [(section.id, group.id) for section in form.sections for group in section.groups]

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(records(form, most=12), st.sampled_from(groups), st.sampled_from(sorted(form.scopes)))
    def holds(drawn: ExamRecord, group: tuple[str, str], scope: str) -> None:
        record = drawn.model_copy(update={"scope": scope})
        section_id, group_id = group
        offered = editing.rest_normal_addresses(record, form, section_id, group_id)
        asked = visible_addresses(form, record, section_id, folded=False)
        expected = [
            address
            for address in asked
            if form.group_of(address).id == group_id
            and form.addresses[address].macro
            and not form.addresses[address].folded
            and address not in record.findings
        ]
        assert offered == expected
        after = editing.apply(record, editing.rest_normal(record, form, section_id, group_id))
        assert {address: after.findings[address] for address in record.findings} == dict(record.findings)
        assert set(after.findings) - set(record.findings) == set(offered)
        assert all(isinstance(after.findings[address], AssertedNormal) for address in offered)

    holds()


def test_the_groups_of_a_section_share_out_what_the_section_asserts(form: Form) -> None:
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(records(form, most=12))
    def holds(record: ExamRecord) -> None:
        for section in form.sections:
            whole = editing.rest_normal_addresses(record, form, section.id)
            parts = [editing.rest_normal_addresses(record, form, section.id, group.id) for group in section.groups]
            assert sorted(address for part in parts for address in part) == sorted(whole)

    holds()


def test_where_both_sides_are_selected_only_the_empty_one_takes_the_others_finding(form: Form) -> None:
    both = ("strength.deltoid.R", "strength.deltoid.L", "strength.triceps.R", "strength.triceps.L")
    record = editing.apply(
        blank(form),
        Edit(findings={both[0]: graded("3"), both[2]: graded("4"), both[3]: graded("5")}),
    )
    after = editing.apply(record, editing.same_as_other_sides(record, both))
    tokens = [getattr(getattr(after.findings[each], "value", None), "token", None) for each in both]
    assert tokens == ["3", "3", "4", "5"], "no two findings change places"


def test_rest_normal_stays_within_the_scope(form: Form) -> None:
    in_scope = form.in_scope("screening")
    for section_id in form.section_by_id:
        for address in editing.rest_normal_addresses(blank(form, "screening"), form, section_id):
            assert address.removesuffix(".R").removesuffix(".L") in in_scope


def test_same_as_the_other_side_takes_the_finding_without_its_note(form: Form) -> None:
    right = graded("4-").model_copy(update={"note": "after the fall"})
    record = editing.apply(blank(form), Edit(findings={"strength.deltoid.R": right}))
    edit = editing.same_as_other_side(record, "strength.deltoid.L")
    assert edit.findings == {"strength.deltoid.L": graded("4-").model_copy(update={"entered": "copied"})}
    assert editing.same_as_other_side(record, "gait.pattern").is_empty
    assert editing.same_as_other_side(record, "strength.triceps.L").is_empty


def test_one_reason_for_many_is_one_step_and_cleared_means_absent(form: Form) -> None:
    addresses = ["strength.deltoid.R", "strength.deltoid.L"]
    session = Session(blank(form))
    session.edit(Edit(findings=dict.fromkeys(addresses, NotExamined(reason="time", entered="typed"))))
    assert set(session.record.findings) == set(addresses)
    session.edit(editing.cleared(addresses))
    assert session.record == blank(form)


def test_a_condition_that_hides_an_item_never_deletes_or_hides_its_answer(form: Form) -> None:
    item = form.items["gait.tandem"]
    hidden = item.model_copy(update={"when": _only_when_parkinsonian()})
    sections = tuple(
        section.model_copy(
            update={
                "groups": tuple(
                    group.model_copy(update={"items": tuple(hidden if each is item else each for each in group.items)})
                    for group in section.groups
                )
            }
        )
        for section in form.sections
    )
    conditional = Form.model_validate(
        {name: getattr(form, name) for name in Form.model_fields} | {"sections": sections}
    )
    record = blank(form)
    assert "gait.tandem" not in visible_addresses(conditional, record, "gait", folded=True)
    answered = editing.apply(record, Edit(findings={"gait.tandem": AssertedNormal(entered="typed")}))
    assert "gait.tandem" in visible_addresses(conditional, answered, "gait", folded=False)
    walked = editing.apply(record, Edit(findings={"gait.pattern": _choice("parkinsonian")}))
    assert "gait.tandem" in visible_addresses(conditional, walked, "gait", folded=False)


def _only_when_parkinsonian() -> object:
    from exam_app.core.form.kinds import Condition

    return Condition(item="gait.pattern", one_of=("parkinsonian",))


def _choice(token: str) -> Examined:
    return Examined(value=ChoiceValue(token=token), entered="typed")


def test_entries_of_a_list_are_those_recorded(form: Form) -> None:
    assert editing.entries(blank(form), "movements.entries") == ()
    record = editing.apply(blank(form), Edit(findings={"movements.entries": graded("5")}))
    assert editing.entries(record, "movements.entries") == ()


def test_a_group_keeps_the_fields_that_were_given() -> None:
    value = GroupValue(fields={"quality": ChoiceValue(token="spasticity")})
    assert dict(value.fields) == {"quality": ChoiceValue(token="spasticity")}


def test_sacral_sensation_is_asked_where_the_alert_card_calls_for_it_and_never_asserted(form: Form) -> None:
    sacral = "sensation.pinprick_S3.R"
    record = blank(form)
    assert sacral not in visible_addresses(form, record, "sensation", folded=False)
    for address, value in (
        ("alert.saddle_numbness", ChoiceValue(token="yes")),
        ("alert.sphincter", GroupValue(fields={"kind": ChoiceValue(token="retention")})),
    ):
        called = editing.apply(record, Edit(findings={address: Examined(value=value, entered="typed")}))
        assert sacral in visible_addresses(form, called, "sensation", folded=False)
        assert sacral not in editing.rest_normal_addresses(called, form, "sensation")
    denied = editing.apply(record, Edit(findings={"alert.saddle_numbness": _choice("no")}))
    assert sacral not in visible_addresses(form, denied, "sensation", folded=False)

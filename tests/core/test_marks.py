"""Marks: given and taken as one step, only where they are possible, and nothing else is touched."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exam_app.core.checks.record_checks import check_record
from exam_app.core.editing import editing
from exam_app.core.editing.marks import Mark, carries, marks_of, may_carry, toggled, with_words, words_of
from exam_app.core.form.form import Form
from exam_app.core.record.record import Examined, ExamRecord
from tests.specimen import blank
from tests.strategies import records


def test_toggling_marks_where_possible_touches_nothing_else_and_the_record_stays_valid(form: Form) -> None:
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(records(form, most=8), st.data())
    def holds(record: ExamRecord, data: st.DataObject) -> None:
        addresses = data.draw(st.lists(st.sampled_from(sorted(form.addresses)), min_size=1, max_size=5, unique=True))
        addresses += list(record.findings)
        item = form.addresses[addresses[-1]]
        mark = data.draw(st.sampled_from([m for m in marks_of(item, None, record) if not m.is_words]))
        able = [address for address in addresses if may_carry(form, record, address, mark)]
        after = editing.apply(record, toggled(record, form, addresses, mark))
        changed = {a for a in form.addresses if record.findings.get(a) != after.findings.get(a)}
        assert changed <= set(able)
        had_all = all(carries(record.findings.get(address), mark) for address in able)
        assert all(carries(after.findings.get(address), mark) != had_all for address in able)
        assert all(isinstance(record.findings[a], Examined) for a in changed if a in record.findings)
        assert list(check_record(after, form)) == list(check_record(record, form)) == []

    holds()


def test_a_qualifier_needs_a_finding_and_a_field_of_a_gap_makes_one(form: Form) -> None:
    record = blank(form)
    address = "reflexes.brachioradialis.R"
    uncertain = Mark("uncertain", "uncertain")
    inverted = next(mark for mark in marks_of(form.addresses[address], None, record) if mark.field == "inverted")
    assert toggled(record, form, [address], uncertain).is_empty
    after = editing.apply(record, toggled(record, form, [address], inverted))
    assert carries(after.findings.get(address), inverted)
    again = editing.apply(after, toggled(after, form, [address], inverted))
    assert address not in again.findings, "without any field it is not yet examined again"


def test_words_of_a_mark_are_given_and_taken(form: Form) -> None:
    record = blank(form)
    address = "reflexes.biceps.L"
    spread = next(mark for mark in marks_of(form.addresses[address], None, record) if mark.field == "spread")
    after = editing.apply(record, with_words(record, form, [address], spread, "fingers"))
    assert words_of(after.findings.get(address), spread) == "fingers"
    again = editing.apply(after, with_words(after, form, [address], spread, ""))
    assert address not in again.findings

"""The data that go along with a report say what its pages say: all of it, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exam_app.core.checks.record_checks import check_record
from exam_app.core.clinic import Clinic
from exam_app.core.derived.scoring import score_record
from exam_app.core.errors import UserError
from exam_app.core.files.reported import MOST_BYTES, Reported, record_of, reported, reported_from_json, reported_json
from exam_app.core.form.form import Form
from exam_app.core.messages import sentence
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord
from exam_app.core.record.values import GroupValue, UnableValue
from exam_app.core.wording.score_words import score_text
from exam_app.report import Document, build
from exam_app.report.document import AbnormalBlock, block_sentences
from tests.report.conftest import ROOT, Make
from tests.report.test_promises import told
from tests.strategies import records

some = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def data_of(record: ExamRecord, form: Form) -> Reported:
    return reported(record, form, app_version="0")


def pages(record: ExamRecord, form: Form) -> Document:
    return build(record, form, app_version="0")


@some
@given(data=st.data())
def test_every_address_in_the_data_is_said_on_the_pages_and_vice_versa(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form))
    assert told(pages(record, form), in_words=False) == set(data_of(record, form).findings)


@some
@given(data=st.data())
def test_the_pages_follow_from_the_data(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form))
    there_and_back = reported_from_json(reported_json(data_of(record, form)), "report.pdf")
    again = record_of(there_and_back, "report.pdf")
    assert list(check_record(again, form)) == []
    assert pages(again, form) == pages(record, form)
    assert reported_json(data_of(again, form)) == reported_json(data_of(record, form))


HEAD = ("schema_name", "schema_version", "status", "app_version", "form", "scope", "derived")
"""Parts of the data that the pages say but that are not the record's own, or that it cannot be without."""


def without_one_leaf(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The data with each of its leaves, groups and entries left out, one at a time."""
    if isinstance(data, dict):
        for key, value in data.items():
            if path or key not in HEAD:
                yield (*path, key), {other: each for other, each in data.items() if other != key}
                for where, less in without_one_leaf(value, (*path, key)):
                    yield where, data | {key: less}
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield (*path, index), [each for other, each in enumerate(data) if other != index]
            for where, less in without_one_leaf(value, (*path, index)):
                yield where, [less if other == index else each for other, each in enumerate(data)]


def is_counted_by_tapping(path: tuple[Any, ...]) -> bool:
    """Of events counted by tapping the pages give number, rate and intervals, which follow from the single times."""
    return "events" in path or "count" in path or "seconds" in path


@few
@given(data=st.data())
def test_nothing_stands_in_the_data_that_the_pages_do_not_say(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form, most=4))
    whole, before = json.loads(reported_json(data_of(record, form))), pages(record, form)
    same = record_of(data_of(record, form), "report.pdf")
    silent = []
    for path, less in without_one_leaf(whole):
        try:
            record_without = record_of(reported_from_json(json.dumps(less).encode(), "report.pdf"), "report.pdf")
        except UserError:
            continue
        if record_without == same or list(check_record(record_without, form)) or is_counted_by_tapping(path):
            continue
        if pages(record_without, form) == before:
            silent.append(path)
    assert silent == []


@some
@given(data=st.data())
def test_the_data_hold_the_scores_and_the_distribution_that_the_pages_say(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form, most=40))
    derived = data_of(record, form).derived
    document = pages(record, form)
    sections = [block for block in document.blocks if not isinstance(block, AbnormalBlock)]
    said = [one.text for block in sections for one in block_sentences(block)]
    for name, scored in score_record(record, form).items():
        on_the_pages = any(text.startswith(score_text(scored)) for text in said)
        assert on_the_pages == (name in derived.scores)
    by_rule = any(text.startswith("Distribution of dystonia by app rule") for text in said)
    assert by_rule == (derived.distribution is not None)


def test_the_data_hold_nothing_of_how_and_where_the_record_was_made(form: Form, make: Make) -> None:
    record = make("findings: {strength.triceps: {R: 4-, L: 5}}\nrest_normal: [tone]\n")
    text = reported_json(data_of(record, form)).decode()
    for word in ("entered", "typed", "imported", "macro", "revision", "trail", "absent_below", "record_id"):
        assert word not in text
    said = data_of(record, form).findings
    asserted = {address for address, one in record.findings.items() if isinstance(one, AssertedNormal)}
    assert asserted
    assert {address for address, one in said.items() if one.state == "asserted_normal"} == asserted


def test_findings_stand_in_the_order_of_the_pages_right_before_left(form: Form, make: Make) -> None:
    record = make("findings: {reflexes.plantar: {L: extensor, R: mute}, strength.triceps: {L: 3, R: 4-}}")
    assert list(data_of(record, form).findings) == [
        "strength.triceps.R",
        "strength.triceps.L",
        "reflexes.plantar.R",
        "reflexes.plantar.L",
    ]


def test_the_data_name_the_letterhead_of_the_pages(form: Form, make: Make) -> None:
    record = make("findings:\n")
    clinic = Clinic(name="Specimen Clinic", address=("1 Sample Street",), logo=b"logo")
    issuer = reported(record, form, app_version="0", clinic=clinic).issuer
    assert issuer is not None
    assert (issuer.name, issuer.address) == ("Specimen Clinic", ("1 Sample Street",))
    assert issuer.logo_sha256 is not None
    assert reported(record, form, app_version="0", clinic=Clinic()).issuer is None


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        reported_from_json(data, "report.pdf")
    assert "report.pdf" in sentence(caught.value)
    return caught.value.code


def test_data_that_are_not_those_of_a_report_are_refused_with_a_sentence(form: Form, make: Make) -> None:
    good = reported_json(data_of(make("findings: {strength.triceps: 5}"), form))
    data = json.loads(good)

    def changed(**parts: Any) -> bytes:
        return json.dumps(data | parts).encode()

    assert reported_from_json(good, "report.pdf") == data_of(make("findings: {strength.triceps: 5}"), form)
    assert refusal(changed(schema_version=2, further="key")) == "report_data_newer"
    assert refusal(b'{"resourceType": "Bundle"}') == "report_data_foreign"
    assert refusal(b"[1, 2]") == "report_data_damaged"
    assert refusal(good[:-20]) == "report_data_damaged"
    assert refusal(good.replace(b"Specimen", b"Sp\xffcimen")) == "report_data_damaged"
    assert refusal(b"[" * 100_000) == "report_data_damaged"
    assert refusal(b" " * (MOST_BYTES + 1)) == "report_data_huge"
    assert refusal(changed(record_id="r1")) == "report_data_damaged"
    assert refusal(changed(findings={"strength.triceps.R": {"state": "examined"}})) == "report_data_damaged"
    assert refusal(changed(patient={"family_name": "Spec\u202eimen"})) == "report_data_damaged"


def test_a_fault_in_the_data_names_its_place_and_not_the_value(form: Form, make: Make) -> None:
    data = json.loads(reported_json(data_of(make("findings: {strength.triceps: 5}"), form)))
    data["findings"]["strength.triceps.R"]["state"] = "fine"
    data["patient"]["given_name"] = 7
    with pytest.raises(UserError) as caught:
        reported_from_json(json.dumps(data).encode(), "report.pdf")
    places = [fault.where for fault in caught.value.faults]
    assert places == ["$.patient.given_name", '$.findings["strength.triceps.R"]']
    assert not any("Specimen" in fault.what for fault in caught.value.faults)


def test_patient_and_visit_that_contradict_each_other_are_refused(form: Form, make: Make) -> None:
    data = json.loads(reported_json(data_of(make("findings:\n"), form)))
    data["patient"]["birth_date"] = "2030-01-01"
    with pytest.raises(UserError) as caught:
        record_of(reported_from_json(json.dumps(data).encode(), "report.pdf"), "report.pdf")
    assert caught.value.code == "report_data_damaged"


def test_words_beside_a_reason_in_a_group_that_the_pages_leave_out_are_left_out(form: Form, make: Make) -> None:
    record = make("findings: {gait.tug: {seconds: 13.6, aid: none}}")
    finding = record.findings["gait.tug"]
    assert isinstance(finding, Examined)
    assert isinstance(finding.value, GroupValue)
    fields = dict(finding.value.fields) | {"aid": UnableValue(reason="pain", text="Specimen words")}
    told_apart = finding.model_copy(update={"value": GroupValue(fields=fields)})
    record = record.model_copy(update={"findings": {"gait.tug": told_apart}})
    assert b"Specimen words" not in reported_json(data_of(record, form))
    assert "Specimen words" not in str(pages(record, form))


def test_the_example_in_the_docs_is_read_as_it_stands(form: Form) -> None:
    text = (ROOT / "docs" / "report_files.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", text, flags=re.DOTALL)
    record = record_of(reported_from_json(example.encode(), "report.pdf"), "report.pdf")
    assert list(check_record(record, form)) == []
    assert set(record.findings) == {"strength.triceps.R", "strength.fdi.R", "gait.tandem"}

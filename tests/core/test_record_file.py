"""Records as JSON: read back as they were, refused whole with paths where they are not records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.core.errors import UserError
from exam_app.core.files.record_file import record_from_json, record_to_json
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from tests.strategies import records

EXAMPLES = Path(__file__).resolve().parents[1] / "data" / "records"


def example() -> dict[str, Any]:
    """The stored example of schema version 1."""
    loaded: dict[str, Any] = json.loads((EXAMPLES / "v1.json").read_text())
    return loaded


def faults(form: Form, text: str | bytes) -> list[str]:
    """The faults of a text that must be refused."""
    with pytest.raises(UserError) as raised:
        record_from_json(text, form, "record.json")
    assert raised.value.code == "record_refused"
    return [str(fault) for fault in raised.value.faults]


def changed(**parts: Any) -> str:
    """The example with parts replaced."""
    return json.dumps(example() | parts)


def with_finding(address: str, finding: dict[str, Any]) -> str:
    """The example with one finding replaced."""
    data = example()
    data["findings"][address] = finding
    return json.dumps(data)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("v*.json")), ids=lambda path: path.stem)
def test_a_stored_record_of_every_version_opens(form: Form, path: Path) -> None:
    record = record_from_json(path.read_text(), form, path.name)
    assert record.patient.family_name == "Specimen"
    assert record_from_json(record_to_json(record), form, "again") == record


def test_any_record_is_read_back_as_it_was(form: Form) -> None:
    @given(records(form))
    def holds(record: ExamRecord) -> None:
        assert record_from_json(record_to_json(record), form, "record.json") == record

    holds()


def test_the_printed_schema_accepts_a_record() -> None:
    jsonschema.validate(example(), ExamRecord.model_json_schema())


def test_a_newer_record_is_not_touched(form: Form) -> None:
    with pytest.raises(UserError) as raised:
        record_from_json(changed(schema_version=2), form, "record.json")
    assert raised.value.code == "record_newer"


@pytest.mark.parametrize(
    ("address", "finding", "path"),
    [
        ("strength.deltoid", {"state": "asserted_normal"}, "strength.deltoid"),
        ("tone.neck.R", {"state": "asserted_normal"}, "tone.neck.R"),
        ("strength.nose.R", {"state": "asserted_normal"}, "strength.nose.R"),
        ("gait.device", {"state": "asserted_normal"}, "gait.device"),
        ("strength.deltoid.R", {"state": "normal"}, "state"),
        ("strength.deltoid.R", {"state": "unable", "reason": "time"}, "reason"),
        ("strength.deltoid.R", {"state": "unable", "reason": "other"}, "strength.deltoid.R"),
        ("strength.deltoid.R", {"state": "not_examined"}, "reason"),
        ("strength.deltoid.R", {"state": "asserted_normal", "value": "5"}, "value"),
        ("strength.deltoid.R", {"state": "examined"}, "value"),
        (
            "strength.deltoid.R",
            {"state": "examined", "value": {"kind": "grade", "token": "6", "scale": "mrc/1"}},
            "value.token",
        ),
        (
            "strength.deltoid.R",
            {"state": "examined", "value": {"kind": "grade", "token": "5", "scale": "nrs/1"}},
            "value.scale",
        ),
        (
            "strength.deltoid.R",
            {"state": "examined", "value": {"kind": "grade", "token": 5, "scale": "mrc/1"}},
            "token",
        ),
        ("strength.deltoid.R", {"state": "examined", "value": {"kind": "choice", "token": "5"}}, "value.kind"),
        ("gait.turning", {"state": "examined", "value": {"kind": "number", "number": -1}}, "value.number"),
        ("gait.turning", {"state": "examined", "value": {"kind": "number", "number": 1.5}}, "value.number"),
        ("sensation.joint_position_hallux.R", {"state": "examined", "value": {"kind": "cannot"}}, "value"),
        (
            "sensation.joint_position_hallux.R",
            {"state": "examined", "value": {"kind": "number", "number": 11, "of": 10}},
            "value.number",
        ),
        (
            "tone.neck",
            {"state": "examined", "value": {"kind": "group", "fields": {"mood": {"kind": "text", "text": "x"}}}},
            "fields.mood",
        ),
        ("tone.neck", {"state": "examined", "value": {"kind": "group", "fields": {}}}, "value.fields"),
        (
            "movements.entries",
            {
                "state": "examined",
                "value": {
                    "kind": "list",
                    "entries": [
                        {
                            "kind": "group",
                            "fields": {
                                "sites": {
                                    "kind": "list",
                                    "entries": [
                                        {"kind": "group", "fields": {"site": {"kind": "choice", "token": "hand"}}}
                                    ],
                                }
                            },
                        }
                    ],
                },
            },
            "entries[0].fields.sites.entries[0].fields.site",
        ),
    ],
)
def test_what_is_impossible_is_a_fault_with_its_path(
    form: Form, address: str, finding: dict[str, Any], path: str
) -> None:
    found = faults(form, with_finding(address, {"entered": "typed"} | finding))
    assert len(found) == 1
    assert f'$.findings["{address}"]' in found[0]
    assert path in found[0]


def test_every_fault_is_named_at_once(form: Form) -> None:
    data = example()
    data["scope"] = "nowhere"
    data["patient"]["sex"] = "x"
    data["findings"]["strength.deltoid.R"] = {"state": "normal"}
    data["findings"]["strength.triceps.R"] = {"state": "examined", "entered": "typed", "value": 4}
    data["colour"] = "red"
    assert {fault.partition(": ")[0] for fault in faults(form, json.dumps(data))} >= {
        "$.patient.sex",
        "$.colour",
        '$.findings["strength.deltoid.R"]',
        '$.findings["strength.triceps.R"].value',
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        '{"schema_version": 1',
        '{"a": NaN}',
        '{"a": 1, "a": 1}',
        "[" * 100_000,
        '{"a": ' * 50_000,
        b"\xff",
        '{"n": ' + "9" * 5000 + "}",
    ],
    ids=["empty", "null", "list", "cut", "cut later", "nan", "twice", "deep", "deeper", "bytes", "huge number"],
)
def test_what_is_no_whole_json_is_refused(form: Form, text: str | bytes) -> None:
    assert faults(form, text)


@pytest.mark.parametrize("name", ["\\ud800", "\\u0000", "a\\u202eb", "", "x" * 300])
def test_hostile_text_is_refused(form: Form, name: str) -> None:
    text = json.dumps(example()).replace('"Specimen"', f'"{name}"')
    assert [fault.partition(": ")[0] for fault in faults(form, text)] == ["$.patient.family_name"]


@pytest.mark.parametrize("born", ["1965-02-30", "19650302", 19650302, "1965-03-02T00:00", True])
def test_only_a_calendar_day_is_a_birth_date(form: Form, born: Any) -> None:
    data = example()
    data["patient"]["birth_date"] = born
    assert [fault.partition(": ")[0] for fault in faults(form, json.dumps(data))] == ["$.patient.birth_date"]


def test_a_fault_never_repeats_the_patient(form: Form) -> None:
    data = example()
    data["patient"] = {"family_name": ["Specimen"], "birth_date": "Specimen"}
    assert not [fault for fault in faults(form, json.dumps(data)) if "Specimen" in fault]


@given(cut=st.integers(1, 2000))
def test_a_truncated_record_is_refused(form: Form, cut: int) -> None:
    text = json.dumps(example())
    assert faults(form, text[: max(0, len(text) - cut)])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "findings",
                        "patient",
                        "encounter",
                        "form",
                        "scope",
                        "schema_version",
                        "strength.deltoid.R",
                        "value",
                        "state",
                    ]
                )
                | st.text(),
                inner,
            )
        ),
        max_leaves=20,
    )
)
def test_no_json_makes_more_than_a_refusal(form: Form, data: Any) -> None:
    with pytest.raises(UserError):
        record_from_json(json.dumps(data), form, "record.json")

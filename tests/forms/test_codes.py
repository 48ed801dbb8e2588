"""Codes: only those that were looked up, only from what was examined, only where the answer alone implies the term."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from exam_app.cli.main import run
from exam_app.core.derived.codes import codes_json, notices
from exam_app.core.derived.derived import derived
from exam_app.core.derived.judgement import judge_value
from exam_app.core.files.findings_file import form_ref
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ChoiceKind, Field, FlagsKind, GradeKind, GroupKind, Item, ListKind
from exam_app.core.record.record import (
    AssertedNormal,
    Encounter,
    Examined,
    ExamRecord,
    Finding,
    NotExamined,
    Patient,
    Unable,
)
from exam_app.core.record.values import ChoiceValue, FlagsValue, GradeValue, GroupValue, ListValue, UnableValue, Value

ROOT = Path(__file__).resolve().parents[2]
SEEN_AT_MIRRORS_ONLY = {"8705-6", "10190-7", "111774-6", "96761-2", "72089-6"}
NO_TERMS = (
    *("segmental", "multifocal", "laterocollis", "anterocollis", "drift", "lead-pipe", "paratonia", "sensory level"),
    *("saddle", "neglect", "festinat", "central"),
)
"""Signs that are no terms of the ontology; none may be invented."""


@cache
def form() -> Form:
    """The shipped form."""
    return load_form(ROOT / "forms")


def coded(**findings: Finding) -> list[tuple[str, str]]:
    """The codes of a record with these findings: address (with dots for double underscores) and label."""
    record = ExamRecord(
        form=form_ref(form()),
        scope="full",
        patient=Patient(family_name="Specimen"),
        encounter=Encounter(started_at=datetime.datetime(2026, 11, 22, 9, 20, tzinfo=datetime.UTC)),
        findings={address.replace("__", "."): finding for address, finding in findings.items()},
    )
    return [(each["address"], each["label"]) for each in codes_json(record, form())]


def examined(value: Value, *qualifiers: str) -> Examined:
    return Examined(value=value, entered="typed", qualifiers=qualifiers)


def chosen(token: str) -> Examined:
    return examined(ChoiceValue(token=token))


def graded(token: str, scale: str = "tendon/1") -> GradeValue:
    return GradeValue(token=token, scale=scale)


def test_an_answer_that_implies_a_term_gives_its_code_on_its_side() -> None:
    assert coded(reflexes__plantar__R=chosen("extensor"), reflexes__plantar__L=chosen("flexor")) == [
        ("reflexes.plantar.R", "Babinski sign")
    ]
    assert coded(reflexes__ankle__L=examined(GroupValue(fields={"grade": graded("0")}))) == [
        ("reflexes.ankle.L:grade", "Absent Achilles reflex")
    ]
    assert coded(reflexes__biceps__L=examined(GroupValue(fields={"grade": graded("0")}))) == []


@pytest.mark.parametrize(
    "finding",
    [
        AssertedNormal(entered="macro"),
        NotExamined(reason="time", entered="typed"),
        Unable(reason="pain", entered="typed"),
        examined(ChoiceValue(token="extensor"), "uncertain"),
    ],
    ids=["asserted normal", "not examined", "unable", "uncertain"],
)
def test_what_was_not_examined_or_is_uncertain_gives_no_code(finding: Finding) -> None:
    assert coded(reflexes__plantar__R=finding) == []


def test_weakness_that_is_limited_by_pain_gives_no_code_of_weakness() -> None:
    weak = graded("4", "mrc/1")
    assert coded(strength__deltoid__R=examined(weak)) == [("strength.deltoid.R", "Muscle weakness")]
    assert coded(strength__deltoid__R=examined(weak, "pain_limited")) == []


def test_a_field_that_was_unable_gives_no_code_and_the_others_do() -> None:
    fields: dict[str, Value] = {"e": graded("4", "gcs_eye/1"), "v": UnableValue(reason="language")}
    assert coded(mental__gcs=examined(GroupValue(fields=fields))) == [
        ("mental.gcs:e", "Glasgow coma score eye opening")
    ]


def test_a_code_of_one_side_is_given_on_that_side_only() -> None:
    arms: dict[str, Value] = {"5.R": graded("1", "nihss_arm/1"), "5.L": graded("2", "nihss_arm/1")}
    assert coded(scales__nihss=examined(GroupValue(fields=arms))) == [
        ("scales.nihss", "NIH Stroke Scale"),
        ("scales.nihss:5.L", "Motor arm, left [NIH Stroke Scale]"),
    ]


@pytest.mark.parametrize(("source", "codes"), [("observed", 1), ("patient", 0), ("prior_record", 0), (None, 0)])
def test_a_movement_gives_a_code_only_where_it_was_observed(source: str | None, codes: int) -> None:
    fields: dict[str, Value] = {"phenomenology": ChoiceValue(token="chorea")}
    if source is not None:
        fields["source"] = ChoiceValue(token=source)
    entries = ListValue(entries=(GroupValue(fields=fields),))
    found = coded(movements__entries=examined(entries))
    assert found == [("movements.entries:0.phenomenology", "Chorea")][:codes]


def test_a_mark_gives_its_code_only_where_it_is_yes() -> None:
    marks = FlagsValue(flags={"dysphagia": "no", "dysphonia": "yes"})
    assert coded(cranial__bulbar=examined(marks)) == [("cranial.bulbar", "Dysphonia")]


def test_key_muscles_are_no_codes_of_a_record() -> None:
    assert coded(strength__biceps__R=examined(graded("5", "mrc/1"))) == []


def fields_of(field: Field | Item) -> Iterator[Field | Item]:
    yield field
    if isinstance(field, (GroupKind, ListKind)):
        for each in field.fields:
            yield from fields_of(each)


def answers() -> Iterator[tuple[Field | Item, str, str]]:
    """Every field with an answer that has a term, the answer and the term."""
    for item in form().items.values():
        for field in fields_of(item):
            by_field = field.answer_codes.items() if isinstance(field, GroupKind) else ()
            for field_id, known in by_field:
                inner = field.by_id[field_id] if isinstance(field, GroupKind) else field
                yield from ((inner, token, codes["hpo"]) for token, codes in known.items())
            if isinstance(field, (GradeKind, ChoiceKind, FlagsKind)):
                yield from ((field, token, codes["hpo"]) for token, codes in field.answer_codes.items())


def value_of(field: Field | Item, token: str) -> Value:
    if isinstance(field, GradeKind):
        return graded(token, f"{field.scale}/{form().scales[field.scale].version}")
    return FlagsValue(flags={token: "yes"}) if isinstance(field, FlagsKind) else ChoiceValue(token=token)


def test_no_normal_answer_has_a_term() -> None:
    assert [
        (field.id, token)
        for field, token, _code in answers()
        if judge_value(field, value_of(field, token), form()) == "normal"
    ] == []


def test_every_listed_code_is_used_and_has_the_shape_of_its_system() -> None:
    hpo, loinc = form().codes["hpo"].codes, form().codes["loinc"].codes
    assert {code for _field, _token, code in answers()} == set(hpo)
    used = {
        code
        for item in form().items.values()
        for field in fields_of(item)
        for key, code in field.codes.items()
        if key.startswith("loinc")
    }
    assert used == set(loinc)
    assert all(re.fullmatch(r"HP:\d{7}", code) for code in hpo)
    assert all(re.fullmatch(r"\d{4,6}-\d", code) for code in loinc)


def test_no_code_is_invented_unverified_or_of_a_system_that_may_not_be_shipped() -> None:
    assert set(form().codes) == {"hpo", "loinc", "isncsci_key_muscle"}
    assert not SEEN_AT_MIRRORS_ONLY & set(form().codes["loinc"].codes)
    labels = " ".join(form().codes["hpo"].codes.values()).lower()
    assert [term for term in NO_TERMS if term in labels] == []


@pytest.mark.parametrize(
    ("item", "what"),
    [
        (
            "{id: x, kind: choice, label: X, options: [a, b], answer_codes: {a: {hpo: 'HP:9999999'}}}",
            "the code 'HP:9999999' is not listed in codes/hpo.yaml",
        ),
        (
            "{id: x, kind: choice, label: X, options: [a, b], answer_codes: {a: {snomed: '1'}}}",
            "there is no code list 'snomed'; the code lists are",
        ),
        (
            "{id: x, kind: choice, label: X, options: [a, b], answer_codes: {c: {hpo: 'HP:0001332'}}}",
            "'c' is none of its values; the values are a, b",
        ),
        ("{id: x, kind: text, label: X, codes: {hpo: 'HP:0001332'}}", "a code of 'hpo' stands in answer_codes"),
        ("{id: x, kind: text, label: X, codes: {loinc_L: 70182-1}}", "'x' has none; write 'loinc'"),
        (
            "{id: x, kind: group, label: X, fields: [{id: y, kind: text, label: Y}], answer_codes: {z: {a: {hpo: x}}}}",
            "'answer_codes' names 'z', which is no field of 'x'",
        ),
    ],
)
def test_a_code_that_is_not_listed_or_stands_in_the_wrong_place_is_refused(
    item: str, what: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text = f"id: strength\ngroups:\n  - id: own\n    title: Own\n    items:\n      - {item}\n"
    (tmp_path / "strength.yaml").write_text(text)
    assert run(["forms", "check", str(tmp_path)]) == 1
    first = capfd.readouterr().err.splitlines()[0]
    assert first.startswith(f"{tmp_path}/strength.yaml:6: ")
    assert what in first


def test_the_commands_show_codes_with_the_notices_of_their_owners(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (case,) = (ROOT / "forms" / "cases").glob("C06_*.yaml")
    record = tmp_path / "record.json"
    assert run(["record", str(case), "-o", str(record)]) == 0
    assert run(["derive", str(record)]) == 0
    found = json.loads(capfd.readouterr().out)
    assert {"address": "reflexes.plantar.R", "system": "hpo", "code": "HP:0003487", "label": "Babinski sign"} in found[
        "codes"
    ]
    assert [notice[:30] for notice in found["code_notices"]] == [
        form().codes[system].notice[:30] for system in ("hpo", "loinc")
    ]
    assert run(["items", "--json"]) == 0
    items = {item["address"]: item for item in json.loads(capfd.readouterr().out)}
    assert items["reflexes.plantar"]["answer_codes"] == {"extensor": {"hpo": "HP:0003487"}}
    assert items["scales.nihss"]["fields"][0]["codes"] == {"loinc": "70184-7"}


def test_without_codes_there_is_no_notice() -> None:
    record = ExamRecord(
        form=form_ref(form()),
        scope="full",
        patient=Patient(family_name="Specimen"),
        encounter=Encounter(started_at=datetime.datetime(2026, 11, 22, 9, 20, tzinfo=datetime.UTC)),
        findings={"reflexes.plantar.R": chosen("flexor")},
    )
    assert notices(record, form()) == []
    assert derived(record, form())["codes"] == []


def test_the_owners_of_the_codes_are_named_in_the_notice_file() -> None:
    notice = " ".join((ROOT / "NOTICE").read_text(encoding="utf-8").split())
    assert "Human Phenotype Ontology, release 2025-01-16" in notice
    assert "copyright (c) Regenstrief Institute, Inc." in notice

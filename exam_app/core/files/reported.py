"""What a report says, as data: the projection of a record that is attached to its PDF, and reading it back.

It holds what the pages say and nothing else: no trail, device, user or record id, and not how a finding was entered,
only whether it was asserted. The pages follow from it, so that they can be compared with it (ADR 19).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field as Key
from pydantic import StringConstraints, ValidationError

from exam_app.core.clinic import Clinic, Line
from exam_app.core.derived.completeness import completeness
from exam_app.core.derived.distribution import RULE, distribution
from exam_app.core.derived.scoring import Scored, outcome_json, score_record
from exam_app.core.errors import Fault, UserError
from exam_app.core.files.findings_file import form_ref
from exam_app.core.files.json_text import json_object, newer_version, validation_faults, without_surrogates
from exam_app.core.form.form import Form
from exam_app.core.model import FrozenMap, Id, LongText, Model, Name, Note, Token, no_entries
from exam_app.core.record.record import (
    Address,
    AssertedNormal,
    Distribution,
    DistributionOverride,
    Encounter,
    Examined,
    ExamRecord,
    Finding,
    FormRef,
    NotExamined,
    NotExaminedReason,
    Patient,
    Unable,
    Visit,
    refuse_practice,
)
from exam_app.core.record.values import GroupValue, ListValue, UnableReason, UnableValue, Value
from exam_app.core.wording.score_words import is_said

SCHEMA: Final = "exam_app.reported_examination"
VERSION: Final = 1
MOST_BYTES = 8_000_000
"""More than any examination comes to; what is larger is not read."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_ENTERED: Final = "imported"


class _Said(Model):
    note: Note | None = None


class ReportedExamined(_Said):
    """Examined, with its value and marks."""

    state: Literal["examined"] = "examined"
    value: Value
    qualifiers: tuple[Token, ...] = ()


class ReportedNormal(_Said):
    """Said to be normal by the key for the rest, without a value."""

    state: Literal["asserted_normal"] = "asserted_normal"


class ReportedNotExamined(_Said):
    """Not examined, and why."""

    state: Literal["not_examined"] = "not_examined"
    reason: NotExaminedReason
    text: Note | None = None


class ReportedUnable(_Said):
    """Could not be tested, and why."""

    state: Literal["unable"] = "unable"
    reason: UnableReason
    text: Note | None = None


ReportedFinding = Annotated[
    ReportedExamined | ReportedNormal | ReportedNotExamined | ReportedUnable, Key(discriminator="state")
]


class Issuer(Model):
    """Whose letterhead the pages carry. The logo itself is on the pages; here is what its file is recognized by."""

    name: Name
    address: Annotated[tuple[Line, ...], Key(max_length=6)] = ()
    logo_sha256: Sha256 | None = None


class ScoreRange(Model):
    """Between which totals a score lies, and what could not be tested."""

    range: tuple[int | float, int | float]
    untestable: tuple[str, ...]


class ScoreIncomplete(Model):
    """What is missing for a total."""

    incomplete: tuple[str, ...]


class ReportedDistribution(Model):
    """The distribution of dystonia by the app's rule: as observed, and with the reported movements."""

    rule: str
    observed: Distribution | None = None
    with_reported: Distribution | None = None


class Derived(Model):
    """What the pages say that follows from the findings; how much of the core set was examined."""

    core_done: int
    core_of: int
    distribution: ReportedDistribution | None = None
    scores: FrozenMap[Id, int | float | ScoreRange | ScoreIncomplete] = Key(default_factory=no_entries)


class Reported(Model):
    """One examination as its report says it, schema version 1. `printed_with` is the form whose words the pages have,
    where the record was made with another."""

    schema_name: Literal["exam_app.reported_examination"]
    schema_version: Literal[1]
    status: Literal["draft"]
    app_version: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.+\-]{1,40}$")]
    form: FormRef
    printed_with: FormRef | None = None
    issuer: Issuer | None = None
    scope: Id
    patient: Patient
    encounter: Visit
    impression: LongText | None = None
    findings: FrozenMap[Address, ReportedFinding]
    section_notes: FrozenMap[Id, LongText]
    distribution_override: DistributionOverride | None = None
    derived: Derived

    @property
    def form_of_pages(self) -> FormRef:
        """The form whose words the pages have."""
        return self.printed_with or self.form


def reported(record: ExamRecord, form: Form, *, app_version: str, clinic: Clinic | None = None) -> Reported:
    """What the report of a valid record says, in the order of the form, R before L."""
    refuse_practice(record)
    findings = {address: _said(record.findings[address]) for address in form.addresses if address in record.findings}
    notes = {each.id: record.section_notes[each.id] for each in form.sections if each.id in record.section_notes}
    visit = Visit.model_validate(record.encounter.model_dump(exclude={"absent_below"}))
    return Reported(
        schema_name=SCHEMA,
        schema_version=VERSION,
        status="draft",
        app_version=app_version,
        form=record.form,
        printed_with=form_ref(form) if form.hash != record.form.hash else None,
        issuer=_issuer(clinic) if clinic is not None else None,
        scope=record.scope,
        patient=record.patient,
        encounter=visit,
        impression=record.impression,
        findings=findings,
        section_notes=notes,
        distribution_override=record.distribution_override,
        derived=_derived(record, form),
    )


def _issuer(clinic: Clinic) -> Issuer | None:
    if clinic.name is None:
        return None
    logo = hashlib.sha256(clinic.logo).hexdigest() if clinic.logo is not None else None
    return Issuer(name=clinic.name, address=clinic.address, logo_sha256=logo)


def _said(finding: Finding) -> ReportedFinding:
    if isinstance(finding, Examined):
        value = _said_value(finding.value)
        return ReportedExamined(value=value, qualifiers=finding.qualifiers, note=finding.note)
    if isinstance(finding, AssertedNormal):
        return ReportedNormal(note=finding.note)
    if isinstance(finding, NotExamined):
        return ReportedNotExamined(reason=finding.reason, text=finding.text, note=finding.note)
    return ReportedUnable(reason=finding.reason, text=finding.text, note=finding.note)


def _said_value(value: Value) -> Value:
    """The value without words that the pages leave out: those beside a reason that is not "other" inside a group."""
    if isinstance(value, UnableValue):
        return value if value.reason == "other" else UnableValue(reason=value.reason)
    if isinstance(value, GroupValue):
        return GroupValue(fields={name: _said_value(each) for name, each in value.fields.items()})
    if isinstance(value, ListValue):
        entries = tuple(
            GroupValue(fields={name: _said_value(each) for name, each in entry.fields.items()})
            for entry in value.entries
        )
        return ListValue(entries=entries)
    return value


def _derived(record: ExamRecord, form: Form) -> Derived:
    core, found = completeness(record, form), distribution(record, form)
    by_rule = None
    if found.is_said:
        by_rule = ReportedDistribution(rule=RULE, observed=found.observed, with_reported=found.with_reported)
    scores = {name: _outcome(one) for name, one in score_record(record, form).items() if is_said(one)}
    return Derived(core_done=core.done, core_of=core.of, distribution=by_rule, scores=scores)


def _outcome(one: Scored) -> int | float | ScoreRange | ScoreIncomplete:
    outcome = outcome_json(one)
    if not isinstance(outcome, dict):
        return outcome
    kind = ScoreRange if "range" in outcome else ScoreIncomplete
    return kind.model_validate(outcome, strict=False)


def reported_json(one: Reported) -> bytes:
    """The projection as it is attached: UTF-8, the same bytes for the same report; what is absent is left out."""
    return one.model_dump_json(indent=1, exclude_none=True).encode() + b"\n"


def reported_from_json(data: bytes, name: str) -> Reported:
    """The projection in a JSON text. UserError `report_data_huge`, `report_data_foreign` where it is another kind of
    data, `report_data_newer`, `report_data_damaged` with every fault. `name` is the file's name for the message."""
    if len(data) > MOST_BYTES:
        raise UserError("report_data_huge", file=name)
    raw, faults = json_object(data, other="the data of a report are a JSON object")
    if not faults and raw.get("schema_name") != SCHEMA:
        raise UserError("report_data_foreign", file=name)
    newer = newer_version(raw, VERSION)
    if newer is not None:
        raise UserError("report_data_newer", file=name, version=newer)
    clean: Mapping[str, Any] = without_surrogates(raw, data, faults)
    return _whole(clean, faults, name)


def _whole(data: Mapping[str, Any], faults: list[Fault], name: str) -> Reported:
    if not faults:
        try:
            return Reported.model_validate_json(json.dumps(data))
        except ValidationError as error:
            faults.extend(validation_faults(error))
    raise UserError("report_data_damaged", faults=faults, file=name, count=len(faults))


def record_of(one: Reported, name: str) -> ExamRecord:
    """A record that makes the same report. UserError `report_data_damaged` where patient and visit contradict each
    other. It is to be checked against its form before anything is made of it. `name` is as above."""
    try:
        return ExamRecord(
            form=one.form,
            scope=one.scope,
            patient=one.patient,
            encounter=Encounter.model_validate(one.encounter.model_dump()),
            findings={address: _finding(each) for address, each in one.findings.items()},
            section_notes=one.section_notes,
            distribution_override=one.distribution_override,
            impression=one.impression,
        )
    except ValidationError as error:
        faults = list(validation_faults(error))
        raise UserError("report_data_damaged", faults=faults, file=name, count=len(faults)) from None


def _finding(one: ReportedFinding) -> Finding:
    if isinstance(one, ReportedExamined):
        return Examined(value=one.value, qualifiers=one.qualifiers, note=one.note, entered=_ENTERED)
    if isinstance(one, ReportedNormal):
        return AssertedNormal(note=one.note, entered=_ENTERED)
    if isinstance(one, ReportedNotExamined):
        return NotExamined(reason=one.reason, text=one.text, note=one.note, entered=_ENTERED)
    return Unable(reason=one.reason, text=one.text, note=one.note, entered=_ENTERED)

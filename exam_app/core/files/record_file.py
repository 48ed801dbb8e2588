"""A record as JSON text: strict reading with every fault and its path, one canonical way of writing."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from exam_app.core.checks.record_checks import check_finding, check_record
from exam_app.core.errors import Fault, UserError
from exam_app.core.files.json_text import json_object, json_path, newer_version, validation_faults, without_surrogates
from exam_app.core.form.form import Form
from exam_app.core.record.migrations import migrated
from exam_app.core.record.record import SCHEMA_VERSION, ExamRecord, Finding, refuse_practice

_FINDINGS: TypeAdapter[dict[str, Finding]] = TypeAdapter(dict[str, Finding])


def record_to_json(record: ExamRecord) -> str:
    """The record in canonical JSON: keys in the model's order, findings sorted by address, defaults that are absent
    left out.
    """
    refuse_practice(record)
    ordered = {
        "findings": dict(sorted(record.findings.items())),
        "section_notes": dict(sorted(record.section_notes.items())),
    }
    return record.model_copy(update=ordered).model_dump_json(exclude_none=True)


def record_from_json(text: str | bytes, form: Form, name: str) -> ExamRecord:
    """The record in a JSON text, checked against its form. Raises UserError `record_refused` with every fault.

    `name` is the file's name for the message; patients' values are never quoted.
    """
    data, faults = _parsed(text, name)
    if data.get("kind") == "practice":
        raise UserError("record_is_practice", file=name)
    record = _validated(data, form, faults)
    if faults or record is None:
        raise UserError("record_refused", faults=faults, file=name, count=len(faults))
    return record


def _parsed(text: str | bytes, name: str) -> tuple[dict[str, Any], list[Fault]]:
    """The JSON object, and the faults that do not keep the rest from being checked."""
    data, faults = json_object(text, other="a record is a JSON object")
    if faults:
        raise UserError("record_refused", faults=faults, file=name, count=len(faults))
    version = newer_version(data, SCHEMA_VERSION)
    if version is not None:
        raise UserError("record_newer", version=version)
    return migrated(without_surrogates(data, text, faults)), faults


def _validated(data: dict[str, Any], form: Form, faults: list[Fault]) -> ExamRecord | None:
    """The envelope and the findings are validated apart, so that a fault in one does not hide those in others."""
    raw = data.get("findings", {})
    findings = _findings(raw, form, faults) if isinstance(raw, dict) else {}
    try:
        record = ExamRecord.model_validate_json(
            json.dumps(data | {"findings": raw if not isinstance(raw, dict) else {}})
        )
    except ValidationError as error:
        faults.extend(validation_faults(error))
        return None
    faults.extend(Fault(json_path(at), what) for at, what in check_record(record, form))
    if faults:
        return None
    return record.model_copy(update={"findings": findings})


def _findings(raw: dict[str, Any], form: Form, faults: list[Fault]) -> dict[str, Finding]:
    """The findings that can be read. One that cannot does not hide what is wrong with the others."""
    try:
        findings = _FINDINGS.validate_json(json.dumps(raw))
    except ValidationError as error:
        faults.extend(validation_faults(error, ("findings",)))
        unreadable = {one["loc"][0] for one in error.errors(include_url=False, include_context=False)}
        return _findings({address: raw[address] for address in raw.keys() - unreadable}, form, faults)
    for address, finding in findings.items():
        faults.extend(
            Fault(json_path(("findings", address, *at)), what) for at, what in check_finding(address, finding, form)
        )
    return findings

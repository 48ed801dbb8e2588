"""A record as JSON text: strict reading with every fault and its path, one canonical way of writing."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from exam_app.core.checking import check_finding, check_record
from exam_app.core.errors import Fault, UserError
from exam_app.core.form import Form
from exam_app.core.migrations import migrated
from exam_app.core.record import SCHEMA_VERSION, AnyExamination, Examination, ExamRecord, Finding, PracticeRecord

_FINDING: TypeAdapter[Finding] = TypeAdapter(Finding)
_DEEPEST = 60


def record_to_json(record: Examination) -> str:
    """The record in canonical JSON: keys in the model's order, findings sorted by address, defaults that are absent
    left out.
    """
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
    if "kind" in data:
        raise UserError("record_is_practice", file=name)
    return _whole(ExamRecord, data, form, name, faults)


def practice_from_json(text: str | bytes, form: Form, name: str) -> PracticeRecord:
    """The same for a record of practice. Raises UserError `practice_is_clinical` where it is that of a patient."""
    data, faults = _parsed(text, name)
    if "patient" in data or "kind" not in data:
        raise UserError("practice_is_clinical", file=name)
    return _whole(PracticeRecord, data, form, name, faults)


def _whole(
    model: type[AnyExamination], data: dict[str, Any], form: Form, name: str, faults: list[Fault]
) -> AnyExamination:
    """The record without a fault. UserError `record_refused`."""
    record = _validated(model, data, form, faults)
    if faults or record is None:
        raise UserError("record_refused", faults=faults, file=name, count=len(faults))
    return record


def _parsed(text: str | bytes, name: str) -> tuple[dict[str, Any], list[Fault]]:
    """The JSON object, and the faults that do not keep the rest from being checked."""
    faults: list[Fault] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                faults.append(Fault("$", "a key stands twice in the same object"))
            found[key] = value
        return found

    def no_constant(constant: str) -> None:
        faults.append(Fault("$", f"{constant} is no number"))

    data: Any = None
    try:
        decoded = text.decode("utf-8") if isinstance(text, bytes) else text
        if _depth(decoded) > _DEEPEST:
            faults.append(Fault("$", "the JSON is nested too deeply"))
        else:
            data = json.loads(decoded, object_pairs_hook=unique, parse_constant=no_constant)
    except UnicodeDecodeError as error:
        faults.append(Fault("$", f"this is not UTF-8 text (byte {error.start})"))
    except json.JSONDecodeError as error:
        faults.append(Fault(f"line {error.lineno}, column {error.colno}", f"this is not whole JSON: {error.msg}"))
    except ValueError:
        faults.append(Fault("$", "a number is too long"))
    if not faults and not isinstance(data, dict):
        faults.append(Fault("$", "a record is a JSON object"))
    if faults:
        raise UserError("record_refused", faults=faults, file=name, count=len(faults))
    version = data.get("schema_version")
    if isinstance(version, int) and not isinstance(version, bool) and version > SCHEMA_VERSION:
        raise UserError("record_newer", version=version)
    return migrated(_without_surrogates(data, (), faults)), faults


def _without_surrogates(data: Any, path: tuple[str | int, ...], faults: list[Fault]) -> Any:
    """The JSON with half characters (lone surrogates) replaced; each is a fault, and no text that can be stored."""
    if isinstance(data, str) and not data.isascii() and any("\ud800" <= each <= "\udfff" for each in data):
        faults.append(Fault(json_path(path), "half a character (a lone surrogate) cannot be stored; remove it"))
        return "?"
    if isinstance(data, list):
        return [_without_surrogates(each, (*path, index), faults) for index, each in enumerate(data)]
    if isinstance(data, dict):
        return {
            _without_surrogates(key, path, faults): _without_surrogates(each, (*path, key), faults)
            for key, each in data.items()
        }
    return data


def _depth(text: str) -> int:
    """How deeply brackets nest; brackets inside strings only make it larger."""
    deepest = depth = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _validated(
    model: type[AnyExamination], data: dict[str, Any], form: Form, faults: list[Fault]
) -> AnyExamination | None:
    """The envelope and each finding are validated apart, so that a fault in one does not hide those in others."""
    raw = data.get("findings", {})
    findings: dict[str, Finding] = {}
    if isinstance(raw, dict):
        for address, one in raw.items():
            path = ("findings", address)
            try:
                findings[address] = _FINDING.validate_json(json.dumps(one))
            except ValidationError as error:
                _take_over(faults, error, path)
                continue
            faults.extend(
                Fault(json_path((*path, *at)), what) for at, what in check_finding(address, findings[address], form)
            )
    try:
        record = model.model_validate_json(json.dumps(data | {"findings": raw if not isinstance(raw, dict) else {}}))
    except ValidationError as error:
        _take_over(faults, error, ())
        return None
    faults.extend(Fault(json_path(at), what) for at, what in check_record(record, form))
    if faults:
        return None
    return record.model_copy(update={"findings": findings})


def _take_over(faults: list[Fault], error: ValidationError, path: tuple[str | int, ...]) -> None:
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        what = "this key is not known here" if one["type"] == "extra_forbidden" else one["msg"]
        steps = tuple(step for step in one["loc"] if step not in _TAGS)
        faults.append(Fault(json_path((*path, *steps)), what[:1].lower() + what[1:]))


# Pydantic puts the tag of a union into the path; no key of a record has these names at that place.
_TAGS = frozenset(
    {"examined", "asserted_normal", "not_examined", "unable"} | {"grade", "choice", "cannot", "group", "list"}
)


def json_path(steps: tuple[str | int, ...]) -> str:
    """`$.findings["strength.deltoid.R"].value.token`."""
    path = "$"
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step.isidentifier():
            path += f".{step}"
        else:
            path += f"[{json.dumps(step)}]"
    return path

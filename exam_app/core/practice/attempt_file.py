"""An attempt and a learner's progress as JSON, read strictly, with a sentence for each way in which it is not one."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from pydantic import ValidationError

from exam_app.core.checks.record_checks import check_record
from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.model import Id, Model, Name
from exam_app.core.practice.attempt import FORMAT, Attempt, Moment

KIND = "exam_app practice progress"


class Kept(Model):
    """An attempt with the id that it is stored under and when it was last changed."""

    id: Id
    changed_at: Moment
    attempt: Attempt


class Portfolio(Model):
    """All attempts of one learner, as one file. `checksum` is over the rest, so that damage is seen."""

    kind: Literal["exam_app practice progress"] = "exam_app practice progress"
    format: Literal[1] = 1
    learner_id: Id
    learner: Name
    attempts: tuple[Kept, ...]
    checksum: str = ""


def attempt_to_json(attempt: Attempt) -> str:
    """The attempt as JSON text."""
    return attempt.model_dump_json(exclude_none=True)


def attempt_from_json(text: str, form: Form) -> Attempt:
    """The attempt in a JSON text. UserError `attempt_newer`, `practice_is_clinical`, `attempt_damaged`,
    `attempt_of_another_form`."""
    data = _object(text)
    if data is None:
        raise UserError("attempt_damaged")
    if _is_newer(data):
        raise UserError("attempt_newer", version=data["format"])
    _refuse_clinical(data.get("record"), "practice.db")
    try:
        attempt = Attempt.model_validate_json(text)
    except ValidationError:
        raise UserError("attempt_damaged") from None
    if any(check_record(attempt.record, form)) or not attempt.seconds.keys() <= form.section_by_id.keys():
        raise UserError("attempt_of_another_form")
    return attempt


def portfolio_to_json(portfolio: Portfolio) -> str:
    """The file of a learner, with its checksum."""
    return portfolio.model_copy(update={"checksum": _checksum(_dumped(portfolio))}).model_dump_json(
        exclude_none=True, indent=1
    )


def portfolio_from_json(text: str, file: str) -> Portfolio:
    """The learner's file. UserError `progress_newer`, `progress_damaged`, `practice_is_clinical`; nothing of it is
    taken over then."""
    data = _object(text)
    _refuse_clinical(data, file)
    if data is None or data.get("kind") != KIND:
        raise UserError("progress_damaged", file=file)
    if _is_newer(data):
        raise UserError("progress_newer", file=file, version=data["format"])
    try:
        portfolio = Portfolio.model_validate_json(text)
    except ValidationError:
        raise UserError("progress_damaged", file=file) from None
    if portfolio.checksum != _checksum(_dumped(portfolio)):
        raise UserError("progress_damaged", file=file)
    return portfolio


def _dumped(portfolio: Portfolio) -> dict[str, Any]:
    return portfolio.model_dump(mode="json", exclude_none=True, exclude={"checksum"})


def _checksum(data: dict[str, Any]) -> str:
    canonical = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _object(text: str) -> dict[str, Any] | None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _is_newer(data: dict[str, Any]) -> bool:
    version = data.get("format")
    return isinstance(version, int) and not isinstance(version, bool) and version > FORMAT


def _refuse_clinical(record: object, file: str) -> None:
    if isinstance(record, dict) and "patient" in record:
        raise UserError("practice_is_clinical", file=file)

"""What the store takes and gives: frozen rows. Bodies and values are canonical JSON text, which it does not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["draft", "signed", "amended"]


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists show of a record without opening it. `started_at` is ISO 8601 with offset; `birth_date` may be
    partial.

    `abnormal`, `done` and `total` count findings; `form_hash` names a form that `keep_form` was given.
    """

    state: State
    schema_version: int
    form_hash: str
    patient_name: str
    birth_date: str | None
    mrn: str | None
    started_at: str
    scope: str
    abnormal: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RecordHead:
    """A record without its body. Revisions count from 1; times are ISO 8601 with offset."""

    id: str
    revision: int
    created_at: str
    changed_at: str
    summary: Summary


@dataclass(frozen=True, slots=True)
class StoredRecord(RecordHead):
    """A record as it was last saved; `body` is canonical JSON."""

    body: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: how it was entered, at which address, and the JSON before and after (None: nothing there)."""

    how: str
    address: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class EditRow:
    """One row of a record's trail: an edit, who made it when, in which revision, chained to the row before it.

    `seq` counts from 1 within the revision; `previous_hash` is empty in a record's first row.
    """

    record_id: str
    revision: int
    seq: int
    at: str
    who: str
    how: str
    address: str
    previous_hash: str
    hash: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class KeptExport:
    """A PDF that was exported: of which record, when (ISO 8601 with offset), its SHA-256 in hexadecimal, whether its
    data were attached, and whether a password opens it. Where it was written is not kept."""

    record_id: str
    at: str
    sha256: str
    attached: bool
    encrypted: bool


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A record that was open when the application last ended, and since when (ISO 8601 with offset)."""

    record: RecordHead
    since: str

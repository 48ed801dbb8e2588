"""The chain of hashes through a record's edits, and the seal that ties the record to the end of its chain.

It shows that rows were changed, removed or added past the application. It is no signature: whoever holds the data
key can make a new chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from exam_app.store.rows import Edit, EditRow, StoredRecord


def chain(
    edits: Iterable[Edit], *, record_id: str, revision: int, at: str, who: str, previous_hash: str
) -> tuple[EditRow, ...]:
    """The rows of one revision, chained to the hash of the last row before them (empty for the first)."""
    rows = []
    for seq, edit in enumerate(edits, start=1):
        row = EditRow(record_id, revision, seq, at, who, edit.how, edit.address, previous_hash, "", edit.old, edit.new)
        previous_hash = _row_hash(row)
        rows.append(replace(row, hash=previous_hash))
    return tuple(rows)


def seal(record: StoredRecord, last_hash: str) -> str:
    """SHA-256 over the whole current record and the last hash of its trail, in hexadecimal."""
    return _sha256({**asdict(record), "last_hash": last_hash})


def first_broken(record: StoredRecord, record_seal: str, rows: Sequence[EditRow]) -> int | None:
    """The revision at which the trail stops holding, or None. A seal that does not fit breaks the current revision."""
    previous_hash = ""
    for row in rows:
        if row.previous_hash != previous_hash or row.hash != _row_hash(row):
            return row.revision
        previous_hash = row.hash
    if not rows or record_seal != seal(record, previous_hash):
        return record.revision
    return None


def text_checksum(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _row_hash(row: EditRow) -> str:
    content = asdict(row)
    del content["hash"]
    return _sha256(content)


def _sha256(content: dict[str, object]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return text_checksum(canonical)

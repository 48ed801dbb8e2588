"""Real encrypted stores in temporary folders, with keys that are cheap to derive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from exam_app.store import keys
from exam_app.store.rows import Summary
from exam_app.store.store import Store, create_store

CHEAP = keys.Cost(memory_kib=64, iterations=1, lanes=1)
PASSPHRASE = "correct horse battery"
NOW = "2026-11-22T09:20:00+01:00"


@pytest.fixture
def cost() -> keys.Cost:
    return CHEAP


@pytest.fixture
def summary() -> Summary:
    return Summary(
        state="draft",
        schema_version=1,
        form_hash="form-1",
        patient_name="Specimen, Änne",
        birth_date="1965-03-02",
        mrn="0041187",
        started_at=NOW,
        scope="full",
        abnormal=2,
        done=5,
        total=77,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "records"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """An open store that holds the form `form-1` and nothing else."""
    made, _recovery_key = create_store(folder, PASSPHRASE, cost=CHEAP)
    with made:
        made.writer.submit(lambda records: records.keep_form("form-1", '{"id":"exam"}')).result()
        yield made


@pytest.fixture
def data_key(store: Store) -> bytes:
    return keys.unlock(store.folder / "store.key", PASSPHRASE)

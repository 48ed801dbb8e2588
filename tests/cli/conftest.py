"""A clinic's own forms for the commands."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The clinic's own folder in a data folder, empty."""
    monkeypatch.setenv("EXAM_APP_DATA", str(tmp_path))
    folder = tmp_path / "forms"
    folder.mkdir()
    return folder

"""The clinic's settings: kept, read again, and refused whole where the file is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from exam_app.core.clinic import Clinic
from exam_app.core.errors import UserError
from exam_app.services.clinic import FILE, clinic, keep_clinic
from exam_app.services.context import Context

SETTINGS = Clinic(name="Specimen Clinic", address=("1 Specimen Street",), logo=b"\x89PNG", page_size="Letter")


def test_without_a_file_the_settings_are_the_usual_ones(tmp_path: Path) -> None:
    assert clinic(Context(data_folder=tmp_path)) == Clinic()


def test_what_was_kept_is_read_again_with_the_bytes_of_the_logo(tmp_path: Path) -> None:
    keep_clinic(Context(data_folder=tmp_path), SETTINGS)
    assert clinic(Context(data_folder=tmp_path)) == SETTINGS


def test_a_damaged_file_is_refused_by_name_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'{"page_size": "A3"}')
    with pytest.raises(UserError) as refused:
        clinic(Context(data_folder=tmp_path))
    assert refused.value.code == "clinic_unreadable"
    assert (tmp_path / FILE).read_bytes() == b'{"page_size": "A3"}'

"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from exam_app.core.errors import UserError

MOST_ALIKE = 1000
"""So many files of one name are told apart by a number."""


def read_file(name: str) -> bytes:
    """The bytes of a file. UserError `file_missing`, `file_unreadable`."""
    try:
        return Path(name).read_bytes()
    except FileNotFoundError:
        raise UserError("file_missing", file=name) from None
    except OSError:
        raise UserError("file_unreadable", file=name) from None


def free_file(folder: Path, stem: str, ending: str) -> Path:
    """A file of a folder that is not there yet; of a name that is taken many times the first."""
    names = (f"{stem}{number}{ending}" for number in ("", *(f"_{count}" for count in range(2, MOST_ALIKE))))
    return next((folder / name for name in names if not (folder / name).exists()), folder / f"{stem}{ending}")


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where it is not there. UserError `folder_missing`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError("folder_missing", folder=str(path)) from None


def _refuse_device(path: Path) -> None:
    """OSError for what is no file: a new file in the place of a device takes the device away."""
    if path.exists() and not path.is_file():
        raise OSError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or leave what was there. UserError `file_unwritable`, also for a device. Only its owner may
    read it."""
    try:
        _refuse_device(path)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".export-")
    except OSError:
        raise UserError("file_unwritable", file=str(path)) from None
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise UserError("file_unwritable", file=str(path)) from None

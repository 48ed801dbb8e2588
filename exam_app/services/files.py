"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from exam_app.core.errors import UserError


def read_file(name: str) -> bytes:
    """The bytes of a file. UserError `file_missing`, `file_unreadable`."""
    try:
        return Path(name).read_bytes()
    except FileNotFoundError:
        raise UserError("file_missing", file=name) from None
    except OSError:
        raise UserError("file_unreadable", file=name) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or leave what was there. UserError `file_unwritable`. Only its owner may read it."""
    try:
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

"""Crash files in the data folder. They hold what `core.crash` lets out, and only their owner may read them."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from exam_app.core.crash import crash_text
from exam_app.services.context import Context


def write_crash_file(context: Context, error: BaseException) -> Path | None:
    """Write one crash file and return its path; None where the folder cannot be written to: a crash must not crash."""
    now = context.now()
    text = crash_text(error, at=now.isoformat(), version=context.app_version, system=platform.platform())
    try:
        context.data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = context.data_folder / f"crash-{now:%Y%m%d-%H%M%S}.txt"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return None
    return path

"""What the probes share: how often, how long, how much memory. Nothing of the application is imported beforehand."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

PASSPHRASE = "a passphrase to measure with"  # noqa: S105
FEWER = int(os.environ.get("BENCH_FEWER", "1"))
"""Divides how often everything is done, for a test that only wants to see every probe run."""
RECORDS = 1000 // FEWER
KEYS = 600 // FEWER
SWITCHES = 100 // FEWER
COMMITS = 200 // FEWER
REPORTS = 15
CASE = Path(__file__).resolve().parents[1] / "forms" / "cases" / "C07_cervical_myelopathy.yaml"
WINDOW = (1366, 768)
"""The size of the examination's window in pixels."""

Figures = dict[str, float]


def since(moment: float) -> float:
    """Milliseconds since a moment."""
    return (time.monotonic() - moment) * 1000


def memory(process: int | None = None) -> float:
    """MiB of memory that this process holds, or another, where the system tells that of others."""
    status = Path(f"/proc/{process or 'self'}/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def replace(owner: Any, name: str, by: object) -> None:
    """Put a function that looks at the clock in the place of one of the application's."""
    setattr(owner, name, by)


def context_in(folder: Path) -> Any:
    """A context over the prepared records."""
    from exam_app.services.context import Context

    return Context(data_folder=folder / "records")

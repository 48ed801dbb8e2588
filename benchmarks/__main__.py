"""`python -m benchmarks`: measures, prints a table and writes `build/bench.json`.

The rule of measurement:

* Every probe is a process of its own (`benchmarks.child`), so that nothing is warm that a user would find cold. Only
  bytecode and the system's memory of files are warm: each start is made once before anything counts.
* There are `RUNS` runs; each measures every floor and everything that stands on it. In a run, process starts alternate
  between floor and application `STARTS` times and count by their median; keys, sections and commits count by the
  percentile or median that the row names, over all of them.
* The table shows the median of the runs. A ratio is taken within each run, where both had the same machine to
  themselves or did not, and is then the median of the runs.
* Keystrokes are counted once; their floor is what they may be at most (docs/keystrokes.md).
* A limit in milliseconds holds for the value, a limit in times the floor for the ratio.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3
STARTS = 5
"""Process starts a run; a run's value is their median."""
SHOWN = ("", "measured", "unit", "floor", "ratio", "limit", "")

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing: its key among the figures, the key of its floor, and what limits value or ratio."""

    name: str
    figure: str
    unit: str
    floor: str
    most: float | None = None
    most_ratio: float | None = None


ROWS = (
    Row("first window (unlock dialog painted)", "unlock", "ms", "bare", most_ratio=1.6),
    Row("home with 1,000 examinations, from passphrase accepted", "home", "ms", "bare", most_ratio=3.0),
    Row("grade key to cell repainted, every item answered, p50", "key_p50", "ms", "bare_key_p50"),
    Row("grade key to cell repainted, every item answered, p99", "key_p99", "ms", "bare_key_p99", most=16.0),
    Row("grade key to everything repainted, p99", "settled_p99", "ms", "bare_key_p99"),
    Row("quick entry, names of the form, once", "parse_first", "ms", "bare_key_p99"),
    Row("quick entry, each keystroke parsed, whole corpus, p50", "parse_p50", "ms", "bare_key_p50"),
    Row("quick entry, each keystroke parsed, whole corpus, p99", "parse_p99", "ms", "bare_key_p99"),
    Row("quick entry, each keystroke to preview painted, p50", "quick_p50", "ms", "bare_key_p50"),
    Row("quick entry, each keystroke to preview painted, p99", "quick_p99", "ms", "bare_key_p99", most=16.0),
    Row("section switch, fullest section, p95", "switch_p95", "ms", "bare_key_p99", most=33.0),
    Row("fullest section, first visit", "first_visit", "ms", "bare_key_p99"),
    Row("durable commit of an edit, median", "commit", "ms", "bare_commit"),
    Row("PDF/A-3a of case C07 with all figures", "pdf", "ms", "bare_pdf", most=250.0),
    Row("the same, against its blocks drawn by plain reportlab", "pdf", "ms", "bare_pdf", most_ratio=2.0),
    Row("report in a batch of 1,000", "batch", "ms", "batch_alone", most_ratio=0.6),
    Row("memory of a worker, end of the batch to its quarter", "worker", "MiB", "worker_early", most_ratio=1.1),
    Row("memory of the command, the same", "parent", "MiB", "parent_early", most_ratio=1.1),
    Row("keystrokes, normal case", "keystrokes_normal", "keys", "normal_most", most_ratio=1.0),
    Row("keystrokes, case nearest to 3 n + 20", "keystrokes_nearest", "keys", "nearest_most", most_ratio=1.0),
    Row("memory with a full examination open", "exam_memory", "MiB", "bare_memory", most_ratio=2.0),
)


@dataclass(frozen=True, slots=True)
class Result:
    """A line of the table and of `bench.json`. Value and floor are in `unit`, and so is the limit unless `limit_unit`
    says `x`: then it is a multiple of the floor. Limit and `holds` are None where there is none.
    """

    name: str
    value: float
    unit: str
    floor: float
    ratio: float
    limit: float | None
    limit_unit: str
    holds: bool | None


def child(name: str, folder: Path) -> Figures:
    """The figures of one probe in a process of its own; the start is counted from here."""
    environment = os.environ | {"BENCH_STARTED": repr(time.monotonic()), "PYTHONWARNINGS": "ignore"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    # As installed: with bytecode, whatever the shell says, and outside the project.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.child", name, str(folder)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def one_run(folder: Path) -> Figures:
    """Every figure once; process starts alternate between the floor and what stands on it."""
    figures: Figures = {}
    starts: dict[str, list[float]] = {}
    for _ in range(STARTS):
        for name in ("bare", "unlock", "home"):
            for figure, value in child(name, folder).items():
                starts.setdefault(figure, []).append(value)
    figures |= {figure: statistics.median(values) for figure, values in starts.items()}
    for name in ("bare_keys", "exam", "parse", "commit", "pdf", "batch"):
        figures |= child(name, folder)
    return figures


def result(row: Row, figures: list[Figures]) -> Result:
    """The median of the runs, and of their ratios: value and floor of one run belong together."""
    value = statistics.median(run[row.figure] for run in figures)
    floor = statistics.median(run[row.floor] for run in figures)
    ratio = statistics.median(run[row.figure] / run[row.floor] for run in figures)
    relative = row.most_ratio is not None
    limit, counts = (row.most_ratio, ratio) if relative else (row.most, value)
    holds = None if limit is None else counts <= limit
    unit = "x" if relative else row.unit
    return Result(row.name, round(value, 3), row.unit, round(floor, 3), round(ratio, 2), limit, unit, holds)


def cells(one: Result) -> list[str]:
    """A line of the table."""
    limit = "" if one.limit is None else f"{one.limit:g} {one.limit_unit}"
    verdict = {None: "", True: "holds", False: "does not hold"}[one.holds]
    return [one.name, f"{one.value:.1f}", one.unit, f"{one.floor:.1f}", f"{one.ratio:.2f}", limit, verdict]


def table(results: list[Result]) -> str:
    """The results as text."""
    shown = [list(SHOWN), *(cells(one) for one in results)]
    widths = [max(len(line[column]) for line in shown) for column in range(len(SHOWN))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in shown)


def main() -> int:
    """Measure, print, write. The exit code is 0 also where a limit does not hold: the table says so."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        child("prepare", Path(folder))
        for name in ("bare", "unlock", "home"):
            child(name, Path(folder))  # from here on bytecode is written and files are in the system's memory
        figures = []
        for number in range(RUNS):
            print(f"run {number + 1} of {RUNS}", file=sys.stderr, flush=True)
            figures.append(one_run(Path(folder)))
        keystrokes = child("keystrokes", Path(folder))
    figures = [run | keystrokes for run in figures]
    results = [result(row, figures) for row in ROWS]
    print(table(results))
    out = ROOT / "build" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps([asdict(one) for one in results], indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The benchmarks run; how fast anything is, no test asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import __main__ as bench


def test_every_row_of_the_table_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_FEWER", "50")
    monkeypatch.setattr(bench, "STARTS", 1)
    bench.child("prepare", tmp_path)
    figures = bench.one_run(tmp_path) | bench.child("keystrokes", tmp_path)
    results = [bench.result(row, [figures]) for row in bench.ROWS]
    assert all(one.value > 0 and one.floor > 0 for one in results)
    assert bench.table(results).count("\n") == len(results)


def test_the_table_says_which_limits_hold() -> None:
    row = bench.Row("a thing", "thing", "ms", "floor", most_ratio=2.0)
    runs = [{"thing": 3.0, "floor": 1.0}, {"thing": 3.0, "floor": 2.0}, {"thing": 3.0, "floor": 2.0}]
    assert bench.cells(bench.result(row, runs)) == ["a thing", "3.0", "ms", "2.0", "1.50", "2 x", "holds"]
    slow = bench.Row("a thing", "thing", "ms", "floor", most=2.0)
    assert bench.cells(bench.result(slow, runs))[-2:] == ["2 ms", "does not hold"]

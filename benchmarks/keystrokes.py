"""The keystrokes of every teaching case, counted from key events in the real windows, and the table of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from benchmarks.cases import abnormal_count, abnormal_leaves, case_names, most_keystrokes, read_case, to_type
from benchmarks.expert import Expert
from exam_app.core.completeness import completeness
from exam_app.core.form import Form
from exam_app.core.record import AssertedNormal, Examined, ExamRecord
from exam_app.core.values import Value
from exam_app.gui.exam_window import ExamWindow

NORMAL = "C16"
MOST_NORMAL = 12
"""How many keystrokes the normal case may take, the movement observation included."""

Open = Callable[[ExamRecord], ExamWindow]
"""Opens a new examination of the same patient in a window that has the focus."""


@dataclass(frozen=True, slots=True)
class Count:
    """A case: n values that are not normal, the keystrokes for them and the rest normal, and those for the `further`
    normal values besides that no key asserts."""

    case: str
    n: int
    keystrokes: int
    further: int
    with_further: int

    @property
    def most(self) -> int:
        """How many keystrokes are allowed."""
        return most_keystrokes(self.n)


def count(name: str, form: Form, open_exam: Open) -> Count:
    """The keystrokes of one case, entered with and without its further normal values. Raises AssertionError where the
    record is not the case's."""
    described = read_case(name, form)
    every = to_type(described, form)
    only = {address: value for address, value in every.items() if abnormal_leaves(form.addresses[address], value, form)}
    keystrokes = _entered(described, only, open_exam)
    return Count(
        case=name,
        n=abnormal_count(every, form),
        keystrokes=keystrokes,
        further=len(every) - len(only),
        with_further=_entered(described, every, open_exam) if len(every) > len(only) else keystrokes,
    )


def count_normal(form: Form, open_exam: Open) -> int:
    """The keystrokes of the normal case until every core finding of the examination is recorded."""
    described = read_case(NORMAL, form)
    window = open_exam(described)
    expert = Expert(window)
    expert.enter({})
    expert.see_no_movement()
    missing = [each for each, state in completeness(window.bridge.record, form).sections.items() if state.missing]
    assert missing == [], f"core findings are missing in {missing}"
    window.close()
    return expert.keystrokes


def _entered(described: ExamRecord, wanted: dict[str, Value], open_exam: Open) -> int:
    window = open_exam(described)
    expert = Expert(window)
    expert.enter(wanted)
    QApplication.processEvents()
    for address, finding in window.bridge.record.findings.items():
        if address in wanted:
            assert isinstance(finding, Examined) and finding.value == wanted[address], address
        else:
            assert isinstance(finding, AssertedNormal), address
    assert set(wanted) <= set(window.bridge.record.findings)
    window.close()
    return expert.keystrokes


def all_counts(form: Form, open_exam: Open) -> list[Count]:
    """The counts of all teaching cases."""
    return [count(name, form, open_exam) for name in case_names()]


def table(counts: Sequence[Count]) -> str:
    """The counts as a table in Markdown."""
    lines = [
        "| case | n | keystrokes | at most (3 n + 20) | normal values that no key asserts | keystrokes with these |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {each.case} | {each.n} | {each.keystrokes} | {each.most} | {each.further} | {each.with_further} |"
        for each in counts
    ]
    return "\n".join(lines) + "\n"

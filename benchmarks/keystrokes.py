"""The keystrokes of every teaching case, counted from key events in the real windows, and the table of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from benchmarks.cases import abnormal_count, abnormal_leaves, case_names, most_keystrokes, read_case, to_type
from benchmarks.expert import Expert
from benchmarks.measuring import FEWER, PASSPHRASE, Figures
from exam_app.core.derived.completeness import completeness
from exam_app.core.form.form import Form
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord
from exam_app.core.record.values import Value
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.services import exams
from exam_app.services.context import Context

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
    # Consent is neither normal nor abnormal; without it the reflexes that need it are not asked for.
    asked_first = {
        item.when.item for item in map(form.addresses.get, every) if item is not None and item.when is not None
    }
    only = {
        address: value
        for address, value in every.items()
        if address in asked_first or abnormal_leaves(form.addresses[address], value, form)
    }
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


def probe(folder: Path) -> Figures:
    """The keystrokes of the normal case, and of the case that is nearest to its limit, in records of their own."""
    application = QApplication([])
    with tempfile.TemporaryDirectory(dir=folder) as place:
        context = Context(data_folder=Path(place) / "records")
        records, _recovery_key = exams.create(context, PASSPHRASE)

        def open_exam(described: ExamRecord) -> ExamWindow:
            application.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the window before
            exam = records.begin(described.patient, described.encounter, described.scope)
            window = ExamWindow(exam, context)
            window.closed.connect(window.deleteLater)
            window.resize(1366, 768)
            window.show()
            window.activateWindow()
            while not window.isActiveWindow():
                application.processEvents()
            return window

        counts = [count(name, context.form, open_exam) for name in case_names()[::FEWER]]
        normal = count_normal(context.form, open_exam)
        records.close()
    nearest = max(counts, key=lambda each: each.keystrokes / each.most)
    return {
        "keystrokes_normal": normal,
        "normal_most": MOST_NORMAL,
        "keystrokes_nearest": nearest.keystrokes,
        "nearest_most": nearest.most,
    }

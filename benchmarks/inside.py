"""Probes inside a running application: keys, sections, commits, reports; and the records that they work on."""

from __future__ import annotations

import datetime
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measuring import (
    CASE,
    COMMITS,
    FEWER,
    KEYS,
    PASSPHRASE,
    RECORDS,
    REPORTS,
    SWITCHES,
    WINDOW,
    Figures,
    context_in,
    memory,
    replace,
    since,
)

ROOT = Path(__file__).resolve().parents[1]
QUICK_LINES = (
    "triceps r 4-",
    "plantar r up",
    "triceps 4-",
    "jerk r 3",
    "tone ankle l spastic 1+",
    "tandem 5; romberg pos",
    "normal reflexes",
    "unable pain deltoid r",
    "note wide based gait with short steps",
    "deltoid r 4; biceps r 4-; knee jerk b 3+; ankle jerk b 4",
    "brachiorad l 2; plantars b down; vibration hallux b absent; pinprick c6 r absent",
)
"""One part and several, what is recorded, asked and refused."""
QUICK_ROUNDS = 2
CORPUS = ROOT / "tests" / "data" / "quick_entry.yaml"


def percentile(values: list[float], part: int) -> float:
    """The value below which `part` of 100 lie."""
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1]


def specimen(number: int) -> Any:
    """A made-up patient."""
    from exam_app.core.record.record import Patient

    return Patient(
        family_name=f"Specimen{number:04}",
        given_name="Patient",
        birth_date=datetime.date(1965, 3, 2),
        mrn=f"{number:07}",
    )


def prepare(folder: Path) -> Figures:
    """1,000 stored examinations, one of them with every item answered."""
    from exam_app.core.record.record import Encounter
    from exam_app.services import exams

    context = context_in(folder)
    records, _recovery_key = exams.create(context, PASSPHRASE)
    encounter = Encounter(started_at=context.now(), examiner="Dr Specimen")
    first = records.begin(specimen(0), encounter, "full")
    first.close()
    for number in range(1, RECORDS - 1):
        records.adopt(first.record.model_copy(update={"patient": specimen(number)})).close()
    full = records.adopt(answered(first.record, context.form))
    (folder / "full").write_text(full.record_id, encoding="ascii")
    full.close()
    records.close()
    return {}


def answered(record: Any, form: Any) -> Any:
    """The record with a finding at every address of the form, graded or chosen where the form lets it."""
    from exam_app.core.checks.record_checks import check_finding
    from exam_app.core.record.record import Examined, NotExamined

    findings = dict(record.findings)
    for address, item in form.addresses.items():
        value = an_answer(item, form)
        finding = Examined(value=value, entered="typed") if value is not None else None
        if finding is None or next(iter(check_finding(address, finding, form)), None) is not None:
            findings[address] = NotExamined(reason="time", entered="typed")
        else:
            findings[address] = finding
    return type(record).model_validate(record.model_dump() | {"findings": findings})


def an_answer(field: Any, form: Any) -> Any:
    """The first answer that a field offers, or None where it offers none."""
    from exam_app.core.checks.record_checks import scale_ref
    from exam_app.core.record import values

    match field.kind:
        case "grade":
            scale = form.scales[field.scale]
            return values.GradeValue(token=scale.grades[-1].token, scale=scale_ref(scale))
        case "choice":
            return values.ChoiceValue(token=field.options[0].id)
        case "flags":
            return values.FlagsValue(flags={field.options[0].id: "yes"})
        case "number":
            return values.NumberValue(number=float(field.min), of=field.of)
        case "side":
            return values.SideValue(side="R")
        case "group":
            name = field.main or field.fields[0].id
            inner = an_answer(field.by_id[name], form)
            return values.GroupValue(fields={name: inner}) if inner is not None else None
    return None


def bare_keys(_folder: Path) -> Figures:
    """A widget that repaints at a key and does nothing else."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    painted = [0.0]

    class Window(QWidget):
        text = ""

        def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
            self.text = event.text()
            self.update()

        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
            painter = QPainter(self)
            painter.drawText(event.rect(), self.text)
            painter.end()
            painted[0] = time.monotonic()

    application = QApplication([])
    window = Window()
    window.resize(*WINDOW)
    window.show()
    while not window.isActiveWindow():
        application.processEvents()
    times = []
    for number in range(KEYS):
        at = time.monotonic()
        QTest.keyClick(window, (Qt.Key.Key_3, Qt.Key.Key_4)[number % 2])
        while painted[0] < at:
            application.processEvents()
        times.append((painted[0] - at) * 1000)
    return {"bare_key_p50": percentile(times, 50), "bare_key_p99": percentile(times, 99)}


def exam(folder: Path) -> Figures:
    """The examination window with every item answered: grade keys, section switches, memory."""
    from PySide6.QtWidgets import QApplication

    from exam_app.gui.exam.exam_window import ExamWindow
    from exam_app.gui.grid import cell
    from exam_app.gui.parts.theme import LIGHT, theme
    from exam_app.gui.shell.collecting import leave_out_what_stands
    from exam_app.services import exams

    painted = [0.0]
    paint = cell.Cell.paintEvent

    def cell_painted(self: Any, event: Any) -> None:
        paint(self, event)
        if self.hasFocus():
            painted[0] = time.monotonic()

    replace(cell.Cell, "paintEvent", cell_painted)
    application = QApplication([])
    theme().show(LIGHT)
    context = context_in(folder)
    records = exams.unlock(context, PASSPHRASE)
    opened = records.open((folder / "full").read_text(encoding="ascii"))
    window = ExamWindow(opened, context)
    built: list[bool] = []
    window.built.connect(leave_out_what_stands)
    window.built.connect(partial(built.append, True))
    window.resize(*WINDOW)
    window.show()
    while not window.isActiveWindow():
        application.processEvents()
    sections = opened.form.sections
    fullest = max(range(len(sections)), key=lambda at: len(list(sections[at].items)))
    figures = switches(application, window, fullest)
    for section in sections:
        window.show_page(section.id)
        application.processEvents()
    while not built:
        application.processEvents()
    figures |= grades(application, window, painted)
    figures |= quick(application, window)
    figures["exam_memory"] = memory()
    window.close()
    records.close()
    return figures


def press(application: Any, window: Any, key: str, *, ctrl: bool = False) -> float:
    """Press a key where the focus is; milliseconds until nothing is left to paint."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    at = time.monotonic()
    QTest.keyClick(window.focusWidget(), Qt.Key(ord(key)), held)
    application.processEvents()
    return since(at)


def switches(application: Any, window: Any, fullest: int) -> Figures:
    """To the fullest section and back again."""
    other = "1" if fullest else "2"
    press(application, window, other, ctrl=True)
    first = press(application, window, str(fullest + 1), ctrl=True)
    times = []
    for _ in range(SWITCHES):
        press(application, window, other, ctrl=True)
        times.append(press(application, window, str(fullest + 1), ctrl=True))
    return {"first_visit": first, "switch_p95": percentile(times, 95)}


def grades(application: Any, window: Any, painted: list[float]) -> Figures:
    """Two grades in turn on a focused power cell, each until its cell and until everything is repainted."""
    window.go_to("strength.triceps.R")
    application.processEvents()
    cells, settled = [], []
    for number in range(KEYS):
        at = time.monotonic()
        settled.append(press(application, window, "34"[number % 2]))
        if painted[0] < at:
            raise RuntimeError("the cell was not repainted")
        cells.append((painted[0] - at) * 1000)
    return {
        "key_p50": percentile(cells, 50),
        "key_p99": percentile(cells, 99),
        "settled_p99": percentile(settled, 99),
    }


def quick(application: Any, window: Any) -> Figures:
    """Lines of quick entry, each key until its preview and everything else is painted. Nothing is recorded."""
    from PySide6.QtTest import QTest

    window.show_page("strength")
    press(application, window, "K", ctrl=True)
    line, panel = window.quick.line, window.quick.panel
    times = []
    for text in QUICK_LINES * QUICK_ROUNDS:
        for character in text:
            at = time.monotonic()
            QTest.keyClicks(line, character)
            application.processEvents()
            times.append(since(at))
        if not panel.isVisible() or not panel.rows:
            raise RuntimeError("there is no preview")
        line.setText("")
        application.processEvents()
    return {"quick_p50": percentile(times, 50), "quick_p99": percentile(times, 99)}


def parse(folder: Path) -> Figures:
    """Every line of the corpus of quick entry, key by key, for a full record and without a window; and the names of the
    form, which are worked out once before."""
    from exam_app.core.files.yaml_text import parse as parse_yaml
    from exam_app.core.files.yaml_text import plain
    from exam_app.core.quick.entry import parse
    from exam_app.services import exams

    records = exams.unlock(context_in(folder), PASSPHRASE)
    opened = records.open((folder / "full").read_text(encoding="ascii"))
    record, form = opened.record, opened.form
    at = time.monotonic()
    parse("", record, form, section=None)
    figures = {"parse_first": since(at)}
    times = []
    for line in plain(parse_yaml(CORPUS.read_bytes(), CORPUS.name))[::FEWER]:
        for end in range(1, len(line["typed"]) + 1):
            at = time.monotonic()
            parse(line["typed"][:end], record, form, section=line.get("section", "strength"))
            times.append(since(at))
    opened.close()
    records.close()
    return figures | {"parse_p50": percentile(times, 50), "parse_p99": percentile(times, 99)}


def commit(folder: Path) -> Figures:
    """An edit of a full record until it is durable, and the same text put down by plain SQLite."""
    import sqlite3  # here, so that it does not count in the memory of an examination

    from exam_app.core.editing.editing import Edit
    from exam_app.core.files.record_file import record_to_json
    from exam_app.core.record.record import Examined
    from exam_app.core.record.values import GradeValue
    from exam_app.services import exams

    context = context_in(folder)
    records = exams.unlock(context, PASSPHRASE)
    opened = records.open((folder / "full").read_text(encoding="ascii"))
    address, scale = "strength.triceps.R", f"mrc/{opened.form.scales['mrc'].version}"
    findings = [Examined(value=GradeValue(token=token, scale=scale), entered="typed") for token in ("3", "4")]

    def edit(number: int) -> None:
        opened.session.edit(Edit(findings={address: findings[number % 2]}))
        opened.wait_until_saved()

    ours = median_of(edit, COMMITS)
    body = record_to_json(opened.record)
    opened.close()
    records.close()
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode=WAL")
    plain.execute("PRAGMA synchronous=FULL")
    plain.execute("CREATE TABLE IF NOT EXISTS records (id INTEGER PRIMARY KEY, body TEXT)")
    plain.execute("INSERT OR REPLACE INTO records VALUES (1, ?)", (body,))

    def update(number: int) -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("UPDATE records SET body = ? WHERE id = 1", (f"{body}{number % 10}",))
        plain.execute("COMMIT")

    floor = median_of(update, COMMITS)
    plain.close()
    return {"commit": ours, "bare_commit": floor}


def pdf(folder: Path) -> Figures:
    """The report of case C07 from its record to the file with figures and attachment, and the same blocks drawn by
    plain reportlab; both warm, turn by turn."""
    from exam_app.core.files.findings_file import read_findings
    from exam_app.report import build
    from exam_app.report.pdf_writer import draw
    from exam_app.services.export import pdf_bytes

    context = context_in(folder)
    resources = context.installation.resources
    record = read_findings(CASE.read_bytes(), CASE.name, context.form)
    document = build(record, context.form, app_version=context.app_version, drawings=resources / "drawings")
    taken: dict[str, list[float]] = {"pdf": [], "bare_pdf": []}
    for _turn in range(REPORTS + 1):
        at = time.monotonic()
        pdf_bytes(context, record, context.form, attach=True)
        taken["pdf"].append(since(at))
        at = time.monotonic()
        draw(document, resources, "A4", is_read=False)
        taken["bare_pdf"].append(since(at))
    return {figure: statistics.median(times[1:]) for figure, times in taken.items()}


def median_of(work: Callable[[int], None], times: int) -> float:
    """Milliseconds of one call, the median of many."""
    taken = []
    for number in range(times):
        at = time.monotonic()
        work(number)
        taken.append(since(at))
    return statistics.median(taken)


def batch(folder: Path) -> Figures:
    """Reports of many records by all cores."""
    from benchmarks.batch import probe

    return probe(folder)


def keystrokes(folder: Path) -> Figures:
    """The keystrokes of the teaching cases."""
    from benchmarks.keystrokes import probe

    return probe(folder)


PROBES = {
    "prepare": prepare,
    "bare_keys": bare_keys,
    "exam": exam,
    "parse": parse,
    "commit": commit,
    "pdf": pdf,
    "batch": batch,
    "keystrokes": keystrokes,
}

"""A report that comes back as a file: shown as reported, read-only, beside the records and never in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from exam_app.cli.main import run
from exam_app.core.files.findings_file import read_findings
from exam_app.core.record.record import ExamRecord
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.widgets import RoleLabel
from exam_app.gui.reported.app import OneReport
from exam_app.gui.reported.reported_window import ReportedWindow
from exam_app.gui.shell.app import Shell
from exam_app.services.context import Context
from exam_app.services.exams import Exams
from exam_app.services.export import pdf_bytes
from exam_app.services.reports import read_report
from tests.gui.accessible import faults
from tests.gui.shell.conftest import focused, unlocked
from tests.gui.tab_walk import missed, walk

CTRL = Qt.KeyboardModifier.ControlModifier
PASSWORD = "a p\u00e4ssword"
FINDINGS = b"""\
patient: {family_name: Specimen, given_name: Patient, birth_date: 1965-03-02, mrn: 0041187}
encounter: {started_at: 2026-11-22T09:20:00+01:00, examiner: Examiner Specimen, reason: gait difficulty}
findings:
  strength.triceps: {L: 5, R: {grade: 4-, qualifiers: [pain_limited], note: after the fall}}
  strength.deltoid.L: {not_examined: time}
  gait.romberg: positive
impression: Words of the examiner.
"""


@pytest.fixture
def record(context: Context) -> ExamRecord:
    return read_findings(FINDINGS, "findings.yaml", context.form)


@pytest.fixture
def file(context: Context, record: ExamRecord, tmp_path: Path) -> Path:
    """A report with a telling name."""
    path = tmp_path / "Specimen_Patient.pdf"
    path.write_bytes(pdf_bytes(context, record, context.form))
    return path


@pytest.fixture
def show(light: None, context: Context, qtbot: QtBot) -> Iterator[Callable[..., ReportedWindow]]:
    """Opens the window of a report and waits until it says what is known about the file."""
    jobs, made = Jobs(QApplication.instance()), []

    def shown(pdf: bytes, exams: Exams | None = None) -> ReportedWindow:
        window = ReportedWindow(context, read_report(pdf, "report.pdf"), jobs, exams)
        made.append(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: not jobs.busy)
        return window

    yield shown
    jobs.close()
    for window in made:
        window.close()
        window.deleteLater()


Show = Callable[..., ReportedWindow]


def cells(window: ReportedWindow, label: str) -> list[str]:
    """The words of a row behind its label."""
    table = window.table
    for row in range(table.rowCount()):
        first = table.item(row, 0)
        if first is not None and first.text() == label:
            found = (table.item(row, column) for column in (1, 2))
            return [each.text() for each in found if each is not None]
    raise AssertionError(f"no row {label}")


def test_a_report_is_shown_in_its_own_words_right_before_left(show: Show, file: Path) -> None:
    window = show(file.read_bytes())
    assert cells(window, "Elbow extension") == ["4\u2212 (pain-limited)\nNote: after the fall", "5"]
    assert cells(window, "Shoulder abduction") == ["\u2014", "not examined: no time"]
    assert cells(window, "Romberg") == ["positive"]
    model = window.table.model()
    headings = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)]
    assert headings == ["Finding", "R", "L"]
    assert "Elbow extension right 4\u2212" in window.note.toPlainText()
    assert "Words of the examiner." in window.note.toPlainText()


def test_what_is_abnormal_is_bold_and_said(show: Show, file: Path) -> None:
    table = show(file.read_bytes()).table
    abnormal = [
        item
        for row in range(table.rowCount())
        for column in range(3)
        if (item := table.item(row, column)) is not None and item.data(Qt.ItemDataRole.UserRole) == "abnormal"
    ]
    assert [item.text().split()[0] for item in abnormal] == ["4\u2212", "positive"]
    for item in abnormal:
        assert item.font().bold()
        assert item.data(Qt.ItemDataRole.AccessibleTextRole).endswith("abnormal")


def test_the_window_says_that_it_is_read_only_and_names_nobody_in_its_title(
    show: Show, file: Path, context: Context
) -> None:
    window = show(file.read_bytes())
    said = "\n".join(label.text() for label in window.findChildren(RoleLabel))
    assert "As reported on the examination of 2026-11-22 09:20 (UTC+01:00): read-only, not in your records." in said
    assert "SPECIMEN, Patient" in said
    assert "specimen" not in window.windowTitle().lower()
    assert not context.data_folder.exists()


def test_every_control_can_be_read_and_reached_and_escape_closes(show: Show, file: Path, qtbot: QtBot) -> None:
    window = show(file.read_bytes())
    for page in range(window.tabs.count()):
        window.tabs.setCurrentIndex(page)
        QApplication.processEvents()
        assert faults(window) == []
    window.tabs.setCurrentIndex(0)
    window.table.setFocus()
    stops = walk()
    assert missed(window, stops) == []
    assert window.close_button in stops
    window.table.setFocus()
    with qtbot.waitSignal(window.closed):
        QTest.keyClick(window.table, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_open_records_say_whether_the_file_was_changed(
    show: Show, open_records: Exams, record: ExamRecord, file: Path
) -> None:
    exam = open_records.adopt(record)
    pdf = file.read_bytes()
    exam.keep_export(pdf, attached=True, encrypted=False)
    exam.close()
    assert "not a byte of it was changed" in show(pdf, open_records).verdict.text()
    window = show(pdf + b"\n", open_records)
    assert "know no export of this very file" in window.verdict.text()
    assert "The pages say what the data say" in window.checks.toPlainText()


def test_without_records_it_is_said_what_cannot_be_checked(show: Show, file: Path) -> None:
    window = show(file.read_bytes())
    assert window.verdict.text().startswith("Whether this file was changed after its export cannot be said")
    assert "does not show who made the file" in window.checks.toPlainText()


@pytest.fixture
def one_report(light: None, context: Context) -> Iterator[Callable[[Path], OneReport]]:
    made = []

    def open_file(path: Path) -> OneReport:
        made.append(OneReport(context, str(path)))
        return made[-1]

    yield open_file
    for each in made:
        each.close()
        each.deleteLater()


def test_a_report_with_a_password_asks_for_it(
    one_report: Callable[[Path], OneReport], context: Context, record: ExamRecord, file: Path, qtbot: QtBot
) -> None:
    file.write_bytes(pdf_bytes(context, record, context.form, password=PASSWORD))
    report = one_report(file)
    dialog = report.opening.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClicks(focused(), "another")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert "does not open" in dialog.page.error.text()
    assert focused() is dialog.password
    words = [label for label in dialog.findChildren(RoleLabel) if label.isVisible()]
    qtbot.waitUntil(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in words))
    dialog.password.setText(PASSWORD)
    QTest.keyPress(focused(), Qt.Key.Key_Return)  # the dialog is gone before the key is let go
    assert report.window is not None
    assert cells(report.window, "Romberg") == ["positive"]
    qtbot.waitUntil(lambda: not report.jobs.busy)
    assert "The pages say what the data say" in report.window.checks.toPlainText()


def test_what_cannot_be_shown_ends_the_command_with_a_sentence(
    context: Context,
    record: ExamRecord,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    qapp: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(pdf_bytes(context, record, context.form, attach=False))
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"Dear colleague")
    for file, said in ((plain, "carries no data, only its pages"), (letter, "damaged or not a PDF")):
        assert run(["open", str(file)]) == 1
        assert said in capfd.readouterr().err


@pytest.fixture
def shell(records: Context, make_shell: Callable[[Context], Shell], qtbot: QtBot) -> Shell:
    return unlocked(make_shell(records), qtbot)


def test_a_report_opens_from_home_by_its_key_and_is_hidden_by_the_lock(
    shell: Shell, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    QTest.keyClick(focused(), Qt.Key.Key_O, CTRL)
    assert isinstance(shell.dialog, QFileDialog)
    shell.dialog.selectFile(str(file))
    shell.dialog.fileSelected.emit(str(file))
    shell.dialog.reject()
    assert shell.report is not None
    qtbot.waitUntil(shell.report.isActiveWindow)
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert "know no export" in shell.report.verdict.text()
    QTest.keyClick(shell.report.table, Qt.Key.Key_L, CTRL)
    assert shell.lock.is_locked
    assert not shell.report.isVisible()
    shell.lock._unlocked()
    qtbot.waitUntil(shell.report.isActiveWindow)
    QTest.keyClick(shell.report.table, Qt.Key.Key_Escape)
    assert shell.report is None
    assert shell.home is not None
    qtbot.waitUntil(shell.home.isActiveWindow)


def test_a_file_that_is_no_report_is_refused_over_home(shell: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"Dear colleague")
    shell.open_report(str(tmp_path / "letter.pdf"))
    assert shell.home is not None
    box = shell.home.findChild(QMessageBox)
    assert box is not None
    assert "damaged or not a PDF" in box.text()
    box.close()
    assert shell.report is None

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from exam_app.core.crash import crash_text
from exam_app.core.errors import Fault, UserError
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.messages import CrashReporter, show_error
from exam_app.services.context import Context
from exam_app.services.crash_reports import write_crash_file
from tests.architecture.house import ROOT

SECRET = "Specimen-secret"


def boxes() -> list[QMessageBox]:
    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()]


def fail_with_a_secret(patient: str) -> None:
    known = {f"{patient} is a key": 1}
    try:
        known[patient]
    except KeyError as error:
        raise ValueError(patient) from error


def caught() -> BaseException:
    try:
        fail_with_a_secret(SECRET)
    except ValueError as error:
        return error
    raise AssertionError


@pytest.fixture
def reporter(context: Context, light: None, qtbot: QtBot) -> Iterator[CrashReporter]:
    made = CrashReporter(lambda error: write_crash_file(context, error))
    made.install()
    yield made
    made.remove()
    for box in boxes():
        box.close()


def test_a_crash_text_names_types_and_lines_and_no_value() -> None:
    text = crash_text(caught(), at="2026-11-22T09:20:00+01:00", version="1", system="Linux")
    assert "builtins.ValueError" in text
    assert "because of builtins.KeyError" in text
    assert "fail_with_a_secret" in text
    assert SECRET not in text
    assert str(Path.home()) not in text


def test_a_crash_text_ends_where_causes_go_in_a_circle_and_covers_groups() -> None:
    first, second = ValueError(SECRET), KeyError(SECRET)
    first.__cause__, second.__cause__ = second, first
    text = crash_text(ExceptionGroup(SECRET, [first]), at="", version="1", system="")
    assert [text.count(name) for name in ("ExceptionGroup", "ValueError", "KeyError", SECRET)] == [1, 1, 1, 0]


def test_an_exception_in_a_slot_opens_one_dialog_and_leaves_a_crash_file(
    reporter: CrashReporter, context: Context, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken(QObject):
        def slot(self) -> None:
            fail_with_a_secret(SECRET)

    button, broken = QPushButton(), Broken()
    qtbot.addWidget(button)
    button.clicked.connect(broken.slot)
    button.click()
    button.click()
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    (box,) = boxes()
    assert box.text().startswith("Something went wrong. What was saved is safe.")
    files = list(context.data_folder.glob("crash-*.txt"))
    assert files
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    text = files[0].read_text(encoding="utf-8")
    assert "builtins.ValueError" in text
    assert SECRET not in text + box.text() + capsys.readouterr().err


def test_an_exception_in_a_thread_is_told_in_the_windows_thread(reporter: CrashReporter, qtbot: QtBot) -> None:
    thread = threading.Thread(target=fail_with_a_secret, args=(SECRET,))
    thread.start()
    thread.join()
    assert boxes() == []
    qtbot.waitUntil(lambda: len(boxes()) == 1)


def test_a_bug_in_a_job_ends_the_job_and_is_reported(reporter: CrashReporter, qtbot: QtBot) -> None:
    jobs, ended = Jobs(), []
    jobs.run(lambda: fail_with_a_secret(SECRET), pytest.fail, pytest.fail, lambda: ended.append(True))
    qtbot.waitUntil(lambda: bool(boxes()))
    assert ended == [True]
    assert not jobs.busy


def test_a_job_answers_in_the_windows_thread(light: None, qtbot: QtBot) -> None:
    jobs = Jobs()
    seen: list[tuple[object, bool]] = []

    def take(result: object) -> None:
        seen.append((result, threading.current_thread() is threading.main_thread()))

    def refuse() -> None:
        raise UserError("passphrase_wrong")

    jobs.run(threading.get_ident, take, pytest.fail)
    jobs.run(refuse, pytest.fail, take)
    qtbot.waitUntil(lambda: not jobs.busy)
    (one, other) = sorted(seen, key=lambda entry: isinstance(entry[0], UserError))
    assert one[0] != threading.get_ident()
    assert isinstance(other[0], UserError)
    assert one[1]
    assert other[1]


def test_an_expected_error_is_a_sentence_with_its_faults(light: None, qtbot: QtBot) -> None:
    parent = QPushButton()
    qtbot.addWidget(parent)
    parent.show()
    faults = [Fault(f"line {number}", "what & where <b>") for number in range(14)]
    box = show_error(parent, UserError("form_refused", faults=faults, count=14))
    assert box.isVisible()
    assert (
        box.text()
        .splitlines()[0]
        .startswith("The form was refused. Faults found: 14. The shipped forms are unchanged.")
    )
    assert "• line 11: what & where <b>" in box.text()
    assert box.text().endswith("and 2 more.")
    box.close()


WIDE = """
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from exam_app.core.errors import UserError
from exam_app.gui.parts.messages import show_error
application, parent = QApplication([]), QWidget()
assert parent.screen().size().width() == 1920
parent.show()
box = show_error(parent, UserError("store_not_written"))
while not box.isVisible():
    application.processEvents()
application.processEvents()
label = box.findChild(QLabel, "qt_msgbox_label")
needed = label.fontMetrics().boundingRect(0, 0, label.width(), 1000, 0x1000, label.text())  # word wrap
assert needed.height() <= label.height() and needed.width() <= label.width(), (needed, label.size())
"""


def test_every_line_of_an_error_is_shown_on_a_wide_screen_too(tmp_path: Path) -> None:
    screen = tmp_path / "screen.json"
    wide = {
        "name": "wide",
        "x": 0,
        "y": 0,
        "width": 1920,
        "height": 1080,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }
    screen.write_text(
        json.dumps({"synchronousWindowSystemEvents": False, "windowFrameMargins": False, "screens": [wide]})
    )
    environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={screen}"}
    told = subprocess.run(
        [sys.executable, "-c", WIDE], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def test_the_hooks_are_given_back(context: Context, qapp: QApplication) -> None:
    before: tuple[Callable[..., object], Callable[..., object]] = (sys.excepthook, threading.excepthook)
    reporter = CrashReporter(lambda error: write_crash_file(context, error))
    reporter.install()
    assert sys.excepthook is not before[0]
    reporter.remove()
    assert (sys.excepthook, threading.excepthook) == before
    QTimer.singleShot(0, qapp.processEvents)

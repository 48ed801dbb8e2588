"""What is copied is marked as private, and is taken back after a minute if it is still there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from exam_app.gui.parts import clipboard
from tests.architecture.house import ROOT

NOTE = "NEUROLOGICAL EXAMINATION\nPatient: SPECIMEN"


@pytest.fixture
def board(qapp: QApplication) -> Iterator[QClipboard]:
    yield QGuiApplication.clipboard()
    clipboard.clear_if_ours()


def running() -> QTimer:
    """The timer that empties the clipboard, which must be running."""
    application = QGuiApplication.instance()
    assert application is not None
    (timer,) = (each for each in application.findChildren(QTimer) if each.interval() == clipboard.SECONDS * 1000)
    assert timer.isActive() and timer.isSingleShot()
    return timer


def test_after_a_minute_the_clipboard_is_empty(board: QClipboard) -> None:
    clipboard.copy(NOTE, "<p>Patient: SPECIMEN</p>")
    assert board.text() == NOTE and board.mimeData().html() == "<p>Patient: SPECIMEN</p>"
    assert running().interval() == 60_000
    running().timeout.emit()
    assert board.text() == "" and board.mimeData() is None


def test_after_a_minute_what_another_program_copied_meanwhile_stays(board: QClipboard) -> None:
    clipboard.copy(NOTE)
    board.setText("of another program")
    running().timeout.emit()
    assert board.text() == "of another program"


def test_a_second_copy_begins_a_new_minute(board: QClipboard) -> None:
    clipboard.copy(NOTE)
    timer = running()
    timer.stop()
    clipboard.copy("another note")
    assert running() is timer
    timer.timeout.emit()
    assert board.text() == ""


def test_emptied_once_the_clipboard_is_left_alone(board: QClipboard) -> None:
    clipboard.copy(NOTE)
    timer = running()
    clipboard.clear_if_ours()
    assert not timer.isActive()
    board.setText(NOTE)  # the same words, by somebody else
    clipboard.clear_what_was_copied()
    assert board.text() == NOTE


def test_what_was_copied_does_not_outlive_the_application() -> None:
    script = """
import atexit
from PySide6.QtGui import QGuiApplication
from exam_app.gui.parts import clipboard
application = QGuiApplication([])
atexit.register(lambda: print(repr(QGuiApplication.clipboard().text())))
clipboard.copy("Patient: SPECIMEN")
"""
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "''\n"), result.stderr


def test_a_copy_asks_histories_of_the_clipboard_not_to_keep_it(board: QClipboard) -> None:
    clipboard.copy(NOTE)
    data = board.mimeData()
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    for name in ("CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"):
        assert data.data(f'application/x-qt-windows-mime;value="{name}"').data() == b"\0\0\0\0"
    assert data.hasFormat('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"')


def test_the_words_after_a_copy_say_when_it_is_taken_back() -> None:
    assert clipboard.copied_text() == "Copied. The clipboard is emptied after 60 s."

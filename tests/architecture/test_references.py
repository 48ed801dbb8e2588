"""The Qt binding keeps the reference counts of None, True and False: a release that does not ends long sessions."""

from __future__ import annotations

import subprocess
import sys

MEASURE = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication, QLabel

application = QApplication([])
label, timer = QLabel(), QTimer()
calls = (label.update, label.isVisible, label.isEnabled, timer.stop, QCoreApplication.processEvents)
spare = [None, True, False] * 10_000
for call in calls:
    for constant in (None, True, False):
        before = sys.getrefcount(constant)
        for _ in range(1000):
            call()
        lost = before - sys.getrefcount(constant)
        if lost > 500:
            raise SystemExit(f"{call} took {lost} references of {constant}")
"""


def test_calls_into_qt_take_no_reference_that_is_not_theirs() -> None:
    done = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

"""One probe in its own process: `python -m benchmarks.child NAME FOLDER` prints its figures as JSON.

Nothing is imported before a probe asks for it: the imports are part of what is measured.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.measuring import PASSPHRASE, RECORDS, WINDOW, Figures, context_in, memory, replace, since


def started() -> float:
    """When the parent asked for this process, on the clock that both share, in seconds."""
    return float(os.environ["BENCH_STARTED"])


def bare(_folder: Path) -> Figures:
    """A window with nothing in it, from process start to first paint; and its memory once it is as large as that of an
    examination, whose picture both hold."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    figures: Figures = {}

    class Window(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
            super().paintEvent(event)
            figures.setdefault("bare", since(started()))
            QTimer.singleShot(0, QApplication.quit)

    application = QApplication([])
    window = Window()
    window.resize(800, 600)
    window.show()
    application.exec()
    window.resize(*WINDOW)
    window.show()  # quitting has closed it
    application.processEvents()
    figures["bare_memory"] = memory()
    return figures


def _nothing(_context: object) -> None:
    pass


def unlock(folder: Path) -> Figures:
    """The application, from process start to the first paint of the unlock dialog."""
    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication

    from exam_app.gui.parts.theme import theme
    from exam_app.gui.shell import app, unlock

    figures: Figures = {}
    paint = unlock.UnlockDialog.paintEvent

    def painted(self: unlock.UnlockDialog, event: QPaintEvent) -> None:
        paint(self, event)
        figures.setdefault("unlock", since(started()))

    replace(unlock.UnlockDialog, "paintEvent", painted)
    replace(app, "load_the_rest", _nothing)
    replace(app, "import_windows", QApplication.quit)  # what comes after the job that would load the rest
    application = QApplication([])
    theme()
    shell = app.Shell(context_in(folder), QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    shell.start()
    application.exec()
    shell.close()
    return figures


def home(folder: Path) -> Figures:
    """From the moment the passphrase is accepted (its key derived) to the first paint of the list on home."""
    from PySide6.QtCore import QEventLoop, QSettings, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from exam_app.gui.parts.theme import theme
    from exam_app.gui.shell import app
    from exam_app.gui.shell.home_list import ExamDelegate
    from exam_app.store import keys

    accepted: list[float] = []
    painted: list[float] = []
    derive, paint = keys.unlock, ExamDelegate.paint

    def derived(path: Path, passphrase: str) -> bytes:
        key = derive(path, passphrase)
        accepted.append(time.monotonic())
        return key

    def cell_painted(self: ExamDelegate, *arguments: Any) -> None:
        paint(self, *arguments)
        painted.append(time.monotonic())

    replace(keys, "unlock", derived)
    replace(ExamDelegate, "paint", cell_painted)
    application = QApplication([])
    theme()
    shell = app.Shell(context_in(folder), QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    shell.start()
    while shell.unlock is None or not shell.unlock.isActiveWindow() or shell.jobs.busy:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
    QTest.keyClicks(shell.unlock.unlock_page.passphrase, PASSPHRASE)
    QTest.keyClick(shell.unlock.unlock_page.passphrase, Qt.Key.Key_Return)
    while not painted:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 10)
    assert shell.home is not None
    assert shell.home.model.rowCount() == RECORDS
    application.processEvents()
    # The last cell of the first paint: the list is on the screen then, not only its first line.
    figures = {"home": (painted[-1] - accepted[0]) * 1000}
    shell.close()
    return figures


PROBES = {"bare": bare, "unlock": unlock, "home": home}


def main() -> int:
    """Run the probe that is named and print its figures."""
    import json

    name, folder = sys.argv[1], Path(sys.argv[2])
    if name in PROBES:
        figures = PROBES[name](folder)
    else:
        from benchmarks import inside

        figures = inside.PROBES[name](folder)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())

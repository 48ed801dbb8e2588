"""Every screen of the application, one after the other, for tests that look at all of them.

A list of screens brings each into sight in turn and gives its name and its window. Those of an examination are in
`examination`, those before and around it in `around`, those behind an attempt with the tests of its pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

Shown = Iterator[tuple[str, QWidget]]
SIZE = (1280, 800)
"""The least window in which everything has room."""
PDF_MS = 30_000
"""A report may take so long on a machine that has other things to do; a test waits for it, and for nothing longer."""


def settle() -> None:
    """Let layouts, timers of no delay and deletions come to rest."""
    for _turn in range(4):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def put_away(windows: Iterable[QWidget]) -> None:
    """Close windows and let go of them at once, so that nothing paints or styles them any more."""
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

"""Copies to the clipboard, and takes back what was copied: after a minute, and when the content is hidden.

What is copied is marked as private with the signs that histories of the clipboard look for: a history would keep it
when the clipboard is empty again, and Windows would send it to other computers. It can be pasted as ever.
"""

from __future__ import annotations

import atexit
from typing import Final

from PySide6.QtCore import QCoreApplication, QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

from exam_app.core.words import _

SECONDS: Final = 60
"""After so long the clipboard is emptied."""
_NO: Final = bytes(4)
"""Windows' number 0 in 32 bits."""
PRIVATE: Final = {
    # KDE's Klipper and those that follow it
    "x-kde-passwordManagerHint": b"secret",
    # Windows: no history, no copy in the cloud; the first by its presence alone
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _NO,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _NO,
}
"""Formats that ask histories of the clipboard to leave a copy alone."""


_copied: list[str] = []
_timer: list[QTimer] = []


def copy(text: str, html: str | None = None) -> None:
    """Copy a text, with `html` also as formatted text."""
    data = QMimeData()
    data.setText(text)
    if html is not None:
        data.setHtml(html)
    for name, value in PRIVATE.items():
        data.setData(name, value)
    QGuiApplication.clipboard().setMimeData(data)
    _copied[:] = [text]
    if not _timer:
        _timer.append(_new_timer())
    _timer[0].start()


def _new_timer() -> QTimer:
    timer = QTimer(QCoreApplication.instance())
    timer.setSingleShot(True)
    timer.setInterval(SECONDS * 1000)
    timer.timeout.connect(clear_what_was_copied)
    # What was copied does not outlive the application; and Qt would let go of the data after Python has gone.
    atexit.register(_leave)
    return timer


def _leave() -> None:
    if QCoreApplication.instance() is not None:
        clear_what_was_copied()


def copied_text() -> str:
    """What is said after a copy."""
    return _("Copied. The clipboard is emptied after {count} s.").format(count=SECONDS)


def clear_what_was_copied() -> None:
    """Empty the clipboard if what `copy` put there is still in it."""
    board = QGuiApplication.clipboard()
    if _copied and board.text() == _copied[0]:
        board.clear()
    _forget()


def clear_if_ours() -> None:
    """Empty the clipboard if this application filled it, by a button or by Ctrl+C; what others copied stays."""
    board = QGuiApplication.clipboard()
    # Not every system says who owns the clipboard; then what was copied by a button is known by its words.
    if board.ownsClipboard() or (_copied and board.text() == _copied[0]):
        board.clear()
    _forget()


def _forget() -> None:
    _copied.clear()
    if _timer:
        _timer[0].stop()

"""Hides the content of every window behind the passphrase: by a key, a button, or when nobody has done anything."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from exam_app.gui.parts import clipboard
from exam_app.gui.parts.focus import depth
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.shell.unlock import UnlockDialog

_INPUT = frozenset(
    (
        *(QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel),
        *(QEvent.Type.TouchBegin, QEvent.Type.TabletPress),
    )
)


class IdleWatch(QObject):
    """Tells when nobody has pressed a key or moved the mouse for so long. Looks at windows, which get few events, and
    not at their widgets, which get very many."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)

    def set_time(self, milliseconds: int) -> None:
        """Begin to wait so long; 0 for never."""
        self._timer.stop()
        self._timer.setInterval(milliseconds)
        self._start()

    def _start(self) -> None:
        if self._timer.interval() > 0:
            self._timer.start()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # a second time changes nothing
            self._start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt's own name: somebody is there."""
        if event.type() in _INPUT:
            self._start()
        return False


class Lock(QObject):
    """Hides all windows and brings them back as they were. `left` is the wish to end the application while locked."""

    left = Signal()

    def __init__(self, jobs: Jobs, check: Callable[[str], None], parent: QObject | None = None) -> None:
        """`check` is called in a job and raises `UserError` for a wrong passphrase."""
        super().__init__(parent)
        self._jobs, self._check = jobs, check
        self._hidden: list[QWidget] = []
        self._active: QWidget | None = None
        self._focus: QWidget | None = None
        self.dialog: UnlockDialog | None = None

    @property
    def is_locked(self) -> bool:
        """Whether the content is hidden."""
        return self.dialog is not None

    def lock(self) -> None:
        """Hide the content now. What is typed must have been written by then."""
        if self.is_locked:
            return
        clipboard.clear_if_ours()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._active, self._focus = QApplication.activeWindow(), QApplication.focusWidget()
        windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        self._hidden = sorted(windows, key=depth)  # a window before the dialogs over it
        self.dialog = UnlockDialog(self._check, self._jobs)
        self.dialog.opened.connect(self._unlocked)
        self.dialog.closed.connect(self.left)
        self.dialog.show()
        for window in reversed(self._hidden):
            window.hide()
            # Without its native window nothing of it is found by a screen reader either.
            window.destroy()
        self.dialog.activateWindow()

    def _unlocked(self) -> None:
        dialog, self.dialog = self.dialog, None
        for window in self._hidden:
            window.show()
        self._hidden = []
        if dialog is not None:
            dialog.blockSignals(True)
            dialog.close()
            dialog.deleteLater()
        if self._active is not None:
            self._active.activateWindow()
        if self._focus is not None:
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._active = self._focus = None

    def close(self) -> None:
        """Let go of the dialog; the windows stay hidden."""
        if self.dialog is not None:
            self.dialog.blockSignals(True)
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

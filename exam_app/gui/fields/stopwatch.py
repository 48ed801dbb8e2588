"""A stopwatch: start, stop, reset. Its usual clock is the computer's monotonic one, which no clock change disturbs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from exam_app.core.words import _
from exam_app.gui.fields.buttons import RING
from exam_app.gui.parts.widgets import RoleLabel, button

Clock = Callable[[], int]
"""Milliseconds since some moment; never runs backwards."""

_REDRAWN_EVERY = 100


def computer_clock() -> Clock:
    """Milliseconds since now, by the computer's monotonic clock."""
    timer = QElapsedTimer()
    timer.start()
    return timer.elapsed


class Stopwatch(QWidget):
    """Runs until it is stopped and then tells the seconds; a new start begins again at 0."""

    stopped = Signal(float)

    def __init__(self, clock: Clock | None = None, parent: QWidget | None = None) -> None:
        """`clock` replaces the computer's, for a test or a demonstration."""
        super().__init__(parent)
        self._clock = clock or computer_clock()
        self._started: int | None = None
        self._elapsed = 0
        self.toggle_button = button("")
        self.reset_button = button(_("Reset"), "quiet")
        self._face = RoleLabel("", "mono")
        row = QHBoxLayout(self)
        row.setContentsMargins(RING, RING, RING, RING)
        for part in (self.toggle_button, self._face, self.reset_button):
            row.addWidget(part)
        self._redraw = QTimer(self)
        self._redraw.setInterval(_REDRAWN_EVERY)
        self._redraw.timeout.connect(self._show_time)
        self.toggle_button.clicked.connect(self.toggle)
        self.reset_button.clicked.connect(self.reset)
        self._show_state()

    @property
    def is_running(self) -> bool:
        """Whether it was started and not yet stopped."""
        return self._started is not None

    def toggle(self) -> None:
        """Start at 0, or stop and tell the time."""
        if self._started is None:
            self._started = self._clock()
        else:
            self._elapsed = self._clock() - self._started
            self._started = None
            self.stopped.emit(self._elapsed / 1000)
        self._show_state()

    def reset(self) -> None:
        """Back to 0 without telling anything."""
        self._started, self._elapsed = None, 0
        self._show_state()

    def set_context(self, words: str) -> None:
        """Name the buttons for a screen reader."""
        self._words = words
        self._show_state()

    _words = ""

    def _show_state(self) -> None:
        does = _("Stop") if self.is_running else _("Start")
        self.toggle_button.setText(does)
        self.toggle_button.setToolTip(_("Space"))
        self.toggle_button.setAccessibleName(_("{does} the stopwatch: {field}").format(does=does, field=self._words))
        self.reset_button.setAccessibleName(_("Reset the stopwatch: {field}").format(field=self._words))
        self._show_time()
        if self.is_running and self.isVisible():
            self._redraw.start()
        else:
            self._redraw.stop()

    def _show_time(self) -> None:
        elapsed = self._elapsed if self._started is None else self._clock() - self._started
        self._face.setText(f"{elapsed // 60_000}:{elapsed / 1000 % 60:04.1f}")

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's own name: a running watch is drawn again."""
        super().showEvent(event)
        self._show_state()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's own name: it runs on unseen, and draws nothing."""
        super().hideEvent(event)
        self._redraw.stop()

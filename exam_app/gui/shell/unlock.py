"""The first window: unlock the records, set them up at the first start, or open them with the recovery key.

Imports Qt and the standard library only, so that it is painted before anything else is loaded; the work itself is
passed in and runs in a job.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.core.words import _
from exam_app.gui.parts.field_card import FieldCard
from exam_app.gui.parts.icon_button import IconButton
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.keys import CommandShortcut, Keys
from exam_app.gui.parts.messages import APPLICATION_TITLE
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import button, within_screen
from exam_app.gui.shell.unlock_pages import NewPassphrasePage, RecoveryKeyPage, UnlockPage


class Setup(Protocol):
    """The other ways to open records. Each call runs in a job, may take a second, and raises `UserError`."""

    def create(self, passphrase: str) -> tuple[Any, str]:
        """New records, open, and their recovery key."""

    def recover(self, recovery_key: str, passphrase: str) -> Any:
        """The open records, which from now on open with this passphrase too."""


class UnlockDialog(QDialog):
    """The first window. `opened` carries the open records; `painted` fires once, after the first paint,
    `settings_asked` when text size or colours are to be changed, `practice_asked` when somebody wants to
    practise: for that no records are needed."""

    opened = Signal(object)
    painted = Signal()
    settings_asked = Signal()
    practice_asked = Signal()
    closed = Signal()

    def __init__(
        self,
        unlock: Callable[[str], Any],
        jobs: Jobs,
        keys: Keys | None = None,
        *,
        setup: Setup | None = None,
        first_start: bool = False,
    ) -> None:
        """`unlock` opens the records with a passphrase as `Setup` does otherwise; `keys` holds the key of the settings;
        `first_start` asks for a new passphrase instead of the present one. Without a `setup` records are hidden that
        are open: Escape does not close the dialog, and there are no settings."""
        super().__init__()
        self.setWindowTitle(APPLICATION_TITLE)
        self._unlock_with, self._setup, self._jobs = unlock, setup, jobs
        keys = keys or Keys(parent=self)
        self._locked = setup is None
        self._busy = self._closes = self._was_painted = False
        self._records: Any = None
        self.page: FieldCard
        """The page that is shown."""
        self._stack = QStackedWidget()
        self._areas: dict[FieldCard, QScrollArea] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(metrics.gap, metrics.gap, metrics.gap, 0)
        above.addStretch()
        self.settings_button = IconButton("settings", _("Settings"), keys.cap("settings"))
        self.settings_button.setAutoDefault(False)
        self.settings_button.clicked.connect(self.settings_asked)
        CommandShortcut(keys, "settings", self).activated.connect(self.settings_asked)
        self.settings_button.setHidden(self._locked)
        self.practice_button = button(_("Practice"), "quiet")
        self.practice_button.setAutoDefault(False)
        self.practice_button.setToolTip(_("Practise on teaching cases; no records are needed"))
        self.practice_button.clicked.connect(self.practice_asked)
        self.practice_button.setHidden(self._locked)
        above.addWidget(self.practice_button)
        above.addWidget(self.settings_button)
        outer.addLayout(above)
        outer.addWidget(self._stack, 1)
        self._show(self.first_page if first_start else self.unlock_page)
        self.resize(within_screen(self, 640, 560))

    # Pages are made when they are first asked for: most of them never are, and the first paint waits for none.

    @cached_property
    def unlock_page(self) -> UnlockPage:
        """Asks for the passphrase."""
        page = UnlockPage(locked=self._locked)
        page.submitted.connect(self._unlock)
        page.use_recovery_key.clicked.connect(self._use_recovery_key)
        return page

    @cached_property
    def recover_page(self) -> NewPassphrasePage:
        """Asks for the recovery key and a new passphrase."""
        page = NewPassphrasePage(recovers=True)
        page.submitted.connect(self._recover)
        page.back.clicked.connect(self._back)
        return page

    @cached_property
    def first_page(self) -> NewPassphrasePage:
        """Asks for a passphrase at the first start."""
        page = NewPassphrasePage(recovers=False)
        page.submitted.connect(self._create)
        return page

    @cached_property
    def key_page(self) -> RecoveryKeyPage:
        """Shows the recovery key."""
        page = RecoveryKeyPage()
        page.submitted.connect(self._continue)
        return page

    def _use_recovery_key(self) -> None:
        self._show(self.recover_page)

    def _back(self) -> None:
        self._show(self.unlock_page)

    def _show(self, page: FieldCard) -> None:
        if page not in self._areas:
            self._areas[page] = _centred(page)
            self._stack.addWidget(self._areas[page])
        self.page = page
        self._stack.setCurrentWidget(self._areas[page])
        page.action.setDefault(True)
        page.show_fault("", page.fields[0] if page.fields else None)

    def _unlock(self) -> None:
        page = self.unlock_page
        passphrase = page.passphrase.text()
        if not passphrase:
            page.show_fault(_("Type the passphrase."), page.passphrase)
            return
        self._run(partial(self._unlock_with, passphrase), self._take)

    def _recover(self) -> None:
        page = self.recover_page
        fault = page.fault()
        if fault is not None:
            page.show_fault(*fault)
        elif self._setup is not None and page.recovery_key is not None:
            self._run(partial(self._setup.recover, page.recovery_key.text(), page.passphrase.text()), self._take)

    def _create(self) -> None:
        page = self.first_page
        fault = page.fault()
        if fault is not None:
            page.show_fault(*fault)
        elif self._setup is not None:
            self._run(partial(self._setup.create, page.passphrase.text()), self._take_new)

    def _run(self, operation: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Only one at a time: a second Enter while the key is derived does nothing."""
        if self._busy:
            return
        self._set_busy(True)
        self._jobs.run(operation, done, self._failed, self._ended)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        page = self.page
        for line in page.fields:
            line.setReadOnly(busy)
        if busy:
            page.show_fault("", None)
            page.action.setProperty("idle_text", page.action.text())
            page.action.setText(_("One moment…"))
        else:
            page.action.setText(page.action.property("idle_text"))
        page.action.setEnabled(not busy)

    def _ended(self) -> None:
        if self._closes:
            self.close()

    def _failed(self, error: UserError) -> None:
        self._set_busy(False)
        page = self.page
        line = page.fields[0]
        if isinstance(page, NewPassphrasePage) and not error.code.startswith("recovery_key"):
            line = page.passphrase
        page.show_fault(sentence(error), line)

    def _take(self, records: Any) -> None:
        self._set_busy(False)
        self._records = records
        if not self._closes:
            self._hand_over()

    def _take_new(self, made: tuple[Any, str]) -> None:
        self._set_busy(False)
        self._records, recovery_key = made
        self.first_page.clear()
        self.key_page.show_key(recovery_key)
        self._show(self.key_page)
        self.key_page.written_down.setFocus()
        # Closed meanwhile or not: without this page the key would never have been seen.
        self._closes = False

    def _continue(self) -> None:
        if self.key_page.written_down.isChecked():
            self.key_page.key.clear()
            self._hand_over()

    def _hand_over(self) -> None:
        for page in self._areas:
            page.clear()
        records, self._records = self._records, None
        self.opened.emit(records)

    def reject(self) -> None:
        """Escape closes like the window's own button, but not over hidden records, where it may be meant for them."""
        if not self._locked:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Not while a key is derived, which ends soon, and not before the recovery key is written down."""
        if self._busy:
            self._closes = True
            event.ignore()
        elif isinstance(self.page, RecoveryKeyPage) and self._records is not None:
            self.page.show_fault(_("This key is not shown again. Write it down, tick the box, and continue."), None)
            event.ignore()
        else:
            if self._records is not None:
                self._records.close()
                self._records = None
            event.accept()
            self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that there is something to see."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)


def _centred(page: FieldCard) -> QScrollArea:
    """A page in the middle of the window; with large text it scrolls."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.addStretch(2)
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(page)
    row.addStretch()
    column.addLayout(row)
    column.addStretch(3)
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(inner)
    return area

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
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.core.words import _
from exam_app.gui import clipboard
from exam_app.gui.icon_button import IconButton
from exam_app.gui.jobs import Jobs
from exam_app.gui.keys import CommandShortcut, Keys
from exam_app.gui.messages import APPLICATION_TITLE, announce
from exam_app.gui.theme import metrics
from exam_app.gui.widgets import Card, CheckBox, RoleLabel, button, set_look, within_screen

CARD_WIDTH = 460


class Setup(Protocol):
    """The other ways to open records. Each call runs in a job, may take a second, and raises `UserError`."""

    def create(self, passphrase: str) -> tuple[Any, str]:
        """New records, open, and their recovery key."""

    def recover(self, recovery_key: str, passphrase: str) -> Any:
        """The open records, which from now on open with this passphrase too."""


class Page(Card):
    """A card with a title, a few sentences, fields, an error sentence and one main button."""

    submitted = Signal()

    def __init__(self, title: str, explains: str, action: str) -> None:
        super().__init__(margin=metrics.margin)
        # On a small screen the card gives way to the edges of its window.
        self.setFixedWidth(within_screen(self, CARD_WIDTH, 0, beside=2 * metrics.margin).width())
        self.body.setSpacing(metrics.gap)
        self.body.addWidget(RoleLabel(title, "title", wraps=True))
        if explains:
            self.body.addWidget(RoleLabel(explains, "muted", wraps=True))
            self.body.addSpacing(metrics.gap)
        self.error = RoleLabel("", "error", wraps=True)
        self.error.setVisible(False)
        self.action = button(action, "primary")
        self.action.clicked.connect(self.submitted)
        self.fields: list[QLineEdit] = []

    def add_field(self, label: str, *, secret: bool = True) -> QLineEdit:
        """A labelled line; Enter in it submits the page."""
        name = RoleLabel(label, "strong")
        line = QLineEdit()
        line.setAccessibleName(label)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.returnPressed.connect(self.submitted)
        name.setBuddy(line)
        self.body.addWidget(name)
        self.body.addWidget(line)
        self.fields.append(line)
        return line

    def finish(self, *links: QWidget) -> None:
        """Put the error sentence and the buttons at the end."""
        self.body.addWidget(self.error)
        self.body.addSpacing(metrics.gap)
        row = QHBoxLayout()
        for link in links:
            row.addWidget(link)
        row.addStretch()
        row.addWidget(self.action)
        self.body.addLayout(row)

    def show_fault(self, text: str, line: QLineEdit | None) -> None:
        """Say what is wrong; the field at fault is framed, selected and has the focus."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        for each in self.fields:
            set_look(each, "wrong", each is line and bool(text))
        if text:
            announce(self, text, urgent=True)
        if line is not None:
            line.setFocus()
            line.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        for line in self.fields:
            line.clear()
        self.show_fault("", None)


class UnlockPage(Page):
    """Asks for the passphrase."""

    def __init__(self, *, locked: bool = False) -> None:
        """`locked` where the records are open and only hidden: the recovery key opens nothing then."""
        super().__init__(
            _("Locked") if locked else _("Unlock the records"),
            _("Everything is written. It comes back as it was.")
            if locked
            else _("The records on this computer are encrypted."),
            _("Unlock"),
        )
        self.passphrase = self.add_field(_("Passphrase"))
        self.use_recovery_key = button(_("Use the recovery key"), "link")
        self.finish(*([] if locked else [self.use_recovery_key]))


class NewPassphrasePage(Page):
    """Asks for a new passphrase twice, at the first start or with the recovery key."""

    def __init__(self, *, recovers: bool) -> None:
        title = _("Use the recovery key") if recovers else _("Choose a passphrase")
        explains = (
            _("Type the recovery key that was shown when the records were set up, and choose a new passphrase.")
            if recovers
            else _(
                "Everything you record is kept on this computer only, encrypted with a passphrase that nobody else "
                "knows. If you lose both the passphrase and the recovery key, which is shown next, the records are "
                "gone: nobody can bring them back."
            )
        )
        super().__init__(title, explains, _("Open the records") if recovers else _("Set up"))
        self.recovery_key = self.add_field(_("Recovery key"), secret=False) if recovers else None
        self.passphrase = self.add_field(_("New passphrase") if recovers else _("Passphrase"))
        self.again = self.add_field(_("The same passphrase again"))
        hint = _("Several words that belong together only for you are easy to keep and hard to guess.")
        self.body.addWidget(RoleLabel(hint, "small", wraps=True))
        self.back = button(_("Back"), "link")
        self.finish(*([self.back] if recovers else []))

    def fault(self) -> tuple[str, QLineEdit] | None:
        """What can be said before anything is tried: a field is empty, or the two passphrases differ."""
        if self.recovery_key is not None and not self.recovery_key.text().strip():
            return _("Type the recovery key."), self.recovery_key
        if not self.passphrase.text():
            return _("Type a passphrase."), self.passphrase
        if self.passphrase.text() != self.again.text():
            return _("The two passphrases differ. Type the second one again."), self.again
        return None


class RecoveryKeyPage(Page):
    """Shows the recovery key, once."""

    def __init__(self) -> None:
        super().__init__(
            _("Write down the recovery key"),
            _(
                "It opens the records if the passphrase is forgotten, and it is shown only now. Keep it on paper, away "
                "from this computer. Without the passphrase and without this key the records are gone."
            ),
            _("Continue"),
        )
        self.key = QLineEdit()
        self.key.setReadOnly(True)
        self.key.setProperty("role", "mono")
        self.key.setAccessibleName(_("Recovery key"))
        self.copy = button(_("Copy the key"))
        self.copy.clicked.connect(self._copy)
        self.written_down = CheckBox(_("I have written it down"))
        self.written_down.toggled.connect(self.action.setEnabled)
        self.action.setEnabled(False)
        self.body.addWidget(self.key)
        self.body.addSpacing(metrics.gap)
        self.body.addWidget(self.written_down)
        self.finish(self.copy)

    def show_key(self, key: str) -> None:
        """Show a new key, with nothing ticked."""
        self.key.setText(key)
        self.key.setCursorPosition(0)
        self.written_down.setFocus()

    def _copy(self) -> None:
        clipboard.copy(self.key.text())
        self.copy.setText(_("Copied for {count} s").format(count=clipboard.SECONDS))


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
        self.page: Page
        """The page that is shown."""
        self._stack = QStackedWidget()
        self._areas: dict[Page, QScrollArea] = {}
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

    def _show(self, page: Page) -> None:
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


def _centred(page: Page) -> QScrollArea:
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

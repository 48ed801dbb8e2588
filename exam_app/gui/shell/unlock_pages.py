"""The pages of the first window: a passphrase, a new one, the recovery key."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from exam_app.core.words import _
from exam_app.gui.parts import clipboard
from exam_app.gui.parts.field_card import FieldCard
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import CheckBox, RoleLabel, button


class UnlockPage(FieldCard):
    """Asks for the passphrase."""

    def __init__(self, *, locked: bool = False) -> None:
        """`locked` where the records are open and only hidden: the recovery key opens nothing then."""
        super().__init__(
            _("Locked") if locked else _("Unlock the records"),
            _("Everything comes back as it was.") if locked else _("The records on this computer are encrypted."),
            _("Unlock"),
        )
        self.passphrase = self.add_field(_("Passphrase"))
        self.use_recovery_key = button(_("Use the recovery key"), "link")
        self.finish(*([] if locked else [self.use_recovery_key]))


class NewPassphrasePage(FieldCard):
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


class RecoveryKeyPage(FieldCard):
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

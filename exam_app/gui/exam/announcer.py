"""What a screen reader says of what happens away from the focus: saved, undone, another section."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from exam_app.core.editing.session import Change
from exam_app.core.messages import sentence
from exam_app.core.record.record import Examination
from exam_app.core.words import _, ngettext
from exam_app.gui.exam.progress import Counts
from exam_app.gui.parts.faces import face_of, side_of
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.services.saving import Saving

SETTLED_MS = 700
"""A change has settled when no other has followed for so long: "Saved" is said once, not at every key."""


class Announcer(QObject):
    """Listens to one examination and says what it hears, politely; only that saving failed at once."""

    def __init__(self, window: QWidget, bridge: SessionBridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._last: Change[Examination] | None = None
        self._owes_saved = self._has_failed = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLED_MS)
        self._settle.timeout.connect(self._say_saved)
        bridge.changed.connect(self._changed)
        bridge.saving_changed.connect(self._saving)

    def _changed(self, change: Change[Examination]) -> None:
        self._last = change
        self._owes_saved = True
        self._settle.start()

    def _saving(self, saving: Saving) -> None:
        if saving.failed is not None and not self._has_failed:
            announce(self._window, sentence(saving.failed), urgent=True)
        self._has_failed = saving.failed is not None
        if not self._settle.isActive():
            self._say_saved()

    def _say_saved(self) -> None:
        saving = self._bridge.saving
        if self._owes_saved and not saving.pending and saving.failed is None:
            self._owes_saved = False
            announce(self._window, _("Saved"))

    def undone(self, *, again: bool = False) -> None:
        """The last change was an undo, or a redo."""
        words = self._what_changed()
        text = _("Done again: {what}") if again else _("Undone: {what}")
        announce(self._window, text.format(what=words))

    def _what_changed(self) -> str:
        addresses = sorted(self._last.addresses) if self._last is not None else []
        if len(addresses) == 1:
            (address,) = addresses
            item, finding = self._bridge.item(address), self._bridge.finding(address)
            return face_of(item, side_of(address), finding, self._bridge.form).says
        if not addresses:
            return _("no finding changed")
        return ngettext("{count} finding", "{count} findings", len(addresses)).format(count=len(addresses))

    def section(self, title: str, counts: Counts) -> None:
        """Another section is in sight."""
        gaps = counts.shown - counts.done
        text = ngettext("{section}: {count} gap", "{section}: {count} gaps", gaps) if gaps else _("{section}: no gaps")
        announce(self._window, text.format(section=title, count=gaps))

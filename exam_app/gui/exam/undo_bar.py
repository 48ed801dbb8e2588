"""The bar that follows a macro: how many findings it asserted, which, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from exam_app.core.words import _, ngettext
from exam_app.gui.parts.limited import LimitedArea
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import RoleLabel, button, set_role

_MOST_LINES = 4


class UndoBar(QFrame):
    """Shows what one key did to many findings. `undo_asked` is the Undo button."""

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "banner")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 8, 4)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(metrics.gap)
        self.text = RoleLabel("", "", self, wraps=True)
        row.addWidget(self.text, 1)
        self.list_button = button(_("List"), "link", self)
        self.list_button.setAccessibleName(_("List what was recorded"))
        self.list_button.clicked.connect(self.toggle_list)
        self.undo_button = button(_("Undo"), "link", self)
        self.undo_button.clicked.connect(self.undo_asked)
        row.addWidget(self.list_button)
        row.addWidget(self.undo_button)
        column.addLayout(row)
        self.names = RoleLabel("", "small", self, wraps=True)
        self.names.setAccessibleName(_("What was recorded"))
        self.names.hide()
        column.addWidget(LimitedArea(self.names, _MOST_LINES, self))
        self.hide()

    def show_asserted(self, count: int, section: str, names: Sequence[str]) -> None:
        """After "rest normal"."""
        text = ngettext(
            "{section}: {count} finding asserted normal.", "{section}: {count} findings asserted normal.", count
        )
        self._show(text.format(section=section, count=count), names)

    def show_reasoned(self, count: int, section: str, names: Sequence[str]) -> None:
        """After a reason for the rest of a section."""
        text = ngettext(
            "{section}: the reason was recorded for {count} finding.",
            "{section}: the reason was recorded for {count} findings.",
            count,
        )
        self._show(text.format(section=section, count=count), names)

    def show_entered(self, entries: Sequence[str]) -> None:
        """After quick entry; one entry is named in the bar itself."""
        if len(entries) == 1:
            self._show(_("Recorded: {entry}.").format(entry=entries[0]), ())
        else:
            self._show(_("Recorded as one step: {count} entries.").format(count=len(entries)), entries)

    def _show(self, text: str, names: Sequence[str]) -> None:
        self.text.setText(text)
        self.names.setText(" \u00b7 ".join(names))
        self.names.hide()
        self.list_button.setVisible(bool(names))
        self.show()
        announce(self, text)

    def toggle_list(self) -> None:
        """Show which findings they were, and say them; or fold the list away."""
        if self.isHidden():
            return
        self.names.setVisible(self.names.isHidden())
        if not self.names.isHidden():
            announce(self, self.names.text())

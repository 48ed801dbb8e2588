"""The menu of a cell: what the keys do with the cell or the selection, for a hand with a mouse or a finger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from exam_app.core.record.record import Examined
from exam_app.core.words import _

if TYPE_CHECKING:
    from exam_app.gui.exam.examination_window import ExaminationWindow


class CellMenu(QMenu):
    """Each line does what its key does. What the cell does not allow now is there and cannot be chosen."""

    def __init__(self, window: ExaminationWindow) -> None:
        """For the addresses that a command of the window acts on now."""
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("What can be done with this finding"))
        findings = [window.bridge.finding(address) for address in window.current_addresses()]
        has_finding = any(finding is not None for finding in findings)
        has_sides = any(window.bridge.item(address).sides == "paired" for address in window.current_addresses())
        self._add("perform", _("Examine"))
        self._add("perform_both", _("Examine both sides"), enabled=has_sides)
        self._add("reason", _("Not examined or unable\u2026"))
        self._add("same_as_other_side", _("Same as the other side"), enabled=has_sides)
        self._add("marks", _("Marks\u2026"), enabled=any(isinstance(finding, Examined) for finding in findings))
        self._add("note", _("Note"), enabled=has_finding)
        self._add("clear", _("Back to not yet examined"), enabled=has_finding)
        self.addSeparator()
        self._add("undo", _("Undo"), enabled=window.bridge.can_undo)
        self.triggered.connect(self._run)

    def _add(self, command: str, words: str, *, enabled: bool = True) -> None:
        if not self._window.commands.knows(command):
            return
        cap = self._window.keys.cap(command)
        # What stands behind a tab is shown at the right, as the keys of a menu are.
        made = self.addAction(f"{words}\t{cap}" if cap else words)
        made.setData(command)
        made.setEnabled(enabled)

    def _run(self, chosen: QAction) -> None:
        self._window.commands.run(str(chosen.data()))

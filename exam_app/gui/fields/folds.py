"""Headings that fold rarely used fields of a group away."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from exam_app.core.values import Value
from exam_app.core.words import _, ngettext


class FoldHeading(QPushButton):
    """The heading of a fold: Enter, Space or a click opens and closes it.

    It opens by itself when one of its fields comes to hold something, and is closed for a value in which none does.
    """

    def __init__(self, title: str, names: frozenset[str], parent: QWidget) -> None:
        """`names` are the keys of its fields in the value of the group."""
        super().__init__(parent)
        self._title = title
        self.names = names
        self._recorded = 0
        self.setProperty("role", "fold")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.toggled.connect(self._say)
        self._say()

    def show_given(self, given: Mapping[str, Value], *, anew: bool) -> None:
        """How many of its fields are recorded; `anew` for another value, such as another entry of a list."""
        before, self._recorded = self._recorded, sum(name in given for name in self.names)
        if anew or (self._recorded and not before):
            self.setChecked(self._recorded > 0)
        self._say()

    def _say(self) -> None:
        sign = "\u25be" if self.isChecked() else "\u25b8"
        count = ngettext("{count} recorded", "{count} recorded", self._recorded).format(count=self._recorded)
        said = f"{self._title} \u00b7 {count}" if self._recorded else self._title
        self.setText(f"{sign}  {said}")
        self.setAccessibleName(said)
        self.setAccessibleDescription(_("Opened.") if self.isChecked() else _("Folded away; Enter opens it."))

    def minimumSizeHint(self) -> QSize:
        """Qt's own name: a long title never makes the form wider than there is room; its end is cut off."""
        return QSize(0, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Enter does what Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

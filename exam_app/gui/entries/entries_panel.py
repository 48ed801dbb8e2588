"""The entries of a section, such as its movements, as a part of the section's page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from exam_app.core.editing.session import Change
from exam_app.core.form.kinds import ListItem
from exam_app.core.record.record import Examination
from exam_app.core.record.values import Value
from exam_app.core.words import _
from exam_app.gui.entries.entries_view import EntriesView
from exam_app.gui.parts.focus import step_to, tab_stops
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import SectionHeading

_HEIGHT, _LEAST, _AROUND = 380, 120, 235
"""In pixels at 100 % text; the last is what stands above and below a section in its window."""


class EntriesPanel(QWidget):
    """List and form of one list item. `left` is Escape in the list: back to the grid; `entered` carries the
    address when the list is brought into focus."""

    left = Signal()
    entered = Signal(str)

    def __init__(self, address: str, title: str, bridge: SessionBridge, parent: QWidget | None = None) -> None:
        """`address` is that of the list item."""
        super().__init__(parent)
        self.address = address
        self._bridge = bridge
        item = bridge.item(address)
        if not isinstance(item, ListItem):
            raise TypeError(f"'{address}' is no list")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap_small)
        column.addWidget(SectionHeading(title, self))
        self.view = EntriesView(address, item, bridge.form, self)
        self.view.answered.connect(self._answered)
        column.addWidget(self.view, 1)
        self.setAccessibleName(_("{title}: entries").format(title=title))
        self.fit(self.window().height())
        self.show_again()

    def fit(self, window: int) -> None:
        """Be as high as the form is used best at, and in a low window no higher than all of it can be seen in."""
        wanted, least = theme().px(_HEIGHT), theme().px(_LEAST)
        self.view.setMinimumHeight(max(least, min(wanted, window - theme().px(_AROUND))))

    def show_again(self) -> None:
        """Show what is recorded."""
        self.view.show_record(self._bridge.record)
        self.view.show_finding(self._bridge.finding(self.address))

    def redraw(self, change: Change[Examination]) -> None:
        """Show what a change touched; conditions of fields may look at any address."""
        if self.address in change.addresses and change.initiator is not self:
            self.view.show_finding(self._bridge.finding(self.address))
        if change.addresses:
            self.view.show_record(self._bridge.record)

    def _answered(self, address: str, value: Value | None) -> None:
        if value is None:
            self._bridge.clear((address,))
        else:
            self._bridge.answer({address: value}, self)

    def enter(self) -> None:
        """Put the focus on the list."""
        self.view.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entered.emit(self.address)

    def commit(self) -> None:
        """Give what is typed and not yet told."""
        self.view.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Escape in the list goes back to the grid."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Qt's own name: Tab goes through every field of an entry in the order on screen."""
        moved = step_to(tab_stops(self.view), forwards=forwards) == "moved"
        return moved or super().focusNextPrevChild(forwards)

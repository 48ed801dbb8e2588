"""What of the window shows a change: the touched cells at once, all else when the key has been dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from exam_app.core.editing.session import Change
from exam_app.core.record.record import Examination
from exam_app.gui.parts.faces import main_token

if TYPE_CHECKING:
    from exam_app.gui.exam.examination_window import ExaminationWindow


class Redrawing(QObject):
    """Hears of every change of the record and has it shown."""

    def __init__(self, window: ExaminationWindow) -> None:
        super().__init__(window)
        self._window = window
        self._counted: set[str] = set()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(0)
        self._late.timeout.connect(self._redraw_late)
        window.bridge.changed.connect(self._changed)

    def _changed(self, change: Change[Examination]) -> None:
        window = self._window
        window.pages.redraw(change)
        if change.before.scope != change.after.scope:
            self._show_scope(change.after)
        self._counted |= window.progress.update(change.after, change.addresses)
        window.undo_bar.hide()
        self._late.start()

    def _show_scope(self, record: Examination) -> None:
        """Other items are asked: every section shows its own, and all is counted anew."""
        self._window.top_bar.show_scope(record)
        self._window.pages.show_scope()
        self._window.offer_no_other_answer()
        self._counted |= self._window.progress.recount(record)

    def _redraw_late(self) -> None:
        window = self._window
        window.rail.refresh(self._counted)
        self._counted.clear()
        window.bottom_bar.show_counts(window.progress.total)
        window.show_record()
        self._redraw_dock()
        window.pages.refresh_review()

    def _redraw_dock(self) -> None:
        dock, bridge = self._window.dock, self._window.bridge
        address = dock.address
        if address is None:
            return
        finding = bridge.finding(address)
        dock.show_finding(finding, bridge.record)
        if dock.isVisibleTo(self._window):
            item = bridge.item(address)
            self._window.side_panel.how_to_test.show_item(item, main_token(item, finding, bridge.form))

"""`?`: every key of the examination screen on one card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from exam_app.core.words import _
from exam_app.gui.hints import Hint, all_hints
from exam_app.gui.keys import Keys
from exam_app.gui.overlay import Overlay
from exam_app.gui.theme import metrics
from exam_app.gui.widgets import KeyCap, RoleLabel, SectionHeading

_IN_THE_FIRST_HALF = 2


class KeysPanel(Overlay):
    """Shows all keys; any key closes it."""

    def __init__(self, window: QWidget, keys: Keys) -> None:
        super().__init__(window, 1040)
        self._keys = keys
        self._columns: QWidget | None = None
        self.setAccessibleName(_("All keys"))
        self.card.body.addWidget(RoleLabel(_("All keys"), "large"))
        self.card.body.addWidget(RoleLabel(_("Any key closes this."), "small"))

    def open(self) -> None:
        """Show the keys that are in use now."""
        if self._columns is not None:
            self._columns.deleteLater()
        self._columns = self._made()
        self.card.body.insertWidget(1, self._columns)
        super().open()

    def _made(self) -> QWidget:
        columns = QWidget(self.card)
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.margin * 2)
        halves = [QVBoxLayout(), QVBoxLayout()]
        parts = all_hints(self._keys)
        for number, (title, hints) in enumerate(parts):
            column = halves[0 if number < _IN_THE_FIRST_HALF else 1]
            column.addWidget(SectionHeading(title))
            column.addLayout(self._grid(hints))
            column.addSpacing(metrics.gap)
        for half in halves:
            # A layout without its own spacing takes that of the layout around it.
            half.setSpacing(metrics.gap_small)
            half.addStretch(1)
            row.addLayout(half, 1)
        said = "\n".join(f"{' '.join(hint.keys)}: {hint.does}" for _title, hints in parts for hint in hints)
        self.setAccessibleDescription(said)
        return columns

    @staticmethod
    def _grid(hints: Sequence[Hint]) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(metrics.gap_large)
        grid.setVerticalSpacing(metrics.gap_small)
        for at, hint in enumerate(hints):
            caps = QHBoxLayout()
            caps.setSpacing(metrics.gap_small)
            for key in hint.keys:
                caps.addWidget(KeyCap(key))
            caps.addStretch(1)
            grid.addLayout(caps, at, 0)
            grid.addWidget(RoleLabel(hint.does, wraps=True), at, 1)
        return grid

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: any key closes."""
        self.close_panel()
        event.accept()

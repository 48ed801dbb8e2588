"""`?`: every key of the examination screen on one card."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from exam_app.core.words import _
from exam_app.gui.keys import all_hints
from exam_app.gui.overlay import Overlay
from exam_app.gui.theme import metrics
from exam_app.gui.widgets import KeyCap, RoleLabel, SectionHeading


class KeysPanel(Overlay):
    """Shows all keys; any key closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, 960)
        self.setAccessibleName(_("All keys"))
        self.card.body.addWidget(RoleLabel(_("All keys"), "large"))
        columns = QHBoxLayout()
        columns.setSpacing(metrics.margin * 2)
        halves = [QVBoxLayout(), QVBoxLayout()]
        for number, (title, hints) in enumerate(all_hints()):
            column = halves[number // 2]
            column.addWidget(SectionHeading(title))
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
            column.addLayout(grid)
            column.addSpacing(metrics.gap)
        for half in halves:
            # A layout without its own spacing takes that of the layout around it.
            half.setSpacing(metrics.gap_small)
            half.addStretch(1)
            columns.addLayout(half, 1)
        self.card.body.addLayout(columns)
        self.card.body.addWidget(RoleLabel(_("Any key closes this."), "small"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: any key closes."""
        self.close_panel()
        event.accept()

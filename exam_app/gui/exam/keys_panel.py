"""`?`: every key of the examination screen on one card."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from exam_app.core.words import _
from exam_app.gui.parts.hints import Hint, all_hints
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import KeyCap, RoleLabel, SectionHeading

_IN_THE_FIRST_HALF = 3
_SCROLLS = {Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -2, Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 2}
_WIDTH = 1040
"""In pixels at 100 %."""


class KeysPanel(Overlay):
    """Shows all keys; any key closes it."""

    def __init__(self, window: QWidget, keys: Keys, knows: Callable[[str], bool]) -> None:
        """`knows` tells the commands of the window."""
        super().__init__(window, _WIDTH)
        self._keys, self._knows = keys, knows
        self._area = QScrollArea(self.card)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("All keys"))
        self.card.body.addWidget(RoleLabel(_("All keys"), "large"))
        self.card.body.addWidget(self._area)
        self.card.body.addWidget(RoleLabel(_("Any key closes this; up and down scroll where it is longer."), "small"))

    def open(self) -> None:
        """Show the keys that are in use now."""
        columns = self._made()
        self._area.setWidget(columns)
        room = self.window().size()
        wide = min(theme().px(_WIDTH), room.width() - 32) - 2 * metrics.gap_large - theme().px(14)
        high = columns.heightForWidth(wide) + 2
        self._area.setFixedHeight(min(high, room.height() - theme().px(110)))
        super().open()

    def _made(self) -> QWidget:
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.margin * 2)
        halves = [QVBoxLayout(), QVBoxLayout()]
        parts = all_hints(self._keys, self._knows)
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
        """Qt's own name: any key closes, but for those that scroll what is too long for the window."""
        bar = self._area.verticalScrollBar()
        step = _SCROLLS.get(Qt.Key(event.key()), 0)
        if step and bar.maximum() > 0:
            bar.setValue(bar.value() + step * bar.pageStep() // 2)
        else:
            self.close_panel()
        event.accept()

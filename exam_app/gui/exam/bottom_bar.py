"""The bar at the bottom: the keys that work where the focus is, and how far the examination is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from exam_app.core.words import _, ngettext
from exam_app.gui.exam.progress import Counts
from exam_app.gui.parts.elided import ElidedLabel
from exam_app.gui.parts.hints import Hint, Place, field_hints, grid_hints, quick_hints, selection_hints
from exam_app.gui.parts.key_hint import KeyHint
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.messages import announce
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.unstyled import leave_unstyled
from exam_app.gui.parts.widgets import RoleLabel, set_role


class _Hints(QWidget):
    """Hints in a row; those for which there is no room are left out, the last ones first."""

    def __init__(self, hints: Sequence[Hint], parent: QWidget) -> None:
        super().__init__(parent)
        leave_unstyled(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.gap_large)
        self.hints = tuple(hints)
        self._shown = [KeyHint(hint.keys, hint.does, self) for hint in hints]
        for hint in self._shown:
            row.addWidget(hint)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: show as many hints as there is room for."""
        widths = [hint.sizeHint().width() + metrics.gap_large for hint in self._shown]
        kept = sum(width for width, hint in zip(widths, self.hints, strict=True) if hint.stays)
        room = self.width() + metrics.gap_large - kept
        for width, hint, shown in zip(widths, self.hints, self._shown, strict=True):
            room -= 0 if hint.stays else width
            shown.setVisible(room >= 0 or hint.stays)


class BottomBar(QFrame):
    """The bar. What it shows follows the focus."""

    def __init__(self, keys: Keys, parent: QWidget | None = None, *, in_practice: bool = False) -> None:
        """`in_practice` how to examine is said, and nothing of what is abnormal."""
        super().__init__(parent)
        self.keys, self._in_practice = keys, in_practice
        self._parts: list[str] = []
        set_role(self, "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 0)
        row.setSpacing(metrics.gap_large)
        self._pages = QStackedWidget(self)
        self._by_place: dict[str | Place, _Hints] = {}
        row.addWidget(self._pages, 1)
        self.told = ElidedLabel("", self, role="strong", asks_for_room=True)
        row.addWidget(self.told)
        self.counts = RoleLabel("", "muted", self)
        row.addWidget(self.counts)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(theme().line_px(30))
        self._show_counts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        super().resizeEvent(event)
        self._show_counts()

    def show_grid(self, place: Place, *, selected: int = 1) -> None:
        """The keys of a cell, or those of so many selected cells."""
        if selected > 1:
            self._show("selection", selection_hints(self.keys, place.kind, selected))
        else:
            self._show(place, grid_hints(self.keys, place, in_practice=self._in_practice))

    def show_fields(self) -> None:
        """The keys outside the grid."""
        self._show("fields", field_hints(self.keys))

    def show_quick(self) -> None:
        """The keys of the quick-entry line."""
        self._show("quick", quick_hints())

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What is shown now."""
        page = self._pages.currentWidget()
        return page.hints if isinstance(page, _Hints) else ()

    def _show(self, place: str | Place, hints: Sequence[Hint]) -> None:
        page = self._by_place.get(place)
        if page is None or page.hints != tuple(hints):
            if page is not None:
                self._pages.removeWidget(page)
                page.deleteLater()
            page = _Hints(hints, self._pages)
            self._by_place[place] = page
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def tell(self, text: str) -> None:
        """Say what a key did; it stands until the focus or the selection moves on, and nothing is said."""
        if text != self.told.text():
            self.told.setText(text)
        if text:
            announce(self, text)

    def show_counts(self, counts: Counts) -> None:
        """How many of the asked findings are recorded, abnormal, unable, not examined."""
        parts = [_("{done} of {shown} in scope").format(done=counts.done, shown=counts.shown)]
        if not self._in_practice:
            parts.append(_("{count} abnormal").format(count=counts.abnormal))
        if counts.unable:
            parts.append(_("{count} unable").format(count=counts.unable))
        if counts.not_examined:
            text = ngettext("{count} not examined", "{count} not examined", counts.not_examined)
            parts.append(text.format(count=counts.not_examined))
        self._parts = parts
        self._show_counts()

    def _show_counts(self) -> None:
        """As many of the counts as leave half of the bar to the keys; all of them in the tool tip."""
        whole, shown = " \u00b7 ".join(self._parts), list(self._parts)
        while len(shown) > 1 and self.counts.fontMetrics().horizontalAdvance(" \u00b7 ".join(shown)) > self.width() / 2:
            shown.pop()
        self.counts.setText(" \u00b7 ".join(shown))
        self.counts.setToolTip(whole)
        self.counts.setAccessibleName(whole)

"""The line of quick entry in the top bar, and what was entered in it before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from exam_app.core.words import _
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import KeyCap

_WIDEST, _TYPING, _LEAST, _INSET = 560, 240, 160, 9
"""In pixels at 100 %: the line at its widest; while one types in it where there is room, and at least; and the cap from
its edge."""
_HIGHER = 4
"""So many pixels the line is higher than it must be: it covers the buttons at its left from edge to edge."""
_MOST = 2000
"""Characters of a line; a note of that length fits."""


class QuickLine(QLineEdit):
    """A line with the cap of its key at the left while nothing is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_MOST)
        self.setAccessibleName(_("Quick entry"))
        self.setAccessibleDescription(_("Findings in words, several parted by semicolons; Enter records them"))
        self.setToolTip(_("Findings in words, several parted by semicolons; Enter records them"))
        self.setPlaceholderText(_("triceps r 4-"))
        self.setToolTip(_("Quick entry, such as: triceps r 4-"))
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._cap = KeyCap("", self)
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._place_cap)

    def show_key(self, key: str) -> None:
        """Name the key that leads here; "" where none does."""
        self._cap.setText(key)
        self._place_cap()

    def cap_width(self) -> int:
        """What the cap needs, in pixels."""
        self._cap.ensurePolished()
        return self._cap.sizeHint().width() + 2 * theme().px(_INSET)

    def _place_cap(self) -> None:
        shown = bool(self._cap.text()) and not self.text()
        size, inset = self._cap.sizeHint(), theme().px(_INSET)
        self._cap.setVisible(shown)
        self._cap.setGeometry(inset, (self.height() - size.height()) // 2, size.width(), size.height())
        self.setTextMargins(self.cap_width() - inset if shown else 0, 0, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: the cap stays in the middle."""
        super().resizeEvent(event)
        self._place_cap()


class QuickSlot(QWidget):
    """The place of the line among others. While one types, the line is wide enough for that, if need be over what
    stands at its left; over `last` only where nothing else would do."""

    def __init__(self, bar: QWidget, last: QWidget) -> None:
        super().__init__(bar)
        self._last = last
        self.line = QuickLine(bar)
        self.line.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_key(self, key: str) -> None:
        """Name the key that leads to the line."""
        self.line.show_key(key)
        self.fit()

    def fit(self) -> None:
        """Sizes at the present size of the text."""
        self.setMinimumWidth(self.line.cap_width())
        self.setMaximumWidth(theme().px(_WIDEST))
        self.place()

    def place(self) -> None:
        """Put the line where it belongs."""
        bar = self.parentWidget()
        if bar is None:
            return
        room, height = self.geometry(), self.line.sizeHint().height() + _HIGHER
        left, end = room.left(), room.right() + 1
        if self.line.hasFocus():
            left = min(left, self._typing_from(bar, end))
        self.line.setGeometry(left, (bar.height() - height) // 2, end - left, height)
        self.line.raise_()

    def _typing_from(self, bar: QWidget, end: int) -> int:
        """Where the line begins while one types in it. What it covers it covers whole."""
        free = max(end - theme().px(_TYPING), self._last.geometry().right() + metrics.gap)
        left = max(metrics.gap_large, min(free, end - theme().px(_LEAST)))
        others = bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        places = [each.geometry() for each in others if each not in (self, self.line, self._last)]
        return min([left, *(place.left() for place in places if place.left() < left <= place.right())])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name."""
        super().resizeEvent(event)
        self.place()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Qt's own name."""
        super().moveEvent(event)
        self.place()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Qt's own name: the line grows with the focus."""
        if watched is self.line and isinstance(event, QFocusEvent):
            self.place()
        return False


class Recall:
    """The earlier lines of one window, in memory only. `older` and `newer` step from the line being typed."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._at = 0
        self._typed = ""

    @property
    def is_back(self) -> bool:
        """Whether an earlier line is in sight."""
        return self._at < len(self._lines)

    def add(self, line: str) -> None:
        """Keep a line as the latest; the next step begins there."""
        kept = line.strip()
        if kept and self._lines[-1:] != [kept]:
            self._lines.append(kept)
        self.rest()

    def rest(self) -> None:
        """Something was typed: the next step begins with the latest line."""
        self._at = len(self._lines)

    def older(self, typed: str) -> str | None:
        """The line before the one in sight; None where there is none."""
        if not self.is_back:
            self._typed = typed
        if not self._at:
            return None
        self._at -= 1
        return self._lines[self._at]

    def newer(self) -> str | None:
        """The line after the one in sight, behind the latest what was being typed; None where none is in sight."""
        if not self.is_back:
            return None
        self._at += 1
        return [*self._lines, self._typed][self._at]

    def forget(self) -> None:
        """No line is kept any more."""
        self._lines.clear()
        self._typed = ""
        self.rest()

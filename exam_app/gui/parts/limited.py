"""A part that takes at most so many lines of its window, and scrolls where it needs more."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QWidget

from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.unstyled import leave_bar_boxes_unstyled


class LimitedArea(QScrollArea):
    """Shows a label that wraps, in at most so many lines, while it is visible. Tab stops only where it scrolls."""

    def __init__(self, label: QLabel, most_lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self._most_lines = label, most_lines
        leave_bar_boxes_unstyled(self)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(label.accessibleName())
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        label.installEventFilter(self)
        hidden = label.isHidden()
        self.setWidget(label)
        label.setHidden(hidden)
        self._fit()

    def spoken(self) -> Spoken:
        """For assistive technology: words to read."""
        return Spoken(QAccessible.Role.Document, self.accessibleName())

    def sizeHint(self) -> QSize:
        """Qt's own name: the height of the words at this width, up to the limit."""
        # Measured as the label does, which rounds up each line.
        lines, endless = "\n".join("x" * self._most_lines), QRect(0, 0, 10_000, 10_000)
        return QSize(0, min(self._needed(), self._label.fontMetrics().boundingRect(endless, 0, lines).height()))

    def minimumSizeHint(self) -> QSize:
        """Qt's own name."""
        return self.sizeHint()

    def _needed(self) -> int:
        return self._label.heightForWidth(max(1, self.width()))

    def _fit(self) -> None:
        self.setVisible(not self._label.isHidden())
        overflows = self._needed() > self.sizeHint().height()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if overflows else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: another width makes other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own name: the label has other words, or was shown or hidden."""
        changes = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest)
        if watched is self._label and event.type() in changes:
            self._fit()
        return super().eventFilter(watched, event)

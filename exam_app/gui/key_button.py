"""A button that shows the key which does the same."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from exam_app.gui.theme import metrics
from exam_app.gui.widgets import KeyCap, PushButton, RoleLabel


class KeyButton(PushButton):
    """A push button with a label and a key cap at its end."""

    def __init__(self, label: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = RoleLabel(label, "strong", self)
        self._cap = KeyCap(key, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 10, 2)
        row.setSpacing(metrics.gap)
        row.addWidget(self._label)
        row.addWidget(self._cap)
        for child in (self._label, self._cap):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(label)
        self._has_room_for_cap = True
        self._cap.setVisible(bool(key))

    def show_cap(self, *, has_room: bool) -> None:
        """Show the key cap only where there is room for it; the bottom bar and the card of all keys have it too."""
        if has_room != self._has_room_for_cap:
            self._has_room_for_cap = has_room
            self.set_key(self._cap.text())

    @property
    def whole_width(self) -> int:
        """The width with the cap, shown or not."""
        hidden = 0 if self._has_room_for_cap or not self._cap.text() else self._cap.sizeHint().width() + metrics.gap
        return self.sizeHint().width() + hidden

    @property
    def label(self) -> str:
        """The words on the button."""
        return self._label.text()

    def set_label(self, label: str) -> None:
        """Change the words."""
        if label != self._label.text():
            self._label.setText(label)
            self.setAccessibleName(label)
            self.updateGeometry()

    def set_key(self, key: str) -> None:
        """Another key does the same now; "" where none does."""
        self._cap.setText(key)
        self._cap.setVisible(bool(key) and self._has_room_for_cap)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Qt's own name: room for words and key cap."""
        layout = self.layout()
        hint = super().sizeHint()
        return QSize(layout.sizeHint().width(), hint.height()) if layout is not None else hint

    def minimumSizeHint(self) -> QSize:
        """Qt's own name: never narrower than its words."""
        return self.sizeHint()

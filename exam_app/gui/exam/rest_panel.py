"""What "rest normal" would assert, listed before it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from exam_app.core.form.form import Form, split_address
from exam_app.core.wording.term_words import side_letter
from exam_app.core.words import _, ngettext
from exam_app.gui.parts.key_button import KeyButton
from exam_app.gui.parts.layouts import ENTER_KEYS, digit_of
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel

_MOST_HEIGHT = 420
"""Of the list, in pixels at 100 %; a longer one scrolls."""


@dataclass(frozen=True, slots=True)
class Part:
    """The findings of one group that would be asserted."""

    group_id: str
    title: str
    addresses: tuple[str, ...]


def listed(addresses: Iterable[str], form: Form) -> list[str]:
    """Addresses in words, the sides of an item together: "Elbow extension R L"."""
    sides: dict[str, list[str]] = {}
    for address in addresses:
        item_id, side = split_address(address)
        sides.setdefault(item_id, []).extend([side_letter(side)] if side is not None else [])
    return [" ".join((form.items[item_id].label, *letters)) for item_id, letters in sides.items()]


class RestPanel(Overlay):
    """Lists by groups what would be asserted. `asserted` carries the id of a group, or "" for the whole section."""

    asserted = Signal(str)

    def __init__(self, window: QWidget, form: Form) -> None:
        super().__init__(window, 760)
        self._form = form
        self._parts: Sequence[Part] = ()
        self._title = RoleLabel("", "large", wraps=True)
        self._area = QScrollArea(self.card)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list: QWidget | None = None
        self.assert_button = KeyButton(_("Assert all of these"), _("Enter"), self.card)
        self.assert_button.clicked.connect(self._assert_all)
        self.card.body.addWidget(self._title)
        self.card.body.addWidget(self._area)
        self.card.body.addWidget(self.assert_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.card.body.addWidget(RoleLabel(_("Esc leaves everything as it is."), "small"))

    def ask(self, section: str, parts: Sequence[Part]) -> None:
        """List what a section, by this name, would assert."""
        self._parts = [part for part in parts if part.addresses]
        count = sum(len(part.addresses) for part in self._parts)
        text = ngettext(
            "{section}: {count} finding would be asserted normal",
            "{section}: {count} findings would be asserted normal",
            count,
        ).format(section=section, count=count)
        self._title.setText(text if count else _("{section}: nothing is left to assert").format(section=section))
        self.assert_button.setVisible(count > 0)
        self._area.setVisible(count > 0)
        self._area.setWidget(self._made())
        inside = self._area.widget()
        if inside is not None:
            self._area.setFixedHeight(min(inside.sizeHint().height() + 4, theme().px(_MOST_HEIGHT)))
        said = [f"{part.title}: {', '.join(listed(part.addresses, self._form))}" for part in self._parts]
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription("\n".join(said))
        self.open()

    def _made(self) -> QWidget:
        holder = QWidget()
        window = self.parentWidget()
        holder.setFixedWidth(min(theme().px(700), window.width() - 110 if window is not None else 700))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.gap_large)
        grid.setVerticalSpacing(metrics.gap)
        grid.setColumnStretch(1, 1)
        for number, part in enumerate(self._parts, 1):
            words = _("{group} \u00b7 {count}").format(group=part.title, count=len(part.addresses))
            if len(self._parts) > 1:
                made = KeyButton(words, str(number) if number < 10 else "", holder)
                made.setAccessibleName(_("Assert only {group}").format(group=words))
                made.setProperty("group", part.group_id)
                made.clicked.connect(self._clicked)
                grid.addWidget(made, number, 0, Qt.AlignmentFlag.AlignTop)
            names = RoleLabel(" \u00b7 ".join(listed(part.addresses, self._form)), wraps=True)
            grid.addWidget(names, number, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return holder

    def _clicked(self) -> None:
        made = self.sender()
        if isinstance(made, QPushButton):
            self._give(str(made.property("group")))

    def _assert_all(self) -> None:
        self._give("")

    def _give(self, group_id: str) -> None:
        self.close_panel()
        self.asserted.emit(group_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Enter asserts all, a digit one group."""
        number = int(digit_of(event) or 0)
        if event.key() in ENTER_KEYS and self._parts:
            self._assert_all()
            event.accept()
        elif 1 <= number <= len(self._parts) > 1:
            self._give(self._parts[number - 1].group_id)
            event.accept()
        else:
            super().keyPressEvent(event)

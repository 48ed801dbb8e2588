"""Which items the examination is about: the scopes of the form, one digit each. Changing the scope loses nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from exam_app.core.form.form import Form, split_address
from exam_app.core.record.record import Examination
from exam_app.core.words import _, capitalised, ngettext
from exam_app.gui.parts.layouts import ENTER_KEYS, digit_of
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import KeyCap, RoleLabel, button

_DIGITS = 9


class ScopePanel(Overlay):
    """The scopes with their number of items, and how many findings would lie outside. `chosen` carries the id."""

    chosen = Signal(str)

    def __init__(self, window: QWidget, form: Form) -> None:
        super().__init__(window, 620)
        self.setAccessibleName(_("Scope"))
        self._form = form
        self.card.body.addWidget(RoleLabel(_("Scope of the examination"), "large"))
        self.card.body.addWidget(
            RoleLabel(_("Changing the scope loses nothing: findings outside it stay and are printed."), wraps=True)
        )
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        grid.setHorizontalSpacing(metrics.gap)
        grid.setColumnStretch(2, 1)
        self.choices: dict[str, QPushButton] = {}
        self._outside: dict[str, RoleLabel] = {}
        for number, scope in enumerate(form.scopes.values(), 1):
            made = button(capitalised(scope.title), "quiet", self.card)
            made.setProperty("scope", scope.id)
            made.clicked.connect(self._clicked)
            self.choices[scope.id] = made
            self._outside[scope.id] = RoleLabel("", "muted")
            if number <= _DIGITS:
                grid.addWidget(KeyCap(str(number)), number, 0)
            grid.addWidget(made, number, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(self._outside[scope.id], number, 2)
        self.card.body.addLayout(grid)
        self.card.body.addWidget(RoleLabel(_("Coma and intensive care are not in this version."), "small", wraps=True))

    def ask(self, record: Examination) -> None:
        """Ask for the scope of a record."""
        for scope_id, made in self.choices.items():
            items = self._form.in_scope(scope_id)
            outside = sum(split_address(address)[0] not in items for address in record.findings)
            words = ngettext("{count} item", "{count} items", len(items)).format(count=len(items))
            if outside:
                more = ngettext("{count} finding lies outside", "{count} findings lie outside", outside)
                words = _("{items}; {outside}").format(items=words, outside=more.format(count=outside))
            if scope_id == record.scope:
                words = _("{items} \u00b7 now").format(items=words)
            self._outside[scope_id].setText(words)
            title = capitalised(self._form.scopes[scope_id].title)
            made.setAccessibleName(_("{scope}: {items}").format(scope=title, items=words))
        self._now = record.scope
        self.open()

    def take_focus(self) -> None:
        """On the present scope."""
        self.choices[self._now].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self) -> None:
        made = self.sender()
        if isinstance(made, QPushButton):
            self._take(str(made.property("scope")))

    def _take(self, scope_id: str) -> None:
        self.close_panel()
        self.chosen.emit(scope_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: a digit chooses; arrows move, Enter takes."""
        ids = list(self.choices)
        digit = int(digit_of(event) or 0)
        if 1 <= digit <= min(_DIGITS, len(ids)):
            self._take(ids[digit - 1])
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            here = next((at for at, each in enumerate(self.choices.values()) if each.hasFocus()), 0)
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.choices[ids[(here + step) % len(ids)]].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in ENTER_KEYS:
            focused = next((each for each, made in self.choices.items() if made.hasFocus()), None)
            if focused is not None:
                self._take(focused)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

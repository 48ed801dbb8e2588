"""Why a finding was not examined or could not be: one letter a reason (clinical decisions 1 and 5)."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from exam_app.core.model import NOTE_LIMIT
from exam_app.core.record.record import NotExamined, NotExaminedReason, Unable
from exam_app.core.record.values import UnableReason
from exam_app.core.wording.term_words import reason_text
from exam_app.core.words import _, ngettext
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.parts.session_bridge import refused_text
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import KeyCap, RoleLabel, SectionHeading, button

State = str

LETTERS: dict[str, tuple[State, str]] = {
    "T": ("not_examined", "time"),
    "I": ("not_examined", "not_indicated"),
    "D": ("not_examined", "deferred"),
    "R": ("not_examined", "refused"),
    "E": ("not_examined", "equipment"),
    "N": ("not_examined", "other"),
    "P": ("unable", "pain"),
    "C": ("unable", "cast_or_dressing"),
    "A": ("unable", "amputation"),
    "S": ("unable", "consciousness"),
    "K": ("unable", "cannot_cooperate"),
    "L": ("unable", "language"),
    "U": ("unable", "unsafe"),
    "G": ("unable", "age"),
    "V": ("unable", "involuntary_movement"),
    "O": ("unable", "other"),
}
"""The letter of each reason; `other` once for either state."""

_BELOW = frozenset("AC")
"""The reasons that may hold for everything below on a limb."""

if {reason for _state, reason in LETTERS.values()} != {*get_args(NotExaminedReason), *get_args(UnableReason)}:
    raise RuntimeError("every reason needs its letter")


def reasoned(letter: str, text: str | None = None) -> NotExamined | Unable:
    """The finding of a letter. `other` needs its text: ValidationError without."""
    state, reason = LETTERS[letter]
    model = NotExamined if state == "not_examined" else Unable
    return model.model_validate({"reason": reason, "text": text, "entered": "typed"})


class ReasonPanel(Overlay):
    """Asks for the reason by one letter or a click; for `other` also for its words. `chosen` carries the finding, and
    whether it is meant for everything below on the same limb."""

    chosen = Signal(object, bool)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, 620)
        self._letter: str | None = None
        self._states: set[State] = set()
        self._title = RoleLabel("", "large")
        self.card.body.addWidget(self._title)
        columns = QHBoxLayout()
        columns.setSpacing(metrics.margin)
        self._not_examined = QWidget(self.card)
        self._not_examined.setLayout(self._column(_("Not examined"), "not_examined"))
        columns.addWidget(self._not_examined)
        columns.addLayout(self._column(_("Unable to test"), "unable"), 1)
        self.card.body.addLayout(columns)
        self.below = QWidget(self.card)
        self._all_below = QCheckBox(self.below)
        self._all_below.toggled.connect(self._only_reasons_for_all_below)
        row = QHBoxLayout(self.below)
        row.setContentsMargins(0, metrics.gap_small, 0, 0)
        row.addWidget(KeyCap("B"))
        row.addWidget(self._all_below, 1)
        self.card.body.addWidget(self.below)
        self.words = QLineEdit(self.card)
        self.words.setPlaceholderText(_("The reason in your words, then Enter"))
        self.words.setAccessibleName(_("The reason in your words"))
        self.words.returnPressed.connect(self._words_given)
        self._refusal = RoleLabel("", "error", wraps=True)
        self.card.body.addWidget(self.words)
        self.card.body.addWidget(self._refusal)

    def _column(self, title: str, state: State) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(SectionHeading(title))
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        letters = [letter for letter, (each, _reason) in LETTERS.items() if each == state]
        half = (len(letters) + 1) // 2 if len(letters) > 6 else len(letters)
        for number, letter in enumerate(letters):
            reason = LETTERS[letter][1]
            words = _("other\u2026") if reason == "other" else reason_text(reason)
            made: QPushButton = button(words, "quiet", self.card)
            made.setProperty("letter", letter)
            made.setAccessibleName(_("{letter}: {reason}").format(letter=letter, reason=words))
            made.clicked.connect(self._clicked)
            at, across = number % half, 2 * (number // half)
            grid.addWidget(KeyCap(letter), at, across)
            grid.addWidget(made, at, across + 1, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def ask(self, count: int, below: str = "") -> None:
        """Ask for the reason of so many findings. `below` says what is meant where all below on the limb is."""
        text = ngettext("Why is this finding missing?", "Why are these {count} findings missing?", count)
        self._ask(text.format(count=count), {"not_examined", "unable"}, below)

    def ask_for_field(self, label: str) -> None:
        """Ask why a field of a finding could not be tested; the rest of the finding was examined."""
        self._ask(_("{field}: why could it not be tested?").format(field=label), {"unable"})

    def _ask(self, title: str, states: set[State], below: str = "") -> None:
        self._title.setText(title)
        self.setAccessibleName(title)
        self._states = states
        self._not_examined.setVisible("not_examined" in states)
        self._all_below.setText(below)
        self._all_below.setChecked(False)
        self.below.setVisible(bool(below))
        self._letter = None
        self.words.clear()
        self.words.hide()
        self._refusal.hide()
        self.open()

    def _only_reasons_for_all_below(self, on: bool) -> None:
        for made in self.card.findChildren(QPushButton):
            letter = made.property("letter")
            if letter is not None:
                made.setEnabled(not on or letter in _BELOW)

    def _clicked(self) -> None:
        made = self.sender()
        if isinstance(made, QPushButton):
            self._take(str(made.property("letter")))

    def _take(self, letter: str) -> None:
        if self._all_below.isChecked() and letter not in _BELOW:
            return
        if LETTERS[letter][1] == "other":
            self._letter = letter
            self.words.show()
            self._place()
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._give(reasoned(letter))

    def _words_given(self) -> None:
        text = self.words.text().strip()
        refusal = refused_text(text, NOTE_LIMIT) if text else _("Write the reason in a few words.")
        self._refusal.setText(refusal or "")
        self._refusal.setVisible(refusal is not None)
        self._place()
        if refusal is None and self._letter is not None:
            self._give(reasoned(self._letter, text))

    def _give(self, finding: NotExamined | Unable) -> None:
        self.close_panel()
        self.chosen.emit(finding, self._all_below.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: a letter chooses."""
        letter = event.text().upper()
        if letter == "B" and self.below.isVisibleTo(self) and not self.words.hasFocus():
            self._all_below.toggle()
            event.accept()
            return
        if letter in LETTERS and LETTERS[letter][0] in self._states and not self.words.hasFocus():
            self._take(letter)
            event.accept()
        else:
            super().keyPressEvent(event)

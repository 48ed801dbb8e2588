"""What is said of one difference: the sentence, the mistake behind it, the teaching points, and how it is tested."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from exam_app.core.form.form import Form
from exam_app.core.words import _
from exam_app.gui.exam.side_panel import HowToTest
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import SectionHeading
from exam_app.gui.practice.debrief_words import ALIKE, DIFFERS, point_text, source_text
from exam_app.gui.practice.parts import Columns, ReadingPage, cited, wrapped
from exam_app.services.practice_debrief import Difference

_ROOM = 720


class Explanation(Columns):
    """The words about a difference, and beside or below them the technique card of its item."""

    def __init__(self, form: Form) -> None:
        """Empty until `show_difference`."""
        self._form = form
        self.words = ReadingPage(_("What is said of this difference"), focusable=True)
        self.words.column.setContentsMargins(18, 14, 14, 14)  # as those of the technique card beside it
        self.words.column.setSpacing(metrics.gap_small)
        self.technique = HowToTest(form)
        self._technique_words: list[QWidget] = []
        super().__init__([self.words, self.technique], (1, 1), room=_ROOM)

    def show_difference(self, shown: Difference) -> None:
        """Explain a difference; the technique card is that of its item."""
        parts: list[QWidget] = [wrapped(shown.name, "large"), wrapped(f"{DIFFERS} {shown.sentence}", "strong")]
        if shown.mistakes:
            parts.append(SectionHeading(_("The mistake behind it")))
            parts += [wrapped(each) for each in shown.mistakes]
        if shown.teaching:
            parts.append(SectionHeading(_("What the case teaches here")))
            parts += [cited(each.text, source_text(each)) for each in shown.teaching]
        item = self._form.addresses[shown.address]
        # Where there is no room for the card beside the words, how to test stands below them.
        self._technique_words = [
            wrapped(each) for each in (item.how_to_test, item.normal_finding, item.pitfall) if each
        ]
        if self._technique_words:
            self._technique_words.insert(0, SectionHeading(_("How to test")))
        said = [shown.name, shown.sentence, *shown.mistakes, *(point_text(each) for each in shown.teaching)]
        self._fill([*parts, *self._technique_words], " ".join(said))
        self.technique.show_item(item, None)
        self._place_technique()

    def show_alike(self, name: str, *, is_right: bool) -> None:
        """Nothing to explain: yours and the key agree."""
        words = _("Found as it is.") if is_right else _("Nothing to explain here: yours and the key do not differ.")
        self._fill([wrapped(name, "large"), wrapped(f"{ALIKE} {words}")], f"{name}. {words}")
        self._hide_technique()

    def show_words(self, words: str) -> None:
        """A sentence in place of an explanation."""
        self._fill([wrapped(words)], words)
        self._hide_technique()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: the technique card beside the words, or how to test below them."""
        super().resizeEvent(event)
        self._place_technique()

    def _place_technique(self) -> None:
        wide = self.width() >= theme().px(_ROOM)
        self.technique.setVisible(wide and bool(self._technique_words))
        for each in self._technique_words:
            each.setVisible(not wide)

    def _hide_technique(self) -> None:
        self._technique_words = []
        self.technique.hide()

    def _fill(self, parts: list[QWidget], said: str) -> None:
        column = self.words.column
        while (entry := column.takeAt(0)) is not None:
            old = entry.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.words.setAccessibleDescription(said)
        self.words.verticalScrollBar().setValue(0)

"""Headings that fold rarely used fields of a group away."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from exam_app.core.record.values import Value
from exam_app.core.words import _, ngettext
from exam_app.gui.parts.layouts import ENTER_KEYS
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel

_BESIDE, _ABOVE = 10, 4
_LEAST = 120


class FoldHeading(QPushButton):
    """The heading of a fold: Enter, Space or a click opens and closes it.

    It opens by itself when one of its fields comes to hold something, and is closed for a value in which none does.
    """

    def __init__(self, title: str, names: frozenset[str], parent: QWidget) -> None:
        """`names` are the keys of its fields in the value of the group."""
        super().__init__(parent)
        self._title = title
        self.names = names
        self._recorded = 0
        self.setProperty("role", "fold")
        self._words = RoleLabel("", "strong", self, wraps=True)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.toggled.connect(self._say)
        self._say()

    def show_given(self, given: Mapping[str, Value], *, anew: bool) -> None:
        """How many of its fields are recorded; `anew` for another value, such as another entry of a list."""
        before, self._recorded = self._recorded, sum(name in given for name in self.names)
        if anew or (self._recorded and not before):
            self.setChecked(self._recorded > 0)
        self._say()

    def _say(self) -> None:
        sign = "\u25be" if self.isChecked() else "\u25b8"
        count = ngettext("{count} recorded", "{count} recorded", self._recorded).format(count=self._recorded)
        said = f"{self._title} \u00b7 {count}" if self._recorded else self._title
        self._words.setText(f"{sign}  {said}")
        self._fit()
        self.setAccessibleName(said)
        self.setAccessibleDescription(_("Opened.") if self.isChecked() else _("Folded away; Enter opens it."))

    def heightForWidth(self, width: int) -> int:
        """Qt's own name: a long title wraps."""
        self._words.ensurePolished()  # the style sheet makes it bold, and so wider
        words = self._words.heightForWidth(max(1, width - 2 * _BESIDE)) + 2 * _ABOVE
        return max(words, theme().target(metrics.row - 4))

    def sizeHint(self) -> QSize:
        """Qt's own name."""
        return QSize(theme().px(_LEAST), self.heightForWidth(max(self.width(), theme().px(_LEAST))))

    def minimumSizeHint(self) -> QSize:
        """Qt's own name: as narrow as may be, since it wraps."""
        return QSize(theme().px(_LEAST), self.heightForWidth(max(self.width(), theme().px(_LEAST))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: what it needs at this width."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's own name: a size that it took while it was being shown is told to nobody else."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its words need, which the least height of the style sheet would not be, and the words inside."""
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self._words.setGeometry(self.rect().adjusted(_BESIDE, _ABOVE, -_BESIDE, -_ABOVE))
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Enter does what Space does."""
        if event.key() in ENTER_KEYS:
            self.click()
        else:
            super().keyPressEvent(event)

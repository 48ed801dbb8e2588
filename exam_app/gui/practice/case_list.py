"""The cases to choose from: never the diagnosis; how often each was tried, and whether it was reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from exam_app.core.practice.case import Case, Topic
from exam_app.core.words import _
from exam_app.gui.parts.layouts import ENTER_KEYS
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.practice.walk_panels import difficulty_words

_WIDTHS = (310, 110, 230, 110, 215)
"""Of the columns, in pixels at 100 % text; what is left over goes to the topics, or where there are none to the
title."""
_ROOM = 900
"""Where there is less, in pixels at 100 % text, only title, difficulty and attempts are shown."""


def topic_words(topic: Topic) -> str:
    """What a topic is called."""
    return {
        "movement": _("movement"),
        "tone": _("tone"),
        "strength": _("strength"),
        "reflexes": _("reflexes"),
        "sensation": _("sensation"),
        "gait": _("gait"),
        "cranial": _("cranial nerves"),
        "mental": _("mental status"),
        "coordination": _("coordination"),
        "functional": _("functional signs"),
        "emergency": _("emergency"),
    }[topic]


def fits(case: Case, search: str) -> bool:
    """Whether every word of the search occurs in what is shown of a case."""
    shown = " ".join((case.head.title, difficulty_words(case.head.difficulty), *map(topic_words, case.head.topics)))
    return all(word in shown.casefold() for word in search.casefold().split())


class CaseList(QTableWidget):
    """The table. `chosen` comes with Enter or a double click on a case."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        titles = (_("Case"), _("Difficulty"), _("Topics"), _("Attempts"), _("Review"))
        super().__init__(0, len(titles), parent)
        self._cases: tuple[Case, ...] = ()
        self.setAccessibleName(_("Cases"))
        self.setHorizontalHeaderLabels(list(titles))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.itemDoubleClicked.connect(self.chosen)
        theme().changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Sizes at the present size of the text; the columns that there is room for."""
        narrow = self.width() < theme().px(_ROOM)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, theme().px(width))
            self.setColumnHidden(column, narrow and column in (2, 4))
        widest = 0 if narrow else 2
        for column in (0, 2):
            mode = QHeaderView.ResizeMode.Stretch if column == widest else QHeaderView.ResizeMode.Fixed
            self.horizontalHeader().setSectionResizeMode(column, mode)
        self.verticalHeader().setDefaultSectionSize(theme().target(metrics.row))

    def resizeEvent(self, event: object) -> None:
        """Qt's own name."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()

    def show_cases(self, cases: Sequence[Case], attempts: Mapping[str, int]) -> None:
        """Show these cases; the one in focus stays in focus."""
        before = self.case
        self._cases = tuple(cases)
        self.setRowCount(len(cases))
        for row, case in enumerate(cases):
            count = attempts.get(case.id, 0)
            reviewed = _("reviewed") if case.head.reviewed is not None else _("not yet clinically reviewed")
            texts = (
                case.head.title,
                difficulty_words(case.head.difficulty),
                ", ".join(map(topic_words, case.head.topics)),
                str(count) if count else "\u2014",
                reviewed,
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(row, column, item)
        if cases:
            self.setCurrentCell(self._cases.index(before) if before in self._cases else 0, 0)

    @property
    def case(self) -> Case | None:
        """The case in focus."""
        row = self.currentRow()
        return self._cases[row] if 0 <= row < len(self._cases) else None

    def choose(self, case_id: str) -> bool:
        """Put the focus of the list on a case. False where it is not in the list."""
        row = next((index for index, case in enumerate(self._cases) if case.id == case_id), None)
        if row is not None:
            self.setCurrentCell(row, 0)
        return row is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Enter chooses on every platform."""
        if event.key() in ENTER_KEYS and self.case is not None:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

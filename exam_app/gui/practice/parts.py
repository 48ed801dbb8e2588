"""What the pages behind an attempt share: columns that stand below each other where room is short, cards of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from exam_app.gui.parts import accessible
from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.flow import Flow
from exam_app.gui.parts.focus import CommandsPass
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.unstyled import container, leave_bar_boxes_unstyled
from exam_app.gui.parts.widgets import Card, CheckBox, RoleLabel, set_role
from exam_app.services.practice_debrief import Line

ROOM_FOR_TWO = 980
"""In pixels at 100 % text."""


class Columns(QWidget):
    """Parts side by side, or below each other where the width is not enough for their words."""

    def __init__(
        self,
        parts: Sequence[QWidget],
        shares: Sequence[int],
        *,
        room: int = ROOM_FOR_TWO,
        parent: QWidget | None = None,
    ) -> None:
        """`shares` of the width; `room` is what is needed for all of them, in pixels at 100 % text."""
        super().__init__(parent)
        self._room = room
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(metrics.gap_large)
        for part, share in zip(parts, shares, strict=True):
            self._box.addWidget(part, share)
        theme().changed.connect(self._fit)

    @property
    def is_wide(self) -> bool:
        """Whether the parts stand side by side."""
        return self._box.direction() == QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: side by side where there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= theme().px(self._room)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


class ReadingPage(QScrollArea):
    """A page that scrolls down only and can be scrolled by keyboard; `column` holds its parts. What has the focus is in
    sight, from wherever the focus came."""

    def __init__(self, name: str, parent: QWidget | None = None, *, focusable: bool = False) -> None:
        """A `focusable` page is a stop of Tab: one with nothing in it to stop at."""
        super().__init__(parent)
        self.setAccessibleName(name)
        leave_bar_boxes_unstyled(self)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if focusable else Qt.FocusPolicy.NoFocus)
        set_role(self, "reading")
        self._commands = CommandsPass(self)
        self.installEventFilter(self._commands)
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(metrics.margin - 2, metrics.gap_large, metrics.margin - 2, metrics.margin)
        self.column.setSpacing(metrics.gap_large)
        self.setWidget(self.inside)
        self.inside.setAutoFillBackground(False)
        accessible.install()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._show_focus)

    def spoken(self) -> Spoken:
        """For assistive technology: a text to read."""
        return Spoken(QAccessible.Role.Document, self.accessibleName())

    def _show_focus(self, _before: QWidget | None, here: QWidget | None) -> None:
        if here is not None and self.inside.isAncestorOf(here):
            self.ensureWidgetVisible(here)


def head(title: str, buttons: Sequence[QPushButton]) -> QWidget:
    """A title that wraps, and buttons beside it, or below it where there is no room."""
    label = wrapped(title, "title")
    label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    return Columns([label, Flow(buttons)], (1, 0))


def wrapped(text: str, role: str = "") -> RoleLabel:
    """Words that wrap and never ask for more width than there is."""
    label = RoleLabel(text, role, wraps=True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label


def words_card(title: str, sentences: Iterable[str], *, sign: str = "") -> Card:
    """A card with a title and sentences, each with a sign before it where there is one."""
    card = Card()
    card.body.addWidget(wrapped(title, "large"))
    for each in sentences:
        card.body.addWidget(wrapped(f"{sign} {each}" if sign else each))
    return card


def lines_card(title: str, lines: Iterable[Line], *, sign: str = "") -> Card:
    """A card with a title and lines, each with what it is about beside it."""
    card = Card()
    card.body.addWidget(wrapped(title, "large"))
    card.body.addLayout(line_rows(lines, sign=sign))
    return card


def line_rows(lines: Iterable[Line], *, sign: str = "") -> QGridLayout:
    """What each line is about in a column, and its words in another."""
    rows = QGridLayout()
    rows.setHorizontalSpacing(metrics.gap_large)
    rows.setVerticalSpacing(metrics.gap_small)
    rows.setColumnStretch(1, 1)
    for at, each in enumerate(lines):
        label = RoleLabel(f"{sign} {each.label}" if sign else each.label, "muted")
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(label, at, 0)
        rows.addWidget(wrapped(each.text), at, 1)
    return rows


def cited(text: str, source: str, *, sign: str = "") -> QWidget:
    """Words, with a sign before them where there is one, and in small below them where they are from."""
    holder = container()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(wrapped(f"{sign} {text}" if sign else text))
    if source:
        below = wrapped(source, "small")
        below.setContentsMargins(metrics.gap_large if sign else 0, 0, 0, 0)
        column.addWidget(below)
    return holder


def column_of(parts: Iterable[QWidget]) -> QWidget:
    """Parts below each other, at the top."""
    holder = container()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(metrics.gap_large)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return holder


def check_box(label: str, lines: Sequence[str]) -> CheckBox:
    """A check box whose words stand in several lines."""
    made = CheckBox("\n".join(lines).replace("&", "&&"))
    made.setAccessibleName(label)
    return made

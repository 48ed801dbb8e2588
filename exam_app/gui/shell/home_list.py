"""The list on the home window: one row an examination, painted with a state pill and a count of abnormal findings."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from exam_app.core.words import _
from exam_app.gui.parts.theme import metrics, theme

if TYPE_CHECKING:
    from exam_app.services.exams import RecordHead

Index = QModelIndex | QPersistentModelIndex
PAD = 12


class Column(enum.IntEnum):
    """The columns, in order, with their widths at 100 % text size."""

    NAME = 0
    BORN = 1
    MRN = 2
    STARTED = 3
    SCOPE = 4
    STATE = 5
    DONE = 6
    ABNORMAL = 7

    @property
    def width(self) -> int:
        """Device-independent pixels; the name takes what is left."""
        return (230, 110, 120, 150, 110, 95, 120, 95)[self]


MAY_FOLD = (Column.BORN, Column.MRN, Column.SCOPE, Column.DONE)
"""Columns that go under the name where the width, or the text size, leaves no room for them; the last one last."""


def folded_in(room: int) -> tuple[Column, ...]:
    """The columns that go under the name where there is so much room, in pixels at 100 % text size."""
    if room >= sum(column.width for column in Column):
        return ()
    first = MAY_FOLD[:-1]
    return first if room >= sum(column.width for column in Column if column not in first) else MAY_FOLD


def column_title(column: Column) -> str:
    """The heading of a column."""
    return (
        _("Patient"),
        _("Born"),
        _("MRN"),
        _("Started"),
        _("Scope"),
        _("State"),
        _("Core recorded"),
        _("Abnormal"),
    )[column]


def state_title(state: str) -> str:
    """The state of an examination as a word."""
    return {"draft": _("Draft"), "signed": _("Signed"), "amended": _("Amended")}[state]


def shown_moment(moment: str) -> str:
    """A stored time for people: its own local day and minute, 2026-11-22 09:20."""
    return datetime.datetime.fromisoformat(moment).strftime("%Y-%m-%d %H:%M")


class ExamModel(QAbstractTableModel):
    """The heads of the listed records. Text is made when a cell is painted, so 1,000 rows cost nothing until seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads: Sequence[RecordHead] = ()
        self._scopes: Mapping[str, str] = {}

    def show(self, heads: Sequence[RecordHead], scopes: Mapping[str, str]) -> None:
        """List these records; `scopes` are the titles of scopes by id."""
        self.beginResetModel()
        self._heads, self._scopes = heads, scopes
        self.endResetModel()

    def head(self, row: int) -> RecordHead:
        """The record in a row."""
        return self._heads[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt's own name: how many examinations."""
        return 0 if parent.isValid() else len(self._heads)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt's own name: how many columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's own name: the heading of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return column_title(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's own name: the text of a cell; for a screen reader with the name of its column."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            column = Column(index.column())
            text = self._text(index.row(), column)
            return text if column is Column.NAME else f"{column_title(column)}: {text or '–'}"
        return None

    def _text(self, row: int, column: Column) -> str:
        summary = self._heads[row].summary
        match column:
            case Column.NAME:
                return summary.patient_name
            case Column.BORN:
                return summary.birth_date or ""
            case Column.MRN:
                return summary.mrn or ""
            case Column.STARTED:
                return shown_moment(summary.started_at)
            case Column.SCOPE:
                return self._scopes.get(summary.scope, summary.scope)
            case Column.STATE:
                return state_title(summary.state)
            case Column.DONE:
                return f"{summary.done}/{summary.total}"
            case Column.ABNORMAL:
                return str(summary.abnormal) if summary.abnormal else ""


class ExamDelegate(QStyledItemDelegate):
    """Paints a cell: the name bold, the state in an outlined pill, the abnormal count in a filled box.

    The columns in `folded` stand under the name.
    """

    folded: tuple[Column, ...] = ()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's own name: paint one cell, with a line under the row."""
        palette = theme().palette
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, palette.color("selection" if selected else "card"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), palette.color("line"))
        column = Column(index.column())
        if selected:
            self._paint_frame(painter, rect, column)
        text = str(index.data())
        inside = rect.adjusted(PAD, 0, -PAD, 0)
        if column is Column.NAME and self.folded:
            lower = inside.adjusted(0, inside.height() / 2, 0, -inside.height() / 8)
            inside = inside.adjusted(0, inside.height() / 8, 0, -inside.height() / 2)
            below = " · ".join(filter(None, (str(index.sibling(index.row(), other).data()) for other in self.folded)))
            self._paint_text(painter, lower, below, theme().font(metrics.font_small), "text_muted")
        if column in (Column.STATE, Column.ABNORMAL):
            self._paint_box(painter, inside, text, column)
        else:
            muted = column not in (Column.NAME, Column.STARTED) and not selected
            token = "text_muted" if muted else "on_selection" if selected else "text"
            self._paint_text(painter, inside, text, theme().font(bold=column is Column.NAME), token)
        painter.restore()

    def _paint_frame(self, painter: QPainter, rect: QRectF, column: Column) -> None:
        """The selected row is told by its frame and the bar before its name, not by its ground alone."""
        line = theme().palette.color("selection_line")
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), line)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), line)
        if column is Column.NAME:
            painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height()), line)

    def _paint_text(self, painter: QPainter, inside: QRectF, text: str, font: QFont, token: str) -> None:
        painter.setPen(theme().palette.color(token))
        painter.setFont(font)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_box(self, painter: QPainter, inside: QRectF, text: str, column: Column) -> None:
        if not text:
            return
        palette = theme().palette
        font = theme().font(metrics.font_small, bold=column is Column.ABNORMAL)
        measure = QFontMetricsF(font)
        height = measure.height() + 4
        width = max(measure.horizontalAdvance(text) + 2 * metrics.gap, height)
        box = QRectF(inside.left(), inside.center().y() - height / 2, width, height)
        painter.setFont(font)
        if column is Column.STATE:
            painter.setPen(palette.color("line_strong"))
            painter.setBrush(palette.color("card"))
            painter.drawRoundedRect(box, height / 2, height / 2)
            painter.setPen(palette.color("text_muted"))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color("abnormal_solid"))
            painter.drawRoundedRect(box, metrics.radius_small, metrics.radius_small)
            painter.setPen(palette.color("on_abnormal"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

"""The findings of a report as a table to read: a heading for each section, an item a row, R left of L."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QFont, QResizeEvent
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from exam_app.core.words import _
from exam_app.gui.parts.reading_table import make_readable
from exam_app.gui.parts.theme import metrics, theme

if TYPE_CHECKING:
    from exam_app.services.reports import Listed, ListedRow, ListedSection

_ITEM, _RIGHT, _LEFT = range(3)
_SIDES_SHARE = 0.3
"""Of the width for R, and as much for L."""


class FindingsTable(QTableWidget):
    """Arrows move, Tab leaves. What is abnormal is bold, tinted, and said to a screen reader."""

    def __init__(self, sections: Sequence[ListedSection], parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setAccessibleName(_("Findings as reported"))
        self.setHorizontalHeaderLabels([_("Finding"), _("R"), _("L")])
        make_readable(self)
        for section in sections:
            self._add_heading(section.title)
            for row in section.rows:
                self._add_row(row)
        self.setCurrentCell(0, 0)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _add_heading(self, title: str) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self.setSpan(row, _ITEM, 1, 3)
        made = QTableWidgetItem(title)
        made.setFont(_bold(made.font()))
        made.setData(Qt.ItemDataRole.UserRole, "heading")
        self.setItem(row, _ITEM, made)

    def _add_row(self, shown: ListedRow) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self.setItem(row, _ITEM, QTableWidgetItem(shown.label))
        if shown.both is not None:
            self.setSpan(row, _RIGHT, 1, 2)
            self.setItem(row, _RIGHT, _cell(shown.label, shown.both, ""))
            return
        self.setItem(row, _RIGHT, _cell(shown.label, shown.right, _("right")))
        self.setItem(row, _LEFT, _cell(shown.label, shown.left, _("left")))

    def _restyle(self) -> None:
        palette = theme().palette
        for row in range(self.rowCount()):
            for column in range(3):
                item = self.item(row, column)
                look = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
                if item is not None and look is not None:
                    ground, text = {
                        "heading": ("card_head", "text"),
                        "abnormal": ("abnormal_tint", "abnormal"),
                    }[look]
                    item.setBackground(QBrush(palette.color(ground)))
                    item.setForeground(QBrush(palette.color(text)))
        self._fit()

    def _fit(self) -> None:
        """Columns by the width, then rows by what their words need."""
        width = self.viewport().width()
        side = round(width * _SIDES_SHARE)
        for column, share in ((_ITEM, width - 2 * side), (_RIGHT, side), (_LEFT, side)):
            self.setColumnWidth(column, share)
        self.verticalHeader().setMinimumSectionSize(theme().target(metrics.row))
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: words wrap anew."""
        super().resizeEvent(event)
        self._fit()


def _cell(label: str, said: Listed | None, side: str) -> QTableWidgetItem:
    """A cell; nothing recorded is a dash, as everywhere."""
    item = QTableWidgetItem(said.text if said is not None else "\u2014")
    words = [label, side, said.text if said is not None else _("not recorded")]
    if said is not None and said.is_abnormal:
        item.setFont(_bold(item.font()))
        item.setData(Qt.ItemDataRole.UserRole, "abnormal")
        words.append(_("abnormal"))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(word for word in words if word))
    return item


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold

"""The panel under the quick-entry line: what would be recorded, what is asked, and what was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from exam_app.core.words import _
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel, set_role
from exam_app.gui.quick.paint import PADDING, ROW, RowPainter
from exam_app.gui.quick.rows import Row

_WIDTH, _HIGHEST = 620, 0.7
"""Of the panel: pixels at 100 %, and part of the window's height."""
_Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractListModel):
    """The rows of one preview."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        """Other rows from now on."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def exchange(self, rows: list[Row]) -> None:
        """As many rows, each as high as the one in its place: only those that differ are painted anew."""
        before, self.rows = self.rows, rows
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number), self.index(number))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.says
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        can = Qt.ItemFlag.ItemIsEnabled
        return can | Qt.ItemFlag.ItemIsSelectable if self.rows[index.row()].text is not None else can


class QuickPanel(QFrame):
    """The panel. It never takes the focus: the line keeps it. `taken` carries the row of a candidate clicked on."""

    taken = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName(_("Preview of quick entry"))
        # What lies under the panel is not painted at every key.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, metrics.gap_small, 1, metrics.gap_small)
        column.setSpacing(metrics.gap_small)
        self._model = _Rows(self)
        self.list = QListView(self)
        self.list.setAccessibleName(_("What will be recorded"))
        self.list.setModel(self._model)
        self._painter = RowPainter(self.list)
        self.list.setItemDelegate(self._painter)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._clicked)
        column.addWidget(self.list)
        self.footer = RoleLabel("", "small", self, wraps=True)
        self.footer.setContentsMargins(PADDING, 0, PADDING, 0)
        column.addWidget(self.footer)
        self.hide()

    @property
    def rows(self) -> Sequence[Row]:
        """The rows in sight."""
        return self._model.rows

    @property
    def marked(self) -> Row | None:
        """The candidate that is marked."""
        index = self.list.currentIndex()
        return self._model.rows[index.row()] if index.isValid() else None

    def show_rows(self, rows: list[Row], footer: str, line: QWidget, part: int) -> None:
        """Show a preview under the line, scrolled to the part that is being typed."""
        self.list.setCurrentIndex(QModelIndex())
        self._set_width(line)
        height = self._painter.height
        if list(map(height, rows)) == list(map(height, self._model.rows)):
            self._model.exchange(rows)
        else:
            self._model.show_rows(rows)
        self._show_footer(footer, "small")
        self.place(line)
        self.show()
        if sum(map(height, rows)) > self.list.height():
            at = next((number for number, row in enumerate(rows) if row.part == part), 0)
            self.list.scrollTo(self._model.index(at))

    def clear(self) -> None:
        """Nothing is typed."""
        self._model.show_rows([])
        self._painter.forget()
        self.hide()

    def refuse(self, footer: str) -> None:
        """Say below the rows that Enter did nothing, with the first row that is not clear in sight."""
        self._show_footer(footer, "error")
        unclear = (number for number, row in enumerate(self._model.rows) if row.sign in ("ask", "refused"))
        self.list.scrollTo(self._model.index(next(unclear, 0)))

    def _show_footer(self, words: str, role: str) -> None:
        self.footer.setText(words)
        set_role(self.footer, role)

    def place(self, line: QWidget) -> None:
        """Under the line, as wide as a sentence needs and as high as its rows, within the window."""
        window = self.parentWidget()
        if window is None:
            return
        width = self._set_width(line)
        below = line.mapTo(window, line.rect().bottomLeft())
        left = max(metrics.gap, min(below.x(), window.width() - metrics.gap - width))
        top = below.y() + metrics.gap_small
        rows = sum(map(self._painter.height, self._model.rows)) + 2 * self.list.frameWidth()
        footer = self.footer.heightForWidth(width - 2)
        most = min(round(window.height() * _HIGHEST), window.height() - top - metrics.gap)
        self.setGeometry(left, top, width, min(rows + footer + 3 * metrics.gap_small + 2, most))
        self.raise_()

    def _set_width(self, line: QWidget) -> int:
        """The width of the panel for the line and the window as they are now; the rows get theirs."""
        window = self.window()
        width = min(max(theme().px(_WIDTH), line.width()), window.width() - 2 * metrics.gap)
        inside = width - 2 - 2 * self.list.frameWidth() - self.list.verticalScrollBar().sizeHint().width()
        if self._painter.set_width(inside):
            self.list.scheduleDelayedItemsLayout()
        return width

    def step(self, by: int) -> bool:
        """Mark the next candidate, or the one before; above the first none is marked. False where there is none."""
        can = [number for number, row in enumerate(self._model.rows) if row.text is not None]
        here = self.list.currentIndex().row()
        at = (can.index(here) if here in can else -1) + by
        if at < 0:
            self.list.setCurrentIndex(QModelIndex())
        elif can:
            index = self._model.index(can[min(at, len(can) - 1)])
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        return bool(can)

    def turn(self, pages: int) -> None:
        """Further down or up in a long preview."""
        bar = self.list.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def _clicked(self, index: QModelIndex) -> None:
        row = self._model.rows[index.row()]
        if row.text is not None:
            self.taken.emit(row)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: a sheet with a clear frame over what it covers."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().palette.color("card"))
        painter.setPen(theme().palette.color("line_strong"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

"""The home window: search, recent examinations, what was left open, a new examination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from exam_app.core.messages import sentence
from exam_app.core.words import _, capitalised, ngettext
from exam_app.gui.parts.icon_button import IconButton
from exam_app.gui.parts.key_hint import KeyHint
from exam_app.gui.parts.keys import CommandShortcut, Keys
from exam_app.gui.parts.messages import APPLICATION_TITLE, announce
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import Card, Hairline, RoleLabel, button
from exam_app.gui.shell.home_list import MAY_FOLD, Column, ExamDelegate, ExamModel, folded_in, shown_moment

if TYPE_CHECKING:
    from exam_app.core.errors import UserError
    from exam_app.services.exams import Exams, LeftOpen, RecordHead

MOST_SHOWN = 1000
MOST_BANNERS = 3

_ROOM_FOR_TITLE = 900
"""In a window narrower than this, in pixels at 100 % text, the search has the room of the title."""


class LeftOpenBanner(QFrame):
    """Says whose examination was left open, from when, and what is in it. `opens` carries the record's id."""

    opens = Signal(str)

    def __init__(self, left: LeftOpen) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._record_id = left.record.id
        text = left_open_text(left)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.gap_large, metrics.gap, metrics.gap, metrics.gap)
        row.addWidget(RoleLabel(text, wraps=True), 1)
        self.open_button = button(_("Open"))
        self.open_button.setAccessibleName(_("Open the examination that was left open"))
        self.open_button.clicked.connect(self._open)
        row.addWidget(self.open_button)

    def _open(self) -> None:
        self.opens.emit(self._record_id)


class FormNotice(QFrame):
    """Says that the clinic's own form files are not in use, what is safe and what to do."""

    def __init__(self, fault: UserError) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        text = sentence(fault)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.gap_large, metrics.gap, metrics.gap, metrics.gap)
        row.addWidget(RoleLabel(text, wraps=True), 1)


def left_open_text(left: LeftOpen) -> str:
    """The sentence of the banner: whose, from when, and what is in it."""
    summary = left.record.summary
    abnormal = ngettext("{count} abnormal", "{count} abnormal", summary.abnormal).format(count=summary.abnormal)
    return _(
        "The examination of {name} was not closed. Begun {started}, last saved {saved}: "
        "{done} of {total} core items recorded, {abnormal}. Nothing that was saved is lost."
    ).format(
        name=summary.patient_name,
        started=shown_moment(summary.started_at),
        saved=shown_moment(left.record.changed_at),
        done=summary.done,
        total=summary.total,
        abnormal=abnormal,
    )


class HomeWindow(QMainWindow):
    """Lists the examinations of the open store. `opens` carries a record's id, `begins` asks for a new examination,
    `report_asked` for a report's file, `settings_asked` for the settings, `practice_asked` for practice, `lock_asked`
    for hiding everything."""

    opens = Signal(str)
    begins = Signal()
    report_asked = Signal()
    settings_asked = Signal()
    practice_asked = Signal()
    lock_asked = Signal()
    closed = Signal()

    def __init__(self, exams: Exams, keys: Keys | None = None) -> None:
        """`exams` is read, never changed, from here; `keys` may change while the window is open."""
        super().__init__()
        self._keys = keys or Keys(parent=self)
        self.setWindowTitle(APPLICATION_TITLE)
        self._exams = exams
        self.model = ExamModel(self)
        self.search = QLineEdit()
        # Its own button: the one that Qt puts into the line is too small for a finger.
        self.clear_button = IconButton("clear", _("Clear the search"), _("Esc"))
        self.begin_button = button(_("New examination"), "primary")
        self._title = RoleLabel(_("Examinations"), "title")
        self.practice_button = button(_("Practice"))
        self.practice_button.setToolTip(_("Practise on teaching cases; nothing of a patient"))
        self.report_button = IconButton("report", _("Open a report, read-only"), "Ctrl+O")
        self.lock_button = IconButton("lock", _("Lock"), self._keys.cap("lock"))
        self.settings_button = IconButton("settings", _("Settings"), self._keys.cap("settings"))
        self.table = QTableView()
        self._delegate = ExamDelegate(self.table)
        self.banners: list[LeftOpenBanner] = []
        self._banner_column = QVBoxLayout()
        self._more_left = RoleLabel("", "muted", wraps=True)
        self.form_notice = FormNotice(exams.form_fault) if exams.form_fault is not None else None
        self._empty_title, self._empty_text = RoleLabel("", "large"), RoleLabel("", "muted", wraps=True)
        self._shown = QStackedWidget()
        self._set_up_table()
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        centre = QWidget()
        centre.setProperty("role", "ground")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top_bar())
        column.addWidget(Hairline())
        middle = QVBoxLayout()
        middle.setContentsMargins(metrics.margin, metrics.gap_large, metrics.margin, metrics.gap_large)
        middle.setSpacing(metrics.gap_large)
        self._banner_column.setSpacing(metrics.gap)
        if self.form_notice is not None:
            middle.addWidget(self.form_notice)
        middle.addLayout(self._banner_column)
        middle.addWidget(self._more_left)
        card = Card(margin=1)
        card.body.setSpacing(0)
        self._shown.addWidget(self.table)
        self._shown.addWidget(self._empty_page())
        card.body.addWidget(self._shown)
        middle.addWidget(card, 1)
        column.addLayout(middle, 1)
        column.addWidget(Hairline())
        column.addWidget(self._bottom_bar())
        self.setCentralWidget(centre)

    def _top_bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(metrics.margin, metrics.gap + 4, metrics.margin, metrics.gap + 4)
        row.setSpacing(metrics.gap_large)
        row.addWidget(self._title)
        self.search.setPlaceholderText(_("Search by name or MRN"))
        self.search.setAccessibleName(_("Search by name or MRN"))
        self.search.setMaximumWidth(theme().px(420))
        row.addWidget(self.search, 1)
        self.clear_button.hide()
        # Aligned: without, the lowest button would say how high the others are.
        row.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        icons = QHBoxLayout()
        icons.setSpacing(metrics.gap_small)
        for each in (self.report_button, self.lock_button, self.settings_button):
            icons.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(icons)
        row.addWidget(self.practice_button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.begin_button, 0, Qt.AlignmentFlag.AlignVCenter)
        return bar

    def _bottom_bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        row.setSpacing(metrics.margin)
        self._search_hint = KeyHint([self._keys.cap("jump")], _("search"))
        for hint in (
            KeyHint(["N"], _("new examination")),
            KeyHint(["\u2191", "\u2193"], _("move")),
            KeyHint([_("Enter")], _("open")),
            self._search_hint,
            KeyHint([_("Esc")], _("back to the list")),
        ):
            row.addWidget(hint)
        row.addStretch()
        self._count = RoleLabel("", "small")
        row.addWidget(self._count)
        return bar

    def _empty_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.margin)
        column.addStretch(2)
        for label in (self._empty_title, self._empty_text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(3)
        return page

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(self._delegate)
        table.setAccessibleName(_("Examinations, last changed first"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setVisible(False)
        # A fixed row height: to measure 1,000 rows would take longer than to paint them.
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._restyle()

    def _restyle(self) -> None:
        header = self.table.horizontalHeader()
        for column in Column:
            header.resizeSection(column, max(theme().px(column.width), header.sectionSizeHint(column)))
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(theme().px(60))
        self._fold()

    def _fold(self) -> None:
        """Birth date, MRN and scope go under the name where there is no room for columns of their own; where that is
        not enough, what is recorded does too."""
        room = self.width() - 2 * metrics.margin
        self._title.setHidden(self.width() < theme().px(_ROOM_FOR_TITLE))
        folded = folded_in(round(room / theme().scale))
        self._delegate.folded = folded
        for column in MAY_FOLD:
            self.table.setColumnHidden(column, column in folded)
        height = metrics.row + (metrics.gap_large if folded else metrics.gap)
        self.table.verticalHeader().setDefaultSectionSize(theme().target(height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: the columns that fit."""
        super().resizeEvent(event)
        self._fold()

    def _connect(self) -> None:
        self.begin_button.clicked.connect(self.begins)
        self.practice_button.clicked.connect(self.practice_asked)
        self.report_button.clicked.connect(self.report_asked)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self.report_asked)
        self.settings_button.clicked.connect(self.settings_asked)
        CommandShortcut(self._keys, "settings", self).activated.connect(self.settings_asked)
        self.lock_button.clicked.connect(self.lock_asked)
        CommandShortcut(self._keys, "lock", self).activated.connect(self.lock_asked)
        CommandShortcut(self._keys, "jump", self).activated.connect(self._focus_search)
        self._keys.changed.connect(self._show_keys)
        self._show_keys()
        self.search.textChanged.connect(self._list)
        self.clear_button.clicked.connect(self._clear_search)
        self.search.installEventFilter(self)
        self.table.activated.connect(self._activated)
        self.table.installEventFilter(self)
        theme().changed.connect(self._restyle)
        for keys, parent, context in (
            ("Ctrl+N", self, Qt.ShortcutContext.WindowShortcut),
            ("N", self.table, Qt.ShortcutContext.WidgetShortcut),
            ("N", self.begin_button, Qt.ShortcutContext.WidgetShortcut),
        ):
            QShortcut(QKeySequence(keys), parent, context=context).activated.connect(self.begins)

    def _show_keys(self) -> None:
        self.lock_button.show_keys(self._keys.cap("lock"))
        self.settings_button.show_keys(self._keys.cap("settings"))
        self._search_hint.show_key(self._keys.cap("jump"))

    def refresh(self) -> None:
        """Read the store again: after an examination was closed, and at first. The row in focus stays in focus."""
        self._show_left_open()
        self._list()
        self._focus_list()

    def _show_left_open(self) -> None:
        for old in self.banners:
            self._banner_column.removeWidget(old)
            old.deleteLater()
        left = self._exams.left_open()
        self.banners = [LeftOpenBanner(one) for one in reversed(left[-MOST_BANNERS:])]
        for banner in self.banners:
            banner.opens.connect(self.opens)
            self._banner_column.addWidget(banner)
        more = len(left) - len(self.banners)
        text = ngettext(
            "{count} more examination was not closed; it is in the list.",
            "{count} more examinations were not closed; they are in the list.",
            more,
        )
        self._more_left.setText(text.format(count=more))
        self._more_left.setVisible(more > 0)

    def _list(self) -> None:
        chosen = self.chosen()
        found = self._exams.recent(self.search.text(), MOST_SHOWN)
        self.model.show(found, {scope.id: capitalised(scope.title) for scope in self._exams.form.scopes.values()})
        ids = [head.id for head in found]
        if found:
            row = ids.index(chosen.id) if chosen is not None and chosen.id in ids else 0
            self.table.setCurrentIndex(self.model.index(row, 0))
        self._shown.setCurrentIndex(0 if found else 1)
        self._say_how_many(len(found))

    def _say_how_many(self, count: int) -> None:
        searched = self.search.text().strip()
        self.clear_button.setVisible(bool(self.search.text()))
        text = ngettext("{count} examination", "{count} examinations", count).format(count=count)
        if count == MOST_SHOWN:
            text = _("The last {count} examinations; search for older ones").format(count=count)
        self._count.setText(text)
        if searched:
            announce(self.search, text)
            self._empty_title.setText(_("No examination fits"))
            self._empty_text.setText(_("No name and no MRN holds what is in the search. Press Esc to see all."))
        else:
            self._empty_title.setText(_("No examination yet"))
            self._empty_text.setText(_("Press N to begin the first one."))

    def chosen(self) -> RecordHead | None:
        """The examination in the focused row."""
        index = self.table.currentIndex()
        return self.model.head(index.row()) if index.isValid() else None

    def _activated(self, index: QModelIndex) -> None:
        self.opens.emit(self.model.head(index.row()).id)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _clear_search(self) -> None:
        self.search.clear()
        self._focus_list()

    def _focus_list(self) -> None:
        target = self.table if self.model.rowCount() else self.begin_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that lead from the search into the list, and Enter in the list on every platform."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        chosen = self.chosen()
        if enter and chosen is not None:
            self.opens.emit(chosen.id)
            return True
        if watched is self.search and key == Qt.Key.Key_Down:
            self._focus_list()
            return True
        if watched is self.search and key == Qt.Key.Key_Escape:
            self._clear_search()
            return True
        return super().eventFilter(watched, event)

    def show_window(self) -> None:
        """Show it at a size that fits the screen."""
        available = self.screen().availableGeometry()
        self.resize(min(available.width(), theme().px(1366)), min(available.height(), theme().px(768)))
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the application may end."""
        super().closeEvent(event)
        self.closed.emit()

"""The rail at the left: every section with how far it is, how much is abnormal, and the way to it at any time."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from exam_app.core.form import Form
from exam_app.core.words import _, ngettext
from exam_app.gui.accessible import Spoken, tell_selected
from exam_app.gui.hints import with_key
from exam_app.gui.keys import Keys
from exam_app.gui.progress import Counts, Progress
from exam_app.gui.theme import Palette, metrics, theme
from exam_app.gui.widgets import SectionHeading, leave_unstyled, set_role

REVIEW = "review"
"""The id of the entry that is no section of the form: review and report."""

WIDTH = 272
_RING = 14
_LEFT = 10
_TITLE = _LEFT + _RING + 8
_RIGHT = 8
_NUMBERS = 32
_BADGE = 18


class RailEntry(QAbstractButton):
    """One entry: a ring, the title, a badge with the abnormal count, n/N."""

    def __init__(self, page: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        leave_unstyled(self)
        self.page = page
        self._title = title
        self._counts: Counts | None = None
        self._is_current = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def show_key(self, key: str) -> None:
        """The key that leads here, in the tool tip; "" where none does."""
        self.setToolTip(with_key(self._title, key))

    def show_counts(self, counts: Counts) -> None:
        """Show how far the section is."""
        self._counts = counts
        words = _("{title}: {done} of {shown} recorded").format(title=self._title, done=counts.done, shown=counts.shown)
        abnormal = ngettext("{count} abnormal", "{count} abnormal", counts.abnormal).format(count=counts.abnormal)
        self.setAccessibleName(f"{words}, {abnormal}" if counts.abnormal else words)
        self.update()

    def set_current(self, current: bool) -> None:
        """Show that this is the page in sight."""
        if current != self._is_current:
            self._is_current = current
            tell_selected(self)
            self.update()

    def spoken(self) -> Spoken:
        """For assistive technology: a tab, selected while its page is in sight."""
        return Spoken(QAccessible.Role.PageTab, self.accessibleName(), "", self._is_current, self.click)

    def sizeHint(self) -> QSize:
        """Qt's own name."""
        return QSize(WIDTH - 16, theme().px(metrics.row if self._fits() else metrics.row + 12))

    def _fits(self) -> bool:
        """Whether the title stands in one line beside badge and numbers, in the bold of the current page."""
        numbers = 0 if self._counts is None else theme().px(_NUMBERS + _BADGE) + 4
        room = theme().side_px(WIDTH) - 16 - _TITLE - _RIGHT - numbers - 2
        return QFontMetrics(theme().font(bold=True)).horizontalAdvance(self._title) <= room

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: paint the entry."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = theme().palette
        box = QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5)
        self._paint_ground(painter, palette, box)
        self._paint_ring(painter, palette, QRectF(_LEFT, (self.height() - _RING) / 2, _RING, _RING))
        right = self._paint_numbers(painter, palette, self.width() - _RIGHT)
        font = theme().font(bold=self._is_current)
        painter.setFont(font)
        painter.setPen(palette.color("text"))
        room = right - _TITLE - 2
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(_TITLE, 0, room, self.height(), flags, self._title)
        painter.end()

    def _paint_ground(self, painter: QPainter, palette: Palette, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if self._is_current or self.underMouse():
            painter.setBrush(palette.color("accent_tint" if self._is_current else "hover"))
            painter.drawRoundedRect(box, metrics.radius_small, metrics.radius_small)
        if self._is_current:
            painter.setBrush(palette.color("accent"))
            painter.drawRoundedRect(QRectF(0, box.y(), 3, box.height()), 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(palette.focus_pen())
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), metrics.radius_small, metrics.radius_small)

    def _paint_ring(self, painter: QPainter, palette: Palette, ring: QRectF) -> None:
        """A circle filled clockwise by the share that is recorded."""
        share = self._counts.done / self._counts.shown if self._counts is not None and self._counts.shown else 0.0
        painter.setPen(QPen(palette.color("normal" if share else "line_strong"), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring.adjusted(0.7, 0.7, -0.7, -0.7))
        if share:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color("normal"))
            painter.drawPie(ring.adjusted(0.7, 0.7, -0.7, -0.7), 90 * 16, round(-360 * 16 * share))

    def _paint_numbers(self, painter: QPainter, palette: Palette, right: int) -> int:
        """n/N at the right and the badge left of it; where they begin."""
        if self._counts is None:
            return right
        font = theme().font(metrics.font_small)
        # All of the section is folded away and nothing of it recorded: there is nothing to count yet.
        text = f"{self._counts.done}/{self._counts.shown}" if self._counts.shown else ""
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(palette.color("text_muted"))
        painter.drawText(right - width, 0, width + 1, self.height(), Qt.AlignmentFlag.AlignVCenter, text)
        if not self._counts.abnormal:
            return right - width
        bold = theme().font(metrics.font_small, bold=True)
        number = str(self._counts.abnormal)
        size = max(theme().px(_BADGE), QFontMetrics(bold).horizontalAdvance(number) + 10)
        height = theme().px(16)
        badge = QRectF(right - max(width, theme().px(_NUMBERS)) - size - 4, (self.height() - height) / 2, size, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("abnormal_solid"))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setFont(bold)
        painter.setPen(palette.color("on_abnormal"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, number)
        return int(badge.left())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Enter opens as Space does; arrows move along the rail."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


class Rail(QFrame):
    """All sections and the review. `chosen` carries the section's id, or `REVIEW`."""

    chosen = Signal(str)

    def __init__(self, form: Form, progress: Progress, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "rail")
        self._keys = keys
        self.setAccessibleName(_("Sections"))
        self._progress = progress
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(self.area)
        self._inside = QWidget(self.area)
        self.area.setWidget(self._inside)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(8, metrics.gap_large, 8, metrics.gap)
        column.setSpacing(0)
        column.addWidget(_heading(_("Examination"), self._inside))
        self.entries: dict[str, RailEntry] = {}
        for section in form.sections:
            self._add(section.id, section.title, column)
        column.addSpacing(metrics.gap)
        column.addWidget(_heading(_("Close the visit"), self._inside))
        self._add(REVIEW, _("Review and report"), column)
        column.addStretch(1)
        self.refresh(section.id for section in form.sections)
        theme().changed.connect(self._fit)
        self._fit()
        keys.changed.connect(self._show_keys)
        self._show_keys()

    def _show_keys(self) -> None:
        for number, (page, entry) in enumerate(self.entries.items(), 1):
            entry.show_key(self._keys.cap("review" if page == REVIEW else f"section_{number}"))

    def spoken(self) -> Spoken:
        """For assistive technology: a list of tabs."""
        return Spoken(QAccessible.Role.PageTabList, self.accessibleName())

    def _fit(self) -> None:
        self.setFixedWidth(theme().side_px(WIDTH))
        for entry in self.findChildren(RailEntry):
            entry.updateGeometry()

    def _add(self, page: str, title: str, column: QVBoxLayout) -> None:
        entry = RailEntry(page, title, self._inside)
        entry.clicked.connect(self._clicked)
        self.entries[page] = entry
        column.addWidget(entry)

    def _clicked(self) -> None:
        entry = self.sender()
        if isinstance(entry, RailEntry):
            self.chosen.emit(entry.page)

    def refresh(self, section_ids: Iterable[str]) -> None:
        """Show the counts of these sections anew."""
        for section_id in section_ids:
            self.entries[section_id].show_counts(self._progress.of(section_id))

    def show_current(self, page: str) -> None:
        """Mark the page in sight."""
        for each, entry in self.entries.items():
            entry.set_current(each == page)
        self.area.ensureWidgetVisible(self.entries[page], 0, theme().px(metrics.row))


def _heading(text: str, parent: QWidget) -> SectionHeading:
    heading = SectionHeading(text, parent)
    heading.setContentsMargins(12, 4, 0, 6)
    return heading

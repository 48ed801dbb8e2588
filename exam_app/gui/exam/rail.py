"""The rail at the left: every section with how far it is, how much is abnormal, and the way to it at any time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from exam_app.core.form.form import Form
from exam_app.core.words import _, ngettext
from exam_app.gui.exam.progress import Counts, Progress
from exam_app.gui.parts.accessible import Spoken, tell_selected
from exam_app.gui.parts.hints import with_key
from exam_app.gui.parts.keys import Keys
from exam_app.gui.parts.layouts import ENTER_KEYS
from exam_app.gui.parts.theme import Palette, metrics, theme
from exam_app.gui.parts.unstyled import leave_unstyled
from exam_app.gui.parts.widgets import SectionHeading, set_role

REVIEW = "review"
"""The id of the entry that is no section of the form: review and report."""

WIDTH = 272
_RING = 14
_LEFT = 10
_TITLE = _LEFT + _RING + 8
_RIGHT = 8
_NUMBERS = 32
_BADGE = 18
_LINE = 18
_ANY_HEIGHT = 4000


class RailEntry(QAbstractButton):
    """One entry: a ring, the title, a badge with the abnormal count, n/N."""

    def __init__(self, page: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        leave_unstyled(self, hovers=True)
        self.page = page
        self.title = title
        self._counts: Counts | None = None
        self._is_current = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def show_key(self, key: str) -> None:
        """The key that leads here, in the tool tip; "" where none does."""
        self.setToolTip(with_key(self.title, key))

    def show_counts(self, counts: Counts) -> None:
        """Show how far the section is."""
        fitted = self._fits()
        self._counts = counts
        if self._fits() != fitted:
            self.updateGeometry()
        words = _("{title}: {done} of {shown} recorded").format(title=self.title, done=counts.done, shown=counts.shown)
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
        if self._fits():
            return QSize(WIDTH - 16, theme().target(metrics.row))
        title = self._title_height() + (theme().px(_LINE) if self._counts is not None else 0)
        return QSize(WIDTH - 16, max(theme().target(metrics.row), title + 2 * metrics.gap))

    def _fits(self) -> bool:
        """Whether the title stands in one line beside badge and numbers, in the bold of the current page. Else the
        numbers stand in a line of their own below it."""
        numbers = (
            0 if self._counts is None else max(self._numbers_width(), theme().px(_NUMBERS)) + self._badge_width() + 4
        )
        return QFontMetrics(theme().font(bold=True)).horizontalAdvance(self.title) <= self._room() - numbers

    def _room(self) -> int:
        return theme().side_px(WIDTH) - 16 - _TITLE - _RIGHT - 2

    def _title_height(self) -> int:
        """The height of the title in as many lines as it needs."""
        bold = QFontMetrics(theme().font(bold=True))
        return bold.boundingRect(0, 0, self._room(), _ANY_HEIGHT, Qt.TextFlag.TextWordWrap, self.title).height()

    def _numbers_box(self) -> QRect:
        """The line of numbers and badge: at the right of the title, or below it."""
        if self._fits():
            return QRect(_TITLE, 0, self.width() - _TITLE - _RIGHT, self.height())
        top = (self.height() + self._title_height() - theme().px(_LINE)) // 2
        return QRect(_TITLE, top, self.width() - _TITLE - _RIGHT, theme().px(_LINE))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: paint the entry."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = theme().palette
        box = QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5)
        self._paint_ground(painter, palette, box)
        self._paint_ring(painter, palette, QRectF(_LEFT, (self.height() - _RING) / 2, _RING, _RING))
        self._paint_numbers(painter, palette)
        painter.setFont(theme().font(bold=self._is_current))
        painter.setPen(palette.color("text"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.title_box(), flags, self.title)
        painter.end()

    def title_box(self) -> QRect:
        """Where the title stands, in as many lines as it needs."""
        if not self._fits():
            below = theme().px(_LINE) if self._counts is not None else 0
            top = (self.height() - self._title_height() - below) // 2
            return QRect(_TITLE, top, self._room(), self._title_height())
        badge = self._badge_box()
        right = int(badge.left()) if badge is not None else self.width() - _RIGHT - self._numbers_width()
        return QRect(_TITLE, 0, right - _TITLE - 2, self.height())

    def _numbers(self) -> str:
        """n/N; nothing where all of the section is folded away and nothing of it recorded."""
        counts = self._counts
        return f"{counts.done}/{counts.shown}" if counts is not None and counts.shown else ""

    def _numbers_width(self) -> int:
        return QFontMetrics(theme().font(metrics.font_small)).horizontalAdvance(self._numbers())

    def _badge_width(self) -> int:
        bold = QFontMetrics(theme().font(metrics.font_small, bold=True))
        abnormal = self._counts.abnormal if self._counts is not None else 0
        return max(theme().px(_BADGE), bold.horizontalAdvance(str(abnormal)) + 10)

    def _badge_box(self) -> QRectF | None:
        """Where the abnormal count stands, left of the numbers; None without one."""
        if self._counts is None or not self._counts.abnormal:
            return None
        width = self._badge_width()
        height = theme().px(16)
        left = self.width() - _RIGHT - max(self._numbers_width(), theme().px(_NUMBERS)) - width - 4
        line = self._numbers_box()
        return QRectF(left, line.y() + (line.height() - height) / 2, width, height)

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

    def _paint_numbers(self, painter: QPainter, palette: Palette) -> None:
        """n/N at the right and the badge left of it."""
        painter.setFont(theme().font(metrics.font_small))
        painter.setPen(palette.color("text_muted"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(self._numbers_box(), flags, self._numbers())
        badge = self._badge_box()
        if badge is None or self._counts is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color("abnormal_solid"))
        painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
        painter.setFont(theme().font(metrics.font_small, bold=True))
        painter.setPen(palette.color("on_abnormal"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(self._counts.abnormal))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own name: Enter opens as Space does; arrows move along the rail."""
        if event.key() in ENTER_KEYS:
            self.click()
        elif event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class LastEntry:
    """What stands in the rail behind the sections."""

    heading: str
    title: str


class Rail(QFrame):
    """All sections and the review. `chosen` carries the section's id, or `REVIEW`."""

    chosen = Signal(str)

    def __init__(
        self, form: Form, progress: Progress, keys: Keys, last: LastEntry, parent: QWidget | None = None
    ) -> None:
        """`last` is the entry behind the sections."""
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
        column.addWidget(_heading(last.heading, self._inside))
        self._add(REVIEW, last.title, column)
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

"""The settings: pages of preferences. Every change shows and is kept at once; closing keeps it."""

from __future__ import annotations

from typing import Final, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from exam_app.core.words import _, ngettext
from exam_app.gui.parts.messages import APPLICATION_TITLE
from exam_app.gui.parts.preferences import TEXT_SIZES, Preferences
from exam_app.gui.parts.theme import Colours, Look, metrics, theme
from exam_app.gui.parts.widgets import (
    CheckBox,
    Hairline,
    RoleLabel,
    SectionHeading,
    Segmented,
    button,
    within_screen,
)

_IDLE_CHOICES: Final = (2, 5, 10, 30)
"""In minutes."""


class AppearancePage(QWidget):
    """Colours, text size and touch mode."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.colours = Segmented(
            _("Colours"),
            (
                ("system", _("As the system")),
                ("light", _("Light")),
                ("dark", _("Dark")),
                ("high_contrast", _("High contrast")),
            ),
            optional=False,
        )
        sizes = [(str(size), _("{size} %").format(size=size)) for size in TEXT_SIZES]
        self.text_size = Segmented(_("Text size"), sizes, optional=False)
        self.touch = CheckBox(_("Large targets for touch"))
        column = page_column(self)
        add_part(column, _("Colours"), self.colours, _("High contrast is light or dark as the system is."))
        add_part(column, _("Text size"), self.text_size)
        large = _("Everything that can be pressed is at least 40 pixels high and wide.")
        add_part(column, _("Touch"), self.touch, large)
        column.addStretch(1)
        self._show(preferences.look)
        self.colours.chosen.connect(self._choose)
        self.text_size.chosen.connect(self._choose)
        self.touch.toggled.connect(self._choose)

    def _show(self, look: Look) -> None:
        self.colours.set_value(look.colours)
        self.text_size.set_value(str(look.text_size))
        self.touch.setChecked(look.touch)

    def _choose(self) -> None:
        colours = next(each for each in get_args(Colours) if each == self.colours.value())
        size = int(self.text_size.value() or TEXT_SIZES[0])
        self._preferences.set_look(Look(colours, size, touch=self.touch.isChecked()))


class LockPage(QWidget):
    """When the content is hidden by itself."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        minutes = sorted({*_IDLE_CHOICES, preferences.idle_minutes} - {0})
        words = [ngettext("{count} minute", "{count} minutes", each).format(count=each) for each in minutes]
        choices = list(zip(map(str, minutes), words, strict=True))
        self.idle = Segmented(_("Hide the content after"), [*choices, ("0", _("Never"))], optional=False)
        self.idle.set_value(str(preferences.idle_minutes))
        self.idle.chosen.connect(self._choose)
        column = page_column(self)
        explains = _("After so long without a key or the mouse the passphrase is asked.")
        add_part(column, _("Hide the content after"), self.idle, explains)
        column.addStretch(1)

    def _choose(self) -> None:
        self._preferences.set_idle_minutes(int(self.idle.value() or 0))


class SettingsDialog(QDialog):
    """Pages of settings. Opened with `open`; Escape and Close keep what was chosen."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        """Begins with the page of looks; `add_page` adds further ones."""
        super().__init__(parent)
        self.setWindowTitle(APPLICATION_TITLE)
        self.setProperty("role", "sheet")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(_("Settings"))
        self.close_button = button(_("Close"), "primary")
        self.close_button.clicked.connect(self.accept)
        self._build()
        self.appearance = AppearancePage(preferences)
        self.add_page(_("Appearance"), self.appearance)
        theme().changed.connect(self._fit)
        self._fit()
        self.appearance.colours.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(metrics.margin, metrics.gap_large, metrics.margin, 0)
        head.addWidget(RoleLabel(_("Settings"), "title"))
        bar = QFrame()
        bar.setProperty("role", "strip")
        row = QHBoxLayout(bar)
        row.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        row.addWidget(RoleLabel(_("Changes are kept at once."), "small", wraps=True), 1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        column.addWidget(Hairline())
        column.addWidget(bar)

    def add_page(self, title: str, page: QWidget) -> None:
        """Add a page behind the others; it scrolls where it is too large."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        self.tabs.addTab(area, title)

    def _fit(self) -> None:
        self.resize(within_screen(self, 760, 560))


def page_column(page: QWidget) -> QVBoxLayout:
    """The column of a page, with the margins of every page."""
    column = QVBoxLayout(page)
    column.setContentsMargins(metrics.margin, metrics.gap_large, metrics.margin, metrics.gap_large)
    column.setSpacing(metrics.gap_small)
    return column


def add_part(column: QVBoxLayout, title: str, control: QWidget, explains: str = "") -> None:
    """Add a control under a heading to a page, with what it means below."""
    column.addWidget(SectionHeading(title))
    column.addWidget(control)
    if explains:
        column.addWidget(RoleLabel(explains, "muted", wraps=True))
        control.setAccessibleDescription(explains)
    column.addSpacing(metrics.gap_large)

"""How everything looks: sizes, the style sheet made from them and a palette, and what of it the user has chosen.

Widgets that paint themselves ask `theme().palette`; everything else is styled by the sheet through the dynamic
property `role` (see `stylesheet`). Contrast of every pair of text and ground is held by a test (WCAG 2.2 AA).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from exam_app.gui.parts.palettes import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Palette, palette_for

__all__ = [
    "DARK",
    "HIGH_DARK",
    "HIGH_LIGHT",
    "LIGHT",
    "Colours",
    "Look",
    "Palette",
    "Theme",
    "metrics",
    "palette_for",
    "stylesheet",
    "theme",
]

Colours = Literal["system", "light", "dark", "high_contrast"]


@dataclass(frozen=True, slots=True)
class Look:
    """What the user has chosen: colours, the size of the text in per cent, and targets large enough for a finger."""

    colours: Colours = "system"
    text_size: int = 100
    touch: bool = False


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes: spacing and radius in device-independent pixels on an 8 px grid, fonts in points at 100 %."""

    gap: int = 8
    gap_small: int = 4
    gap_large: int = 16
    margin: int = 24
    radius: int = 8
    radius_small: int = 5
    row: int = 32
    control: int = 34
    font: float = 10.0
    font_small: float = 8.5
    font_heading: float = 9.0
    font_large: float = 12.0
    font_title: float = 16.0


metrics: Final = Metrics()
LEAST_TARGET: Final = 24
"""The least height and width of what can be pressed, in pixels (WCAG 2.2, 2.5.8)."""
TOUCH_TARGET: Final = 40
"""The same in touch mode."""


_LINE: Final = 22
"""The height of a line of words with the frame around it at 100 %."""
_SIDE_GROWTH: Final = 0.25
"""How much of the growth of the text the rail and the side panel follow; their words wrap."""


def target(length: float, *, touch: bool) -> int:
    """A length in pixels of something that can be pressed, at least as long as a pointer or a finger needs."""
    return max(round(length), TOUCH_TARGET if touch else LEAST_TARGET)


def stylesheet(palette: Palette, scale: float = 1.0, *, touch: bool = False) -> str:
    """The style sheet of the whole application. `scale` 1.0 to 2.0 multiplies every font size and control height.

    Roles, set with `set_role`: dialogs `sheet`; frames `card` `bar` `rail` `banner` `banner_error` `practice`
    `strip`;
    labels `title` `large` `heading` `muted` `small` `strong` `error` `normal` `abnormal` `keycap` `pill` `badge`
    `mono`; buttons `primary` `link` `segment` `quiet` `danger` `fold`.
    """
    values = {field.name: str(getattr(palette, field.name)) for field in fields(Palette)}
    for field in fields(Metrics):
        size = getattr(metrics, field.name)
        values[field.name] = f"{size * scale:.2f}pt" if field.name.startswith("font") else f"{size}px"
    # What can be pressed: its height without the thinnest frame and padding that a look has, which is that of links.
    inner = max(round((metrics.control - 16) * scale), target(0, touch=touch) - 8)
    values |= {"inner": f"{inner}px", "tick": f"{round(16 * scale)}px", "ring": f"{palette.focus_width}px"}
    # `@p5` is the padding of 5 px that the usual focus ring leaves; a wider ring takes the rest from it.
    narrower = palette.focus_width - 2
    sheet = re.sub(r"@p(\d+)", lambda padding: f"{int(padding[1]) - narrower}px", _SHEET)
    return re.sub(r"@(\w+)", lambda name: values[name[1]], sheet)


_SHEET: Final = """
QWidget { color: @text; font-size: @font; }
QMainWindow, QDialog, QWidget[role="ground"] { background: @ground; }
QDialog[role="sheet"] { background: @card; }
QLabel { background: transparent; }
QMenu { background: @card; color: @text; border: 1px solid @line_strong; padding: 4px 0; }
QMenu::item { padding: 5px 18px; min-height: @inner; }
QMenu::item:selected { background: @selection; color: @on_selection; }
QMenu::item:disabled { color: @text_muted; }
QMenu::separator { height: 1px; background: @line; margin: 4px 0; }
QToolTip { color: @text; background: @card; border: 1px solid @line_strong; padding: 4px; }

QFrame[role="card"] { background: @card; border: 1px solid @line; border-radius: @radius; }
QFrame[role="bar"] { background: @card; border: none; }
QFrame[role="rail"] { background: @card; border: none; }
QFrame[role="strip"] { background: @card_head; border: none; }
QFrame[role="hairline"] { background: @line; border: none; }
QFrame[role="banner"] { background: @warning_tint; border: 1px solid @warning_line; border-radius: @radius_small; }
QFrame[role="banner"] QLabel { color: @warning; }
QFrame[role="practice"] { background: @warning; border: none; }
QFrame[role="practice"] QLabel { color: @warning_tint; font-weight: 700; }
QFrame[role="banner_error"] { background: @error_tint; border: 1px solid @error; border-radius: @radius_small; }
QFrame[role="banner_error"] QLabel { color: @error; }

QLabel[role="title"] { font-size: @font_title; font-weight: 700; }
QLabel[role="large"] { font-size: @font_large; font-weight: 700; }
QLabel[role="heading"] { font-size: @font_heading; font-weight: 700; color: @text_muted; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="muted"] { color: @text_muted; }
QLabel[role="small"] { color: @text_muted; font-size: @font_small; }
QLabel[role="error"] { color: @error; }
QLabel[role="normal"] { color: @normal; font-weight: 600; }
QLabel[role="abnormal"] { color: @abnormal; font-weight: 700; }
QLabel[role="mono"] { font-family: monospace; font-size: @font_large; font-weight: 600; }
QLabel[role="keycap"] { background: @card; color: @text_muted; border: 1px solid @line_strong;
    border-bottom-width: 2px; border-radius: 4px; padding: 0px 4px; font-size: @font_small; }
QLabel[role="pill"] { color: @text_muted; border: 1px solid @line_strong; border-radius: @radius; padding: 2px 10px;
    font-size: @font_small; }
QLabel[role="badge"] { background: @reason_tint; color: @reason; border-radius: @radius_small; padding: 0px 6px;
    font-size: @font_small; font-weight: 700; }

QPushButton, QToolButton { background: @card; color: @text; border: 1px solid @line_strong;
    border-radius: @radius_small; padding: 6px 14px; min-height: @inner; outline: none; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @accent_tint; }
QPushButton:focus, QToolButton:focus { border: @ring solid @focus; padding: @p5 @p13; }
QPushButton:disabled, QToolButton:disabled { color: @text_off; border-color: @line; }
QPushButton[role="primary"] { background: @accent; color: @on_accent; border: 1px solid @accent; font-weight: 600; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed { background: @accent_strong; }
QPushButton[role="primary"]:focus { border: 3px double @on_accent; padding: 4px 12px; }
QPushButton[role="primary"]:disabled { background: @reason_tint; color: @reason; border-color: @line; }
QPushButton[role="danger"] { color: @error; border-color: @error; }
QPushButton[role="link"] { background: transparent; color: @accent; border: @ring solid transparent; padding: 2px 4px;
    text-align: left; text-decoration: underline; }
QPushButton[role="link"]:hover { color: @accent_strong; background: @accent_tint; }
QPushButton[role="link"]:focus { border: @ring solid @focus; }
QPushButton[role="link"]:disabled { color: @text_off; text-decoration: none; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border: @ring solid transparent;
    padding: 4px 10px; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: @hover; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: @ring solid @focus; }
QPushButton[role="fold"] { background: @card_head; border: @ring solid transparent; padding: 2px 8px; text-align: left;
    font-weight: 600; }
QPushButton[role="fold"]:hover { background: @hover; }
QPushButton[role="fold"]:focus { border: @ring solid @focus; }
QPushButton[role="segment"], QToolButton[role="segment"] { padding: 4px 12px; border: 1px solid @line_strong; }
QPushButton[role="segment"]:checked, QToolButton[role="segment"]:checked { background: @accent_tint; color: @accent;
    border: 2px solid @accent; padding: 3px 11px; font-weight: 700; }
QPushButton[role="segment"]:focus, QToolButton[role="segment"]:focus { border: @ring solid @focus; padding: @p3 @p11;
    background: @hover; }
QPushButton[role="segment"]:checked:focus, QToolButton[role="segment"]:checked:focus { background: @accent;
    color: @on_accent; }
QPushButton[role="segment"][sense="abnormal"]:checked, QToolButton[role="segment"][sense="abnormal"]:checked {
    background: @abnormal_tint; color: @abnormal; border: 2px solid @abnormal_line; }
QPushButton[role="segment"][sense="normal"]:checked, QToolButton[role="segment"][sense="normal"]:checked {
    background: @normal_tint; color: @normal; border: 2px solid @normal; }
QPushButton[role="segment"]:disabled, QToolButton[role="segment"]:disabled { border: 1px dashed @line_strong; }
QPushButton[role="segment"]:checked:disabled, QToolButton[role="segment"]:checked:disabled { background: @reason_tint;
    color: @reason; border: 2px dashed @reason_line; }

QLineEdit, QPlainTextEdit, QTextEdit { background: @card; color: @text; border: 1px solid @line_strong;
    border-radius: @radius_small; padding: 5px 8px; selection-background-color: @selection;
    selection-color: @on_selection; placeholder-text-color: @text_muted; }
QLineEdit { min-height: @inner; }
QLineEdit[role="mono"] { font-family: monospace; font-weight: 600; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: @ring solid @focus; padding: @p4 @p7; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 2px solid @error; padding: 4px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: @ground; color: @text_muted;
    border: 1px dashed @line_strong; }

QComboBox { background: @card; color: @text; border: 1px solid @line_strong; border-radius: @radius_small;
    padding: 5px 8px; }
QComboBox:focus { border: @ring solid @focus; padding: @p4 @p7; }
QComboBox:disabled { color: @text_off; border-color: @line; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox QAbstractItemView { background: @card; color: @text; border: 1px solid @line_strong; }
QCheckBox, QRadioButton { spacing: 8px; padding: 4px 2px; min-height: @inner;
    border: @ring solid transparent; border-radius: 4px; }
QCheckBox::indicator, QRadioButton::indicator { width: @tick; height: @tick; }
QCheckBox:focus, QRadioButton:focus { border: @ring solid @focus; }
QCheckBox:disabled, QRadioButton:disabled { color: @text_off; }
QCheckBox:checked:disabled, QRadioButton:checked:disabled { color: @text_muted; }

QListView, QTableView, QTreeView { background: @card; border: none; outline: none; gridline-color: @line;
    selection-background-color: @selection; selection-color: @on_selection; }
QTableWidget::item { padding: 4px 8px; }
QListWidget { border: @ring solid transparent; border-radius: @radius_small; }
QListWidget:focus { border: @ring solid @focus; }
QAbstractScrollArea[role="reading"] { border: @ring solid transparent; }
QAbstractScrollArea[role="reading"]:focus { border: @ring solid @focus; }
QListWidget::item { padding: 4px 6px; border: 1px solid transparent; border-radius: 4px; min-height: @inner; }
QListWidget::item:selected { background: @selection; color: @on_selection; border-color: @selection_line; }
QHeaderView::section { background: @card_head; color: @text_muted; border: none; border-bottom: 1px solid @line;
    padding: 6px 12px; font-size: @font_small; font-weight: 700; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0px; }
QScrollBar::handle { background: @line_strong; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabWidget::pane { border: none; border-top: 1px solid @line; }
QTabBar::tab { background: transparent; color: @text_muted; border: none; border-bottom: 2px solid transparent;
    padding: 6px 10px; margin-right: 4px; min-height: @inner; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; font-weight: 700; }
QTabBar::tab:focus { border: @ring solid @focus; border-radius: @radius_small; padding: @p4 @p8 @p6 @p8; }
QProgressBar { background: @reason_tint; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
"""


def system_asks() -> tuple[Qt.ColorScheme, bool]:
    """The colour scheme of the system, and whether it asks for high contrast."""
    hints = QGuiApplication.styleHints()
    contrast = hints.accessibility().contrastPreference()
    return hints.colorScheme(), contrast == Qt.ContrastPreference.HighContrast


class Theme(QObject):
    """What the application looks like now. `changed` fires after a new palette, scale or touch mode was applied."""

    changed = Signal()

    def __init__(self, application: QApplication, look: Look = Look()) -> None:
        """Made once: by `theme`, or with what the user has chosen when the application starts."""
        super().__init__(application)
        self._application = application
        self._fonts: dict[tuple[float, bool], QFont] = {}
        self._colours: Colours | None = look.colours
        self.scale, self.touch = look.text_size / 100, look.touch
        self.palette = self._chosen(look.colours)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        application.setStyle("Fusion")
        self._apply()

    def use(self, look: Look) -> None:
        """Look as the user has chosen, and follow the system where that is the choice."""
        self._colours = look.colours
        self._change(self._chosen(look.colours), look.text_size / 100, touch=look.touch)

    def show(self, palette: Palette, scale: float = 1.0, *, touch: bool = False) -> None:
        """Use this palette, text size and touch mode from now on, whatever the system says."""
        self._colours = None
        self._change(palette, scale, touch=touch)

    @staticmethod
    def _chosen(colours: Colours) -> Palette:
        if colours == "light":
            return LIGHT
        if colours == "dark":
            return DARK
        scheme, high_contrast = system_asks()
        return palette_for(scheme, high_contrast=high_contrast or colours == "high_contrast")

    def _follow(self) -> None:
        if self._colours is not None:
            self._change(self._chosen(self._colours), self.scale, touch=self.touch)

    def _change(self, palette: Palette, scale: float, *, touch: bool) -> None:
        if (palette, scale, touch) != (self.palette, self.scale, self.touch):
            self.palette, self.scale, self.touch = palette, scale, touch
            self._apply()

    def font(self, size: float = metrics.font, *, bold: bool = False) -> QFont:
        """The interface font at a size in points at 100 %, scaled; for widgets that paint their text."""
        font = self._fonts.get((size, bold))
        if font is None:
            font = QFont(self._application.font())
            font.setPointSizeF(size * self.scale)
            font.setBold(bold)
            self._fonts[size, bold] = font
        return font

    def px(self, length: float) -> int:
        """A length that has to grow with the text, such as a row height, in device-independent pixels."""
        return round(length * self.scale)

    def target(self, length: float) -> int:
        """A length of something that can be pressed, such as a row: it grows with the text, and is never too small."""
        return target(self.px(length), touch=self.touch)

    def line_px(self, height: float) -> int:
        """The height of a bar or row with one line of words: the line grows with the text, the room around it not."""
        return round(height + (self.scale - 1) * _LINE)

    def side_px(self, length: float) -> int:
        """The width of what stands beside the main part, which grows with the text, but leaves room for that part."""
        return round(length * (1 + (self.scale - 1) * _SIDE_GROWTH))

    def _apply(self) -> None:
        font = self._application.font()
        font.setPointSizeF(metrics.font * self.scale)
        self._application.setFont(font)
        self._fonts.clear()
        self._application.setPalette(_qt_palette(self.palette))
        self._application.setStyleSheet(stylesheet(self.palette, self.scale, touch=self.touch))
        self.changed.emit()


_known: list[Theme] = []
"""The theme that was asked for last: cells ask for it many times a second."""


def theme() -> Theme:
    """The theme of the running application; the first call applies it."""
    if _known and isValid(_known[0]):
        return _known[0]
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("there is no QApplication yet")
    found = application.findChild(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly)
    _known[:] = [found if isinstance(found, Theme) else Theme(application)]
    return _known[0]


def _qt_palette(palette: Palette) -> QPalette:
    """The same colours for what Fusion paints without the style sheet."""
    role = QPalette.ColorRole
    qt = QPalette(palette.color("card"), palette.color("ground"))
    for group_role, token in (
        (role.Window, "ground"),
        (role.WindowText, "text"),
        (role.Base, "card"),
        (role.AlternateBase, "card_head"),
        (role.Text, "text"),
        (role.Button, "card"),
        (role.ButtonText, "text"),
        (role.PlaceholderText, "text_muted"),
        (role.Highlight, "selection"),
        (role.HighlightedText, "on_selection"),
        (role.Link, "accent"),
        (role.ToolTipBase, "card"),
        (role.ToolTipText, "text"),
        (role.Accent, "accent"),
    ):
        qt.setColor(group_role, palette.color(token))
    for group_role in (role.WindowText, role.Text, role.ButtonText):
        qt.setColor(QPalette.ColorGroup.Disabled, group_role, palette.color("text_off"))
    return qt

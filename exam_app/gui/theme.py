"""How everything looks: named colours for light and dark, sizes, and the style sheet made from them.

Widgets that paint themselves ask `theme().palette`; everything else is styled by the sheet through the dynamic
property `role` (see `stylesheet`). Contrast of every pair of text and ground is held by a test (WCAG 2.2 AA).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they mean, as `#RRGGBB`. `x_tint` is a ground for text in `x`; `x_line` frames it;
    `on_x` is text on a ground filled with `x`."""

    name: str
    ground: str
    card: str
    card_head: str
    hover: str
    line: str
    line_strong: str
    text: str
    text_muted: str
    text_off: str
    accent: str
    accent_tint: str
    accent_strong: str
    on_accent: str
    normal: str
    normal_tint: str
    abnormal: str
    abnormal_tint: str
    abnormal_line: str
    abnormal_solid: str
    on_abnormal: str
    reason: str
    reason_tint: str
    warning: str
    warning_tint: str
    warning_line: str
    error: str
    error_tint: str
    error_solid: str
    on_error: str
    focus: str
    selection: str
    on_selection: str

    def color(self, token: str) -> QColor:
        """A token as a Qt colour: `palette.color("accent")`."""
        return QColor(getattr(self, token))


LIGHT: Final = Palette(
    name="light",
    ground="#F4F6F8",
    card="#FFFFFF",
    card_head="#EEF2F6",
    hover="#F1F5FA",
    line="#DCE2E8",
    line_strong="#7C8997",
    text="#18222D",
    text_muted="#505D6A",
    text_off="#8A95A1",
    accent="#1D5A9A",
    accent_tint="#E6EFF9",
    accent_strong="#164A80",
    on_accent="#FFFFFF",
    normal="#1E6E41",
    normal_tint="#E6F3EB",
    abnormal="#97390A",
    abnormal_tint="#FCE8DC",
    abnormal_line="#C2642B",
    abnormal_solid="#B04C10",
    on_abnormal="#FFFFFF",
    reason="#46535F",
    reason_tint="#E8ECF0",
    warning="#654A00",
    warning_tint="#FFF6DC",
    warning_line="#B08416",
    error="#A1201A",
    error_tint="#FCE9E7",
    error_solid="#A1201A",
    on_error="#FFFFFF",
    focus="#1D5A9A",
    selection="#CDE0F4",
    on_selection="#14202C",
)

DARK: Final = Palette(
    name="dark",
    ground="#13171C",
    card="#1B2128",
    card_head="#222A33",
    hover="#252E38",
    line="#333D48",
    line_strong="#78869A",
    text="#E7ECF1",
    text_muted="#A8B4C0",
    text_off="#74808C",
    accent="#84B8F0",
    accent_tint="#1F344B",
    accent_strong="#A9CFF7",
    on_accent="#0D1A28",
    normal="#79CE9A",
    normal_tint="#1C3526",
    abnormal="#FFB68C",
    abnormal_tint="#43281A",
    abnormal_line="#D07A43",
    abnormal_solid="#F0A071",
    on_abnormal="#2B1306",
    reason="#BEC8D2",
    reason_tint="#303A45",
    warning="#F2D27A",
    warning_tint="#3A300F",
    warning_line="#B8933A",
    error="#FF9F97",
    error_tint="#43201E",
    error_solid="#FF9F97",
    on_error="#32100D",
    focus="#84B8F0",
    selection="#274466",
    on_selection="#F2F6FA",
)


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


_SIDE_GROWTH: Final = 0.25
"""How much of the growth of the text the rail and the side panel follow; their words wrap."""


def palette_for(scheme: Qt.ColorScheme) -> Palette:
    """The colours for the scheme that the system asks for; light where it does not say."""
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def stylesheet(palette: Palette, scale: float = 1.0) -> str:
    """The style sheet of the whole application. `scale` 1.0 to 2.0 multiplies every font size and control height.

    Roles, set with `set_role`: dialogs `sheet`; frames `card` `bar` `rail` `banner` `banner_error` `strip`;
    labels `title` `large` `heading` `muted` `small` `strong` `error` `normal` `abnormal` `keycap` `pill` `badge`
    `badge_abnormal` `badge_error` `mono`; buttons `primary` `link` `segment` `quiet` `danger` `fold`.
    """
    numbers = {
        field.name: getattr(metrics, field.name) * scale if field.name.startswith(("font", "row", "control")) else 0
        for field in fields(Metrics)
    }
    values: dict[str, str] = {field.name: getattr(palette, field.name) for field in fields(Palette)}
    values |= {name: f"{size:.2f}pt" for name, size in numbers.items() if name.startswith("font")}
    values |= {name: f"{round(numbers[name])}px" for name in ("row", "control")}
    values |= {"inner": f"{round((metrics.control - 16) * scale)}px", "radius": f"{metrics.radius}px"}
    values |= {"tick": f"{round(16 * scale)}px", "radius_small": f"{metrics.radius_small}px"}
    sheet = _SHEET
    for name in sorted(values, key=len, reverse=True):
        sheet = sheet.replace(f"@{name};", f"{values[name]};").replace(f"@{name} ", f"{values[name]} ")
    return sheet


_SHEET: Final = """
QWidget { color: @text; font-size: @font; }
QMainWindow, QDialog, QWidget[role="ground"] { background: @ground; }
QDialog[role="sheet"] { background: @card; }
QLabel { background: transparent; }
QToolTip { color: @text; background: @card; border: 1px solid @line_strong; padding: 4px; }

QFrame[role="card"] { background: @card; border: 1px solid @line; border-radius: @radius; }
QFrame[role="bar"] { background: @card; border: none; }
QFrame[role="rail"] { background: @card; border: none; }
QFrame[role="strip"] { background: @card_head; border: none; }
QFrame[role="hairline"] { background: @line; border: none; }
QFrame[role="banner"] { background: @warning_tint; border: 1px solid @warning_line; border-radius: @radius_small; }
QFrame[role="banner"] QLabel { color: @warning; }
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
QLabel[role="badge_abnormal"] { background: @abnormal_solid; color: @on_abnormal; border-radius: @radius_small;
    padding: 0px 6px; font-size: @font_small; font-weight: 700; }
QLabel[role="badge_error"] { background: @error_solid; color: @on_error; border-radius: @radius_small;
    padding: 0px 6px; font-size: @font_small; font-weight: 700; }

QPushButton, QToolButton { background: @card; color: @text; border: 1px solid @line_strong;
    border-radius: @radius_small; padding: 6px 14px; min-height: @inner; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @accent_tint; }
QPushButton:focus, QToolButton:focus { border: 2px solid @focus; padding: 5px 13px; }
QPushButton:disabled, QToolButton:disabled { color: @text_off; border-color: @line; }
QPushButton[role="primary"] { background: @accent; color: @on_accent; border: 1px solid @accent; font-weight: 600; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed { background: @accent_strong; }
QPushButton[role="primary"]:focus { border: 3px double @on_accent; padding: 4px 12px; }
QPushButton[role="primary"]:disabled { background: @reason_tint; color: @reason; border-color: @line; }
QPushButton[role="danger"] { color: @error; border-color: @error; }
QPushButton[role="link"] { background: transparent; color: @accent; border: 2px solid transparent; padding: 2px 4px;
    text-align: left; text-decoration: underline; }
QPushButton[role="link"]:hover { color: @accent_strong; background: @accent_tint; }
QPushButton[role="link"]:focus { border: 2px solid @focus; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border: 2px solid transparent;
    padding: 4px 10px; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: @hover; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 2px solid @focus; }
QPushButton[role="fold"] { background: @card_head; border: 2px solid transparent; padding: 2px 8px; text-align: left;
    font-weight: 600; }
QPushButton[role="fold"]:hover { background: @hover; }
QPushButton[role="fold"]:focus { border: 2px solid @focus; }
QPushButton[role="segment"], QToolButton[role="segment"] { padding: 4px 12px; border: 1px solid @line_strong; }
QPushButton[role="segment"]:checked, QToolButton[role="segment"]:checked { background: @accent_tint; color: @accent;
    border: 2px solid @accent; padding: 3px 11px; font-weight: 700; }
QPushButton[role="segment"]:focus, QToolButton[role="segment"]:focus { border: 2px solid @focus; padding: 3px 11px;
    background: @hover; }
QPushButton[role="segment"]:checked:focus, QToolButton[role="segment"]:checked:focus { background: @accent;
    color: @on_accent; }
QPushButton[role="segment"][sense="abnormal"]:checked, QToolButton[role="segment"][sense="abnormal"]:checked {
    background: @abnormal_tint; color: @abnormal; border: 2px solid @abnormal_line; }
QPushButton[role="segment"][sense="normal"]:checked, QToolButton[role="segment"][sense="normal"]:checked {
    background: @normal_tint; color: @normal; border: 2px solid @normal; }

QLineEdit, QPlainTextEdit, QTextEdit { background: @card; color: @text; border: 1px solid @line_strong;
    border-radius: @radius_small; padding: 5px 8px; selection-background-color: @selection;
    selection-color: @on_selection; placeholder-text-color: @text_muted; }
QLineEdit { min-height: @inner; }
QLineEdit[role="mono"] { font-family: monospace; font-weight: 600; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @focus; padding: 4px 7px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 2px solid @error; padding: 4px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: @ground; color: @text_off; border-color: @line; }

QCheckBox, QRadioButton { spacing: 8px; padding: 4px 2px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox::indicator, QRadioButton::indicator { width: @tick; height: @tick; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid @focus; }

QListView, QTableView, QTreeView { background: @card; border: none; outline: none; gridline-color: @line;
    selection-background-color: @selection; selection-color: @on_selection; }
QListWidget { border: 2px solid transparent; border-radius: @radius_small; }
QListWidget:focus { border: 2px solid @focus; }
QListWidget::item { padding: 4px 6px; border-radius: 4px; }
QListWidget::item:selected { background: @selection; color: @on_selection; }
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
    padding: 6px 10px; margin-right: 4px; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; font-weight: 700; }
QTabBar::tab:focus { border: 2px solid @focus; border-radius: @radius_small; padding: 4px 8px 6px 8px; }
QProgressBar { background: @reason_tint; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
"""


class Theme(QObject):
    """What the application looks like now. `changed` fires after a new palette or scale has been applied."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        """Made by `theme`; follows the system's colour scheme until `show` names one."""
        super().__init__(application)
        self._application = application
        self._follows = True
        self.scale = 1.0
        self.palette = palette_for(QGuiApplication.styleHints().colorScheme())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        application.setStyle("Fusion")
        self._apply()

    def show(self, palette: Palette, scale: float = 1.0) -> None:
        """Use this palette and text size from now on, whatever the system says."""
        self._follows = False
        self.palette, self.scale = palette, scale
        self._apply()

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        if self._follows and palette_for(scheme) is not self.palette:
            self.palette = palette_for(scheme)
            self._apply()

    def font(self, size: float = metrics.font, *, bold: bool = False) -> QFont:
        """The interface font at a size in points at 100 %, scaled; for widgets that paint their text."""
        font = QFont(self._application.font())
        font.setPointSizeF(size * self.scale)
        font.setBold(bold)
        return font

    def px(self, length: float) -> int:
        """A length that has to grow with the text, such as a row height, in device-independent pixels."""
        return round(length * self.scale)

    def side_px(self, length: float) -> int:
        """The width of what stands beside the main part, which grows with the text, but leaves room for that part."""
        return round(length * (1 + (self.scale - 1) * _SIDE_GROWTH))

    def _apply(self) -> None:
        font = self._application.font()
        font.setPointSizeF(metrics.font * self.scale)
        self._application.setFont(font)
        self._application.setPalette(_qt_palette(self.palette))
        self._application.setStyleSheet(stylesheet(self.palette, self.scale))
        self.changed.emit()


def theme() -> Theme:
    """The theme of the running application; the first call applies it."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("there is no QApplication yet")
    found = application.findChild(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Theme) else Theme(application)


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

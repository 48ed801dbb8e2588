"""The named colours: light, dark, and both in high contrast. Contrast of every pair in use is held by a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they mean, as `#RRGGBB`. `x_tint` is a ground for text in `x`; `x_line` frames it;
    `on_x` is text on a ground filled with `x`. `focus_width` is that of the focus ring, in pixels."""

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
    reason_line: str
    warning: str
    warning_tint: str
    warning_line: str
    error: str
    error_tint: str
    focus: str
    selection: str
    on_selection: str
    selection_line: str
    focus_width: int = 2

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than its ground."""
        return QColor(self.text).lightness() > QColor(self.ground).lightness()

    def color(self, token: str) -> QColor:
        """A token as a Qt colour: `palette.color("accent")`."""
        return QColor(getattr(self, token))

    def focus_pen(self) -> QPen:
        """The pen of every focus ring that a widget paints itself."""
        return QPen(self.color("focus"), self.focus_width)


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
    reason_line="#737F8C",
    warning="#654A00",
    warning_tint="#FFF6DC",
    warning_line="#B08416",
    error="#A1201A",
    error_tint="#FCE9E7",
    focus="#1D5A9A",
    selection="#CDE0F4",
    on_selection="#14202C",
    selection_line="#1D5A9A",
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
    reason_line="#8B98A6",
    warning="#F2D27A",
    warning_tint="#3A300F",
    warning_line="#B8933A",
    error="#FF9F97",
    error_tint="#43201E",
    focus="#84B8F0",
    selection="#274466",
    on_selection="#F2F6FA",
    selection_line="#84B8F0",
)

HIGH_LIGHT: Final = Palette(
    name="high contrast, light",
    ground="#FFFFFF",
    card="#FFFFFF",
    card_head="#FFFFFF",
    hover="#EDEDED",
    line="#5A5A5A",
    line_strong="#000000",
    text="#000000",
    text_muted="#2B2B2B",
    text_off="#4D4D4D",
    accent="#06336B",
    accent_tint="#E6EFFA",
    accent_strong="#00214D",
    on_accent="#FFFFFF",
    normal="#064A22",
    normal_tint="#E9F5EE",
    abnormal="#7A1C00",
    abnormal_tint="#FFEDE3",
    abnormal_line="#7A1C00",
    abnormal_solid="#7A1C00",
    on_abnormal="#FFFFFF",
    reason="#1F1F1F",
    reason_tint="#F0F0F0",
    reason_line="#4D4D4D",
    warning="#3F2D00",
    warning_tint="#FFF6DC",
    warning_line="#6B4C00",
    error="#7D0B06",
    error_tint="#FFEDEB",
    focus="#0036C7",
    selection="#D9E7FA",
    on_selection="#000000",
    selection_line="#06336B",
    focus_width=3,
)

HIGH_DARK: Final = Palette(
    name="high contrast, dark",
    ground="#000000",
    card="#000000",
    card_head="#000000",
    hover="#1F1F1F",
    line="#8C8C8C",
    line_strong="#FFFFFF",
    text="#FFFFFF",
    text_muted="#E0E0E0",
    text_off="#ABABAB",
    accent="#9FD0FF",
    accent_tint="#0A2038",
    accent_strong="#CFE7FF",
    on_accent="#000000",
    normal="#8CF0B0",
    normal_tint="#06220F",
    abnormal="#FFC19C",
    abnormal_tint="#331606",
    abnormal_line="#FFC19C",
    abnormal_solid="#FFC19C",
    on_abnormal="#000000",
    reason="#F0F0F0",
    reason_tint="#1C1C1C",
    reason_line="#ABABAB",
    warning="#FFE08A",
    warning_tint="#261D00",
    warning_line="#FFE08A",
    error="#FFB3AD",
    error_tint="#330A07",
    focus="#FFE83D",
    selection="#0F3057",
    on_selection="#FFFFFF",
    selection_line="#9FD0FF",
    focus_width=3,
)


def palette_for(scheme: Qt.ColorScheme, *, high_contrast: bool = False) -> Palette:
    """The colours for a scheme of the system; light where it does not say."""
    if scheme == Qt.ColorScheme.Dark:
        return HIGH_DARK if high_contrast else DARK
    return HIGH_LIGHT if high_contrast else LIGHT

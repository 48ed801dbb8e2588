from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from exam_app.gui.parts.theme import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Look, Palette, palette_for, stylesheet, theme

TEXT_ON_GROUND = [
    *((text, ground) for text in ("text", "text_muted") for ground in ("ground", "card", "card_head", "hover")),
    *((text, "accent_tint") for text in ("text", "text_muted", "accent", "accent_strong")),
    *((text, ground) for text in ("accent", "normal", "abnormal", "error") for ground in ("card", "ground", "hover")),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("normal", "normal_tint"),
    ("abnormal", "abnormal_tint"),
    ("text", "abnormal_tint"),
    ("on_abnormal", "abnormal_solid"),
    ("reason", "reason_tint"),
    ("warning", "warning_tint"),
    ("warning_tint", "warning"),
    ("error", "error_tint"),
    ("on_selection", "selection"),
    ("text_muted", "selection"),
    ("abnormal", "selection"),
]
GROUNDS = ("card", "ground", "card_head")
FRAME_ON_GROUND = [
    *((frame, ground) for frame in ("line_strong", "focus", "abnormal_line") for ground in ("card", "ground")),
    ("abnormal_line", "abnormal_tint"),
    *(("reason_line", ground) for ground in ("card", "ground", "reason_tint")),
    *(("selection_line", ground) for ground in ("card", "selection")),
    ("warning_line", "card"),
    ("warning_line", "ground"),
    ("error", "card"),
    *(("normal", ground) for ground in ("card", "normal_tint")),
    ("on_accent", "accent"),
]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 between two colours `#RRGGBB`."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


PALETTES = [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK]
HIGH = frozenset((HIGH_LIGHT.name, HIGH_DARK.name))


def ratios(palette: Palette, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """The contrast of each pair of colours of a palette."""
    return {(one, other): round(contrast(getattr(palette, one), getattr(palette, other)), 2) for one, other in pairs}


@pytest.mark.parametrize("palette", PALETTES, ids=[palette.name for palette in PALETTES])
def test_all_text_stands_out_from_its_ground(palette: Palette) -> None:
    least = 7.0 if palette.name in HIGH else 4.5
    found = ratios(palette, TEXT_ON_GROUND)
    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}


@pytest.mark.parametrize("palette", PALETTES, ids=[palette.name for palette in PALETTES])
def test_frames_that_carry_meaning_can_be_seen(palette: Palette) -> None:
    least = 4.5 if palette.name in HIGH else 3.0
    found = ratios(palette, FRAME_ON_GROUND)
    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}


@pytest.mark.parametrize("palette", [HIGH_LIGHT, HIGH_DARK], ids=[HIGH_LIGHT.name, HIGH_DARK.name])
def test_in_high_contrast_every_frame_can_be_seen_and_the_focus_ring_is_wide(palette: Palette) -> None:
    found = ratios(palette, [(frame, ground) for frame in ("line", "reason_line", "text_off") for ground in GROUNDS])
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}
    assert palette.focus_width >= 3
    assert palette.focus_pen().widthF() >= 3
    assert "border: 3px solid " + palette.focus in stylesheet(palette)


@pytest.mark.parametrize("palette", PALETTES, ids=[palette.name for palette in PALETTES])
def test_every_colour_of_the_sheet_that_a_text_has_is_measured(palette: Palette) -> None:
    measured = {text for text, _ground in TEXT_ON_GROUND}
    used = set(re.findall(r"[{ ]color: (#\w+)", stylesheet(palette)))
    named = {getattr(palette, token) for token in measured}
    # What cannot be used now is exempt (WCAG 2.2, 1.4.3).
    assert used - named - {palette.text_off} == set()


def test_the_palette_follows_the_scheme_of_the_system() -> None:
    assert palette_for(Qt.ColorScheme.Dark) is DARK
    assert palette_for(Qt.ColorScheme.Light) is LIGHT
    assert palette_for(Qt.ColorScheme.Unknown) is LIGHT
    assert palette_for(Qt.ColorScheme.Dark, high_contrast=True) is HIGH_DARK
    assert palette_for(Qt.ColorScheme.Unknown, high_contrast=True) is HIGH_LIGHT


def test_what_the_user_chose_stands_and_the_system_is_followed_where_that_was_chosen(
    light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = QGuiApplication.styleHints()

    def system(scheme: Qt.ColorScheme, *, high_contrast: bool = False) -> Palette:
        """What is shown when the system asks for this from now on."""
        monkeypatch.setattr("exam_app.gui.parts.theme.system_asks", lambda: (scheme, high_contrast))
        hints.colorSchemeChanged.emit(scheme)
        return theme().palette

    theme().use(Look("system"))
    assert system(Qt.ColorScheme.Dark) is DARK
    assert system(Qt.ColorScheme.Dark, high_contrast=True) is HIGH_DARK
    assert system(Qt.ColorScheme.Light) is LIGHT
    theme().use(Look("high_contrast"))
    assert system(Qt.ColorScheme.Light) is HIGH_LIGHT
    assert system(Qt.ColorScheme.Dark) is HIGH_DARK
    theme().use(Look("light"))
    assert system(Qt.ColorScheme.Dark, high_contrast=True) is LIGHT


def test_the_style_sheet_has_no_blank_left_and_grows_with_the_text() -> None:
    for palette in PALETTES:
        assert re.findall(r"@\w+", stylesheet(palette)) == []
    assert "font-size: 10.00pt" in stylesheet(LIGHT)
    assert "font-size: 20.00pt" in stylesheet(LIGHT, 2.0)

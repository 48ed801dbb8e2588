from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt

from exam_app.gui.theme import DARK, LIGHT, Palette, palette_for, stylesheet

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
    ("error", "error_tint"),
    ("on_error", "error_solid"),
    ("on_selection", "selection"),
    ("text_muted", "selection"),
    ("abnormal", "selection"),
]
FRAME_ON_GROUND = [
    *((frame, ground) for frame in ("line_strong", "focus", "abnormal_line") for ground in ("card", "ground")),
    ("abnormal_line", "abnormal_tint"),
    ("warning_line", "card"),
    ("warning_line", "ground"),
    ("error", "card"),
    ("normal", "card"),
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


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_all_text_stands_out_from_its_ground(palette: Palette) -> None:
    ratios = {
        (text, ground): round(contrast(getattr(palette, text), getattr(palette, ground)), 2)
        for text, ground in TEXT_ON_GROUND
    }
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_frames_that_carry_meaning_can_be_seen(palette: Palette) -> None:
    ratios = {
        (frame, ground): round(contrast(getattr(palette, frame), getattr(palette, ground)), 2)
        for frame, ground in FRAME_ON_GROUND
    }
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3.0} == {}


def test_the_palette_follows_the_scheme_of_the_system() -> None:
    assert palette_for(Qt.ColorScheme.Dark) is DARK
    assert palette_for(Qt.ColorScheme.Light) is LIGHT
    assert palette_for(Qt.ColorScheme.Unknown) is LIGHT


def test_the_style_sheet_has_no_blank_left_and_grows_with_the_text() -> None:
    for palette in (LIGHT, DARK):
        assert re.findall(r"@\w+", stylesheet(palette)) == []
    assert "font-size: 10.00pt" in stylesheet(LIGHT)
    assert "font-size: 20.00pt" in stylesheet(LIGHT, 2.0)

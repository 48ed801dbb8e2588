"""Whether words and controls are whole and large enough on a list of screens: usual and large text, touch mode."""

from __future__ import annotations

import pytest

from exam_app.gui.parts.theme import HIGH_LIGHT, TOUCH_TARGET, theme
from tests.gui.clipping import faults_of
from tests.gui.screens import SIZE, Shown
from tests.gui.targets import small_targets

LEAST = 24
"""Pixels, WCAG 2.2, 2.5.8."""
LOOKS = pytest.mark.parametrize(
    ("scale", "touch"), [(1.0, False), (2.0, False), (1.0, True)], ids=["100 %", "200 %", "touch mode"]
)


def look(scale: float, *, touch: bool) -> None:
    """Look so from now on, in the high contrast, which has the widest frames."""
    theme().show(HIGH_LIGHT, scale, touch=touch)


def faults_on(screens: Shown, *, touch: bool) -> dict[str, list[str]]:
    """By screen, what is cut, covered, too small to be hit, or larger than the least window."""
    faults: dict[str, list[str]] = {}
    for name, window in screens:
        found = [*faults_of(window), *small_targets(window, TOUCH_TARGET if touch else LEAST)]
        if window.width() > SIZE[0] or window.height() > SIZE[1]:
            found.append(f"the window grew to {window.width()}x{window.height()}")
        if found:
            faults[name] = found
    return faults

"""Every screen outside the examination: nothing is cut or covered with large text, and targets are large enough."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from exam_app.gui.parts.theme import HIGH_LIGHT, TOUCH_TARGET, theme
from exam_app.services.context import Context
from tests.gui.clipping import faults_of
from tests.gui.shell.screens import ShellScreens
from tests.gui.targets import small_targets

SIZE = (1280, 800)
LEAST = 24
"""Pixels, WCAG 2.2, 2.5.8."""


@pytest.mark.parametrize(
    ("scale", "touch"), [(1.0, False), (2.0, False), (1.0, True)], ids=["100 %", "200 %", "touch mode"]
)
def test_on_every_screen_outside_the_examination_words_and_controls_are_whole_and_large_enough(
    light: None, context: Context, settings: QSettings, qtbot: QtBot, scale: float, touch: bool
) -> None:
    # The high contrast has the widest frames.
    theme().show(HIGH_LIGHT, scale, touch=touch)
    faults: dict[str, list[str]] = {}
    for screen, window in ShellScreens(context, settings, SIZE, qtbot):
        found = [*faults_of(window), *small_targets(window, TOUCH_TARGET if touch else LEAST)]
        if window.width() > SIZE[0] or window.height() > SIZE[1]:
            found.append(f"the window is {window.width()}x{window.height()}")
        if found:
            faults[screen] = found
    assert faults == {}

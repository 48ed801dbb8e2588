"""Every screen outside the examination: nothing is cut or covered with large text, and targets are large enough."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from exam_app.services.context import Context
from tests.gui.screens.around import ShellScreens
from tests.gui.whole import LOOKS, faults_on, look


@LOOKS
def test_on_every_screen_outside_the_examination_words_and_controls_are_whole_and_large_enough(
    light: None, context: Context, settings: QSettings, qtbot: QtBot, scale: float, touch: bool
) -> None:
    look(scale, touch=touch)
    assert faults_on(iter(ShellScreens(context, settings, qtbot)), touch=touch) == {}

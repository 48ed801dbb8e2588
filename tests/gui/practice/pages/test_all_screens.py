"""Every page behind an attempt: whole with large text, large enough to hit, read by a screen reader, walked by Tab."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from exam_app.gui.parts.theme import HIGH_LIGHT, TOUCH_TARGET, theme
from exam_app.services.context import Context
from exam_app.services.practice import Practice
from tests.gui import accessible
from tests.gui.clipping import faults_of
from tests.gui.practice.pages.conftest import Show
from tests.gui.practice.pages.screens import PageScreens
from tests.gui.screens import settle
from tests.gui.tab_walk import missed, walk
from tests.gui.targets import small_targets

SIZE = (1280, 800)
LEAST = 24
"""Pixels, WCAG 2.2, 2.5.8."""


@pytest.mark.parametrize(
    ("scale", "touch"), [(1.0, False), (2.0, False), (1.0, True)], ids=["100 %", "200 %", "touch mode"]
)
def test_on_every_page_words_and_controls_are_whole_and_large_enough(
    show: Show, context: Context, store: Practice, scale: float, touch: bool
) -> None:
    def sized(page: QWidget) -> QWidget:
        show(page)
        page.resize(*SIZE)
        settle()
        return page

    # The high contrast has the widest frames.
    theme().show(HIGH_LIGHT, scale, touch=touch)
    faults: dict[str, list[str]] = {}
    for screen, page in PageScreens(context, store, sized):
        found = [*faults_of(page), *small_targets(page, TOUCH_TARGET if touch else LEAST)]
        if (page.width(), page.height()) != SIZE:
            found.append(f"the page grew to {page.width()}x{page.height()}")
        if found:
            faults[screen] = found
    assert faults == {}


def test_every_page_can_be_read_and_used_by_assistive_technology(show: Show, context: Context, store: Practice) -> None:
    faults = {screen: found for screen, page in PageScreens(context, store, show) if (found := accessible.faults(page))}
    assert faults == {}


def test_tab_goes_round_every_page_past_every_control(
    show: Show, context: Context, store: Practice, qtbot: QtBot
) -> None:
    for screen, page in PageScreens(context, store, show):
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        if QApplication.focusWidget() is None:
            page.setFocus()
            page.focusNextChild()
        assert missed(page, walk()) == [], screen

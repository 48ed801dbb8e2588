"""Every page behind an attempt: whole with large text, large enough to hit, read by a screen reader, walked by Tab."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from exam_app.services.context import Context
from exam_app.services.practice import Practice
from tests.gui import accessible
from tests.gui.practice.pages.conftest import Show
from tests.gui.practice.pages.screens import PageScreens
from tests.gui.screens import SIZE, settle
from tests.gui.tab_walk import missed, walk
from tests.gui.whole import LOOKS, faults_on, look


@LOOKS
def test_on_every_page_words_and_controls_are_whole_and_large_enough(
    show: Show, context: Context, store: Practice, scale: float, touch: bool
) -> None:
    def sized(page: QWidget) -> QWidget:
        show(page)
        page.resize(*SIZE)
        settle()
        return page

    look(scale, touch=touch)
    assert faults_on(iter(PageScreens(context, store, sized)), touch=touch) == {}


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

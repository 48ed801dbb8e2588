"""The examination screen as in the tests of it, wide enough for a map beside the table."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.maps.map_panel import MapPanel
from tests.gui.exam.conftest import context, form, new_exam, open_window, records, typist, window

__all__ = ["context", "form", "new_exam", "open_window", "records", "typist", "window"]

WIDE = (1700, 950)


def panel_of(window: ExamWindow) -> MapPanel:
    """The map of the section in sight, which must be there."""
    view = window.view
    assert view is not None and view.map is not None and view.map.panel is not None
    return view.map.panel


@pytest.fixture
def wide(window: ExamWindow, qtbot: QtBot) -> ExamWindow:
    """The window of a new examination, wide, in the section of sensation with its map."""
    window.resize(*WIDE)
    window.show_page("sensation")
    view = window.view
    assert view is not None and view.map is not None
    beside = view.map
    qtbot.waitUntil(lambda: beside.is_shown)
    return window

"""Editors of fields in a real window, painted in memory, with real key events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, Item
from exam_app.core.record.values import Value
from exam_app.gui.fields import FieldEditor, editor_for
from exam_app.gui.fields.stopwatch import Clock
from exam_app.gui.parts.theme import LIGHT, theme

FORMS = Path(__file__).resolve().parents[3] / "forms"


@pytest.fixture(scope="session")
def form() -> Form:
    return load_form(FORMS)


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication) -> None:
    theme().show(LIGHT)


class Shown:
    """An editor in a window of its own, with everything it told."""

    def __init__(self, editor: FieldEditor, window: QWidget) -> None:
        self.editor, self.window = editor, window
        self.told: list[Value | None] = []
        editor.answered.connect(self.told.append)

    @property
    def last(self) -> Value | None:
        return self.told[-1]

    def type(self, *keys: str | Qt.Key) -> None:
        """Press keys one by one where the focus is."""
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)


Show = Callable[..., Shown]


def in_window(qtbot: QtBot, widget: QWidget, width: int = 900) -> QWidget:
    """The widget alone in a window that has the focus."""
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    box.addWidget(widget)
    window.resize(width, 700)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def show(qtbot: QtBot, form: Form) -> Show:
    def _show(field: Field | Item, *, width: int = 900, clock: Clock | None = None) -> Shown:
        editor = editor_for(field, form, clock=clock)
        window = in_window(qtbot, editor, width)
        editor.setFocus()
        return Shown(editor, window)

    return _show

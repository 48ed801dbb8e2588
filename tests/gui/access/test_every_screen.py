"""Assistive technology reads every state of the examination screen: names, roles, values, states, actions, labels."""

from __future__ import annotations

from itertools import chain

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from exam_app.gui.exam.exam_window import ExamWindow
from tests.gui.accessible import faults, nodes
from tests.gui.maps.conftest import WIDE
from tests.gui.screens import Shown
from tests.gui.screens.examination import (
    dock_screens,
    error,
    report_screens,
    section,
    section_screens,
    state_screens,
)


def unreadable(screens: Shown) -> dict[str, list[str]]:
    """By screen, what cannot be read or used."""
    return {name: found for name, screen in screens if (found := faults(screen))}


def test_every_control_of_every_section_can_be_read_and_used(window: ExamWindow) -> None:
    assert unreadable(section_screens(window)) == {}


def test_every_control_of_every_state_can_be_read_and_used(window: ExamWindow, qtbot: QtBot) -> None:
    window.resize(*WIDE)  # a map stands beside its table
    assert unreadable(chain(state_screens(window, qtbot), report_screens(window))) == {}


def test_every_editor_in_the_dock_can_be_read_and_used(window: ExamWindow) -> None:
    found = {name: found for name, _window in dock_screens(window) if (found := faults(window.dock))}
    assert found == {}


def test_a_message_can_be_read_and_closed(window: ExamWindow, qtbot: QtBot) -> None:
    box = error(window, qtbot)
    assert faults(box) == []
    box.close()


def test_the_walk_tells_what_is_wrong(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    column = QVBoxLayout(window)
    for text in ("+", "Remove", "Remove"):
        column.addWidget(QPushButton(text))
    unnamed, label = QLineEdit(), QLabel("Name")
    label.setBuddy(unnamed)
    for part in (unnamed, label):
        column.addWidget(part)
    assert len(faults(window)) == 0, "nothing is in sight yet"
    window.show()
    found = " ".join(faults(window))
    for fault in ("'+' (QPushButton in ''): no name", "takes the focus and has no role", "2 times Button 'Remove'"):
        assert fault in found
    assert "EditableText" not in found  # its label names it
    label.setBuddy(window)
    assert "EditableText '' (QLineEdit in ''): no name" in " ".join(faults(window))


def test_the_walk_meets_what_is_on_the_screen(window: ExamWindow, qtbot: QtBot) -> None:
    """A walk that went nowhere would find no fault."""
    section("strength")(window, qtbot)
    met = {node.widget for node in nodes(window)}
    view = window.view
    assert view is not None
    shown = [cell for cell in view.grid.cells.values() if cell.isVisible()]
    assert len(shown) > 20
    assert met >= {*shown, *window.rail.entries.values(), window.dock.note, window.top_bar.home, view.note.edit}

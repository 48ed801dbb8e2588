"""Assistive technology reads every state of the examination screen: names, roles, values, states, actions, labels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from exam_app.gui.exam.dock import what_is_asked
from exam_app.gui.exam.exam_window import ExamWindow
from tests.gui.access.states import SECTIONS, STATES, error, section
from tests.gui.accessible import faults, nodes


@pytest.mark.parametrize("name", STATES)
def test_every_control_can_be_read_and_used(name: str, window: ExamWindow, qtbot: QtBot) -> None:
    screen = STATES[name](window, qtbot)
    assert faults(screen) == []


def test_a_message_can_be_read_and_closed(window: ExamWindow, qtbot: QtBot) -> None:
    box = error(window, qtbot)
    assert faults(box) == []
    box.close()


@pytest.mark.parametrize("section_id", SECTIONS)
def test_every_section_and_every_editor_in_its_dock_can_be_read_and_used(
    section_id: str, window: ExamWindow, qtbot: QtBot
) -> None:
    assert faults(section(section_id)(window, qtbot)) == []
    assert faults(section(section_id, unfolded=True)(window, qtbot)) == []
    view = window.view
    assert view is not None
    asked = {what_is_asked(cell.item): cell for cell in view.grid.cells.values() if cell.isVisible()}
    for cell in asked.values():
        view.focus_address(cell.address)
        QApplication.processEvents()
        assert faults(window.dock) == [], cell.address


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

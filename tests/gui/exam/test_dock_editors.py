"""The dock lets go of editors that have not been used for a while, and of nothing that is going on in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.fields.base import FieldEditor
from exam_app.gui.fields.stopwatch import Stopwatch

FEW = 10
TIMED = "gait.single_leg.R"


def editors_of(window: ExamWindow) -> list[FieldEditor]:
    """The editors that wait in the dock, the one shown among them."""
    editor = window.dock.editor
    assert editor is not None
    holder = editor.parentWidget()
    assert holder is not None
    return holder.findChildren(FieldEditor, options=Qt.FindChildOption.FindDirectChildrenOnly)


def walk(window: ExamWindow, section_id: str) -> None:
    """Visit every finding of a section."""
    for address in window.bridge.form.section_addresses[section_id]:
        window.go_to(address)


def test_a_walk_through_many_items_leaves_few_editors(window: ExamWindow, qtbot: QtBot) -> None:
    walk(window, "cranial")
    qtbot.waitUntil(lambda: len(editors_of(window)) <= FEW)


def test_a_running_watch_runs_on_while_other_items_are_visited(window: ExamWindow) -> None:
    window.go_to(TIMED)
    editor = window.dock.editor
    assert editor is not None
    watch = editor.findChildren(Stopwatch)[0]
    watch.toggle()
    walk(window, "cranial")
    window.go_to(TIMED)
    assert window.dock.editor is editor
    assert watch.is_running
    watch.reset()

"""Every state of the examination screen that a user may find himself in, by a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.errors import UserError
from exam_app.core.record.record import Examined
from exam_app.core.record.values import GradeValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.fields.drug_search import DrugSearch
from exam_app.gui.parts.messages import show_error
from tests.gui.maps.conftest import WIDE
from tests.gui.screens import PDF_MS

State = Callable[[ExamWindow, QtBot], QWidget]
SECTIONS = (
    *("alert", "history", "mental", "cranial", "tone", "strength", "reflexes", "sensation", "coordination"),
    *("gait", "movements", "other", "scales"),
)


def press(key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None, "nothing has the focus"
    if isinstance(key, str):
        QTest.keyClicks(focus, key, modifiers)
    else:
        QTest.keyClick(focus, key, modifiers)
    QApplication.processEvents()


def section(section_id: str, *, unfolded: bool = False) -> State:
    """A section as it opens, or with its further items."""

    def show(window: ExamWindow, qtbot: QtBot) -> QWidget:
        window.show_page(section_id)
        view = window.view
        assert view is not None
        if unfolded and not view.is_unfolded:
            view.toggle_fold()
        QApplication.processEvents()
        return window

    return show


def graded(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """An abnormal finding with a mark and a note, and beside it a selection."""
    window.go_to("strength.triceps.R")
    press("4-")
    window.bridge.set_qualifiers("strength.triceps.R", ("pain_limited",))
    window.bridge.set_note("strength.triceps.R", "specimen")
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    return window


def movement(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """A movement being described, with the table of what it is typical of."""
    window.show_page("movements")
    view = window.view
    assert view is not None
    entries = view.panels[0].view
    entries.add_entry()
    entries.editor.setFocus()
    press("1")
    assert entries.contrast is not None
    entries.contrast.heading.click()
    QApplication.processEvents()
    return window


def drugs(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """A drug being looked for, with what was found."""
    window.show_page("history")
    view = window.view
    assert view is not None
    view.panels[0].view.add_entry()
    search = view.panels[0].findChild(DrugSearch)
    assert search is not None
    search.line.setFocus()
    press("halo")
    qtbot.waitUntil(lambda: search.hits.count() > 0)
    return window


def map_beside(section_id: str, *, as_list: bool = False) -> State:
    """A map beside its table, or its regions as a list."""

    def show(window: ExamWindow, qtbot: QtBot) -> QWidget:
        window.resize(*WIDE)
        window.show_page(section_id)
        view = window.view
        assert view is not None and view.map is not None
        beside = view.map
        qtbot.waitUntil(lambda: beside.is_shown)
        assert beside.panel is not None
        if as_list:
            beside.panel.list_button.click()
        QApplication.processEvents()
        return window

    return show


def asserted(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """The undo bar with its list after "rest normal"."""
    window.show_page("coordination")
    press("N")
    window.undo_bar.list_button.click()
    return window


def review(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """The review with something abnormal, something asserted and gaps."""
    window.bridge.answer({"strength.triceps.R": GradeValue(scale="mrc/1", token="4-")})
    assert isinstance(window.bridge.finding("strength.triceps.R"), Examined)
    window.bridge.rest_normal("coordination")
    window.show_page("review")
    QApplication.processEvents()
    links = window.review.findChildren
    qtbot.waitUntil(lambda: any(each.property("address") and each.isVisible() for each in links(QPushButton)))
    qtbot.waitUntil(lambda: window.review.verticalScrollBar().maximum() > 0)
    return window


def panel(key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> State:
    """A panel over the window, by its key in the grid."""

    def show(window: ExamWindow, qtbot: QtBot) -> QWidget:
        window.go_to("strength.triceps.R")
        press(key, modifiers)
        return window

    return show


def other_reason(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """The reasons, where one in words is asked for."""
    panel("X")(window, qtbot)
    press("O")
    return window


def quick_entry(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """A line of quick entry with its preview: one finding that is clear and one whose side is asked."""
    panel(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)(window, qtbot)
    press("triceps r 4-; biceps 4")
    qtbot.waitUntil(window.quick.panel.isVisible)
    return window


def found_items(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """The jump with what was found."""
    panel("/")(window, qtbot)
    press("tri")
    return window


def note_tab(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """The note so far at the right."""
    window.side_panel.show_second()
    qtbot.waitUntil(lambda: bool(window.side_panel.note.text.toPlainText()))
    return window


def error(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """A message over the window."""
    box = show_error(window, UserError("file_missing", file="specimen.json"))
    qtbot.waitUntil(box.isVisible)
    return box


def report(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """The report, with a password asked for."""
    panel(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)(window, qtbot)
    dialog = window.commands.report_dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.pdf is not None, timeout=PDF_MS)
    dialog.options.protect.click()
    QApplication.processEvents()
    return dialog


def report_as_text(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """The words of the report."""
    report(window, qtbot)
    dialog = window.commands.report_dialog
    assert dialog is not None
    dialog.preview.as_text.click()
    return dialog


CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
PANELS: dict[str, State] = {
    "reasons": panel("X"),
    "a reason in words": other_reason,
    "jump": panel("/"),
    "items found": found_items,
    "scope": panel(Qt.Key.Key_S, CTRL_SHIFT),
    "keys": panel("?"),
    "marks": panel("Q"),
    "what would be asserted": panel(Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier),
}
STATES: dict[str, State] = {
    "a graded finding": graded,
    "a movement": movement,
    "a drug": drugs,
    "a map": map_beside("sensation"),
    "a map as a list": map_beside("sensation", as_list=True),
    "reflexes on a map": map_beside("reflexes"),
    "the undo bar": asserted,
    "review": review,
    "note": note_tab,
    "report": report,
    "report as text": report_as_text,
    "quick entry": quick_entry,
    **PANELS,
}

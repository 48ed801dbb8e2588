"""Every screen of an examination, and every state of it that a user may find himself in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.errors import UserError
from exam_app.core.record.record import Examined
from exam_app.core.record.values import GradeValue
from exam_app.gui.exam.dock import what_is_asked
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.rail import REVIEW
from exam_app.gui.exam.section_view import SectionView
from exam_app.gui.fields.drug_search import DrugSearch
from exam_app.gui.fields.folds import FoldHeading
from exam_app.gui.parts import clipboard
from exam_app.gui.parts.messages import show_error
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.report.dialog import ReportDialog
from tests.gui.screens import Shown, settle

State = Callable[[ExamWindow, QtBot], QWidget]


def section_screens(window: ExamWindow) -> Shown:
    """Each section folded and unfolded, its map, its entries; the review."""
    for section in window.bridge.form.sections:
        window.show_page(section.id)
        settle()
        view = window.view_of(section.id)
        yield section.id, window
        if not view.is_unfolded:
            view.toggle_fold()
            settle()
            yield f"{section.id}, unfolded", window
        yield from _map(window, view)
        yield from _entries(window, view)
    window.show_page(REVIEW)
    settle()
    yield "review", window


def dock_screens(window: ExamWindow, *, every_editor: bool = True) -> Shown:
    """The dock with each editor of each unfolded section, or else with one of each kind, all its folds open."""
    for section in window.bridge.form.sections:
        window.show_page(section.id)
        view = window.view_of(section.id)
        if not view.is_unfolded:
            view.toggle_fold()
        settle()
        yield from _docks(window, view, every_editor=every_editor)


def state_screens(window: ExamWindow, qtbot: QtBot) -> Shown:
    """Each of the states, one after the other, in the window of a new examination."""
    for name, show in STATES.items():
        screen = show(window, qtbot)
        settle()
        yield name, screen
        clear_away(window)


def clear_away(window: ExamWindow) -> None:
    """Close what lies over the window, and have the table back."""
    for over in window.findChildren(Overlay):
        over.close_panel()
    window.quick.line.clear()
    window.undo_bar.hide()
    window.focus_grid()
    settle()


def report_screens(window: ExamWindow) -> Shown:
    """Bring every state of the report into sight: its pages, its words, a password asked and refused, what was told, a
    problem in place of the pages. Names each and gives its window."""
    for name, impression in (("report", "Spastic paraparesis."), ("report with a problem", "\u0915")):
        window.bridge.set_impression(impression)
        window.commands.report()
        report = window.commands.report_dialog
        assert report is not None
        _wait_for_jobs(window)
        yield name, report
        if report.pdf is not None:
            yield from _report_states(window, report)
        report.reject()
        settle()


def _report_states(window: ExamWindow, report: ReportDialog) -> Shown:
    report.options.protect.click()
    report.save_button.click()
    settle()
    yield "report with a password refused", report
    report.copy_plain.click()
    _wait_for_jobs(window)
    clipboard.clear_if_ours()
    yield "report with a copy told", report
    report.preview.as_text.click()
    settle()
    yield "report as text", report


def _wait_for_jobs(window: ExamWindow) -> None:
    while window.jobs.busy:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    settle()


def _docks(window: ExamWindow, view: SectionView, *, every_editor: bool) -> Shown:
    seen: set[str] = set()
    for address, cell in list(view.grid.cells.items()):
        asked = what_is_asked(cell.item) if every_editor else f"{cell.item.kind} {bool(cell.item.qualifiers)}"
        if cell.isVisibleTo(view) and asked not in seen:
            seen.add(asked)
            window.go_to(address)
            for fold in window.dock.findChildren(FoldHeading):
                fold.setChecked(True)
            settle()
            yield f"dock of {address}", window


def _map(window: ExamWindow, view: SectionView) -> Shown:
    if view.map is None:
        return
    window.focus_grid()
    view.map.enter()
    settle()
    yield f"map of {view.section.id}", window
    view.map.leave()
    settle()


def _entries(window: ExamWindow, view: SectionView) -> Shown:
    for panel in view.panels:
        panel.enter()
        panel.view.enter_form()
        for fold in panel.findChildren(FoldHeading):
            fold.setChecked(True)
        settle()
        yield f"entries of {panel.address}", window
        panel.view.add_entry()
        settle()
        yield f"a new entry of {panel.address}", window
        panel.view.remove_entry()
        settle()


# States of one examination ------------------------------------------------------------------------------------------


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


def map_of(section_id: str, *, as_list: bool = False) -> State:
    """A map beside its table, in a window of little room in its place; or its regions as a list."""

    def show(window: ExamWindow, qtbot: QtBot) -> QWidget:
        window.show_page(section_id)
        view = window.view
        assert view is not None and view.map is not None
        beside = view.map
        beside.enter()
        qtbot.waitUntil(lambda: beside.is_shown)
        assert beside.panel is not None
        if as_list != beside.panel.view.isHidden():
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
    window.show_page(REVIEW)
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
    """The note so far at the right, where there is room for it."""
    window.side_panel.show_second()
    if window.side_panel.isVisible():
        qtbot.waitUntil(lambda: bool(window.side_panel.note.text.toPlainText()))
    return window


def error(window: ExamWindow, qtbot: QtBot) -> QWidget:
    """A message over the window."""
    box = show_error(window, UserError("file_missing", file="specimen.json"))
    qtbot.waitUntil(box.isVisible)
    return box


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
    "a map": map_of("sensation"),
    "a map as a list": map_of("sensation", as_list=True),
    "reflexes on a map": map_of("reflexes"),
    "the undo bar": asserted,
    "review": review,
    "quick entry": quick_entry,
    **PANELS,
    "note": note_tab,
}

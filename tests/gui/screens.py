"""Every screen of the application, one after the other, for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from exam_app.gui.exam.dock import what_is_asked
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.rail import REVIEW
from exam_app.gui.exam.section_view import SectionView
from exam_app.gui.fields.folds import FoldHeading
from exam_app.gui.parts import clipboard
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.report.dialog import ReportDialog

PDF_MS = 30_000
"""A report may take so long on a machine that has other things to do; a test waits for it, and for nothing longer."""


def settle() -> None:
    """Let layouts, timers of no delay and deletions come to rest."""
    for _turn in range(4):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def put_away(windows: Iterable[QWidget]) -> None:
    """Close windows and let go of them at once, so that nothing paints or styles them any more."""
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def exam_screens(window: ExamWindow, *, every_editor: bool = True) -> Iterator[str]:
    """Bring every screen of an examination into sight and name it: each section folded and unfolded, with each editor,
    or else one of each kind, in the dock, its map and its entries; the review; every panel; the undo bar."""
    for section in window.bridge.form.sections:
        window.show_page(section.id)
        settle()
        view = window.view_of(section.id)
        yield section.id
        if not view.is_unfolded:
            view.toggle_fold()
            settle()
            yield f"{section.id}, unfolded"
        yield from _docks(window, view, every_editor=every_editor)
        yield from _map(window, view)
        yield from _entries(view)
    window.show_page(REVIEW)
    settle()
    yield "review"
    yield from _panels(window)
    window.show_page("strength")
    window.undo_bar.show_asserted(40, "Strength", ["elbow extension"] * 40)
    settle()
    yield "undo bar"
    window.undo_bar.list_button.click()
    settle()
    yield "undo bar with its list"
    window.undo_bar.hide()


def report_screens(window: ExamWindow) -> Iterator[tuple[str, QWidget]]:
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


def _report_states(window: ExamWindow, report: ReportDialog) -> Iterator[tuple[str, QWidget]]:
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


def _docks(window: ExamWindow, view: SectionView, *, every_editor: bool) -> Iterator[str]:
    seen: set[str] = set()
    for address, cell in list(view.grid.cells.items()):
        asked = what_is_asked(cell.item) if every_editor else f"{cell.item.kind} {bool(cell.item.qualifiers)}"
        if cell.isVisibleTo(view) and asked not in seen:
            seen.add(asked)
            window.go_to(address)
            for fold in window.dock.findChildren(FoldHeading):
                fold.setChecked(True)
            settle()
            yield f"dock of {address}"


def _map(window: ExamWindow, view: SectionView) -> Iterator[str]:
    if view.map is None:
        return
    window.focus_grid()
    view.map.enter()
    settle()
    yield f"map of {view.section.id}"
    view.map.leave()
    settle()


def _entries(view: SectionView) -> Iterator[str]:
    for panel in view.panels:
        panel.enter()
        panel.view.enter_form()
        for fold in panel.findChildren(FoldHeading):
            fold.setChecked(True)
        settle()
        yield f"entries of {panel.address}"
        panel.view.add_entry()
        settle()
        yield f"a new entry of {panel.address}"
        panel.view.remove_entry()
        settle()


def _panels(window: ExamWindow) -> Iterator[str]:
    window.go_to("strength.triceps.R")
    for command in ("reason", "jump", "scope", "all_keys", "list_rest", "marks"):
        window.commands.run(command)
        settle()
        yield command
        for panel in window.findChildren(Overlay):
            panel.close_panel()
        settle()
    window.commands.run("quick_entry")
    window.quick.line.setText("triceps r 4-; tandem 5; romberg pos; knee jerk 3+; nonsense")
    settle()
    yield "quick entry"
    window.focus_grid()
    settle()
    window.panels.reasons.ask(3, "everything below the right knee is absent")
    window.panels.reasons._take("O")
    settle()
    yield "reason in own words, with all below"
    window.panels.reasons.close_panel()
    settle()

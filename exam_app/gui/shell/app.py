"""Starts the windows: unlock, home, one examination at a time.

Before the unlock dialog's first paint nothing but Qt, the standard library and the check for a store is loaded; the
rest is loaded in a job while the passphrase is typed.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from exam_app.core.errors import UserError
from exam_app.core.words import _
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.key_map import with_changes
from exam_app.gui.parts.keys import CommandShortcut, Keys
from exam_app.gui.parts.messages import CrashReporter, show_error, show_notice
from exam_app.gui.parts.preferences import Preferences
from exam_app.gui.parts.theme import Theme, theme
from exam_app.gui.shell.collecting import leave_out_what_stands
from exam_app.gui.shell.loading import StoreDoor, check_passphrase, import_windows, load_the_rest, write_crash
from exam_app.gui.shell.lock import IdleWatch, Lock
from exam_app.gui.shell.unlock import UnlockDialog
from exam_app.services.context import Context
from exam_app.services.language import choose_language

if TYPE_CHECKING:
    from exam_app.core.record.record import Encounter, Patient
    from exam_app.gui.exam.exam_window import ExamWindow
    from exam_app.gui.practice.window import PracticeWindow
    from exam_app.gui.reported.opening import ReportOpening
    from exam_app.gui.reported.reported_window import ReportedWindow
    from exam_app.gui.shell.home import HomeWindow
    from exam_app.services.exams import Exams, OpenExam


class Shell(QObject):
    """The way from window to window. One is visible at a time; the next is shown before the last is hidden."""

    home_shown = Signal()
    exam_shown = Signal()

    def __init__(
        self,
        context: Context,
        settings: QSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.context, self._settings = context, settings
        self.jobs = Jobs(self)
        self.preferences = Preferences(settings, self)
        self.keys = Keys(with_changes(self.preferences.keys)[0], self)
        self.preferences.changed.connect(self._use_preferences)
        self.preferences.changed.connect(self._use_keys)
        self.lock = Lock(self.jobs, partial(check_passphrase, context), self)
        self.lock.left.connect(self._home_closed)
        self.idle = IdleWatch(self)
        self.idle.idle.connect(self.hide_content)
        self.crashes = CrashReporter(partial(write_crash, context), self)
        self.exams: Exams | None = None
        self.unlock: UnlockDialog | None = None
        self.home: HomeWindow | None = None
        self.dialog: QDialog | None = None
        self.exam: ExamWindow | None = None
        self.report: ReportedWindow | None = None
        self.practice: PracticeWindow | None = None
        self._opening: ReportOpening | None = None
        self._back_to: QWidget | None = None

    def start(self) -> None:
        """Show the unlock dialog; load the rest after it has been painted."""
        self.crashes.install()
        door = StoreDoor(self.context)
        self.unlock = UnlockDialog(
            door.unlock, self.jobs, self.keys, setup=door, first_start=self.context.is_first_start
        )
        self.unlock.opened.connect(self._opened)
        self.unlock.painted.connect(self._load_the_rest)
        self.unlock.settings_asked.connect(self.open_settings)
        self.unlock.practice_asked.connect(self.open_practice)
        self.unlock.closed.connect(self._unlock_closed)
        self.unlock.show()

    def _load_the_rest(self) -> None:
        self.jobs.run(partial(load_the_rest, self.context), self._loaded, self._refused)

    def _loaded(self) -> None:
        """Modules of windows are imported in the windows' own thread, when it is idle."""
        QTimer.singleShot(0, import_windows)

    def _refused(self, error: UserError) -> None:
        show_error(self.unlock, error)

    def _opened(self, exams: Exams) -> None:
        from exam_app.gui.shell.home import HomeWindow

        self.exams = exams
        try:
            self.home = HomeWindow(exams, self.keys)
        except UserError as error:
            show_error(self.unlock, error)
            return
        self.home.begins.connect(self.begin)
        self.home.opens.connect(self.open)
        self.home.report_asked.connect(self.ask_for_report)
        self.home.settings_asked.connect(self.open_settings)
        self.home.practice_asked.connect(self.open_practice)
        self.home.lock_asked.connect(self.hide_content)
        self.home.closed.connect(self._home_closed)
        if self.preferences.place(self.home):
            self.home.show()
        else:
            self.home.show_window()
        self._say_faults_of_keys()
        if self.unlock is not None:
            self.unlock.close()
            self.unlock.deleteLater()
            self.unlock = None
        self._wait_for_idleness()
        self.home_shown.emit()

    def _unlock_closed(self) -> None:
        if self.exams is None:
            QTimer.singleShot(0, QApplication.quit)

    def begin(self) -> None:
        """Ask for patient and examination."""
        from exam_app.gui.shell.new_exam import NewExamDialog

        if self.exam is not None or self.dialog is not None:
            return
        dialog = NewExamDialog(self.context, self._settings, self.home)
        dialog.ready.connect(self._begin)
        dialog.blank_asked.connect(self.show_blank)
        self._open_dialog(dialog)

    def ask_for_report(self) -> None:
        """Ask for the file of a report and show what it says; one that is open already comes to the front."""
        if self.report is not None:
            self.report.activateWindow()
            return
        if self.exam is not None or self.dialog is not None:
            return
        dialog = QFileDialog(self.home, _("Open a report"), "", _("Reports (*.pdf)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.open_report)
        self._open_dialog(dialog)

    def open_report(self, file: str) -> None:
        """Show what a report says, over home."""
        from exam_app.gui.reported.opening import ReportOpening

        self._opening = ReportOpening(self.context, self.jobs, self.exams)
        self._opening.ready.connect(self._show_report)
        self._opening.refused.connect(self._report_refused)
        self._opening.open(file, self.home)

    def _show_report(self, window: ReportedWindow) -> None:
        self.report = window
        window.closed.connect(self._report_closed)
        CommandShortcut(self.keys, "lock", window).activated.connect(self.hide_content)
        self._back_to = None  # the dialog that asked for the file must not take the focus back
        window.show()
        window.activateWindow()

    def _report_refused(self, error: UserError) -> None:
        show_error(self.home, error)

    def _report_closed(self) -> None:
        if self.report is not None:
            self.report.deleteLater()
            self.report = None
        if self.home is not None:
            self.home.activateWindow()

    def show_blank(self, scope: str) -> None:
        """Show the blank form of a scope over the dialog that asks for it."""
        from exam_app.gui.report.blank_dialog import BlankDialog

        if self.dialog is None:
            return
        blank = BlankDialog(self.context, scope, self.jobs, self.dialog)
        blank.finished.connect(self.dialog.activateWindow)
        blank.finished.connect(blank.deleteLater)
        CommandShortcut(self.keys, "lock", blank).activated.connect(self.hide_content)
        blank.open()

    def open_practice(self) -> None:
        """Show practice in the place of the window in sight. It needs no records and no passphrase."""
        from exam_app.gui.practice.window import PracticeWindow

        behind = self.home or self.unlock
        if self.practice is not None or self.exam is not None or self.dialog is not None or behind is None:
            return
        window = self.practice = PracticeWindow(self.context, self.keys, locks=self.exams is not None)
        window.closed.connect(self._practice_closed)
        window.settings_asked.connect(self.open_settings)
        window.lock_asked.connect(self.hide_content)
        if self.home is not None:
            _place_like(window, self.home)
            window.show()
        else:
            window.show_window()
        behind.hide()

    def _practice_closed(self) -> None:
        window, self.practice = self.practice, None
        behind = self.home or self.unlock
        if behind is not None:
            behind.show()
            behind.activateWindow()
        if window is not None:
            window.deleteLater()

    def open_settings(self) -> None:
        """Show the settings over the window in sight; before the records are open only those of looks."""
        from exam_app.gui.shell.clinic_page import ClinicPage
        from exam_app.gui.shell.keys_page import KeysPage
        from exam_app.gui.shell.settings_dialog import LockPage, SettingsDialog

        window = self.exam or self.practice or self.home or self.unlock
        if self.dialog is not None or window is None:
            return
        dialog = SettingsDialog(self.preferences, window)
        if self.exams is not None:
            dialog.add_page(_("Keys"), KeysPage(self.preferences))
            dialog.add_page(_("Lock"), LockPage(self.preferences))
            dialog.add_page(_("Clinic"), ClinicPage(self.context))
        self._open_dialog(dialog)

    def _use_keys(self) -> None:
        """All windows answer to the preferred keys; where they have faults, to those as delivered."""
        self.keys.use(with_changes(self.preferences.keys)[0])
        if self.exam is not None:
            self.exam.keys.use(self.keys.map)

    def _say_faults_of_keys(self) -> None:
        faults = with_changes(self.preferences.keys)[1]
        if faults:
            show_notice(self.home, "\n".join((_("Your own keys cannot be used; those as delivered are."), *faults)))

    def _use_preferences(self) -> None:
        theme().use(self.preferences.look)
        self._wait_for_idleness()

    def _wait_for_idleness(self) -> None:
        if self.exams is not None:
            self.idle.set_time(self.preferences.idle_minutes * 60_000)

    def hide_content(self) -> None:
        """Write everything, then hide every window until the passphrase is typed; hidden it is also where writing
        failed, which is said over the lock."""
        if self.exams is None or self.lock.is_locked:
            return
        open_now = self.exam or self.practice
        failed = open_now.write_everything() if open_now is not None else None
        self.lock.lock()
        if failed is not None:
            show_error(self.lock.dialog, failed)

    def _open_dialog(self, dialog: QDialog) -> None:
        """Open a dialog; the focus comes back to where it is now."""
        self._back_to = QApplication.focusWidget()
        dialog.finished.connect(self._dialog_finished)
        if self.exams is not None:
            CommandShortcut(self.keys, "lock", dialog).activated.connect(self.hide_content)
        self.dialog = dialog
        dialog.open()

    def _dialog_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        back_to, self._back_to = self._back_to, None
        if back_to is not None and back_to.isVisible():
            back_to.activateWindow()
            back_to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, patient: Patient, encounter: Encounter, scope: str) -> None:
        """The dialog goes once the examination is stored; what was typed stays where it cannot be."""
        if self.exams is None:
            return
        try:
            exam = self.exams.begin(patient, encounter, scope)
        except UserError as error:
            show_error(self.dialog or self.home, error)
            return
        if self.dialog is not None:
            self.dialog.accept()
        self._show_exam(exam)

    def open(self, record_id: str) -> None:
        """Open a stored examination."""
        if self.exams is None or self.exam is not None:
            return
        try:
            exam = self.exams.open(record_id)
        except UserError as error:
            show_error(self.home, error)
            return
        self._show_exam(exam)

    def _show_exam(self, exam: OpenExam) -> None:
        from exam_app.gui.exam.exam_window import ExamWindow

        window = self.exam = ExamWindow(exam, self.context)
        window.closed.connect(self._exam_closed)
        window.built.connect(leave_out_what_stands)
        self._use_keys()
        window.settings_asked.connect(self.open_settings)
        window.lock_asked.connect(self.hide_content)
        window.side_panel.arrange(self.preferences.side_panel)
        window.side_panel.arranged.connect(self.preferences.keep_side_panel)
        if self.home is not None:
            _place_like(window, self.home)
        window.show()
        if self.home is not None:
            self.home.hide()
        self.exam_shown.emit()

    def _exam_closed(self) -> None:
        if self.home is not None:
            self.home.refresh()
            if self.exam is not None:
                _place_like(self.home, self.exam)
            self.home.show()
        if self.exam is not None:
            self.exam.hide()
            self.exam.deleteLater()
            self.exam = None

    def _home_closed(self) -> None:
        if self.home is not None:
            self.preferences.keep_place(self.home)
        QTimer.singleShot(0, QApplication.quit)

    def close(self) -> None:
        """Close every window, write everything, let go of the store."""
        self.jobs.close()
        self.lock.close()
        for window in (self.dialog, self.report, self.exam, self.practice, self.home, self.unlock):
            if window is not None:
                window.blockSignals(True)
                window.close()
                window.deleteLater()
        self.dialog = self.report = self.exam = self.practice = self.home = self.unlock = None
        if self.exams is not None:
            self.exams.close()
            self.exams = None
        self.crashes.remove()


def _place_like(window: QWidget, other: QWidget) -> None:
    """Put a window where another is."""
    window.setGeometry(other.geometry())
    window.setWindowState(other.windowState())


def run(argv: list[str]) -> int:
    """Open the windows and return the exit code when the last one is closed. Arguments after the first are Qt's."""
    application = QApplication(argv)
    application.setApplicationName("exam_app")
    # Off: between two windows there is a moment without one, and the shell knows when the last is closed.
    application.setQuitOnLastWindowClosed(False)
    settings = QSettings("exam_app", "exam_app")
    Theme(application, Preferences(settings).look)
    context = Context()
    choose_language(context.installation.resources)
    shell = Shell(context, settings)
    shell.start()
    try:
        return application.exec()
    finally:
        shell.close()


if __name__ == "__main__":
    sys.exit(run(sys.argv))

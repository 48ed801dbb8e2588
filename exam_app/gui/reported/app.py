"""`exam-app open`: one report in a window, without records and without a passphrase."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication

from exam_app.core.errors import UserError
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.preferences import Preferences
from exam_app.gui.parts.theme import Theme
from exam_app.gui.reported.opening import ReportOpening
from exam_app.gui.reported.reported_window import ReportedWindow
from exam_app.services.context import Context


class OneReport(QObject):
    """Shows one file, and ends the application when its window is closed or nothing can be shown."""

    def __init__(self, context: Context, file: str) -> None:
        super().__init__()
        self.jobs = Jobs(self)
        self.error: UserError | None = None
        self.window: ReportedWindow | None = None
        self.opening = ReportOpening(context, self.jobs)
        self.opening.ready.connect(self._show)
        self.opening.refused.connect(self._end)
        self.opening.given_up.connect(self._quit)
        self.opening.open(file)

    @property
    def is_over(self) -> bool:
        """Whether there is nothing to show."""
        return self.error is not None

    def _show(self, window: ReportedWindow) -> None:
        self.window = window
        window.closed.connect(self._quit)
        window.show()

    def _end(self, error: UserError) -> None:
        self.error = error
        self._quit()

    def _quit(self) -> None:
        QApplication.quit()

    def close(self) -> None:
        """Let go of the window."""
        self.jobs.close()
        if self.window is not None:
            self.window.deleteLater()
            self.window = None


def show_file(context: Context, file: str) -> None:
    """Show a report until its window is closed. UserError where it cannot be shown."""
    present = QApplication.instance()
    application = present if isinstance(present, QApplication) else QApplication(["exam_app"])
    application.setApplicationName("exam_app")
    application.setQuitOnLastWindowClosed(False)
    Theme(application, Preferences(QSettings("exam_app", "exam_app")).look)
    report = OneReport(context, file)
    try:
        if not report.is_over:
            application.exec()
    finally:
        report.close()
    if report.error is not None:
        raise report.error

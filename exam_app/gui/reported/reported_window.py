"""The window of a report that came as a file: who, what and when in the report's words, and whether it can be trusted.

Read-only and apart from the records: nothing that is shown here is written anywhere.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from exam_app.core.messages import sentence
from exam_app.core.words import _
from exam_app.gui.parts.flow import FlowLayout
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.key_hint import KeyHint
from exam_app.gui.parts.messages import APPLICATION_TITLE, announce
from exam_app.gui.parts.theme import metrics
from exam_app.gui.parts.widgets import Hairline, RoleLabel, button, set_role, within_screen
from exam_app.gui.reported.findings_table import FindingsTable
from exam_app.services import reports
from exam_app.services.context import Context
from exam_app.services.reports import Report, Shown, Verdict

if TYPE_CHECKING:
    from exam_app.core.errors import UserError
    from exam_app.services.exams import Exams

_SIZE = (1180, 700)
_ONE_LINE = 48
"""A fact with more characters may wrap; of a shorter one it would only look torn."""


class ReportedWindow(QMainWindow):
    """Shows a report as reported. `closed` follows Escape, the button and the frame's own button."""

    closed = Signal()

    def __init__(self, context: Context, report: Report, jobs: Jobs, exams: Exams | None = None) -> None:
        """`exams` are the records, if they are open: they are asked whether they know the file. UserError as
        `reports.shown`."""
        super().__init__()
        self._context = context
        shown = reports.shown(context, report, exams)
        # Neither the patient nor the file's name, which may be the patient's.
        self.setWindowTitle(_("Report, read-only \u2013 {application}").format(application=APPLICATION_TITLE))
        self.table = FindingsTable(reports.listed(shown))
        self.note = _reading(_("The note as reported"), shown.note)
        self.checks = _reading(_("What is known about the file"), "")
        self.verdict = RoleLabel("", "strong", wraps=True)
        self.tabs = QTabWidget()
        self.close_button = button(_("Close"))
        self._build(shown)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)
        self.close_button.clicked.connect(self.close)
        self._ask(report, jobs, exams)
        self.resize(within_screen(self, *_SIZE))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Building ------------------------------------------------------------------------------------------------------

    def _build(self, shown: Shown) -> None:
        centre = QWidget()
        centre.setProperty("role", "ground")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top(shown))
        column.addWidget(Hairline())
        for name, page in ((_("Findings"), self.table), (_("Note"), self.note), (_("The file"), self.checks)):
            self.tabs.addTab(page, name)
        self.tabs.tabBar().setAccessibleName(_("What is shown of the report"))
        column.addWidget(self.tabs, 1)
        column.addWidget(Hairline())
        column.addWidget(self._bottom())
        self.setCentralWidget(centre)

    def _top(self, shown: Shown) -> QWidget:
        top = QFrame()
        top.setProperty("role", "bar")
        column = QVBoxLayout(top)
        column.setContentsMargins(metrics.margin, metrics.gap_large, metrics.margin, metrics.gap)
        column.setSpacing(metrics.gap)
        column.addWidget(_banner(shown))
        facts = QWidget()
        flow = FlowLayout(facts, metrics.gap_large)
        for index, (label, value) in enumerate(shown.facts):
            text = _("{label}: {value}").format(label=label, value=value)
            flow.addWidget(RoleLabel(text, "" if index else "strong", wraps=len(text) > _ONE_LINE))
        column.addWidget(facts)
        column.addWidget(self.verdict)
        return top

    def _bottom(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(metrics.margin, metrics.gap, metrics.margin, metrics.gap)
        row.addWidget(KeyHint([_("Esc")], _("close")))
        row.addStretch()
        row.addWidget(self.close_button)
        return bar

    # Whether it can be trusted -------------------------------------------------------------------------------------

    def _ask(self, report: Report, jobs: Jobs, exams: Exams | None) -> None:
        """The records are asked here, where alone they may be read; to make the report again takes a job."""
        self._exports = exams.exports(report.pdf) if exams is not None else None
        self._release = report.said.app_version if report.said is not None else None
        if self._exports:
            self._show(Verdict(self._exports))
            return
        form = reports.form_of(self._context, report.said, exams) if report.said is not None else None
        self.verdict.setText(_("The pages are being compared with the data \u2026"))
        jobs.run(partial(reports.agreement, self._context, report, form), self._compared, self._refused)

    def _compared(self, found: reports.Agreement) -> None:
        self._show(Verdict(self._exports, found, self._release))

    def _refused(self, error: UserError) -> None:
        self._tell([sentence(error)], "error")

    def _show(self, verdict: Verdict) -> None:
        role = "error" if verdict.agreement == "differ" else "normal" if verdict.exports else "strong"
        self._tell(reports.sentences(self._context, verdict), role)

    def _tell(self, told: list[str], role: str) -> None:
        """The first sentence at the head, or the one that warns; all of them on their page."""
        first = told[-1] if role == "error" else told[0]
        set_role(self.verdict, role)
        self.verdict.setText(first)
        self.checks.setPlainText("\n\n".join(told))
        announce(self, " ".join(told), urgent=role == "error")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's own name: tell that the report is closed."""
        super().closeEvent(event)
        self.closed.emit()


def _banner(shown: Shown) -> QFrame:
    banner = QFrame()
    banner.setProperty("role", "banner")
    text = _("As reported on the examination of {when}: read-only, not in your records. {status}.").format(
        when=shown.when, status=shown.status
    )
    lines = [text, shown.scope]
    if shown.missing_form is not None:
        lines.append(
            _(
                "It was printed with form version {version}, which is not here; the words are those of the form in use."
            ).format(version=shown.missing_form)
        )
    banner.setAccessibleName(" ".join(lines))
    column = QVBoxLayout(banner)
    column.setContentsMargins(metrics.gap_large, metrics.gap, metrics.gap_large, metrics.gap)
    column.setSpacing(metrics.gap_small)
    for line in lines:
        column.addWidget(RoleLabel(line, wraps=True))
    return banner


def _reading(name: str, text: str) -> QPlainTextEdit:
    """Words to read: they can be selected by mouse and keyboard; Tab leaves."""
    made = QPlainTextEdit(text)
    made.setReadOnly(True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setTabChangesFocus(True)
    made.setAccessibleName(name)
    return made

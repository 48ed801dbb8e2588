"""Every screen outside the examination, one after the other, for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.errors import Fault, UserError
from exam_app.core.files.findings_file import form_ref
from exam_app.core.record.record import ExamRecord, NotExamined
from exam_app.gui.parts.jobs import Jobs
from exam_app.gui.parts.messages import show_error, show_notice
from exam_app.gui.parts.preferences import Preferences
from exam_app.gui.report.blank_dialog import BlankDialog
from exam_app.gui.reported.opening import PasswordDialog
from exam_app.gui.reported.reported_window import ReportedWindow
from exam_app.gui.shell.clinic_page import ClinicPage
from exam_app.gui.shell.home import HomeWindow
from exam_app.gui.shell.keys_page import KeysPage
from exam_app.gui.shell.loading import StoreDoor, check_passphrase
from exam_app.gui.shell.lock import Lock
from exam_app.gui.shell.new_exam import NewExamDialog
from exam_app.gui.shell.settings_dialog import LockPage, SettingsDialog
from exam_app.gui.shell.unlock import UnlockDialog
from exam_app.services import exams
from exam_app.services.context import Context
from exam_app.services.export import pdf_bytes
from exam_app.services.reports import read_report
from tests.architecture.house import ROOT
from tests.gui.screens import PDF_MS, SIZE, Shown, settle
from tests.gui.shell.conftest import PASSPHRASE, specimen, visit

LOGO = ROOT / "docs" / "screenshot.png"
LONG = "Specimen-Featherstonehaugh of the Upper Cumberland Valley"


class ShellScreens:
    """Brings each screen into sight; iterating names it and gives its window."""

    def __init__(self, context: Context, settings: QSettings, qtbot: QtBot) -> None:
        """`context` has no records yet."""
        self._context, self._settings, self._qtbot = context, settings, qtbot
        self._jobs = Jobs(QApplication.instance())

    def __iter__(self) -> Shown:
        """First start, home, what opens over it, locked, and unlock."""
        yield from self._first_start()
        yield from self._unlock()
        records = exams.unlock(self._context, PASSPHRASE)
        home = HomeWindow(records)
        try:
            yield from self._home(home, records.begin)
            yield from self._new_examination(home)
            yield from self._settings_pages(home)
            yield from self._messages(home)
            yield from self._report(records)
            yield from self._locked()
        finally:
            home.close()
            home.deleteLater()
            records.close()
            self._jobs.close()

    def _show(self, window: QWidget, *, at_its_own_size: bool = False) -> QWidget:
        if not at_its_own_size:
            window.resize(*SIZE)
        window.show()
        settle()
        return window

    def _wait(self) -> None:
        self._qtbot.waitUntil(lambda: not self._jobs.busy, timeout=PDF_MS)
        settle()

    def _first_start(self) -> Shown:
        door = StoreDoor(self._context)
        dialog = UnlockDialog(door.unlock, self._jobs, setup=door, first_start=True)
        yield "first start", self._show(dialog, at_its_own_size=True)
        yield "first start, full size", self._show(dialog)
        page = dialog.first_page
        page.passphrase.setText(PASSPHRASE)
        page.action.click()
        settle()
        yield "first start, two passphrases that differ", dialog
        page.again.setText(PASSPHRASE)
        page.action.click()
        self._wait()
        yield "recovery key", dialog
        dialog.close()
        settle()
        yield "recovery key not yet written down", dialog
        dialog.key_page.written_down.click()
        dialog.opened.connect(_close)
        dialog.key_page.action.click()
        dialog.deleteLater()

    def _unlock(self) -> Shown:
        door = StoreDoor(self._context)
        dialog = UnlockDialog(door.unlock, self._jobs, setup=door)
        yield "unlock", self._show(dialog, at_its_own_size=True)
        yield "unlock, full size", self._show(dialog)
        dialog.unlock_page.passphrase.setText("no such passphrase")
        dialog.unlock_page.action.click()
        self._wait()
        yield "a wrong passphrase", dialog
        dialog.unlock_page.use_recovery_key.click()
        settle()
        yield "recovery", dialog
        dialog.recover_page.action.click()
        settle()
        yield "recovery, with a fault", dialog
        dialog.close()
        dialog.deleteLater()

    def _home(self, home: HomeWindow, begin: Callable[..., exams.OpenExam]) -> Shown:
        yield "home without examinations", self._show(home)
        left_open = begin(specimen(LONG), visit(), "full")
        for number in range(30):
            begin(specimen(f"Specimen {number:02}", mrn=f"{number:07}"), visit(), "screening").close()
        home.refresh()
        settle()
        yield "home with examinations, one left open", home
        left_open.close()
        home.refresh()
        home.search.setText("Specimen 1")
        settle()
        yield "home, searched", home
        home.search.setText("nobody of this name")
        settle()
        yield "home, nothing found", home
        home.search.clear()

    def _new_examination(self, home: HomeWindow) -> Shown:
        dialog = NewExamDialog(self._context, self._settings, home)
        yield "new examination", self._show(dialog)
        for name, text in (("birth_date", "the second of March"), ("mrn", "7" * 400), ("reason", "x" * 9000)):
            line = dialog.inputs[name]
            assert isinstance(line, QLineEdit)
            line.setText(text)
        dialog.begin_button.click()
        settle()
        yield "new examination, with faults", dialog
        blank = BlankDialog(self._context, "full", self._jobs, dialog)
        blank.open()
        self._wait()
        yield "blank form", self._show(blank)
        blank.reject()
        dialog.close()
        dialog.deleteLater()

    def _settings_pages(self, home: HomeWindow) -> Shown:
        preferences = Preferences(self._settings)
        dialog = SettingsDialog(preferences, home)
        dialog.add_page("Keys", KeysPage(preferences))
        dialog.add_page("Lock", LockPage(preferences))
        of_clinic = ClinicPage(self._context)
        dialog.add_page("Clinic", of_clinic)
        for index in range(dialog.tabs.count()):
            dialog.tabs.setCurrentIndex(index)
            yield f"settings: {dialog.tabs.tabText(index)}", self._show(dialog)
        of_clinic.take_logo(str(LOGO))
        settle()
        yield "settings: Clinic, with a logo", dialog
        of_clinic.take_logo(__file__)
        settle()
        yield "settings: Clinic, with a fault", dialog
        dialog.close()
        dialog.deleteLater()

    def _report(self, records: exams.Exams) -> Shown:
        """A report that came as a file, whose facts are as long as they may be; and its password."""
        visit_of_many_words = visit().model_copy(update={"reason": "gait difficulty " * 12})
        record = ExamRecord(
            form=form_ref(records.form), scope="screening", patient=specimen(LONG), encounter=visit_of_many_words
        )
        findings = {"gait.romberg": NotExamined(reason="other", text="said at length " * 30, entered="typed")}
        record = record.model_copy(update={"findings": findings})
        pdf = pdf_bytes(self._context, record, records.form)
        window = ReportedWindow(self._context, read_report(pdf, "report.pdf"), self._jobs, records)
        self._wait()
        for page in range(window.tabs.count()):
            window.tabs.setCurrentIndex(page)
            yield f"report, {window.tabs.tabText(page)}", self._show(window)
        window.close()
        window.deleteLater()
        dialog = PasswordDialog(pdf, "report.pdf")
        dialog.page.show_fault("This password does not open it.", dialog.password)
        yield "password of a report", self._show(dialog, at_its_own_size=True)
        dialog.close()
        dialog.deleteLater()

    def _messages(self, home: HomeWindow) -> Shown:
        faults = [Fault("strength.triceps.R", f"this is fault number {number}.") for number in range(20)]
        many = UserError("form_refused", faults=faults, count=len(faults))
        for name, box in (
            ("an error", show_error(home, UserError("file_missing", file="specimen.json"))),
            ("an error with many faults", show_error(home, many)),
            ("a notice", show_notice(home, "Your own keys cannot be used; those as delivered are.")),
        ):
            settle()
            yield name, box
            box.close()
            settle()

    def _locked(self) -> Shown:
        lock = Lock(self._jobs, partial(check_passphrase, self._context))
        lock.lock()
        assert lock.dialog is not None
        settle()
        yield "locked", lock.dialog
        lock.dialog.unlock_page.passphrase.setText("no such passphrase")
        lock.dialog.unlock_page.action.click()
        self._wait()
        yield "locked, a wrong passphrase", lock.dialog
        lock.close()


def _close(records: exams.Exams) -> None:
    records.close()

"""The report: the PDF in sight is the one that is saved; a password, a copy, a problem; keys, focus and the lock."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.clinic import Clinic
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.exam.rail import REVIEW
from exam_app.gui.parts import clipboard
from exam_app.gui.report.dialog import ReportDialog
from exam_app.gui.report.pdf_pages import PdfPages
from exam_app.services import export
from exam_app.services.clinic import FILE, keep_clinic
from exam_app.services.context import Context
from exam_app.services.exams import Exams
from tests.gui.accessible import faults
from tests.gui.screens import PDF_MS

CTRL = Qt.KeyboardModifier.ControlModifier
PASSWORD = "a password to send"
Open = Callable[[], ReportDialog]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def save(report: ReportDialog, file: Path, qtbot: QtBot) -> bytes:
    """The bytes that were written."""
    with qtbot.waitSignal(report.wrote, timeout=PDF_MS):
        report.save(str(file))
    return file.read_bytes()


def test_the_pdf_in_sight_is_the_one_that_is_saved(
    report: ReportDialog, window: ExamWindow, context: Context, records: Exams, tmp_path: Path, qtbot: QtBot
) -> None:
    written = save(report, tmp_path / "report.pdf", qtbot)
    (kept,) = records.exports(written)
    assert (kept.attached, kept.encrypted) == (True, False), "the records know it when it comes back"
    assert written == report.pdf == export.pdf_bytes(context, window.bridge.record, window.bridge.form)
    assert report.told.text() == f"Written: {tmp_path / 'report.pdf'}"
    assert "Elbow extension right 4−" in report.preview.pages.spoken().value.replace("\n", " ")


def test_ctrl_p_opens_it_from_a_cell_and_escape_gives_the_focus_back(window: ExamWindow, qtbot: QtBot) -> None:
    window.go_to("strength.triceps.R")
    before = focused()
    QTest.keyClick(before, Qt.Key.Key_P, CTRL)
    report = window.commands.report_dialog
    assert report is not None
    qtbot.waitUntil(report.isActiveWindow)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PDF_MS)
    assert focused() is report.preview.pages and report.isModal()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    qtbot.waitUntil(window.isActiveWindow)
    assert focused() is before and window.commands.report_dialog is None


def test_the_review_opens_it_with_what_was_typed_last(window: ExamWindow, qtbot: QtBot) -> None:
    window.show_page(REVIEW)
    window.review.impression.edit.setPlainText("Typed and not yet given.")
    window.review.report_button.click()
    report = window.commands.report_dialog
    assert report is not None
    qtbot.waitUntil(lambda: report.pdf is not None, timeout=PDF_MS)
    assert "Typed and not yet given." in report.preview.pages.spoken().value
    report.reject()


def test_the_file_name_that_is_offered_names_the_day_and_not_the_patient(report: ReportDialog, qtbot: QtBot) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_S, CTRL)
    dialog = report.findChild(QFileDialog)
    assert dialog is not None
    (offered,) = dialog.selectedFiles()
    assert "2026-11-22" in Path(offered).name and offered.endswith(".pdf")
    assert "specimen" not in Path(offered).name.lower()
    before = report.preview.pages
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    report.activateWindow()  # as a window manager does
    qtbot.waitUntil(report.isActiveWindow)
    assert focused() is before


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_lost(
    report: ReportDialog, window: ExamWindow, qtbot: QtBot
) -> None:
    report.save("/no/such/folder/report.pdf")
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PDF_MS)
    assert "could not be written" in report.told.text() and report.told.property("role") == "error"
    assert report.save_button.isEnabled()


def test_the_paper_of_the_clinic_is_chosen_at_first_and_another_makes_another_pdf(
    context: Context, open_report: Open, window: ExamWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    keep_clinic(context, Clinic(page_size="Letter"))
    report = open_report()
    assert report.options.page == "Letter"
    letter = report.pdf
    report.options.paper.buttons[0].click()
    assert report.pdf is None and not report.save_button.isEnabled(), "what is not in sight is not saved"
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PDF_MS)
    assert report.pdf is not None and report.pdf != letter
    written = save(report, tmp_path / "a4.pdf", qtbot)
    with pikepdf.open(BytesIO(written)) as pdf:
        assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]


def test_the_records_data_goes_along_as_the_clinic_has_it_and_as_is_chosen(
    context: Context, open_report: Open, window: ExamWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    keep_clinic(context, Clinic(attach_record=False))
    report = open_report()
    assert not report.options.attach.isChecked()
    for is_chosen, name in ((False, "without.pdf"), (True, "with.pdf")):
        report.options.attach.setChecked(is_chosen)
        qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PDF_MS)
        with pikepdf.open(BytesIO(save(report, tmp_path / name, qtbot))) as pdf:
            assert bool(pdf.attachments) == is_chosen
    assert "nothing else" in report.options.attach.accessibleDescription()


def test_choices_made_while_a_pdf_is_made_end_with_the_last_and_show_no_other(
    report: ReportDialog, window: ExamWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, shown = report.pdf, []
    show = report.preview.show_pdf

    def watched(pages: PdfPages) -> None:
        shown.append(round(pages.sizes[0].height()))
        show(pages)

    monkeypatch.setattr(report.preview, "show_pdf", watched)
    for number in (1, 0, 1, 0):
        report.options.paper.buttons[number].click()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PDF_MS)
    assert report.pdf == before and report.save_button.isEnabled()
    assert shown == [842]


def test_a_password_protects_the_same_pages(
    report: ReportDialog, window: ExamWindow, records: Exams, tmp_path: Path, qtbot: QtBot
) -> None:
    in_sight = report.pdf
    assert in_sight is not None
    report.options.protect.click()
    for line in (report.options.password, report.options.again):
        line.setText(PASSWORD)
    assert report.options.accepts_password()
    written = save(report, tmp_path / "protected.pdf", qtbot)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(written))
    (kept,) = records.exports(written)
    assert kept.encrypted
    plain, protected = PdfPages(in_sight), PdfPages(written, PASSWORD)
    assert plain.sizes == protected.sizes
    for number in range(len(plain)):
        whole = QRect(0, 0, 595, 842)
        assert plain.image(number, 1.0, whole) == protected.image(number, 1.0, whole)
        assert plain.text(number) == protected.text(number)
    plain.close()
    protected.close()


@pytest.mark.parametrize(
    ("first", "second", "says", "at"),
    [
        ("short", "short", "Use at least 8 characters.", "password"),
        (PASSWORD, PASSWORD[:-1], "The two passwords differ. Type the same one twice.", "again"),
        ("", "", "Use at least 8 characters.", "password"),
        ("\u00e9" * 64, "\u00e9" * 64, "too long", "password"),
    ],
)
def test_without_two_equal_passwords_long_enough_nothing_is_saved(
    report: ReportDialog, first: str, second: str, says: str, at: str
) -> None:
    report.options.protect.click()
    assert focused() is report.options.password
    report.options.password.setText(first)
    report.options.again.setText(second)
    report.save_button.click()
    assert report.findChild(QFileDialog) is None
    assert report.options._refusal.isVisible() and says in report.options._refusal.text()
    assert focused() is getattr(report.options, at)
    QTest.keyClicks(focused(), "x")
    assert not report.options._refusal.isVisible()


def test_what_a_password_costs_is_said_beside_it(report: ReportDialog) -> None:
    says = report.options.protect.accessibleDescription()
    assert "not PDF/A" in says and "cannot be recovered" in says


@pytest.mark.parametrize(
    ("button", "holds", "html"),
    [
        ("copy_formatted", "SPECIMEN", True),
        ("copy_plain", "4−", False),
        ("copy_ascii", "4-", False),
    ],
)
def test_the_note_is_copied_and_the_copy_is_taken_back(
    report: ReportDialog, window: ExamWindow, qtbot: QtBot, button: str, holds: str, html: bool
) -> None:
    getattr(report, button).click()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PDF_MS)
    data = QGuiApplication.clipboard().mimeData()
    assert holds in data.text() and data.hasHtml() == html
    assert "<b>Elbow extension" in data.html() if html else data.text().isascii() == (button == "copy_ascii")
    assert report.told.text() == "Copied. The clipboard is emptied after 60 s."
    clipboard.clear_what_was_copied()
    assert QGuiApplication.clipboard().text() == ""


@pytest.mark.parametrize("style", ["prose", "handover"])
def test_the_note_is_copied_in_prose_or_as_one_line_for_the_handover(
    report: ReportDialog, window: ExamWindow, qtbot: QtBot, style: export.Style
) -> None:
    report.style_of_note.buttons[["bullets", "prose", "handover"].index(style)].click()
    assert not report.copy_formatted.isEnabled(), "only bullets have a formatted form"
    report.copy_plain.click()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PDF_MS)
    copied = QGuiApplication.clipboard().mimeData()
    assert (
        copied.text() == export.note_text(report._context, report._record, report._form, style) and not copied.hasHtml()
    )
    assert ("\n" in copied.text().strip()) == (style == "prose")
    clipboard.clear_what_was_copied()


@pytest.mark.parametrize("why", ["glyph", "clinic"])
def test_a_problem_stands_in_place_of_the_pages(
    window: ExamWindow, context: Context, open_report: Open, why: str
) -> None:
    if why == "glyph":
        window.bridge.set_impression("\u0915 cannot be printed")
    else:
        (context.data_folder / FILE).write_text("{", encoding="utf-8")
    report = open_report()
    says = report.preview._problem
    assert says.isVisible() and not report.preview.pages.isVisible()
    assert ("U+0915" if why == "glyph" else "could not be read") in says.text()
    assert not report.save_button.isEnabled() and not report.print_button.isEnabled()
    assert faults(report) == []


def test_as_text_it_says_the_words_of_every_page(report: ReportDialog) -> None:
    report.preview.as_text.click()
    text = report.preview.text.toPlainText()
    count = report.preview.pages.count
    assert report.preview.text.isVisible() and not report.preview.pages.isVisible()
    assert all(f"Page {number} of {count}" in text for number in range(1, count + 1))
    assert "Elbow extension right 4−" in text.replace("\n", " ")
    report.preview.as_text.click()
    assert report.preview.pages.isVisible()


def test_ctrl_and_plus_minus_0_and_2_zoom(report: ReportDialog) -> None:
    pages = report.preview.pages
    fitting = pages.zoom
    QTest.keyClick(report, Qt.Key.Key_Plus, CTRL)
    assert pages.zoom > fitting
    QTest.keyClick(report, Qt.Key.Key_0, CTRL)
    assert pages.zoom == 100 and report.preview.zoom.text() == "100 %"
    QTest.keyClick(report, Qt.Key.Key_Minus, CTRL)
    assert pages.zoom == 90
    QTest.keyClick(report, Qt.Key.Key_2, CTRL)
    assert pages.fits_width and pages.zoom == fitting


def test_every_control_can_be_read_and_is_a_stop_of_tab(report: ReportDialog) -> None:
    report.options.protect.click()
    assert faults(report) == []
    report.preview.pages.setFocus()
    met: list[QWidget] = []
    while focused() not in met:
        met.append(focused())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert {report.preview.pages, report.preview.as_text, report.preview.fit_width, report.preview.zoom} <= set(met)
    assert {report.options.attach, report.options.protect, report.options.password, report.options.again} <= set(met)
    assert {report.copy_plain, report.copy_ascii, report.close_button, report.print_button, report.save_button} <= set(
        met
    )


def test_ctrl_l_asks_for_the_lock(report: ReportDialog, window: ExamWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.lock_asked):
        QTest.keyClick(focused(), Qt.Key.Key_L, CTRL)

"""A print is every page, at its place, as fine as the printer; where there is none, a sentence says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QRect, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from exam_app.gui.report import printing
from exam_app.gui.report.dialog import ReportDialog
from exam_app.gui.report.pdf_pages import PdfPages
from exam_app.gui.report.printing import new_printer, printed
from tests.gui.screens import PDF_MS

SIZE, COARSER = (2480, 3508), 30
"""Pixels at which pages are drawn, and how many of them make one that is compared."""
ALIKE = 0.03


def into(printer: QPrinter, file: Path) -> QPrinter:
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def grey(pages: PdfPages, number: int) -> bytes:
    """A page so coarse that drawings of letters and pictures of letters look alike."""
    scale = SIZE[0] / pages.sizes[number].width()
    fine = pages.image(number, scale, QRect(0, 0, *SIZE))
    coarse = fine.scaled(fine.size() / COARSER, mode=Qt.TransformationMode.SmoothTransformation)
    picture = coarse.convertToFormat(QImage.Format.Format_Grayscale8)
    return memoryview(picture.constBits()).tobytes()


def difference(one: bytes, other: bytes) -> float:
    """How far two pictures of one size differ, from 0 to 1."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / (255 * len(one))


def ink_of(picture: bytes) -> float:
    """The share of a picture that is black."""
    return difference(picture, b"\xff" * len(picture))


def test_every_page_is_printed_as_it_is_in_sight(report: ReportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    pdf = report.pdf
    assert pdf is not None
    pages = PdfPages(pdf)
    printer = into(new_printer(pages), tmp_path / "printed.pdf")
    assert printer.docName() == "Examination report", "a print queue names no patient"
    report.print_on(printer)
    qtbot.waitUntil(lambda: report.told.text() == "The pages have gone to the printer.", timeout=PDF_MS)
    out = PdfPages((tmp_path / "printed.pdf").read_bytes())
    assert len(out) == len(pages)
    for number in range(len(pages)):
        assert round(out.sizes[number].width()) == round(pages.sizes[number].width())
        assert difference(grey(out, number), grey(pages, number)) < ALIKE < ink_of(grey(pages, number))
    pages.close()
    out.close()


def test_a_range_of_pages_prints_those_alone(long_pdf: bytes, tmp_path: Path, qapp: object) -> None:
    pages = PdfPages(long_pdf)
    printer = into(new_printer(pages), tmp_path / "printed.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert list(printed(pages, printer)) == [2, 3]
    out = PdfPages((tmp_path / "printed.pdf").read_bytes())
    assert len(out) == 2
    assert difference(grey(out, 0), grey(pages, 1)) < ALIKE < difference(grey(out, 1), grey(pages, 1))
    pages.close()
    out.close()


def test_on_smaller_paper_a_page_is_printed_whole_and_smaller(long_pdf: bytes, tmp_path: Path, qapp: object) -> None:
    pages = PdfPages(long_pdf)
    printer = into(new_printer(pages), tmp_path / "printed.pdf")
    paper = QPageLayout(QPageSize(QPageSize.PageSizeId.A5), QPageLayout.Orientation.Portrait, QMarginsF())
    printer.setPageLayout(paper)
    printer.setFullPage(True)
    for _page in printed(pages, printer):
        pass
    out = PdfPages((tmp_path / "printed.pdf").read_bytes())
    assert len(out) == len(pages)
    assert out.sizes[0].width() < 0.75 * pages.sizes[0].width()
    assert difference(grey(out, 0), grey(pages, 0)) < ALIKE < ink_of(grey(pages, 0))
    pages.close()
    out.close()


def test_closing_the_report_while_it_prints_prints_it_whole(report: ReportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    count = report.preview.pages.count
    report.print_on(into(QPrinter(), tmp_path / "printed.pdf"))
    report.reject()
    out = PdfPages((tmp_path / "printed.pdf").read_bytes())
    assert len(out) == count
    out.close()


def test_without_a_printer_a_sentence_says_what_to_do(report: ReportDialog) -> None:
    assert not QPrinterInfo.availablePrinterNames(), "this machine has a printer"
    report.print_button.click()
    assert report.findChild(QDialog) is None
    assert report.told.text() == "This computer knows no printer. Save the PDF and print it where there is one."
    assert report.told.property("role") == "error"


def test_with_a_printer_it_is_asked_for_over_the_report(
    report: ReportDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def into_file(pages: PdfPages) -> QPrinter:
        return into(new_printer(pages), tmp_path / "printed.pdf")

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Specimen printer"])
    monkeypatch.setattr(printing, "new_printer", into_file)
    report.print_button.click()
    dialog = report.findChild(QPrintDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.isModal() and report.isVisible()
    dialog.accept()
    qtbot.waitUntil(lambda: report.told.text() == "The pages have gone to the printer.", timeout=PDF_MS)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told(report: ReportDialog, qtbot: QtBot) -> None:
    report.print_on(into(QPrinter(), Path("/no/such/folder/printed.pdf")))
    qtbot.waitUntil(lambda: "did not take" in report.told.text())
    assert report.told.property("role") == "error"

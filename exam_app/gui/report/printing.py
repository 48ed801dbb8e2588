"""Prints the pages of a PDF: PDFium draws each as finely as the printer does, one page at a time."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QRect, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from exam_app.core.words import _
from exam_app.gui.report.pdf_pages import PdfPages

FINEST = 300
"""Dots an inch; finer than that no eye sees on paper, and an image of a page would take too much memory."""
_POINTS_AN_INCH = 72


class Printing(QObject):
    """Asks for a printer and prints on it, a page at each turn of the event loop, so that the window stays alive.
    `told` says how far it is, or why nothing is printed.
    """

    told = Signal(str)
    refused = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._pages: PdfPages | None = None
        self._printer: QPrinter | None = None
        self._printed: Iterator[int] = iter(())
        self._step = QTimer(self)
        self._step.setInterval(0)
        self._step.timeout.connect(self._next)

    def ask(self, pdf: bytes) -> None:
        """Ask for a printer for a PDF; where this computer knows none, say so."""
        if self._pages is not None:
            return
        if not QPrinterInfo.availablePrinterNames():
            self.refused.emit(_("This computer knows no printer. Save the PDF and print it where there is one."))
            return
        self._pages = PdfPages(pdf)
        self._printer = new_printer(self._pages)
        dialog = QPrintDialog(self._printer, self._window)
        dialog.setMinMax(1, len(self._pages))
        dialog.accepted.connect(self._chosen)
        dialog.rejected.connect(self._close)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own takes a receiver

    def _chosen(self) -> None:
        if self._printer is not None:
            self._begin(self._printer)

    def print_on(self, pdf: bytes, printer: QPrinter) -> None:
        """Print a PDF on a printer."""
        self._pages = PdfPages(pdf)
        self._begin(printer)

    def _begin(self, printer: QPrinter) -> None:
        if self._pages is not None:
            self._printer = printer
            self._printed = printed(self._pages, printer)
            self._step.start()

    def _next(self) -> None:
        pages = self._pages
        if pages is None:
            return
        try:
            number = next(self._printed, None)
        except PrinterRefusedError:
            self._close()
            self.refused.emit(_("The printer did not take the pages. Nothing was printed. Choose another printer."))
            return
        if number is not None:
            self.told.emit(_("Printing page {page} of {count}.").format(page=number, count=len(pages)))
        else:
            self._close()
            self.told.emit(_("The pages have gone to the printer."))

    def finish(self) -> None:
        """Print what is left at once."""
        while self._step.isActive():
            self._next()
        self._close()

    def _close(self) -> None:
        self._step.stop()
        self._printed = iter(())
        self._printer = None
        if self._pages is not None:
            self._pages.close()
            self._pages = None


class PrinterRefusedError(Exception):
    """The printer cannot be painted on."""


def new_printer(pages: PdfPages) -> QPrinter:
    """A printer for the paper of the pages. The name of the print job, which others may see, names no patient."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(FINEST)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(pages.sizes[0], QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    printer.setDocName(_("Examination report"))
    return printer


def printed(pages: PdfPages, printer: QPrinter) -> Iterator[int]:
    """Print page after page; the number of each, from 1, when it has been drawn. The printer begins when the iterator
    has ended. PrinterRefusedError where it takes nothing."""
    first, last = 1, len(pages)
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        first, last = max(first, printer.fromPage()), min(last, printer.toPage())
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefusedError
    try:
        for number in range(first, last + 1):
            if number > first:
                printer.newPage()
            _print(pages, number - 1, printer, painter)
            yield number
    finally:
        painter.end()


def _print(pages: PdfPages, number: int, printer: QPrinter, painter: QPainter) -> None:
    """One page in the middle of the paper: in its own size, or smaller where the paper is."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    size = pages.sizes[number] * (printer.resolution() / _POINTS_AN_INCH)
    fit = min(1.0, paper.width() / size.width(), paper.height() / size.height())
    place = QRectF(0, 0, size.width() * fit, size.height() * fit)
    place.moveCenter(paper.center() - paper.topLeft())
    scale = min(FINEST, printer.resolution()) / _POINTS_AN_INCH
    whole = QSize(round(pages.sizes[number].width() * scale), round(pages.sizes[number].height() * scale))
    painter.drawImage(place, pages.image(number, scale, QRect(0, 0, whole.width(), whole.height())))

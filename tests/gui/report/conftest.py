"""The report over the examination screen, and PDFs made of real records."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.core.record.values import GradeValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.parts import clipboard
from exam_app.gui.report.dialog import ReportDialog
from exam_app.services import export
from exam_app.services.context import Context
from tests.full_record import full_record
from tests.gui.exam.conftest import context, form, new_exam, open_window, records, typist, window
from tests.gui.screens import PDF_MS

__all__ = ["context", "form", "new_exam", "open_window", "records", "typist", "window"]


@pytest.fixture
def open_report(window: ExamWindow, qtbot: QtBot) -> Iterator[Callable[[], ReportDialog]]:
    """Opens the report with an abnormal finding, and waits until its PDF is in sight, or what stands in its place."""

    def opened() -> ReportDialog:
        window.bridge.answer({"strength.triceps.R": GradeValue(scale="mrc/1", token="4-")})
        window.commands.report()
        dialog = window.commands.report_dialog
        assert dialog is not None
        qtbot.waitUntil(dialog.isActiveWindow)
        qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PDF_MS)
        return dialog

    yield opened
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PDF_MS)
    if window.commands.report_dialog is not None:
        window.commands.report_dialog.reject()
    clipboard.clear_if_ours()


@pytest.fixture
def report(open_report: Callable[[], ReportDialog]) -> ReportDialog:
    dialog = open_report()
    assert dialog.pdf is not None
    return dialog


@pytest.fixture(scope="session")
def long_pdf(form: Form, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The report of a record in which everything is recorded."""
    return export.pdf_bytes(Context(data_folder=tmp_path_factory.mktemp("none")), full_record(form), form)


def ink(image: QImage) -> float:
    """The share of an image that is black; a grey pixel counts as far as it is dark."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = memoryview(grey.constBits()).tobytes()
    return 1 - sum(pixels) / (255 * len(pixels))

"""The pages of a PDF on screen: every page, sharp, where it is in sight, and by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exam_app.gui.report.pages_view import PagesView
from exam_app.gui.report.pdf_pages import PdfPages
from tests.gui.report.conftest import ink

CTRL = Qt.KeyboardModifier.ControlModifier


class Watched(PdfPages):
    """Remembers what was drawn: the pages, and the size of the largest image."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.drawn: list[tuple[int, QRect]] = []

    def image(self, number: int, scale: float, part: QRect) -> QImage:
        self.drawn.append((number, part))
        return super().image(number, scale, part)


@pytest.fixture
def pages(long_pdf: bytes, qapp: QApplication) -> Iterator[Watched]:
    made = Watched(long_pdf)
    yield made
    made.close()


@pytest.fixture
def view(pages: Watched, qtbot: QtBot) -> Iterator[PagesView]:
    made = PagesView("Report")
    made.resize(900, 600)
    made.show()
    made.show_pages(pages)
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    yield made
    made.show_pages(None)
    made.close()
    made.deleteLater()


def test_only_the_pages_in_sight_are_drawn_and_only_their_parts_in_sight(view: PagesView, pages: Watched) -> None:
    assert view.count > 5
    pages.drawn.clear()
    view.grab()
    assert {number for number, _part in pages.drawn} == {0}
    view.set_zoom(400)
    pages.drawn.clear()
    view.grab()
    seen = view.viewport().size()
    assert all(part.width() <= seen.width() + 4 and part.height() <= seen.height() + 4 for _number, part in pages.drawn)


def test_scrolling_draws_no_more_than_what_comes_into_sight(view: PagesView, pages: Watched, qtbot: QtBot) -> None:
    view.grab()
    view.verticalScrollBar().setValue(200)
    QApplication.processEvents()
    pages.drawn.clear()
    view.verticalScrollBar().setValue(230)
    qtbot.waitUntil(lambda: bool(pages.drawn))
    assert sum(part.height() for _number, part in pages.drawn) <= 40


def test_what_was_scrolled_into_sight_looks_as_if_it_was_painted_at_once(view: PagesView, qtbot: QtBot) -> None:
    for at in range(100, 1100, 37):
        view.verticalScrollBar().setValue(at)
        QApplication.processEvents()
    painted = view.backingStore().paintDevice()
    assert isinstance(painted, QImage)
    fresh = view.grab().toImage().convertToFormat(painted.format())
    inner = view.viewport().geometry()
    qtbot.waitUntil(lambda: painted.copy(inner) == fresh.copy(inner))


def test_what_is_seen_is_what_pdfium_draws_pixel_by_pixel(view: PagesView, pages: Watched) -> None:
    view.set_zoom(100)
    picture = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    box = view._boxes[0]
    seen = QRect(box.x() + 60, box.y() + 60, 500, 300)
    expected = pages.image(0, box.width() / pages.sizes[0].width(), seen.translated(-box.topLeft()))
    assert picture.copy(seen) == expected
    assert ink(expected) > 0.01


def test_on_a_dense_screen_a_page_is_drawn_with_every_pixel_it_has(view: PagesView, pages: Watched) -> None:
    picture = QImage(view.viewport().size() * 2, QImage.Format.Format_RGB32)
    picture.fill("white")
    painter = QPainter(picture)
    painter.scale(2, 2)
    pages.drawn.clear()
    view._draw(painter, 0, view._boxes[0], view.viewport().rect(), 2.0)
    painter.end()
    (part,) = [part for _number, part in pages.drawn]
    assert part.width() == view._boxes[0].width() * 2


def test_keys_go_through_the_pages_and_the_page_is_told(view: PagesView, qtbot: QtBot) -> None:
    heard: list[int] = []
    view.page_changed.connect(heard.append)
    last = view.count
    QTest.keyClick(view, Qt.Key.Key_PageDown, CTRL)
    QTest.keyClick(view, Qt.Key.Key_PageDown, CTRL)
    assert (view.page, heard) == (3, [2, 3])
    QTest.keyClick(view, Qt.Key.Key_PageUp, CTRL)
    assert view.page == 2
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page == last and view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.page == 1 and view.verticalScrollBar().value() == 0
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert 0 < view.verticalScrollBar().value() < view.viewport().height()
    at = view.verticalScrollBar().value()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.verticalScrollBar().value() > at


def test_the_zoom_fits_the_width_until_another_is_chosen_and_keeps_the_place(view: PagesView) -> None:
    room = view.viewport().width()
    assert view.fits_width and room - 60 < view._boxes[0].width() < room
    view.resize(700, 600)
    QApplication.processEvents()
    assert view._boxes[0].width() < view.viewport().width()
    view.go_to_page(3)
    view.zoom_in()
    assert not view.fits_width and view.page == 3
    larger = view.zoom
    view.zoom_out()
    assert view.zoom < larger and view.page == 3
    view.set_zoom(100)
    inch = view.logicalDpiX()
    assert view._boxes[0].width() == round(595.28 / 72 * inch)
    for _step in range(30):
        view.zoom_out()
    assert view.zoom == 25
    for _step in range(30):
        view.zoom_in()
    assert view.zoom == 400


def test_on_a_wide_screen_a_page_is_not_blown_up_until_that_is_asked_for(view: PagesView) -> None:
    view.resize(1800, 600)
    QApplication.processEvents()
    assert view.zoom == 125 and view.fits_width
    view.set_zoom(None)
    assert view.zoom > 180


def test_a_screen_reader_is_told_the_page_and_reads_its_words(view: PagesView) -> None:
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.role() == QAccessible.Role.Document
    assert interface.text(QAccessible.Text.Name) == f"Report, page 1 of {view.count}"
    assert "Neurological examination" in interface.text(QAccessible.Text.Value)
    view.go_to_page(2)
    assert interface.text(QAccessible.Text.Name) == f"Report, page 2 of {view.count}"
    assert "Neurological examination" not in interface.text(QAccessible.Text.Value)
    assert len(interface.text(QAccessible.Text.Value)) > 200


def test_other_pages_take_the_place_of_those_before_at_the_same_page(
    view: PagesView, pages: Watched, long_pdf: bytes
) -> None:
    view.go_to_page(2)
    others = Watched(long_pdf)
    view.show_pages(others)
    assert view.page == 2
    view.grab()
    assert others.drawn
    view.show_pages(None)
    assert view.count == 0 and view.page == 1
    assert view.spoken().value == "The pages are being made \u2026"
    assert 0 < ink(view.grab().toImage()) < 0.2
    others.close()

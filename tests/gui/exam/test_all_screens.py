"""Every screen of an examination: with large text nothing is cut or covered, and what can be pressed can be hit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.parts.theme import LIGHT, theme
from exam_app.services.exams import Exams
from tests.full_record import full_record
from tests.gui.clipping import faults_of
from tests.gui.exam.conftest import Open
from tests.gui.screens import SIZE
from tests.gui.screens.examination import dock_screens, report_screens, section_screens, state_screens
from tests.gui.targets import small_targets
from tests.gui.whole import LEAST, LOOKS, faults_on, look


@pytest.fixture(autouse=True)
def usual_look_afterwards(qapp: object) -> Iterator[None]:
    yield
    theme().show(LIGHT)


@pytest.mark.timeout(600)
@LOOKS
def test_on_every_screen_of_an_examination_words_and_controls_are_whole_and_large_enough(
    open_window: Open, records: Exams, form: Form, scale: float, touch: bool
) -> None:
    window = open_window(records.adopt(full_record(form)))
    look(scale, touch=touch)
    window.resize(*SIZE)
    screens = chain(section_screens(window), dock_screens(window, every_editor=scale == 2.0))
    assert faults_on(screens, touch=touch) == {}


@LOOKS
def test_in_every_state_of_an_examination_words_and_controls_are_whole_and_large_enough(
    window: ExamWindow, qtbot: QtBot, scale: float, touch: bool
) -> None:
    look(scale, touch=touch)
    window.resize(*SIZE)
    assert faults_on(chain(state_screens(window, qtbot), report_screens(window)), touch=touch) == {}


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(200, 100)
    qtbot.addWidget(made)
    return made


def test_a_label_without_room_for_its_words_is_found(page: QWidget) -> None:
    label = QLabel("Relative afferent pupillary defect", page)
    label.setGeometry(0, 0, 60, 20)
    page.show()
    assert any("needs" in fault for fault in faults_of(page))


def test_a_button_that_was_squeezed_is_found(page: QWidget) -> None:
    row = QHBoxLayout(page)
    made = QPushButton("Rest not examined")
    made.setMaximumWidth(50)
    row.addWidget(made)
    page.show()
    assert any("Rest not examined" in fault for fault in faults_of(page))


def test_widgets_over_each_other_and_out_of_reach_are_found(page: QWidget) -> None:
    one, other = QLabel("one", page), QLabel("other", page)
    one.setGeometry(0, 0, 100, 30)
    other.setGeometry(50, 0, 100, 30)
    far = QWidget(page)
    far.setGeometry(150, 0, 100, 30)
    page.show()
    faults = faults_of(page)
    assert any("lies over" in fault for fault in faults)
    assert any("right 50" in fault or "lies outside" in fault for fault in faults)


def test_whole_words_in_a_layout_are_no_fault(page: QWidget) -> None:
    column = QVBoxLayout(page)
    column.addWidget(QLabel("one"))
    column.addWidget(QPushButton("other"))
    page.show()
    assert faults_of(page) == []


def test_a_small_button_is_found(page: QWidget) -> None:
    made = QPushButton("x", page)
    made.setStyleSheet("min-height: 0px; padding: 0px; border: none")
    made.setGeometry(0, 0, 24, 23)
    page.show()
    assert small_targets(page, LEAST) == ["QPushButton 'x' 24x23: 24x23"]

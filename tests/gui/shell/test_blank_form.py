"""A blank form for paper, from the dialog that begins an examination,
the scope chosen there, seen before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from exam_app.core.clinic import Clinic
from exam_app.gui.report.blank_dialog import BlankDialog
from exam_app.gui.shell.app import Shell
from exam_app.gui.shell.new_exam import NewExamDialog
from exam_app.services.blank_form import blank_bytes
from exam_app.services.clinic import keep_clinic
from exam_app.services.context import Context
from tests.gui.accessible import faults
from tests.gui.screens import PDF_MS
from tests.gui.shell.conftest import focused, unlocked


@pytest.fixture
def dialog(records: Context, make_shell: Callable[[Context], Shell], qtbot: QtBot) -> NewExamDialog:
    keep_clinic(records, Clinic(page_size="Letter"))
    shell = unlocked(make_shell(records), qtbot)
    shell.begin()
    assert isinstance(shell.dialog, NewExamDialog)
    qtbot.waitUntil(shell.dialog.isActiveWindow)
    return shell.dialog


def blank_form(dialog: NewExamDialog, qtbot: QtBot) -> BlankDialog:
    """Opened by its button, with the form in sight."""
    dialog.blank_button.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    blank = dialog.findChild(BlankDialog)
    assert blank is not None
    qtbot.waitUntil(lambda: blank.pdf is not None, timeout=PDF_MS)
    qtbot.waitUntil(blank.isActiveWindow)
    return blank


def test_the_form_of_the_chosen_scope_is_seen_and_saved_and_the_focus_comes_back(
    dialog: NewExamDialog, records: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.inputs["scope"].set_value("motor")  # type: ignore[union-attr]
    blank = blank_form(dialog, qtbot)
    assert (blank.scope.value(), blank.paper.value()) == ("motor", "Letter")
    assert round(blank.preview.pages._boxes[0].height() / blank.preview.pages._boxes[0].width(), 2) == 1.29
    with qtbot.waitSignal(blank.wrote, timeout=PDF_MS):
        blank.save(str(tmp_path / "blank.pdf"))
    assert (tmp_path / "blank.pdf").read_bytes() == blank.pdf
    assert faults(blank) == []
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert QApplication.focusWidget() is dialog.blank_button and dialog.isVisible()


def test_another_scope_makes_another_form_and_gives_it_its_name(dialog: NewExamDialog, qtbot: QtBot) -> None:
    blank = blank_form(dialog, qtbot)
    before = blank.preview.pages.count
    blank.scope.buttons[list(blank._context.form.scopes).index("full")].click()
    qtbot.waitUntil(lambda: blank.pdf is not None, timeout=PDF_MS)
    assert blank.preview.pages.count > before
    blank.save_button.click()
    asked = blank.findChild(QFileDialog)
    assert asked is not None and Path(asked.selectedFiles()[0]).name == "blank-form_full.pdf"
    asked.reject()


def test_what_was_typed_in_the_dialog_stays_and_is_not_on_the_form(
    dialog: NewExamDialog, records: Context, qtbot: QtBot
) -> None:
    QTest.keyClicks(dialog.inputs["family_name"], "Specimen")
    blank = blank_form(dialog, qtbot)
    assert blank.preview.pages.spoken().name.startswith("Blank form, page 1 of ")
    words = blank.preview.pages.spoken().value
    assert "Specimen" not in words and "SPECIMEN" not in words
    blank.reject()
    assert dialog.typed()["family_name"] == "Specimen"
    assert blank_bytes(records, "full")

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from exam_app.core.errors import UserError
from exam_app.core.record.record import Encounter, Patient
from exam_app.gui.parts.widgets import RoleLabel, Segmented
from exam_app.gui.shell.app import Shell
from exam_app.gui.shell.new_exam import NewExamDialog
from exam_app.services.context import Context
from exam_app.store.records import RecordStore
from tests.gui.shell.conftest import focused, unlocked


def opened(qtbot: QtBot, context: Context, settings: QSettings) -> NewExamDialog:
    dialog = NewExamDialog(context, settings)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def write(qtbot: QtBot, dialog: NewExamDialog, **texts: str) -> None:
    for name, text in texts.items():
        field = dialog.inputs[name]
        assert isinstance(field, QLineEdit)
        field.clear()
        if text.isascii():
            QTest.keyClicks(field, text)
        else:  # not on QTest's keyboard; a person pastes it
            QGuiApplication.clipboard().setText(text)
            field.paste()


def said(dialog: NewExamDialog) -> dict[str, str]:
    return {name: label.text() for name, label in dialog.errors.items() if label.text()}


def test_every_field_can_be_filled_by_keyboard_alone(
    light: None, qtbot: QtBot, context: Context, settings: QSettings
) -> None:
    dialog = opened(qtbot, context, settings)
    typed = ["Specimen", "Patient", "1965-03-02", "1", "0041187", "1", "gait difficulty", "Dr Specimen", "2", "2"]
    for number, keys in enumerate(typed):
        if number:
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
        QTest.keyClicks(focused(), keys)
    with qtbot.waitSignal(dialog.ready) as ready:
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    patient, encounter, scope = ready.args
    assert patient == Patient.model_validate_json(
        '{"family_name": "Specimen", "given_name": "Patient", "birth_date": "1965-03-02", "sex": "female",'
        ' "mrn": "0041187"}'
    )
    assert isinstance(encounter, Encounter)
    assert (encounter.reason, encounter.examiner) == ("gait difficulty", "Dr Specimen")
    assert (encounter.handedness, encounter.medication_state) == ("L", "OFF")
    assert scope == next(iter(context.form.scopes))


def test_what_was_not_answered_is_not_in_the_record(
    light: None, qtbot: QtBot, context: Context, settings: QSettings
) -> None:
    dialog = opened(qtbot, context, settings)
    write(qtbot, dialog, family_name="Specimen")
    with qtbot.waitSignal(dialog.ready) as ready:
        QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    patient, encounter, _scope = ready.args
    assert patient.model_dump(exclude_none=True) == {"family_name": "Specimen"}
    assert set(encounter.model_dump(exclude_defaults=True)) == {"started_at"}


def test_every_fault_is_said_beside_its_field_at_once_and_nothing_is_lost(
    light: None, qtbot: QtBot, context: Context, settings: QSettings
) -> None:
    dialog = opened(qtbot, context, settings)
    write(qtbot, dialog, birth_date="02.03.1965", mrn="4" * 65, reason="left\u200bright")
    QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    assert said(dialog) == {
        "family_name": "Enter the family name.",
        "birth_date": "Write the birth date as year-month-day, such as 1965-03-02.",
        "mrn": "This is too long. At most 64 characters can be kept.",
        "reason": "The character U+200B cannot be kept. Remove it.",
    }
    assert dialog.isVisible()
    assert dialog.inputs["family_name"].hasFocus()
    assert dialog.typed()["birth_date"] == "02.03.1965"
    write(qtbot, dialog, birth_date="1965-03-02")
    assert "birth_date" not in said(dialog)


def test_impossible_birth_dates_are_named(light: None, qtbot: QtBot, context: Context, settings: QSettings) -> None:
    dialog = opened(qtbot, context, settings)
    for text, sentence in (
        ("1965-02-30", "There is no such day. Check month and day."),
        ("2031-01-01", "This day lies in the future. Check the year."),
        ("1865-01-01", "This day lies more than 130 years back. Check the year."),
        ("19650302", "Write the birth date as year-month-day, such as 1965-03-02."),
    ):
        write(qtbot, dialog, family_name="Specimen", birth_date=text)
        QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
        assert said(dialog) == {"birth_date": sentence}


def test_only_the_examiners_own_name_is_remembered(
    light: None, qtbot: QtBot, context: Context, settings: QSettings
) -> None:
    dialog = opened(qtbot, context, settings)
    write(qtbot, dialog, family_name="Specimen", mrn="0041187", reason="gait", examiner="Dr Example")
    QTest.mouseClick(dialog.begin_button, Qt.MouseButton.LeftButton)
    assert settings.allKeys() == ["examiner"]
    again = opened(qtbot, context, settings)
    assert again.typed() == {"examiner": "Dr Example", "scope": "screening"}


def test_a_pressed_choice_can_be_taken_back(light: None, qtbot: QtBot, context: Context, settings: QSettings) -> None:
    dialog = opened(qtbot, context, settings)
    sex = dialog.inputs["sex"]
    assert isinstance(sex, Segmented)
    QTest.mouseClick(sex.buttons[1], Qt.MouseButton.LeftButton)
    assert sex.value() == "male"
    QTest.mouseClick(sex.buttons[1], Qt.MouseButton.LeftButton)
    assert sex.value() is None
    scope = dialog.inputs["scope"]
    assert isinstance(scope, Segmented)
    QTest.mouseClick(next(made for made in scope.buttons if made.isChecked()), Qt.MouseButton.LeftButton)
    assert scope.value() == "screening"


def test_what_this_version_has_no_form_for_is_said_below_the_scopes(
    light: None, qtbot: QtBot, context: Context, settings: QSettings
) -> None:
    dialog = opened(qtbot, context, settings)
    (remark,) = (label for label in dialog.findChildren(RoleLabel) if "intensive" in label.text())
    assert remark.text() == "Coma and intensive care are not in this version."
    assert remark.isVisible()
    scope, reason = dialog.inputs["scope"], dialog.inputs["reason"]
    heights = [each.mapTo(dialog, QPoint(0, 0)).y() for each in (scope, remark, reason)]
    assert heights == sorted(heights)


def test_what_was_typed_stays_where_the_examination_cannot_be_stored(
    make_shell: Callable[[Context], Shell], records: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = unlocked(make_shell(records), qtbot)
    shell.begin()
    dialog = shell.dialog
    assert isinstance(dialog, NewExamDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    write(qtbot, dialog, family_name="Specimen")

    def full(*_arguments: object, **_named: object) -> None:
        raise UserError("store_not_written")

    with monkeypatch.context() as disk:
        disk.setattr(RecordStore, "create", full)
        dialog.submit()
    (message,) = dialog.findChildren(QMessageBox)
    assert "has free space" in message.text()
    message.close()
    assert dialog.isVisible() and shell.exam is None
    dialog.submit()
    qtbot.waitUntil(lambda: shell.exam is not None and shell.exam.isActiveWindow())
    assert shell.dialog is None

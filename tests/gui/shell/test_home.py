from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.parts.theme import LIGHT, theme
from exam_app.gui.shell.app import Shell
from exam_app.gui.shell.home import HomeWindow
from exam_app.gui.shell.home_list import Column
from exam_app.gui.shell.new_exam import NewExamDialog
from exam_app.services import exams
from exam_app.services.context import Context
from exam_app.services.exams import Exams
from tests.gui.shell.conftest import PASSPHRASE, focused, home_of, specimen, visit

MakeShell = Callable[[Context], Shell]


def names(home: HomeWindow) -> list[str]:
    return [str(home.model.index(row, Column.NAME).data()) for row in range(home.model.rowCount())]


def at_home(make_shell: MakeShell, context: Context, qtbot: QtBot) -> tuple[Shell, HomeWindow]:
    shell = make_shell(context)
    assert shell.unlock is not None
    QTest.keyClicks(shell.unlock.unlock_page.passphrase, PASSPHRASE)
    with qtbot.waitSignal(shell.home_shown):
        QTest.keyClick(shell.unlock.unlock_page.passphrase, Qt.Key.Key_Return)
    assert shell.home is not None
    qtbot.waitUntil(shell.home.isActiveWindow)
    return shell, shell.home


def test_without_examinations_home_says_how_to_begin(light: None, qtbot: QtBot, open_records: Exams) -> None:
    home = home_of(qtbot, open_records)
    assert not home.table.isVisible()
    assert home._empty_text.text() == "Press N to begin the first one."
    with qtbot.waitSignal(home.begins):
        QTest.keyClick(focused(), Qt.Key.Key_N)


def test_an_examination_is_listed_with_what_is_in_it(light: None, qtbot: QtBot, open_records: Exams) -> None:
    open_records.begin(specimen(), visit(), "screening").close()
    home = home_of(qtbot, open_records)
    row = [str(home.model.index(0, column).data()) for column in Column]
    assert row[:6] == ["Specimen, Patient", "1965-03-02", "0041187", "2026-11-22 09:20", "Screening", "Draft"]
    assert row[Column.DONE].startswith("0/")
    assert row[Column.ABNORMAL] == ""
    assert home.banners == []


def test_search_finds_by_name_and_mrn_and_enter_opens(light: None, qtbot: QtBot, open_records: Exams) -> None:
    for name, mrn in (("Specimen", "0041187"), ("Specimén-Other", "77"), ("Specimen", "0041188")):
        open_records.begin(specimen(name, mrn), visit(), "screening").close()
    home = home_of(qtbot, open_records)
    assert len(names(home)) == 3
    QTest.keyClick(home.table, Qt.Key.Key_Slash)
    assert home.search.hasFocus()
    QTest.keyClicks(home.search, "specimen-other")
    assert names(home) == ["Specimén-Other, Patient"]
    with qtbot.waitSignal(home.opens) as opened:
        QTest.keyClick(home.search, Qt.Key.Key_Return)
    assert opened.args == ["record-2"]
    QTest.keyClick(home.search, Qt.Key.Key_Escape)
    assert len(names(home)) == 3
    assert home.table.hasFocus()
    QTest.keyClick(home.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(home.search, "nobody of this name")
    assert home._empty_title.text() == "No examination fits"


def test_the_patients_name_is_in_no_window_title(light: None, qtbot: QtBot, open_records: Exams) -> None:
    open_records.begin(specimen(), visit(), "screening").close()
    home = home_of(qtbot, open_records)
    assert "Specimen" not in home.windowTitle()


def test_what_was_left_open_is_named_with_its_content_and_opens(light: None, qtbot: QtBot, context: Context) -> None:
    before, _key = exams.create(context, PASSPHRASE)
    before.begin(specimen(), visit(), "screening")
    before.close()  # the examination was not
    again = exams.unlock(context, PASSPHRASE)
    try:
        home = home_of(qtbot, again)
        (banner,) = home.banners
        text = banner.accessibleName()
        assert "Specimen, Patient" in text
        assert "2026-11-22 09:20" in text
        assert "0 of " in text
        assert "0 abnormal" in text
        with qtbot.waitSignal(home.opens) as opened:
            QTest.mouseClick(banner.open_button, Qt.MouseButton.LeftButton)
        assert opened.args == ["record-1"]
    finally:
        again.close()


def test_from_home_to_a_new_examination_and_back(make_shell: MakeShell, records: Context, qtbot: QtBot) -> None:
    shell, home = at_home(make_shell, records, qtbot)
    QTest.keyClick(focused(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = shell.dialog
    assert isinstance(dialog, NewExamDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClicks(focused(), "Specimen")
    with qtbot.waitSignal(shell.exam_shown):
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert isinstance(shell.exam, ExamWindow)
    assert shell.exam.isVisible()
    assert not home.isVisible()
    assert shell.exam.bridge.record.patient.family_name == "Specimen"
    assert "Specimen" not in shell.exam.windowTitle()

    qtbot.waitUntil(shell.exam.isActiveWindow)
    QTest.keyClick(focused(), Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert home.isVisible()
    assert shell.exam is None
    assert names(home) == ["Specimen"]
    assert home.banners == []

    with qtbot.waitSignal(shell.exam_shown):
        QTest.keyClick(home.table, Qt.Key.Key_Return)
    assert isinstance(shell.exam, ExamWindow)
    assert shell.exam.bridge.record.patient.family_name == "Specimen"


def test_a_thousand_examinations_are_listed(light: None, qtbot: QtBot, open_records: Exams) -> None:
    first = open_records.begin(specimen(), visit(), "screening")
    first.close()
    for number in range(40):
        open_records.adopt(first.record.model_copy(update={"patient": specimen(f"Specimen{number:04}")})).close()
    home = home_of(qtbot, open_records)
    assert len(names(home)) == 41
    assert names(home)[0] == "Specimen0039, Patient"


def test_large_text_folds_birth_date_and_mrn_under_the_name(light: None, qtbot: QtBot, open_records: Exams) -> None:
    open_records.begin(specimen(), visit(), "screening").close()
    home = home_of(qtbot, open_records)
    home.resize(1280, 800)
    assert not home.table.isColumnHidden(Column.MRN)
    theme().show(LIGHT, 2.0)
    home.resize(1279, 800)
    assert home.table.isColumnHidden(Column.MRN)
    qtbot.waitUntil(lambda: not home.table.horizontalScrollBar().isVisible())


def test_lock_settings_and_search_answer_to_the_keys_in_use_and_name_them(
    make_shell: MakeShell, records: Context, qtbot: QtBot
) -> None:
    shell, home = at_home(make_shell, records, qtbot)
    control = Qt.KeyboardModifier.ControlModifier
    shell.preferences.set_keys({"lock": ("Ctrl+P",), "settings": ("F9",), "jump": ("Ctrl+J",)})
    assert home.lock_button.toolTip() == "Lock (Ctrl P)"
    assert home.settings_button.toolTip() == "Settings (F9)"
    QTest.keyClick(focused(), Qt.Key.Key_J, control)
    assert home.search.hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_L, control)
    assert not shell.lock.is_locked
    QTest.keyClick(focused(), Qt.Key.Key_F9)
    assert shell.dialog is not None
    qtbot.waitUntil(shell.dialog.isActiveWindow)
    QTest.keyClick(focused(), Qt.Key.Key_P, control)
    assert shell.lock.is_locked

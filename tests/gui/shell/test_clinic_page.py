"""A clinic's settings: kept at once and shown again; what cannot be kept is said and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from exam_app.core.clinic import MOST_LOGO, Clinic
from exam_app.gui.parts.preferences import Preferences
from exam_app.gui.shell.app import Shell
from exam_app.gui.shell.clinic_page import ClinicPage
from exam_app.gui.shell.settings_dialog import SettingsDialog
from exam_app.services.clinic import FILE, clinic, keep_clinic
from exam_app.services.context import Context
from tests.gui.accessible import faults
from tests.gui.shell.conftest import focused, unlocked


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill("steelblue")
    picture.save(str(tmp_path / "logo.png"))
    return tmp_path / "logo.png"


@pytest.fixture
def show(light: None, records: Context, settings: QSettings, qtbot: QtBot) -> Iterator[Callable[[], ClinicPage]]:
    """Shows the page in its dialog."""
    dialogs: list[SettingsDialog] = []

    def shown() -> ClinicPage:
        dialog = SettingsDialog(Preferences(settings))
        dialogs.append(dialog)
        page = ClinicPage(records)
        dialog.add_page("Clinic", page)
        dialog.tabs.setCurrentIndex(dialog.tabs.count() - 1)
        dialog.show()
        qtbot.waitUntil(dialog.isActiveWindow)
        return page

    yield shown
    for dialog in dialogs:
        dialog.close()
        dialog.deleteLater()


@pytest.fixture
def page(show: Callable[[], ClinicPage]) -> ClinicPage:
    return show()


def test_what_is_set_is_kept_at_once_and_shown_again(
    page: ClinicPage, show: Callable[[], ClinicPage], records: Context, logo: Path
) -> None:
    page.name.setFocus()
    QTest.keyClicks(focused(), "Specimen Clinic")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert clinic(records).name == "Specimen Clinic"
    QTest.keyClicks(focused(), "1 Made-up Street")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    QTest.keyClicks(focused(), "00000 Nowhere")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    page.take_logo(str(logo))
    page.paper.buttons[1].click()
    page.attach.click()
    expected = Clinic(
        name="Specimen Clinic",
        address=("1 Made-up Street", "00000 Nowhere"),
        logo=logo.read_bytes(),
        page_size="Letter",
        attach_record=False,
    )
    assert clinic(records) == expected
    again = show()
    assert (again.name.text(), again.address.toPlainText()) == ("Specimen Clinic", "1 Made-up Street\n00000 Nowhere")
    assert again.paper.value() == "Letter" and not again.attach.isChecked()
    assert again.logo.pixmap().width() > 0 and again.logo.accessibleName() == "The logo"
    assert clinic(records) == expected, "showing changes nothing"


def test_what_is_typed_when_the_settings_are_closed_is_kept(
    page: ClinicPage, show: Callable[[], ClinicPage], records: Context
) -> None:
    page.address.setFocus()
    QTest.keyClicks(focused(), "1 Made-up Street")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert clinic(records).address == ("1 Made-up Street",)
    again = show()
    again.name.setFocus()
    QTest.keyClicks(focused(), "Specimen Clinic")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert clinic(records).name == "Specimen Clinic"


def test_the_logo_is_removed_and_the_focus_stays_near(page: ClinicPage, records: Context, logo: Path) -> None:
    page.take_logo(str(logo))
    page.remove_logo.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert clinic(records).logo is None and page.logo.text() == "No logo."
    assert focused() is page.choose_logo and not page.remove_logo.isEnabled()


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda file: file.write_bytes(b"\x89PNG" + bytes(MOST_LOGO)), "larger than 1 MB"),
        (lambda file: file.write_text("not a picture"), "no PNG or JPEG picture"),
        (lambda file: QImage(9, 9, QImage.Format.Format_RGB32).save(str(file), "BMP"), "no PNG or JPEG picture"),  # type: ignore[call-overload]
        (lambda file: None, "could not be read"),
    ],
    ids=["too large", "a text", "another kind", "missing"],
)
def test_a_logo_that_cannot_be_used_is_refused_and_the_one_before_stays(
    page: ClinicPage, records: Context, logo: Path, tmp_path: Path, made: Callable[[Path], object], says: str
) -> None:
    page.take_logo(str(logo))
    made(tmp_path / "other.png")
    page.take_logo(str(tmp_path / "other.png"))
    assert page.said.isVisible() and says in page.said.text()
    assert clinic(records).logo == logo.read_bytes()
    page.paper.buttons[1].click()
    assert not page.said.isVisible(), "said once"


def test_an_address_of_too_many_lines_is_refused_and_the_one_before_stays(page: ClinicPage, records: Context) -> None:
    page.address.setPlainText("1 Made-up Street")
    page.paper.buttons[1].click()
    page.address.setPlainText("\n".join("1234567"))
    page.attach.click()
    assert "at most 6 lines" in page.said.text()
    assert clinic(records).address == ("1 Made-up Street",)


def test_settings_that_cannot_be_read_are_said_and_can_be_set_anew(
    show: Callable[[], ClinicPage], records: Context
) -> None:
    (records.data_folder / FILE).write_text("{", encoding="utf-8")
    page = show()
    assert "could not be read" in page.said.text() and page.said.isVisible()
    page.name.setText("Specimen Clinic")
    page.name.editingFinished.emit()
    assert clinic(records).name == "Specimen Clinic" and not page.said.isVisible()


def test_settings_that_cannot_be_written_are_said(page: ClinicPage, records: Context) -> None:
    (records.data_folder / FILE).mkdir()
    page.attach.click()
    assert "could not be written" in page.said.text()


def test_every_control_of_the_page_can_be_read_and_reached(page: ClinicPage, logo: Path) -> None:
    page.take_logo(str(logo))
    assert faults(page.window()) == []
    page.name.setFocus()
    met = []
    while focused() not in met:
        met.append(focused())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert {page.name, page.address, page.choose_logo, page.remove_logo, page.attach} <= set(met)


def test_a_logo_is_asked_for_among_pictures(page: ClinicPage, qtbot: QtBot) -> None:
    page.choose_logo.click()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None and "*.png" in dialog.nameFilters()[0]
    dialog.reject()


def test_the_shell_offers_the_page_once_the_records_are_open(
    records: Context, make_shell: Callable[[Context], Shell], qtbot: QtBot
) -> None:
    keep_clinic(records, Clinic(name="Specimen Clinic"))
    shell = make_shell(records)
    shell.open_settings()
    assert isinstance(shell.dialog, SettingsDialog) and shell.dialog.findChild(ClinicPage) is None
    shell.dialog.reject()
    unlocked(shell, qtbot).open_settings()
    assert isinstance(shell.dialog, SettingsDialog)
    page = shell.dialog.findChild(ClinicPage)
    assert page is not None and page.name.text() == "Specimen Clinic"

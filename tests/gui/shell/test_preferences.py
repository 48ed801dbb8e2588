from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from exam_app.gui.parts.preferences import USUAL_IDLE_MINUTES, Preferences, SidePanelState
from exam_app.gui.parts.theme import Look

CHOSEN = Look(colours="high_contrast", text_size=150, touch=True)
KEYS = {"next_gap": ("J", "Ctrl+J"), "jump": (",",), "reason": ("\\",), "undo": ()}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def stored(file: Path) -> Preferences:
    return Preferences(QSettings(str(file), QSettings.Format.IniFormat))


def test_without_anything_stored_the_system_decides_and_the_content_is_hidden_after_the_usual_time(file: Path) -> None:
    preferences = stored(file)
    assert preferences.look == Look("system", 100, touch=False)
    assert preferences.idle_minutes == USUAL_IDLE_MINUTES == 10
    assert preferences.keys == {}


def test_what_was_set_is_there_at_the_next_start(file: Path) -> None:
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    preferences = Preferences(settings)
    told: list[Look] = []
    preferences.changed.connect(lambda: told.append(preferences.look))
    preferences.set_look(CHOSEN)
    preferences.set_idle_minutes(0)
    preferences.set_keys({"note": ("Ctrl+E",)})
    preferences.set_keys(KEYS)
    settings.sync()
    again = stored(file)
    assert (again.look, again.idle_minutes) == (CHOSEN, 0)
    assert again.keys == KEYS
    assert told == [CHOSEN] * 4


@pytest.mark.parametrize(
    ("name", "value", "still"),
    [
        ("look/colours", "mauve", Look(text_size=150, touch=True)),
        ("look/text_size", "large", Look("dark", 100, touch=True)),
        ("look/text_size", "300", Look("dark", 100, touch=True)),
        ("look/text_size", "101", Look("dark", 100, touch=True)),
        ("look/touch", "perhaps", Look("dark", 150, touch=False)),
        ("lock/idle_minutes", "-3", Look("dark", 150, touch=True)),
    ],
)
def test_a_stored_value_that_makes_no_sense_falls_back_and_takes_no_other_along(
    file: Path, name: str, value: str, still: Look
) -> None:
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    Preferences(settings).set_look(Look("dark", 150, touch=True))
    settings.setValue(name, value)
    settings.sync()
    assert stored(file).look == still
    assert stored(file).idle_minutes == USUAL_IDLE_MINUTES


def test_how_the_side_panel_was_left_is_there_at_the_next_start_and_nonsense_falls_back(file: Path) -> None:
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    Preferences(settings).keep_side_panel(SidePanelState(wanted=False, tab="note", width=400))
    settings.sync()
    assert stored(file).side_panel == SidePanelState(wanted=False, tab="note", width=400)
    settings.setValue("side_panel/tab", "kitchen")
    settings.setValue("side_panel/width", "20000")
    settings.sync()
    assert stored(file).side_panel == SidePanelState(wanted=False)

"""How few keystrokes the teaching cases take in the real windows, and the document that says so.

After a wanted change: UPDATE_GOLDEN=1 pytest tests/gui/exam/test_keystrokes.py, then read the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from benchmarks.cases import case_names
from benchmarks.keystrokes import MOST_NORMAL, Count, count, count_normal, table
from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.services.exams import OpenExam
from tests.gui.exam.conftest import Open
from tests.gui.typist import NO_MODIFIER, SHIFT, Typist

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "keystrokes.md"


@pytest.fixture
def begin(new_exam: Callable[..., OpenExam], open_window: Open) -> Callable[[ExamRecord], ExamWindow]:
    def opened(described: ExamRecord) -> ExamWindow:
        window = open_window(new_exam(like=described))
        window.setUpdatesEnabled(False)  # painting every key takes a third of the time
        return window

    return opened


def row_of(name: str) -> str:
    """The line of a case in the document."""
    return next(line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {name} |"))


def keep(counted: Count) -> None:
    """Write the line of a case anew."""
    line = table([counted]).splitlines()[-1]
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(re.sub(rf"^\| {counted.case} \|.*$", line, text, flags=re.MULTILINE), encoding="utf-8")


@pytest.mark.parametrize("name", case_names())
def test_a_case_takes_no_more_keystrokes_than_three_a_value_and_twenty(
    name: str, form: Form, begin: Callable[[ExamRecord], ExamWindow]
) -> None:
    counted = count(name, form, begin)
    if os.environ.get("UPDATE_GOLDEN"):
        keep(counted)
    assert counted.keystrokes <= counted.most
    assert row_of(name) == table([counted]).splitlines()[-1]


def test_a_normal_examination_takes_twelve_keystrokes_at_most(
    form: Form, begin: Callable[[ExamRecord], ExamWindow]
) -> None:
    taken = count_normal(form, begin)
    assert taken <= MOST_NORMAL
    assert f"**{taken}** keystrokes" in DOCUMENT.read_text(encoding="utf-8")


def test_enter_in_the_jump_panel_leads_to_the_right_side_and_with_shift_to_the_left(typist: Typist) -> None:
    typist.go_to_section("strength")
    for modifiers, address in ((NO_MODIFIER, "strength.triceps.R"), (SHIFT, "strength.triceps.L")):
        typist.type("/elbow ext")
        typist.press(Qt.Key.Key_Return, modifiers)
        assert typist.address == address


def test_an_item_of_the_section_in_sight_is_found_before_the_others(typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.type("/plant")
    typist.press(Qt.Key.Key_Return)
    assert typist.address == "strength.gastrocnemius_soleus.R"
    typist.type("/plantar response")
    typist.press(Qt.Key.Key_Return)
    assert typist.address == "reflexes.plantar.R"


def test_steps_after_a_jump_stay_on_the_side_that_was_jumped_to(typist: Typist) -> None:
    typist.go_to_section("strength")
    typist.type("/elbow ext")
    typist.press(Qt.Key.Key_Return, SHIFT)
    typist.press(Qt.Key.Key_Down)
    assert typist.address == "strength.ecr_longus.L"

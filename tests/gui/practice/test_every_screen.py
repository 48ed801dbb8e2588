"""Every screen of practice before the end of a walk: read aloud, nothing cut, large enough, Tab comes round."""

from __future__ import annotations

import pytest

from exam_app.core.practice.attempt import Walk
from exam_app.gui.exam.rail import REVIEW
from exam_app.gui.parts.overlay import Overlay
from exam_app.gui.practice.learners import NameDialog
from tests.gui.accessible import faults
from tests.gui.practice.conftest import MYELOPATHY, NAME, Desk
from tests.gui.screens import SIZE, Shown, settle
from tests.gui.tab_walk import missed, walk
from tests.gui.whole import LOOKS, faults_on, look

LONG = "Specimen-Featherstonehaugh of the Upper Cumberland Valley"
WALKS: tuple[tuple[Walk, str | None], ...] = (("guided", MYELOPATHY), ("examination", MYELOPATHY), ("guided", None))


def screens(desk: Desk) -> Shown:
    """Every screen in turn, named, with its window."""
    window = desk.open()
    window.resize(*SIZE)
    settle()
    yield "nobody practises yet", window
    window.home.learners.add_button.click()
    dialog = window.home.learners.dialog
    assert isinstance(dialog, NameDialog)
    dialog.submit()
    settle()
    yield "a name refused", dialog
    dialog.line.setText(LONG)
    dialog.submit()
    settle()
    window.home.walk.buttons[2].click()
    settle()
    yield "home, an examination", window
    for walk_kind, case_id in WALKS:
        case = window.practice.content.case(case_id) if case_id is not None else None
        window.begin(case, walk_kind, None)
        settle()
        name = f"{walk_kind}, {case_id}"
        yield from _walk(name, desk)
    window.home.search.setText("nothing of this name")
    settle()
    yield "home, one attempt not finished, nothing found", window


def _walk(name: str, desk: Desk) -> Shown:
    (window,) = desk.windows
    walked = window.walk
    assert walked is not None
    for address in ("strength.triceps.R", "mental.orientation", "movements.sit_relaxed"):
        if address not in walked.bridge.form.addresses:
            continue
        walked.go_to(address)
        settle()
        yield f"{name}: {address}", window
        walked.perform_group()
        settle()
        yield f"{name}: {address}, examined", window
    walked.toggle_time()
    settle()
    yield f"{name}: the time", window
    if walked.side_panel.isVisible():
        walked.show_case()
        settle()
        yield f"{name}: the case", window
    walked.commands.all_keys()
    settle()
    yield f"{name}: all keys", window
    for panel in walked.findChildren(Overlay):
        panel.close_panel()
    walked.show_page(REVIEW)
    settle()
    yield f"{name}: at the end", window
    walked.close()
    settle()


@pytest.mark.timeout(600)
@LOOKS
def test_words_and_controls_are_whole_and_large_enough(desk: Desk, scale: float, touch: bool) -> None:
    look(scale, touch=touch)
    assert faults_on(screens(desk), touch=touch) == {}


@pytest.mark.timeout(600)
def test_every_control_can_be_read_and_used(desk: Desk) -> None:
    assert {name: here for name, window in screens(desk) if (here := faults(window))} == {}


def test_tab_comes_round_past_every_control_of_home_and_of_a_walk(desk: Desk) -> None:
    window = desk.open_with_learner()
    assert NAME in window.frame.banner.learner.text()
    assert missed(window, walk()) == []
    window.begin(window.practice.content.case(MYELOPATHY), "guided", None)
    settle()
    walked = window.walk
    assert walked is not None
    walked.go_to("strength.triceps.R")
    walked.perform()
    settle()
    assert missed(window, walk()) == []

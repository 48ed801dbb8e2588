"""Meaning without colour: printed in grey, the states of a cell still differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import get_args

import pytest
from PySide6.QtGui import QImage

from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.grid.cell import Cell
from exam_app.gui.parts.faces import Face, State
from exam_app.gui.parts.theme import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Palette, theme
from tests.gui.screens import settle

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK], ids=lambda palette: palette.name)
CLEARLY = 60
"""So many of 256 steps of grey apart."""
SEEN = 15
"""So many pixels, at least, are clearly lighter or darker."""


@pytest.fixture(autouse=True)
def usual_look_afterwards(qapp: object) -> Iterator[None]:
    yield
    theme().show(LIGHT)


def in_grey(cell: Cell) -> QImage:
    return cell.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def clearly_different(one: QImage, other: QImage) -> int:
    points = ((x, y) for x in range(one.width()) for y in range(one.height()))
    return sum(abs((one.pixel(*at) & 255) - (other.pixel(*at) & 255)) > CLEARLY for at in points)


@PALETTES
def test_in_grey_no_state_of_a_cell_looks_like_another(palette: Palette, window: ExamWindow) -> None:
    theme().show(palette)
    window.show_page("strength")
    settle()
    cell = next(each for each in window.view_of("strength").grid.cells.values() if not each.hasFocus())
    pictures: dict[str, QImage] = {}
    for state in get_args(State):
        # A reason says itself in words and is framed like what is abnormal.
        cell.set_face(Face(state, "unable" if state == "reason" else "4", state, "4"))
        pictures[state] = in_grey(cell)
    alike = {
        pair: seen
        for pair in combinations(pictures, 2)
        if (seen := clearly_different(pictures[pair[0]], pictures[pair[1]])) < SEEN
    }
    assert alike == {}


@PALETTES
def test_in_grey_the_recorded_grade_stands_out_in_the_strip(palette: Palette, window: ExamWindow) -> None:
    theme().show(palette)
    window.go_to("strength.triceps.R")
    settle()
    view = window.view
    assert view is not None and view.current_cell is not None
    cell = view.current_cell
    assert cell.shows_strip
    cell.set_face(Face("normal", "5", "normal", "5"))
    cell.set_token(None)
    before = in_grey(cell)
    recorded: tuple[tuple[State, str], ...] = (("normal", "5"), ("abnormal", "3"))
    for state, token in recorded:
        cell.set_face(Face(state, token, state, token))
        cell.set_token(token)
        assert clearly_different(before, in_grey(cell)) >= 3 * SEEN

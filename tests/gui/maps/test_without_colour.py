"""What is absent and what is only reduced are told apart on every map by their lines, in every palette."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import qGray

from exam_app.core.record.values import ChoiceValue, GroupValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.maps.map_panel import MapPanel
from exam_app.gui.parts.palettes import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Palette
from exam_app.gui.parts.theme import theme
from exam_app.gui.parts.widgets import RoleLabel
from tests.gui.maps.conftest import panel_of
from tests.gui.screens import settle

ABSENT, REDUCED, SEEN = "upper_temporal.R", "upper_nasal.R", "lower_nasal.R"
_SEEN_APART = 20
"""Of 256 shades."""


def lines_across(panel: MapPanel, region: str) -> int:
    """How many lines are crossed on several ways through the middle of a region, in shades of grey alone."""
    image = panel.view.grab().toImage()
    shape = next(shape for shape in panel.shown_map.shapes if shape.id == region)
    place = panel.view.transform().map(QPointF(*shape.label_place[0])).toPoint()
    ways = [
        [qGray(image.pixel(place.x() + across, place.y() + down)) for across in range(-11, 12)]
        for down in range(-11, 12)
    ]
    darkest, lightest = min(map(min, ways)), max(map(max, ways))
    if lightest - darkest < _SEEN_APART:
        return 0
    dark = [[shade < (darkest + lightest) / 2 for shade in way] for way in ways]
    return sum(one != other for way in dark for one, other in itertools.pairwise(way))


@pytest.mark.parametrize("palette", [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK], ids=["light", "dark", "high", "high dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_absent_has_closer_lines_than_reduced_and_the_legend_says_so(
    wide: ExamWindow, palette: Palette, scale: float
) -> None:
    theme().show(palette, scale)
    wide.resize(1920, 1080)
    fields = {"upper_temporal": "absent", "upper_nasal": "reduced", "lower_nasal": "full"}
    wide.bridge.answer(
        {"cranial.fields.R": GroupValue(fields={name: ChoiceValue(token=token) for name, token in fields.items()})}
    )
    wide.go_to("cranial.fields.L")  # so that no frame lies over the right eye
    beside = wide.view_of("cranial").map
    assert beside is not None
    settle()
    if not beside.is_shown:
        beside.enter()
        settle()
    panel = panel_of(wide)
    assert lines_across(panel, SEEN) == 0
    assert lines_across(panel, REDUCED) > 0
    assert lines_across(panel, ABSENT) >= 1.5 * lines_across(panel, REDUCED)
    assert any("close lines: absent" in label.text() for label in panel.findChildren(RoleLabel))

"""Maps beside the table: in step with it both ways, by keys alone, with a name for every region."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exam_app.core.drawings.maps import section_uses
from exam_app.core.drawings.picture import Mark, Room, Write, over, region_words
from exam_app.core.record.record import Examined, ExamRecord
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue, ListValue, SideValue
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.maps.map_panel import MapPanel
from exam_app.gui.maps.painter import placed, write
from exam_app.gui.parts.key_hint import KeyHint
from exam_app.gui.parts.theme import LIGHT, theme
from exam_app.services.exams import OpenExam
from tests.gui.maps.conftest import WIDE, panel_of
from tests.gui.screens import settle
from tests.gui.typist import ALT, CTRL, Typist


def place_of(panel: MapPanel, region: str) -> QPoint:
    """Where a region lies in the drawing's widget."""
    shape = next(shape for shape in panel.shown_map.shapes if shape.id == region)
    return panel.view.transform().map(QPointF(*shape.label_place[0])).toPoint()


def click(panel: MapPanel, region: str) -> None:
    QTest.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=place_of(panel, region))
    QApplication.processEvents()


def token_at(window: ExamWindow, address: str) -> str | None:
    value = window.bridge.value(address)
    return value.token if isinstance(value, (GradeValue, ChoiceValue)) else None


def state_of(panel: MapPanel, region: str) -> str:
    return panel.view.marks[region].state


# In step with the table ----------------------------------------------------------------------------------------------


def test_the_focus_and_the_grades_of_the_table_are_seen_on_the_map(wide: ExamWindow, typist: Typist) -> None:
    panel = panel_of(wide)
    typist.go_to("sensation.light_touch_C6.R")
    assert panel.region == "C6.R" and panel.view.region == "C6.R"
    typist.press("1")
    assert state_of(panel, "C6.R") == "abnormal" and state_of(panel, "C6.L") == "gap"
    assert panel.caption.text() == "C6 right, light touch 1, abnormal"
    typist.press(Qt.Key.Key_Z, CTRL)
    assert state_of(panel, "C6.R") == "gap"


def test_the_map_shows_the_modality_of_the_focused_column(wide: ExamWindow, typist: Typist) -> None:
    panel = panel_of(wide)
    typist.go_to("sensation.light_touch_C6.R")
    typist.press("0")
    wide.go_to("sensation.pinprick_C6.R")
    assert panel.column == "pinprick" and state_of(panel, "C6.R") == "gap"
    wide.go_to("sensation.light_touch_C7.L")
    assert panel.column == "light_touch" and state_of(panel, "C6.R") == "abnormal"


def test_a_click_on_a_region_makes_its_cell_the_current_one_and_keys_grade_it(wide: ExamWindow, typist: Typist) -> None:
    panel, view = panel_of(wide), wide.view
    assert view is not None
    typist.go_to("sensation.light_touch_C6.R")
    click(panel, "L2.L")
    assert panel.view.hasFocus() and view.current == "sensation.light_touch_L2.L"
    assert wide.dock.address == "sensation.light_touch_L2.L"
    typist.press("0")
    assert token_at(wide, "sensation.light_touch_L2.L") == "0"
    face = view.grid.cells["sensation.light_touch_L2.L"].face
    assert face is not None and face.state == "abnormal"
    typist.press("X")
    typist.press("P")
    assert state_of(panel, "L2.L") == "reason"


def test_a_region_of_a_folded_row_brings_that_row_alone_into_the_table(wide: ExamWindow, typist: Typist) -> None:
    view = wide.view
    assert view is not None
    before = len(view.grid.lines())
    click(panel_of(wide), "C4.R")
    assert view.current == "sensation.light_touch_C4.R" and not view.is_unfolded
    assert len(view.grid.lines()) == before + 1


def test_the_map_turns_to_the_drawing_that_shows_the_focused_place(wide: ExamWindow) -> None:
    panel = panel_of(wide)
    for address, drawing, region in (
        ("sensation.light_touch_S2.L", "dermatomes_back", "S2.L"),
        ("sensation.light_touch_median.R", "nerves_front", "median.R"),
        ("sensation.pinprick_L1.R", "dermatomes_front", "L1.R"),
    ):
        wide.go_to(address)
        assert (panel.shown_map.drawing.id, panel.region) == (drawing, region)
    wide.go_to("sensation.light_touch_mid_shin.R")
    assert panel.region is None, "a place that is on no drawing has no frame"


def test_the_map_is_not_built_before_it_is_shown(window: ExamWindow) -> None:
    view = window.view_of("sensation")
    assert view.map is not None and view.map.panel is None
    assert window.view_of("strength").map is None


# By keys alone -------------------------------------------------------------------------------------------------------


def test_in_a_narrow_window_the_map_is_fetched_graded_and_left_by_keys(window: ExamWindow, typist: Typist) -> None:
    typist.go_to("sensation.light_touch_C6.R")
    typist.press("M")
    panel, view = panel_of(window), window.view
    assert view is not None and panel.view.hasFocus() and panel.region == "C6.R"
    assert not view.grid.isVisible(), "the map stands in the place of the table"
    typist.press("1")
    assert token_at(window, "sensation.light_touch_C6.R") == "1"
    typist.press(Qt.Key.Key_Right)
    reached = view.current
    assert reached not in (None, "sensation.light_touch_C6.R") and wide_enough(panel)
    typist.press("0")
    assert token_at(window, str(reached)) == "0"
    typist.press("M")
    assert view.grid.isVisible() and not panel.isVisible() and typist.address == reached


def wide_enough(panel: MapPanel) -> bool:
    return panel.list.isVisible() and panel.view.width() > 300


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_escape_and_enter_lead_from_the_map_to_its_cell(window: ExamWindow, typist: Typist, key: Qt.Key) -> None:
    typist.go_to("sensation.light_touch_C7.L")
    typist.press("M")
    typist.press(key)
    assert typist.address == "sensation.light_touch_C7.L" and typist.cell is not None and typist.cell.isVisible()


def test_another_section_and_back_leads_to_the_table(window: ExamWindow, typist: Typist) -> None:
    typist.go_to("sensation.light_touch_C7.L")
    typist.press("M")
    typist.press(Qt.Key.Key_Left, ALT)
    typist.press(Qt.Key.Key_Right, ALT)
    assert typist.cell is not None and typist.cell.isVisible()


def test_the_button_sends_the_map_away_and_fetches_it(wide: ExamWindow, qtbot: QtBot) -> None:
    view = wide.view
    assert view is not None and view.map is not None
    assert view.map.button.label == "Hide map"
    view.map.button.click()
    assert not view.map.is_shown and view.map.button.label == "Show map"
    wide.resize(1690, 940)
    QApplication.processEvents()
    assert not view.map.is_shown
    view.map.button.click()
    assert view.map.is_shown and panel_of(wide).view.hasFocus()


def test_the_bottom_bar_names_the_key_where_there_is_a_map(window: ExamWindow, typist: Typist) -> None:
    for section, has_map in (("sensation", True), ("strength", False)):
        typist.go_to_section(section)
        hints = [hint.does for hint in window.bottom_bar.findChildren(KeyHint) if hint.isVisible()]
        assert ("map" in hints) == has_map
    typist.press("M")
    assert typist.cell is not None, "without a map the key does nothing"


@pytest.fixture
def slow_typing() -> Iterator[None]:
    """However slow the machine is, letters typed one after the other are one search in a list."""
    usual = QApplication.keyboardInputInterval()
    QApplication.setKeyboardInputInterval(60_000)
    yield
    QApplication.setKeyboardInputInterval(usual)


@pytest.mark.usefixtures("slow_typing")
def test_small_targets_are_reached_through_the_list_by_their_names(wide: ExamWindow, typist: Typist) -> None:
    panel, view = panel_of(wide), wide.view
    assert view is not None
    panel.list_button.click()
    assert panel.list.hasFocus()
    typist.type("L5")
    assert view.current == "sensation.light_touch_L5.R"
    typist.press(Qt.Key.Key_Return)
    assert typist.address == "sensation.light_touch_L5.R"
    typist.press("1")
    row = next(
        panel.list.item(at).text() for at in range(panel.list.count()) if "L5 right" in panel.list.item(at).text()
    )
    assert row == "L5 right, light touch 1, abnormal"


# Names ---------------------------------------------------------------------------------------------------------------


def test_every_region_of_every_map_has_a_name_of_its_own(window: ExamWindow, typist: Typist) -> None:
    sections = [section for section in window.bridge.form.sections if next(section_uses(section), None)]
    assert {section.id for section in sections} == {"cranial", "reflexes", "sensation", "movements"}
    for section in sections:
        window.show_page(section.id)
        window.commands.map()
        panel = panel_of(window)
        for _section, _group, use in section_uses(section):
            panel.show_use(use.title)
            for region in panel.view.choosable():
                says = panel.says(region)
                side = {"R": " right", "L": " left"}.get(region.rpartition(".")[2], "")
                assert says and side in says, (use.title, region, says)


def test_a_screen_reader_hears_the_region_in_focus_with_its_finding(wide: ExamWindow, typist: Typist) -> None:
    panel = panel_of(wide)
    typist.go_to("sensation.light_touch_C6.R")
    typist.press("M")
    typist.press("1")
    assert panel.view.accessibleName() == "Map: Dermatomes: front"
    assert panel.view.accessibleDescription() == "C6 right, light touch 1, abnormal"


# Fields and sites ----------------------------------------------------------------------------------------------------


def test_a_quadrant_is_answered_on_the_map_and_the_others_stay(window: ExamWindow, typist: Typist) -> None:
    typist.go_to("cranial.fields.L")
    typist.press("M")
    panel = panel_of(window)
    click(panel, "lower_temporal.L")
    typist.press("3")
    click(panel, "upper_temporal.L")
    typist.press(Qt.Key.Key_Space)
    typist.press(Qt.Key.Key_Space)
    value = window.bridge.value("cranial.fields.L")
    assert value == GroupValue(
        fields={"lower_temporal": ChoiceValue(token="absent"), "upper_temporal": ChoiceValue(token="reduced")}
    )
    typist.press(Qt.Key.Key_Delete)
    assert window.bridge.value("cranial.fields.L") == GroupValue(fields={"lower_temporal": ChoiceValue(token="absent")})
    assert state_of(panel, "lower_temporal.L") == "abnormal" and state_of(panel, "upper_temporal.L") == "gap"


def entry(*sites: tuple[str, str]) -> GroupValue:
    given = tuple(
        GroupValue(fields={"site": ChoiceValue(token=site), "side": SideValue(side="R" if side == "R" else "L")})
        for site, side in sites
    )
    return GroupValue(fields={"phenomenology": ChoiceValue(token="chorea"), "sites": ListValue(entries=given)})


@pytest.fixture
def with_movements(window: ExamWindow, open_window: Callable[[OpenExam], ExamWindow], typist: Typist) -> ExamWindow:
    """Two movements are recorded: one of the right hand, one of the left foot."""
    movements = ListValue(entries=(entry(("hand", "R")), entry(("foot", "L"))))
    window.bridge.answer({"movements.entries": movements})
    window.show_page("movements")
    window.commands.map()
    return window


def sites_in(record: ExamRecord, index: int) -> set[tuple[str, str]]:
    finding = record.findings["movements.entries"]
    assert isinstance(finding, Examined) and isinstance(finding.value, ListValue)
    sites = finding.value.entries[index].fields["sites"]
    assert isinstance(sites, ListValue)
    found: set[tuple[str, str]] = set()
    for each in sites.entries:
        site, side = each.fields["site"], each.fields.get("side")
        assert isinstance(site, ChoiceValue)
        found.add((site.token, side.side if isinstance(side, SideValue) else ""))
    return found


def test_the_body_shows_and_toggles_the_sites_of_the_open_entry(with_movements: ExamWindow, typist: Typist) -> None:
    panel, entries = panel_of(with_movements), with_movements.view_of("movements").panels[0].view
    entries.list.setCurrentRow(0)
    assert {region for region, mark in panel.view.marks.items() if mark.state == "chosen"} == {"hand.R"}
    click(panel, "forearm.R")
    typist.press(Qt.Key.Key_Space)
    assert sites_in(with_movements.bridge.record, 0) == {("hand", "R"), ("forearm", "R")}
    typist.press(Qt.Key.Key_Return)
    click(panel, "trunk")
    typist.press(Qt.Key.Key_Space)
    assert sites_in(with_movements.bridge.record, 0) == {("hand", "R"), ("trunk", "")}
    entries.list.setCurrentRow(1)
    assert {region for region, mark in panel.view.marks.items() if mark.state == "chosen"} == {"foot.L"}
    assert panel.says("foot.L") == "Foot left, chosen"


def test_keys_on_the_body_touch_no_cell_of_the_table(with_movements: ExamWindow, typist: Typist) -> None:
    before = with_movements.bridge.record
    with_movements.view_of("movements").panels[0].view.list.setCurrentRow(0)
    panel = panel_of(with_movements)
    click(panel, "neck")
    for key in ("2", "X", "P", ".", Qt.Key.Key_Delete):
        typist.press(key)
    assert with_movements.bridge.record == before
    click(panel, "hand.R")
    typist.press(Qt.Key.Key_Delete)
    assert "sites" not in str(with_movements.bridge.value("movements.entries")).split("GroupValue")[1]


# Enlarged ------------------------------------------------------------------------------------------------------------


def test_enlarging_keeps_the_region_in_focus_and_both_sides_in_sight(wide: ExamWindow, typist: Typist) -> None:
    panel = panel_of(wide)
    click(panel, "L5.R")
    settle()  # the dock has come, and the drawing has its size
    small = panel.view.transform().m11()
    for _step in range(3):
        typist.press("+", CTRL)
    assert panel.view.transform().m11() == pytest.approx(3 * small)
    assert panel.view.rect().contains(place_of(panel, "L5.R"))
    click(panel, "L5.R")
    assert panel.region == "L5.R"
    typist.press(Qt.Key.Key_Up)
    assert panel.region != "L5.R" and panel.view.rect().contains(place_of(panel, str(panel.region)))


def test_a_click_just_beside_a_small_region_still_finds_it(wide: ExamWindow, typist: Typist) -> None:
    wide.show_page("reflexes")
    wide.resize(WIDE[0], WIDE[1] + 1)
    wide.commands.map()
    panel = panel_of(wide)
    place = place_of(panel, "ankle.L")
    assert panel.view.region_at(QPointF(place + QPoint(9, 6))) == "ankle.L"
    assert panel.view.region_at(QPointF(2, 2)) is None


def test_with_large_text_in_a_small_window_nothing_lies_over_the_map(window: ExamWindow, typist: Typist) -> None:
    theme().show(LIGHT, 2.0)
    window.resize(1366, 768)
    typist.go_to("sensation.light_touch_C6.R")
    assert window.dock.isVisible()
    typist.press("M")
    QApplication.processEvents()
    panel = panel_of(window)
    parts = [panel.subjects, panel.view, panel.caption]
    for above, below in pairwise(parts):
        assert above.geometry().bottom() < below.geometry().top()
    assert not window.dock.isVisible()
    assert panel.view.height() >= theme().px(100)
    typist.press("M")
    assert window.dock.isVisible() and window.view is not None and window.view.current == "sensation.light_touch_C6.R"


# Words on a drawing --------------------------------------------------------------------------------------------------


def boxes_of_anchors(panel: MapPanel, words: str) -> dict[str, QRectF]:
    """Where these words stand at every anchor of the figure, in pixels."""
    view, drawing = panel.view, panel.shown_map.drawing
    image = QImage(view.size(), QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    painter.setTransform(view.transform())
    boxes = {}
    for shape in panel.shown_map.shapes:
        (command,) = region_words(drawing, shape, Mark("abnormal", words))
        found = placed(painter, command, view.transform().m11())
        assert found is not None and found.text, f"nothing is written at {shape.id}"
        boxes[shape.id] = found.box
    painter.end()
    return boxes


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_the_words_of_the_reflex_figure_stand_clear_of_each_other(
    window: ExamWindow, size: tuple[int, int], scale: float
) -> None:
    theme().show(LIGHT, scale)
    window.resize(*size)
    window.go_to("reflexes.abdominal_upper.R")
    view = window.view
    assert view is not None and view.map is not None
    view.map.enter()
    settle()
    for words in ("present", "3 beats", "4+"):
        boxes = boxes_of_anchors(panel_of(window), words)
        for (one, box), (other, its) in combinations(boxes.items(), 2):
            assert not box.adjusted(2, 2, -2, -2).intersects(its.adjusted(2, 2, -2, -2)), (one, other, words)


def test_what_has_no_room_among_other_words_is_left_out_and_what_must_stand_is_not() -> None:
    def painted(*commands: Write) -> QImage:
        image = QImage(200, 60, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        painter, room = QPainter(image), Room()
        for command in commands:
            write(painter, command, LIGHT, 1.0, room)
        painter.end()
        return image

    first = Write("C7 0", 60, 30, 14, "abnormal", may_go=True)
    over, beside = replace(first, text="C8 1", x=70), replace(first, text="C8 1", x=150)
    assert painted(first, over) == painted(first)
    assert painted(first, beside) != painted(first)
    assert painted(first, replace(over, may_go=False)) != painted(first)


def test_a_region_too_narrow_for_its_grade_too_keeps_its_name(wide: ExamWindow, typist: Typist) -> None:
    panel = panel_of(wide)
    for address in ("sensation.light_touch_C8.R", "sensation.light_touch_C6.L"):
        typist.go_to(address)
        typist.press("1")
    panel.show_use("Dermatomes: hands")
    drawing, shapes = panel.shown_map.drawing, {shape.id: shape for shape in panel.shown_map.shapes}
    written = {}
    for region in ("C8.R", "C6.L"):
        (command,) = region_words(drawing, shapes[region], panel.view.marks[region])
        written[region] = command.text
    assert written == {"C8.R": "C8", "C6.L": "C6 1"}, "the little finger's side is narrow, the thumb's is not"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_what_a_drawing_says_itself_is_as_legible_as_small_print(window: ExamWindow, scale: float) -> None:
    theme().show(LIGHT, scale)
    window.resize(1280, 800)
    window.show_page("sensation")
    window.commands.map()
    settle()
    panel = panel_of(window)
    for title in ("Dermatomes: hands", "Dermatomes: feet"):
        panel.show_use(title)
        settle()
        image = QImage(panel.view.size(), QImage.Format.Format_ARGB32)
        painter = QPainter(image)
        painter.setTransform(panel.view.transform())
        commands = over(panel.shown_map.drawing, panel.shown_map.use.layer, {})
        names = [each for each in commands if isinstance(each, Write) and each.look == "words"]
        written = [placed(painter, each, panel.view.transform().m11()) for each in names]
        painter.end()
        assert len(written) == 2
        for each in written:
            assert each is not None
            assert each.font.pixelSize() >= 11 * (1 if scale == 1.0 else 1.25)
            assert abs(each.box.center().x() - panel.view.width() / 2) < 6, "it stays between right and left"


def test_why_a_reflex_was_not_examined_is_a_short_sign_on_the_figure_and_words_beside_it(
    wide: ExamWindow, typist: Typist
) -> None:
    wide.show_page("reflexes")
    wide.commands.map()
    settle()
    panel = panel_of(wide)
    panel.left.emit()
    for address, reason in (("reflexes.biceps.R", "t"), ("reflexes.biceps.L", "p")):
        typist.go_to(address)
        typist.press("x")
        typist.press(reason)
    shapes = {shape.id: shape for shape in panel.shown_map.shapes}
    signs = {}
    for region in ("biceps.R", "biceps.L"):
        (command,) = region_words(panel.shown_map.drawing, shapes[region], panel.view.marks[region])
        signs[region] = command.text
    assert signs == {"biceps.R": "ne", "biceps.L": "un"}
    assert [panel.says(region) for region in signs] == ["Biceps right, not examined", "Biceps left, unable"]

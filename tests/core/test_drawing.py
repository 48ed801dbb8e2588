"""The drawings: what is refused, which region lies under a point, that sides mirror and regions tile."""

from __future__ import annotations

from pathlib import Path

import pytest

from exam_app.core.drawings.drawing import Box, Drawing, Point, Shape, neighbour, split_side
from exam_app.core.drawings.drawing_file import parse_drawing, read_drawing
from exam_app.core.drawings.picture import (
    Hatch,
    Hatching,
    Mark,
    Room,
    Stroke,
    Write,
    hatch_lines,
    picture,
    region_words,
)
from exam_app.core.errors import UserError

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "drawings"
IDS = sorted(path.stem for path in FOLDER.glob("*.svg"))
LAYERS = [(each, layer.id) for each in IDS for layer in read_drawing(FOLDER, each).region_layers]
SIMPLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">\n'
    '<g id="sites">\n'
    '<path id="hand.R" d="M 10 10 L 40 10 L 40 40 Z"/>\n'
    "</g>\n"
    '<g id="labels">\n'
    '<text id="label.R" x="5" y="20">R</text>\n'
    "</g>\n"
    "</svg>\n"
)


def drawing(name: str) -> Drawing:
    return read_drawing(FOLDER, name)


def found(name: str, layer: str, point: Point, tolerance: float = 0.0) -> str | None:
    shape = drawing(name).region_at(layer, point, tolerance)
    return shape.id if shape is not None else None


# Reading -------------------------------------------------------------------------------------------------------------


def test_a_file_of_the_subset_is_read() -> None:
    made = parse_drawing(SIMPLE.encode(), "simple.svg")
    assert (made.id, made.width, made.height) == ("simple", 100, 100)
    assert [shape.id for shape in made.regions("sites")] == ["hand.R"]
    assert [words.text for words in made.by_id["labels"].words] == ["R"]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("<svg", '<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg', 1, "document type"),
        ('<path id="hand.R"', '<circle id="hand.R"', 3, "<circle> may not stand here"),
        ('<g id="sites">', '<g id="sites" transform="scale(2)">', 2, "may not have 'transform'"),
        ('<path id="hand.R"', '<path id="hand.R" style="fill:red"', 3, "may not have 'style'"),
        ('<path id="hand.R"', "<path", 3, "lacks 'id'"),
        ("M 10 10", "m 10 10", 3, "is not allowed here; M first"),
        ("L 40 10", "Q 40 10", 3, "is not allowed here; M first"),
        ("L 40 10", "L 40.25 10", 3, "at most one decimal"),
        ("L 40 10", "L 40 1e1", 3, "at most one decimal"),
        ("L 40 10", "L 140 10", 3, "leaves the viewBox"),
        (" Z", "", 3, "must be closed"),
        ('<g id="labels">', '<g id="sites">', 5, "stands twice"),
        ("</g>\n<g", "loose words</g>\n<g", 4, "words stand in <text> only"),
        ("</g>\n<g", "<!-- a remark --></g>\n<g", 4, "only svg, g, path and text"),
        ("</svg>", "", 9, "no XML"),
        ("0 0 100 100", "-5 0 100 100", 1, "viewBox"),
        ('<text id="label.R" x="5" y="20">R</text>', '<g id="inner"></g>', 6, "contours in outline"),
    ],
)
def test_what_lies_outside_the_subset_is_refused_with_its_line(old: str, new: str, line: int, what: str) -> None:
    text = SIMPLE.replace(old, new, 1)
    assert text != SIMPLE
    with pytest.raises(UserError) as refused:
        parse_drawing(text.encode(), "simple.svg")
    assert refused.value.code == "drawing_refused"
    assert any(fault.where == f"simple.svg:{line}" and what in fault.what for fault in refused.value.faults), [
        str(fault) for fault in refused.value.faults
    ]


def test_a_drawing_that_is_not_there_is_said_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(UserError) as missing:
        read_drawing(tmp_path, "elbow")
    assert missing.value.code == "file_missing"


# Where a point lies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "layer"), [(name, layer) for name, layer in LAYERS if "dermatomes" in layer])
def test_every_key_point_lies_in_its_region(name: str, layer: str) -> None:
    points = drawing(name).by_id["key_points"].shapes
    assert points
    for point in points:
        assert found(name, layer, point.box.centre) == point.id.removeprefix("kp."), point.id


@pytest.mark.parametrize(
    ("name", "layer", "point", "region"),
    [
        ("body_front", "sites", (240, 300), "trunk"),
        ("body_front", "sites", (240, 60), "upper_face"),
        ("body_front", "sites", (45, 530), "hand.R"),
        ("body_back", "sites", (45, 530), "hand.L"),
        ("body_front", "sites", (180, 930), "foot.R"),
        ("body_front", "sites", (190, 800), "leg_distal.R"),
        ("nerves_front", "territories", (190, 950), "deep_peroneal.R"),
        ("face", "trigeminal", (120, 100), "V1.R"),
        ("face", "movement", (240, 320), "mouth.L"),
        ("visual_fields", "fields", (60, 70), "upper_temporal.L"),
        ("visual_fields", "fields", (380, 180), "lower_temporal.R"),
        ("visual_fields", "fields", (332, 128), "central.R"),
        ("reflex_figure", "anchors", (100, 31), "jaw"),
    ],
)
def test_a_point_finds_its_region_on_the_patients_side(name: str, layer: str, point: Point, region: str) -> None:
    assert found(name, layer, point, 1.0) == region


def test_the_ring_finger_is_divided_between_median_and_ulnar_in_the_palm() -> None:
    palm = drawing("hands").by_id["outline"].shapes[0]
    assert palm.id == "palm.R"
    tips = [found("hands", "territories", (x, 70), 0) for x in range(int(palm.box.left), int(palm.box.right), 3)]
    order = list(dict.fromkeys(tip for tip in tips if tip is not None))
    assert order == ["ulnar.R", "median.R"]


def test_the_first_web_is_deep_peroneal_and_the_back_of_the_foot_superficial() -> None:
    web = next(shape for shape in drawing("feet").regions("territories") if shape.id == "deep_peroneal.R")
    (x, y), _room = web.label_place
    assert found("feet", "territories", (x, y)) == "deep_peroneal.R"
    assert found("feet", "territories", (x, y - 60)) == "superficial_peroneal.R"


def test_a_small_target_is_found_nearby_and_nothing_far_away() -> None:
    anchor = next(shape for shape in drawing("reflex_figure").regions("anchors") if shape.id == "biceps.L")
    x, y = anchor.box.centre
    assert found("reflex_figure", "anchors", (x + 8, y + 4), 10) == "biceps.L"
    assert found("reflex_figure", "anchors", (x + 8, y + 4), 4) is None
    assert found("dermatomes_front", "dermatomes", (5, 5), 10) is None


# Sides and tiling ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", IDS)
def test_left_is_the_mirror_image_of_right(name: str) -> None:
    made = drawing(name)
    shapes = {shape.id: shape for layer in made.layers for shape in layer.shapes}
    pairs = [(shape, shapes[f"{shape.name}.L"]) for shape in shapes.values() if shape.side == "R"]
    assert pairs and len(pairs) == sum(shape.side == "L" for shape in shapes.values())
    for right, left in pairs:
        assert points_of(left) == {(round(made.width - x, 1), y) for x, y in points_of(right)}, right.id


def points_of(shape: Shape) -> set[Point]:
    return {point for step in shape.steps for point in step.points}


@pytest.mark.parametrize(
    ("name", "layer"),
    [(n, k) for n, k in LAYERS if n in ("hands", "feet", "visual_fields") or k in ("sites", "dermatomes")],
)
def test_regions_cover_their_outline_once(name: str, layer: str) -> None:
    made = drawing(name)
    others = made.by_id["not_a_site"].shapes if "not_a_site" in made.by_id else ()
    regions = (*made.regions(layer), *others)
    outlines = made.by_id["outline"].shapes
    missed = doubled = inside = 0
    for x in range(3, int(made.width), 7):
        for y in range(3, int(made.height), 7):
            point = (x + 0.37, y + 0.41)
            if not any(outline.holds(point) for outline in outlines):
                continue
            inside += 1
            hits = [shape for shape in regions if shape.holds(point)]
            missed += not hits
            doubled += len(hits) > 1 and not any(shape.id == "larynx" for shape in hits)
    assert inside > 300
    # Curves are looked at in straight pieces: a point on a border may fall between.
    assert missed <= inside * 0.004 and doubled <= inside * 0.004, (missed, doubled, inside)


@pytest.mark.parametrize("name", IDS)
def test_every_drawing_is_marked_with_both_sides_on_the_right_side(name: str) -> None:
    made = drawing(name)
    marks = {words.text: words for words in made.by_id["labels"].words if words.id in ("label.R", "label.L")}
    assert marks.keys() == {"R", "L"}
    for layer in made.region_layers:
        for shape in made.regions(layer.id):
            if shape.side is not None:
                middle = made.width / 2
                assert (shape.box.centre[0] < middle) == (marks[shape.side].x < middle), shape.id


# Moving and painting -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "layer"), LAYERS)
def test_the_arrows_lead_to_every_region(name: str, layer: str) -> None:
    shapes = [shape for shape in drawing(name).regions(layer) if shape.name != "central"]  # not asked about
    places = {shape.id: shape.label_place[0] for shape in shapes}
    reached, waiting = set(), [next(iter(places))]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            steps = (neighbour(places, here, *step) for step in ((1, 0), (-1, 0), (0, 1), (0, -1)))
            waiting.extend(step for step in steps if step is not None)
    assert places.keys() - reached == set()


def test_an_arrow_goes_straight_ahead_rather_than_to_what_is_nearer_beside() -> None:
    places = {"here": (0.0, 0.0), "ahead": (0.0, 20.0), "beside": (12.0, 4.0)}
    assert neighbour(places, "here", 0, 1) == "ahead"
    assert neighbour(places, "here", 1, 0) == "beside"
    assert neighbour(places, "here", -1, 0) is None


@pytest.mark.parametrize(("name", "layer"), LAYERS)
def test_words_of_a_region_stand_inside_it(name: str, layer: str) -> None:
    for shape in drawing(name).regions(layer):
        place, room = shape.label_place
        assert shape.is_point or (shape.holds(place) and room > 1.0), shape.id


def test_no_state_is_told_by_colour_alone() -> None:
    made = drawing("face")

    def shown(state: Mark) -> list[tuple[str, ...]]:
        return [
            (type(each).__name__, *((str(each.dashed), str(each.width)) if isinstance(each, Stroke) else ()))
            for each in picture(made, "trigeminal", {"V1.R": state})
            if isinstance(each, (Stroke, Hatch)) and each.look not in ("outline", "contour", "off")
        ]

    looks = [shown(Mark(state)) for state in ("gap", "normal", "abnormal", "reason")]
    assert len({tuple(look) for look in looks}) == 4


def test_the_sides_are_written_on_every_picture() -> None:
    for name, layer in LAYERS:
        written = [each.text for each in picture(drawing(name), layer, {}) if isinstance(each, Write)]
        assert written.count("R") == 1 and written.count("L") == 1


def test_a_side_is_told_from_an_id() -> None:
    assert split_side("S4-5.L") == ("S4-5", "L")
    assert split_side("trunk") == ("trunk", None)


@pytest.mark.parametrize(("name", "level"), [("dermatomes_front", "T5.R"), ("dermatomes_front", "T9.L")])
def test_the_name_of_a_level_stands_beside_its_key_point_where_there_is_room(name: str, level: str) -> None:
    made = drawing(name)
    (point,) = (each for each in made.by_id["key_points"].shapes if each.id == f"kp.{level}")
    (words,) = (
        each
        for each in picture(made, "dermatomes", {level: Mark("gap")})
        if isinstance(each, Write) and each.look == "gap"
    )
    half = 0.3 * words.size * len(words.text)
    assert words.x - half > point.box.right or words.x + half < point.box.left
    assert found(name, "dermatomes", (words.x - half, words.y)) == level
    assert found(name, "dermatomes", (words.x + half, words.y)) == level


def test_words_at_an_anchor_have_the_room_to_the_next_one_and_to_the_edge() -> None:
    made = drawing("reflex_figure")
    shapes = made.regions("anchors")
    words = {
        shape.id: next(each for each in region_words(made, shape, Mark("abnormal", "extensor"))) for shape in shapes
    }
    assert words["plantar.R"].width > 40
    for one in words.values():
        assert one.x - one.width / 2 >= -0.5 or one.width == 30
        for other in words.values():
            if other is not one and abs(other.y - one.y) < 8:
                assert abs(other.x - one.x) >= (one.width + other.width) / 2


def test_the_visual_fields_name_the_eyes_in_plain_words_and_say_whose_view_it_is() -> None:
    words = {each.text: each.x for each in drawing("visual_fields").by_id["labels"].words}
    assert words.keys() == {"L", "R", "left eye", "right eye", "as the patient sees"}
    assert words["left eye"] < words["right eye"], "the left eye stands on the left"


def test_room_that_words_have_taken_is_free_for_no_others_but_beside_them_it_is() -> None:
    room = Room()
    assert room.is_free(Box(0, 0, 10, 10))
    room.take(Box(0, 0, 10, 10))
    assert not room.is_free(Box(9, 9, 20, 20))
    assert room.is_free(Box(10, 0, 20, 10)) and room.is_free(Box(0, 10, 10, 20))


def test_where_words_have_no_room_beside_each_other_the_abnormal_ones_come_first() -> None:
    made = drawing("dermatomes_front")
    marks = {shape.id: Mark("normal", "2") for shape in made.regions("dermatomes")} | {"L4.L": Mark("abnormal", "0")}
    words = [each for each in picture(made, "dermatomes", marks) if isinstance(each, Write) and each.may_go]
    assert (words[0].text, words[0].look) == ("L4", "abnormal")


def test_every_hatching_goes_its_own_way_and_a_close_one_has_far_more_lines() -> None:
    box = Box(10, 20, 110, 90)
    ways = {"rising": (1, -1), "falling": (1, 1), "level": (1, 0), "upright": (0, 1)}
    for direction, way in ways.items():
        lines = hatch_lines(box, 7, Hatching(direction))  # type: ignore[arg-type]
        for (x1, y1), (x2, y2) in lines:
            across, down = (x2 - x1, y2 - y1) if (x2, y2) > (x1, y1) else (x1 - x2, y1 - y2)
            assert (sign(across), sign(down)) == way
        assert all(y in (20, 90) for line in lines for _x, y in line) or direction == "level"
        close = hatch_lines(box, 7, Hatching(direction, close=True))  # type: ignore[arg-type]
        assert 1.6 * len(lines) < len(close)


def test_a_hatching_covers_its_box_up_to_both_ends() -> None:
    box = Box(10, 20, 110, 90)
    for direction in ("rising", "falling", "upright"):
        at = [first[0] for first, _last in hatch_lines(box, 7, Hatching(direction))]
        end = [last[0] for _first, last in hatch_lines(box, 7, Hatching(direction))]
        assert min(at + end) <= box.left + 7 and max(at + end) >= box.right - 7


def sign(number: float) -> int:
    return (number > 0.01) - (number < -0.01)

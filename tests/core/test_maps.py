"""The maps of the shipped form: every region stands for something, both ways, and shows how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from exam_app.core.checks.record_checks import scale_ref
from exam_app.core.drawings.drawing import Drawing
from exam_app.core.drawings.drawing_file import read_drawing
from exam_app.core.drawings.maps import RegionMap, check_maps, field_value, map_faults, used_drawings, uses
from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.record.record import AssertedNormal, Examined, Finding, NotExamined
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue, ListValue, SideValue, Value

DRAWINGS = Path(__file__).resolve().parents[2] / "resources" / "drawings"


@pytest.fixture(scope="module")
def drawings(form: Form) -> Mapping[str, Drawing]:
    return {each: read_drawing(DRAWINGS, each) for each in used_drawings(form)}


def a_map(form: Form, title: str) -> RegionMap:
    found = [(section, group, use) for section, group, use in uses(form) if use.title == title]
    section, group, use = found[0]
    return RegionMap(section, group, use, read_drawing(DRAWINGS, use.drawing))


def touch(form: Form, token: str) -> Examined:
    return Examined(value=GradeValue(token=token, scale=scale_ref(form.scales["sensory"])), entered="typed")


def sites(*given: tuple[str, str | None]) -> ListValue:
    entries = []
    for site, side in given:
        fields: dict[str, Value] = {"site": ChoiceValue(token=site)}
        if side is not None:
            fields["side"] = SideValue(side="R" if side == "R" else "L")
        entries.append(GroupValue(fields=fields))
    return ListValue(entries=tuple(entries))


def test_every_map_of_the_shipped_form_can_be_shown(form: Form, drawings: Mapping[str, Drawing]) -> None:
    assert list(map_faults(form, drawings)) == []


def test_every_shipped_drawing_is_used_by_the_shipped_form(form: Form) -> None:
    assert used_drawings(form) == sorted(path.stem for path in DRAWINGS.glob("*.svg"))


def test_every_key_point_and_every_territory_of_the_form_is_on_a_map(form: Form) -> None:
    rows = {row.id for group in form.section_by_id["sensation"].groups for row in group.rows}
    gradient = {"toes", "midfoot", "ankle", "mid_shin", "knee", "thigh", "fingers", "hand", "wrist", "forearm"}
    drawn = {
        form.addresses[address].cell.row  # type: ignore[union-attr]
        for section, group, use in uses(form)
        if section.id == "sensation"
        for address in RegionMap(section, group, use, read_drawing(DRAWINGS, use.drawing)).places
    }
    assert rows - drawn == gradient


def test_a_region_stands_for_the_item_of_the_column_in_use(form: Form) -> None:
    front = a_map(form, "Dermatomes: front")
    touched, pricked = front.stand("C6.R", "light_touch"), front.stand("C6.R", "pinprick")
    assert touched is not None and touched.address == "sensation.light_touch_C6.R"
    assert pricked is not None and pricked.address == "sensation.pinprick_C6.R"
    assert front.places["sensation.pinprick_C6.R"] == ("pinprick", ("C6.R",))


def test_a_region_that_is_not_asked_about_stands_for_nothing(form: Form) -> None:
    assert a_map(form, "Dermatomes: front").stand("V1.R", "light_touch") is None
    assert a_map(form, "Nerves: front").stand("common_peroneal.R", "light_touch") is None


def test_the_sole_stands_for_one_row_in_three_parts(form: Form) -> None:
    regions = a_map(form, "Nerves: feet").places["sensation.light_touch_plantar.L"][1]
    assert set(regions) == {"medial_plantar.L", "lateral_plantar.L", "tibial.L"}


def test_the_jaw_has_no_side_and_the_biceps_has(form: Form) -> None:
    figure = a_map(form, "Reflex figure")
    assert figure.stand("jaw", "").address == "reflexes.jaw"  # type: ignore[union-attr]
    assert figure.stand("biceps.L", "").address == "reflexes.biceps.L"  # type: ignore[union-attr]


def test_a_quadrant_stands_for_one_field_of_the_visual_fields(form: Form) -> None:
    fields = a_map(form, "Visual fields")
    quadrant = fields.stand("upper_nasal.L", "")
    assert quadrant is not None and quadrant.field is not None
    finding = Examined(value=GroupValue(fields={"upper_nasal": ChoiceValue(token="absent")}), entered="typed")
    assert field_value(quadrant, finding) == ChoiceValue(token="absent")
    marks = fields.marks("", {quadrant.address: finding}, form)
    assert marks["upper_nasal.L"].state == "abnormal"
    assert marks["lower_nasal.L"].state == "gap" and marks["upper_nasal.R"].state == "gap"


def test_marks_have_the_states_of_cells(form: Form) -> None:
    front = a_map(form, "Dermatomes: front")
    findings: dict[str, Finding] = {
        "sensation.light_touch_C6.R": touch(form, "1"),
        "sensation.light_touch_C7.R": touch(form, "2"),
        "sensation.light_touch_C8.R": AssertedNormal(entered="macro"),
        "sensation.light_touch_T1.R": NotExamined(reason="time", entered="typed"),
    }
    marks = front.marks("light_touch", findings, form)
    assert [marks[f"{level}.R"].state for level in ("C6", "C7", "C8", "T1", "T2")] == [
        "abnormal",
        "normal",
        "asserted",
        "reason",
        "gap",
    ]
    assert marks["C6.L"].state == "gap" and "V1.R" not in marks
    assert {mark.state for mark in front.marks("pinprick", findings, form).values()} == {"gap"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([("hand", "R")], {"hand.R"}),
        ([("arm", "L")], {"arm_proximal.L", "forearm.L", "hand.L"}),
        ([("eyelids", None)], {"upper_face"}),
        ([("shoulder", "R")], {"neck"}),
        ([("foot", "L")], {"foot.L"}),
        ([("leg", "R")], {"leg_proximal.R", "leg_distal.R", "foot.R"}),
        ([("trunk", "L"), ("larynx", None)], {"trunk", "larynx"}),
        ([("whole_body", None), ("eyes", None)], set()),
    ],
)
def test_the_sites_of_an_entry_are_seen_on_the_body(
    form: Form, given: list[tuple[str, str | None]], expected: set[str]
) -> None:
    marks = a_map(form, "Sites: front").site_marks(sites(*given))
    assert {region for region, mark in marks.items() if mark.state == "chosen"} == expected


def test_a_region_names_the_site_that_it_adds(form: Form) -> None:
    body = a_map(form, "Sites: back")
    option, side = body.site("hand.L") or (None, None)
    assert option is not None and (option.id, side) == ("hand", "L")
    assert body.site("trunk") is not None


def test_a_map_that_cannot_be_shown_is_said_with_its_reason(form: Form, drawings: Mapping[str, Drawing]) -> None:
    section = form.section_by_id["reflexes"]
    group = next(group for group in section.groups if group.maps)
    wrong: list[tuple[dict[str, object], str]] = [
        ({"drawing": "no_such"}, "which does not exist"),
        ({"layer": "outline"}, "the layers of 'reflex_figure' are anchors"),
        ({"regions": {"elbow": "biceps"}}, "has no region 'elbow'"),
        ({"regions": {"biceps": "bizeps"}}, "stands for 'bizeps', not asked on that side"),
    ]
    for update, expected in wrong:
        use = type(group.maps[0]).model_validate(group.maps[0].model_dump() | update)
        broken = group.model_copy(update={"maps": (use,)})
        sections = tuple(
            each.model_copy(update={"groups": tuple(broken if one is group else one for one in each.groups)})
            for each in form.sections
        )
        faults = list(map_faults(form.model_copy(update={"sections": sections}), drawings))
        assert any(expected in what for _section, what in faults), (update, faults)
        with pytest.raises(UserError) as refused:
            check_maps(form.model_copy(update={"sections": sections}), DRAWINGS)
        assert [fault.where for fault in refused.value.faults] == ["reflexes.yaml"] * len(faults)

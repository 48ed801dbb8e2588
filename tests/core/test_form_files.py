"""Form files: a wrong one is refused with file, line and reason, every fault at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml

from exam_app.core.errors import UserError
from exam_app.core.files import compiled
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form
from exam_app.core.form.form_schema import section_schema

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small form of one section that is without fault."""
    for name, text in {
        "form.yaml": (
            'id: small\nversion: "1"\ntitle: Small\nsections: [strength]\nbibliography: {S1: A source}\n'
            "core_slots: {either: One of two}\ntombstones: {strength.gone: {since: '1', reason: not used}}\n"
        ),
        "scales/mrc.yaml": (
            'id: mrc\nversion: "1"\nlabel: MRC\nshort: MRC\nnormal: ["5"]\nlicence: OGL\ngrades:\n'
            '  - {token: "0", anchor: none, rank: 0}\n  - {token: "5", anchor: full, rank: 1}\n'
        ),
        "scopes/full.yaml": "id: full\ntitle: full\n",
        "strength.yaml": (
            "id: strength\ntitle: Strength\n"
            "templates:\n  muscle: {kind: grade, scale: mrc, sides: paired, macro: yes}\n"
            "groups:\n  - id: arms\n    title: Arms\n    items:\n"
            "      - {id: deltoid, use: muscle, label: Shoulder abduction, core: yes, sources: [S1, M]}\n"
            "      - {id: pattern, kind: choice, label: Pattern, options: [one, two], normal: [one]}\n"
        ),
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def faults(folder: Path) -> list[str]:
    """The faults of a form folder that must be refused."""
    with pytest.raises(UserError) as raised:
        load_form(folder)
    assert raised.value.code == "form_refused"
    return [str(fault) for fault in raised.value.faults]


def with_item(folder: Path, item: str) -> list[str]:
    """The faults of the small form with one more item on line 11 of its section."""
    path = folder / "strength.yaml"
    path.write_text(path.read_text() + f"      - {item}\n")
    return faults(folder)


def test_the_small_form_has_no_fault(folder: Path) -> None:
    form = load_form(folder)
    assert list(form.addresses) == ["strength.deltoid.R", "strength.deltoid.L", "strength.pattern"]
    assert form.items["strength.deltoid"].to_confirm


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("{id: deltoid, use: muscle, label: Again}", "the id 'deltoid' stands here again; first on line 9"),
        ("{id: x, kind: grade, scale: nrs, label: X}", "there is no scale 'nrs'; the scales are mrc"),
        ("{id: x, use: nerve, label: X}", "there is no template 'nerve'"),
        ("{id: x, kind: choice, label: X, options: [a, b], normal: [c]}", "the normal 'c' is not among the values"),
        ("{id: x, kind: choice, label: X, options: [a, a, b]}", "the option 'a' stands twice"),
        ("{id: x, kind: slider, label: X}", "the kind must be one of grade, choice"),
        ("{id: x, label: X}", "'kind' is missing"),
        ("{id: x, kind: text}", "'label' is missing"),
        ("{id: x, kind: text, label: X, colour: red}", "the key 'colour' is not known here"),
        ("{id: x, kind: text, label: X, folded: maybe}", "'folded' must be yes or no"),
        ("{id: x, kind: text, label: X, macro: yes}", "'macro: yes' needs a normal set"),
        ("{id: x, use: muscle, label: X, folded: yes}", "a folded item never takes part in 'rest normal'"),
        ("{id: x, kind: text, label: X, core: neither}", "there is no core slot 'neither'"),
        ("{id: x, kind: text, label: X, sources: [S99]}", "the source 'S99' is not in the bibliography"),
        ("{id: x, kind: number, label: X, max: 1, min: 2}", "min is larger than max"),
        ("{id: x, kind: number, label: X, max: 9, reference: t}", "there is no reference table 't'"),
        ("{id: x, kind: text, label: X, when: {item: tone.neck, one_of: [a]}}", "'tone.neck', which does not exist"),
        ("{id: x, kind: text, label: X, when: {one_of: [a]}}", "a condition names either 'field' or 'item'"),
        ("{id: gone, kind: text, label: X}", "'strength.gone' has a tombstone; its id cannot be used again"),
        (
            "{id: x, kind: group, label: X, main: z, fields: [{id: a, kind: text, label: A}]}",
            "'z' is named in 'x' but is none of its fields",
        ),
        (
            "{id: x, kind: group, label: X, fields: [{id: a, kind: text, label: A, when: {field: b, one_of: [c]}}]}",
            "names 'b', which is no field beside it",
        ),
        (
            "{id: x, kind: group, label: X, fields: [{id: a, kind: number, label: A, max: 9}], "
            "differences: [{id: d, label: D, spoken: d, of: [a, b]}]}",
            "the difference 'd' needs two numbers of 'x'",
        ),
    ],
)
def test_a_fault_is_named_with_file_line_and_reason(folder: Path, item: str, reason: str) -> None:
    (fault,) = with_item(folder, item)
    assert reason in fault
    assert fault.startswith(("strength.yaml:11: ", "form.yaml:7: "))


def test_conditions_that_depend_on_each_other_are_refused(folder: Path) -> None:
    first = "{id: x, kind: choice, label: X, options: [a, b], when: {item: strength.y, one_of: [a]}}"
    second = "{id: y, kind: choice, label: Y, options: [a, b], when: {item: strength.x, one_of: [a]}}"
    found = with_item(folder, f"{first}\n      - {second}")
    assert [fault.partition(": ")[0] for fault in found] == ["strength.yaml:11", "strength.yaml:12"]
    assert all("depends on itself" in fault for fault in found)


@pytest.mark.parametrize(
    ("group", "reason"),
    [
        ("shows: [strength.deltiod]", "there is no item 'strength.deltiod'; the items are strength.deltoid"),
        ("shows: [strength.deltoid.R]", "is one side of an item; write strength.deltoid, which stands for both"),
        ("shows: [face.brow]", "'face.brow' is at home in this section and stands in it already; remove it"),
        ("shows: [strength.deltoid, strength.deltoid]", "'strength.deltoid' is shown in this section twice"),
        ("layout: entries, shows: [strength.deltoid]", "laid out as entries cannot show 'strength.deltoid'"),
        ("shows: [strength.seen]", "'strength.seen' is a list with a form of its own, which stands in one place only"),
        ("shows: strength.deltoid", "'shows' must be a list; write shows: [strength.deltoid]"),
    ],
)
def test_a_guest_that_cannot_stand_in_a_group_is_refused_with_its_line(folder: Path, group: str, reason: str) -> None:
    with_second_section(folder, group)
    (fault,) = faults(folder)
    assert fault.startswith("face.yaml:7: ")
    assert reason in fault


def test_a_guest_has_one_address_and_every_section_may_show_it(folder: Path) -> None:
    with_second_section(folder, "shows: [strength.deltoid]")
    form = load_form(folder)
    assert [each for each in form.addresses if "deltoid" in each] == ["strength.deltoid.R", "strength.deltoid.L"]
    assert [item.id for item in form.section_by_id["face"].items] == ["brow"]
    assert form.guests == {"strength": (), "face": ("strength.deltoid",)}
    assert compiled.form_from_json(compiled.form_to_json(form)).guests == form.guests


def with_second_section(folder: Path, group: str) -> None:
    """A second section whose second group, on line 7, is written like this; and a list with a form of its own."""
    manifest, strength = folder / "form.yaml", folder / "strength.yaml"
    manifest.write_text(manifest.read_text().replace("[strength]", "[strength, face]"))
    (folder / "face.yaml").write_text(
        "id: face\ntitle: Face\ngroups:\n  - id: brows\n    title: Brows\n"
        "    items: [{id: brow, kind: text, label: Brow}]\n"
        f"  - {{id: shoulders, title: Shoulders, {group}}}\n"
    )
    seen = "{id: seen, kind: list, label: Seen, fields: [{id: what, kind: text, label: What}]}"
    strength.write_text(
        strength.read_text() + f"  - id: seen\n    title: Seen\n    layout: entries\n    items: [{seen}]\n"
    )


def test_all_faults_of_all_files_are_named_at_once(folder: Path) -> None:
    (folder / "scales" / "mrc.yaml").write_text("id: nrs\nversion: '1'\n")
    (folder / "stray.yaml").write_text("id: stray\n")
    found = with_item(folder, "{id: x, kind: text}")
    assert {fault.partition(":")[0] for fault in found} == {"scales/mrc.yaml", "stray.yaml", "strength.yaml"}


def test_a_folder_without_a_form_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        load_form(tmp_path)
    assert raised.value.code == "file_missing"


def test_a_matrix_makes_an_item_of_every_cell(folder: Path) -> None:
    path = folder / "strength.yaml"
    path.write_text(
        path.read_text() + "  - id: touch\n    title: Touch\n    layout: matrix\n"
        "    columns:\n"
        "      - {id: pin, label: Pin, item_label: 'Pin at {row}', kind: grade, scale: mrc, sides: paired}\n"
        "    rows:\n      - {id: S4-5, label: S4-5, detail: perianal, core: either}\n"
        "      - {id: C6, label: C6, folded: yes}\n"
    )
    form = load_form(folder)
    item = form.items["strength.pin_S4-5"]
    assert item.cell is not None
    assert (item.label, item.detail, item.core, item.cell.row) == ("Pin at S4-5", "perianal", "either", "S4-5")
    assert form.items["strength.pin_C6"].folded


def test_the_compiled_form_is_the_form(form: Form) -> None:
    assert compiled.form_from_json(compiled.form_to_json(form)) == form


def test_a_changed_form_file_is_compiled_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "build" / "forms.json"
    before = compiled.read_compiled(out, folder)
    assert compiled.read_compiled(out, folder) == before
    scope = folder / "scopes" / "full.yaml"
    scope.write_text("id: full\ntitle: everything\n")
    after = compiled.read_compiled(out, folder)
    assert (before.scopes["full"].title, after.scopes["full"].title) == ("full", "everything")
    assert after.hash != before.hash


def test_what_is_for_practising_with_a_form_is_no_part_of_it(folder: Path) -> None:
    before = load_form(folder)
    for name in ("cases/P1_case.yaml", "practice/phrases.yaml"):
        (folder / name).parent.mkdir()
        (folder / name).write_text("card: {age: 40}\n")
    assert load_form(folder).files_hash == before.files_hash


def test_an_installed_form_is_read_without_its_files(form: Form, tmp_path: Path) -> None:
    out = tmp_path / "forms.json"
    compiled.compile_forms(ROOT / "forms", out)
    assert compiled.read_compiled(out, None) == form


def test_a_faulty_form_leaves_the_compiled_one_alone(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "forms.json"
    compiled.compile_forms(folder, out)
    whole = out.read_bytes()
    (folder / "strength.yaml").write_text("id: strength\n")
    with pytest.raises(UserError):
        compiled.compile_forms(folder, out)
    assert out.read_bytes() == whole


def test_the_same_form_has_the_same_hash_in_another_folder(form: Form, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "forms", tmp_path / "forms")
    assert load_form(tmp_path / "forms").hash == form.hash


@pytest.mark.parametrize("name", ["tone", "strength", "reflexes", "sensation", "gait", "movements"])
def test_the_schema_for_editors_accepts_the_shipped_sections(name: str) -> None:
    jsonschema.validate(yaml.safe_load((ROOT / "forms" / f"{name}.yaml").read_text()), section_schema())


def test_the_schema_for_editors_refuses_an_unknown_key(folder: Path) -> None:
    section = yaml.safe_load((folder / "strength.yaml").read_text())
    section["groups"][0]["colour"] = "red"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(section, section_schema())


def test_templates_may_use_templates_for_items_and_fields(folder: Path) -> None:
    path = folder / "strength.yaml"
    path.write_text(
        path.read_text().replace(
            "templates:\n",
            "templates:\n  hand: {use: muscle, sides: none}\n  words: {kind: text, label: Words, limit: 9}\n",
        )
        + "      - {id: grip, use: hand, label: Grip}\n"
        "      - {id: more, kind: group, label: More, fields: [{id: said, use: words}]}\n"
    )
    form = load_form(folder)
    assert (form.items["strength.grip"].kind, form.items["strength.grip"].sides) == ("grade", "none")
    more = form.items["strength.more"]
    assert more.kind == "group"
    assert (more.fields[0].label, more.fields[0].kind) == ("Words", "text")


def test_templates_that_use_each_other_are_refused(folder: Path) -> None:
    path = folder / "strength.yaml"
    path.write_text(path.read_text().replace("templates:\n", "templates:\n  a: {use: b}\n  b: {use: a}\n"))
    (fault,) = with_item(folder, "{id: x, use: a, label: X}")
    assert fault == "strength.yaml:13: the template 'a' uses itself; remove one use of the circle"

"""`forms check` on a clinic's own folder: every fault with file, line and what to write; the shipped forms go on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exam_app.cli.main import run

STRENGTH = "id: strength\ngroups:\n  - id: own\n    title: Own\n    items:\n"
"""A clinic's file whose first item stands on line 6."""
CHOICE = "kind: choice, label: X, options: [a, b]"


def write(folder: Path, name: str, text: str) -> Path:
    """A file of the folder."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def fields(*given: str) -> str:
    """A group item with these fields."""
    return f"{{id: x, kind: group, label: X, fields: [{', '.join(given)}]}}"


@pytest.mark.parametrize(
    ("items", "lines", "what"),
    [
        (
            ["{id: deltoid, kind: text, label: X}"],
            [6],
            "the id 'deltoid' stands here again; first in the shipped strength.yaml, line … such as own_deltoid",
        ),
        (
            ["{id: x, kind: text, label: X}", "{id: x, kind: text, label: X}"],
            [7],
            "the id 'x' stands here again; first on line 6; choose another",
        ),
        (
            ["{id: x, kind: grade, scale: mcr, label: X}"],
            [6],
            "there is no scale 'mcr'; there are … such as … mrc…; or add scales/mcr.yaml",
        ),
        (
            [
                f"{{id: x, {CHOICE}, when: {{item: strength.y, one_of: [a]}}}}",
                f"{{id: y, {CHOICE}, when: {{item: strength.x, one_of: [a]}}}}",
            ],
            [6, 7],
            "depends on itself; remove one condition of the circle",
        ),
        (
            ["{id: x, kind: choice, label: X, options: [a, b], normal: [c]}"],
            [6],
            "the normal 'c' is not among the values; the values are a, b",
        ),
        (
            ["{id: x, kind: grade, scale: mrc, label: X, normal: ['6']}"],
            [6],
            "the normal '6' is not among the values; the values are 0, 1, 2, 3, 4-, 4, 4+, 5",
        ),
        (
            ["{id: x, kind: side, label: X, normal: [none]}"],
            [6],
            "the normal 'none' is not among the values; the values are R, L",
        ),
        (
            ["{id: x, kind: number, label: X, max: 10, normal: {max: 20}, reviewed: {by: Specimen, on: 2026-11-01}}"],
            [6],
            "the end 20 of 'normal' is not among the values; they run from 0 to 10",
        ),
        (
            [f"{{id: x, {CHOICE}, when: {{item: strength.deltoid.R, one_of: ['5']}}}}"],
            [6],
            "names one side of an item; write strength.deltoid, which either side fulfils",
        ),
        (
            [f"{{id: x, {CHOICE}, when: {{item: strength.deltoid, one_of: ['9']}}}}"],
            [6],
            "'9' is no value of 'deltoid'; the values are 0, 1, 2, 3, 4-, 4, 4+, 5",
        ),
        (
            [f"{{id: x, {CHOICE}, when: {{item: strength.drift_arm, one_of: ['1']}}}}"],
            [6],
            "names a group; name one of its fields, such as strength.drift_arm:grade",
        ),
        (
            [
                fields(f"{{id: y, paired: yes, {CHOICE}}}")
                + "\n      - {id: z, kind: text, label: Z, when: {item: 'strength.x:y', one_of: [a]}}"
            ],
            [7],
            "looks at 'y', which is asked for R and L, without a side; make 'y' an item of its own",
        ),
        (
            [f"{{id: grip_right, {CHOICE}}}"],
            [6],
            "'grip_right' carries a side in its id, which mirroring cannot exchange; "
            "write one 'grip' with 'sides: paired' for both sides",
        ),
        (
            [f"{{id: x, paired: yes, {CHOICE}}}"],
            [6],
            "an item on two sides says 'sides: paired'; 'paired: yes' is for fields",
        ),
        (
            ["{id: x, kind: choice, label: X, options: [left, right]}"],
            [6],
            "'x' offers left, right as options, which mirroring leaves alone; write 'kind: side'",
        ),
        (
            [
                "{id: x, kind: list, label: X, fields: "
                "[{id: site, kind: choice, label: Site, options: [{id: hand, sided: paired}, trunk]}]}"
            ],
            [6],
            "the side is missing: hand may lie on either side; "
            "add {id: side, kind: side, label: Side} to the fields of 'x'",
        ),
        (
            [fields("{id: n, kind: number, label: N, max: 9, abnormal: {min: 5}}")],
            [6],
            "'n' would be called normal or abnormal by figures that nobody has reviewed",
        ),
        (
            [fields("{id: a-b, kind: text, label: X}")],
            [6],
            "'a-b': the id of a field has letters, digits and _ only",
        ),
        (
            ["{id: x, kind: number, label: X, max: 9, units: [millimetres of mercury]}"],
            [6],
            "the unit 'millimetres of mercury' is longer than 16 characters",
        ),
        (
            ["{id: x, kind: text, label: X, core: yes}"],
            [6],
            "an own item cannot belong to the core set; remove 'core'",
        ),
        (
            ["{id: x, use: muscel, label: X}"],
            [6],
            "there is no template 'muscel'",
        ),
        (
            ["{id: x, kind: text, label: X, sources: [W1]}"],
            [6],
            "the source 'W1' is not in the bibliography",
        ),
    ],
)
def test_a_faulty_item_is_refused_with_file_line_and_what_to_write(
    items: list[str], lines: list[int], what: str, own: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = write(own, "strength.yaml", STRENGTH + "".join(f"      - {item}\n" for item in items))
    assert run(["forms", "check"]) == 1
    said = capfd.readouterr()
    found = [line for line in said.err.splitlines() if line.startswith(str(own))]
    assert [line.partition(": ")[0] for line in found] == [f"{file}:{line}" for line in lines]
    assert all(part in line for part in what.split("…") for line in found)
    the_shipped_forms_go_on(capfd)


@pytest.mark.parametrize(
    ("name", "text", "line", "what"),
    [
        (
            "strength.yaml",
            "id: strength\ntitle: Mine\ngroups: []\n",
            ":2",
            "a file that adds to it has id, templates and groups only; remove 'title'",
        ),
        (
            "strength.yaml",
            "id: strength\ngroups:\n  - id: arms\n    title: Arms\n",
            ":3",
            "the group 'arms' is a shipped one; choose another id, such as own_arms",
        ),
        (
            "strength.yaml",
            "id: strength\ngroups:\n  - id: own\n    title: Own\n    said_with: arm\n"
            "    items:\n      - {id: x, kind: text, label: X}\n",
            ":5",
            "'said_with' names no group of this section: 'arm'; they are arms, legs",
        ),
        ("scales/mrc.yaml", "id: mrc\n", ":1", "'label' is missing"),
        (
            "scopes/motor.yaml",
            "id: motor\ntitle: my motor\n",
            ":1",
            "'motor' is a shipped one; give the file and the id another name, such as own_motor",
        ),
        (
            "scopes/own.yaml",
            "id: own\ntitle: own\nitems:\n  - gait.tug\n  - strength.deltoid.R\n",
            ":5",
            "'strength.deltoid.R' is one side of an item; write strength.deltoid, which stands for both",
        ),
        (
            "scopes/own.yaml",
            "id: own\ntitle: own\nincludes: [screning]\n",
            ":3",
            "there is no scope 'screning'; the scopes are",
        ),
        ("scopes/own.yaml", "id: own\ntitle: own\nincludes: [own]\n", ":3", "includes itself"),
        ("scopes/mine.yaml", "id: own\ntitle: own\n", ":1", "the id must be the file's name, 'mine'"),
        (
            "scales/own.yaml",
            "id: own\nversion: '1'\nlabel: Own\nshort: own\nlicence: own\nnormal: ['7']\ngrades:\n"
            "  - {token: '0', anchor: none, rank: 0}\n  - {token: '1', anchor: some, rank: 1}\n",
            ":6",
            "the normal '7' is not among the grades 0, 1",
        ),
        (
            "scales/own.yaml",
            "id: own\nversion: 1 b\nlabel: Own\nshort: own\nlicence: own\nnormal: ['0']\ngrades:\n"
            "  - {token: '0', anchor: none, rank: 0}\n  - {token: '1', anchor: some, rank: 1}\n",
            ":2",
            "grades of 'own' cannot stand in a record; its id has letters, digits and _ only, its version digits and",
        ),
        ("own_scale.yaml", "id: own_scale\ngrades: []\n", ":1", "a scale belongs into the folder scales"),
        ("sources.yaml", "S1: Mine\n", ":1", "the source 'S1' is a shipped one; write own_S1"),
        ("strength.yml", "id: strength\n", "", "this file is not read; name it strength.yaml"),
        ("scale/own.yaml", "id: own\n", None, "this folder is not read; the folders are scales, tables, scopes"),
        ("form.yaml", "id: own\n", "", "a clinic's folder has no form.yaml; remove it, and put sources into"),
        ("ward.yaml", "id: ward\n\ttitle: Ward\n", ":2", "this is not valid YAML"),
        (
            "ward.yaml",
            "id: ward\ntitle: Ward\ngroups:\n  - id: a\n    title: A\n    layout: matrix\n"
            "    columns:\n      - {id: p, label: P, kind: text, sides: paired}\n"
            "      - {id: q, label: Q, kind: text}\n"
            "    rows:\n      - {id: r, label: R}\n",
            ":11",
            "the side is missing: 'q_r' has none and 'p_r' of the same table has; write 'sides: paired' in every",
        ),
    ],
)
def test_a_faulty_file_is_refused_with_file_line_and_what_to_write(
    name: str, text: str, line: str | None, what: str, own: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = write(own, name, text)
    assert run(["forms", "check"]) == 1
    where = f"{file}{line}" if line is not None else str(file.parent)
    assert any(said.startswith(f"{where}: ") and what in said for said in capfd.readouterr().err.splitlines())
    the_shipped_forms_go_on(capfd)


def test_an_own_section_shows_shipped_items_and_a_slip_there_is_named_with_its_line(
    own: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ward = "id: ward\ntitle: Ward\ngroups:\n  - id: a\n    title: A\n    shows:\n      - cranial.fundus\n"
    write(own, "ward.yaml", ward)
    assert run(["forms", "check"]) == 0
    assert run(["items"]) == 0
    assert capfd.readouterr().out.count("\ncranial.fundus ") == 1
    file = write(own, "ward.yaml", f"{ward}      - cranial.fundsu\n")
    assert run(["forms", "check"]) == 1
    assert f"{file}:8: there is no item 'cranial.fundsu'" in capfd.readouterr().err
    file = write(own, "cranial.yaml", f"id: cranial\n{ward.partition('Ward')[2].lstrip()}      - cranial.fundus\n")
    assert run(["forms", "check"]) == 1
    assert f"{file}:6: 'cranial.fundus' is at home in this section" in capfd.readouterr().err


def the_shipped_forms_go_on(capfd: pytest.CaptureFixture[str]) -> None:
    """The other commands use the shipped forms alone, and say so."""
    assert run(["items", "--json"]) == 0
    said = capfd.readouterr()
    items = json.loads(said.out)
    assert len(items) > 400
    assert "strength.x" not in {item["address"] for item in items}
    assert "are not in use." in said.err and "The shipped forms work as always" in said.err


def test_own_forms_without_fault_are_counted_and_used(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(own, "strength.yaml", STRENGTH + "      - {id: own_grip, use: muscle, label: Grip, sources: [W1]}\n")
    write(own, "sources.yaml", "W1: Handbook of the ward\n")
    write(own, "scopes/own_grip.yaml", "id: own_grip\ntitle: grip\nincludes: [screening]\nitems: [strength.own_grip]\n")
    assert run(["forms", "check"]) == 0
    said = capfd.readouterr()
    assert f"own forms in {own}: sections 0, items 1, scales 0, tables 0, scopes 1, no fault" in said.out
    assert run(["items"]) == 0
    said = capfd.readouterr()
    assert "strength.own_grip" in said.out
    assert said.err == ""


def test_without_own_forms_the_check_says_where_they_would_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EXAM_APP_DATA", str(tmp_path))
    assert run(["forms", "check"]) == 0
    assert f"they would be read from {tmp_path / 'forms'}" in capfd.readouterr().out


def test_a_folder_that_is_named_is_checked_as_own_forms_or_as_a_whole_form(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "strength.yaml", STRENGTH + "      - {id: x, kind: slider, label: X}\n")
    assert run(["forms", "check", str(tmp_path)]) == 1
    assert f"{tmp_path}/strength.yaml:6: the kind must be one of" in capfd.readouterr().err
    write(tmp_path, "form.yaml", "id: a\nversion: '1'\ntitle: A\nsections: [strength]\n")
    assert run(["forms", "check", str(tmp_path)]) == 1
    assert "strength.yaml:1: 'title' is missing" in capfd.readouterr().err
    assert run(["forms", "check", str(tmp_path / "nowhere")]) == 1
    assert "There is no folder" in capfd.readouterr().err


def test_the_review_counts_and_lists_what_nobody_has_reviewed(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    reviewed = "reviewed: {by: Specimen, on: 2026-11-01}"
    write(
        own,
        "ward.yaml",
        "id: ward\ntitle: Ward\ngroups:\n  - id: a\n    title: A\n    items:\n"
        f"      - {{id: seen, kind: text, label: Seen, sources: [M], {reviewed}}}\n"
        "      - {id: waiting, kind: text, label: Waiting, sources: [M]}\n"
        "      - {id: known, kind: text, label: Known, sources: [S1]}\n",
    )
    assert run(["forms", "check", "--review"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [line.split() for line in lines if line.startswith("items, ward ")] == [
        ["items,", "ward", "3", "2", "1", "2"]
    ]
    at = lines.index("items, ward: 2 not yet reviewed")
    assert [line.split() for line in lines[at + 1 : at + 4]] == [["ward.waiting", "M"], ["ward.known", "S1"], []]
    assert any(line.startswith("scales: ") and line.endswith("not yet reviewed") for line in lines)


def test_the_review_as_json_covers_every_item_scale_and_table(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "check", "--json"]) == 0
    parts = json.loads(capfd.readouterr().out)
    assert run(["items", "--json"]) == 0
    items = json.loads(capfd.readouterr().out)
    assert sum(part["total"] for part in parts if part["kind"] == "items") == len(items)
    assert {"scales", "tables"} <= {part["kind"] for part in parts}
    for part in parts:
        assert part["reviewed"] + len(part["unreviewed"]) == part["total"]


@pytest.mark.parametrize(
    ("review", "what"),
    [
        ("yes", "'reviewed' needs keys of its own in braces; write reviewed: {by: Name, on: 2026-11-01}"),
        ("[]", "'reviewed' needs keys of its own in braces"),
        ("{by: Specimen}", "'on' is missing"),
        ("{by: '', on: 2026-11-01}", "'by' is empty"),
        ("{by: Specimen, on: soon}", "'on': 'soon' is no day; write it as 2026-11-01"),
        ("{by: Specimen, on: 2026-02-31}", "'on': there is no such day"),
    ],
)
def test_a_review_names_who_and_when(review: str, what: str, own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(own, "strength.yaml", STRENGTH + f"      - {{id: x, kind: text, label: X, reviewed: {review}}}\n")
    assert run(["forms", "check"]) == 1
    assert f"{own}/strength.yaml:6: {what}" in capfd.readouterr().err


def test_no_word_of_a_programmer_is_said(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    slips = (
        "{id: a b, kind: text, label: X}",
        "{id: b, kind: choice, label: X, options: [a]}",
        "{id: c, kind: number, label: X, max: many, units: s}",
        "{id: d, kind: text, label: X, sides: both, when: strength.deltoid, folded: maybe, limit: 1.5}",
        "{id: e, kind: text, label: X, sources: M, reviewed: yes}",
    )
    write(own, "strength.yaml", STRENGTH + "".join(f"      - {slip}\n" for slip in slips))
    assert run(["forms", "check"]) == 1
    said = capfd.readouterr().err
    found = [line for line in said.splitlines() if line.startswith(str(own))]
    assert len(found) == 10
    programmers = ("tuple", "pattern", "instance", "parse", "dictionary", "validation")
    assert [line for line in found if any(word in line for word in programmers)] == []

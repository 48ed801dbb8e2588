"""The guide to own forms, followed to the letter: its examples run, its refusals are said, its lists are true."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from exam_app.cli.main import run
from exam_app.core.files.loader import load_form

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "writing_forms.md").read_text(encoding="utf-8")
FINDINGS = "findings.yaml"
OWN = "id: gait\ngroups:\n  - id: own\n    title: Own\n    items:\n      - {id: own_x, "
SHOWS = "id: gait\ngroups:\n  - id: own\n    title: Own\n    shows: {}\n"
AT_SITES = "the gradient sites and in the territories of nerves"


def item(keys: str, file: str = "gait.yaml") -> dict[str, str]:
    """The files of a clinic with one item."""
    return {file: f"{OWN}{keys}}}\n"}


REFUSED: dict[str, dict[str, str]] = {
    "this is not valid YAML": item("kind: [text, label: X"),
    "the file must hold keys and values": {"gait.yaml": "- id: gait\n"},
    "this is not UTF-8 text": {"gait.yaml": "\udcf6"},
    "'label' is missing": item("kind: text"),
    "the key 'lable' is not known here": item("kind: text, lable: X"),
    "the kind must be one of": item("kind: slider, label: X"),
    "cannot be an id": item("kind: choice, label: X, options: [no rail, rail]"),
    "must be a list": item("kind: choice, label: X, options: [a, b], normal: a"),
    "the id must be the file's name": item("kind: text, label: X", "gate.yaml"),
    "the id 'tandem' stands here again": {"gait.yaml": OWN.replace("own_x", "tandem") + "kind: text, label: X}\n"},
    "is a shipped one": {"scopes/motor.yaml": "id: motor\ntitle: mine\n"},
    "a file that adds to it has id, templates and groups only": {"gait.yaml": "id: gait\ntitle: X\ngroups: []\n"},
    "there is no scale": item("kind: grade, scale: mcr, label: X"),
    "there is no item": {"scopes/own.yaml": "id: own\ntitle: own\nitems: [gait.stairz]\n"},
    "there is no scope": {"scopes/own.yaml": "id: own\ntitle: own\nincludes: [screning]\n"},
    "there is no section": {"scopes/own.yaml": "id: own\ntitle: own\nsections: [gate]\n"},
    "is not in the bibliography": item("kind: text, label: X, sources: [W1]"),
    "the normal 'c' is not among the values": item("kind: choice, label: X, options: [a, b], normal: [c]"),
    "is at home in this section": {"gait.yaml": SHOWS.format("[gait.tandem]")},
    "is shown in this section twice": {"gait.yaml": SHOWS.format("[tone.neck, tone.neck]")},
    "depends on itself": item("kind: choice, label: X, options: [a, b], when: {item: gait.own_x, one_of: [a]}"),
    "names one side of an item": item("kind: text, label: X, when: {item: gait.armswing.R, one_of: [absent]}"),
    "carries a side in its id": {"gait.yaml": OWN.replace("own_x", "grip_right") + "kind: text, label: X}\n"},
    "offers left, right as options": item("kind: choice, label: X, options: [left, right]"),
    "the side is missing": item(
        "kind: list, label: X, fields: [{id: site, kind: choice, label: Site, options: [{id: hand, sided: paired}, a]}]"
    ),
    "would be called normal or abnormal by figures that nobody has reviewed": item(
        "kind: number, label: X, max: 9, abnormal: {min: 5}"
    ),
    "an own item cannot belong to the core set": item("kind: text, label: X, core: yes"),
    "'macro: yes' needs a normal set": item("kind: text, label: X, macro: yes"),
    "cannot stand in a record": {"Ward.yaml": f"title: W\n{OWN.replace('gait', 'Ward')}kind: text, label: X}}\n"},
    "this file is not read": {"gait.yaml.txt": "id: gait\n"},
    "this folder is not read": {"scale/own.yaml": "id: own\n"},
}
"""Every refusal that the guide explains, and what leads to it."""


def examples() -> dict[str, str]:
    """The files that the guide tells its reader to write."""
    return dict(re.findall(r"\*\*`([\w/]+\.yaml)`\*\*\n\n```yaml\n(.*?)```", GUIDE, flags=re.DOTALL))


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    below = GUIDE.partition(f"\n## {heading}\n")[2]
    lines = re.findall(r"^\|(.*)\|$", below.partition("\n## ")[0], flags=re.MULTILINE)
    return [[cell.strip() for cell in line.split("|")] for line in lines[2:]]


def quoted(cell: str) -> list[str]:
    """What stands in back quotes."""
    return re.findall(r"`([^`]+)`", cell)


def write(own: Path, files: dict[str, str]) -> None:
    """Files of the folder."""
    for name, text in files.items():
        path = own / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="surrogateescape")


def test_the_examples_go_from_the_folder_into_note_and_report(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    files = examples()
    findings = own.parent / FINDINGS
    findings.write_text(files.pop(FINDINGS), encoding="utf-8")
    write(own, files)
    assert run(["forms", "check"]) == 0
    assert "sections 1, items 7, scales 1, tables 0, scopes 1, no fault" in capfd.readouterr().out
    assert run(["items"]) == 0
    assert "gait.own_stairs" in capfd.readouterr().out
    record, note, report = (str(own.parent / name) for name in ("record.json", "note.txt", "report.pdf"))
    assert run(["record", str(findings), "-o", record]) == 0
    assert run(["export", record, "--format", "text", "-o", note]) == 0
    assert run(["export", record, "--format", "pdf", "-o", report]) == 0
    said = Path(note).read_text(encoding="utf-8")
    printed = " ".join(" ".join(page.extract_text() for page in PdfReader(report).pages).split())
    for words in (
        "Scope: headache clinic. Items outside this scope were not part of the examination.",
        "Calf cramps, right: every week.",
        "Stairs: holds the rail.",
        "Headache: on 12 days a month.",
        "With it: nausea, hurting light, no hurting sound.",
        "Attacks: 2026-11-20, lasting 6 h, eased by tablets, naproxen.",
        "0 of 21 items used are clinically reviewed.",
    ):
        assert words in said
        assert words in printed


def test_the_review_of_the_guide_counts_as_one(own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (review,) = re.findall(r"^ +(reviewed: \{by: .*\})$", GUIDE, flags=re.MULTILINE)
    write(own, item(f"kind: text, label: X, {review}"))
    assert run(["forms", "check", "--review"]) == 0
    (gait,) = [line.split() for line in capfd.readouterr().out.splitlines() if line.startswith("items, gait ")]
    assert gait[4] == "1"


def test_every_refusal_of_the_guide_is_tried_here() -> None:
    explained = {words for first, *_rest in rows("8. When the check refuses something") for words in quoted(first)}
    assert explained == set(REFUSED)


@pytest.mark.parametrize("words", REFUSED)
def test_a_refusal_is_said_as_the_guide_has_it(words: str, own: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(own, REFUSED[words])
    assert run(["forms", "check"]) == 1
    assert words in capfd.readouterr().err


def test_the_kinds_of_the_guide_are_the_nine() -> None:
    table = re.findall(r"^\| `(\w+)` \|", GUIDE.partition("\nThe kinds:\n")[2].partition("\n## ")[0], re.MULTILINE)
    assert sorted(table) == sorted(["grade", "choice", "flags", "number", "side", "text", "date", "group", "list"])


@cache
def sites() -> set[str]:
    """The cells of touch and pinprick that are no level."""
    items = load_form(ROOT / "forms").items
    cells = {
        name: each.cell for name, each in items.items() if name.startswith(("sensation.light_", "sensation.pinprick"))
    }
    return {name for name, cell in cells.items() if cell is not None and not re.fullmatch(r"[CTLS][\d-]+", cell.row)}


def test_the_guide_says_what_every_shipped_scope_holds() -> None:
    form = load_form(ROOT / "forms")
    table = {quoted(first)[0]: cells for first, *cells in rows("What the shipped scopes hold")}
    assert set(table) == set(form.scopes)
    for scope_id, (includes, sections, single) in table.items():
        scope = form.scopes[scope_id]
        assert quoted(includes) == list(scope.includes), scope_id
        assert quoted(sections) == list(scope.sections), scope_id
        named = set(quoted(single))
        if AT_SITES in single:
            named = named - {"sensation.light_touch", "sensation.pinprick"} | sites()
        assert named == set(scope.items), scope_id

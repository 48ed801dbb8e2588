"""Quick entry: a line of text becomes findings, a question or a refusal, and never a guess."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exam_app.core.checks.record_checks import check_record
from exam_app.core.editing import editing
from exam_app.core.files.findings_file import read_findings
from exam_app.core.files.yaml_text import Items, Node, plain
from exam_app.core.files.yaml_text import parse as parse_yaml
from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.form.kinds import ChoiceKind, FlagsKind, GradeKind, Item, NumberKind
from exam_app.core.quick.entry import Ask, Entry, NotReady, Ready, Refused, edit_of, parse
from exam_app.core.quick.typed import number_as_typed
from exam_app.core.quick.values import main_of
from exam_app.core.record.mirror import mirrored, other_side
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord, Finding
from exam_app.core.record.values import NumberValue
from tests.full_record import answer
from tests.specimen import blank
from tests.strategies import records

CORPUS = Path(__file__).resolve().parents[1] / "data" / "quick_entry.yaml"
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "quick_entry.md"
ENVELOPE = {"patient": {"family_name": "Specimen"}, "encounter": {"started_at": "2026-11-22T09:20:00+01:00"}}


def lines_of(node: Node) -> list[dict[str, Any]]:
    """The lines of the corpus; every scalar is text."""
    assert isinstance(node, Items)
    return [plain(each) for each in node.nodes]


LINES = lines_of(parse_yaml(CORPUS.read_bytes(), CORPUS.name))


def recorded(findings: dict[str, Any], form: Form, scope: str = "full") -> ExamRecord:
    """A record with these findings, in the words of a findings file."""
    return read_findings(json.dumps(ENVELOPE | {"scope": scope, "findings": findings}).encode(), "corpus", form)


def bare(finding: Finding | None) -> Finding | None:
    """A finding without how it was entered."""
    return finding.model_copy(update={"entered": "typed"}) if finding is not None else None


def said(text: str, record: ExamRecord, form: Form, section: str | None = None) -> list[str]:
    """What a line would record, in the words of the preview."""
    preview = parse(text, record, form, section=section)
    assert isinstance(preview, Ready), preview
    return [entry.words for entry in preview.entries]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['typed'][:60]} in {line.get('section', 'none')}")
def test_that_a_line_of_the_corpus_records_exactly_this(line: dict[str, Any], form: Form) -> None:
    record = recorded(line.get("after", {}), form, line.get("scope", "full"))
    preview = parse(line["typed"], record, form, section=line.get("section"))
    if {"finds", "normal", "notes"} & line.keys():
        assert isinstance(preview, Ready), preview
        edit = edit_of(preview)
        assert dict(edit.section_notes) == line.get("notes", {})
        if "normal" in line:
            assert edit.findings.keys() == editing.rest_normal(record, form, line["normal"]).findings.keys()
            assert all(isinstance(each, AssertedNormal) for each in edit.findings.values())
        else:
            wanted = recorded(line.get("finds", {}), form).findings
            assert {at: bare(each) for at, each in edit.findings.items()} == {at: bare(wanted[at]) for at in wanted}
        assert all(each is not None and each.entered == "quick" for each in edit.findings.values())
        return
    assert isinstance(preview, NotReady), preview
    first = next((part for part in preview.parts if not isinstance(part, Entry)), None)
    if "asks" in line:
        assert isinstance(first, Ask), first
        assert first.what == line["asks"]
    elif "refused" in line:
        assert isinstance(first, Refused), first
        assert list(first.words) == line["refused"]
        assert first.sentence
    else:
        assert first is None


def test_that_the_corpus_is_large_and_that_enough_of_it_must_not_be_recorded() -> None:
    not_recorded = [line for line in LINES if {"asks", "refused"} & line.keys()]
    assert len(LINES) >= 300
    assert len(not_recorded) >= 60
    assert len(
        {(line["typed"], line.get("section"), str(line.get("after")), line.get("scope")) for line in LINES}
    ) == len(LINES)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("triceps r 4-", ["Strength › elbow extension (triceps), right: 4−"]),
        ("plantar r up", ["Reflexes › plantar response, right: extensor"]),
        ("tone ankle l spastic 1+", ["Tone › ankle plantarflexors, left: spasticity, MAS 1+"]),
        (
            "tandem 5; romberg pos",
            ["Gait and station › tandem: 5 missteps in 10", "Gait and station › Romberg: positive"],
        ),
        ("knee jerk b 3+", ["Reflexes › knee jerk, both: 3+"]),
        ("knees r 3+ l 2+", ["Reflexes › knee jerk, right: 3+; knee jerk, left: 2+"]),
    ],
)
def test_that_the_preview_says_what_will_be_recorded(text: str, words: list[str], form: Form) -> None:
    assert said(text, blank(form), form) == words


def test_that_the_examples_of_the_guide_are_true(form: Form) -> None:
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    examples = {typed: words for typed, words in rows if "›" in words}
    assert len(examples) >= 9
    for typed, words in examples.items():
        assert said(typed, blank(form), form) == [words]


def test_that_the_preview_holds_what_is_recorded_now(form: Form) -> None:
    record = recorded({"strength.triceps.R": "5"}, form)
    preview = parse("triceps b 4-", record, form, section=None)
    assert isinstance(preview, Ready)
    assert dict(preview.entries[0].present) == {"strength.triceps.R": "5", "strength.triceps.L": None}


def shown(text: str, form: Form, section: str | None) -> list[str]:
    """What a line offers to choose from."""
    (part,) = parse(text, blank(form), form, section=section).parts
    assert isinstance(part, Ask)
    return [candidate.words for candidate in part.candidates]


def test_that_a_section_offers_its_own_items_only_and_without_one_all_that_fit_are_offered(form: Form) -> None:
    own = ["Strength › ankle dorsiflexion (TA)", "Strength › ankle plantarflexion (gastrocnemius, soleus)"]
    assert shown("ankle r 4", form, "strength") == own
    everywhere = shown("ankle r 4", form, None)
    assert set(own) < set(everywhere)
    assert everywhere[0] == "Reflexes › ankle jerk"


def test_that_items_outside_the_scope_are_not_offered(form: Form) -> None:
    record = blank(form, "screening")
    (part,) = parse("thumb r 4", record, form, section=None).parts
    assert isinstance(part, Refused)
    assert "is not in the scope screening" in part.sentence


def test_that_a_missing_side_offers_right_left_and_both(form: Form) -> None:
    assert shown("plantar up", form, None) == ["right", "left", "both"]


def test_that_a_later_part_sees_what_an_earlier_one_would_record(form: Form) -> None:
    record = blank(form)
    assert isinstance(parse("event lasts 10", record, form, section="alert"), NotReady)
    assert said("event going on yes; event lasts 10", record, form)[1] == "Alert card › event lasts: 10 min"


def test_that_the_rest_of_a_section_overwrites_nothing_and_says_every_item(form: Form) -> None:
    record = recorded({"gait.romberg": {"result": "positive"}, "gait.heel_walk.R": "weak"}, form)
    preview = parse("normal gait", record, form, section="tone")
    assert isinstance(preview, Ready)
    edit = edit_of(preview)
    assert not edit.findings.keys() & record.findings.keys()
    assert "heel walk, left" in preview.entries[0].words
    assert "Romberg" not in preview.entries[0].words


def test_that_a_note_is_added_below_what_stands_there(form: Form) -> None:
    record = blank(form).model_copy(update={"section_notes": {"gait": "seen in the corridor"}})
    preview = parse("note slower on turns; note with shoes", record, form, section="gait")
    assert isinstance(preview, Ready)
    assert edit_of(preview).section_notes == {"gait": "seen in the corridor\nslower on turns\nwith shoes"}


def test_that_the_note_of_a_finding_stays_when_its_value_changes(form: Form) -> None:
    record = recorded({"strength.triceps.R": {"grade": "5", "note": "after the fall"}}, form)
    preview = parse("triceps r 4-", record, form, section=None)
    assert isinstance(preview, Ready)
    found = edit_of(preview).findings["strength.triceps.R"]
    assert isinstance(found, Examined)
    assert found.note == "after the fall"


def test_that_every_candidate_with_a_text_leads_on_from_its_question(form: Form) -> None:
    record = blank(form)
    for line in LINES:
        preview = parse(line["typed"], record, form, section=line.get("section"))
        for part in (each for each in preview.parts if isinstance(each, Ask)):
            for candidate in part.candidates:
                if candidate.text is None:
                    continue
                answer = parse(candidate.text, record, form, section=line.get("section")).parts
                assert len(answer) == 1
                assert not isinstance(answer[0], Refused), (line["typed"], candidate, answer)
                assert not (isinstance(answer[0], Ask) and answer[0].what == part.what), (line["typed"], candidate)


def test_that_every_item_of_the_form_can_be_named_by_its_id(form: Form) -> None:
    record = blank(form)
    for item_id, item in form.items.items():
        part = parse(f"{item_id} r" if item.sides == "paired" else item_id, record, form, section=None).parts[0]
        assert isinstance(part, Ask) or "asked only where" in getattr(part, "sentence", ""), (item_id, part)


def answers_of(item: Item, form: Form) -> list[str]:
    """Every answer of an item's first question as it reads, or one where there is no end of them."""
    main = main_of(item)
    if isinstance(main, GradeKind):
        return [grade.token for grade in form.scales[main.scale].grades]
    if isinstance(main, (ChoiceKind, FlagsKind)):
        return [option.label for option in main.options]
    if isinstance(main, NumberKind):
        number = answer(form, main, 3)
        assert isinstance(number, NumberValue)
        return [f"{number_as_typed(number)} {number.unit or ''}"]
    if main is None:
        return []
    return {"side": ["r"], "text": [": in my words"], "date": ["2021-08"]}.get(main.kind, [])


def test_that_every_item_is_recorded_by_its_label_and_its_answers_and_never_another_one(form: Form) -> None:
    record = blank(form)
    here, tried = 0, 0
    for item_id, item in form.items.items():
        for each in answers_of(item, form):
            line = f"{item.label} r {each}" if item.sides == "paired" else f"{item.label} {each}"
            preview = parse(line, record, form, section=section_of(item_id))
            found = {split_address(address)[0] for part in preview.parts for address in getattr(part, "addresses", ())}
            assert found <= {item_id}, (line, found)
            if found and item.sides == "paired":
                assert isinstance(preview, Ready)
                left = parse(f"{item.label} l {each}", record, form, section=section_of(item_id))
                assert isinstance(left, Ready)
                there = editing.apply(record, edit_of(left))
                assert there == mirrored(editing.apply(record, edit_of(preview))), line
            here, tried = here + bool(found), tried + 1
    assert tried > 1_000
    assert here / tried > 0.95


def test_that_a_line_of_any_length_is_answered(form: Form) -> None:
    record = blank(form)
    for text in ("triceps " * 5_000, "a" * 100_000, "triceps r 4-;" * 5_000, "x:" + "y " * 50_000, "nt " * 9_000):
        assert isinstance(parse(text, record, form, section="strength"), NotReady)


words = st.sampled_from(
    [word for line in LINES for word in line["typed"].split()]
    + ["r", "l", "b", ";", "4-", "1+", "nt", "unable", "normal", "note", ":", "−", "\u0000", "\u202e", "³", "✓"]
)
texts = st.lists(words, max_size=9).map(" ".join) | st.text(max_size=40)
sections = st.sampled_from([None, "strength", "reflexes", "tone", "gait", "sensation", "no such section"])


def test_that_no_text_raises_and_that_what_is_ready_fits_the_form_and_changes_only_what_it_names(form: Form) -> None:
    @settings(max_examples=300)
    @given(texts, records(form, most=12), sections)
    def holds(text: str, record: ExamRecord, section: str | None) -> None:
        preview = parse(text, record, form, section=section)
        if isinstance(preview, NotReady):
            return
        edit = edit_of(preview)
        after = editing.apply(record, edit)
        assert not list(check_record(after, form))
        assert ExamRecord.model_validate_json(after.model_dump_json()) == after
        named = {address for entry in preview.entries for address in entry.addresses}
        changed = {
            at
            for at in after.findings.keys() | record.findings.keys()
            if after.findings.get(at) != record.findings.get(at)
        }
        assert changed <= named == edit.findings.keys()
        assert not edit.context

    holds()


SIDE = re.compile(r"\b(?:r|l|right|left|rt)\b", re.IGNORECASE)
SIDES = {"r": "l", "right": "left", "l": "r", "left": "right", "rt": "lt"}


def test_that_the_other_side_typed_gives_the_mirrored_edit(form: Form) -> None:
    for line in LINES:
        if "finds" not in line or ":" in line["typed"]:
            continue
        record = recorded(line.get("after", {}), form, line.get("scope", "full"))
        typed = SIDE.sub(lambda found: SIDES[found.group().casefold()], line["typed"])
        if typed == line["typed"]:
            continue
        here = parse(line["typed"], record, form, section=line.get("section"))
        there = parse(typed, mirrored(record), form, section=line.get("section"))
        assert isinstance(here, Ready)
        assert isinstance(there, Ready), (typed, there)
        after = editing.apply(mirrored(record), edit_of(there))
        assert after.findings == mirrored(editing.apply(record, edit_of(here))).findings, typed
        assert edit_of(there).findings.keys() == {other_side(address) for address in edit_of(here).findings}

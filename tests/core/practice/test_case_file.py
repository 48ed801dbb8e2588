"""A case whose key contradicts its findings is refused, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from exam_app.core.derived.judgement import judge_finding
from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.core.practice.case import Case
from exam_app.core.practice.case_file import load_cases
from exam_app.core.practice.library import Library
from exam_app.core.record.record import Examined
from tests.specimen_case import DROPPED_FOOT, specimen_case

CONTRADICTIONS = {
    "the side of the key": ("{level: nerve, side: L}", "{level: nerve, side: R}", "should lie on R; 4 abnormal"),
    "the side of the key, crossed": ("{level: nerve, side: L}", "{level: cortex, side: L}", "should lie on R"),
    "a level that is not there": ("level: nerve", "level: nerves", "there is no level 'nerves'"),
    "a side that is not said": ("{level: nerve, side: L}", "{level: nerve, side: unsaid}", "a key says its side"),
    "a side where there is none": ("{level: nerve, side: L}", "{level: muscle, side: L}", "has no side"),
    "an accepted level that is not there": ("level: root", "level: roots", "there is no level 'roots'"),
    "a critical finding that is normal": (
        "finding: strength.tibialis_anterior.L",
        "finding: strength.tibialis_anterior.R",
        "is not abnormal in this case",
    ),
    "a critical finding of no item": ("finding: strength.tibialis_anterior.L", "finding: strength.toe.L", "no item"),
    "a red flag that is not there": ("id: falls", "id: fall", "there is no red flag 'fall'"),
    "another distribution": ("distribution: {result: none}", "distribution: {result: focal}", "the key says focal"),
    "a teaching point about nothing": ("strength.peronei]", "strength.peroneus]", "no section or item"),
    "a source that is not there": ("text: Inversion tells", "source: S999, text: Inversion tells", "no source 'S999'"),
    "an item that the form does not have": ("strength.ehl.L: 3", "strength.big_toe.L: 3", "no item"),
    "a grade that the scale does not have": ("strength.ehl.L: 3", "strength.ehl.L: 7", "is no grade"),
    "a difficulty of no kind": ("difficulty: easy", "difficulty: simple", "difficulty"),
    "a topic of no kind": ("topics: [strength, gait]", "topics: [power]", "topics"),
    "a key nobody knows": ("author: exam_app", "writer: exam_app", "not known here"),
    "words for nothing": ("card:", "shown: {the foot: It turns.}\ncard:", "shown.the foot"),
    "words for an item that is not there": ("card:", "shown: {strength.toe: It turns.}\ncard:", "no item"),
    "no distribution at all": ("{result: none}", "{result: everywhere}", "'everywhere' is no distribution"),
    "a history that names the root": ("pain: none", "pain: [{site: along L5}]", "the history tells 'L5'"),
    "a history that names the level": (
        "pain: none",
        "habits: [{what: a nerve root}]",
        "the history tells 'nerve root'",
    ),
    "own words that name the level": (
        "card:",
        "shown: {history.pain: A single nerve hurts.}\ncard:",
        "the history tells 'single nerve'",
    ),
    "no card": ("card:", "cards:", "'card' is missing"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_case_that_contradicts_itself_is_refused_with_its_line(
    name: str, tmp_path: Path, form: Form, library: Library
) -> None:
    old, new, words = CONTRADICTIONS[name]
    with pytest.raises(UserError) as refused:
        specimen_case(tmp_path, form, library, (old, new))
    assert refused.value.code == "cases_refused"
    line = DROPPED_FOOT[: DROPPED_FOOT.index(old)].count("\n") + 1
    told = [fault for fault in refused.value.faults if words in fault.what]
    assert told, refused.value.faults
    if name != "no card":
        assert told[0].where == f"X01_made_up.yaml:{line}"


def test_a_condition_in_the_key_is_not_told_as_history_unless_the_card_tells_it(
    tmp_path: Path, form: Form, library: Library
) -> None:
    told = ("  pain: none", "  brain_injury: [{kind: stroke}]")
    named = ("Weak dorsiflexion", "After a stroke, weak dorsiflexion")
    with pytest.raises(UserError) as refused:
        specimen_case(tmp_path, form, library, told, named)
    (fault,) = refused.value.faults
    assert fault.where == "X01_made_up.yaml:6"
    assert "the history tells 'stroke', which is for the learner to find" in fault.what
    specimen_case(tmp_path, form, library, told, named, ("without pain.", "after a stroke."))


def test_a_value_without_words_is_refused(tmp_path: Path, form: Form, library: Library) -> None:
    silent = library.phrases.model_copy(update={"scales": {}})
    with pytest.raises(UserError) as refused:
        specimen_case(tmp_path, form, library.model_copy(update={"phrases": silent}))
    assert any(
        "no words in phrases.yaml for the grade 2 of strength.tibialis_anterior" in each.what
        for each in refused.value.faults
    )


def test_the_same_id_twice_is_refused(tmp_path: Path, form: Form, library: Library) -> None:
    for name in ("X01_one.yaml", "X01_two.yaml"):
        (tmp_path / name).write_text(DROPPED_FOOT, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        load_cases(sorted(tmp_path.glob("*.yaml")), form, library)
    assert [fault.where for fault in refused.value.faults] == ["X01_two.yaml"]


def test_a_broken_file_is_named_and_so_is_one_that_is_not_there(tmp_path: Path, form: Form, library: Library) -> None:
    (tmp_path / "X02_broken.yaml").write_text("case: [", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        load_cases([tmp_path / "X02_broken.yaml", tmp_path / "X03_gone.yaml"], form, library)
    broken, gone = refused.value.faults
    assert broken.where.startswith("X02_broken.yaml:")
    assert gone.where == "X03_gone.yaml"


def test_whatever_is_examined_shows_something(dropped_foot: Case) -> None:
    asserted = [
        address for address, finding in dropped_foot.truth.findings.items() if finding.state == "asserted_normal"
    ]
    assert not asserted
    assert isinstance(dropped_foot.truth.findings["strength.deltoid.R"], Examined)


def test_the_normal_default_is_normal(form: Form, library: Library) -> None:
    wrong = [
        address
        for address, finding in library.normal.items()
        if judge_finding(finding, form.addresses[address], form) == "abnormal"
    ]
    assert not wrong

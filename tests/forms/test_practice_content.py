"""What practice shows: words for every answer that never name it, a normal value for every item, and whole cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

from exam_app.core.derived.judgement import judge_finding
from exam_app.core.files.loader import load_form
from exam_app.core.form.form import Form, section_of
from exam_app.core.form.kinds import SIDES, ChoiceKind, Field, FlagsKind, GradeKind, GroupKind, Item, ListKind, SideKind
from exam_app.core.practice.case import Case
from exam_app.core.practice.case_checks import abnormal
from exam_app.core.practice.case_file import case_files, load_case
from exam_app.core.practice.eliciting import elicited
from exam_app.core.practice.library import Library
from exam_app.core.practice.library_file import load_library
from exam_app.core.record.record import Examined
from exam_app.core.record.values import ChoiceValue, ListValue
from exam_app.core.wording.value_words import option_text

FORMS = Path(__file__).resolve().parents[2] / "forms"
GUIDE = FORMS.parent / "docs" / "writing_cases.md"
CASES = case_files(FORMS)
NAMES = [path.stem for path in CASES]
NOT_SEEN = ("history.", "movements.own_distribution", "movements.entries:", "movements.observation:states")
"""What is told, judged, or said by each case in its own words."""
SEEN_OF_A_MOVEMENT = re.compile(r"movements\.entries:(phenomenology|features|amplitude|speed|sensory_trick\.effect)")
NAMES_NOTHING = frozenset({"yes", "no", "none", "other", "normal", "unchanged", "better", "worse"})
"""Answers whose names are everyday words."""


@cache
def form() -> Form:
    return load_form(FORMS)


@cache
def library() -> Library:
    return load_library(FORMS, form())


@cache
def case(path: Path) -> Case:
    return load_case(path, form(), library())


def places(field: Item | Field, where: str) -> Iterator[tuple[str, Item | Field]]:
    """Every item and field with the place under which its words are looked for."""
    yield where, field
    if isinstance(field, (GroupKind, ListKind)):
        for each in field.fields:
            yield from places(each, f"{where}{'.' if ':' in where else ':'}{each.id}")


def seen() -> Iterator[tuple[str, Item | Field]]:
    for item_id, item in form().items.items():
        for where, field in places(item, item_id):
            if SEEN_OF_A_MOVEMENT.match(where) or not where.startswith(NOT_SEEN):
                yield where, field


def answers(where: str, field: Item | Field) -> Iterator[tuple[str, str | None, list[str]]]:
    """The grades and choices of a field: the answer, its words, and the names that these must not say."""
    phrases = library().phrases
    if isinstance(field, GradeKind):
        for grade in form().scales[field.scale].grades:
            names = [grade.token, grade.short or ""]
            yield grade.token, phrases.of_answer(where, grade.token, field.scale), names
    elif isinstance(field, ChoiceKind):
        for option in field.options:
            names = [option.label, option.id.replace("_", " ")]
            yield option.id, phrases.of_answer(where, option.id), names


def test_every_grade_and_every_choice_that_can_be_seen_has_words() -> None:
    missing = [
        f"{where} {answer}" for where, field in seen() for answer, words, _ in answers(where, field) if words is None
    ]
    assert missing == []


def test_every_mark_and_every_side_that_can_be_seen_has_words() -> None:
    phrases, missing = library().phrases, []
    for where, field in seen():
        table = phrases.flags if isinstance(field, FlagsKind) else phrases.sides
        if isinstance(field, FlagsKind):
            wanted = [each.id for each in field.options]
        elif isinstance(field, SideKind):
            wanted = [*SIDES, *field.also]
        else:
            continue
        said = {answer for key, words in table.items() if fnmatchcase(where, key) for answer in words}
        missing += [f"{where} {each}" for each in wanted if each not in said]
    assert missing == []


def test_no_words_name_the_grade_or_the_answer_that_they_stand_for() -> None:
    telling = [
        f"{where} {answer}: {words}"
        for where, field in seen()
        for answer, words, names in answers(where, field)
        if words and (re.search(r"\d", words) or any(says(words, name) for name in names))
    ]
    assert telling == []


def test_every_key_of_the_words_is_looked_for() -> None:
    looked_for = {where for item_id, item in form().items.items() for where, _ in places(item, item_id)}
    phrases = library().phrases
    for table in (
        phrases.items,
        phrases.flags,
        phrases.sides,
        phrases.numbers,
        phrases.lists,
        phrases.told,
        phrases.untold,
    ):
        assert [key for key in table if not any(fnmatchcase(where, key) for where in looked_for)] == []


def test_grades_of_four_cannot_be_told_apart() -> None:
    phrases = library().phrases
    assert (
        phrases.alike("mrc", "4-", "4+") and not phrases.alike("mrc", "4+", "5") and not phrases.alike("mrc", "3", "4-")
    )


def test_every_item_that_is_examined_has_a_normal_value() -> None:
    unexamined = ("history.", "mental.cognitive_total", "movements.associated", "movements.own_distribution")
    asked_of_an_event = ("alert.event_kind", "alert.event_minutes", "alert.event_recovery")
    missing = [
        address
        for address in form().addresses
        if address not in library().normal and not address.startswith((*unexamined, *asked_of_an_event))
    ]
    assert missing == []


def test_what_is_normal_is_a_value_that_can_be_shown() -> None:
    without = [address for address, finding in library().normal.items() if not isinstance(finding, Examined)]
    assert {address.partition(".")[0] for address in without} == {"scales"}  # they add up what was seen


@pytest.mark.parametrize("path", CASES, ids=NAMES)
def test_a_case_is_whole_and_does_not_contradict_itself(path: Path) -> None:
    assert case(path).key.summary


@pytest.mark.parametrize("path", CASES, ids=NAMES)
def test_a_critical_finding_is_abnormal_and_has_to_be_found(path: Path) -> None:
    one = case(path)
    for critical in one.key.critical:
        finding = one.truth.findings[critical.finding]
        assert judge_finding(finding, form().addresses[critical.finding], form()) == "abnormal"
        assert critical.finding in abnormal(one, form())


@pytest.mark.parametrize("path", CASES, ids=NAMES)
def test_a_title_does_not_say_what_the_case_is(path: Path) -> None:
    assert [stem for stem in condition(path) if stem in case(path).head.title.lower()] == []


@pytest.mark.parametrize("path", CASES, ids=NAMES)
def test_a_history_tells_neither_what_the_case_is_nor_what_the_examiner_concludes(path: Path) -> None:
    card = case(path).card
    words, known = "\n".join(told(case(path))), f"{card.complaint} {card.history}".lower()
    assert words
    assert [stem for stem in condition(path) if stem in words.lower() and stem not in known] == []
    assert re.findall(r"\b[CTLS]\d", words) == []
    assert [name for name in concluded() if says(words, name)] == []


def test_what_is_told_names_no_answer_of_the_form_and_answers_only_what_is_asked() -> None:
    asked = {where: field for item_id, item in form().items.items() for where, field in places(item, item_id)}
    for where, words in library().phrases.told.items():
        field = asked[where]
        names = {each.id: each.label for each in field.options} if isinstance(field, ChoiceKind) else {"none": "none"}
        assert set(words) <= set(names)
        assert [answer for answer, said in words.items() if says(said, names[answer])] == []


@pytest.mark.parametrize("path", CASES, ids=NAMES)
def test_what_moves_is_said_in_the_words_of_the_case_and_not_named(path: Path) -> None:
    finding = case(path).truth.findings["movements.entries"]
    assert isinstance(finding, Examined) and isinstance(finding.value, ListValue)
    item = form().items["movements.entries"]
    assert isinstance(item, ListKind)
    for entry in finding.value.entries:
        words, seen_as = case(path).shown["movements.entries"], entry.fields["phenomenology"]
        assert isinstance(seen_as, ChoiceValue)
        assert not says(words, option_text(item.by_id["phenomenology"], seen_as.token))


@pytest.mark.parametrize("path", CASES, ids=NAMES)
def test_teaching_points_have_a_source_and_nobody_has_reviewed_them_yet(path: Path) -> None:
    known = {"M", "D", "V", *form().bibliography}
    assert [point.source for point in case(path).teaching if point.source not in known] == []
    assert case(path).head.reviewed is None


def test_there_are_cases_of_every_difficulty_and_topic() -> None:
    heads = [case(path).head for path in CASES]
    assert {head.difficulty for head in heads} == {"easy", "moderate", "hard"}
    assert len({topic for head in heads for topic in head.topics}) == 11


def test_all_21_mistakes_and_every_section_of_the_standard_order_are_there() -> None:
    assert len(library().mistakes.mistakes) == 21
    assert {step.section for step in library().order.steps} == {section.id for section in form().sections}


def test_the_example_of_the_guide_is_a_case_without_fault(tmp_path: Path) -> None:
    path = tmp_path / "T01_example.yaml"
    path.write_text(example(), encoding="utf-8")
    one = load_case(path, form(), library())
    assert len(abnormal(one, form())) > 3 and one.key.is_lateralised


def test_the_guide_names_every_level_every_red_flag_and_every_topic() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    topics = {topic for path in CASES for topic in case(path).head.topics}
    wanted = {*library().level_by_id, *library().flag_by_id, *topics}
    assert [name for name in sorted(wanted) if f"`{name}`" not in text] == []


def condition(path: Path) -> list[str]:
    """The beginnings of the long words in the name of a case's file, which say what the case is."""
    return [word[:6] for word in path.stem.lower().split("_")[1:] if len(word) > 4]


def told(one: Case) -> list[str]:
    """Whatever can be heard of the history of a case, but for the drugs, which stand on their packets."""
    asked = (each for each in form().addresses if section_of(each) == "history" and each != "history.exposures")
    return [elicited(one, address, form(), library().phrases) for address in asked]


def concluded() -> list[str]:
    """The names of the examiner's own categories: course, variability and cause."""
    inside = ("history.temporal:", "history.axis_2:", "history.onset:mode", "history.spread_direction")
    fields = [f for i, item in form().items.items() for where, f in places(item, i) if where.startswith(inside)]
    options = [option for field in fields if isinstance(field, ChoiceKind) for option in field.options]
    return [option.label for option in options if option.id not in ("none", "other", "unknown")]


def example() -> str:
    """The one whole case in the guide."""
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (whole,) = [block for block in blocks if "\nkey:" in block]
    return str(whole)


def says(words: str, name: str) -> bool:
    """Whether whole words say a name; those with an everyday name are let pass."""
    plain = name.lower()
    return (
        bool(plain)
        and plain not in NAMES_NOTHING
        and re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", words.lower()) is not None
    )

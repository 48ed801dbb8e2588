"""Every finding stands in the note, and the note knows where: no recorded finding is missing from bullets and prose, no
abnormal one from the handover. For records of every kind and for the teaching cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.core.derived.distribution import ENTRIES, OBSERVATION
from exam_app.core.derived.judgement import abnormal_addresses
from exam_app.core.derived.tapping import is_counter
from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.form.kinds import Field, GroupKind, Item, ListKind
from exam_app.core.model import forbidden_character
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord, NotExamined, Unable
from exam_app.core.record.values import FlagsValue, GroupValue, ListValue, UnableValue, Value
from exam_app.core.wording import term_words, value_words
from exam_app.report import Style, note, note_ascii
from exam_app.report.note import NoteText, note_spans
from tests.full_record import full_record
from tests.report.conftest import Make
from tests.report.test_golden import NAMES
from tests.report.test_promises import MOVEMENTS, STYLES, abnormal_words, document_of, flat, some
from tests.strategies import records

WHOLE: tuple[Style, ...] = ("bullets", "prose")
SIDES = {"R": r"\b(right|R|both sides|either side)\b", "L": r"\b(left|L|both sides|either side)\b"}
LITTLE_WORDS = {"at", "the", "of", "no"}


def told(text: NoteText) -> dict[str, str]:
    """What the note says of each address: the words of its spans, one after the other."""
    words: dict[str, list[str]] = {}
    for span in text.spans:
        for address in span.addresses:
            words.setdefault(address, []).append(text.text[span.start : span.end])
    return {address: flat(" ".join(parts)) for address, parts in words.items()}


def missing_words(record: ExamRecord, form: Form, address: str, text: str) -> list[str]:
    """What should be said of a finding in its spans and is not: its name, its side, its value or reason, its note."""
    finding, item = record.findings[address], form.addresses[address]
    wanted = [] if finding.note is None else [flat(finding.note)]
    if isinstance(finding, (NotExamined, Unable)):
        wanted.append(term_words.reason_text(finding.reason) if finding.reason != "other" else flat(finding.text or ""))
    elif isinstance(finding, AssertedNormal):
        wanted += [item.unmeasured] if item.unmeasured is not None else []
    elif address not in MOVEMENTS:
        wanted.append(flat(value_words.value_text(item, finding.value, form)))
    elif address == ENTRIES:
        wanted += kinds_of_movement(item, finding)
    else:
        wanted.append("movement was seen" if "movement was seen" in text else "Observation:")
    missing = [words for words in wanted if words not in text]
    side = split_address(address)[1]
    if side is not None and not re.search(SIDES[side], text):
        missing.append(side)
    return missing if address in MOVEMENTS else missing + missing_name(form, address, finding, text)


def kinds_of_movement(item: Item, finding: Examined | AssertedNormal) -> list[str]:
    if not isinstance(item, ListKind) or not isinstance(finding, Examined) or not isinstance(finding.value, ListValue):
        return []
    kinds = [entry.fields.get("phenomenology") for entry in finding.value.entries]
    field = item.by_id["phenomenology"]
    return [
        value_words.option_text(field, kind.token)
        for kind in kinds
        if kind is not None and not isinstance(kind, UnableValue) and kind.kind == "choice"
    ]


def missing_name(form: Form, address: str, finding: object, text: str) -> list[str]:
    """The words of the item's name that are not said; a level may stand inside a range such as C5–T1."""
    item_id = split_address(address)[0]
    item = form.items[item_id]
    if item.cell is not None:
        section = form.section_by_id[section_of(address)]
        group = next(group for group in section.groups if any(one.cell == item.cell for one in group.items))
        column = next(column.label for column in group.columns if column.id == item.cell.column)
        labels = [row.phrase or row.label for row in group.rows]
        index = [row.id for row in group.rows].index(item.cell.row)
        names = (labels[index], group.rows[index].label)
        found = any(name.lower() in text.lower() for name in names) or in_range(index, labels, text)
        return ([] if found else [labels[index]]) + ([] if column.lower() in text.lower() else [column])
    name = value_words.phrase_of(item)
    if isinstance(finding, AssertedNormal) and item.phrase_normal is not None:
        name = item.phrase_normal
    said = set(re.findall(r"[^\s;:,.()]+", text.lower()))
    return [word for word in re.findall(r"[^\s;:,.()]+", name.lower()) if word not in said | LITTLE_WORDS]


def in_range(index: int, labels: list[str], text: str) -> bool:
    ranges = re.findall(r"([\w-]+)\u2013([\w-]+)", text)
    return any(
        first in labels and last in labels and labels.index(first) <= index <= labels.index(last)
        for first, last in ranges
    )


def check_whole(record: ExamRecord, form: Form) -> None:
    document = document_of(record, form)
    for style in WHOLE:
        said = told(note_spans(document, style))
        assert record.findings.keys() <= said.keys(), style
        for address in record.findings:
            assert missing_words(record, form, address, said[address]) == [], (style, address, said[address])


def check_handover(record: ExamRecord, form: Form) -> None:
    said = told(note_spans(document_of(record, form), "handover"))
    for address in abnormal_addresses(record, form):
        assert address in said
        finding, item = record.findings[address], form.addresses[address]
        assert isinstance(finding, Examined)
        if address == ENTRIES:
            wanted = kinds_of_movement(item, finding)
        elif address == OBSERVATION:
            wanted = ["Observed: " if "Observed: " in said[address] else "Abnormal movement was seen."]
        else:
            wanted = [*abnormal_words(item, finding.value, form), *missing_name(form, address, finding, said[address])]
        assert [words for words in wanted if flat(words) not in said[address]] == [], (address, said[address])


@some
@given(data=st.data())
def test_no_finding_of_any_record_is_missing_from_bullets_and_prose(data: st.DataObject, form: Form) -> None:
    check_whole(data.draw(records(form)), form)


@pytest.mark.parametrize("name", NAMES)
def test_no_finding_of_a_teaching_case_is_missing_from_bullets_and_prose(
    name: str, form: Form, case: Callable[[str], ExamRecord]
) -> None:
    check_whole(case(name), form)


def test_no_finding_is_missing_and_no_id_stands_in_the_note_of_a_record_with_every_item(form: Form) -> None:
    record = full_record(form)
    check_whole(record, form)
    check_handover(record, form)
    for style in STYLES:
        assert "_" not in note(document_of(record, form), style).replace("exam_app", "")


@some
@given(data=st.data())
def test_no_abnormal_finding_of_any_record_is_missing_from_the_handover(data: st.DataObject, form: Form) -> None:
    check_handover(data.draw(records(form, always=MOVEMENTS)), form)


@pytest.mark.parametrize("name", NAMES)
def test_no_abnormal_finding_of_a_teaching_case_is_missing_from_the_handover(
    name: str, form: Form, case: Callable[[str], ExamRecord]
) -> None:
    check_handover(case(name), form)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("style", STYLES)
def test_the_spans_lie_one_after_the_other_and_begin_and_end_with_a_word(
    name: str, style: Style, form: Form, case: Callable[[str], ExamRecord]
) -> None:
    for plain in (False, True):
        text = note_spans(document_of(case(name), form), style, ascii=plain)
        assert text.text == note(document_of(case(name), form), style, ascii=plain)
        ends = [0, *(span.end for span in text.spans)]
        for before, span in zip(ends, text.spans, strict=False):
            stretch = text.text[span.start : span.end]
            assert before <= span.start < span.end
            assert stretch == stretch.strip()
            assert span.addresses


def test_a_span_is_one_sentence_or_one_row(form: Form, make: Make) -> None:
    record = make("findings: {strength.triceps: {R: 3, L: 5}, tone.wrist.R: {quality: spasticity, mas: 2}}")
    text = note_spans(document_of(record, form), "bullets")
    said = [(text.text[span.start : span.end], span.addresses) for span in text.spans]
    both = ("strength.triceps.R", "strength.triceps.L")
    assert ("Elbow extension right 3.", both[:1]) in said
    assert ("Elbow extension: R 3, L 5", both) in said
    assert ("Wrist, right: spasticity, MAS 2.", ("tone.wrist.R",)) in said


def test_what_was_not_recorded_leads_to_its_place(form: Form, make: Make) -> None:
    text = note_spans(document_of(make("findings:\n"), form), "prose")
    said = {text.text[span.start : span.end].partition(" \u2013 ")[0]: span.addresses for span in text.spans}
    assert "tone.neck" in said["Tone"]
    assert "sensation.light_touch_C6.R" in said["Sensation"]


@some
@given(data=st.data())
def test_plain_ascii_moves_no_span_to_other_words(data: st.DataObject, form: Form) -> None:
    document = document_of(data.draw(records(form)), form)
    for style in STYLES:
        whole, plain = note_spans(document, style), note_spans(document, style, ascii=True)
        assert [span.addresses for span in whole.spans] == [span.addresses for span in plain.spans]
        for one, other in zip(whole.spans, plain.spans, strict=True):
            said = note_ascii.ascii_text(whole.text[one.start : one.end])
            assert bare(said) == bare(plain.text[other.start : other.end])


def bare(text: str) -> str:
    return "".join(text.split())


HOSTILE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=200).filter(
    lambda text: bool(text.strip()) and forbidden_character(text, lines=False) is None
)


@some
@given(words=st.lists(HOSTILE, min_size=5, max_size=5), name=HOSTILE)
def test_plain_ascii_is_plain_and_narrow_whatever_was_typed(
    words: list[str], name: str, form: Form, make: Make
) -> None:
    record = make(
        "findings: {strength.triceps.R: {grade: 3, note: a}, gait.tug: {unable: other, text: a}}\n"
        "section_notes: {tone: a}\nimpression: a\n"
    )
    first, second, third, fourth, fifth = words
    triceps = record.findings["strength.triceps.R"].model_copy(update={"note": f"{first}\n\n{second}"})
    tug = record.findings["gait.tug"].model_copy(update={"text": third})
    record = record.model_copy(
        update={
            "patient": record.patient.model_copy(update={"family_name": name}),
            "encounter": record.encounter.model_copy(update={"reason": fourth}),
            "findings": {"strength.triceps.R": triceps, "gait.tug": tug},
            "section_notes": {"tone": f"{fifth}\n{'x' * 300}"},
            "impression": f"{first * 3}\n{second}",
        }
    )
    document = document_of(record, form)
    for style in STYLES:
        text = note(document, style, ascii=True)
        assert text.isascii()
        assert text.replace("\n", "").isprintable()
        if style == "handover":
            assert text.count("\n") == 1
        else:
            assert max(len(one) for one in text.splitlines()) <= 80


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("style", STYLES)
def test_plain_ascii_is_plain_and_narrow_for_every_teaching_case(
    name: str, style: Style, form: Form, case: Callable[[str], ExamRecord]
) -> None:
    text = note(document_of(case(name), form), style, ascii=True)
    assert text.isascii()
    assert "?" not in text
    if style != "handover":
        assert max(len(one) for one in text.splitlines()) <= 80


def leaves(field: Field | Item, value: Value, form: Form) -> Iterator[str]:
    """The words of every single answer inside a value."""
    if isinstance(value, ListValue) and isinstance(field, ListKind):
        for entry in value.entries:
            yield from leaves(field, entry, form)
    elif isinstance(value, GroupValue) and isinstance(field, (GroupKind, ListKind)):
        for name, each in value.fields.items():
            yield from leaves(field.by_id[split_address(name)[0]], each, form)
    elif isinstance(value, FlagsValue):
        yield from (value_words.option_text(field, mark) for mark, answer in value.flags.items() if answer == "yes")
    else:
        yield value_words.value_text(field, value, form)


def test_every_single_answer_of_a_record_with_every_item_is_in_the_words_of_its_finding(form: Form) -> None:
    for address, finding in full_record(form).findings.items():
        item = form.addresses[address]
        if not isinstance(finding, Examined) or item.kind in ("list", "flags") or tapped(item):
            continue
        text = value_words.value_text(item, finding.value, form)
        assert [words for words in leaves(item, finding.value, form) if words not in text] == [], (address, text)


def tapped(item: Item) -> bool:
    return isinstance(item, GroupKind) and any(is_counter(field) for field in item.fields)

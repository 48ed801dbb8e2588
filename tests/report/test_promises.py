"""What the report promises about any record: nothing is normal unless said so, nothing is lost, right is right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exam_app.core.checks.record_checks import check_record
from exam_app.core.derived.completeness import core_findings
from exam_app.core.derived.distribution import ENTRIES, OBSERVATION
from exam_app.core.derived.judgement import abnormal_addresses, judge_value
from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import GroupKind, Item
from exam_app.core.record.mirror import mirrored
from exam_app.core.record.record import Examined, ExamRecord, NotExamined
from exam_app.core.record.values import GroupValue, Value
from exam_app.core.wording import value_words
from exam_app.report import Document, Style, build, note, note_ascii
from exam_app.report.document import AbnormalBlock, Notes, SideTable
from tests.report.conftest import Make
from tests.spoken_of import block_addresses
from tests.strategies import records

FORBIDDEN = ("normal", "unremarkable", "intact", "negative", "symmetric")
MOVEMENTS = (ENTRIES, OBSERVATION)
STYLES: tuple[Style, ...] = ("bullets", "prose", "handover")
some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def document_of(record: ExamRecord, form: Form) -> Document:
    return build(record, form, app_version="0")


def flat(text: str) -> str:
    return " ".join(text.split())


@some
@given(data=st.data())
def test_every_record_of_the_strategy_is_valid(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form))
    assert list(check_record(record, form)) == []


@some
@given(data=st.data())
def test_a_record_in_which_nothing_was_examined_claims_nothing(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form, findings=False))
    document = document_of(record, form)
    for style in STYLES:
        text = note(document, style).lower()
        for word in FORBIDDEN:
            assert word not in text


def test_a_note_on_what_was_not_examined_claims_nothing(form: Form, make: Make) -> None:
    not_done = {address: NotExamined(reason="time", note="tired", entered="typed") for address in form.addresses}
    record = make("findings:\n").model_copy(update={"findings": not_done})
    for style in STYLES:
        text = note(document_of(record, form), style).lower()
        assert [word for word in FORBIDDEN if word in text] == []


def test_a_blank_record_names_everything_that_was_not_recorded(form: Form, make: Callable[[str], ExamRecord]) -> None:
    text = flat(note(document_of(make("findings:\n"), form), "bullets"))
    assert "Nothing was examined." in text
    assert text.count("- Not recorded.") == sum(len(core_findings(form, section.id)) > 0 for section in form.sections)
    for item_id, item in form.items.items():
        if item.core is True and item_id != OBSERVATION:
            name = value_words.phrase_of(item) + (" R L" if item.sides == "paired" else "")
            assert name in text
    assert "light touch or pinprick at C6 or C8 R L" in text
    assert "movement observation" in text


@some
@given(data=st.data())
def test_every_finding_stands_in_bullets_and_in_prose(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form))
    document = document_of(record, form)
    for words in (True, False):
        assert told(document, in_words=words) == set(record.findings)
    bullets, prose = flat(note(document, "bullets")), flat(note(document, "prose"))
    for address, finding in record.findings.items():
        item = form.addresses[address]
        if finding.note is not None:
            assert flat(finding.note) in bullets
            assert flat(finding.note) in prose
        if isinstance(finding, Examined) and address not in (OBSERVATION, ENTRIES):
            assert flat(value_words.value_text(item, finding.value, form)) in prose
            assert flat(value_words.value_text(item, finding.value, form)) in bullets


def told(document: Document, *, in_words: bool) -> set[str]:
    """The addresses told in the sections: by tables, or by the sentences that stand for the tables in prose."""
    found: set[str] = set()
    for block in document.blocks:
        if isinstance(block, (AbnormalBlock, Notes)):
            continue
        if isinstance(block, SideTable) and in_words:
            found.update(address for sentence in block.sentences for address in sentence.addresses)
        elif isinstance(block, SideTable):
            cells = [cell for row in block.rows for pair in row.pairs for cell in (pair.right, pair.left)]
            found.update(address for cell in cells for address in cell.addresses)
        else:
            found.update(block_addresses(block))
    return found


@some
@given(data=st.data())
def test_no_abnormal_finding_is_missing_from_the_block_and_from_the_handover(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form, always=MOVEMENTS))
    document = document_of(record, form)
    block = document.blocks[0]
    assert isinstance(block, AbnormalBlock)
    abnormal = abnormal_addresses(record, form)
    line = note(document, "handover")
    assert set(abnormal) == {address for part in block.abnormal for one in part.sentences for address in one.addresses}
    assert set(abnormal) <= set({address for one in document.handover for address in one.addresses})
    assert line.count("\n") == 1
    for address in abnormal:
        finding, item = record.findings[address], form.addresses[address]
        if isinstance(finding, Examined) and address not in (OBSERVATION, ENTRIES):
            for words in abnormal_words(item, finding.value, form):
                assert flat(words) in line


def abnormal_words(item: Item, value: Value, form: Form) -> list[str]:
    """The values that must stand in the shortest report: of a group the main one and each abnormal one."""
    if not isinstance(value, GroupValue) or not isinstance(item, GroupKind):
        return [value_words.value_text(item, value, form)]
    given = [(name, item.by_id[split_address(name)[0]], each) for name, each in value.fields.items()]
    return [
        value_words.value_text(field, each, form)
        for name, field, each in given
        if name == item.main or judge_value(field, each, form) == "abnormal"
    ]


SIDES = {"right": "left", "left": "right", "R": "L", "L": "R"}
SIDE = r"(?<![\w/])(?:right|left|R|L)\b(?!\.\w)"
"""A word of a side; not the litre of a unit such as U/L, and no author's initial."""
LITRES = re.compile(r"\b[\d.]+ L\b")


def exchanged(text: str) -> str:
    """The text with every word of a side exchanged, and no volume in litres."""
    text = LITRES.sub("", text)
    return re.sub(SIDE, lambda found: SIDES[found.group()], text)


def pieces(text: str) -> Counter[str]:
    """The text in pieces that each speak of one side at most, without their order: the patient's right always comes
    first, so exchanging the sides exchanges the order of the pieces."""
    text = LITRES.sub("", text)
    parts = re.split(rf"[;:,.()\n]|\band\b|\bboth sides\b|(?={SIDE})", text)
    return Counter(part.strip() for part in parts if part.strip())


@some
@given(data=st.data())
def test_mirroring_a_record_exchanges_the_sides_in_the_note_and_nothing_else(data: st.DataObject, form: Form) -> None:
    record = data.draw(records(form, always=MOVEMENTS))
    document, other = document_of(record, form), document_of(mirrored(record), form)
    for style in STYLES:
        assert pieces(exchanged(note(document, style))) == pieces(note(other, style))
    tables = [block for block in document.blocks if isinstance(block, SideTable)]
    mirrors = [block for block in other.blocks if isinstance(block, SideTable)]
    for table, mirror in zip(tables, mirrors, strict=True):
        for row, same_row in zip(table.rows, mirror.rows, strict=True):
            for pair, same_pair in zip(row.pairs, same_row.pairs, strict=True):
                assert (pair.right.text, pair.right.mark) == (same_pair.left.text, same_pair.left.mark)
                assert (pair.left.text, pair.left.mark) == (same_pair.right.text, same_pair.right.mark)


REGIONS = """\
movements:
  - {phenomenology: dystonia, sites: [hand_L, {neck: L}, {lower_face: R}], source: observed}
  - {phenomenology: dystonia, sites: [foot_R, trunk], source: patient}
"""


def test_mirroring_exchanges_the_sides_of_the_regions_in_the_distribution(form: Form, make: Make) -> None:
    record = make(REGIONS)
    text = note(document_of(record, form), "bullets")
    assert "sites: lower face (right side), neck (left side) and left arm" in text
    assert pieces(exchanged(text)) == pieces(note(document_of(mirrored(record), form), "bullets"))


def test_the_right_side_is_said_before_the_left_one(form: Form, make: Callable[[str], ExamRecord]) -> None:
    record = make("findings: {strength.triceps: {L: 3, R: 4-}, reflexes.plantar: {L: extensor, R: mute}}")
    text = note(document_of(record, form), "prose")
    assert "elbow extension right 4−, left 3" in text.lower()
    assert "plantar response: right mute, left extensor" in text.lower()


@pytest.mark.parametrize("style", ["bullets", "prose"])
def test_plain_ascii_keeps_the_width_and_every_word(style: str, form: Form, case: Callable[[str], ExamRecord]) -> None:
    document = document_of(case("C07"), form)
    text = note(document, "bullets" if style == "bullets" else "prose", ascii=True)
    assert text.isascii()
    assert max(len(one) for one in text.splitlines()) <= 80
    whole = note(document, "bullets" if style == "bullets" else "prose")
    assert flat(text) == flat(note_ascii.ascii_text(whole))
    assert "finger abduction 4- both sides" in flat(text)

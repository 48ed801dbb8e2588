"""Every item of every section, once: a value typed into its editor is the value in the record, in the note, in the PDF
and in the mirror; and undo takes it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO

import pytest
from pypdf import PdfReader

from exam_app.core.checks.record_checks import check_record
from exam_app.core.derived.distribution import ENTRIES, OBSERVATION
from exam_app.core.editing.visible import is_field_visible
from exam_app.core.form.form import Form, item_addresses, section_of, split_address
from exam_app.core.form.kinds import Field, GroupKind, Item, ListKind
from exam_app.core.record.mirror import mirrored
from exam_app.core.record.record import Examined, ExamRecord
from exam_app.core.record.values import ChoiceValue, GroupValue, ListValue, SideValue, TextValue, Value
from exam_app.core.wording import value_words
from exam_app.gui.exam.exam_window import ExamWindow
from exam_app.gui.fields import editor_for
from exam_app.report import build, note, pdf
from exam_app.report.document import Document, SideTable, block_sentences
from tests.full_record import answer
from tests.gui.fields.read_back import read_back
from tests.gui.fields.test_round_trip import as_shown
from tests.gui.typist import Typist
from tests.report.conftest import RESOURCES
from tests.spoken_of import block_addresses

SECTIONS = (
    *("alert", "history", "mental", "cranial", "tone", "strength", "reflexes", "sensation", "coordination"),
    *("gait", "movements", "other", "scales"),
)
OTHER = {"R": "L", "L": "R"}
MOST_STEPS = 90


def items_of(form: Form, section_id: str) -> dict[str, Item]:
    return {item_id: item for item_id, item in form.items.items() if section_of(item_id) == section_id}


def looked_at(form: Form) -> Mapping[str, str]:
    """What must be answered so that another item is asked: item id and the answer."""
    conditions = (item.when for item in form.items.values())
    return {when.item: when.one_of[0] for when in conditions if when is not None and when.item is not None}


def asked(field: Field | Item, value: Value) -> Value:
    """The value without the fields that are not asked beside the others, and with short texts."""
    if isinstance(value, GroupValue) and isinstance(field, (GroupKind, ListKind)):
        fields: dict[str, Value] = {}
        for name, each in value.fields.items():
            inner = field.by_id[split_address(name)[0]]
            if is_field_visible(inner, fields, None):
                fields[name] = asked(inner, each)
        return GroupValue(fields=fields)
    if isinstance(value, ListValue) and isinstance(field, ListKind):
        entries = (asked(field, entry) for entry in value.entries)
        return ListValue(entries=tuple(entry for entry in entries if isinstance(entry, GroupValue)))
    return TextValue(text="as told") if isinstance(value, TextValue) else value


def exchanged(value: Value) -> Value:
    """A value with its sides exchanged, worked out here and not by the application."""
    if isinstance(value, SideValue):
        return SideValue.model_validate({"side": OTHER.get(value.side, value.side)})
    if isinstance(value, GroupValue):
        return GroupValue(fields={other_address(name): exchanged(each) for name, each in value.fields.items()})
    if isinstance(value, ListValue):
        entries = (exchanged(entry) for entry in value.entries)
        return ListValue(entries=tuple(entry for entry in entries if isinstance(entry, GroupValue)))
    return value


def other_address(address: str) -> str:
    name, side = split_address(address)
    return f"{name}.{OTHER[side]}" if side is not None else name


def values_of(record: ExamRecord) -> dict[str, Value]:
    return {address: each.value for address, each in record.findings.items() if isinstance(each, Examined)}


def bare(text: str) -> str:
    return "".join(text.split())


def printed(record: ExamRecord, form: Form) -> str:
    """What stands in the PDF without spaces, page after page, without feet and watermark."""
    document = build(record, form, app_version="0")
    text = ""
    pages = PdfReader(BytesIO(pdf(document, RESOURCES))).pages
    for number, page in enumerate(pages, 1):
        body = bare(page.extract_text())
        foot = document.footer
        for part in (foot.patient, f"Page {number} of {len(pages)}", foot.purpose, foot.versions, document.draft or ""):
            body = body.replace(bare(part), "")
        text += body
    return text


def test_the_walk_goes_through_every_section(form: Form) -> None:
    assert [section.id for section in form.sections] == list(SECTIONS)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("section_id", SECTIONS)
def test_every_item_goes_by_keys_into_record_note_pdf_and_mirror_and_back(
    section_id: str, window: ExamWindow, typist: Typist, form: Form
) -> None:
    window.setUpdatesEnabled(False)  # painting every key takes a third of the time
    needed = looked_at(form)
    typed: dict[str, Value] = {}
    typist.go_to_section(section_id)
    for turn, (item_id, item) in enumerate(items_of(form, section_id).items(), start=1):
        values = {
            address: asked(item, answer(form, item, turn + side))
            for side, address in enumerate(item_addresses(item_id, item))
        }
        if item_id in needed:
            values = {item_id: ChoiceValue(token=needed[item_id])}
        findings = {address: Examined(value=value, entered="typed") for address, value in values.items()}
        before = window.bridge.record.findings
        for address, finding in findings.items():
            typist.enter(address, finding, findings)
        typed |= values
        after = window.bridge.record.findings
        assert values_of(window.bridge.record) == typed, item_id
        steps = undone(window, before)
        assert window.bridge.record.findings == before, item_id
        for _step in range(steps):
            window.bridge.redo()
        assert window.bridge.record.findings == after, item_id
        for value in values.values():
            editor = editor_for(item, form)
            editor.show_value(value)
            assert as_shown(item, read_back(editor)) == as_shown(item, value), item_id
    record = window.bridge.record
    assert list(check_record(record, form)) == []
    assert values_of(mirrored(record)) == {other_address(address): exchanged(typed[address]) for address in typed}
    said(record, form, typed)


def undone(window: ExamWindow, before: Mapping[str, object]) -> int:
    """Undo until the findings are those of before; how many steps that took."""
    for step in range(MOST_STEPS):
        if window.bridge.record.findings == before:
            return step
        window.bridge.undo()
    return MOST_STEPS


def said(record: ExamRecord, form: Form, typed: Mapping[str, Value]) -> None:
    """Every value stands in the notes, and all that the document says of the findings in the PDF."""
    document = build(record, form, app_version="0")
    notes = [bare(note(document, "bullets")), bare(note(document, "prose"))]
    for address, value in typed.items():
        if address not in (OBSERVATION, ENTRIES):
            words = bare(value_words.value_text(form.addresses[address], value, form))
            assert [words in text for text in notes] == [True, True], address
    assert set(typed) <= {address for block in document.blocks for address in block_addresses(block)}
    page_text = printed(record, form)
    assert [words for words in of_findings(document) if bare(words) not in page_text] == []


def of_findings(document: Document) -> Iterator[str]:
    """Every sentence and every row of a table that the document has about findings."""
    for block in document.blocks:
        if isinstance(block, SideTable):
            for row in block.rows:
                if row.is_found:
                    yield row.label + "".join(cell.text for cell in row.cells)
            yield from (sentence.text for sentence in (*block.details, *block.reasons))
        else:
            yield from (sentence.text for sentence in block_sentences(block) if sentence.addresses)

"""A clinic's own forms in a real data folder: used, kept with the records, and never in the way of the shipped ones."""

from __future__ import annotations

import json
import os
import stat
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from exam_app.core.editing.editing import Edit
from exam_app.core.files import loader
from exam_app.core.messages import sentence
from exam_app.core.record.record import Encounter, Examined, Patient
from exam_app.core.record.values import ChoiceValue
from exam_app.services import clinic_forms, exams
from exam_app.services.context import Context
from exam_app.services.exams import Exams
from exam_app.services.export import note_text, pdf_bytes
from tests.services.test_exams import PASSPHRASE, STARTED, context

__all__ = ["context"]

LAMP = Examined(value=ChoiceValue(token="turns_away"), entered="typed")
WARD = """\
id: ward
title: Ward
groups:
  - id: bedside
    title: Bedside
    layout: form
    items:
      - id: lamp
        kind: choice
        label: Look at the lamp
        phrase: look at the lamp
        options: [looks, {id: turns_away, label: turns away}]
        normal: [looks]
"""


def write(context: Context, name: str, text: str) -> Path:
    """A file of the clinic's own folder."""
    path = context.clinic_forms / name
    path.parent.mkdir(parents=True, exist_ok=True)
    context.data_folder.chmod(0o700)
    path.write_text(text, encoding="utf-8")
    return path


def again(context: Context) -> Context:
    """The next start in the same data folder."""
    return Context(data_folder=context.data_folder, key_cost=context.key_cost)


def opened(context: Context) -> Exams:
    """The store of the data folder, made where there is none."""
    return exams.create(context, PASSPHRASE)[0] if context.is_first_start else exams.unlock(context, PASSPHRASE)


def recorded(store: Exams) -> str:
    """The id of an examination with one finding of the clinic's own item."""
    exam = store.begin(Patient(family_name="Specimen"), Encounter(started_at=STARTED), "full")
    exam.session.edit(Edit(findings={"ward.lamp": LAMP}))
    exam.wait_until_saved()
    exam.close()
    return exam.record_id


@pytest.mark.parametrize("after", ["removed", "changed", "at fault"])
def test_a_record_of_the_clinics_form_opens_and_prints_after_the_folder_was(after: str, context: Context) -> None:
    context.data_folder.mkdir(mode=0o700)
    exams.create(context, PASSPHRASE)[0].close()
    file = write(context, "ward.yaml", WARD)
    context = again(context)
    store = opened(context)
    record_id = recorded(store)
    store.close()
    if after == "removed":
        file.unlink()
        context.clinic_forms.rmdir()
    else:
        file.write_text(WARD.replace("turns_away", "closes_the_eyes") if after == "changed" else "id: [")
    context = again(context)
    store = opened(context)
    try:
        assert ("ward.lamp" in store.form.items) == (after == "changed")
        exam = store.open(record_id)
        assert exam.record.findings["ward.lamp"] == LAMP
        assert "Look at the lamp: turns away" in note_text(context, exam.record, exam.form)
        text = "".join(
            page.extract_text() for page in PdfReader(BytesIO(pdf_bytes(context, exam.record, exam.form))).pages
        )
        assert "turns away" in text
        exam.session.edit(Edit(findings={"strength.deltoid.R": None, "ward.lamp": None}))
        assert exam.wait_until_saved().failed is None
        exam.close()
    finally:
        store.close()


def test_a_comment_in_a_clinics_file_makes_no_other_form(context: Context) -> None:
    exams.create(context, PASSPHRASE)[0].close()
    file = write(context, "ward.yaml", WARD)
    first = again(context)
    store = opened(first)
    recorded(store)
    store.close()
    file.write_text("# a comment\n" + WARD)
    second = again(context)
    store = opened(second)
    try:
        recorded(store)
        assert first.form.hash == second.form.hash
        assert first.form.files_hash != second.form.files_hash
    finally:
        store.close()


def test_faulty_own_forms_leave_the_shipped_ones_and_say_so_in_one_sentence(context: Context) -> None:
    shipped = context.form
    write(context, "ward.yaml", "id: ward\n")
    faulty = again(context)
    assert faulty.form == shipped
    assert faulty.form_fault is not None
    said = sentence(faulty.form_fault)
    assert "not in use" in said
    assert "exam-app forms check" in said
    assert not (context.data_folder / "forms.json").exists()
    (context.clinic_forms / "ward.yaml").write_text(WARD)
    mended = again(context)
    assert mended.form_fault is None
    assert "ward.lamp" in mended.form.items


def test_own_sections_stand_after_the_shipped_ones_and_before_the_scales(context: Context) -> None:
    shipped = [section.id for section in context.form.sections]
    write(context, "ward.yaml", WARD)
    assert [section.id for section in again(context).form.sections] == [*shipped[:-1], "ward", shipped[-1]]


def test_own_groups_stand_at_the_end_of_the_shipped_section(context: Context) -> None:
    shipped = [group.id for group in context.form.section_by_id["gait"].groups]
    write(context, "gait.yaml", WARD.replace("id: ward\ntitle: Ward", "id: gait"))
    section = again(context).form.section_by_id["gait"]
    assert [group.id for group in section.groups] == [*shipped, "bedside"]
    assert section.title == context.form.section_by_id["gait"].title


def test_own_forms_are_compiled_once_and_again_after_every_change(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(context, "ward.yaml", WARD)
    once = again(context).form
    reads: list[str] = []
    whole = loader.load_form

    def counted(*folders: Path) -> object:
        reads.append("read")
        return whole(*folders)

    monkeypatch.setattr(loader, "load_form", counted)
    assert again(context).form == once
    assert reads == []
    file.write_text(WARD.replace("Look at the lamp", "Look at the light"))
    assert again(context).form.items["ward.lamp"].label == "Look at the light"
    assert reads == ["read"]
    newer = Context(data_folder=context.data_folder, app_version="99")
    assert newer.form.items["ward.lamp"].label == "Look at the light"
    assert reads == ["read", "read"]


def test_a_damaged_compiled_form_is_made_again(context: Context) -> None:
    write(context, "ward.yaml", WARD)
    whole = again(context).form
    (context.data_folder / "forms.json").write_text(json.dumps({"app_version": "?"}))
    assert again(context).form == whole


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_compiled_form_is_for_its_owner_alone(context: Context) -> None:
    write(context, "ward.yaml", WARD)
    _ = again(context).form
    assert stat.S_IMODE((context.data_folder / "forms.json").stat().st_mode) == 0o600


def test_without_a_folder_of_its_own_only_the_compiled_form_is_read(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ = context.form

    def refuse(_context: Context) -> object:
        raise AssertionError("there are no own forms to read")

    monkeypatch.setattr(clinic_forms, "_with_clinic", refuse)
    assert again(context).form_fault is None
    assert not context.data_folder.exists()

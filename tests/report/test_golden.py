"""The notes of the teaching cases, word for word.

After a wanted change: UPDATE_GOLDEN=1 pytest tests/report, then read the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.report import Style, build, note

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
CASES = Path(__file__).resolve().parents[2] / "forms" / "cases"
NAMES = [path.name.partition("_")[0] for path in sorted(CASES.glob("*.yaml"))]


def text_of(record: ExamRecord, form: Form, style: Style, *, ascii_only: bool = False) -> str:
    """The note with the hash of the form left out, which changes with every comma of a help text."""
    text = note(build(record, form, app_version="0"), style, ascii=ascii_only)
    return text.replace(record.form.hash[:8], "hash")


@pytest.mark.parametrize("style", ["bullets", "prose", "handover"])
@pytest.mark.parametrize("name", NAMES)
def test_the_note_of_a_teaching_case_is_as_it_was_read_and_approved(
    name: str, style: Style, case: Callable[[str], ExamRecord], form: Form
) -> None:
    text = text_of(case(name), form, style)
    golden = GOLDEN / f"{name}.{style}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("style", ["bullets", "prose"])
def test_the_note_of_a_teaching_case_says_what_the_case_demands_and_nothing_that_it_forbids(
    name: str, style: Style, case: Callable[[str], ExamRecord], form: Form
) -> None:
    (path,) = CASES.glob(f"{name}_*.yaml")
    expected = yaml.safe_load(path.read_text(encoding="utf-8"))["expect"]
    text = text_of(case(name), form, style)
    assert not [words for words in expected["note"]["must_contain"] if not whole_words(words, text)]
    assert not [words for words in expected["note"]["must_not_contain"] if whole_words(words, text)]


def test_the_notes_of_all_cases_are_kept() -> None:
    kept = {path.name for path in GOLDEN.glob("*.txt")}
    assert len(NAMES) == 27
    assert kept == {f"{name}.{style}.txt" for name in NAMES for style in ("bullets", "prose", "handover")}


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_no_id_no_doubled_word_and_no_doubled_sign_stands_in_a_note(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "_" not in text.replace("exam_app", "")
    assert re.findall(r"\b(\w+) \1\b", text, re.IGNORECASE) == []
    assert re.findall(r"  \S|[ ][,;.:]|[,;:]{2}|\.\.|\) \(", text) == []


def whole_words(words: str, text: str) -> bool:
    flat = " ".join(text.split())
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", flat, re.IGNORECASE) is not None

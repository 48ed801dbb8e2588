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

from exam_app.core.form import Form
from exam_app.core.record import ExamRecord
from exam_app.report import Style, build, note

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
OTHER_SECTIONS = {"too weak to judge", "urgency", "Lhermitte"}
"""Words of sections that these parts of the cases do not hold."""
CASES = Path(__file__).resolve().parents[1] / "data" / "cases"


def text_of(record: ExamRecord, form: Form, style: Style, *, ascii_only: bool = False) -> str:
    """The note with the hash of the form left out, which changes with every comma of a help text."""
    text = note(build(record, form, app_version="0"), style, ascii=ascii_only)
    return text.replace(record.form.hash[:8], "hash")


@pytest.mark.parametrize("style", ["bullets", "prose", "handover"])
@pytest.mark.parametrize("name", ["C01", "C06", "C07", "C16"])
def test_the_note_of_a_teaching_case_is_as_it_was_read_and_approved(
    name: str, style: Style, case: Callable[[str], ExamRecord], form: Form
) -> None:
    text = text_of(case(name), form, style)
    golden = GOLDEN / f"{name}.{style}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["C01", "C06", "C07", "C16"])
@pytest.mark.parametrize("style", ["bullets", "prose"])
def test_the_note_of_a_teaching_case_says_what_the_case_demands_and_nothing_that_it_forbids(
    name: str, style: Style, case: Callable[[str], ExamRecord], form: Form
) -> None:
    (path,) = CASES.glob(f"{name}_*.yaml")
    expected = yaml.safe_load(path.read_text(encoding="utf-8"))["expect"]["note"]
    text = text_of(case(name), form, style)
    for words in set(expected["must_contain"]) - OTHER_SECTIONS:
        assert whole_words(words, text), words
    for words in expected["must_not_contain"]:
        assert not whole_words(words, text), words


def whole_words(words: str, text: str) -> bool:
    flat = " ".join(text.split())
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", flat, re.IGNORECASE) is not None

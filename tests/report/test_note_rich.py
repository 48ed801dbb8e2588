"""The rich note says what the plain note says, and shows what is abnormal without colour or table."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from exam_app.core.form.form import Form
from exam_app.core.record.record import ExamRecord
from exam_app.report import build, note, note_rich
from tests.report.conftest import Make

CASES = ("C01", "C07", "C11")


class Reader(HTMLParser):
    """The words of an HTML document, those in bold, those of headings, and its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.bold, self.headings = "", "", ""
        self.elements: set[str] = set()
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "an element was left open"

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)
        self.words += "" if tag == "b" else "\n"
        if tag not in ("br", "meta"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data
        if "b" in self._open:
            self.bold += data
        if {"h2", "h3"} & set(self._open):
            self.headings += f"{data}|"


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.mark.parametrize("name", CASES)
def test_the_rich_note_says_every_word_of_the_plain_one(
    name: str, form: Form, case: Callable[[str], ExamRecord]
) -> None:
    document = build(case(name), form, app_version="0")
    assert words_of(Reader(note_rich(document)).words) == words_of(note(document, "bullets"))


def test_what_is_abnormal_stands_in_bold_and_what_is_normal_does_not(form: Form, make: Make) -> None:
    record = make("findings:\n  strength.triceps: {R: 4-, L: 5}\n  strength.deltoid: {R: 5, L: 5}\n")
    read = Reader(note_rich(build(record, form, app_version="0")))
    assert "Elbow extension: R 4−, L 5" in read.bold
    assert "Shoulder abduction" not in read.bold and "Shoulder abduction" in read.words
    assert "Strength (MRC)|" in read.headings and "Impression" in read.headings


def test_there_is_nothing_that_a_record_system_would_drop(form: Form, case: Callable[[str], ExamRecord]) -> None:
    html = note_rich(build(case("C07"), form, app_version="0"))
    assert Reader(html).elements <= {"html", "head", "meta", "body", "h2", "h3", "p", "br", "b", "ul", "li"}
    assert "style" not in html and "href" not in html and "src" not in html


def test_markup_in_what_a_person_wrote_stays_words(form: Form, make: Make) -> None:
    record = make("findings:\n  strength.triceps: {R: 4-}\n").model_copy(
        update={"impression": "<b>bold</b> & <script>alert(1)</script>\nnext line"}
    )
    html = note_rich(build(record, form, app_version="0"))
    assert "<script>" not in html
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt;<br>next line" in html

"""Words come from the catalogue that was chosen, wherever they are said."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from exam_app.core import words
from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.core.wording.term_words import reason_text


class Backwards(NullTranslations):
    """A language in which every sentence is said backwards, its placeholders kept."""

    def gettext(self, message: str) -> str:
        return " ".join(reversed(message.split(" ")))


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    words.use(NullTranslations())


def test_a_catalogue_changes_the_words_of_errors_and_findings() -> None:
    error = UserError("file_missing", file="x.yaml")
    assert reason_text("equipment") == "no equipment"
    forwards = sentence(error)
    assert "x.yaml was not found" in forwards
    words.use(Backwards())
    assert reason_text("equipment") == "equipment no"
    assert sentence(error) == " ".join(reversed(forwards.split(" ")))


def test_one_and_many_are_different_sentences() -> None:
    assert [words.ngettext("{n} edit", "{n} edits", n) for n in (0, 1, 2)] == ["{n} edits", "{n} edit", "{n} edits"]

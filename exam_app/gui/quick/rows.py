"""What the preview of quick entry says, row by row: pure words, painted by `paint`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from exam_app.core.form.form import Form, split_address
from exam_app.core.quick.entry import Ask, Entry, Preview, Ready, Refused
from exam_app.core.wording.term_words import side_word
from exam_app.core.words import _, ngettext
from exam_app.gui.parts.faces import cell_context, side_of

Sign = Literal["entry", "ask", "refused", "candidate"]
_FEW = 2
"""Of so many places it is said that nothing is recorded there yet; more are a macro, which overwrites nothing."""
_SIGNS = re.compile(r"(?<=\d)[+\u2212-](?![\d\w])")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `words`, and `aside` beside or below them. `says` is all of it for a screen reader and as the tool tip.

    `part` is the number of its part in the line. `text` is what the part becomes when the candidate is taken, None
    where the row cannot be chosen. `replaces` says that something recorded would give way, which is named aside.
    """

    sign: Sign
    part: int
    words: str
    says: str
    aside: str = ""
    text: str | None = None
    replaces: bool = False


def rows_of(preview: Preview, form: Form) -> list[Row]:
    """A row for every part, and below the first question its candidates: one question is settled after the other."""
    rows: list[Row] = []
    is_first_question = True
    several = len(preview.parts) > 1
    for number, part in enumerate(preview.parts):
        if isinstance(part, Entry):
            rows.append(_entry_row(number, part, form))
            continue
        shown = _("\u201c{text}\u201d").format(text=part.text) if several else ""
        if isinstance(part, Refused):
            rows.append(_refused_row(number, part, shown))
            continue
        said = _("Question about {text}: {question}").format(text=part.text, question=part.sentence)
        rows.append(Row("ask", number, part.sentence, spoken(said), shown))
        if is_first_question:
            is_first_question = False
            rows.extend(_candidate_rows(number, part))
    return rows


def _entry_row(number: int, part: Entry, form: Form) -> Row:
    recorded = {address: words for address, words in part.present.items() if words is not None}
    if recorded:
        now = _now(recorded, len(part.present), form)
    else:
        now = _("not yet examined") if 0 < len(part.present) <= _FEW else ""
    if now:
        said = _("Will be recorded: {finding}; {present}").format(finding=part.words, present=now)
    else:
        said = _("Will be recorded: {finding}").format(finding=part.words)
    return Row("entry", number, part.words, spoken(said), now, replaces=bool(recorded))


def _now(recorded: Mapping[str, str], places: int, form: Form) -> str:
    """What is recorded at present where the entry goes."""
    if len(recorded) == places and len(set(recorded.values())) == 1:
        return _("now {value}").format(value=next(iter(recorded.values())))
    is_one_item = len({split_address(address)[0] for address in recorded}) == 1
    each = [
        _("{place}: {value}").format(place=_place(at, form, is_one_item), value=now) for at, now in recorded.items()
    ]
    return _("now {values}").format(values="; ".join(each))


def _place(address: str, form: Form, is_one_item: bool) -> str:
    side = side_of(address)
    return side_word(side) if is_one_item and side is not None else cell_context(form.addresses[address], side)


def _refused_row(number: int, part: Refused, shown: str) -> Row:
    """The words in the way are named, where the sentence does not name them already."""
    words = part.sentence
    if any(word not in part.sentence for word in part.words):
        listed = ", ".join(_("\u201c{text}\u201d").format(text=word) for word in part.words)
        words = _("{words}: {why}").format(words=listed, why=part.sentence)
    said = _("Not recorded, {text}: {why}").format(text=part.text, why=words)
    return Row("refused", number, words, spoken(said), shown)


def _candidate_rows(number: int, part: Ask) -> Iterator[Row]:
    for candidate in part.candidates:
        yield Row("candidate", number, candidate.words, spoken(candidate.words), text=candidate.text)


def spoken(text: str) -> str:
    """Signs behind a digit in words: a screen reader leaves out a minus."""
    return _SIGNS.sub(lambda sign: _(" plus") if sign[0] == "+" else _(" minus"), text)


def footer_of(preview: Preview) -> str:
    """What Enter does."""
    if isinstance(preview, Ready):
        return ngettext("Enter records this.", "Enter records these {count} as one step.", len(preview.entries)).format(
            count=len(preview.entries)
        )
    if any(isinstance(part, Ask) and _can_choose(part) for part in preview.parts):
        return _("The arrows choose an answer, Tab or Enter takes it. Nothing is recorded yet.")
    return _("Nothing is recorded until every part is clear.")


def _can_choose(part: Ask) -> bool:
    return any(candidate.text is not None for candidate in part.candidates)


def obstacle_of(rows: Sequence[Row]) -> str:
    """Why Enter records nothing: what the first part says that is not clear."""
    unclear = next(row for row in rows if row.sign in ("ask", "refused"))
    return _("Nothing was recorded. {why}").format(why=unclear.words)


def summary_of(rows: Sequence[Row], footer: str) -> str:
    """The whole preview in words, for a screen reader."""
    return " ".join([*(_("{sentence}.").format(sentence=row.says.rstrip(".?")) for row in rows), footer])

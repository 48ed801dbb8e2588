"""The fonts of the PDF, and the refusal of what they cannot print.

Only DejaVu Sans is used and embedded. reportlab leaves a missing glyph out without a word ("5/5" would print as "55"),
so every text is checked before anything is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from exam_app.core.errors import UserError
from exam_app.core.words import _
from exam_app.report.document import Letterhead

REGULAR, BOLD, OBLIQUE = "ExamSans", "ExamSans-Bold", "ExamSans-Oblique"
FILES = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf", OBLIQUE: "DejaVuSans-Oblique.ttf"}
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
"""Bidirectional classes of scripts that are written from the right; they would print in the wrong order."""
MARKS = frozenset({"Mn", "Me", "Mc"})
"""Combining marks that have no composed form: without shaping they would stand beside their letter."""


def register(folder: Path) -> frozenset[str]:
    """Make the fonts known to reportlab; the characters that can be printed."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in FILES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    addMapping(REGULAR, 0, 0, REGULAR)
    addMapping(REGULAR, 1, 0, BOLD)
    addMapping(REGULAR, 0, 1, OBLIQUE)
    addMapping(REGULAR, 1, 1, BOLD)
    return _printable()


@cache
def _printable() -> frozenset[str]:
    """What all the fonts have and print as it is read; a line may end anywhere."""
    from reportlab.pdfbase import pdfmetrics

    glyphs = frozenset.intersection(*(frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in FILES))
    return frozenset(character for character in map(chr, glyphs) if _prints(character)) | {"\n"}


def check_glyphs(document: object, printable: frozenset[str]) -> None:
    """Raise UserError `glyph_missing` for the first character of the document that cannot be printed as it is read."""
    for place, text in texts(document, ""):
        if not prints(text, printable):
            missing = next(character for character in composed(text) if character not in printable)
            raise UserError("glyph_missing", character=_named(missing), place=place.rstrip(":\u2013 "))


def prints(text: str, printable: frozenset[str]) -> bool:
    """Whether every character of a text can be printed."""
    return printable.issuperset(composed(text))


def _named(character: str) -> str:
    """The code point, and the name where Unicode has one."""
    point, name = f"U+{ord(character):04X}", unicodedata.name(character, "")
    return f"{point} ({name})" if name else point


def _prints(character: str) -> bool:
    """Whether a character stands where it is read, without shaping."""
    right_to_left = unicodedata.bidirectional(character) in RIGHT_TO_LEFT
    return not right_to_left and unicodedata.category(character) not in MARKS


def composed(text: str) -> str:
    """The text with its accents composed with their letters, as the fonts have them."""
    return unicodedata.normalize("NFC", text)


def texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text in a document of dataclasses and tuples, each with the nearest label or title over it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each, place)
    elif is_dataclass(value):
        here = _("Letterhead") if isinstance(value, Letterhead) else place
        here = getattr(value, "label", None) or getattr(value, "title", None) or here
        for field in fields(value):
            yield from texts(getattr(value, field.name), here)

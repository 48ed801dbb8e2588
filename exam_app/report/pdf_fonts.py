"""The fonts of the PDF, and the refusal of what they cannot print.

Only DejaVu Sans is used and embedded. reportlab leaves a missing glyph out without a word ("5/5" would print as "55"),
so every text is checked before anything is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from exam_app.core.errors import UserError

REGULAR, BOLD, OBLIQUE = "ExamSans", "ExamSans-Bold", "ExamSans-Oblique"
FILES = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf", OBLIQUE: "DejaVuSans-Oblique.ttf"}
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
"""Bidirectional classes of scripts that are written from the right; they would print in the wrong order."""
MARKS = frozenset({"Mn", "Me", "Mc"})
"""Combining marks that have no composed form: without shaping they would stand beside their letter."""


def register(folder: Path) -> frozenset[int]:
    """Make the fonts known to reportlab; the code points that all of them have."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    faces = []
    for name, file in FILES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(folder / file)))
        faces.append(frozenset(pdfmetrics.getFont(name).face.charToGlyph))
    addMapping(REGULAR, 0, 0, REGULAR)
    addMapping(REGULAR, 1, 0, BOLD)
    addMapping(REGULAR, 0, 1, OBLIQUE)
    addMapping(REGULAR, 1, 1, BOLD)
    return frozenset.intersection(*faces)


def check_glyphs(document: object, printable: frozenset[int]) -> None:
    """Raise UserError `glyph_missing` for the first character of the document that cannot be printed as it is read."""
    for text in texts(document):
        for character in composed(text):
            if character != "\n" and not _prints(character, printable):
                raise UserError("glyph_missing", character=f"U+{ord(character):04X}")


def _prints(character: str, printable: frozenset[int]) -> bool:
    if unicodedata.bidirectional(character) in RIGHT_TO_LEFT or unicodedata.category(character) in MARKS:
        return False
    return ord(character) in printable


def composed(text: str) -> str:
    """The text with its accents composed with their letters, as the fonts have them."""
    return unicodedata.normalize("NFC", text)


def texts(value: Any) -> Iterator[str]:
    """Every text in a document of dataclasses and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))

"""Texts in plain ASCII, for record systems that keep nothing else."""

from __future__ import annotations

_PLAIN = {
    "\u2212": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2265": ">=",
    "\u2264": "<=",
    "\u2192": "->",
    "\u2191": "up",
    "\u2193": "down",
    "\u00d7": "x",
    "\u00b7": "-",
    "\u2019": "'",
    "\u2018": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u00b0": " deg",
    "\u00a0": " ",
    "\u2026": "...",
    "\u00bd": "1/2",
    "\u00b1": "+/-",
    "\u00b5": "u",
}


def ascii_text(text: str) -> str:
    """The text in plain ASCII. Letters lose their accents; what has no plain form becomes a
    question mark, so that its loss can be seen."""
    import unicodedata

    for sign, plain in _PLAIN.items():
        text = text.replace(sign, plain)
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.encode("ascii", "replace").decode("ascii")

"""How what was typed becomes words: cut, written out, and compared with the words of a form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from exam_app.core.form.quick_words import QuickWords

SIDE_WORDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("r", "rt", "right"), frozenset("R")),
    **dict.fromkeys(("l", "lt", "left"), frozenset("L")),
    **dict.fromkeys(("b", "bl", "bilat", "bilateral", "bilaterally", "both", "rl", "lr"), frozenset("RL")),
}
"""What names a side. Nothing else does: a missing side is asked."""

_STOP = frozenset(
    {"a", "an", "the", "at", "of", "is", "was", "are", "with", "and", "for", "to", "on"}
    | {"his", "her", "their", "show", "shows"}
)
_TOKEN = re.compile(r"[^\s,:()\u203a\u00bb=\u201c\u201d\"\u00b7]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SPLIT = re.compile(r"[^\W\d_]+(?:[-'/&+][^\W\d_]+)+$")
_PINNED = re.compile(r"[a-z]\w*\.\w")
_DIGITS_WORD = re.compile(r"(\d+)-([^\W\d]{3,})$")
_GCS = re.compile(r"(e\d)(v\d)(m\d)$")
_SIGNED = {"+": "+", "-": "-", "plus": "+", "minus": "-"}
_JOINED = {"of": "/", "over": "/", "/": "/", "out": "/"}
_DASHES = dict.fromkeys(map(ord, "\u2212\u2013\u2014\u2010\u2011"), "-") | {0x2019: "'"}


_OPPOSITES = tuple(
    pair
    for one, other in (("hypo", "hyper"), ("ab", "ad"), ("intra", "inter"), ("infra", "supra"))
    for pair in ((one, other), (other, one))
)
"""Beginnings that mean the opposite, so that neither is a slip for the other."""
EXACT, PREFIX, MISSPELT = range(3)
"""How well a typed word fits, best first."""
SHORTEST_BEGINNING = 3
MOST_KEPT = 60_000
"""Words remembered before all are forgotten."""


def plain(text: str) -> str:
    """Small letters without accents, with plain dashes."""
    low = text.translate(_DASHES).casefold()
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFD", low) if not unicodedata.combining(c))


class Lexicon:
    """The words of one form's quick entry: what is written for short, and which words are one."""

    def __init__(self, words: QuickWords, units: Iterable[str]) -> None:
        """Turns the tables of the form around. Units are not cut: mg/dL."""
        self._units = frozenset(map(plain, units))
        self._short = {plain(word): plain(full) for word, full in words.abbreviations.items()}
        self._same = {plain(each): word for word, relatives in words.same.items() for each in relatives}
        self._canonical: dict[str, str] = {}
        self._spelt: set[str] = set()
        self._sets: dict[str, frozenset[str]] = {}
        self._fits: dict[tuple[str, str], int | None] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Takes in words that are spelt as they are meant, and so are no slip for another."""
        self._spelt.update(word for text in texts for word in _LETTERS.findall(plain(text)))

    def is_slip(self, word: str, target: str) -> bool:
        """Whether a word may be a misspelling of a word of the form."""
        return word not in self._spelt and is_misspelt(word, target)

    def typed(self, text: str) -> tuple[str, ...]:
        """The words of a text, abbreviations written out; words that say nothing (of, the, is) have gone."""
        found: list[str] = []
        for match in _TOKEN.finditer(plain(text)):
            token = match.group().rstrip(".!'").lstrip("'")
            if token.endswith("?"):
                # 4? is a 4 that the examiner is not sure of.
                found.extend((*self.typed(token.rstrip("?")), "uncertain"))
                continue
            if token.isalpha() and token not in _JOINED and token not in _SIGNED:
                found.extend(self._short.get(token, token).split())
                continue
            for part in [token] if _PINNED.match(token) else token.split("_"):
                for word in self._pieces(part):
                    self._add(found, word)
        return tuple(word for word in found if word not in _STOP)

    def as_typed(self, text: str, words: Iterable[str]) -> tuple[str, ...]:
        """The words as they stand in the text, where one piece of it became them."""
        pieces = {word: match.group() for match in _TOKEN.finditer(text) for word in self.typed(match.group())}
        return tuple(dict.fromkeys(pieces.get(word, word) for word in words))

    def _add(self, found: list[str], word: str) -> None:
        """Adds a word; a sign or a number after a number joins it: 4 minus, 7 of 10."""
        last = found[-1] if found else ""
        before = found[-2] if len(found) > 1 else ""
        if (last, word) == ("out", "of"):
            return
        if word in _SIGNED and last.isdigit():
            found[-1] = last + _SIGNED[word]
        elif word[:1].isdigit() and last in _JOINED and before.isdigit():
            found[-2:] = [f"{before}/{word}"]
        else:
            found.extend(self._short.get(word, word).split())

    def _pieces(self, word: str) -> Iterable[str]:
        """A word cut at its hyphens, where they join words and not figures: finger-nose, but l5-s1 and 60-90."""
        if not word or _PINNED.match(word) or word in self._short or word in SIDE_WORDS or word in self._units:
            return [word] if word else []
        if _SPLIT.match(word):
            return re.split(r"[-'/&+]", word)
        glued = _DIGITS_WORD.match(word) or _GCS.match(word)
        return glued.groups() if glued else [word]

    def canonical(self, word: str) -> str:
        """A word without its plural, and the one word for its relatives: flexors and flexor are flexion."""
        found = self._canonical.get(word)
        if found is None:
            if len(self._canonical) > MOST_KEPT:
                self._canonical.clear()
            whole = word
            if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
                word = word[:-1]
            found = self._canonical[whole] = self._same.get(word, word)
        return found

    def word_set(self, text: str) -> frozenset[str]:
        """The canonical words of a name."""
        found = self._sets.get(text)
        if found is None:
            found = self._sets[text] = frozenset(map(self.canonical, self.typed(text)))
        return found

    def fit(self, word: str, target: str) -> int | None:
        """How a typed word fits a word of the form, or None where it does not."""
        key = (word, target)
        if key not in self._fits:
            if len(self._fits) > MOST_KEPT:
                self._fits.clear()
            self._fits[key] = self._fit(word, target)
        return self._fits[key]

    def _fit(self, word: str, target: str) -> int | None:
        if word == target or self.canonical(word) == self.canonical(target):
            return EXACT
        if len(word) >= SHORTEST_BEGINNING and target.startswith(word) and not word[-1].isdigit():
            return PREFIX
        return MISSPELT if self.is_slip(word, target) else None


def is_misspelt(word: str, target: str) -> bool:
    """Whether a word of letters is the target with one slip, or two in a long word; the first letter must be right."""
    if len(word) < 5 or word[0] != target[0] or not word.isalpha() or not target.isalpha():
        return False
    if any(word.startswith(one) and target.startswith(other) for one, other in _OPPOSITES):
        return False
    allowed = 1 if len(word) < 8 else 2
    if len(word) - len(target) > allowed:
        return False
    ends = (target, target[: len(word)]) if len(word) >= 6 else (target,)
    return any(abs(len(word) - len(end)) <= allowed and slips(word, end) <= allowed for end in ends)


def slips(word: str, target: str) -> int:
    """The number of letters missing, added, wrong or exchanged with the next."""
    before_last: list[int] = []
    last = list(range(len(target) + 1))
    for i, letter in enumerate(word, 1):
        row = [i]
        for j, other in enumerate(target, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == target[j - 2] and word[i - 2] == other:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        before_last, last = last, row
    return last[-1]


class Lookup:
    """Words that a typed word is looked for in; what was found is kept."""

    def __init__(self, lexicon: Lexicon, words: Iterable[str]) -> None:
        """Takes the words that may be found."""
        self._lexicon = lexicon
        self._words = frozenset(words)
        self._by_letter: dict[str, list[str]] = {}
        for word in self._words:
            self._by_letter.setdefault(word[0], []).append(word)
        self._found: dict[str, Mapping[str, int]] = {}

    def match(self, typed: str) -> Mapping[str, int]:
        """The words that a typed word may stand for, with how well it fits: itself, else all that begin with it, else
        all that it may be a misspelling of."""
        found = self._found.get(typed)
        if found is None:
            if len(self._found) > MOST_KEPT:
                self._found.clear()
            found = self._found[typed] = self._look(typed)
        return found

    def _look(self, typed: str) -> Mapping[str, int]:
        word = self._lexicon.canonical(typed)
        if word in self._words:
            return {word: EXACT}
        near = self._by_letter.get(typed[:1], ())
        if len(typed) > 1 and not typed[-1].isdigit():
            begun = {each: PREFIX for each in near if each.startswith((typed, word))}
            if begun:
                return begun
        is_slip = self._lexicon.is_slip
        return {each: MISSPELT for each in near if is_slip(typed, each) or is_slip(word, each)}

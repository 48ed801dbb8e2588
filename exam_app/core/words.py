"""Words for people, translated: whole sentences with named placeholders, one catalogue for every layer.

The shells choose the catalogue once at start (`use`); looking for its file at every sentence would cost more than the
sentence. Without a catalogue the words are those of the source.
"""

from __future__ import annotations

from gettext import NullTranslations

_catalogue = NullTranslations()


def use(catalogue: NullTranslations) -> None:
    """Take the words from this catalogue from now on."""
    global _catalogue
    _catalogue = catalogue


def _(sentence: str) -> str:
    """The sentence in the user's language."""
    return _catalogue.gettext(sentence)


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for this count in the user's language."""
    return _catalogue.ngettext(one, many, count)


def capitalised(words: str) -> str:
    """The words as they begin a sentence or stand alone: only the first letter is changed."""
    return words[:1].upper() + words[1:]


def uncapitalised(words: str) -> str:
    """The words as they go on in a sentence: only the first letter is changed."""
    return words[:1].lower() + words[1:]

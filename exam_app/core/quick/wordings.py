"""How the answers of a form may be written: the words of options, grades, fields and units, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exam_app.core.form.form import Form
from exam_app.core.form.kinds import ChoiceKind, FlagsKind, Kind, NumberField, NumberItem, NumberKind, Option
from exam_app.core.form.scale import Grade, Scale
from exam_app.core.quick.typed import value_from_text
from exam_app.core.quick.words import EXACT, Lexicon, plain
from exam_app.core.record.values import NumberValue
from exam_app.core.wording.term_words import reason_text

ANSWERS = {"yes": "yes", "positive": "yes", "present": "yes", "no": "no", "negative": "no", "unknown": "unknown"}
"""Words that answer a mark or a question of yes and no."""
LOOSE, VAGUE = 2, 0.5
"""What a mention by a part of its words costs, and what more by less than half, which never records it."""
WEAK = frozenset({"to", "on", "in", "be", "by", "had", "not", "no", "up", "down", "this", "it", "its"})
"""Words that mention nothing by themselves."""
_PLAIN_IDS = frozenset(
    {"none", "normal", "unknown", "other", "unable", "cannot", "yes", "no", "in", "out", "up", "down"}
)
"""Ids that are written for many answers: one of them names an answer only where the label says so too."""


class Wordings:
    """The wordings of one form, worked out once and kept by identity, which is safe while the form is held."""

    def __init__(self, form: Form, lexicon: Lexicon) -> None:
        """Nothing is worked out yet."""
        self.form, self.lexicon = form, lexicon
        self._more = form.quick_words
        self._options: dict[tuple[int, bool], tuple[frozenset[str], ...]] = {}
        self._grades: dict[int, tuple[frozenset[str], ...]] = {}
        self._names: dict[int, frozenset[str]] = {}

    def option_words(self, option: Option, field: Kind, is_main: bool) -> tuple[frozenset[str], ...]:
        """The wordings of an answer."""
        key = (id(option), is_main)
        found = self._options.get(key)
        if found is None:
            options = field.options if isinstance(field, (ChoiceKind, FlagsKind)) else ()
            taken = frozenset(name for each in options for name in (each.id, each.label))
            label = self.lexicon.word_set(field.label)
            found = self._options[key] = self._option_words(option, is_main, label, taken)
        return found

    def _option_words(
        self, option: Option, is_main: bool, label: frozenset[str], taken: frozenset[str]
    ) -> tuple[frozenset[str], ...]:
        """The id counts only where the label does not say something else ("none" for "no movement"), unless what is
        missing is the name of the field ("aid: none" for "no aid"). Other words count for the main question only, and
        not where another answer has that name (`taken`)."""
        own = self.lexicon.word_set(option.label)
        wordings = [own]
        words = self.lexicon.word_set(option.id.replace("_", " "))
        is_nothing = own - {"no"} <= label
        if words & own or len(words) > 1 or (option.id == "none" and is_nothing) or option.id not in _PLAIN_IDS:
            wordings.append(words)
        if option.phrase:
            wordings.append(self.lexicon.word_set(option.phrase))
        if is_main and (words & own or is_nothing):
            wordings.extend(
                frozenset({plain(each)}) for each in self._more.answers.get(option.id, ()) if each not in taken
            )
        return tuple(dict.fromkeys(wordings))

    def grade_words(self, grade: Grade) -> tuple[frozenset[str], ...]:
        """The wordings of a grade beside its token: its short words, and its definition where that is one word."""
        found = self._grades.get(id(grade))
        if found is None:
            anchor = self.lexicon.word_set(grade.anchor)
            wordings = [anchor] if len(anchor) == 1 else []
            if grade.short is not None and (grade.short != "none" or anchor == {"none"}):
                wordings.append(self.lexicon.word_set(grade.short))
            for own in [next(iter(wording)) for wording in wordings if len(wording) == 1]:
                wordings.extend(frozenset({plain(each)}) for each in self._more.answers.get(own, ()))
            found = self._grades[id(grade)] = tuple(dict.fromkeys(wordings))
        return found

    def reason_words(self, reason: str) -> tuple[frozenset[str], ...]:
        """The wordings of a reason why something is missing."""
        texts = (reason.replace("_", " "), reason_text(reason), *self._more.reasons.get(reason, ()))
        return tuple(map(self.lexicon.word_set, texts))

    def names(self, field: Kind) -> frozenset[str]:
        """The words that name a field; a unit does not."""
        found = self._names.get(id(field))
        if found is None:
            found = self.lexicon.word_set(f"{field.label} {field.id.replace('_', ' ')} {field.phrase or ''}")
            if isinstance(field, NumberKind):
                found = frozenset(word for word in found if not any(self.is_unit(word, unit) for unit in field.units))
            self._names[id(field)] = found
        return found

    def is_unit(self, word: str, unit: str) -> bool:
        """Whether a word is a unit or stands for it."""
        return plain(unit) == word or word in self._more.units.get(unit, ())

    def names_field(self, word: str, names: frozenset[str]) -> bool:
        """Whether a word may be one of a field's name."""
        return self.lexicon.canonical(word) in names or any(self.lexicon.fit(word, name) is not None for name in names)

    def mentions(self, words: Sequence[str], wordings: Iterable[frozenset[str]]) -> Iterator[tuple[int, float]]:
        """The words that mention a wording, as a mask, and the cost: the fit of the worst word, `LOOSE` more where
        some words of the wording are missing, and `VAGUE` more where most are."""
        fit = self.lexicon.fit
        for wording in wordings:
            used: set[str] = set()
            mask, worst = 0, EXACT
            for index, word in enumerate(words):
                ways = [(how, each) for each in wording if each not in used and (how := fit(word, each)) is not None]
                if ways:
                    how, each = min(ways)
                    mask |= 1 << index
                    worst = max(worst, how)
                    used.add(each)
            if mask and (used == wording or any(each not in WEAK for each in used)):
                yield mask, worst * 10 + LOOSE * (used != wording) + (VAGUE if len(used) * 2 < len(wording) else 0)

    def runs(self, words: Sequence[str], names: frozenset[str]) -> Iterator[tuple[int, int]]:
        """The first and last places of words that stand together and name a field."""
        first = None
        for index in range(len(words) + 1):
            if index < len(words) and words[index] not in ANSWERS and self.names_field(words[index], names):
                first = index if first is None else first
            elif first is not None:
                if any(len(word) > 3 and word not in WEAK for word in words[first:index]):
                    yield first, index - 1
                first = None


def grade_of(scale: Scale, word: str) -> Grade | None:
    """The grade that a word is: `4-`, `tr`, `4/5` on a scale that ends at 5, and plus signs on one that has them."""
    found = scale.grade(word)
    if found is None and "/" in word:
        token, _slash, most = word.partition("/")
        highest = max((each.token.rstrip("+-") for each in scale.grades if each.token[0].isdigit()), default="")
        return scale.grade(token) if most == highest else None
    if found is None and word and word.strip("+") == "":
        return next((each for each in scale.grades if each.token == f"{len(word)}+" and scale.grade("2+")), None)
    return found


def number_of(field: NumberItem | NumberField, form: Form, text: str) -> NumberValue | None:
    """The number of a field that a text is, with its unit or without."""
    unit = field.units[0] if len(field.units) == 1 else None
    if unit is not None and text.endswith(f" {unit}"):
        text = text.removesuffix(f" {unit}")
    found = value_from_text(field, form, text)
    return found if isinstance(found, NumberValue) else None

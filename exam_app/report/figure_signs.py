"""The signs that a reflex figure writes beside the body, and what each of them stands for: 1+i, an arrow, H+, cl 6."""

from __future__ import annotations

from dataclasses import dataclass

from exam_app.core.drawings.maps import Stand, field_mark, item_mark
from exam_app.core.drawings.picture import Mark
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import GroupKind, Item
from exam_app.core.record.record import AssertedNormal, Examined, Finding, NotExamined, Unable
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue, NumberValue
from exam_app.core.wording import value_words
from exam_app.core.words import _
from exam_app.report.tables import has_more

_YES = ChoiceValue(token="yes")  # noqa: S106 - an answer
_SIGNS = {
    "extensor": "\u2191",
    "flexor": "\u2193",
    "equivocal": "?",
    "withdrawal": "wd",
    "present": "+",
    "reduced": "\u00b1",
    "absent": "0",
}
"""Answers that have a sign of their own."""
_OF_THE_LABEL = {"positive": "+", "negative": "\u2212"}
"""Answers whose sign follows the first letter of what was tested: H+."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What is written at an anchor, the same in words, and the keys that the legend explains, as (sign, meaning)."""

    text: str
    words: str = ""
    keys: tuple[tuple[str, str], ...] = ()


def signed(stand: Stand, finding: Finding | None, form: Form) -> tuple[Mark, Sign]:
    """The mark of an anchor, with its sign in place of the words of the cell; and the sign."""
    mark = field_mark(stand, finding, form) if stand.field is not None else item_mark(stand.item, finding, form)
    sign = _sign(stand.item, finding, mark)
    return Mark(mark.state, sign.text), sign


def _sign(item: Item, finding: Finding | None, mark: Mark) -> Sign:
    if finding is None:
        return Sign("\u2013", keys=(("\u2013", _("not recorded")),))
    if isinstance(finding, AssertedNormal):
        if mark.text == _("normal"):
            return Sign(_("n"), keys=((_("n"), _("normal")), (_("italic"), _("asserted"))))
        return Sign(mark.text, mark.text, ((_("italic"), _("asserted")),))
    if isinstance(finding, NotExamined):
        return Sign(_("ne"), keys=((_("ne"), _("not examined")),))
    if isinstance(finding, Unable):
        return Sign(_("un"), keys=((_("un"), _("unable")),))
    return _of_value(item, finding, mark)


def _of_value(item: Item, finding: Examined, mark: Mark) -> Sign:
    value = finding.value
    if isinstance(value, ChoiceValue):
        return _of_choice(item, value.token, mark)
    if isinstance(value, GroupValue) and isinstance(item, GroupKind):
        main = value.fields.get(item.main or "")
        if isinstance(main, GradeValue) and value.fields.get("inverted") == _YES:
            return Sign(f"{mark.text}i", _("{grade}, inverted").format(grade=mark.text), (("i", _("inverted")),))
        if isinstance(main, NumberValue):
            return _of_beats(main, mark, is_sustained=value.fields.get("sustained") == _YES)
        if has_more(item, finding):
            return Sign(f"{mark.text}*", mark.text, (("*", _("more is said beside")),))
    return Sign(mark.text, mark.text)


def _of_choice(item: Item, token: str, mark: Mark) -> Sign:
    if token in _OF_THE_LABEL:
        letter = item.label[:1]
        return Sign(f"{letter}{_OF_THE_LABEL[token]}", mark.text, ((letter, value_words.phrase_of(item)),))
    if token in _SIGNS:
        return Sign(_SIGNS[token], mark.text, ((_SIGNS[token], mark.text),))
    return Sign(mark.text, mark.text)


def _of_beats(beats: NumberValue, mark: Mark, *, is_sustained: bool) -> Sign:
    text, clonus = f"cl {value_words.number_text(beats.number)}", ("cl", _("clonus, with its beats"))
    if is_sustained:
        words = _("{beats}, sustained").format(beats=mark.text)
        return Sign(f"{text} s", words, (clonus, ("s", _("sustained"))))
    return Sign(text, mark.text, (clonus,))

"""Short words for values: the same on screen, in the note and in the report, with the true minus and other signs of
print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exam_app.core.derived.differences import differences
from exam_app.core.derived.tapping import is_counter, tapped_text
from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import (
    ChoiceKind,
    Difference,
    Field,
    FlagsKind,
    GradeKind,
    GroupKind,
    Item,
    Kind,
    ListKind,
    NumberKind,
    Option,
)
from exam_app.core.form.scale import Scale
from exam_app.core.record.values import (
    CannotValue,
    ChoiceValue,
    DateValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    ListValue,
    NumberValue,
    SideValue,
    TextValue,
    UnableValue,
    Value,
)
from exam_app.core.wording.term_words import side_word, told_reason
from exam_app.core.words import _


def number_text(number: float) -> str:
    """A number without a needless `.0`: 13.6, 7."""
    return f"{number:.10g}"


def option_of(field: Field | Item, token: str) -> Option | None:
    """The option of a choice or of flags with this id."""
    if isinstance(field, (ChoiceKind, FlagsKind)):
        return next((option for option in field.options if option.id == token), None)
    return None


def option_text(field: Field | Item, token: str) -> str:
    """The words of an option in a sentence."""
    option = option_of(field, token)
    if option is None:
        return token.replace("_", " ")
    return option.phrase or option.label


def grade_text(token: str, scale: Scale | None = None) -> str:
    """A grade as printed: `4-` → `4−`; in words where the scale says so."""
    grade = scale.grade(token) if scale is not None and scale.in_words else None
    if grade is not None:
        return grade.short or grade.anchor
    return token.replace("-", "\u2212")


def phrase_of(kind: Field | Item) -> str:
    """The words of an item or field inside a sentence: its phrase, or its label with a small first letter."""
    if kind.phrase is not None:
        return kind.phrase
    first, rest = kind.label[:1], kind.label[1:]
    return kind.label if rest[:1].isupper() or not rest[:1].isalpha() else first.lower() + rest


def name_of(field: Field) -> str:
    """The name of a field inside a sentence, also of one whose value mostly speaks for itself."""
    return phrase_of(field) or field.label[:1].lower() + field.label[1:]


def value_text(field: Field | Item, value: Value, form: Form) -> str:
    """One value in a few words: `4−`, `extensor`, `7/10`, `13.6 s`, `spasticity, MAS 1+`."""
    if isinstance(value, GradeValue) and isinstance(field, GradeKind):
        return grade_text(value.token, form.scales[field.scale])
    if isinstance(value, ChoiceValue):
        return option_text(field, value.token)
    if isinstance(value, FlagsValue):
        return flags_text(field, value)
    if isinstance(value, CannotValue):
        return _("cannot (tried)")
    if isinstance(value, NumberValue):
        return measure_text(field, value)
    if isinstance(value, SideValue):
        return side_word(value.side)
    if isinstance(value, TextValue):
        return value.text
    if isinstance(value, DateValue):
        return value.date.replace("T", " ")
    if isinstance(value, UnableValue):
        return _unable(value)
    if is_counter(field) and (counted := tapped_text(value)) is not None:
        return counted
    if isinstance(value, GroupValue) and isinstance(field, (GroupKind, ListKind)):
        return ("; " if _has_parts_in_parts(field, value, form) else ", ").join(field_texts(field, value, form))
    if isinstance(value, ListValue) and isinstance(field, ListKind):
        if not value.entries:
            return field.none_phrase or _("none")
        texts = [entry_text(field, entry, form) for entry in value.entries]
        return ("; " if any("," in text or ";" in text for text in texts) else ", ").join(texts)
    raise TypeError(f"a {value.kind} does not belong to a {field.kind}")


def flags_text(field: Field | Item, value: FlagsValue) -> str:
    """Marks by their answer, in one run."""
    return ", ".join(flags_parts(field, value))


def flags_parts(field: Field | Item, value: FlagsValue) -> list[str]:
    """Marks by their answer: first those that are yes in one part, then each that is no, then each that is unknown, so
    that a "no" is never read as the answer to the marks before it.
    """
    order = [option.id for option in field.options] if isinstance(field, FlagsKind) else list(value.flags)
    given = [(mark, value.flags[mark]) for mark in order if mark in value.flags]
    yes = ", ".join(option_text(field, mark) for mark, answer in given if answer == "yes")
    no = [_denied(field, mark) for mark, answer in given if answer == "no"]
    unknown = [
        _("{mark} unknown").format(mark=option_text(field, mark)) for mark, answer in given if answer == "unknown"
    ]
    return [*([yes] if yes else []), *no, *unknown]


def _denied(field: Field | Item, mark: str) -> str:
    option = option_of(field, mark)
    if option is not None and option.phrase_no is not None:
        return option.phrase_no
    return _("not {mark}").format(mark=option_text(field, mark))


def measure_text(field: Field | Item, value: NumberValue) -> str:
    """A number with its unit, range or N; the field's own sentence where it has one."""
    text = figure_text(value)
    if not isinstance(field, NumberKind):
        return text
    if field.spoken_one is not None and text == "1":
        return field.spoken_one
    if field.spoken is not None:
        return field.spoken.replace("{number}", text)
    unit = value.unit or (field.units[0] if len(field.units) == 1 else "")
    return f"{text} {unit}" if unit else text


def figure_text(value: NumberValue) -> str:
    """A number, a pair, a range or n of N, without a unit."""
    text = number_text(value.number)
    if value.of is not None:
        return f"{text}/{value.of}"
    if value.over is not None:
        return f"{text}/{number_text(value.over)}"
    return f"{text}-{number_text(value.to)}" if value.to is not None else text


def field_texts(group: GroupKind | ListKind, value: GroupValue, form: Form) -> list[str]:
    """The given fields of a group in the form's order: the main field by its value, the others named. A field that
    `continues` is said in one breath with the field just before it; nothing is said twice.
    """
    texts: list[str] = []
    before: Field | None = None
    main = ""
    for index, field in enumerate(group.fields):
        for name in (field.id, f"{field.id}.R", f"{field.id}.L"):
            new = _not_said_yet(field, value.fields.get(name), texts)
            if new is None:
                continue
            text = _field_text(group, name, new, main, form)
            if field.continues and index and before is group.fields[index - 1]:
                texts[-1] = f"{texts[-1]} {text}"
            else:
                texts.append(text)
            before, main = field, text if field.id == group.main else ""
    texts += (text for _difference, text in difference_texts(group, value))
    return texts


def difference_texts(group: Kind, value: Value | None) -> Iterator[tuple[Difference, str]]:
    """The numbers that follow from two of a group's, in words: `R2 − R1 30°`."""
    for one, number in differences(group, value):
        yield one, one.spoken.replace("{number}", number_text(number).replace("-", "\u2212"))


def _not_said_yet(field: Field, value: Value | None, texts: list[str]) -> Value | None:
    """The value; of marks only those that no field before them has said in the same words."""
    if not isinstance(value, FlagsValue):
        return value
    said = {mark for mark, answer in value.flags.items() if answer == "yes" and option_text(field, mark) in texts}
    new = {mark: answer for mark, answer in value.flags.items() if mark not in said}
    return FlagsValue(flags=new) if new else None


def _has_parts_in_parts(group: GroupKind | ListKind, value: GroupValue, form: Form) -> bool:
    """Whether several fields of a group say several parts themselves, so that commas would not show where one ends."""
    inner = ((group.by_id[split_address(name)[0]], each) for name, each in value.fields.items())
    return sum(_has_parts(field, each, form) for field, each in inner) > 1


def _has_parts(field: Field, value: Value, form: Form) -> bool:
    if not isinstance(value, GroupValue) or not isinstance(field, GroupKind) or is_counter(field):
        return False
    return len(field_texts(field, value, form)) > 1


def _field_text(group: GroupKind | ListKind, name: str, value: Value, main: str, form: Form) -> str:
    """One field of a group. It is not named where the main value just before it, `main`, already says the name:
    "rigidity (lead-pipe), marked", but "mixed, rigidity marked"."""
    field_id, side = split_address(name)
    field = group.by_id[field_id]
    text = value_text(field, value, form)
    if side is not None and _has_parts(field, value, form):
        return _("{field} {side}: {value}").format(field=phrase_of(field), side=side_word(side), value=text)
    if side is not None:
        return _("{field} {side} {value}").format(field=phrase_of(field), side=side_word(side), value=text)
    if field_id == group.main:
        return text
    if isinstance(value, (UnableValue, CannotValue)):
        return _("{field} {value}").format(field=name_of(field), value=text)
    named = phrase_of(field)
    if speaks_for_itself(field) or re.search(rf"\b{re.escape(named)}\b", main):
        return text
    if _has_parts(field, value, form):
        return _("{field}: {value}").format(field=named, value=text)
    return _("{field} {value}").format(field=named, value=text)


def speaks_for_itself(field: Field) -> bool:
    """Whether a field's value needs no name before it: flags say what they are, a spoken number is a sentence."""
    return field.kind == "flags" or (field.kind == "number" and field.spoken is not None) or field.phrase == ""


def entry_text(field: ListKind, entry: GroupValue, form: Form) -> str:
    """One entry of a list. A site is said with its side: "right hand", "neck (left side)"."""
    if "site" in field.by_id and "side" in field.by_id and "site" in entry.fields:
        rest = {name: value for name, value in entry.fields.items() if name not in ("site", "side")}
        beside = field_texts(field, GroupValue(fields=rest), form) if rest else []
        return ", ".join([site_text(field, entry), *beside])
    return ", ".join(field_texts(field, entry, form))


def site_text(field: ListKind, entry: GroupValue) -> str:
    """A site of the body with its side."""
    site, side = entry.fields["site"], entry.fields.get("side")
    if isinstance(site, UnableValue):
        return _unable(site)
    if not isinstance(site, ChoiceValue):
        raise TypeError("a site is a choice")
    choice = field.by_id["site"]
    name = option_text(choice, site.token)
    if isinstance(side, UnableValue):
        return _("{site}, side {reason}").format(site=name, reason=_unable(side))
    if not isinstance(side, SideValue):
        return name
    option = option_of(choice, site.token)
    if option is not None and option.sided == "axial":
        return axial_text(name, side.side)
    return {"R": _("right {site}"), "L": _("left {site}")}[side.side].format(site=name)


def axial_text(site: str, side: str) -> str:
    """A site in the midline with the side of the body that is affected, which is not the direction of the head."""
    return {"R": _("{site} (right side)"), "L": _("{site} (left side)")}[side].format(site=site)


def _unable(value: UnableValue) -> str:
    """A field that could not be tested, among the words of the others."""
    return _("unable ({reason})").format(reason=told_reason(value.reason, value.text))

"""What the examiner types, turned into values: keys in a grid or a row of buttons, and text in a line.

Pure: the windows pass in what was typed and show what comes back.
"""

from __future__ import annotations

from collections.abc import Sequence

from exam_app.core.checks.record_checks import check_value
from exam_app.core.files.findings_values import Reader
from exam_app.core.files.yaml_text import Scalar
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import DateKind, Field, GradeKind, Item, NumberKind, Option, TextKind
from exam_app.core.form.scale import Scale
from exam_app.core.record.values import CannotValue, NumberValue, Value
from exam_app.core.wording.value_words import number_text, value_text
from exam_app.core.words import _

_SIGNS = {"\u2212": "-", "\u2013": "-"}


def grade_after_key(scale: Scale, current: str | None, typed: str, key: str) -> str | None:
    """The token that a key gives in a graded cell, or None where the key is none of the scale.

    `current` is the cell's present token; `typed` are the keys used in this cell since it was entered: the caller
    appends each key that gave a token and empties it when the cell is left. A digit gives its grade (`3` → `3+` on the
    tendon scale), a letter the grade of that key (`t` → `tr`), and `+` or `-` changes the grade just typed where such
    a grade exists.
    """
    key = _SIGNS.get(key, key)
    for grade in scale.grades:
        if grade.key is not None and grade.key == key.lower():
            return grade.token
    before = typed.rstrip("+-") if _token_of(scale, typed) == current else ""
    for start in range(len(before) + 1):
        text = before[start:] + key
        found = scale.grade(text)
        if found is not None:
            return found.token
    return None


def _token_of(scale: Scale, typed: str) -> str | None:
    """The grade that the last of the typed keys gave."""
    for start in range(len(typed)):
        found = scale.grade(typed[start:])
        if found is not None:
            return found.token
    # 4 - + stands for 4+: a later sign replaces the earlier one.
    signed = typed.rstrip("+-")
    return _token_of(scale, signed + typed[-1]) if len(typed) - len(signed) > 1 else None


def choice_after_key(options: Sequence[Option], pending: str, key: str) -> tuple[str | None, str]:
    """The id of the option that a digit chooses (None where there is none), and `pending` for the next key.

    Options count from 1. Where a longer number exists the digits accumulate: of 42 options, 1 chooses the first, and
    a 4 after it the fourteenth. The caller empties `pending` when the cell is left.
    """
    if len(key) != 1 or key not in "0123456789":
        return None, ""
    for digits in (pending + key, key):
        number = int(digits)
        if 1 <= number <= len(options) and not digits.startswith("0"):
            return options[number - 1].id, digits if number * 10 <= len(options) else ""
    return None, ""


def value_from_text(field: Field | Item, form: Form, text: str, unit: str | None = None) -> Value | str:
    """The value that a line of text gives for a field of a single value; else a sentence that says how to write it.

    `unit` is the chosen unit where the form offers several and the text names none.
    """
    cleaned = text.strip()
    if isinstance(field, NumberKind):
        cleaned = _plain_number(field, cleaned, unit)
    value = Reader(form, _ignore).value(field, Scalar(1, cleaned)) if cleaned else None
    if isinstance(field, TextKind) and len(cleaned) > field.limit:
        return too_long(cleaned, field.limit)
    if value is None and isinstance(field, TextKind) and cleaned:
        return _("The text holds a character that cannot be kept; remove it")
    if value is None or next(check_value(field, value, form), None) is not None:
        return how_to_write(field, form)
    return value


def too_long(text: str, limit: int) -> str:
    """The sentence on a text of more characters than can be kept: it is refused whole (clinical decision 1)."""
    return _("The text has {count} characters; at most {limit} are kept. Until it is shorter it is not saved.").format(
        count=len(text), limit=limit
    )


def _ignore(line: int, reason: str) -> None:
    """The reader's reasons name lines of a file; what is typed gets the sentence of its field instead."""


def _plain_number(field: NumberKind, text: str, unit: str | None) -> str:
    """The text as the reader takes it: plain signs, no needless unit, `of N` where only n was typed."""
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    if text == "cannot":
        return text
    if len(field.units) == 1:
        text = text.removesuffix(field.units[0]).rstrip()
    elif unit is not None and text[-1:].isdigit():
        text = f"{text} {unit}"
    if field.of is not None and text.isdigit():
        text = f"{text}/{field.of}"
    return text


def number_as_typed(value: NumberValue | CannotValue) -> str:
    """A number as `value_from_text` reads it: `7/10`, `168/102`, `60-90`, without its unit."""
    if isinstance(value, CannotValue):
        return "cannot"
    text = number_text(value.number)
    if value.of is not None:
        text = f"{text}/{value.of}"
    elif value.over is not None:
        text = f"{text}/{number_text(value.over)}"
    elif value.to is not None:
        text = f"{text}-{number_text(value.to)}"
    return text


def measured_text(field: NumberKind, seconds: float) -> str:
    """A measured time as text for the field, rounded to its step: 13.64 s in steps of 0.1 → `13.6`."""
    return number_text(round(round(seconds / field.step) * field.step, 6))


def not_recorded(field: Field | Item, form: Form, typed: str, kept: Value | None, fault: str | None = None) -> str:
    """The sentence on what was typed and is no whole answer, when its place is left; `kept` is what stays recorded."""
    if kept is not None:
        return _("\u201c{typed}\u201d was not recorded; {value} stays").format(
            typed=typed, value=value_text(field, kept, form)
        )
    return _("\u201c{typed}\u201d was not recorded. {how}").format(typed=typed, how=fault or how_to_write(field, form))


def how_to_write(field: Field | Item, form: Form) -> str:
    """One sentence that says what a field takes, for the hint beside it."""
    if isinstance(field, NumberKind):
        return _how_to_write_a_number(field)
    if isinstance(field, GradeKind):
        return _("One of {grades}").format(grades=" ".join(grade.token for grade in form.scales[field.scale].grades))
    if isinstance(field, DateKind) and field.hour:
        return _("2019, 2021-08, 2021-08-03 or 2021-08-03T09:20")
    if isinstance(field, DateKind):
        return _("2019, 2021-08 or 2021-08-03")
    if isinstance(field, TextKind):
        return _("At most {count} characters").format(count=field.limit)
    return _("One of the answers shown")


def _how_to_write_a_number(field: NumberKind) -> str:
    low, high = number_text(field.min), number_text(field.max)
    if field.of is not None:
        return _("n of N, such as {count}/{total}").format(count=min(7, field.of - 1), total=field.of)
    if field.over:
        return _("{low} to {high}, two numbers such as 168/102").format(low=low, high=high)
    if field.ranged:
        return _("{low} to {high}, or a range such as 2-4").format(low=low, high=high)
    if field.step != 1:
        return _("{low} to {high} in steps of {step}").format(low=low, high=high, step=number_text(field.step))
    return _("{low} to {high}").format(low=low, high=high)

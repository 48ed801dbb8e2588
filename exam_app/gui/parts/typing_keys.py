"""Keys that answer a cell: the value that a digit, a sign or a letter gives.

The rules of grades, choices and numbers are those of `core.quick.typed`; here they are applied to cells of any kind
and to several cells at once. `layouts` says which digit or sign a key press stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from exam_app.core.checks.record_checks import scale_ref
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import (
    ChoiceKind,
    Field,
    FlagsKind,
    GradeKind,
    GroupKind,
    Item,
    NumberField,
    NumberItem,
    NumberKind,
    SideKind,
)
from exam_app.core.quick.typed import choice_after_key, grade_after_key, value_from_text
from exam_app.core.record.record import Examination, Examined
from exam_app.core.record.values import (
    CannotValue,
    ChoiceValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    SideValue,
    Value,
)

_NUMBER_KEYS = frozenset("0123456789")
_MOST_DECIMALS = 3
_CYCLE = {None: "yes", "yes": "no", "no": "unknown", "unknown": None}


@dataclass
class Typing:
    """What has been typed into the focused cell since it was entered, and into which cells it went."""

    typed: str = ""
    targets: tuple[str, ...] = ()
    pending: dict[str, str] = field(default_factory=dict)

    def forget(self) -> None:
        """The cell was left, or another key came between."""
        self.typed = ""
        self.targets = ()
        self.pending.clear()

    def awaits_sign(self, field: Field | Item | None, form: Form) -> bool:
        """Whether a grade was typed of a scale whose grades may carry a sign, such as 4\u2212."""
        if not self.typed or not isinstance(field, GradeKind):
            return False
        return any(grade.token[1:] in ("+", "-") for grade in form.scales[field.scale].grades)

    def take(self, key: str, targets: Iterable[str], record: Examination, form: Form) -> dict[str, Value | None] | None:
        """The values that a key gives for the addresses that it fits; None where it fits none.

        A sign goes to where the grade before it went. An address with no value yet to show, such as `7.`, is in
        `pending` instead; a value None takes the last mark away again.
        """
        chosen = tuple(targets)
        if key in "+-" and self.typed and self.targets:
            chosen = self.targets
        elif chosen != self.targets:
            self.forget()
        values: dict[str, Value | None] = {}
        pending: dict[str, str] = {}
        typed = ""
        for address in chosen:
            item = form.addresses[address]
            found = typed_answer(item, _value(record, address), self.typed, key, form)
            if found is None:
                continue
            typed = found.typed
            if found.is_whole:
                values[address] = found.value
            else:
                pending[address] = found.typed
        if not values and not pending:
            return None
        self.typed, self.targets, self.pending = typed, chosen, pending
        return values


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key gave: the value (None takes it back), the keys to remember, and whether there is a value yet."""

    value: Value | None
    typed: str
    is_whole: bool = True


def typed_answer(field: Field | Item, current: Value | None, typed: str, key: str, form: Form) -> Answer | None:
    """What a key gives in a field after the keys typed before; None where the key is none of the field's."""
    if isinstance(field, GroupKind):
        return _in_group(field, current, typed, key, form)
    if isinstance(field, GradeKind):
        scale = form.scales[field.scale]
        now = current.token if isinstance(current, GradeValue) else None
        token = grade_after_key(scale, now, typed, key)
        return Answer(GradeValue(token=token, scale=scale_ref(scale)), typed + key) if token is not None else None
    if isinstance(field, ChoiceKind):
        token, rest = choice_after_key(field.options, typed, key)
        return Answer(ChoiceValue(token=token), rest) if token is not None else None
    if isinstance(field, SideKind):
        return _side(field, key)
    if isinstance(field, FlagsKind):
        return _flag(field, current, key)
    if isinstance(field, (NumberField, NumberItem)):
        return _number(field, typed, key, form)
    return None


def _in_group(field: GroupKind, current: Value | None, typed: str, key: str, form: Form) -> Answer | None:
    """The main field is answered, the others stay as they are."""
    if field.main is None:
        return None
    fields = dict(current.fields) if isinstance(current, GroupValue) else {}
    found = typed_answer(field.by_id[field.main], fields.get(field.main), typed, key, form)
    if found is None or not found.is_whole:
        return found
    if found.value is None:
        fields.pop(field.main, None)
    else:
        fields = {name: value for name, value in fields.items() if not _excluded(field, name)} | {
            field.main: found.value
        }
    return Answer(GroupValue(fields=fields) if fields else None, found.typed)


def _excluded(field: GroupKind, name: str) -> bool:
    """Whether a given field has to go when the main one is answered: of exclusive fields only one is given."""
    return field.main in field.exclusive and name in field.exclusive


def _side(field: SideKind, key: str) -> Answer | None:
    answers = ("R", "L", *field.also)
    if key.isdecimal() and 1 <= int(key) <= len(answers):
        return Answer(SideValue.model_validate({"side": answers[int(key) - 1]}), "")
    if key.upper() in ("R", "L"):
        return Answer(SideValue.model_validate({"side": key.upper()}), "")
    return None


def _flag(field: FlagsKind, current: Value | None, key: str) -> Answer | None:
    """A digit takes the n-th mark from not asked to yes, no, unknown and back."""
    if not (key.isdecimal() and 1 <= int(key) <= len(field.options)):
        return None
    flags = dict(current.flags) if isinstance(current, FlagsValue) else {}
    mark = field.options[int(key) - 1].id
    answer = _CYCLE[flags.pop(mark, None)]
    if answer is not None:
        flags[mark] = answer  # type: ignore[assignment]
    return Answer(FlagsValue(flags=flags) if flags else None, "")


def _number(field: NumberField | NumberItem, typed: str, key: str, form: Form) -> Answer | None:
    """Digits accumulate; a point, a dash or a stroke only where such a number is asked. C is `cannot`."""
    if key.lower() == "c" and field.cannot and not typed:
        return Answer(CannotValue(), "")
    key = "." if key == "," else key
    if not _continues(field, typed, key):
        return None
    for text in (typed + key, key):
        value = value_from_text(field, form, text)
        if not isinstance(value, str):
            return Answer(value, text)
        if not key.isdecimal() or _is_begun(field, text):
            return Answer(None, text, is_whole=False)
    return None


def _is_begun(field: NumberKind, text: str) -> bool:
    """Whether more digits may make a number of what is none yet: 3 of 36.8, or 0.7 of 0.75."""
    last = text.replace("-", "/").rpartition("/")[2]
    if "." in last:
        return field.step % 1 != 0 and len(last.rpartition(".")[2]) < _MOST_DECIMALS
    return last.isdecimal() and 0 < int(last) < field.min


def _continues(field: NumberKind, typed: str, key: str) -> bool:
    if key in _NUMBER_KEYS:
        return True
    if not typed[-1:].isdecimal():
        return False
    return (
        (key == "." and field.step % 1 != 0 and "." not in typed.rpartition("-")[2])
        or (key == "-" and field.ranged and "-" not in typed)
        or (key == "/" and field.over and "/" not in typed)
    )


def _value(record: Examination, address: str) -> Value | None:
    finding = record.findings.get(address)
    return finding.value if isinstance(finding, Examined) else None

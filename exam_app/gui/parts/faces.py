"""What a cell of the grid shows and says for a finding: pure words and a state, painted by `cell`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from exam_app.core.derived.judgement import judge_finding
from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import ChoiceKind, Field, GradeKind, GroupKind, Item, ListKind, Side
from exam_app.core.record.record import AssertedNormal, Examined, Finding, NotExamined, Unable
from exam_app.core.record.values import GradeValue, GroupValue, ListValue, Value
from exam_app.core.wording.finding_words import cell_text
from exam_app.core.wording.term_words import reason_text, side_word
from exam_app.core.wording.value_words import entry_text, field_texts
from exam_app.core.words import _, ngettext
from exam_app.gui.parts.spoken import mark_words, value_says

_NO = ("no",)
State = Literal["gap", "normal", "asserted", "abnormal", "neither", "reason"]


@dataclass(frozen=True, slots=True)
class Face:
    """What a cell shows: `text` in the look of `state`, `detail` small beside it, `marks` such as a note.

    `is_examined` is a cell of practice that was examined and has no answer yet.
    `says` is the whole content in words, for the screen reader and the tool tip; `value_says` its value alone.
    """

    state: State
    text: str
    says: str
    value_says: str
    detail: str = ""
    has_note: bool = False
    has_qualifiers: bool = False
    has_more: bool = False
    is_examined: bool = False


def face_of(item: Item, side: Side | None, finding: Finding | None, form: Form) -> Face:
    """The face of a finding of an item on a side."""
    state = _state(item, finding, form)
    text = _text(item, finding, form)
    value = value_says(item, finding, form)
    says = _("{finding}, {value}").format(finding=cell_context(item, side), value=value)
    if finding is None:
        return Face(state, text, says, value)
    detail = ""
    if isinstance(finding, (NotExamined, Unable)):
        detail = finding.text if finding.reason == "other" and finding.text else reason_text(finding.reason)
    elif isinstance(finding, Examined):
        detail = ", ".join((*_beside(item, finding, form), *mark_words(item, finding)))
    return Face(
        state,
        text,
        says,
        value,
        detail=detail,
        has_note=finding.note is not None,
        has_qualifiers=isinstance(finding, Examined) and bool(finding.qualifiers),
        has_more=_has_more(item, finding),
    )


def _text(item: Item, finding: Finding | None, form: Form) -> str:
    """What stands in the cell."""
    if isinstance(finding, AssertedNormal) and _is_asked(item):
        return _("no")
    value = finding.value if isinstance(finding, Examined) else None
    if isinstance(value, ListValue) and value.entries:
        count = len(value.entries)
        return ngettext("{count} entry", "{count} entries", count).format(count=count)
    return cell_text(item, finding, form)


def _is_asked(item: Item) -> bool:
    """Whether normal is the answer "no" to a question, as on the alert card."""
    return isinstance(item, ChoiceKind) and item.normal == _NO


def _beside(item: Item, finding: Examined, form: Form) -> list[str]:
    """What does not stand in the cell itself: other fields of a group, such as "inverted"; the entries of a list."""
    if isinstance(finding.value, ListValue) and isinstance(item, ListKind):
        return [entry_text(item, entry, form) for entry in finding.value.entries]
    if not isinstance(finding.value, GroupValue) or not isinstance(item, GroupKind):
        return []
    fields = finding.value.fields
    main = item.main if item.main in fields else next(iter(fields))
    rest = {name: value for name, value in fields.items() if name != main and not isinstance(value, GradeValue)}
    return field_texts(item, GroupValue(fields=rest), form) if rest else []


def _state(item: Item, finding: Finding | None, form: Form) -> State:
    if finding is None:
        return "gap"
    if isinstance(finding, AssertedNormal):
        return "asserted"
    if isinstance(finding, (NotExamined, Unable)):
        return "reason"
    return judge_finding(finding, item, form)


def _has_more(item: Item, finding: Finding) -> bool:
    """Whether a group holds more than the cell shows: the main field and the grades beside it."""
    if not isinstance(finding, Examined) or not isinstance(finding.value, GroupValue):
        return False
    fields = finding.value.fields
    main = getattr(item, "main", None)
    shown = [name for name, value in fields.items() if name == main or isinstance(value, GradeValue)]
    return len(fields) > max(1, len(shown))


def cell_context(item: Item, side: Side | None) -> str:
    """Which finding is meant, in words: "Elbow extension, right"."""
    if side is None:
        return item.label
    return _("{item}, {side}").format(item=item.label, side=side_word(side))


def main_field(item: Item) -> Field | Item | None:
    """The field that a bare key answers: the main field of a group, or the item itself."""
    if item.kind == "group":
        return item.by_id[item.main] if item.main is not None else None
    return item


def strip_of(item: Item, form: Form) -> tuple[tuple[str, str], ...]:
    """(token, as printed) of the scale of a cell, where its tokens are short enough to stand side by side."""
    field = main_field(item)
    if not isinstance(field, GradeKind):
        return ()
    tokens = [grade.token for grade in form.scales[field.scale].grades]
    if any(len(token) > 2 for token in tokens):
        return ()
    return tuple((token, token.replace("-", "\u2212")) for token in tokens)


def main_token(item: Item, finding: Finding | None, form: Form) -> str | None:
    """The grade or choice that a cell holds now, of its main field; None without. Asserted normal is the only normal
    grade of its scale, where there is only one."""
    if isinstance(finding, AssertedNormal):
        return _only_normal(item, form)
    token = getattr(main_value(item, finding), "token", None)
    return token if isinstance(token, str) else None


def main_value(item: Item, finding: Finding | None) -> Value | None:
    """The value of the field that a bare key answers; None where it has none."""
    value = finding.value if isinstance(finding, Examined) else None
    if isinstance(item, GroupKind):
        return value.fields.get(item.main or "") if isinstance(value, GroupValue) else None
    return value


def _only_normal(item: Item, form: Form) -> str | None:
    field = main_field(item)
    if not isinstance(field, GradeKind):
        return None
    normal = field.normal or form.scales[field.scale].normal
    return normal[0] if len(normal) == 1 else None


def row_detail(item: Item) -> str:
    """The small words beside an item's label: what is tested, its dominant roots, its nerve."""
    roots = item.roots.dominant or item.roots.all if item.roots is not None else ()
    supply = " ".join(part for part in (_joined_roots(roots), item.nerve or "") if part)
    return " \u00b7 ".join(part for part in (item.detail or "", supply) if part)


def _joined_roots(roots: tuple[str, ...]) -> str:
    """`L3, L4` → `L3–4`; one root as it is."""
    if len(roots) < 2:
        return "".join(roots)
    first, last = roots[0], roots[-1]
    return f"{first}\u2013{last[1:] if last[:1] == first[:1] else last}"


def side_of(address: str) -> Side | None:
    """The side of an address."""
    return split_address(address)[1]

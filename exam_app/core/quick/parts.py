"""What quick entry makes of one part of a line: an entry, a question, or why not. The types, and how they are said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from exam_app.core.checks.record_checks import check_value
from exam_app.core.editing.editing import Edit
from exam_app.core.editing.visible import is_item_visible
from exam_app.core.form.form import Form, item_addresses, section_of, split_address
from exam_app.core.form.kinds import SIDES, ChoiceKind, GradeKind, GroupKind, Item, ListKind, SideKind
from exam_app.core.quick.values import Read, main_of
from exam_app.core.record.record import AssertedNormal, Examination, Examined, Finding
from exam_app.core.record.values import ChoiceValue, GradeValue, GroupValue, ListValue, Value
from exam_app.core.wording.finding_words import finding_text
from exam_app.core.wording.term_words import side_word
from exam_app.core.wording.value_words import phrase_of
from exam_app.core.words import _


@dataclass(frozen=True, slots=True)
class Entry:
    """One part that can be recorded. `words` say exactly what, section first: "Reflexes › knee jerk, both: 3+".

    `present` holds the words of what each address has now, None where nothing is recorded; `side` is R, L, both or
    None. For the rest of a section `addresses` are all that it touches; for a note there are none.
    """

    text: str
    section_id: str
    addresses: tuple[str, ...]
    side: Literal["R", "L", "both"] | None
    words: str
    present: Mapping[str, str | None]
    edit: Edit


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to settle a question. `words` are shown; `text` is the part written so that it is settled, or None where
    the examiner must write it."""

    words: str
    text: str | None = None


What = Literal["item", "side", "value", "section", "reason"]
"""What a question is about."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One part that lacks something or fits several things; best candidate first."""

    text: str
    what: What
    sentence: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """One part that cannot be understood or recorded: the words that stand in the way, and why."""

    text: str
    words: tuple[str, ...]
    sentence: str


Part = Entry | Ask | Refused


def side_of(addresses: Sequence[str]) -> Literal["R", "L", "both"] | None:
    """The side that addresses are about."""
    sides = {side for address in addresses if (side := split_address(address)[1]) is not None}
    if len(sides) == len(SIDES):
        return "both"
    return next(iter(sides), None)


def addresses_of(item_id: str, item: Item, sides: frozenset[str]) -> tuple[str, ...]:
    """The addresses of an item on the sides named, R first."""
    return tuple(each for each in item_addresses(item_id, item) if split_address(each)[1] in (None, *sides))


def why_not_asked(item_id: str, record: Examination, form: Form) -> str | None:
    """Why an item cannot be entered now: it lies outside the scope, or its condition does not hold. None where it can,
    which it always can where it has been answered."""
    item = form.items[item_id]
    if any(address in record.findings for address in item_addresses(item_id, item)):
        return None
    if item_id not in form.in_scope(record.scope):
        scope = form.scopes[record.scope].title
        return _("{item} is not in the scope {scope}; change the scope first").format(item=item.label, scope=scope)
    if not is_item_visible(item, record):
        return _("{item} is asked only where another finding calls for it").format(item=item.label)
    return None


def finding_of(read: Read, address: str, record: Examination, form: Form) -> Finding | None:
    """The finding that a value makes at an address. The note stays; so do the fields and entries recorded before that
    go together with the new ones. None where they do not go together."""
    item, before = form.addresses[address], record.findings.get(address)
    note = before.note if before is not None else None
    if read.value is None:
        return AssertedNormal(entered="quick", note=note)
    value, marks = read.value, read.qualifiers
    if isinstance(before, Examined):
        marks = tuple(dict.fromkeys((*before.qualifiers, *marks)))
        value = _together(item, value, before.value)
    if next(check_value(item, value, form), None) is not None:
        return None
    return Examined(value=value, qualifiers=marks, entered="quick", note=note)


def _together(item: Item, value: Value, before: Value) -> Value:
    if isinstance(item, ListKind) and isinstance(value, ListValue) and isinstance(before, ListValue):
        return ListValue(entries=(*before.entries, *value.entries)) if value.entries else value
    if not (isinstance(item, GroupKind) and isinstance(value, GroupValue) and isinstance(before, GroupValue)):
        return value
    fields = {**before.fields, **value.fields}
    if any(name in item.exclusive for name in value.fields):
        fields = {name: each for name, each in fields.items() if name in value.fields or name not in item.exclusive}
    kept = {name: each for name, each in fields.items() if name in value.fields or _still_asked(item, name, fields)}
    order = [name for each in item.fields for name in (each.id, f"{each.id}.R", f"{each.id}.L")]
    return GroupValue(fields={name: kept[name] for name in order if name in kept})


def _still_asked(item: GroupKind, name: str, fields: Mapping[str, Value]) -> bool:
    when = item.by_id[split_address(name)[0]].when
    if when is None or when.field is None:
        return True
    called_for_by = fields.get(when.field)
    return isinstance(called_for_by, (ChoiceValue, GradeValue)) and called_for_by.token in when.one_of


def entry(text: str, findings: Mapping[str, Finding], record: Examination, form: Form) -> Entry:
    """The entry that records these findings."""
    addresses = tuple(findings)
    section_id = section_of(addresses[0])
    return Entry(
        text=text,
        section_id=section_id,
        addresses=addresses,
        side=side_of(addresses),
        words=_words(findings, form),
        present=present(addresses, record, form),
        edit=Edit(findings=findings),
    )


def present(addresses: Sequence[str], record: Examination, form: Form) -> dict[str, str | None]:
    """The words of what is recorded at each address now."""
    return {
        address: finding_text(form.addresses[address], record.findings[address], form)
        if address in record.findings
        else None
        for address in addresses
    }


def _words(findings: Mapping[str, Finding], form: Form) -> str:
    """One line for all findings: those that are the same are said together."""
    said: dict[str, list[str]] = {}
    for address, finding in findings.items():
        said.setdefault(told(form.addresses[address], finding, form), []).append(address)
    title = form.section_by_id[section_of(next(iter(findings)))].title
    lines = [
        _("{items}: {value}").format(items=_items(addresses, form), value=value) for value, addresses in said.items()
    ]
    return _("{section} › {findings}").format(section=title, findings="; ".join(lines))


def _items(addresses: Sequence[str], form: Form) -> str:
    names = list(dict.fromkeys(item_words(form.addresses[address]) for address in addresses))
    side = side_of(addresses)
    if side is None:
        return ", ".join(names)
    return _("{items}, {side}").format(items=", ".join(names), side=_both_or(side))


def sides_word(sides: Collection[str]) -> str:
    """The sides named, as one word."""
    return _("both") if len(sides) == len(SIDES) else side_word(next(iter(sides)))


def _both_or(side: str) -> str:
    return _("both") if side == "both" else side_word(side)


def item_words(item: Item) -> str:
    """An item in a line, with its muscle where the label names a movement."""
    if item.kind == "grade" and item.roots is not None and item.cell is None and item.detail is not None:
        return _("{movement} ({muscle})").format(movement=phrase_of(item), muscle=item.detail)
    return phrase_of(item)


def told(item: Item, finding: Finding, form: Form) -> str:
    """A finding in words, with its qualifiers."""
    words = finding_text(item, finding, form)
    if not isinstance(finding, Examined) or not finding.qualifiers:
        return words
    labels = {option.id: option.label for option in item.qualifiers}
    marks = [labels.get(mark, mark.replace("_", " ")) for mark in finding.qualifiers]
    return ", ".join([words, *marks])


def place_words(item_id: str, item: Item, form: Form) -> str:
    """An item with its section, as a candidate is shown."""
    title = form.section_by_id[section_of(item_id)].title
    return _("{section} › {item}").format(section=title, item=item_words(item))


def side_candidates(text: str) -> tuple[Candidate, ...]:
    """The answers to "which side?"; before a colon, for behind it stand words that are kept as they are."""
    sides = ((side_word("R"), "r"), (side_word("L"), "l"), (_("both"), "b"))
    return tuple(Candidate(words, f"{side} {text}" if ":" in text else f"{text} {side}") for words, side in sides)


def answer_candidates(text: str, item: Item, form: Form) -> tuple[Candidate, ...]:
    """The answers of an item's first question."""
    main = main_of(item)
    if isinstance(main, GradeKind):
        grades = form.scales[main.scale].grades
        return tuple(Candidate(f"{each.token}  {each.short or each.anchor}", f"{text} {each.token}") for each in grades)
    if isinstance(main, SideKind):
        none = (Candidate(_("none"), f"{text} none"),) if "none" in main.also else ()
        return side_candidates(text)[: 3 if "both" in main.also else 2] + none
    if isinstance(main, ChoiceKind) and not isinstance(item, ListKind):
        return tuple(Candidate(option.label, f"{text} {option.label}") for option in main.options)
    return ()


def section_entry(line_text: str, edit: Edit, section_id: str, said: str, record: Examination, form: Form) -> Entry:
    """An entry about a section as a whole: the rest of it, or its note."""
    addresses = tuple(edit.findings)
    words = _("{section} › {findings}").format(section=form.section_by_id[section_id].title, findings=said)
    return Entry(line_text, section_id, addresses, None, words, present(addresses, record, form), edit)


def names_with_sides(addresses: Sequence[str], form: Form) -> str:
    """The items of addresses in words; the side is named where only one is among them."""
    by_item: dict[str, list[str]] = {}
    for address in addresses:
        by_item.setdefault(split_address(address)[0], []).append(address)
    names = []
    for item_id, here in by_item.items():
        words, side = item_words(form.items[item_id]), split_address(here[0])[1]
        alone = side is not None and len(here) == 1
        names.append(_("{items}, {side}").format(items=words, side=side_word(side or "")) if alone else words)
    return "; ".join(names)

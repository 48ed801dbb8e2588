"""Findings of a debrief drawn together: both sides of an item in one breath where they are alike, and by section."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.words import _
from exam_app.report.document import Note
from exam_app.report.phrases import ended, named_with_side


@dataclass(frozen=True, slots=True)
class Alike:
    """What is said of an address, or in the same words of both sides of an item."""

    addresses: tuple[str, ...]
    text: str


def drawn_together(told: Iterable[tuple[str, str]]) -> list[Alike]:
    """Texts by address, in the order of the form, in which the left of an item follows its right."""
    found: list[Alike] = []
    for address, text in told:
        before = found[-1] if found else None
        if before is not None and before.text == text and _are_sides(before.addresses, address):
            found[-1] = Alike((*before.addresses, address), text)
        else:
            found.append(Alike((address,), text))
    return found


def _are_sides(before: tuple[str, ...], address: str) -> bool:
    (item, side), (other, other_side) = split_address(before[-1]), split_address(address)
    return len(before) == 1 and item == other and None not in (side, other_side) and side != other_side


def name_of(addresses: tuple[str, ...], form: Form) -> str:
    """An item with its side or with both: "Neck", "Knee left", "Knee both sides"."""
    label = form.addresses[addresses[0]].label
    if len(addresses) > 1:
        return _("{name} both sides").format(name=label)
    return named_with_side(label, split_address(addresses[0])[1])


def name_in_section(addresses: tuple[str, ...], form: Form) -> str:
    """The same as it begins a line: "Knee left (Reflexes)"."""
    section = form.section_by_id[section_of(addresses[0])].title
    return _("{item} ({section})").format(item=name_of(addresses, form), section=section)


def by_section(told: Iterable[tuple[str, str]], form: Form) -> list[Note]:
    """A line for each section: its title, then its items with what is said of them."""
    found: dict[str, list[Alike]] = {}
    for each in drawn_together(told):
        found.setdefault(section_of(each.addresses[0]), []).append(each)
    return [_line(section_id, parts, form) for section_id, parts in found.items()]


def _line(section_id: str, parts: list[Alike], form: Form) -> Note:
    text = "; ".join(_("{item}: {words}").format(item=name_of(each.addresses, form), words=each.text) for each in parts)
    addresses = tuple(address for each in parts for address in each.addresses)
    return Note(form.section_by_id[section_id].title, ended(text), addresses)

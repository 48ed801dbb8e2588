"""The standard order of the examination: its steps for a form, the next one, and how an attempt went through it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exam_app.core.editing.visible import visible_addresses
from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.practice.library import Order, Step
from exam_app.core.record.record import Examination


@dataclass(frozen=True, slots=True)
class Stage:
    """One step with the addresses that are asked in it."""

    step: Step
    addresses: tuple[str, ...]


def stages(order: Order, form: Form, record: Examination) -> tuple[Stage, ...]:
    """The steps that have something to examine, in the standard order. An item of a step of its own belongs to no
    other step of its section; folded items wait until they are called for."""
    apart = {item for step in order.steps for item in step.items}
    found = []
    for step in order.steps:
        asked = visible_addresses(form, record, step.section, folded=False)
        mine = tuple(
            address
            for address in asked
            if (split_address(address)[0] in step.items if step.items else split_address(address)[0] not in apart)
        )
        if mine:
            found.append(Stage(step, mine))
    return tuple(found)


def next_address(found: Sequence[Stage], performed: Iterable[str]) -> tuple[Stage, str] | None:
    """The first address of the standard order that has not been examined, with its step; None where all have been."""
    done = frozenset(performed)
    for stage in found:
        for address in stage.addresses:
            if address not in done:
                return stage, address
    return None


@dataclass(frozen=True, slots=True)
class Course:
    """How an attempt went through the standard order: the steps as they were begun, those never begun that should have
    been, and pairs of which the first was begun before the second, though it comes after it. `kept` of the steps, out
    of `of`, stand in order; `astray` are the others that were begun."""

    begun: tuple[str, ...]
    skipped: tuple[str, ...]
    out_of_order: tuple[tuple[str, str], ...]
    kept: int
    astray: tuple[str, ...] = ()

    @property
    def of(self) -> int:
        """How many steps count: those begun, and those that should have been."""
        return len(self.begun) + len(self.skipped)


def course(found: Sequence[Stage], performed: Iterable[str]) -> Course:
    """The steps of an attempt against the standard order. The longest run of steps in order counts as kept; each other
    step is named with the one of that run that it overtook or fell behind."""
    rank = {stage.step.id: index for index, stage in enumerate(found)}
    step_of = {address: stage.step.id for stage in found for address in stage.addresses}
    begun = tuple(dict.fromkeys(step_of[address] for address in performed if address in step_of))
    kept = frozenset(_longest_run([rank[step] for step in begun]))
    pairs = []
    for index, step in enumerate(begun):
        if rank[step] in kept:
            continue
        overtaken = (each for each in begun[index + 1 :] if rank[each] < rank[step] and rank[each] in kept)
        ahead = (each for each in begun[:index] if rank[each] > rank[step] and rank[each] in kept)
        pairs += [(step, each) for each in overtaken][:1] or [(each, step) for each in ahead][:1]
    skipped = tuple(stage.step.id for stage in found if stage.step.id not in begun and not stage.step.optional)
    astray = tuple(step for step in begun if rank[step] not in kept)
    return Course(begun, skipped, tuple(pairs), len(kept), astray)


def _longest_run(ranks: Sequence[int]) -> list[int]:
    """The longest ascending subsequence, the earliest of equals."""
    best: list[list[int]] = []
    for index, rank in enumerate(ranks):
        before = [run for run, last in zip(best, ranks[:index], strict=True) if last < rank]
        best.append([*max(before, key=len, default=[]), rank])
    return max(best, key=len, default=[])


def is_before(first: str, second: str, performed: Iterable[str]) -> bool:
    """Whether a section was begun before another; false where the first never was."""
    sections = list(dict.fromkeys(section_of(address) for address in performed))
    if first not in sections:
        return False
    return second not in sections or sections.index(first) < sections.index(second)

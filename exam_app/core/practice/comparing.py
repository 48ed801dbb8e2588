"""A learner's findings against those of the case: exact, next to it, different, on the wrong side, missed, or too much.

Grades that the felt words cannot tell apart count as equal (clinical decision 10).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exam_app.core.derived.distribution import ENTRIES
from exam_app.core.derived.judgement import Judgement, judge_finding
from exam_app.core.form.form import Form, section_of
from exam_app.core.practice.attempt import Attempt
from exam_app.core.practice.case import Case
from exam_app.core.practice.case_checks import EXAMINED_BEYOND
from exam_app.core.practice.closeness import Closeness, closeness
from exam_app.core.practice.library import Outcome
from exam_app.core.practice.movements import Paired, paired
from exam_app.core.practice.phrases import Phrases
from exam_app.core.record.mirror import mirrored_finding, other_side
from exam_app.core.record.record import Examined, Finding
from exam_app.core.record.values import GroupValue, ListValue

WRONG: frozenset[Outcome] = frozenset(
    {"adjacent", "different", "missed", "not_examined", "wrong_side", "false_positive", "unseen"}
)
"""Outcomes that are explained."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One finding of the case and of the learner. `entry` is set for one movement of the list, as `paired` gives it.
    `is_abnormal`: the case has it as abnormal, so that it counts in the score."""

    address: str
    outcome: Outcome
    is_abnormal: bool
    key: Finding | None
    got: Finding | None
    entry: Paired | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether there is something to explain."""
        return self.outcome in WRONG


class Comparing:
    """One attempt against its case."""

    def __init__(self, case: Case, attempt: Attempt, form: Form, phrases: Phrases) -> None:
        """Nothing is compared yet."""
        self._case, self._form, self._phrases = case, form, phrases
        self._examined = attempt.examined
        self._truth, self._got = case.truth.findings, attempt.record.findings

    def all(self) -> tuple[Comparison, ...]:
        """Every address that the case or the learner has something to say of, in the order of the form."""
        found: list[Comparison] = []
        for address in self._form.addresses:
            if section_of(address) in EXAMINED_BEYOND or not (address in self._truth or address in self._got):
                continue
            if address == ENTRIES:
                found += self._movements()
            else:
                found.append(self._one(address))
        return tuple(found)

    def _one(self, address: str) -> Comparison:
        key, got = self._truth.get(address), self._got.get(address)
        is_abnormal = address not in self._case.beside and self._judged(address, key) == "abnormal"
        outcome = self._abnormal(address) if is_abnormal else self._normal(address)
        return Comparison(address, outcome, is_abnormal, key, got)

    def _abnormal(self, address: str) -> Outcome:
        """The outcome where the case has something abnormal."""
        got = self._got.get(address)
        if address not in self._examined:
            return "not_examined" if got is None else "unseen"
        if self._is_reversed(address):
            return "wrong_side"
        if got is None or self._judged(address, got) != "abnormal":
            return "missed"
        return self._close(address, self._truth[address], got)

    def _normal(self, address: str) -> Outcome:
        """The outcome where the case has nothing abnormal. A reversed side counts once, where the finding belongs."""
        got = self._got.get(address)
        if got is None or address in self._case.beside:
            return "normal"
        if self._judged(address, got) == "abnormal" and self._judged(address, self._truth.get(address)) != "neither":
            return "normal" if self._is_reversed(other_side(address)) else "false_positive"
        return "normal" if address in self._examined else "unseen"

    def _is_reversed(self, address: str) -> bool:
        """Whether a learner gave the finding of this side to the other one. Only in a case with a side."""
        other = other_side(address)
        if not self._case.key.is_lateralised or self._judged(address, self._truth.get(address)) != "abnormal":
            return False
        got = self._got.get(address)
        if other == address:
            return got is not None and not self._exact(address, got) and self._exact(address, mirrored_finding(got))
        there = self._got.get(other)
        if there is None or self._judged(other, there) != "abnormal":
            return False
        if self._judged(other, self._truth.get(other)) != "abnormal":
            return got is None or self._judged(address, got) != "abnormal"
        if got is None:
            return False
        swapped = self._exact(address, mirrored_finding(there)) and self._exact(other, mirrored_finding(got))
        return swapped and not self._exact(address, got)

    def _exact(self, address: str, got: Finding) -> bool:
        return self._close(address, self._truth[address], got) == "exact"

    def _close(self, address: str, key: Finding, got: Finding) -> Closeness:
        if isinstance(key, Examined) and isinstance(got, Examined):
            return closeness(self._form.addresses[address], key.value, got.value, self._form, self._phrases)
        return "different"

    def _judged(self, address: str, finding: Finding | None) -> Judgement | None:
        return judge_finding(finding, self._form.addresses[address], self._form) if finding is not None else None

    def _movements(self) -> Iterator[Comparison]:
        """Each movement counts by itself."""
        key, got = self._truth.get(ENTRIES), self._got.get(ENTRIES)
        examined = ENTRIES in self._examined
        for one in paired(_entries(key), _entries(got), lateralised=self._case.key.is_lateralised):
            outcome: Outcome = one.outcome
            if not examined and one.key is not None:
                outcome = "not_examined" if one.got is None else "unseen"
            yield Comparison(ENTRIES, outcome, one.key is not None, key, got, one)


def _entries(finding: Finding | None) -> tuple[GroupValue, ...]:
    if isinstance(finding, Examined) and isinstance(finding.value, ListValue):
        return finding.value.entries
    return ()

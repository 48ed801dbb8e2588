"""The record read against its form, once, for everything that the report says: findings in the form's order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from exam_app.core.derived.distribution import ENTRIES, OBSERVATION
from exam_app.core.derived.judgement import Judgement, judge_finding, judge_value
from exam_app.core.form.form import Form, Section, section_of, split_address
from exam_app.core.form.kinds import GradeKind, GroupKind, Item, Side
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord, Finding, NotExamined, Unable
from exam_app.core.record.values import GradeValue, GroupValue, Value
from exam_app.core.wording import term_words, value_words
from exam_app.report.clauses import Clause, Place, Said, clauses, grade_scale


@dataclass(frozen=True, slots=True)
class Found:
    """One finding with its address, its item, its side and its judgement."""

    address: str
    place: Place
    side: Side | None
    finding: Finding
    judgement: Judgement

    @property
    def is_examined(self) -> bool:
        """Whether something was examined: a value or an asserted normal."""
        return isinstance(self.finding, (Examined, AssertedNormal))


@dataclass(frozen=True)
class View:
    """A record beside its form. Raises ValueError where a finding has no place in the form: an invalid record."""

    record: ExamRecord
    form: Form

    @property
    def has_own_form(self) -> bool:
        """Whether this is the form that the record was made with; else another that the record fits, too."""
        return self.form.hash == self.record.form.hash

    @cached_property
    def in_scope(self) -> frozenset[str]:
        """The item ids of the record's scope."""
        return self.form.in_scope(self.record.scope)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every item of the form by id, with its group."""
        return {
            f"{section.id}.{item.id}": Place(
                f"{section.id}.{item.id}", item, group, _name(f"{section.id}.{item.id}", item)
            )
            for section in self.form.sections
            for group in section.groups
            for item in group.items
        }

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """Every finding of the record in the order of the form, R before L."""
        unknown = self.record.findings.keys() - self.form.addresses.keys()
        if unknown:
            raise ValueError(f"{len(unknown)} findings have no place in the form")
        return tuple(self._found(address) for address in self.form.addresses if address in self.record.findings)

    def _found(self, address: str) -> Found:
        item_id, side = split_address(address)
        place, finding = self.places[item_id], self.record.findings[address]
        if isinstance(finding, AssertedNormal) and place.item.phrase_normal is not None:
            place = replace(place, name=place.item.phrase_normal)
        return Found(address, place, side, finding, judge_finding(finding, place.item, self.form))

    @cached_property
    def by_section(self) -> dict[str, tuple[Found, ...]]:
        """Every finding of the record by the id of its section."""
        sections: dict[str, list[Found]] = {section.id: [] for section in self.form.sections}
        for one in self.found:
            sections[section_of(one.address)].append(one)
        return {section_id: tuple(found) for section_id, found in sections.items()}

    def of_section(self, section: Section) -> tuple[Found, ...]:
        """The findings of a section that lie within the scope."""
        return tuple(one for one in self.by_section[section.id] if one.place.item_id in self.in_scope)

    def outside(self) -> tuple[Found, ...]:
        """The findings that lie outside the scope."""
        return tuple(one for one in self.found if one.place.item_id not in self.in_scope)

    @property
    def anything_examined(self) -> bool:
        """Whether anything was examined at all."""
        return any(one.is_examined for one in self.found)

    def clauses(
        self, found: tuple[Found, ...], text: Callable[[Found], str], *, by_group: bool = True
    ) -> tuple[Clause, ...]:
        """Findings in words, drawn together; with `by_group` those of one group only."""
        return clauses((self._said(one, one_line(text(one))) for one in found), by_group=by_group)

    def _said(self, one: Found, text: str) -> Said:
        return Said(one.place, one.side, one.address, text, self._strong(one, text))

    def _strong(self, one: Found, text: str) -> tuple[tuple[int, int], ...]:
        """Where the parts of an abnormal group stand in its words that are abnormal by themselves; its first part where
        none is."""
        finding, item = one.finding, one.place.item
        if one.judgement != "abnormal" or not isinstance(item, GroupKind) or not isinstance(finding, Examined):
            return ()
        if not isinstance(finding.value, GroupValue):
            return ()
        spans: list[tuple[int, int]] = []
        for part in self._abnormal_parts(item, finding.value):
            start = text.find(part, spans[-1][1] if spans else 0)
            if start >= 0:
                spans.append((start, start + len(part)))
        return tuple(spans) or ((0, len(text.partition(",")[0])),)

    def _abnormal_parts(self, item: GroupKind, value: GroupValue) -> Iterator[str]:
        """The words of the fields that are abnormal by themselves, as they are said beside the main field."""
        main = {item.main: value.fields[item.main]} if item.main is not None and item.main in value.fields else {}
        for field in item.fields:
            for name in (field.id, f"{field.id}.R", f"{field.id}.L"):
                given = value.fields.get(name)
                if given is not None and judge_value(field, given, self.form) == "abnormal":
                    yield one_line(
                        value_words.field_texts(item, GroupValue(fields=main | {name: given}), self.form)[-1]
                    )

    @cached_property
    def _texts(self) -> dict[str, str]:
        """The words of each finding by address: a report says most findings more than once."""
        return {}

    def text(self, one: Found) -> str:
        """A finding in a sentence: its value with its qualifiers, or why there is none."""
        if one.address not in self._texts:
            self._texts[one.address] = self._words(one)
        return self._texts[one.address]

    def _words(self, one: Found) -> str:
        finding, item = one.finding, one.place.item
        if isinstance(finding, Examined):
            text = self.value_words(item, finding)
            if not finding.qualifiers:
                return text
            marks = ", ".join(qualifier_names(item, finding.qualifiers))
            return f"{text}, {marks}" if text.endswith(")") else f"{text} ({marks})"
        if isinstance(finding, AssertedNormal):
            return f"({item.unmeasured})" if item.unmeasured else ""
        return f"({reason(finding)})"

    def main_text(self, one: Found) -> str:
        """A finding in the fewest words that still say what is abnormal: of a group the main field, the brief ones and
        those that are abnormal themselves."""
        finding, item = one.finding, one.place.item
        if not isinstance(finding, Examined) or not isinstance(finding.value, GroupValue) or item.kind != "group":
            return self.text(one)
        kept: dict[str, Value] = {}
        for name, value in finding.value.fields.items():
            field = item.by_id[split_address(name)[0]]
            if name == item.main or field.brief or judge_value(field, value, self.form) == "abnormal":
                kept[name] = value
        short = finding.model_copy(update={"value": GroupValue(fields=kept)}) if kept else finding
        return self._words(replace(one, finding=short))

    def value_words(self, item: Item, finding: Examined) -> str:
        """The value; a grade in a matrix is said in words, since no title names its scale: `altered (1)`."""
        text = value_words.value_text(item, finding.value, self.form)
        if item.cell is None or not isinstance(item, GradeKind) or not isinstance(finding.value, GradeValue):
            return text
        grade = self.form.scales[item.scale].grade(finding.value.token)
        if grade is None or grade.short in (None, text):
            return text
        return f"{grade.short} ({text})"

    def title_names(self, item_id: str, scale_id: str) -> bool:
        """Whether the title of the item's section names this scale: "Strength (MRC)"."""
        title = self.form.section_by_id[section_of(item_id)].report_title
        return title is not None and self.form.scales[scale_id].short in title

    def is_titled(self, one: Found) -> bool:
        """Whether the title of the finding's section names the scale on which it is graded."""
        scale = grade_scale(one.place.item)
        return scale is not None and self.title_names(one.place.item_id, scale)


def _name(item_id: str, item: Item) -> str:
    """The words for an item. Observation and movements go by their label: their phrase already says what is seen."""
    if item_id in (OBSERVATION, ENTRIES):
        return item.label[:1].lower() + item.label[1:]
    return value_words.phrase_of(item)


def qualifier_names(item: Item, qualifiers: tuple[str, ...]) -> list[str]:
    """The marks of a finding in words."""
    named = {option.id: option.phrase or option.label for option in item.qualifiers}
    return [named.get(mark, mark.replace("_", " ")) for mark in qualifiers]


def reason(finding: NotExamined | Unable) -> str:
    """Why there is no finding, on one line."""
    if finding.text is not None:
        said = one_line(finding.text)
        return said if finding.reason == "other" else f"{term_words.reason_text(finding.reason)}: {said}"
    return term_words.reason_text(finding.reason)


def one_line(text: str) -> str:
    """The text with its line breaks as spaces."""
    return " ".join(text.split())

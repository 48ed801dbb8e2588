"""Every finding in a table: by section, in the form's order, right before left, in the report's words."""

from __future__ import annotations

from dataclasses import dataclass

from exam_app.core.form.form import Form, Section
from exam_app.core.form.kinds import Side
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord, NotExamined
from exam_app.core.wording import finding_words
from exam_app.core.words import _
from exam_app.report.sections import title
from exam_app.report.view import Found, View, reason


@dataclass(frozen=True, slots=True)
class Listed:
    """What is said at one address, with its note, and whether it is abnormal."""

    text: str
    is_abnormal: bool = False


@dataclass(frozen=True, slots=True)
class ListedRow:
    """An item: what is said of R and L, or of neither side. None where nothing is recorded."""

    label: str
    right: Listed | None = None
    left: Listed | None = None
    both: Listed | None = None


@dataclass(frozen=True, slots=True)
class ListedSection:
    """The rows of a section under its title in the report."""

    title: str
    rows: tuple[ListedRow, ...]


def listed(record: ExamRecord, form: Form) -> tuple[ListedSection, ...]:
    """Every section of which something is recorded."""
    view = View(record, form)
    made = ((section, _rows(view, section)) for section in form.sections)
    return tuple(ListedSection(title(section), rows) for section, rows in made if rows)


def _rows(view: View, section: Section) -> tuple[ListedRow, ...]:
    by_item: dict[str, dict[Side | None, Found]] = {}
    for one in view.by_section[section.id]:
        by_item.setdefault(one.place.item_id, {})[one.side] = one
    rows = [_row(view, found) for found in by_item.values()]
    if section.id in view.record.section_notes:
        rows.append(ListedRow(_("Note"), both=Listed(view.record.section_notes[section.id])))
    return tuple(rows)


def _row(view: View, found: dict[Side | None, Found]) -> ListedRow:
    said = {side: _listed(view, one) for side, one in found.items()}
    label = next(iter(found.values())).place.item.label
    return ListedRow(label, said.get("R"), said.get("L"), said.get(None))


def _listed(view: View, one: Found) -> Listed:
    text = _text(view, one)
    if one.finding.note is not None:
        text = _("{finding}\nNote: {note}").format(finding=text, note=one.finding.note)
    return Listed(text, one.judgement == "abnormal")


def _text(view: View, one: Found) -> str:
    finding = one.finding
    if isinstance(finding, Examined):
        return view.text(one)
    if isinstance(finding, AssertedNormal):
        return finding_words.asserted_text(one.place.item)
    if isinstance(finding, NotExamined):
        return _("not examined: {reason}").format(reason=reason(finding))
    return _("unable: {reason}").format(reason=reason(finding))

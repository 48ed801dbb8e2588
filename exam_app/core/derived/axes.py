"""Dystonia along two axes, as far as it is recorded: what follows from the record, and nothing that does not.

The headings are those that clinical content §2.3 allows; the rest of a classification that nobody here has read is left
out, and no paper is named. Bands of age and headings are marked M: a clinician must still confirm them.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import Any, Literal

from exam_app.core.derived.distribution import ENTRIES, OBSERVATION, distribution
from exam_app.core.derived.judgement import abnormal_addresses
from exam_app.core.editing.editing import entries
from exam_app.core.form.form import Form, section_of
from exam_app.core.form.kinds import ChoiceKind, ListKind
from exam_app.core.record.record import Distribution, Examination, Examined
from exam_app.core.record.values import ChoiceValue, DateValue, GroupValue

ONSET, TEMPORAL, AXIS_2 = "history.onset", "history.temporal", "history.axis_2"
ASSOCIATED = "movements.associated"
"""Where the examiner's own word on isolated or combined is recorded."""
SOURCES = ("S2", "S5", "M")

Band = Literal["infancy", "childhood", "adolescence", "early_adulthood", "late_adulthood"]
BANDS: tuple[tuple[Band, int, int | None], ...] = (
    ("infancy", 0, 2),
    ("childhood", 3, 12),
    ("adolescence", 13, 20),
    ("early_adulthood", 21, 40),
    ("late_adulthood", 41, None),
)
"""Age at onset in completed years, both ends included."""
NOT_SIGNS = frozenset({"movements", "history", "alert", "scales"})
"""Sections whose abnormal findings are no further neurological sign."""
TREMOR = "tremor_"
"""How the ids of tremor begin: dystonia with tremor is still isolated."""


@dataclass(frozen=True, slots=True)
class AgeAtOnset:
    """Completed years at onset, as far as partial dates say; `band` is None where they allow more than one."""

    youngest: int
    oldest: int
    band: Band | None


@dataclass(frozen=True, slots=True)
class Axes:
    """Both axes; None is "not recorded". `distribution` is the examiner's own, else the observed one, else, where no
    dystonia was seen, that of what was reported (`is_seen` false). `isolated` is the examiner's own word (`is_judged`),
    else it follows from the other movements recorded; None where movements were not watched.

    `others` are the phenomenologies beside dystonia and tremor, `further_signs` the sections with other abnormal
    findings, `addresses` the findings that all of it was read from.
    """

    age: AgeAtOnset | None
    distribution: Distribution | None
    is_seen: bool
    course: str | None
    variability: str | None
    isolated: bool | None
    is_judged: bool
    others: tuple[str, ...]
    further_signs: tuple[str, ...]
    pathology: str | None
    cause: str | None
    addresses: tuple[str, ...]


def axes(record: Examination, form: Form) -> Axes | None:
    """The axes of a record in which dystonia is recorded, seen or reported; None for any other."""
    dystonic = _dystonic(form)
    seen = [_token(entry, "phenomenology") for entry in entries(record, ENTRIES)]
    if not any(each in dystonic for each in seen):
        return None
    others = tuple(dict.fromkeys(each for each in seen if each and each not in dystonic and TREMOR not in each))
    found = distribution(record, form)
    is_seen = found.observed not in (None, "none")
    watched = isinstance(record.findings.get(OBSERVATION), Examined) or any(
        _token(entry, "source") == "observed" for entry in entries(record, ENTRIES)
    )
    abnormal = [address for address in abnormal_addresses(record, form) if section_of(address) not in NOT_SIGNS]
    temporal, axis_2 = _group(record, TEMPORAL), _group(record, AXIS_2)
    judged = _token(_group(record, ASSOCIATED), "kind")
    followed = False if others else (True if watched else None)
    used = (ONSET, TEMPORAL, AXIS_2, OBSERVATION, ENTRIES, ASSOCIATED)
    return Axes(
        age=age_at_onset(record),
        distribution=found.override.result
        if found.override is not None
        else (found.observed if is_seen else found.with_reported),
        is_seen=is_seen,
        course=_token(temporal, "course"),
        variability=_token(temporal, "variability"),
        isolated=followed if judged is None else judged == "isolated",
        is_judged=judged is not None,
        others=others,
        further_signs=tuple(dict.fromkeys(section_of(address) for address in abnormal)),
        pathology=_token(axis_2, "pathology"),
        cause=_token(axis_2, "cause"),
        addresses=(*(address for address in used if address in record.findings), *abnormal),
    )


def age_at_onset(record: Examination) -> AgeAtOnset | None:
    """The age at onset from the dates of birth and of onset, or None where one is missing or onset precedes birth."""
    onset, born = _group(record, ONSET), record.birth_date
    date = onset.fields.get("date") if onset is not None else None
    if born is None or not isinstance(date, DateValue):
        return None
    first, last = _days(date.date)
    last = min(last, record.encounter.started_at.date())
    if last < born or last < first:
        return None
    youngest, oldest = _years(born, max(first, born)), _years(born, last)
    return AgeAtOnset(youngest, oldest, _band(oldest) if _band(youngest) == _band(oldest) else None)


def _days(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a date, perhaps partial, can mean."""
    year, month, day = (int(part) if part else None for part in (text[:4], text[5:7], text[8:10]))
    if year is None:
        raise ValueError("a date has a year")
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return datetime.date(year, month or 1, day or 1), datetime.date(year, last_month, last_day)


def _years(born: datetime.date, day: datetime.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _band(years: int) -> Band:
    return next(band for band, _youngest, oldest in BANDS if oldest is None or years <= oldest)


def _dystonic(form: Form) -> frozenset[str]:
    item = form.items.get(ENTRIES)
    field = item.by_id.get("phenomenology") if isinstance(item, ListKind) else None
    options = field.options if isinstance(field, ChoiceKind) else ()
    return frozenset(option.id for option in options if option.dystonic)


def _group(record: Examination, address: str) -> GroupValue | None:
    finding = record.findings.get(address)
    value = finding.value if isinstance(finding, Examined) else None
    return value if isinstance(value, GroupValue) else None


def _token(group: GroupValue | None, field_id: str) -> str | None:
    value = group.fields.get(field_id) if group is not None else None
    return value.token if isinstance(value, ChoiceValue) else None


def axes_json(record: Examination, form: Form) -> dict[str, Any] | None:
    """Both axes as JSON values, with null for what is not recorded; None where no dystonia is recorded."""
    found = axes(record, form)
    if found is None:
        return None
    age = found.age
    return {
        "axis_1": {
            "age_at_onset": None
            if age is None
            else {"band": age.band, "youngest_years": age.youngest, "oldest_years": age.oldest},
            "distribution": found.distribution,
            "seen": found.is_seen,
            "course": found.course,
            "variability": found.variability,
            "isolated": found.isolated,
            "isolated_as_judged": found.is_judged,
            "other_movements": list(found.others),
            "further_signs": list(found.further_signs),
        },
        "axis_2": {"pathology": found.pathology, "cause": found.cause},
        "sources": list(SOURCES),
        "reviewed": False,
    }

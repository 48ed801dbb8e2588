"""The head and the foot of the report: who, when, by whom, on which scope; scales, sources, review and versions."""

from __future__ import annotations

from collections.abc import Iterable

from exam_app.core.derived.scoring import Scored, Total, score_record
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, GroupKind, Item, ListKind, NumberKind
from exam_app.core.record.record import AssertedNormal, Examined, ExamRecord, FormRef, age_in_years
from exam_app.core.record.values import GradeValue, GroupValue, ListValue, NumberValue, Value
from exam_app.core.words import _, ngettext
from exam_app.report import phrases
from exam_app.report.clauses import grade_scale
from exam_app.report.document import Credits, Fact, Footer, Sentence, Signature
from exam_app.report.view import View

YOUNGEST = 12
"""Completed years from which the form is meant (clinical decision 9)."""


def patient_name(record: ExamRecord) -> str:
    """The family name in capitals, then the given name."""
    patient = record.patient
    family = patient.family_name.upper()
    return f"{family}, {patient.given_name}" if patient.given_name else family


def patient_line(record: ExamRecord) -> str:
    """Name, number and birth date, for every page."""
    patient = record.patient
    parts = [patient_name(record)]
    if patient.mrn is not None:
        parts.append(_("MRN {mrn}").format(mrn=patient.mrn))
    if patient.birth_date is not None:
        parts.append(_("b. {date}").format(date=patient.birth_date.isoformat()))
    return " \u00b7 ".join(parts)


def head_facts(view: View) -> tuple[Fact, ...]:
    """The facts at the head, in their order. What was not given says so."""
    record, encounter = view.record, view.record.encounter
    missing = _("not recorded")
    facts = [
        Fact(_("Patient"), patient_name(record), strong=True),
        Fact(_("Born / age / sex"), born_age_sex(record)),
        Fact(_("MRN"), record.patient.mrn or missing),
        Fact(_("Examiner"), encounter.examiner or missing, strong=encounter.examiner is not None),
        Fact(_("Handedness"), _handedness(encounter.handedness)),
        Fact(_("Medication state"), _medication(record)),
        Fact(_("Reason"), encounter.reason or missing),
    ]
    asserted = sum(isinstance(one.finding, AssertedNormal) for one in view.found)
    if asserted:
        value = _("{asserted} of {total} findings").format(asserted=asserted, total=len(view.found))
        facts.append(Fact(_("Asserted normal"), value))
    return tuple(facts)


def born_age_sex(record: ExamRecord) -> str:
    """Birth date, age in completed years on the day of the examination, and sex."""
    patient, age = record.patient, age_in_years(record)
    born = patient.birth_date.isoformat() if patient.birth_date is not None else _("birth date not recorded")
    sex = {
        None: _("sex not recorded"),
        "female": _("female"),
        "male": _("male"),
        "other": _("other"),
        "unknown": _("sex unknown"),
    }[patient.sex]
    return " \u00b7 ".join([born, *([_("{age} y").format(age=age)] if age is not None else []), sex])


def _handedness(hand: str | None) -> str:
    if hand is None:
        return _("not recorded")
    return {"R": _("right"), "L": _("left"), "mixed": _("mixed"), "unknown": _("unknown")}[hand]


def _medication(record: ExamRecord) -> str:
    state, minutes = record.encounter.medication_state, record.encounter.minutes_since_dose
    words = {
        None: _("not recorded"),
        "ON": _("ON"),
        "OFF": _("OFF"),
        "not_applicable": _("not applicable"),
        "unknown": _("unknown"),
    }[state]
    if minutes is None:
        return words
    return _("{state}, {minutes} min after the dose").format(state=words, minutes=minutes)


def when(record: ExamRecord) -> str:
    """When the examination began, in the time of the place with its offset from UTC."""
    started = record.encounter.started_at
    offset = started.strftime("%z")
    return _("{date} {time} (UTC{offset})").format(
        date=started.strftime("%Y-%m-%d"), time=started.strftime("%H:%M"), offset=f"{offset[:3]}:{offset[3:5]}"
    )


def scope_sentence(view: View) -> str:
    """The scope, and that nothing outside it was asked."""
    scope = view.form.scopes[view.record.scope]
    if view.in_scope == frozenset(view.form.items):
        return _("Scope: {scope}").format(scope=scope.title)
    return _("Scope: {scope}. Items outside this scope were not part of the examination.").format(scope=scope.title)


def notices(record: ExamRecord) -> tuple[str, ...]:
    """What must be said before the findings."""
    age = age_in_years(record)
    if age is not None and age < YOUNGEST:
        return (_("The patient is younger than {age} years. This form is not made for this age.").format(age=YOUNGEST),)
    return ()


def footer(view: View, app_version: str) -> Footer:
    """The foot of every page."""
    made = versions(view, app_version)
    review = review_sentence(view)
    if review is not None:
        made = _("{review} \u00b7 {versions}").format(review=review, versions=made)
    return Footer(patient_line(view.record), phrases.intended_use(), made)


def versions(view: View, app_version: str) -> str:
    """Versions of the application and of the form; of two forms where the record was made with another."""
    made, printed = _form_named(view.record.form), _form_named(view.form)
    if view.has_own_form:
        return _("exam_app {app} \u00b7 form {form}").format(app=app_version, form=printed)
    return _("exam_app {app} \u00b7 recorded with form {made}, printed with {printed}").format(
        app=app_version, made=made, printed=printed
    )


def _form_named(form: Form | FormRef) -> str:
    return _("{form} {version} ({hash})").format(form=form.id, version=form.version, hash=form.hash[:8])


def signature(record: ExamRecord) -> Signature:
    """Who is to sign. A draft is not signed; the line is for the hand on paper."""
    examiner = record.encounter.examiner
    said = _("Not signed.")
    if examiner is not None:
        said = _("Examiner: {examiner}. Not signed.").format(examiner=examiner)
    return Signature(said, _("Signature and date"))


def credits_block(view: View, app_version: str) -> Credits:
    """Scales and tables used with their credits, how much of the content is reviewed, versions."""
    lines, review = [*_scale_lines(view), *_table_lines(view)], review_sentence(view)
    if review is not None:
        lines.append(phrases.ended(review))
    lines.append(_("Made with {versions}.").format(versions=versions(view, app_version)))
    if not view.has_own_form:
        lines.append(
            _("Words, limits and scores are those of the form it is printed with, not of the one it was recorded with.")
        )
    return Credits(_("Scales, sources and versions"), tuple(Sentence(line) for line in lines))


def _scale_lines(view: View) -> list[str]:
    used = {scale for one in view.found if isinstance(one.finding, Examined) for scale in _scales(one.finding.value)}
    used |= {
        f"{scale}/{view.form.scales[scale].version}"
        for one in view.found
        if isinstance(one.finding, AssertedNormal) and (scale := grade_scale(one.place.item)) is not None
    }
    plain = [name for name in sorted(used) if view.form.scales[name.partition("/")[0]].credit is None]
    lines = [_scale_line(view.form, name) for name in sorted(used) if name not in plain]
    if plain:
        lines.append(phrases.ended("; ".join(_versioned(view.form, name) for name in plain)))
    return lines


def _scale_line(form: Form, name: str) -> str:
    """A scale with its version and its credit."""
    credit = form.scales[name.partition("/")[0]].credit or ""
    return _("{scale}. {credit}").format(scale=_versioned(form, name), credit=phrases.full_stop(credit))


def _versioned(form: Form, name: str) -> str:
    scale_id, _slash, version = name.partition("/")
    return _("{scale}, version {version}").format(scale=form.scales[scale_id].label, version=version)


def _scales(value: Value) -> Iterable[str]:
    if isinstance(value, GradeValue):
        yield value.scale
    elif isinstance(value, GroupValue):
        for each in value.fields.values():
            yield from _scales(each)
    elif isinstance(value, ListValue):
        for entry in value.entries:
            yield from _scales(entry)


def _table_lines(view: View) -> list[str]:
    used = {
        table
        for one in view.found
        if isinstance(one.finding, Examined)
        for table in _tables(one.place.item, one.finding.value)
    }
    used |= {one.score.reference for one in _compared_scores(view) if one.score.reference is not None}
    lines = []
    for table_id in sorted(used):
        table = view.form.tables[table_id]
        named = "; ".join(
            view.form.bibliography[source] for source in table.sources if source in view.form.bibliography
        )
        review = _("clinically reviewed") if table.reviewed is not None else _("not clinically reviewed")
        lines.append(
            _("Reference table {table}, version {version}, {review}. {source}")
            .format(
                table=table.label,
                version=table.version,
                review=review,
                source=phrases.full_stop(named) if named else "",
            )
            .strip()
        )
    return lines


def _compared_scores(view: View) -> list[Scored]:
    """The totals that are printed against reference figures."""
    plans = [plan for plan in view.form.score_plans.values() if plan.score.reference is not None]
    scored = score_record(view.record, view.form, plans).values() if plans else ()
    return [one for one in scored if isinstance(one.outcome, Total)]


def _tables(kind: Field | Item | None, value: Value) -> Iterable[str]:
    if isinstance(kind, NumberKind) and isinstance(value, NumberValue) and kind.reference is not None:
        yield kind.reference
    elif isinstance(kind, (GroupKind, ListKind)):
        groups = value.entries if isinstance(value, ListValue) else (value,)
        for group in groups:
            if isinstance(group, GroupValue):
                for name, each in group.fields.items():
                    yield from _tables(kind.by_id.get(name), each)


def review_sentence(view: View) -> str | None:
    """How many of the items used are clinically reviewed, without a full stop; None where nothing was used."""
    used = {one.place.item_id: one.place.item for one in view.found}
    if not used:
        return None
    reviewed = sum(item.reviewed is not None for item in used.values())
    return ngettext(
        "{reviewed} of {total} item used is clinically reviewed",
        "{reviewed} of {total} items used are clinically reviewed",
        len(used),
    ).format(reviewed=reviewed, total=len(used))

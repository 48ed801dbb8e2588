"""Dystonia along its axes, in words: what is recorded, and "not recorded" for the rest."""

from __future__ import annotations

from exam_app.core.derived.axes import AXIS_2, TEMPORAL, AgeAtOnset, Axes, axes
from exam_app.core.derived.distribution import ENTRIES
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import Field, GroupKind, ListKind
from exam_app.core.wording import term_words, value_words
from exam_app.core.words import _
from exam_app.report.document import Sentence
from exam_app.report.view import View


def axes_sentences(view: View) -> list[Sentence]:
    """One line for each axis where dystonia is recorded; the second only where something of it is recorded."""
    found = axes(view.record, view.form)
    if found is None:
        return []
    first = _("Dystonia, axis I (as recorded): {parts} (not yet clinically reviewed).")
    said = [first.format(parts="; ".join(_first(found, view)))]
    if found.pathology is not None or found.cause is not None:
        said.append(_("Dystonia, axis II (as recorded): {parts}.").format(parts="; ".join(_second(found, view.form))))
    return [Sentence(text, found.addresses) for text in said]


def _first(found: Axes, view: View) -> list[str]:
    form = view.form
    distribution = term_words.distribution_text(found.distribution)
    if not found.is_seen:
        distribution = _("{distribution} as reported").format(distribution=distribution)
    return [
        _("onset {age}").format(age=_age(found.age)),
        _("distribution {distribution}").format(distribution=distribution),
        _("course {course}").format(course=_chosen(form, TEMPORAL, "course", found.course)),
        _("variability {variability}").format(variability=_chosen(form, TEMPORAL, "variability", found.variability)),
        _isolated(found, form),
        _further(found, form),
    ]


def _second(found: Axes, form: Form) -> list[str]:
    pathology, cause = _("pathology not recorded"), _("cause not recorded")
    return [
        _chosen(form, AXIS_2, "pathology", found.pathology) if found.pathology is not None else pathology,
        _chosen(form, AXIS_2, "cause", found.cause) if found.cause is not None else cause,
    ]


def _age(age: AgeAtOnset | None) -> str:
    if age is None:
        return _("age not recorded")
    years = str(age.youngest) if age.youngest == age.oldest else f"{age.youngest}\u2013{age.oldest}"
    if age.band is None:
        return _("at {years} y, band not settled by the dates").format(years=years)
    return _("{band} (at {years} y)").format(band=_band(age.band), years=years)


def _band(band: str) -> str:
    return {
        "infancy": _("in infancy"),
        "childhood": _("in childhood"),
        "adolescence": _("in adolescence"),
        "early_adulthood": _("in early adulthood"),
        "late_adulthood": _("in late adulthood"),
    }[band]


def _isolated(found: Axes, form: Form) -> str:
    if found.is_judged:
        words = {
            True: _("isolated in the examiner\u2019s judgement"),
            False: _("combined in the examiner\u2019s judgement"),
        }
        return words[bool(found.isolated)]
    if found.isolated is None:
        return _("isolated or combined not recorded")
    if found.isolated:
        return _("isolated (no other movement recorded, tremor apart)")
    item = form.items[ENTRIES]
    field = item.by_id["phenomenology"] if isinstance(item, ListKind) else None
    names = [value_words.option_text(field, token) if field is not None else token for token in found.others]
    return _("combined (other movements recorded: {movements})").format(movements=", ".join(names))


def _further(found: Axes, form: Form) -> str:
    if not found.further_signs:
        return _("no abnormal finding recorded in other sections")
    titles = [form.section_by_id[section].title for section in found.further_signs]
    return _("other abnormal findings in {sections}").format(sections=", ".join(each.lower() for each in titles))


def _chosen(form: Form, item_id: str, field_id: str, token: str | None) -> str:
    item = form.items.get(item_id)
    field: Field | None = item.by_id.get(field_id) if isinstance(item, GroupKind) else None
    if token is None or field is None:
        return _("not recorded")
    return value_words.option_text(field, token)

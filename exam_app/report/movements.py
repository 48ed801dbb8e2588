"""Observed movements: what was seen and what was told are never mixed; then the distribution by the app's rule."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from exam_app.core.derived.distribution import ENTRIES, OBSERVATION, RULE, distribution, dystonic_sites
from exam_app.core.form.kinds import Field, FlagsKind, GroupKind, ListKind
from exam_app.core.record.record import Examined
from exam_app.core.record.values import ChoiceValue, FlagsValue, GroupValue, ListValue, NumberValue, UnableValue, Value
from exam_app.core.wording import term_words, value_words
from exam_app.core.words import _
from exam_app.report.clauses import is_compound, joined
from exam_app.report.document import Sentence
from exam_app.report.phrases import ended, full_stop
from exam_app.report.view import View, one_line, qualifier_names

SEEN, OBSERVED = ("yes",), ("observed",)
"""The answers of `seen` and of `source` that mean that the examiner saw the movement."""
OWN_PLACE = ("phenomenology", "sites", "source")
REGIONS = ("upper_face", "lower_face", "larynx", "neck", "trunk", "arm_R", "arm_L", "leg_R", "leg_L")


def observation_sentence(view: View) -> Sentence | None:
    """What was seen during how many minutes in which states; None where the observation has no value."""
    finding, item = view.record.findings.get(OBSERVATION), view.form.items.get(OBSERVATION)
    if (
        not isinstance(finding, Examined)
        or not isinstance(finding.value, GroupValue)
        or not isinstance(item, GroupKind)
    ):
        return None
    fields = dict(finding.value.fields)
    seen, minutes, states = fields.get("seen"), fields.get("minutes"), fields.get("states")
    plain = isinstance(seen, ChoiceValue) and isinstance(minutes, NumberValue) and _all_yes(states)
    if not plain or set(fields) != {"seen", "minutes", "states"} or not isinstance(minutes, NumberValue):
        text = _("Observation: {findings}.").format(
            findings=one_line(value_words.value_text(item, finding.value, view.form))
        )
        return Sentence(text, (OBSERVATION,), _is_seen(seen))
    template = (
        _("Abnormal movement was seen during {minutes} min of observation {states}.")
        if _is_seen(seen)
        else _("No abnormal movement was seen during {minutes} min of observation {states}.")
    )
    said = template.format(
        minutes=value_words.number_text(minutes.number), states=_states(item.by_id["states"], states)
    )
    return Sentence(said, (OBSERVATION,), _is_seen(seen))


def _is_seen(seen: Value | None) -> bool:
    return isinstance(seen, ChoiceValue) and seen.token in SEEN


def _all_yes(states: Value | None) -> bool:
    return isinstance(states, FlagsValue) and all(answer == "yes" for answer in states.flags.values())


def _states(field: Field, value: Value | None) -> str:
    if not isinstance(field, FlagsKind) or not isinstance(value, FlagsValue):
        return ""
    return joined([value_words.option_text(field, option.id) for option in field.options if option.id in value.flags])


def entry_sentences(view: View) -> list[Sentence]:
    """One sentence for each movement, observed ones before reported ones; or the words for no entries at all."""
    finding, item = view.record.findings.get(ENTRIES), view.form.items.get(ENTRIES)
    if not isinstance(finding, Examined) or not isinstance(finding.value, ListValue) or not isinstance(item, ListKind):
        return []
    if not finding.value.entries:
        return [Sentence(full_stop(value_words.value_text(item, finding.value, view.form)), (ENTRIES,))]
    return [
        Sentence(_entry(view, item, entry), (ENTRIES,), emphasis=True, lead=one_line(_headline(view, item, entry)))
        for item, entry in _ordered_entries(view)
    ]


def _ordered_entries(view: View) -> list[tuple[ListKind, GroupValue]]:
    """The movements with their list, observed ones before reported ones."""
    finding, item = view.record.findings.get(ENTRIES), view.form.items.get(ENTRIES)
    if not isinstance(finding, Examined) or not isinstance(finding.value, ListValue) or not isinstance(item, ListKind):
        return []
    return [(item, entry) for entry in sorted(finding.value.entries, key=lambda entry: not is_observed(entry))]


def marked(view: View, address: str) -> list[Sentence]:
    """The marks of the observation or of the movements as a whole, such as "uncertain"."""
    finding, item = view.record.findings.get(address), view.form.items.get(address)
    if not isinstance(finding, Examined) or item is None or not finding.qualifiers:
        return []
    marks = ", ".join(qualifier_names(item, finding.qualifiers))
    return [Sentence(_("{item}: {marks}.").format(item=item.label, marks=marks), (address,))]


def headlines(view: View, abnormal: Collection[str]) -> list[Sentence]:
    """Each movement by phenomenology and sites, one sentence for each source, for the block of abnormal findings. That
    a movement was seen goes without saying where one is named as observed."""
    by_source: dict[str, list[str]] = {}
    told = (OBSERVATION,) if OBSERVATION in abnormal else ()
    for item, entry in _ordered_entries(view) if ENTRIES in abnormal else ():
        by_source.setdefault(_source(view, item, entry), []).append(one_line(_what(view, item, entry)))
    said = [Sentence(full_stop(_from(source, "; ".join(named))), (ENTRIES,)) for source, named in by_source.items()]
    if _("Observed") in by_source:
        said[0] = replace(said[0], addresses=(*told, ENTRIES))
    elif told:
        said.insert(0, Sentence(_("Abnormal movement was seen."), told))
    return said


def is_observed(entry: GroupValue) -> bool:
    """Whether the movement was seen by the examiner."""
    source = entry.fields.get("source")
    return isinstance(source, ChoiceValue) and source.token in OBSERVED


def _headline(view: View, item: ListKind, entry: GroupValue) -> str:
    """`Observed: dystonia of neck and left shoulder`; without a source it says so."""
    return _from(_source(view, item, entry), _what(view, item, entry))


def _from(source: str, movements: str) -> str:
    return _("{source}: {movements}").format(source=source, movements=movements)


def _source(view: View, item: ListKind, entry: GroupValue) -> str:
    source = entry.fields.get("source")
    if is_observed(entry):
        return _("Observed")
    if source is None:
        return _("Source not recorded")
    words = value_words.value_text(item.by_id["source"], source, view.form)
    return (_("Not observed, {source}") if isinstance(source, ChoiceValue) else _("Source {source}")).format(
        source=words
    )


def _what(view: View, item: ListKind, entry: GroupValue) -> str:
    phenomenology, sites = entry.fields.get("phenomenology"), entry.fields.get("sites")
    name = _("movement, kind not recorded")
    if phenomenology is not None:
        name = value_words.value_text(item.by_id["phenomenology"], phenomenology, view.form)
    field = item.by_id.get("sites")
    if isinstance(sites, ListValue) and sites.entries and isinstance(field, ListKind):
        places = joined([value_words.entry_text(field, site, view.form) for site in sites.entries])
        if all(_is_named(site) for site in sites.entries):
            return _("{movement} of the {sites}").format(movement=name, sites=places)
        return _("{movement}, sites: {sites}").format(movement=name, sites=places)
    if sites is not None and field is not None:
        return _("{movement}, sites: {sites}").format(
            movement=name, sites=value_words.value_text(field, sites, view.form)
        )
    return name


def _is_named(site: GroupValue) -> bool:
    """Whether a site has its name, and its side where it needs one, so that an article fits before it."""
    return isinstance(site.fields.get("site"), ChoiceValue) and not isinstance(site.fields.get("side"), UnableValue)


def _entry(view: View, item: ListKind, entry: GroupValue) -> str:
    parts = [_headline(view, item, entry)]
    for field in item.fields:
        if field.id in OWN_PLACE:
            continue
        for name in (field.id, f"{field.id}.R", f"{field.id}.L"):
            if name in entry.fields:
                parts.append(_part(view, item, field, name, entry.fields[name]))
    return full_stop("; ".join(one_line(part) for part in parts))


def _part(view: View, item: ListKind, field: Field, name: str, value: Value) -> str:
    """One field of an entry; marks and spoken numbers need no name before them."""
    if isinstance(value, FlagsValue):
        return "; ".join(value_words.flags_parts(field, value))
    text = value_words.value_text(field, value, view.form)
    in_parts = isinstance(value, GroupValue) or is_compound(text)
    if name != field.id or not in_parts or value_words.speaks_for_itself(field):
        only = GroupValue(fields={name: value})
        return ", ".join(value_words.field_texts(item, only, view.form))
    return _("{field}: {value}").format(field=value_words.phrase_of(field), value=text)


def distribution_sentences(view: View) -> list[Sentence]:
    """The distribution of dystonia by the app's rule with its sites and its note, and the examiner's own beside it."""
    found = distribution(view.record, view.form)
    addresses = _told(view)
    said: list[str] = []
    if found.is_said:
        said.append(_rule_line(view, term_words.distribution_text(found.observed), observed_only=True))
        if found.with_reported != found.observed:
            result = term_words.distribution_text(found.with_reported)
            said.append(
                _("With reported movements: {result}{sites}.").format(
                    result=result, sites=_sites(view, observed_only=False)
                )
            )
        if found.note is not None:
            said.append(term_words.boundary_text(found.note))
    override = found.override
    if override is not None:
        said.append(
            _("Distribution given by the examiner: {result}. Reason: {reason}").format(
                result=term_words.distribution_text(override.result), reason=ended(one_line(override.reason))
            )
        )
    return [Sentence(text, addresses) for text in said]


def _rule_line(view: View, result: str, *, observed_only: bool) -> str:
    return _("Distribution of dystonia by app rule {rule}: {result}{sites}.").format(
        rule=RULE, result=result, sites=_sites(view, observed_only=observed_only)
    )


def _sites(view: View, *, observed_only: bool) -> str:
    regions = dystonic_sites(view.record, view.form, observed_only=observed_only)
    if not regions:
        return ""
    words = [_region(region, regions[region]) for region in REGIONS if region in regions]
    return _("; sites: {sites}").format(sites=joined(words))


def _region(region: str, side: str | None) -> str:
    word = {
        "upper_face": _("upper face"),
        "lower_face": _("lower face"),
        "larynx": _("larynx"),
        "neck": _("neck"),
        "trunk": _("trunk"),
        "arm_R": _("right arm"),
        "arm_L": _("left arm"),
        "leg_R": _("right leg"),
        "leg_L": _("left leg"),
    }[region]
    return word if side is None else value_words.axial_text(word, side)


def handover_sentences(view: View) -> list[Sentence]:
    """The distribution for the handover line, where there is dystonia, seen or told."""
    found = distribution(view.record, view.form)
    if found.observed not in (None, "none"):
        text = _("Dystonia: {result} (app rule).").format(result=term_words.distribution_text(found.observed))
    elif found.with_reported not in (None, "none"):
        text = _("Dystonia as reported: {result} (app rule).").format(
            result=term_words.distribution_text(found.with_reported)
        )
    else:
        return []
    return [Sentence(text, _told(view))]


def _told(view: View) -> tuple[str, ...]:
    return tuple(address for address in (OBSERVATION, ENTRIES) if address in view.record.findings)

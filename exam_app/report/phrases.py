"""The sentences of the report, after the phrase templates of the clinical design (10_report_phrases.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exam_app.core.derived.completeness import CoreFinding, SectionCompleteness
from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.form.kinds import Side
from exam_app.core.record.record import AssertedNormal, NotExamined, Unable
from exam_app.core.wording import term_words, value_words
from exam_app.core.words import _, capitalised, ngettext
from exam_app.report.clauses import Clause
from exam_app.report.document import Sentence
from exam_app.report.view import Found, View, reason


def not_recorded() -> str:
    """What a section says without any finding."""
    return _("Not recorded.")


def outside_scope() -> str:
    """What a section says of which no item belongs to the scope."""
    return _("Not part of this scope.")


def beyond_core() -> str:
    """The one fixed sentence on items beyond the core set (clinical decision 3)."""
    return _("Items beyond the core set were examined only where a finding is given.")


def intended_use() -> str:
    """The intended-use sentence (clinical decision 9)."""
    return _("A tool for recording and teaching. It does not diagnose and is not a medical device. From 12 years.")


def core_total(version: str, done: int, of: int) -> str:
    """How much of the core set was examined."""
    return _("Core set of this app, version {version}: {done} of {of} findings examined.").format(
        version=version, done=done, of=of
    )


def full_stop(text: str) -> str:
    """The text as a sentence: a capital first letter, a full stop at the end."""
    return ended(capitalised(text))


def ended(text: str) -> str:
    """The text with a full stop at its end; the examiner's own words stay as typed."""
    return text if text.endswith((".", "!", "?", "\u2026")) else f"{text}."


def clause_sentence(parts: Sequence[Clause], *, emphasis: bool = False, begins: bool = True) -> Sentence:
    """Several clauses as one sentence, with a capital letter where it `begins` and no label stands before it."""
    between = _("; ")
    strong: list[tuple[int, int]] = []
    start = 0
    for part in parts:
        strong += [(start + begin, start + end) for begin, end in part.strong]
        start += len(part.text) + len(between)
    text = between.join(part.text for part in parts)
    text = full_stop(text) if begins else ended(text)
    return Sentence(text, tuple(address for part in parts for address in part.addresses), emphasis, "", tuple(strong))


def sentences(view: View, found: tuple[Found, ...]) -> tuple[Sentence, ...]:
    """Findings in sentences: the abnormal ones first, then the normal ones, then those that are neither, each in a
    sentence of its own; then what was asserted, then what could not be or was not examined."""
    said: list[Sentence] = []
    valued = [one for one in found if one.is_examined and not isinstance(one.finding, AssertedNormal)]
    abnormal = view.clauses(tuple(one for one in valued if one.judgement == "abnormal"), view.text)
    normal = view.clauses(tuple(one for one in valued if one.judgement == "normal"), view.text, by_group=False)
    neither = view.clauses(tuple(one for one in valued if one.judgement == "neither"), view.text)
    if abnormal:
        said.append(clause_sentence(abnormal, emphasis=True))
    if normal:
        said.append(clause_sentence(normal))
    said.extend(clause_sentence((part,)) for part in neither)
    said.extend(asserted(view, found))
    said.extend(_reasoned(view, found))
    return tuple(said)


def asserted(view: View, found: tuple[Found, ...]) -> list[Sentence]:
    """What was asserted normal, by name; with "(count not recorded)" where a number belongs to it. A section may have
    words of its own: "None of these"."""
    here = tuple(one for one in found if isinstance(one.finding, AssertedNormal))
    if not here:
        return []
    own_words = view.form.section_by_id[section_of(here[0].address)].rest_said
    parts = view.clauses(here, view.text, by_group=own_words is None)
    words = own_words or _("Asserted normal: {items}.")
    text = words.replace("{items}", "; ".join(part.text for part in parts))
    return [Sentence(text, tuple(address for part in parts for address in part.addresses))]


def _reasoned(view: View, found: tuple[Found, ...]) -> list[Sentence]:
    said: list[Sentence] = []
    for state, template in ((Unable, _("Unable: {items}.")), (NotExamined, _("Not examined: {items}."))):
        parts = view.clauses(tuple(one for one in found if isinstance(one.finding, state)), view.text, by_group=False)
        if parts:
            text = template.format(items="; ".join(part.text for part in parts))
            said.append(Sentence(text, tuple(address for part in parts for address in part.addresses)))
    return said


def extent(core: SectionCompleteness, *, all_normal: bool) -> str | None:
    """How much of the section's core set was examined, or None where the section has no core set."""
    done, of = len(core.done), core.of
    if of == 0:
        return None
    if done == 0:
        return _("None of the {of} core findings was examined.").format(of=of)
    if all_normal:
        return _("Normal for the {done} of {of} core findings examined.").format(done=done, of=of)
    if done < of:
        return _("Partial: {done} of {of} core findings examined.").format(done=done, of=of)
    if of == 2:
        return _("Both core findings examined.")
    return ngettext("The one core finding was examined.", "All {of} core findings examined.", of).format(of=of)


def rest_normal(one: str | None, many: str | None, count: int) -> str | None:
    """The form's sentence on the other tested items, all normal, or None where there are none."""
    if count == 0 or one is None or many is None:
        return None
    return one if count == 1 else many.replace("{count}", str(count))


def reason_cell(finding: NotExamined | Unable) -> str:
    """A reason in a cell of a table."""
    if finding.reason != "other":
        return term_words.reason_text(finding.reason)
    return _("unable") if isinstance(finding, Unable) else _("not examined")


def reason_words(finding: NotExamined | Unable) -> str:
    """What kept a finding from being made, with its reason, in a note."""
    template = _("unable ({reason})") if isinstance(finding, Unable) else _("not examined ({reason})")
    return template.format(reason=reason(finding))


def core_names(missing: Iterable[CoreFinding], form: Form) -> str:
    """Core findings by name with the letters of their sides: `wrist extension R L, neck`."""
    sides: dict[str, list[str]] = {}
    for core in missing:
        letters = sides.setdefault(_core_name(core, form), [])
        if core.side is not None:
            letters.append(term_words.side_letter(core.side))
    return ", ".join(" ".join((name, *letters)) for name, letters in sides.items())


def _core_name(core: CoreFinding, form: Form) -> str:
    if len(core.addresses) == 1:
        item = form.items[split_address(core.addresses[0])[0]]
        if item.label == core.label and item.core is True and "normal" not in value_words.phrase_of(item):
            return value_words.phrase_of(item)
    return core.label[:1].lower() + core.label[1:]


def named_with_side(name: str, side: Side | None) -> str:
    """An item with its side, before a reason."""
    if side is None:
        return name
    return {"R": _("{name} right"), "L": _("{name} left")}[side].format(name=name)


def note_label(name: str, side: Side | None) -> str:
    """An item with its side, as the label of the examiner's own words."""
    words = {None: _("Note on {name}"), "R": _("Note on {name}, right"), "L": _("Note on {name}, left")}
    return words[side].format(name=name)

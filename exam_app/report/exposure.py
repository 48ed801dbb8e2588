"""The exposure check in the report: which drugs that block dopamine were taken, and when. Names only, never a cause."""

from __future__ import annotations

from collections.abc import Iterable

from exam_app.core.derived.exposure import EXPOSURES, Exposure, check
from exam_app.core.form.form import Section
from exam_app.core.wording import exposure_words
from exam_app.core.words import _, capitalised
from exam_app.report.document import Block, Sentence, Sentences
from exam_app.report.view import View, one_line


def exposure_blocks(view: View, section: Section) -> list[Block]:
    """The paragraph on exposures under the section that asks for them; nothing where there is nothing to say."""
    if not EXPOSURES.startswith(f"{section.id}."):
        return []
    said = exposure_sentences(view)
    return [Sentences(tuple(said))] if said else []


def exposure_sentences(view: View) -> list[Sentence]:
    """Drugs that block dopamine with their dates and windows; then the other drugs of a list, by group. Of a drug that
    is in no list only this is said: that it is not established as the cause."""
    recorded = check(view.record, view.form).exposures
    found = [each for each in recorded if each.known is not None]
    if not recorded:
        return []
    blockers = [each for each in found if each.known is not None and each.known.is_blocker]
    said: list[str] = []
    if blockers:
        drugs = "; ".join(one_line(exposure_words.exposure_text(each)) for each in blockers)
        said.append(_("Exposure to dopamine-receptor-blocking drugs: {drugs}.").format(drugs=drugs))
    said += [
        _("{group}: {drugs}.").format(group=capitalised(group), drugs="; ".join(names))
        for group, names in _by_group(each for each in found if each not in blockers).items()
    ]
    return [Sentence(text, (EXPOSURES,)) for text in (*said, *_remarks(view, found))]


def _by_group(others: Iterable[Exposure]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for each in others:
        if each.known is not None:
            groups.setdefault(each.known.groups[0].label, []).append(one_line(exposure_words.dated(each)))
    return groups


def _remarks(view: View, found: list[Exposure]) -> list[str]:
    """What is printed with every name: that it is no cause, and whether a clinician has reviewed the list."""
    lists = {each.known.source.id: each.known.source for each in found if each.known is not None}
    notes = dict.fromkeys(source.note for source in (lists or view.form.drugs).values())
    open_ones = [source for source in lists.values() if source.reviewed is None]
    review = [
        _("List of drugs, version {version}: groups and windows are not yet clinically reviewed.").format(
            version=source.version
        )
        for source in open_ones
    ]
    return [*notes, *review]

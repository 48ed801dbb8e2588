"""One section of the examination as blocks: heading, tables, sentences, notes."""

from __future__ import annotations

from pathlib import Path

from exam_app.core.derived.completeness import SectionCompleteness
from exam_app.core.derived.distribution import ENTRIES, OBSERVATION
from exam_app.core.form.form import Section, section_of
from exam_app.core.record.record import Examined
from exam_app.core.words import _
from exam_app.report import movements, phrases
from exam_app.report.axes import axes_sentences
from exam_app.report.document import Block, Figures, Heading, Note, Notes, Sentence, Sentences, SideTable
from exam_app.report.exposure import exposure_blocks
from exam_app.report.figures import figures
from exam_app.report.measured import measured_sentences, reference
from exam_app.report.scores import score_sentences
from exam_app.report.tables import tabled, tables
from exam_app.report.view import Found, View


def title(section: Section) -> str:
    """The section's heading in the report."""
    return section.report_title or section.title


def section_blocks(
    view: View, section: Section, core: SectionCompleteness, drawings: Path | None = None
) -> list[Block]:
    """The blocks of a section. Its title never stands without a word under it; a section of which nothing belongs to
    the core set and nothing is recorded is left out. Figures need the folder of the `drawings`."""
    found = view.of_section(section)
    blocks: list[Block] = [Heading(1, title(section))]
    distribution = movements.distribution_sentences(view) if _holds_movements(section) else []
    follows = [*(axes_sentences(view) if distribution else []), *score_sentences(view, section)]
    if core.of == 0 and not found and not distribution and section.id not in view.record.section_notes:
        return []
    pointers = _pointers(view, section)
    if not found and not distribution:
        inside = any(item_id.startswith(f"{section.id}.") for item_id in view.in_scope)
        said = phrases.not_recorded() if inside else phrases.outside_scope()
        blocks.append(Sentences((Sentence(said), *pointers)))
    else:
        drawn = figures(view, section, drawings) if drawings is not None else ()
        blocks.extend([Figures(drawn)] if drawn else [])
        made = tables(view, section, found)
        opening, normal = _opening(view, section, found, core), _rest_normal(view, section, found)
        told = _sentences(view, section, found, made)
        if made:
            paragraphs = ((*opening, *normal), (*told, *pointers, *distribution, *follows))
        else:
            at = next((index for index, sentence in enumerate(told) if not sentence.emphasis), len(told))
            paragraphs = ((*opening, *told[:at], *normal, *told[at:], *pointers, *distribution, *follows), ())
        blocks.extend(Sentences(paragraph) for paragraph in paragraphs[:1] if paragraph)
        blocks.extend(made)
        blocks.extend(Sentences(paragraph) for paragraph in paragraphs[1:] if paragraph)
    blocks.extend(exposure_blocks(view, section))
    blocks.extend(_notes(view, section, found))
    return blocks


def _pointers(view: View, section: Section) -> list[Sentence]:
    """Where to read on for what a group shows of another section: a finding is said once, where it is at home."""
    said = []
    for group in section.groups:
        here = [one for one in view.found if one.place.item_id in group.shows and one.place.item_id in view.in_scope]
        homes = dict.fromkeys(section_of(one.address) for one in here)
        if homes:
            names = ", ".join(title(view.form.section_by_id[home]) for home in homes)
            text = _("{group}: see {sections}.").format(group=group.title, sections=names)
            said.append(Sentence(text, tuple(one.address for one in here)))
    return said


def also_recorded(view: View) -> list[Block]:
    """Findings outside the scope, after a change of scope."""
    found = view.outside()
    if not found:
        return []
    blocks: list[Block] = [Heading(1, _("Also recorded, outside the scope"))]
    for section in view.form.sections:
        inside = tuple(one for one in found if one.address.startswith(f"{section.id}."))
        if inside:
            lead = Sentence(_("{title}:").format(title=title(section)))
            scores = score_sentences(view, section, outside=True)
            blocks.append(Sentences((lead, *_sentences(view, section, inside, ()), *scores)))
            blocks.extend(_finding_notes(view, inside))
    return blocks


def _holds_movements(section: Section) -> bool:
    return ENTRIES.startswith(f"{section.id}.")


def _opening(view: View, section: Section, found: tuple[Found, ...], core: SectionCompleteness) -> list[Sentence]:
    """How much of the core set was examined."""
    if _holds_movements(section):
        return []
    core_items = [one for one in found if one.is_examined and one.place.item.core]
    any_abnormal = any(one.judgement == "abnormal" for one in found)
    all_normal = not any_abnormal and all(one.judgement == "normal" for one in core_items)
    text = phrases.extent(core, all_normal=all_normal)
    done = tuple(address for one in core.done for address in one.addresses if address in view.record.findings)
    return [Sentence(text, done)] if text is not None else []


def _rest_normal(view: View, section: Section, found: tuple[Found, ...]) -> list[Sentence]:
    """How many other places were normal, beside the abnormal ones: before a table, or else right behind them. Where the
    sentence is about what is graded, something graded must be abnormal for the rest to be the "other" ones."""
    counted = [one for one in found if view.is_titled(one)] or found
    if _holds_movements(section) or not any(one.judgement == "abnormal" for one in counted):
        return []
    places = _normal_places(view, found)
    text = phrases.rest_normal(section.rest_normal_one, section.rest_normal_many, len(places))
    return [Sentence(text, tuple(address for place in places for address in place))] if text is not None else []


def _normal_places(view: View, found: tuple[Found, ...]) -> list[list[str]]:
    """The addresses of each place of which everything recorded was examined and normal. A row of a matrix is one place;
    where a section has a table of grades, only what is graded there counts."""
    named = [one for one in found if view.is_titled(one)]
    places: dict[str, list[Found]] = {}
    for one in named or found:
        cell = one.place.item.cell
        places.setdefault(f"row {cell.row}" if cell is not None else one.place.item_id, []).append(one)
    return [
        [one.address for one in place] for place in places.values() if all(one.judgement == "normal" for one in place)
    ]


def _sentences(view: View, section: Section, found: tuple[Found, ...], made: tuple[SideTable, ...]) -> list[Sentence]:
    """Everything that is not in a table, in the order of the form; and the rest of what a cell could not show."""
    in_tables = {address for table in made for address in tabled(table)}
    said: list[Sentence] = []
    if _holds_movements(section):
        said += _movement_sentences(view, found)
        found = tuple(
            one for one in found if one.address not in (OBSERVATION, ENTRIES) or not isinstance(one.finding, Examined)
        )
    measured = [one for one in found if reference(view, one) is not None]
    plain = tuple(one for one in found if one.address not in in_tables and one not in measured)
    said += phrases.sentences(view, plain)
    return [*said, *measured_sentences(view, measured)]


def _movement_sentences(view: View, found: tuple[Found, ...]) -> list[Sentence]:
    here = {one.address for one in found}
    observation = movements.observation_sentence(view) if OBSERVATION in here else None
    entries = movements.entry_sentences(view) if ENTRIES in here else []
    marks = [mark for address in (OBSERVATION, ENTRIES) if address in here for mark in movements.marked(view, address)]
    return [*([observation] if observation is not None else []), *entries, *marks]


def _notes(view: View, section: Section, found: tuple[Found, ...]) -> list[Block]:
    notes = [note for block in _finding_notes(view, found) if isinstance(block, Notes) for note in block.notes]
    if section.id in view.record.section_notes:
        notes.insert(0, Note(_("Note"), view.record.section_notes[section.id]))
    return [Notes(tuple(notes))] if notes else []


def _finding_notes(view: View, found: tuple[Found, ...]) -> list[Block]:
    notes = tuple(
        Note(
            phrases.note_label(view.places[one.place.item_id].name, one.side),
            one.finding.note,
            (one.address,),
        )
        for one in found
        if one.finding.note is not None
    )
    return [Notes(notes)] if notes else []

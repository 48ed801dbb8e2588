"""Whether the history of a case gives its key away: a patient tells what happened, not where the lesion lies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exam_app.core.errors import quoted
from exam_app.core.files.yaml_text import Table
from exam_app.core.form.form import Form, section_of
from exam_app.core.form.kinds import ChoiceKind, GroupKind, ListKind
from exam_app.core.practice.case import Case
from exam_app.core.practice.eliciting import TOLD, elicited
from exam_app.core.practice.library import Library

_ROOT = re.compile(r"\b[CTLS]\d{1,2}\b")
_CONDITIONS = (
    ("history.family_history", "condition"),
    ("history.brain_injury", "kind"),
    ("movements.entries", "phenomenology"),
)
"""Where the form names conditions and movements."""


def given_away(case: Case, root: Table, form: Form, library: Library) -> Iterator[tuple[int, str]]:
    """Every (line, reason) in which what is told of the history says a root or a name that stands in the key."""
    names = [*_of_the_levels(case, library), *_of_the_summary(case, form)]
    for address in case.truth.findings:
        if section_of(address) not in TOLD:
            continue
        words = elicited(case, address, form, library.phrases)
        said = [name for name in names if re.search(rf"\b{re.escape(name)}", words.lower())]
        for name in dict.fromkeys([*_ROOT.findall(words), *said]):
            reason = f"the history tells {quoted(name)}, which is for the learner to find"
            yield _line(root, address), f"{reason}; give what a patient says under 'shown'"


def _of_the_levels(case: Case, library: Library) -> Iterator[str]:
    """The names of the levels that the key takes, also apart: "Conus or cauda equina"."""
    for place in (case.key.localisation, *case.key.accept):
        level = library.level_by_id.get(place.level)
        if level is not None and level.is_level:
            yield from (name for part in re.split(r",|:| or |[()]", level.label.lower()) if (name := part.strip()))


def _of_the_summary(case: Case, form: Form) -> Iterator[str]:
    """The conditions and movements that the summary names and the card does not."""
    summary, card = case.key.summary.lower(), f"{case.card.complaint} {case.card.history}".lower()
    for item_id, field_id in _CONDITIONS:
        item = form.items.get(item_id)
        field = item.by_id.get(field_id) if isinstance(item, (GroupKind, ListKind)) else None
        names = [option.label.lower() for option in field.options] if isinstance(field, ChoiceKind) else []
        yield from (name for name in names if name != "other" and name in summary and name not in card)


def _line(root: Table, address: str) -> int:
    """Where the case says it: in its own words, under its section, among the findings or beside them."""
    section, _dot, item = address.partition(".")
    for block, key in (("shown", address), (section, item), ("findings", address), ("beside", address)):
        node = root.nodes.get(block)
        if isinstance(node, Table) and key in node.key_lines:
            return node.key_lines[key]
    return root.line

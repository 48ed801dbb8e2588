"""What must hold in a form beyond its types: references resolve, normals exist, conditions run in no circle."""

from __future__ import annotations

from collections.abc import Iterator

from exam_app.core.checks.conditions import condition_faults, in_a_cycle
from exam_app.core.checks.keeping import keeping_faults
from exam_app.core.checks.sides import side_faults
from exam_app.core.derived import differences, tapping
from exam_app.core.derived.codes import code_faults
from exam_app.core.derived.distribution import ENTRIES
from exam_app.core.errors import offered
from exam_app.core.form import contrast, drugs, quick_words, score
from exam_app.core.form.form import Form, Group, Section, section_of, split_address
from exam_app.core.form.kinds import (
    SIDES,
    ChoiceKind,
    Field,
    FlagsKind,
    GradeKind,
    GroupKind,
    Item,
    ListKind,
    NumberKind,
    SideKind,
    TextKind,
)
from exam_app.core.form.scale import Limits

MARKS = frozenset("MDV")
DEEPEST_GROUP = 4


def faults(form: Form) -> Iterator[tuple[str, str]]:
    """Every (place, reason): the place is an item id, `item:field`, or a file name or `section/group` with a path of
    keys after `#`."""
    for item_id, item in form.items.items():
        yield from ((item_id, what) for what in _item_faults(form, item))
        for field_id, what in _field_faults(form, item, 0):
            yield item_id if field_id == item.id else f"{item_id}:{field_id}", what
    yield from _group_faults(form)
    yield from _scale_faults(form)
    yield from _scope_faults(form)
    yield from drugs.faults(form.drugs, {*MARKS, *form.bibliography})
    yield from _tombstone_faults(form)
    yield from condition_faults(form)
    yield from side_faults(form)
    yield from keeping_faults(form)
    yield from code_faults(form)
    yield from _reading_faults(form)


def _group_faults(form: Form) -> Iterator[tuple[str, str]]:
    for section in form.sections:
        ids = [group.id for group in section.groups]
        shown: list[str] = []
        for group in section.groups:
            place = f"{section.id}/{group.id}"
            if group.said_with is not None and group.said_with not in ids:
                what = f"'said_with' names no group of this section: '{group.said_with}'; they are {', '.join(ids)}"
                yield f"{place}#said_with", what
            for index, guest in enumerate(group.shows):
                yield from (
                    (f"{place}#shows/{index}", what) for what in _guest_faults(form, section, group, guest, shown)
                )
                shown.append(guest)


def _guest_faults(form: Form, section: Section, group: Group, guest: str, shown: list[str]) -> Iterator[str]:
    """What is wrong with one item that a group shows; `shown` are those that its section shows before it. A group shows
    items, never what another one shows, so there is no circle."""
    if guest not in form.items:
        yield _no_item(form, guest)
    elif section_of(guest) == section.id:
        yield f"'{guest}' is at home in this section and stands in it already; remove it from 'shows'"
    elif guest in shown:
        yield f"'{guest}' is shown in this section twice; remove one of them"
    elif group.layout not in ("grid", "form"):
        yield f"a group laid out as {group.layout} cannot show '{guest}'; write a group of its own without 'layout'"
    elif form.group_of(guest).layout == "entries":
        yield f"'{guest}' is a list with a form of its own, which stands in one place only; remove it from 'shows'"


def _item_faults(form: Form, item: Item) -> Iterator[str]:
    if item.macro and item.folded:
        yield "a folded item never takes part in 'rest normal'; remove 'macro: yes' or 'folded: yes'"
    if item.beyond is not None:
        yield from _level_faults(form, item, item.beyond)
    if item.unfold_when and not item.folded:
        yield "'unfold_when' means nothing for an item that is not folded; write 'folded: yes' or remove it"
    if item.macro and not has_normal(form, item):
        yield "'macro: yes' needs a normal set; say what is normal"
    if isinstance(item.core, str) and item.core not in form.core_slots:
        yield f"there is no core slot '{item.core}'; add it to core_slots in form.yaml or write 'core: yes'"
    for source in item.sources:
        if source not in MARKS and source not in form.bibliography:
            how = "add it (your own in sources.yaml), or use M, D or V"
            yield f"the source '{source}' is not in the bibliography; {how}"


def _level_faults(form: Form, item: Item, level: str) -> Iterator[str]:
    levels = [each for each_limb in form.limbs.values() for each in each_limb]
    if level not in levels:
        yield f"there is no level '{level}' of a limb; the levels in form.yaml are {', '.join(levels)}"
    if item.sides != "paired":
        yield f"'beyond: {level}' needs a side; write 'sides: paired' or remove it"


def _field_faults(form: Form, field: Field | Item, depth: int) -> Iterator[tuple[str, str]]:
    """Every (field id, reason) of a field and the fields inside it."""
    yield from ((field.id, what) for what in _own_faults(form, field))
    if isinstance(field, (GroupKind, ListKind)):
        if depth >= DEEPEST_GROUP:
            yield field.id, f"'{field.id}' lies more than {DEEPEST_GROUP} groups deep"
            return
        for each in field.fields:
            yield from _field_faults(form, each, depth + 1)


def _own_faults(form: Form, field: Field | Item) -> Iterator[str]:
    if isinstance(field, GradeKind):
        yield from _grade_faults(form, field)
    if isinstance(field, (ChoiceKind, FlagsKind)):
        ids = [option.id for option in field.options]
        yield from (f"the option '{each}' stands twice in '{field.id}'" for each in _twice(ids))
        neutral = field.neutral if isinstance(field, ChoiceKind) else ()
        yield from _normal_faults(field.id, (*(field.normal or ()), *neutral), ids)
    if isinstance(field, SideKind):
        yield from _normal_faults(field.id, field.normal or (), [*SIDES, *field.also])
    if isinstance(field, NumberKind):
        yield from _number_faults(form, field)
    yield from tapping.faults(field)
    yield from differences.faults(field)
    if isinstance(field, TextKind) and field.suggest is not None and not form.drugs:
        yield f"'{field.id}' suggests drugs, but the form has no list of them; add one under drugs/"
    if isinstance(field, (GroupKind, ListKind)):
        ids = [each.id for each in field.fields]
        yield from (f"the field '{each}' stands twice in '{field.id}'" for each in _twice(ids))
        named = (
            *field.exclusive,
            *((field.main,) if field.main else ()),
            *(each for fold in field.folds for each in fold.fields),
        )
        yield from (f"'{each}' is named in '{field.id}' but is none of its fields" for each in named if each not in ids)


def _grade_faults(form: Form, field: GradeKind) -> Iterator[str]:
    scale = form.scales.get(field.scale)
    if scale is None:
        known = offered(field.scale, sorted(form.scales), "scales")
        yield f"there is no scale '{field.scale}'; {known}; or add scales/{field.scale}.yaml"
    else:
        yield from _normal_faults(field.id, field.normal or (), [grade.token for grade in scale.grades])


def _number_faults(form: Form, field: NumberKind) -> Iterator[str]:
    if field.reference is not None:
        yield from _table_faults(form, field.reference)
    if field.min > field.max:
        yield f"'{field.id}': min is larger than max"
    for name, limits in (("normal", field.normal), ("abnormal", field.abnormal)):
        yield from _limit_faults(field, name, limits)
    if field.step <= 0:
        yield f"'{field.id}': step must be larger than 0"
    if sum((field.of is not None, field.over, field.ranged)) > 1:
        yield f"'{field.id}': give at most one of of, over and ranged"


def _table_faults(form: Form, table_id: str) -> Iterator[str]:
    if table_id not in form.tables:
        yield f"there is no reference table '{table_id}'; {offered(table_id, form.tables, 'tables')}"


def limited(field: Field | Item) -> Iterator[str]:
    """The ids of the numbers in it that figures call normal or abnormal."""
    if isinstance(field, NumberKind) and (field.normal is not None or field.abnormal is not None):
        yield field.id
    if isinstance(field, (GroupKind, ListKind)):
        for each in field.fields:
            yield from limited(each)


def _limit_faults(field: NumberKind, name: str, limits: Limits | None) -> Iterator[str]:
    ends = [end for end in (limits.min, limits.max) if end is not None] if limits is not None else []
    for end in ends:
        if not field.min <= end <= field.max:
            yield (
                f"'{field.id}': the end {end:g} of '{name}' is not among the values; "
                f"they run from {field.min:g} to {field.max:g}"
            )
    if len(ends) == 2 and ends[0] > ends[1]:
        yield f"'{field.id}': 'min' of '{name}' is larger than its 'max'; exchange them"


def _normal_faults(field_id: str, normal: tuple[str, ...], tokens: list[str]) -> Iterator[str]:
    for each in normal:
        if each not in tokens:
            yield f"'{field_id}': the normal '{each}' is not among the values; the values are {', '.join(tokens)}"


def _twice(ids: list[str]) -> list[str]:
    return sorted({each for each in ids if ids.count(each) > 1})


def has_normal(form: Form, field: Field | Item) -> bool:
    """Whether "normal" means something for this field: it, or one of its fields, has a normal set."""
    if isinstance(field, GradeKind):
        return bool(field.normal or (field.scale in form.scales and form.scales[field.scale].normal))
    if isinstance(field, (ChoiceKind, FlagsKind)):
        return bool(field.normal)
    if isinstance(field, NumberKind):
        return field.normal is not None
    if isinstance(field, (GroupKind, ListKind)):
        return any(has_normal(form, each) for each in field.fields)
    return field.kind == "side" and bool(field.normal)


def _scale_faults(form: Form) -> Iterator[tuple[str, str]]:
    for scale in form.scales.values():
        place = f"scales/{scale.id}.yaml#grades"
        tokens = [grade.token for grade in scale.grades]
        spellings = [*tokens, *(alias for grade in scale.grades for alias in grade.aliases)]
        yield from ((place, f"the grade '{each}' stands twice") for each in _twice(spellings))
        if len({grade.rank for grade in scale.grades}) != len(scale.grades):
            yield place, "two grades have the same rank"
        for each in scale.normal:
            if each not in tokens:
                yield (
                    f"scales/{scale.id}.yaml#normal",
                    f"the normal '{each}' is not among the grades {', '.join(tokens)}",
                )


def _scope_faults(form: Form) -> Iterator[tuple[str, str]]:
    for scope in form.scopes.values():
        place = f"scopes/{scope.id}.yaml"
        for index, item_id in enumerate(scope.items):
            if item_id not in form.items:
                yield f"{place}#items/{index}", _no_item(form, item_id)
        for index, section_id in enumerate(scope.sections):
            if section_id not in form.section_by_id:
                known = offered(section_id, form.section_by_id, "sections")
                yield f"{place}#sections/{index}", f"there is no section '{section_id}'; {known}"
        for index, scope_id in enumerate(scope.includes):
            if scope_id not in form.scopes:
                known = offered(scope_id, form.scopes, "scopes")
                yield f"{place}#includes/{index}", f"there is no scope '{scope_id}'; {known}"
        if scope.core_only and (scope.items or scope.sections or scope.includes):
            yield (
                f"{place}#core_only",
                "'core_only: yes' is the core set and nothing else; write 'includes: [screening]' to add to it",
            )
    included = {scope.id: set(scope.includes) for scope in form.scopes.values()}
    for scope_id in sorted(in_a_cycle(included)):
        yield f"scopes/{scope_id}.yaml#includes", f"the scope '{scope_id}' includes itself; remove one of the circle"


def _no_item(form: Form, item_id: str) -> str:
    """Why an id is none of an item, and what to write."""
    whole, side = split_address(item_id)
    if side is not None and whole in form.items:
        return f"'{item_id}' is one side of an item; write {whole}, which stands for both"
    return f"there is no item '{item_id}'; {offered(item_id, form.items, 'items')}"


def _reading_faults(form: Form) -> Iterator[tuple[str, str]]:
    """Scores, contrast tables and the words of quick entry: what they name must be there."""
    for one in form.scores.values():
        for path, what in score.faults(one, form.items, form.scales):
            yield f"scores/{one.id}.yaml#{path}", what
        if one.reference is not None:
            yield from ((f"scores/{one.id}.yaml#reference", what) for what in _table_faults(form, one.reference))
    for path, what in quick_words.faults(form.quick_words, form.items, form.section_by_id, form.scales):
        yield f"quick_words.yaml#{path}", what
    for table in form.contrasts.values():
        for path, what in contrast.faults(table, form.items, ENTRIES):
            yield f"contrasts/{table.id}.yaml#{path}", what


def _tombstone_faults(form: Form) -> Iterator[tuple[str, str]]:
    for old, stone in form.tombstones.items():
        place = f"form.yaml#tombstones/{old}"
        if old in form.items:
            yield old, f"'{old}' has a tombstone; its id cannot be used again"
        if stone.renamed_to is not None and stone.renamed_to not in form.items:
            yield place, f"'{old}' is said to be renamed to '{stone.renamed_to}', which does not exist"

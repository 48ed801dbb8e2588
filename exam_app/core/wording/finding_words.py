"""Short words for findings, and what of them a cell of a grid has room for."""

from __future__ import annotations

from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import Field, GroupKind, Item
from exam_app.core.record.record import AssertedNormal, Examined, Finding, NotExamined, Unable
from exam_app.core.record.values import CannotValue, GradeValue, GroupValue, ListValue, Value
from exam_app.core.wording.term_words import told_reason
from exam_app.core.wording.value_words import grade_text, value_text
from exam_app.core.words import _


def unable_text(reason: str, text: str | None) -> str:
    """Unable, and why."""
    return _("unable: {reason}").format(reason=told_reason(reason, text))


def finding_text(item: Item, finding: Finding, form: Form) -> str:
    """A finding in a few words, for a cell or a row. Asserted normal says which number was not recorded."""
    if isinstance(finding, Examined):
        return value_text(item, finding.value, form)
    if isinstance(finding, AssertedNormal):
        return asserted_text(item)
    if isinstance(finding, NotExamined):
        return _("not examined: {reason}").format(reason=told_reason(finding.reason, finding.text))
    return unable_text(finding.reason, finding.text)


def asserted_text(item: Item) -> str:
    """Asserted normal in words."""
    if item.unmeasured is not None:
        return _("normal ({unmeasured})").format(unmeasured=item.unmeasured)
    return _("normal")


def cell_text(item: Item, finding: Finding | None, form: Form) -> str:
    """What a grid cell shows: a dash for not yet examined, the main value otherwise, with a dot where more was
    recorded.
    """
    if finding is None:
        return "\u2014"
    if isinstance(finding, AssertedNormal):
        return asserted_token(item, form)
    if isinstance(finding, NotExamined):
        return _("not examined")
    if isinstance(finding, Unable):
        return _("unable")
    value = finding.value
    if isinstance(value, GroupValue) and isinstance(item, GroupKind):
        return ", ".join(_main_texts(item, value, form))
    if isinstance(value, ListValue):
        return str(len(value.entries)) if value.entries else _("none")
    return _short_text(item, value, form)


def _main_texts(item: GroupKind, value: GroupValue, form: Form) -> list[str]:
    """The main field, or else the first given; and the grades beside it, which belong together at a glance."""
    main = item.main if item.main in value.fields else next(iter(value.fields))
    texts = []
    for name, each in value.fields.items():
        field = item.by_id[split_address(name)[0]]
        if name == main or isinstance(each, GradeValue):
            texts.append(_short_text(field, each, form))
    return texts


def _short_text(field: Field | Item, value: Value, form: Form) -> str:
    return _("cannot") if isinstance(value, CannotValue) else value_text(field, value, form)


def asserted_token(item: Item, form: Form) -> str:
    """The token that an asserted normal stands for on an ordinal scale (5, 2+, 2), or the word."""
    kind: Field | Item = item
    if isinstance(item, GroupKind) and item.main is not None:
        kind = item.by_id[item.main]
    if kind.kind == "grade":
        scale = form.scales[kind.scale]
        normal = kind.normal or scale.normal
        if len(normal) == 1:
            return grade_text(normal[0], scale)
    return _("normal")

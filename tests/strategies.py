"""Records with arbitrary valid findings for a form, for property tests.

Every record is valid against its form. Free texts are drawn from words that name no side and claim nothing normal, so
that a test may look for such words.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from exam_app.core.checks.form_checks import has_normal
from exam_app.core.checks.record_checks import scale_ref
from exam_app.core.files.findings_file import form_ref
from exam_app.core.form.form import Form
from exam_app.core.form.kinds import (
    SIDES,
    ChoiceKind,
    DateKind,
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
from exam_app.core.record.record import (
    AbsentBelow,
    AssertedNormal,
    DistributionOverride,
    Encounter,
    Examined,
    ExamRecord,
    Finding,
    NotExamined,
    Patient,
    Unable,
)
from exam_app.core.record.values import (
    CannotValue,
    ChoiceValue,
    DateValue,
    FlagsValue,
    GradeValue,
    GroupValue,
    ListValue,
    NumberValue,
    SideValue,
    TextValue,
    UnableValue,
    Value,
)

WORDS = ("after the fall", "é, ü & <b>", 'said "much worse"', "seen twice", "two\nlines", "5/5", "µ ≥ 4", "{name} %s")
ENTERED = ("typed", "copied", "carried", "quick", "imported", "confirmed")
NOT_EXAMINED = ("time", "not_indicated", "deferred", "refused", "equipment")
UNABLE = ("pain", "cast_or_dressing", "amputation", "consciousness", "cannot_cooperate", "language", "unsafe", "age")
RESULTS = ("none", "focal", "segmental", "multifocal", "hemidystonia_R", "generalized_with_leg")
MOST_FINDINGS = 30
FORM_OF_MANY = 8
"""Fields from which an entry is drawn with its first three fields in every second case."""

words = st.sampled_from(WORDS)
line = words.map(lambda text: text.replace("\n", " "))


def records(
    form: Form, *, most: int = MOST_FINDINGS, findings: bool = True, always: tuple[str, ...] = ()
) -> st.SearchStrategy[ExamRecord]:
    """Records of this form with at most so many findings, or with reasons instead of findings only.

    Addresses in `always` have a finding in every record.
    """
    return st.builds(
        _record,
        form=st.just(form),
        scope=st.sampled_from(sorted(form.scopes)),
        patient=patients(),
        encounter=encounters(),
        found=found(form, most=most, findings=findings, always=always),
        notes=st.dictionaries(st.sampled_from([section.id for section in form.sections]), words, max_size=2),
        override=st.none() | st.builds(_override, st.sampled_from(RESULTS), words) if findings else st.none(),
        impression=st.none() | words,
    )


def _record(form: Form, **parts: Any) -> ExamRecord:
    return ExamRecord(
        form=form_ref(form),
        scope=parts["scope"],
        patient=parts["patient"],
        encounter=parts["encounter"],
        findings=parts["found"],
        section_notes=parts["notes"],
        distribution_override=parts["override"],
        impression=parts["impression"],
    )


def _override(result: str, reason: str) -> DistributionOverride:
    return DistributionOverride.model_validate({"result": result, "reason": reason})


def patients() -> st.SearchStrategy[Patient]:
    """Made-up people; only the family name is always there."""
    return st.builds(
        Patient,
        family_name=st.just("Specimen"),
        given_name=st.none() | st.just("Patient"),
        birth_date=st.none() | st.dates(datetime.date(1920, 1, 1), datetime.date(2020, 1, 1)),
        sex=st.none() | st.sampled_from(["female", "male", "other", "unknown"]),
        mrn=st.none() | st.just("0041187"),
    )


def encounters() -> st.SearchStrategy[Encounter]:
    """Encounters on one day, with and without their facts."""
    zone = datetime.timezone(datetime.timedelta(hours=1))
    return st.builds(
        Encounter,
        started_at=st.just(datetime.datetime(2026, 11, 22, 9, 20, tzinfo=zone)),
        reason=st.none() | line,
        examiner=st.none() | st.just("Examiner Specimen"),
        handedness=st.none() | st.sampled_from(["R", "L", "mixed", "unknown"]),
        medication_state=st.none() | st.sampled_from(["ON", "OFF", "not_applicable", "unknown"]),
        minutes_since_dose=st.none() | st.integers(0, 600),
        absent_below=st.dictionaries(
            st.sampled_from(["arm_R", "arm_L"]),
            st.builds(
                AbsentBelow,
                level=st.sampled_from(["shoulder", "elbow", "wrist", "knuckles"]),
                reason=st.sampled_from(["amputation", "cast_or_dressing"]),
            ),
        ),
    )


def found(
    form: Form, *, most: int = MOST_FINDINGS, findings: bool = True, always: tuple[str, ...] = ()
) -> st.SearchStrategy[dict[str, Finding]]:
    """Findings by address."""
    drawn = st.lists(st.sampled_from(list(form.addresses)), max_size=most, unique=True)
    chosen = drawn.map(lambda addresses: list(dict.fromkeys([*always, *addresses])))
    make = finding if findings else _reasons
    return chosen.flatmap(
        lambda some: st.fixed_dictionaries({address: make(form, form.addresses[address]) for address in some})
    )


def _reasons(form: Form, item: Item) -> st.SearchStrategy[Finding]:
    """A reason instead of a finding; every item may have one."""
    missed = st.builds(_not_examined, st.sampled_from(NOT_EXAMINED), st.none() | words)
    other = words.map(lambda text: NotExamined(reason="other", text=text, entered="typed"))
    return missed | other | st.builds(_unable, st.sampled_from(UNABLE), st.none() | words)


def _not_examined(reason: str, note: str | None) -> NotExamined:
    return NotExamined.model_validate({"reason": reason, "note": note, "entered": "typed"})


def _unable(reason: str, note: str | None) -> Unable:
    return Unable.model_validate({"reason": reason, "note": note, "entered": "typed"})


# Forms and items hold mappings and so have no hash; one form lives as long as the test run.
_STRATEGIES: dict[tuple[int, int], tuple[Form, Item, st.SearchStrategy[Finding]]] = {}


def finding(form: Form, item: Item) -> st.SearchStrategy[Finding]:
    """Any finding that this item may have."""
    key = (id(form), id(item))
    if key not in _STRATEGIES:
        _STRATEGIES[key] = (form, item, _finding(form, item))
    return _STRATEGIES[key][2]


def _finding(form: Form, item: Item) -> st.SearchStrategy[Finding]:
    marks = [option.id for option in item.qualifiers] + ["uncertain"]
    examined = st.builds(
        _examined,
        value(form, item),
        st.lists(st.sampled_from(marks), max_size=2, unique=True),
        st.sampled_from(ENTERED),
        st.none() | words,
    )
    ways: list[st.SearchStrategy[Finding]] = [examined, examined, _reasons(form, item)]
    if has_normal(form, item):
        ways.append(st.just(AssertedNormal(entered="macro")))
    # `one_of` would take what stands here twice for one way.
    return st.sampled_from(range(len(ways))).flatmap(ways.__getitem__)


def _examined(value: Value, marks: list[str], entered: str, note: str | None) -> Examined:
    return Examined.model_validate(
        {"value": value, "qualifiers": tuple(marks), "entered": entered, "note": note}, strict=False
    )


def value(form: Form, field: Field | Item) -> st.SearchStrategy[Value]:
    """Any value that this field or item may have."""
    if isinstance(field, GradeKind):
        scale = form.scales[field.scale]
        tokens = [grade.token for grade in scale.grades]
        return st.sampled_from(tokens).map(lambda token: GradeValue(token=token, scale=scale_ref(scale)))
    if isinstance(field, ChoiceKind):
        # What is dystonic decides the distribution, so it is drawn more often.
        dystonic = [option for option in field.options if option.dystonic]
        options = [*field.options, *dystonic * 8]
        return st.sampled_from([ChoiceValue(token=option.id) for option in options])
    if isinstance(field, FlagsKind):
        return _flags([option.id for option in field.options])
    if isinstance(field, NumberKind):
        return _number(field)
    if isinstance(field, SideKind):
        return st.sampled_from([SideValue.model_validate({"side": side}) for side in (*SIDES, *field.also)])
    if isinstance(field, TextKind):
        return words.map(lambda text: TextValue(text=text))
    if isinstance(field, DateKind):
        return st.sampled_from([DateValue(date=date) for date in ("2019", "2021-08", "2021-08-03")])
    if isinstance(field, GroupKind):
        return group(form, field)
    return st.lists(group(form, field), max_size=3).map(lambda entries: ListValue(entries=tuple(entries)))


def _flags(marks: Sequence[str]) -> st.SearchStrategy[Value]:
    answers = st.dictionaries(st.sampled_from(marks), st.sampled_from(["yes", "no", "unknown"]), min_size=1, max_size=4)
    return answers.map(lambda flags: FlagsValue.model_validate({"flags": flags}))


def _number(field: NumberKind) -> st.SearchStrategy[Value]:
    steps = st.integers(math.ceil(field.min / field.step), math.floor(field.max / field.step))
    number = steps.map(lambda count: round(count * field.step, 6)).filter(lambda n: field.of is None or n <= field.of)
    unit = st.sampled_from(field.units) if len(field.units) > 1 else st.none()
    over = number if field.over else st.none()
    given: st.SearchStrategy[Value] = st.builds(NumberValue, number=number, of=st.just(field.of), over=over, unit=unit)
    if field.ranged:
        given |= st.tuples(number, number, unit).map(
            lambda ends: NumberValue(number=min(ends[:2]), to=max(ends[:2]), unit=ends[2])
        )
    return given | st.just(CannotValue()) if field.cannot else given


def group(form: Form, field: GroupKind | ListKind) -> st.SearchStrategy[GroupValue]:
    """Some fields of a group: at most one of the exclusive ones, and a site with the side that it needs."""

    @st.composite
    def build(draw: st.DrawFn) -> GroupValue:
        names = draw(st.lists(st.sampled_from(list(field.by_id)), min_size=1, max_size=6, unique=True))
        if isinstance(field, ListKind) and len(field.by_id) > FORM_OF_MANY and draw(st.booleans()):
            names = list(dict.fromkeys([*list(field.by_id)[:3], *names]))
        spare = [name for name in names if name in field.exclusive][1:]
        fields: dict[str, Value] = {}
        for name in (one for one in names if one not in spare):
            inner = field.by_id[name]
            for key in [f"{name}.R", f"{name}.L"] if inner.paired else [name]:
                fields[key] = draw(st.just(UnableValue(reason="pain")) if draw(_rarely) else value(form, inner))
        _with_side(draw, field, fields)
        return GroupValue(fields=fields)

    return build()


_rarely = st.integers(0, 19).map(lambda number: number == 0)


def _with_side(draw: st.DrawFn, field: GroupKind | ListKind, fields: dict[str, Value]) -> None:
    site_field, site = field.by_id.get("site"), fields.get("site")
    if not isinstance(site_field, ChoiceKind) or not isinstance(site, ChoiceValue) or "side" not in field.by_id:
        return
    sided = next(option.sided for option in site_field.options if option.id == site.token)
    fields.pop("side", None)
    if sided == "paired" or (sided == "axial" and draw(st.booleans())):
        fields["side"] = draw(st.sampled_from([SideValue(side="R"), SideValue(side="L")]))

"""A made-up teaching case, and learners who play it: perfectly, with the sides exchanged, or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from exam_app.core.form.form import Form, section_of, split_address
from exam_app.core.practice.attempt import (
    Assessment,
    Attempt,
    assessing,
    begun,
    distributing,
    finishing,
    flagging,
    localising,
    performing,
    recording,
    spending,
    summing_up,
)
from exam_app.core.practice.case import Case, Place
from exam_app.core.practice.case_checks import abnormal
from exam_app.core.practice.case_file import load_case
from exam_app.core.practice.debrief import expected_distribution
from exam_app.core.practice.library import Library
from exam_app.core.practice.order import stages
from exam_app.core.record.mirror import mirrored, other_side
from exam_app.core.record.record import AssertedNormal, Examined, Finding
from exam_app.core.record.values import GradeValue

NOW = datetime.datetime(2026, 11, 28, 14, 0, tzinfo=datetime.UTC)

DROPPED_FOOT = """\
scope: full
patient:   {family_name: Specimen, given_name: Patient, birth_date: 1988-09-27, sex: female}
encounter: {started_at: 2026-11-22T12:00:00+01:00, reason: left foot catches on the stairs, handedness: R}
alert: none
history:
  pain: none
findings:
  strength.tibialis_anterior.L: 2
  strength.ehl.L: 3
  strength.peronei.L: 2
  sensation.light_touch: {superficial_peroneal.L: 1}
  reflexes.knee: 2+
  gait.pattern: steppage
rest_normal: [mental, cranial, tone, strength, reflexes, sensation, coordination, gait]
movement_observation: {seen: none, minutes: 5}

case:
  title: A foot that slaps
  difficulty: easy
  author: exam_app
  topics: [strength, gait]
card:
  age: 38
  complaint: My left foot slaps.
  history: It came over a few days, without pain.
key:
  localisation: {level: nerve, side: L}
  accept: [{level: root, side: L}]
  summary: Weak dorsiflexion and eversion of the left foot.
  critical:
    - {finding: strength.tibialis_anterior.L, why: A dropped foot must not be missed.}
  red_flags:
    - {id: falls, why: The foot catches.}
teaching:
  - {text: Inversion tells the root from the nerve., about: [strength.tibialis_posterior, strength.peronei]}
expect:
  distribution: {result: none}
"""


def specimen_case(folder: Path, form: Form, library: Library, *changes: tuple[str, str], name: str = "X01") -> Case:
    """The made-up case with some of its text exchanged."""
    text = DROPPED_FOOT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / f"{name}_made_up.yaml"
    path.write_text(text, encoding="utf-8")
    return load_case(path, form, library)


def everything(case: Case, form: Form, library: Library) -> tuple[str, ...]:
    """Every address of a case, in the standard order."""
    asked = [address for stage in stages(library.order, form, case.truth) for address in stage.addresses]
    rank: dict[str, int] = {}
    for index, address in enumerate(asked):
        rank.setdefault(address, index)
        rank[f"last {section_of(address)}"] = index
    rest = [address for address in case.truth.findings if address not in rank]
    return tuple(sorted([*asked, *rest], key=lambda each: rank.get(each, rank.get(f"last {section_of(each)}", -1))))


def findings_of(case: Case) -> dict[str, Finding]:
    """What a learner writes who makes no mistake."""
    return {
        address: finding.model_copy(update={"entered": "typed"}) if isinstance(finding, Examined) else finding
        for address, finding in case.truth.findings.items()
    }


def played(
    case: Case,
    form: Form,
    *,
    performed: tuple[str, ...],
    findings: Mapping[str, Finding],
    place: Place | None = None,
    flags: tuple[str, ...] = (),
) -> Attempt:
    """An attempt that was handed in."""
    attempt = performing(begun(form, case, "free", NOW), performed)
    attempt = recording(attempt, attempt.record.model_copy(update={"findings": findings}))
    for section_id in dict.fromkeys(section_of(address) for address in performed):
        attempt = spending(attempt, section_id, 60.0)
    attempt = localising(attempt, place)
    attempt = distributing(attempt, expected_distribution(case, form))
    return finishing(flagging(summing_up(attempt, "What I think."), flags), NOW + datetime.timedelta(minutes=20))


def perfect(case: Case, form: Form, library: Library) -> Attempt:
    """Everything examined in the standard order, graded as it is, and said."""
    return played(
        case,
        form,
        performed=everything(case, form, library),
        findings=findings_of(case),
        place=case.key.localisation,
        flags=tuple(flag.id for flag in case.key.red_flags),
    )


def reversed_sides(case: Case, form: Form, library: Library) -> Attempt:
    """The same with right and left exchanged in everything."""
    attempt = perfect(case, form, library)
    place = case.key.localisation
    other = place.model_copy(update={"side": {"R": "L", "L": "R"}.get(place.side, place.side)})
    return localising(recording(attempt, mirrored(attempt.record)), other)


def blank_attempt(case: Case, form: Form) -> Attempt:
    """Handed in with nothing examined."""
    return finishing(begun(form, case, "examination", NOW), NOW)


def asserted(address: str) -> tuple[str, Finding]:
    """An address asserted normal by one key."""
    return address, AssertedNormal(entered="macro")


def has_side(address: str) -> bool:
    """Whether an address is that of one side."""
    return split_address(address)[1] is not None


def hurried(case: Case, form: Form, library: Library) -> Attempt:
    """A learner in a hurry: the strength first, no sensation, every third sign missed and every second one written on
    the other side, the level right and the side not, nothing said about danger."""
    everywhere = [each for each in everything(case, form, library) if section_of(each) not in ("sensation", "history")]
    performed = sorted(everywhere, key=lambda each: section_of(each) != "strength")
    findings = findings_of(case)
    for index, address in enumerate(abnormal(case, form)):
        if index % 3 == 0:
            findings.pop(address, None)
        elif index % 3 == 1 and has_side(address):
            findings[other_side(address)] = findings.pop(address)
    findings["strength.deltoid.R"] = Examined(value=GradeValue(token="4", scale="mrc/1"), entered="typed")
    seen = {address: each for address, each in findings.items() if address in performed}
    place = case.key.localisation
    other = place.model_copy(update={"side": {"R": "L", "L": "R"}.get(place.side, place.side)})
    attempt = played(case, form, performed=tuple(performed), findings=seen, place=other, flags=("falls",))
    return assessing(attempt, Assessment(marks={"findings": 4, "structure": 5}, words="I forgot something."))

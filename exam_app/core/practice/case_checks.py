"""Whether the key of a case agrees with its findings. A case that contradicts itself would teach what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from exam_app.core.checks.record_checks import check_address
from exam_app.core.derived.distribution import distribution
from exam_app.core.derived.judgement import judge_finding
from exam_app.core.errors import offered, quoted
from exam_app.core.files.yaml_text import Table, line_at
from exam_app.core.form.form import Form, split_address
from exam_app.core.practice.case import Case, Place
from exam_app.core.practice.eliciting import without_words
from exam_app.core.practice.giving_away import given_away
from exam_app.core.practice.library import Library
from exam_app.core.practice.library_file import is_known

_OTHER = {"R": "L", "L": "R"}
MARKS = ("M", "D", "V")
"""Marks of provenance in place of a source."""
Found = Iterator[tuple[int, str]]
EXAMINED_BEYOND = frozenset({"history", "alert", "scales"})
"""Sections that are told or added up, not examined: their findings do not count for a learner."""


def contradictions(case: Case, root: Table, form: Form, library: Library) -> Found:
    """Every (line, reason) in which a case contradicts itself or names what is not there."""
    yield from _localisation(case, root, form, library)
    yield from _critical(case, root, form)
    yield from _red_flags(case, root, library)
    yield from _teaching(case, root, form)
    yield from _distribution(case, root, form)
    yield from _phrases(case, root, form, library)
    yield from given_away(case, root, form, library)


def abnormal(case: Case, form: Form) -> list[str]:
    """The addresses at which an examination of the case has to find something abnormal, in the order of the form."""
    return [
        address
        for address, item in form.addresses.items()
        if address.partition(".")[0] not in EXAMINED_BEYOND
        and address not in case.beside
        and (finding := case.truth.findings.get(address)) is not None
        and judge_finding(finding, item, form) == "abnormal"
    ]


def _localisation(case: Case, root: Table, form: Form, library: Library) -> Found:
    for index, place in enumerate((case.key.localisation, *case.key.accept)):
        path: tuple[str | int, ...] = ("key", "localisation") if index == 0 else ("key", "accept", index - 1)
        line, level = line_at(root, path), library.level_by_id.get(place.level)
        if level is None:
            known = offered(place.level, library.level_by_id, "levels")
            yield line_at(root, (*path, "level")), f"there is no level {quoted(place.level)}; {known}"
        elif place.side == "unsaid":
            yield line, "a key says its side: R, L, both or none"
        elif place.side != "none" and not level.sided:
            yield line, f"the level '{level.id}' has no side; leave the side out"
        elif index == 0:
            yield from _sides(case, place, line, form, library)


def _sides(case: Case, place: Place, line: int, form: Form, library: Library) -> Found:
    """The side of the key against the sides of the abnormal findings."""
    signs = library.level_by_id[place.level].signs
    if place.side not in ("R", "L") or signs == "either":
        return
    there = place.side if signs == "same" else _OTHER[place.side]
    sides: list[str] = [side for address in abnormal(case, form) if (side := split_address(address)[1]) is not None]
    on, off = sides.count(there), len(sides) - sides.count(there)
    if off > on:
        yield (
            line,
            f"the key says {place.side}, so the signs should lie on {there}; "
            f"{off} abnormal findings lie on the other side and {on} there",
        )


def _critical(case: Case, root: Table, form: Form) -> Found:
    for index, each in enumerate(case.key.critical):
        line = line_at(root, ("key", "critical", index, "finding"))
        wrong = check_address(each.finding, form)
        finding = case.truth.findings.get(each.finding)
        if wrong is not None:
            yield line, wrong
        elif finding is None:
            yield line, f"the critical finding {quoted(each.finding)} is not among the findings"
        elif each.finding in case.beside:
            yield (
                line,
                f"the critical finding {quoted(each.finding)} stands under 'beside', where nobody has to find it",
            )
        elif judge_finding(finding, form.addresses[each.finding], form) != "abnormal":
            yield line, f"the critical finding {quoted(each.finding)} is not abnormal in this case"


def _red_flags(case: Case, root: Table, library: Library) -> Found:
    for index, flag in enumerate(case.key.red_flags):
        if flag.id not in library.flag_by_id:
            known = offered(flag.id, library.flag_by_id, "red flags")
            yield line_at(root, ("key", "red_flags", index)), f"there is no red flag {quoted(flag.id)}; {known}"


def _teaching(case: Case, root: Table, form: Form) -> Found:
    for index, point in enumerate(case.teaching):
        if point.source is not None and point.source not in (*MARKS, *form.bibliography):
            known = "write an id of the list of sources in form.yaml, M or D"
            yield line_at(root, ("teaching", index, "source")), f"there is no source {quoted(point.source)}; {known}"
        for name in point.about:
            if not is_known(name, form):
                line = line_at(root, ("teaching", index, "about"))
                yield line, f"there is no section or item {quoted(name)} in this form"


def _distribution(case: Case, root: Table, form: Form) -> Found:
    derived = distribution(case.truth, form).result
    if case.distribution is not None and derived != case.distribution:
        line = line_at(root, ("expect", "distribution", "result"))
        yield line, f"the key says {case.distribution}, the movements give {derived or 'none that was watched'}"


def _phrases(case: Case, root: Table, form: Form, library: Library) -> Found:
    """Whatever a learner may examine has words, and the case's own words belong to something."""
    for name in case.shown:
        if name not in form.addresses and name not in form.items:
            yield line_at(root, ("shown", name)), f"there is no item {quoted(name)} in this form"
    for address, finding in case.truth.findings.items():
        item_id, _side = split_address(address)
        if finding is library.normal.get(address) or address in case.shown or item_id in case.shown:
            continue
        for what in without_words(address, finding, form, library.phrases):
            line = line_at(root, ("findings", address if address in _keys(root) else item_id))
            yield line, f"there are no words in phrases.yaml for {what}"


def _keys(root: Table) -> dict[str, object]:
    findings = root.nodes.get("findings")
    return dict(findings.nodes) if isinstance(findings, Table) else {}

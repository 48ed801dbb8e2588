"""`forms/practice/` → `Library`: every fault with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from exam_app.core.derived.judgement import judge_finding
from exam_app.core.errors import Fault, UserError, offered, quoted
from exam_app.core.files.findings_file import read_defaults
from exam_app.core.files.yaml_text import Node, Table, line_at
from exam_app.core.form.form import Form
from exam_app.core.form.scale import Sourced
from exam_app.core.practice.eliciting import without_words
from exam_app.core.practice.faults import Faults
from exam_app.core.practice.library import Levels, Library, Mistakes, Order, RedFlags
from exam_app.core.practice.phrases import Phrases
from exam_app.core.record.record import Finding

M = TypeVar("M", bound=Sourced)
FOLDER = "practice"


def load_library(forms: Path, form: Form) -> Library:
    """What the cases below a folder of forms share. UserError `practice_refused` with every fault."""
    reading = _Reading(forms / FOLDER, form)
    library = reading.library()
    if library is None or reading.faults:
        raise UserError("practice_refused", faults=reading.faults, count=len(reading.faults))
    return library


class _Reading:
    """One pass over the folder; collects faults instead of stopping at the first."""

    def __init__(self, folder: Path, form: Form) -> None:
        self.folder = folder
        self.form = form
        self.faults: list[Fault] = []

    def library(self) -> Library | None:
        normal = self._normal()
        levels, flags = self._file("levels", Levels), self._file("red_flags", RedFlags)
        phrases, mistakes = self._file("phrases", Phrases), self._file("mistakes", Mistakes)
        order = self._file("order", Order)
        if phrases is not None:
            self._wordless(normal, phrases)
        if None in (levels, flags, phrases, mistakes, order) or self.faults:
            return None
        return Library.model_validate(
            {
                "normal": normal,
                "levels": levels,
                "red_flags": flags,
                "phrases": phrases,
                "mistakes": mistakes,
                "order": order,
            }
        )

    def _normal(self) -> Mapping[str, Finding]:
        name = "practice/normal.yaml"
        reading = Faults(name)
        root = reading.read(self.folder / "normal.yaml")
        if root is None:
            self.faults += reading.found
            return MappingProxyType({})
        try:
            normal = read_defaults((self.folder / "normal.yaml").read_bytes(), name, self.form)
        except UserError as error:
            self.faults += error.faults
            return MappingProxyType({})
        for address, finding in normal.items():
            if judge_finding(finding, self.form.addresses[address], self.form) == "abnormal":
                self.faults.append(Fault(name, f"{quoted(address)} is abnormal here; this file holds what is normal"))
        return normal

    def _wordless(self, normal: Mapping[str, Finding], phrases: Phrases) -> None:
        for address, finding in normal.items():
            for what in without_words(address, finding, self.form, phrases):
                self.faults.append(Fault("practice/phrases.yaml", f"there are no words for {what}, which is normal"))

    def _file(self, stem: str, model: type[M]) -> M | None:
        reading = Faults(f"practice/{stem}.yaml")
        root = reading.read(self.folder / f"{stem}.yaml")
        one = reading.model(model, root) if root is not None else None
        if root is not None and one is not None:
            for line, what in _faults_in(one, root, self.form):
                reading.add(line, what)
        self.faults += reading.found
        return one


def _faults_in(one: Sourced, root: Table, form: Form) -> Iterable[tuple[int, str]]:
    """What a file names that does not exist, and ids that stand twice."""
    if isinstance(one, Phrases):
        yield from _of_phrases(one, root, form)
    elif isinstance(one, Order):
        yield from _twice([step.id for step in one.steps], root, "steps")
        for index, step in enumerate(one.steps):
            yield from _unknown((step.section, *step.items), root, ("steps", index), form)
    elif isinstance(one, Mistakes):
        yield from _twice([each.id for each in one.mistakes], root, "mistakes")
        for index, each in enumerate(one.mistakes):
            when = each.when
            named = (*when.at, *when.skipped, *when.abnormal, *when.normal, *(when.before or ())) if when else ()
            yield from _unknown((*named, *each.about), root, ("mistakes", index), form)
    elif isinstance(one, Levels):
        yield from _twice([level.id for level in one.levels], root, "levels")
    elif isinstance(one, RedFlags):
        yield from _twice([flag.id for flag in one.red_flags], root, "red_flags")


def _twice(ids: list[str], root: Node, key: str) -> Iterable[tuple[int, str]]:
    for index, each in enumerate(ids):
        if each in ids[:index]:
            yield line_at(root, (key, index)), f"the id {quoted(each)} stands here again"


def _unknown(names: Iterable[str], root: Node, path: tuple[str | int, ...], form: Form) -> Iterable[tuple[int, str]]:
    for name in names:
        if not is_known(name, form):
            yield line_at(root, path), f"there is no section or item {quoted(name)} in this form"


def is_known(name: str, form: Form) -> bool:
    """Whether a name is a section, an item or an address of the form."""
    return name in form.section_by_id or name in form.items or name in form.addresses


def _of_phrases(phrases: Phrases, root: Table, form: Form) -> Iterable[tuple[int, str]]:
    for scale_id, words in phrases.scales.items():
        scale = form.scales.get(scale_id)
        if scale is None:
            known = offered(scale_id, form.scales, "scales")
            yield line_at(root, ("scales", scale_id)), f"there is no scale {quoted(scale_id)}; {known}"
            continue
        tokens = [grade.token for grade in scale.grades]
        for token in (*words.grades, *(each for block in words.alike for each in block)):
            if token not in tokens:
                line = line_at(root, ("scales", scale_id, "grades", token))
                yield line, f"{quoted(token)} is no grade of {scale.short}; {offered(token, tokens, 'grades')}"
    for table in ("items", "flags", "sides", "numbers", "lists", "cannot", "told", "untold"):
        for place in getattr(phrases, table):
            item_id, _colon, _field = place.partition(":")
            if "." in item_id and "*" not in item_id and item_id not in form.items:
                yield line_at(root, (table, place)), f"there is no item {quoted(item_id)} in this form"

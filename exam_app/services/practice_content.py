"""The cases in use and what they share: the shipped ones, and a teacher's own where they are without fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from exam_app.core.errors import Fault, UserError
from exam_app.core.form.form import Form
from exam_app.core.practice.case import Case
from exam_app.core.practice.case_file import case_files, case_id, load_case, load_cases
from exam_app.core.practice.library import Library
from exam_app.core.practice.library_file import load_library
from exam_app.services.context import Context

OWN = "practice/cases"
"""Where a teacher's own cases lie in the data folder."""


@dataclass(frozen=True)
class Content:
    """What can be practised. `fault` says why a teacher's own cases are not among the cases, or is None."""

    form: Form
    library: Library
    cases: tuple[Case, ...]
    fault: UserError | None = None

    @cached_property
    def case_by_id(self) -> Mapping[str, Case]:
        """Cases by id."""
        return {case.id: case for case in self.cases}

    def case(self, name: str) -> Case:
        """The case of this id. UserError `case_unknown`."""
        if name not in self.case_by_id:
            raise UserError("case_unknown", case=name)
        return self.case_by_id[name]


def own_cases(context: Context) -> Path:
    """The folder of a teacher's own cases."""
    return context.data_folder / OWN


def practice_content(context: Context) -> Content:
    """The cases in use. A teacher's own case at fault is left out and named; UserError `practice_refused`,
    `cases_refused` where what is shipped is at fault."""
    form, forms = context.form, context.installation.forms
    library = load_library(forms, form)
    shipped = load_cases(case_files(forms), form, library)
    own, faults = _own(sorted(own_cases(context).glob("*.yaml")), {case.id for case in shipped}, form, library)
    fault = UserError("cases_refused", faults=faults, count=len(faults)) if faults else None
    return Content(form, library, (*shipped, *own), fault)


def _own(paths: Iterable[Path], taken: set[str], form: Form, library: Library) -> tuple[list[Case], list[Fault]]:
    """A teacher's cases, each by itself, and the faults of those left out."""
    cases: list[Case] = []
    faults: list[Fault] = []
    for path in paths:
        if case_id(path) in taken:
            faults.append(Fault(path.name, f"there is a case '{case_id(path)}' already; name the file anew"))
            continue
        try:
            cases.append(load_case(path, form, library))
            taken.add(case_id(path))
        except UserError as error:
            faults += error.faults
    return cases, faults

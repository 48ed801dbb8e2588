"""`cases check` and `cases list`: every fault of case files with file and line, and the cases that can be practised."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from exam_app.cli.streams import DONE, FAULTY, print_json, say
from exam_app.core.errors import UserError
from exam_app.core.practice.case import Case
from exam_app.core.practice.case_file import case_files, load_cases
from exam_app.core.practice.library_file import load_library
from exam_app.core.words import ngettext
from exam_app.services.context import Context
from exam_app.services.practice_content import own_cases, practice_content


def cases(context: Context, options: argparse.Namespace) -> int:
    """Run the command and return the exit code."""
    return _check(context, options.paths) if options.cases_command == "check" else _list(context, as_json=options.json)


def _check(context: Context, paths: Sequence[Path]) -> int:
    """Without a path the shipped cases and a teacher's own are checked."""
    forms, own = context.installation.forms, own_cases(context)
    library = load_library(forms, context.form)
    files = _files(paths) if paths else [*case_files(forms), *sorted(own.glob("*.yaml"))]
    try:
        found = load_cases(files, context.form, library)
    except UserError as error:
        say(error)
        return FAULTY
    unreviewed = sum(1 for case in found if case.head.reviewed is None)
    counted = ngettext("{count} case, no fault", "{count} cases, no fault", len(found)).format(count=len(found))
    print(f"{counted}; not yet reviewed: {unreviewed} of {len(found)}")
    if not paths:
        print(f"own cases are read from {own}")
    return DONE


def _files(paths: Sequence[Path]) -> list[Path]:
    """The case files that some paths name: a file itself, a folder with all of its own. UserError `file_missing`."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UserError("file_missing", file=str(path))
        found += sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    return found


def _list(context: Context, *, as_json: bool) -> int:
    content = practice_content(context)
    if as_json:
        print_json([_row(case) for case in content.cases])
    else:
        for case in content.cases:
            head = case.head
            review = "reviewed" if head.reviewed is not None else "not reviewed"
            print(f"{case.id:8} {head.title:44} {head.difficulty:9} {review:13} {', '.join(head.topics)}")
    if content.fault is not None:
        say(content.fault)
        return FAULTY
    return DONE


def _row(case: Case) -> dict[str, object]:
    return {"id": case.id, **case.head.model_dump(mode="json")}

"""`forms check`: every fault of form files with file and line, and what of them is not yet clinically reviewed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from exam_app.cli.streams import DONE, FAULTY, print_json, say
from exam_app.core.errors import UserError
from exam_app.core.form.form import Form
from exam_app.services.context import Context

if TYPE_CHECKING:
    from exam_app.core.files.review import Part


def check(context: Context, options: argparse.Namespace) -> int:
    """Run the command and return the exit code. Without a path the shipped forms and the clinic's own are checked."""
    from exam_app.core.drawings.maps import check_maps

    own = context.clinic_forms
    result = DONE
    for folder in options.paths or [own if own.is_dir() else context.installation.forms]:
        try:
            form = _loaded(context, folder)
            check_maps(form, context.installation.drawings)
        except UserError as error:
            say(error)
            result = FAULTY
            continue
        if options.json:
            _print_review_as_json(form)
        elif options.review:
            _print_review(form)
        else:
            _print_counts(context, folder, form)
    if not options.paths and not own.is_dir() and not options.json:
        print(f"own forms: none; they would be read from {own}")
    return result


def _loaded(context: Context, folder: Path) -> Form:
    """A folder with a form.yaml is a whole form; any other is a clinic's own, checked with the shipped form."""
    from exam_app.core.files.loader import load_form

    if not folder.is_dir():
        raise UserError("forms_folder_missing", folder=str(folder))
    if (folder / "form.yaml").is_file() and folder != context.clinic_forms:
        return load_form(folder)
    return load_form(context.installation.forms, folder)


def _print_counts(context: Context, folder: Path, form: Form) -> None:
    from exam_app.services.clinic_forms import shipped_form

    unreviewed = sum(1 for item in form.items.values() if item.reviewed is None)
    reviews = f"not yet reviewed: {unreviewed} of {len(form.items)} items"
    if (folder / "form.yaml").is_file():
        print(f"{folder}: {len(form.items)} items, {len(form.scales)} scales, no fault; {reviews}")
        return
    shipped = shipped_form(context.installation)
    own = [
        f"{what} {len(getattr(form, what)) - len(getattr(shipped, what))}"
        for what in ("sections", "items", "scales", "tables", "scopes")
    ]
    print(f"shipped forms: {len(shipped.items)} items, {len(shipped.scales)} scales, no fault")
    print(f"own forms in {folder}: {', '.join(own)}, no fault")
    print(reviews)


def _print_review(form: Form) -> None:
    from exam_app.core.files.review import parts

    found = list(parts(form))
    print(f"{'':24}{'in all':>10}{'marked M':>10}{'reviewed':>10}{'not yet':>10}")
    for part in found:
        counts = (len(part.entries), part.marked, part.reviewed, len(part.unreviewed))
        print(f"{_title(part):24}" + "".join(f"{count:>10}" for count in counts))
    for part in found:
        if not part.unreviewed:
            continue
        print(f"\n{_title(part)}: {len(part.unreviewed)} not yet reviewed")
        for each, entry in part.unreviewed.items():
            print(f"  {each:44} {' '.join(entry.sources)}".rstrip())


def _title(part: Part) -> str:
    """The items of a section, or a library."""
    return part.name if part.kind == part.name else f"{part.kind}, {part.name}"


def _print_review_as_json(form: Form) -> None:
    from exam_app.core.files.review import as_json

    print_json(as_json(form))

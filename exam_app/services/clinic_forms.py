"""The form in use: the shipped one, and a clinic's own files where there are any and they are without fault."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from exam_app.core.errors import UserError
from exam_app.core.files.compiled import read_compiled
from exam_app.core.form.form import Form
from exam_app.core.model import Model
from exam_app.services.installation import Installation

COMPILED = "forms.json"
"""The compiled form beside the clinic's folder, so that a start reads no YAML."""


@dataclass(frozen=True, slots=True)
class FormInUse:
    """The form, and why the clinic's own files are not in it where they are at fault."""

    form: Form
    fault: UserError | None = None


class _Compiled(Model):
    """The compiled form of shipped and own files, for the version of the application that made it."""

    app_version: str
    form: Form


def form_in_use(place: Installation, own: Path, app_version: str) -> FormInUse:
    """The form with the clinic's `own` files, a folder that need not be there; where those are at fault, the shipped
    form alone.

    Raises UserError `form_refused` where a shipped form file of a checkout is at fault.
    """
    if not own.is_dir():
        return FormInUse(shipped_form(place))
    try:
        return FormInUse(_with_clinic(place, own, app_version))
    except UserError as error:
        shipped = shipped_form(place)
        return FormInUse(shipped, UserError("clinic_forms_refused", faults=error.faults, count=len(error.faults)))


def shipped_form(place: Installation) -> Form:
    """The shipped form alone, compiled. UserError as `form_in_use`."""
    return read_compiled(place.compiled, None if place.is_final else place.forms)


def _with_clinic(place: Installation, own: Path, app_version: str) -> Form:
    """The form of shipped and own files, compiled again only after a change. UserError `form_refused`."""
    from exam_app.core.drawings.maps import check_maps
    from exam_app.core.files.loader import content_hash, load_form

    compiled = own.parent / COMPILED
    # A file that cannot be read is no reason to stop here: `load_form` names it.
    with suppress(OSError, ValueError):
        known = _Compiled.model_validate_json(compiled.read_bytes())
        files = content_hash(place.forms, own)
        if known.app_version == app_version and known.form.files_hash == files:
            return known.form
    form = load_form(place.forms, own)
    check_maps(form, place.drawings)
    with suppress(OSError):  # a read-only folder only costs the next start its speed
        _keep(compiled, _Compiled(app_version=app_version, form=form))
    return form


def _keep(compiled: Path, known: _Compiled) -> None:
    """Written like the records beside it: whole or not at all, and for its owner alone."""
    from exam_app.store import place

    fresh = compiled.with_suffix(".new")
    place.write_private(fresh, known.model_dump_json(exclude_defaults=True).encode())
    place.replace(fresh, compiled)

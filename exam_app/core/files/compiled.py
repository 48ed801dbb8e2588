"""The form compiled to one JSON text: reading it takes milliseconds where the YAML takes tenths of a second."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from exam_app.core.files.loader import content_hash, load_form
from exam_app.core.form.form import Form


def compile_forms(forms_folder: Path, out_file: Path) -> None:
    """Load a form folder and write it as JSON. Raises UserError as `load_form` does; then nothing is written."""
    text = form_to_json(load_form(forms_folder))
    out_file.parent.mkdir(parents=True, exist_ok=True)
    fresh = out_file.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(out_file)


def form_to_json(form: Form) -> str:
    """The form as JSON; defaults are left out."""
    return form.model_dump_json(exclude_defaults=True)


def kept_json(form: Form) -> str:
    """The form as a store keeps it under its hash: without the hash of its files, which a comment in them changes."""
    return form.model_dump_json(exclude_defaults=True, exclude={"files_hash"})


def form_from_json(text: str | bytes) -> Form:
    """A form from its JSON. Raises pydantic's ValidationError if it is none."""
    return Form.model_validate_json(text)


def read_compiled(compiled_file: Path, forms_folder: Path | None) -> Form:
    """The compiled form; where the folder is given and has changed since, it is compiled again first.

    Raises UserError as `load_form` does.
    """
    if compiled_file.is_file():
        try:
            form = form_from_json(compiled_file.read_bytes())
        except ValidationError:
            if forms_folder is None:
                raise
        else:
            if forms_folder is None or form.files_hash == content_hash(forms_folder):
                return form
    if forms_folder is None:
        raise FileNotFoundError(compiled_file)
    form = load_form(forms_folder)
    try:
        compiled_file.parent.mkdir(parents=True, exist_ok=True)
        compiled_file.write_text(form_to_json(form), encoding="utf-8")
    except OSError:
        return form  # a read-only place only costs the next start its speed
    return form

"""The clinic's settings, kept as one file in the data folder; nothing of a patient is in it."""

from __future__ import annotations

from pydantic import ValidationError

from exam_app.core.clinic import Clinic
from exam_app.core.errors import UserError
from exam_app.services.context import Context
from exam_app.services.files import write_whole

FILE = "clinic.json"


def clinic(context: Context) -> Clinic:
    """The settings, or the usual ones where none were kept. UserError `clinic_unreadable` where the file is damaged."""
    path = context.data_folder / FILE
    try:
        return Clinic.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Clinic()
    except (OSError, ValidationError):
        raise UserError("clinic_unreadable", file=str(path)) from None


def keep_clinic(context: Context, settings: Clinic) -> None:
    """Keep the settings. UserError `file_unwritable`; then the file is as it was."""
    write_whole(context.data_folder / FILE, (settings.model_dump_json(indent=1) + "\n").encode())

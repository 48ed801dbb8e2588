"""The composition root: what the application is made of, passed in from here and nowhere else."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from exam_app import __version__
from exam_app.services.installation import Installation, find_installation

if TYPE_CHECKING:
    from exam_app.core.errors import UserError
    from exam_app.core.form.form import Form
    from exam_app.services.clinic_forms import FormInUse
    from exam_app.store.keys import Cost

DATA_FOLDER_VARIABLE = "EXAM_APP_DATA"
"""Names another folder for the store, for a demonstration or a second installation."""


def local_now() -> datetime.datetime:
    """The present time with the computer's offset from UTC, to the second."""
    return datetime.datetime.now().astimezone().replace(microsecond=0)


def random_id() -> str:
    """A new record id."""
    import uuid

    return uuid.uuid4().hex


def usual_data_folder() -> Path:
    """Where this user's store lies."""
    named = os.environ.get(DATA_FOLDER_VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("exam_app", appauthor=False))


@dataclass
class Context:
    """Everything that use cases need from outside: files, folder, clock, ids, version."""

    installation: Installation = field(default_factory=find_installation)
    data_folder: Path = field(default_factory=usual_data_folder)
    now: Callable[[], datetime.datetime] = local_now
    new_id: Callable[[], str] = random_id
    app_version: str = __version__
    key_cost: Cost | None = None
    """What a guess at a new passphrase costs; None is the usual cost. Tests take a cheap one."""

    @property
    def is_first_start(self) -> bool:
        """Whether the data folder holds no store yet. Loads only the standard library: the unlock dialog asks."""
        from exam_app.store.place import is_new

        return is_new(self.data_folder)

    @cached_property
    def form(self) -> Form:
        """The form in use, with the clinic's own files. UserError `form_refused` where a form file of a checkout is at
        fault.
        """
        return self._form_in_use.form

    @property
    def form_fault(self) -> UserError | None:
        """Why the clinic's own form files are not in use, or None."""
        return self._form_in_use.fault

    @property
    def known_form_fault(self) -> UserError | None:
        """The same where the form has been read already, and None where nothing has asked for it."""
        known: FormInUse | None = vars(self).get("_form_in_use")
        return known.fault if known is not None else None

    @property
    def clinic_forms(self) -> Path:
        """Where a clinic's own form files lie, if it has any."""
        return self.data_folder / "forms"

    @cached_property
    def _form_in_use(self) -> FormInUse:
        from exam_app.services.clinic_forms import form_in_use

        return form_in_use(self.installation, self.clinic_forms, self.app_version)

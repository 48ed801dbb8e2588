"""The language of the application: the user's, where there is a catalogue for it, and English otherwise."""

from __future__ import annotations

import gettext
from pathlib import Path

from exam_app.core import words

DOMAIN = "exam_app"


def choose_language(resources: Path) -> None:
    """Take the words from the catalogue in `resources/locale` that fits the environment's language, if there is one."""
    words.use(gettext.translation(DOMAIN, resources / "locale", fallback=True))

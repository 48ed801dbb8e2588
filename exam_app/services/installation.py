"""Where the application's own files lie: inside the installed package, or in a checkout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Installation:
    """The form files, their compiled JSON and the resources. In a wheel the compiled form is complete and final;
    in a checkout it is made again whenever a form file changes."""

    forms: Path
    compiled: Path
    resources: Path
    is_final: bool

    @property
    def drawings(self) -> Path:
        """The drawings of maps and figures."""
        return self.resources / "drawings"


def find_installation() -> Installation:
    """The files of this installation."""
    data = _PACKAGE / "_data"
    if (data / "forms.json").is_file():
        return Installation(data / "forms", data / "forms.json", data / "resources", is_final=True)
    root = _PACKAGE.parent
    return Installation(root / "forms", root / "build" / "forms.json", root / "resources", is_final=False)

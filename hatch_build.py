"""The build step of the wheel: compiles the forms to one JSON, so that the application reads no YAML at its start."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileForms(BuildHookInterface[Any]):
    """Puts `exam_app/_data/forms.json` into the wheel; a faulty form fails the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles into a temporary folder; an editable install reads the YAML of the checkout and needs none."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        # The package that is being built.
        from exam_app.core.errors import UserError
        from exam_app.core.files.compiled import compile_forms
        from exam_app.core.messages import sentence

        self._folder = tempfile.TemporaryDirectory()
        compiled = Path(self._folder.name) / "forms.json"
        try:
            compile_forms(root / "forms", compiled)
        except UserError as error:
            self.app.abort("\n".join([sentence(error), *map(str, error.faults)]))
        build_data["force_include"][str(compiled)] = "exam_app/_data/forms.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes the temporary folder after the wheel is written."""
        if self.target_name == "wheel" and version != "editable":
            self._folder.cleanup()

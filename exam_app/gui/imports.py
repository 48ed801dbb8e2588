"""Keeps PySide6 from reading the source of every module that is imported after it.

It looks there for its own name, to know where its optional features (`from __feature__ import ...`) could be in force,
and the source stays in memory: 10 MiB and a third of the time of all imports. These features are not used here.
"""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401 - what is changed below exists from then on


def leave_sources_unread() -> None:
    """Answer for PySide6 that no module uses its features. A version of PySide6 that does not ask is left alone."""
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = _uses_no_features


def _uses_no_features(_module: object) -> bool:
    return False

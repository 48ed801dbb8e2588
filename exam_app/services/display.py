"""Whether there is a screen to open windows on."""

from __future__ import annotations

import os
import sys


def has_display() -> bool:
    """Whether windows can be opened. Qt ends the process where they cannot, so it is asked before Qt is loaded."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))

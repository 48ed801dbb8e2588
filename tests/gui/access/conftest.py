"""The examination screen as in the tests of it."""

from __future__ import annotations

from tests.gui.exam.conftest import context, form, new_exam, open_window, records, typist, window

__all__ = ["context", "form", "new_exam", "open_window", "records", "typist", "window"]

"""What is loaded while the passphrase is typed."""

from __future__ import annotations

from importlib import import_module

from exam_app.services.context import Context

_WANTED = (
    "exam_app.services.exams",
    "sqlcipher3",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.argon2",
)
"""Imported where they are used; here only so that they are in memory by then."""


def preload(context: Context) -> None:
    """Import what unlocking and the lists need, and read the form. UserError `form_refused` as `Context.form`."""
    for name in _WANTED:
        import_module(name)
    _ = context.form

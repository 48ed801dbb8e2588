"""What is loaded only when a window calls for it, so that nothing heavy comes before the first one is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exam_app.services.context import Context
    from exam_app.services.exams import Exams


class StoreDoor:
    """Opens the records of a context. Called in jobs; the store and its libraries are loaded at the first call."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def unlock(self, passphrase: str) -> Exams:
        """The records, opened with the passphrase."""
        from exam_app.services import exams

        return exams.unlock(self._context, passphrase)

    def create(self, passphrase: str) -> tuple[Exams, str]:
        """New records and their recovery key."""
        from exam_app.services import exams

        return exams.create(self._context, passphrase)

    def recover(self, recovery_key: str, passphrase: str) -> Exams:
        """The records, opened with the recovery key; the passphrase is the new one."""
        from exam_app.services import exams

        return exams.unlock_with_recovery_key(self._context, recovery_key, passphrase)


def check_passphrase(context: Context, passphrase: str) -> None:
    """UserError where it is not the passphrase of the open records."""
    from exam_app.services import exams

    exams.check_passphrase(context, passphrase)


def load_the_rest(context: Context) -> None:
    """Load what the windows after the first one need: the form and the libraries of the store."""
    from exam_app.services.preload import preload

    preload(context)


def import_windows() -> None:
    """Load the windows after the first one. In the windows' own thread."""
    import exam_app.gui.exam.exam_window
    import exam_app.gui.shell.home
    import exam_app.gui.shell.new_exam  # noqa: F401


def write_crash(context: Context, error: BaseException) -> Any:
    """Write a crash file; loaded only when there is a crash."""
    from exam_app.services.crash_reports import write_crash_file

    return write_crash_file(context, error)

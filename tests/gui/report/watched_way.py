"""Goes the way of a report in a process that Linux ends at once if it opens a socket, in Python or in a library, and
that ends at a file which Python opens for writing anywhere else than it was told.

    python -m tests.gui.report.watched_way FOLDER [LAST]

Unlocks records, examines, looks at the report, saves it with and without a password and copies the note in three ways,
all below FOLDER. LAST is what comes at the end: `print` prints into a file, for which Linux must ask the print service
of the computer, so that local sockets are allowed; `python` and `library` open a socket and `file` opens a temporary
file, to show that it would be seen.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

WROTE = 3
"""The exit code after a file was opened where none should be."""
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_SOCKET = {"x86_64": 41, "aarch64": 198}
_END_PROCESS, _ALLOW = 0x80000000, 0x7FFF0000
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _FIRST_ARGUMENT = 0, 16
_LOCAL = 1


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("value", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


def forbid_sockets(*, but_local: bool) -> None:
    """From now on the kernel ends this process at the system call `socket`, but for a local one if that is allowed."""
    steps = (_Instruction * 6)(
        _Instruction(_LOAD, 0, 0, _NUMBER),
        _Instruction(_JUMP_IF_EQUAL, 0, 3, _SOCKET[platform.machine()]),
        _Instruction(_LOAD, 0, 0, _FIRST_ARGUMENT),
        _Instruction(_JUMP_IF_EQUAL, 1 if but_local else 0, 0, _LOCAL),
        _Instruction(_RETURN, 0, 0, _END_PROCESS),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    )
    libc = ctypes.CDLL(None)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(
        _SECCOMP, _FILTER, ctypes.byref(_Program(len(steps), steps)), 0, 0
    ):
        raise OSError("the kernel takes no filter")


def forbid_files(*, but_below: Path) -> None:
    """From now on Python ends this process where it opens a file for writing that does not lie below a folder."""
    writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT

    def look(event: str, arguments: tuple[object, ...]) -> None:
        if event != "open" or not isinstance(arguments[0], str | bytes | os.PathLike):
            return
        flags, path = arguments[2], Path(os.fsdecode(arguments[0]))
        if (
            isinstance(flags, int)
            and flags & writes
            and not path.is_relative_to(but_below)
            and path != Path(os.devnull)
        ):
            os.write(2, f"{path} was opened for writing\n".encode())
            os._exit(WROTE)

    sys.addaudithook(look)


def go(folder: Path, *, prints: bool) -> None:
    """From the passphrase to the copied note, and to the print."""
    from PySide6.QtWidgets import QApplication

    from exam_app.core.record.values import GradeValue
    from exam_app.gui.exam.exam_window import ExamWindow
    from exam_app.services import exams
    from exam_app.services.context import Context
    from tests.gui.exam.conftest import CHEAP, ENCOUNTER, PASSPHRASE, PATIENT

    application = QApplication([])

    def wait(condition: Callable[[], object]) -> None:
        while not condition():
            application.processEvents()

    context = Context(data_folder=folder / "records", key_cost=CHEAP)
    exams.create(context, PASSPHRASE)[0].close()
    records = exams.unlock(context, PASSPHRASE)
    window = ExamWindow(records.begin(PATIENT, ENCOUNTER, "full"), context)
    window.show()
    window.bridge.answer({"strength.triceps.R": GradeValue(scale="mrc/1", token="4-")})
    window.commands.report()
    report = window.commands.report_dialog
    assert report is not None
    wait(lambda: report.pdf is not None)
    report.grab()
    report.save(str(folder / "report.pdf"))
    wait(lambda: not window.jobs.busy)
    report.options.protect.click()
    for line in (report.options.password, report.options.again):
        line.setText("a password to send")
    report.save(str(folder / "protected.pdf"))
    wait(lambda: not window.jobs.busy)
    for copy in (report.copy_formatted, report.copy_plain, report.copy_ascii):
        copy.click()
        wait(lambda: not window.jobs.busy)
    if prints:
        from PySide6.QtPrintSupport import QPrinter

        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(folder / "printed.pdf"))
        report.print_on(printer)
    report.reject()
    window.close()
    records.close()


def main(folder: Path, last: str = "") -> None:
    """Forbid sockets and files, then go."""
    forbid_sockets(but_local=last == "print")
    forbid_files(but_below=folder)
    go(folder, prints=last == "print")
    if last == "python":
        import socket

        socket.socket()
    elif last == "library":
        ctypes.CDLL(None).socket(2, 1, 0)
    elif last == "file":
        import tempfile

        with tempfile.TemporaryFile():
            pass


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])

"""Reading from files or standard input, writing to files or standard output, speaking on standard error."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from exam_app.core.errors import UserError
from exam_app.core.files.record_file import record_from_json
from exam_app.core.messages import sentence
from exam_app.core.record.record import ExamRecord
from exam_app.core.words import _
from exam_app.services.context import Context
from exam_app.services.files import read_file, write_whole

DONE, FAULTY, USAGE, INTERRUPTED = 0, 1, 2, 130


def say(error: UserError) -> None:
    """Every fault on its line, then the sentence."""
    for fault in error.faults:
        print(fault, file=sys.stderr)
    print(sentence(error), file=sys.stderr)


def read_input(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. UserError `file_missing`, `file_unreadable`."""
    if name == "-":
        return sys.stdin.buffer.read()
    return read_file(name)


def name_of(name: str) -> str:
    """What an input is called in messages."""
    return _("standard input") if name == "-" else name


def write_output(name: str, data: bytes) -> None:
    """Write a file whole, or to standard output for `-`."""
    if name == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    write_whole(Path(name), data)


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """A JSON value on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=indent))


def read_record(context: Context, name: str) -> ExamRecord:
    """The valid record in a file or on standard input. UserError `record_refused` with every fault."""
    return record_from_json(read_input(name), context.form, name_of(name))

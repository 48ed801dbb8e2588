"""`verify`: whether a report that comes back is the one that was exported."""

from __future__ import annotations

import argparse
import getpass
import sys

from exam_app.cli.exporting import password_in
from exam_app.cli.streams import DONE, FAULTY, read_input, say
from exam_app.core.errors import UserError
from exam_app.core.words import _
from exam_app.services.context import Context
from exam_app.services.exams import Exams, unlock
from exam_app.services.files import read_file
from exam_app.services.reports import Verdict, sentences, verify


def verify_file(context: Context, options: argparse.Namespace) -> int:
    """`verify`: 0 where the file is the one that was exported or, where no records were opened, where its pages and
    data agree; 1 otherwise. What is known and what cannot be checked is said in sentences."""
    pdf, name = read_input(options.report), options.report
    exams = _records(context, options.passphrase_file)
    try:
        found = _verdict(context, pdf, name, password_in(options.password_file), exams)
    finally:
        if exams is not None:
            exams.close()
    for told in sentences(context, found):
        print(told)
    return DONE if found.holds else FAULTY


def _verdict(context: Context, pdf: bytes, name: str, password: str | None, exams: Exams | None) -> Verdict:
    found = verify(context, pdf, name, password=password, exams=exams)
    if found.agreement == "locked" and sys.stdin.isatty():
        asked = getpass.getpass(_("Password of the report (empty: leave it closed): "))
        if asked:
            return verify(context, pdf, name, password=asked, exams=exams)
    return found


def _records(context: Context, file: str | None) -> Exams | None:
    """The records, opened with the passphrase in a file or typed at the terminal; None where there are none or none
    are wanted. Records that are open in a window are only a remark where nobody named a passphrase."""
    if file is not None:
        if context.is_first_start:
            raise UserError("records_missing", folder=str(context.data_folder))
        return unlock(context, _passphrase_in(file))
    if context.is_first_start or not sys.stdin.isatty():
        return None
    asked = getpass.getpass(_("Passphrase of the records (empty: do not open them): "))
    try:
        return unlock(context, asked) if asked else None
    except UserError as error:
        if error.code != "store_in_use":
            raise
        say(error)
        return None


def _passphrase_in(file: str) -> str:
    try:
        lines = read_file(file).decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise UserError("file_unreadable", file=file) from None
    return lines[0] if lines else ""

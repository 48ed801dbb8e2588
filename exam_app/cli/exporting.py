"""`export`: one record to a file, or many records to a folder. Every record is checked before anything is written."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from exam_app.cli.streams import DONE, FAULTY, INTERRUPTED, USAGE, read_record, say, write_output
from exam_app.core.errors import Fault, UserError
from exam_app.core.words import _
from exam_app.services.batch import Batch, Job, Task, Wanted, check, report_bytes, write
from exam_app.services.context import Context
from exam_app.services.export import usable_password
from exam_app.services.files import make_folder, read_file

ENDINGS = {"pdf": ".pdf", "text": ".txt", "json": ".json"}


def export(context: Context, options: argparse.Namespace) -> int:
    """Run the command and return the exit code."""
    if options.password_file is not None and options.format != "pdf":
        print(_("Only a PDF can have a password. Nothing was written."), file=sys.stderr)
        return USAGE
    wanted = Wanted(
        options.format, options.style, options.ascii, options.data, options.page, password_in(options.password_file)
    )
    if len(options.records) == 1:
        return _export_one(context, options, wanted)
    if "-" in options.records:
        raise UserError("input_alone")
    jobs = [Job(name, place) for name, place in _places(options).items()]
    try:
        with Batch(context, jobs, wanted) as batch:
            if _failed(batch, check, len(jobs), _("checking")):
                return FAULTY
            make_folder(Path(options.out))
            failed = _failed(batch, write, len(jobs), _("writing"))
    except KeyboardInterrupt:
        print(_("Interrupted. Every report that was written is whole."), file=sys.stderr)
        return INTERRUPTED
    if failed:
        say(UserError("not_exported", done=len(jobs) - failed, total=len(jobs)))
    return FAULTY if failed else DONE


def password_in(file: str | None) -> str | None:
    """The first line of a file as a password, None without a file. On the command line itself it could be read by every
    user of the computer, and would stay in the shell's history. UserError as `read_file` and `usable_password`."""
    if file is None:
        return None
    try:
        lines = read_file(file).decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise UserError("file_unreadable", file=file) from None
    return usable_password(lines[0] if lines else "")


def _export_one(context: Context, options: argparse.Namespace, wanted: Wanted) -> int:
    (name,) = options.records
    record = read_record(context, name)
    report, out = report_bytes(context, record, wanted), Path(options.out)
    if options.out.endswith(("/", os.sep)):
        make_folder(out)
    place = str(out / (Path(name).stem + ENDINGS[wanted.format])) if out.is_dir() else options.out
    write_output(place, report)
    return DONE


def _failed(batch: Batch, task: Task, count: int, what: str) -> int:
    """Run a step with a progress bar, say each error in the order of the records, and count them."""
    from tqdm import tqdm

    errors = [error for error in tqdm(batch.run(task), what, count, leave=False, unit="report") if error is not None]
    for error in errors:
        say(error)
    return len(errors)


def _places(options: argparse.Namespace) -> dict[str, str]:
    """Where each report goes: to the folder, under the record's name. Two must not share a name there."""
    out = Path(options.out)
    places = {name: str(out / (Path(name).stem + ENDINGS[options.format])) for name in options.records}
    if len(set(places.values())) != len(options.records):
        doubled = sorted({place for place in places.values() if list(places.values()).count(place) > 1})
        faults = [Fault(place, "two records would be written here") for place in doubled] or [
            Fault(options.out, "a record is named twice")
        ]
        raise UserError("same_name_twice", faults=faults)
    return places

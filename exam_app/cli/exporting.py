"""`export`: one record to a file, or many records to a folder. Every record is checked before anything is written."""

from __future__ import annotations

import argparse
from pathlib import Path

from exam_app.cli.streams import DONE, FAULTY, read_record, say, write_output
from exam_app.core.errors import Fault, UserError
from exam_app.core.record import ExamRecord
from exam_app.core.record_file import record_to_json
from exam_app.services.context import Context
from exam_app.services.export import note_text, pdf_bytes

ENDINGS = {"pdf": ".pdf", "text": ".txt", "json": ".json"}


def export(context: Context, options: argparse.Namespace) -> int:
    """Run the command and return the exit code."""
    records: dict[str, ExamRecord] = {}
    faulty = False
    for name in options.records:
        try:
            records[name] = read_record(context, name)
        except UserError as error:
            say(error)
            faulty = True
    if faulty:
        return FAULTY
    places = _places(options)
    if len(records) == 1:
        ((name, record),) = records.items()
        write_output(places[name], report_bytes(context, record, options))
        return DONE
    from tqdm import tqdm

    for name, record in tqdm(records.items(), unit="report", leave=False):
        write_output(places[name], report_bytes(context, record, options))
    return DONE


def _places(options: argparse.Namespace) -> dict[str, str]:
    """Where each report goes. Many records need a folder, made if missing; two must not share a name there."""
    out = Path(options.out)
    if len(options.records) == 1 and not out.is_dir():
        return {options.records[0]: options.out}
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError("folder_missing", folder=options.out) from None
    places = {name: str(out / (Path(name).stem + ENDINGS[options.format])) for name in options.records}
    if len(set(places.values())) != len(options.records):
        doubled = sorted({place for place in places.values() if list(places.values()).count(place) > 1})
        faults = [Fault(place, "two records would be written here") for place in doubled] or [
            Fault(options.out, "a record is named twice")
        ]
        raise UserError("same_name_twice", faults=faults)
    return places


def report_bytes(context: Context, record: ExamRecord, options: argparse.Namespace) -> bytes:
    """The report in the format that was asked for."""
    if options.format == "pdf":
        return pdf_bytes(context, record, context.form)
    if options.format == "json":
        return (record_to_json(record) + "\n").encode()
    return note_text(context, record, context.form, options.style, ascii_only=options.ascii).encode()

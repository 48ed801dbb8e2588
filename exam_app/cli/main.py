"""Runs one command. Expected errors end as sentences with exit 1; anything else as one sentence and a crash file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from exam_app.cli.arguments import parser
from exam_app.cli.exporting import export
from exam_app.cli.streams import (
    DONE,
    FAULTY,
    INTERRUPTED,
    USAGE,
    name_of,
    print_json,
    read_input,
    read_record,
    say,
    write_output,
)
from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.services.context import Context
from exam_app.services.language import choose_language


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code."""
    _speak_utf8()
    root = parser()
    options = root.parse_args(arguments)
    command = COMMANDS.get(options.command)
    if command is None:
        root.print_usage(sys.stderr)
        return USAGE
    context = Context()
    choose_language(context.installation.resources)
    try:
        return command(context, options)
    except UserError as error:
        say(error)
        return FAULTY
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last door: no traceback may reach a user
        return _say_crash(context, error)
    finally:
        if context.known_form_fault is not None and not sys.stderr.closed:
            print(sentence(context.known_form_fault), file=sys.stderr)


def _say_crash(context: Context, error: Exception) -> int:
    """One sentence and a crash file, which names types and lines of code and no values."""
    from exam_app.services.crash_reports import write_crash_file

    file = write_crash_file(context, error)
    say(UserError("crashed", file=str(file)) if file is not None else UserError("crashed_without_file"))
    return FAULTY


def say_no_display() -> int:
    """Windows were asked for where there is no display."""
    say(UserError("no_display"))
    return FAULTY


def _speak_utf8() -> None:
    """Records hold any script, whatever the terminal's locale; what cannot be shown is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _items(context: Context, options: argparse.Namespace) -> int:
    from exam_app.services.listing import item_rows, item_table

    rows = item_rows(context.form)
    if options.json:
        print_json(rows)
    else:
        print(item_table(rows))
    return DONE


def _forms(context: Context, options: argparse.Namespace) -> int:
    from exam_app.cli.forms_check import check
    from exam_app.core.form.form_schema import section_schema

    if options.forms_command == "schema":
        print_json(section_schema())
        return DONE
    return check(context, options)


def _cases(context: Context, options: argparse.Namespace) -> int:
    from exam_app.cli.cases import cases

    return cases(context, options)


def _record(context: Context, options: argparse.Namespace) -> int:
    from exam_app.core.files.findings_file import read_findings
    from exam_app.core.files.record_file import record_to_json

    record = read_findings(read_input(options.findings), name_of(options.findings), context.form)
    write_output(options.out, (record_to_json(record) + "\n").encode())
    return DONE


def _validate(context: Context, options: argparse.Namespace) -> int:
    result = DONE
    for name in options.records:
        try:
            read_record(context, name)
            print(f"{name_of(name)}: valid")
        except UserError as error:
            say(error)
            result = FAULTY
    return result


def _schema(_context: Context, _options: argparse.Namespace) -> int:
    from exam_app.core.record.record import ExamRecord

    print_json(ExamRecord.model_json_schema())
    return DONE


def _derive(context: Context, options: argparse.Namespace) -> int:
    from exam_app.core.derived.derived import derived
    from exam_app.core.files.record_file import record_from_json

    if options.jsonl == (options.record is not None):
        print("Name one record, or give --jsonl and the records on standard input.", file=sys.stderr)
        return USAGE
    if not options.jsonl:
        print_json(derived(read_record(context, options.record), context.form))
        return DONE
    result = DONE
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            record = record_from_json(line, context.form, f"line {number}")
        except UserError as error:
            say(error)
            result = FAULTY
            continue
        print_json(derived(record, context.form), indent=None)
    return result


def _mirror(context: Context, options: argparse.Namespace) -> int:
    from exam_app.core.files.record_file import record_to_json
    from exam_app.core.record.mirror import mirrored

    record = mirrored(read_record(context, options.record))
    write_output(options.out, (record_to_json(record) + "\n").encode())
    return DONE


def _verify(context: Context, options: argparse.Namespace) -> int:
    from exam_app.cli.verifying import verify_file

    return verify_file(context, options)


def _open(context: Context, options: argparse.Namespace) -> int:
    from exam_app.services.display import has_display

    if not has_display():
        return say_no_display()
    from exam_app.gui.reported.app import show_file

    show_file(context, options.report)
    return DONE


def _blank(context: Context, options: argparse.Namespace) -> int:
    from exam_app.services.blank_form import blank_bytes

    write_output(options.out, blank_bytes(context, options.scope, page=options.page))
    return DONE


def _demo(_context: Context, options: argparse.Namespace) -> int:
    from exam_app.gui.demo import run_demo

    run_demo(options.out)
    return DONE


COMMANDS: dict[str | None, Callable[[Context, argparse.Namespace], int]] = {
    "items": _items,
    "forms": _forms,
    "cases": _cases,
    "record": _record,
    "validate": _validate,
    "schema": _schema,
    "derive": _derive,
    "export": export,
    "blank": _blank,
    "mirror": _mirror,
    "verify": _verify,
    "open": _open,
    "demo": _demo,
}

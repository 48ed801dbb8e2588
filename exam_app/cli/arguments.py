"""The commands and their arguments."""

from __future__ import annotations

import argparse
from pathlib import Path

from exam_app import __version__
from exam_app.core.words import _


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line. Wrong usage ends with exit 2."""
    root = argparse.ArgumentParser(
        prog="exam-app",
        description=_(
            "The neurological examination: records, reports and forms. Without a command the application opens."
        ),
    )
    root.add_argument("--version", action="version", version=f"exam-app {__version__}")
    commands = root.add_subparsers(dest="command", metavar=_("COMMAND"))
    items = commands.add_parser("items", help=_("list every item of the form"))
    items.add_argument("--json", action="store_true", help=_("as JSON, one object an item"))
    _forms(commands.add_parser("forms", help=_("work on form files")))
    _cases(commands.add_parser("cases", help=_("work on the teaching cases of practice")))
    record = commands.add_parser("record", help=_("build a record from a findings file"))
    record.add_argument("findings", metavar="FINDINGS.yaml")
    record.add_argument(
        "-o", "--out", required=True, metavar="RECORD.json", help=_("where to write; - for standard output")
    )
    validate = commands.add_parser("validate", help=_("check records"))
    validate.add_argument("records", nargs="+", metavar="RECORD.json")
    commands.add_parser("schema", help=_("print the JSON Schema of a record"))
    derive = commands.add_parser("derive", help=_("print what follows from a record"))
    derive.add_argument("record", nargs="?", metavar="RECORD.json")
    derive.add_argument(
        "--jsonl", action="store_true", help=_("one record a line on standard input, one result a line")
    )
    _export(commands.add_parser("export", help=_("write reports")))
    _verify(commands.add_parser("verify", help=_("say whether a report is the one that was exported")))
    show = commands.add_parser("open", help=_("show in a window what a report says, read-only"))
    show.add_argument("report", metavar="REPORT.pdf")
    _blank(commands.add_parser("blank", help=_("write a blank form for paper")))
    mirror = commands.add_parser("mirror", help=_("exchange right and left"))
    mirror.add_argument("record", metavar="RECORD.json")
    mirror.add_argument("-o", "--out", required=True, metavar="OUT", help=_("where to write; - for standard output"))
    demo = commands.add_parser("demo", help=_("walk a sample patient through the windows"))
    demo.add_argument("--out", required=True, type=Path, metavar="DIR")
    return root


def _forms(forms: argparse.ArgumentParser) -> None:
    commands = forms.add_subparsers(dest="forms_command", metavar=_("COMMAND"), required=True)
    check = commands.add_parser("check", help=_("check form files"))
    check.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help=_("a folder; without it the shipped and the clinic's own forms"),
    )
    check.add_argument("--review", action="store_true", help=_("list what is not yet clinically reviewed"))
    check.add_argument("--json", action="store_true", help=_("the same list as JSON"))
    commands.add_parser("schema", help=_("print the JSON Schema of a section file, for editors"))


def _cases(cases: argparse.ArgumentParser) -> None:
    commands = cases.add_subparsers(dest="cases_command", metavar=_("COMMAND"), required=True)
    check = commands.add_parser("check", help=_("check case files"))
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help=_("files or folders; without them every case in use")
    )
    listed = commands.add_parser("list", help=_("list the cases that can be practised"))
    listed.add_argument("--json", action="store_true", help=_("as JSON, one object a case"))


def _verify(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("report", metavar="REPORT.pdf", help=_("the file; - for standard input"))
    verify.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help=_("the first line of FILE opens the records, which know what was exported; without it the terminal asks"),
    )
    verify.add_argument("--password-file", metavar="FILE", help=_("the first line of FILE opens the report"))


def _export(export: argparse.ArgumentParser) -> None:
    export.add_argument("records", nargs="+", metavar="RECORD.json")
    export.add_argument("--format", required=True, choices=("pdf", "text", "json"))
    export.add_argument(
        "-o",
        "--out",
        required=True,
        metavar="OUT",
        help=_("a file; or a folder, which for one record ends in /"),
    )
    export.add_argument("--style", choices=("bullets", "prose", "handover"), default="bullets", help=_("of the text"))
    export.add_argument("--ascii", action="store_true", help=_("plain ASCII, 80 columns"))
    export.add_argument(
        "--data",
        action=argparse.BooleanOptionalAction,
        help=_("attach to the PDF as data what it says; without either as the clinic has set"),
    )
    export.add_argument("--page", choices=("A4", "Letter"), help=_("the PDF's paper; otherwise as the clinic has set"))
    export.add_argument(
        "--password-file",
        metavar="FILE",
        help=_("the first line of FILE opens the PDF; on the command line others could read the password"),
    )


def _blank(blank: argparse.ArgumentParser) -> None:
    blank.add_argument("--scope", default="full", metavar="SCOPE", help=_("which items; without it all of them"))
    blank.add_argument("--page", choices=("A4", "Letter"), help=_("the paper; without it what the clinic sets"))
    blank.add_argument("-o", "--out", required=True, metavar="OUT.pdf", help=_("where to write; - for standard output"))

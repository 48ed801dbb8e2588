"""The source files of the project as syntax trees, for the tests of the house rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def sources(folder: str) -> tuple[tuple[Path, ast.Module], ...]:
    """Every Python file below a folder of the project, with its syntax tree."""
    files = sorted((ROOT / folder).rglob("*.py"))
    return tuple((file, ast.parse(file.read_text(encoding="utf-8"), str(file))) for file in files)


def calls(folder: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call in the files below a folder."""
    for file, tree in sources(folder):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield file, node


def called_name(call: ast.Call) -> str:
    """The last part of what is called: `connect` in `button.clicked.connect(...)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def receiver(call: ast.Call) -> str:
    """The part before the last dot, as written: `button.clicked` in `button.clicked.connect(...)`, else empty."""
    return ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""


def place(file: Path, node: ast.AST) -> str:
    """File and line for the message of a test."""
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"

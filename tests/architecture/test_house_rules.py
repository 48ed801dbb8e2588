"""The house rules that neither ruff (docstrings, prints, names) nor mypy sees, read from the syntax trees."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from exam_app.core.messages import SENTENCES
from tests.architecture.house import called_name, calls, place, receiver, sources

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
CLOCKS_AND_CHANCE = {"time", "uuid", "random", "secrets"}
TABLES_OF_CODES = ("_SENTENCES", "_CODES")
APPLICATION_LOOPS = {"app", "application", "qapplication"}


def test_no_file_is_longer_than_a_reader_can_bear() -> None:
    long = [
        str(file)
        for folder in ("exam_app", "tests", "benchmarks", "scripts")
        for file, _ in sources(folder)
        if len(file.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]
    assert not long


def test_no_function_is_longer_than_a_page() -> None:
    long = [
        f"{place(file, node)} {node.name}"
        for file, tree in sources("exam_app")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long


def test_core_has_no_clock_and_no_chance() -> None:
    imports = [
        place(file, node)
        for file, tree in sources("exam_app/core")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and CLOCKS_AND_CHANCE & {name.name for name in node.names})
        or (isinstance(node, ast.ImportFrom) and node.module in CLOCKS_AND_CHANCE)
    ]
    readings = [
        place(file, call)
        for file, call in calls("exam_app/core")
        if called_name(call) in {"now", "utcnow", "today", "uuid4", "getenv", "getpid"}
    ]
    assert not imports + readings


def test_a_dialog_is_opened_and_never_run_in_a_loop_of_its_own() -> None:
    loops = [
        place(file, call)
        for file, call in calls("exam_app")
        if called_name(call) in {"exec", "exec_"} and receiver(call).rpartition(".")[2].lower() not in APPLICATION_LOOPS
    ]
    assert not loops


def test_no_lambda_is_connected_to_a_signal() -> None:
    lambdas = [
        place(file, call)
        for file, call in calls("exam_app")
        if called_name(call) == "connect" and any(isinstance(argument, ast.Lambda) for argument in call.args)
    ]
    assert not lambdas


def test_nobody_waits_for_a_fixed_time() -> None:
    waits = [
        place(file, call)
        for folder in ("exam_app", "tests")
        for file, call in calls(folder)
        if called_name(call) == "sleep"
        or (called_name(call) in {"wait", "qWait"} and receiver(call) in {"qtbot", "QTest"})
    ]
    assert not waits


def test_nothing_is_kept_in_the_application_for_the_tests_alone() -> None:
    used = {
        name for folder in ("exam_app", "benchmarks", "scripts") for _, tree in sources(folder) for name in uses(tree)
    }
    used.add("compile_forms")  # which the build of a wheel calls
    kept = [
        f"{place(file, node)} {name}"
        for file, tree in sources("exam_app")
        for node in tree.body
        for name in names_given(node)
        if name not in (uses(tree) if name.startswith("_") and name != "_" else used) and not name.startswith("__")
    ]
    assert not kept


@cache
def uses(tree: ast.Module) -> frozenset[str]:
    """The names that a module reads or imports."""
    return frozenset(name for node in ast.walk(tree) for name in names_used(node))


def names_given(node: ast.stmt) -> Iterator[str]:
    """The names of functions, classes and constants that a statement of a module makes."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


def names_used(node: ast.AST) -> Iterator[str]:
    """The names that a piece of code reads or imports."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        yield node.attr
    elif isinstance(node, ast.ImportFrom):
        yield from (alias.name for alias in node.names)


def test_every_error_that_is_raised_has_a_sentence_with_the_right_blanks() -> None:
    faults = []
    for file, call in calls("exam_app"):
        if called_name(call) != "UserError":
            continue
        filled = {keyword.arg for keyword in call.keywords}
        codes = codes_raised(file, call)
        if not codes:
            faults.append(f"{place(file, call)}: the code is neither written out nor in a table of this file")
        for code in codes:
            if code not in SENTENCES:
                faults.append(f"{place(file, call)}: no sentence for {code}")
            elif None not in filled and blanks(SENTENCES[code]) - filled:
                faults.append(f"{place(file, call)}: {sorted(blanks(SENTENCES[code]) - filled)} of {code} not filled")
    assert not faults


def codes_raised(file: Path, call: ast.Call) -> set[str]:
    """The code as written at the call, or every code of the file's own tables (`..._SENTENCES`, `..._CODES`)."""
    if call.args and isinstance(call.args[0], ast.Constant):
        return {str(call.args[0].value)}
    tables = [
        node.value
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Dict)
        and ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target).endswith(TABLES_OF_CODES)
    ]
    return {str(value.value) for table in tables for value in table.values if isinstance(value, ast.Constant)}


def blanks(sentence: str) -> set[str]:
    """The names of the placeholders of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

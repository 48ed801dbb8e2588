"""A case file → `Case`: its findings over the normal default, its card and its key; every fault with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from exam_app.core.errors import Fault, UserError, offered, quoted
from exam_app.core.files.findings_file import findings_in, read_findings
from exam_app.core.files.yaml_text import Items, Node, Scalar, Table, line_at, plain
from exam_app.core.form.form import Form, split_address
from exam_app.core.model import FrozenMap, LongText, Model
from exam_app.core.practice.case import Card, Case, CaseHead, CaseKey, Teaching
from exam_app.core.practice.case_checks import contradictions
from exam_app.core.practice.faults import Faults
from exam_app.core.practice.library import Library
from exam_app.core.record.record import Address, AssertedNormal, Distribution, ExamRecord, Finding, PracticeRecord

FOLDER = "cases"


def case_files(forms: Path) -> list[Path]:
    """The case files below a folder of forms, in the order of their names."""
    return sorted((forms / FOLDER).glob("*.yaml"))


def case_id(path: Path) -> str:
    """A case is called by the beginning of its file's name: `C08A_l5_radiculopathy.yaml` → `C08A`."""
    return path.stem.partition("_")[0]


def load_cases(paths: Iterable[Path], form: Form, library: Library) -> tuple[Case, ...]:
    """Every case of some files. UserError `cases_refused` with the faults of all of them, and where an id stands
    twice."""
    faults: list[Fault] = []
    found: dict[str, Case] = {}
    names: dict[str, str] = {}
    for path in paths:
        name = case_id(path)
        if name in names:
            faults.append(Fault(path.name, f"the case '{name}' stands in {names[name]} already; name the file anew"))
            continue
        names[name] = path.name
        try:
            found[name] = load_case(path, form, library)
        except UserError as error:
            faults += error.faults
    if faults:
        raise UserError("cases_refused", faults=faults, count=len(faults))
    return tuple(found.values())


def load_case(path: Path, form: Form, library: Library) -> Case:
    """The case in a file. UserError `cases_refused` with every fault."""
    reading = Faults(path.name)
    try:
        data = path.read_bytes()
    except OSError:
        reading.found.append(Fault(path.name, "this file cannot be read; check that it is there and may be opened"))
        data = None
    case = _case(data, case_id(path), reading, form, library) if data is not None else None
    if case is None or reading.found:
        raise UserError("cases_refused", faults=reading.found, count=len(reading.found))
    return case


def _case(data: bytes, name: str, reading: Faults, form: Form, library: Library) -> Case | None:
    root = reading.table(data)
    if root is None:
        return None
    try:
        record = read_findings(data, reading.file, form)
    except UserError as error:
        reading.take(error)
        record = None
    parts = _parts(root, reading)
    if record is None or parts is None:
        return None
    beside = _beside(root, record, reading, form)
    shown = truth(record, name, {**library.normal, **beside})
    told = {"id": name, "sex": record.patient.sex, **parts}
    case = Case.model_validate({**told, "truth": shown, "beside": frozenset(beside)})
    for line, what in contradictions(case, root, form, library):
        reading.add(line, what)
    return case


def _beside(root: Table, record: ExamRecord, reading: Faults, form: Form) -> Mapping[str, Finding]:
    """What goes along with the findings of the case, where normal would contradict them."""
    node = root.nodes.get("beside")
    if node is None:
        return {}
    line = root.key_lines["beside"]
    try:
        found = findings_in(Table(line, {"findings": node}, {"findings": line}), reading.file, form)
    except UserError as error:
        reading.take(error)
        return {}
    for address in found:
        if address in record.findings:
            at = line_at(root, ("beside", address if address in plain(node) else split_address(address)[0]))
            reading.add(at, f"{quoted(address)} stands among the findings or is asserted normal; remove it here")
    return found


def truth(record: ExamRecord, name: str, normal: Mapping[str, Finding]) -> PracticeRecord:
    """What a learner finds at every address: the findings of a case over the normal default. What the case asserts
    normal has the value of the default, so that there is something to see."""
    found = dict(normal)
    for address, finding in record.findings.items():
        if not isinstance(finding, AssertedNormal) or address not in normal:
            found[address] = finding
    return PracticeRecord(
        form=record.form,
        scope=record.scope,
        encounter=record.encounter,
        findings=MappingProxyType(found),
        distribution_override=record.distribution_override,
        case=name,
    )


def _parts(root: Table, reading: Faults) -> dict[str, Any] | None:
    """Everything but the findings."""
    found: dict[str, Any] = {}
    for key, field, model in (("case", "head", CaseHead), ("card", "card", Card), ("key", "key", CaseKey)):
        node = root.nodes.get(key)
        if node is None:
            reading.add(root.line, f"'{key}' is missing")
            continue
        found[field] = reading.model(model, node, key)
    found["teaching"] = _teaching(root, reading)
    found["shown"] = _shown(root, reading)
    found["distribution"] = _distribution(root, reading)
    return found if not reading.found else None


def _teaching(root: Table, reading: Faults) -> tuple[Teaching, ...]:
    """Teaching points: one text, or a list of points."""
    node = root.nodes.get("teaching")
    if node is None:
        reading.add(root.line, "'teaching' is missing; say what the case teaches")
        return ()
    if isinstance(node, Scalar):
        point = reading.model_of(Teaching, {"text": node.text}, node, "teaching")
        return (point,) if point is not None else ()
    if not isinstance(node, Items):
        reading.add(node.line, "'teaching' takes a text, or a list of points")
        return ()
    points = [reading.model(Teaching, each, f"teaching.{index}") for index, each in enumerate(node.nodes)]
    return tuple(point for point in points if point is not None)


class _Told(Model):
    """The case's own words for what is seen, by address or item."""

    shown: FrozenMap[Address, LongText]


def _shown(root: Table, reading: Faults) -> Mapping[str, str]:
    if "shown" not in root.nodes:
        return {}
    told = reading.model_of(_Told, {"shown": plain(root.nodes["shown"])}, root, "")
    return told.shown if told is not None else {}


def _distribution(root: Table, reading: Faults) -> str | None:
    """`expect.distribution.result`; the rest of `expect` is for the tests of the application."""
    path = ("expect", "distribution", "result")
    node: Node | None = root
    for step in path:
        node = node.nodes.get(step) if isinstance(node, Table) else None
    if node is None:
        return None
    result = plain(node)
    if result not in get_args(Distribution):
        known = offered(str(result), get_args(Distribution), "distributions")
        reading.add(line_at(root, path), f"{quoted(str(result))} is no distribution; {known}")
    return str(result)

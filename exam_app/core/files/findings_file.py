"""A findings file (YAML as a person would write it) → a record. A whole record, or every fault with its line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from pydantic import ValidationError

from exam_app.core.checks.form_checks import has_normal
from exam_app.core.checks.record_checks import check_address, check_finding
from exam_app.core.editing import editing, limbs
from exam_app.core.errors import Fault, UserError, offered, quoted
from exam_app.core.files.findings_values import Reader
from exam_app.core.files.refusals import refusals
from exam_app.core.files.yaml_text import FaultyTextError, Items, Node, Scalar, Table, line_at, parse, plain
from exam_app.core.form.form import Form, split_address
from exam_app.core.form.kinds import Item
from exam_app.core.model import Model
from exam_app.core.record.record import (
    AssertedNormal,
    DistributionOverride,
    Encounter,
    Examined,
    ExamRecord,
    Finding,
    FormRef,
    NotExamined,
    NotExaminedReason,
    Patient,
    Unable,
)
from exam_app.core.record.values import UnableReason

SECTION_KEYS = {"movement_observation": "movements.observation", "movements": "movements.entries"}
"""Top-level keys that stand for one item."""
ADDRESS_KEYS = ("history", "alert", "scales")
"""Top-level keys that hold the items of a section."""
CASE_KEYS = ("case", "card", "beside", "shown", "key", "teaching", "expect")
"""What a teaching case carries beside the findings; no part of a record."""
SIDE_KEYS = {"R", "L", "both"}
BESIDE_A_VALUE = {"qualifiers", "note"}


def form_ref(form: Form) -> FormRef:
    """How a record names the form that it is made with."""
    return FormRef(id=form.id, version=form.version, hash=form.hash)


def read_findings(data: bytes, file: str, form: Form) -> ExamRecord:
    """The record that a findings file describes. Raises UserError `findings_refused` with every fault."""
    reading = _Reading(file, form)
    try:
        record = reading.record(parse(data, file))
    except FaultyTextError as error:
        reading.faults.extend(error.faults)
        record = None
    if reading.faults or record is None:
        raise _refused(reading.faults, file)
    return record


def read_defaults(data: bytes, file: str, form: Form) -> Mapping[str, Finding]:
    """The findings of a file that is about nobody: what is normal at each address. UserError as `read_findings`."""
    try:
        root = parse(data, file)
    except FaultyTextError as error:
        raise _refused(list(error.faults), file) from None
    nodes = {key: node for key, node in root.nodes.items() if key != "sources"} if isinstance(root, Table) else {}
    return findings_in(Table(root.line, nodes, root.key_lines if isinstance(root, Table) else {}), file, form)


def findings_in(root: Table, file: str, form: Form) -> Mapping[str, Finding]:
    """The findings under the keys of a findings file, without patient and encounter. UserError as `read_findings`."""
    reading = _Reading(file, form)
    reading.all_findings(root)
    if reading.faults:
        raise _refused(reading.faults, file)
    return MappingProxyType(reading.findings)


def _refused(faults: list[Fault], file: str) -> UserError:
    ordered = sorted(dict.fromkeys(faults), key=_line_of)
    return UserError("findings_refused", faults=ordered, file=file, count=len(ordered))


class _Reading:
    """One pass over a findings file."""

    def __init__(self, file: str, form: Form) -> None:
        self.file = file
        self.form = form
        self.faults: list[Fault] = []
        self.findings: dict[str, Finding] = {}
        self.lines: dict[str, int] = {}
        self.values = Reader(form, self._fault)

    def record(self, root: Node) -> ExamRecord | None:
        if not isinstance(root, Table):
            self._fault(root.line, "the file must hold keys such as patient, encounter and findings")
            return None
        asserted = self.all_findings(root)
        record = self._envelope(root)
        if record is None or self.faults:
            return None
        for limb, below in record.encounter.absent_below.items():
            record = editing.apply(record, limbs.absent(record, self.form, limb, below))
        for section_id in asserted:
            record = editing.apply(record, editing.rest_normal(record, self.form, section_id))
        return record

    def all_findings(self, root: Table) -> list[str]:
        """Reads every finding of the file; the sections that it asserts normal."""
        asserted: list[str] = []
        for key, node in root.nodes.items():
            line = root.key_lines[key]
            if key == "findings":
                self._findings(node)
            elif key in SECTION_KEYS:
                self._item_of_key(key, node, line)
            elif key in ADDRESS_KEYS:
                asserted += self._section_of_key(key, node, line)
            elif key in ("rest_normal", "sections_normal"):
                asserted += self._sections(key, node)
            elif key not in (*CASE_KEYS, *ExamRecord.model_fields) or key in ("schema_version", "form"):
                self._fault(line, f"the key {quoted(key)} is not known here")
        return asserted

    def _envelope(self, root: Table) -> ExamRecord | None:
        """Everything but the findings, validated together."""
        whole = True
        data: dict[str, Any] = {"form": form_ref(self.form), "scope": "full"}
        models: dict[str, type[Model]] = {
            "patient": Patient,
            "encounter": Encounter,
            "distribution_override": DistributionOverride,
        }
        for key, model in models.items():
            node = root.nodes.get(key)
            if node is None:
                if key != "distribution_override":
                    self._fault(root.line, f"'{key}' is missing")
                    whole = False
                continue
            try:
                data[key] = model.model_validate(plain(node), strict=False)
            except ValidationError as error:
                self._model_faults(node, error, key)
                whole = False
        for key in ("scope", "impression", "section_notes"):
            if key in root.nodes:
                data[key] = plain(root.nodes[key])
        if data["scope"] not in self.form.scopes:
            self._fault(
                line_at(root, ("scope",)), f"there is no such scope; the scopes are {', '.join(self.form.scopes)}"
            )
            whole = False
        if not whole:
            return None
        try:
            record = ExamRecord.model_validate(data | {"findings": self.findings})
        except ValidationError as error:
            self._model_faults(root, error, "")
            return None
        for path, what in limbs.faults(record, self.form):
            self._fault(line_at(root, path), f"{'.'.join(path)}: {what}")
        return record

    def _model_faults(self, node: Node, error: ValidationError, key: str) -> None:
        """Faults of a model by key."""
        for path, what in refusals(error):
            name = ".".join([*([key] if key else []), *(str(step) for step in path)])
            self._fault(line_at(node, path), f"'{name}': {what}" if name else what)

    def _sections(self, key: str, node: Node) -> list[str]:
        names = [node] if isinstance(node, Scalar) else node.nodes if isinstance(node, Items) else []
        if isinstance(node, Table):
            self._fault(node.line, f"'{key}' takes a list of sections")
        found: list[str] = []
        for name in names:
            text = name.text if isinstance(name, Scalar) else ""
            if text not in self.form.section_by_id:
                known = offered(text, self.form.section_by_id, "sections")
                self._fault(name.line, f"there is no section {quoted(text)} in this form; {known}")
            else:
                found.append(text)
        return found

    def _item_of_key(self, key: str, node: Node, line: int) -> None:
        item_id = SECTION_KEYS[key]
        if item_id in self.form.items:
            self._item(item_id, node, line)
        else:
            self._fault(line, f"there is no item {quoted(item_id)} in this form")

    def _section_of_key(self, key: str, node: Node, line: int) -> list[str]:
        """The items of a section; `none` for a section with a key "none of these" is the same as `rest_normal`."""
        section = self.form.section_by_id.get(key)
        if section is None:
            self._fault(line, f"there is no section {quoted(key)} in this form")
        elif section.rest_key is not None and isinstance(node, Scalar) and node.text == "none":
            return [key]
        elif not isinstance(node, Table):
            self._fault(line, f"'{key}' holds items and their findings")
        else:
            for item_id, each in node.nodes.items():
                self._address(f"{key}.{item_id}", each, node.key_lines[item_id])
        return []

    def _findings(self, node: Node) -> None:
        if not isinstance(node, Table):
            if not (isinstance(node, Scalar) and node.text == ""):
                self._fault(node.line, "'findings' holds addresses and what was found")
            return
        for address, each in node.nodes.items():
            self._address(address, each, node.key_lines[address])

    def _address(self, address: str, node: Node, line: int) -> None:
        item_id, side = split_address(address)
        if item_id in self.form.items:
            item = self.form.items[item_id]
            if side is None:
                self._item(item_id, node, line)
            elif item.sides == "paired":
                self._finding(address, node, line)
            else:
                self._fault(line, f"{quoted(item_id)} has no side; write it without .{side}")
            return
        rows = self._matrix_rows(item_id)
        if rows:
            self._matrix(item_id, side, rows, node)
        else:
            self._fault(line, check_address(address, self.form) or f"there is no item {quoted(address)} in this form")

    def _item(self, item_id: str, node: Node, line: int) -> None:
        """An item without side in its address: an unpaired item, or both sides, or a table of sides."""
        item = self.form.items[item_id]
        if item.sides == "none":
            self._finding(item_id, node, line)
        elif isinstance(node, Table) and node.nodes.keys() & SIDE_KEYS:
            for side, each in node.nodes.items():
                if side not in SIDE_KEYS:
                    self._fault(node.key_lines[side], f"{quoted(side)} is no side of '{item_id}'; use R, L or both")
                    continue
                for one in ("R", "L") if side == "both" else (side,):
                    self._finding(f"{item_id}.{one}", each, node.key_lines[side])
        else:
            for side in ("R", "L"):
                self._finding(f"{item_id}.{side}", node, line)

    def _matrix_rows(self, column_address: str) -> list[str]:
        """The rows of a matrix column such as `sensation.light_touch`, in their order; empty where it is none."""
        section_id, _, column = column_address.partition(".")
        section = self.form.section_by_id.get(section_id)
        items = section.items if section else ()
        return [item.cell.row for item in items if item.cell is not None and item.cell.column == column]

    def _matrix(self, column: str, column_side: str | None, rows: list[str], node: Node) -> None:
        if not isinstance(node, Table):
            self._fault(node.line, f"'{column}' takes rows, such as {{{rows[0]}: 1}}")
            return
        for key, each in node.nodes.items():
            line = node.key_lines[key]
            name, side = split_address(key)
            side = side or column_side  # type: ignore[assignment]
            chosen = _range(name, rows)
            if not chosen:
                self._fault(line, f"{quoted(key)} is no row of '{column}'; {offered(key, rows, 'rows')}")
            for row in chosen:
                if side is None:
                    self._item(f"{column}_{row}", each, line)
                else:
                    self._finding(f"{column}_{row}.{side}", each, line)

    def _finding(self, address: str, node: Node, line: int) -> None:
        if address in self.lines:
            self._fault(line, f"{quoted(address)} is given again; first on line {self.lines[address]}")
            return
        self.lines[address] = line
        item = self.form.addresses[address]
        before = len(self.faults)
        try:
            finding = self._of_node(item, node)
        except ValidationError as error:
            self._model_faults(node, error, address)
            return
        if finding is None:
            if len(self.faults) == before:
                self._fault(line, f"{quoted(address)} has no value")
            return
        for path, what in check_finding(address, finding, self.form):
            keys = tuple(step for step in path if step not in ("value", "fields", "flags", "entries"))
            self._fault(max(line, line_at(node, keys)), f"{address}: {what}")
        self.findings[address] = finding

    def _of_node(self, item: Item, node: Node) -> Finding | None:
        if isinstance(node, Scalar) and node.text == "normal" and self._asserts(item):
            return AssertedNormal(entered="imported")
        if isinstance(node, Table) and {"unable", "not_examined"} & node.nodes.keys():
            return self._reasoned(node)
        if isinstance(node, Table):
            return self._table_finding(item, node)
        value = self.values.value(item, node)
        return Examined(value=value, entered="imported") if value is not None else None

    def _asserts(self, item: Item) -> bool:
        """Whether the bare word `normal` asserts the item normal: it has a normal, and no value of that name."""
        options = getattr(item, "options", ())
        if item.kind == "group" and item.main is not None:
            options = getattr(item.by_id[item.main], "options", ())
        return has_normal(self.form, item) and "normal" not in {option.id for option in options}

    def _table_finding(self, item: Item, node: Table) -> Finding | None:
        """Fields or a value, with qualifiers and a note beside them."""
        inner_ids = set(item.by_id) if item.kind in ("group", "list") else set()
        beside = {key: each for key, each in node.nodes.items() if key in BESIDE_A_VALUE - inner_ids}
        rest = Table(node.line, {k: v for k, v in node.nodes.items() if k not in beside}, node.key_lines)
        extra = {key: plain(each) for key, each in beside.items()}
        if isinstance(extra.get("qualifiers"), (list, str)):
            given = extra["qualifiers"]
            extra["qualifiers"] = tuple(given) if isinstance(given, list) else (given,)
        holder = next((key for key in ("value", item.kind) if key in rest.nodes and key not in inner_ids), None)
        inner: Node = rest
        if holder is not None and len(rest.nodes) == 1:
            inner = rest.nodes[holder]
            if isinstance(inner, Scalar) and inner.text == "normal" and self._asserts(item):
                return AssertedNormal(entered="imported", note=extra.get("note"))
        elif item.kind not in ("group", "list", "flags"):
            wrong = next((key for key in rest.nodes if key != holder), item.kind)
            self._fault(
                node.key_lines.get(wrong, node.line),
                f"{quoted(wrong)} is not known here; write {item.kind}, qualifiers or note",
            )
            return None
        value = self.values.value(item, inner)
        if value is None:
            return None
        return Examined.model_validate({"value": value, "entered": "imported", **extra})

    def _reasoned(self, node: Table) -> Finding | None:
        """`{unable: pain}` or `{not_examined: time}`; the reason decides the state (clinical decision 1)."""
        key = "unable" if "unable" in node.nodes else "not_examined"
        stray = [each for each in node.nodes if each not in (key, "text", "note")]
        for each in stray:
            self._fault(node.key_lines[each], f"{quoted(each)} does not belong beside '{key}'")
        reason = plain(node.nodes[key])
        data = {name: plain(node.nodes[name]) for name in ("text", "note") if name in node.nodes}
        reasons = {"unable": get_args(UnableReason), "not_examined": get_args(NotExaminedReason)}
        state = next((each for each in (key, *reasons) if reason in reasons[each]), None)
        if state is None:
            known = ", ".join(reasons[key])
            self._fault(node.key_lines[key], f"{quoted(str(reason))} is no reason; the reasons are {known}")
            return None
        model = Unable if state == "unable" else NotExamined
        return model.model_validate({"reason": reason, "entered": "imported", **data}) if not stray else None

    def _fault(self, line: int, what: str) -> None:
        self.faults.append(Fault(f"{self.file}:{line}", what))


def _line_of(fault: Fault) -> int:
    line = fault.where.rpartition(":")[2]
    return int(line) if line.isdecimal() else 0


def _range(name: str, rows: list[str]) -> list[str]:
    """`C6` → [C6]; `C6-C8` → every row from C6 to C8; an unknown row or a range that runs backwards → []."""
    if name in rows:
        return [name]
    for cut in (index for index, character in enumerate(name) if character == "-"):
        first, last = name[:cut], name[cut + 1 :]
        if first in rows and last in rows:
            return rows[rows.index(first) : rows.index(last) + 1]
    return []

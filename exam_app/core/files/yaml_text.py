"""Failsafe YAML: every scalar stays text, every node knows its line, and nothing clever is allowed.

Duplicate keys, anchors, aliases, tags and several documents are refused, so that a file says the same to a person
and to the program, and cannot grow when it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from exam_app.core.errors import Fault, quoted

if TYPE_CHECKING:
    import yaml

_DEEPEST = 30
_LONGEST = 5_000_000
_MEANT = {
    "mapping values are not allowed": "words with a colon stand in quotes",
    "character '\\t'": "indent with spaces, not with tabs",
    "tab character": "indent with spaces, not with tabs",
    "expected '-' indicator": "indent this line like the one above that it belongs to",
    "expected <block end>": "indent this line like the one above that it belongs to",
    "expected ',' or": "a bracket or a quote is not closed, or words with a colon are not in quotes",
    "unexpected end of stream": "a quote is not closed",
}
"""What the parser says of the usual slips, and what to do."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One piece of text and its line (counted from 1). An empty plain scalar is the empty text."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence of nodes."""

    line: int
    nodes: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping from text to nodes, in the order of the file, with the line of each key."""

    line: int
    nodes: dict[str, Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Items | Table


class FaultyTextError(Exception):
    """The text is not YAML of the allowed kind; `faults` say where and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        super().__init__("faulty YAML")
        self.faults = tuple(faults)


def parse(data: bytes, file: str) -> Node:
    """Parse UTF-8 YAML into a tree of nodes. `file` names it in faults. Raises FaultyTextError."""
    import yaml

    if len(data) > _LONGEST:
        raise FaultyTextError([Fault(file, f"the file is longer than {_LONGEST:,} bytes")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FaultyTextError([Fault(f"{file}:{line}", "this is not UTF-8 text; save the file as UTF-8")]) from None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(file).build(list(yaml.parse(text, Loader=loader)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{file}:{mark.line + 1}" if mark else file
        raise FaultyTextError([Fault(where, _not_yaml(error.problem or error.context or ""))]) from None
    except yaml.YAMLError as error:
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
        reason = getattr(error, "reason", "unreadable")
        raise FaultyTextError([Fault(f"{file}:{line}", f"this is not valid YAML: {reason}")]) from None


def _not_yaml(problem: str) -> str:
    """The parser's words, and what they usually mean."""
    meant = next((meant for words, meant in _MEANT.items() if words in problem), None)
    return f"this is not valid YAML: {problem}" + (f"; {meant}" if meant else "")


class _Builder:
    """Builds the tree from parser events, with an explicit stack instead of recursion: depth is bounded."""

    def __init__(self, file: str) -> None:
        import yaml

        # Kept: an import inside a function costs something each time, and here it would be for every node.
        self._yaml = yaml
        self.file = file
        self.faults: list[Fault] = []

    def build(self, events: list[yaml.Event]) -> Node:
        root: Node | None = None
        stack: list[tuple[Items | Table, Scalar | None]] = []
        documents = 0
        for event in events:
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, self._yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._fault(line, "only one document may stand in a file; remove the second '---'")
                    break
                continue
            if isinstance(event, (self._yaml.SequenceEndEvent, self._yaml.MappingEndEvent)):
                stack.pop()
                continue
            node = self._node(event, line)
            if node is None:
                continue
            if not stack:
                root = node
            else:
                self._attach(stack, node)
            if isinstance(node, (Items, Table)):
                stack.append((node, None))
                if len(stack) > _DEEPEST:
                    self._fault(line, f"nested deeper than {_DEEPEST} levels")
                    break
        if self.faults:
            raise FaultyTextError(self.faults)
        return root if root is not None else Table(1)

    def _node(self, event: yaml.Event, line: int) -> Node | None:
        if isinstance(event, self._yaml.AliasEvent):
            self._fault(line, "aliases (*name) are not used here; write the value out")
            return Scalar(line, "")
        if isinstance(event, (self._yaml.ScalarEvent, self._yaml.SequenceStartEvent, self._yaml.MappingStartEvent)):
            if event.anchor is not None:
                self._fault(line, "anchors (&name) are not used here; write the value out")
            if event.tag is not None:
                self._fault(line, "tags (!name) are not used here; quote the text instead")
        if isinstance(event, self._yaml.ScalarEvent):
            return Scalar(line, event.value)
        if isinstance(event, self._yaml.SequenceStartEvent):
            return Items(line)
        if isinstance(event, self._yaml.MappingStartEvent):
            return Table(line)
        return None

    def _attach(self, stack: list[tuple[Items | Table, Scalar | None]], node: Node) -> None:
        parent, key = stack[-1]
        if isinstance(parent, Items):
            parent.nodes.append(node)
        elif key is None:
            if not isinstance(node, Scalar):
                self._fault(node.line, "a key must be text")
                node = Scalar(node.line, f"\0{node.line}")
            if node.text in parent.nodes:
                first = parent.key_lines[node.text]
                self._fault(node.line, f"the key {quoted(node.text)} stands here again; first on line {first}")
            stack[-1] = (parent, node)
        else:
            parent.nodes[key.text] = node
            parent.key_lines[key.text] = key.line
            stack[-1] = (parent, None)

    def _fault(self, line: int, what: str) -> None:
        self.faults.append(Fault(f"{self.file}:{line}", what))


def plain(node: Node) -> Any:
    """The node as text, lists and dictionaries."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [plain(each) for each in node.nodes]
    return {key: plain(each) for key, each in node.nodes.items()}


def line_at(node: Node, path: Sequence[str | int]) -> int:
    """The line of the deepest node that a path leads to; steps that lead nowhere are passed over."""
    line = node.line
    for step in path:
        if isinstance(node, Table) and isinstance(step, str) and step in node.nodes:
            line = node.key_lines[step]
            node = node.nodes[step]
        elif isinstance(node, Items) and isinstance(step, int) and 0 <= step < len(node.nodes):
            node = node.nodes[step]
            line = node.line
    return line


def line_of_id(node: Node, wanted: str, line: int) -> int | None:
    """The line of the table with `id: wanted` inside the item that begins on `line`, or None where it has none."""
    tables = list(_tables(node))
    inside = next((table for table in tables if table.line == line), None)
    found = (table for table in _tables(inside) if _id_of(table) == wanted) if inside is not None else iter(())
    return next((table.line for table in found), None)


def _tables(node: Node | None) -> Iterable[Table]:
    """A node and what it holds, as far as they are tables."""
    if isinstance(node, Table):
        yield node
    if isinstance(node, (Items, Table)):
        for each in node.nodes if isinstance(node, Items) else node.nodes.values():
            yield from _tables(each)


def _id_of(table: Table) -> str | None:
    named = table.nodes.get("id")
    return named.text if isinstance(named, Scalar) else None

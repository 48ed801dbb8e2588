"""The faults of one file of practice, each with its line, and models made of its nodes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from exam_app.core.errors import Fault, UserError
from exam_app.core.files.refusals import refusals
from exam_app.core.files.yaml_text import FaultyTextError, Node, Table, line_at, parse, plain
from exam_app.core.model import Model

M = TypeVar("M", bound=Model)


class Faults:
    """What is wrong in one file."""

    def __init__(self, file: str) -> None:
        """`file` names the file in every fault."""
        self.file = file
        self.found: list[Fault] = []

    def add(self, line: int, what: str) -> None:
        """One fault on a line."""
        self.found.append(Fault(f"{self.file}:{line}", what))

    def table(self, data: bytes) -> Table | None:
        """The file as a table, or None after a fault."""
        try:
            root = parse(data, self.file)
        except FaultyTextError as error:
            self.found.extend(error.faults)
            return None
        if isinstance(root, Table):
            return root
        self.add(root.line, "the file must hold keys and values")
        return None

    def read(self, path: Path) -> Table | None:
        """The same for a file on the disk."""
        try:
            return self.table(path.read_bytes())
        except FileNotFoundError:
            self.found.append(Fault(self.file, "this file is missing"))
        except OSError:
            self.found.append(Fault(self.file, "this file cannot be read; check that you may open it"))
        return None

    def model(self, model: type[M], node: Node, key: str = "") -> M | None:
        """A node as a model, or None after a fault; `key` names the node."""
        return self.model_of(model, plain(node), node, key)

    def model_of(self, model: type[M], data: Any, node: Node, key: str) -> M | None:
        """The same where the data of the node were changed before."""
        try:
            return model.model_validate(data, strict=False)
        except ValidationError as error:
            for path, what in refusals(error):
                name = ".".join([*([key] if key else []), *(str(step) for step in path)])
                self.add(line_at(node, path), f"'{name}': {what}" if name else what)
            return None

    def take(self, error: UserError) -> None:
        """The faults of a part that another reader refused."""
        self.found.extend(error.faults)

"""Form files → `Form`: shorthand is written out, types are checked, references are resolved, every fault has file and
line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from exam_app.core import form_checks, shorthand
from exam_app.core.errors import Fault, UserError
from exam_app.core.form import Form, Scope, Section
from exam_app.core.model import Model
from exam_app.core.scale import ReferenceTable, Scale
from exam_app.core.yaml_text import FaultyTextError, Node, Table, line_at, parse, plain

M = TypeVar("M", bound=Model)

LIBRARIES: Mapping[str, type[Model]] = {"scales": Scale, "tables": ReferenceTable, "scopes": Scope}
"""Folders with one thing a file, under the id that is the file's name; the form has a field of the same name."""


def form_files(folder: Path) -> list[Path]:
    """Every YAML file of a form folder in a fixed order: the form, its sections, scales, tables and scopes."""
    return [*sorted(folder.glob("*.yaml")), *sorted(folder.glob("*/*.yaml"))]


def content_hash(folder: Path) -> str:
    """SHA-256 over names and bytes of the form files: changes exactly when a form file does."""
    digest = hashlib.sha256()
    for path in form_files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def load_form(folder: Path) -> Form:
    """Read a form folder. Raises UserError `form_refused` with every fault, or `file_missing` without a form.yaml."""
    if not (folder / "form.yaml").is_file():
        raise UserError("file_missing", file=str(folder / "form.yaml"))
    reading = _Reading(folder)
    form = reading.form()
    if form is None or reading.faults:
        raise UserError("form_refused", faults=reading.faults, count=len(reading.faults))
    content = form.model_dump_json(exclude_defaults=True, exclude={"files_hash", "hash"})
    return form.model_copy(update={"hash": hashlib.sha256(content.encode()).hexdigest()})


class _Reading:
    """One pass over a form folder; collects faults instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.nodes: dict[str, Node] = {}
        self.item_places: dict[str, tuple[str, int]] = {}

    def form(self) -> Form | None:
        manifest = self._table("form.yaml")
        if manifest is None:
            return None
        data = plain(manifest)
        names = data.get("sections")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            self._fault("form.yaml", ("sections",), "list the section files in their order")
            return None
        self._stray_files(names)
        data["sections"] = [section for name in names if (section := self._section(name)) is not None]
        data |= {place: self._by_id(place, model) for place, model in LIBRARIES.items()}
        for key in ("core_slots", "bibliography", "tombstones"):
            data.setdefault(key, {})
        if self.faults:
            return None
        form = self._validated(Form, data | {"files_hash": content_hash(self.folder)}, "form.yaml", ())
        if form is not None:
            for where, what in form_checks.faults(form):
                self._item_fault(where, what)
        return form

    def _stray_files(self, names: list[str]) -> None:
        known = {*names, "form"}
        for path in sorted(self.folder.glob("*.yaml")):
            if path.stem not in known:
                self.faults.append(Fault(path.name, "this section is not listed in form.yaml under sections"))

    def _table(self, name: str) -> Table | None:
        path = self.folder / name
        if not path.is_file():
            self.faults.append(Fault(name, "this file is missing"))
            return None
        try:
            node = parse(path.read_bytes(), name)
        except FaultyTextError as error:
            self.faults.extend(error.faults)
            return None
        if not isinstance(node, Table):
            self.faults.append(Fault(f"{name}:{node.line}", "the file must hold keys and values"))
            return None
        self.nodes[name] = node
        return node

    def _by_id(self, place: str, model: type[M]) -> dict[str, M]:
        found: dict[str, M] = {}
        for path in sorted((self.folder / place).glob("*.yaml")):
            name = f"{place}/{path.name}"
            table = self._table(name)
            if table is None:
                continue
            one = self._validated(model, plain(table), name, ())
            if one is None:
                continue
            if one.model_dump().get("id") != path.stem:
                self._fault(name, ("id",), f"the id must be the file's name, '{path.stem}'")
            found[path.stem] = one
        return found

    def _section(self, section_id: str) -> Section | None:
        name = f"{section_id}.yaml"
        table = self._table(name)
        if table is None:
            return None
        data = plain(table)
        if data.get("id") != section_id:
            self._fault(name, ("id",), f"the id must be the file's name, '{section_id}'")
        templates = data.pop("templates", {})
        groups = data.get("groups")
        if not isinstance(groups, list):
            self._fault(name, ("groups",), "list the groups of the section")
            return None
        before = len(self.faults)
        for index, group in enumerate(groups):
            path = ("groups", index)
            if not isinstance(group, dict):
                self._fault(name, path, "a group needs id, title and items")
                continue
            if group.get("layout") == "matrix":
                self._expand_matrix(name, path, group)
            else:
                self._expand_items(name, path, group, templates)
        section = self._validated(Section, data, name, ())
        return section if len(self.faults) == before else None

    def _expand_items(self, name: str, path: tuple[str | int, ...], group: dict[str, Any], templates: Any) -> None:
        items = group.get("items", [])
        if not isinstance(items, list):
            self._fault(name, (*path, "items"), "list the items of the group")
            return
        expanded = []
        for index, item in enumerate(items):
            here = (*path, "items", index)
            if not isinstance(item, dict):
                self._fault(name, here, "an item needs id, kind and label")
                continue
            self._place(name, here, item.get("id"))
            try:
                expanded.append(shorthand.written_out(shorthand.with_templates(item, templates)))
            except shorthand.ShorthandError as error:
                self._fault(name, (*here, "use"), str(error))
        group["items"] = expanded

    def _expand_matrix(self, name: str, path: tuple[str | int, ...], group: dict[str, Any]) -> None:
        try:
            items = shorthand.expand_matrix(group)
        except shorthand.ShorthandError as error:
            self._fault(name, path, str(error))
            return
        for row_index, item in items:
            self._place(name, (*path, "rows", row_index), item["id"])

    def _place(self, name: str, path: tuple[str | int, ...], item_id: object) -> None:
        section_id = name.removesuffix(".yaml")
        address = f"{section_id}.{item_id}"
        line = line_at(self.nodes[name], path)
        if address in self.item_places:
            first = self.item_places[address][1]
            self.faults.append(
                Fault(f"{name}:{line}", f"the id '{item_id}' stands here again; first on line {first}; choose another")
            )
            return
        self.item_places[address] = (name, line)

    def _validated(self, model: type[M], data: Any, name: str, path: tuple[str | int, ...]) -> M | None:
        try:
            return model.model_validate(data, strict=False)
        except ValidationError as error:
            for one in error.errors(include_url=False, include_context=False):
                steps = tuple(step for step in one["loc"])
                self._fault(name, (*path, *steps), _reason(one["type"], one["msg"], steps))
            return None

    def _fault(self, name: str, path: tuple[str | int, ...], what: str) -> None:
        node = self.nodes.get(name)
        self.faults.append(Fault(f"{name}:{line_at(node, path) if node else 1}", what))

    def _item_fault(self, where: str, what: str) -> None:
        """A fault of the whole form: `where` is an item id, or a file name with a path of keys after `#`."""
        if where in self.item_places:
            name, line = self.item_places[where]
            self.faults.append(Fault(f"{name}:{line}", what))
            return
        name, _, path = where.partition("#")
        self._fault(name, tuple(path.split("/")) if path else (), what)


_REASONS: dict[str, Callable[[str], str]] = {
    "missing": lambda key: f"'{key}' is missing",
    "extra_forbidden": lambda key: f"the key '{key}' is not known here; see docs/form_language.md",
    "union_tag_invalid": lambda _: (
        "the kind must be one of grade, choice, flags, number, side, text, date, group, list"
    ),
    "union_tag_not_found": lambda _: "'kind' is missing",
    "bool_parsing": lambda key: f"'{key}' must be yes or no",
}


def _reason(kind: str, message: str, steps: tuple[str | int, ...]) -> str:
    key = str(steps[-1]) if steps else ""
    if kind in _REASONS:
        return _REASONS[kind](key)
    return f"'{key}': {message[:1].lower()}{message[1:]}" if key else message

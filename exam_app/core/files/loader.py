"""Form files → `Form`: shorthand is written out, types are checked, references are resolved, every fault has file and
line.

A clinic's own folder is read after the shipped one and by the same code: its groups stand at the end of a shipped
section, its sections before the rating scales, its scales, tables, scopes and other libraries beside the shipped ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from exam_app.core.checks import form_checks
from exam_app.core.errors import Fault, UserError
from exam_app.core.files import shorthand
from exam_app.core.files.form_reasons import reasons
from exam_app.core.files.yaml_text import FaultyTextError, Node, Table, line_at, line_of_id, parse, plain
from exam_app.core.form import quick_words
from exam_app.core.form.code_list import CodeList
from exam_app.core.form.contrast import Contrast
from exam_app.core.form.drugs import DrugList
from exam_app.core.form.form import Form, Scope, Section
from exam_app.core.form.quick_words import QuickWords
from exam_app.core.form.scale import ReferenceTable, Scale
from exam_app.core.form.score import Score
from exam_app.core.model import Model

M = TypeVar("M", bound=Model)

LIBRARIES: Mapping[str, type[Model]] = {
    "scales": Scale,
    "tables": ReferenceTable,
    "scopes": Scope,
    "drugs": DrugList,
    "scores": Score,
    "contrasts": Contrast,
    "codes": CodeList,
}
"""Folders with one thing a file, under the id that is the file's name; the form has a field of the same name."""


BESIDE_THE_FORM = frozenset({"cases", "practice"})
"""Folders for practising with the form; a change there makes no other form."""
LAST_SECTION = "scales"
"""The section that a clinic's own sections stand before."""
SOURCES_FILE = "sources"
"""A clinic's additions to the bibliography: `sources.yaml`, from an id to its words."""
QUICK_WORDS_FILE = "quick_words"
"""Further words of quick entry: `quick_words.yaml`."""
OF_A_SHIPPED_SECTION = frozenset({"id", "templates", "groups"})
"""The keys of a clinic's file that adds groups to a shipped section."""


def form_files(folder: Path) -> list[Path]:
    """Every YAML file of a form folder in a fixed order: the form, its sections, scales, tables and scopes."""
    libraries = [path for path in sorted(folder.glob("*/*.yaml")) if path.parent.name not in BESIDE_THE_FORM]
    return [*sorted(folder.glob("*.yaml")), *libraries]


def content_hash(*folders: Path) -> str:
    """SHA-256 over names and bytes of the form files: changes exactly when a form file does."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in form_files(folder):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def load_form(folder: Path, clinic: Path | None = None) -> Form:
    """Read a form folder, with a clinic's own folder where one is given.

    Raises UserError `form_refused` with every fault of both, or `file_missing` without a form.yaml.
    """
    if not (folder / "form.yaml").is_file():
        raise UserError("file_missing", file=str(folder / "form.yaml"))
    reading = _Reading(folder, clinic)
    form = reading.form()
    if form is None or reading.faults:
        raise UserError("form_refused", faults=reading.faults, count=len(reading.faults))
    content = form.model_dump_json(exclude_defaults=True, exclude={"files_hash", "hash"})
    return form.model_copy(update={"hash": hashlib.sha256(content.encode()).hexdigest()})


@dataclass(frozen=True, slots=True)
class _Source:
    """One folder that is read; `prefix` stands before the names of its files in faults."""

    folder: Path
    prefix: str


class _Reading:
    """One pass over a form folder and a clinic's own; collects faults instead of stopping at the first."""

    def __init__(self, folder: Path, clinic: Path | None) -> None:
        self.shipped = _Source(folder, "")
        self.clinic = _Source(clinic, f"{clinic}/") if clinic is not None else None
        self.faults: list[Fault] = []
        self.nodes: dict[str, Node] = {}
        self.item_places: dict[str, tuple[str, int]] = {}
        self.library_places: dict[str, str] = {}
        self.group_places: dict[str, tuple[str, tuple[str | int, ...]]] = {}
        self.templates: dict[str, Any] = {}

    def form(self) -> Form | None:
        manifest = self._table(self.shipped, "form.yaml")
        if manifest is None:
            return None
        data = plain(manifest)
        names = data.get("sections")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            self._fault("form.yaml", ("sections",), "list the section files in their order")
            return None
        self._stray_files(names)
        data["sections"] = [section for name in names if (section := self._section(self.shipped, name)) is not None]
        data |= {place: self._library(self.shipped, place, model, {}) for place, model in LIBRARIES.items()}
        data["quick_words"] = self._quick_words(self.shipped)
        for key in ("core_slots", "bibliography", "tombstones"):
            data.setdefault(key, {})
        if self.clinic is not None and not self.faults:
            self._add_clinic(self.clinic, data)
        if self.faults:
            return None
        folders = [source.folder for source in (self.shipped, self.clinic) if source is not None]
        form = self._validated(Form, data | {"files_hash": content_hash(*folders)}, "form.yaml", ())
        if form is not None:
            for where, what in form_checks.faults(form):
                self._item_fault(where, what)
        return form

    def _stray_files(self, names: list[str]) -> None:
        known = {*names, "form", QUICK_WORDS_FILE}
        for path in sorted(self.shipped.folder.glob("*.yaml")):
            if path.stem not in known:
                self.faults.append(Fault(path.name, "this section is not listed in form.yaml under sections"))

    def _add_clinic(self, clinic: _Source, data: dict[str, Any]) -> None:
        """The clinic's own files into the data of the form."""
        self._misplaced_files(clinic)
        for place, model in LIBRARIES.items():
            data[place] |= self._library(clinic, place, model, data[place])
        data["quick_words"] = self._own_quick_words(clinic, data["quick_words"])
        data["bibliography"] = data["bibliography"] | self._sources(clinic, data["bibliography"])
        sections: list[Section] = data["sections"]
        own = []
        for path in sorted(clinic.folder.glob("*.yaml")):
            if path.stem in ("form", SOURCES_FILE, QUICK_WORDS_FILE):
                continue
            at = next((index for index, section in enumerate(sections) if section.id == path.stem), None)
            section = self._section(clinic, path.stem, sections[at] if at is not None else None)
            if section is None:
                continue
            self._own_items(section)
            if at is None:
                own.append(section)
            else:
                sections[at] = section.model_copy(update={"groups": (*sections[at].groups, *section.groups)})
        last = next((index for index, section in enumerate(sections) if section.id == LAST_SECTION), len(sections))
        data["sections"] = [*sections[:last], *own, *sections[last:]]

    def _misplaced_files(self, clinic: _Source) -> None:
        """Files that would be passed over in silence."""
        for path in sorted([*clinic.folder.glob("*.yml"), *clinic.folder.glob("*/*.yml")]):
            self.faults.append(Fault(str(path), f"this file is not read; name it {path.stem}.yaml"))
        for path in sorted([*clinic.folder.glob("*.yaml.*"), *clinic.folder.glob("*/*.yaml.*")]):
            self.faults.append(Fault(str(path), f"this file is not read; name it {path.name.partition('.')[0]}.yaml"))
        for folder in sorted({path.parent for path in clinic.folder.glob("*/*.yaml")}):
            if folder.name not in LIBRARIES:
                known = ", ".join(LIBRARIES)
                self.faults.append(Fault(str(folder), f"this folder is not read; the folders are {known}"))
        if (clinic.folder / "form.yaml").is_file():
            what = "a clinic's folder has no form.yaml; remove it, and put sources into sources.yaml"
            self.faults.append(Fault(f"{clinic.prefix}form.yaml", what))

    def _sources(self, clinic: _Source, shipped: Mapping[str, str]) -> dict[str, str]:
        """The clinic's own sources, by id."""
        if not (clinic.folder / f"{SOURCES_FILE}.yaml").is_file():
            return {}
        table = self._table(clinic, f"{SOURCES_FILE}.yaml")
        if table is None:
            return {}
        name, found = f"{clinic.prefix}{SOURCES_FILE}.yaml", plain(table)
        for each, words in found.items():
            if each in shipped:
                self._fault(name, (each,), f"the source '{each}' is a shipped one; write own_{each}")
            elif not isinstance(words, str):
                self._fault(name, (each,), "write the source as one text in quotes")
        return {str(each): words for each, words in found.items()}

    def _quick_words(self, source: _Source) -> QuickWords:
        """The further words of quick entry; none where the folder has no such file."""
        file = f"{QUICK_WORDS_FILE}.yaml"
        table = self._table(source, file) if (source.folder / file).is_file() else None
        words = self._validated(QuickWords, plain(table), f"{source.prefix}{file}", ()) if table is not None else None
        return words or QuickWords()

    def _own_quick_words(self, clinic: _Source, shipped: QuickWords) -> QuickWords:
        """The clinic's words beside the shipped ones, whose meaning stays."""
        own = self._quick_words(clinic)
        merged, taken = quick_words.merged(shipped, own)
        file = f"{QUICK_WORDS_FILE}.yaml"
        name = f"{clinic.prefix}{file}"
        if name in self.nodes:
            self.library_places[file] = name  # the shipped words are without fault
        for key, word in taken:
            self._fault(name, (key, word), f"'{word}' stands in the shipped words already; remove it here")
        return merged

    def _own_items(self, section: Section) -> None:
        """The core set is the application's, with its own count and version, and figures that nobody has reviewed make
        no value abnormal: neither comes with a clinic's item."""
        for item in section.items:
            place = f"{section.id}.{item.id}"
            if item.core:
                self._item_fault(place, "an own item cannot belong to the core set; remove 'core'")
            if item.reviewed is None:
                for field_id in form_checks.limited(item):
                    what = (
                        f"'{field_id}' would be called normal or abnormal by figures that nobody has reviewed; "
                        "remove 'normal' and 'abnormal', or add reviewed: {by: Name, on: 2026-11-01} to the item"
                    )
                    self._item_fault(place if field_id == item.id else f"{place}:{field_id}", what)

    def _table(self, source: _Source, file: str) -> Table | None:
        path, name = source.folder / file, f"{source.prefix}{file}"
        if not path.is_file():
            self.faults.append(Fault(name, "this file is missing"))
            return None
        try:
            node = parse(path.read_bytes(), name)
        except OSError:
            self.faults.append(Fault(name, "this file cannot be read; check that you may open it"))
            return None
        except FaultyTextError as error:
            self.faults.extend(error.faults)
            return None
        if not isinstance(node, Table):
            self.faults.append(Fault(f"{name}:{node.line}", "the file must hold keys and values"))
            return None
        self.nodes[name] = node
        return node

    def _library(self, source: _Source, place: str, model: type[M], shipped: Mapping[str, Model]) -> dict[str, M]:
        """One library of a folder, by id; `shipped` are the ids that are taken."""
        found: dict[str, M] = {}
        for path in sorted((source.folder / place).glob("*.yaml")):
            file = f"{place}/{path.name}"
            name = f"{source.prefix}{file}"
            table = self._table(source, file)
            if table is None:
                continue
            one = self._validated(model, plain(table), name, ())
            if one is None:
                continue
            if one.model_dump().get("id") != path.stem:
                self._fault(name, ("id",), f"the id must be the file's name, '{path.stem}'")
            if path.stem in shipped:
                what = f"'{path.stem}' is a shipped one; give the file and the id another name, such as own_{path.stem}"
                self._fault(name, ("id",), what)
                continue
            self.library_places[file] = name
            found[path.stem] = one
        return found

    def _section(self, source: _Source, section_id: str, shipped: Section | None = None) -> Section | None:
        """A section; with `shipped`, the groups that a clinic adds to that one, as a section of their own."""
        name = f"{source.prefix}{section_id}.yaml"
        table = self._table(source, f"{section_id}.yaml")
        if table is None:
            return None
        data = plain(table)
        if data.get("id") != section_id:
            self._fault(name, ("id",), f"the id must be the file's name, '{section_id}'")
        templates = data.pop("templates", {})
        before = len(self.faults)
        if shipped is not None:
            self._shipped_stays(name, data, shipped)
            data |= {"title": shipped.title}
            if isinstance(templates, dict):
                templates = self.templates[section_id] | templates
        self.templates[section_id] = templates if isinstance(templates, dict) else {}
        groups = data.get("groups")
        if not isinstance(groups, list):
            what = "list the groups of the section; a scale belongs into the folder scales, a scope into scopes"
            self._fault(name, ("groups",), what)
            return None
        for index, group in enumerate(groups):
            path = ("groups", index)
            if not isinstance(group, dict):
                self._fault(name, path, "a group needs id, title and items")
                continue
            self.group_places[f"{section_id}/{group.get('id')}"] = (name, path)
            if group.get("layout") == "matrix":
                self._expand_matrix(name, section_id, path, group)
            else:
                self._expand_items(name, section_id, path, group, templates)
        section = self._validated(Section, data, name, ())
        return section if len(self.faults) == before else None

    def _shipped_stays(self, name: str, data: Mapping[str, Any], shipped: Section) -> None:
        """A clinic adds groups to a shipped section; it changes nothing of it."""
        for key in data:
            if key not in OF_A_SHIPPED_SECTION:
                what = f"'{shipped.id}' is a shipped section; a file that adds to it has id, templates and groups only"
                self._fault(name, (key,), f"{what}; remove '{key}'")
        taken = {group.id for group in shipped.groups}
        for index, group in enumerate(data.get("groups") or ()):
            if isinstance(group, dict) and group.get("id") in taken:
                what = f"the group '{group['id']}' is a shipped one; choose another id, such as own_{group['id']}"
                self._fault(name, ("groups", index, "id"), what)

    def _expand_items(
        self, name: str, section_id: str, path: tuple[str | int, ...], group: dict[str, Any], templates: Any
    ) -> None:
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
            self._place(name, section_id, here, item.get("id"))
            try:
                expanded.append(shorthand.written_out(shorthand.with_templates(item, templates)))
            except shorthand.ShorthandError as error:
                self._fault(name, (*here, "use"), str(error))
        group["items"] = expanded

    def _expand_matrix(self, name: str, section_id: str, path: tuple[str | int, ...], group: dict[str, Any]) -> None:
        try:
            items = shorthand.expand_matrix(group)
        except shorthand.ShorthandError as error:
            self._fault(name, path, str(error))
            return
        for row_index, item in items:
            self._place(name, section_id, (*path, "rows", row_index), item["id"])

    def _place(self, name: str, section_id: str, path: tuple[str | int, ...], item_id: object) -> None:
        address = f"{section_id}.{item_id}"
        line = line_at(self.nodes[name], path)
        if address in self.item_places:
            file, first = self.item_places[address]
            where = f"on line {first}" if file == name else f"in the shipped {file}, line {first}"
            other = "another" if file == name else f"another, such as own_{item_id}"
            what = f"the id '{item_id}' stands here again; first {where}; choose {other}"
            self.faults.append(Fault(f"{name}:{line}", what))
            return
        self.item_places[address] = (name, line)

    def _validated(self, model: type[M], data: Any, name: str, path: tuple[str | int, ...]) -> M | None:
        try:
            return model.model_validate(data, strict=False)
        except ValidationError as error:
            for steps, what in reasons(error.errors(include_url=False)):
                self._fault(name, (*path, *steps), what)
            return None

    def _fault(self, name: str, path: tuple[str | int, ...], what: str) -> None:
        node = self.nodes.get(name)
        self.faults.append(Fault(f"{name}:{line_at(node, path) if node else 1}", what))

    def _item_fault(self, where: str, what: str) -> None:
        """A fault of the whole form: `where` is an item id, `item:field`, or a file name or `section/group` with keys
        after `#`."""
        item_id, _, field_id = where.partition(":")
        if item_id in self.item_places:
            name, line = self.item_places[item_id]
            inner = line_of_id(self.nodes[name], field_id, line) if field_id else None
            self.faults.append(Fault(f"{name}:{inner or line}", what))
            return
        name, _, path = where.partition("#")
        steps = tuple(int(step) if step.isdecimal() else step for step in path.split("/") if step)
        file, start = self.group_places.get(name, (self.library_places.get(name, name), ()))
        self._fault(file, (*start, *steps), what)

"""The short ways of writing a form, written out: templates, options by id alone, and matrices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OPTION_LISTS = ("options", "qualifiers")


class ShorthandError(Exception):
    """A `use` that leads nowhere or back to itself, or a matrix without rows or columns."""


def with_templates(entry: Any, templates: Any, within: tuple[str, ...] = ()) -> Any:
    """An item, field or template with the keys of the template that it names, in all its fields.

    `within` are the templates being written out. Raises ShorthandError.
    """
    if not isinstance(entry, dict):
        return entry
    own = {key: value for key, value in entry.items() if key != "use"}
    use = entry.get("use")
    if use is not None:
        if not isinstance(templates, dict) or not isinstance(templates.get(use), dict):
            raise ShorthandError(f"there is no template '{use}'; add it under templates")
        if use in within:
            raise ShorthandError(f"the template '{use}' uses itself; remove one use of the circle")
        own = {**with_templates(templates[use], templates, (*within, use)), **own}
    if isinstance(own.get("fields"), list):
        own["fields"] = [with_templates(field, templates, within) for field in own["fields"]]
    return own


def _tables(value: Any) -> list[dict[str, Any]]:
    """The value if it is a list of tables, otherwise an empty list."""
    return value if isinstance(value, list) and all(isinstance(each, dict) for each in value) else []


def written_out(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item or field with its shorthand options written out, in all its fields."""
    full = dict(item)
    for key in OPTION_LISTS:
        if isinstance(full.get(key), list):
            full[key] = [_option(option) for option in full[key]]
    if isinstance(full.get("fields"), list):
        full["fields"] = [written_out(field) if isinstance(field, dict) else field for field in full["fields"]]
    return full


def _option(option: Any) -> Any:
    if isinstance(option, str):
        return {"id": option, "label": option.replace("_", " ")}
    if isinstance(option, dict) and "label" not in option and isinstance(option.get("id"), str):
        return option | {"label": option["id"].replace("_", " ")}
    return option


def expand_matrix(group: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """Give a matrix group its items, one for each row and column, and return them with the index of their row.

    Raises ShorthandError where rows or columns are missing.
    """
    rows, columns = _tables(group.get("rows")), _tables(group.get("columns"))
    if not rows or not columns:
        raise ShorthandError("a matrix needs rows and columns, each with id and label")
    items = [(index, written_out(_cell(row, column))) for index, row in enumerate(rows) for column in columns]
    group["items"] = [item for _index, item in items]
    group["rows"] = [{key: row[key] for key in ("id", "label", "phrase", "detail") if key in row} for row in rows]
    group["columns"] = [{key: column[key] for key in ("id", "label") if key in column} for column in columns]
    return items


def _cell(row: Mapping[str, Any], column: Mapping[str, Any]) -> dict[str, Any]:
    item = {key: value for key, value in column.items() if key != "item_label"}
    item |= {key: value for key, value in row.items() if key not in ("label", "phrase")}
    words = str(column.get("item_label", "{row}"))
    if "phrase" in row:
        item["phrase"] = (words[:1].lower() + words[1:]).replace("{row}", str(row["phrase"]))
    return item | {
        "id": f"{column.get('id')}_{row.get('id')}",
        "label": words.replace("{row}", str(row.get("label"))),
        "cell": {"row": row.get("id"), "column": column.get("id")},
    }

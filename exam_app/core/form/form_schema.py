"""A JSON Schema of a section file, for editors that complete and check YAML while it is written."""

from __future__ import annotations

from typing import Any

from exam_app.core.form.form import Section

_SCALAR = {"type": ["string", "number", "boolean"]}
_SHORT_LISTS = ("options", "qualifiers")


def section_schema() -> dict[str, Any]:
    """The schema of a section file as an author writes it: with templates, `use`, short options and matrices.

    Every scalar of a form file is text that is converted later, so the schema accepts any scalar where one is meant.
    """
    schema = Section.model_json_schema(ref_template="#/$defs/{model}")
    definitions: dict[str, Any] = schema["$defs"]
    for definition in (*definitions.values(), schema):
        properties = definition.get("properties", {})
        for key in _SHORT_LISTS:
            if key in properties:
                properties[key]["items"] = {"anyOf": [_SCALAR, properties[key]["items"]]}
    items = [name for name in definitions if name.endswith("Item")]
    for name in (*items, *(name for name in definitions if name.endswith("Field"))):
        definitions[name]["properties"]["use"] = _SCALAR
        # A template may bring any key but the id.
        definitions[name]["required"] = ["id"]
    heading = definitions["Heading"]["properties"]
    for name in items:
        heading.update({key: value for key, value in definitions[name]["properties"].items() if key not in heading})
    heading |= {"item_label": _SCALAR, "kind": _SCALAR}
    group_items = definitions["Group"]["properties"]["items"]
    group_items["items"] = {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in items]}
    schema["properties"]["templates"] = {"type": "object", "additionalProperties": {"type": "object"}}
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "A section of the examination"
    loosened: dict[str, Any] = _any_scalar(schema)
    return loosened


def _any_scalar(node: Any) -> Any:
    """The schema with every scalar type opened to any scalar, and limits on text and numbers left to the check."""
    if isinstance(node, list):
        return [_any_scalar(each) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") in ("string", "number", "integer", "boolean") and "enum" not in node and "const" not in node:
        return _SCALAR | {key: node[key] for key in ("description",) if key in node}
    # A field that names a template shows no kind of its own, and so fits several kinds.
    renamed = {"oneOf": "anyOf"}
    opened = {renamed.get(key, key): _any_scalar(value) for key, value in node.items() if key != "discriminator"}
    for pattern in opened.pop("patternProperties", {}).values():
        # A key may be any text: an editor reads the answer `yes` as a truth value.
        opened["additionalProperties"] = pattern
    return opened

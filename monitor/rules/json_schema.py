"""A value and a JSON schema -> what is wrong with the value: the few keywords that our schemas use, and no others.

A keyword that is not known here is an error, so no schema can ask what nobody checks (decision 0010).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None),
}  # fmt: skip
_SILENT = frozenset({"$schema", "$id", "$comment", "title", "description"})
_KNOWN = _SILENT | {
    "type", "enum", "minLength", "maxLength", "pattern", "required", "properties", "additionalProperties", "items",
    "minItems",
}  # fmt: skip


def problems(value: object, schema: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """Each as `field: rule`, in English; none when the value is as the schema asks.

    Raises ValueError for a schema with a keyword that this does not know.
    """
    if unknown := set(schema) - _KNOWN:
        raise ValueError(f"unknown keywords at {where or 'the top'}: {sorted(unknown)}")
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, _TYPES[kind]) for kind in kinds):
        yield f"{where}: type"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: enum"
    match value:
        case str():
            yield from _of_text(value, schema, where)
        case list():
            if len(value) < schema.get("minItems", 0):
                yield f"{where}: minItems"
            for number, item in enumerate(value):
                yield from problems(item, schema.get("items", {}), f"{where}[{number}]")
        case dict():
            yield from _of_object(value, schema, where)


def _of_text(value: str, schema: Mapping[str, Any], where: str) -> Iterator[str]:
    if len(value) < schema.get("minLength", 0):
        yield f"{where}: minLength"
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{where}: maxLength"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where}: pattern"


def _of_object(value: dict[str, object], schema: Mapping[str, Any], where: str) -> Iterator[str]:
    fields: Mapping[str, Any] = schema.get("properties", {})
    prefix = f"{where}." if where else ""
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{prefix}{name}: required"
    for name, item in value.items():
        if name in fields:
            yield from problems(item, fields[name], prefix + name)
        elif schema.get("additionalProperties") is False:
            yield f"{prefix}{name}: additionalProperties"

"""The check of a value against a JSON schema."""

from typing import Any

import pytest

from monitor.rules.json_schema import problems


@pytest.mark.parametrize(
    ("value", "schema", "found"),
    [
        ("a", {"type": "string"}, []),
        (None, {"type": ["string", "null"], "maxLength": 1}, []),
        (1, {"type": "string"}, [": type"]),
        ("", {"minLength": 1}, [": minLength"]),
        ("ab", {"maxLength": 1}, [": maxLength"]),
        ("2026-13", {"pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}, [": pattern"]),
        ("x", {"enum": ["a", "b"]}, [": enum"]),
        ([], {"type": "array", "minItems": 1}, [": minItems"]),
        (["a", 1], {"items": {"type": "string"}}, ["[1]: type"]),
        ({}, {"required": ["a"]}, ["a: required"]),
        ({"b": 1}, {"properties": {}, "additionalProperties": False}, ["b: additionalProperties"]),
        ({"a": [{"b": ""}]}, {"properties": {"a": {"items": {"properties": {"b": {"minLength": 1}}}}}},
         ["a[0].b: minLength"]),
    ],
)  # fmt: skip
def test_a_value_that_is_not_as_asked_is_named_with_its_rule(
    value: object, schema: dict[str, Any], found: list[str]
) -> None:
    assert list(problems(value, schema)) == found


def test_a_schema_may_not_ask_what_nobody_checks() -> None:
    with pytest.raises(ValueError, match="format"):
        list(problems("a", {"format": "uri"}))

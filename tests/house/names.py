"""Every name under which the house could hold something, by the kind of place: read from the files, not from memory."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from monitor.collect import KINDS
from tests.house.tree import ROOT, dotted, files, modules, text, tree

Name = tuple[str, str]
"""Where it stands, and the name."""

_FIELD = re.compile(r"""<(?:input|select|textarea|button)\b[^>]*?\bname=["']?([\w-]+)""")
_ROUTE = re.compile(r"{(\w+)")


def columns(tables: MetaData = SQLModel.metadata) -> Iterator[Name]:
    """Of every table."""
    for table in tables.tables.values():
        yield from ((table.name, column.name) for column in table.columns)


def members(where: str, syntax: ast.AST) -> Iterator[Name]:
    """Of every class: its fields, and the members and values of an enum."""
    for kind in (node for node in ast.walk(syntax) if isinstance(node, ast.ClassDef)):
        for node in kind.body:
            match node:
                case ast.AnnAssign(target=ast.Name(id=name)):
                    yield f"{where}:{kind.name}", name
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    yield f"{where}:{kind.name}", name
                    if isinstance(value, ast.Constant) and isinstance(value.value, str) and " " not in value.value:
                        yield f"{where}:{kind.name}", value.value


def asked(where: str, syntax: ast.AST) -> Iterator[Name]:
    """What a route takes from its address, its question and its form."""
    for act in (node for node in ast.walk(syntax) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
        paths = [c for c in act.decorator_list if isinstance(c, ast.Call) and dotted(c.func).startswith("router.")]
        for path in paths:
            yield from ((f"{where}:{act.name}", arg.arg) for arg in (*act.args.args, *act.args.kwonlyargs))
            yield from ((f"{where}:{act.name}", name) for name in _ROUTE.findall(ast.unparse(path)))


def in_form(where: str, markup: str) -> Iterator[Name]:
    """The fields of the forms of a page."""
    yield from ((where, name) for name in _FIELD.findall(markup))


def keys(where: str, syntax: ast.AST) -> Iterator[Name]:
    """The keys of dictionaries as they are written: what goes out as JSON, and the options of a channel."""
    for node in ast.walk(syntax):
        match node:
            case ast.Dict(keys=found):
                yield from ((where, key.value) for key in found if isinstance(key, ast.Constant) and is_name(key.value))
            case ast.Call(func=ast.Attribute(attr="only" | "add_argument"), args=found):
                yield from ((where, a.value) for a in found if isinstance(a, ast.Constant) and is_name(a.value))


def is_name(value: object) -> TypeGuard[str]:
    """Whether it is a name, and no sentence."""
    return isinstance(value, str) and re.fullmatch(r"-{0,2}[a-z][\w-]*", value) is not None


def configured(where: str, table: object) -> Iterator[Name]:
    """The keys of a table, at any depth."""
    if isinstance(table, Mapping):
        for key, value in table.items():
            yield where, str(key)
            yield from configured(where, value)
    elif isinstance(table, list):
        for value in table:
            yield from configured(where, value)


def tables() -> list[Path]:
    """The tables that a municipality edits, and those of the reader."""
    return [Path("sources.toml"), *files("monitor", "classifiers", "alerts", suffixes=(".toml",))]


def every_name() -> Iterator[Name]:
    """All of them."""
    yield from columns()
    for path in modules():
        where, syntax = path.as_posix(), tree(path)
        yield from members(where, syntax)
        yield from asked(where, syntax)
        yield from keys(where, syntax)
    for path in files("monitor/render/templates", suffixes=(".html",)):
        yield from in_form(path.as_posix(), text(path))
    for path in tables():
        yield from configured(path.as_posix(), tomllib.loads((ROOT / path).read_text(encoding="utf-8")))
    yield from ((f"kind {kind}", option) for kind, row in KINDS.items() for option in row.options)

"""The files of the house, read as text and as syntax."""

import ast
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("monitor", "classifiers", "alerts")


def files(*folders: str, suffixes: tuple[str, ...]) -> list[Path]:
    """The files under `folders` with one of `suffixes`, without those that others wrote; relative to the root."""
    found = chain.from_iterable((ROOT / folder).rglob("*") for folder in folders)
    paths = (path.relative_to(ROOT) for path in found if path.suffix in suffixes)
    return sorted(path for path in paths if not {"vendor", "__pycache__"} & set(path.parts))


def modules(*folders: str) -> list[Path]:
    """The Python files under `folders`; without folders, those of the three packages."""
    return files(*(folders or PACKAGES), suffixes=(".py",))


def text(path: Path | str) -> str:
    """What a file of the house says."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a Python file."""
    return ast.parse(text(path), filename=str(path))


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """Every call in a file: the dotted name as it is written there, and its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and (name := dotted(node.func)):
            yield name, node.lineno


def dotted(node: ast.expr) -> str:
    """`datetime.now` for that expression; empty for what is no plain chain of names."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{before}.{name}" if (before := dotted(value)) else ""
    return ""


def callers(*names: str) -> set[str]:
    """The files of the packages that call something whose dotted name, or the last part of it, is one of `names`."""
    return {
        path.as_posix()
        for path in modules()
        for name, _ in calls(path)
        if name in names or name.rpartition(".")[2] in names
    }


def sentences(path: Path) -> Iterator[str]:
    """The strings of a Python file that are no docstrings."""
    docstrings = {
        id(node.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value

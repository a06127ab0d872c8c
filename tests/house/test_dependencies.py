"""What the code imports is what the project asks for, no less and no more."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.house.tree import PACKAGES, modules, text, tree

WORKS_UNSEEN = {
    "python-multipart": "FastAPI reads forms with it",
    "tzdata": "zoneinfo reads it where the machine has no time zones",
}
"""Packages that no line of ours imports, and why they are asked for."""
SERVES_TESTS = {
    "import-linter": "make check",
    "mypy": "make check",
    "pytest-randomly": "a plug-in of pytest",
    "pytest-socket": "a plug-in of pytest",
    "pytest-xdist": "make test",
    "ruff": "make check",
}
"""The same, for what only tests and checks need."""
TRAINING = "classifiers/training"
FIGURES = Path("classifiers/training/evaluate.py")
"""The one file of training that serves those who run the house: `torenwacht evaluate` and `analyse` take it."""


def plain(name: str) -> str:
    """The name of a package as a registry compares it: `aiohttp` for `aiohttp[speedups]>=3.13`."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name, maxsplit=1)[0]).lower()


def imported(paths: list[Path]) -> Iterator[str]:
    """The top-level names that files import, without the standard library and the house itself."""
    for path in paths:
        for node in ast.walk(tree(path)):
            names = []
            match node:
                case ast.Import(names=aliases):
                    names = [alias.name for alias in aliases]
                case ast.ImportFrom(module=str(module), level=0):
                    names = [module]
                case ast.Call(func=ast.Name(id="import_module" | "importorskip"), args=[ast.Constant(value=str(name))]):
                    names = [name]
            for name in names:
                top = name.partition(".")[0]
                if top not in sys.stdlib_module_names and top not in {*PACKAGES, "tests"}:
                    yield top


def packages(paths: list[Path]) -> set[str]:
    """The packages that these files import."""
    providers = packages_distributions()
    return {plain(providers[top][0]) for top in imported(paths)}


def running() -> list[Path]:
    """The files that run the house: all but those that only train."""
    training = set(modules(TRAINING)) - {FIGURES}
    return [path for path in modules() if path not in training]


def beside() -> list[Path]:
    """The files that only those who work on the house run: its tests, and what trains."""
    return [*modules("tests"), *modules(TRAINING)]


def asked(*, group: str | None = None) -> set[str]:
    """What pyproject.toml asks for: to run, or by one of its groups."""
    project = tomllib.loads(text("pyproject.toml"))
    lines: list[str] = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    return {plain(line) for line in lines}


def test_everything_that_the_house_imports_is_asked_for() -> None:
    assert packages(running()) - asked() == set()


def test_nothing_is_asked_for_that_the_house_does_not_use() -> None:
    assert asked() - packages(running()) - set(WORKS_UNSEEN) == set()


def test_nothing_that_runs_the_house_leans_on_training() -> None:
    """What trains asks for packages that an installation does not have."""
    leaning = {
        path.as_posix()
        for path in running()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("classifiers.training")
        if node.module != "classifiers.training.evaluate"
    }

    assert leaning == set()


def test_tests_and_training_import_only_what_is_asked_for() -> None:
    assert packages(beside()) - asked() - asked(group="dev") == set()


def test_no_tool_is_asked_for_that_tests_and_training_do_not_use() -> None:
    assert asked(group="dev") - packages(beside()) - set(SERVES_TESTS) == set()

"""Every use of data names one purpose of the closed list: all pages and all commands (R48)."""

import argparse
import ast
from collections.abc import Iterator

from fastapi.routing import APIRoute

from monitor.cli import parser
from monitor.commands import PURPOSES as OF_COMMANDS
from monitor.domain import Purpose
from monitor.web import ROUTERS
from monitor.web.purposes import PURPOSES as OF_PAGES
from tests.house.tree import dotted, modules, tree


def commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Every command as it is typed: `audit verify`."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield before.strip()
    for action in below:
        for name, child in action.choices.items():
            yield from commands(child, f"{before} {name}")


def test_every_door_has_a_purpose() -> None:
    """Give a new route a name, and that name a row in monitor/web/purposes.py."""
    doors = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]

    assert {route.name for route in doors} == set(OF_PAGES)
    assert {type(purpose) for purpose in OF_PAGES.values()} == {Purpose}


def test_every_command_has_a_purpose() -> None:
    """Give a new command a row in PURPOSES of monitor/commands/__init__.py."""
    assert set(commands(parser())) == set(OF_COMMANDS)


def test_every_purpose_says_in_one_sentence_what_it_is_for() -> None:
    assert {purpose.value: purpose.meaning.count(".") for purpose in Purpose} == {
        purpose.value: 1 for purpose in Purpose
    }
    assert len({purpose.value for purpose in Purpose}) == len(Purpose)


def test_no_entry_of_the_trail_is_written_without_a_purpose_from_the_list() -> None:
    """Every call names one by itself, or hands on what its door or command has."""
    loose = {
        f"{path.as_posix()}:{node.lineno}"
        for path in modules("monitor/work", "monitor/web", "monitor/commands")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and dotted(node.func) in {"audit", "look", "search", "take_out", "people.add_audit"}
        for told in [next((keyword.value for keyword in node.keywords if keyword.arg == "purpose"), None)]
        if told is None or not (dotted(told).startswith(("Purpose.", "purpose")) or _asks_the_door(told))
    }

    assert loose == set()


def _asks_the_door(told: ast.expr) -> bool:
    return isinstance(told, ast.Call) and dotted(told.func) == "purpose_of"

"""What each command does: settings and options in, exit code out. Prints Dutch; does no work of its own."""

import argparse
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Any, cast

from monitor.config import Settings

Command = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]

COMMANDS: dict[str, str] = {
    "serve": "serve",
    "worker": "serve",
    "demo": "demo",
    "check": "house",
    "poll": "house",
    "brief": "house",
    "purge": "house",
    "corrections": "corrections",
    "sources": "catalogue",
    "user": "house",
    "analyse": "texts",
    "evaluate": "texts",
}
"""Name of a command, and of its function -> its file here."""


def command(name: str) -> Command:
    """The function of a command. Its file is loaded now: who reads text need not wait for a web server."""
    return cast(Command, getattr(import_module(f"monitor.commands.{COMMANDS[name]}"), name))

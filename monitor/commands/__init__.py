"""What each command does: settings and options in, exit code out. Prints Dutch; does no work of its own."""

import argparse
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Any, cast

from monitor.config import Settings
from monitor.domain import Purpose

Command = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]

COMMANDS: dict[str, str] = {
    "serve": "serve",
    "worker": "serve",
    "demo": "demo",
    "check": "house",
    "poll": "house",
    "brief": "house",
    "purge": "retention",
    "deletions": "retention",
    "hold": "retention",
    "backup": "retention",
    "corrections": "corrections",
    "records": "records",
    "register": "accountability",
    "rights": "rights",
    "rules": "rules",
    "signal": "signals",
    "sources": "catalogue",
    "audit": "oversight",
    "counters": "oversight",
    "logboek": "logbook",
    "user": "staff",
    "subscriptions": "subscriptions",
    "analyse": "texts",
    "evaluate": "texts",
}
"""Name of a command, and of its function -> its file here."""

PURPOSES: dict[str, Purpose] = {
    "serve": Purpose.OPERATION,
    "worker": Purpose.OPERATION,
    "demo": Purpose.OPERATION,
    "check": Purpose.OPERATION,
    "poll": Purpose.SOURCES,
    "brief": Purpose.BRIEFING,
    "purge": Purpose.RETENTION,
    "deletions": Purpose.RETENTION,
    "hold add": Purpose.RETENTION,
    "hold list": Purpose.RETENTION,
    "hold end": Purpose.RETENTION,
    "backup": Purpose.OPERATION,
    "records verify": Purpose.OVERSIGHT,
    "records export": Purpose.BRIEFING,
    "corrections": Purpose.QUALITY,
    "analyse": Purpose.QUALITY,
    "evaluate": Purpose.QUALITY,
    "signal add": Purpose.SIGNAL,
    "sources test": Purpose.SOURCES,
    "sources import": Purpose.SOURCES,
    "sources export": Purpose.OPENNESS,
    "sources list": Purpose.SOURCES,
    "sources approve": Purpose.SOURCES,
    "sources second": Purpose.SOURCES,
    "sources review": Purpose.SOURCES,
    "sources withdraw": Purpose.SOURCES,
    "sources pause": Purpose.SOURCES,
    "sources resume": Purpose.SOURCES,
    "rights access": Purpose.RIGHTS,
    "rights rectify": Purpose.RIGHTS,
    "rights erase": Purpose.RIGHTS,
    "rights restrict": Purpose.RIGHTS,
    "rights object": Purpose.RIGHTS,
    "rights blocks": Purpose.RIGHTS,
    "counters": Purpose.OPENNESS,
    "register": Purpose.OPENNESS,
    "audit verify": Purpose.OVERSIGHT,
    "audit anchor": Purpose.OVERSIGHT,
    "logboek export": Purpose.OVERSIGHT,
    "logboek check": Purpose.OVERSIGHT,
    "user add": Purpose.ACCESS,
    "user invite": Purpose.ACCESS,
    "user role": Purpose.ACCESS,
    "user block": Purpose.ACCESS,
    "user unblock": Purpose.ACCESS,
    "user logout": Purpose.ACCESS,
    "user list": Purpose.ACCESS,
    "user slack": Purpose.ACCESS,
    "user away": Purpose.ACCESS,
    "user back": Purpose.ACCESS,
    "subscriptions list": Purpose.PUBLIC_ORDER,
    "subscriptions withdraw": Purpose.PUBLIC_ORDER,
    "rules try": Purpose.QUALITY,
}
"""What each command is for (R48); one without a row fails a test."""


def command(name: str) -> Command:
    """The function of a command. Its file is loaded now: who reads text need not wait for a web server."""
    return cast(Command, getattr(import_module(f"monitor.commands.{COMMANDS[name]}"), name))

"""What each command does: settings and options in, exit code out. Prints Dutch; does no work of its own."""

import argparse
from collections.abc import Callable, Coroutine
from typing import Any

from monitor.commands import demo, house, serve, texts
from monitor.config import Settings

COMMANDS: dict[str, Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]] = {
    "serve": serve.serve,
    "worker": serve.worker,
    "demo": demo.demo,
    "check": house.check,
    "poll": house.poll,
    "brief": house.brief,
    "purge": house.purge,
    "user": house.user,
    "analyse": texts.analyse,
    "evaluate": texts.evaluate,
}

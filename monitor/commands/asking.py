"""asking(): what may not stand on a command line, where the shell and others see it, is asked or read from a pipe."""

import getpass
import sys
from collections.abc import Callable

from monitor.errors import ConfigError

Ask = Callable[[str], str]


def asking(*, stdin: bool, shown: bool) -> Ask:
    """Puts a question and gives the line that answers it; `shown` False: no screen shows what is typed.

    With `stdin` nothing is asked. Raises ConfigError where nobody can be asked.
    """
    if stdin:
        return lambda _: sys.stdin.readline().strip()
    if not sys.stdin.isatty():
        advice = "Gebruik --stdin als de tekst van standaardinvoer komt, elk antwoord op een eigen regel."
        raise ConfigError("opdracht", "--stdin", advice=advice)
    put: Ask = input if shown else getpass.getpass
    return lambda question: put(question).strip()

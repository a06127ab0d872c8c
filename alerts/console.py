"""Message -> plain lines in a terminal of 80 columns, in the order in which Slack shows them."""

import sys
import textwrap
from collections import deque
from collections.abc import Callable

from alerts.message import Channel, Message
from alerts.opening import Means
from alerts.options import Options

WIDTH = 78
"""Two less than 80: some terminals start a new line when the last column is filled."""

REMEMBERED = 1000
"""How many keys the console keeps in mind; more than a queue ever has under way."""


def rendering(message: Message, *, follows: bool) -> tuple[str, ...]:
    """The lines to print. `follows`: whether it belongs to an earlier message, which Slack shows as a thread."""
    rule = "─" * WIDTH
    shown = [rule, *_wrapped(message.title)]
    if follows:
        shown += _wrapped(f"Vervolg op: {message.follows}" if message.follows else "Dit hoort bij een eerder bericht.")
    for line in message.lines:
        shown += _wrapped(line, first="  • ", rest="    ")
    if message.link:
        # An address is never broken over lines: a broken one cannot be clicked or copied.
        shown.append(f"  Meer: {_printable(message.link)}")
    if message.footer:
        shown += _wrapped(message.footer, first="  ", rest="  ")
    return (*shown, rule)


def _wrapped(text: str, *, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        _printable(text), WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=True
    ) or [first.rstrip()]


def _printable(text: str) -> str:
    """Without control characters: an escape sequence in a text from outside may not steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def to_stdout(line: str) -> None:
    """Writes one line at once, with `?` for a sign that the terminal cannot show."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


class ConsoleChannel:
    """Prints, and remembers what it printed as long as the process lives."""

    def __init__(self, print_line: Callable[[str], None]) -> None:
        self._print_line = print_line
        self._printed: deque[str] = deque(maxlen=REMEMBERED)

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        """The receipt is `message.key`, or `thread` where there is one. Raises nothing."""
        if attempt == 1 or message.key not in self._printed:
            for line in rendering(message, follows=thread is not None):
                self._print_line(line)
            self._printed.append(message.key)
        return thread or message.key


def open_channel(options: Options, means: Means, *, print_line: Callable[[str], None] = to_stdout) -> Channel:
    """Takes no options, and does not use `means`."""
    options.only()
    return ConsoleChannel(print_line)

"""Message -> plain text by one of the many services that the library Apprise knows; for what has no kind of its own."""

import asyncio
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from alerts.errors import TryLater
from alerts.message import Channel, Message
from alerts.opening import Means
from alerts.options import Options

LIBRARY = "apprise"
"""An extra: `pip install torenwacht[apprise]`."""
PATIENCE = 60.0
"""Seconds to wait; the thread that sends is then left to itself."""


class Notifier(Protocol):
    """As much of `apprise.Apprise` as is used."""

    def add(self, servers: str) -> bool:
        """Whether it knows the service of this address."""

    def notify(self, body: str, title: str, body_format: str) -> bool | None:
        """Whether it was sent. Blocks."""


class AppriseChannel:
    """Sends in a thread. The library says no more than whether it worked, and can be asked nothing afterwards."""

    def __init__(self, notifier: Notifier) -> None:
        self._notifier = notifier

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        """The receipt is the key of the first message about the same thing."""
        try:
            async with asyncio.timeout(PATIENCE):
                sent = await asyncio.to_thread(
                    self._notifier.notify, body=_body(message, follows=thread is not None), title=message.title,
                    body_format="text",
                )  # fmt: skip
        except TimeoutError as error:
            raise TryLater("service behind Apprise does not answer") from error
        if not sent:
            raise TryLater("service behind Apprise did not take the message")
        return thread or message.key


def _body(message: Message, *, follows: bool) -> str:
    earlier = f"Vervolg op: {message.follows or 'een eerder bericht'}" if follows else ""
    parts = [earlier, *message.lines, message.link, message.footer]
    return "\n".join(part for part in parts if part)


def installed() -> Notifier | None:
    """A notifier of the library; None where the extra is not installed."""
    if find_spec(LIBRARY) is None:
        return None
    return cast(Notifier, import_module(LIBRARY).Apprise())


def open_channel(options: Options, means: Means, *, load: Callable[[], Notifier | None] = installed) -> Channel:
    """Options: `url`, from the environment: the address by which Apprise knows the service. Uses no `means`."""
    options.only("url")
    url = options.secret("url")
    notifier = load()
    if notifier is None:
        raise options.wrong(
            "url",
            "Dit soort kanaal heeft het extra pakket Apprise nodig. Installeer het met: pip install "
            "'torenwacht[apprise]', of zet bij dit kanaal enabled = false.",
        )
    if not notifier.add(url):
        raise options.wrong("url", "Apprise kent dit adres niet. Kijk in de documentatie van Apprise hoe het hoort.")
    return AppriseChannel(notifier)

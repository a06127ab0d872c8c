"""Socket Mode: the connection that Slack speaks through, opened again whenever it ends."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from alerts.errors import Refused, TryLater
from alerts.slack_wire import Wire, outcome, patiently, quiet

Pause = Callable[[float], Awaitable[None]]
Take = Callable[[Mapping[str, object], str], Awaitable[Mapping[str, object]]]
"""Payload and envelope -> what Slack gets for it, within three seconds."""

_CONNECTS = 20.0
"""Seconds that a connection may take to open."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_CROWDED = "too_many_websockets"
_SWITCHED_OFF = "link_disabled"

log = structlog.get_logger(__name__)


class _Line(SocketModeClient):
    """One connection. The library's own reconnecting never gives up and never tells why, so ours takes its place."""

    def __init__(self, wire: Wire, address: str) -> None:
        super().__init__(app_token=wire.app_token, web_client=wire.client, logger=quiet(), proxy=wire.client.proxy)
        if wire.client.proxy is None:
            self.proxy = None
        self.wss_uri = address
        self.over = asyncio.Event()
        self.reason = ""

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Every road of the library to another connection comes by here: this one is over."""
        self.over.set()

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """Keeps why Slack ends the connection; the rest is the library's."""
        if message.get("type") == "disconnect":
            self.reason = str(message.get("reason") or "")
        await super().run_message_listeners(message, raw_message)


async def listen(wire: Wire, take: Take, *, pause: Pause) -> None:
    """Holds one connection open until it is cancelled; after trouble it waits longer each time, at most a minute.

    Raises Refused when Slack will never open one: its token is revoked, or Socket Mode is off.
    """
    wait = 0.0
    while True:
        if wait:
            await pause(wait)
        longer = min(max(wait * 2, _FIRST_PAUSE), _LONGEST_PAUSE)
        try:
            reason = await _talk(wire, take)
        except TryLater as error:
            log.warning("slack socket does not open", reason=error.reason)
            wait = error.after or longer
            continue
        if reason == _SWITCHED_OFF:
            raise Refused(
                "Slack answered link_disabled", "Socket Mode staat uit in de app van Slack. Zet het daar weer aan."
            )
        log.info("slack socket ended", reason=reason or "closed")
        wait = longer if reason == _CROWDED else 0.0


async def _talk(wire: Wire, take: Take) -> str:
    """One connection, until it is over; why, in the word of Slack."""
    try:
        answer = await patiently(wire.client.apps_connections_open(app_token=wire.app_token))
    except SlackApiError as error:
        raise outcome(error, "Socket Mode") from error
    line = _Line(wire, str(answer["url"]))
    busy: set[asyncio.Task[None]] = set()

    async def answer_envelope(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        async def respond() -> None:
            told = await take(request.payload, request.envelope_id)
            with contextlib.suppress(ConnectionError):  # Slack sends the envelope again, and it is known then
                await client.send_socket_mode_response(
                    SocketModeResponse(request.envelope_id, payload=dict(told) or None)
                )

        task = asyncio.create_task(respond())
        busy.add(task)
        task.add_done_callback(busy.discard)

    line.socket_mode_request_listeners.append(answer_envelope)
    try:
        try:
            async with asyncio.timeout(_CONNECTS):
                await line.connect()  # type: ignore[no-untyped-call]  # of the library
        except TimeoutError as error:
            raise TryLater("the socket does not open") from error
        await line.over.wait()
        if busy:
            await asyncio.wait(busy)
    finally:
        await line.close()  # type: ignore[no-untyped-call]  # of the library
    return line.reason

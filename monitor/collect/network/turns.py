"""Whose turn it is at a host: one request at a time, and a pause from the end of one to the start of the next."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from monitor.clock import Clock

Sleep = Callable[[float], Awaitable[object]]
"""Waits so many seconds."""


class Turns(Protocol):
    """Gives turns at hosts, in the order in which they are asked for."""

    async def take(self, host: str) -> None:
        """Returns when nobody else asks there, and the pause after the last request is over.

        Who waits holds its place in the line and nothing else: no thread, no connection.
        """

    async def give_back(self, host: str, pause: float) -> None:
        """The request has ended, and nobody asks there for `pause` seconds. Follows every `take` that returned."""


@dataclass(slots=True)
class _Line:
    """Those who want to ask one host, and when it was left alone."""

    head: asyncio.Lock = field(default_factory=asyncio.Lock)
    ended: datetime | None = None
    pause: float = 0.0


class OwnTurns:
    """The turns of one process, in memory."""

    def __init__(self, clock: Clock, sleep: Sleep) -> None:
        self._clock, self._sleep = clock, sleep
        self._lines: dict[str, _Line] = {}

    async def take(self, host: str) -> None:
        """See Turns."""
        line = self._line(host)
        await line.head.acquire()
        waited = False
        try:
            if left := self._left(line):
                await self._sleep(left)
            waited = True
        finally:
            if not waited:
                line.head.release()  # who gives up leaves the line to the next

    async def give_back(self, host: str, pause: float) -> None:
        """See Turns."""
        line = self._line(host)
        line.ended, line.pause = self._clock(), pause
        line.head.release()

    def _line(self, host: str) -> _Line:
        line = self._lines.get(host)
        if line is None:
            line = self._lines[host] = _Line()
        return line

    def _left(self, line: _Line) -> float:
        """What is left of the pause, in seconds."""
        if line.ended is None or not line.pause:
            return 0.0
        # A clock that was set back must not make us wait for an hour.
        return max(min((line.ended - self._clock()).total_seconds() + line.pause, line.pause), 0.0)

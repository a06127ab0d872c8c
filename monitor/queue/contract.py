"""What both engines promise: Queue, the acts it runs, and how an act asks for another try."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

Act = Callable[..., Awaitable[None]]
"""Called as `act(**args, attempt=n)`, n from 1. It must bear a second call: at least once is the contract."""

FAULTS = 6
"""After so many unexpected failures a job is given up; patience that an act asks for is none."""
AT_ONCE = 16
"""Jobs that one process runs beside each other."""
GRACE = 15.0
"""Seconds that running jobs get to finish when the queue stops."""
_LONGEST = 604_800.0
"""Seconds: no quiet hours last longer, and an act that is called too early asks again."""
_PAUSES = (60.0, 300.0, 900.0, 3_600.0, 10_800.0, 21_600.0)


class Again(Exception):
    """Raised by an act: not now, try again later. Not a failure, so it is never given up for it.

    `after` is a number of seconds, taken as `pause_asked` does; None is the usual pause: 1, 5, 15 minutes, 1, 3, and
    from then on 6 hours. Only usual pauses make the next one longer: who waited for a moment that was named waits a
    minute at the first trouble.
    """

    def __init__(self, after: float | None = None) -> None:
        super().__init__(after)
        self.after = after


def usual_pause(pauses: int) -> float:
    """Seconds of the usual pause that is the `pauses`-th (from 1) of its job."""
    return _PAUSES[min(pauses, len(_PAUSES)) - 1]


def pause_asked(after: float) -> float:
    """Seconds that a job waits when its act asked for `after`: at least none, at most a week.

    Every number that a float can hold becomes one that a date can be moved by.
    """
    return max(0.0, min(_LONGEST, after))


def given_up(act: str) -> str:
    """The act that is promised when a job of `act` is given up, where the table of acts has one of this name."""
    return f"{act}_given_up"


class Doors(Protocol):
    """The part of `monitor.store.Store` that a queue needs; the two rooms do not know each other."""

    url: str

    def read(self) -> AbstractContextManager[Session]:
        """A session to look with."""

    def begin(self, lane: str | None = None) -> AbstractContextManager[Session]:
        """A session to change with."""


class Queue(Protocol):
    """Jobs: promises that are put in the caller's transaction and done at least once, by whoever is alive."""

    def put(
        self,
        session: Session,
        act: str,
        args: Mapping[str, str | int],
        *,
        lock: str | None = None,
        key: str | None = None,
        due: datetime | None = None,
    ) -> None:
        """Promises `act(**args)`; there after the commit, gone after a rollback.

        No two jobs with the same `lock` run at one time. While one with the same `key` waits, nothing is put. It
        starts at `due` (aware; None: at once) or later; earlier due goes first, then earlier put. So one whose `due` is
        long past goes before all that merely wait for their turn.
        """

    async def run(self, acts: Mapping[str, Act], stop: asyncio.Event) -> None:
        """Does jobs until `stop` is set; then lets the running ones finish, 15 seconds at most.

        A job that was cut off, or whose process died, waits again, and its next attempt is counted as one. An act
        that fails unexpectedly is tried six times; then it is given up, and `given_up(act)` is promised with the same
        arguments, when that is in `acts`. A job whose act is not in `acts` waits for a process that knows it.
        """

    async def drain(self, acts: Mapping[str, Act]) -> None:
        """Does every job that is due now, and those that they put, then returns."""

    def waiting(self) -> int:
        """How many jobs are still to be done, those that run now not counted."""

    def failed(self) -> int:
        """How many jobs were given up."""

    def forget(self, session: Session, before: datetime) -> int:
        """Deletes the jobs that were given up, or that nobody could do, before a moment; how many (R39)."""

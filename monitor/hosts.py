"""What hosts ask and whose turn it is there, known to every process: Book, Turns and the switch over the store."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from monitor.clock import Clock
from monitor.collect.network.fetch import PATIENCE, Fetcher, open_fetcher
from monitor.collect.network.manners import Manners
from monitor.collect.network.robots import SLOWEST, Rules
from monitor.collect.network.turns import OwnTurns, Sleep, Turns
from monitor.config import Settings
from monitor.domain import Host
from monitor.errors import StoreError
from monitor.store import Store, hosts, sources

LEASE = timedelta(seconds=PATIENCE + 10)
"""No request takes longer than our patience; who does not end its turn by then was stopped half-way."""
LOOK_AFTER = 1.0
"""Seconds that the state of the switch is believed."""


def is_shared(store: Store) -> bool:
    """Whether other processes may collect on the same database."""
    return store.url.startswith("postgresql")


class HostBook:
    """Manners, kept in the database; see collect.network.manners.Book."""

    def __init__(self, store: Store) -> None:
        self._store, self._shared = store, is_shared(store)
        self._unwritten: dict[str, Manners] = {}
        self._writing = asyncio.Lock()

    async def recall(self) -> Mapping[str, Manners]:
        """Everything that is known, in one question."""
        return await asyncio.to_thread(self._read)

    async def look(self, origin: str) -> Manners | None:
        """What another process has learnt since; None where there is no other."""
        return await asyncio.to_thread(self._read_one, origin) if self._shared else None

    async def keep(self, origin: str, manners: Manners) -> None:
        """Returns when it is written. What comes in meanwhile goes along with the next, in one transaction.

        Raises StoreError; what was to go along then waits for the next who writes.
        """
        self._unwritten[origin] = manners
        async with self._writing:
            if self._unwritten:
                batch, self._unwritten, written = self._unwritten, {}, False
                try:
                    await asyncio.to_thread(self._write, batch)
                    written = True
                finally:
                    if not written:  # others wait for the same rows, and would take them for written
                        self._unwritten = batch | self._unwritten

    def _read(self) -> dict[str, Manners]:
        with self._store.read() as session:
            found = {host.site: _manners(host) for host in hosts.manners(session)}
        return {origin: manners for origin, manners in found.items() if manners is not None}

    def _read_one(self, origin: str) -> Manners | None:
        with self._store.read() as session:
            host = hosts.manners_of(session, origin)
        return _manners(host) if host else None

    def _write(self, batch: Mapping[str, Manners]) -> None:
        rows = [_row(origin, manners) for origin, manners in batch.items()]
        with self._store.begin() as session:
            hosts.keep_manners(session, rows)


class SharedTurns:
    """Turns over all processes on one database; see collect.network.turns.Turns.

    The sources of this process stand in a line of their own first, so only its head asks the database.
    """

    def __init__(
        self, store: Store, clock: Clock, sleep: Sleep, *, pause: float, jitter: Callable[[], float] = random.random
    ) -> None:
        """`pause` is in seconds; `jitter` gives a share of a second, so that processes do not wake together."""
        self._store, self._sleep, self._pause, self._jitter = store, sleep, pause, jitter
        self._own = OwnTurns(clock, sleep)
        self._leases: dict[str, hosts.Turn] = {}

    async def take(self, host: str) -> None:
        """See Turns. Raises StoreError."""
        await self._own.take(host)
        mine = False
        try:
            while (turn := await self._tried(host)).until is None:
                await self._sleep(turn.wait + self._jitter())
            self._leases[host], mine = turn, True
        finally:
            if not mine:
                await self._own.give_back(host, 0.0)  # who gives up leaves the line to the next

    async def give_back(self, host: str, pause: float) -> None:
        """See Turns. Raises StoreError; the lease then ends by itself."""
        turn = self._leases.pop(host)
        try:
            await asyncio.to_thread(self._end, host, turn, pause)
        finally:
            await self._own.give_back(host, pause)

    async def _tried(self, host: str) -> hosts.Turn:
        """What the database says. Who is called off while it does leaves no lease behind."""
        trying = asyncio.create_task(asyncio.to_thread(self._try, host))
        try:
            return await asyncio.shield(trying)
        except asyncio.CancelledError:
            await asyncio.wait([trying])  # a thread cannot be called off, and may have got the turn
            if trying.exception() is None and trying.result().until is not None:
                with suppress(StoreError):  # the lease then ends by itself
                    await asyncio.to_thread(self._end, host, trying.result(), 0.0)
            raise

    def _try(self, host: str) -> hosts.Turn:
        with self._store.begin() as session:
            return hosts.take_turn(session, host, lease=LEASE, pause=self._pause, longest_pause=SLOWEST)

    def _end(self, host: str, turn: hosts.Turn, pause: float) -> None:
        assert turn.until is not None  # noqa: S101 - for the type checker: take() keeps only such
        with self._store.begin() as session:
            hosts.give_turn_back(session, host, turn.until, pause=pause)


def turns_on(store: Store, clock: Clock, *, pause: float, sleep: Sleep = asyncio.sleep) -> Turns:
    """The turns that fit the database: shared where other processes may collect on it too."""
    return SharedTurns(store, clock, sleep, pause=pause) if is_shared(store) else OwnTurns(clock, sleep)


class Brake:
    """Whether all collecting is stopped (R47), read at most once a second however many requests ask."""

    def __init__(self, store: Store, seconds: Callable[[], float] = time.monotonic) -> None:
        """`seconds` counts, from whenever."""
        self._store, self._seconds = store, seconds
        self._stopped, self._believed_until = False, float("-inf")
        self._looking = asyncio.Lock()
        self._pulled = 0
        self._halt: Callable[[], object] = bool

    async def __call__(self) -> bool:
        """True while the switch is on. Raises StoreError: who cannot look does not go."""
        while self._seconds() >= self._believed_until:
            async with self._looking:
                if self._seconds() >= self._believed_until:
                    pulled = self._pulled
                    self._stopped = await asyncio.to_thread(self._look)
                    if pulled == self._pulled:  # else someone turned the switch while we looked
                        self._believed_until = self._seconds() + LOOK_AFTER
        return self._stopped

    def also(self, halt: Callable[[], object]) -> None:
        """What else is to be done when the brake is pulled; called from any thread."""
        self._halt = halt

    def pull(self) -> None:
        """Someone turned the switch on: what is on its way in this process is broken off, and the next one looks."""
        self._pulled += 1
        self._believed_until = float("-inf")
        self._halt()

    def _look(self) -> bool:
        with self._store.read() as session:
            return sources.is_stopped(session)


@asynccontextmanager
async def open_house_fetcher(settings: Settings, store: Store, clock: Clock, brake: Brake) -> AsyncIterator[Fetcher]:
    """The fetcher of the house: it heeds the kill switch, and shares with every process what hosts ask."""
    async with open_fetcher(
        contact=settings.contact,
        allow_private=settings.allow_private_hosts,
        pause=settings.host_pause,
        clock=clock,
        environment=settings.environment,
        turns=turns_on(store, clock, pause=settings.host_pause),
        book=HostBook(store),
        stopped=brake,
    ) as fetcher:
        yield fetcher


def _row(origin: str, manners: Manners) -> Host:
    return Host(
        site=origin,
        allows=[list(pattern) for pattern in manners.rules.patterns],
        reserves=[list(pattern) for pattern in manners.reserved.patterns],
        delay=manners.rules.delay,
        known_until=manners.until,
    )


def _manners(host: Host) -> Manners | None:
    if host.known_until is None:
        return None
    return Manners(Rules(_patterns(host.allows), host.delay), Rules(_patterns(host.reserves)), host.known_until)


def _patterns(rows: list[list[str | bool]]) -> tuple[tuple[str, bool], ...]:
    return tuple((str(pattern), bool(allows)) for pattern, allows in rows)

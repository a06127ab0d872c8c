"""What a host asks of visitors, known for a day: robots.txt (RFC 9309), reservation of text and data mining (R5)."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Protocol

from monitor.clock import Clock
from monitor.collect.network.answers import retry_after
from monitor.collect.network.robots import ALLOW_ALL, READ_AT_MOST, Rules, pattern_of, rules_of
from monitor.collect.network.wire import REDIRECTS, WITH_BODY, Answer, Bounds, Place, Wire
from monitor.domain import Source
from monitor.errors import SOFT, Changed, CollectError, Declined, Halted, RobotsDenied

KNOWN_FOR = timedelta(hours=24)
AGAIN_AFTER = timedelta(hours=1)
"""What was said before counts so much longer when robots.txt or tdmrep.json cannot be read now."""
CLOSED_FOR = timedelta(minutes=5)
"""So long nobody asks again for a robots.txt that could not be read."""
HOPS = 5
READ_HERE = 32 * 1024
"""Characters; a longer robots.txt is read in a thread, for it would keep everything else waiting."""
JUDGED_HERE = 1000
"""Patterns; a path is held against more of them in a thread, for the same reason."""
RESERVED_ALL = Rules((("/", False),))
"""Text and data mining is reserved everywhere."""
PATHS = 1000
"""Paths of one host of which it is remembered what they may."""

_BOUNDS = Bounds(READ_AT_MOST, cut=True)
_NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be done with one path."""

    allowed: bool
    reserved: bool
    """Text and data mining is reserved (R5)."""


@dataclass(frozen=True, slots=True)
class Manners:
    """What one host asks."""

    rules: Rules
    reserved: Rules
    """Paths of which text and data mining is reserved: the ones that it does not `allow`."""
    until: datetime
    verdicts: dict[str, Verdict] = field(default_factory=dict, compare=False, repr=False)

    async def on(self, path: str) -> Verdict:
        """What may be done with `path`, with its query."""
        verdict = self.verdicts.get(path)
        if verdict is None:
            few = len(self.rules.patterns) + len(self.reserved.patterns) <= JUDGED_HERE
            verdict = self._judge(path) if few else await asyncio.to_thread(self._judge, path)
            if len(self.verdicts) < PATHS:
                self.verdicts[path] = verdict
        return verdict

    def _judge(self, path: str) -> Verdict:
        return Verdict(self.rules.allow(path), not self.reserved.allow(path))


class Book(Protocol):
    """Keeps manners over restarts and processes, so that a host is asked for its two files once a day."""

    async def recall(self) -> Mapping[str, Manners]:
        """Everything that is known, by origin, also what is old."""

    async def look(self, origin: str) -> Manners | None:
        """What another process has learnt since; None when there is none."""

    async def keep(self, origin: str, manners: Manners) -> None:
        """Writes down what a host asks."""


class Blank:
    """A book in which nothing is written: what is known lives as long as the Porter."""

    async def recall(self) -> Mapping[str, Manners]:
        """Nothing."""
        return {}

    async def look(self, origin: str) -> Manners | None:
        """Nothing."""
        return None

    async def keep(self, origin: str, manners: Manners) -> None:
        """The Porter remembers it himself."""


class Ask(Protocol):
    """One GET, in turn; see Fetcher."""

    async def __call__(self, source: Source, place: Place, headers: Mapping[str, str], bounds: Bounds) -> Answer:
        """The answer. Raises CollectError."""


class Porter:
    """Knows the manners of every host that was visited."""

    def __init__(self, wire: Wire, ask: Ask, clock: Clock, book: Book) -> None:
        self._wire, self._ask, self._clock, self._book = wire, ask, clock, book
        self._known: dict[str, Manners] | None = None
        self._closed: dict[str, datetime] = {}
        self._at_the_door: dict[str, asyncio.Lock] = {}
        self._reading = asyncio.Lock()

    def known(self, origin: str, now: datetime) -> Manners | None:
        """What a host asks, where that needs no question."""
        manners = self._known.get(origin) if self._known is not None else None
        return manners if manners is not None and manners.until > now else None

    def delay(self, origin: str) -> float:
        """The pause in seconds that a host asked for; 0 when it never did."""
        manners = self._known.get(origin) if self._known is not None else None
        return manners.rules.delay if manners is not None else 0.0

    async def manners(self, source: Source, place: Place) -> Manners:
        """What the host of `place` asks; two requests a day, one at a time, and two an hour while it is in trouble.

        Raises RobotsDenied while robots.txt cannot be read (RFC 9309 §2.3.1.4), unless it was read before; also then
        while the host asks us to wait. Unreachable when the host cannot be reached at all.
        """
        origin = place.origin
        if self._known is None:
            await self._recall()
        door = self._at_the_door.setdefault(origin, asyncio.Lock())
        async with door:
            if manners := self.known(origin, self._clock()):  # learnt while we stood at the door
                return manners
            found = await self._book.look(origin)
            if found is None or found.until <= self._clock():
                found = await self._learn(source, origin)
                await self._book.keep(origin, found)
            self._remember(origin, found)
        self._at_the_door.pop(origin, None)
        return found

    async def _recall(self) -> None:
        async with self._reading:
            if self._known is None:
                self._known = dict(await self._book.recall())

    def _remember(self, origin: str, manners: Manners) -> None:
        assert self._known is not None  # noqa: S101 - for the type checker: manners() has recalled it
        self._known[origin] = manners

    async def _learn(self, source: Source, origin: str) -> Manners:
        before = self._known.get(origin) if self._known is not None else None
        try:
            rules = await self._rules(source, origin)
        except CollectError as error:
            # Who says when to come back does not want us before then, whatever it allowed earlier.
            if before is None or isinstance(error, Halted) or error.retry_after:
                raise
            # §2.4: a server in trouble does not take away what it said before
            return Manners(before.rules, before.reserved, self._clock() + AGAIN_AFTER)
        reserved = await self._reserved(source, origin)
        if reserved is None:  # a publisher who may have reserved something loses nothing by our waiting (R5)
            return Manners(rules, before.reserved if before else RESERVED_ALL, self._clock() + AGAIN_AFTER)
        return Manners(rules, reserved, self._clock() + KNOWN_FOR)

    async def _follow(self, source: Source, address: str) -> Answer | None:
        """The answer behind at most five redirects; None when there are more."""
        place = self._wire.place(source, address)
        for _ in range(HOPS + 1):
            answer = await self._ask(source, place, _NO_HEADERS, _BOUNDS)
            if answer.status not in REDIRECTS:
                return answer
            try:
                place = self._wire.next_hop(source, answer)
            except (Declined, Changed) as error:
                raise RobotsDenied(source.id, error.reason, advice=error.advice) from error
        return None

    async def _rules(self, source: Source, origin: str) -> Rules:
        """What robots.txt says.

        One that lies at a host outside `hosts` is not fetched (R2). We cannot know what it says, so it is taken as
        one that cannot be read (§2.3.1.4) and not as one that is not there (§2.3.1.3).
        """
        now = self._clock()
        if (opens := self._closed.get(origin)) and opens > now:
            raise _unreadable(source, origin, (opens - now).total_seconds())
        try:
            answer = await self._follow(source, f"{origin}/robots.txt")
        except Changed as error:
            raise _unreadable(source, origin) from error
        if answer is None:
            return ALLOW_ALL  # §2.3.1.2
        if answer.status in WITH_BODY:
            return await self._read(answer.body)
        if _in_trouble(answer):
            now = self._clock()
            wait = retry_after(answer.headers, now)
            if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
                wait = wait or CLOSED_FOR.total_seconds()
            self._closed[origin] = now + min(max(CLOSED_FOR, timedelta(seconds=wait or 0)), KNOWN_FOR)
            raise _unreadable(source, origin, wait)
        return ALLOW_ALL  # §2.3.1.3: there is none

    async def _read(self, body: bytes) -> Rules:
        if len(body) >= READ_AT_MOST:
            body = body[: body.rfind(b"\n") + 1]  # half a line says something else than the whole one
        text = body.decode("utf-8", "replace")
        return rules_of(text) if len(text) <= READ_HERE else await asyncio.to_thread(rules_of, text)

    async def _reserved(self, source: Source, origin: str) -> Rules | None:
        """The reservations in tdmrep.json (TDMRep, W3C community report, §6); None where it cannot be read now."""
        try:
            answer = await self._follow(source, f"{origin}/.well-known/tdmrep.json")
        except Halted:
            raise
        except CollectError:
            return None
        if answer is None or answer.status not in WITH_BODY:
            return None if answer and _in_trouble(answer) else ALLOW_ALL
        body = answer.body
        if len(body) >= READ_AT_MOST:
            return None  # it was cut off, and half a file may lack the very line that counts
        return _reservations(body) if len(body) <= READ_HERE else await asyncio.to_thread(_reservations, body)


def _reservations(body: bytes) -> Rules:
    try:
        entries: object = json.loads(body)
    except (ValueError, RecursionError):
        return ALLOW_ALL
    rows = [row for row in entries if isinstance(row, dict)] if isinstance(entries, list) else []
    # Same patterns as robots.txt: `*` for anything, `$` for the end, and the longest match counts.
    places = [(str(row.get("location", "")), row.get("tdm-reservation") not in (1, "1", True)) for row in rows]
    return Rules(tuple((pattern_of(place), free) for place, free in places if place.startswith("/")))


def _in_trouble(answer: Answer) -> bool:
    """It could not answer now, which says nothing of what it would."""
    return answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == HTTPStatus.TOO_MANY_REQUESTS


def _unreadable(source: Source, origin: str, wait: float | None = None) -> RobotsDenied:
    host = origin.partition("://")[2]
    advice = f"Bron '{source.id}': {host} kan robots.txt nu niet geven; wij proberen het later opnieuw."
    reason = f"robots.txt of {host} cannot be read"
    return RobotsDenied(source.id, reason, advice=advice, retry_after=wait, weight=SOFT)


def refused_by_robots(source: Source, place: Place) -> RobotsDenied:
    """The error to raise when the rules do not allow `place`."""
    advice = (
        f"Bron '{source.id}': de robots.txt van {place.host} staat dit adres niet toe; "
        "vraag de uitgever om toestemming of zet de bron uit."
    )
    return RobotsDenied(source.id, f"robots.txt of {place.host} disallows the address", advice=advice)

"""Source -> Fetched, politely: conditional, one request at a time per host, a pause between two, as itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from hashlib import sha256
from http import HTTPStatus
from types import MappingProxyType

import aiohttp
from aiohttp.abc import AbstractResolver

from monitor import __version__
from monitor.clock import Clock
from monitor.collect.kinds import KINDS
from monitor.collect.network.addresses import Gate, GatedResolver
from monitor.collect.network.answers import error_of, fresh_for
from monitor.collect.network.manners import HOPS, Blank, Book, Porter, refused_by_robots
from monitor.collect.network.turns import OwnTurns, Sleep, Turns
from monitor.collect.network.wire import IDLE, REDIRECTS, WITH_BODY, Answer, Bounds, Place, Wire
from monitor.domain import Fetched, Source, SourceState
from monitor.errors import Changed, Declined, Halted

SIZE_LIMIT = 20_000_000
"""Unpacked bytes of one answer."""
PACKED_LIMIT = 30_000_000
"""Bytes of one answer that stays packed as it came."""

PATIENCE, CONNECT = 30.0, 10.0
"""Seconds for one whole answer, however slowly it drips in, and for the connection."""

HASHED_HERE = 1_000_000
"""Bytes; the hash of a larger body would keep everything else waiting."""

LONGEST_VALIDATOR = 512
"""Characters of an ETag or Last-Modified; a longer one is not kept."""

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/json, text/calendar, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_FROM_ENVIRONMENT = "env:"
_NOTHING: Mapping[str, str] = MappingProxyType({})
_UNPACKED, _PACKED = Bounds(SIZE_LIMIT), Bounds(PACKED_LIMIT, packed=True)

Stopped = Callable[[], Awaitable[bool]]
"""Whether all collecting is stopped (R47). Asked before every request, so it must be quick."""


def user_agent(contact: str) -> str:
    """How every request names us (R4). The first word is the name that robots.txt may use."""
    return f"Torenwacht/{__version__} (+{contact})"


async def _never() -> bool:
    return False


class Fetcher:
    """Gets sources. One per process: it knows whose turn it is at each host, and what its robots.txt says."""

    def __init__(
        self,
        wire: Wire,
        *,
        pause: float,
        clock: Clock,
        turns: Turns,
        book: Book,
        stopped: Stopped = _never,
        environment: Mapping[str, str] = _NOTHING,
    ) -> None:
        """`pause` is in seconds; `environment` holds the keys that `options.headers` of a source refers to."""
        self._wire, self._pause, self._clock, self._turns = wire, pause, clock, turns
        self._stopped, self._environment = stopped, environment
        self._porter = Porter(wire, self._ask, clock, book)
        self._under_way: set[asyncio.Timeout] = set()

    async def __call__(self, source: Source, state: SourceState | None, address: str = "") -> Fetched | None:
        """What the source gives now; None when it is what `state` already has: a 304, or the same body again.

        `address`, where there is one, is asked in place of its own: a next page, or the page behind an entry.

        `state` must be saved only after everything was taken in (docs/house.md, walk A). An empty body means that
        the source says it has nothing (204). Raises CollectError; Halted when all collecting is stopped.
        """
        call = asyncio.timeout(None)
        try:
            async with call:
                self._under_way.add(call)
                try:
                    return await self._get(source, state, address)
                finally:
                    self._under_way.discard(call)
        except TimeoutError as error:
            if not call.expired():  # it is about something else, such as a database that does not answer
                raise
            raise _halted(source) from error

    async def _get(self, source: Source, state: SourceState | None, address: str) -> Fetched | None:
        now = self._clock()
        kind = KINDS[source.kind]
        address = address or kind.address(source, now)
        if state and kind.renew and (state.read_at is None or state.read_at < now - kind.renew):
            state = None
        # The validators belong to one address; a question with today's date in it is another one tomorrow.
        asked = _validators(state) if state and address == source.url else _NOTHING
        bounds = _PACKED if kind.packed else _UNPACKED
        place = self._wire.place(source, address)
        for _ in range(HOPS + 1):
            headers = {**asked, **self._keys(source, place)} if "headers" in source.options else asked
            answer, reserved = await self._visit(source, place, headers, bounds)
            if answer.status not in REDIRECTS:
                if answer.status == HTTPStatus.NOT_MODIFIED and asked:  # else there was nothing to compare with
                    return None
                return await self._fetched(source, state, answer, reserved)
            place = self._wire.next_hop(source, answer)
        advice = f"Bron '{source.id}': {place.host} verwijst ons steeds door; controleer het adres in sources.toml."
        raise Declined(source.id, f"{place.host} redirects for ever", advice=advice)

    def halt(self) -> None:
        """Breaks off every call that is under way, or waits for its turn; each raises Halted (R47).

        What comes after it is up to `stopped`. To be called in the thread of the event loop.
        """
        now = asyncio.get_running_loop().time()
        for call in tuple(self._under_way):
            call.reschedule(now)

    def _keys(self, source: Source, place: Place) -> dict[str, str]:
        """The headers with keys of the municipality, for the source's own scheme, host and port only."""
        wanted = source.options.get("headers")
        if not isinstance(wanted, Mapping) or place.origin != self._wire.place(source, source.url).origin:
            return {}
        found = {}
        for name, reference in wanted.items():
            variable = str(reference).removeprefix(_FROM_ENVIRONMENT)
            secret = self._environment.get(variable, "").strip()
            if not secret.isascii() or not secret.isprintable() or not secret:
                advice = f"Bron '{source.id}': de sleutel {variable} ontbreekt of deugt niet; zet hem in de omgeving."
                raise Declined(source.id, f"{variable} is not set", advice=advice)
            found[str(name)] = secret
        return found

    async def _visit(
        self, source: Source, place: Place, headers: Mapping[str, str], bounds: Bounds
    ) -> tuple[Answer, bool]:
        """One request, where it is allowed; and whether the host reserves text and data mining there."""
        self._wire.admit(source, place)  # before the host is asked for its manners
        manners = self._porter.known(place.origin, self._clock()) or await self._porter.manners(source, place)
        verdict = await manners.on(place.path)
        if not verdict.allowed:
            raise refused_by_robots(source, place)
        return await self._ask(source, place, headers, bounds), verdict.reserved

    async def _ask(self, source: Source, place: Place, headers: Mapping[str, str], bounds: Bounds) -> Answer:
        """One request, in turn and after the pause."""
        if await self._stopped():  # who is stopped joins no line
            raise _halted(source)
        await self._turns.take(place.host)
        try:
            if await self._stopped():
                raise _halted(source)
            return await self._wire.get(source, place, headers, bounds)
        finally:
            await self._turns.give_back(place.host, max(self._pause, self._porter.delay(place.origin)))

    async def _fetched(
        self, source: Source, state: SourceState | None, answer: Answer, reserved: bool
    ) -> Fetched | None:
        host, now, headers = answer.place.host, self._clock(), answer.headers
        if answer.status in WITH_BODY and not answer.body:
            advice = f"Bron '{source.id}': {host} geeft een leeg antwoord; controleer het adres in sources.toml."
            raise Changed(source.id, f"{host} gives an empty answer", advice=advice)
        if answer.status not in WITH_BODY and answer.status != HTTPStatus.NO_CONTENT:
            raise error_of(source, host, answer.status, headers, now)
        etag = _short(headers.get("ETag", ""))
        # Not beside an ETag, which says the same: of a large body the hash costs as much as the request.
        body_hash = "" if etag else await _hash_of(answer.body)
        if state and body_hash and state.body_hash == body_hash:
            return None
        return Fetched(
            source=source.id,
            url=str(answer.place.url),
            content_type=headers.get("Content-Type", ""),
            body=answer.body,
            etag=etag,
            last_modified=_short(headers.get("Last-Modified", "")),
            body_hash=body_hash,
            at=now,
            reserved=reserved or headers.get("tdm-reservation", "").strip() == "1",
            fresh_for=fresh_for(headers, now),
        )


async def _hash_of(body: bytes) -> str:
    if len(body) <= HASHED_HERE:
        return sha256(body).hexdigest()
    return (await asyncio.to_thread(sha256, body)).hexdigest()


def _halted(source: Source) -> Halted:
    advice = f"Bron '{source.id}' is niet opgehaald, omdat al het verzamelen is stopgezet."
    return Halted(source.id, "all collecting is stopped", advice=advice)


def _short(validator: str) -> str:
    return validator if len(validator) <= LONGEST_VALIDATOR and validator.isprintable() else ""


def _validators(state: SourceState) -> dict[str, str]:
    wanted = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in wanted.items() if value}


@asynccontextmanager
async def open_fetcher(
    *,
    contact: str,
    allow_private: Sequence[str],
    pause: float,
    clock: Clock,
    sleep: Sleep = asyncio.sleep,
    environment: Mapping[str, str] = _NOTHING,
    resolver: AbstractResolver | None = None,
    patience: float = PATIENCE,
    turns: Turns | None = None,
    book: Book | None = None,
    stopped: Stopped = _never,
) -> AsyncIterator[Fetcher]:
    """A Fetcher, open until the block ends.

    `contact` stands in the User-Agent; `allow_private` names hosts, addresses and ranges (CIDR) that may be reached
    although private; `pause` and `patience` are seconds. `resolver` looks names up in place of the system's. Without
    `turns` and `book` this process knows only of itself.
    """
    gate = Gate(allow_private)
    names = GatedResolver(gate, resolver)

    def session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=patience, sock_connect=CONNECT),
            headers={
                "User-Agent": user_agent(contact),
                "Accept": _ACCEPT,
                "Accept-Language": "nl",
                "Accept-Encoding": "gzip, deflate",
            },
        )

    # No limit here: the fetcher makes one request per host, and its caller decides how many sources go at once.
    async with AsyncExitStack() as stack:
        stack.push_async_callback(names.close)  # aiohttp closes no resolver that was given to it
        lasting = session(aiohttp.TCPConnector(resolver=names, limit=0, keepalive_timeout=IDLE))
        brief = session(aiohttp.TCPConnector(resolver=names, limit=0, force_close=True))
        for opened in (lasting, brief):
            await stack.enter_async_context(opened)
        yield Fetcher(
            Wire(lasting, brief, gate),
            pause=pause,
            clock=clock,
            turns=turns or OwnTurns(clock, sleep),
            book=book or Blank(),
            stopped=stopped,
            environment=environment,
        )

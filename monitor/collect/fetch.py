"""Source -> Fetched, politely: conditional, one request at a time per host, a pause between two, as itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from types import MappingProxyType

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from monitor import __version__
from monitor.clock import Clock
from monitor.collect.addresses import Gate, GatedResolver
from monitor.collect.answers import error_of
from monitor.collect.kinds import KINDS
from monitor.collect.manners import HOPS, Porter, refused_by_robots
from monitor.collect.wire import REDIRECTS, WITH_BODY, Answer, Wire
from monitor.domain import Fetched, Source, SourceState
from monitor.errors import Changed, Declined

Sleep = Callable[[float], Awaitable[object]]
"""Waits so many seconds."""

SIZE_LIMIT = 20_000_000
"""Unpacked bytes of one answer."""

PATIENCE, CONNECT = 30.0, 10.0
"""Seconds for one whole answer, and for the connection."""

LONGEST_VALIDATOR = 512
"""Characters of an ETag or Last-Modified; a longer one is not kept."""

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/json, text/calendar, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_FROM_ENVIRONMENT = "env:"
_NOTHING: Mapping[str, str] = MappingProxyType({})


def user_agent(contact: str) -> str:
    """How every request names us (R4). The first word is the name that robots.txt may use."""
    return f"Torenwacht/{__version__} (+{contact})"


class Fetcher:
    """Gets sources. One per process: it knows when each host was visited last, and what its robots.txt says."""

    def __init__(
        self, wire: Wire, *, pause: float, clock: Clock, sleep: Sleep, environment: Mapping[str, str] = _NOTHING
    ) -> None:
        """`pause` is in seconds; `environment` holds the keys that `options.headers` of a source refers to."""
        self._wire, self._pause, self._clock, self._sleep = wire, pause, clock, sleep
        self._environment = environment
        self._porter = Porter(wire, clock)
        self._turns: dict[str, asyncio.Lock] = {}
        self._visited: dict[str, datetime] = {}

    async def __call__(self, source: Source, state: SourceState | None, address: str = "") -> Fetched | None:
        """What the source gives now; None when it is what `state` already has: a 304, or the same body again.

        `address`, where there is one, is asked in place of its own: a next page, or the page behind an entry.

        `state` must be saved only after everything was taken in (docs/house.md, walk A). An empty body means that
        the source says it has nothing (204). Raises CollectError.
        """
        now = self._clock()
        kind = KINDS[source.kind]
        address = address or kind.address(source, now)
        if state and kind.renew and (state.news_at is None or state.news_at < now - kind.renew):
            state = None
        # The validators belong to one address; a question with today's date in it is another one tomorrow.
        asked = _validators(state) if state and address == source.url else {}
        url = URL(address)
        for _ in range(HOPS + 1):
            answer, reserved = await self._visit(source, url, {**asked, **self._keys(source, url)})
            if answer.status not in REDIRECTS:
                return self._fetched(source, state, answer, reserved)
            url = self._wire.next_hop(source, answer)
        advice = f"Bron '{source.id}': {url.host} verwijst ons steeds door; controleer het adres in sources.toml."
        raise Declined(source.id, f"{url.host} redirects for ever", advice=advice)

    def _keys(self, source: Source, url: URL) -> dict[str, str]:
        """The headers with keys of the municipality, for the host of the source only, never for a redirect's."""
        wanted = source.options.get("headers")
        if not isinstance(wanted, Mapping) or url.host != URL(source.url).host:
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

    async def _visit(self, source: Source, url: URL, headers: Mapping[str, str]) -> tuple[Answer, bool]:
        """One request, in turn and after the pause; and whether the host reserves text and data mining there."""
        self._wire.admit(source, url)  # before the host is asked for its manners
        host = (url.host or "").lower()
        async with self._turns.setdefault(host, asyncio.Lock()):
            await self._wait(url, host)
            # What the host asks of visitors does not count as a visit: the first request follows at once.
            manners = await self._porter.manners(source, url, _NOTHING)
            if not manners.rules.allow(url.raw_path_qs):
                raise refused_by_robots(source, url)
            try:
                answer = await self._wire.get(source, url, headers, limit=SIZE_LIMIT)
            finally:
                self._visited[host] = self._clock()
            return answer, not manners.reserved.allow(url.raw_path_qs)

    async def _wait(self, url: URL, host: str) -> None:
        known, visited = self._porter.known(url), self._visited.get(host)
        pause = max(self._pause, known.rules.delay if known else 0.0)
        if visited is None or pause <= 0:
            return
        # A clock that was set back must not make us wait for an hour.
        left = min(visited + timedelta(seconds=pause) - self._clock(), timedelta(seconds=pause))
        if left > timedelta(0):
            await self._sleep(left.total_seconds())

    def _fetched(self, source: Source, state: SourceState | None, answer: Answer, reserved: bool) -> Fetched | None:
        host, now = answer.url.host or "", self._clock()
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return None
        if answer.status in WITH_BODY and not answer.body:
            advice = f"Bron '{source.id}': {host} geeft een leeg antwoord; controleer het adres in sources.toml."
            raise Changed(source.id, f"{host} gives an empty answer", advice=advice)
        if answer.status not in WITH_BODY and answer.status != HTTPStatus.NO_CONTENT:
            raise error_of(source, host, answer.status, answer.headers, now)
        body_hash = sha256(answer.body).hexdigest()
        if state and state.body_hash == body_hash:
            return None
        return Fetched(
            source=source.id,
            url=str(answer.url),
            content_type=answer.headers.get("Content-Type", ""),
            body=answer.body,
            etag=_short(answer.headers.get("ETag", "")),
            last_modified=_short(answer.headers.get("Last-Modified", "")),
            body_hash=body_hash,
            at=now,
            reserved=reserved or answer.headers.get("tdm-reservation", "").strip() == "1",
        )


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
) -> AsyncIterator[Fetcher]:
    """A Fetcher, open until the block ends.

    `contact` stands in the User-Agent; `allow_private` names hosts, addresses and ranges (CIDR) that may be reached
    although private; `pause` and `patience` are seconds. `resolver` looks names up in place of the system's.
    """
    gate = Gate(allow_private)
    # No limit here: the fetcher makes one request per host, and its caller decides how many sources go at once.
    connector = aiohttp.TCPConnector(resolver=GatedResolver(gate, resolver), limit=0)
    async with aiohttp.ClientSession(
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
    ) as session:
        yield Fetcher(Wire(session, gate), pause=pause, clock=clock, sleep=sleep, environment=environment)

"""One GET: no cookie, no redirect, no private address, no picture, no more bytes than agreed. Or a CollectError."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus

import aiohttp
from yarl import URL

from monitor.collect.network.addresses import Gate, PrivateAddress, literal, looks_numeric
from monitor.collect.network.unpack import BadPacking, TooLarge, Unpacker
from monitor.collect.refused import person_behind
from monitor.domain import Source
from monitor.errors import Changed, Declined, Unreachable

REDIRECTS = frozenset({301, 302, 303, 307, 308})
WITH_BODY = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})
OPEN_AT_MOST = 256
"""Connections that stay open for a next request; a process may have some thousand open files at best."""
IDLE = 15.0
"""Seconds that an unused connection stays open: so that the pause of a host fits in."""
PLACES = 20_000
"""Addresses that are remembered taken apart."""
_NO_TEXT = ("image/", "video/", "audio/")


@dataclass(frozen=True, slots=True)
class Place:
    """An address, taken apart once: a source is asked the same thing every time."""

    url: URL
    host: str
    """In lower case."""
    origin: str
    """Scheme, name and port, as `https://nieuws.example`."""
    path: str
    """With its query, as it goes over the wire."""
    usable: bool
    """It begins with http, has a host, and nobody's name and password."""
    personal: str | None
    """What makes it the address of a person, in Dutch."""
    private: bool
    """It is written as a number, and not one of a public host."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of an answer is taken."""

    limit: int
    """Bytes, counted after unpacking where it is unpacked."""
    cut: bool = False
    """What comes after the limit is ignored, in place of an error."""
    packed: bool = False
    """A gzip body stays as it came."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave to one GET."""

    place: Place
    status: int
    headers: Mapping[str, str]
    """Names in any case."""
    body: bytes = field(repr=False)
    """Empty unless the status is one of WITH_BODY."""


class OpenDoors:
    """Which connections stay open after a request; not all of five thousand hosts, for each is an open file."""

    def __init__(self, at_most: int, seconds: float) -> None:
        """`seconds`: after so long an idle connection is closed anyway."""
        self._at_most, self._seconds = at_most, seconds
        self._since: dict[str, float] = {}

    def may_stay(self, origin: str, now: float) -> bool:
        """Whether the connection of a request that starts now may stay open after it. `now` is in seconds."""
        since = self._since
        since.pop(origin, None)  # and to the end of the row, which is in order of time
        while since and since[first := next(iter(since))] <= now - self._seconds:
            del since[first]
        if len(since) >= self._at_most:
            return False
        since[origin] = now
        return True


class Wire:
    """Makes requests, each to an address that the source may use."""

    def __init__(self, session: aiohttp.ClientSession, brief: aiohttp.ClientSession, gate: Gate) -> None:
        """`session` keeps its connections open, `brief` closes each after one request."""
        self._session, self._brief, self._gate = session, brief, gate
        self._doors = OpenDoors(OPEN_AT_MOST, IDLE)
        self._taken_apart = lru_cache(PLACES)(self._take_apart)

    def place(self, source: Source, address: str) -> Place:
        """`address`, taken apart. Raises Changed when it is none."""
        try:
            return self._taken_apart(address)
        except ValueError as error:
            advice = f"Bron '{source.id}' heeft een adres dat niet te lezen is; controleer het in sources.toml."
            raise Changed(source.id, "address cannot be read", advice=advice) from error

    def _take_apart(self, address: str) -> Place:
        url = URL(address).with_fragment(None)
        host = (url.host or "").lower()
        usable = url.scheme in ("http", "https") and bool(host) and not (url.user or url.password)
        return Place(
            url=url,
            host=host,
            origin=str(url.origin()) if usable else "",
            path=url.raw_path_qs,
            usable=usable,
            personal=person_behind(url),
            # aiohttp asks no resolver about what looks like a number, so the gate must look here.
            private=looks_numeric(host) and (literal(host) is None or not self._gate.lets_through(host, host)),
        )

    async def get(self, source: Source, place: Place, headers: Mapping[str, str], bounds: Bounds) -> Answer:
        """The answer to one GET.

        Raises Declined for an address that must not be asked, Unreachable without a whole answer, Changed for a
        picture, a body above the limit or one that is not packed as its header says.
        """
        self.admit(source, place)
        host = place.host
        stays = self._doors.may_stay(place.origin, asyncio.get_running_loop().time())
        session = self._session if stays else self._brief
        try:
            async with session.get(place.url, headers=headers, allow_redirects=False) as response:
                body = await self._body(source, host, response, bounds) if response.status in WITH_BODY else b""
                return Answer(place, response.status, response.headers, body)
        except TimeoutError as error:
            advice = f"Bron '{source.id}': {host} antwoordt te traag; wij proberen het bij de volgende beurt opnieuw."
            raise Unreachable(source.id, f"{host} takes too long", advice=advice) from error
        except aiohttp.ClientConnectorDNSError as error:
            if isinstance(error.os_error, PrivateAddress):
                raise _private(source, host) from error
            advice = f"Bron '{source.id}': de naam {host} is niet te vinden; controleer het adres in sources.toml."
            raise Unreachable(source.id, f"{host} has no address", advice=advice) from error
        except (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch) as error:
            advice = f"Bron '{source.id}': het certificaat van {host} deugt niet; meld het de uitgever."
            raise Unreachable(source.id, f"no safe connection with {host}", advice=advice) from error
        except aiohttp.ClientPayloadError as error:
            advice = f"Bron '{source.id}': {host} brak het antwoord af; wij proberen het bij de volgende beurt opnieuw."
            raise Unreachable(source.id, f"{host} breaks off its answer", advice=advice) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # ValueError: aiohttp lets it rise for a header or an address that cannot be put on the wire.
            advice = f"Bron '{source.id}': {host} is niet te bereiken; wij proberen het bij de volgende beurt opnieuw."
            raise Unreachable(source.id, f"{host} cannot be reached: {type(error).__name__}", advice=advice) from error

    def next_hop(self, source: Source, answer: Answer) -> Place:
        """Where a redirect leads. Raises Declined when that is elsewhere (R2) or not safe, Changed when nowhere."""
        before = answer.place
        try:
            place = self._taken_apart(str(before.url.join(URL(answer.headers["Location"]))))
        except (KeyError, ValueError) as error:
            advice = f"Bron '{source.id}': {before.host} verwijst naar een onbruikbaar adres; zoek het juiste adres."
            raise Changed(source.id, f"{before.host} redirects to no address", advice=advice) from error
        if place.host not in source.hosts:
            advice = (
                f"Bron '{source.id}': {before.host} verwijst door naar {place.host}; is dat de uitgever zelf, "
                "zet dat adres dan in sources.toml, en anders de bron uit."
            )
            raise Declined(source.id, f"{before.host} redirects to another host", advice=advice)
        if before.url.scheme == "https" and place.url.scheme != "https":
            advice = (
                f"Bron '{source.id}': {before.host} verwijst naar een onbeveiligd adres; vraag de uitgever om https."
            )
            raise Declined(source.id, f"{before.host} redirects from https to {place.url.scheme}", advice=advice)
        return place

    def admit(self, source: Source, place: Place) -> None:
        """Raises Declined for an address that the source may not use: another host, a person, a private network.

        Nor one that is less safe than its own: an answer may name a next page, and not another service behind a port.
        """
        if not place.usable or place.host not in source.hosts:
            advice = f"Bron '{source.id}': {place.host} valt buiten 'hosts'; controleer de bron in sources.toml."
            raise Declined(source.id, "address outside the hosts of the source", advice=advice)
        own = self.place(source, source.url).url
        if own.scheme == "https" and place.url.scheme != "https":
            advice = f"Bron '{source.id}': een adres bij {place.host} is onbeveiligd; vraag de uitgever om https."
            raise Declined(source.id, f"address at {place.host} leaves https", advice=advice)
        if not place.url.is_default_port() and place.url.port != own.port:
            advice = f"Bron '{source.id}': een adres bij {place.host} heeft een vreemde poort; meld het de uitgever."
            raise Declined(source.id, f"address at {place.host} has another port", advice=advice)
        if why := place.personal:
            raise Declined(source.id, "address of a person", advice=f"Bron '{source.id}': {why}; zet de bron uit.")
        if place.private:
            raise _private(source, place.host)

    async def _body(self, source: Source, host: str, response: aiohttp.ClientResponse, bounds: Bounds) -> bytes:
        if response.content_type.startswith(_NO_TEXT):
            advice = f"Bron '{source.id}': {host} geeft beeld of geluid in plaats van tekst; controleer het adres."
            raise Changed(source.id, f"{host} gives {response.content_type.partition('/')[0]}", advice=advice)
        try:
            unpacker = Unpacker(response.headers.get("Content-Encoding", ""), bounds.limit, leave=bounds.packed)
            try:
                while chunk := await response.content.readany():
                    for _ in unpacker.feed(chunk):
                        await asyncio.sleep(0)
            except TooLarge as error:
                if bounds.cut:
                    return unpacker.so_far()
                size = bounds.limit // 1_000_000
                advice = f"Bron '{source.id}': {host} geeft meer dan {size} MB; kies een kleiner adres."
                raise Changed(source.id, f"answer of {host} is too large", advice=advice) from error
            return unpacker.body()
        except BadPacking as error:
            advice = f"Bron '{source.id}': {host} pakt zijn antwoord verkeerd in; meld het de uitgever."
            raise Changed(source.id, f"answer of {host}: {error}", advice=advice) from error


def _private(source: Source, host: str) -> Declined:
    advice = (
        f"Bron '{source.id}': {host} ligt in een besloten netwerk; alleen openbare bronnen mogen, "
        "controleer het adres in sources.toml."
    )
    return Declined(source.id, f"{host} has a private address", advice=advice)
